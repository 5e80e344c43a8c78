"""Who is said to say what: cues, their sources and what they attribute, paragraph by paragraph."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import pandas as pd

from analysis.lexicons.store import load_lexicon
from analysis.matching.compiled import CompiledLexica
from analysis.matching.engine import scan
from analysis.matching.inputs import compiled_for
from analysis.schemas import TABLES
from analysis.tables import make_table
from analysis.text.sentences import sentence_spans
from analysis.voice.quotes import Quote, find_quotes
from analysis.voice.speakers import Speakers

_WORD = re.compile(r"[\w’'.-]*\w|\$")
_PLACE = ("document_id", "paragraph", "start")
_HYPHENS = frozenset("-\u2010\u2011")
_OPENING_MARKS = "\"'“‘«„`"
# What may stand between the subject and its verb.
_BETWEEN = frozenset(
    """has have had is are was were be been being also later then again once never not often
    still just even recently previously repeatedly reportedly allegedly only first further
    did do does will would could may might can should must to who which already simply
    himself herself themselves itself since now both all long""".split()
)
_CLAUSE_WORDS = frozenset(
    """and but or that because while when after before if although though as since so where
    until unless than whether despite""".split()
)
_AFTER_SOURCE = frozenset(
    """in on at during after before when while as to from about by for with late early last
    this yesterday today monday tuesday wednesday thursday friday saturday sunday but and
    adding noting who that via through following according""".split()
)
_ADDRESSED = re.compile(
    r"\s+(?:(?:the|a|an|his|her|their|our|its|my)\s+)?(?:[\w’'.-]+\s+){0,5}?(?=that\b)|"
    r"\s+(?:him|her|them|me|us|reporters|journalists|lawmakers|supporters|voters|the \w+)\s+",
    re.IGNORECASE,
)
_ADDRESSING = frozenset(
    "told tells telling informed informs assured assuring reminded warned warning".split()
)
_BEFORE_SOURCE = "phrases"
_BLANK = " \t\n\r\u00a0"
_MARGIN = _BLANK + ",;:—–"
_VISIBLE = re.compile(rf"[^{re.escape(_MARGIN)}]")
_DETERMINERS = frozenset("the a an his her its their our one some several two".split())
_LONGEST_SOURCE = 8
# No subject lies further from its verb, and no addressee or second half of a quotation.
_FAR = 300
_NEAR = 80


@dataclass(frozen=True)
class Attribution:
    """One cue with its source and content, in code points of the paragraph; -1 for none."""

    cue_start: int
    cue_end: int
    source_start: int
    source_end: int
    content_start: int
    content_end: int
    kind: str


def find_attributions(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Find who is said to say what.

    A cue of the lexicon ``attribution`` outside quotation marks makes an attribution.
    Its source is the subject before the verb, or behind it where the verb follows what
    is said ("…," said the minister); for "according to" and its like, the words behind
    it. Its content is the quotation beside it, the clause behind the verb, or the
    clause before the source ("…, the ministry said"). All are bounded by the
    sentence, but for a quotation that goes on. A quotation without a cue in its
    sentence belongs to the source named last in its paragraph.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``, or any with the columns document_id, paragraph, start
        (code points) and text, each document's rows in order.

    Returns
    -------
    pandas.DataFrame
        Table ``attributions``: one row for each cue, and for each quotation without
        one. Offsets are code points of ``documents.text``.

    Raises
    ------
    TypeError
        If `paragraphs` is no table.
    TableError
        If a column is missing or there twice, or a text is null.

    References
    ----------
    Pareti, S. (2012). A database of attribution relations. Proceedings of LREC.

    Examples
    --------
    >>> import analysis as fa
    >>> text = "Troops left, according to Ana Rell. The minister said it may rain."
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    >>> fa.find_attributions(paragraphs)[["cue", "speaker"]].values.tolist()
    [['according to', 'Ana Rell'], ['said', 'The minister']]
    """
    compiled = compiled_for(paragraphs, load_lexicon("attribution"), "category", [*_PLACE, "text"])
    rows: list[dict[str, Any]] = []
    for _, document in paragraphs.groupby("document_id", sort=False):
        texts = document["text"].tolist()
        places = zip(*(document[name].tolist() for name in _PLACE), strict=True)
        speakers = Speakers()
        for place, text, quotes, cues in zip(
            places, texts, find_quotes(texts), _cues(compiled, texts), strict=True
        ):
            speakers.learn(text)
            if quotes or cues:
                found = attributions_in(text, quotes, cues)
                rows += [_row(place, text, one, speakers) for one in found]
    names = TABLES["attributions"].columns
    return make_table("attributions", {name: [row[name] for row in rows] for name in names})


