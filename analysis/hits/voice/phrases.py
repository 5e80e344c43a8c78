# cython: annotation_typing=False
"""Subjects and complements of verbs, found by the kinds of words about them."""

import re

from analysis.hits.voice.cutting import Words
from analysis.hits.voice.words import (
    ADVERB,
    AUTHOR,
    AUXILIARY,
    BEFORE_NOUN,
    BODY,
    BREAK,
    CAPITAL,
    COLON,
    COMMA,
    CONTRAST,
    COORDINATOR,
    DETERMINER,
    DOCUMENT,
    FINITE,
    FUNCTION,
    GERUND,
    MUTE,
    NOBODY,
    NOTHING,
    NOUN,
    NUMBER,
    PAST,
    PERSON,
    PLURAL,
    POINTING,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUANTIFIER,
    QUESTION_WORD,
    QUOTED,
    RELATIVE,
    STOP,
    SUBORDINATOR,
    THAT,
    TIME,
    TO,
)

NO_PHRASE = (-1, -1)
_LONGEST_SOURCE = 14
_MOST_ASIDES = 4
_LONGEST_BEFORE = 8
_LONGEST_DATELINE = 6
_DATELINE = re.compile(r"\) ?[-\u2013\u2014]+ ")
_PERSON_ENDINGS = ("er", "ers", "or", "ors", "ist", "ists", "man", "men", "ian", "ians")


def may_speak(w: Words, first: int, last: int) -> bool:
    """Tell whether a noun phrase may be somebody or something that speaks."""
    head = first
    told = False
    for number in range(first, last + 1):
        if number > first and w.kinds[number] & (PREPOSITION | RELATIVE | THAT):
            break
        if number > first and w.kinds[number - 1] & POSSESSIVE:
            # "Voss's controversial".
            told = False
        # "a person close to", "one Democrat familiar with": the noun, not what follows it.
        tells = bool(w.kinds[number] & (CAPITAL | PERSON | BODY | DOCUMENT)) and number > first
        if tells or not told:
            head = number
        told = told or tells
    kinds = w.kinds[head]
    if kinds & QUANTIFIER:
        following = head + 2
        of = head + 1 < last and w.form(head + 1) == "of"
        return may_speak(w, following, last) if of and following <= last else True
    if kinds & PRONOUN:
        return True
    if kinds & (TIME | NUMBER) and not (kinds & CAPITAL and head > first):
        return False
    # "May" and "Will" are names here.
    if kinds & CAPITAL and (head > first or (kinds & AUXILIARY and not kinds & MUTE)):
        return True
    if kinds & CAPITAL and (head > 0 or kinds & (PERSON | BODY | DOCUMENT)):
        return not kinds & (FUNCTION | ADVERB)
    if kinds & (PERSON | BODY | DOCUMENT):
        return True
    if kinds & (MUTE | ADVERB | DETERMINER | FUNCTION | GERUND | POSSESSIVE | QUESTION_WORD):
        return False
    if kinds & CAPITAL and first == last and not kinds & (PLURAL | PAST | ADVERB):
        return True
    return bool(kinds & PLURAL) or w.form(head).endswith(_PERSON_ENDINGS)


def is_noun_like(kinds: int) -> bool:
    """Tell whether a word may belong to a noun phrase."""
    return bool(kinds & (CAPITAL | PERSON | BODY | DOCUMENT | PLURAL)) or not kinds & (
        FUNCTION | DETERMINER | ADVERB | QUESTION_WORD | PAST | GERUND | FINITE
    )


def is_noun(kinds: int, previous: int, form: str) -> bool:
    """Tell by the word before it whether a cue is a noun."""
    if previous & POSSESSIVE:
        return True
    if previous & POINTING:
        return bool(kinds & NOUN) or form not in ("this", "that", "these", "those")
    if previous & DETERMINER and not previous & PERSON:
        return True
    return bool(kinds & NOUN and previous & (PREPOSITION | GERUND) and not previous & CAPITAL)


