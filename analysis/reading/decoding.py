"""Bytes → text: byte order mark, declared encoding, strict UTF-8, and a guess only at the end."""

import codecs
import re
import unicodedata

from analysis.errors import ArgumentTypeError, ReadingError
from analysis.reading.encodings import MARKS, decoded, guess_encoding, told_of
from analysis.reading.garbled import leftovers
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

# Escapes that only these encodings have, which need no byte above ASCII.
_ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_2"), (b"~{", "hz"))
# Halves of a blank and of Asian full stops and commas.
_BYTES_OF_WIDE = (0, 1, 2)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# What a text in any script holds, its ends of sentences among them; and how many it has at least.
_PLAIN = frozenset(map(chr, (9, 10, 13, *range(32, 127)))) | frozenset("。，、．：\u3000")
_LEAST_PLAIN = 0.03
_MOST_NULS = 0.01
# What wrote UTF-8 once more, taking its bytes for letters.
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_TAKEN_FOR = ("cp1252", "cp1251", "cp1250", "mac_roman")
# Letters of phonetics, Armenian, N'Ko and others, which capitals and quotation marks would give.
_HARDLY_WRITTEN = frozenset(
    map(chr, (*range(0x250, 0x300), *range(0x530, 0x590), *range(0x700, 0x900)))
)
_MOST_NOT_ASCII = 0.2
_OFFSETS_NAMED = 3
_REMEDY = "save the file as UTF-8 or pass encoding=…"


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
    _refuse_signature(data)
    if not (marked or declared) and (guessed := _wide(data) or _escaped(data)):
        return guessed
    data, taken_out = _without_nuls(data, marked or declared)
    _refuse_binary(data, marked or declared)
    text, told = _replace_invalid(data, marked, len(mark)) if marked else _read(data, declared)
    return text, "; ".join(filter(None, (taken_out, told))) or None


def _read(data: bytes, declared: str | None) -> tuple[str, str | None]:
    wrong = ""
    if declared:
        try:
            return data.decode(declared), _note_on_declared(data, declared)
        except UnicodeDecodeError as fault:
            wrong = f"not {declared} as declared (byte {fault.start}); "
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text, note = _nearly_utf8(data) or _guess(data)
        return text, wrong + note
    if once := _encoded_twice(text):
        return once[0], wrong + once[1]
    return text, f"{wrong}read as UTF-8" if wrong else None


def _wide(data: bytes) -> tuple[str, str] | None:
    """Read UTF-16 and UTF-32 that has no mark, where one order of its bytes gives a text."""
    likely = _WIDE if any(byte in data for byte in _BYTES_OF_WIDE) else ()
    readings = ((decoded(data, one), one) for one in likely)
    found = sorted(
        (
            (sum(sign in _PLAIN for sign in text), text, one)
            for text, one in readings
            if text and "\0" not in text
        ),
        reverse=True,
    )
    if not found or found[0][0] < max(1, _LEAST_PLAIN * len(found[0][1])):
        return None
    # The other order may give signs of some script, and hardly ever any of these.
    if len(found) > 1 and found[0][0] < 4 * found[1][0]:
        return None
    _, text, encoding = found[0]
    return text, (
        f"encoding guessed as {encoding} without a byte order mark; save the file as UTF-8 or pass "
        f"encoding={encoding!r}"
    )


def _without_nuls(data: bytes, encoding: str | None) -> tuple[bytes, str | None]:
    count = 0 if _is_wide(encoding) else data.count(b"\0")
    if not 0 < count <= _MOST_NULS * len(data):
        return data, None
    places = "1 NUL byte was" if count == 1 else f"{count:,} NUL bytes were"
    first = data.index(b"\0")
    return data.replace(b"\0", b""), (
        f"{places} taken out (byte {first}{', …' if count > 1 else ''}); the file may be damaged: "
        "compare it with its source"
    )


def _escaped(data: bytes) -> tuple[str, str] | None:
    for escape, encoding in _ESCAPES:
        text = decoded(data, encoding) if escape in data and data.isascii() else None
        if text and not text.isascii():
            return text, f"encoding guessed as {encoding} by its escapes; {_REMEDY}"
    return None


def _encoded_twice(text: str) -> tuple[str, str] | None:
    """Undo UTF-8 whose bytes were taken for letters and encoded once more, all through a text."""

    def undone(found: re.Match[str]) -> str:
        # Of the codes that Windows leaves free, each stands for itself.
        codes = (
            sign.encode("latin-1" if "\x80" <= sign <= "\x9f" else encoding) for sign in found[0]
        )
        return b"".join(codes).decode("utf-8")

    for encoding in () if text.isascii() else _TAKEN_FOR:
        try:
            once = _NOT_ASCII.sub(undone, text).removeprefix("\ufeff")
        except UnicodeError:
            continue
        if next(leftovers(text), None) or all(map(_is_written, once)):
            return once, (
                f"it is UTF-8 that was taken for {encoding} and encoded once more, which was "
                "undone; save the file as UTF-8 from the program that made it"
            )
    return None


def _is_written(sign: str) -> bool:
    """Say whether texts hold a sign; capitals and marks that follow them may give letters, too."""
    is_part = sign.isalpha() or unicodedata.combining(sign) > 0
    return sign < "\x80" or sign in MARKS or (is_part and sign not in _HARDLY_WRITTEN)


def _refuse_signature(data: bytes) -> None:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(f"the file is {name}, not text; save its text as a .txt file")


def _refuse_binary(data: bytes, encoding: str | None) -> None:
    if _is_wide(encoding):
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


def _is_wide(encoding: str | None) -> bool:
    return encoding is not None and codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))


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
    written = "\ufffd".encode(encoding, "ignore")
    count = text.count("\ufffd") - (body.count(written) if written else 0)
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
    guess = guess_encoding(data)
    if guess is not None and guess.is_likely:
        text, damaged = _replace_invalid(data, guess.encoding, 0)
        return text, f"encoding {told_of(guess, data)}{damaged or _REMEDY}"
    encoding = _detect(data)
    if encoding is None and guess is not None and _is_nearly_ascii(data):
        encoding = guess.encoding
    if encoding is None:
        raise UnreadableError(
            "the file is not UTF-8 and its encoding cannot be guessed; "
            "save it as UTF-8 or pass encoding=…"
        )
    told = "low confidence, since it is in no language that tells its encoding"
    text, damaged = _replace_invalid(data, encoding, 0)
    return text, f"encoding guessed as {encoding}, {told}; {damaged or _REMEDY}"


def _is_nearly_ascii(data: bytes) -> bool:
    return sum(byte > 0x7F for byte in data) <= _MOST_NOT_ASCII * len(data)


def _detect(data: bytes) -> str | None:
    """Ask the library, which knows more languages, and these from long texts."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else best.encoding
