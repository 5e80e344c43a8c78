# cython: annotation_typing=False, cdivision=True
"""Which words of a sentence its hedges and negations reach, clause by clause."""

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from analysis.hits.certainty.cutting import cut_words
from analysis.hits.certainty.words import (
    ASIDE,
    ATTRIBUTIVE,
    AUXILIARY,
    BE,
    BREAK,
    CLAUSE,
    COMMA,
    COMPLEMENT,
    COMPLEMENTIZER,
    CONDITION,
    CONTRAST,
    COORDINATOR,
    DEGREE,
    DETERMINER,
    FOLLOWING,
    FUNCTION,
    LEADING,
    MODIFIER,
    NONE,
    NOTHING,
    PAST,
    PHRASE,
    QUESTION,
    RAISING,
    REGULAR_PAST,
    RELATIVE,
    SUBJECT,
    SUBORDINATOR,
    VERB,
    ClauseWords,
)

# A that-clause is followed so many clauses far, where the end of a scope is told.
_CLAUSES_ON = 50
# So far the search for the verb of a new clause goes.
_WORDS_TO_VERB = 12


class Cue(NamedTuple):
    """A hedge or a negation: where it stands, how far its kind reaches, and which it is."""

    start: int
    end: int
    reach: int
    negates: bool
    entry: int = -1


class Clauses:
    """A sentence cut into clauses, and which of its cues reaches which of its words."""

    def __init__(
        self,
        text: str,
        begin: int,
        stop: int,
        cues: Sequence[Cue],
        edges: Sequence[tuple[int, bool]],
        lists: ClauseWords,
    ) -> None:
        self.lists = lists
        self.n_words, self.words = cut_words(text, begin, stop, lists)
        self.n_clauses = 0
        self.cues = cues
        self.clauses = array("l", bytes(_LONG * 9 * max(self.n_words, 1)))
        self.reaches = array("l", bytes(_LONG * max(3 * len(cues), 1)))
        if self.n_words:
            _settle(self, text)
            _number(self, edges)
            _apply(self)

    def scope(self, number: int) -> tuple[int, int] | None:
        """Return where the scope of a cue starts and ends; None where it reaches nothing."""
        n = self.n_words
        reach = self.reaches[3 * number]
        if reach == NONE or not n:
            return None
        cue = self.cues[number]
        word = self.reaches[3 * number + 1]
        last = self.reaches[3 * number + 2]
        if reach == PHRASE or reach == ASIDE:
            return cue.start, self.words[8 * _span_end(self, reach, last) + 1]
        if reach == QUESTION:
            return self.words[8 * _question_start(self, number)], cue.end
        own = self.words[8 * word + 4]
        first = self.words[8 * self.clauses[9 * own + 3]]
        end = self.words[8 * self.clauses[9 * own + 4] + 1]
        if reach == FOLLOWING:
            return cue.start, max(_following_end(self, own, last, end), cue.end)
        other = _depending(self, own) if reach == CONDITION else -1
        if other >= 0:
            first = min(first, self.words[8 * self.clauses[9 * other + 3]])
            end = max(end, self.words[8 * self.clauses[9 * other + 4] + 1])
        return first, end

    def decides(self, place: int) -> int:
        """Return the cue that makes a place hedged or negated; -1 where it is asserted."""
        if not self.n_words:
            return -1
        word = _word_at(self, place)
        clause = self.words[8 * word + 4]
        whole = 9 * clause
        hedge = self.words[8 * word + 5]
        if hedge < 0:
            hedge = self.clauses[whole + 6]
            if hedge >= 0 and self.cues[hedge].start <= place < self.cues[hedge].end:
                hedge = self.clauses[whole + 5] if self.clauses[whole + 5] != hedge else -1
        if hedge >= 0:
            # What a denial reaches together with its hedge is denied.
            of_hedge = self.reaches[3 * hedge + 1]
            denial = self.words[8 * of_hedge + 6]
            odd = self.words[8 * of_hedge + 7] % 2
            return denial if odd and self.cues[denial].end <= place else hedge
        negation = self.words[8 * word + 6]
        number = self.words[8 * word + 7]
        if self.clauses[whole + 8]:
            own = self.clauses[whole + 7]
            number += self.clauses[whole + 8]
            if self.cues[own].start <= place < self.cues[own].end:
                number -= 1
            negation = max(negation, own)
        return negation if number % 2 else -1


