"""What a parser of an untrusted file returned → a document, or the rows of a table."""

from collections.abc import Sequence
from typing import Any

from analysis.reading.records import (
    LONE_SURROGATES,
    Draft,
    Note,
    Rows,
    UnreadableError,
    without_surrogates,
)
from analysis.reading.sources import SourceFile
from analysis.reading.tabular import clean_fields
from analysis.text.segmentation import first_line_title

PARSED_SUFFIXES = {".html": "html", ".htm": "html", ".docx": "docx", ".pdf": "pdf"}
SHEET_SUFFIXES = {".xlsx": "xlsx"}


def draft_of_parsed(source: SourceFile, parsed: dict[str, Any]) -> tuple[Draft, list[Note]]:
    r"""Make one document of what a parser returned."""
    joined = _joined(parsed["paragraphs"], parsed.get("pages"))
    text = without_surrogates(joined)
    fields, problems = clean_fields(parsed["fields"])
    if text != joined:
        problems.append(LONE_SURROGATES)
    fields["title"] = fields.get("title") or first_line_title(text)
    notes = [Note(source.path, None, "value", reason) for reason in (*parsed["notes"], *problems)]
    return Draft(source.document_id, text, fields, path=source.path, file=source.name), notes


def rows_of_parsed(parsed: dict[str, Any]) -> tuple[Rows, str | None]:
    """Make rows of what the parser of workbooks returned."""
    names = [name or f"column {n}" for n, name in enumerate(parsed["columns"], start=1)]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise UnreadableError(f"column {repeated[0]!r} stands twice; rename one of them")
    rows = [(number, dict(zip(names, cells, strict=True))) for number, cells in parsed["rows"]]
    lines = {number: parsed["header"] + number for number, _ in rows}
    return Rows(names, rows, lines=lines), "; ".join(parsed["notes"]) or None


def _joined(paragraphs: Sequence[str], pages: Sequence[int] | None) -> str:
    if pages is None:
        return "\n\n".join(paragraphs)
    pieces = []
    page = 1
    for own, paragraph in zip(pages, paragraphs, strict=True):
        pieces.append("\f" * (own - page) + paragraph)
        page = own
    return "\n\n".join(pieces)
