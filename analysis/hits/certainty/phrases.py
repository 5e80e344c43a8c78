# cython: annotation_typing=False, cdivision=True, infer_types=True, boundscheck=False
"""Noun phrases and clauses of a sentence, found by the kinds of words about them."""

from analysis.hits.certainty.cutting import Words
from analysis.hits.certainty.words import (
    ADVERB,
    ANY,
    ANY_VERB,
    AUXILIARY,
    BE,
    CAPITAL,
    COMMA,
    COMPLEMENTIZER,
    CONTRAST,
    COORDINATOR,
    DEFINITE,
    DETERMINER,
    FUNCTION,
    NOTHING,
    PARTICIPLE,
    POSSESSIVE,
    PREPOSITION,
    REGULAR_PAST,
    RELATIVE,
    SUBJECT,
    SUBORDINATOR,
    THERE,
)

# So far the search for the verb of a new clause goes, and a phrase or a list.
_WORDS_TO_VERB = 12
_LONGEST = 40
_LIST_ITEM = 5


def has_subject(w: Words, word: int) -> bool:
    """Tell whether a clause begins at a word: a pronoun, or a noun phrase and its verb."""
    if not w.joined(word):
        return False
    kind = w.kinds[word]
    if kind & SUBJECT and not kind & DETERMINER:
        return True
    at, limit = word, min(w.n, word + _WORDS_TO_VERB)
    while at < limit and (at == word or w.gap[at] == NOTHING):
        kind = w.kinds[at]
        if kind & ANY_VERB and at > word:
            return True
        if kind & (SUBORDINATOR | RELATIVE | COMPLEMENTIZER | COORDINATOR | CONTRAST):
            return False
        at += 1
    return False


def opens_clause(w: Words, word: int, has_verb: bool, has_comma: bool) -> bool:
    """Tell whether "and" opens a clause: with a subject, or a finite verb, behind it."""
    at = word + 1
    if at >= w.n:
        return False
    kind = w.kinds[at]
    if kind & (SUBJECT | AUXILIARY):
        return True
    if not has_verb:
        return False
    # ", and the": a new subject, unless a list with commas goes on.
    if kind & (DETERMINER | CAPITAL) and w.gap[word] == COMMA and not has_comma:
        return True
    at += 2 if kind & DETERMINER else 1
    limit = min(w.n, word + _WORDS_TO_VERB)
    while at < limit and w.gap[at] == NOTHING:
        kind = w.kinds[at]
        if kind & ANY_VERB:
            return True
        if kind & (SUBORDINATOR | RELATIVE | COMPLEMENTIZER | COORDINATOR | CONTRAST):
            return False
        at += 1
    return False


def form_of(w: Words, word: int) -> str:
    """Return a word in small letters."""
    return w.text[w.start[word] : w.end[word]].lower()


def past_adverbs(w: Words, word: int) -> int:
    """Return the first word from one on that is no adverb."""
    while w.joined(word) and w.kinds[word] & ADVERB:
        word += 1
    return word


def is_definite(w: Words, word: int) -> bool:
    """Tell whether a noun phrase takes for granted what it names."""
    if word >= w.n:
        return False
    kinds = w.kinds[word]
    if kinds & ANY:
        return False
    if kinds & (DEFINITE | POSSESSIVE):
        return True
    if kinds & CAPITAL and w.kinds[phrase_end(w, word)] & CAPITAL:
        return True
    # "Kelley's offense", "the agency's raid".
    return w.joined(word + 1) and w.kinds[word + 1] & POSSESSIVE != 0


def phrase_end(w: Words, word: int) -> int:
    """Return the last word of the noun phrase that begins at a word, lists included."""
    at = word
    limit = min(w.n, word + _LONGEST)
    while at < limit:
        kinds = w.kinds[at]
        if at > word and w.gap[at] != NOTHING:
            if w.gap[at] != COMMA or not list_goes_on(w, at):
                break
        if kinds & COORDINATOR:
            if at == word or not _list_item(w, at + 1):
                break
        elif kinds & (ANY_VERB | SUBORDINATOR | RELATIVE | COMPLEMENTIZER | CONTRAST | FUNCTION):
            if not (at == word and kinds & DETERMINER) and not kinds & CAPITAL:
                break
        elif kinds & REGULAR_PAST and at > word:
            # "men shelled the base": a verb; "armed men": none.
            behind = at + 1
            if not w.joined(behind) or w.kinds[behind] & (DETERMINER | FUNCTION):
                break
        elif kinds & DETERMINER and at > word and not w.kinds[at - 1] & (DETERMINER | COORDINATOR):
            break
        at += 1
    return at - 1


def _list_item(w: Words, word: int) -> bool:
    return w.joined(word) and not w.kinds[word] & (
        ANY_VERB | SUBORDINATOR | RELATIVE | COMPLEMENTIZER | SUBJECT
    )


def list_goes_on(w: Words, word: int) -> bool:
    """Tell whether behind a comma a list goes on: some words, and "or" or "and"."""
    item = word
    for at in range(word, min(w.n, word + _LONGEST)):
        kinds = w.kinds[at]
        if at > word and w.gap[at] == COMMA and not kinds & COORDINATOR:
            item = at
        if at - item >= _LIST_ITEM or (at > word and w.gap[at] > COMMA):
            return False
        if kinds & COORDINATOR:
            return not opens_clause(w, at, True, True)
        if kinds & (ANY_VERB | SUBORDINATOR | RELATIVE | COMPLEMENTIZER | CONTRAST | SUBJECT):
            return False
    return False


def has_there(w: Words, word: int) -> bool:
    """Tell whether "there" stands before the verb that is denied."""
    for at in range(max(word - 3, 0), word):
        if w.kinds[at] & THERE:
            return True
    return False


def any_of(w: Words, word: int, last: int) -> bool:
    """Tell whether a noun phrase says "any" or "a single"."""
    for at in range(word, last + 1):
        if w.kinds[at] & ANY:
            return True
    return False


def has_object(w: Words, word: int) -> bool:
    """Tell whether an object follows a verb such as "begin"; "take place" has none."""
    behind = word + 1
    if not w.joined(behind):
        return False
    if form_of(w, word) in ("take", "taken", "taking", "took"):
        return form_of(w, behind) != "place"
    return not w.kinds[behind] & (
        PREPOSITION | SUBORDINATOR | ADVERB | COORDINATOR | CONTRAST | FUNCTION
    )


def helps(w: Words, verb: int) -> bool:
    """Tell whether an auxiliary stands before a participle: "has left"."""
    behind = past_adverbs(w, verb + 1)
    return w.joined(behind) and w.kinds[behind] & (PARTICIPLE | BE) != 0


def finite_verb(w: Words, word: int) -> int:
    """Return the finite verb of the clause that begins at a word, or -1."""
    at, limit = word, min(w.n, word + _WORDS_TO_VERB)
    while at < limit and (at == word or w.gap[at] == NOTHING):
        kinds = w.kinds[at]
        if kinds & ANY_VERB or (kinds & REGULAR_PAST and at > word):
            return at
        if kinds & (SUBORDINATOR | RELATIVE | COMPLEMENTIZER | CONTRAST):
            return -1
        at += 1
    return -1