_LONG = array("l").itemsize


def _word_at(self: Clauses, place: int) -> int:
    """Return the number of the word at a place, or before it."""
    low, high = 0, self.n_words
    while low + 1 < high:
        middle = (low + high) // 2
        if self.words[8 * middle] <= place:
            low = middle
        else:
            high = middle
    return low


def _settle(self: Clauses, text: str) -> None:
    """Settle by the neighbouring words how far each cue reaches."""
    for number in range(len(self.cues)):
        cue = self.cues[number]
        word = _word_at(self, cue.start)
        last = _word_at(self, cue.end - 1)
        self.reaches[3 * number] = _settled(self, text, cue, word, last)
        self.reaches[3 * number + 1] = word
        self.reaches[3 * number + 2] = last
        previous = number - 1
        # "did not fail to": two negations side by side are none, also for the subject.
        if (
            previous >= 0
            and cue.negates
            and self.cues[previous].negates
            and self.reaches[3 * number] == FOLLOWING
            and self.reaches[3 * previous] == CLAUSE
            and word - self.reaches[3 * previous + 2] == 1
        ):
            self.reaches[3 * number] = self.reaches[3 * previous] = NONE


def _settled(self: Clauses, text: str, cue: Cue, word: int, last: int) -> int:
    reach = cue.reach
    words = self.words
    gap = words[8 * word + 3]
    previous = words[8 * word - 6] if word > 0 and gap == NOTHING else 0
    own = words[8 * word + 2]
    if reach == CLAUSE:
        # "the police, not the army, …": no more than what stands between the commas.
        if cue.negates and text[cue.start : cue.end] in self.lists.asides:
            if word > 0 and gap == COMMA:
                return ASIDE
            if previous & (COORDINATOR | CONTRAST):
                return FOLLOWING
        return CLAUSE
    if reach != VERB and reach != MODIFIER:
        return reach
    passive = (previous | own) & BE
    # "suspected militants", after an article, a preposition, or as the first word.
    attributive = word == last and own & ATTRIBUTIVE
    if reach == VERB and attributive and not passive:
        if not previous or previous & (DETERMINER | FUNCTION):
            return FOLLOWING if _leads_on(self, last) else PHRASE
    if reach == VERB:
        return CLAUSE if passive or own & RAISING else FOLLOWING
    if attributive:
        return CLAUSE if passive or previous & (DEGREE | AUXILIARY) else PHRASE
    if own & COMPLEMENT or _leads_on(self, last):
        return FOLLOWING
    return ASIDE if _is_set_off(self, word, last) else CLAUSE


def _leads_on(self: Clauses, last: int) -> bool:
    """Tell whether a cue ends in a word that opens its complement, or one follows."""
    words = self.words
    if words[8 * last + 2] & LEADING:
        return True
    following = last + 1
    return (
        following < self.n_words
        and words[8 * following + 3] == NOTHING
        and words[8 * following + 2] & LEADING != 0
    )


def _is_set_off(self: Clauses, word: int, last: int) -> bool:
    """Tell whether a cue and some words behind it, but no verb, stand between commas."""
    words = self.words
    if word == 0 or words[8 * word + 3] != COMMA:
        return False
    at = last + 1
    limit = min(self.n_words, at + _WORDS_TO_VERB)
    while at < limit and words[8 * at + 3] == NOTHING:
        if words[8 * at + 2] & (AUXILIARY | PAST | SUBJECT):
            return False
        at += 1
    return at > last + 1 and (at >= self.n_words or words[8 * at + 3] != NOTHING)


def _span_end(self: Clauses, reach: int, last: int) -> int:
    """Return the last word of the phrase behind a cue, or of the words up to the next mark."""
    words = self.words
    at = last
    n_words = self.lists.phrase_words if reach == PHRASE else _WORDS_TO_VERB
    limit = min(self.n_words - 1, last + n_words)
    while at < limit and words[8 * at + 11] == NOTHING:
        kind = words[8 * at + 10]
        if reach == PHRASE:
            if kind & (FUNCTION | AUXILIARY | PAST | SUBORDINATOR | RELATIVE):
                break
            # "suspected armed men shelled the base": a verb comes after the noun.
            if at > last and kind & (REGULAR_PAST | DETERMINER):
                break
        at += 1
    return at


