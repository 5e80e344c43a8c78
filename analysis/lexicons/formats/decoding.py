"""Bytes of a dictionary as text, saying where the encoding had to be guessed."""

import codecs

from analysis.errors import LexiconError
from analysis.lexicons.model import Loss


def decode(content: bytes, origin: str) -> tuple[str, tuple[Loss, ...], str | None]:
    """Decode a dictionary: UTF-8, UTF-16 by its byte order mark, else Windows-1252."""
    try:
        return content.decode("utf-8-sig"), (), None
    except UnicodeDecodeError as error:
        at = error.start
    fault = f"{origin} is not UTF-8 (byte {at}); save it as UTF-8"
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16"), (), fault
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise LexiconError(fault) from None
    line = content.count(b"\n", 0, at) + 1
    reason = "the file is not UTF-8 and was read as Windows-1252; check its accented letters"
    return text, (Loss(line, None, None, "encoding", reason),), fault


def lines_of(text: str) -> list[str]:
    """Cut a text at line feeds, carriage returns, and pairs of both, and nowhere else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
