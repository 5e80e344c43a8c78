"""One coding file → the codes it gives, in either of the two forms."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.reading.parsed import rows_of_parsed
from analysis.reading.records import Rows, UnreadableError
from analysis.reading.sandbox import Sandbox
from analysis.reading.tabular import read_rows
from analysis.tables.core import TABLES
from analysis.validation.checks import codes_by_category, hash_of
from analysis.validation.workbooks.form import (
    CODER,
    OWN_COLUMNS,
    TEXT,
    UNIT,
    as_in_a_cell,
    units_of,
)
from analysis.validation.workbooks.problems import Problems

SUFFIXES = (".xlsx", ".csv")
LONG = tuple(TABLES["codes"].columns)
CODEBOOK = tuple(TABLES["codebook"].columns)
_WHOLE = re.compile(r"-?\d{1,18}(\.0*)?")


@dataclass(frozen=True)
class Cell:
    """One code as a file gives it: `row` of the sheet, `code` None where the cell is empty."""

    file: str
    line: int
    coder: str
    row: int
    category: str
    code: str | None


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
    cleaned = [
        (number + 1, {plain: row[name] for plain, name in columns.items()})
        for number, row in rows.rows
    ]
    if UNIT in columns:
        return _wide_cells(file, columns, cleaned, sheet, codebook, problems)
    if set(LONG) <= set(columns):
        return _long_cells(file, cleaned, sheet, codebook, problems)
    raise UnreadableError(
        f"it has neither a column {UNIT!r} nor {', '.join(map(repr, LONG))}; give a file of "
        "save_coding_sheet or code_paragraphs, its first row as it was"
    )


def as_label(value: Any) -> str:
    """Return a cell as text: 1 and 1.0 are the code 1, as spreadsheet programs write it."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _wide_cells(
    file: str,
    columns: Iterable[str],
    rows: Sequence[tuple[int, dict[str, Any]]],
    sheet: pd.DataFrame,
    codebook: pd.DataFrame,
    problems: Problems,
) -> list[Cell]:
    categories = list(codes_by_category(codebook))
    present = [name for name in categories if name in columns]
    if not present:
        raise UnreadableError(
            f"it has no column of a category ({', '.join(categories)}); give the codebook it was "
            "made with"
        )
    for name in columns:
        if name not in (*categories, *OWN_COLUMNS):
            problems.add(
                "unknown column",
                f"column {name!r} is no category of the codebook and was not read",
                file,
                None,
            )
    coders = [as_label(row.get(CODER)) for _, row in rows]
    file_coder = _only(coders, file, problems)
    place_of = {unit: n for n, unit in enumerate(units_of(sheet))}
    cells = []
    for (line, row), named in zip(rows, coders, strict=True):
        codes = {name: as_label(row.get(name)) for name in present}
        unit = as_label(row.get(UNIT))
        coder = named or file_coder
        place = place_of.get(unit)
        if place is None:
            if unit or any(codes.values()):
                problems.add(
                    "unknown paragraph",
                    f"the unit {unit!r} is not in the sheet and its codes were not read; give the "
                    "sheet that the file was made from",
                    file,
                    line,
                    coder=coder,
                )
            continue
        if TEXT in row and _squeezed(row[TEXT]) != _squeezed(sheet["text"].iloc[place]):
            _changed(problems, file, line, coder, sheet, place)
            codes = {}
        cells += [
            Cell(file, line, coder, place, name, codes.get(name) or None) for name in categories
        ]
    return cells


def _long_cells(
    file: str,
    rows: Sequence[tuple[int, dict[str, Any]]],
    sheet: pd.DataFrame,
    codebook: pd.DataFrame,
    problems: Problems,
) -> list[Cell]:
    places = zip(sheet["document_id"], sheet["paragraph"], strict=True)
    place_of = {(document, int(paragraph)): n for n, (document, paragraph) in enumerate(places)}
    known = codes_by_category(codebook)
    coders = [as_label(row[CODER]) for _, row in rows]
    file_coder = _only(coders, file, problems)
    cells = []
    for (line, row), named in zip(rows, coders, strict=True):
        coder = named or file_coder
        document, paragraph = str(row["document_id"] or ""), as_label(row["paragraph"])
        category, code = as_label(row["category"]), as_label(row["code"])
        whole = _WHOLE.fullmatch(paragraph)
        place = place_of.get((document, int(float(paragraph)))) if whole else None
        if place is None or category not in known:
            what = (
                f"paragraph {paragraph} of document {document!r}"
                if place is None
                else f"the category {category!r}"
            )
            problems.add(
                "unknown paragraph" if place is None else "unknown column",
                f"{what} is not in the {'sheet' if place is None else 'codebook'}, and its code "
                "was not read; give the one that the file was made from",
                file,
                line,
                coder=coder,
            )
            continue
        digest = as_label(row.get("text_hash"))
        if digest and digest != hash_of(sheet["text"].iloc[place]):
            _changed(problems, file, line, coder, sheet, place)
            code = ""
        cells.append(Cell(file, line, coder, place, category, code or None))
    return cells


def _changed(
    problems: Problems, file: str, line: int, coder: str, sheet: pd.DataFrame, place: int
) -> None:
    document, paragraph = sheet["document_id"].iloc[place], int(sheet["paragraph"].iloc[place])
    known = any(
        (row["problem"], row["file"], row["document_id"], row["paragraph"])
        == ("changed text", file, document, paragraph)
        for row in problems.rows
    )
    # A long file says it of every category; once is enough.
    if not known:
        problems.add(
            "changed text",
            "the text is not that of the sheet, so its codes do not count; put the text back if "
            "the coder read the right one",
            file,
            line,
            coder=coder,
            document_id=document,
            paragraph=paragraph,
        )


def _only(coders: Sequence[str], file: str, problems: Problems) -> str:
    """Return who coded the rows of a file that do not name their coder."""
    named = sorted({coder for coder in coders if coder})
    if len(named) == 1:
        return named[0]
    stem = Path(file).stem
    if "" in coders:
        problems.add(
            "unnamed coder",
            f"rows do not say who coded them; they are taken for the codes of {stem!r}",
            file,
            coders.index("") + 2,
            coder=stem,
        )
    return stem


def _squeezed(text: Any) -> str:
    """Return a text without what spreadsheet programs change on their own."""
    return " ".join(as_in_a_cell(str(text or "")).lstrip("'").split())
