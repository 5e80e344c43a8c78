# cython: annotation_typing=False, cdivision=True, infer_types=True, boundscheck=False
"""What a denied predicate denies: its verb, its object, and a subject that comes about by it."""

from typing import Any

from analysis.hits.certainty.clauses import Clauses
from analysis.hits.certainty.cutting import Words
from analysis.hits.certainty.phrases import (
    any_of,
    finite_verb,
    form_of,
    has_object,
    has_subject,
    helps,
    is_definite,
    past_adverbs,
    phrase_end,
)
from analysis.hits.certainty.words import (
    ADVERB,
    ANY,
    ANY_VERB,
    AUXILIARY,
    BE,
    BELIEVING,
    CAPITAL,
    CHANGING,
    COMMA,
    COMPLEMENTIZER,
    COORDINATOR,
    DETERMINER,
    DOING,
    FUNCTION,
    GERUND,
    HAPPENING,
    HAVING,
    LASTING,
    LIGHT,
    LINKING,
    OBJECT,
    PARTICIPLE,
    PASSING,
    PAST,
    PREPOSITION,
    PREVENTING,
    QUESTION_WORD,
    REALIZED,
    RELATIVE,
    SUBJECT,
    SUBORDINATOR,
    THERE,
)

# So many verbs pass a denial on.
_MOST_VERBS = 4
_LONGEST = 40


