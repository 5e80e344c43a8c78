# cython: annotation_typing=False
"""What an attribution gives to its source: a quotation, a clause, or what stands before it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from analysis.hits.voice.complements import Complement, is_clause
from analysis.hits.voice.cutting import Words
from analysis.hits.voice.phrases import NO_PHRASE, may_speak, phrase_after
from analysis.hits.voice.quotes import Quote
from analysis.hits.voice.words import (
    ADVERB,
    AS,
    ATTITUDE,
    AUXILIARY,
    BODY,
    BREAK,
    CAPITAL,
    COMMA,
    CONTRAST,
    COORDINATOR,
    DETERMINER,
    FINITE,
    GERUND,
    NAMING,
    NEEDS_CLAUSE,
    NOBODY,
    NOTHING,
    PAST,
    PERSON,
    PREPOSITION,
    PRONOUN,
    QUANTIFIER,
    QUESTION_WORD,
    QUOTED,
    RELATIVE,
    STOP,
    SUBORDINATOR,
    THAT,
    UNTOLD,
)

_LONGEST_NAME = 5
_NEAR = 80
# Words of a clause that "which" adds.
_LONGEST_ADDED = 40


class Attribution(NamedTuple):
    """One cue with its source and content, in code points of the paragraph; -1 for none."""

    cue_start: int
    cue_end: int
    source_start: int
    source_end: int
    content_start: int
    content_end: int
    quoted: bool
    weak: bool = False


def joined(sentences: Sequence[tuple[int, int]], quotes: Sequence[Quote]) -> list[tuple[int, int]]:
    """Return sentences, those joined that a quotation runs through."""
    joined: list[tuple[int, int]] = []
    place = 0
    for begin, end in sentences:
        while place < len(quotes) and quotes[place].end <= begin:
            place += 1
        inside = place < len(quotes) and quotes[place].start < begin < quotes[place].end
        if joined and inside:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


def as_put(
    w: Words, start: int, end: int, last: int, source: tuple[int, int], opening: int
) -> Attribution | None:
    """Return what "as Voss put it" attributes: what stands beside it."""
    if opening > 1:
        content = trimmed(w.text, w.begin, w.start[opening - 1])
        return Attribution(start, end, *span(w, source), *content, False)
    at = last + 1
    while at < w.n and w.gap[at] == NOTHING:
        at += 1
    if at >= w.n:
        return None
    content = trimmed(w.text, w.end[at - 1], w.stop)
    return Attribution(start, end, *span(w, source), *content, w.gap[at] == QUOTED)


def of_phrase(
    w: Words, start: int, end: int, first: int, last: int, left: int
) -> Attribution | None:
    """Return what "according to", "in the words of" and their like attribute."""
    source = phrase_after(w, last + 1, True)
    if source == NO_PHRASE:
        return None
    source_start, source_end = span(w, source)
    clause = first
    while (
        clause > left
        and w.gap[clause] == NOTHING
        and w.kinds[clause - 1] & (COORDINATOR | CONTRAST | ADVERB | RELATIVE)
    ):
        clause -= 1
    at = source[1] + 1
    if at < w.n and w.kinds[at] & RELATIVE:
        # "according to aides who met him, is".
        while at < w.n and w.gap[at] == NOTHING:
            at += 1
    if (
        0 < clause == first
        and at < w.n
        and w.gap[clause] == COMMA == w.gap[at]
        and w.kinds[at] & (AUXILIARY | FINITE)
    ):
        # "The town, according to Voss, is empty".
        return Attribution(start, end, source_start, source_end, w.begin, w.stop, False)
    opens = clause == 0 or (w.gap[clause] in (COMMA, BREAK) and w.kinds[clause] & CONTRAST)
    following = source[1] + 1
    if (opens and w.gap[clause] != QUOTED) or (
        left and w.gap[clause] == COMMA and w.gap_before(following) == COMMA
    ):
        content = trimmed(w.text, source_end, w.stop)
    else:
        begin = w.begin if not left else w.end[left - 1]
        content = trimmed(w.text, begin, start)
    return Attribution(start, end, source_start, source_end, *content, False)


def postposed(
    w: Words,
    quotes: Sequence[Quote],
    start: int,
    end: int,
    source: tuple[int, int],
    opening: int,
    after: int,
    found: Sequence[Attribution],
) -> Attribution:
    """Return an attribution whose content stands before it, and may go on behind it."""
    source_start, source_end = span(w, source)
    quoted = opening < w.n and w.quote[opening] >= 0
    if quoted and _opens_clause(w, quotes[w.quote[opening]], opening, found):
        # "Sanctions would make it "the gendarme," Voss warned".
        quoted = False
    begin = quotes[w.quote[opening]].start if quoted else w.begin
    if not quoted and found and found[-1].content_end > w.start[opening]:
        begin = max(begin, min(found[-1].cue_end, w.start[opening]))
    stop = min(start, source_start) if source_start >= 0 else start
    content_start, content_end = trimmed(w.text, begin, stop)
    if quoted:
        for place in range(after, min(after + 8, w.n + 1)):
            number = w.quote_before(place)
            if number >= 0 and quotes[number].start - end < 2 * _NEAR:
                content_end = quotes[number].end
                break
    elif w.gap_before(after) == COMMA and _takes_up(w, after, source_start > start):
        content_end = trimmed(w.text, content_start, w.stop)[1]
    return Attribution(start, end, source_start, source_end, content_start, content_end, quoted)


def _opens_clause(w: Words, quote: Quote, opening: int, found: Sequence[Attribution]) -> bool:
    """Tell whether a clause that nobody else says runs into a quotation, without a mark."""
    if not opening or any([not one.weak for one in found]):
        return False
    between = w.text[w.end[opening - 1] : quote.start]
    return between == " " and w.quote[opening - 1] < 0


def _takes_up(w: Words, at: int, inverted: bool) -> bool:
    """Tell whether what is said goes on behind "…, he said, …", and no apposition follows."""
    if at >= w.n:
        return False
    if inverted:
        return bool(w.kinds[at] & (COORDINATOR | CONTRAST)) or is_clause(w, at)
    return not w.kinds[at] & (GERUND | RELATIVE)


def preposed(
    w: Words,
    quotes: Sequence[Quote],
    start: int,
    end: int,
    last: int,
    source: tuple[int, int],
    content: Complement,
    kinds: int,
    weak: bool,
) -> Attribution | None:
    """Return an attribution whose content stands behind it, if it has any."""
    kind, at = content
    told = bool(kind or w.gap_before(last + 1) == NOTHING) and not kinds & UNTOLD
    following = w.kinds[last + 1] if last + 1 < w.n and w.gap[last + 1] == NOTHING else 0
    asked = kind == "preposition" and source[0] >= 0 and _is_what(w, source)
    if following & NOBODY or (asked and not kinds & NAMING):
        # "said nothing", "what Voss said about the talks".
        return act_told(w, start, end, last, source)
    spoken = span(w, source)
    quote = w.quote_before(at) if at <= w.n else -1
    if kinds & NAMING:
        # "sees the talks as a test": what they are seen as.
        number = last + 1
        while number < w.n and number - last < 25 and w.gap[number] != STOP:
            if w.kinds[number] & AS and number + 1 <= w.n:
                named = trimmed(w.text, w.end[number], w.stop)
                return Attribution(start, end, *spoken, *named, False, weak)
            if w.gap[number] == QUOTED:
                break
            number += 1
        number = last + 1
        while number <= w.n and number - last < 25:
            place = w.quote_before(number)
            if place >= 0:
                own = quotes[place]
                return Attribution(start, end, *spoken, own.start, own.end, True, weak)
            number += 1
        if kind == "noun" and kinds & NEEDS_CLAUSE and source[0] >= 0 and _is_what(w, source):
            kind = "clause"
        elif kind in ("noun", "preposition"):
            # "called the talks a "farce"": single words in marks.
            place = bisect_left(quotes, (end,))
            marked = quotes[place] if place < len(quotes) else None
            if marked is None or marked.work or marked.start - end > _NEAR or marked.end > w.stop:
                return act_told(w, start, end, last, source) if told else None
            return Attribution(start, end, *spoken, marked.start, marked.end, True, weak)
    if weak or (kinds & NEEDS_CLAUSE and kind in ("noun", "preposition", "")):
        if kinds & ATTITUDE and kind == "noun" and not weak:
            kind = "clause"
        else:
            # What is quoted further on is theirs all the same.
            for number in range(last + 1, w.n + 1):
                place = w.quote_before(number)
                if place >= 0:
                    own = quotes[place]
                    return Attribution(start, end, *spoken, own.start, own.end, True, weak)
                if number < w.n and w.gap[number] in (BREAK, STOP):
                    break
            return act_told(w, start, end, last, source) if weak or told else None
    if not kind and quote < 0:
        return act_told(w, start, end, last, source) if told else None
    begin = (
        quotes[quote].start
        if kind == "quote" and quote >= 0
        else (w.start[at] if at < w.n else w.stop)
    )
    said = trimmed(w.text, min(begin, w.stop), w.stop)
    if said[0] >= said[1]:
        return None
    return Attribution(start, end, *spoken, *said, kind == "quote", weak)


def act_told(w: Words, start: int, end: int, last: int, source: tuple[int, int]) -> Attribution:
    """Return an act that the narrator reports, and nobody says."""
    if source[0] > last:
        # "dismissed by critics as a dream".
        last = source[1]
    stop = last + 1
    while stop < w.n and w.gap[stop] == NOTHING and not _begins_other(w, stop):
        stop += 1
    content = trimmed(w.text, w.end[last], w.end[stop - 1])
    return Attribution(start, end, *span(w, source), *content, False, True)


def _begins_other(w: Words, at: int) -> bool:
    """Tell whether "but warned" or "and left" begins another act of the same subject."""
    following = w.kinds[at + 1] if at + 1 < w.n else 0
    return bool(
        w.kinds[at] & CONTRAST or (w.kinds[at] & COORDINATOR and following & (PAST | AUXILIARY))
    )


def _is_what(w: Words, source: tuple[int, int]) -> bool:
    """Tell whether "what" stands before a source: "what it calls a threat"."""
    return source[0] > 0 and bool(w.kinds[source[0] - 1] & QUESTION_WORD)


def cut_short(w: Words, found: list[Attribution]) -> list[Attribution]:
    """End what is attributed where another takes over: "…, adding that", "…, according to"."""
    for number, one in enumerate(found):
        opening = w.at(one.source_start) if one.source_start >= 0 else -1
        preposed = one.source_start < one.cue_start <= one.content_start
        before = w.kinds[opening - 1] if opening > 0 else 0
        if one.cue_end <= one.content_start < one.source_start < one.content_end:
            # "Saying that talks failed, Voss left".
            end = trimmed(w.text, one.content_start, one.source_start)[1]
            found[number] = one._replace(content_end=max(end, one.content_start))
        elif preposed and not one.quoted and before & SUBORDINATOR and not before & AS:
            # "After Voss said the talks failed, troops left".
            at = w.at(one.content_start)
            farthest = min(at + _LONGEST_ADDED, w.n)
            while at < farthest and w.gap[at] not in (COMMA, QUOTED):
                at += 1
            if at < farthest:
                found[number] = one._replace(content_end=w.end[at - 1])
    for number, one in enumerate(found):
        if one.quoted or one.content_end <= one.content_start or one.weak:
            continue
        begin = w.at(one.content_start)
        if one.source_start < one.cue_start <= one.content_start and _in_aside(w, one):
            # "The envoy, who said talks failed, left".
            at, farthest = begin + 1, min(begin + _LONGEST_ADDED, w.n)
            while at < farthest and not (
                w.gap[at] == COMMA and w.kinds[at] & (PAST | FINITE | AUXILIARY)
            ):
                at += 1
            if at < farthest:
                found[number] = one._replace(content_end=w.end[at - 1])
                continue
        # What a clause with "which" adds at the end is the narrator's.
        at = w.at(one.content_end) - 1
        farthest = max(at - _LONGEST_ADDED, 0)
        while at > farthest and w.gap[at] == NOTHING:
            at -= 1
        added = at > 0 and w.gap[at] == COMMA and w.kinds[at] & RELATIVE
        if added and one.content_start < w.start[at]:
            found[number] = one._replace(content_end=w.end[at - 1])
    for number in range(len(found) - 1):
        one, later = found[number], found[number + 1]
        word = w.at(later.cue_start)
        shared = later.source_start == one.source_start or later.source_start > later.cue_start
        if (
            shared
            and not one.quoted
            and one.content_start < later.cue_start < one.content_end
            and word < w.n
            and w.gap[word] in (COMMA, QUOTED)
            and later.content_start >= later.cue_start
        ):
            end = trimmed(w.text, one.content_start, later.cue_start)[1]
            found[number] = one._replace(content_end=max(end, one.content_start))
    return found


def _goes_on(w: Words, one: Attribution, before: list[Attribution]) -> bool:
    """Tell whether "he hopes" opens what the same speaker says: "Voss said he hopes that"."""
    if not before or one.source_start < 0 or one.quoted:
        return False
    outer, source = before[-1], w.at(one.source_start)
    opening = w.at(outer.content_start)
    if source > opening and w.kinds[opening] & THAT:
        opening += 1
    return (
        source == opening
        and outer.content_start > outer.cue_start
        and outer.source_start >= 0
        and not outer.weak
        and not outer.quoted
        and bool(w.kinds[source] & PRONOUN)
        and one.source_end <= w.end[source]
    )


def without_told_acts(w: Words, found: list[Attribution]) -> list[Attribution]:
    """Leave out acts of which somebody tells, or another act: they are no report of their own."""
    kept: list[Attribution] = []
    told = sorted([(one.content_start, one.content_end) for one in found if not one.quoted])
    place, end = 0, -1
    for one in found:
        while place < len(told) and told[place][0] <= one.cue_start:
            end = max(end, told[place][1])
            place += 1
        if one.cue_start >= end or not (one.weak or _goes_on(w, one, kept)):
            kept.append(one)
    return kept


def is_told(one: Attribution, before: list[Attribution]) -> bool:
    """Tell whether the source of an attribution stands in what another attributes."""
    place = one.source_start
    around = [a for a in before if not a.weak and a.content_start <= place < a.content_end]
    return any([0 <= a.source_start < a.cue_start <= a.content_start for a in around])


def _in_aside(w: Words, one: Attribution) -> bool:
    """Tell whether a clause with "who" or "which" between commas attributes."""
    first = w.at(one.source_start) if one.source_start >= 0 else w.n
    number = w.at(one.cue_start)
    while number > 0 and number >= first - 2:
        if w.kinds[number] & RELATIVE:
            return w.gap[number] == COMMA or w.gap[number - 1] == COMMA
        number -= 1
    return False


def names_source(w: Words, one: Attribution) -> bool:
    """Tell whether somebody is named who is quoted within a quotation."""
    if one.source_start < 0 or one.weak:
        return False
    first, last = w.at(one.source_start), w.at(one.source_end - 1)
    if not may_speak(w, first, last) or w.kinds[last] & (PRONOUN | QUANTIFIER):
        return False
    within = [w.kinds[number] for number in range(max(first, 1), last + 1)]
    named = any([bool(kinds & CAPITAL) and not kinds & (PERSON | BODY) for kinds in within])
    if one.source_start > one.cue_end and w.kinds[w.at(one.cue_end - 1)] & PREPOSITION:
        # "According to his forecasts".
        return named or first < last
    if w.kinds[first] & (DETERMINER | QUANTIFIER | PRONOUN):
        definite = w.form[first] in ("the", "our", "my", "his", "her", "their")
        return (definite or named) and bool(w.kinds[last] & (CAPITAL | PERSON | BODY))
    return bool(w.kinds[last] & CAPITAL) or (bool(w.kinds[last] & (PERSON | BODY)) and first < last)


def uncued_quotes(
    text: str, quotes: Sequence[Quote], found: Sequence[Attribution]
) -> list[Attribution]:
    """Give each quotation that no cue attributes to who is named beside it, or spoke last."""
    if not quotes:
        return []
    contents = sorted([(one.content_start, one.content_end) for one in found])
    starts = [start for start, _ in contents]
    furthest = list(accumulate([end for _, end in contents], max))
    named = [one for one in found if one.source_start >= 0]
    cue_starts = [one.cue_start for one in named]
    uncued: list[Attribution] = []
    behind = 0
    for number, quote in enumerate(quotes):
        left, behind = behind, quote.end
        place = bisect_left(starts, quote.end) - 1
        if (place >= 0 and furthest[place] > quote.start) or quote.scare:
            continue
        right = quotes[number + 1].start if number + 1 < len(quotes) else len(text)
        source = _before_colon(text, left, quote.start)
        if source[0] < 0:
            source = _behind_dash(text, quote.end, right)
        last = bisect_right(cue_starts, quote.start) - 1
        if source[0] < 0 and last >= 0:
            source = (named[last].source_start, named[last].source_end)
        uncued.append(Attribution(-1, -1, *source, quote.start, quote.end, True))
    return uncued


def _before_colon(text: str, left: int, at: int) -> tuple[int, int]:
    """Return the words before a colon, as in "Ana Rell: "…"", if they may be a name; or -1."""
    before = text[left:at].rstrip()
    if not before.endswith(":"):
        return -1, -1
    start, end = trimmed(text, max(left, at - _NEAR), left + len(before) - 1)
    words = text[start:end].split()
    if 0 < len(words) <= _LONGEST_NAME and words[0][0].isupper() and words[-1][0].isupper():
        return start, end
    return -1, -1


def _behind_dash(text: str, at: int, right: int) -> tuple[int, int]:
    """Return the name behind a dash or within brackets behind a quotation; or -1."""
    following = text[at:right]
    plain = following.lstrip()
    if not plain or plain[0] not in "-\u2013\u2014(":
        return -1, -1
    start = at + len(following) - len(plain) + 1
    while start < right and text[start] in " -\u2013\u2014":
        start += 1
    end = start
    while end < right and text[end] not in ",.;:()\n":
        end += 1
    words = text[start:end].split()
    if 0 < len(words) <= _LONGEST_NAME and all(word[0].isupper() for word in words):
        return start, end
    return -1, -1


def span(w: Words, phrase: tuple[int, int]) -> tuple[int, int]:
    """Return where a phrase stands in the text; -1 for none."""
    first, last = phrase
    if first < 0:
        return -1, -1
    if first == last and w.kinds[last] & AUXILIARY and w.kinds[last] & PRONOUN:
        # "They've": the pronoun alone.
        length = max(w.form[last].find("'"), 0) or w.end[last] - w.start[last]
        return w.start[first], w.start[last] + length
    return w.start[first], w.end[last]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without blanks and marks at its ends."""
    start = max(start, 0)
    while start < end and _is_margin(text[start]):
        start += 1
    while end > start and _is_margin(text[end - 1]):
        end -= 1
    return start, end


def _is_margin(character: str) -> bool:
    return character in " \t\n\r\u00a0,;:\u2014\u2013"
