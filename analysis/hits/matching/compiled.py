"""Lexica made ready to match: token patterns, and phrases as paths through one tree."""

import gc
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from analysis.languages.language import known_language
from analysis.lexicons.model import Entry, Lexicon, Nearness
from analysis.lexicons.terms import (
    NUMBER,
    constraint_pattern,
    matchable_patterns,
    matches_pattern,
)
from analysis.text.folding import fold
from analysis.text.sentences import sentence_spans
from analysis.text.tokens import SIGNS, base_form

_WILDCARDS = ("*", "?")
_BETWEEN_WILDCARDS = re.compile(r"[*?]+")
_MOST_FORMS = 200_000

# A pattern of a neighbour, or the words that stand for numbers.
_Constraint = str | frozenset[str]
_Fit = tuple[tuple[int, ...], tuple[int, ...]]
SIDES = {"": 0, "before": 1, "after": 2}


class NearTerms(NamedTuple):
    """What an entry asks for around it: a marker's number, most tokens (0: any), side, sentence."""

    marker: int
    within: int
    side: int
    in_sentence: bool


@dataclass(eq=False)
class Node:
    """One step of a phrase: where each next pattern leads, and what ends here."""

    children: dict[int, "Node"] = field(default_factory=dict)
    entries: list[int] = field(default_factory=list)
    # Exclusions that end here, by phrase: a category vetoes all its entries, an entry only itself.
    vetoed_categories: list[tuple[int, int]] = field(default_factory=list)
    vetoed_entries: list[tuple[int, int]] = field(default_factory=list)
    # Numbers of the lists of terms that entries ask for near them, of which one ends here.
    markers: list[int] = field(default_factory=list)

    @property
    def ends(self) -> bool:
        """Whether an entry or an exclusion ends here."""
        return bool(self.entries or self.vetoed_categories or self.vetoed_entries)


class _Parts(dict[str, list[tuple[str | None, int]]]):
    """Patterns and their numbers by a part that tokens share with them, and how long parts are."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths: set[int] = set()

    def add(self, part: str, pattern: str | None, number: int) -> None:
        self.setdefault(part, []).append((pattern, number))
        self.lengths.add(len(part))


class _PatternIndex:
    """Which token patterns a token fits: exact ones by dictionary, others by their fixed ends."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, bool], int] = {}
        self._cased: dict[int, str] = {}
        # The sign that joins a token to the one before it, where a pattern asks for one.
        self._signs: dict[int, str] = {}
        self._exact: dict[str, list[int]] = defaultdict(list)
        # Patterns with wildcards by the letters before the first one, or else after the last;
        # None stands for the pattern that says no more than that.
        self._by_head, self._by_tail = _Parts(), _Parts()
        # Those with wildcards at both ends by their longest run of letters.
        self._by_piece = _Parts()
        # Words keep coming back; in a long run new ones keep coming too, hence a limit.
        self.fitting = lru_cache(maxsize=_MOST_FORMS)(self.resolve)

    def add(self, pattern: str, *, case_sensitive: bool = False) -> int:
        """Return the number of a pattern, giving it one if it is new."""
        key = (pattern, case_sensitive)
        if key in self._numbers:
            return self._numbers[key]
        number = self._numbers[key] = len(self._numbers)
        if pattern[0] in SIGNS:
            self._signs[number], pattern = pattern[0], pattern[1:]
        if case_sensitive:
            self._cased[number] = pattern
            pattern = fold(pattern).text
        wild = [at for at, character in enumerate(pattern) if character in _WILDCARDS]
        piece = max(_BETWEEN_WILDCARDS.split(pattern), key=len)
        if not wild:
            self._exact[pattern].append(number)
        elif wild[0] == 0 and wild[-1] == len(pattern) - 1 and piece:
            self._by_piece.add(piece, pattern, number)
        elif wild[0] > 0 or wild[-1] == len(pattern) - 1:
            head = pattern[: wild[0]]
            self._by_head.add(head, None if pattern == head + "*" else pattern, number)
        else:
            tail = pattern[wild[-1] + 1 :]
            self._by_tail.add(tail, None if pattern == "*" + tail else pattern, number)
        return number

    def fixed_parts(self) -> tuple[set[str], set[str], set[str], set[str]]:
        """Return whole forms, heads, tails and inner pieces of patterns.

        A form that holds none of them fits only what is `universal`. The possessive of a
        form is a form of its own here.
        """
        heads = set(self._by_head)
        if len(self._by_head.get("", ())) == len(self.universal()):
            heads -= {""}
        return set(self._exact), heads, set(self._by_tail), set(self._by_piece)

    def universal(self) -> tuple[int, ...]:
        """Return the patterns that every token fits: a bare ``*`` within a phrase."""
        return tuple(
            number
            for pattern, number in self._by_head.get("", ())
            if pattern is None and number not in self._cased and number not in self._signs
        )

    @property
    def signs(self) -> frozenset[str]:
        """The signs that patterns ask for before their token."""
        return frozenset(self._signs.values())

    def resolve(self, form: str, sign: str = "") -> _Fit:
        """Return the patterns that a folded token fits, and those that fit its capitals too.

        With a sign, only the patterns of tokens that it joins.
        """
        found = self._find(form)
        if (base := base_form(form)) is not None:
            found += self._find(base)
        if sign or self._signs:
            found = [n for n in found if self._signs.get(n, "") == sign]
        numbers = sorted(set(found))
        plain = tuple(n for n in numbers if n not in self._cased)
        return plain, tuple(n for n in numbers if n in self._cased)

    def agreeing(self, numbers: tuple[int, ...], surface: str) -> tuple[int, ...]:
        """Return those of the case-sensitive patterns that fit a token as it is written."""
        written = fold(surface, keep_case=True).text
        return tuple(n for n in numbers if _fits(self._cased[n], written))

    def _find(self, form: str) -> list[int]:
        found = list(self._exact.get(form, ()))
        length = len(form)
        heads = (self._by_head.get(form[:n], ()) for n in self._by_head.lengths if n <= length)
        tails = (
            self._by_tail.get(form[length - n :], ()) for n in self._by_tail.lengths if n <= length
        )
        pieces = (
            self._by_piece.get(form[at : at + n], ())
            for n in self._by_piece.lengths
            for at in range(length - n + 1)
        )
        for pattern, number in chain.from_iterable(chain(heads, tails, pieces)):
            if pattern is None or matches_pattern(pattern, form):
                found.append(number)
        return found


