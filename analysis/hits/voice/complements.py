# cython: annotation_typing=False
"""What stands behind a verb: that, a clause, to, a question, a quotation, a noun."""

from analysis.hits.voice.cutting import Words
from analysis.hits.voice.phrases import is_noun_like, is_verb
from analysis.hits.voice.words import (
    ADDRESSED,
    ADVERB,
    AUXILIARY,
    BODY,
    BREAK,
    CAPITAL,
    CITING,
    COLON,
    COMMA,
    CONTRAST,
    COORDINATOR,
    DETERMINER,
    FINITE,
    GERUND,
    NOTHING,
    PAST,
    PERSON,
    PLURAL,
    PREPOSITION,
    PRONOUN,
    QUESTION_WORD,
    QUOTED,
    RELATIVE,
    STOP,
    SUBORDINATOR,
    THAT,
    TIME,
    TO,
)

_FAR_VERB = 14
_LONGEST_OCCASION = 14
_OF_CONTENT = ("of", "about", "against", "with", "as", "if", "whether", "like", "for", "despite")


class Complement:
    """What stands behind a verb, and with which word it begins; "" for nothing."""

    def __init__(self, kind: str, at: int) -> None:
        self.kind = kind
        self.at = at


def closes_after(w: Words, at: int) -> bool:
    """Tell whether no more than a time or an occasion follows a verb."""
    gap = w.gap_before(at)
    if at >= w.n or gap in (COMMA, STOP, BREAK):
        return gap != QUOTED
    if gap == QUOTED:
        return False
    kinds = w.kinds[at]
    if kinds & (COORDINATOR | CONTRAST | GERUND):
        return True
    if gap == COLON or not kinds & (TIME | ADVERB | PREPOSITION | SUBORDINATOR) or kinds & TO:
        return False
    if kinds & PREPOSITION and w.form(at) in _OF_CONTENT:
        return False
    # The occasion has to end soon: "on Monday", "at a meeting in Vell".
    number = at
    while (
        number < w.n
        and number - at < _LONGEST_OCCASION
        and (number == at or w.gap[number] == NOTHING)
    ):
        if w.kinds[number] & (THAT | QUESTION_WORD & ~SUBORDINATOR) and number > at:
            return False
        if number > at and not kinds & SUBORDINATOR and is_verb(w, number):
            return False
        number += 1
    return w.gap_before(number) in (COMMA, STOP, BREAK) if number < w.n else True


def ends_there(w: Words, at: int) -> bool:
    """Tell whether a mark or a time ends a source that stands behind its verb."""
    if w.gap_before(at) in (COMMA, STOP, BREAK):
        return True
    return (
        at < w.n
        and w.gap[at] == NOTHING
        and bool(
            w.kinds[at] & TIME
            or (at + 1 < w.n and w.kinds[at] & PREPOSITION and w.kinds[at + 1] & TIME)
        )
    )


def addresses(w: Words, at: int) -> bool:
    """Tell whether no more than who is spoken to follows: "he told reporters on Monday"."""
    number = at
    while number < w.n and number - at < 6 and w.gap[number] == NOTHING:
        if w.kinds[number] & (AUXILIARY | RELATIVE):
            return False
        number += 1
    return number > at and w.gap_before(number) in (COMMA, STOP, QUOTED, BREAK)


