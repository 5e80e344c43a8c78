# cython: annotation_typing=False, cdivision=True, infer_types=True, boundscheck=False
"""Which words of a sentence its hedges and negations reach."""

from collections.abc import Sequence
from typing import NamedTuple

from analysis.hits.certainty.clauses import Clauses
from analysis.hits.certainty.cutting import BEHIND_CUE, IN_CUE, OPENS_CONDITION, Words
from analysis.hits.certainty.denials import Denials
from analysis.hits.certainty.phrases import has_subject, list_goes_on, opens_clause
from analysis.hits.certainty.words import (
    ABSENCE,
    ACCUSING,
    ADVERB,
    ALTERNATIVE,
    ANY_VERB,
    ASIDE,
    ATTRIBUTIVE,
    AUTHOR,
    AUXILIARY,
    BE,
    BELIEF,
    BREAK,
    CHARGE,
    CLAUSE,
    CLOSE,
    COMMA,
    COMPARING,
    COMPLEMENT,
    COMPLEMENTIZER,
    CONDITION,
    CONTRAST,
    COORDINATOR,
    DETERMINER,
    DOUBTING,
    ENDING,
    FOLLOWING,
    FUNCTION,
    GERUND,
    LEADING,
    LINKING,
    MODIFIER,
    NONE,
    NOTHING,
    OPEN,
    PAST,
    PHRASE,
    PREPOSITION,
    QUESTION,
    QUESTION_WORD,
    RAISING,
    REGULAR_PAST,
    RELATIVE,
    SINCE,
    SUBJECT,
    SUBORDINATOR,
    VERB,
    CertaintyWords,
)

# No scope goes further; so sentences without end take no more time than others.
_LONGEST = 120
_WORDS_TO_VERB = 12
_LIST_ITEM = 5


class Cue(NamedTuple):
    """A hedge or a negation: where it stands, how far its kind reaches, and which it is."""

    start: int
    end: int
    reach: int
    negates: bool
    entry: int = -1
    yields: bool = False


