"""How many hits of a category are of which subcategory, kept beside every count of them."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.tables.checks import category_labels

# The column of scores, and of what is made of them, that keeps the counts.
COLUMN = "subcategory_hits"
_CLASS = ["lexicon", "category"]
# A subcategory with more of a category's hits than this is told of; sums of weights err a little.
_MUCH = 1 / 3 + 1e-9
_MOST_TOLD = 6


def write_counts(place: np.ndarray, names: pd.Series, size: int) -> pd.Series:
    """Write how many of the hits at each of so many places are of which subcategory."""
    return _written(pd.DataFrame({"place": place, "name": names.fillna("").array, "n": 1}), size)


def sum_counts(
    table: pd.DataFrame, place: np.ndarray, size: int, weights: np.ndarray | None = None
) -> dict[str, pd.Series]:
    """Sum the counts of a table's rows by place, if it has any; as a column for its like."""
    if COLUMN not in table:
        return {}
    read = _read(table[COLUMN])
    read["place"] = place[read["row"]]
    if weights is not None:
        read["n"] *= weights[read["row"]]
    return {COLUMN: _written(read, size)}


def told_subcategories(table: pd.DataFrame) -> str:
    """Say which single subcategories make more than a third of their category's hits."""
    if not {*_CLASS, COLUMN} <= set(table.columns):
        # What one category of two groups is compared by keeps the sentence alone.
        return str(table.attrs.get(COLUMN, ""))
    read = _read(table[COLUMN])
    named = table[_CLASS].iloc[read["row"]].reset_index(drop=True)
    return _told(named.assign(subcategory=read["name"], n_hits=read["n"]))


def told_of_entries(entries: pd.DataFrame) -> str:
    """Say the same of entries and their hits."""
    return _told(entries.assign(subcategory=entries["subcategory"].fillna("")))


def told_of_hits(hits: pd.DataFrame) -> str:
    """Say the same of hits that count."""
    return told_of_entries(hits.assign(n_hits=1))


def _told(parts: pd.DataFrame) -> str:
    keys = [category_labels(parts), parts["subcategory"]]
    shares = parts["n_hits"].groupby(keys, sort=False).sum()
    shares /= shares.groupby(level=0).transform("sum")
    much = shares[(shares > _MUCH) & (shares.index.get_level_values(1) != "")]
    names = much.index.to_frame(index=False).itertuples(index=False, name=None)
    # The order of rows decides nothing.
    ordered = sorted(zip(names, much, strict=True), key=lambda own: (-own[1], own[0]))
    told: list[str] = []
    for (of, name), share in ordered[:_MOST_TOLD]:
        percent = f"{100 * share:.0f} %"
        first = f"Subcategory {name} makes {percent} of the hits of {of}"
        told.append(f"{name} {percent} of those of {of}" if told else first)
    if more := len(much) - len(told):
        told.append(f"and {more:,} more over a third of theirs")
    return f"{', '.join(told)}." if told else ""


def _written(counts: pd.DataFrame, size: int) -> pd.Series:
    found: dict[int, dict[str, Any]] = {}
    sums = counts.groupby(["place", "name"], as_index=False)["n"].sum()
    for place, name, n in zip(*(sums[c].tolist() for c in ("place", "name", "n")), strict=True):
        found.setdefault(place, {})[name] = n
    cells = np.full(size, None, dtype=object)
    cells[list(found)] = [json.dumps(own, ensure_ascii=False) for own in found.values()]
    return pd.Series(cells, dtype="str")


def _read(column: pd.Series) -> pd.DataFrame:
    """Return a row for each count: the row of the column that it stands in, name and number."""
    rows = np.flatnonzero(column.notna())
    read = [
        (row, name, n)
        for row, cell in zip(rows.tolist(), column.iloc[rows], strict=True)
        for name, n in _counts(cell, row).items()
    ]
    return pd.DataFrame(read, columns=["row", "name", "n"]).astype({"row": "int64", "name": "str"})


def _counts(cell: str, row: int) -> Mapping[str, float]:
    try:
        counts = json.loads(cell)
    except ValueError:
        counts = None
    if isinstance(counts, dict) and all(type(n) in (int, float) for n in counts.values()):
        return counts
    raise TableError(
        f"column {COLUMN!r} is {cell!r:.60} in row {row}, which counts no subcategories; make the "
        "table again, or drop the column"
    )