def _following_end(self: Clauses, own: int, last: int, end: int) -> int:
    """Return where the that-clauses end that go on from a clause behind a cue."""
    furthest = own
    limit = min(self.n_clauses, own + _CLAUSES_ON)
    for clause in range(own + 1, limit):
        above = self.clauses[9 * clause + 1]
        if own <= above <= furthest and self.clauses[9 * clause + 3] > last:
            furthest = clause
            end = max(end, self.words[8 * self.clauses[9 * clause + 4] + 1])
    return end


def _question_start(self: Clauses, number: int) -> int:
    """Return the word at which the words begin that a question mark ends."""
    words = self.words
    word = self.reaches[3 * number + 1]
    after = 0
    if number > 0:
        # The question before this one, if any, ends there.
        previous = number - 1
        while previous > 0 and self.reaches[3 * previous] != QUESTION:
            previous -= 1
        if self.reaches[3 * previous] == QUESTION:
            after = self.reaches[3 * previous + 1] + 1
    while word > after and words[8 * word + 3] != BREAK:
        word -= 1
    return word


def _number(self: Clauses, edges: Sequence[tuple[int, bool]]) -> None:
    """Give every word its clause, and the cues that reach it from before."""
    words, clauses, cues, reaches = self.words, self.clauses, self.cues, self.reaches
    n_cues = len(cues)
    n_edges = len(edges)
    cue = edge = 0
    current = interrupted = -1
    has_verb = opening = has_comma = False
    for word in range(self.n_words):
        start = words[8 * word]
        kind = words[8 * word + 2]
        gap = words[8 * word + 3]
        behind_cue = False
        while cue < n_cues and reaches[3 * cue + 2] < word:
            behind_cue = reaches[3 * cue + 2] == word - 1
            cue += 1
        if cue > 0 and reaches[3 * cue - 1] == word - 2 and words[8 * word - 6] & COMPLEMENTIZER:
            behind_cue = True
        first_of_cue = cue < n_cues and reaches[3 * cue + 1] == word
        in_cue = cue < n_cues and reaches[3 * cue + 1] < word
        at_condition = first_of_cue and reaches[3 * cue] == CONDITION
        at_edge = opens = False
        while edge < n_edges and edges[edge][0] <= start:
            at_edge, opens = True, edges[edge][1]
            edge += 1
        if word == 0 or gap == BREAK:
            current = _new(self, -1, -1, word)
            interrupted = -1
            opening = kind & SUBORDINATOR != 0 or at_condition
            has_verb = False
        elif in_cue:
            pass
        elif kind & (SUBORDINATOR | RELATIVE | COMPLEMENTIZER) or at_condition or at_edge:
            if not (behind_cue and (kind & COMPLEMENTIZER or opens)):
                inherits = kind & COMPLEMENTIZER or (at_edge and opens)
                empty = clauses[9 * current + 3] == word - 1 and words[8 * word - 6] & (
                    COMPLEMENTIZER | CONTRAST | COORDINATOR
                )
                opening = empty != 0 and (kind & SUBORDINATOR != 0 or at_condition)
                above = current if inherits else clauses[9 * current + 1] if empty else -1
                # A clause between commas, and the clause around it goes on behind.
                interrupted = current if gap == COMMA and not opening else -1
                current = _new(self, current, above, word)
                has_verb = False
        elif kind & CONTRAST or (
            kind & COORDINATOR and _opens_clause(self, word, has_verb, has_comma)
        ):
            current = _new(self, current, -1, word)
            interrupted = -1
            has_verb = opening = False
        elif gap == COMMA and opening:
            main = _new(self, current, clauses[9 * current + 1], word)
            clauses[9 * current + 2] = main
            current = main
            has_verb = opening = False
        elif gap == COMMA and interrupted >= 0:
            current, interrupted = interrupted, -1
        if kind & (AUXILIARY | PAST | REGULAR_PAST):
            has_verb = True
        has_comma = clauses[9 * current + 3] != word and (has_comma or gap == COMMA)
        words[8 * word + 4] = current
        clauses[9 * current + 4] = word