class Predicates:
    """Marks the words of predicates and phrases that a negation denies."""

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

    def _is_cancelled(self, word: int) -> bool:
        """Tell whether a denied verb is itself a negation: two of them are none."""
        other = self.negations.get(word, -1)
        if other > self.cue:
            self.cancelled.add(other)
        elif other >= 0 or word >= self.words.n or not self.words.kinds[word] & PREVENTING:
            return False
        self.cancelling.add(self.cue)
        return True

    def deny(self, word: int, whole: bool) -> None:
        """Deny a word, whatever it is or as an event alone."""
        words = self.words
        if not words.denial[word]:
            words.denial[word] = self.cue + 1
        # "not a NATO member": names of standing things within what is denied stand.
        behind = word <= self.last_of[self.cue] + 1
        if whole and (behind or not words.kinds[word] & CAPITAL):
            words.whole[word] = 1

    def deny_all(self, first: int, last: int, whole: bool) -> None:
        """Deny all words from one to another."""
        for word in range(first, last + 1):
            self.deny(word, whole)

    def deny_predicate(self, word: int, subject_before: int, copular: bool, there: bool) -> None:
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
            self.deny_phrase(word, True, True)
            self.deny_relative(phrase_end(words, word) + 1)
        elif copular and not kinds & (GERUND | DETERMINER) and kinds & PARTICIPLE:
            self._passive(word, subject_before)
        elif copular and not kinds & GERUND:
            self._nominal(word)
        else:
            self.deny_verb(word, subject_before, 0)

    def _passive(self, word: int, subject_before: int) -> None:
        words = self.words
        kinds = words.kinds[word]
        if self._is_cancelled(word) or kinds & LASTING:
            return
        behind = word + 1
        if words.joined(behind) and words.kinds[behind] & SUBORDINATOR:
            # "was not killed because": why it was is denied.
            return
        self.deny(word, True)
        if kinds & REALIZED and subject_before >= 0:
            self.deny_subject(subject_before, False)
        if kinds & PASSING and words.joined(behind) and form_of(words, behind) == "to":
            self.deny_verb(behind + 1, subject_before, 1)
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
            self.deny_verb(word + 2, -1, 1)
            return
        if form == "to":
            return
        if kinds & PREPOSITION or form == "as":
            self.deny_phrase(word + 1, not is_definite(words, word + 1), False)
            return
        # "is not a war": whatever it is; "is not the war that …": the same is denied.
        self.deny_phrase(word, True, True)

    def deny_verb(self, word: int, subject_before: int, depth: int) -> None:
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
        self.deny(word, True)
        if kinds & HAPPENING and subject_before >= 0 and not has_object(words, word):
            self.deny_subject(subject_before, False)
        if not words.joined(behind):
            return
        follows = words.kinds[behind]
        if kinds & BELIEVING and (
            follows & (COMPLEMENTIZER | SUBJECT) or has_subject(words, behind)
        ):
            self.deny_clause(behind, depth + 1)
            return
        if kinds & PASSING:
            if form_of(words, behind) == "to":
                self.deny_verb(behind + 1, subject_before, depth + 1)
                return
            # "does not want troops to go", "cannot let it have weapons".
            last = phrase_end(words, behind)
            to = last + 1
            if words.joined(to) and form_of(words, to) == "to":
                self.deny_verb(to + 1, -1, depth + 1)
                if not (kinds & HAVING != 0 or any_of(words, behind, last)):
                    return
            elif form_of(words, word) in ("let", "help") and words.joined(behind + 1):
                self.deny_verb(behind + 1, -1, depth + 1)
                return
            elif follows & GERUND:
                self.deny_verb(behind, -1, depth + 1)
                return
        elif follows & GERUND and not words.kinds[word] & (HAVING | DOING):
            self.deny_verb(behind, -1, depth + 1)
            return
        # "or V": the verb beside it.
        if follows & COORDINATOR and words.joined(behind + 1):
            if not words.kinds[behind + 1] & (DETERMINER | SUBJECT | FUNCTION | CAPITAL):
                self.deny_verb(behind + 1, -1, depth + 1)
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
        self.deny_phrase(word, whole, True)

    def deny_phrase(self, word: int, whole: bool, with_of: bool) -> None:
        """Deny a noun phrase, and what "of" adds to it."""
        words = self.words
        if not words.joined(word):
            return
        last = phrase_end(words, word)
        if last < word:
            return
        self.deny_all(word, last, whole)
        if with_of:
            self.deny_of_phrase(last, whole)

    def deny_of_phrase(self, last: int, whole: bool) -> None:
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
            self.deny_verb(of + 1, -1, 1)
        elif form == "of" and (light or not is_definite(words, of + 1)):
            if words.kinds[of + 1] & GERUND:
                self.deny_verb(of + 1, -1, 1)
            else:
                # "of that level": no clause follows "of".
                shown = words.kinds[of + 1] & COMPLEMENTIZER != 0
                end = phrase_end(words, of + 2 if shown else of + 1)
                whole = whole and not is_definite(words, of + 1)
                self.deny_all(of + 1, end, whole)
                self.deny_of_phrase(end, whole)
        elif form == "for" and whole and not is_definite(words, of + 1):
            self.deny_all(of + 1, phrase_end(words, of + 1), False)
        elif form == "that" and light:
            self.deny_clause(of, 1)

    def deny_subject(self, word: int, whole: bool) -> None:
        """Deny the subject that stands before a word, whatever it is or its events alone."""
        words = self.words
        own = words.clause[word]
        first = word
        low = max(word - _LONGEST, self.clauses.first[own])
        while (
            first > low
            and words.clause[first - 1] == own
            and not words.kinds[first - 1] & (LINKING | QUESTION_WORD)
        ):
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
            self.deny(at, whole)
            at += 1

    def deny_relative(self, word: int) -> None:
        """Deny what nothing does: "no arms that they could use", "no group trying to strike"."""
        words = self.words
        if not words.joined(word):
            return
        kinds = words.kinds[word]
        if kinds & GERUND:
            self.deny_verb(word, -1, 1)
        elif kinds & (RELATIVE | COMPLEMENTIZER) and words.joined(word + 1):
            if words.kinds[word + 1] & (SUBJECT | ANY_VERB):
                # With its modal: what is denied is not hedged.
                self.deny_all(word, word + 2, False)
                self.deny_clause(word + 1, 1)

    def deny_clause(self, word: int, depth: int) -> None:
        """Deny the predicate of the clause that begins at a word: "deny that …"."""
        words = self.words
        if words.joined(word) and words.kinds[word] & COMPLEMENTIZER:
            word += 1
        verb = finite_verb(words, word)
        if verb < 0:
            return
        self.deny_finite(verb, words.kinds[word] & THERE != 0, depth)

    def deny_finite(self, verb: int, there: bool, depth: int) -> None:
        """Deny a finite verb, or the predicate behind an auxiliary."""
        words = self.words
        if words.kinds[verb] & (AUXILIARY | BE) and not words.kinds[verb] & PAST:
            copular = words.kinds[verb] & BE != 0
            if words.kinds[verb] & HAVING and not helps(words, verb):
                self.deny_verb(verb, verb, depth)
            else:
                self.deny_predicate(verb + 1, verb, copular, there)
        else:
            self.deny_verb(verb, verb, depth)
