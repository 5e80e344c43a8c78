"""Coding sheets → files that coders fill in with a spreadsheet program."""

import math
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import ArgumentError, TableError, needed_for
from analysis.saving.atomic import written_whole
from analysis.saving.spreadsheets import LONGEST_CELL, write_for_spreadsheets
from analysis.tables.core import TABLES
from analysis.validation.checks import (
    check_codebook,
    check_sheet,
    codes_by_category,
    first_row,
    name_paragraph,
)
from analysis.validation.workbooks.form import (
    CODER,
    NOTE,
    NUMBER,
    OWN_COLUMNS,
    TEXT,
    UNIT,
    as_in_a_cell,
    units_of,
)

_KINDS = (".xlsx", ".csv")
_CODEBOOK = "Codebook"
_WIDTHS = {NUMBER: 8, TEXT: 90, NOTE: 30}
# The longest prompt that a workbook may hold.
_LONGEST_PROMPT = 255
# Points: a line of text, and the tallest row that a workbook may have.
_LINE, _TALLEST = 15.0, 409.0


def save_coding_sheet(
    sheet: pd.DataFrame, codebook: pd.DataFrame, path: str | os.PathLike[str], *, coder: str
) -> Path:
    """Write a file for one coder: a paragraph in each row, a column for each category.

    Coders see the text alone: neither score nor stratum nor source. A unit such as
    ``u-701c3858f16c`` stands for document and paragraph.

    Parameters
    ----------
    sheet : pandas.DataFrame
        Table ``coding_sheet``, or any with its columns ``document_id``, ``paragraph`` and
        ``text``, in the order of coding.
    codebook : pandas.DataFrame
        Table ``codebook``.
    path : str or path
        Its ending decides. ``.xlsx``: a workbook whose cells offer the codes to choose from,
        with the codebook on the second sheet. ``.csv``: the same rows for other programs; the
        codebook is then to be given beside it.
    coder : str
        Who is going to code; give each coder a file of their own.

    Returns
    -------
    pathlib.Path
        Where the file was written.

    Raises
    ------
    TableError
        If `sheet` or `codebook` cannot be coded, the file exists (it may hold codes), a text is
        longer than a cell can be, or the file cannot be written.
    ValueError
        If the ending is another one, or `coder` is empty.
    MissingPackageError
        If the package openpyxl is missing.

    Examples
    --------
    >>> import tempfile
    >>> import analysis as fa
    >>> sheet = fa.split_paragraphs(fa.documents_from_texts(["A threat.", "Rain."]))
    >>> codebook = fa.make_codebook(fa.load_lexicon("framing"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = fa.save_coding_sheet(sheet, codebook, f"{folder}/ana.xlsx", coder="Ana")
    ...     codes, problems = fa.read_codes(path, sheet, codebook, return_problems=True)
    >>> problems["problem"].value_counts().to_dict()
    {'missing code': 6}
    """
    target = Path(path)
    if target.suffix.lower() not in _KINDS:
        raise ArgumentError(f"{target.name!r} ends in neither .xlsx nor .csv; name it so")
    if not isinstance(coder, str) or not coder.strip():
        raise ArgumentError("coder is empty; name who is going to code")
    sheet, codebook = check_sheet(sheet), check_codebook(codebook)
    taken = [name for name in codes_by_category(codebook) if name.strip().lower() in OWN_COLUMNS]
    if taken:
        raise TableError(
            f"the codebook has a category {taken[0]!r}, which is a column of every coding file; "
            "rename it"
        )
    if (row := first_row(sheet["text"].str.len().gt(LONGEST_CELL))) is not None:
        raise TableError(
            f"{name_paragraph(sheet, row)} has more than {LONGEST_CELL:,} "
            "characters, which no spreadsheet program can hold; leave it out of the sheet"
        )
    if target.exists():
        raise TableError(
            f"{str(target)!r} exists and may hold codes; give another name, or remove it"
        )
    rows = _rows(sheet, codebook, coder.strip())
    with written_whole(target) as file:
        if target.suffix.lower() == ".csv":
            write_for_spreadsheets(rows, file)
        else:
            file.write(_workbook(rows, codebook))
    return target


