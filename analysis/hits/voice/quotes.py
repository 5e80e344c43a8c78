# cython: annotation_typing=False
"""Where a text quotes: spans between quotation marks, also odd and unbalanced ones."""

from bisect import bisect_left

from analysis.hits.voice.names import is_title_case
from analysis.hits.voice.spans import Span
from analysis.hits.voice.words import (
    DETERMINER,
    FINITE,
    FUNCTION,
    NAMING,
    PAST,
    PREPOSITION,
    VoiceWords,
)
from analysis.text.sentences import sentence_spans

# What may close each opening mark. Typewriters and careless copying mix the styles.
_CLOSING = {
    '"': ('"', "\u201d", "''"),
    "\u201c": ("\u201d", '"', "\u201c"),
    "\u201e": ("\u201c", "\u201d", '"'),
    "\u201d": ("\u201d",),
    "\u00ab": ("\u00bb",),
    "\u00bb": ("\u00ab",),
    "\u2039": ("\u203a",),
    "\u203a": ("\u2039",),
    "\u201f": ("\u201d",),
    "\uff02": ("\uff02",),
    "\u300a": ("\u300b",),
    "\u300c": ("\u300d",),
    "\u300e": ("\u300f",),
    "``": ("''",),
    "''": ("''",),
    "'": ("'", "\u2019"),
    "\u2018": ("\u2019", "'"),
    "\u201a": ("\u2018", "\u2019"),
    "`": ("'", "\u2019"),
}
_MARKS = frozenset("".join(_CLOSING) + "".join("".join(closing) for closing in _CLOSING.values()))
_SINGLE = "'\u2018\u2019\u201a`"
# Marks that may stand within marks of the same kind.
_OF_ITSELF = (('"', '"'), ("\u201c", "\u201d"))
# These tell by themselves that they open, also before a blank.
_OPENING = "\u201c\u201e\u00ab\u2039\u300c\u300e\u201f\u300a"
_LONGEST_CLIPPED = 6
_MOST_SCARE_WORDS = 2
_LONGEST_NESTED = 6
_LONGEST_TITLE, _LONGEST_HEADLINE = 12, 160
_LONGEST_SPACED, _LONGEST_OPEN = 2000, 2000
# Sentences that a quotation may have whose other mark is missing.
_MOST_SENTENCES = 4
_STOPS = (".", "?", "!", "\u2026")
_ENDS = ",.?!\u2026"


class Quote(Span):
    """A quotation from its opening mark to behind its closing mark."""

    def __init__(self, start: int, end: int, closed: bool, scare: bool, work: bool = False) -> None:
        self.start = start
        self.end = end
        self.closed = closed
        self.scare = scare
        self.work = work


def quotes_in(text: str, following: str, words: VoiceWords) -> list[Quote]:
    """Find the quotations of one paragraph."""
    marks = _marks(text)
    if not marks:
        return []
    closers: dict[str, list[int]] = {}
    for at, mark in marks:
        if _may_close(text, at, mark):
            closers.setdefault(mark, []).append(at)
    odd = {'"'} if text.count('"') % 2 else set()
    if text.count("\u201c") > text.count("\u201d"):
        odd.add("\u201c")
    reopened = _reopens(following)
    quotes: list[Quote] = []
    spaced: set[int] | None = None
    position = 0
    for number, (at, mark) in enumerate(marks):
        if at < position:
            continue
        behind = at + len(mark)
        if not _may_open(text, at, mark, words):
            around = text[at - 1 : at] + text[behind : behind + 1]
            if mark == '"' and len(around) > 1 and around.isspace():
                if spaced is None:
                    spaced = _spaced(marks)
                opens = at in spaced
            else:
                opens = False
            if not opens:
                if mark in "\"\u201d\u00bb''" and at > position and _ends(text, at, behind):
                    # The opening mark is missing.
                    begin = _begin_of(text, position, at, words)
                    quotes.append(Quote(begin, behind, True, False))
                    position = behind
                continue
        end = _closer(text, at, mark, closers, words)
        if end >= 0 and mark in odd and _is_cut(text, at, mark, end):
            end = -1
        if end >= 0:
            position = end
            work = _is_work(text, at, behind, end - 1, words)
            quotes.append(Quote(at, end, True, work or _is_scare(text, behind, end - 1), work))
        elif mark not in _SINGLE or (mark in reopened and mark != "'"):
            more = _opens_later(text, marks[number + 1 : number + 9], words)
            position = _end_of(text, at, mark in reopened, more, words)
            quotes.append(Quote(at, position, False, False))
    return quotes


