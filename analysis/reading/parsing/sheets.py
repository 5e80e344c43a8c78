"""A workbook → the rows of its first sheet."""

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from analysis.reading.parsing.limits import LONGEST_TEXT, ParsingError, check_parts


def parse_sheets(data: bytes) -> dict[str, Any]:
    """Take the table out of an .xlsx file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_parts(archive)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError):
        raise ParsingError(
            "it is no workbook of the .xlsx kind, or damaged; open it in a spreadsheet program and "
            "save it as .xlsx or .csv"
        ) from None
    sheets = book.worksheets
    if not sheets:
        raise ParsingError("the workbook has no sheet of cells; put the articles into one")
    first, *others = sheets
    columns: list[str] = []
    rows: list[list[Any]] = []
    size = 0
    header = 0
    # What a file says of its own size may be wrong, and then rows would be missing.
    first.reset_dimensions()
    for number, cells in enumerate(first.iter_rows(values_only=True), start=1):
        if not header:
            if any(cell is not None for cell in cells):
                columns = ["" if cell is None else str(cell).strip() for cell in cells]
                header = number
            continue
        values = [_plain(cell) for cell in cells]
        if all(value is None for value in values):
            continue
        size += sum(len(value) for value in values if isinstance(value, str))
        if size > LONGEST_TEXT:
            raise ParsingError(
                f"its first sheet holds more than {LONGEST_TEXT:,} characters; save it as .csv"
            )
        values += [None] * (len(columns) - len(values))
        rows.append([number - header, values])
    if not header:
        raise ParsingError(f"its first sheet {first.title!r} is empty; put the articles there")
    while columns and not columns[-1]:
        columns.pop()
    notes = []
    if others:
        named = ", ".join(repr(sheet.title) for sheet in others[:5])
        notes.append(f"only the first sheet {first.title!r} was read, not {named}")
    return {
        "columns": columns,
        "header": header,
        "rows": [[n, values[: len(columns)]] for n, values in rows],
        "notes": notes,
    }


def sound_file() -> bytes:
    """Make a small workbook that any version of the library can read."""
    book, data = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append(["text"])
    book.worksheets[0].append(["Talks resume."])
    book.save(data)
    return data.getvalue()


def _plain(cell: Any) -> Any:
    """Return what JSON can hold: dates as ISO text, other things as they are shown."""
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    if cell is None or isinstance(cell, str | int | float | bool):
        return cell
    return str(cell)
