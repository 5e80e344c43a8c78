"""Sentence boundaries within a paragraph, by rules and a list of abbreviations."""

import re
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from analysis.languages.language import Language, any_of, load_language

# Quotation marks, brackets and marks of emphasis behind a stop belong to the sentence it
# ends; before a word they belong to the sentence it begins. Zero-width characters are no bar.
_QUOTES = "\"'\u2018\u2019\u201c\u201d\u00ab\u00bb\u2039\u203a"
_ZERO_WIDTH = "\u200b-\u200f\u2060\ufeff"
_CLOSERS = rf"[{_QUOTES}{_ZERO_WIDTH})\]}}*_\u300d\u300f\u300b\uff09]"
_OPENERS = rf"[{_QUOTES}{_ZERO_WIDTH}\u201a\u201e`(\[{{*_\u300c\u300e\u300a\uff08\u00a1\u00bf]"
_DASHES = "\\-\u2010-\u2015"
_BULLETS = rf"[{_DASHES}\u2022\u2023\u25cf\u00b7]"

_STOPS = ".!?\u2026"
_UNSPACED_STOPS = "\u3002\uff01\uff1f\uff61"
_OTHER_STOPS = "\u0964\u0965\u061f\u06d4\u0589\u1362\u1367\u17d4\u104b"

# A run of stops is one stop, even when spaced. The looks back keep a long run that is no
# stop (as in "......x") from being tried again from each of its characters; one class comes
# first, because the search for a class is fast.
_STOP = re.compile(
    rf"[{_STOPS}{_OTHER_STOPS}{_UNSPACED_STOPS}](?:"
    rf"(?<=[{_UNSPACED_STOPS}])[{_UNSPACED_STOPS}]*+{_CLOSERS}*+"
    rf"|(?<![{_STOPS}][{_STOPS}])(?<![{_STOPS}][ \u00a0][{_STOPS}])(?<![{_UNSPACED_STOPS}])"
    rf"[{_STOPS}{_OTHER_STOPS}]*+(?:[ \u00a0]?[{_STOPS}]++)*(?![ \u00a0]?[{_STOPS}])"
    rf"(?:['\u2019)]*+\u201d(?=[A-Z\u201c])|{_CLOSERS}*+(?:\[\d{{1,3}}\])*(?=\s)))"
)
_NEXT = re.compile(
    rf"\s*+(?:(?:{_OPENERS}|{_BULLETS})\s?){{0,6}}(?:([^\W\d_][\w'\u2019.&-]{{0,24}}+)|(\S))?"
)
_DASH = re.compile(rf"\s+[{_DASHES}]")
_SPACE = re.compile(r"\s*")
_WORD_EDGE = re.compile(rf"^{_OPENERS}+|[(\[/\u2026\u201c]|{_BULLETS}")
_INNER_STOPS = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")
_ROMAN = re.compile(r"(?!I\Z)[IVXLCDM]+")
_APOSTROPHE = re.compile("['\u2019]")
_QUOTED = re.compile(rf"[{_STOPS} \u00a0]+[{_QUOTES}]")
_MORE_STOPS = frozenset(f"{_STOPS} \u00a0")
_GOES_ON = frozenset(",;:)]}%/&")
_LONGEST_WORD = 24

# Without a C compiler at set-up there is only the loop below: the same spans, later.
QUICK_PATH = find_spec("analysis.text.boundaries") is not None


