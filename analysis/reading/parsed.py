"""What a parser of an untrusted file returned → a text, or the rows of a table."""

from itertools import pairwise
from typing import Any

from analysis.reading.records import Rows, column_names


def text_of_parsed(parsed: dict[str, Any]) -> str:
    """Join paragraphs by blank lines, with a form feed at each new page."""
    pages = parsed.get("pages") or [1] * len(parsed["paragraphs"])
    turns = ("\f" * (page - before) for before, page in pairwise([1, *pages]))
    return "\n\n".join(map("".join, zip(turns, parsed["paragraphs"], strict=True)))


def rows_of_parsed(parsed: dict[str, Any]) -> tuple[Rows, str | None]:
    """Make rows of what the parser of workbooks returned."""
    names = column_names(parsed["columns"])
    rows = [(number, dict(zip(names, cells, strict=True))) for number, cells in parsed["rows"]]
    lines = {number: parsed["header"] + number for number, _ in rows}
    return Rows(names, rows, lines=lines), "; ".join(parsed["notes"]) or None
