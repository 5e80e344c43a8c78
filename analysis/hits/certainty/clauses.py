# cython: annotation_typing=False, cdivision=True, infer_types=True, boundscheck=False
"""Sentences cut into clauses, without a parser: by marks and by listed words."""

from collections.abc import Sequence

from analysis.hits.certainty.cutting import BEHIND_CUE, IN_CUE, OPENS_CONDITION, Words
from analysis.hits.certainty.phrases import has_subject, opens_clause
from analysis.hits.certainty.words import (
    AUXILIARY,
    BREAK,
    CLOSE,
    COMMA,
    COMPLEMENTIZER,
    CONTRAST,
    COORDINATOR,
    DETACHED,
    GERUND,
    LINKING,
    NOTHING,
    OPEN,
    PARTICIPLE,
    PAST,
    REGULAR_PAST,
    RELATIVE,
    SUBORDINATOR,
    TELLING,
)


class Clauses:
    """The clauses of a sentence, each field an array with one value a clause."""

    def __init__(self, words: Words, edges: Sequence[tuple[int, bool]]) -> None:
        self.words = words
        self.n = 0
        self.edges = edges
        self._lay_out()

    def _lay_out(self) -> None:
        most = max(self.words.n, 1)
        fields = self.words.lists.room(7 * most)
        self.first = fields[:most]
        self.last = fields[most : 2 * most]
        # The clause before, the one that it completes ("says that …"), and the one that hangs
        # on it where it is a condition; or -1.
        self.before = fields[2 * most : 3 * most]
        self.above = fields[3 * most : 4 * most]
        self.main = fields[4 * most : 5 * most]
        # The hedge that reaches all of a clause, counted from 1.
        self.hedge = fields[5 * most : 6 * most]
        # Whether it says what somebody said.
        self.reported = fields[6 * most :]

    def number(self) -> None:
        """Give every word its clause."""
        words = self.words
        n_edges = len(self.edges)
        edge = 0
        current = interrupted = outside = opener = -1
        has_verb = opening = has_comma = False
        for word in range(words.n):
            kind, gap = words.kinds[word], words.gap[word]
            role = words.role[word]
            at_condition = role == OPENS_CONDITION
            at_edge = opens = False
            while edge < n_edges and self.edges[edge][0] <= words.start[word]:
                at_edge, opens = True, self.edges[edge][1]
                edge += 1
            empty = current >= 0 and self.first[current] == word - 1
            if word == 0 or gap == BREAK:
                current = self._new(-1, -1, word)
                interrupted = outside = -1
                opening = kind & (SUBORDINATOR | REGULAR_PAST | GERUND) != 0 or at_condition
                opener = current
                has_verb = False
            elif role == IN_CUE:
                pass
            elif gap == OPEN:
                outside = current
                current = self._new(current, -1, word)
            elif gap == CLOSE and outside >= 0:
                current, outside = outside, -1
            elif (
                (kind & (SUBORDINATOR | RELATIVE) and not kind & PARTICIPLE)
                or at_condition
                or at_edge
                or (kind & COMPLEMENTIZER and self._is_complement(word))
            ):
                if not (role == BEHIND_CUE and (kind & COMPLEMENTIZER or opens)):
                    inherits = kind & COMPLEMENTIZER != 0 or (at_edge and opens)
                    bare = empty and words.kinds[word - 1] & (
                        COMPLEMENTIZER | CONTRAST | COORDINATOR
                    )
                    opens_here = bare != 0 and (kind & SUBORDINATOR != 0 or at_condition)
                    opening = opening or opens_here
                    above = current if inherits else self.above[current] if bare else -1
                    # A clause between commas, and the clause around it goes on behind.
                    interrupted = current if gap == COMMA and not opening else -1
                    reported = above >= 0 and (
                        (inherits and self._tells(word)) or self.reported[current] != 0
                    )
                    current = self._new(current, above, word)
                    self.reported[current] = reported
                    opener = current if opens_here else opener
                    has_verb = False
            elif kind & CONTRAST or (
                kind & COORDINATOR and opens_clause(words, word, has_verb, has_comma)
            ):
                reported = self.reported[current] != 0
                current = self._new(current, -1, word)
                self.reported[current] = reported
                interrupted = -1
                has_verb = opening = False
            elif gap <= COMMA and kind & LINKING and has_subject(words, word + 1):
                current = self._new(current, -1, word)
                interrupted = -1
                has_verb = opening = False
            elif gap == COMMA and opening:
                main = self._new(opener, self.above[opener], word)
                self.main[opener] = main
                current = main
                has_verb = opening = False
            elif gap == COMMA and interrupted >= 0:
                current, interrupted = interrupted, -1
            elif gap == COMMA and kind & (GERUND | DETACHED) and word > 0:
                # ", leading to …", ", with …": judged by themselves.
                interrupted = current
                current = self._new(current, -1, word)
            if kind & (AUXILIARY | PAST | REGULAR_PAST):
                has_verb = True
            has_comma = self.first[current] != word and (has_comma or gap == COMMA)
            words.clause[word] = current
            self.last[current] = word

    def _tells(self, word: int) -> bool:
        """Tell whether a past tense that reports stands before a clause: "announced that …"."""
        words = self.words
        low = max(word - 4, 0)
        for at in range(word - 1, low - 1, -1):
            if words.kinds[at] & TELLING:
                return True
        return False

    def _is_complement(self, word: int) -> bool:
        """Tell whether "that" opens a clause: not "that attack", nor a sentence's first."""
        words = self.words
        if word + 1 >= words.n:
            return False
        return not words.kinds[word + 1] & (AUXILIARY & ~PAST) or words.gap[word] == NOTHING

    def _new(self, before: int, above: int, word: int) -> int:
        number = self.n
        self.before[number] = before
        self.above[number] = above
        self.main[number] = -1
        self.first[number] = self.last[number] = word
        self.n += 1
        return number

    def depending(self, own: int) -> int:
        """Return the clause that hangs on a condition: behind it where it opens, or before it."""
        return self.main[own] if self.main[own] >= 0 else self.before[own]