def _new(self: Clauses, before: int, above: int, word: int) -> int:
    number = self.n_clauses
    clauses = self.clauses
    clauses[9 * number] = before
    clauses[9 * number + 1] = above
    clauses[9 * number + 2] = -1
    clauses[9 * number + 3] = word
    clauses[9 * number + 5] = -1
    clauses[9 * number + 6] = -1
    clauses[9 * number + 7] = -1
    self.n_clauses = number + 1
    return number


def _opens_clause(self: Clauses, word: int, has_verb: bool, has_comma: bool) -> bool:
    """Tell whether "and" opens a clause of its own: with a subject, or a finite verb, behind it."""
    words = self.words
    at = word + 1
    if at >= self.n_words:
        return False
    kind = words[8 * at + 2]
    if kind & (SUBJECT | AUXILIARY):
        return True
    if not has_verb:
        return False
    # ", and the": a new subject, unless a list with commas goes on.
    if kind & DETERMINER and words[8 * word + 3] == COMMA and not has_comma:
        return True
    at += 2 if kind & DETERMINER else 1
    limit = min(self.n_words, word + _WORDS_TO_VERB)
    while at < limit and words[8 * at + 3] == NOTHING:
        kind = words[8 * at + 2]
        if kind & (AUXILIARY | PAST):
            return True
        if kind & (SUBORDINATOR | RELATIVE | COMPLEMENTIZER | COORDINATOR | CONTRAST):
            return False
        at += 1
    return False


def _depending(self: Clauses, own: int) -> int:
    """Return the clause that hangs on a condition: behind it where it opens, or before it."""
    main = self.clauses[9 * own + 2]
    return main if main >= 0 else self.clauses[9 * own]


def _apply(self: Clauses) -> None:
    """Note with clauses and words which cues reach them."""
    words, clauses, cues, reaches = self.words, self.clauses, self.cues, self.reaches
    n_cues = len(cues)
    # What reaches on within each clause, as far as the words were read: last hedge, last
    # negation and number of negations. A that-clause begins with what reached its place.
    onward = array("l", bytes(_LONG * 3 * self.n_clauses))
    for clause in range(self.n_clauses):
        onward[3 * clause] = onward[3 * clause + 1] = -1
    cue = 0
    for word in range(self.n_words):
        while cue < n_cues and reaches[3 * cue + 2] < word:
            if reaches[3 * cue] == FOLLOWING:
                own = words[8 * reaches[3 * cue + 2] + 4]
                if cues[cue].negates:
                    onward[3 * own + 1] = cue
                    onward[3 * own + 2] += 1
                else:
                    onward[3 * own] = cue
            cue += 1
        clause = words[8 * word + 4]
        above = clauses[9 * clause + 1]
        if clauses[9 * clause + 3] == word and above >= 0:
            for field in range(3):
                onward[3 * clause + field] = onward[3 * above + field]
        words[8 * word + 5] = onward[3 * clause]
        words[8 * word + 6] = onward[3 * clause + 1]
        words[8 * word + 7] = onward[3 * clause + 2]
    for number in range(n_cues):
        reach = reaches[3 * number]
        last = reaches[3 * number + 2]
        own = words[8 * reaches[3 * number + 1] + 4]
        negates = cues[number].negates
        if reach == PHRASE or reach == ASIDE:
            for word in range(last + 1, _span_end(self, reach, last) + 1):
                _reach_word(self, word, number, negates)
        elif reach == QUESTION:
            for word in range(_question_start(self, number), last + 1):
                _reach_word(self, word, number, negates)
        elif reach == CLAUSE or reach == CONDITION:
            _reach_clause(self, own, number, negates)
            other = _depending(self, own) if reach == CONDITION else -1
            if other >= 0:
                _reach_clause(self, other, number, negates)


def _reach_word(self: Clauses, word: int, number: int, negates: bool) -> None:
    words = self.words
    if negates:
        words[8 * word + 6] = number
        words[8 * word + 7] += 1
    elif words[8 * word + 5] < 0:
        words[8 * word + 5] = number


def _reach_clause(self: Clauses, clause: int, number: int, negates: bool) -> None:
    clauses = self.clauses
    if negates:
        clauses[9 * clause + 7] = number
        clauses[9 * clause + 8] += 1
        return
    if clauses[9 * clause + 5] < 0:
        clauses[9 * clause + 5] = number
    clauses[9 * clause + 6] = number
