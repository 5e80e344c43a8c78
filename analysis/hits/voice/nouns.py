# cython: annotation_typing=False
"""What nouns and adjectives attribute: "Voss's claim that", "is sure that"."""

from collections.abc import Sequence

from analysis.hits.voice.complements import complement_after
from analysis.hits.voice.contents import act_told, preposed, span, trimmed
from analysis.hits.voice.cutting import Words
from analysis.hits.voice.phrases import (
    NO_PHRASE,
    is_verb,
    may_speak,
    phrase_after,
    subject_before,
)
from analysis.hits.voice.quotes import Quote
from analysis.hits.voice.spans import Attribution
from analysis.hits.voice.words import (
    ADVERB,
    AUTHOR,
    AUXILIARY,
    BE,
    BELIEF,
    BODY,
    CAPITAL,
    CITING,
    COLON,
    DETERMINER,
    DOCUMENT,
    FINITE,
    FUNCTION,
    GERUND,
    ISSUING,
    LIGHT,
    NOBODY,
    NOTHING,
    PAST,
    PERSON,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTED,
    THAT,
    TIME,
    WILLING,
)


def of_noun(
    w: Words,
    quotes: Sequence[Quote],
    start: int,
    end: int,
    first: int,
    last: int,
    found: list[Attribution],
) -> Attribution | None:
    """Return what somebody's own words attribute: "Voss's answer was that", "citing a source"."""
    if w.kinds[first] & CITING:
        source = phrase_after(w, last + 1)
        if source != NO_PHRASE and found:
            # The innermost source counts: what was reported is what the cited one says.
            found[-1].source_start, found[-1].source_end = span(w, source)
        return None
    at = first - 1
    while at >= 0 and w.gap[at + 1] == NOTHING and first - at <= 3:
        if w.kinds[at] & POSSESSIVE or (w.kinds[at] & DETERMINER and w.kinds[at] & PRONOUN):
            break
        if w.kinds[at] & LIGHT or (w.kinds[at] & DETERMINER and at > 0 and w.kinds[at - 1] & LIGHT):
            return _made(w, quotes, start, end, last, at if w.kinds[at] & LIGHT else at - 1)
        if w.kinds[at] & (PREPOSITION | DETERMINER | AUXILIARY):
            return None
        at -= 1
    else:
        return None
    following = last if last > first and w.kinds[last] & THAT else last + 1
    if following < w.n and w.kinds[following] & BE and w.gap[following] == NOTHING:
        following += 1
        if following >= w.n or not w.kinds[following] & THAT:
            return None
    if (
        w.kinds[first] & BELIEF
        and _begin_of(w, at) > 0
        and w.form(_begin_of(w, at) - 1) in ("in", "to")
    ):
        return _in_words(w, start, end, _begin_of(w, at), at, last)
    content = complement_after(w, following, False)
    colon = following < w.n and w.gap[following] == COLON
    quote = -1
    for number in range(following, min(following + 4, w.n + 1)):
        if quote < 0 and (number == following or w.gap[number - 1] in (NOTHING, QUOTED)):
            quote = w.quote_before(number)
    relative = (
        content.kind == "that"
        and content.at + 1 < w.n
        and bool(
            w.kinds[content.at + 1] & (FINITE | AUXILIARY | PLURAL | PAST)
            and not w.kinds[content.at + 1] & (CAPITAL | PERSON | PRONOUN)
        )
    )
    told = (
        colon
        or (content.kind == "that" and not relative)
        or (content.kind == "to" and w.kinds[first] & WILLING)
    )
    if at < 0 or not (told or quote >= 0):
        return None
    begin = _begin_of(w, at)
    source_start, source_end = w.start[begin], w.end[at]
    if w.kinds[at] & POSSESSIVE:
        source_end -= 2
    if not told:
        spoken = quotes[quote]
        return Attribution(start, end, source_start, source_end, spoken.start, spoken.end, True)
    place = w.start[content.at] if content.at < w.n else w.stop
    return Attribution(start, end, source_start, source_end, *trimmed(w.text, place, w.stop), False)


