"""An OpenDocument text (.odt) → its paragraphs, as they print."""

import io
import zipfile
from collections import Counter
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from analysis.reading.exports import read_export
from analysis.reading.exports.articles import Paragraph
from analysis.reading.parsing.limits import ParsingError, check_parts

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_OFFICE = f"{{{_NAMES.format('office')}}}"
_STYLE = f"{{{_NAMES.format('style')}}}"
_SVG = f"{{{_NAMES.format('svg-compatible')}}}"
_TEXT = f"{{{_NAMES.format('text')}}}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_DISPLAY = f"{_TEXT}display"
_BODY = f"{_OFFICE}text"
_BLOCKS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_SPACES = f"{_TEXT}s"
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n", _SPACES: " "}
_NOTE = f"{_TEXT}note"
_DELETION = f"{_TEXT}deletion"
_ANNOTATION = f"{_OFFICE}annotation"
# What stands within the text and is none of it.
_LEFT_OUT = frozenset(
    {
        *(_ANNOTATION, f"{_OFFICE}forms", f"{_SVG}title", f"{_SVG}desc"),
        *(_NOTE, f"{_TEXT}ruby-text", f"{_TEXT}tracked-changes"),
    }
)
_HEADS = frozenset({f"{_STYLE}header", f"{_STYLE}footer"})
_DAMAGED = (
    "it is damaged, or no OpenDocument text; open it in a word processor and save it as .docx"
)
_MANIFEST = "META-INF/manifest.xml"
_PARTS = ("styles.xml", "meta.xml", "content.xml")


def parse_open_document(data: bytes) -> dict[str, Any]:
    """Take the text out of an .odt file, or the articles where a database wrote it."""
    reader = _Reader()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_parts(archive)
            parts = {name: archive.read(name) for name in _PARTS if name in archive.namelist()}
            if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
                raise ParsingError("it needs a password; save it without one")
        # The styles come first, since they tell what is hidden.
        for part in parts.values():
            parser = XMLParser(target=reader, forbid_dtd=True)
            parser.feed(part)
            parser.close()
    except (
        *(zipfile.BadZipFile, KeyError, ValueError, NotImplementedError),
        *(ParseError, DefusedXmlException),
    ):
        raise ParsingError(_DAMAGED) from None
    written = ["".join(pieces) for pieces in reader.texts]
    notes = reader.notes()
    if "content.xml" not in parts:
        raise ParsingError(_DAMAGED)
    if export := read_export("word", [Paragraph(text) for text in written]):
        return {**export, "notes": [*export["notes"], *notes]}
    paragraphs = list(filter(None, map(_tidy, written)))
    if not paragraphs:
        raise ParsingError("the file holds no text; remove it, or read its pictures by OCR first")
    title = " ".join("".join(reader.title).split())
    return {"paragraphs": paragraphs, "fields": {"title": title} if title else {}, "notes": notes}


def sound_file() -> bytes:
    """Make a small file that any version of the library can read."""
    names = f'xmlns:office="{_OFFICE[1:-1]}" xmlns:text="{_TEXT[1:-1]}"'
    text = "<office:text><text:p>Talks resume.</text:p></office:text>"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", f"<office:document {names}>{text}</office:document>")
    return data.getvalue()


class _Reader:
    """What is called for each mark and piece of text, since hostile files nest without end."""

    def __init__(self) -> None:
        self.texts: list[list[str]] = []
        self.title: list[str] = []
        self._left_out: Counter[str] = Counter()
        self._hidden_words: list[str] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        # The elements around the place that is read: what of it is their doing.
        self._around: list[str] = []
        # A paragraph may hold a frame with paragraphs of its own.
        self._paragraphs: list[list[str]] = []
        self._depths: Counter[str] = Counter()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        doing = ""
        if tag in _LEFT_OUT:
            doing = "left out"
            if not self._depths[doing] and tag in (_NOTE, _ANNOTATION):
                is_endnote = attributes.get(f"{_TEXT}note-class") == "endnote"
                kind = "endnotes" if is_endnote else "footnotes"
                self._left_out[kind if tag == _NOTE else "comments"] += 1
        elif tag in (_BODY, _TITLE, *_HEADS):
            doing = tag
        elif tag == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
            if attributes.get(f"{_STYLE}parent-style-name") in self._hidden_styles:
                self._hidden_styles.add(self._style)
        elif tag == f"{_STYLE}text-properties" and _DISPLAY in attributes:
            change = set.add if attributes[_DISPLAY] == "none" else set.discard
            change(self._hidden_styles, self._style)
        elif (
            attributes.get(f"{_TEXT}style-name") in self._hidden_styles
            or attributes.get(_DISPLAY) == "none"
        ):
            doing = "hidden"
        self._left_out["tracked deletions"] += tag == _DELETION
        self._around.append(doing)
        self._depths[doing] += 1
        if tag in _BLOCKS and self._is_text():
            self.texts.append([])
            self._paragraphs.append(self.texts[-1])
        if tag in _SIGNS:
            given = attributes.get(f"{_TEXT}c", "1")
            times = int(given) if tag == _SPACES and given.isdecimal() and len(given) < 4 else 1
            self.data(_SIGNS[tag] * times)

    def data(self, text: str) -> None:
        """Take a piece of text where it belongs."""
        if self._depths[_TITLE]:
            self.title.append(text)
        elif self._depths[_BODY] and self._paragraphs and not self._depths["left out"]:
            (self._hidden_words if self._depths["hidden"] else self._paragraphs[-1]).append(text)
        elif text.strip():
            for tag in _HEADS:
                # Each is counted once, however many pieces it has.
                self._depths[f"text in {tag}"] += self._depths[tag]

    def end(self, tag: str) -> None:
        """End an element."""
        if tag in _BLOCKS and self._is_text():
            self._paragraphs.pop()
            self._hidden_words.append(" ")
        if tag in _HEADS and self._depths.pop(f"text in {tag}", 0):
            self._left_out["headers and footers"] += 1
        self._depths[self._around.pop()] -= 1

    def close(self) -> None:
        """End the file."""

    def notes(self) -> list[str]:
        """Say what was left out."""
        self._left_out["words formatted as hidden"] = len("".join(self._hidden_words).split())
        left_out = ", ".join(f"{n:,} {name}" for name, n in self._left_out.items() if n)
        return [f"left out: {left_out}"] if left_out else []

    def _is_text(self) -> bool:
        return self._depths[_BODY] > 0 and not self._depths["left out"]


def _tidy(text: str) -> str:
    return "\n".join(line for line in (" ".join(x.split()) for x in text.split("\n")) if line)