class Scopes:
    """A sentence, its cues, and which of them reaches which of its words."""

    def __init__(
        self,
        text: str,
        begin: int,
        stop: int,
        cues: Sequence[Cue],
        edges: Sequence[tuple[int, bool]],
        credits: Sequence[tuple[int, int]],
        lists: CertaintyWords,
    ) -> None:
        self.credits = credits
        self.cues = cues
        self.words = words = Words(text, begin, stop, lists)
        n = len(cues)
        fields = lists.room(4 * n)
        # How far each cue reaches, its first and last word, and whether it makes a hit uncertain.
        self.reach = fields[:n]
        self.first = fields[n : 2 * n]
        self.last = fields[2 * n : 3 * n]
        self.counts = fields[3 * n : 4 * n]
        self.clauses = Clauses(words, edges)
        if words.n:
            self._place()
            self.clauses.number()
            self._settle()
            self._hedge()
            for cue in cues:
                if cue.negates:
                    Denials(words, self.clauses, self).mark()
                    break

    def scope(self, number: int) -> tuple[int, int] | None:
        """Return where the scope of a cue starts and ends; None where it reaches nothing."""
        words, clauses = self.words, self.clauses
        reach = self.reach[number]
        if reach == NONE or not words.n:
            return None
        cue = self.cues[number]
        if reach == QUESTION:
            return words.start[self._question_start(number)], cue.end
        end = max(words.end[self.scope_end(number)], cue.end)
        own = words.clause[self.first[number]]
        start = cue.start
        if reach in (CLAUSE, CONDITION):
            start = min(start, words.start[clauses.first[own]])
        other = clauses.depending(own) if reach == CONDITION else -1
        if other >= 0:
            start = min(start, words.start[clauses.first[other]])
        return start, end

    def decides(self, place: int, thing: bool) -> int:
        """Return the cue that makes a place hedged or negated; -1 where it is asserted."""
        words = self.words
        if not words.n:
            return -1
        word = words.at(place)
        hedge = words.hedge[word] - 1
        if hedge < 0:
            hedge = self.clauses.hedge[words.clause[word]] - 1
        own = hedge >= 0 and self.reach[hedge] != QUESTION
        if own and self.first[hedge] <= word <= self.last[hedge]:
            hedge = -1
        denial = words.denial[word] - 1
        if denial >= 0 and thing and not words.whole[word]:
            denial = -1
        if denial >= 0 and self.first[denial] <= word <= self.last[denial]:
            if place < self.cues[denial].end:
                denial = -1
        if hedge >= 0:
            # What a denial reaches together with its hedge is denied.
            of_hedge = words.denial[self.first[hedge]] - 1
            asked = self.reach[hedge] == QUESTION
            if not asked and of_hedge >= 0 and self.first[of_hedge] < self.first[hedge]:
                hedge = -1
        if hedge < 0 or denial < 0:
            return max(hedge, denial)
        return denial if self.cues[hedge].yields else hedge

    def _place(self) -> None:
        """Find the words of the cues, and tell clauses of them."""
        words = self.words
        for number in range(len(self.cues)):
            cue = self.cues[number]
            first = words.at(cue.start)
            last = words.at(cue.end - 1)
            self.first[number], self.last[number] = first, last
            if cue.reach == QUESTION:
                continue
            for word in range(first + 1, last + 1):
                words.role[word] = IN_CUE
            if cue.reach == CONDITION:
                words.role[first] = OPENS_CONDITION
            behind = last + 1
            if behind < words.n and words.role[behind] == 0:
                words.role[behind] = BEHIND_CUE
            if words.kinds[last] & COMPLEMENTIZER and behind < words.n:
                words.role[behind] = BEHIND_CUE

    def _settle(self) -> None:
        """Settle by the neighbouring words how far each cue reaches."""
        for number in range(len(self.cues)):
            cue = self.cues[number]
            reach = cue.reach
            self.counts[number] = reach not in (NONE, PHRASE)
            if reach == BELIEF or reach == CHARGE:
                self.counts[number] = self._is_untold(number)
                reach = VERB if reach == BELIEF else MODIFIER
            if reach == VERB or reach == MODIFIER:
                if self._credits(number):
                    self.counts[number] = 0
                reach = self._reach_of(number, reach)
            elif reach == FOLLOWING:
                last = self.last[number]
                about = self.words.kinds[last] & PREPOSITION and not self.words.is_of(last)
                reach = PHRASE if about and not cue.negates else reach
            if cue.yields and self.clauses.reported[self.words.clause[self.first[number]]]:
                # "said it would": what was to come, told later.
                self.counts[number] = 0
            self.reach[number] = reach

    def _credits(self, number: int) -> bool:
        """Tell whether a hedge is what names a source: "she suggested that …"."""
        words = self.words
        cue, first = self.cues[number], self.first[number]
        kinds = words.kinds[first]
        if (
            cue.negates
            or kinds & (ADVERB | BE | DOUBTING | QUESTION_WORD)
            or self._is_passive(first)
        ):
            return False
        if self._is_own(first):
            return False
        if words.joined(self.last[number] + 1) and words.is_of(self.last[number] + 1):
            return False
        for start, end in self.credits:
            if start < cue.end and cue.start < end:
                return True
        return False

    def _is_passive(self, first: int) -> bool:
        """Tell whether a form of be stands before a word, adverbs aside."""
        words = self.words
        before = first - 1
        while before >= 0 and words.gap[before + 1] == NOTHING and words.kinds[before] & ADVERB:
            before -= 1
        return before >= 0 and words.gap[before + 1] == NOTHING and words.kinds[before] & BE != 0

    def _is_untold(self, number: int) -> bool:
        """Tell whether nobody is named who believes or accuses: "was believed", "alleged"."""
        words = self.words
        first, last = self.first[number], self.last[number]
        own = words.kinds[first]
        if own & BE or (not own & (ACCUSING | RAISING) and own & ATTRIBUTIVE):
            return True
        if own & (DOUBTING | QUESTION_WORD) or (
            self.cues[number].reach == CHARGE and not own & ACCUSING
        ):
            return True
        passive = self._is_passive(first)
        if own & ACCUSING:
            return passive or (words.joined(last + 1) and words.is_of(last + 1))
        if passive:
            return True
        return self._is_own(first) or own & (ATTRIBUTIVE | COMPLEMENT) != 0

    def _is_own(self, first: int) -> bool:
        """Tell whether the one who speaks says what they believe: "I personally believe"."""
        words = self.words
        for at in range(max(first - 2, 0), first + 1):
            if words.kinds[at] & AUTHOR:
                return True
        return False

    def _reach_of(self, number: int, reach: int) -> int:
        words = self.words
        first, last = self.first[number], self.last[number]
        before = words.kinds_before(first)
        own = words.kinds[first] | words.kinds[last]
        passive = (before | own) & BE
        # "suspected militants", after an article, a preposition, or as the first word.
        attributive = first == last and own & ATTRIBUTIVE
        if reach == VERB and attributive and not passive:
            if not before or before & (DETERMINER | FUNCTION):
                return FOLLOWING if self._leads_on(last) else PHRASE
        if reach == VERB:
            return CLAUSE if passive or own & RAISING else FOLLOWING
        behind = words.kinds[last + 1] if words.joined(last + 1) else 0
        if own & ADVERB and not passive:
            # "perhaps the most", "apparently referring to", "allegedly by": the words behind.
            if behind & (DETERMINER | GERUND | PREPOSITION | ADVERB) and not before & AUXILIARY:
                return ASIDE if behind & (GERUND | PREPOSITION) else PHRASE
        if attributive and words.joined(last + 1) and words.is_of(last + 1):
            # "the potential of": a noun.
            self.counts[number] = 0
        if attributive:
            return CLAUSE if passive or before & (ADVERB | AUXILIARY) else PHRASE
        if own & COMPLEMENT or self._leads_on(last):
            if not self._leads_on(last) and not own & (ACCUSING | REGULAR_PAST):
                # "Following accusations the army left".
                self.counts[number] = 0
            return FOLLOWING
        return CLAUSE

    def _leads_on(self, last: int) -> bool:
        """Tell whether a cue ends in a word that opens its complement, or one follows."""
        words = self.words
        if words.kinds[last] & LEADING:
            return True
        return words.joined(last + 1) and words.kinds[last + 1] & LEADING != 0

    def scope_end(self, number: int) -> int:
        """Return the last word that a cue reaches on its right."""
        words = self.words
        last = self.last[number]
        cue = self.cues[number]
        reach = self.reach[number]
        if self.is_prefix(number):
            return last
        limit = min(words.n, last + _LONGEST)
        nominal = reach in (ABSENCE, PHRASE) or (
            reach == FOLLOWING and words.kinds[self.first[number]] & COMPLEMENT != 0
        )
        long = (
            reach == FOLLOWING
            and not cue.negates
            and (
                words.kinds[last] & COMPLEMENTIZER
                or (last + 1 < words.n and words.kinds[last + 1] & COMPLEMENTIZER)
            )
        )
        # Verbs that may still come: with each subject one.
        awaited = reach == CONDITION or (reach == ABSENCE and self._is_subject(number))
        compared = False
        word = last + 1
        while word < limit:
            kind, gap = words.kinds[word], words.gap[word]
            # "may stay, or leave": one hedge for both.
            joins = kind & ALTERNATIVE != 0 and not cue.negates and not has_subject(words, word + 1)
            if gap == BREAK:
                break
            if gap == CLOSE and self._opened(last, word):
                break
            if gap == OPEN and (reach == CONDITION or cue.yields or self._remarks(word)):
                break
            if (
                gap == COMMA
                and word > last + 1
                and not joins
                and not (not kind & COORDINATOR and list_goes_on(words, word))
            ):
                if not long or kind & (CONTRAST | ENDING):
                    break
                if kind & (SUBJECT | GERUND):
                    break
            if kind & CONTRAST and word > last + 1:
                break
            if (
                kind & ENDING
                and word > last + 1
                and not (words.joined(word + 1) and words.kinds[word + 1] & PREPOSITION)
            ):
                break
            if kind & RELATIVE and word > last + 1 and not (cue.negates or long):
                if not words.kinds[word - 1] & PREPOSITION:
                    break
            if kind & SINCE and has_subject(words, word + 1):
                break
            if kind & LINKING:
                # "not as fast as they are": a comparison.
                compares = word == last + 1 or (kind & COMPARING != 0 and not cue.negates)
                if not (compares or compared) and has_subject(words, word + 1):
                    break
                compared = True
            elif kind & COORDINATOR and opens_clause(words, word, True, True):
                if not (long or joins):
                    break
            elif kind & (RELATIVE | COMPLEMENTIZER | SUBORDINATOR | QUESTION_WORD | SUBJECT):
                awaited = True
            elif kind & (ANY_VERB & ~PAST):
                if not awaited and nominal and word > last + 1:
                    break
                awaited = False
            word += 1
        return word - 1

    def is_prefix(self, number: int) -> bool:
        """Tell whether a cue is but the beginning of a word: "non-military"."""
        return self.cues[number].end < self.words.end[self.last[number]]

    def _is_subject(self, number: int) -> bool:
        """Tell whether a word of absence begins the subject of its clause."""
        words = self.words
        first = self.first[number]
        if first == 0 or words.gap[first] != NOTHING:
            return True
        opens = SUBORDINATOR | COMPLEMENTIZER | COORDINATOR | CONTRAST | RELATIVE | ADVERB | LINKING
        return words.kinds[first - 1] & opens != 0

    def _remarks(self, word: int) -> bool:
        """Tell whether a bracket holds a clause or much else, and not only another name."""
        words = self.words
        at = word
        while at < words.n and (at == word or words.gap[at] != CLOSE):
            if words.kinds[at] & (ANY_VERB | SUBJECT) or at - word > _LIST_ITEM + 3:
                return True
            at += 1
        return False

    def _opened(self, last: int, word: int) -> bool:
        """Tell whether a bracket that closes was opened before a cue."""
        words = self.words
        at = word - 1
        while at > last and words.gap[at] != OPEN:
            at -= 1
        return at <= last

    def _hedge(self) -> None:
        """Note with words and clauses which hedges reach them."""
        words, clauses = self.words, self.clauses
        for number in range(len(self.cues)):
            if self.cues[number].negates or not self.counts[number]:
                continue
            reach = self.reach[number]
            first, last = self.first[number], self.last[number]
            if reach == PHRASE:
                self._reach_words(number, last + 1, self._phrase_end(last) + 1)
            elif reach == ASIDE:
                self._reach_words(number, last + 1, self.scope_end(number) + 1)
            elif reach == QUESTION:
                start = self._question_start(number)
                if not self._asks_what(start, last):
                    self._reach_words(number, start, last + 1)
            elif reach == FOLLOWING:
                self._reach_following(number)
            elif reach == CLAUSE or reach == CONDITION:
                own = words.clause[first]
                self._reach_clause(number, own)
                other = clauses.depending(own) if reach == CONDITION else -1
                if other >= 0:
                    self._reach_clause(number, other)
                self._reach_complements(number, own, words.n)

    def _reach_words(self, number: int, first: int, stop: int) -> None:
        words = self.words
        for word in range(first, min(stop, words.n, first + _LONGEST)):
            if not words.hedge[word]:
                words.hedge[word] = number + 1

    def _reach_clause(self, number: int, clause: int) -> None:
        if not self.clauses.hedge[clause]:
            self.clauses.hedge[clause] = number + 1

    def _reach_following(self, number: int) -> None:
        """Reach the clause behind a cue, and the that-clauses that go on from there."""
        words = self.words
        last, end = self.last[number], self.scope_end(number)
        own = words.clause[last]
        for word in range(last + 1, end + 1):
            if words.clause[word] == own and not words.hedge[word]:
                words.hedge[word] = number + 1
            elif words.clause[word] < own:
                break
        self._reach_complements(number, own, end)

    def _reach_complements(self, number: int, own: int, end: int) -> None:
        clauses = self.clauses
        furthest = own
        for clause in range(own + 1, min(clauses.n, own + _LIST_ITEM)):
            if own <= clauses.above[clause] <= furthest and (
                self.last[number] < clauses.first[clause] <= end
            ):
                furthest = clause
                self._reach_clause(number, clause)

    def _phrase_end(self, last: int) -> int:
        """Return the last word of the noun phrase behind a cue, with what "of" adds."""
        words = self.words
        at = last + 1
        while words.joined(at) and at < last + _WORDS_TO_VERB:
            kind = words.kinds[at]
            if kind & (AUXILIARY | SUBORDINATOR | RELATIVE | COMPLEMENTIZER | CONTRAST | SUBJECT):
                break
            if kind & (FUNCTION & ~COORDINATOR) and words.text[
                words.start[at] : words.end[at]
            ] not in (
                "of",
                "by",
            ):
                break
            # "suspected armed men shelled the base": a verb comes after the noun.
            if at > last + 1 and kind & (REGULAR_PAST | PAST) and not kind & AUXILIARY:
                break
            at += 1
        return at - 1

    def _question_start(self, number: int) -> int:
        """Return the word at which the words begin that a question mark ends."""
        words = self.words
        word = self.last[number]
        after = 0
        # The question before this one, if any, ends there.
        previous = number - 1
        while previous >= 0 and self.reach[previous] != QUESTION:
            previous -= 1
        if previous >= 0:
            after = min(self.last[previous] + 1, word)
        while word > after and words.gap[word] != BREAK:
            word -= 1
        return word

    def _asks_what(self, start: int, last: int) -> bool:
        """Tell whether a question asks who, what or why, and so takes for granted what it names."""
        words = self.words
        for word in range(start, min(last + 1, start + _LONGEST)):
            opens = word < start + 3 or (words.gap[word] == COMMA)
            if opens and words.kinds[word] & QUESTION_WORD:
                return True
        return False
