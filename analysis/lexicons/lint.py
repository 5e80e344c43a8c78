"""Look through a lexicon for entries that do not do what their author meant."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd

from analysis.errors import LexiconError, needed_for
from analysis.languages.language import (
    Language,
    LanguageName,
    any_of,
    known_language,
    load_language,
)
from analysis.lexicons.model import Category, Entry, Lexicon
from analysis.lexicons.terms import matchable_patterns, matches_pattern, term_patterns
from analysis.tables.checks import make_table
from analysis.text.tokens import SIGNS

_WILD = re.compile(r"[*?]")
# A wildcard may cut into an ending (terroris*), but never so deep that nothing is left.
_DEEPEST_CUT = 3
_SHORTEST_ROOT = 4
_MOST_WORDS = 8
# A word that makes up less of what a wildcard matches moves no score.
_RARE = 0.005


class _Finding(NamedTuple):
    category: str
    subcategory: str | None
    term: str
    check: str
    other: str | None
    problem: str


_Term = tuple[Entry, tuple[str, ...]]


def lint_lexicon(
    lexicon: Lexicon,
    *,
    words: Mapping[str, int] | Iterable[str] | None = None,
    language: LanguageName | None = None,
) -> pd.DataFrame:
    """Look for terms that can never match, match twice, or catch more than they should.

    Parameters
    ----------
    lexicon : Lexicon
        Yours, or one built in.
    words : mapping of str to int, or iterable of str, optional
        Words, with their frequencies if you have them, that wildcards are tried on: best
        the vocabulary of your own corpus. Without it, the words of pyspellchecker in the
        lexicon's language, if it has some; else wildcards are not tried.
    language : str or path, optional
        Language whose endings make forms of a word, a code or a folder of your own; by
        default the lexicon's own, and English if it names none. Of a language that is not
        known no ending is.

    Returns
    -------
    pandas.DataFrame
        Table ``lint``, empty if nothing was found. ``check`` is

        - ``unmatchable``: no text can ever match the term;
        - ``duplicate``: after folding it is the same as another term of the category;
        - ``swallowed``: a wildcard of the category matches everything that it matches;
        - ``always excluded``: an exclusion phrase vetoes every hit of it;
        - ``idle exclusion``: an exclusion phrase that holds no entry, so it vetoes nothing;
        - ``catches other words``: a wildcard at the end of a single word matches words that
          are no forms of it, by their endings ("border*" and "borderline"), unless an
          exclusion takes them away. Words that look like forms but are none ("state*" and
          "statement") are not seen by this check.

    Raises
    ------
    LexiconError
        If a term cannot be read.

    Examples
    --------
    >>> import analysis as fa
    >>> lexicon = fa.lexicon_from_dict("demo", {"edge": ["border*", "borders", "coast"]})
    >>> found = fa.lint_lexicon(lexicon, words=["border", "borders", "borderline"])
    >>> found[["term", "check", "other"]].values.tolist()
    [['borders', 'swallowed', 'border*'], ['border*', 'catches other words', 'borderline']]
    """
    own = known_language(lexicon.language) if language is None else load_language(language)
    vocabulary = _vocabulary(own, words)
    findings: list[_Finding] = []
    for category in lexicon.categories:
        terms = [(entry, cut) for entry in category.entries if (cut := _patterns(entry))]
        findings += _unmatchable(category)
        findings += _repeated(terms)
        findings += _excluded(category, terms)
        findings += _catching(category, terms, vocabulary, own)
    return make_table("lint", pd.DataFrame(findings, columns=_Finding._fields))


def _vocabulary(
    language: Language, words: Mapping[str, int] | Iterable[str] | None
) -> dict[str, int]:
    if words is None:
        return _spelling(language.code)
    if isinstance(words, Mapping):
        return {str(word).lower(): int(count) for word, count in words.items()}
    if isinstance(words, str):
        raise LexiconError("words is one text; give a list of words")
    return dict.fromkeys((str(word).lower() for word in words), 1)


@cache
def _spelling(code: str) -> dict[str, int]:
    with needed_for("trying wildcards on the words of a language", "spelling"):
        from spellchecker import SpellChecker
    try:
        # Without endings, every word that a wildcard catches would look unrelated.
        listed = SpellChecker(language=code).word_frequency.dictionary if code else {}
    except ValueError:  # it has no words of the language
        return {}
    # A possessive matches by its base form (R3).
    return {word: count for word, count in listed.items() if not word.endswith("'s")}


def _patterns(entry: Entry) -> tuple[str, ...]:
    return matchable_patterns(entry.term, keep_case=entry.case_sensitive) or ()


def _unmatchable(category: Category) -> Iterator[_Finding]:
    for entry in category.entries:
        if not _patterns(entry):
            problem = "it holds punctuation that is part of no token or phrase; rewrite it without"
            yield _found(entry, "unmatchable", None, problem)
        for phrase in entry.unless:
            if term_patterns(phrase) is None:
                problem = f"its exclusion {phrase!r} matches no text"
                yield _found(entry, "unmatchable", phrase, problem)
        for near in filter(None, (entry.near, entry.not_near)):
            for term in near.terms:
                if matchable_patterns(term) is None:
                    problem = f"the term {term!r} that it asks for near it matches no text"
                    yield _found(entry, "unmatchable", term, problem)
    for phrase in category.exclude:
        if term_patterns(phrase) is None:
            problem = "this exclusion matches no text"
            yield _Finding(category.name, None, phrase, "unmatchable", None, problem)


def _repeated(terms: list[_Term]) -> Iterator[_Finding]:
    """Find terms that another term of the category already finds."""
    first: dict[tuple[object, ...], Entry] = {}
    wild_terms: dict[tuple[int, str], list[_Term]] = defaultdict(list)
    for entry, patterns in terms:
        conditional = any(entry.conditions)
        if not conditional and _WILD.search(" ".join(patterns)):
            wild_terms[len(patterns), patterns[0][:1].lower()].append((entry, patterns))
    for entry, patterns in terms:
        key = (patterns, entry.case_sensitive, *entry.conditions)
        if key in first:
            other = first[key].term
            problem = f"after folding it is the same as {other!r}, and counts once; take one out"
            yield _found(entry, "duplicate", other, problem)
            continue
        first[key] = entry
        candidates = (
            other
            for letter in (patterns[0][:1].lower(), "*", "?")
            for other in wild_terms.get((len(patterns), letter), ())
        )
        for wide, wide_patterns in candidates:
            if wide_patterns != patterns and _covers((wide, wide_patterns), (entry, patterns)):
                problem = f"{wide.term!r} finds every text that it finds; take it out"
                if (entry.weight, entry.subcategory) != (wide.weight, wide.subcategory):
                    problem += ", or narrow the other: their weights or subcategories differ"
                yield _found(entry, "swallowed", wide.term, problem)
                break


def _excluded(category: Category, terms: list[_Term]) -> Iterator[_Finding]:
    """Find terms that are always vetoed, and exclusions that never veto."""
    phrases = [(phrase, term_patterns(phrase)) for phrase in category.exclude]
    # A list of terms shares its exclusions: each may be for one of them.
    sharing: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for entry, patterns in terms:
        sharing[entry.unless].append(tuple(map(str.lower, patterns)))
    for entry, patterns in terms:
        own = [(phrase, term_patterns(phrase)) for phrase in entry.unless]
        lowered = tuple(pattern.lower() for pattern in patterns)
        for phrase, cut in (*phrases, *own):
            if cut is not None and len(cut) == len(patterns) and all(map(_includes, cut, lowered)):
                problem = f"the exclusion {phrase!r} takes away every hit of it; take one out"
                yield _found(entry, "always excluded", phrase, problem)
        for phrase, cut in own:
            if cut is not None and not any(_holds(cut, one) for one in sharing[entry.unless]):
                problem = f"its exclusion {phrase!r} does not hold it, so it takes nothing away"
                yield _found(entry, "idle exclusion", phrase, problem)
    for phrase in idle_exclusions(category):
        problem = "no entry of the category can stand in this exclusion; it takes nothing away"
        yield _Finding(category.name, None, phrase, "idle exclusion", None, problem)


def idle_exclusions(category: Category) -> list[str]:
    """List the exclusions of a category in which none of its entries can stand."""
    # By their first pattern, so that not every exclusion is tried on every entry.
    by_first: dict[str, list[tuple[str, ...]]] = {}
    wild: list[tuple[str, ...]] = []
    for entry in category.entries:
        if term := tuple(map(str.lower, _patterns(entry))):
            (wild if _WILD.search(term[0]) else by_first.setdefault(term[0], [])).append(term)
    idle: list[str] = []
    for phrase in category.exclude:
        cut = term_patterns(phrase)
        if cut is None:
            continue
        if any(map(_WILD.search, cut)):
            near = [*wild, *(term for terms in by_first.values() for term in terms)]
        else:
            forms = {part.lstrip(SIGNS).lower() for part in cut}
            forms |= {form.removesuffix("'s") for form in forms}
            near = [*wild, *(term for form in forms for term in by_first.get(form, ()))]
        if not any(_holds(cut, term) for term in near):
            idle.append(phrase)
    return idle


def _catching(
    category: Category, terms: list[_Term], vocabulary: Mapping[str, int], language: Language
) -> Iterator[_Finding]:
    words = sorted(vocabulary)
    excluded = _single(category.exclude)
    for entry, patterns in terms:
        pattern = patterns[0].lower()
        root = pattern[:-1]
        if len(patterns) > 1 or not pattern.endswith("*") or _WILD.search(root):
            continue
        caught = [w for w in words if w.startswith(root)]
        taken_away = (*excluded, *_single(entry.unless))
        strange = [
            word
            for word in _unrelated(root, caught, vocabulary, language)
            if not any(matches_pattern(pattern, word) for pattern in taken_away)
        ]
        if strange:
            named = ", ".join(strange[:_MOST_WORDS])
            more = f" and {len(strange) - _MOST_WORDS} more" if len(strange) > _MOST_WORDS else ""
            problem = (
                f"of {len(caught)} words that it matches, these do not look like forms of it; list "
                "the forms you mean, or exclude these"
            )
            yield _found(entry, "catches other words", named + more, problem)


def _unrelated(
    root: str, caught: list[str], frequency: Mapping[str, int], language: Language
) -> list[str]:
    """Return the words that are no forms of the root by their endings, most frequent first."""
    if not caught:
        return []
    commonest = max(caught, key=lambda word: (frequency[word], -len(word), word))
    shortest = min(_SHORTEST_ROOT, len(root))
    roots = {root, commonest.removesuffix("e")}
    roots |= {root[:-cut] for cut in range(1, _DEEPEST_CUT + 1) if len(root) - cut >= shortest}
    inflected, any_form = _ending_patterns(language)
    doubled = root + root[-1:]
    # Short roots double into other words (war, warr-ant), longer ones hardly ever.
    after_doubled = inflected if len(root) < _SHORTEST_ROOT else any_form
    rare = _RARE * sum(frequency[word] for word in caught)
    strange = [
        word
        for word in caught
        if frequency[word] >= rare
        and not any(_continues(word, own, any_form) for own in roots)
        and not _continues(word, doubled, after_doubled)
    ]
    return sorted(strange, key=lambda word: (-frequency[word], word))


def _continues(word: str, root: str, endings: re.Pattern[str]) -> bool:
    return word.startswith(root) and endings.fullmatch(word[len(root) :]) is not None


@cache
def _ending_patterns(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what inflection may add, and what inflection and derivation may."""
    endings = language.words["endings"]
    inflection = any_of(endings["inflection"])
    # An ending may follow another (nation-al-is-ation-s); three in a row are enough.
    any_form = rf"{any_of(endings['inflection'] | endings['derivation'])}{{0,3}}"
    return re.compile(inflection), re.compile(any_form)


