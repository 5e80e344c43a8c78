"""Where a text quotes: spans between quotation marks, also odd and unbalanced ones."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.text.sentences import sentence_spans

# What may close each opening mark. Typewriters and careless copying mix the styles.
_CLOSING = {
    '"': '"\u201d',
    "\u201c": '\u201d"',
    "\u201e": '\u201c\u201d"',
    "\u201d": "\u201d",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
    "\u2039": "\u203a",
    "\u300c": "\u300d",
    "\u300e": "\u300f",
    "``": "''",
    "''": "''",
    "'": "'\u2019",
    "\u2018": "\u2019'",
}
_MARK = re.compile("``|''|[\"'\u2018\u2019\u201c-\u201e\u00ab\u00bb\u2039\u203a\u300c-\u300f]")
_SINGLE = "'\u2018\u2019"
_BEFORE_OPENING = re.compile(r"[\s(\[{/\u2014\u2013\u201c\u2018\"'-]")
# Words that lost their beginning to an apostrophe: no quotation begins there.
_CLIPPED = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|n|bout|round)\b", re.IGNORECASE)


class Quote(NamedTuple):
    """A quotation from its opening mark to behind its closing mark."""

    start: int
    end: int
    closed: bool


def find_quotes(texts: Sequence[str]) -> list[list[Quote]]:
    """Find the quotations of a document, paragraph by paragraph.

    Straight, curly, low and single quotation marks, guillemets, corner brackets and
    the doubled accents of typewriters are known. Only the outermost quotation is
    listed. An apostrophe is no mark. A quotation that its paragraph does not close
    goes to the paragraph's end where the next paragraph opens it again, as
    newspapers do, and otherwise to the end of its sentence: a stray mark
    swallows no more than that.

    Parameters
    ----------
    texts : sequence of str
        The paragraphs of one document, in order.

    Returns
    -------
    list of list of Quote
        For each paragraph its quotations, in order, in code points of the paragraph.

    Examples
    --------
    >>> from analysis.voice.quotes import find_quotes
    >>> text = "\\u201cIt\\u2019s over,\\u201d she said."
    >>> [text[quote.start : quote.end] for quote in find_quotes([text])[0]]
    ['“It’s over,”']
    """
    following = [*texts[1:], ""][: len(texts)]
    return [list(_quotes_in(*pair)) for pair in zip(texts, following, strict=True)]


def _quotes_in(text: str, following: str) -> Iterator[Quote]:
    marks = [(match.start(), match.group()) for match in _MARK.finditer(text)]
    closers: dict[str, list[int]] = defaultdict(list)
    for at, mark in marks:
        if _may_close(text, at, mark):
            closers[mark].append(at)
    sentence_ends: list[int] | None = None
    position = 0
    for at, mark in marks:
        if at < position or not _may_open(text, at, mark):
            continue
        closer = _closer(text, at, mark, closers)
        if closer is not None:
            position = closer
            yield Quote(at, position, True)
        elif mark not in _SINGLE:
            if sentence_ends is None:
                sentence_ends = [end for _, end in sentence_spans(text)] or [len(text)]
            place = min(bisect_left(sentence_ends, at + 1), len(sentence_ends) - 1)
            reopened = following.lstrip()[:1] in ('"', mark)
            position = len(text.rstrip()) if reopened else sentence_ends[place]
            yield Quote(at, position, False)


def _may_open(text: str, at: int, mark: str) -> bool:
    following = text[at + len(mark) : at + len(mark) + 1]
    if mark not in _CLOSING or not following or following.isspace():
        return False
    if mark in ("\u201c", "\u201e", "\u00ab", "\u2039", "\u300c", "\u300e", "``"):
        return True
    if at > 0 and not _BEFORE_OPENING.match(text[at - 1]):
        return False
    return mark not in _SINGLE or not _CLIPPED.match(text, at + 1)


def _may_close(text: str, at: int, mark: str) -> bool:
    before, after = text[at - 1 : at], text[at + len(mark) : at + len(mark) + 1]
    if mark in _SINGLE:
        return bool(before) and not before.isspace() and not after.isalnum()
    return mark != '"' or (bool(before) and not (before.isspace() and after.strip()))


def _closer(text: str, at: int, mark: str, closers: dict[str, list[int]]) -> int | None:
    """Return where the quotation that opens at a mark ends, if anything closes it."""
    best: int | None = None
    for closing in (mark_ for mark_ in closers if mark_ in _split(_CLOSING[mark])):
        places = closers[closing]
        number = bisect_left(places, at + len(mark) + 1)
        if number < len(places) and mark in _SINGLE and number + 1 < len(places):
            place = places[number]
            # More likely a plural's apostrophe, as in "the workers' party".
            if text[place - 1] in "sS" and text[place + 1 : place + 2] == " ":
                number += text[place + 2 : place + 3].islower()
        if number < len(places) and (best is None or places[number] + len(closing) < best):
            best = places[number] + len(closing)
    return best


def _split(marks: str) -> list[str]:
    return [marks] if marks == "''" else list(marks)