def is_verb(w: Words, at: int) -> bool:
    """Tell whether a word is most likely a finite verb, by its kinds and the word before it."""
    kinds = w.kinds[at]
    if kinds & CAPITAL and at > 0:
        return False
    if kinds & AUXILIARY:
        # "Will Rell said".
        return not (kinds & CAPITAL and at + 1 < w.n and w.kinds[at + 1] & CAPITAL)
    if not kinds & (FINITE | PAST) or at == 0 or w.gap[at] != NOTHING:
        return False
    before = w.kinds[at - 1]
    if kinds & FINITE and before & (DETERMINER | POSSESSIVE) and not before & PERSON:
        return False
    # "The US-based think tank".
    if w.text[w.start[at] - 1] == "-" or (
        kinds & FINITE and before & PAST and w.text[w.start[at - 1] - 1] == "-"
    ):
        return False
    if kinds & PAST:
        # "The proposed bill", also where "The" opens a sentence.
        return not before & BEFORE_NOUN and (
            bool(
                before & (CAPITAL | PERSON | BODY | DOCUMENT | PLURAL | PRONOUN | ADVERB | RELATIVE)
            )
            and not before & POSSESSIVE
        )
    return True


def _noun_phrase(w: Words, left: int, last: int) -> tuple[int, bool]:
    """Return the first word of the noun phrase that ends with a word; whether it is a subject."""
    first = last
    named = bool(w.kinds[last] & CAPITAL)
    if w.kinds[last] & PRONOUN and not w.kinds[last] & DETERMINER:
        return last, True
    while first > left and w.gap[first] == NOTHING and last - first < _LONGEST_SOURCE:
        at = first - 1
        kinds = w.kinds[at]
        if kinds & RELATIVE and not kinds & QUESTION_WORD:
            return first, True
        if kinds & CAPITAL and at > 0 and not kinds & (TIME | ADVERB | RELATIVE | SUBORDINATOR):
            # Also "May" and "Will", and the "of" of a name is none.
            first = at
            continue
        if is_verb(w, at):
            begin = _before_relative(w, left, at)
            return (first, False) if begin < 0 else (begin, True)
        if kinds & (THAT | SUBORDINATOR | CONTRAST | QUESTION_WORD | RELATIVE):
            return first, True
        if kinds & COORDINATOR:
            if at > left and w.gap[at] == NOTHING and is_noun_like(w.kinds[at - 1]):
                begin, subject = _noun_phrase(w, left, at - 1)
                if subject and may_speak(w, begin, at - 1) and not w.kinds[begin] & GERUND:
                    return begin, True
            return first, True
        if kinds & PREPOSITION:
            if kinds & TO and not w.kinds[first] & (CAPITAL | DETERMINER | PERSON | PLURAL):
                # "commanded agencies to stop": an infinitive.
                return first, False
            if at > left and w.gap[at] == NOTHING and is_noun_like(w.kinds[at - 1]):
                first = at - 1
                named = bool(w.kinds[first] & CAPITAL)
                continue
            begin = _before_relative(w, left, at - 1) if at > left and is_verb(w, at - 1) else -1
            return (first, False) if begin < 0 else (begin, True)
        if kinds & PRONOUN and not kinds & DETERMINER:
            return first, False
        if kinds & ADVERB and not kinds & (PERSON | DETERMINER):
            # "currently president": an adverb within; at the edge it is none of the phrase.
            return first, True
        if named and not kinds & (DETERMINER | PERSON | BODY | CAPITAL | POSSESSIVE):
            # "a region Velin": the name alone.
            return first, True
        if w.kinds[first] & DETERMINER and not kinds & (PREPOSITION | DETERMINER):
            # "after the talks | the minister", but "the pilot who had flown the plane".
            verbal = at > left and w.kinds[at - 1] & AUXILIARY and w.gap[at] == NOTHING
            begin = _before_relative(w, left, at) if verbal else -1
            return (first if begin < 0 else begin), True
        named = named and bool(kinds & (CAPITAL | PERSON | POSSESSIVE))
        first = at
    return first, True


def _before_relative(w: Words, left: int, verb: int) -> int:
    """Return where the subject of "the aide who was briefed said" begins; -1 for none."""
    relative = verb - 1
    while relative >= left and w.gap[relative + 1] == NOTHING:
        if w.kinds[relative] & (RELATIVE | THAT):
            if relative > left and w.gap[relative] == NOTHING:
                begin, subject = _noun_phrase(w, left, relative - 1)
                return begin if subject else -1
            return -1
        relative -= 1
    return -1


