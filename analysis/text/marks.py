"""Texts without capitals or stops, in which nobody can tell who speaks, and how surely."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.languages.language import Language, LanguageName, languages_of

_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))
_SMALL = _CAPITALS.lower()
# White space is made blanks, and what may stand between a stop and a blank is left out.
_WHITE = b" \t\n\x0b\x0c\r"
_BLANKS = bytes.maketrans(_WHITE, b" " * len(_WHITE))
_CLOSERS = b"\"')]*_"
_CURLY_CLOSERS = ("\u201d".encode(), "\u2019".encode(), "\u00bb".encode())
# By the mark itself, whose absence is found much faster.
_STOPS = {mark: f"{mark} ".encode() for mark in ".?!\u2026"}
_OTHER_STOPS = "\u3002\uff01\uff1f\u0964\u061f\u06d4"
_QUOTATION_MARKS = '"\u201c\u201d\u201e\u00ab\u00bb'
_MOST_BYTES_OF_LATIN = 1.2

# Chosen on corpora that docs/how_it_works.md names. Shorter texts tell too little.
_FEWEST_WORDS, _FEWEST_WORDS_WITH_STOPS = 20, 50
_LEAST_CAPITALS, _MOST_CAPITALS = 0.002, 0.9
_LONGEST_SENTENCE = 100
_ROWS_AT_A_TIME = 1024


class Marks(NamedTuple):
    """How many words, capitals, small letters, stops, commas and quotation marks a text has."""

    n_words: int
    n_capitals: int
    n_small: int
    n_stops: int
    n_commas: int
    n_quotation_marks: int

    @property
    def share_capitals(self) -> float | None:
        """Share of the letters that are capitals; none where letters have no capitals."""
        n_letters = self.n_capitals + self.n_small
        return self.n_capitals / n_letters if n_letters else None

    @property
    def words_per_stop(self) -> float | None:
        """Words for each stop behind a word; none where there is no stop."""
        return self.n_words / self.n_stops if self.n_stops else None

    @property
    def are_missing(self) -> bool:
        """Whether the capitals or the stops are missing by which voices are told apart."""
        share = self.share_capitals
        if self.n_words < _FEWEST_WORDS_WITH_STOPS:
            # A sentence, or a piece of one, may have no capital; few of this length have no mark.
            without = share is not None and share < _LEAST_CAPITALS
            without = without and self.n_stops + self.n_commas + self.n_quotation_marks == 0
            return without and self.n_words >= _FEWEST_WORDS
        if share is not None and not _LEAST_CAPITALS <= share <= _MOST_CAPITALS:
            return True
        return self.n_words > _LONGEST_SENTENCE * (self.n_stops + 1)


def marks_of(text: str) -> Marks:
    """Count what a text shows of capitals, stops and quotation marks."""
    return _count(text, _is_latin(text))


def _is_latin(text: str) -> bool:
    return text.isascii() or (
        len(text.encode(errors="surrogatepass")) <= _MOST_BYTES_OF_LATIN * len(text)
    )


def _count(text: str, is_latin: bool) -> Marks:
    written = text.encode(errors="surrogatepass")
    plain = written.translate(_BLANKS, _CLOSERS) + b" "
    if len(written) > len(text):
        for closer in _CURLY_CLOSERS:
            plain = plain.replace(closer, b"")
    n_stops = sum(plain.count(stop) for mark, stop in _STOPS.items() if mark in text)
    if is_latin:
        n_capitals, n_small = (
            len(plain) - len(plain.translate(None, letters)) for letters in (_CAPITALS, _SMALL)
        )
    else:
        n_capitals, n_small = (sum(map(kind, text)) for kind in (str.isupper, str.islower))
        n_stops += sum(map(text.count, _OTHER_STOPS))
    n_quotation_marks = sum(map(text.count, _QUOTATION_MARKS))
    return Marks(
        *(len(plain.split()), n_capitals, n_small, n_stops, plain.count(b","), n_quotation_marks)
    )


def told_languages(paragraphs: pd.DataFrame, language: LanguageName | None) -> list[Language]:
    """Return the language of each row, mute in documents that lack capitals or stops."""
    languages = languages_of(paragraphs, language)
    numbers = paragraphs["document_id"].factorize()[0]
    order = np.argsort(numbers, kind="stable")
    rows = zip(numbers[order].tolist(), _texts(paragraphs["text"].take(order)), strict=True)
    missing = [
        _are_unmarked([text for _, text in own]) for _, own in groupby(rows, key=itemgetter(0))
    ]
    if not any(missing):
        return languages
    return [
        own.mute if missing[number] else own
        for own, number in zip(languages, numbers.tolist(), strict=True)
    ]


def tell_unmarked(texts: Iterable[str]) -> list[str]:
    """Say how many documents lack capitals or stops, and what becomes of them."""
    number = sum(marks_of(text).are_missing for text in texts)
    if not number:
        return []
    return [
        f"{number:,} document{'s have' if number > 1 else ' has'} no capitals or no full stops: "
        "voice, speaker and certainty stay null; reading_report lists such documents as unmarked"
    ]


def _are_unmarked(texts: Sequence[str]) -> bool:
    """Tell whether the paragraphs of a document lack capitals or stops."""
    latin: list[str] = []
    other: list[str] = []
    for text in texts:
        (latin if _is_latin(text) else other).append(text)
    # One long text is counted sooner than many short ones.
    whole = " ".join(latin)
    if not other and _is_surely_marked(whole):
        return False
    counts = zip(_count(whole, True), _count(" ".join(other), False), strict=True)
    return Marks(*map(sum, counts)).are_missing


def _is_surely_marked(text: str) -> bool:
    """Tell of most Latin texts that nothing is missing, by bounds: words need not be counted."""
    written = text.encode(errors="surrogatepass")
    n_capitals, n_blanks = (
        len(written) - len(written.translate(None, kind)) for kind in (_CAPITALS, _WHITE)
    )
    has_stops = n_blanks < _LONGEST_SENTENCE * (text.count(". ") + 1)
    return has_stops and _LEAST_CAPITALS * len(text) <= n_capitals <= text.count("e")


def _texts(texts: pd.Series) -> Iterator[str]:
    """Yield texts, turning few of them at a time into Python's strings."""
    for first in range(0, len(texts), _ROWS_AT_A_TIME):
        yield from texts.iloc[first : first + _ROWS_AT_A_TIME].tolist()
