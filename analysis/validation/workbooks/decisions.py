"""Codes as files give them → one code for each paragraph, category and coder."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.tables.checks import make_table
from analysis.validation.checks import codes_by_category
from analysis.validation.workbooks.cells import LONG, Cell
from analysis.validation.workbooks.problems import Problems


def decide_codes(
    cells: Sequence[Cell], sheet: pd.DataFrame, codebook: pd.DataFrame, problems: Problems
) -> pd.DataFrame:
    """Decide on one code for each paragraph, category and coder, and say what is missing."""
    known = codes_by_category(codebook)
    by_unit: dict[tuple[str, int, str], list[Cell]] = {}
    for cell in cells:
        by_unit.setdefault((cell.coder, cell.row, cell.category), []).append(cell)
    file_of: dict[str, str] = {}
    for cell in cells:
        file_of.setdefault(cell.coder, cell.file)
    changed = {
        (row["coder"], row["document_id"], row["paragraph"])
        for row in problems.rows
        if row["problem"] == "changed text"
    }
    rows = []
    for coder in sorted(file_of):
        for place, (document, paragraph) in enumerate(
            zip(sheet["document_id"], sheet["paragraph"], strict=True)
        ):
            where = {"coder": coder, "document_id": document, "paragraph": int(paragraph)}
            if not any((coder, place, category) in by_unit for category in known):
                problems.add(
                    "missing row",
                    "no row codes this paragraph; let the coder add it, or go on without its codes",
                    file_of[coder],
                    None,
                    **where,
                )
            for category in known:
                own = by_unit.get((coder, place, category), [])
                unread = (coder, document, int(paragraph)) in changed
                code = _decide(own, known[category], problems, where, unread=unread)
                rows.append((document, paragraph, category, coder, code))
    columns = zip(*rows, strict=True) if rows else [[] for _ in LONG]
    return make_table("codes", dict(zip(LONG, columns, strict=True)))


def _decide(
    own: Sequence[Cell],
    known: Sequence[str],
    problems: Problems,
    where: dict[str, Any],
    *,
    unread: bool,
) -> str | None:
    """Return the code that counts, if there is one."""
    if not own:
        return None
    last = own[-1]
    place = {**where, "category": last.category}
    read = [_as_known(cell.code, known) for cell in own]
    if len(own) > 1:
        lines = " and ".join(f"line {cell.line} of {cell.file}" for cell in own)
        agreed = len(set(read)) == 1
        outcome = "one of them counts" if agreed else "they differ, and none counts"
        problems.add(
            "duplicated row",
            f"{lines} code the same paragraph; {outcome}: remove all but one",
            last.file,
            last.line,
            **place,
        )
        if not agreed:
            return None
    code = read[-1]
    if code is None:
        if not unread:
            problems.add(
                "missing code",
                "the cell is empty; let the coder fill it in, or go on without this code",
                last.file,
                last.line,
                **place,
            )
        return None
    if code not in known:
        problems.add(
            "unknown code",
            f"the codebook has no code {code!r} of {last.category!r}, so it does not count; it "
            f"has {', '.join(map(repr, known))}",
            last.file,
            last.line,
            **place,
        )
        return None
    return code


def _as_known(code: str | None, known: Sequence[str]) -> str | None:
    """Return the code of the codebook that a cell means."""
    if code is None or code in known:
        return code
    plain = code.removeprefix("'")
    folded = [name for name in known if name.casefold() == plain.casefold()]
    whole = plain.removesuffix(".0")
    if whole in known:
        return whole
    return folded[0] if len(folded) == 1 else code
