"""What wrong decoding left in a text."""

import re
from collections.abc import Iterator
from html.entities import html5

# UTF-8 that was read as Windows-1252, byte by byte: a first byte and those that go on, but no
# capital before a closing quotation mark; what no decoder could read; and marks of web pages.
_BYTES = bytes(range(0x80, 0xC0)).decode("cp1252", errors="ignore") + "\x81\x8d\x8f\x90\x9d"
_GARBLED = re.compile(
    rf"[\u00c2\u00c3](?![\u2013-\u201d\u2026\u00bb])[{re.escape(_BYTES)}]"
    rf"|\u00e2(?:\u20ac[{re.escape(_BYTES)}]?|[{re.escape(_BYTES)}]{{2}})"
    rf"|(?:[\u00d0\u00d1][{re.escape(_BYTES)}]){{2,}}"
    r"|\u00ef(?:\u00bb\u00bf|\u00bf\u00bd)|\ufffd|[\x80-\x84\x86-\x9f]"
    r"|&(?:amp;)*(?:#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z]{2,8}[0-9]{0,2});"
)
# One of these begins each of them: single characters are found fastest, and few texts hold any.
_FIRST = "&\u00c2\u00c3\u00e2\u00d0\u00d1\u00ef\ufffd" + "".join(
    chr(code) for code in range(0x80, 0xA0) if code != ord("\x85")
)


def leftovers(text: str) -> Iterator[str]:
    """Yield what wrong decoding left in a text."""
    if text.isascii() and "&" not in text:
        return
    end = 0
    found = [first for first in _FIRST if first in text]
    for place in sorted(one.start() for first in found for one in re.finditer(first, text)):
        match = _GARBLED.match(text, place) if place >= end else None
        if match is None:
            continue
        end = match.end()
        if (one := match[0])[0] != "&" or "#" in one or _last_name(one) in html5:
            yield one


def _last_name(entity: str) -> str:
    return f"{entity.lstrip('&').split(';')[-2]};"
