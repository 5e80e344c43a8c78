"""Bytes of a dictionary as text, saying where the encoding had to be guessed."""

import codecs

from analysis.errors import LexiconError
from analysis.lexicons.model import Loss


def decode(content: bytes, origin: str) -> tuple[str, tuple[Loss, ...], str | None]:
    """Decode a dictionary: UTF-8, UTF-16 by its byte order mark, else Windows-1252.

    Parameters
    ----------
    content : bytes
        The file.
    origin : str
        File name for messages.

    Returns
    -------
    text : str
        The text, without byte order mark.
    losses : tuple of Loss
        One that says so if the encoding was guessed.
    fault : str or None
        What to tell the researcher where nothing but UTF-8 is taken; None if it is UTF-8.

    Raises
    ------
    LexiconError
        If the bytes are none of the three.

    Examples
    --------
    >>> from analysis.lexicons.formats.decoding import decode
    >>> text, losses, fault = decode("café".encode("cp1252"), "mine.dic")
    >>> text, losses[0].what
    ('café', 'encoding')
    """
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
    """Cut a text at line feeds, carriage returns, and pairs of both, and nowhere else.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    list of str
        Its lines, without their ends.

    Examples
    --------
    >>> from analysis.lexicons.formats.decoding import lines_of
    >>> lines_of("a\\r\\nb\\rc")
    ['a', 'b', 'c']
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