def complement_after(w: Words, at: int, addressing: bool) -> Complement:
    """Return what stands behind a verb: that, clause, to, question, quote, noun, preposition."""
    if at >= w.n:
        return Complement("quote", at) if w.last_gap == QUOTED else Complement("", at)
    gap = w.gap[at]
    if gap == QUOTED:
        return Complement("quote", at)
    if gap == COLON:
        return Complement("clause", at)
    if gap in (BREAK, STOP):
        return Complement("", at)
    if gap == COMMA:
        # "said, on Monday, that"; "he said, "…"" is a quotation's gap.
        number = at
        citing = w.kinds[at] & CITING
        while number < w.n and number - at < 8:
            if w.kinds[number] & THAT and (w.gap[number] == COMMA or citing):
                return Complement("that", number)
            number += 1
        return Complement("", at)
    kinds = w.kinds[at]
    if addressing:
        moved = _behind_addressee(w, at)
        if moved > at:
            return complement_after(w, moved, False)
    # Times and adverbs between: "said on Monday that", "said in a statement that".
    number = at
    while number < w.n and number - at < 9 and w.gap[number] == NOTHING:
        if w.kinds[number] & THAT and (number == at or _is_occasion(w, at)):
            return Complement("that", number)
        number += 1
    if kinds & THAT:
        return Complement("that", at)
    if _is_occasion(w, at):
        number = at
        while number < w.n and number - at < 9 and w.gap[number] == NOTHING:
            number += 1
        if number <= w.n and w.gap_before(number) == QUOTED:
            return Complement("quote", number)
        if kinds & (TIME | ADVERB) and at + 1 < w.n:
            return complement_after(w, at + 1, False)
        if number < w.n and w.gap[number] == COLON:
            return Complement("clause", number)
    if kinds & TO:
        following = w.kinds[at + 1] if at + 1 < w.n else 0
        nominal = following & (CAPITAL | DETERMINER | GERUND)
        return Complement("preposition" if nominal else "to", at)
    if kinds & QUESTION_WORD:
        return Complement("question", at)
    if is_clause(w, at):
        return Complement("clause", at)
    if kinds & (PREPOSITION | SUBORDINATOR):
        return Complement("preposition", at)
    if kinds & (COORDINATOR | CONTRAST):
        return Complement("", at)
    return Complement("noun", at)


def _is_occasion(w: Words, at: int) -> bool:
    kinds = w.kinds[at]
    return bool(kinds & (TIME | ADVERB)) or (
        bool(kinds & PREPOSITION)
        and not kinds & TO
        and w.form(at) not in ("of", "about", "against", "as")
    )


def _behind_addressee(w: Words, at: int) -> int:
    """Return the word behind who is spoken to; the same word where nobody is."""
    number = at
    kinds = w.kinds[number]
    if kinds & ADDRESSED and not (
        kinds & DETERMINER and number + 1 < w.n and is_noun_like(w.kinds[number + 1])
    ):
        return number + 1
    if not kinds & (CAPITAL | DETERMINER | PERSON | PLURAL | BODY):
        return at
    while number < w.n and number - at < 6 and (number == at or w.gap[number] == NOTHING):
        kinds = w.kinds[number]
        opens = kinds & (THAT | QUESTION_WORD | TO | PRONOUN | ADVERB | TIME | DETERMINER)
        if number > at and (opens or (kinds & PREPOSITION and w.form(number) != "of")):
            heard = w.kinds[number - 1] & (CAPITAL | PERSON | BODY | PLURAL)
            return number if heard else at
        if kinds & (COORDINATOR | CONTRAST):
            return at
        if is_verb(w, number) and number > at:
            return at
        number += 1
    if number >= w.n or w.gap[number] in (QUOTED, COLON, COMMA):
        return number
    return at


def is_clause(w: Words, at: int) -> bool:
    """Tell whether a subject and its verb follow, as in "said the border was ugly"."""
    if w.kinds[at] & (PREPOSITION | GERUND) and not w.kinds[at] & (PERSON | SUBORDINATOR):
        return False
    number = at + 1
    while number < w.n and number - at < _FAR_VERB and w.gap[number] in (NOTHING, QUOTED):
        kinds = w.kinds[number]
        if kinds & (THAT | RELATIVE | SUBORDINATOR | TO | CONTRAST) and not kinds & PREPOSITION:
            return False
        if is_verb(w, number):
            past = kinds & PAST and not kinds & (FINITE | AUXILIARY)
            following = w.kinds[number + 1] if number + 1 < w.n else 0
            # "a body wrapped in plastic" has no verb.
            return not (past and following & PREPOSITION and w.form(number + 1) in ("by", "in"))
        number += 1
    return False
