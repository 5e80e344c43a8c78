"""The exact path: find compiled lexica in one text, step by step as the rules say."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from analysis.hits.matching.compiled import (
    SIDES,
    CompiledLexica,
    NearTerms,
    Node,
    fits_constraint,
    sentence_starts,
)
from analysis.text.tokens import SIGNS, Tokens, abbreviations, tokenize

# One match in a list of texts: its code points and tokens within its text, those of the term
# near it that it asks for, and numbers of its lexicon, of entries and phrases, -1 for none (see
# `Match`).
MATCHES = np.dtype(
    [
        (name, np.int64)
        for name in ("text", "start", "end", "first", "last", "near_start", "near_end")
    ]
    + [(name, np.int32) for name in ("lexicon", "entry", "phrase", "longer")],
    align=True,
)


# The first and the last token of a term that entries ask for near them.
_Mark = tuple[int, int]
_FIRST = itemgetter(0)


class Match(NamedTuple):
    """An entry on the tokens `first` to `last`, and what blocks it, if anything.

    ``phrase`` is the number of the exclusion phrase that vetoes it, ``longer`` that of
    the entry of another category whose longer match it lies in; `near` holds the first and
    the last token of the term that the entry asks for near it; -1 where there is none.
    """

    first: int
    last: int
    entry: int
    phrase: int = -1
    longer: int = -1
    near: tuple[int, int] = (-1, -1)


class _Vetoes:
    """The exclusion phrases found for one category, by the token they begin at.

    Of those that begin at one token, the longest vetoes all that the others do; of
    equally long ones, the first in the alphabet gives its name.
    """

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._found: dict[tuple[int, int | None], tuple[int, int]] = {}

    def add(self, first: int, last: int, phrase: int, entry: int | None = None) -> None:
        known = self._found.get((first, entry), (last, phrase))
        self._found[first, entry] = min(known, (last, phrase), key=lambda v: (-v[0], v[1]))

    def phrase(self, match: Match) -> int:
        """Return the phrase that vetoes a match: of those that cover it, the longest."""
        covering = [
            (first - found[0], found[1])
            for first in range(match.last - self._longest + 1, match.first + 1)
            for entry in (None, match.entry)
            if (found := self._found.get((first, entry))) and found[0] >= match.last
        ]
        return min(covering)[1] if covering else -1


class ExactScanner:
    """The exact path with the interface of the quick one."""

    def __init__(self, compiled: CompiledLexica) -> None:
        self._compiled = compiled

    def scan(
        self, texts: list[str], nested: bool, listing: bool
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return counts (texts × categories), numbers of tokens, and `MATCHES`.

        Matches are in order of text, lexicon, place and entry.
        """
        counts = np.zeros((len(texts), self._compiled.n_categories), dtype=np.int64)
        n_tokens = np.zeros(len(texts), dtype=np.int64)
        rows: list[tuple[int, ...]] = []
        for place, text in enumerate(texts):
            tokens = tokenize(text)
            n_tokens[place] = len(tokens.forms)
            for match in search(self._compiled, tokens, text, nested=nested):
                entry, blocking = match.entry, (match.phrase, match.longer)
                if blocking == (-1, -1):
                    counts[place, self._compiled.category_of[entry]] += 1
                if listing:
                    span = tokens.original_span(match.first, match.last)
                    near = tokens.original_span(*match.near) if match.near[0] >= 0 else match.near
                    lexicon = self._compiled.lexicon_of[entry]
                    where = (*span, match.first, match.last, *near)
                    rows.append((place, *where, lexicon, entry, *blocking))
        rows.sort(key=lambda row: (row[0], row[7], row[3], row[4], row[8]))
        return counts, n_tokens, np.array(rows, dtype=MATCHES)


