"""Parsers of untrusted formats, each run by `worker` in a process of its own."""

from typing import NamedTuple


class Parser(NamedTuple):
    """Where the parser of a format is, and the extra of this package that brings its library."""

    module: str
    function: str
    extra: str
    tells_rows: bool = False


# By the ending of the file. What tells rows gives a table, the others one text.
PARSERS = {
    **dict.fromkeys((".html", ".htm"), Parser("html", "parse_html", "html")),
    ".docx": Parser("word", "parse_word", "word"),
    ".pdf": Parser("pdf", "parse_pdf", "pdf"),
    ".xlsx": Parser("sheets", "parse_sheets", "excel", tells_rows=True),
}
