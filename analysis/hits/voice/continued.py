"""Sentences without a source that go on with what the one before attributes: "Moreover, …"."""

from bisect import bisect_left
from collections.abc import Sequence

from analysis.hits.voice.spans import Attribution
from analysis.hits.voice.words import VoiceWords


def continued(
    text: str,
    sentences: Sequence[tuple[int, int]],
    found: Sequence[Attribution],
    words: VoiceWords,
) -> list[Attribution]:
    """Give sentences that open with "In addition," to the source behind what they add to."""
    own = sorted([(_place(one), n) for n, one in enumerate(found)]) if found else []
    added: list[Attribution] = []
    source: tuple[int, int] | None = None
    reach = 0
    for begin, end in sentences if own else ():
        here = own[bisect_left(own, (begin,)) : bisect_left(own, (end,))]
        if here:
            source = _behind(found[here[-1][1]])
        elif source is not None and reach <= begin and words.goes_on.match(text, begin):
            added.append(Attribution(-1, -1, *source, begin, end, False))
        else:
            source = None
        reach = max([reach, *[found[n].content_end for _, n in here]])
    return added


def with_those_before(
    numbers: set[int], sentences: Sequence[tuple[int, int]], text: str, words: VoiceWords
) -> set[int]:
    """Add the sentences that some sentences go on with."""
    for number in list(numbers):
        while number > 0 and words.goes_on.match(text, sentences[number][0]):
            number -= 1
            if number in numbers:
                break
            numbers.add(number)
    return numbers


def _place(one: Attribution) -> int:
    return one.content_start if one.cue_start < 0 else one.cue_start


def _behind(one: Attribution) -> tuple[int, int] | None:
    """Return the source of what is told first and then attributed, or of "according to"."""
    told = one.content_end > one.content_start and not one.weak and not one.quoted
    before = one.source_start < one.cue_start <= one.content_start
    return (
        (one.source_start, one.source_end)
        if told and one.source_start >= 0 and not before
        else None
    )
