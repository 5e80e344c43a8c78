"""How often voice, speaker and certainty are right: the figures that the package carries.

A place stands for all hits of its cell, by its ``weight`` (1 without that column). Precision is
the weighted share of the hits called so that were coded so, recall that of the hits coded so that
are called so. Intervals are Wilson's (1927), with the effective number of places, the square of
the sum of their weights by the sum of the squares (Kish 1965). Places of one article are taken as
independent, so that intervals are rather too narrow. A named speaker is right if the name shares
a word with the coded one, titles aside; "(all)" is the share of all hits that are right.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

import analysis as fa
from analysis.languages.language import Language
from analysis.languages.measured import FILE, UNSURE
from analysis.saving.provenance import package_version
from analysis.tables.schema import CERTAINTIES, VOICES

ROOT = Path(__file__).resolve().parent.parent
DATA = {
    "d1": "news on war and politics",
    "d2": "political news, more of it denied or hedged",
}
# Kinds of text, by the beginning of a document's name.
KINDS = {"sputnik": "a news agency", "c1": "US newspapers and sites"}
UNREAD = "articles that nobody read"
_NORMAL = 1.959963984540054
SHARES = {"precision": "n_called", "recall": "n_coded"}
BEGIN, END = "<!-- written by benchmarks/validity.py places --write -->", "<!-- until here -->"


def rates(met: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a row for each kind of text, column and class: precision, recall and numbers."""
    prefix = met["document_id"].str.split("_").str[0]
    kind = prefix.map(KINDS).fillna(prefix)
    unread = met["document_id"].map(_is_unread)
    parts = {"all": met, **dict(list(met.groupby(kind))), UNREAD: met[unread]}
    return [
        {"texts": texts, **_row(own, *one)}
        for texts, own in parts.items()
        if len(own)
        for one in _classes(own)
    ]


def effective_number(weights: pd.Series) -> float:
    """Return how many cases of one weight tell as much as weighted ones."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def wilson(share: float, number: float) -> tuple[float, float]:
    """Return the bounds (95 %) of a share of a number of cases, which need not be whole."""
    z = _NORMAL**2 / number
    middle, reach = share + z / 2, (z * share * (1 - share) + z**2 / 4) ** 0.5
    return (middle - reach) / (1 + z), (middle + reach) / (1 + z)


def write(rows: list[dict[str, Any]], language: Language, lexicon: fa.Lexicon) -> Path:
    """Write the figures into the folder of the language, and those of English into the README."""
    about = {
        "language": language.code,
        "words": language.content_hash,
        "package_version": package_version(),
        "lexicon": lexicon.id,
        "interval_method": "95 %, Wilson, effective number of hits",
    }
    lines = ",\n  ".join(json.dumps(row) for row in rows)
    head = json.dumps(about, indent=1).removesuffix("\n}")
    path = Path(language.folder or "") / FILE
    path.write_text(f'{head},\n "rows": [\n  {lines}\n ]\n}}\n', encoding="utf-8")
    if ROOT in path.parents:
        readme = ROOT / "README.md"
        told = f"{BEGIN}\n\n{in_markdown(fa.context_validity())}\n\n{END}"
        text = re.sub(
            f"{BEGIN}.*?{END}", lambda _: told, readme.read_text("utf-8"), flags=re.DOTALL
        )
        readme.write_text(text, encoding="utf-8")
    return path


def in_markdown(table: pd.DataFrame) -> str:
    """Write what was measured as tables: one for each set of coded hits, a line for each value."""
    blocks = []
    for data, own in table.groupby("data", sort=False):
        kinds = [texts for texts in own["texts"].unique() if texts != "all"]
        found = own.set_index(["texts", "column", "value"])
        n = found.loc[("all", "certainty", "(all)"), "n_coded"]
        whole = own[own["texts"] == "all"]
        cells = [
            [
                _name(column, value),
                *(_share(found.loc[("all", column, value)], name) for name in SHARES),
                *(_both(found, (texts, column, value)) for texts in kinds),
            ]
            for column, value in zip(whole["column"], whole["value"], strict=True)
        ]
        header = ["called", "right", "found", *kinds]
        lines = [header, ["---"] * len(header), *cells]
        rows = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        blocks.append(f"{n:,} hits in {data}:\n\n{rows}")
    return "\n\n".join(blocks)


def _name(column: str, value: str) -> str:
    if value.startswith("(always"):
        return f"always `{value.split()[1].rstrip(')')}`, without rules"
    return {"(all)": f"any {column}", "named": "a named speaker"}.get(value, f"`{value}`")


def _share(row: pd.Series, name: str) -> str:
    # Of any value, what is right is found.
    if pd.isna(row[name]) or (name == "recall" and row.name[2].startswith("(")):
        return ""
    low, high = (_shown(row[f"{name}_{end}"]) for end in ("low", "high"))
    return f"{_shown(row[name])} [{low}, {high}] of {row[SHARES[name]]:,}"


def _both(found: pd.DataFrame, key: tuple[str, str, str]) -> str:
    row = found.loc[key]
    if key[2].startswith("("):
        return f"{_shown(row['precision'])} ({row['n_called']:,})"
    return f"{_shown(row['precision'])}, {_shown(row['recall'])} ({row['n_called']:,})"


def _shown(share: float) -> str:
    return "–" if pd.isna(share) else f"{share:.2f}".removeprefix("0")


def _classes(met: pd.DataFrame) -> Iterator[tuple[str, str, pd.Series, pd.Series, pd.Series]]:
    """Yield each column and class with what is called so, coded so, and right."""
    for column, values in (("certainty", CERTAINTIES), ("voice", VOICES)):
        if column not in met:
            continue
        ours, coded = met[f"our_{column}"], met[column]
        for value in values:
            yield column, value, ours == value, coded == value, (ours == value) & (coded == value)
        if column == "certainty":
            one, two = (own.isin(("hedged", "negated")) for own in (ours, coded))
            yield column, UNSURE, one, two, one & two
        every = ours.notna()
        yield column, "(all)", every, every, ours == coded
        yield column, f"(always {values[0]})", every, every, coded == values[0]
    yield "speaker", "named", met["our_speaker"].notna(), met["said"], met["overlap"]


def _row(
    met: pd.DataFrame,
    column: str,
    value: str,
    called: pd.Series,
    coded: pd.Series,
    right: pd.Series,
) -> dict[str, Any]:
    row: dict[str, Any] = {"column": column, "value": value}
    for (name, number), among in zip(SHARES.items(), (called, coded), strict=True):
        weights, hit = met.loc[among, "weight"], right[among]
        row |= dict.fromkeys((name, f"{name}_low", f"{name}_high")) | {number: int(among.sum())}
        if among.any():
            share = float(weights[hit].sum() / weights.sum())
            low, high = wilson(share, effective_number(weights))
            shares = {name: share, f"{name}_low": low, f"{name}_high": high}
            row |= {key: round(figure, 4) for key, figure in shares.items()}
    return row


def _is_unread(document: str) -> bool:
    return int(hashlib.sha1(document.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 1
