"""Bytes → text: byte order mark, declared encoding, strict UTF-8, and a guess only at the end."""

import codecs

from analysis.errors import ArgumentTypeError, ReadingError
from analysis.reading.records import UnreadableError

# UTF-32 first: its little-endian mark begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"PAR1", "a Parquet file"),
)
_CONTROLS = bytes({*range(1, 32), 127} - set(b"\t\n\v\f\r\x1a\x1b"))
_MOST_CONTROLS = 0.05

# Encodings in which articles come. Rarer pages (DOS, Mac, Baltic, Vietnamese, EBCDIC)
# are left out, since the detector often prefers them to the true one.
_CANDIDATES = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("iso8859_2", "koi8_r", "koi8_u"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949"),
)
# What Western European news text holds besides ASCII. The letters of Windows-1252
# that Windows-1250 and -1254 put to other use (š, ž, ¹, ³, ð, þ …) are left out.
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüÿœßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ"
    "‘’‚“”„‹›«»–—…•·¡¿£€¥§°©®™´½¼¾²×\u00a0\u00ad"
)
_MOST_NOT_ASCII = 0.2
_OFFSETS_NAMED = 3


def check_encoding(encoding: str | None) -> None:
    """Refuse an encoding that Python does not know."""
    if encoding is None:
        return
    if not isinstance(encoding, str):
        raise ArgumentTypeError(
            f"encoding must be a str such as 'utf-8', not {type(encoding).__name__}"
        )
    try:
        b"a".decode(encoding)
    except UnicodeDecodeError:
        return
    except (LookupError, ValueError):
        raise ReadingError(
            f"encoding {encoding!r} is unknown; use a name such as 'utf-8' or 'cp1252'"
        ) from None


def read_text(location: str, encoding: str | None) -> tuple[str, str | None]:
    """Read a file of text; say what was guessed or replaced (None if nothing was)."""
    with open(location, "rb") as file:
        text, note = _decode(file.read(), encoding)
    if not text.strip():
        raise UnreadableError("the file is empty; put articles in it or remove it")
    return text, note


def _decode(data: bytes, declared: str | None) -> tuple[str, str | None]:
    mark, marked = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", None))
    _refuse_binary(data, marked or declared)
    if marked:
        return _replace_invalid(data, marked, len(mark))
    wrong = ""
    if declared:
        try:
            return data.decode(declared), _note_on_declared(data, declared)
        except UnicodeDecodeError as fault:
            wrong = f"not {declared} as declared (byte {fault.start}); "
    try:
        return data.decode("utf-8"), f"{wrong}read as UTF-8" if wrong else None
    except UnicodeDecodeError:
        text, note = _nearly_utf8(data) or _guess(data)
    return text, wrong + note


def _refuse_binary(data: bytes, encoding: str | None) -> None:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(f"the file is {name}, not text; save its text as a .txt file")
    if encoding and codecs.lookup(encoding).name.startswith(("utf-16", "utf-32")):
        return
    if b"\0" in data:
        raise UnreadableError(
            "the file holds NUL bytes: it is binary, or UTF-16 without a byte order mark; "
            "save it as UTF-8 or pass encoding='utf-16-le'"
        )
    if encoding is None and len(data) - len(data.translate(None, _CONTROLS)) > (
        _MOST_CONTROLS * len(data)
    ):
        raise UnreadableError(
            "the file is binary: it holds many control characters; save it as text"
        )


def _note_on_declared(data: bytes, declared: str) -> str | None:
    if data.isascii() or codecs.lookup(declared).name in ("utf-8", "utf-8-sig"):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return (
        f"read as {declared} as declared, although it is valid UTF-8; "
        "leave out encoding= if letters look wrong"
    )


def _replace_invalid(data: bytes, encoding: str, begin: int) -> tuple[str, str | None]:
    """Decode from `begin` on; replace what is invalid and say where it stood."""
    body = data[begin:]
    try:
        return body.decode(encoding), None
    except UnicodeDecodeError:
        text = body.decode(encoding, "replace")
    count = text.count("\ufffd") - body.count("\ufffd".encode(encoding))
    offsets = [str(begin + offset) for offset in _first_invalid(body, encoding)]
    more = ", …" if count > len(offsets) else ""
    return text, (
        f"{count} invalid {'place' if count == 1 else 'places'} replaced by U+FFFD "
        f"(byte {', '.join(offsets)}{more}); save the file as UTF-8 again"
    )


def _first_invalid(data: bytes, encoding: str) -> list[int]:
    offsets: list[int] = []
    position = 0
    while len(offsets) < _OFFSETS_NAMED:
        try:
            data[position:].decode(encoding)
            break
        except UnicodeDecodeError as fault:
            offsets.append(position + fault.start)
            position += fault.end
    return offsets


def _nearly_utf8(data: bytes) -> tuple[str, str] | None:
    text, note = _replace_invalid(data, "utf-8", 0)
    not_ascii = len(text) - len(text.encode("ascii", "ignore"))
    invalid = text.count("\ufffd") - data.count("\ufffd".encode())
    return (text, f"UTF-8 with {note}") if not_ascii - invalid >= 2 * invalid else None


def _guess(data: bytes) -> tuple[str, str]:
    encoding = "cp1252" if _looks_western(data) else _detect(data)
    guessed = f"encoding guessed as {encoding}, low confidence"
    return data.decode(encoding), f"{guessed}; save the file as UTF-8 or pass encoding=…"


def _looks_western(data: bytes) -> bool:
    not_ascii = [character for character in data.decode("cp1252", "replace") if character > "\x7f"]
    return len(not_ascii) <= _MOST_NOT_ASCII * len(data) and _WESTERN.issuperset(not_ascii)


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(_CANDIDATES)).best()
    if best is None:
        raise UnreadableError(
            "the file is not UTF-8 and its encoding cannot be guessed; "
            "save it as UTF-8 or pass encoding=…"
        )
    return best.encoding
