# cython: annotation_typing=False, boundscheck=False
"""Sentences cut into words: where each stands, of what kinds it is, what stands before it."""

from collections.abc import Sequence

from analysis.hits.voice.quotes import Quote
from analysis.hits.voice.spans import first_behind
from analysis.hits.voice.words import (
    ADVERB,
    BREAK,
    CAPITAL,
    COLON,
    COMMA,
    FUNCTION,
    NOTHING,
    POSSESSIVE,
    QUOTED,
    STOP,
    TIME,
    VoiceWords,
    is_letter,
    joins,
    next_key,
)

_NO_NAME = FUNCTION | ADVERB | POSSESSIVE
# Marks within words and numbers.
_WITHIN = "'\u2019.,"
_GAPS = {",": COMMA, ":": COLON, ".": STOP, "!": STOP, "?": STOP, "\u2026": STOP} | dict.fromkeys(
    ";\u2014()[]", BREAK
)


class Words:
    """The words of a sentence outside its quotations, each field a list with one value a word."""

    def __init__(
        self, text: str, begin: int, stop: int, quotes: Sequence[Quote], lists: VoiceWords
    ) -> None:
        self.text = text
        self.begin = begin
        self.stop = stop
        self._lay_out(lists)
        self.n = 0
        self.last_gap, self.last_quote = STOP, -1
        self._cut(quotes, lists)

    def _lay_out(self, lists: VoiceWords) -> None:
        # At worst every other character is a word.
        most = (self.stop - self.begin) // 2 + 1
        fields = lists.room(5 * most)
        self.start = fields[:most]
        self.end = fields[most : 2 * most]
        self.kinds = fields[2 * most : 3 * most]
        self.gap = fields[3 * most : 4 * most]
        # The quotation that stands before a word, or -1.
        self.quote = fields[4 * most :]

    def _cut(self, quotes: Sequence[Quote], lists: VoiceWords) -> None:
        text, stop = self.text, self.stop
        at = self.begin
        n_quotes = first_behind(quotes, stop)
        number = max(first_behind(quotes, at) - 1, 0)
        gap, quote = NOTHING, -1
        while at < stop:
            while number < n_quotes:
                ahead = quotes[number]
                if ahead.end > at and not ahead.scare:
                    break
                number += 1
            if number < n_quotes and ahead.start <= at:
                gap, quote = QUOTED, number
                at = max(ahead.end, at + 1)
                continue
            character = text[at]
            if not is_letter(character):
                if gap < QUOTED and character != " ":
                    gap = max(gap, _gap(text, at, stop))
                at += 1
                continue
            first, key = at, 1
            while at < stop and (is_letter(text[at]) or joins(text, at, stop, _WITHIN)):
                key = next_key(key, text[at])
                at += 1
            self.start[self.n] = first
            self.end[self.n] = at
            kinds = lists.kinds_at[lists.place_of(text, first, at, key)]
            if kinds & CAPITAL and gap == NOTHING and self.n and self.kinds[self.n - 1] & CAPITAL:
                kinds = self._in_name(kinds, lists)
            self.kinds[self.n] = kinds
            self.gap[self.n] = gap
            self.quote[self.n] = quote
            self.n += 1
            gap, quote = NOTHING, -1
        self.last_gap, self.last_quote = gap, quote

    def form(self, word: int) -> str:
        """Return a word in small letters."""
        return self.text[self.start[word] : self.end[word]].lower().replace("\u2019", "'")

    def _in_name(self, kinds: int, lists: VoiceWords) -> int:
        """Take words of time within a name for none: "the Sunday Times", "Vell Today"."""
        at = self.n - 1
        if kinds & TIME and kinds & ADVERB and not self.kinds[at] & _NO_NAME:
            # It has a capital, which "today" has not.
            return kinds & ~(TIME | ADVERB)
        if self.kinds[at] & TIME and self.form(self.n) in lists.media:
            while at >= 0 and self.kinds[at] & CAPITAL and self.kinds[at] & TIME:
                self.kinds[at] &= ~(TIME | ADVERB)
                if self.gap[at] != NOTHING:
                    break
                at -= 1
        return kinds

    def gap_before(self, word: int) -> int:
        """Return what stands before a word; behind the last one, the end of the sentence."""
        if word < self.n:
            return self.gap[word]
        return self.last_gap if self.last_gap in (QUOTED, COLON) else STOP

    def quote_before(self, word: int) -> int:
        """Return the quotation before a word, or behind the last one; or -1."""
        return self.quote[word] if word < self.n else self.last_quote

    def at(self, place: int) -> int:
        """Return the first word that does not end before a place."""
        low, high = 0, self.n
        while low < high:
            middle = (low + high) // 2
            if self.end[middle] <= place:
                low = middle + 1
            else:
                high = middle
        return low


def _gap(text: str, at: int, stop: int) -> int:
    character = text[at]
    if character in "-\u2013":
        spaced = (at + 1 < stop and text[at + 1].isspace()) or text[at - 1 : at].isspace()
        return BREAK if spaced or text[at + 1 : at + 2] == "-" else NOTHING
    if character == "." and at >= 1 and at + 1 < stop and text[at + 1] in " ,;:)":
        # The stop of an abbreviation or an initial, as a sentence goes on: "Capt. Davis".
        return NOTHING
    return _GAPS.get(character, NOTHING)
