"""What a feed or a news item holds for its text → paragraphs, read as web pages are."""

import re
from collections.abc import Collection, Iterable
from copy import deepcopy
from typing import Any, NamedTuple

from lxml import etree

from analysis.reading.exports.elements import name_of
from analysis.reading.parsing.page_blocks import Node, read_blocks
from analysis.reading.parsing.page_source import empty_hidden, tree_of

_BLOCK = re.compile(r"<(?:p|div|br|li|h[1-6]|blockquote|td|section|article|pre)\b", re.IGNORECASE)
_MARKS = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\w+|\w+);")
_BLANK_LINES = re.compile(r"\n[ \t\r]*(?:\n[ \t\r]*)+")
_CUT = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]$")
# What NITF and TEI call the elements of pages.
_NAMES = {"hl2": "h2", "head": "h2", "bq": "blockquote", "block": "div", "l": "p", "ab": "p"}
CAPTIONS = "captions of pictures"
_ENDS_CUT = "its text is cut, as its end says; save the page that it leads to"
_SUMMARY = "its text is only the summary that the file gives; save the page that it leads to"


class Content(NamedTuple):
    """A text as one string, what is to be said of it, and what was left out of it."""

    text: str
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def first_text(contents: Iterable[Content]) -> Content:
    """Return the first that holds a text."""
    return next((one for one in contents if one.text), Content(""))


def summary(content: Content) -> Content:
    """Flag a text as the summary of an article."""
    return content._replace(notes=(_SUMMARY, *content.notes)) if content.text else content


def source_of(element: Any) -> str:
    """Return the source of a page that stands as text in an element."""
    return "".join(element.itertext(etree.Element))


def plain(source: str) -> str:
    """Return a line that may be written as in the source of a page: a title, a name."""
    if _MARKS.search(source):
        tree, _ = tree_of(f"<p>{source}</p>")
        source = source if tree is None else source_of(tree)
    return " ".join(source.split())


def read_page(source: str, *, typed: bool = False) -> Content:
    """Read what is written as the source of a page; blank lines part what somebody typed."""
    has_blocks = _BLOCK.search(source) is not None
    if typed or not has_blocks:
        parted = _BLANK_LINES.sub("<hr>", source.replace("\r\n", "\n"))
        source = parted if has_blocks else parted.replace("\n", "<br>")
    tree, notes = tree_of(f"<div>{source}</div>")
    return Content("") if tree is None else _read(tree, tuple(notes))


def read_element(element: Any, leave_out: Collection[str] = ()) -> Content:
    """Read an element of an XML file whose elements are those of pages, or like them."""
    tree = deepcopy(element)
    for one in tree.iter(etree.Element):
        one.tag = _NAMES.get(name_of(one), name_of(one))
    tree.tag, tree.tail = "div", None
    for one in list(tree.iter(*leave_out)) if leave_out else []:
        one.clear(keep_tail=True)
    return _read(tree, ())


def _read(tree: Any, notes: tuple[str, ...]) -> Content:
    empty_hidden(tree)
    nodes, blocks = read_blocks(tree)
    kept = [block.text for block in blocks if not _in_caption(nodes, block.node)]
    if kept and _CUT.search(kept[-1]):
        notes = (*notes, _ENDS_CUT)
    return Content("\n\n".join(kept), notes, (CAPTIONS,) if len(kept) < len(blocks) else ())


def _in_caption(nodes: list[Node], number: int) -> bool:
    while number and nodes[number].tag != "figcaption":
        number = nodes[number].parent
    return number > 0
