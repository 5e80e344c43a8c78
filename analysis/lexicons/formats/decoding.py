"""Bytes of a dictionary → text, lines and rows, saying where the encoding had to be guessed."""

import codecs
import csv
import io
from collections.abc import Iterator

from analysis.lexicons.checking import PlacedError
from analysis.lexicons.model import Loss


def decode(content: bytes) -> tuple[str, tuple[Loss, ...], str | None]:
    """Decode a dictionary: UTF-8, UTF-16 by its byte order mark, else Windows-1252."""
    try:
        return content.decode("utf-8-sig"), (), None
    except UnicodeDecodeError as error:
        at = error.start
    fault = f"not UTF-8 (byte {at}); save it as UTF-8"
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16"), (), fault
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise PlacedError(fault) from None
    line = content.count(b"\n", 0, at) + 1
    reason = "the file is not UTF-8 and was read as Windows-1252; check its accented letters"
    return text, (Loss(line, None, None, "encoding", reason),), fault


def lines_of(text: str) -> list[str]:
    """Cut a text at line feeds, carriage returns, and pairs of both, and nowhere else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def rows_of(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV table that are not blank, each behind the line it begins in."""
    begin = len(text) - len(text.lstrip())
    skipped = text.count("\n", 0, begin)
    rows = csv.reader(io.StringIO(text[begin:], newline=""), delimiter=delimiter, strict=True)
    line = skipped + 1
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = skipped + rows.line_num + 1
    except csv.Error as error:
        reason = f"the table cannot be read ({error}); check its quotation marks"
        raise PlacedError(reason, line) from None
