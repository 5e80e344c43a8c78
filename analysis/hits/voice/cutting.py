# cython: annotation_typing=False, boundscheck=False
"""Sentences cut into words: where each stands, of what kinds it is, what stands before it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from analysis.hits.voice.quotes import Quote
from analysis.hits.voice.words import (
    BREAK,
    COLON,
    COMMA,
    NOTHING,
    QUOTED,
    STOP,
    VoiceWords,
    is_letter,
    joins,
    next_key,
)

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
        self.form: list[str] = []
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
        n_quotes = bisect_left(quotes, (stop,))
        number = bisect_right(quotes, (at,)) - 1 if n_quotes else 0
        number = max(number, 0)
        gap, quote = NOTHING, -1
        while at < stop:
            while number < n_quotes and (quotes[number].end <= at or quotes[number].scare):
                number += 1
            if number < n_quotes and quotes[number].start <= at:
                gap, quote = QUOTED, number
                at = max(quotes[number].end, at + 1)
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
            place = lists.place_of(text, first, at, key)
            self.form.append(lists.forms[place])
            self.start[self.n] = first
            self.end[self.n] = at
            self.kinds[self.n] = lists.kinds_at[place]
            self.gap[self.n] = gap
            self.quote[self.n] = quote
            self.n += 1
            gap, quote = NOTHING, -1
        self.last_gap, self.last_quote = gap, quote

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
