# cython: annotation_typing=False
"""Where a text quotes: spans between quotation marks, also odd and unbalanced ones."""

from bisect import bisect_left
from typing import NamedTuple

from analysis.hits.voice.words import VoiceWords
from analysis.text.sentences import sentence_spans

# What may close each opening mark. Typewriters and careless copying mix the styles.
_CLOSING = {
    '"': ('"', "\u201d"),
    "\u201c": ("\u201d", '"'),
    "\u201e": ("\u201c", "\u201d", '"'),
    "\u201d": ("\u201d",),
    "\u00ab": ("\u00bb",),
    "\u00bb": ("\u00ab",),
    "\u2039": ("\u203a",),
    "\u300c": ("\u300d",),
    "\u300e": ("\u300f",),
    "``": ("''",),
    "''": ("''",),
    "'": ("'", "\u2019"),
    "\u2018": ("\u2019", "'"),
}
_SINGLE = "'\u2018\u2019"
_LONGEST_CLIPPED = 6
_MOST_SCARE_WORDS = 2
_LONGEST_NESTED = 6


class Quote(NamedTuple):
    """A quotation from its opening mark to behind its closing mark."""

    start: int
    end: int
    closed: bool
    scare: bool


def quotes_in(text: str, following: str, words: VoiceWords) -> list[Quote]:
    """Find the quotations of one paragraph."""
    marks = _marks(text)
    if not marks:
        return []
    closers: dict[str, list[int]] = {}
    for at, mark in marks:
        if _may_close(text, at, mark):
            closers.setdefault(mark, []).append(at)
    quotes: list[Quote] = []
    sentence_ends: list[int] | None = None
    position = 0
    for at, mark in marks:
        if at < position or not _may_open(text, at, mark, words):
            continue
        end = _closer(text, at, mark, closers, words)
        if end >= 0:
            position = end
            inner = at + len(mark)
            named = _is_scare(text, inner, end - 1) or _is_work(text, at, inner, end - 1, words)
            quotes.append(Quote(at, end, True, named))
        elif mark not in _SINGLE:
            if sentence_ends is None:
                spans = sentence_spans(text, words.language)
                sentence_ends = [stop for _, stop in spans] or [len(text)]
            place = min(bisect_left(sentence_ends, at + 1), len(sentence_ends) - 1)
            reopened = following.lstrip()[:1] in ('"', mark)
            position = len(text.rstrip()) if reopened else sentence_ends[place]
            quotes.append(Quote(at, position, False, False))
    return quotes


def scare_quotes_within(text: str, quote: Quote, words: VoiceWords) -> list[Quote]:
    """Find words in quotation marks of their own inside a quotation."""
    first = quote.start + 1
    inner = quotes_in(text[first : quote.end - 1 if quote.closed else quote.end], "", words)
    return [Quote(first + one.start, first + one.end, True, True) for one in inner if one.scare]


def _marks(text: str) -> list[tuple[int, str]]:
    """List the marks that may open or close a quotation: where, and which."""
    marks: list[tuple[int, str]] = []
    if text.isascii() and '"' not in text and "'" not in text and "`" not in text:
        return marks
    length = len(text)
    at = 0
    while at < length:
        character = text[at]
        # Letters of English and blanks are told at a glance.
        if "a" <= character <= "z" or character == " " or not _is_mark(character):
            at += 1
            continue
        if at + 1 < length and character in "'`" and text[at + 1] == character:
            marks.append((at, character + character))
            at += 2
            continue
        # The commonest of all, the apostrophe within a word, neither opens nor closes.
        inside = (
            character in "'\u2019"
            and 0 < at < length - 1
            and text[at - 1].isalnum()
            and text[at + 1].isalnum()
        )
        if not inside and character != "`":
            marks.append((at, text[at : at + 1]))
        at += 1
    return marks


def _is_mark(character: str) -> bool:
    return character in (
        "\"'`\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u300c\u300d\u300e\u300f"
    )