def _is_aside(w: Words, left: int, start: int, last: int) -> bool:
    """Tell whether words between commas stand beside a subject: an age, who-clause, apposition."""
    kinds = w.kinds[start]
    if kinds & (RELATIVE | PREPOSITION | NUMBER | GERUND | TIME):
        return True
    if kinds & PAST and not kinds & CAPITAL:
        return True
    if start == last and kinds & ADVERB:
        return True
    if w.form(start) in ("jr", "sr", "himself", "herself"):
        return True
    if w.text[w.start[start] - 1] == "(" and w.text[w.end[last]] == ")":
        return True
    if start > left and kinds & CAPITAL and start == last:
        # "of Flint, Mich.".
        before = start - 1
        while before > left and w.gap[before] == NOTHING:
            before -= 1
        if w.kinds[before] & PREPOSITION:
            return True
    # An apposition stands behind a noun phrase that may speak.
    if start <= left:
        return False
    first, subject = _noun_phrase(w, left, start - 1)
    # What is longer is a clause whose verb is not known.
    short = start - first <= _LONGEST_BEFORE
    return short and subject and may_speak(w, first, start - 1) and w.gap[start] in (COMMA, BREAK)


def subject_before(w: Words, left: int, last: int) -> tuple[int, int]:
    """Return the first and last word of the subject that ends before a verb; or none."""
    asides: list[tuple[int, int]] = []
    at = last
    while at >= left and w.gap_before(at + 1) in (COMMA, BREAK) and len(asides) < _MOST_ASIDES:
        start = at
        while start > left and w.gap[start] == NOTHING:
            start -= 1
        if start <= left and start == 0:
            break
        if w.gap[start] == BREAK and _DATELINE.match(w.text, w.end[start - 1]) is not None:
            # "VELL (Agency) - The envoy, Ana Rell, said".
            break
        if not _is_aside(w, left, start, at):
            break
        asides.append((start, at))
        at = start - 1
    if at < left or w.gap_before(at + 1) in (QUOTED, COLON, STOP):
        return NO_PHRASE
    if w.gap_before(at + 1) in (COMMA, BREAK) and not asides:
        return NO_PHRASE
    while (
        at > left
        and w.kinds[at] & ADVERB
        and not w.kinds[at] & (CAPITAL | PERSON)
        and (w.gap[at] == NOTHING)
    ):
        at -= 1
    kinds = w.kinds[at]
    if kinds & (RELATIVE | THAT):
        return _antecedent(w, left, at)
    if kinds & (FUNCTION & ~AUXILIARY) and not kinds & (PERSON | CAPITAL):
        return NO_PHRASE
    first, subject = _noun_phrase(w, left, at)
    if not subject:
        first = _split_off(w, first, at)
        if first < 0:
            return NO_PHRASE
    first = _without_openers(w, first, at)
    if first < 0:
        return NO_PHRASE
    if w.kinds[first] & NOBODY:
        return first, at
    # "the envoy, Ana Rell, said", "the head of the Bank of Dorna, Ana Rell,": the name.
    if not w.kinds[at] & CAPITAL or _is_described(w, first, at):
        for start, end in asides:
            if end > start and _is_named(w, start, end):
                return start, end
    # "Ana Rell, an envoy to Dorna said": the name, too.
    name = _name_before(w, left, first)
    apart = name >= 0 and (name == left or w.gap[name] in (COMMA, QUOTED, BREAK))
    return (name, first - 1) if apart and may_speak(w, first, at) else (first, at)


def _name_before(w: Words, left: int, first: int) -> int:
    """Return where a name of several words begins that a comma parts from what it is; or -1."""
    if first < left + 2 or w.gap[first] != COMMA or not w.kinds[first] & DETERMINER:
        return -1
    name = first
    while name > left and w.kinds[name - 1] & CAPITAL and not w.kinds[name - 1] & FUNCTION:
        name -= 1
        if w.gap[name] != NOTHING:
            break
    return name if name < first - 1 else -1


