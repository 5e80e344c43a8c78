"""Lines of a page with their places → paragraphs, without running heads and torn words."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median, multimode

from analysis.reading.parsing.gutters import Line

# How many lines at the top and at the bottom of a page may be running heads.
_EDGE_LINES = 3
_SAME_PLACE = 4.0
# A title is repeated in small letters at the top of the pages that follow.
_TITLE_LINES, _SHORTEST_TITLE = 10, 10
# What PressReader prints on each page, and "Page 2 of 3" of Nexis.
_PRESSREADER = (
    r"(?:printed and distributed by pressreader|pressreader\.com(?:\s*\+?[\d ]{6,})?"
    r"|original copy|copyright and protected by applicable law)"
)
_PAGE_MARK = re.compile(
    r"(?:page|seite|pagina)\s+\d+(?:\s*(?:of|von|sur|van|/)\s*\d+)?"
    rf"|{_PRESSREADER}(?:[\s\u00b7\u2022|\u2013-]*{_PRESSREADER})*",
    re.IGNORECASE,
)
# Of the distance between lines: more is a new paragraph.
_WIDE_GAP = 1.35
_INDENT = 0.9
_OTHER_SIZE = 1.15
_SHORT_LINE = 0.8
_FAR_APART, _MOST_LINES = 1.4, 0.8
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_TORN = re.compile(r"([^\W_]+)[-\u2010\u00ad]$")
_BEGINS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+")


def find_paragraphs(
    lines: Sequence[Line], is_word: Callable[[str], bool]
) -> tuple[list[tuple[int, str]], list[str]]:
    """Join lines to paragraphs."""
    heads = _running_heads(lines)
    kept = [line for n, line in enumerate(lines) if n not in heads and line.text.strip()]
    leading = _leading(kept)
    margins = _margins(kept)
    whole = _whole_lines(kept)
    known = _whole_words(kept)
    paragraphs: list[tuple[int, list[str]]] = []
    befores: list[Line | None] = [None, *kept]
    for previous, line, edges in zip(befores, kept, margins, strict=False):
        if previous is None or _begins(previous, line, leading, edges, whole):
            paragraphs.append((line.page, []))
        paragraphs[-1][1].append(" ".join(line.text.split(" ")).strip())
    texts = [
        (page, _join(parts, lambda word: word in known or is_word(word)))
        for page, parts in paragraphs
    ]
    return texts, [lines[n].text.strip() for n in sorted(heads)]


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Return the lines at the edges of pages that repeat there, or are known to say no more."""
    pages = sorted({line.page for line in lines})
    first = [line for line in lines if line.page == pages[0]][:_TITLE_LINES] if pages else []
    titles = {_words(line): line.size for line in first if len(line.text) > _SHORTEST_TITLE}
    members: dict[tuple[str, bool, int], list[int]] = {}
    heads: set[int] = set()
    for page in pages:
        own = [n for n, line in enumerate(lines) if line.page == page and line.text.strip()]
        by_height = sorted(own, key=lambda n: -lines[n].bottom)
        for top, edge in ((True, by_height[:_EDGE_LINES]), (False, by_height[-_EDGE_LINES:])):
            for n in edge:
                words = _words(lines[n])
                members.setdefault((words, top, round(lines[n].bottom / _SAME_PLACE)), []).append(n)
                repeats_title = page != pages[0] and lines[n].size < titles.get(words, 0.0)
                if _PAGE_MARK.fullmatch(lines[n].text.strip()) or repeats_title:
                    heads.add(n)
    # Left and right pages may differ, so half of the pages is enough.
    needed = max(2, (len(pages) + 1) // 2)
    for same in members.values():
        if len({lines[n].page for n in same}) >= needed:
            heads.update(same)
    return heads


def _words(line: Line) -> str:
    """Return what a line says, whatever its page number is."""
    return re.sub(r"\d+", "#", " ".join(line.text.casefold().split()))


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


def _margins(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Return for each line the left and right edge of the text in its column."""
    columns: list[list[Line]] = []
    for previous, line in zip([None, *lines], lines, strict=False):
        if (
            previous is None
            or previous.page != line.page
            or (_rises(previous, line) and line.left > previous.left)
        ):
            columns.append([])
        columns[-1].append(line)
    return [
        (median(line.left for line in own), max(line.right for line in own))
        for own in columns
        for _ in own
    ]


def _rises(previous: Line, line: Line) -> bool:
    """Tell whether a line stands higher than the one before it."""
    return previous.bottom - line.bottom < -0.5 * line.size


def _whole_lines(lines: Sequence[Line]) -> set[int]:
    """Return the pages whose lines stand far apart and are sentences, a paragraph each."""
    pages: dict[int, list[bool]] = {}
    for one, two in pairwise(lines):
        gap = one.bottom - two.bottom
        if one.page == two.page and round(one.size) == round(two.size):
            closed = _ENDS.search(one.text.strip()) and not two.text.strip()[:1].islower()
            apart = gap > _FAR_APART * two.size
            pages.setdefault(two.page, []).append(bool(closed and apart))
    return {page for page, own in pages.items() if sum(own) >= _MOST_LINES * len(own)}


def _begins(
    previous: Line,
    line: Line,
    leading: dict[int, float],
    margins: tuple[float, float],
    whole: set[int],
) -> bool:
    larger, smaller = max(previous.size, line.size), min(previous.size, line.size)
    if larger > _OTHER_SIZE * max(smaller, 1.0):
        return True
    ended = _ENDS.search(previous.text.strip()) is not None
    gap = previous.bottom - line.bottom
    if previous.page != line.page or _rises(previous, line):
        # A new page or column goes on with the sentence, if there is one.
        return ended and not line.text.strip()[:1].islower()
    if abs(gap) <= 0.5 * line.size:
        return False
    usual = leading.get(round(line.size), 1.2 * line.size)
    if gap > _WIDE_GAP * usual:
        return True
    if line.page in whole and ended:
        return True
    left, right = margins
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
