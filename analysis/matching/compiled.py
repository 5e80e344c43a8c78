"""A lexicon made ready to match: token patterns, and phrases as paths through a tree."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from analysis.lexicons.model import Entry, Lexicon
from analysis.lexicons.terms import NUMBER, constraint_pattern, matches_pattern, term_patterns
from analysis.text.folding import fold
from analysis.text.tokens import base_form

_NUMBER_WORDS = frozenset(Path(__file__).with_name("number_words.txt").read_text("utf-8").split())

# New words keep coming in a long run; past this many, what was learned is learned anew.
_MOST_FORMS = 500_000

_Fit = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass
class Node:
    """One step of a phrase: where each next pattern leads, and what ends here."""

    children: dict[int, "Node"] = field(default_factory=dict)
    entries: list[int] = field(default_factory=list)
    # Exclusions that end here: a category vetoes all its entries, an entry only itself.
    vetoed_categories: list[tuple[int, str]] = field(default_factory=list)
    vetoed_entries: list[tuple[int, str]] = field(default_factory=list)


class _Forms(dict[str, _Fit]):
    """What each form fits; a new form is resolved once, and then looked up at full speed."""

    def __init__(self, resolve: Callable[[str], _Fit]) -> None:
        super().__init__()
        self._resolve = resolve

    def __missing__(self, form: str) -> _Fit:
        if len(self) >= _MOST_FORMS:
            self.clear()
        fit = self[form] = self._resolve(form)
        return fit


class PatternIndex:
    """Which token patterns a token fits.

    ``fitting[form]`` gives the patterns that a folded token fits, and those it
    fits if its capitals agree as well: exact forms by dictionary, the rest once
    for each new form.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, bool], int] = {}
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._prefixes: dict[str, list[int]] = defaultdict(list)
        self._globs: list[tuple[str, int]] = []
        self._cased: dict[int, str] = {}
        self._longest_prefix = 0
        self.fitting = _Forms(self._resolve)

    def add(self, pattern: str, *, case_sensitive: bool = False) -> int:
        """Return the number of a pattern, giving it one if it is new."""
        key = (pattern, case_sensitive)
        if key in self._numbers:
            return self._numbers[key]
        number = self._numbers[key] = len(self._numbers)
        if case_sensitive:
            self._cased[number] = pattern
            pattern = fold(pattern).text
        if "*" not in pattern and "?" not in pattern:
            self._exact[pattern].append(number)
        elif "?" not in pattern and pattern.index("*") == len(pattern) - 1:
            self._prefixes[pattern[:-1]].append(number)
            self._longest_prefix = max(self._longest_prefix, len(pattern) - 1)
        else:
            self._globs.append((pattern, number))
        return number

    def agreeing(self, numbers: tuple[int, ...], surface: str) -> tuple[int, ...]:
        """Return those of the case-sensitive patterns that fit a token as it is written."""
        written = fold(surface, keep_case=True).text
        return tuple(n for n in numbers if _fits(self._cased[n], written))

    def _resolve(self, form: str) -> _Fit:
        numbers: set[int] = set()
        for candidate in filter(None, (form, base_form(form))):
            numbers.update(self._exact.get(candidate, ()))
            for length in range(min(len(candidate), self._longest_prefix) + 1):
                numbers.update(self._prefixes.get(candidate[:length], ()))
            numbers.update(n for glob, n in self._globs if matches_pattern(glob, candidate))
        plain = tuple(sorted(n for n in numbers if n not in self._cased))
        return plain, tuple(sorted(n for n in numbers if n in self._cased))


@dataclass(frozen=True)
class CompiledLexicon:
    """A lexicon with its patterns and phrases, in an order that no shuffling changes."""

    lexicon: Lexicon
    entries: tuple[Entry, ...]
    category_of: tuple[int, ...]
    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]
    longest_exclusion: int
    patterns: PatternIndex
    root: Node