def _single(phrases: Iterable[str]) -> list[str]:
    cuts = (term_patterns(phrase) for phrase in phrases)
    return [cut[0] for cut in cuts if cut is not None and len(cut) == 1]


def _covers(wide: _Term, narrow: _Term) -> bool:
    (other, pieces), (entry, patterns) = wide, narrow
    if not other.case_sensitive:
        return all(map(_includes, pieces, map(str.lower, patterns)))
    return entry.case_sensitive and all(map(_includes, pieces, patterns))


def _includes(wide: str, narrow: str) -> bool:
    """Tell whether one pattern matches all that another matches."""
    # An asterisk takes in a whole pattern, wildcards and all; a question mark no asterisk.
    if "?" in wide and "*" in narrow:
        return False
    return _sign(wide) == _sign(narrow) and matches_pattern(wide, narrow)


def _sign(pattern: str) -> str:
    """Return the sign that joins a pattern to the one before it, if it asks for one."""
    return pattern[0] if pattern[0] in SIGNS else ""


def _holds(phrase: tuple[str, ...], patterns: tuple[str, ...]) -> bool:
    """Tell whether a text that matches the phrase may hold a match of the patterns."""
    places = range(len(phrase) - len(patterns) + 1)
    # The sign before its first token is no part of what is held.
    parts = ((phrase[at].lstrip(SIGNS), *phrase[at + 1 :]) for at in places)
    return any(all(map(_meet, part, patterns)) for part in parts)


def _meet(one: str, two: str) -> bool:
    if _sign(one) != _sign(two):
        return False
    if one.endswith("'s") and matches_pattern(two, one[:-2]):
        return True
    if not _WILD.search(one):
        return matches_pattern(two, one)
    if not _WILD.search(two):
        return matches_pattern(one, two)
    # Two wildcards may meet wherever what stands before them agrees.
    first, second = (_WILD.split(pattern)[0] for pattern in (one, two))
    return first.startswith(second) or second.startswith(first)


def _found(entry: Entry, check: str, other: str | None, problem: str) -> _Finding:
    return _Finding(entry.category, entry.subcategory, entry.term, check, other, problem)