@dataclass(frozen=True, eq=False)
class CompiledLexica:
    """One or more lexica as one tree, in an order that no shuffling of a file changes.

    Entries and categories of all the lexica are numbered through; within a
    lexicon a smaller entry number is the more specific entry.
    """

    lexica: tuple[Lexicon, ...]
    entries: tuple[Entry, ...]
    lexicon_of: tuple[int, ...]
    category_of: tuple[int, ...]
    n_categories: int
    before: tuple[tuple[_Constraint, ...], ...]
    after: tuple[tuple[_Constraint, ...], ...]
    near: tuple[NearTerms | None, ...]
    not_near: tuple[NearTerms | None, ...]
    n_markers: int
    longest_marker: int
    phrases: tuple[str, ...]
    longest_exclusion: int
    patterns: _PatternIndex
    root: Node

    def __reduce__(self) -> tuple[Any, ...]:
        # A tree of 200,000 terms takes longer to unpickle than to build.
        return compile_lexica, (self.lexica,)


def compile_lexica(lexica: Sequence[Lexicon]) -> CompiledLexica:
    """Compile lexica for one pass over the text, or return them as compiled before.

    Parameters
    ----------
    lexica : sequence of Lexicon
        The lexica. Equal content is compiled once in a process.

    Returns
    -------
    CompiledLexica
        Patterns and phrases to match with.

    Examples
    --------
    >>> import analysis as fa
    >>> from analysis.hits.matching.compiled import compile_lexica
    >>> lexicon = fa.lexicon_from_dict("k", {"a": ["border"]})
    >>> compile_lexica([lexicon]) is compile_lexica([lexicon])
    True
    """
    # Names of categories in the file's order are part of what a result shows.
    # The hash in an id is short, so that two lexica of one name could share it.
    key = tuple((x.id, x.content_hash, x.category_names, x.language) for x in lexica)
    compiled = _COMPILED.get(key)
    if compiled is None:
        with collection_paused():
            compiled = _COMPILED[key] = _compile(tuple(lexica))
        for oldest in list(_COMPILED)[:-_MOST_COMPILED]:
            _COMPILED.pop(oldest, None)
    return compiled