def _may_open(text: str, at: int, mark: str, words: VoiceWords) -> bool:
    behind = at + len(mark)
    if mark not in _CLOSING or behind >= len(text):
        return False
    if text[behind].isspace() and (mark in _SINGLE or text[:at].strip()):
        # At the beginning of a paragraph a blank may follow: "" The army left ,"".
        return False
    if mark in ("\u201c", "\u201e", "\u00ab", "\u2039", "\u300c", "\u300e", "``"):
        return True
    if at > 0 and not (
        text[at - 1].isspace() or text[at - 1] in "([{/\u2014\u2013\u201c\u2018\"'-"
    ):
        return False
    return mark not in _SINGLE or not _is_clipped(text, at + 1, words)


def _is_clipped(text: str, start: int, words: VoiceWords) -> bool:
    """Tell whether a word lost its beginning, as in "'90s" and "'tis"."""
    end = start
    limit = min(len(text), start + _LONGEST_CLIPPED + 1)
    while end < limit and text[end].isalnum():
        end += 1
    word = text[start:end].lower()
    return word in words.clipped or (word[:2].isdigit() and word[2:] in words.plural_endings)


def _may_close(text: str, at: int, mark: str) -> bool:
    behind = at + len(mark)
    if mark in _SINGLE:
        return (
            at > 0
            and not text[at - 1].isspace()
            and not (behind < len(text) and text[behind].isalnum())
        )
    if mark != '"':
        return True
    spaced = at > 0 and text[at - 1].isspace()
    return at > 0 and not (spaced and behind < len(text) and not text[behind].isspace())


def _closer(text: str, at: int, mark: str, closers: dict[str, list[int]], words: VoiceWords) -> int:
    """Return where the quotation that opens at a mark ends; -1 if nothing closes it."""
    best = -1
    for closing in _CLOSING[mark]:
        places = closers.get(closing)
        if places is None:
            continue
        number = bisect_left(places, at + len(mark) + 1)
        if mark == '"' == closing:
            number = _behind_nested(text, at, places, number)
        if number < len(places) and mark in _SINGLE and number + 1 < len(places):
            place = places[number]
            # More likely a plural's apostrophe, as in "the workers' party".
            plural = text[place - 1].lower() in words.plural_endings
            if plural and text[place + 1 : place + 2] == " ":
                number += text[place + 2 : place + 3].islower()
        if number < len(places) and (best < 0 or places[number] + len(closing) < best):
            best = places[number] + len(closing)
    return best


def _behind_nested(text: str, at: int, places: list[int], number: int) -> int:
    """Return the closing mark behind words in the same marks within a quotation."""
    while number + 1 < len(places):
        inner = text.find('"', at + 1, places[number])
        if inner < 0 or not text[inner - 1].isspace() or text[inner + 1 : inner + 2].isspace():
            break
        if len(text[inner : places[number]].split()) > _LONGEST_NESTED:
            break
        following = text.find('"', places[number] + 1, places[number + 1] + 1)
        # Only where the next mark closes as well is this one within.
        if following != places[number + 1]:
            break
        number, at = number + 1, places[number]
    return number


def _is_work(text: str, at: int, start: int, end: int, words: VoiceWords) -> bool:
    """Tell whether a quotation is the title of a work, a bill or an operation."""
    if text[start:end].rstrip()[-1:] in ",.!?;" and text[end - 2 : end - 1].islower():
        closed = text[start:end].rstrip(",. ")
    else:
        closed = text[start:end]
    long = [word for word in closed.split() if len(word) > 3]
    if not long or len(long) > 12 or not all(word[0].isupper() for word in long):
        return False
    before = text[max(0, at - 40) : at].lower().split()[-2:]
    return any(word.strip(",:;()'\"") in words.lists["works"] for word in before)


def _is_scare(text: str, start: int, end: int) -> bool:
    """Tell whether only one or two words stand between two marks, without a stop."""
    words = 0
    inside = False
    for at in range(start, end):
        character = text[at]
        if character in ".,!?;:\u2026" and at + 1 >= end:
            return False
        if character.isspace():
            inside = False
        elif not inside:
            inside = True
            words += 1
            if words > _MOST_SCARE_WORDS:
                return False
    return words > 0
