"""A slow matcher that follows the rules word for word, to hold the engine to.

It shares with the engine what tests/text covers on its own, the tokens and what
joins them; terms are turned into regular expressions, and every run of tokens is
compared with every entry.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.lexicons.model import Category, Entry, Lexicon, Nearness
from analysis.text.folding import fold
from analysis.text.sentences import sentence_spans
from analysis.text.tokens import Tokens, abbreviations, tokenize

_NUMBER_WORDS = {"one", "two", "ten", "hundred", "thousand", "million", "dozen"}


class Found(NamedTuple):
    start: int
    end: int
    category: str
    entry: str
    blocked_by: str | None


def reference_hits(text: str, lexicon: Lexicon, nested: str = "category") -> list[Found]:
    """Return the hits of a lexicon in a text, by rules R2 to R5 and R7."""
    tokens = tokenize(text)
    found = [hit for category in lexicon.categories for hit in _category(text, tokens, category)]
    if nested == "lexicon":
        found = [_within_longer(hit, found) for hit in found]
    return sorted(found, key=lambda hit: (hit.start, hit.end, hit.category, hit.entry))


def _within_longer(hit: Found, hits: list[Found]) -> Found:
    if hit.blocked_by is not None:
        return hit
    around = [
        other
        for other in hits
        if other.blocked_by is None
        and other.start <= hit.start
        and hit.end <= other.end
        and other.end - other.start > hit.end - hit.start
    ]
    return hit._replace(blocked_by=around[0].entry) if around else hit


def _category(text: str, tokens: Tokens, category: Category) -> Iterator[Found]:
    runs = [
        (first, last)
        for first in range(len(tokens.forms))
        for last in range(first, len(tokens.forms))
        if all(_joint(text, tokens, n) for n in range(first, last))
    ]
    counted: list[tuple[int, int, Entry, str | None]] = []
    blocked: list[tuple[int, int, Entry, str | None]] = []
    # Runs come leftmost first; of those that begin together, the longest first.
    for first, last in sorted(runs, key=lambda run: (run[0], -run[1])):
        fitting = [
            e
            for e in category.entries
            if _fits(text, tokens, first, last, e)
            and (e.near is None or _is_near(text, tokens, runs, (first, last), e.near))
            and not (e.not_near and _is_near(text, tokens, runs, (first, last), e.not_near))
        ]
        for entry in sorted(fitting, key=_specificity):
            phrases = [
                phrase
                for phrase in (*category.exclude, *entry.unless)
                for a, b in runs
                if a <= first and last <= b and _same(text, tokens, a, b, phrase)
            ]
            if phrases:
                longest = max(phrases, key=lambda p: len(tokenize(p.replace("*", "x")).forms))
                if not blocked or first > blocked[-1][1]:
                    blocked.append((first, last, entry, longest))
            elif not counted or first > counted[-1][1]:
                counted.append((first, last, entry, None))
    blocked = [b for b in blocked if not any(c[0] <= b[0] and b[1] <= c[1] for c in counted)]
    for first, last, entry, phrase in [*counted, *blocked]:
        yield Found(*tokens.original_span(first, last), category.name, entry.term, phrase)


def _fits(text: str, tokens: Tokens, first: int, last: int, entry: Entry) -> bool:
    if not _same(text, tokens, first, last, entry.term):
        return False
    if entry.case_sensitive:
        spans = (tokens.original_span(n, n) for n in range(first, last + 1))
        written = [fold(text[a:b], keep_case=True).text for a, b in spans]
        if not _all_match(fold(entry.term, keep_case=True).text, written):
            return False
    return _beside(text, tokens, first - 1, first - 1, entry.before) and _beside(
        text, tokens, last, last + 1, entry.after
    )


def _joint(text: str, tokens: Tokens, left: int) -> str:
    joint = tokens.joint(left)
    start, end = tokens.original_span(left, left)
    if joint == "." and not abbreviations().holds(text[start:end], tokens.forms[left + 1]):
        return ""
    return joint


def _is_near(
    text: str, tokens: Tokens, runs: list[tuple[int, int]], hit: tuple[int, int], near: Nearness
) -> bool:
    first, last = hit
    starts = [start for start, _ in sentence_spans(text)]

    def sentence(token: int) -> int:
        return sum(start <= tokens.original_span(token, token)[0] for start in starts)

    return any(
        ((b < first and near.side != "after") or (a > last and near.side != "before"))
        and (not near.within or max(first - b, a - last) <= near.within)
        and ("sentence" not in near.bounds or sentence(a) == sentence(first))
        for a, b in runs
        if any(_same(text, tokens, a, b, term) for term in near.terms)
    )


def _beside(text: str, tokens: Tokens, left: int, place: int, wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return True
    if left < 0 or left + 1 >= len(tokens.forms):
        return False
    if not tokens.neighbours(left) and _joint(text, tokens, left) != ".":
        return False
    form = tokens.forms[place]
    return any(
        form[0].isdigit() or form in _NUMBER_WORDS
        if want == "<number>"
        else _all_match(fold(want).text, [form])
        for want in wanted
    )


def _same(text: str, tokens: Tokens, first: int, last: int, term: str) -> bool:
    signs = ["", *(_joint(text, tokens, n).strip(" .") for n in range(first, last))]
    return _signs(term) == signs and _all_match(fold(term).text, tokens.forms[first : last + 1])


def _pieces(term: str) -> list[tuple[str, str]]:
    return re.findall(r"([/&]?)([^\s/&-]+)", term)


def _signs(term: str) -> list[str]:
    return [sign for sign, _ in _pieces(fold(term).text)]


def _all_match(term: str, forms: list[str]) -> bool:
    patterns = [pattern for _, pattern in _pieces(term)]
    bare = [pattern.rstrip(".") for pattern in patterns]
    return (
        len(patterns) == len(forms)
        and not (patterns[0] != bare[0] and len(bare) == 1 and "." not in bare[0])
        and all(
            abbreviations().may_hold(b.lower(), following)
            for b, p, following in zip(bare, patterns, [*bare[1:], ""], strict=True)
            if b != p
        )
        and all(
            any(_expression(pattern).fullmatch(form) for form in (form, re.sub("'[sS]$", "", form)))
            for pattern, form in zip(bare, forms, strict=True)
        )
    )


def _expression(pattern: str) -> re.Pattern[str]:
    pieces = {"*": ".*", "?": "."}
    return re.compile("".join(pieces.get(c, re.escape(c)) for c in pattern), re.DOTALL)


def _specificity(entry: Entry) -> tuple[object, ...]:
    wildcards = entry.term.count("*") + entry.term.count("?")
    lists = (entry.unless, entry.before, entry.after)
    near = [str(one or "") for one in (entry.near, entry.not_near)]
    return (
        not entry.case_sensitive,
        wildcards,
        wildcards - len(entry.term),
        -sum(map(len, lists)) - sum(map(bool, near)),
        entry.term,
        entry.subcategory or "",
        entry.weight,
        lists,
        near,
    )
