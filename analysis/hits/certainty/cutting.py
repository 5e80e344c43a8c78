# cython: annotation_typing=False, cdivision=True, infer_types=True, boundscheck=False
"""Sentences cut into words: where each stands, of what kinds, what stands before, what reaches."""

from analysis.hits.certainty.words import BREAK, CLOSE, COMMA, NOTHING, OPEN, CertaintyWords
from analysis.hits.voice.words import is_letter, joins, next_key

_FIELDS = 9
# What a word is to the cues.
NO_CUE, IN_CUE, BEHIND_CUE, OPENS_CONDITION = range(4)
# Marks within words and numbers; what a hyphen joins is one word here.
_WITHIN = "'\u2019.,-"
_GAPS = {",": COMMA, "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE} | dict.fromkeys(
    ";:\u2014", BREAK
)


class Words:
    """The words of a sentence, each field an array with one value a word."""

    def __init__(self, text: str, begin: int, stop: int, lists: CertaintyWords) -> None:
        self.text = text
        self.begin = begin
        self.stop = stop
        self.n = 0
        self.lists = lists
        self._lay_out()
        self._cut()

    def _lay_out(self) -> None:
        # At worst every other character is a word.
        most = (self.stop - self.begin) // 2 + 1
        fields = self.lists.room(_FIELDS * most)
        self.start = fields[:most]
        self.end = fields[most : 2 * most]
        self.kinds = fields[2 * most : 3 * most]
        self.gap = fields[3 * most : 4 * most]
        # The clause that a word stands in; numbers of the hedge and the negation that reach it,
        # counted from 1; and whether that denies whatever it is, or events alone.
        self.clause = fields[4 * most : 5 * most]
        self.hedge = fields[5 * most : 6 * most]
        self.denial = fields[6 * most : 7 * most]
        self.whole = fields[7 * most : 8 * most]
        self.role = fields[8 * most :]

    def _cut(self) -> None:
        text, stop, lists = self.text, self.stop, self.lists
        at = self.begin
        gap = NOTHING
        while at < stop:
            character = text[at]
            if not is_letter(character):
                if character != " ":
                    gap = max(gap, _gap(text, at, stop))
                at += 1
                continue
            first, key = at, 1
            while at < stop and (is_letter(text[at]) or joins(text, at, stop, _WITHIN)):
                key = next_key(key, text[at])
                at += 1
            self.start[self.n] = first
            self.end[self.n] = at
            self.kinds[self.n] = lists.kinds_at[lists.place_of(text, first, at, key)]
            self.gap[self.n] = gap
            self.n += 1
            gap = NOTHING

    def at(self, place: int) -> int:
        """Return the number of the word at a place, or before it."""
        low, high = 0, self.n
        while low + 1 < high:
            middle = (low + high) // 2
            if self.start[middle] <= place:
                low = middle
            else:
                high = middle
        return low

    def is_of(self, word: int) -> bool:
        """Tell whether a word is "of"."""
        return self.text[self.start[word] : self.end[word]] == "of"

    def kinds_before(self, word: int) -> int:
        """Return the kinds of the word before one; 0 where more than a space parts them."""
        return self.kinds[word - 1] if word > 0 and self.gap[word] == NOTHING else 0

    def joined(self, word: int) -> bool:
        """Tell whether there is such a word, and nothing but a space before it."""
        return word < self.n and self.gap[word] == NOTHING


def _gap(text: str, at: int, stop: int) -> int:
    character = text[at]
    if character in "-\u2013":
        spaced = at + 1 < stop and (text[at + 1].isspace() or text[at + 1] == "-")
        return BREAK if spaced else NOTHING
    if character == "." and text[at + 1 : at + 2] == ".":
        return BREAK
    # A quotation mark beside a comma or a stop sets speech off; others only pick out words.
    if character in '"\u201c\u201d\u201e\u00ab\u00bb' and at > 0:
        beside = text[at - 1]
        if beside.isspace() and at > 1:
            beside = text[at - 2]
        return BREAK if beside in ",.!?\u2026" else NOTHING
    return _GAPS.get(character, NOTHING)