_COMPILED: dict[tuple[tuple[str, str, tuple[str, ...], str], ...], CompiledLexica] = {}
_MOST_COMPILED = 64


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause the search for garbage, which would walk many small objects that are all in use."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _compile(lexica: tuple[Lexicon, ...]) -> CompiledLexica:
    index, root = _PatternIndex(), Node()
    entries: list[Entry] = []
    lexicon_of: list[int] = []
    category_of: list[int] = []
    n_categories = 0
    unless: dict[str, list[int]] = defaultdict(list)
    exclude: dict[str, list[int]] = defaultdict(list)
    for place, lexicon in enumerate(lexica):
        numbers = {c.name: n for n, c in enumerate(lexicon.categories, n_categories)}
        n_categories += len(numbers)
        for category in lexicon.categories:
            for phrase in category.exclude:
                exclude[phrase].append(numbers[category.name])
        # Where two entries fit the same words, the more specific one names the hit.
        # The order rests on content alone, so that shuffling a file changes nothing.
        unsorted = (entry for category in lexicon.categories for entry in category.entries)
        for entry in sorted(unsorted, key=_specific_first):
            number = len(entries)
            entries.append(entry)
            lexicon_of.append(place)
            category_of.append(numbers[entry.category])
            node = _path(root, index, entry.term, case_sensitive=entry.case_sensitive)
            if node is not None:
                node.entries.append(number)
                for phrase in entry.unless:
                    unless[phrase].append(number)
    phrases = tuple(sorted({*unless, *exclude}))
    for rank, phrase in enumerate(phrases):
        if (node := _path(root, index, phrase)) is not None:
            node.vetoed_entries.extend((number, rank) for number in unless.get(phrase, ()))
            node.vetoed_categories.extend((number, rank) for number in exclude.get(phrase, ()))
    markers = {
        terms: number
        for number, terms in enumerate(
            dict.fromkeys(n.terms for e in entries for n in (e.near, e.not_near) if n)
        )
    }
    for terms, number in markers.items():
        for term in terms:
            if (node := _path(root, index, term)) is not None:
                node.markers.append(number)

    def nearness(near: Nearness | None) -> NearTerms | None:
        if near is None:
            return None
        side, in_sentence = SIDES[near.side], "sentence" in near.bounds
        return NearTerms(markers[near.terms], near.within, side, in_sentence)

    number_words = [known_language(x.language).words["numbers"]["numbers"] for x in lexica]

    def constraints(place: int, terms: tuple[str, ...]) -> tuple[_Constraint, ...]:
        patterns = map(constraint_pattern, terms)
        return tuple(number_words[place] if one == NUMBER else one for one in patterns)

    return CompiledLexica(
        lexica,
        tuple(entries),
        tuple(lexicon_of),
        tuple(category_of),
        n_categories,
        before=tuple(map(constraints, lexicon_of, (e.before for e in entries))),
        after=tuple(map(constraints, lexicon_of, (e.after for e in entries))),
        near=tuple(nearness(entry.near) for entry in entries),
        not_near=tuple(nearness(entry.not_near) for entry in entries),
        n_markers=len(markers),
        longest_marker=_longest(chain.from_iterable(markers)),
        phrases=phrases,
        longest_exclusion=_longest(phrases),
        patterns=index,
        root=root,
    )


def _longest(phrases: Iterable[str]) -> int:
    return max((len(matchable_patterns(phrase) or ()) for phrase in phrases), default=0)


def _path(
    root: Node, index: _PatternIndex, term: str, *, case_sensitive: bool = False
) -> Node | None:
    """Follow a term's patterns from the root, making the steps that are missing."""
    patterns = matchable_patterns(term, keep_case=case_sensitive)
    if patterns is None:
        return None
    node = root
    for pattern in patterns:
        number = index.add(pattern, case_sensitive=case_sensitive)
        node = node.children.setdefault(number, Node())
    return node


def fits_constraint(constraints: tuple[_Constraint, ...], form: str) -> bool:
    """Tell whether a neighbouring token is one that an entry asks for.

    Parameters
    ----------
    constraints : tuple of str or frozenset
        Patterns that the entry lists under ``before:`` or ``after:``; a set stands for
        numbers, and holds the words for them.
    form : str
        The folded neighbour.

    Returns
    -------
    bool
        True if it fits one of them.

    Examples
    --------
    >>> from analysis.hits.matching.compiled import fits_constraint
    >>> fits_constraint((frozenset({"two"}),), "2.3"), fits_constraint(("the",), "a")
    (True, False)
    """
    return any(
        _fits(pattern, form) if isinstance(pattern, str) else form[0].isdigit() or form in pattern
        for pattern in constraints
    )


def sentence_starts(lexicon: Lexicon, text: str) -> list[int]:
    """Return where the sentences of a text begin, by the language of a lexicon."""
    return [start for start, _ in sentence_spans(text, known_language(lexicon.language))]


def _fits(pattern: str, form: str) -> bool:
    base = base_form(form)
    return matches_pattern(pattern, form) or (base is not None and matches_pattern(pattern, base))


def _specific_first(entry: Entry) -> tuple[object, ...]:
    wildcards = entry.term.count("*") + entry.term.count("?")
    lists = (entry.unless, entry.before, entry.after)
    near = [str(one or "") for one in (entry.near, entry.not_near)]
    return (
        not entry.case_sensitive,
        wildcards,
        wildcards - len(entry.term),
        # More conditions say more; past that, the letters decide.
        -sum(map(len, lists)) - sum(map(bool, near)),
        entry.term,
        entry.category,
        entry.subcategory or "",
        entry.weight,
        lists,
        near,
    )