def _rows(sheet: pd.DataFrame, codebook: pd.DataFrame, coder: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            NUMBER: range(1, len(sheet) + 1),
            TEXT: [as_in_a_cell(text) for text in sheet["text"]],
            **dict.fromkeys(codes_by_category(codebook), ""),
            NOTE: "",
            UNIT: units_of(sheet),
            CODER: coder,
        }
    )


def _workbook(rows: pd.DataFrame, codebook: pd.DataFrame) -> bytes:
    with needed_for("writing .xlsx files", "excel"):
        import openpyxl
    book = openpyxl.Workbook()
    _fill(book.active, "Coding", rows, {**_WIDTHS, UNIT: 16, CODER: 12})
    # The codes of a category under each other, so that its cells can offer them.
    ordered = pd.concat([own for _, own in codebook.groupby("category", sort=False)])
    widths = {"category": 18, "definition": 90, "code": 8, "meaning": 40}
    # Long definitions are read once.
    repeated = ordered["category"].duplicated()
    shown = ordered[list(TABLES["codebook"].columns)].assign(
        definition=ordered["definition"].mask(repeated, "")
    )
    _fill(book.create_sheet(_CODEBOOK), _CODEBOOK, shown, widths)
    first = 2
    for category, own in ordered.groupby("category", sort=False):
        place = list(rows.columns).index(str(category)) + 1
        codes = f"{_CODEBOOK}!$C${first}:$C${first + len(own) - 1}"
        _offer(book.active, place, len(rows), codes, own)
        first += len(own)
    whole = BytesIO()
    book.save(whole)
    return whole.getvalue()


def _fill(sheet: Any, title: str, table: pd.DataFrame, widths: dict[str, int]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.title = title
    for place, name in enumerate(table.columns, start=1):
        head = sheet.cell(1, place, str(name))
        head.font = Font(bold=True)
        head.data_type = "s"
        sheet.column_dimensions[get_column_letter(place)].width = widths.get(name, 14)
        for row, value in enumerate(table[name], start=2):
            cell = sheet.cell(row, place, value or None)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, str):
                # Typed codes stay texts, and a text that begins with = is no formula.
                cell.number_format, cell.data_type = "@", "s" if value else "n"
    for row, height in enumerate(_heights(table, widths), start=2):
        sheet.row_dimensions[row].height = height
    sheet.freeze_panes = "A2"
    # Some coders work on paper.
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.fitToPage = True
    sheet.print_title_rows = "1:1"


def _heights(table: pd.DataFrame, widths: dict[str, int]) -> Iterator[float]:
    """Guess the height of each row in points: not every program fits rows to their texts."""
    wide = [name for name in table.columns if widths.get(name, 0) >= _WIDTHS[TEXT]]
    for _, row in table.iterrows():
        pieces = [(piece, widths[name]) for name in wide for piece in str(row[name]).split("\n")]
        n_lines = sum(max(1, math.ceil(1.1 * len(piece) / width)) for piece, width in pieces)
        yield min(_LINE * max(1, n_lines), _TALLEST)


def _offer(sheet: Any, place: int, n_rows: int, codes: str, own: pd.DataFrame) -> None:
    """Let the cells of a category offer its codes, and refuse others."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = "; ".join(own["code"] + ": " + own["meaning"])[:_LONGEST_PROMPT]
    # A list written into the rule itself may have 255 characters and no comma in a code.
    offered = DataValidation(type="list", formula1=codes, allow_blank=True)
    offered.showInputMessage = offered.showErrorMessage = True
    offered.promptTitle, offered.prompt = str(own["category"].iloc[0])[:32], listed
    offered.errorTitle, offered.error = "No such code", listed
    letter = get_column_letter(place)
    offered.add(f"{letter}2:{letter}{n_rows + 1}")
    sheet.add_data_validation(offered)