class _Surroundings:
    """The terms of a text that entries may ask for near them."""

    def __init__(self, compiled: CompiledLexica, tokens: Tokens, text: str) -> None:
        self._compiled, self._tokens, self._text = compiled, tokens, text
        self.marks: dict[int, list[_Mark]] = defaultdict(list)

    def agreeing(self, match: Match) -> Match | None:
        """Return a match with the term that it asks for near it, or None where that is amiss."""
        near = self._compiled.near[match.entry]
        not_near = self._compiled.not_near[match.entry]
        if not_near is not None and self._nearest(match, not_near) is not None:
            return None
        if near is None:
            return match
        nearest = self._nearest(match, near)
        return None if nearest is None else match._replace(near=nearest)

    def _nearest(self, match: Match, near: NearTerms) -> tuple[int, int] | None:
        """Return the nearest mark: of equally near ones the one before, then the longest."""
        marks = self.marks[near.marker]
        behind = bisect_right(marks, match.last, key=_FIRST)
        after = before = None
        if near.side != SIDES["before"] and behind < len(marks):
            # The longest of those that begin nearest.
            after = marks[bisect_right(marks, marks[behind][0], key=_FIRST) - 1]
            after = after if self._is_within(match, near, after, after[0] - match.last) else None
        for at in range(behind - 1, -1, -1) if near.side != SIDES["after"] else ():
            mark = marks[at]
            if (
                mark[1] < match.first
                and (before is None or (mark[1], -mark[0]) > (before[1], -before[0]))
                and self._is_within(match, near, mark, match.first - mark[1])
            ):
                before = mark
            if self._is_too_far(match, near, mark, before):
                break
        if before is None or (after and after[0] - match.last < match.first - before[1]):
            return after
        return before

    def _is_within(self, match: Match, near: NearTerms, mark: _Mark, distance: int) -> bool:
        if near.within and distance > near.within:
            return False
        return not near.in_sentence or self._sentence(match, mark[0]) == self._sentence(
            match, match.first
        )

    def _is_too_far(self, match: Match, near: NearTerms, mark: _Mark, before: _Mark | None) -> bool:
        """Tell whether no mark that begins earlier can be nearer than what was found."""
        last = mark[0] + self._compiled.longest_marker - 1
        if before is not None:
            return last < before[1]
        if near.within and match.first - last > near.within:
            return True
        return near.in_sentence and self._sentence(match, mark[0]) < self._sentence(
            match, match.first
        )

    def _sentence(self, match: Match, token: int) -> int:
        return self._sentences[self._compiled.lexicon_of[match.entry]][token]

    @cached_property
    def _sentences(self) -> list[list[int]]:
        """The number of the sentence of each token, by the language of each lexicon."""
        begins = [self._tokens.original_span(n, n)[0] for n in range(len(self._tokens.forms))]
        starts = [sentence_starts(lexicon, self._text) for lexicon in self._compiled.lexica]
        return [[bisect_right(own, begin) for begin in begins] for own in starts]


def search(compiled: CompiledLexica, tokens: Tokens, text: str, *, nested: bool) -> list[Match]:
    """Find all matches in a text, those that count and those that are blocked.

    Parameters
    ----------
    compiled : CompiledLexica
        The lexica.
    tokens : Tokens
        The tokens of `text`.
    text : str
        The text itself, for case-sensitive entries.
    nested : bool
        Block a match inside a longer one of another category of the same lexicon.

    Returns
    -------
    list of Match
        In no order. Within a category those that count do not overlap: leftmost
        first, the longest at each place (R5).
    """
    candidates: dict[int, list[Match]] = defaultdict(list)
    vetoes: dict[int, _Vetoes] = defaultdict(lambda: _Vetoes(compiled.longest_exclusion))
    walked = list(_walk(compiled, tokens, text))
    around = _Surroundings(compiled, tokens, text)
    for first, last, node in walked:
        for marker in node.markers:
            around.marks[marker].append((first, last))
    for first, last, node in walked:
        for entry in node.entries:
            match = Match(first, last, entry)
            if not _neighbours_agree(compiled, entry, tokens, text, first, last):
                continue
            if (agreeing := around.agreeing(match)) is not None:
                candidates[compiled.category_of[entry]].append(agreeing)
        for category, phrase in node.vetoed_categories:
            vetoes[category].add(first, last, phrase)
        for entry, phrase in node.vetoed_entries:
            vetoes[compiled.category_of[entry]].add(first, last, phrase, entry)
    found = [m for c in sorted(candidates) for m in _resolve(candidates[c], vetoes[c])]
    return _block_nested(found, compiled) if nested else found