def _made(
    w: Words, quotes: Sequence[Quote], start: int, end: int, last: int, verb: int
) -> Attribution | None:
    """Return what "Voss made the point that" attributes."""
    content = complement_after(w, last if w.kinds[last] & THAT else last + 1, False)
    begin = verb
    while begin > 0 and w.gap[begin] == NOTHING and w.kinds[begin - 1] & (AUXILIARY | ADVERB):
        begin -= 1
    source = subject_before(w, 0, begin - 1)
    if content.kind != "that" or source == NO_PHRASE or w.kinds[source[1]] & AUTHOR:
        return None
    if w.kinds[verb + 1] & NOBODY or not may_speak(w, *source):
        return None
    return preposed(w, quotes, start, end, last, source, content, 0, False)


def _in_words(w: Words, start: int, end: int, begin: int, at: int, last: int) -> Attribution:
    """Return what "in Rell's words" attributes."""
    source_end = w.end[at] - (2 if w.kinds[at] & POSSESSIVE else 0)
    opens = begin < 2
    if opens:
        content = trimmed(w.text, w.end[last], w.stop)
    else:
        content = trimmed(w.text, w.begin, w.start[begin - 1])
    return Attribution(start, end, w.start[begin], source_end, *content, False)


def _begin_of(w: Words, at: int) -> int:
    """Return the first word of the owner that a possessive ends."""
    begin = at
    while (
        begin > 0
        and w.gap[begin] == NOTHING
        and w.kinds[at] & POSSESSIVE
        and (w.kinds[begin - 1] & (CAPITAL | PERSON | BODY) or w.kinds[begin - 1] & DETERMINER)
        and not (w.kinds[begin - 1] & PREPOSITION)
    ):
        begin -= 1
    whole = begin
    while whole > 0 and at - whole < 4 and w.gap[whole] == NOTHING:
        whole -= 1
        if w.kinds[whole] & DETERMINER:
            # "The former soldier's".
            return whole
        if w.kinds[whole] & (FUNCTION | PAST | FINITE | GERUND):
            break
    return begin


def felt(
    w: Words,
    quotes: Sequence[Quote],
    start: int,
    end: int,
    last: int,
    source: tuple[int, int],
    negated: bool,
) -> Attribution | None:
    """Return what "is sure that" attributes, or the attitude that "is worried about" names."""
    content = complement_after(w, last + 1, False)
    if source == NO_PHRASE or not may_speak(w, *source) or w.kinds[source[1]] & AUTHOR:
        of_mind = content.kind in ("that", "preposition")
        return act_told(w, start, end, last, NO_PHRASE) if of_mind else None
    if content.kind in ("that", "clause", "question") and not negated:
        return preposed(w, quotes, start, end, last, source, content, 0, False)
    if content.kind in ("that", "clause", "question", "preposition", "to"):
        return act_told(w, start, end, last, NO_PHRASE if negated else source)
    return None


def act_of_noun(w: Words, start: int, end: int, first: int, last: int) -> Attribution:
    """Return the act that a noun names: "his criticism of the talks"."""
    at = first - 1
    while at >= 0 and first - at <= 3 and w.gap[at + 1] == NOTHING:
        if w.kinds[at] & POSSESSIVE or (w.kinds[at] & DETERMINER and w.kinds[at] & PRONOUN):
            break
        at -= 1
    else:
        at = -1
    source_start, source_end = span(w, (at, at) if at >= 0 else NO_PHRASE)
    if at >= 0 and w.kinds[at] & POSSESSIVE:
        source_end -= 2
    stop = last + 1
    while stop < w.n and w.gap[stop] == NOTHING and not w.kinds[stop] & TIME:
        if stop > last + 1 and is_verb(w, stop):
            break
        stop += 1
    content = trimmed(w.text, end, w.end[stop - 1])
    return Attribution(start, end, source_start, source_end, *content, False, True)


def who_issued(w: Words, left: int, own: tuple[int, int]) -> tuple[int, int]:
    """Return who "issued a memo", and by it says what it says; else the words themselves."""
    verb = own[0] - 1
    if verb <= left or not (w.kinds[own[1]] & DOCUMENT and w.kinds[verb] & ISSUING):
        return own
    while verb > left and w.kinds[verb - 1] & (AUXILIARY | ADVERB):
        verb -= 1
    source = subject_before(w, left, verb - 1)
    return source if source != NO_PHRASE and may_speak(w, *source) else own
