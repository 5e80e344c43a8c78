"""Where the article stands in a page, and which of the page's blocks belong to it.

A library finds most of its paragraphs. What it leaves out between and beside them (headings, short
and repeated paragraphs) is taken from the page itself.
"""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from analysis.reading.parsing.page_blocks import Block, Node

_FURNITURE = frozenset("nav aside footer form figcaption dialog menu".split())
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|coment\w*|kommentar\w*|commentaires?|disqus\w*|related\w*|recommend\w*|teasers?|promos?|"
    r"caption|credits?|navigation|nav|navbar|menu|breadcrumbs?|side-?bar|most-?(?:read|popular|"
    r"viewed|shared)|more-on|shar(?:e|ing)\w*|social|newsletter\w*|cookies?|consent|gdpr|ads?|"
    r"advert\w*|sponsored|outbrain|taboola|footer|byline|meta|authors?|timestamp|complementary|"
    r"contentinfo)(?=$|[\s_-])"
)
_WALL = re.compile(r"paywall|regwall|piano|subscriber-only|meter-wall")
_FRAMED = frozenset("table blockquote".split())
_GROUPS = frozenset("ul ol dl table tbody tr blockquote pre hgroup".split())
# Elements that hold parts of a list or a table, and those that hold text wherever they stand.
_PARTS = frozenset("li dt dd td th".split())
_TEXT = _PARTS | frozenset("p blockquote pre summary".split()) | {""}
_WORD = re.compile(r"\w\w|\d")
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_WHOLE = frozenset("article main".split())
_DEEPEST_FRAME = 4
_SHINGLE = 4
# Fewer words may stand anywhere on a page.
_TELLING_WORDS = 8
_BLOCKS_BEHIND = 12
_WORDS_OF_A_TITLE = 4
_TITLES_IN_TEASERS = 4


class Article(NamedTuple):
    """The blocks of an article by their numbers, and what is to be known of those around it."""

    headline: int | None
    taken: list[int]
    unread: list[int]  # paragraphs that are neither taken nor furniture
    hidden: int  # words beside its paragraphs that nobody sees
    behind: list[int]  # what may end it, whether or not it was taken


def find_article(
    nodes: Sequence[Node], blocks: Sequence[Block], found: Sequence[str], title: str | None
) -> Article | None:
    """Return the article around the stretches of text that were found, if the page holds them."""
    is_found = _finder(found)
    seen = [is_found(block) for block in blocks]
    own = [seen[n] and not block.leads_away for n, block in enumerate(blocks)]
    telling = [own[n] and block.n_words >= _TELLING_WORDS for n, block in enumerate(blocks)]
    page = _Page(nodes, blocks, seen, telling if any(telling) else own)
    return page.article(title) if any(page.sure) else None