def _is_described(w: Words, first: int, last: int) -> bool:
    """Tell whether a phrase names an office, and behind it of what: "head of the Bank of Dorna"."""
    number = first
    while number < last and not (w.kinds[number] & PERSON and not w.kinds[number] & CAPITAL):
        number += 1
    return number < last and bool(w.kinds[number + 1] & PREPOSITION)


def _is_named(w: Words, start: int, end: int) -> bool:
    """Tell whether all words of a phrase have capitals."""
    number = start
    while number <= end and w.kinds[number] & CAPITAL:
        number += 1
    return number > end


def beside(w: Words, left: int, last: int) -> tuple[int, int]:
    """Return the noun phrase that ends with a word, whatever stands before it; or none."""
    first, _ = _noun_phrase(w, left, last)
    first = _without_openers(w, first, last)
    return (first, last) if first >= 0 and may_speak(w, first, last) else NO_PHRASE


def _antecedent(w: Words, left: int, relative: int) -> tuple[int, int]:
    """Return what "which" or "who" stands for: the noun phrase before it."""
    at = relative - 1
    if at < left or w.gap[relative] not in (NOTHING, COMMA, BREAK) or w.kinds[at] & COORDINATOR:
        return NO_PHRASE
    first, _ = _noun_phrase(w, left, at)
    # Behind a preposition, only the nearest noun: "by Damira, which".
    if w.kinds[first] & PREPOSITION:
        first += 1
    first = _without_openers(w, first, at)
    # "Ana Rell, an envoy and member of the party, who": the name.
    name = _name_before(w, left, first) if first >= 0 else -1
    if name >= 0 and may_speak(w, first, at):
        return name, first - 1
    return (first, at) if first >= 0 else NO_PHRASE


def _split_off(w: Words, first: int, last: int) -> int:
    """Return where a subject begins behind what stands before it: "in Vell officials"; or -1."""
    if w.kinds[last] & PRONOUN:
        return last
    if first > 0 and w.kinds[first - 1] & PREPOSITION:
        behind = first
        while behind < last and w.kinds[behind] & TIME:
            behind += 1
        if behind > first and w.kinds[behind] & (CAPITAL | PERSON):
            # "on Monday Ana Rell".
            return behind
        for number in range(last, first, -1):
            if w.kinds[number] & DETERMINER and not w.kinds[number] & PERSON:
                return number
    return -1


def _without_openers(w: Words, first: int, last: int) -> int:
    """Leave out words that open a sentence before its subject; -1 where nothing is left."""
    while first < last and (
        w.kinds[first] & (COORDINATOR | CONTRAST | SUBORDINATOR)
        or (w.kinds[first] & ADVERB and not w.kinds[first] & (PERSON | DETERMINER))
    ):
        first += 1
    kinds = w.kinds[first]
    bare = (
        first == last
        and kinds & (DETERMINER | ADVERB)
        and not kinds & (PERSON | PRONOUN | NOBODY | QUANTIFIER)
    )
    return -1 if bare else first


def first_subject(w: Words, before: int) -> tuple[int, int]:
    """Return the noun phrase that opens a sentence, as its subject; or none."""
    at = 0
    if w.n > 1 and w.gap[1] == BREAK and w.text[w.start[0] : w.end[0]].isupper():
        # "MOSCOW (Agency) - ".
        for number in range(1, min(_LONGEST_DATELINE, before)):
            at = number if w.gap[number] == BREAK else at
    while at < before and (
        w.kinds[at] & (COORDINATOR | CONTRAST)
        or (w.kinds[at] & ADVERB and not w.kinds[at] & PERSON)
    ):
        at += 1
    while at < before and w.kinds[at] & (PREPOSITION | SUBORDINATOR | GERUND):
        at += 1
        while at < before and w.gap[at] != COMMA:
            at += 1
    return _opening_subject(w, at, before)


def subject_behind(w: Words, at: int) -> tuple[int, int]:
    """Return the subject behind the clause of a word: "Recalling the war, Voss wept"; or none."""
    at += 1
    while at < w.n and w.gap[at] != COMMA:
        at += 1
    return _opening_subject(w, at, w.n - 1)


