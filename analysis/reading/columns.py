"""The names that others give to the columns of a table of articles → ours."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from analysis.reading.names import OTHERS, folded, names_texts
from analysis.reading.records import OPTIONAL_COLUMNS, NoTextColumnError, Rows

# What leads to a text elsewhere, by the name of a column or by what it holds.
_LINKS = frozenset({"url", *OTHERS["url"]})
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
# Links have few words beside them; who describes a page in more may have its text.
_MOST_WORDS = 30
_ROWS_LOOKED_AT = 100
# Where a cell is an object, what of it is its name.
_OWN_NAMES = ("name", "title", "rendered")


def with_own_names(table: Rows, *, keys: Sequence[str] = ()) -> tuple[Rows, list[str], list[str]]:
    """Give columns our names; say which were taken, and which could be several things."""
    names: dict[str, str] = {}
    told: list[str] = []
    unclear: list[str] = []
    for ours in (*keys, *OPTIONAL_COLUMNS):
        if ours in table.columns:
            continue
        found = _candidates(table.columns, ours)
        if len(found) == 1:
            names[found[0]] = ours
            told.append(f"{found[0]!r} as {ours!r}")
        elif found:
            unclear.append(
                f"columns {_listed(found)} may each be the {ours}, which is left empty; rename the "
                f"one that is to {ours!r}"
            )
    notes = [f"columns were read under our names: {', '.join(told)}"] if told else []
    table = _renamed(table, names)
    plain = [name for name in OPTIONAL_COLUMNS if name in table.columns]
    rows = [
        (n, {**row, **{name: _named(row.get(name)) for name in plain}})
        if any(isinstance(row.get(name), dict | list) for name in plain)
        else (n, row)
        for n, row in table.rows
    ]
    return replace(table, rows=rows), notes, unclear


def with_texts(table: Rows, text_column: str) -> tuple[Rows, str | None, bool]:
    """Find the column with the texts; say which it is, and whether it has another name."""
    if text_column in table.columns:
        others = _candidates(table.columns, "text") if text_column == "text" else []
        told = f"the texts are those of 'text', not of {_listed(others)}" if others else None
        return table, told, False
    found = text_candidates(table.columns, text_column)
    if len(found) > 1:
        raise NoTextColumnError(
            f"columns {_listed(found)} may each hold the texts; name the one with text_column="
        )
    if not found:
        if not names_texts(table.columns) and (link := _column_of_links(table)):
            raise NoTextColumnError(
                f"it holds no texts, only links (column {link!r}); save the pages that they lead "
                "to, or name the column with the texts with text_column="
            )
        return table, None, False
    told = f"the texts were read from {found[0]!r}"
    renamed = _renamed(table, {found[0]: text_column})
    return renamed, told, folded(found[0]) != folded(text_column)


def text_candidates(columns: Sequence[str], text_column: str) -> list[str]:
    """Find the columns that may hold the texts where none has exactly this name."""
    if text_column == "text":
        return _candidates(columns, "text")
    return [name for name in columns if folded(name) == folded(text_column)]


def _column_of_links(table: Rows) -> str | None:
    """Find the links of a table that holds nothing longer."""
    rows = [row for _, row in table.rows[:_ROWS_LOOKED_AT]]
    cells = [(name, str(cell)) for row in rows for name, cell in row.items() if cell is not None]
    if any(len(cell.split()) > _MOST_WORDS for _, cell in cells):
        return None
    names = (name for name in table.columns if rows and folded(name) in _LINKS)
    addresses = (name for name, cell in cells if _ADDRESS.fullmatch(cell))
    return next(chain(names, addresses, filter(_ADDRESS.fullmatch, table.columns)), None)


def is_list_of_links(text: str) -> bool:
    """Tell whether all lines of a text are addresses."""
    if not _ADDRESS.match(text):
        return False
    return all(_ADDRESS.fullmatch(line) for line in text.splitlines() if line.strip())


def below_title(text: str, title: str | None) -> str:
    """Put a title above a text that does not begin with it, as a paragraph of its own."""
    words = (title or "").split()
    if not words or not text.strip():
        return text
    # The last piece is the rest of the text.
    *pieces, rest = text.split(None, len(words) - 1)
    pieces.append(rest[: len(words[-1])])
    rest = rest[len(words[-1]) :]
    # A sentence that goes on in small letters only begins with the same words.
    goes_on = rest[:1].isalnum() or rest.lstrip(" \t\xa0")[:1].islower()
    headline = " ".join(words)
    if " ".join(pieces).casefold() == headline.casefold() and not goes_on:
        return text
    # As its own paragraphs are apart: a blank line would make one of all the others.
    by_lines = "\n" in text.strip() and not re.search(r"\n\s*\n", text.strip())
    return f"{headline}\n{text}" if by_lines else f"{headline}\n\n{text}"


def _named(value: Any) -> Any:
    """Return the names of what stands in a cell as an object, or as a list of them."""
    if isinstance(value, dict):
        found = (value.get(name) for name in _OWN_NAMES)
        return next((one for one in found if isinstance(one, str)), value)
    if isinstance(value, list):
        names = [_named(one) if isinstance(one, dict) else one for one in value]
        return ", ".join(names) if all(isinstance(one, str) for one in names) else value
    return value


def _candidates(columns: Sequence[str], ours: str) -> list[str]:
    """Find the columns that may be ours: those that differ in case only, else those of its kind."""
    names = {name: folded(name) for name in columns if name != ours}
    same = [name for name, plain in names.items() if plain == folded(ours)]
    kind = OTHERS.get(ours, frozenset())
    return same or [name for name, plain in names.items() if plain in kind]


def _renamed(table: Rows, names: dict[str, str]) -> Rows:
    if not names:
        return table
    columns = [names.get(name, name) for name in table.columns]
    rows = [(n, {names.get(name, name): v for name, v in row.items()}) for n, row in table.rows]
    return replace(table, columns=columns, rows=rows)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(map(repr, names))
