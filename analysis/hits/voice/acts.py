# cython: annotation_typing=False
"""Acts and attitudes that a text tells of: they have a cue, and give words to nobody."""

from collections.abc import Sequence

from analysis.hits.voice.complements import complement_after
from analysis.hits.voice.contents import Attribution, act_told, preposed, span, trimmed
from analysis.hits.voice.cutting import Words
from analysis.hits.voice.phrases import NO_PHRASE, is_verb, may_speak
from analysis.hits.voice.quotes import Quote
from analysis.hits.voice.words import (
    AUTHOR,
    DETERMINER,
    NOTHING,
    POSSESSIVE,
    PRONOUN,
    TIME,
)


def felt(
    w: Words,
    quotes: Sequence[Quote],
    start: int,
    end: int,
    last: int,
    source: tuple[int, int],
    negated: bool,
) -> Attribution | None:
    """Return what "is sure that" attributes; "is worried about" tells of an attitude."""
    content = complement_after(w, last + 1, False)
    if source == NO_PHRASE or not may_speak(w, *source) or w.kinds[source[1]] & AUTHOR:
        return None
    if content.kind in ("that", "clause", "question") and not negated:
        return preposed(w, quotes, start, end, last, source, content, 0, False)
    if content.kind in ("that", "clause", "question", "preposition", "to"):
        return act_told(w, start, end, last, NO_PHRASE if negated else source)
    return None


def act_of_noun(w: Words, start: int, end: int, first: int, last: int) -> Attribution:
    """Return the act that a noun tells of: "his criticism of the talks"."""
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


def without_told_acts(found: list[Attribution]) -> list[Attribution]:
    """Leave out acts of which somebody tells, or another act: they are no report of their own."""
    kept: list[Attribution] = []
    told = [one for one in found if not one.quoted and one.content_start < one.content_end]
    told.sort(key=lambda one: one.content_start)
    place, end = 0, -1
    for one in found:
        while place < len(told) and told[place].content_start <= one.cue_start:
            end = max(end, told[place].content_end)
            place += 1
        if not one.weak or one.cue_start >= end:
            kept.append(one)
    return kept
