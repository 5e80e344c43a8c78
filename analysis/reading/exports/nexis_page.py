"""LexisNexis as it was before Nexis Uni, as a web page: the same lines in blocks of the page."""

from itertools import pairwise
from typing import Any

from lxml import etree

from analysis.reading.exports.articles import Export
from analysis.reading.exports.nexis_classic import LENGTH, MARK, export, requests_in
from analysis.reading.parsing.blocks import PAGE_BLOCKS, blocks_of

_ANCHOR = "DOC_ID_"


def recognises(tree: Any) -> bool:
    """Look for the anchors of its documents, or for a line that numbers them and a length."""
    return bool(_anchors(tree)) or (_is_numbered(tree) and _has_length(tree))


def split(tree: Any) -> Export:
    """Part the articles of a page; where no line numbers them, their anchors part them."""
    blocks = blocks_of(tree, PAGE_BLOCKS, "br")
    if not any(map(MARK.match, blocks)):
        anchors = _anchors(tree)
        for n, anchor in enumerate(anchors, start=1):
            anchor.text = f"{n} of {len(anchors)} DOCUMENTS"
        blocks = blocks_of(tree, PAGE_BLOCKS, "br")
    marks = [(n, mark) for n, text in enumerate(blocks) if (mark := MARK.match(text))]
    ends = pairwise([*(n for n, _ in marks), len(blocks)])
    own = [[text.split("\n") for text in blocks[begin + 1 : end]] for begin, end in ends]
    cover = "\n".join(blocks[: marks[0][0]]) if marks else ""
    return export([mark for _, mark in marks], own, requests_in(cover), "\n".join)


def _anchors(tree: Any) -> list[Any]:
    return [a for a in tree.iter("a") if str(a.get("name", "")).startswith(_ANCHOR)]


def _is_numbered(tree: Any) -> bool:
    return any(map(MARK.match, map(str.strip, tree.itertext(etree.Element))))


def _has_length(tree: Any) -> bool:
    return any(map(LENGTH.match, map(str.strip, tree.itertext(etree.Element))))
