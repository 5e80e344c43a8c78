"""One coding file → the codes it gives, in either of the two forms."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.reading.parsed import rows_of_parsed
from analysis.reading.records import Rows, UnreadableError
from analysis.reading.sandbox import Sandbox
from analysis.reading.tabular import read_rows
from analysis.tables.cells import unguarded
from analysis.tables.core import TABLES
from analysis.validation.checks import codes_by_category, hash_of
from analysis.validation.workbooks.form import (
    BY_HITS,
    CODER,
    OWN_COLUMNS,
    TEXT,
    UNIT,
    as_in_a_cell,
    unit_of,
    units_of,
)
from analysis.validation.workbooks.problems import Problems

SUFFIXES = (".xlsx", ".csv")
LONG = tuple(TABLES["codes"].columns)
CODEBOOK = tuple(TABLES["codebook"].columns)
_WHOLE = re.compile(r"-?\d{1,18}(\.0*)?")


@dataclass(frozen=True)
class Cell:
    """One code as a file gives it: `row` of the sheet, `code` None where the cell is empty.

    Codes that follow from judged hits (`by_hits`) are of some paragraphs of the sheet.
    """

    file: str
    line: int
    coder: str
    row: int
    category: str
    code: str | None
    by_hits: bool = False


def rows_of_file(path: Path, sandbox: Sandbox) -> Rows:
    """Read the rows of a .csv or .xlsx file."""
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableError("it is neither .xlsx nor .csv; save it as one of these")
    try:
        if path.suffix.lower() == ".xlsx":
            # The parser's own words for a file that is not there would be less plain.
            path.open("rb").close()
            return rows_of_parsed(sandbox.parse(".xlsx", str(path)))[0]
        return read_rows(str(path), ".csv", known_columns=(UNIT, *LONG, *CODEBOOK))[0]
    except OSError as fault:
        raise UnreadableError(f"it cannot be opened ({fault.strerror}); check its name") from None


def cells_of_rows(
    file: str, rows: Rows, sheet: pd.DataFrame, codebook: pd.DataFrame, problems: Problems
) -> list[Cell]:
    """Take the codes out of one file, whichever of the two forms it has."""
    for number, why in rows.malformed:
        problems.add("malformed row", why, file, number + 1)
    columns = {str(name).strip(): name for name in rows.columns}
    categories = list(codes_by_category(codebook))
    if UNIT in columns:
        _check_columns(columns, categories, file, problems)
    elif not set(LONG) <= set(columns):
        raise UnreadableError(
            f"it has neither a column {UNIT!r} nor {', '.join(map(repr, LONG))}; give a file of "
            "save_coding_sheet or code_paragraphs, its first row as it was"
        )
    cleaned = [{plain: row[name] for plain, name in columns.items()} for _, row in rows.rows]
    coders = [as_label(row.get(CODER)) for row in cleaned]
    file_coder = _only(coders, file, problems)
    place_of = {unit: n for n, unit in enumerate(units_of(sheet))}
    shown = sheet.to_dict("records")
    cells = []
    for (number, _), row, named in zip(rows.rows, cleaned, coders, strict=True):
        line, coder = number + 1, named or file_coder
        note = partial(problems.add, file=file, line=line, coder=coder)
        if UNIT in columns:
            codes = {name: as_label(row.get(name)) for name in categories}
            place = _place_in_wide(row, codes, place_of, note)
        else:
            codes = {as_label(row["category"]): as_label(row["code"])}
            place = _place_in_long(row, categories, place_of, note)
        if place is None:
            continue
        own = shown[place]
        if UNIT in columns:
            changed = TEXT in row and _squeezed(row[TEXT]) != _squeezed(own["text"])
        else:
            changed = as_label(row.get("text_hash")) not in ("", hash_of(own["text"]))
        if changed:
            codes = dict.fromkeys(codes, "")
            where = {"document_id": own["document_id"], "paragraph": own["paragraph"]}
            known = {"problem": "changed text", "file": file, **where}
            # A long file says it of every category; once is enough.
            if not any(known.items() <= told.items() for told in problems.rows):
                note(
                    "changed text",
                    "the text is not that of the sheet, so its codes do not count; put the text "
                    "back if the coder read the right one",
                    **where,
                )
        by_hits = UNIT not in columns and as_label(row.get("note")) == BY_HITS
        cells += [
            Cell(file, line, coder, place, name, code or None, by_hits)
            for name, code in codes.items()
        ]
    return cells


def as_label(value: Any) -> str:
    """Return a cell as text: 1 and 1.0 are the code 1, as spreadsheet programs write it."""
    if value is None or value != value:
        return ""
    if isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
        return str(int(value))
    return unguarded(str(value).strip())


def _check_columns(
    columns: Collection[str], categories: Sequence[str], file: str, problems: Problems
) -> None:
    if not set(categories) & set(columns):
        raise UnreadableError(
            f"it has no column of a category ({', '.join(categories)}); give the codebook it was "
            "made with"
        )
    for name in columns:
        if name not in (*categories, *OWN_COLUMNS):
            why = f"column {name!r} is no category of the codebook and was not read"
            problems.add("unknown column", why, file)


def _place_in_wide(
    row: Mapping[str, Any],
    codes: Mapping[str, str],
    place_of: Mapping[str, int],
    note: Callable[..., None],
) -> int | None:
    """Return the row of the sheet that a row with all codes of a paragraph is about."""
    unit = as_label(row[UNIT])
    if unit not in place_of and (unit or any(codes.values())):
        note(
            "unknown paragraph",
            f"the unit {unit!r} is not in the sheet and its codes were not read; give the "
            "sheet that the file was made from",
        )
    return place_of.get(unit)


def _place_in_long(
    row: Mapping[str, Any],
    categories: Sequence[str],
    place_of: Mapping[str, int],
    note: Callable[..., None],
) -> int | None:
    """Return the row of the sheet that a row with one code is about."""
    document, paragraph = unguarded(str(row["document_id"] or "")), as_label(row["paragraph"])
    category = as_label(row["category"])
    whole = _WHOLE.fullmatch(paragraph)
    place = place_of.get(unit_of(document, int(float(paragraph)))) if whole else None
    problem, what, source = "unknown column", f"the category {category!r}", "codebook"
    if place is None:
        what = f"paragraph {paragraph} of document {document!r}"
        problem, source = "unknown paragraph", "sheet"
    elif category in categories:
        return place
    note(
        problem,
        f"{what} is not in the {source}, and its code was not read; give the one that the file "
        "was made from",
    )
    return None


def _only(coders: Sequence[str], file: str, problems: Problems) -> str:
    """Return who coded the rows of a file that do not name their coder."""
    named = set(coders) - {""}
    if len(named) == 1:
        return named.pop()
    stem = Path(file).stem
    if "" in coders:
        why = f"rows do not say who coded them; they are taken for the codes of {stem!r}"
        problems.add("unnamed coder", why, file, coders.index("") + 2, coder=stem)
    return stem


def _squeezed(text: Any) -> str:
    """Return a text without what spreadsheet programs change, and what guards them."""
    return " ".join(as_in_a_cell(str(text or "")).replace("'", "").split())