def _opening_subject(w: Words, first: int, before: int) -> tuple[int, int]:
    if first >= before:
        return NO_PHRASE
    last = first
    while (
        last + 1 < before
        and w.gap[last + 1] == NOTHING
        and not is_verb(w, last + 1)
        and not w.kinds[last + 1] & (AUXILIARY | RELATIVE | THAT | ADVERB)
        and last - first < _LONGEST_SOURCE
    ):
        last += 1
    if w.kinds[first] & AUTHOR:
        return NO_PHRASE
    return (first, last) if may_speak(w, first, last) else NO_PHRASE


def phrase_after(w: Words, at: int, of_phrase: bool = False) -> tuple[int, int]:
    """Return the noun phrase that stands behind a verb, as "said the minister"; or none."""
    if at >= w.n or w.gap[at] != NOTHING:
        return NO_PHRASE
    first, last = at, at
    kinds = w.kinds[first]
    if kinds & PRONOUN and not kinds & DETERMINER:
        return at, at
    if kinds & FUNCTION and not kinds & DETERMINER and not kinds & CAPITAL:
        return NO_PHRASE
    if kinds & TIME and not kinds & DETERMINER:
        return NO_PHRASE
    number = first
    while number < w.n and number - first < _LONGEST_SOURCE:
        kinds = w.kinds[number]
        if number > first:
            if w.gap[number] != NOTHING:
                break
            if kinds & PREPOSITION and not _goes_on(w, number):
                break
            if kinds & (SUBORDINATOR | THAT | RELATIVE | TO | AUXILIARY) and not kinds & (
                PREPOSITION | CAPITAL
            ):
                break
            if kinds & COORDINATOR and not (
                number + 1 < w.n and w.kinds[number + 1] & (CAPITAL | DETERMINER | PERSON)
            ):
                break
            time = kinds & TIME and not (of_phrase and kinds & POSSESSIVE)
            if kinds & CONTRAST or (time and not _is_of_name(w, number)):
                break
            if kinds & DETERMINER and w.kinds[number - 1] & CAPITAL and _is_time(w, number + 1):
                # "the Herald this summer".
                break
            if (
                kinds & (ADVERB | PAST)
                and not kinds & CAPITAL
                and w.kinds[number - 1] & (CAPITAL | PERSON | DOCUMENT)
            ):
                break
        last = number
        number += 1
    if w.kinds[last] & (MUTE | TIME) if of_phrase else not may_speak(w, first, last):
        return NO_PHRASE
    # "its author, Ana Rell", but "according to the Herald, Ana Rell, an envoy, left".
    medium = of_phrase and w.kinds[last] & (BODY | DOCUMENT)
    if not medium and last + 2 < w.n and w.gap[last + 1] == COMMA and not w.kinds[last] & CAPITAL:
        end = last + 1
        while end < w.n and w.kinds[end] & CAPITAL and (end == last + 1 or w.gap[end] == NOTHING):
            end += 1
        if end - last >= 3 and w.gap_before(end) in (COMMA, STOP, BREAK, QUOTED):
            return last + 1, end - 1
    return first, last


def _is_of_name(w: Words, at: int) -> bool:
    """Tell whether a word of time is part of a name: "the Sunday Times"."""
    following = w.kinds[at + 1] if at + 1 < w.n and w.gap[at + 1] == NOTHING else 0
    body = following & (BODY | DOCUMENT) and following & CAPITAL
    return bool(body and w.kinds[at] & CAPITAL and w.kinds[at - 1] & (CAPITAL | DETERMINER))


def _is_time(w: Words, at: int) -> bool:
    return at < w.n and w.gap[at] == NOTHING and bool(w.kinds[at] & TIME)


def _goes_on(w: Words, at: int) -> bool:
    """Tell whether a preposition goes on with a noun phrase: "head of", "spokesman for"."""
    form = w.form(at)
    following = w.kinds[at + 1] if at + 1 < w.n else 0
    if form == "of":
        # "was accused by Gorm of burning the town".
        return not following & GERUND
    if form == "to" and not following & (DETERMINER | CAPITAL):
        return False
    nominal = w.kinds[at - 1] & (PERSON | BODY | DOCUMENT)
    return (
        bool(nominal)
        and form in ("for", "from", "by", "to", "at", "with", "against")
        and not following & TIME
    )
