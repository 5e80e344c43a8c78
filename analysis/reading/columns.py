"""The names that others give to the columns of a table of articles → ours."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from analysis.reading.dates import EPOCHS
from analysis.reading.markup import is_markup, text_of_markup
from analysis.reading.names import (
    OTHERS,
    OWN_NAMES,
    SURER,
    WEAKER,
    by_own_names,
    folded,
    last_name,
    listed,
    names_texts,
    of_object,
    summaries,
    text_columns,
)
from analysis.reading.records import OPTIONAL_COLUMNS, NoTextColumnError, Rows, UnreadableValue

# What leads to a text elsewhere, by the name of a column or by what it holds.
_LINKS = frozenset({"url", *OTHERS["url"]})
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
# Links have few words beside them; who describes a page in more may have its text.
_MOST_WORDS = 30
_ROWS_LOOKED_AT = 100
_UNNAMED = UnreadableValue("is a list or an object without names")
# What is longer stands where names of columns should.
LONGEST_NAME = 100
_MOST_NAMES = 40
# Where Twitter has the whole of a long post.
_WHOLE = "extended_tweet.full_text"


def with_own_names(
    table: Rows, *, keys: Sequence[str] = (), texts: str = ""
) -> tuple[Rows, list[str], list[str]]:
    """Give columns our names; say which were taken, and which could be several things."""
    names: dict[str, list[str]] = {}
    told: list[str] = []
    unclear: list[str] = []
    for ours in (*keys, *OPTIONAL_COLUMNS, *EPOCHS):
        found = _found(table.columns, ours, _scopes(texts))
        if len(found) == 1:
            (columns,) = found
            names[ours] = by_own_names(columns)
            told += [f"{name!r} as {ours!r}" for name in names[ours] if name != ours]
        elif found:
            unclear.append(
                f"columns {_listed([one for one, *_ in found])} may each be the {ours}, which is "
                f"left empty; rename the one that is to {ours!r}"
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


def with_texts(table: Rows, text_column: str) -> tuple[Rows, str | None, str]:
    """Give the texts their column; say where they were, and in which column."""
    if text_column == "text" and _WHOLE in table.columns and "text" in table.columns:
        longer = f"the texts were read from {_WHOLE!r} where 'text' has only their beginning"
        return _renamed(table, {"text": [_WHOLE, "text"]}), longer, "text"
    if text_column in table.columns:
        others = text_candidates(table.columns, "text") if text_column == "text" else []
        others = [name for name in others if "." not in name]
        told = f"the texts are those of 'text', not of {_listed(others)}" if others else None
        return table, told, text_column
    found = text_candidates(table.columns, text_column)
    if len(found) > 1:
        # Of one text in two forms, the one without marks of web pages.
        looked_at = [row for _, row in table.rows[:_ROWS_LOOKED_AT]]
        plain = [name for name in found if not any(_is_page(row.get(name)) for row in looked_at)]
        found = plain if len(plain) == 1 else found
    if any(sum(_is_filled(row.get(name)) for name in found) > 1 for _, row in table.rows):
        raise NoTextColumnError(
            f"columns {_listed(found)} may each hold the texts; name the one with text_column="
        )
    if found:
        told = f"the texts were read from {_listed(found)}"
        return _renamed(table, {text_column: found}), told, found[0]
    if text_column == "text" and (short := summaries(table.columns)):
        raise NoTextColumnError(
            f"it holds no texts known as such, only what sums them up ({_listed(short)}); fetch "
            f"the articles, or name what to read with text_column=, of {shown(table.columns)}"
        )
    if not names_texts(table.columns) and (link := _column_of_links(table)):
        raise NoTextColumnError(
            f"it holds no texts, only links (column {link!r}); save the pages that they lead "
            "to, or name the column with the texts with text_column="
        )
    return table, None, text_column


def text_candidates(columns: Sequence[str], text_column: str) -> list[str]:
    """Find the columns that may hold the texts where none has exactly this name."""
    same = [one for one in columns if folded(one) == folded(text_column) and one != text_column]
    if text_column != "text":
        return same
    return same or list(text_columns(tuple(name for name in columns if name != text_column)))


def is_above(column: str) -> bool:
    """Tell whether the title belongs above the texts of a column: not of one called `text`."""
    return last_name(column) not in {"text", *WEAKER["text"]}


def without_markup(table: Rows, text_column: str) -> tuple[Rows, int]:
    """Take the texts out of the pages that a service writes in its cells; say how many were."""
    pages = {n for n, row in table.rows if _is_page(row.get(text_column))}
    rows = [
        (n, {**row, text_column: text_of_markup(row[text_column])} if n in pages else row)
        for n, row in table.rows
    ]
    return replace(table, rows=rows), len(pages)


def _is_filled(cell: Any) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _is_page(cell: Any) -> bool:
    return isinstance(cell, str) and is_markup(cell)


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
    """Return the names in an object or a list as one text; what has none would be counted."""
    if isinstance(value, dict):
        found = map(value.get, OWN_NAMES)
        return next((one for one in found if isinstance(one, str)), _UNNAMED)
    if isinstance(value, list):
        names = [_named(one) if isinstance(one, dict) else one for one in value]
        return ", ".join(names) if all(isinstance(one, str) for one in names) else _UNNAMED
    return value


def _scopes(texts: str) -> list[str]:
    """List the objects that the texts stand in, from the innermost on: `a.b.`, `a.` and none."""
    parts = of_object(texts, "text").split(".")[:-1]
    sizes = range(len(parts), 0, -1)
    # A whole path of the texts begins outside of their row.
    runs = [parts[begin:end] for end in sizes for begin in range(end)]
    return [f"{'.'.join(run)}." for run in runs] + [""]


def _found(columns: Sequence[str], ours: str, scopes: Sequence[str]) -> list[list[str]]:
    """Find what may be ours, nearest to the texts first; an object may be several columns."""
    for scope in scopes:
        objects: dict[str, list[str]] = {}
        for column in columns:
            if column.startswith(scope):
                name = of_object(column.removeprefix(scope), ours)
                objects.setdefault(name, []).append(column)
        if ours in objects:
            surer = [objects[one] for one in objects if folded(one) in SURER.get(ours, ())]
            return [[*chain(*surer), *objects[ours]]]
        for names in ({folded(ours)}, OTHERS.get(ours, ()), WEAKER.get(ours, ())):
            found = [
                several
                for one, several in objects.items()
                if folded(one) in names
                or any(folded(name.removeprefix(scope)) in names for name in several)
            ]
            if found:
                return found
    return []


def _renamed(table: Rows, names: dict[str, list[str]]) -> Rows:
    """Give columns other names; where several are one, each row has the first that it fills."""
    names = {ours: columns for ours, columns in names.items() if columns != [ours]}
    if not names:
        return table
    sources = {name: ours for ours, columns in names.items() for name in columns}
    rows = []
    left: dict[str, None] = {}
    for number, row in table.rows:
        given = [name for name in reversed(sources) if row.get(name) is not None]
        filled = [name for name in given if _is_filled(row[name])]
        first = {sources[name]: name for name in (*given, *filled)}
        rest = set(filled).difference(first.values())
        kept = {
            f"{k}_given" if k in names else k: v
            for k, v in row.items()
            if k not in sources or k in rest
        }
        rows.append((number, {**kept, **{ours: row[name] for ours, name in first.items()}}))
        left.update({f"{k}_given" if k in names else k: None for k in sorted(rest)})
    columns = dict.fromkeys([*(sources.get(name, name) for name in table.columns), *left])
    return replace(table, columns=list(columns), rows=rows)


def shown(names: Sequence[str]) -> str:
    """Name columns, up to a number."""
    named = [name if len(name) <= LONGEST_NAME else f"{name[:20]}…" for name in names]
    return listed(named, _MOST_NAMES) or "no columns"


def _listed(names: Sequence[str]) -> str:
    return listed(names, _MOST_NAMES, " and ")
