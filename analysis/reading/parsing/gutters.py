"""Lines of a page that run across its columns → the lines of each column, one after the other."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

# Of the height of letters: blanks in justified lines are narrower than what parts columns.
_WIDE = 0.9
_SAME_PLACE = 3.0
_FEWEST_LINES, _SHARE_OF_LINES = 4, 0.4
# Lines of a column go on in the next one; cells of a table do not.
_RUNNING_ON = 0.25


class Gap(NamedTuple):
    """A blank within a line: its place in the text, and where it begins and ends on the page."""

    place: int
    left: float
    right: float


class Line(NamedTuple):
    """A line of text: its page, its edges in points from the lower left, and its height."""

    page: int
    text: str
    left: float
    right: float
    bottom: float
    size: float
    gaps: tuple[Gap, ...] = ()


def part_columns(lines: Sequence[Line]) -> tuple[list[Line], list[int]]:
    """Part lines at the gutters of their page; return also the pages where this is not clear."""
    parted: list[Line] = []
    unclear: list[int] = []
    for page, of_page in groupby(lines, lambda line: line.page):
        own = list(of_page)
        gutters = _gutters(own)
        pieces = [_pieces(line, gutters) for line in own]
        if gutters and not _run_on([one for one in pieces if len(one) > 1]):
            unclear.append(page)
            gutters = []
        parted += _by_column(pieces, gutters) if gutters else own
    return parted, unclear


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Return where the right edges of gutters lie: wide gaps that end at one place."""
    ends = [
        gap.right for line in lines for gap in line.gaps if gap.right - gap.left > _WIDE * line.size
    ]
    needed = max(_FEWEST_LINES, _SHARE_OF_LINES * len(lines))
    found: list[float] = []
    for end, _ in Counter(round(end) for end in ends).most_common():
        near = sum(abs(other - end) <= _SAME_PLACE for other in ends)
        if near >= needed and all(abs(end - other) > 4 * _SAME_PLACE for other in found):
            found.append(end)
    return sorted(found)


def _pieces(line: Line, gutters: Sequence[float]) -> list[Line]:
    pieces: list[Line] = []
    rest, taken = line, 0
    for gap in line.gaps:
        if gap.right - gap.left > _WIDE * line.size and any(
            abs(gap.right - gutter) <= _SAME_PLACE for gutter in gutters
        ):
            place = gap.place - taken
            pieces.append(rest._replace(text=rest.text[:place].rstrip(), right=gap.left, gaps=()))
            kept = rest.text[place:].lstrip()
            taken += len(rest.text) - len(kept)
            rest = rest._replace(text=kept, left=gap.right, gaps=())
    return [*pieces, rest]


def _run_on(parted: Sequence[Sequence[Line]]) -> bool:
    """Tell whether sentences run on from line to line within the columns."""
    pairs = [pair for above, below in pairwise(parted) for pair in zip(above, below, strict=False)]
    going = sum(two.text[:1].islower() and one.text[-1:] not in ".!?" for one, two in pairs)
    return going >= _RUNNING_ON * max(len(pairs), 1)


def _by_column(pieces: Sequence[Sequence[Line]], gutters: Sequence[float]) -> list[Line]:
    """Return the pieces column by column; a line across a gutter ends what stands above it."""
    ordered: list[Line] = []
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for own in pieces:
        across = len(own) == 1 and any(
            own[0].left < gutter - _SAME_PLACE < own[0].right for gutter in gutters
        )
        if across:
            ordered += [line for column in columns for line in column] + list(own)
            columns = [[] for _ in columns]
        else:
            for line in own:
                columns[sum(line.left > gutter - 2 * _SAME_PLACE for gutter in gutters)].append(
                    line
                )
    return ordered + [line for column in columns for line in column]
