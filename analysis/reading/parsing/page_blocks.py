"""The tree of a page → its blocks of text, and the elements they stand in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from lxml import etree

from analysis.reading.parsing.blocks import LINE_END, PAGE_BLOCKS, UNSEEN

# Counts the words of an element that readers do not see, and that was emptied.
HIDDEN_WORDS = "data-hidden-words"
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LONG_LINE = 100
_LETTERS_WITHOUT_BLANK = 12
_CARDS = frozenset("article div li section td".split())
_FEWEST_TEASERS = 3
_LONGEST_TEASER = 40
_MOST_BLOCKS = 6
_WORDS_OF_PROSE = 10
_TITLE_WORDS = 3
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")


@dataclass(slots=True)
class Node:
    """An element that parts text: its blocks are those from `first` up to `end`."""

    element: Any
    tag: str
    kind: str
    names: str
    parent: int
    first: int
    end: int = 0
    hidden: int = 0
    is_teaser: bool = False


@dataclass(slots=True)
class Block:
    """A paragraph; it leads away where half of its letters link to other pages."""

    text: str
    n_words: int
    node: int
    leads_away: bool
    level: int

    @property
    def is_prose(self) -> bool:
        """Say whether a block has as many words as a sentence, and does not lead away."""
        return self.n_words >= _WORDS_OF_PROSE and not self.leads_away


def read_blocks(tree: Any) -> tuple[list[Node], list[Block]]:
    """Cut a page into its blocks; of both lists, the order is that of the page."""
    nodes = [Node(None, "", "", "", 0, 0)]
    blocks: list[Block] = []
    pieces: list[str] = []
    node = unseen = linked = links = level = in_pre = 0

    def close() -> None:
        nonlocal linked
        leads_away = 2 * linked >= sum(map(len, pieces)) > 0
        blocks.extend(
            Block(text, _count(text), node, leads_away, level)
            for text in _paragraphs("".join(pieces))
        )
        pieces.clear()
        linked = 0

    # Walked by events, since hostile pages are nested deeper than Python can recur.
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name, begins = element.tag, event == "start"
        if name in PAGE_BLOCKS:
            if pieces:
                close()
            if name == "pre":
                in_pre += 1 if begins else -1
            if name in _HEADINGS:
                level = int(name[1]) if begins else 0
            if begins:
                kind = element.get("class", "").lower()
                names = f"{kind} {element.get('id', '')} {element.get('role', '')}".lower()
                nodes.append(Node(element, name, kind, names, node, len(blocks)))
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
            pieces.append(text if in_pre else text.replace(LINE_END, " "))
            if links and (begins or name != "a"):
                linked += len(text)
    close()
    nodes[0].end = len(blocks)
    _mark_teasers(nodes, blocks)
    return nodes, blocks


def _mark_teasers(nodes: list[Node], blocks: list[Block]) -> None:
    """Mark elements that are many, alike and short, and begin with a link to another page."""
    alike: dict[tuple[Any, ...], list[Node]] = {}
    for node in nodes:
        if 2 <= node.end - node.first <= _MOST_BLOCKS and node.tag in _CARDS:
            own = blocks[node.first : node.end]
            titled = any(one.leads_away and one.n_words >= _TITLE_WORDS for one in own[:2])
            if titled and _prose(own) <= _LONGEST_TEASER:
                key = (node.tag, node.kind, None if node.kind else node.parent)
                alike.setdefault(key, []).append(node)
    teasers = [node for own in alike.values() if len(own) >= _FEWEST_TEASERS for node in own]
    inside = {n for node in teasers for n in range(node.first, node.end)}
    # A page of nothing but teasers has them for its text.
    if 4 * _prose([blocks[n] for n in inside]) <= 3 * _prose(blocks):
        for node in teasers:
            node.is_teaser = True


def _prose(blocks: Sequence[Block]) -> int:
    return sum(block.n_words for block in blocks if not block.leads_away)


def _count(text: str) -> int:
    # Some scripts do not part words.
    return max(len(text.split()), len(text) // _LETTERS_WITHOUT_BLANK)


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
