"""What stands in the elements of a page: their text, their blocks and their lines."""

from collections.abc import Callable
from typing import Any

from lxml import etree

PAGE_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol "
    "option p pre section summary table tbody td tfoot th thead title tr ul".split()
)
UNSEEN = frozenset("head script style noscript template svg math iframe object textarea".split())
_TELLING = PAGE_BLOCKS | UNSEEN | {"br"}
BLOCK_END = "\f"
LINE_END = "\n"


def has_class(element: Any, name: str) -> bool:
    """Say whether an element is of a class, whatever the case of its letters."""
    return name.lower() in (element.get("class") or "").lower().split()


def of_class(element: Any, name: str) -> list[Any]:
    """Return the elements of a class within an element, itself included, in their order."""
    return [one for one in element.iter(etree.Element) if has_class(one, name)]


def text_of(element: Any) -> str:
    """Return all text of an element in one line."""
    return " ".join(_text(element).split())


def blocks_of(element: Any) -> list[str]:
    """Cut an element into the stretches of text between the edges of its blocks."""
    return [
        LINE_END.join(filter(None, (line.strip() for line in block.split(LINE_END))))
        for block in _text(element).split(BLOCK_END)
        if block.strip()
    ]


def marked_text(element: Any, mark: Callable[[Any], str] = lambda _: "") -> str:
    """Return the text of an element with its ends of blocks and lines, and marks of your own."""
    pieces: list[str] = []
    unseen = 0
    # Walked by events, since hostile pages are nested deeper than Python can recur.
    for event, one in etree.iterwalk(element, events=("start", "end")):
        begins = event == "start"
        if begins and (own := mark(one)):
            pieces.append(own)
        if one.tag in UNSEEN:
            unseen += 1 if begins else -1
        if one.tag in PAGE_BLOCKS:
            pieces.append(BLOCK_END)
        elif begins and one.tag == "br":
            pieces.append(LINE_END)
        text = one.text if begins else None if one is element else one.tail
        if text and not unseen:
            # Ends of lines in the source are spaces to a reader.
            lead, trail = text[0].isspace(), text[-1].isspace()
            pieces.append(" " * lead + " ".join(text.split()) + " " * trail)
    return "".join(pieces)


def _text(element: Any) -> str:
    # Most paragraphs hold nothing but words, and thousands of them are read.
    if any(one.tag in _TELLING for one in element.iter(etree.Element) if one is not element):
        return marked_text(element)
    return " ".join("".join(element.itertext(etree.Element)).split())
