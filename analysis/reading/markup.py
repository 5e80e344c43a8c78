"""Markup in the values of a table → its text, by the parser of Python's own library."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 "
    "h6 header hr li main nav ol p pre section summary table td th tr ul".split()
)
# Marks of a few words alone, and blank lines between words, are no page's.
_MARKUP = re.compile(r"</(?:p|div)>|<br\b", re.IGNORECASE)
_BLANK_LINE = re.compile(r"[^>\s]\s*\n\s*\n\s*[^<\s]")


def is_markup(text: str) -> bool:
    """Tell whether marks of a page set the paragraphs of a text apart."""
    return _MARKUP.search(text) is not None and not _BLANK_LINE.search(text)


def text_of_markup(markup: str) -> str:
    """Return the paragraphs of markup, set apart by blank lines."""
    parser = _Paragraphs()
    parser.feed(markup)
    parser.close()
    paragraphs = (
        "\n".join(filter(None, (" ".join(line.split()) for line in paragraph.split("\v"))))
        for paragraph in "".join(parser.pieces).split("\f")
    )
    return "\n\n".join(filter(None, paragraphs))


class _Paragraphs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as the parser calls
        if tag == "br":
            self.pieces.append("\v")
        else:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\f")

    def handle_data(self, data: str) -> None:
        # What stands in scripts and style sheets is no text.
        if self.cdata_elem is None:
            self.pieces.append(data.replace("\f", " ").replace("\v", " "))
