# cython: annotation_typing=False
"""How surely one document says something, sentence by sentence."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from analysis.certainty.scopes import Clauses, Cue
from analysis.certainty.words import QUESTION
from analysis.voice.document import DocumentVoices

ASSERTED, HEDGED, NEGATED = 0, 1, 2


class DocumentCertainty:
    """Hedges and negations of one document, and what they reach.

    Parameters
    ----------
    voices : DocumentVoices
        Who says what in it: what is attributed is a clause of its own.
    cues : mapping of int to list of Cue
        By the number of their paragraph, hedges and negations in order.
    """

    def __init__(self, voices: DocumentVoices, cues: Mapping[int, list[Cue]]) -> None:
        self.voices = voices
        self.cues = cues
        self._edges_of: dict[int, list[tuple[int, bool]]] = {}

    def clauses(self, number: int, begin: int, stop: int) -> Clauses | None:
        """Return the clauses of one sentence of a paragraph; None where it holds no cue."""
        text = self.voices.texts[number]
        cues = self.cues.get(number, [])
        if cues:
            cues = cues[bisect_left(cues, (begin,)) : bisect_left(cues, (stop,))]
        mark = text.find("?", begin, stop)
        if mark >= 0:
            questions = []
            while mark >= 0:
                questions.append(Cue(mark, mark + 1, QUESTION, False))
                mark = text.find("?", mark + 1, stop)
            cues = sorted(cues + questions)
        if not cues:
            return None
        return Clauses(text, begin, stop, cues, self._edges(number, begin, stop))

    def _edges(self, number: int, begin: int, stop: int) -> list[tuple[int, bool]]:
        """List where what is attributed begins and ends within a sentence."""
        edges = self._edges_of.get(number)
        if edges is None:
            found = self.voices.attributions(number)
            opening = [(one.content_start, True) for one in found]
            edges = sorted(opening + [(one.content_end, False) for one in found])
            self._edges_of[number] = edges
        return edges[bisect_left(edges, (begin, False)) : bisect_left(edges, (stop, False))]

    def decide(
        self, number: int, places: Sequence[tuple[int, int]]
    ) -> list[tuple[int, Cue | None]]:
        """Tell how certain places of a paragraph are.

        Parameters
        ----------
        number : int
            The paragraph.
        places : list of tuple of int
            Where, and in which of its sentences, in any order.

        Returns
        -------
        list of tuple of int and Cue
            For each place `ASSERTED`, `HEDGED` or `NEGATED`, and the cue that makes it so.
        """
        sentences = self.voices.sentences(number)
        read: dict[int, Clauses | None] = {}
        decided: list[tuple[int, Cue | None]] = []
        for place, sentence in places:
            if sentence not in read:
                begin, stop = sentences[sentence]
                read[sentence] = self.clauses(number, begin, stop)
            clauses = read[sentence]
            one = -1 if clauses is None else clauses.decides(place)
            if clauses is None or one < 0:
                decided.append(_ASSERTED)
            else:
                cue = clauses.cues[one]
                decided.append((NEGATED if cue.negates else HEDGED, cue))
        return decided


_ASSERTED: tuple[int, Cue | None] = (ASSERTED, None)
