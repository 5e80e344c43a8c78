# cython: annotation_typing=False
"""A hedge or a negation as it stands in a text."""


class Cue:
    """A hedge or a negation: where it stands, how far its kind reaches, and which it is."""

    def __init__(
        self,
        start: int,
        end: int,
        reach: int,
        negates: bool,
        entry: int = -1,
        yields: bool = False,
    ) -> None:
        self.start = start
        self.end = end
        self.reach = reach
        self.negates = negates
        self.entry = entry
        self.yields = yields


def first_behind(cues: list[Cue], place: int) -> int:
    """Return the number of the first cue that begins at a place or behind it."""
    low, high = 0, len(cues)
    while low < high:
        middle = (low + high) // 2
        if cues[middle].start < place:
            low = middle + 1
        else:
            high = middle
    return low