class _Page:
    """The blocks of a page, those that were found for sure, and what stands in which element."""

    def __init__(
        self,
        nodes: Sequence[Node],
        blocks: Sequence[Block],
        seen: Sequence[bool],
        sure: Sequence[bool],
    ) -> None:
        self.nodes, self.blocks, self.seen = nodes, blocks, seen
        held = _sums([block.n_words * one for block, one in zip(blocks, sure, strict=True)])
        self.furniture = [False] * len(nodes)
        self.walls = [False] * len(nodes)
        framed = {around for node in nodes for around in _figure_around(nodes, node)}
        for n, node in enumerate(nodes):
            is_own = n not in framed and _is_furniture(
                node, held[node.end] - held[node.first], held[-1]
            )
            self.furniture[n] = self.furniture[node.parent] or is_own
            self.walls[n] = self.walls[node.parent] or bool(_WALL.search(node.names))
        self.sure = [
            one and not self.furniture[block.node] for one, block in zip(sure, blocks, strict=True)
        ]
        held = _sums(self.sure)
        self.holds = [held[node.end] > held[node.first] for node in nodes]
        # The outermost element around the same blocks, and that without anything sure.
        self.lone = list(range(len(nodes)))
        self.free = list(range(len(nodes)))
        self.parts = [False] * len(nodes)
        for n, node in enumerate(nodes[1:], start=1):
            around = nodes[node.parent]
            if (around.first, around.end) == (node.first, node.end):
                self.lone[n] = self.lone[node.parent]
            if not self.holds[node.parent]:
                self.free[n] = self.free[node.parent]
            if node.first < node.end:
                self.parts[node.parent] = True
        self.homes = {self._place(block) for n, block in enumerate(blocks) if self.sure[n]}
        self.groups: dict[int, tuple[bool, bool, bool]] = {}
        self.around = {home for home, _ in self.homes}
        self.kinds = {
            (node.parent, node.tag, node.kind)
            for n, node in enumerate(nodes)
            if node.kind and self.holds[n]
        }
        self.prose = _sums([self._is_prose(block) * block.n_words for block in blocks])
        self.titles = _sums(
            [
                block.n_words * (block.leads_away and block.n_words >= _WORDS_OF_A_TITLE)
                for block in blocks
            ]
        )

    def article(self, title: str | None) -> Article:
        first = self.sure.index(True)
        last = len(self.sure) - 1 - self.sure[::-1].index(True)
        headline = self._headline(first, last, title)
        begin = first if headline is None else min(first, headline)
        taken = {n for n in range(len(self.blocks)) if self._belongs(n, begin, first, last)}
        before = first - 1
        while before >= 0 and before != headline and self._is_subhead(before):
            taken.add(before)
            before -= 1
        taken.discard(-1 if headline is None else headline)
        self._drop_headings(taken, last)
        return Article(
            headline=headline,
            taken=sorted(taken),
            unread=[n for n in range(len(self.blocks)) if n not in taken and self._is_unread(n)],
            hidden=self._hidden(first, last),
            behind=self._behind(first, max(taken, default=first)),
        )

    def _drop_headings(self, taken: set[int], last: int) -> None:
        """Drop the headings below which nothing was taken: they stand above something else."""
        heads_text = False
        for n in range(len(self.blocks) - 1, -1, -1):
            if n not in taken:
                heads_text = heads_text and not self.blocks[n].leads_away
            elif not self.blocks[n].level:
                heads_text = True
            elif not heads_text and (n > last or not self.seen[n]):
                taken.discard(n)

    def _belongs(self, n: int, begin: int, first: int, last: int) -> bool:
        block = self.blocks[n]
        if self.furniture[block.node] or self.sure[n]:
            return self.sure[n]
        home, tag = place = self._place(block)
        within = first < n < last
        if block.leads_away:
            is_part = place in self.homes or (within and tag in _PARTS)
            return n > first and self.seen[n] and is_part
        if self.holds[home]:
            is_alike = place in self.homes
            if within:
                is_text = (is_alike or tag in _TEXT) and _WORD.search(block.text) is not None
                is_said = block.level > 0 or _ENDS.search(block.text) is not None
                return self.seen[n] or is_text or is_said
            if block.level:
                return n > begin
            return is_alike and (self.seen[n] or (n > begin and tag != "td"))
        group = self.free[block.node]
        if group not in self.groups:
            self.groups[group] = self._places_of_group(self.nodes[group])
        before, amid, behind = self.groups[group]
        if within:
            return amid or self.seen[n]
        return behind if n > last else before

    def _places_of_group(self, group: Node) -> tuple[bool, bool, bool]:
        """Say whether blocks without anything sure belong to an article before, amid, behind it."""
        blocks = self.blocks[group.first : group.end]
        if (group.parent, group.tag, group.kind) in self.kinds:
            # A headline of its own begins another article.
            is_own = all(block.level != 1 for block in blocks)
            return is_own, is_own, is_own
        is_list = group.tag in _GROUPS and any(self.seen[group.first : group.end])
        are_headings = all(block.level for block in blocks)
        is_apart = not any(block.leads_away for block in blocks) and any(
            block.is_prose or _ENDS.search(block.text) for block in blocks
        )
        amid = is_list or are_headings or is_apart
        return False, amid, is_list and group.parent in self.around

    def _place(self, block: Block) -> tuple[int, str]:
        """Return the element that a block stands in beside others, and what kind it is there."""
        if self.parts[block.node]:
            return block.node, ""
        own = self.nodes[self.lone[block.node]]
        return own.parent, own.tag

    def _is_subhead(self, n: int) -> bool:
        block = self.blocks[n]
        is_own = block.level > 1 and not block.leads_away
        return is_own and not self.furniture[block.node]

    def _headline(self, first: int, last: int, title: str | None) -> int | None:
        those = [
            n
            for n, block in enumerate(self.blocks[: last + 1])
            if block.level == 1 and not block.leads_away and not self.furniture[block.node]
        ]
        named = [n for n in those if title and is_same(self.blocks[n].text, title)]
        before = [n for n in those if n <= first]
        return next(iter([*named, *before[::-1], *those]), None)

    def _is_prose(self, block: Block) -> bool:
        return block.is_prose and not self.furniture[block.node]

    def _is_unread(self, n: int) -> bool:
        block = self.blocks[n]
        if not self._is_prose(block) or self.holds[block.node]:
            return self._is_prose(block)
        around = self.nodes[self.free[block.node]]
        titles = self.titles[around.end] - self.titles[around.first]
        prose = self.prose[around.end] - self.prose[around.first]
        return titles * _TITLES_IN_TEASERS < prose

    def _behind(self, first: int, last: int) -> list[int]:
        own = [
            n
            for n in range(first, len(self.blocks))
            if not self.furniture[self.blocks[n].node] or self.walls[self.blocks[n].node]
        ]
        return own[: sum(n <= last for n in own) + _BLOCKS_BEHIND]

    def _hidden(self, first: int, last: int) -> int:
        """Count the words that are hidden in the element around the article."""
        scope = self.blocks[first].node
        while self.nodes[scope].end <= last:
            scope = self.nodes[scope].parent
        outer = self.nodes[scope].parent
        if self.nodes[outer].tag not in ("body", "html", ""):
            scope = outer
        while outer:
            if self.nodes[outer].tag in _WHOLE:
                scope = outer
            outer = self.nodes[outer].parent
        inner = takewhile(lambda node: node.parent >= scope, self.nodes[scope + 1 :])
        return self.nodes[scope].hidden + sum(node.hidden for node in inner)


