"""Codes as files give them → one code for each paragraph, category and coder."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd

from analysis.tables.checks import make_table
from analysis.tables.schema import PLACE
from analysis.validation.checks import codes_by_category
from analysis.validation.workbooks.cells import LONG, Cell
from analysis.validation.workbooks.problems import Problems


def decide_codes(
    cells: Sequence[Cell], sheet: pd.DataFrame, codebook: pd.DataFrame, problems: Problems
) -> pd.DataFrame:
    """Decide on one code for each paragraph, category and coder, and say what is missing."""
    known = codes_by_category(codebook)
    by_unit: dict[tuple[str, int, str], list[Cell]] = {}
    file_of: dict[str, str] = {}
    for cell in cells:
        by_unit.setdefault((cell.coder, cell.row, cell.category), []).append(cell)
        file_of.setdefault(cell.coder, cell.file)
    changed = {
        (row["coder"], row["document_id"], row["paragraph"])
        for row in problems.rows
        if row["problem"] == "changed text"
    }
    # Hits stand in some paragraphs only; who coded from a sheet is to code all of it.
    whole = {cell.coder for cell in cells if not cell.by_hits}
    rows = []
    for coder, file in sorted(file_of.items()):
        for place, unit in enumerate(sheet[PLACE].itertuples(index=False, name=None)):
            where = {"coder": coder, **dict(zip(PLACE, unit, strict=True))}
            given = {category: by_unit.get((coder, place, category), []) for category in known}
            if coder in whole and not any(given.values()):
                why = (
                    "no row codes this paragraph; let the coder add it, or go on without its codes"
                )
                problems.add("missing row", why, file, **where)
            for category, own in given.items():
                unread = (coder, *unit) in changed
                code = (
                    _decide(own, known[category], problems, where, unread=unread) if own else None
                )
                rows.append((*unit, category, coder, code))
    return make_table("codes", pd.DataFrame(rows, columns=list(LONG), dtype=object))


def _decide(
    own: Sequence[Cell],
    known: Sequence[str],
    problems: Problems,
    where: dict[str, Any],
    *,
    unread: bool,
) -> str | None:
    """Return the code that counts, if there is one."""
    last = own[-1]
    where = {**where, "category": last.category}
    note: Callable[..., None] = partial(problems.add, file=last.file, line=last.line, **where)
    read = [_as_known(cell.code, known) for cell in own]
    agreed = len(set(read)) == 1
    if len(own) > 1:
        lines = " and ".join(f"line {cell.line} of {cell.file}" for cell in own)
        outcome = "one of them counts" if agreed else "they differ, and none counts"
        note("duplicated row", f"{lines} code the same paragraph; {outcome}: remove all but one")
    code = read[-1]
    if not agreed or code in known:
        return code if agreed else None
    if code is not None:
        note(
            "unknown code",
            f"the codebook has no code {code!r} of {last.category!r}, so it does not count; it "
            f"has {', '.join(map(repr, known))}",
        )
    elif not unread:
        why = "the cell is empty; let the coder fill it in, or go on without this code"
        note("missing code", why)
    return None


def _as_known(code: str | None, known: Sequence[str]) -> str | None:
    """Return the code of the codebook that a cell means."""
    if code is None or code in known:
        return code
    plain = code.removeprefix("'")
    whole = plain.removesuffix(".0")
    if whole in known:
        return whole
    folded = [name for name in known if name.casefold() == plain.casefold()]
    return folded[0] if len(folded) == 1 else code