def _walk(compiled: CompiledLexica, tokens: Tokens, text: str) -> Iterator[tuple[int, int, Node]]:
    """Yield every run of tokens that reaches a place in the tree where something ends."""

    def fitting(place: int, sign: str = "") -> tuple[int, ...]:
        numbers, cased = compiled.patterns.fitting(tokens.forms[place], sign)
        return numbers + compiled.patterns.agreeing(cased, _written(tokens, text, place))

    for first in range(len(tokens.forms)):
        numbers, last, nodes = fitting(first), first, [compiled.root]
        while nodes := [n.children[p] for p in numbers for n in nodes if p in n.children]:
            for node in nodes:
                if node.ends or node.markers:
                    yield first, last, node
            joint = _joint(tokens, text, last)
            if not joint:
                break
            last += 1
            numbers = fitting(last, joint if joint in SIGNS else "")


def _written(tokens: Tokens, text: str, place: int) -> str:
    start, end = tokens.original_span(place, place)
    return text[start:end]


def _joint(tokens: Tokens, text: str, left: int) -> str:
    """Return what joins a token and the next, as `Tokens.joint`; a stop only where it does."""
    if left + 1 == len(tokens.forms):
        return ""
    joint = tokens.joint(left)
    if joint != ".":
        return joint
    written, following = _written(tokens, text, left), tokens.forms[left + 1]
    return joint if abbreviations().holds(written, following) else ""


def _neighbours_agree(
    compiled: CompiledLexica, entry: int, tokens: Tokens, text: str, first: int, last: int
) -> bool:
    before = compiled.before[entry], first - 1, first - 1
    after = compiled.after[entry], last, last + 1
    return all(
        0 <= neighbour < len(tokens.forms)
        and (tokens.neighbours(left) or _joint(tokens, text, left) == ".")
        and fits_constraint(wanted, tokens.forms[neighbour])
        for wanted, left, neighbour in (before, after)
        if wanted
    )


def _resolve(candidates: list[Match], vetoes: _Vetoes) -> list[Match]:
    """Take the leftmost-longest of the matches that count, and list the vetoed ones beside them."""
    counted: list[Match] = []
    vetoed: list[Match] = []
    for match in sorted(candidates, key=lambda m: (m.first, -m.last, m.entry)):
        phrase = vetoes.phrase(match)
        taken = counted if phrase < 0 else vetoed
        if not taken or match.first > taken[-1].last:
            taken.append(match._replace(phrase=phrase))
    # A veto on part of a longer entry that counts changed nothing, so it leaves no row.
    covering = {place: m for m in counted for place in range(m.first, m.last + 1)}
    return counted + [
        m
        for m in vetoed
        if m.first not in covering or covering[m.first] is not covering.get(m.last)
    ]


def _block_nested(matches: list[Match], compiled: CompiledLexica) -> list[Match]:
    """Block every match inside a longer one; those of one category never overlap."""
    result: list[Match] = []
    widest: dict[int, Match] = {}
    for match in sorted(matches, key=lambda m: (m.first, -m.last, m.entry)):
        lexicon = compiled.lexicon_of[match.entry]
        wide = widest.get(lexicon)
        if match.phrase < 0 and wide is not None and match.last <= wide.last:
            if (match.first, match.last) != (wide.first, wide.last):
                match = match._replace(longer=wide.entry)
        elif match.phrase < 0:
            widest[lexicon] = match
        result.append(match)
    return result
