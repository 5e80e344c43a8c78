"""The tree of a page → its blocks of text, and the elements they stand in."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from lxml import etree

from analysis.reading.parsing.blocks import LINE_END, PAGE_BLOCKS, UNSEEN

# Counts the words of an element that readers do not see, and that was emptied.
HIDDEN_WORDS = "data-hidden-words"
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LONG_LINE = 100
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")


@dataclass(slots=True)
class Node:
    """An element that parts text: its blocks are those from `first` up to `end`."""

    tag: str
    names: str
    parent: int
    first: int
    end: int = 0
    hidden: int = 0


@dataclass(slots=True)
class Block:
    """A paragraph, and the share of its letters that link to other pages."""

    text: str
    n_words: int
    node: int
    linked: float
    level: int


def read_blocks(tree: Any) -> tuple[list[Node], list[Block]]:
    """Cut a page into its blocks; of both lists, the order is that of the page."""
    nodes = [Node("", "", 0, 0)]
    blocks: list[Block] = []
    pieces: list[str] = []
    node = unseen = linked = links = level = 0

    def close() -> None:
        nonlocal linked
        letters = sum(map(len, pieces)) or 1
        for text in _paragraphs("".join(pieces)):
            blocks.append(Block(text, len(text.split()), node, linked / letters, level))
        pieces.clear()
        linked = 0

    # Walked by events, since hostile pages are nested deeper than Python can recur.
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name, begins = element.tag, event == "start"
        if name in PAGE_BLOCKS:
            if pieces:
                close()
            if name in _HEADINGS:
                level = int(name[1]) if begins else 0
            if begins:
                names = f"{element.get('class', '')} {element.get('id', '')}"
                role = element.get("role", "")
                nodes.append(Node(name, f"{names} {role}".lower().strip(), node, len(blocks)))
                node = len(nodes) - 1
            else:
                nodes[node].end = len(blocks)
                node = nodes[node].parent
        elif name in UNSEEN:
            unseen += 1 if begins else -1
        elif name == "br" and begins and not unseen:
            pieces.append(LINE_END)
        elif name == "a" and not (element.get("href") or "#").startswith("#"):
            links += 1 if begins else -1
        if begins and (hidden := element.get(HIDDEN_WORDS)):
            nodes[node].hidden += int(hidden)
        text = element.text if begins else element.tail
        if text and not unseen:
            text = text.replace(LINE_END, " ")
            pieces.append(text)
            if links and (begins or name != "a"):
                linked += len(text)
    close()
    nodes[0].end = len(blocks)
    return nodes, blocks


def _paragraphs(text: str) -> list[str]:
    """Part a block at its blank lines, and at each line end where its lines are paragraphs."""
    if LINE_END not in text:
        return [line] if (line := " ".join(text.split())) else []
    lines = [" ".join(line.split()) for line in text.split(LINE_END)]
    groups = [list(group) for filled, group in groupby(lines, bool) if filled]
    return [text for group in groups for text in _parted(group)]


def _parted(lines: list[str]) -> list[str]:
    long = [line for line in lines if len(line) > _LONG_LINE]
    # Lines that were cut to one width seldom end where a sentence does.
    ended = sum(_ENDS.search(line) is not None for line in long)
    if 2 * sum(map(len, long)) >= sum(map(len, lines)) and 2 * ended > len(long):
        return lines
    return [LINE_END.join(lines)]
