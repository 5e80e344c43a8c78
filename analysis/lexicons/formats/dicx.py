"""LIWC-22's .dicx: a table of terms by categories, with X or numbers in its cells."""

import math
import re

from analysis.lexicons.checking import PlacedError
from analysis.lexicons.formats.decoding import rows_of
from analysis.lexicons.formats.draft import Draft

_FIRST_CELL = re.compile(r'\s*"?DicTerm"?\s*([,;\t])', re.IGNORECASE)


def is_dicx(text: str) -> bool:
    """Tell whether a text begins as LIWC-22's tables do."""
    return _FIRST_CELL.match(text) is not None


def read_dicx(text: str) -> Draft:
    """Read a LIWC-22 dictionary; numbers become weights."""
    draft = Draft(plain_question_marks=True)
    begin = _FIRST_CELL.match(text)
    rows = rows_of(text, begin[1] if begin else ",")
    line, (_, *header) = next(rows)
    names = [name.strip() for name in header]
    if not any(names):
        raise PlacedError("no category follows DicTerm; name one in each further column", line)
    for name in filter(None, names):
        draft.open((name,), line)
    for line, (term, *cells) in rows:
        _row(term.strip(), [cell.strip() for cell in cells], names, draft, line)
    return draft


def _row(term: str, cells: list[str], names: list[str], draft: Draft, line: int) -> None:
    if not any(cells):
        draft.lose(line, (), term, "no category", "no cell of its row is filled; it is left out")
    for column, cell in enumerate(cells):
        if not cell:
            continue
        name = names[column] if column < len(names) else ""
        weight = _weight(cell)
        if not name:
            reason = f"the cell {cell!r} stands in a column without a name; it is left out"
            draft.lose(line, (), term, "undefined category", reason)
        elif weight is None:
            reason = f"the cell {cell!r} is neither X nor a number; it is left out"
            draft.lose(line, (name,), term, "unsupported", reason)
        elif weight == 0:
            reason = "a weight of 0 is taken for a term outside the category"
            draft.lose(line, (name,), term, "weight", reason)
        else:
            draft.add((name,), term, line, weight)


def _weight(cell: str) -> float | None:
    try:
        weight = 1.0 if cell in ("X", "x") else float(cell)
    except ValueError:
        return None
    return weight if math.isfinite(weight) else None
