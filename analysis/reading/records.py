"""Documents and notes while they are being read, and the tables made of them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from numbers import Integral
from typing import Any

import pandas as pd

from analysis.errors import ReadingError
from analysis.tables.checks import make_table, reserved_names, table_of
from analysis.tables.core import TABLES

OPTIONAL_COLUMNS = ("title", "outlet", "author", "url", "language", "date")
# From here on, floats no longer hold every whole number.
_INEXACT = 2**53
_TEXT_COLUMNS = tuple(column for column in OPTIONAL_COLUMNS if column != "date")


class UnreadableError(Exception):
    """A whole file cannot be read; the message says why, and what to do."""


class NoTextColumnError(UnreadableError):
    """A table of articles lacks the column with the texts."""


@dataclass(frozen=True)
class Note:
    """One row of the table of what was skipped, guessed or changed."""

    path: str
    row: int | None
    what: str
    reason: str
    expected: bool = False  # hidden files: listed, but no reason for a warning
    line: int | None = None


@dataclass(frozen=True)
class Draft:
    """A document before metadata: `file` is its name within the folder that is read."""

    document_id: str
    text: str
    fields: Mapping[str, Any]
    path: str | None = None
    file: str | None = None
    row: int | None = None

    @property
    def place(self) -> str:
        """Where the document stands, in words."""
        if self.path is None:
            return f"row {self.row} of the DataFrame"
        return repr(self.path) if self.row is None else f"{self.path!r}, row {self.row}"


@dataclass(frozen=True)
class Rows:
    """A table as read: rows by number from 1, and the rows that are malformed."""

    columns: Sequence[str]
    rows: list[tuple[int, dict[str, Any]]]
    malformed: list[tuple[int, str]] = field(default_factory=list)
    lines: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse columns that cannot be told apart."""
        for name in self.columns:
            if self.columns.count(name) > 1:
                raise UnreadableError(f"column {name!r} stands twice; rename one of them")


def without_surrogates(text: str) -> str:
    r"""Replace lone surrogates, which no encoding can hold, by U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def as_text(value: Any) -> str | None:
    """Return a cell as text; a whole number that pandas made a float is written as whole."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def exact_id(value: Any) -> tuple[str | None, str | None]:
    """Return an id as text, or None and what is wrong where digits of it may be lost."""
    if isinstance(value, float) and abs(value) >= _INEXACT:
        return None, f"id {value:.0f} is a float, whose last digits are lost; keep ids as text"
    text = as_text(value)
    return (text if text and text.strip() else None), None


def refuse_duplicates(drafts: Sequence[Draft]) -> None:
    """Refuse two documents with one id, naming both places."""
    seen: dict[str, Draft] = {}
    for draft in drafts:
        first = seen.setdefault(draft.document_id, draft)
        if first is not draft:
            raise ReadingError(
                f"two documents have the id {draft.document_id!r}: {first.place} and "
                f"{draft.place}; rename one of them"
            )


def documents_table(drafts: Sequence[Draft], origin: str) -> tuple[pd.DataFrame, list[Note]]:
    """Make the table of documents; columns whose names the package needs are renamed and noted."""
    extra = dict.fromkeys(
        name for draft in drafts for name in draft.fields if name not in OPTIONAL_COLUMNS
    )
    names = free_names(extra, reserved_names() | set(TABLES["documents"].columns))

    def cells(name: str) -> list[Any]:
        return [draft.fields.get(name) for draft in drafts]

    columns: dict[str, Any] = {
        "document_id": [draft.document_id for draft in drafts],
        "text": [draft.text for draft in drafts],
        **{column: list(map(as_text, cells(column))) for column in _TEXT_COLUMNS},
        "date": pd.Series(cells("date"), dtype="datetime64[us]"),
        "path": [draft.path for draft in drafts],
        "sha256": [hashlib.sha256(draft.text.encode()).hexdigest() for draft in drafts],
        **{new: _series(cells(old)) for old, new in names.items()},
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


def _series(values: list[Any]) -> pd.Series:
    """Make a column, without turning whole numbers into floats where some are missing."""
    given = [value for value in values if value is not None]
    if all(isinstance(value, str) for value in given):
        return pd.Series(values, dtype="str")
    if all(isinstance(value, Integral) and not isinstance(value, bool) for value in given):
        try:
            return pd.Series(values, dtype="int64" if len(given) == len(values) else "Int64")
        except OverflowError:
            return pd.Series([as_text(value) for value in values], dtype="str")
    return pd.Series(values)
