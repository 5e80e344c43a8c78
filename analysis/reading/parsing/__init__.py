"""Parsers of untrusted formats, each run by `worker` in a process of its own."""

from typing import NamedTuple


class Parser(NamedTuple):
    """Where the parser of a format is, its library, and the extra of ours that brings it."""

    module: str
    function: str
    extra: str
    library: str
    tells_rows: bool = False
    in_steps: bool = False


# By the ending of the file. What tells rows gives a table, the others one text. What is read in
# steps may be of any size: its parser takes the place of the file, and where it got to before.
PARSERS = {
    **dict.fromkeys(
        (".html", ".htm", ".xhtml"), Parser("html", "parse_html", "html", "trafilatura")
    ),
    **dict.fromkeys(
        (".mhtml", ".mht"), Parser("saved_page", "parse_saved_page", "html", "trafilatura")
    ),
    ".docx": Parser("word", "parse_word", "word", "python-docx"),
    ".eml": Parser("mail", "parse_mail", "html", "lxml"),
    ".epub": Parser("epub", "parse_epub", "html", "lxml"),
    ".odt": Parser("open_document", "parse_open_document", "odt", "defusedxml"),
    ".pdf": Parser("pdf", "parse_pdf", "pdf", "pypdfium2"),
    ".rtf": Parser("rtf", "parse_rtf", "rtf", "striprtf"),
    ".warc": Parser("warc", "parse_warc", "warc", "warcio", in_steps=True),
    ".xls": Parser("old_sheets", "parse_old_sheets", "excel", "python-calamine", tells_rows=True),
    ".xlsx": Parser("sheets", "parse_sheets", "excel", "openpyxl", tells_rows=True),
    **dict.fromkeys(
        (".xml", ".rss", ".atom", ".rdf", ".tei"), Parser("xml", "parse_xml", "html", "lxml")
    ),
}