def _cues(compiled: CompiledLexica, texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
    """Return the cues of each text: start, end and subcategory."""
    cues: list[list[tuple[int, int, str]]] = [[] for _ in texts]
    first = 0
    for found in scan(compiled, texts):
        for text, start, end, entry, phrase in found.matches[
            ["text", "start", "end", "entry", "phrase"]
        ].tolist():
            if phrase < 0:
                kind = compiled.entries[entry].subcategory or ""
                cues[first + text].append((start, end, kind))
        first += len(found.texts)
    return cues


def attributions_in(
    text: str, quotes: Sequence[Quote], cues: Sequence[tuple[int, int, str]]
) -> list[Attribution]:
    """Find the attributions of one paragraph.

    Parameters
    ----------
    text : str
        The paragraph.
    quotes : sequence of Quote
        Its quotations.
    cues : sequence of tuple of int, int and str
        Start, end and subcategory of each cue, in order.

    Returns
    -------
    list of Attribution
        In order of the cues; quotations without a cue stand behind them.

    Examples
    --------
    >>> from analysis.voice.attributions import attributions_in
    >>> attributions_in("Ana said no.", [], [(4, 8, "saying")])[0].source_end
    3
    """
    starts = [quote.start for quote in quotes]
    ends = [quote.end for quote in quotes]
    sentences = _sentences(text, quotes)
    begins = [begin for begin, _ in sentences]
    found: list[Attribution] = []
    for start, end, subcategory in cues:
        place = bisect_right(starts, start) - 1
        # "self-proclaimed" says nothing; "seemed to suggest" says one thing.
        if (place >= 0 and start < ends[place]) or text[start - 1 : start] in _HYPHENS:
            continue
        if found and start - found[-1].cue_end < 5 and text[found[-1].cue_end : start] == " to ":
            found[-1] = replace(found[-1], cue_end=end)
            continue
        begin, stop = sentences[max(0, bisect_right(begins, start) - 1)]
        before = quotes[place] if place >= 0 and starts[place] >= begin else None
        after = quotes[place + 1] if place + 1 < len(quotes) else None
        if after is not None and after.start >= stop:
            after = None
        one = _attribution(text, (begin, stop), (start, end), subcategory, before, after)
        goes_on = one.source_start < 0 or text[start:end].endswith("ing")
        if goes_on and found and found[-1].cue_end >= begin and found[-1].source_start >= 0:
            # "…, adding that": who spoke before goes on.
            one = replace(one, source_start=found[-1].source_start, source_end=found[-1].source_end)
        found.append(one)
    return found + _uncued(quotes, found)


def _sentences(text: str, quotes: Sequence[Quote]) -> list[tuple[int, int]]:
    """Return sentences, those joined that a quotation runs through."""
    joined: list[tuple[int, int]] = []
    place = 0
    for begin, end in sentence_spans(text):
        while place < len(quotes) and quotes[place].end <= begin:
            place += 1
        inside = place < len(quotes) and quotes[place].start < begin < quotes[place].end
        if joined and inside:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined or [(0, len(text))]


def _attribution(
    text: str,
    sentence: tuple[int, int],
    cue: tuple[int, int],
    subcategory: str,
    before: Quote | None,
    after: Quote | None,
) -> Attribution:
    begin, stop = sentence
    start, end = cue
    if subcategory == _BEFORE_SOURCE:
        source = _source_after(text, end, stop)
        content = _trimmed(text, begin, start)
        if content[0] == content[1]:
            content = _trimmed(text, max(source[1], end), stop)
        return Attribution(start, end, *source, *content, "paraphrase")
    source, postposed = _subject(text, sentence, cue, before)
    if postposed:
        content_end = source[0] if 0 <= source[0] < start else start
        content = _trimmed(text, before.start if before else begin, content_end)
        # "…," she said, "…": the quotation goes on.
        if after is not None and after.start - end < _NEAR:
            content = content[0], after.end
        return Attribution(start, end, *source, *content, "quote" if before else "paraphrase")
    content_start = end
    if text[start:end].lower() in _ADDRESSING and (
        addressed := _ADDRESSED.match(text, end, min(stop, end + _NEAR))
    ):
        content_start = addressed.end()
    content = _trimmed(text, content_start, stop)
    return Attribution(start, end, *source, *content, "quote" if after else "paraphrase")


def _subject(
    text: str, sentence: tuple[int, int], cue: tuple[int, int], before: Quote | None
) -> tuple[tuple[int, int], bool]:
    """Find the source of a verb, and tell whether what is said stands before both."""
    begin, stop = sentence
    start, end = cue
    left = max(before.end if before else begin, start - _FAR)
    between = text[left:start]
    if before and not between.strip(_MARGIN):
        return _source_after(text, end, stop), True
    if text[start:end].endswith("ing"):
        # A participle speaks for the subject of its sentence.
        return ((-1, -1) if before else _source_after(text, left, start)), False
    if between.rstrip(_BLANK).endswith(",") and (source := _inverted(text, end, stop)):
        return source, True
    words = list(_WORD.finditer(text, left, start))
    while words and _is_between(words[-1].group().lower()):
        words.pop()
    if not words:
        return (-1, -1), False
    comma = left + max(between.rfind(mark) for mark in ",;—–:")
    edge = comma + 1 if left <= comma < words[-1].start() else left
    clause = next((w.end() for w in reversed(words) if w.group().lower() in _CLAUSE_WORDS), begin)
    first = max(edge, clause)
    opening = _WORD.search(text, first, words[-1].end())
    if opening is None:
        return (-1, -1), False
    source = opening.start(), words[-1].end()
    follows = text[end : min(stop, end + _NEAR)].lstrip(" \u00a0")[:1]
    closes = not follows or follows in ".,;?!)" or follows in _OPENING_MARKS
    set_off = first == edge and (before is not None or comma >= left)
    said_before = set_off and _VISIBLE.search(text, begin, first) is not None
    return source, bool(said_before and (closes or _on_an_occasion(text, end, stop)))


def _inverted(text: str, end: int, stop: int) -> tuple[int, int] | None:
    """Return the source behind a verb, as in "Aid is late, said the minister"."""
    source = _source_after(text, end, stop)
    words = text[source[0] : source[1]].split()
    name = words and (words[0][0].isupper() or words[0] in _DETERMINERS)
    closed = source[1] == stop or text[source[1]] in ".,;!?"
    return source if name and closed and len(words) <= _LONGEST_SOURCE else None


def _is_between(word: str) -> bool:
    return word in _BETWEEN or word.endswith("ly")


def _on_an_occasion(text: str, end: int, stop: int) -> bool:
    """Tell whether only a time or a place follows, as in "…, he said on Monday"."""
    word = _WORD.search(text, end, stop)
    return word is not None and word.group().lower() in _AFTER_SOURCE - {"that", "to"}


def _source_after(text: str, at: int, stop: int) -> tuple[int, int]:
    first = last = -1
    position = at
    for word in _WORD.finditer(text, at, min(stop, at + _FAR)):
        gap = text[position : word.start()]
        if first >= 0 and (gap.strip(_BLANK + "-’'&") or word.group().lower() in _AFTER_SOURCE):
            break
        if first < 0:
            first = word.start()
        last = position = word.end()
    return first, last


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    start = max(start, 0)
    while start < end and text[start] in _MARGIN:
        start += 1
    while end > start and text[end - 1] in _MARGIN:
        end -= 1
    return start, end


def _uncued(quotes: Sequence[Quote], found: Sequence[Attribution]) -> list[Attribution]:
    """Give each quotation that no cue attributes to who spoke last before it."""
    contents = sorted((one.content_start, one.content_end) for one in found)
    starts = [start for start, _ in contents]
    furthest = list(accumulate((end for _, end in contents), max))
    named = [one for one in found if one.source_start >= 0]
    cue_starts = [one.cue_start for one in named]
    uncued: list[Attribution] = []
    for quote in quotes:
        place = bisect_left(starts, quote.end) - 1
        if place >= 0 and furthest[place] > quote.start:
            continue
        last = bisect_left(cue_starts, quote.start) - 1
        source = (named[last].source_start, named[last].source_end) if last >= 0 else (-1, -1)
        uncued.append(Attribution(-1, -1, *source, quote.start, quote.end, "quote"))
    return uncued


def _row(
    place: tuple[str, int, int], text: str, found: Attribution, speakers: Speakers
) -> dict[str, Any]:
    document_id, paragraph, offset = place
    source = text[found.source_start : found.source_end] if found.source_start >= 0 else None

    def moved(at: int) -> int | None:
        return offset + at if at >= 0 else None

    return {
        "document_id": document_id,
        "paragraph": paragraph,
        "cue": text[found.cue_start : found.cue_end] if found.cue_start >= 0 else None,
        "cue_start": moved(found.cue_start),
        "cue_end": moved(found.cue_end),
        "source": source,
        "speaker": speakers.name(source),
        "source_start": moved(found.source_start),
        "source_end": moved(found.source_end),
        "content_start": offset + found.content_start,
        "content_end": offset + found.content_end,
        "kind": found.kind,
    }
