"""An .rtf file → its paragraphs, or the articles where a database wrote it."""

import re
from typing import Any

from striprtf.striprtf import rtf_to_text

from analysis.reading.exports import read_export
from analysis.reading.parsing.limits import ParsingError

MARK = b"{\\rtf"
# The library makes blank lines of the ends of pages, by which articles part.
_PAGE = re.compile(r"(?<!\\)((?:\\\\)*)\\page(?![a-zA-Z]) ?")
# It writes the addresses of links into the text, and takes long where there are many.
_LINK = re.compile(r"\{\\\*\\fldinst(?:[^{}]|\{[^{}]*\})*\}")
# The library goes from letter to letter, so it is given one sign for words that need no reading.
# They stand behind a word, as the first letter behind an escape may only stand in for it.
_WORDS = re.compile(r"(?<=[a-z,.] )[A-Za-z][A-Za-z0-9 ,.:;()\"'-]{15,}")
# What is hidden, or deleted by a tracked change, goes on to the end of its group, or to where that
# is taken back.
_GROUP = r"\{(?>(?:[^{}\\]|\\.)*)\}"
for _ in range(4):
    _GROUP = rf"\{{(?>(?:[^{{}}\\]|\\.|{_GROUP})*)\}}"
_HIDDEN = re.compile(
    r"(?<!\\)((?:\\\\)*)\\(?:v|deleted)1?(?![a-zA-Z0-9-])"
    rf"((?>(?:[^{{}}\\]|\\(?!(?:v0|deleted0|plain)(?![a-zA-Z0-9])).|{_GROUP})*))",
    re.DOTALL,
)
# What a group is that begins so, only its program knows.
_DESTINATION = re.compile(_GROUP.replace(r"\{", r"\{\\\*", 1), re.DOTALL)
_LETTER = re.compile(r"\\(?:'[0-9a-fA-F]{2}|u-?\d+ ?\??)")
_CONTROL = re.compile(r"\\(?:[a-zA-Z]+-?\d* ?|.)", re.DOTALL)
# The library writes bars between cells, as some texts have them of their own.
_CELL_END = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:nest)?cell(?![a-zA-Z]) ?")
_CELL = "\ue000"
# What the library leaves out.
_LEFT_OUT = {
    "headers and footers": r"(?:header|footer)[lrf]?",
    "footnotes": "footnote",
    "comments": "annotation",
}
_FIRST, _LAST = 0xF0000, 0x10FFFD
_SIGN = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")


def parse_rtf(data: bytes) -> dict[str, Any]:
    """Take the text out of an .rtf file."""
    if not data.lstrip().startswith(MARK):
        raise ParsingError("it is no .rtf file; open it in a word processor and save it as .docx")
    text, notes = text_of_rtf(data)
    if export := read_export("text", text.replace(_CELL, "|")):
        return {**export, "notes": [*export["notes"], *notes]}
    paragraphs = paragraphs_in_text(text)
    if not paragraphs:
        raise ParsingError("the file holds no text; remove it, or save it as .docx")
    return {"paragraphs": paragraphs, "fields": {}, "notes": notes}


def text_of_rtf(data: bytes) -> tuple[str, list[str]]:
    """Return the text of an .rtf file, and what was left out of it."""
    # Every byte is a character of its own: what is not ASCII stands in escapes.
    source = _LINK.sub("", data.decode("latin-1"))
    body = source.find("\\pard")
    hidden = 0

    def leave_out(found: re.Match[str]) -> str:
        nonlocal hidden
        # Before its text, a file describes its styles.
        if found.start() < body:
            return found[0]
        words = _LETTER.sub("x", _DESTINATION.sub("", found[2]))
        hidden += len(re.sub("[{}]", " ", _CONTROL.sub(" ", words)).split())
        return found[1]

    left_out = {
        name: len(re.findall(rf"(?<!\\)\\{word}(?![a-zA-Z])", source))
        for name, word in _LEFT_OUT.items()
    }
    source = _HIDDEN.sub(leave_out, source)
    source = _CELL_END.sub(rf"\1\\u{ord(_CELL)}?", source)
    text = _text_in(_PAGE.sub(r"\1\\line\\'0c\\line ", source))
    left_out["words formatted as hidden or deleted"] = hidden
    named = ", ".join(f"{n:,} {name}" for name, n in left_out.items() if n)
    return text, [f"left out: {named}"] if named else []


def paragraphs_in_text(text: str) -> list[str]:
    """Part the text of an .rtf file into its paragraphs."""
    return [line.strip() for line in re.split(rf"[\n\f{_CELL}]", text) if line.strip()]


def _text_in(source: str) -> str:
    words: list[str] = []

    def keep(found: re.Match[str]) -> str:
        words.append(found[0])
        return chr(_FIRST + len(words) - 1)

    # Where a picture is written as bytes, their number is counted.
    if "\\bin" not in source:
        source = _WORDS.sub(keep, source, count=_LAST - _FIRST)
    text = rtf_to_text(source, errors="replace")
    text = _SIGN.sub(lambda sign: words[ord(sign[0]) - _FIRST], text)
    # What needs two units of UTF-16 is written as two characters.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def sound_file() -> bytes:
    """Make a small file that any version of the library can read."""
    return b"{\\rtf1\\ansi Talks resumed on Monday.\\par}"
