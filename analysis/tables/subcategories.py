"""How many hits of a category are of which subcategory, kept beside every count of them."""

import json

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
    return _written(place, names.fillna("").to_numpy(object), None, size)


def sum_counts(
    table: pd.DataFrame, place: np.ndarray, size: int, weights: np.ndarray | None = None
) -> dict[str, pd.Series]:
    """Sum the counts of a table's rows by place, if it has any; as a column for its like."""
    if COLUMN not in table:
        return {}
    row, names, n = _read(table[COLUMN])
    return {COLUMN: _written(place[row], names, n if weights is None else n * weights[row], size)}


def told_subcategories(table: pd.DataFrame) -> str:
    """Say which single subcategories make more than a third of their category's hits."""
    if not {*_CLASS, COLUMN} <= set(table.columns):
        # What one category of two groups is compared by keeps the sentence alone.
        return str(table.attrs.get(COLUMN, ""))
    row, names, n = _read(table[COLUMN])
    return _told(table[_CLASS].iloc[row].assign(subcategory=names, n_hits=n))


def told_of_entries(entries: pd.DataFrame) -> str:
    """Say the same of entries and their hits."""
    return _told(entries.assign(subcategory=entries["subcategory"].fillna("")))


def told_of_hits(hits: pd.DataFrame) -> str:
    """Say the same of hits."""
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
        first = f"Subcategory “{name}” makes {percent} of the hits of {of}"
        told.append(f"“{name}” {percent} of those of {of}" if told else first)
    if more := len(much) - len(told):
        told.append(f"and {more:,} more over a third of theirs")
    return f"{', '.join(told)}." if told else ""


def _written(place: np.ndarray, names: np.ndarray, n: np.ndarray | None, size: int) -> pd.Series:
    codes, labels = pd.factorize(names, sort=True)
    pairs, inverse = np.unique(place * max(len(labels), 1) + codes, return_inverse=True)
    sums = np.bincount(inverse, weights=n, minlength=len(pairs))
    whole = n is None or n.dtype.kind == "i"
    at, code = np.divmod(pairs, max(len(labels), 1))
    written = [json.dumps(label, ensure_ascii=False) for label in labels]
    parts: dict[int, list[str]] = {}
    for one, name, total in zip(at.tolist(), code.tolist(), sums.tolist(), strict=True):
        number = int(total) if whole else total
        parts.setdefault(one, []).append(f"{written[name]}: {number}")
    cells = np.full(size, None, dtype=object)
    cells[list(parts)] = ["{" + ", ".join(own) + "}" for own in parts.values()]
    return pd.Series(cells, dtype="str")


def _read(column: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return of each count the row of the column that it stands in, its name and number."""
    # Most cells are one of few.
    codes, cells = pd.factorize(column)
    read = [_counts(cell, codes, code) for code, cell in enumerate(cells)]
    lengths = np.array([len(own) for own in read], dtype=np.int64)
    rows = np.flatnonzero(codes >= 0)
    kinds = codes[rows]
    each = lengths[kinds]
    # Where the counts of a cell begin among those of all cells, less those of the rows before.
    begin = (np.cumsum(lengths) - lengths)[kinds] - (np.cumsum(each) - each)
    place = np.repeat(begin, each) + np.arange(each.sum())
    names = np.array([name for own in read for name in own], dtype=object)
    numbers = np.array([n for own in read for n in own.values()] or [0])
    return np.repeat(rows, each), names[place], numbers[place]


def _counts(cell: str, codes: np.ndarray, code: int) -> dict[str, float]:
    try:
        counts = json.loads(cell)
    except ValueError:
        counts = None
    if isinstance(counts, dict) and all(type(n) in (int, float) for n in counts.values()):
        return counts
    row = int(np.flatnonzero(codes == code)[0])
    raise TableError(
        f"column {COLUMN!r} is {cell!r:.60} in row {row}, which counts no subcategories; make the "
        "table again, or drop the column"
    )
