"""Find a compiled lexicon in one text: candidates, vetoes, and which of them count."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from analysis.matching.compiled import CompiledLexicon, Node, PatternIndex, fits_constraint
from analysis.text.tokens import Tokens


class Match(NamedTuple):
    """An entry on the tokens `first` to `last`, and the phrase that vetoes it, if any."""

    first: int
    last: int
    entry: int
    blocked_by: str | None = None


class _Vetoes:
    """The exclusion phrases found for one category, by the token they begin at."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._category: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self._entries: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)

    def add(self, first: int, last: int, phrase: str, entry: int | None = None) -> None:
        if entry is None:
            self._category[first].append((last, phrase))
        else:
            self._entries[first, entry].append((last, phrase))

    def phrase(self, match: Match) -> str | None:
        """Return the phrase that vetoes a match: of those that cover it, the longest."""
        covering = [
            (first - last, phrase)
            for first in range(match.last - self._longest + 1, match.first + 1)
            for last, phrase in (
                *self._category.get(first, ()),
                *self._entries.get((first, match.entry), ()),
            )
            if last >= match.last
        ]
        return min(covering)[1] if covering else None


def search(compiled: CompiledLexicon, tokens: Tokens, text: str, nested: str) -> list[Match]:
    """Find all matches in a text, those that count and those that are vetoed.

    Parameters
    ----------
    compiled : CompiledLexicon
        The lexicon.
    tokens : Tokens
        The tokens of `text`.
    text : str
        The text itself, for entries that heed case.
    nested : {"category", "lexicon"}
        With ``"lexicon"``, a match inside a longer one of another category is vetoed.

    Returns
    -------
    list of Match
        In order of place. Within a category those that count do not overlap:
        leftmost first, the longest at each place (R5).
    """
    candidates: dict[int, list[Match]] = defaultdict(list)
    vetoes: dict[int, _Vetoes] = defaultdict(lambda: _Vetoes(compiled.longest_exclusion))
    for first, last, node in _walk(compiled, tokens, text):
        for entry in node.entries:
            if _neighbours_agree(compiled, entry, tokens, first, last):
                candidates[compiled.category_of[entry]].append(Match(first, last, entry))
        for category, phrase in node.vetoed_categories:
            vetoes[category].add(first, last, phrase)
        for entry, phrase in node.vetoed_entries:
            vetoes[compiled.category_of[entry]].add(first, last, phrase, entry)
    found = [m for c in sorted(candidates) for m in _resolve(candidates[c], vetoes[c])]
    if nested == "lexicon":
        found = _veto_nested(found, compiled)
    return sorted(found, key=lambda m: (m.first, m.last, m.entry))


def _walk(compiled: CompiledLexicon, tokens: Tokens, text: str) -> Iterator[tuple[int, int, Node]]:
    """Yield every run of tokens that reaches a place in the tree where something ends."""
    fits = compiled.patterns.fitting
    fitting = [
        plain + _agreeing(compiled.patterns, cased, tokens, place, text) if cased else plain
        for place, (plain, cased) in enumerate([fits[form] for form in tokens.forms])
    ]
    for first in (place for place, numbers in enumerate(fitting) if numbers):
        nodes, last = [compiled.root], first
        while nodes := [n.children[p] for p in fitting[last] for n in nodes if p in n.children]:
            for node in nodes:
                if node.entries or node.vetoed_categories or node.vetoed_entries:
                    yield first, last, node
            if last + 1 == len(fitting) or not tokens.joined(last):
                break
            last += 1


def _agreeing(
    patterns: PatternIndex, cased: tuple[int, ...], tokens: Tokens, place: int, text: str
) -> tuple[int, ...]:
    start, end = tokens.original_span(place, place)
    return patterns.agreeing(cased, text[start:end])


def _neighbours_agree(
    compiled: CompiledLexicon, entry: int, tokens: Tokens, first: int, last: int
) -> bool:
    before, after = compiled.before[entry], compiled.after[entry]
    if before and not (
        first > 0
        and tokens.neighbours(first - 1)
        and fits_constraint(before, tokens.forms[first - 1])
    ):
        return False
    return not after or (
        last + 1 < len(tokens.forms)
        and tokens.neighbours(last)
        and fits_constraint(after, tokens.forms[last + 1])
    )


def _resolve(candidates: list[Match], vetoes: _Vetoes) -> list[Match]:
    """Take the leftmost-longest of the matches that count, and list the vetoed ones beside them."""
    counted: list[Match] = []
    vetoed: list[Match] = []
    for match in sorted(candidates, key=lambda m: (m.first, -m.last, m.entry)):
        phrase = vetoes.phrase(match)
        taken = counted if phrase is None else vetoed
        if not taken or match.first > taken[-1].last:
            taken.append(match._replace(blocked_by=phrase))
    # A veto on part of a longer entry that counts changed nothing, so it leaves no row.
    covering = {place: m for m in counted for place in range(m.first, m.last + 1)}
    return counted + [
        m
        for m in vetoed
        if m.first not in covering or covering[m.first] is not covering.get(m.last)
    ]


def _veto_nested(matches: list[Match], compiled: CompiledLexicon) -> list[Match]:
    """Veto every match inside a longer one; those of one category never overlap."""
    result: list[Match] = []
    widest: Match | None = None
    for match in sorted(matches, key=lambda m: (m.first, -m.last, m.entry)):
        if match.blocked_by is None and widest is not None and match.last <= widest.last:
            if (match.first, match.last) != (widest.first, widest.last):
                match = match._replace(blocked_by=compiled.entries[widest.entry].term)
        elif match.blocked_by is None:
            widest = match
        result.append(match)
    return result
