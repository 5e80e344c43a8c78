"""A workbook of the old kind → the rows of its sheet of articles."""

import io
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from python_calamine import CalamineWorkbook

from analysis.reading.parsing.limits import ParsingError
from analysis.reading.parsing.sheets import (
    parse_sheets,
    sound_file,
    table_of_sheets,
    told_by_calamine,
)

__all__ = ["parse_old_sheets", "sound_file"]

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NEW = b"PK\x03\x04"
_DAMAGED = (
    "it is no workbook of the .xls kind, or damaged; open it in a spreadsheet program and save it "
    "as .xlsx or .csv"
)


def parse_old_sheets(data: bytes) -> dict[str, Any]:
    """Take the table out of an .xls file."""
    if data.startswith(_NEW):
        return parse_sheets(data)
    if not data.startswith(_OLD):
        raise ParsingError(_DAMAGED)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {
            title: list(book.get_sheet_by_name(title).iter_rows()) for title in book.sheet_names
        }
        merged = {title: book.get_sheet_by_name(title).merged_cell_ranges for title in sheets}
    except BaseException as fault:
        if told_by_calamine(fault):
            raise ParsingError(_DAMAGED) from None
        raise
    if not sheets:
        raise ParsingError("the workbook has no sheet of cells; put the articles into one")
    return table_of_sheets(
        {title: partial(_rows, rows) for title, rows in sheets.items()},
        lambda title: merged[title] or [],
    )


def _rows(rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    return ([None if cell == "" else cell for cell in row] for row in rows)
