"""A Word file → its paragraphs, as they read when all tracked changes are accepted."""

import io
from typing import Any

import docx

from analysis.reading.exports import read_export
from analysis.reading.parsing.limits import ParsingError
from analysis.reading.parsing.word_text import Written, read_document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parse_word(data: bytes) -> dict[str, Any]:
    """Take the text out of a .docx file, or the articles where a database wrote it."""
    document, written = read_document(data)
    if export := read_export("word", written.paragraphs):
        return {**export, "notes": [*export["notes"], *_left_out(document, written)]}
    paragraphs = list(filter(None, (_tidy(one.text) for one in written.paragraphs)))
    if not paragraphs:
        raise ParsingError("the file holds no text; remove it, or read its pictures by OCR first")
    names = [str(part.partname) for part in document.part.package.iter_parts()]
    heads = sum(name.startswith(("/word/header", "/word/footer")) for name in names)
    notes = _left_out(document, written, heads)
    title = (document.core_properties.title or "").strip()
    return {"paragraphs": paragraphs, "fields": {"title": title} if title else {}, "notes": notes}


def sound_file() -> bytes:
    """Make a small file that any version of the library can read."""
    document, data = docx.Document(), io.BytesIO()
    document.add_paragraph("Talks resume.")
    document.save(data)
    return data.getvalue()


def _tidy(text: str) -> str:
    return "\n".join(line for line in (" ".join(x.split()) for x in text.split("\n")) if line)


def _left_out(document: Any, written: Written, heads: int = 0) -> list[str]:
    body = document.element.body
    parts = [
        ("headers and footers", heads),
        ("footnotes", len(body.findall(f".//{_W}footnoteReference"))),
        ("endnotes", len(body.findall(f".//{_W}endnoteReference"))),
        ("comments", len(body.findall(f".//{_W}commentReference"))),
        ("tracked deletions", len(body.findall(f".//{_W}del/{_W}r"))),
        ("form fields that nobody filled in", written.empty),
        ("words formatted as hidden", written.hidden),
    ]
    left_out = ", ".join(f"{count:,} {name}" for name, count in parts if count)
    notes = [f"left out: {left_out}"] if left_out else []
    if written.unread:
        named = ", ".join(written.unread)
        notes.append(
            f"what it holds in another format was not read ({named}); open it in a word processor "
            "and save it again as .docx"
        )
    return notes
