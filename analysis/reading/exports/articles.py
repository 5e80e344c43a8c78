"""What a file of many articles holds: these, the number announced, and notes."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple


class Paragraph(NamedTuple):
    """One paragraph of a Word file: its lines are parted by line ends; empty ones count too."""

    text: str
    bookmarks: tuple[str, ...] = ()


class Article(NamedTuple):
    """One article: the text is its body alone, with paragraphs set apart by blank lines."""

    title: str | None
    text: str
    date: str | None = None  # as ISO 8601
    outlet: str | None = None
    author: str | None = None
    columns: Mapping[str, str] = MappingProxyType({})
    notes: Sequence[str] = ()
    left_out: Sequence[str] = ()
    is_headline: bool = True  # the title stands above the text; that of a sitting does not


class Export(NamedTuple):
    """The articles of one file, and how many of them the file itself announces."""

    articles: Sequence[Article]
    announced: int | None = None
    notes: Sequence[str] = ()
