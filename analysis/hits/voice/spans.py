# cython: annotation_typing=False
"""What begins and ends somewhere in a text: quotations, hedges, attributions."""

from collections.abc import Sequence


class Span:
    """A stretch of a text, from its first character to behind its last."""

    start: int
    end: int


class Attribution:
    """One cue with its source and content, in code points of the paragraph; -1 for none."""

    def __init__(
        self,
        cue_start: int,
        cue_end: int,
        source_start: int,
        source_end: int,
        content_start: int,
        content_end: int,
        quoted: bool,
        weak: bool = False,
    ) -> None:
        self.cue_start = cue_start
        self.cue_end = cue_end
        self.source_start = source_start
        self.source_end = source_end
        self.content_start = content_start
        self.content_end = content_end
        self.quoted = quoted
        self.weak = weak


def first_behind(spans: Sequence[Span], place: int) -> int:
    """Return the number of the first of some spans in order that begins at a place or behind it."""
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        one = spans[middle]
        if one.start < place:
            low = middle + 1
        else:
            high = middle
    return low