def is_same(one: str, two: str) -> bool:
    """Say whether two texts differ in blanks and the case of letters at most."""
    return " ".join(one.split()).casefold() == " ".join(two.split()).casefold()


def _sums(values: Sequence[int]) -> list[int]:
    return [0, *accumulate(values)]


def _is_furniture(node: Node, held: int, total: int) -> bool:
    """Tell what stands beside an article by its name, unless it holds most of what was found."""
    if node.tag == "figure":
        return not held
    if node.is_teaser:
        return True
    is_named = node.tag in _FURNITURE or _NAMED.search(node.names) is not None
    return is_named and 2 * held < total


def _figure_around(nodes: Sequence[Node], node: Node) -> list[int]:
    """Find the frame of a table or a quotation, which is no picture."""
    around = node.parent
    for _ in range(_DEEPEST_FRAME if node.tag in _FRAMED else 0):
        if nodes[around].tag == "figure":
            return [around]
        around = nodes[around].parent
    return []


def _finder(found: Sequence[str]) -> Callable[[Block], bool]:
    lines = set(found)
    words = " ".join(found).split()
    shingles = {tuple(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1)}

    def is_found(block: Block) -> bool:
        if block.text in lines:
            return True
        own = block.text.split()
        parts = [tuple(own[n : n + _SHINGLE]) for n in range(len(own) - _SHINGLE + 1)]
        return 2 * sum(part in shingles for part in parts) > len(parts)

    return is_found
