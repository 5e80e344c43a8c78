"""LexisNexis as it was before Nexis Uni, as a web page: the same lines in blocks of the page."""

from itertools import pairwise
from typing import Any

from analysis.reading.exports import nexis_classic
from analysis.reading.exports.articles import Export
from analysis.reading.parsing.blocks import PAGE_BLOCKS, blocks_of

_ANCHOR = "DOC_ID_"


def recognises(tree: Any) -> bool:
    """Look for the anchors of its documents, or for the marks of its text."""
    return bool(_anchors(tree)) or nexis_classic.recognises(_text(tree))


def split(tree: Any) -> Export:
    """Part the articles of a page; where no line numbers them, their anchors part them."""
    if not nexis_classic.MARK.search(_text(tree)):
        anchors = _anchors(tree)
        for n, anchor in enumerate(anchors, start=1):
            anchor.text = f"{n} of {len(anchors)} DOCUMENTS"
    blocks = blocks_of(tree, PAGE_BLOCKS, "br")
    marks = [(n, mark) for n, text in enumerate(blocks) if (mark := nexis_classic.MARK.match(text))]
    ends = pairwise([*(n for n, _ in marks), len(blocks)])
    own = [[text.split("\n") for text in blocks[begin + 1 : end]] for begin, end in ends]
    cover = "\n".join(blocks[: marks[0][0]]) if marks else ""
    return nexis_classic.export([mark for _, mark in marks], own, cover, "\n".join)


def _anchors(tree: Any) -> list[Any]:
    return [a for a in tree.iter("a") if str(a.get("name", "")).startswith(_ANCHOR)]


def _text(tree: Any) -> str:
    return "\n\n".join(blocks_of(tree, PAGE_BLOCKS, "br"))
