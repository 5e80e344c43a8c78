"""The tree of a page → the texts of its blocks."""

from typing import Any

from lxml import etree

PAGE_BLOCKS = frozenset(
    "address article aside blockquote body caption dd div dl dt figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody td tfoot th "
    "thead title tr ul".split()
)
UNSEEN = frozenset("head script style noscript template svg math iframe object textarea".split())


def blocks_of(tree: Any, blocks: frozenset[str], line_break: str) -> list[str]:
    """Cut a tree into the stretches of text between the edges of its blocks."""
    paragraphs: list[str] = []
    words: list[str] = []

    def close() -> None:
        lines = (" ".join(line.split()) for line in "".join(words).split("\v"))
        if text := "\n".join(line for line in lines if line):
            paragraphs.append(text)
        words.clear()

    is_page = blocks is PAGE_BLOCKS
    skipped = 0
    # Walked by events, since hostile pages are nested deeper than Python can recur.
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name, begins = element.tag, event == "start"
        if is_page and name in UNSEEN:
            skipped += 1 if begins else -1
        if words and name in blocks:
            close()
        if begins and name == line_break:
            words.append("\v")
        text = element.text if begins else element.tail
        if text and not skipped:
            words.append(text.replace("\v", " "))
    close()
    return paragraphs
