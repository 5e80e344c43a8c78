# cython: annotation_typing=False
"""What the cues of one paragraph attribute, and to whom: cue, source and content."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from analysis.hits.voice.quotes import Quote
from analysis.hits.voice.words import VoiceWords

_LONGEST_SOURCE = 8
_LONGEST_NAME = 5
# No subject lies further from its verb, and no addressee or second half of a quotation.
_FAR = 300
_NEAR = 80


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


def attributions_in(
    text: str,
    sentences: Sequence[tuple[int, int]],
    quotes: Sequence[Quote],
    cues: Sequence[tuple[int, int, str]],
    words: VoiceWords,
) -> list[Attribution]:
    """Find the attributions of one paragraph."""
    starts = [quote.start for quote in quotes]
    ends = [quote.end for quote in quotes]
    if quotes:
        sentences = _joined(sentences, quotes)
    n_sentences = len(sentences)
    number = place = 0
    found: list[Attribution] = []
    for start, end, subcategory in cues:
        while place < len(starts) and starts[place] <= start:
            place += 1
        before: Quote | None = quotes[place - 1] if place > 0 else None
        # "self-proclaimed" says nothing; "seemed to suggest" says one thing.
        if (before is not None and start < ends[place - 1]) or _is_noun(text, start, words):
            continue
        if found and text[found[-1].cue_end : start] in words["joining"]:
            found[-1] = found[-1]._replace(cue_end=end)
            continue
        while number + 1 < n_sentences and sentences[number + 1][0] <= start:
            number += 1
        begin, stop = sentences[number] if n_sentences else (0, len(text))
        if before is not None and before.start < begin:
            before = None
        after: Quote | None = quotes[place] if place < len(starts) else None
        if after is not None and after.start >= stop:
            after = None
        # No source reaches over another cue.
        left = max(begin, found[-1].cue_end) if found else begin
        one = _attribution(text, begin, left, stop, start, end, subcategory, before, after, words)
        goes_on = one.source_start < 0 or _ends_in(text, end, words["gerund_endings"])
        if goes_on and found and found[-1].cue_end >= begin and found[-1].source_start >= 0:
            # "…, adding that": who spoke before goes on.
            one = one._replace(source_start=found[-1].source_start, source_end=found[-1].source_end)
        found.append(one)
    return found + _uncued(text, quotes, found) if quotes else found


def _joined(sentences: Sequence[tuple[int, int]], quotes: Sequence[Quote]) -> list[tuple[int, int]]:
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


def _attribution(
    text: str,
    begin: int,
    first: int,
    stop: int,
    start: int,
    end: int,
    subcategory: str,
    before: Quote | None,
    after: Quote | None,
    words: VoiceWords,
) -> Attribution:
    if subcategory in words["before_source"]:
        source_start, source_end = _source_after(text, end, stop, words)
        content_start, content_end = _trimmed(text, begin, start)
        if content_start == content_end:
            content_start, content_end = _trimmed(text, max(source_end, end), stop)
        return Attribution(start, end, source_start, source_end, content_start, content_end, False)
    source_start, source_end, postposed = _subject(
        text, begin, first, stop, start, end, before, words
    )
    if postposed:
        content_end = source_start if 0 <= source_start < start else start
        content_start, content_end = _trimmed(
            text, begin if before is None else before.start, content_end
        )
        # "…," she said, "…": the quotation goes on.
        if after is not None and after.start - end < _NEAR:
            content_end = after.end
        elif before is None and _goes_on(text, max(source_end, end), stop, words):
            content_end = _trimmed(text, content_start, stop)[1]
        quoted = before is not None
    else:
        content_start = end
        if text[start:end].lower() in words["addressing"]:
            addressed = words["addressed"].match(text, end, min(stop, end + _NEAR))
            if addressed is not None:
                content_start = addressed.end()
        content_start, content_end = _trimmed(text, content_start, stop)
        quoted = after is not None
    weak = subcategory in words["weak"]
    return Attribution(
        start, end, source_start, source_end, content_start, content_end, quoted, weak
    )


def _is_noun(text: str, start: int, words: VoiceWords) -> bool:
    """Tell whether a cue is a noun, or a part of a compound such as "self-proclaimed"."""
    if start > 0 and text[start - 1] in "-\u2010\u2011":
        return True
    first, last = _word_before(text, max(0, start - _NEAR), start)
    return first >= 0 and last == start - 1 and text[first:last].lower() in words["before_noun"]


def _goes_on(text: str, at: int, stop: int, words: VoiceWords) -> bool:
    """Tell whether a sentence goes on behind "…, he said, …"."""
    if at >= stop or text[at] != ",":
        return False
    first, last = _word_behind(text, at, stop)
    return first >= 0 and not text[first:last].lower().startswith(words["adding"])


def _subject(
    text: str,
    begin: int,
    first: int,
    stop: int,
    start: int,
    end: int,
    before: Quote | None,
    words: VoiceWords,
) -> tuple[int, int, bool]:
    """Find the source of a verb, and tell whether what is said stands before both."""
    if text[start:end].lower() in words["seeming"]:
        return -1, -1, False
    left = max(first if before is None else max(first, before.end), start - _FAR)
    at = start
    while at > left and _is_margin(text[at - 1]):
        at -= 1
    if before is not None and at == left:
        source_start, source_end = _source_after(text, end, stop, words)
        return source_start, source_end, True
    if _ends_in(text, end, words["gerund_endings"]):
        # A participle speaks for the subject of its sentence.
        if before is not None:
            return -1, -1, False
        source_start, source_end = _source_after(text, left, start, words)
        return source_start, source_end, False
    at = start
    while at > left and _is_blank(text[at - 1]):
        at -= 1
    if at > left and text[at - 1] == "," and not _ends_in(text, end, words["that"]):
        source_start, source_end = _inverted(text, end, stop, words)
        if source_start >= 0:
            return source_start, source_end, True
    word_start, word_end = _word_before(text, left, start)
    if word_start >= 0 and _is_passive(text, word_start, word_end, start, end, words):
        source_start, source_end = _agent(text, end, stop, words)
        return source_start, source_end, False
    while word_start >= 0 and _is_between(text[word_start:word_end], words):
        word_start, word_end = _word_before(text, left, word_start)
    if word_start < 0:
        return -1, -1, False
    at = end
    limit = min(stop, end + _NEAR)
    while at < limit and text[at] in " \u00a0":
        at += 1
    closes = at >= limit or text[at] in ".,;?!)" or _opens_quotation(text[at])
    mark = _last_break(text, left, start)
    if closes and mark >= word_end:
        # "…, the envoy, Ana Rell, said": a clause, a subject and what stands beside it.
        middle = _last_break(text, left, mark)
        outer = _last_break(text, left, middle) if middle >= 0 else -1
        opening, _ = _word_behind(text, outer + 1, word_end)
        if outer >= 0 and opening >= 0 and middle - opening < _NEAR:
            return opening, word_end, True
    edge = mark + 1 if left <= mark < word_start else left
    first = edge
    opening = word_start
    other_start, other_end = word_start, word_end
    while other_start >= edge:
        if text[other_start:other_end] in words["clause_words"]:
            first = max(edge, other_end)
            break
        opening = other_start
        other_start, other_end = _word_before(text, edge, other_start)
    else:
        first = max(edge, begin)
    if opening < first:
        opening, _ = _word_behind(text, first, word_end)
        if opening < 0:
            return -1, -1, False
    set_off = first == edge and (before is not None or mark >= left)
    postposed = (
        set_off
        and (
            closes
            or _on_an_occasion(text, end, stop, words)
            or _tells_somebody(text, start, end, stop, words)
        )
        and _has_visible(text, begin, first)
    )
    return opening, word_end, postposed


def _is_passive(
    text: str, word_start: int, word_end: int, start: int, end: int, words: VoiceWords
) -> bool:
    """Tell whether a form of be stands before a participle: "was accused"; or in the cue."""
    cue = text[start:end].lower()
    if " " in cue and cue[: cue.index(" ")] in words["passive"]:
        return True
    is_be = text[word_start:word_end].lower() in words["be"]
    return is_be and (cue.endswith(words["participle_endings"]) or cue in words["participles"])


def _agent(text: str, end: int, stop: int, words: VoiceWords) -> tuple[int, int]:
    """Return the words behind "by" directly behind a passive; or -1."""
    first, last = _word_behind(text, end, stop)
    if first >= 0 and text[first:last] in words["agent"] and first - end <= 1:
        return _source_after(text, last, stop, words)
    return -1, -1


def _tells_somebody(text: str, start: int, end: int, stop: int, words: VoiceWords) -> bool:
    """Tell whether no more than an addressee follows, as in "…, he told reporters on Monday"."""
    if text[start:end] not in words["telling"]:
        return False
    number = 0
    at = end
    while number <= _LONGEST_SOURCE:
        first, last = _word_behind(text, at, stop)
        if first < 0 or not _joins(text, at, first):
            return True
        if text[first:last] in words["told_clauses"]:
            return False
        number += 1
        at = last
    return False


def _inverted(text: str, end: int, stop: int, words: VoiceWords) -> tuple[int, int]:
    """Return the source behind a verb, as in "Aid is late, said the minister"; or -1."""
    source_start, source_end = _source_after(text, end, stop, words)
    if source_start < 0:
        return -1, -1
    source = text[source_start:source_end].split()
    named = text[source_start].isupper() or source[0] in words["determiners"]
    closed = source_end == stop or text[source_end] in ".,;!?"
    if named and closed and len(source) <= _LONGEST_SOURCE:
        return source_start, source_end
    return -1, -1


def _is_between(word: str, words: VoiceWords) -> bool:
    # As written, since "May" and "Will" are names.
    if word in words["between"]:
        return True
    return word.endswith(words["adverb_endings"]) and word not in words["no_adverbs"]


def _on_an_occasion(text: str, end: int, stop: int, words: VoiceWords) -> bool:
    """Tell whether only a time or a place follows, as in "…, he said on Monday"."""
    first, last = _word_behind(text, end, stop)
    return first >= 0 and text[first:last].lower() in words["occasions"]


def _source_after(text: str, at: int, stop: int, words: VoiceWords) -> tuple[int, int]:
    """Return the words from a place on, up to a mark or a word that ends a source."""
    limit = min(stop, at + _FAR)
    first, last = -1, -1
    start, end = _word_behind(text, at, limit)
    while start >= 0:
        if first < 0:
            first = start
        elif not _joins(text, last, start) or text[start:end].lower() in words["after_source"]:
            break
        last = end
        start, end = _word_behind(text, last, limit)
    if last >= 0:
        last = _with_name(text, first, last, stop)
    return first, last


def _with_name(text: str, first: int, last: int, stop: int) -> int:
    """Return the end of a source together with the name beside it: "its author, Ana Rell"."""
    if text[first].isupper() or last >= stop or text[last] != ",":
        return last
    end = last
    words = 0
    while words < _LONGEST_NAME:
        start, after = _word_behind(text, end, stop)
        if start < 0 or not text[start].isupper() or (words and not _joins(text, end, start)):
            break
        end = after
        words += 1
    closed = end >= stop or text[end] in ".,;:"
    return end if words >= 2 and closed else last


def _joins(text: str, start: int, end: int) -> bool:
    for at in range(start, end):
        if not (_is_blank(text[at]) or text[at] in "-’'&"):
            return False
    return True


def _word_behind(text: str, at: int, limit: int) -> tuple[int, int]:
    """Return the first word from a place on: letters, digits and what joins them; or -1."""
    while at < limit:
        if text[at] == "$":
            return at, at + 1
        if not _in_word(text[at]):
            at += 1
            continue
        end = at
        last = -1
        while end < limit and _in_word(text[end]):
            if _is_letter(text[end]):
                last = end + 1
            end += 1
        if last >= 0:
            return at, last
        at = end
    return -1, -1


def _word_before(text: str, left: int, at: int) -> tuple[int, int]:
    """Return the last word before a place; or -1."""
    last = -1
    while at > left:
        character = text[at - 1]
        if _in_word(character):
            if last < 0 and _is_letter(character):
                last = at
        elif last >= 0:
            return at, last
        elif character == "$":
            return at - 1, at
        at -= 1
    if last >= 0:
        return left, last
    return -1, -1


def _last_break(text: str, left: int, at: int) -> int:
    """Return the last mark between clauses before a place; or -1."""
    while at > left:
        at -= 1
        if text[at] in ",;—–:" and not _within_number(text, at):
            return at
    return -1


def _within_number(text: str, at: int) -> bool:
    """Tell whether a mark parts digits, as in "125,000" and "10:30"."""
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def _has_visible(text: str, start: int, end: int) -> bool:
    for at in range(start, end):
        if not _is_margin(text[at]):
            return True
    return False


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    start = max(start, 0)
    while start < end and _is_margin(text[start]):
        start += 1
    while end > start and _is_margin(text[end - 1]):
        end -= 1
    return start, end


def _ends_in(text: str, end: int, endings: tuple[str, ...]) -> bool:
    for ending in endings:
        if end >= len(ending) and text[end - len(ending) : end] == ending:
            return True
    return False


def _is_letter(character: str) -> bool:
    """Tell letters and digits from the rest; those of English at a glance."""
    if "a" <= character <= "z" or "A" <= character <= "Z" or "0" <= character <= "9":
        return True
    return character == "_" or (character > "\x7f" and character.isalnum())


def _in_word(character: str) -> bool:
    return _is_letter(character) or character in "’'.-"


def _is_blank(character: str) -> bool:
    return character in " \t\n\r\u00a0"


def _is_margin(character: str) -> bool:
    return character in " \t\n\r\u00a0,;:—–"


def _opens_quotation(character: str) -> bool:
    return character in "\"'“‘«„`"


def _uncued(text: str, quotes: Sequence[Quote], found: Sequence[Attribution]) -> list[Attribution]:
    """Give each quotation that no cue attributes to who is named before a colon, or spoke last."""
    contents = sorted((one.content_start, one.content_end) for one in found)
    starts = [start for start, _ in contents]
    furthest = list(accumulate((end for _, end in contents), max))
    named = [one for one in found if one.source_start >= 0]
    cue_starts = [one.cue_start for one in named]
    uncued: list[Attribution] = []
    behind = 0
    for quote in quotes:
        left, behind = behind, quote.end
        place = bisect_left(starts, quote.end) - 1
        if (place >= 0 and furthest[place] > quote.start) or quote.scare:
            continue
        source = _before_colon(text, left, quote.start)
        last = bisect_right(cue_starts, quote.start) - 1
        if source[0] < 0 and last >= 0:
            source = (named[last].source_start, named[last].source_end)
        uncued.append(Attribution(-1, -1, *source, quote.start, quote.end, True))
    return uncued


def _before_colon(text: str, left: int, at: int) -> tuple[int, int]:
    """Return the words before a colon, as in "Ana Rell: "…"", if they may be a name; or -1."""
    while at > left and _is_blank(text[at - 1]):
        at -= 1
    if at == left or text[at - 1] != ":":
        return -1, -1
    start, end = _trimmed(text, max(left, at - _NEAR), at - 1)
    words = text[start:end].split()
    if 0 < len(words) <= _LONGEST_NAME and words[0][0].isupper() and words[-1][0].isupper():
        return start, end
    return -1, -1
