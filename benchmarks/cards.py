"""Measure the built-in lexica on coded texts, and write their cards.

Run ``python benchmarks/cards.py --data DIR [--peers DIR] [--texts PREFIX=FILE …]``, where texts
are those of coded places, as for ``validity.py places``. The figures go to
``analysis/lexicons/builtin/cards/`` (figures only, no text), the cards to ``docs/lexicons/``.
Without ``--data`` the cards are written from the figures that are there.
"""

import argparse
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from annotated import read_table
from frames import FRAMES, _rates, frames
from places import frame_precision
from rates import DATA
from sklearn.metrics import roc_auc_score
from validity import attribution, hedging

import analysis as fa
from analysis.lexicons.card import FIGURES
from analysis.lexicons.loading import PRESETS, builtin_lexica

ROOT = Path(__file__).resolve().parent.parent
TEXTS = {
    "a1": "a1: British manifestos, sentences",
    "a2": "a2: British manifestos, paragraphs",
    "a3": "a3: front-page headlines",
    "a4": "a4: titles of bills",
    "b1": "newswire sentences",
    "b2": "Wikipedia sentences",
    "c1": "US political news",
}
HOW = (
    "Measured on the development half of each set, on which the list was built: somewhat "
    "flattered. New entries of framing were counted on part A of the documents and confirmed on "
    "part B; both were read for exclusions. Intervals (95 %) resample documents. The trained "
    "model is TF-IDF with logistic regression, tested on documents it was not trained on."
)
PLACES_HOW = (
    "The hits of version 2.0.1 in other news, each coded blind for whether the word brings up its "
    "category. The coders were language models that followed one codebook (two agreed with a kappa "
    "of .96): good to steer by, no evidence to publish. Shown is which share of those that are "
    "still found is right, with 95 % (Wilson, effective number) and the number of coded hits, and "
    "which share of the right ones is still found. Entries that came later are not among them. "
    "Half of the articles were read for conditions and exclusions."
)


def main() -> None:
    """Measure where data is given, and write every card."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of coded texts")
    parser.add_argument("--peers", type=Path, help="folder of published dictionaries")
    parser.add_argument("--texts", nargs="*", default=[], metavar="PREFIX=FILE")
    options = parser.parse_args()
    if options.data:
        texts = dict(one.partition("=")[::2] for one in options.texts)
        _measure(options.data, options.peers or options.data.parent / "peer_lexica", texts)
    for name in (*builtin_lexica(), *PRESETS):
        card = fa.load_lexicon(name).card()
        (ROOT / "docs" / "lexicons" / f"{name}.md").write_text(card.text, encoding="utf-8")


def _measure(data: Path, peers: Path, texts: dict[str, str]) -> None:
    read = {path.name.split("_")[0]: read_table(path, ()) for path in sorted(data.glob("*.csv.gz"))}
    tables = {name: table for name, table in read.items() if table is not None}
    coded = {name: t for name, t in tables.items() if name[0] == "a" and set(FRAMES) & set(t)}
    for own in ("framing", *PRESETS):
        lexicon = fa.load_lexicon(own)
        _write(
            own,
            {name: frames(table, peers, lexicon=own) for name, table in coded.items()},
            subcategories=_subcategories(coded, lexicon),
            entries=_entry_figures(coded, lexicon),
            places={
                "how": PLACES_HOW,
                "texts": DATA,
                "rows": frame_precision(data, texts, lexicon),
            },
        )
    hedged = {name: hedging(t, peers) for name, t in tables.items() if name[0] == "b"}
    for result in hedged.values():
        result.update({f"recall_{k}": v for k, v in result.pop("recall_by_type").items()})
    _write("hedging", hedged)
    _write(
        "attribution", {name: attribution(t, peers) for name, t in tables.items() if name[0] == "c"}
    )


def _write(name: str, validity: dict[str, Any], **more: Any) -> None:
    figures = {"id": fa.load_lexicon(name).id, "how": HOW, "texts": TEXTS, "validity": validity}
    text = json.dumps(_rounded(figures | more), indent=1) + "\n"
    # A row of figures to a line: a change then shows as the row that changed.
    text = re.sub(r"\[\s+([^\[\]]+?)\s+\]", lambda row: " ".join(row[0].split()), text)
    (FIGURES / f"{name}.json").write_text(text, encoding="utf-8")


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, 4) if isinstance(value, float) else value


def _subcategories(coded: dict[str, pd.DataFrame], lexicon: fa.Lexicon) -> dict[str, Any]:
    measured: dict[str, dict[str, float | None]] = {
        f"{category.name} › {name}": {}
        for category in lexicon.categories
        for name, _ in category.subcategories
    }
    for name, table in coded.items():
        rates = _rates(table["text"].astype(str).tolist(), lexicon, "subcategory")
        for subcategory, values in measured.items():
            frame = subcategory.split(" › ")[0]
            if frame in table:
                gold = pd.to_numeric(table[frame], errors="coerce").to_numpy(float)
                known = ~np.isnan(gold)
                score = rates.get(subcategory, np.zeros(len(table)))[known]
                values[name] = float(roc_auc_score(gold[known].astype(int), score))
            else:
                values[name] = None
    return measured


def _entry_figures(coded: dict[str, pd.DataFrame], lexicon: fa.Lexicon) -> list[list[Any]]:
    """Return category, entry, hits in coded texts, and those in texts coded as the category."""
    counts: dict[tuple[str, str], list[int]] = {
        (category.name, entry.term): [0, 0]
        for category in lexicon.categories
        for entry in category.entries
    }
    for table in coded.values():
        paragraphs = pd.DataFrame({"document_id": "a", "paragraph": range(len(table)), "start": 0})
        paragraphs["text"] = table["text"].astype(str)
        hits = fa.find_hits(paragraphs, lexicon, in_context=False)
        hits = hits[hits["blocked_by"].isna()]
        for category, own in hits.groupby("category"):
            if category not in table:
                continue
            codes = pd.to_numeric(table[category], errors="coerce").to_numpy(float)
            right = codes[own["paragraph"]]
            for entry, code in zip(own["entry"], right, strict=True):
                if not np.isnan(code):
                    counts[str(category), entry][0] += 1
                    counts[str(category), entry][1] += int(code == 1)
    return [[category, entry, *figures] for (category, entry), figures in counts.items()]


if __name__ == "__main__":
    main()
