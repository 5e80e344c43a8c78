# cython: annotation_typing=False
"""A hedge or a negation as it stands in a text."""

from analysis.hits.voice.spans import Span


class Cue(Span):
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