def _opens_later(text: str, marks: list[tuple[int, str]], words: VoiceWords) -> int:
    """Return where the first of some marks stands that may open a quotation; or -1."""
    for at, mark in marks:
        if _may_open(text, at, mark, words):
            return at
    return -1


def _reopens(following: str) -> tuple[str, ...]:
    """Return the marks of a quotation that may go on in the paragraph that follows."""
    opening = following.lstrip()[:2]
    return ('"', "\u201c", opening[:1], opening) if opening[:1] in _MARKS else ()


def _ends(text: str, at: int, behind: int) -> bool:
    """Tell whether a mark ends what is said: a stop stands before it, and no word behind it."""
    return text[at - 1] in _ENDS and not text[behind : behind + 1].isalnum()


def _begin_of(text: str, position: int, at: int, words: VoiceWords) -> int:
    """Return where a quotation begins whose opening mark is missing."""
    colon = text.rfind(": ", position, at)
    named = text[position:colon].rsplit(None, 1)[-1:] if colon >= 0 else []
    if named and words.kinds_written(named[0]) & (PAST | FINITE):
        # "Voss said: The border is open.”".
        return colon + 2
    spans = sentence_spans(text[position:at], words.language)
    first = 0 if not position and len(spans) <= _MOST_SENTENCES else len(spans) - 1
    return position + (spans[first][0] if spans else 0)


def _end_of(text: str, at: int, reopened: bool, more: int, words: VoiceWords) -> int:
    """Return where a quotation ends whose closing mark is missing: with sentence or paragraph."""
    end = len(text.rstrip())
    if reopened:
        return end
    stop = at + _LONGEST_OPEN if more < 0 else min(more, at + _LONGEST_OPEN)
    spans = sentence_spans(text[at:stop], words.language)
    whole = text[at + 1 : at + 2].isupper() and end <= stop and len(spans) <= _MOST_SENTENCES
    spans = spans if whole else spans[:1]
    end = at + spans[-1][1] if spans else end
    # What names the speaker is outside: "“The border is open, Voss said. It stays.".
    for _, stop in spans:
        if credited := _credited(text[at : at + stop], words):
            return at + credited
    return end


def _credited(said: str, words: VoiceWords) -> int:
    """Return where a few words with a verb follow the last mark, as in "…, Voss said."; or 0."""
    mark = max(map(said.rfind, _ENDS[:1] + _ENDS[2:]), default=-1)
    last = said[mark + 1 :].rstrip(" .:").split()
    few = mark > 0 and 1 < len(last) <= _LONGEST_NESTED
    verbs = few and any(words.kinds_written(one) & (PAST | FINITE) for one in (last[0], last[-1]))
    return mark + 1 if verbs else 0


def _spaced(marks: list[tuple[int, str]]) -> set[int]:
    """Return where straight marks open by their number, since blanks stand on both sides."""
    straight = [at for at, mark in marks if mark == '"']
    return set() if len(straight) % 2 else set(straight[::2])


def quotes_within(text: str, quote: Quote, words: VoiceWords) -> list[Quote]:
    """Find quotations, and words in marks of their own, inside a quotation."""
    first = quote.start + 1
    inner = quotes_in(text[first : quote.end - 1 if quote.closed else quote.end], "", words)
    return [
        Quote(first + one.start, first + one.end, True, one.scare, one.work)
        for one in inner
        if one.closed
    ]


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
        if not inside:
            marks.append((at, text[at : at + 1]))
        at += 1
    return _without_inches(text, marks)


