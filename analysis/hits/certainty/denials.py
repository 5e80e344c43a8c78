# cython: annotation_typing=False, cdivision=True, infer_types=True, boundscheck=False
"""What each negation of a sentence denies: a noun phrase, or the predicate of its clause."""

from analysis.hits.certainty.phrases import (
    form_of,
    has_subject,
    has_there,
    is_definite,
    past_adverbs,
    phrase_end,
)
from analysis.hits.certainty.predicates import Predicates
from analysis.hits.certainty.words import (
    ABSENCE,
    ADVERB,
    AGENT,
    ANY_VERB,
    AUXILIARY,
    BE,
    BELIEVING,
    CAPITAL,
    COMPLEMENTIZER,
    CONTRAST,
    COORDINATOR,
    DENIAL,
    DETERMINER,
    FAILURE,
    FINITE,
    FUNCTION,
    GERUND,
    LASTING,
    NOTHING,
    OBJECT,
    PAST,
    PREPOSITION,
    PREVENTION,
    QUESTION_WORD,
    REGULAR_PAST,
    RELATIVE,
    SUBJECT,
    SUBORDINATOR,
)


class Denials(Predicates):
    """Marks the words that the negations of a sentence deny."""

    def mark(self) -> None:
        """Mark what each negation denies."""
        for number in range(len(self.cues)):
            if self.cues[number].negates:
                self.negations[self.first_of[number]] = number
        for number in range(len(self.cues)):
            if not self.cues[number].negates or number in self.cancelled:
                continue
            self.cue = number
            first, last = self.first_of[number], self.last_of[number]
            reach = self.reach_of[number]
            if self.scopes.is_prefix(number):
                self.deny(last, True)
            elif reach == ABSENCE:
                self._absent(first, last)
            elif reach == FAILURE:
                self._failed(last)
            elif reach == PREVENTION:
                self._prevented(first, last)
            elif reach == DENIAL:
                self._denied(first, last)
            else:
                self._negated(number, first, last)

    def _negated(self, number: int, first: int, last: int) -> None:
        words = self.words
        kinds = words.kinds[first]
        before = words.kinds_before(first)
        copular = ((kinds | before) & BE) != 0
        verbal = copular or ((kinds | before) & AUXILIARY) != 0
        if not verbal and first > 0:
            # "has also not been", "would never have".
            at = first - 1
            while at > 0 and words.gap[at + 1] == NOTHING and words.kinds[at] & ADVERB:
                at -= 1
            verbal = words.kinds[at] & AUXILIARY != 0
            copular = words.kinds[at] & BE != 0
        behind = past_adverbs(words, last + 1)
        if not words.joined(behind):
            return
        if kinds & SUBJECT or not verbal:
            self._contrasted(first, behind)
            return
        there = has_there(words, first)
        self.deny_predicate(behind, first, copular, there)
        if number not in self.cancelling:
            self._events_behind(number)

    def _events_behind(self, number: int) -> None:
        """Deny events that come further behind a negated verb, over one preposition at most.

        A preposition ends it before what is taken for granted, and before agents and causes.
        """
        words = self.words
        last = self.last_of[number]
        crossed = False
        for word in range(last + 1, self.scopes.scope_end(number) + 1):
            kinds = words.kinds[word]
            if kinds & (RELATIVE | COORDINATOR | QUESTION_WORD) or words.gap[word] != NOTHING:
                break
            if kinds & PREPOSITION or form_of(words, word) == "as":
                given = word + 1 < words.n and is_definite(words, word + 1)
                if crossed or given or kinds & (LASTING | AGENT):
                    break
                crossed = True
            self.deny(word, False)

    def _contrasted(self, first: int, word: int) -> None:
        """Deny what follows a negator that stands with no verb: ", not the army", "not to go"."""
        words = self.words
        kinds = words.kinds[word]
        form = form_of(words, word)
        if form == "to":
            self.deny_verb(word + 1, -1, 0)
        elif kinds & GERUND:
            self.deny_verb(word, -1, 0)
        elif kinds & (SUBORDINATOR | QUESTION_WORD) and form != "when":
            return
        elif self._is_verb_of_subject(first, word):
            self.deny_verb(word, first, 0)
        else:
            if kinds & PREPOSITION or form == "as":
                word += 1
            self.deny_phrase(word, True, True)

    def _is_verb_of_subject(self, first: int, word: int) -> bool:
        """Tell whether a word is the verb of a negator without auxiliary: "never crossed"."""
        words = self.words
        kinds = words.kinds[word]
        if kinds & (REGULAR_PAST | PAST | FINITE) or form_of(words, first) in ("nobody", "no"):
            return True
        before = words.kinds_before(first)
        if kinds & (DETERMINER | FUNCTION | CAPITAL):
            return False
        return before & (COORDINATOR | CONTRAST) == 0 and first > 0 and words.gap[first] == NOTHING

    def _absent(self, first: int, last: int) -> None:
        """Deny the noun phrase behind "no" or "without", and what such a subject does."""
        words = self.words
        word = past_adverbs(words, last + 1)
        if not words.joined(word):
            return
        if (
            first > 1
            and words.kinds[first - 1] & COORDINATOR
            and words.kinds[first - 2] & PREPOSITION
        ):
            # "with or without".
            return
        if form_of(words, word) == "as" and words.joined(word + 1):
            word += 1
        kinds = words.kinds[word]
        form = form_of(words, word)
        own = form_of(words, first)
        if form in ("of", "to") and own in ("none", "nothing", "neither"):
            if form == "to":
                # "nothing to do with" denies a tie.
                if words.joined(word + 1) and form_of(words, word + 1) != "do":
                    self.deny_verb(word + 1, -1, 0)
                return
            last = phrase_end(words, word + 1)
            self.deny_all(word + 1, last, True)
            self._subject_absent(first, last)
            return
        if own in ("nobody", "nothing", "none"):
            if kinds & (ANY_VERB | REGULAR_PAST):
                self.deny_finite(word, False, 0)
            return
        if form_of(words, last) == "to":
            self.deny_verb(word, -1, 0)
            return
        if kinds & GERUND and own != "no":
            self.deny_verb(word, -1, 0)
            return
        end = phrase_end(words, word)
        if end < word:
            if kinds & SUBJECT:
                self._subject_absent(first, word)
            return
        self.deny_all(word, end, True)
        self.deny_of_phrase(end, True)
        if first == last:
            self.deny_relative(end + 1)
        if own in ("no", "neither", "nor"):
            self._subject_absent(first, end)

    def _subject_absent(self, first: int, last: int) -> None:
        """Deny what nobody does: "no troops attacked"."""
        words = self.words
        behind = past_adverbs(words, last + 1)
        if words.joined(behind) and words.kinds[behind] & (ANY_VERB | REGULAR_PAST):
            begins = (
                first == 0
                or words.gap[first] != NOTHING
                or words.kinds[first - 1] & (COMPLEMENTIZER | COORDINATOR | SUBORDINATOR)
                or words.kinds[first] & CONTRAST
            )
            if begins:
                self.deny_finite(behind, False, 0)

    def _failed(self, last: int) -> None:
        words = self.words
        word = last + 1
        if not words.joined(word):
            return
        if form_of(words, last) in ("of", "from"):
            if words.kinds[word] & GERUND:
                self.deny_verb(word, -1, 0)
            else:
                self.deny_phrase(word, False, True)
        else:
            self.deny_verb(word, -1, 0)

    def _prevented(self, first: int, last: int) -> None:
        """Deny what was prevented: the object, the subject of a passive, and "from …ing"."""
        words = self.words
        before = words.kinds_before(first)
        if before & BE and form_of(words, last) != "from":
            self.deny_subject(first, True)
            return
        word = last + 1
        if not words.joined(word):
            return
        if words.kinds[word] & GERUND and (
            form_of(words, last) == "from"
            or not words.joined(word + 1)
            or words.kinds[word + 1] & (DETERMINER | FUNCTION)
        ):
            self.deny_verb(word, -1, 0)
            return
        end = phrase_end(words, word)
        if end >= word and words.joined(end + 1) and form_of(words, end + 1) == "from":
            self.deny_verb(end + 2, -1, 0)
        elif form_of(words, last) != "from":
            # "him from buying": a pronoun is no noun phrase.
            if words.joined(word + 1) and form_of(words, word + 1) == "from":
                self.deny_verb(word + 2, -1, 0)
            elif end >= word:
                self.deny_all(word, end, not is_definite(words, word))
                self.deny_of_phrase(end, True)

    def _denied(self, first: int, last: int) -> None:
        words = self.words
        before = words.kinds_before(first)
        word = last + 1
        if before & BE and phrase_end(words, word) < word:
            # "was denied"; "was denied asylum" denies what follows.
            self.deny_subject(first, False)
            return
        if not words.joined(word):
            return
        if words.is_of(word) or (
            words.kinds[word] & OBJECT != 0 and phrase_end(words, word + 1) > word
        ):
            # "false reports of a raid", "denied them asylum".
            word += 1
            if not words.joined(word):
                return
        kinds = words.kinds[word]
        if words.kinds[last] & COMPLEMENTIZER or kinds & (COMPLEMENTIZER | SUBJECT):
            self.deny_clause(word, 0)
        elif kinds & GERUND:
            self.deny_verb(word, -1, 0)
        else:
            end = phrase_end(words, word)
            that = end + 1
            if words.joined(that) and words.kinds[that] & COMPLEMENTIZER:
                # "denied reports that": what they report.
                self.deny_all(word, end, False)
                self.deny_clause(that, 0)
            elif has_subject(words, word) and words.kinds[last] & BELIEVING:
                self.deny_clause(word, 0)
            elif end >= word:
                self.deny_all(word, end, not is_definite(words, word))
                self.deny_of_phrase(end, False)
