"""Which entries cause which errors, and in which voice and certainty hits are right."""

from collections import Counter
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from analysis.hits.kwic import keywords_in_context
from analysis.statistics.sums import divide
from analysis.tables.checks import empty_table, make_table
from analysis.validation.gold import UNIT, texts_of
from analysis.validation.rates import share, share_interval, value_of

_ENTRY = ["category", "entry"]
_ALL = "(all)"
_MOST_CONTEXTS = 3


def entry_table(hits: pd.DataFrame, paragraphs: pd.DataFrame | None) -> pd.DataFrame:
    """Count for each entry the flagged paragraphs in which it is right and wrong."""
    if hits.empty:
        return empty_table("validity_entries")
    units = hits.drop_duplicates([*UNIT, "entry"])
    alone = units.groupby(UNIT)["entry"].transform("size") == 1
    flagged, positive = units["flagged"], units["positive"]
    true, false = flagged & positive, flagged & ~positive
    sums = {
        "n_paragraphs": 1 * flagged,
        "n_true": 1 * true,
        "n_false": 1 * false,
        "n_false_alone": 1 * (false & alone),
        "n_true_alone": 1 * (true & alone),
        "right": units["sampling_weight"] * true,
        "weight": units["sampling_weight"] * flagged,
    }
    table = units.assign(**sums).groupby(_ENTRY, sort=False)[list(sums)].sum()
    table["precision"] = divide(table["right"], table["weight"])
    surfaces = hits.assign(surface=hits["surface"].str.lower())
    table["surfaces"] = surfaces.groupby(_ENTRY)["surface"].agg(_by_frequency)
    table["contexts"] = _contexts(hits[hits["flagged"] & ~hits["positive"]], paragraphs)
    table = table.fillna({"contexts": ""}).reset_index()
    table = table.sort_values(["n_false_alone", "n_false", "entry"], ascending=[False, False, True])
    order = pd.Index(hits["category"].unique())
    table = table.sort_values("category", key=order.get_indexer, kind="stable")
    return make_table("validity_entries", table.drop(columns=["right", "weight"]))


def error_table(
    sample: pd.DataFrame, hits: pd.DataFrame, paragraphs: pd.DataFrame | None
) -> pd.DataFrame:
    """List the paragraphs in which lexicon and coders disagree."""
    wrong = sample[sample["positive"] != sample["flagged"]]
    entries = hits.groupby(UNIT)["entry"].agg(_by_frequency).rename("entries").reset_index()
    table = wrong[UNIT].merge(entries, on=UNIT, how="left").fillna({"entries": ""})
    table["kind"] = np.where(wrong["positive"], "missed", "false positive")
    table["text"] = None if paragraphs is None else texts_of(wrong, paragraphs, were="scored")
    return make_table("validity_errors", table)


def context_table(hits: pd.DataFrame, options: dict[str, Any]) -> pd.DataFrame:
    """Tell how often hits of each voice and certainty stand in positive paragraphs."""
    rows = []
    for category, own in hits.groupby("category", sort=False):
        kinds = ([_ALL, *sorted(own[name].dropna().unique())] for name in ("voice", "certainty"))
        for voice, certainty in product(*kinds):
            part = own if voice == _ALL else own[own["voice"] == voice]
            part = part if certainty == _ALL else part[part["certainty"] == certainty]
            if part.empty:
                continue
            weight, document = part["sampling_weight"], part["document_id"].factorize()[0]
            right = share(weight * part["positive"], weight, document)
            rows.append(
                {
                    "category": category,
                    "voice": voice,
                    "certainty": certainty,
                    "n_hits": len(part),
                    "n_true": int(part["positive"].sum()),
                    "precision": value_of(right),
                    **share_interval(right, **options).as_columns(),
                }
            )
    if not rows:
        return empty_table("validity_contexts")
    return make_table("validity_contexts", pd.DataFrame(rows))


def _contexts(hits: pd.DataFrame, paragraphs: pd.DataFrame | None) -> pd.Series:
    if paragraphs is None or hits.empty:
        return pd.Series(dtype="str", index=pd.MultiIndex.from_tuples([], names=_ENTRY))
    first = hits.drop_duplicates([*UNIT, "entry"]).groupby(_ENTRY, sort=False).head(_MOST_CONTEXTS)
    own = ["positive", "flagged", "sampling_weight"]
    lines = keywords_in_context(paragraphs, first.drop(columns=own))
    written = lines["left"] + " [" + lines["keyword"] + "] " + lines["right"]
    return written.groupby([lines["category"], lines["entry"]]).agg(" ⸱ ".join)


def _by_frequency(words: pd.Series) -> str:
    counts = Counter(words.tolist())
    return ", ".join(sorted(counts, key=lambda word: (-counts[word], word)))
