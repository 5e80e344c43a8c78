"""Who is said to say what: cues, their sources and what they attribute, paragraph by paragraph."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.lexicons.store import load_lexicon
from analysis.matching.compiled import CompiledLexica, compile_lexica
from analysis.matching.engine import scan
from analysis.matching.inputs import texts_of
from analysis.tables import make_table
from analysis.text.sentences import sentence_spans
from analysis.voice.quotes import Quote, find_quotes
from analysis.voice.speakers import Speakers

_WORD = re.compile(r"[\w’'.-]*\w|\$")
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
_BEFORE_SOURCE = frozenset(["phrases"])
_SENTENCE_MARGIN = " \t\n\r\u00a0"


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
    compiled = _compiled()
    rows: list[dict[str, Any]] = []
    for _, group in paragraphs.groupby("document_id", sort=False):
        texts = list(texts_of(group))
        speakers = Speakers()
        cues = _cues(compiled, texts)
        for (_, place), text, quotes, own in zip(
            group[["document_id", "paragraph", "start"]].iterrows(),
            texts,
            find_quotes(texts),
            cues,
            strict=True,
        ):
            speakers.learn(text)
            for found in attributions_in(text, quotes, own):
                rows.append(_row(place, text, found, speakers))
    names = ("document_id", "paragraph", "cue", "cue_start", "cue_end", "source", "speaker")
    names += ("source_start", "source_end", "content_start", "content_end", "kind")
    return make_table("attributions", {name: [row[name] for row in rows] for name in names})


@lru_cache(maxsize=1)
def _compiled() -> CompiledLexica:
    return compile_lexica([load_lexicon("attribution")])


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
    sentences = _sentences(text, quotes)
    begins = [begin for begin, _ in sentences]
    found: list[Attribution] = []
    for start, end, subcategory in cues:
        place = bisect_right(starts, start) - 1
        quoted = place >= 0 and quotes[place].start <= start < quotes[place].end
        # "self-proclaimed" says nothing; "seemed to suggest" says one thing.
        if quoted or text[start - 1 : start] in _HYPHENS:
            continue
        if found and text[found[-1].cue_end : start].strip() == "to":
            found[-1] = replace(found[-1], cue_end=end)
            continue
        begin, stop = sentences[max(0, bisect_right(begins, start) - 1)]
        near = [quote for quote in quotes if begin <= quote.start < stop]
        one = _attribution(text, begin, stop, start, end, subcategory, near)
        goes_on = one.source_start < 0 or text[start:end].endswith("ing")
        if goes_on and found and found[-1].cue_end >= begin and found[-1].source_start >= 0:
            # "…, adding that": who spoke before goes on.
            one = replace(
                one, source_start=found[-1].source_start, source_end=found[-1].source_end
            )
        found.append(one)
    covered = [(one.content_start, one.content_end) for one in found]
    for quote in quotes:
        if not any(a < quote.end and quote.start < b for a, b in covered):
            found.append(_uncued(quote, found))
    return found


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
    begin: int,
    stop: int,
    start: int,
    end: int,
    subcategory: str,
    quotes: Sequence[Quote],
) -> Attribution:
    if subcategory in _BEFORE_SOURCE:
        source = _source_after(text, end, stop)
        before = text[begin:start].strip(_SENTENCE_MARGIN + ",;:—–-")
        if before:
            content = (begin, begin + len(text[begin:start].rstrip(_SENTENCE_MARGIN + ",;:—–-")))
        else:
            content = _trimmed(text, source[1], stop)
        return Attribution(start, end, *source, *content, "paraphrase")
    ahead = next((q for q in quotes if q.start >= end), None)
    behind = next((q for q in reversed(quotes) if q.end <= start), None)
    source, postposed = _subject(text, begin, start, stop, end, behind)
    if postposed:
        content_end = source[0] if 0 <= source[0] < start else start
        content = _trimmed(text, behind.start if behind else begin, content_end)
        kind = "quote" if behind else "paraphrase"
        if ahead is not None and not text[end : ahead.start].strip(" ,:\n\u00a0").count(" ") > 12:
            content = (content[0], ahead.end)
        return Attribution(start, end, *source, *content, kind)
    content_start = end
    if text[start:end].lower() in _ADDRESSING and (met := _ADDRESSED.match(text, end, stop)):
        content_start = met.end()
    content = _trimmed(text, content_start, stop)
    return Attribution(start, end, *source, *content, "quote" if ahead else "paraphrase")


def _subject(
    text: str, begin: int, start: int, stop: int, end: int, behind: Quote | None
) -> tuple[tuple[int, int], bool]:
    """Find the source of a verb, and tell whether what is said stands before both."""
    left = behind.end if behind else begin
    between = text[left:start]
    if behind and not between.strip(" ,\n\u00a0—–-"):
        return _source_after(text, end, stop), True
    if text[start:end].endswith("ing"):
        # A participle speaks for the subject of its sentence.
        return (_source_after(text, left, start) if behind is None else (-1, -1)), False
    comma = max(between.rfind(mark) for mark in (",", ";", "—", "–", ":"))
    words = list(_WORD.finditer(text, left, start))
    while words and (
        words[-1].group().lower() in _BETWEEN or words[-1].group().lower().endswith("ly")
    ):
        words.pop()
    if not words:
        return (-1, -1), False
    last = words[-1].end()
    from_comma = left + comma + 1 if comma >= 0 and left + comma < words[-1].start() else left
    first = from_comma
    for word in reversed(words):
        if word.start() < from_comma:
            break
        if word.group().lower() in _CLAUSE_WORDS:
            first = word.end()
            break
    source = _trimmed(text, first, last)
    if source[0] == source[1]:
        source = (-1, -1)
    follows = text[end:stop].lstrip(" \u00a0")[:1]
    closes = not follows or follows in ".,;?!)" or follows in _OPENING_MARKS
    set_off = first == from_comma and (behind is not None or comma >= 0)
    said_before = text[begin:first].strip(_SENTENCE_MARGIN + ",;:—–-")
    postposed = bool(set_off and said_before and (closes or _adverbial(text, end, stop)))
    return source, postposed


def _adverbial(text: str, end: int, stop: int) -> bool:
    """Tell whether only a time or an occasion follows, as in "…, he said on Monday." """
    word = _WORD.search(text, end, stop)
    return word is not None and word.group().lower() in _AFTER_SOURCE - {"that", "to"}


def _source_after(text: str, at: int, stop: int) -> tuple[int, int]:
    first = last = -1
    position = at
    for word in _WORD.finditer(text, at, stop):
        gap = text[position : word.start()]
        if first >= 0 and (
            gap.strip(_SENTENCE_MARGIN + "-’'&") or word.group().lower() in _AFTER_SOURCE
        ):
            break
        if first < 0:
            first = word.start()
        last = position = word.end()
    return first, last


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    margin = _SENTENCE_MARGIN + ",;:—–"
    start = max(start, 0)
    while start < end and text[start] in margin:
        start += 1
    while end > start and text[end - 1] in margin:
        end -= 1
    return start, end


def _uncued(quote: Quote, found: Sequence[Attribution]) -> Attribution:
    """Give a quotation without a cue to who spoke last before it, or first after it."""
    before = [one for one in found if one.cue_start < quote.start and one.source_start >= 0]
    source = (before[-1].source_start, before[-1].source_end) if before else (-1, -1)
    return Attribution(-1, -1, *source, quote.start, quote.end, "quote")


def _row(
    place: pd.Series, text: str, found: Attribution, speakers: Speakers
) -> dict[str, Any]:
    offset = int(place["start"])
    source = text[found.source_start : found.source_end] if found.source_start >= 0 else None

    def moved(at: int) -> int | None:
        return offset + at if at >= 0 else None

    return {
        "document_id": place["document_id"],
        "paragraph": place["paragraph"],
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


def spans_of_speech(found: Sequence[Attribution]) -> Iterator[tuple[int, int]]:
    """Yield what is attributed, span by span."""
    for one in found:
        yield one.content_start, one.content_end
