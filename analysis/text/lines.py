"""Which line breaks end paragraphs, and which only wrap the lines of one."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

LINE_BREAKS = "\n\r\x0b\x0c\x85\u2028"
# Texts are wrapped at widths between these, in characters; a longer line is no piece of one.
_NARROWEST, _WIDEST = 35, 200
_LONG = 130
_FEWEST_TORN, _MANY = 2, 8
# In letters of different widths so many lines reach this share of the width.
_RAGGED = ((4, 0.9), (_MANY, 0.8))
_ALIKE = 0.7
_MOST, _TORN = 0.9, 0.15
_LEFT_OUT = 0.05
_STOPS = frozenset(".!?\u2026:\u3002\uff01\uff1f\u0964\u061f\u06d4")
_CLOSING = "\"'\u2019\u201d\u00bb)]*_"
# As in "Mr." and "J.", whose stop ends no sentence.
_SHORT = re.compile(r"(?:^|[^\w'\u2019])[A-Z][a-z]{0,2}\.$")
_FIRST = re.compile(r"[^\w\s]{0,6}(\w)")
_UNFINISHED = ("-", "\u2010", "\u00ad", "\u2013", "\u2014", ",", ";", ".")
_DASHES = "-\u2013\u2014"
_BULLETS = "-\u2013\u2014*+\u2022\u2023\u25aa\u25cf\u25e6\u2043\u00b7"
_NUMBERED = re.compile(r"\(?(?:(\d{1,3})[.)]|([a-z])\))\s+(?=\S)")
_STAMP = re.compile(
    r"[\[(]?(?:[01]?\d|2[0-3])(?:[:h][0-5]\d(?::[0-5]\d)?(?:\s?[ap]m)?|\.[0-5]\d\s?[ap]m)"
    r"(?=$|[\s\]):,\u2013\u2014-])",
    re.IGNORECASE,
)

Span = tuple[int, int]


class Line(NamedTuple):
    """A line of a text: its visible stretch, what stands there, and how far it is set in."""

    start: int
    end: int
    text: str
    indent: int

    @property
    def length(self) -> int:
        """Return the place of its last character, the first being 1."""
        return self.indent + len(self.text)


class Wrapping(NamedTuple):
    """How lines are wrapped: where the first word of the next line would at least have ended."""

    least: int
    is_exact: bool

    def has_room(self, line: Line, following: Line) -> bool:
        """Tell whether a line is shorter than the first word of the next asks for."""
        return _with_next_word(line, following) < self.least

    def parts(self, line: Line, following: Line, *, alone: bool, is_item: bool) -> bool:
        """Tell whether a paragraph, which may be an item of a list, ends between two lines.

        The first of them may be alone in it.
        """
        if _goes_on(following.text):
            return False
        ended = _ends(line.text)
        if following.indent > line.indent and (ended or alone) and not is_item:
            return True
        # A line that is short without need ends a paragraph, or is a heading.
        heading = alone and (self.is_exact or line.text.isupper())
        return self.has_room(line, following) and (
            ended or (heading and not line.text.endswith(_UNFINISHED))
        )


def on_one_line(text: str) -> str:
    """Return a paragraph with a blank for each character that breaks its lines."""
    for character in LINE_BREAKS:
        if character in text:
            text = text.replace(character, " ")
    return text


def may_be_wrapped(spans: Sequence[Span]) -> bool:
    """Tell at a glance whether lines are about as long as each other, and short enough."""
    lengths = sorted([end - start for start, end in spans])
    width = _usual_width(lengths)
    return width <= _WIDEST and lengths[len(lengths) // 2] >= _ALIKE * width


def find_wrapping(blocks: Sequence[Sequence[Line]]) -> Wrapping | None:
    """Find how the lines of a text are wrapped, by their lengths; None where these do not show it.

    A wrapped line ends where the next word would not have fitted, mostly within a sentence.
    """
    pairs = [pair for block in blocks for pair in pairwise(block)]
    lengths = sorted(length for one, _ in pairs if (length := one.length) <= _WIDEST)
    if len(lengths) < max(_FEWEST_TORN, _MOST * len(pairs)):
        return None
    width = _usual_width(lengths)
    torn = sorted(_with_next_word(*pair) for pair in pairs if _is_torn(pair))
    if width < _NARROWEST or len(torn) < max(_FEWEST_TORN, _TORN * len(pairs)):
        return None
    least = torn[int(_LEFT_OUT * len(torn))]
    if least > width:
        return Wrapping(width + 1, is_exact=True)
    if any(len(torn) >= number and least >= share * width for number, share in _RAGGED):
        return Wrapping(least, is_exact=False)
    return None


def parts_of(block: Sequence[Line], wrapping: Wrapping | None, *, each: bool) -> list[Span]:
    """Return the paragraphs of a block; where `each` says so, its lines are those of no other."""
    items = _items(block, wrapping)
    each = each or _are_long(block)
    # Texts without full stops tell no whole sentence from a torn one.
    marked = 2 * sum(_ends(line.text) for line in block) >= len(block)
    starts = [0]
    for number, (last, line) in enumerate(pairwise(block), start=1):
        if number in items:
            begins = True
        elif wrapping:
            is_item = _item(block[starts[-1]].text) is not None
            begins = wrapping.parts(last, line, alone=starts[-1] == number - 1, is_item=is_item)
        else:
            torn = marked and _is_torn((last, line))
            begins = each and line.text[0] not in _DASHES and not torn
        if begins:
            starts.append(number)
    ends = [*(start - 1 for start in starts[1:]), len(block) - 1]
    return [(block[one].start, block[two].end) for one, two in zip(starts, ends, strict=True)]


def are_paragraphs(blocks: Sequence[Sequence[Line]]) -> bool:
    """Tell whether the lines of a text that is not wrapped are whole sentences."""
    pairs = [pair for block in blocks for pair in pairwise(block)]
    whole = sum(_ends(one.text) and one.text[-1] != ":" and _begins(two.text) for one, two in pairs)
    return whole >= 2 / 3 * len(pairs)


def are_torn(blocks: Sequence[Sequence[Line]]) -> bool:
    """Tell whether many breaks of lines that are no verses stand within sentences.

    In a text without capitals nobody can tell.
    """
    pairs = [pair for block in blocks for pair in pairwise(block)]
    torn = sum(pair[0].length >= _NARROWEST and _is_torn(pair) for pair in pairs)
    capitals = any(line.text[0].isupper() for block in blocks for line in block)
    return capitals and torn >= max(_FEWEST_TORN, 0.2 * len(pairs))


def _are_long(block: Sequence[Line]) -> bool:
    lengths = [len(line.text) for line in block]
    return sum(length for length in lengths if length > _LONG) >= sum(lengths) / 2


def _is_torn(pair: tuple[Line, Line]) -> bool:
    """Tell whether a sentence runs from one line to the next."""
    return _goes_on(pair[1].text) and not _ends(pair[0].text)


def _begins(text: str) -> bool:
    """Tell whether a line could begin a paragraph; behind a dash there may be who signs one."""
    return not _goes_on(text) and text[0] not in _DASHES


def _with_next_word(line: Line, following: Line) -> int:
    return line.length + 1 + len(following.text.split(" ", maxsplit=1)[0])


def _usual_width(lengths: Sequence[int]) -> int:
    """Return the longest of sorted lengths, of many with the longest few left out."""
    many = len(lengths) > _MANY
    return lengths[int((1 - _LEFT_OUT) * (len(lengths) - 1)) if many else -1]


def _ends(text: str) -> bool:
    """Tell whether a line ends with a stop."""
    bare = text.rstrip(_CLOSING)
    return bare[-1:] in _STOPS and not (bare[-1] == "." and _SHORT.search(bare, len(bare) - 6))


def _goes_on(text: str) -> bool:
    """Tell whether a line begins with a small letter."""
    first = text[0]
    if not first.isalpha():
        found = _FIRST.match(text)
        first = found[1] if found else first
    return first.islower()


def _items(block: Sequence[Line], wrapping: Wrapping | None) -> set[int]:
    """Return which lines of a block begin an item of a list, or an entry with its time."""
    found: dict[int, tuple[str, int]] = {}
    seen: set[tuple[str, int]] = set()
    for number, line in enumerate(block):
        item = _item(line.text)
        if item is None:
            continue
        before = block[number - 1]
        # A dash, a figure or a time may stand at the beginning of any wrapped line.
        if (
            wrapping is None
            or number == 0
            or number - 1 in found
            or item in seen
            or _ends(before.text)
            or wrapping.has_room(before, line)
        ):
            found[number] = item
            seen.add(item)
    # One alone is no list; numbers go up.
    counted = Counter(kind for kind, _ in found.values())
    return {
        number
        for number, (kind, value) in found.items()
        if (counted[kind] > 1 if value == 0 else seen & {(kind, value - 1), (kind, value + 1)})
    }


def _item(text: str) -> tuple[str, int] | None:
    """Return the kind of a line that may begin an item, and its number, 0 where it has none."""
    if text[0].isalpha() and text[1:2] != ")":
        return None
    if text[0] in _BULLETS:
        return (text[0], 0) if text[1:2].isspace() and text[1:].strip() else None
    if _STAMP.match(text):
        return ("time", 0)
    if found := _NUMBERED.match(text):
        number, letter = found.groups()
        return ("number", int(number)) if number else ("letter", ord(letter))
    return None
