"""A text or Markdown file → one document."""

from analysis.reading.decoding import decode
from analysis.reading.records import Draft, Note, UnreadableError
from analysis.reading.sources import SourceFile
from analysis.text.segmentation import first_line_title

PLAIN_SUFFIXES = (".txt", ".md")


def read_plain(source: SourceFile, encoding: str | None = None) -> tuple[Draft, list[Note]]:
    """Read one article from a file of its own."""
    with open(source.location, "rb") as file:
        decoded = decode(file.read(), encoding)
    if not decoded.text.strip():
        raise UnreadableError("the file is empty; put an article in it or remove it")
    draft = Draft(
        source.document_id,
        decoded.text,
        {"title": first_line_title(decoded.text)},
        path=source.path,
        file=source.name,
    )
    return draft, [Note(source.path, None, "value", decoded.note)] if decoded.note else []