def compile_lexicon(lexicon: Lexicon) -> CompiledLexicon:
    """Compile a lexicon, or return it as compiled before.

    Parameters
    ----------
    lexicon : Lexicon
        The lexicon. Equal content is compiled once in a process.

    Returns
    -------
    CompiledLexicon
        Patterns and phrases to match with.

    Examples
    --------
    >>> import analysis as fa
    >>> from analysis.matching.compiled import compile_lexicon
    >>> lexicon = fa.lexicon_from_dict("k", {"a": ["border"]})
    >>> compile_lexicon(lexicon) is compile_lexicon(lexicon)
    True
    """
    # Names of categories in the file's order are part of what a result shows.
    key = (lexicon.id, lexicon.category_names)
    if key not in _COMPILED:
        while len(_COMPILED) >= _MOST_COMPILED:
            _COMPILED.pop(next(iter(_COMPILED)))
        _COMPILED[key] = _compile(lexicon)
    return _COMPILED[key]


_COMPILED: dict[tuple[str, tuple[str, ...]], CompiledLexicon] = {}
_MOST_COMPILED = 64


def _compile(lexicon: Lexicon) -> CompiledLexicon:
    index, root = PatternIndex(), Node()
    # Where two entries fit the same words, the more specific one names the hit.
    # The order rests on content alone, so that shuffling a file changes nothing.
    entries = sorted((e for c in lexicon.categories for e in c.entries), key=_specific_first)
    places = {category.name: n for n, category in enumerate(lexicon.categories)}
    unless: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        node = _path(root, index, entry.term, case_sensitive=entry.case_sensitive)
        if node is not None:
            node.entries.append(number)
            for phrase in entry.unless:
                unless[phrase].append(number)
    for phrase, numbers in sorted(unless.items()):
        if (node := _path(root, index, phrase)) is not None:
            node.vetoed_entries.extend((number, phrase) for number in numbers)
    for place, category in enumerate(lexicon.categories):
        for phrase in sorted(category.exclude):
            if (node := _path(root, index, phrase)) is not None:
                node.vetoed_categories.append((place, phrase))
    exclusions = chain(unless, *(category.exclude for category in lexicon.categories))
    return CompiledLexicon(
        lexicon,
        tuple(entries),
        category_of=tuple(places[e.category] for e in entries),
        before=tuple(tuple(map(constraint_pattern, e.before)) for e in entries),
        after=tuple(tuple(map(constraint_pattern, e.after)) for e in entries),
        longest_exclusion=max((len(term_patterns(p) or ()) for p in exclusions), default=0),
        patterns=index,
        root=root,
    )


def _path(
    root: Node, index: PatternIndex, term: str, *, case_sensitive: bool = False
) -> Node | None:
    """Follow a term's patterns from the root, making the steps that are missing."""
    patterns = term_patterns(term, keep_case=case_sensitive)
    if patterns is None:
        return None
    node = root
    for pattern in patterns:
        number = index.add(pattern, case_sensitive=case_sensitive)
        node = node.children.setdefault(number, Node())
    return node


def fits_constraint(constraints: tuple[str, ...], form: str) -> bool:
    """Tell whether a neighbouring token is one that an entry asks for.

    Parameters
    ----------
    constraints : tuple of str
        Patterns that the entry lists under ``before:`` or ``after:``.
    form : str
        The folded neighbour.

    Returns
    -------
    bool
        True if it fits one of them.

    Examples
    --------
    >>> from analysis.matching.compiled import fits_constraint
    >>> fits_constraint(("<number>",), "2.3"), fits_constraint(("the",), "a")
    (True, False)
    """
    return any(
        form[0].isdigit() or form in _NUMBER_WORDS if pattern == NUMBER else _fits(pattern, form)
        for pattern in constraints
    )


def _fits(pattern: str, form: str) -> bool:
    base = base_form(form)
    return matches_pattern(pattern, form) or (base is not None and matches_pattern(pattern, base))


def _specific_first(entry: Entry) -> tuple[object, ...]:
    wildcards = entry.term.count("*") + entry.term.count("?")
    conditions = (entry.unless, entry.before, entry.after)
    return (
        not entry.case_sensitive,
        wildcards,
        wildcards - len(entry.term),
        # More conditions say more; past that, the letters decide.
        -sum(map(len, conditions)),
        entry.term,
        entry.category,
        entry.subcategory or "",
        entry.weight,
        conditions,
    )
