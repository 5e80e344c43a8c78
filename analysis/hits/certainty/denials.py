# cython: annotation_typing=False, cdivision=True
"""What each negation of a sentence denies: a noun phrase, or the predicate of its clause."""

from typing import Any

from analysis.hits.certainty.clauses import Clauses
from analysis.hits.certainty.cutting import Words
from analysis.hits.certainty.phrases import (
    finite_verb,
    form_of,
    has_object,
    has_subject,
    has_there,
    helps,
    is_definite,
    past_adverbs,
    phrase_end,
)
from analysis.hits.certainty.words import (
    ABSENCE,
    ADVERB,
    AGENT,
    ANY,
    ANY_VERB,
    AUXILIARY,
    BE,
    BELIEVING,
    CAPITAL,
    CHANGING,
    COMMA,
    COMPLEMENTIZER,
    CONTRAST,
    COORDINATOR,
    DENIAL,
    DETERMINER,
    DOING,
    FAILURE,
    FINITE,
    FUNCTION,
    GERUND,
    HAPPENING,
    HAVING,
    LASTING,
    LIGHT,
    NOTHING,
    OBJECT,
    PARTICIPLE,
    PASSING,
    PAST,
    PREPOSITION,
    PREVENTING,
    PREVENTION,
    QUESTION_WORD,
    REALIZED,
    REGULAR_PAST,
    RELATIVE,
    SUBJECT,
    SUBORDINATOR,
    THERE,
)

# So many verbs pass a denial on, and so many words are looked at from each.
_MOST_VERBS = 4
_LONGEST = 40


