# cython: annotation_typing=False, cdivision=True
"""What each negation of a sentence denies: a noun phrase, or the predicate of its clause."""

from typing import Any

from analysis.hits.certainty.clauses import Clauses
from analysis.hits.certainty.cutting import Words
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
    DEFINITE,
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
    NEGATOR,
    NOTHING,
    OBJECT,
    PARTICIPLE,
    PASSING,
    PAST,
    POSSESSIVE,
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
_LIST_ITEM = 5


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
                self._failed(first, last)
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

    def _past_adverbs(self, word: int) -> int:
        words = self.words
        while words.joined(word) and words.kinds[word] & ADVERB:
            word += 1
        return word

    def _form(self, word: int) -> str:
        words = self.words
        return words.text[words.start[word] : words.end[word]].lower()

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
        behind = self._past_adverbs(last + 1)
        if not words.joined(behind):
            return
        if kinds & SUBJECT or not verbal:
            self._contrasted(first, behind)
            return
        there = self._has_there(first)
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
            if kinds & PREPOSITION or self._form(word) == "as":
                given = word + 1 < words.n and self._is_definite(word + 1)
                if crossed or given or kinds & (LASTING | AGENT):
                    break
                crossed = True
            self._deny(word, False)

    def _has_there(self, word: int) -> bool:
        """Tell whether "there" stands before the verb that is denied."""
        words = self.words
        for at in range(max(word - 3, 0), word):
            if words.kinds[at] & THERE:
                return True
        return False

    def _contrasted(self, first: int, word: int) -> None:
        """Deny what follows a negator that stands with no verb: ", not the army", "not to go"."""
        words = self.words
        kinds = words.kinds[word]
        form = self._form(word)
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
                behind = self._past_adverbs(word + 1)
                if not (words.joined(behind) and words.kinds[behind] & (PARTICIPLE | BE)):
                    break
            if kinds & BE:
                copular = True
            elif kinds & AUXILIARY and kinds & DOING and not (
                words.joined(word + 1) and not words.kinds[word + 1] & (FUNCTION | DETERMINER)
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
        if kinds & PASSING and words.joined(behind) and self._form(behind) == "to":
            self._verb(behind + 1, subject_before, 1)
        elif words.joined(behind) and self._form(behind) in ("in", "at"):
            self._object(behind + 1, False, False)

    def _nominal(self, word: int) -> None:
        """Deny what behind a form of be stands: "is not violent", "was not at war"."""
        words = self.words
        kinds = words.kinds[word]
        form = self._form(word)
        if kinds & LASTING or kinds & (QUESTION_WORD | SUBORDINATOR | COMPLEMENTIZER):
            return
        if kinds & PASSING and words.joined(word + 1) and self._form(word + 1) == "to":
            self._verb(word + 2, -1, 1)
            return
        if form == "to":
            return
        if kinds & PREPOSITION or form == "as":
            self._phrase(word + 1, not self._is_definite(word + 1), False)
            return
        # "is not a war": whatever it is; "is not the war that …": the same is denied.
        last = self._phrase_end(word)
        self._deny_all(word, last, True)
        self._of_phrase(last, True)

    def _verb(self, word: int, subject_before: int, depth: int) -> None:
        """Deny a verb, its subject if that comes about by it, and its object."""
        words = self.words
        word = self._past_adverbs(word)
        if not words.joined(word) or depth > _MOST_VERBS or self._is_cancelled(word):
            return
        kinds = words.kinds[word]
        if kinds & BE:
            behind = self._past_adverbs(word + 1)
            if words.joined(behind):
                if words.kinds[behind] & PARTICIPLE:
                    self._passive(behind, subject_before)
                else:
                    self._nominal(behind)
            return
        behind = word + 1
        if words.joined(behind) and self._is_because(behind):
            return
        self._deny(word, True)
        if kinds & HAPPENING and subject_before >= 0 and not self._has_object(word):
            self._subject(subject_before)
        if not words.joined(behind):
            return
        follows = words.kinds[behind]
        if kinds & BELIEVING and (follows & (COMPLEMENTIZER | SUBJECT) or self.clauses.has_subject(behind)):
            self._clause_behind(behind, depth + 1)
            return
        if kinds & PASSING:
            if self._form(behind) == "to":
                self._verb(behind + 1, subject_before, depth + 1)
                return
            # "does not want troops to go", "cannot let it have weapons".
            last = self._phrase_end(behind)
            to = last + 1
            if words.joined(to) and self._form(to) == "to":
                self._verb(to + 1, -1, depth + 1)
                if not kinds & HAVING:
                    return
            elif self._form(word) in ("let", "help") and words.joined(behind + 1):
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
        if kinds & DOING and follows & PREPOSITION and self._form(behind) != "of":
            # "carry out", "give up".
            behind += 1
        elif follows & PREPOSITION and self._form(behind) in ("in", "to", "into", "for"):
            behind += 1
            if words.joined(behind) and self._is_definite(behind):
                return
        self._object(behind, kinds & HAVING != 0, kinds & DOING != 0)

    def _is_because(self, word: int) -> bool:
        return self._form(word) == "because"

    def _has_object(self, word: int) -> bool:
        """Tell whether an object follows a verb such as "begin"; "take place" has none."""
        words = self.words
        behind = word + 1
        if not words.joined(behind):
            return False
        if self._form(word) in ("take", "taken", "taking", "took"):
            return self._form(behind) != "place"
        return not words.kinds[behind] & (
            PREPOSITION | SUBORDINATOR | ADVERB | COORDINATOR | CONTRAST | FUNCTION
        )

    def _is_definite(self, word: int) -> bool:
        """Tell whether a noun phrase takes for granted what it names."""
        words = self.words
        if word >= words.n:
            return False
        kinds = words.kinds[word]
        if kinds & ANY:
            return False
        if kinds & (DEFINITE | POSSESSIVE):
            return True
        if kinds & CAPITAL and words.kinds[self._phrase_end(word)] & CAPITAL:
            return True
        # "Kelley's offense", "the agency's raid".
        return words.joined(word + 1) and words.kinds[word + 1] & POSSESSIVE != 0

    def _object(self, word: int, has: bool, does: bool) -> None:
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
        definite = self._is_definite(word)
        if definite and not does:
            return
        whole = bool(kinds & ANY) or not definite
        self._phrase(word, whole, True)

    def _phrase(self, word: int, whole: bool, with_of: bool) -> None:
        """Deny a noun phrase, and what "of" adds to it."""
        words = self.words
        if not words.joined(word):
            return
        last = self._phrase_end(word)
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
        form = self._form(of)
        light = words.kinds[last] & LIGHT != 0
        if words.kinds[last] & CHANGING:
            # "no end to the war": that goes on.
            return
        if form == "to" and light:
            if words.kinds[of + 1] & DETERMINER:
                return
            self._verb(of + 1, -1, 1)
        elif form == "of" and (light or not self._is_definite(of + 1)):
            if words.kinds[of + 1] & GERUND:
                self._verb(of + 1, -1, 1)
            else:
                end = self._phrase_end(of + 1)
                self._deny_all(of + 1, end, whole and not self._is_definite(of + 1))
        elif form == "for" and whole and not self._is_definite(of + 1):
            self._deny_all(of + 1, self._phrase_end(of + 1), False)
        elif form == "that" and light:
            self._clause_behind(of, 1)

    def _phrase_end(self, word: int) -> int:
        """Return the last word of the noun phrase that begins at a word, lists included."""
        words = self.words
        at = word
        limit = min(words.n, word + _LONGEST)
        while at < limit:
            kinds = words.kinds[at]
            if at > word and words.gap[at] != NOTHING:
                if words.gap[at] != COMMA or not self._list_goes_on(at):
                    break
            if kinds & COORDINATOR:
                if at == word or not self._list_item(at + 1):
                    break
            elif kinds & (ANY_VERB | SUBORDINATOR | RELATIVE | COMPLEMENTIZER | CONTRAST | FUNCTION):
                if not (at == word and kinds & DETERMINER) and not kinds & CAPITAL:
                    break
            elif kinds & REGULAR_PAST and at > word:
                # "men shelled the base": a verb; "armed men": none.
                behind = at + 1
                if not words.joined(behind) or words.kinds[behind] & (DETERMINER | FUNCTION):
                    break
            elif kinds & DETERMINER and at > word and not words.kinds[at - 1] & (
                DETERMINER | COORDINATOR
            ):
                break
            at += 1
        return at - 1

    def _list_item(self, word: int) -> bool:
        words = self.words
        return words.joined(word) and not words.kinds[word] & (
            ANY_VERB | SUBORDINATOR | RELATIVE | COMPLEMENTIZER | SUBJECT
        )

    def _list_goes_on(self, word: int) -> bool:
        """Tell whether behind a comma a list goes on: some words, and "or" or "and"."""
        words = self.words
        for at in range(word, min(words.n, word + _LIST_ITEM)):
            kinds = words.kinds[at]
            if kinds & COORDINATOR:
                return not self.clauses.opens_clause(at, True, True)
            if kinds & (ANY_VERB | SUBORDINATOR | RELATIVE | COMPLEMENTIZER | CONTRAST | FUNCTION):
                return False
            if at > word and words.gap[at] == COMMA:
                return self._list_goes_on(at)
        return False

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
            if words.gap[place] == COMMA and words.kinds[first] & (FUNCTION | SUBORDINATOR | ADVERB):
                at = place
                first = place
        while at < word:
            kinds = words.kinds[at]
            if kinds & (PREPOSITION | RELATIVE) and self._form(at) != "of":
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
        verb = self._finite_verb(word)
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
            if words.kinds[verb] & HAVING and not self._helps(verb):
                self._verb(verb, verb, depth)
            else:
                self._predicate(verb + 1, verb, copular, there)
        else:
            self._verb(verb, verb, depth)

    def _helps(self, verb: int) -> bool:
        behind = self._past_adverbs(verb + 1)
        return self.words.joined(behind) and self.words.kinds[behind] & (PARTICIPLE | BE) != 0

    def _finite_verb(self, word: int) -> int:
        """Return the finite verb of the clause that begins at a word, or -1."""
        words = self.words
        at, limit = word, min(words.n, word + 14)
        while at < limit and (at == word or words.gap[at] == NOTHING):
            kinds = words.kinds[at]
            if kinds & ANY_VERB or (kinds & REGULAR_PAST and at > word):
                return at
            if kinds & (SUBORDINATOR | RELATIVE | COMPLEMENTIZER | CONTRAST):
                return -1
            at += 1
        return -1

    # What is absent, has failed, was prevented or denied.

    def _absent(self, first: int, last: int) -> None:
        """Deny the noun phrase behind "no" or "without", and what such a subject does."""
        words = self.words
        word = self._past_adverbs(last + 1)
        if not words.joined(word):
            return
        if self._form(word) == "as" and words.joined(word + 1):
            word += 1
        kinds = words.kinds[word]
        form = self._form(word)
        own = self._form(first)
        if form in ("of", "to") and own in ("none", "nothing", "neither"):
            if form == "to":
                # "nothing to do with" denies a tie.
                if words.joined(word + 1) and self._form(word + 1) != "do":
                    self._verb(word + 1, -1, 0)
                return
            last = self._phrase_end(word + 1)
            self._deny_all(word + 1, last, True)
            self._subject_absent(first, last)
            return
        if own in ("nobody", "nothing", "none"):
            if kinds & (ANY_VERB | REGULAR_PAST):
                self._deny_finite(word, False, 0)
            return
        if self._form(last) == "to":
            self._verb(word, -1, 0)
            return
        if kinds & GERUND and own != "no":
            self._verb(word, -1, 0)
            return
        end = self._phrase_end(word)
        if end < word:
            return
        self._deny_all(word, end, True)
        self._of_phrase(end, True)
        if own in ("no", "neither", "nor"):
            self._subject_absent(first, end)

    def _subject_absent(self, first: int, last: int) -> None:
        """Deny what nobody does: "no troops attacked"."""
        words = self.words
        behind = self._past_adverbs(last + 1)
        if words.joined(behind) and words.kinds[behind] & (ANY_VERB | REGULAR_PAST):
            begins = first == 0 or words.gap[first] != NOTHING or words.kinds[first - 1] & (
                COMPLEMENTIZER | COORDINATOR | SUBORDINATOR
            ) or words.kinds[first] & CONTRAST
            if begins:
                self._deny_finite(behind, False, 0)

    def _failed(self, first: int, last: int) -> None:
        words = self.words
        word = last + 1
        if not words.joined(word):
            return
        if self._form(last) in ("of", "from"):
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
        if before & BE and self._form(last) != "from":
            self._subject(first)
            return
        word = last + 1
        if not words.joined(word) or self._form(max(first - 1, 0)) == "to":
            return
        if words.kinds[word] & GERUND and (
            self._form(last) == "from" or not words.joined(word + 1)
            or words.kinds[word + 1] & (DETERMINER | FUNCTION)
        ):
            self._verb(word, -1, 0)
            return
        end = self._phrase_end(word)
        if end >= word and words.joined(end + 1) and self._form(end + 1) == "from":
            self._verb(end + 2, -1, 0)
        elif self._form(last) != "from":
            # "him from buying": a pronoun is no noun phrase.
            if words.joined(word + 1) and self._form(word + 1) == "from":
                self._verb(word + 2, -1, 0)
            elif end >= word:
                self._deny_all(word, end, not self._is_definite(word))
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
            end = self._phrase_end(word)
            that = end + 1
            if words.joined(that) and words.kinds[that] & COMPLEMENTIZER:
                # "denied reports that": what they report.
                self._clause_behind(that, 0)
            elif self.clauses.has_subject(word) and words.kinds[last] & BELIEVING:
                self._clause_behind(word, 0)
            elif end >= word:
                self._deny_all(word, end, not self._is_definite(word))
                self._of_phrase(end, False)
