"""A workbook → the rows of its sheet of articles."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from python_calamine import CalamineError, CalamineWorkbook

from analysis.reading.names import header_among, names_texts
from analysis.reading.parsing.limits import LONGEST_TEXT, ParsingError, check_parts

# The first and the last cell of merged ones, by row and column.
_Range = tuple[tuple[int, int], tuple[int, int]]
# So many rows may stand above the header: a title, a date, a search.
_ROWS_ABOVE = 10


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
    for sheet in sheets:
        # What a file says of its own size may be wrong, and then rows would be missing.
        sheet.reset_dimensions()
    return table_of_sheets(
        {sheet.title: partial(sheet.iter_rows, values_only=True) for sheet in sheets},
        partial(_merged_of_book, data),
    )


def table_of_sheets(
    sheets: Mapping[str, Callable[[], Iterable[Sequence[Any]]]],
    merged: Callable[[str], Iterable[_Range]],
) -> dict[str, Any]:
    """Take the header and the rows out of the first sheet that names texts, or the very first."""
    titles = list(sheets)
    named = (title for title in titles if _names_texts(sheets[title]()))
    chosen = next(named, titles[0])
    filled = _filled(sheets[chosen]())
    beginning = list(islice(filled, _ROWS_ABOVE))
    if not beginning:
        raise ParsingError(f"its first sheet {chosen!r} is empty; put the articles there")
    names = _names(beginning)
    place = header_among(names)
    header, columns = beginning[place][0], names[place]
    rows: list[list[Any]] = []
    size = 0
    for number, values in chain(beginning[place + 1 :], filled):
        size += sum(len(value) for value in values if isinstance(value, str))
        if size > LONGEST_TEXT:
            raise ParsingError(
                f"its sheet {chosen!r} holds more than {LONGEST_TEXT:,} characters; save it as .csv"
            )
        values += [None] * (len(columns) - len(values))
        rows.append([number - header, values])
    while columns and not columns[-1]:
        columns.pop()
    notes = []
    if place:
        notes.append(f"its header was found in row {header}, below other rows")
    # Rows of ranges count from 0.
    places = [top + 1 for (top, _), (bottom, _) in merged(chosen) if header <= top < bottom]
    if places:
        notes.append(
            f"cells of several rows are merged, first in row {min(places)}: only the first row of "
            "each has their value; unmerge them and fill in the others"
        )
    others = [repr(title) for title in titles if title != chosen]
    if others:
        which = "first sheet" if chosen == titles[0] else "sheet"
        notes.append(f"only the {which} {chosen!r} was read, not {', '.join(others[:5])}")
    return {
        "columns": columns,
        "header": header,
        "rows": [[n, values[: len(columns)]] for n, values in rows],
        "notes": notes,
    }


def _merged_of_book(data: bytes, title: str) -> Iterable[_Range]:
    """Return the merged cells of a sheet, which the other library tells only of whole books."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return book.get_sheet_by_name(title).merged_cell_ranges or []
    except BaseException as fault:
        if not told_by_calamine(fault):
            raise
        return []


def told_by_calamine(fault: BaseException) -> bool:
    """Tell whether the library refused a file; what goes wrong in Rust is no Exception."""
    return isinstance(fault, CalamineError | ValueError | OSError) or (
        type(fault).__name__ == "PanicException"
    )


def _filled(sheet: Iterable[Sequence[Any]]) -> Iterator[tuple[int, list[Any]]]:
    """Return the rows that have a value, with their numbers."""
    numbered = ((n, [_plain(cell) for cell in cells]) for n, cells in enumerate(sheet, start=1))
    return ((n, values) for n, values in numbered if any(value is not None for value in values))


def _names(rows: Iterable[tuple[int, Sequence[Any]]]) -> list[list[str]]:
    return [["" if cell is None else str(cell).strip() for cell in row] for _, row in rows]


def _names_texts(sheet: Iterable[Sequence[Any]]) -> bool:
    return any(map(names_texts, _names(islice(_filled(sheet), _ROWS_ABOVE))))


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