class Denials:
    """Marks the words that the negations of a sentence deny."""

    def __init__(self, words: Words, clauses: Clauses, scopes: Any) -> None:
        self.words = words
        self.scopes = scopes
        self.clauses = clauses
        self.cues = scopes.cues
        self.first_of = scopes.first
        self.last_of = scopes.last
        self.reach_of = scopes.reach
        self.cancelled: set[int] = set()
        self.cancelling: set[int] = set()
        # The negation whose first word is the one asked for.
        self.negations: dict[int, int] = {}
        self.cue = -1

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
            if reach == ABSENCE:
                self._absent(first, last)
            elif reach == FAILURE:
                self._failed(last)
            elif reach == PREVENTION:
                self._prevented(first, last)
            elif reach == DENIAL:
                self._denied(first, last)
            else:
                self._negated(number, first, last)

    def _is_cancelled(self, word: int) -> bool:
        """Tell whether a denied verb is itself a negation: two of them are none."""
        other = self.negations.get(word, -1)
        if other > self.cue:
            self.cancelled.add(other)
        elif other >= 0 or word >= self.words.n or not self.words.kinds[word] & PREVENTING:
            return False
        self.cancelling.add(self.cue)
        return True

    def _deny(self, word: int, whole: bool) -> None:
        words = self.words
        if not words.denial[word]:
            words.denial[word] = self.cue + 1
        if whole:
            words.whole[word] = 1

    def _deny_all(self, first: int, last: int, whole: bool) -> None:
        for word in range(first, last + 1):
            self._deny(word, whole)

    # What a negator denies.

    def _negated(self, number: int, first: int, last: int) -> None:
        words = self.words
        kinds = words.kinds[first]
        before = words.kinds[first - 1] if first > 0 and words.gap[first] == NOTHING else 0
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
        self._predicate(behind, first, copular, there)
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
            self._deny(word, False)

    def _contrasted(self, first: int, word: int) -> None:
        """Deny what follows a negator that stands with no verb: ", not the army", "not to go"."""
        words = self.words
        kinds = words.kinds[word]
        form = form_of(words, word)
        if form == "to":
            self._verb(word + 1, -1, 0)
        elif kinds & GERUND:
            self._verb(word, -1, 0)
        elif kinds & (SUBORDINATOR | QUESTION_WORD) and form != "when":
            return
        elif self._is_verb_of_subject(first, word):
            self._verb(word, first, 0)
        else:
            if kinds & PREPOSITION or form == "as":
                word += 1
            self._phrase(word, True, True)

    def _is_verb_of_subject(self, first: int, word: int) -> bool:
        """Tell whether a word is the verb of a negator without auxiliary: "never crossed"."""
        words = self.words
        kinds = words.kinds[word]
        if kinds & (REGULAR_PAST | PAST | FINITE):
            return first > 0 or True
        before = words.kinds[first - 1] if first > 0 and words.gap[first] == NOTHING else 0
        if kinds & (DETERMINER | FUNCTION | CAPITAL):
            return False
        return before & (COORDINATOR | CONTRAST) == 0 and first > 0 and words.gap[first] == NOTHING

    def _predicate(self, word: int, subject_before: int, copular: bool, there: bool) -> None:
        """Deny the predicate that begins at a word, behind the negator."""
        words = self.words
        while words.joined(word) and words.kinds[word] & (AUXILIARY | BE | ADVERB):
            kinds = words.kinds[word]
            if kinds & HAVING and kinds & AUXILIARY:
                behind = past_adverbs(words, word + 1)
                if not (words.joined(behind) and words.kinds[behind] & (PARTICIPLE | BE)):
                    break
            if kinds & BE:
                copular = True
            elif (
                kinds & AUXILIARY
                and kinds & DOING
                and not (
                    words.joined(word + 1) and not words.kinds[word + 1] & (FUNCTION | DETERMINER)
                )
            ):
                break
            word += 1
        if not words.joined(word):
            return
        kinds = words.kinds[word]
        if there and copular:
            self._phrase(word, True, True)
        elif copular and not kinds & (GERUND | DETERMINER) and kinds & PARTICIPLE:
            self._passive(word, subject_before)
        elif copular and not kinds & GERUND:
            self._nominal(word)
        else:
            self._verb(word, subject_before, 0)

    def _passive(self, word: int, subject_before: int) -> None:
        words = self.words
        kinds = words.kinds[word]
        if self._is_cancelled(word) or kinds & LASTING:
            return
        behind = word + 1
        if words.joined(behind) and words.kinds[behind] & SUBORDINATOR:
            # "was not killed because": why it was is denied.
            return
        self._deny(word, True)
        if kinds & REALIZED and subject_before >= 0:
            self._subject(subject_before)
        if kinds & PASSING and words.joined(behind) and form_of(words, behind) == "to":
            self._verb(behind + 1, subject_before, 1)
        elif words.joined(behind) and form_of(words, behind) in ("in", "at"):
            self._object(behind + 1, False)

    def _nominal(self, word: int) -> None:
        """Deny what behind a form of be stands: "is not violent", "was not at war"."""
        words = self.words
        kinds = words.kinds[word]
        form = form_of(words, word)
        if kinds & LASTING or kinds & (QUESTION_WORD | SUBORDINATOR | COMPLEMENTIZER):
            return
        if kinds & PASSING and words.joined(word + 1) and form_of(words, word + 1) == "to":
            self._verb(word + 2, -1, 1)
            return
        if form == "to":
            return
        if kinds & PREPOSITION or form == "as":
            self._phrase(word + 1, not is_definite(words, word + 1), False)
            return
        # "is not a war": whatever it is; "is not the war that …": the same is denied.
        last = phrase_end(words, word)
        self._deny_all(word, last, True)
        self._of_phrase(last, True)

    def _verb(self, word: int, subject_before: int, depth: int) -> None:
        """Deny a verb, its subject if that comes about by it, and its object."""
        words = self.words
        word = past_adverbs(words, word)
        if not words.joined(word) or depth > _MOST_VERBS or self._is_cancelled(word):
            return
        kinds = words.kinds[word]
        if kinds & BE:
            behind = past_adverbs(words, word + 1)
            if words.joined(behind):
                if words.kinds[behind] & PARTICIPLE:
                    self._passive(behind, subject_before)
                else:
                    self._nominal(behind)
            return
        behind = word + 1
        if words.joined(behind) and form_of(words, behind) == "because":
            return
        self._deny(word, True)
        if kinds & HAPPENING and subject_before >= 0 and not has_object(words, word):
            self._subject(subject_before)
        if not words.joined(behind):
            return
        follows = words.kinds[behind]
        if kinds & BELIEVING and (
            follows & (COMPLEMENTIZER | SUBJECT) or has_subject(words, behind)
        ):
            self._clause_behind(behind, depth + 1)
            return
        if kinds & PASSING:
            if form_of(words, behind) == "to":
                self._verb(behind + 1, subject_before, depth + 1)
                return
            # "does not want troops to go", "cannot let it have weapons".
            last = phrase_end(words, behind)
            to = last + 1
            if words.joined(to) and form_of(words, to) == "to":
                self._verb(to + 1, -1, depth + 1)
                if not kinds & HAVING:
                    return
            elif form_of(words, word) in ("let", "help") and words.joined(behind + 1):
                self._verb(behind + 1, -1, depth + 1)
                return
            elif follows & GERUND:
                self._verb(behind, -1, depth + 1)
                return
        elif follows & GERUND and not words.kinds[word] & (HAVING | DOING):
            self._verb(behind, -1, depth + 1)
            return
        # "or V": the verb beside it.
        if follows & COORDINATOR and words.joined(behind + 1):
            if not words.kinds[behind + 1] & (DETERMINER | SUBJECT | FUNCTION | CAPITAL):
                self._verb(behind + 1, -1, depth + 1)
                return
        if kinds & DOING and follows & PREPOSITION and form_of(words, behind) != "of":
            # "carry out", "give up".
            behind += 1
        elif follows & PREPOSITION and form_of(words, behind) in ("in", "to", "into", "for"):
            behind += 1
            if words.joined(behind) and is_definite(words, behind):
                return
        self._object(behind, kinds & DOING != 0)

    def _object(self, word: int, does: bool) -> None:
        """Deny the object of a denied verb: what is not taken for granted, or comes about."""
        words = self.words
        if not words.joined(word):
            return
        kinds = words.kinds[word]
        if kinds & OBJECT and words.joined(word + 1):
            # "labelling it terrorism", "give us respite".
            word += 1
            kinds = words.kinds[word]
        if kinds & (PREPOSITION | SUBORDINATOR | RELATIVE | COMPLEMENTIZER | QUESTION_WORD):
            return
        definite = is_definite(words, word)
        if definite and not does:
            return
        whole = bool(kinds & ANY) or not definite
        self._phrase(word, whole, True)

    def _phrase(self, word: int, whole: bool, with_of: bool) -> None:
        """Deny a noun phrase, and what "of" adds to it."""
        words = self.words
        if not words.joined(word):
            return
        last = phrase_end(words, word)
        if last < word:
            return
        self._deny_all(word, last, whole)
        if with_of:
            self._of_phrase(last, whole)

    def _of_phrase(self, last: int, whole: bool) -> None:
        """Deny what "of" adds to a denied noun, or "to" and "for" to a light one."""
        words = self.words
        of = last + 1
        if not words.joined(of) or not words.joined(of + 1):
            return
        form = form_of(words, of)
        light = words.kinds[last] & LIGHT != 0
        if words.kinds[last] & CHANGING:
            # "no end to the war": that goes on.
            return
        if form == "to" and light:
            if words.kinds[of + 1] & DETERMINER:
                return
            self._verb(of + 1, -1, 1)
        elif form == "of" and (light or not is_definite(words, of + 1)):
            if words.kinds[of + 1] & GERUND:
                self._verb(of + 1, -1, 1)
            else:
                end = phrase_end(words, of + 1)
                self._deny_all(of + 1, end, whole and not is_definite(words, of + 1))
        elif form == "for" and whole and not is_definite(words, of + 1):
            self._deny_all(of + 1, phrase_end(words, of + 1), False)
        elif form == "that" and light:
            self._clause_behind(of, 1)

    def _subject(self, word: int) -> None:
        """Deny the events of the subject that stands before a word."""
        words = self.words
        own = words.clause[word]
        first = word
        low = max(word - _LONGEST, self.clauses.first[own])
        while first > low and words.clause[first - 1] == own:
            first -= 1
        at = first
        # Without what stands before a comma.
        for place in range(first + 1, word):
            if words.gap[place] == COMMA and words.kinds[first] & (
                FUNCTION | SUBORDINATOR | ADVERB
            ):
                at = place
                first = place
        while at < word:
            kinds = words.kinds[at]
            if kinds & (PREPOSITION | RELATIVE) and form_of(words, at) != "of":
                break
            if kinds & AUXILIARY:
                break
            self._deny(at, False)
            at += 1

    def _clause_behind(self, word: int, depth: int) -> None:
        """Deny the predicate of the clause that begins at a word: "deny that …"."""
        words = self.words
        if words.joined(word) and words.kinds[word] & COMPLEMENTIZER:
            word += 1
        verb = finite_verb(words, word)
        if verb < 0:
            return
        there = words.kinds[word] & THERE != 0
        self._deny_finite(verb, there, depth)
        if there:
            return

    def _deny_finite(self, verb: int, there: bool, depth: int) -> None:
        words = self.words
        if words.kinds[verb] & (AUXILIARY | BE) and not words.kinds[verb] & PAST:
            copular = words.kinds[verb] & BE != 0
            if words.kinds[verb] & HAVING and not helps(words, verb):
                self._verb(verb, verb, depth)
            else:
                self._predicate(verb + 1, verb, copular, there)
        else:
            self._verb(verb, verb, depth)

    # What is absent, has failed, was prevented or denied.

    def _absent(self, first: int, last: int) -> None:
        """Deny the noun phrase behind "no" or "without", and what such a subject does."""
        words = self.words
        word = past_adverbs(words, last + 1)
        if not words.joined(word):
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
                    self._verb(word + 1, -1, 0)
                return
            last = phrase_end(words, word + 1)
            self._deny_all(word + 1, last, True)
            self._subject_absent(first, last)
            return
        if own in ("nobody", "nothing", "none"):
            if kinds & (ANY_VERB | REGULAR_PAST):
                self._deny_finite(word, False, 0)
            return
        if form_of(words, last) == "to":
            self._verb(word, -1, 0)
            return
        if kinds & GERUND and own != "no":
            self._verb(word, -1, 0)
            return
        end = phrase_end(words, word)
        if end < word:
            return
        self._deny_all(word, end, True)
        self._of_phrase(end, True)
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
                self._deny_finite(behind, False, 0)

    def _failed(self, last: int) -> None:
        words = self.words
        word = last + 1
        if not words.joined(word):
            return
        if form_of(words, last) in ("of", "from"):
            if words.kinds[word] & GERUND:
                self._verb(word, -1, 0)
            else:
                self._phrase(word, False, True)
        else:
            self._verb(word, -1, 0)

    def _prevented(self, first: int, last: int) -> None:
        """Deny what was prevented: the object, the subject of a passive, and "from …ing"."""
        words = self.words
        before = words.kinds[first - 1] if first > 0 and words.gap[first] == NOTHING else 0
        if before & BE and form_of(words, last) != "from":
            self._subject(first)
            return
        word = last + 1
        if not words.joined(word) or form_of(words, max(first - 1, 0)) == "to":
            return
        if words.kinds[word] & GERUND and (
            form_of(words, last) == "from"
            or not words.joined(word + 1)
            or words.kinds[word + 1] & (DETERMINER | FUNCTION)
        ):
            self._verb(word, -1, 0)
            return
        end = phrase_end(words, word)
        if end >= word and words.joined(end + 1) and form_of(words, end + 1) == "from":
            self._verb(end + 2, -1, 0)
        elif form_of(words, last) != "from":
            # "him from buying": a pronoun is no noun phrase.
            if words.joined(word + 1) and form_of(words, word + 1) == "from":
                self._verb(word + 2, -1, 0)
            elif end >= word:
                self._deny_all(word, end, not is_definite(words, word))
                self._of_phrase(end, True)

    def _denied(self, first: int, last: int) -> None:
        words = self.words
        before = words.kinds[first - 1] if first > 0 and words.gap[first] == NOTHING else 0
        if before & BE:
            self._subject(first)
            return
        word = last + 1
        if not words.joined(word):
            return
        kinds = words.kinds[word]
        if words.kinds[last] & COMPLEMENTIZER or kinds & (COMPLEMENTIZER | SUBJECT):
            self._clause_behind(word, 0)
        elif kinds & GERUND:
            self._verb(word, -1, 0)
        else:
            end = phrase_end(words, word)
            that = end + 1
            if words.joined(that) and words.kinds[that] & COMPLEMENTIZER:
                # "denied reports that": what they report.
                self._clause_behind(that, 0)
            elif has_subject(words, word) and words.kinds[last] & BELIEVING:
                self._clause_behind(word, 0)
            elif end >= word:
                self._deny_all(word, end, not is_definite(words, word))
                self._of_phrase(end, False)