class Sentences:
    """The rules of one language: what ends a sentence, and what does not."""

    def __init__(self, language: Language) -> None:
        words = language.words["abbreviations"]
        self._titles, self._abbreviations = words["titles"], words["abbreviations"]
        self._before_numbers, self._openers = words["before_numbers"], words["openers"]
        self._times, self._time_words = words["times"], words["time_words"]
        # "Marr said", "President Holt asked"; but not "They said", which opens a sentence.
        self._speaker = re.compile(
            rf"\s+(?!{any_of(self._openers)}\s)(?:[A-Z][\w.'\u2019-]{{0,24}}+\s){{1,4}}?"
            rf"{any_of(words['speech_verbs'])}\b"
        )
        self._splitter: Any = None
        if QUICK_PATH:
            self._splitter = import_module("analysis.text.boundaries").Splitter(
                _STOPS + _OTHER_STOPS + _UNSPACED_STOPS,
                self._titles | self._abbreviations | self._before_numbers,
                self._judge,
                _after_space,
            )

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Find the sentences of a paragraph."""
        begin, last = len(text) - len(text.lstrip()), len(text.rstrip())
        if self._splitter is None:
            return self.spans_by_rules(text, begin, last)
        found: list[tuple[int, int]] = self._splitter.spans(str(text), begin, last)
        return found

    def count(self, text: str) -> int:
        """Count the sentences of a paragraph."""
        begin, last = len(text) - len(text.lstrip()), len(text.rstrip())
        if self._splitter is None:
            return len(self.spans_by_rules(text, begin, last))
        return int(self._splitter.count(str(text), begin, last))

    def spans_by_rules(self, text: str, begin: int, last: int) -> list[tuple[int, int]]:
        """Find the sentences between two places of a text, asking the rules about every mark."""
        spans: list[tuple[int, int]] = []
        for stop in _STOP.finditer(text, begin, last):
            if stop.start() > begin and self._ends(text, begin, stop, last):
                spans.append((begin, stop.end()))
                begin = _after_space(text, stop.end())
        if begin < last:
            spans.append((begin, last))
        return spans

    def _judge(self, text: str, begin: int, at: int, last: int) -> tuple[int, bool]:
        """Return the end of a mark, and whether a sentence ends there; -1 for no mark."""
        stop = _STOP.match(text, at, last)
        if stop is None:
            return -1, False
        return stop.end(), at > begin and self._ends(text, begin, stop, last)

    def _ends(self, text: str, begin: int, stop: re.Match[str], last: int) -> bool:
        """Tell whether a stop ends the sentence that starts at `begin`."""
        following = _NEXT.match(text, stop.end(), last)
        word, sign = following.groups() if following else (None, None)
        if word is None and (sign is None or sign in _GOES_ON):
            return False
        marks = stop.group()
        if marks[0] in _UNSPACED_STOPS or marks[0] in _OTHER_STOPS:
            return True
        # Names such as iPhone and al-Qaeda open sentences too.
        if word is not None and word[0].islower() and word[:4].islower():
            return False
        if marks[0] != "." or marks[1:2] in _MORE_STOPS:
            return not (_QUOTED.match(marks) and self._speaker.match(text, stop.end(), last))
        previous = _word_before(text, begin, stop.start())
        if len(previous) <= 3 and previous.isdigit() and stop.start() - len(previous) == begin:
            return False
        # A dash after an abbreviation goes on, as in "HELENA, Mont. - The governor".
        return self._ends_after(previous, None if _DASH.match(text, stop.end()) else word)

    def _ends_after(self, previous: str, following: str | None) -> bool:
        """Tell whether a sentence ends between the words before and after a full stop."""
        if len(previous) > 1 and previous.isupper() and "." not in previous:
            previous = previous.capitalize()
        if previous in self._titles:
            return False
        if previous in self._before_numbers:
            return following is not None and not _ROMAN.fullmatch(following)
        if previous.lower() in self._times:
            return following is not None and following.replace(".", "") not in self._time_words
        if (
            previous in self._abbreviations
            or (len(previous) == 1 and previous.isalpha())
            or _INNER_STOPS.fullmatch(previous)
        ):
            return following is not None and _APOSTROPHE.split(following)[0] in self._openers
        return True


# The rules of a language, made once.
sentences_of = lru_cache(maxsize=32)(Sentences)


def sentence_spans(text: str, language: Language | None = None) -> list[tuple[int, int]]:
    """Find the sentences of a paragraph, in English if no language is given."""
    return sentences_of(language or load_language()).spans(text)


def _after_space(text: str, at: int) -> int:
    # An empty match is a match, so there always is one.
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


def _word_before(text: str, begin: int, stop: int) -> str:
    """Return the word before a stop, cut off at the left where it is very long."""
    words = text[max(begin, stop - _LONGEST_WORD) : stop].split()
    return _WORD_EDGE.split(words[-1])[-1] if words else ""