def _without_inches(text: str, marks: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Leave out marks behind a number, where one has no other mark to go with."""
    for closing, opening in (('"', '"'), ("\u201d", "\u201c")):
        own = [at for at, mark in marks if mark == closing]
        odd = len(own) % 2 if opening == closing else len(own) > text.count(opening)
        if odd:
            inches = {at for at in own if text[at - 1 : at].isdigit() and not _ends_there(text, at)}
            marks = [(at, mark) for at, mark in marks if at not in inches]
    return marks


def _ends_there(text: str, at: int) -> bool:
    return not text[at + 1 :].strip() or text[at + 1 : at + 2] in ".;"


def _is_mark(character: str) -> bool:
    return character in _MARKS


def _may_open(text: str, at: int, mark: str, words: VoiceWords) -> bool:
    behind = at + len(mark)
    if mark not in _CLOSING or behind >= len(text):
        return False
    if text[behind].isspace() and (mark in _SINGLE or text[max(0, at - 40) : at].strip()):
        # At the beginning of a paragraph a blank may follow: "" The army left ,"".
        return mark in _OPENING and text[at - 1].isspace()
    if mark in _OPENING or mark == "``":
        return True
    if at > 0 and not (
        text[at - 1].isspace() or text[at - 1] in "([{/\u2014\u2013\u201c\u2018\"'-:"
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
    return word in words.clipped or (word[:2].isdigit() and word[2:] in words.plural)


def _may_close(text: str, at: int, mark: str) -> bool:
    behind = at + len(mark)
    if mark in _SINGLE:
        return (
            at > 0
            and not text[at - 1].isspace()
            and not (behind < len(text) and text[behind].isalnum())
        )
    if mark not in ('"', "\u201c"):
        return True
    spaced = at > 0 and text[at - 1].isspace()
    following = text[behind : behind + 1]
    if mark == "\u201c":
        # "\u201e Ja \u201c".
        spaced = spaced and "\u201e" not in text[max(0, at - _LONGEST_SPACED) : at]
        return at > 0 and not (following.isalnum() or (spaced and text[behind:].strip()))
    return at > 0 and not (spaced and following.strip() and following not in _ENDS)


def _closer(text: str, at: int, mark: str, closers: dict[str, list[int]], words: VoiceWords) -> int:
    """Return where the quotation that opens at a mark ends; -1 if nothing closes it."""
    best = -1
    for closing in _CLOSING[mark]:
        places = closers.get(closing)
        if places is None:
            continue
        number = bisect_left(places, at + len(mark) + 1)
        if (mark, closing) in _OF_ITSELF:
            number = _behind_nested(text, mark, at, places, number)
        if number < len(places) and mark in _SINGLE and number + 1 < len(places):
            place = places[number]
            # More likely a plural's apostrophe, as in "the workers' party".
            plural = text[place - 1].lower() in words.plural
            if plural and text[place + 1 : place + 2] == " ":
                number += text[place + 2 : place + 3].islower()
        if number < len(places) and (best < 0 or places[number] + len(closing) < best):
            best = places[number] + len(closing)
    return best


def _behind_nested(text: str, mark: str, at: int, places: list[int], number: int) -> int:
    """Return the closing mark behind words in the same marks within a quotation."""
    while number + 1 < len(places):
        inner = text.find(mark, at + 1, places[number])
        if inner < 0 or not text[inner - 1].isspace() or text[inner + 1 : inner + 2].isspace():
            break
        if mark == '"':
            if len(text[inner : places[number]].split()) > _LONGEST_NESTED:
                break
            # Only where the next mark closes as well is this one within.
            if text.find(mark, places[number] + 1, places[number + 1] + 1) != places[number + 1]:
                break
        elif (
            text[max(0, inner - 3) : inner].rstrip().endswith(_STOPS)
            or text.find(mark, places[number], places[number + 1]) >= 0
        ):
            break
        number, at = number + 1, places[number]
    return number


def _is_cut(text: str, at: int, mark: str, end: int) -> bool:
    """Tell whether a quotation begins with a sentence within another, whose end is missing."""
    inner = text.find(mark, at + 1, end - 1)
    if inner <= 0 or not text[inner - 1].isspace():
        return False
    return text[max(0, inner - 3) : inner].rstrip().endswith(_STOPS)


def _is_work(text: str, at: int, start: int, end: int, words: VoiceWords) -> bool:
    """Tell whether a quotation is the title of a work, a bill or an operation."""
    title = text[start:end].rstrip(",. ")
    own = title.split(None, _LONGEST_TITLE)
    if not own or len(own) > _LONGEST_TITLE or title[-1] in "!?":
        return False
    works, entitling = words.lists["works"], words.lists["entitling"]
    before = [word.strip(",:;()'\"").lower() for word in text[max(0, at - 40) : at].split()[-2:]]
    if any(word in entitling for word in before):
        return True
    kinds = words.kinds
    if not own[0][0].isupper() or not all(
        word[0].isupper() or word[0].isdigit() or kinds.get(word, 0) & (FUNCTION | DETERMINER)
        for word in own
    ):
        return False
    if any(word in works for word in before):
        return True
    if len(own) > 1 and own[-1].lower() in works:
        return True
    behind = text[end + 1 : end + 50].lstrip(", ").split()[:4]
    if behind and kinds.get(behind[0], 0) & DETERMINER:
        return any(word.strip(",.") in works for word in behind[1:])
    if any(kinds.get(word, 0) & NAMING for word in before):
        return False
    last = kinds.get(before[-1], 0) if before else 0
    # In a headline all words have capitals.
    named = title == text[start:end] and bool(last & (PREPOSITION | DETERMINER))
    return named and not (len(text) <= _LONGEST_HEADLINE and is_title_case(text.replace("'", "")))


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
