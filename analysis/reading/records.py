"""Documents and notes while they are being read, and the tables made of them."""

import datetime as dt
import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import visible
from analysis.tables.checks import make_table, reserved_names, table_of
from analysis.tables.core import TABLES

OPTIONAL_COLUMNS = ("title", "outlet", "author", "url", "language", "date")
_DATES = "datetime64[us]"
# From here on, floats no longer hold every whole number.
_INEXACT = 2**53
# What stands unseen around a value: white space, and the marks of no width.
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\u2060\ufeff"
_TEXT_COLUMNS = tuple(column for column in OPTIONAL_COLUMNS if column != "date")


class UnreadableError(Exception):
    """A whole file cannot be read; the message says why, and what to do."""


class NoTextColumnError(UnreadableError):
    """A table of articles lacks the column with the texts."""


@dataclass(frozen=True)
class UnreadableValue:
    """Stands for a value of a table that Python cannot hold."""

    reason: str


@dataclass(frozen=True)
class Note:
    """One row of the table of what was skipped, guessed or changed."""

    path: str
    row: int | None
    what: str
    reason: str
    expected: bool = False  # hidden files: listed, but no reason for a warning
    line: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", visible(self.reason))


@dataclass(frozen=True)
class Draft:
    """A document before metadata: `file` is its name within the folder that is read."""

    document_id: str
    text: str
    fields: Mapping[str, Any]
    path: str | None = None
    file: str | None = None
    row: int | None = None
    clash: tuple[str, str] | None = None  # the id it had, and where the other one of it is

    @property
    def place(self) -> str:
        """Where the document stands, in words."""
        if self.path is None:
            return f"row {self.row} of the DataFrame"
        return repr(self.path) if self.row is None else f"{self.path!r}, row {self.row}"


@dataclass(frozen=True)
class Rows:
    """A table as read: rows by number from 1, rows that are malformed, and notes on the whole."""

    columns: Sequence[str]
    rows: list[tuple[int, dict[str, Any]]]
    malformed: list[tuple[int, str]] = field(default_factory=list)
    lines: Mapping[int, int] = field(default_factory=dict)
    notes: Sequence[str] = ()

    def __post_init__(self) -> None:
        refuse_repeated(self.columns)


def refuse_repeated(columns: Sequence[str]) -> None:
    """Refuse a table in which two columns have one name, spaces around it aside."""
    for name, times in Counter(columns).items():
        if times > 1:
            raise UnreadableError(f"column {name!r} stands twice; rename one of them")


def without_surrogates(text: str) -> str:
    r"""Replace lone surrogates, which no encoding can hold, by U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def column_name(name: Any) -> str:
    """Return the name of a column as text that can be stored, without what stands around it."""
    return stripped(without_surrogates(str(name)))


def column_names(names: Iterable[Any]) -> list[str]:
    """Return the names of columns as text, by their places where there are none."""
    return [column_name(name) or f"column_{n}" for n, name in enumerate(names, start=1)]


def stripped(text: str) -> str:
    """Take away what stands unseen around a value."""
    return text.strip(_BLANKS)


def as_text(value: Any) -> str | None:
    """Return a cell as text; a whole number that pandas made a float is written as whole."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def plain(value: Any) -> Any:
    """Return a cell as text, truth, number or date: what else tables hold becomes text."""
    if isinstance(value, np.generic):
        value = pd.Timestamp(value) if isinstance(value, np.datetime64) else value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, pd.Timestamp) and not dt.MINYEAR <= value.year <= dt.MAXYEAR:
        return UnreadableValue(f"is out of range (year {value.year})")
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if isinstance(value, str | int | dt.date | UnreadableValue):
        return value
    try:
        if isinstance(value, bytes):
            return value.decode()
        if isinstance(value, list | tuple | dict | set | np.ndarray):
            items = value if isinstance(value, dict) else list(value)
            return json.dumps(items, ensure_ascii=False, default=str)
        return str(value)
    except (ValueError, TypeError, RecursionError):
        return UnreadableValue(f"is {type(value).__name__} that cannot be written as text")


def documents_table(drafts: Sequence[Draft], origin: str) -> tuple[pd.DataFrame, list[Note]]:
    """Make the table of documents; columns whose names the package needs are renamed and noted."""
    extra = dict.fromkeys(
        name for draft in drafts for name in draft.fields if name not in OPTIONAL_COLUMNS
    )
    schema = TABLES["documents"]
    names = free_names(extra, (reserved_names() | set(schema.columns)) - set(schema.optional))

    def cells(name: str) -> list[Any]:
        return [draft.fields.get(name) for draft in drafts]

    columns: dict[str, Any] = {
        "document_id": [draft.document_id for draft in drafts],
        "text": [draft.text for draft in drafts],
        **{column: list(map(as_text, cells(column))) for column in _TEXT_COLUMNS},
        "date": pd.Series(cells("date"), dtype=_DATES),
        "path": [draft.path for draft in drafts],
        "sha256": [hashlib.sha256(draft.text.encode()).hexdigest() for draft in drafts],
        **{new: _series(cells(old), new in schema.optional) for old, new in names.items()},
    }
    notes = []
    for old, new in names.items():
        if old != new:
            why = f"since a table of this package has a column {old!r} of its own"
            reason = f"column {old!r} is kept as {new!r}, {why}; rename it as you like"
            notes.append(Note(origin, None, "metadata", reason))
    return make_table("documents", columns), notes


def skipped_table(notes: Sequence[Note]) -> pd.DataFrame:
    """Make the table of what was skipped, guessed or changed, by path and row."""
    ordered = sorted(notes, key=lambda note: (note.path, note.row or 0))
    return table_of("skipped", ordered)


def free_names(columns: Iterable[str], needed: Set[str]) -> dict[str, str]:
    """Find a name for each column that is none of those needed for others."""
    taken = {*needed, *columns}
    names = {}
    for column in columns:
        name = column
        if column in needed:
            while name in taken:
                name += "_given"
            taken.add(name)
        names[column] = name
    return names


def _series(values: list[Any], is_text: bool = False) -> pd.Series:
    """Make a column of one type that rounds nothing; text where the values differ in type."""
    if is_text:
        return pd.Series([as_text(value) for value in values], dtype="str")
    given = [value for value in values if value is not None]
    kinds = {_kind(value) for value in given}
    complete = len(given) == len(values)
    exact = all(abs(value) < _INEXACT for value in given if type(value) is int)
    if kinds == {"truth"}:
        return pd.Series(values, dtype="bool" if complete else "boolean")
    if kinds == {"whole"} and all(-(2**63) <= value < 2**63 for value in given):
        return pd.Series(values, dtype="int64" if complete else "Int64")
    if kinds == {"decimal"} or (kinds == {"whole", "decimal"} and exact):
        return pd.Series(values, dtype="float64")
    if kinds == {"date"}:
        # The day is the local one, as of the date of publication.
        moments = [None if one is None else pd.Timestamp(one).tz_localize(None) for one in values]
        return pd.Series(moments, dtype=_DATES)
    return pd.Series([as_text(value) for value in values], dtype="str")


def _kind(value: Any) -> str:
    kinds = {"truth": bool, "whole": int, "decimal": float, "date": dt.date}
    return next((name for name, kind in kinds.items() if isinstance(value, kind)), "text")
