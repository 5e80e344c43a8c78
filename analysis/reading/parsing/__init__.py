"""Parsers of untrusted formats, each run by `worker` in a process of its own."""

from typing import NamedTuple


class Parser(NamedTuple):
    """Where the parser of a format is, its library, and the extra of ours that brings it."""

    module: str
    function: str
    extra: str
    library: str
    tells_rows: bool = False


# By the ending of the file. What tells rows gives a table, the others one text.
PARSERS = {
    **dict.fromkeys((".html", ".htm"), Parser("html", "parse_html", "html", "trafilatura")),
    ".docx": Parser("word", "parse_word", "word", "python-docx"),
    ".eml": Parser("mail", "parse_mail", "html", "lxml"),
    ".pdf": Parser("pdf", "parse_pdf", "pdf", "pypdfium2"),
    ".rtf": Parser("rtf", "parse_rtf", "rtf", "striprtf"),
    ".xls": Parser("old_sheets", "parse_old_sheets", "excel", "python-calamine", tells_rows=True),
    ".xlsx": Parser("sheets", "parse_sheets", "excel", "openpyxl", tells_rows=True),
    **dict.fromkeys(
        (".xml", ".rss", ".atom", ".rdf", ".tei"), Parser("xml", "parse_xml", "html", "lxml")
    ),
}
