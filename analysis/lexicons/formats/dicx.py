"""LIWC-22's .dicx: a table of terms by categories, with X or numbers in its cells."""

import csv
import io
import math
import re

from analysis.errors import LexiconError
from analysis.lexicons.checking import place
from analysis.lexicons.formats.draft import Draft

_FIRST_CELL = re.compile(r'\s*"?DicTerm"?\s*([,;\t])', re.IGNORECASE)


def is_dicx(text: str) -> bool:
    """Tell whether a text begins as LIWC-22's tables do."""
    return _FIRST_CELL.match(text) is not None


def read_dicx(text: str, origin: str) -> Draft:
    """Read a LIWC-22 dictionary; numbers become weights."""
    draft = Draft()
    begin = _FIRST_CELL.match(text)
    delimiter = begin[1] if begin else ","
    rows = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=delimiter, strict=True)
    skipped = text[: len(text) - len(text.lstrip())].count("\n")
    names: list[str] | None = None
    line = skipped + 1
    try:
        for row in rows:
            if names is None:
                names = [cell.strip() for cell in row[1:]]
                _header(names, draft, line, origin)
            elif any(cell.strip() for cell in row):
                _row(row, names, draft, line)
            line = skipped + rows.line_num + 1
    except csv.Error as error:
        raise LexiconError(
            f"{place(origin, line)}: the table cannot be read ({error}); check its quotation marks"
        ) from None
    return draft


def _header(names: list[str], draft: Draft, line: int, origin: str) -> None:
    if not any(names):
        raise LexiconError(
            f"{place(origin, line)}: no category follows DicTerm; name one in each further column"
        )
    for name in names:
        if name:
            draft.open((name,), line)


def _row(row: list[str], names: list[str], draft: Draft, line: int) -> None:
    term = row[0].strip()
    taken = False
    for column, cell in enumerate(row[1:]):
        cell = cell.strip()
        if not cell:
            continue
        name = names[column] if column < len(names) else ""
        if not name:
            reason = f"the cell {cell!r} stands in a column without a name; it is left out"
            draft.lose(line, (), term, "undefined category", reason)
            continue
        weight = _weight(cell)
        if weight is None:
            reason = f"the cell {cell!r} is neither X nor a number; it is left out"
            draft.lose(line, (name,), term, "unsupported", reason)
            continue
        if weight == 0:
            reason = "a weight of 0 is taken for a term outside the category"
            draft.lose(line, (name,), term, "weight", reason)
            continue
        taken = True
        draft.add((name,), term, line, weight=weight, plain_question_marks=True)
    if not taken and not any(cell.strip() for cell in row[1:]):
        draft.lose(line, (), term, "no category", "no cell of its row is filled; it is left out")


def _weight(cell: str) -> float | None:
    if cell in ("X", "x"):
        return 1.0
    try:
        weight = float(cell)
    except ValueError:
        return None
    return weight if math.isfinite(weight) else None
