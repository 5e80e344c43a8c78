"""A Word file → its paragraphs, as they read when all tracked changes are accepted."""

import io
import zipfile
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from analysis.reading.exports import read_export
from analysis.reading.exports.articles import Paragraph
from analysis.reading.parsing.limits import ParsingError, check_parts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BOOKMARK = f"{_W}bookmarkStart"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Tracked deletions, the old place of what was moved, and the second copy of a text box.
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}pPr", f"{_W}rPr"})
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}


def parse_word(data: bytes) -> dict[str, Any]:
    """Take the text out of a .docx file, or the articles where a database wrote it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_parts(archive)
            names = archive.namelist()
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError):
        raise ParsingError(
            "it is no Word file of the .docx kind, or damaged; open it in a word processor and "
            "save it as .docx"
        ) from None
    written = _written(document.element.body)
    if export := read_export("word", written):
        return export
    paragraphs = list(filter(None, (_tidy(text) for text, _ in written)))
    if not paragraphs:
        raise ParsingError("the file holds no text; remove it, or read its pictures by OCR first")
    title = (document.core_properties.title or "").strip()
    left_out = _left_out(document, names)
    notes = [f"left out: {left_out}"] if left_out else []
    return {"paragraphs": paragraphs, "fields": {"title": title} if title else {}, "notes": notes}


def sound_file() -> bytes:
    """Make a small file that any version of the library can read."""
    document, data = docx.Document(), io.BytesIO()
    document.add_paragraph("Talks resume.")
    document.save(data)
    return data.getvalue()


def _written(body: Any) -> list[Paragraph]:
    """Return the paragraphs in the order of their beginnings, with their bookmarks."""
    texts: list[list[str]] = []
    bookmarks: dict[int, list[str]] = {}
    # A paragraph may hold a text box with paragraphs of its own.
    around: list[list[str]] = []
    left_out = 0
    # Walked by events, since hostile files are nested deeper than Python can recur.
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _LEFT_OUT:
            left_out += 1 if event == "start" else -1
        elif left_out:
            continue
        elif element.tag == f"{_W}p":
            if event == "start":
                texts.append([])
                around.append(texts[-1])
            else:
                around.pop()
        elif around and event == "start":
            written = element.text or "" if element.tag == f"{_W}t" else _SIGNS.get(element.tag, "")
            around[-1].append(written)
            if element.tag == _BOOKMARK:
                bookmarks.setdefault(len(texts) - 1, []).append(element.get(f"{_W}name", ""))
    return [
        Paragraph("".join(pieces), tuple(bookmarks.get(n, ()))) for n, pieces in enumerate(texts)
    ]


def _tidy(text: str) -> str:
    return "\n".join(line for line in (" ".join(x.split()) for x in text.split("\n")) if line)


def _left_out(document: Any, names: list[str]) -> str:
    parts = [
        ("headers and footers", sum(n.startswith(("word/header", "word/footer")) for n in names)),
        ("footnotes", len(document.element.body.findall(f".//{_W}footnoteReference"))),
        ("endnotes", len(document.element.body.findall(f".//{_W}endnoteReference"))),
        ("comments", len(document.element.body.findall(f".//{_W}commentReference"))),
    ]
    return ", ".join(f"{count} {name}" for name, count in parts if count)
