"""Lines of a page with their places → paragraphs, without running heads and torn words."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median, multimode
from typing import NamedTuple

# How many lines at the top and at the bottom of a page may be running heads.
_EDGE_LINES = 3
_SAME_PLACE = 4.0
# Of the distance between lines: more is a new paragraph.
_WIDE_GAP = 1.35
_INDENT = 0.9
_OTHER_SIZE = 1.15
_SHORT_LINE = 0.8
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_TORN = re.compile(r"([^\W_]+)[-\u2010\u00ad]$")
_BEGINS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+")


class Line(NamedTuple):
    """A line of text: its page, its edges in points from the lower left, and its height."""

    page: int
    text: str
    left: float
    right: float
    bottom: float
    size: float


def find_paragraphs(
    lines: Sequence[Line], is_word: Callable[[str], bool]
) -> tuple[list[tuple[int, str]], list[str]]:
    """Join lines to paragraphs."""
    heads = _running_heads(lines)
    kept = [line for n, line in enumerate(lines) if n not in heads and line.text.strip()]
    leading = _leading(kept)
    margins = _margins(kept)
    known = _whole_words(kept)
    paragraphs: list[tuple[int, list[str]]] = []
    for previous, line in zip([None, *kept], kept, strict=False):
        if previous is None or _begins(previous, line, leading, margins):
            paragraphs.append((line.page, []))
        paragraphs[-1][1].append(" ".join(line.text.split(" ")).strip())
    texts = [
        (page, _join(parts, lambda word: word in known or is_word(word)))
        for page, parts in paragraphs
    ]
    return texts, [lines[n].text.strip() for n in sorted(heads)]


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Return the lines that stand at the same edge, in the same words, on most pages."""
    pages = sorted({line.page for line in lines})
    if len(pages) < 2:
        return set()
    members: dict[tuple[str, bool, int], list[int]] = {}
    for page in pages:
        own = [n for n, line in enumerate(lines) if line.page == page and line.text.strip()]
        by_height = sorted(own, key=lambda n: -lines[n].bottom)
        for top, edge in ((True, by_height[:_EDGE_LINES]), (False, by_height[-_EDGE_LINES:])):
            for n in edge:
                # Page numbers change from page to page.
                words = re.sub(r"\d+", "#", " ".join(lines[n].text.casefold().split()))
                key = (words, top, round(lines[n].bottom / _SAME_PLACE))
                members.setdefault(key, []).append(n)
    # Left and right pages may differ, so half of the pages is enough.
    needed = max(2, (len(pages) + 1) // 2)
    repeated = (own for own in members.values() if len({lines[n].page for n in own}) >= needed)
    return {n for own in repeated for n in own}


def _whole_words(lines: Sequence[Line]) -> set[str]:
    """Return the words of a text that no line end tears, which tell what a torn one was."""
    words: set[str] = set()
    torn = False
    for line in lines:
        text = _BEGINS.sub("", line.text, count=1) if torn else line.text
        torn = _TORN.search(text) is not None
        words.update(word.casefold() for word in _WORD.findall(_TORN.sub("", text)))
    return words


def _leading(lines: Sequence[Line]) -> dict[int, float]:
    """Return the usual distance between lines for each size of letters, in points."""
    gaps: dict[int, list[float]] = {}
    for one, two in pairwise(lines):
        gap = one.bottom - two.bottom
        if one.page == two.page and 0 < gap < 4 * max(one.size, two.size):
            gaps.setdefault(round(two.size), []).append(gap)
    return {size: _usual(own) for size, own in gaps.items()}


def _usual(gaps: list[float]) -> float:
    """Return the most frequent distance; gaps between paragraphs are rarer than lines."""
    frequent = multimode(round(gap, 0) for gap in gaps)
    return min(gaps if len(frequent) == len(gaps) else frequent)


def _margins(lines: Sequence[Line]) -> dict[int, tuple[float, float]]:
    """Return the left and right edge of the text on each page."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    return {
        page: (median(line.left for line in own), max(line.right for line in own))
        for page, own in pages.items()
    }


def _begins(
    previous: Line,
    line: Line,
    leading: dict[int, float],
    margins: dict[int, tuple[float, float]],
) -> bool:
    larger, smaller = max(previous.size, line.size), min(previous.size, line.size)
    if larger > _OTHER_SIZE * max(smaller, 1.0):
        return True
    ended = _ENDS.search(previous.text.strip()) is not None
    gap = previous.bottom - line.bottom
    if previous.page != line.page or gap < -0.5 * line.size:
        # A new page or column goes on with the sentence, if there is one.
        return ended and not line.text.strip()[:1].islower()
    if abs(gap) <= 0.5 * line.size:
        return False
    usual = leading.get(round(line.size), 1.2 * line.size)
    if gap > _WIDE_GAP * usual:
        return True
    left, right = margins[line.page]
    at_margin = abs(previous.left - left) < 0.5 * max(line.size, 1.0)
    indented = at_margin and line.left - previous.left > _INDENT * line.size
    short = previous.right - left < _SHORT_LINE * max(right - left, 1.0)
    return ended and (indented or (short and not line.text.strip()[:1].islower()))


def _join(lines: Sequence[str], is_word: Callable[[str], bool]) -> str:
    text = lines[0]
    for line in lines[1:]:
        begin = _BEGINS.match(line)
        torn = _TORN.search(text)
        if torn is None or not line[:1].isalnum():
            text = f"{text} {line}"
        elif text.endswith("\u00ad"):
            text = text[:-1] + line
        elif begin is None or not begin[0][0].islower() or not torn[1].isalpha():
            # "pre-" and "Brexit", "1990-" and "2000" keep their hyphen.
            text += line
        else:
            first, second = torn[1].casefold(), begin[0].casefold()
            # "asylum-" and "seeker" are a compound; "secu-" and "rity" one torn word.
            compound = not is_word(first + second) and is_word(first) and is_word(second)
            text = (text if compound else text[:-1]) + line
    return text
