# cython: annotation_typing=False
"""How surely one document says something, sentence by sentence."""

from bisect import bisect_left
from collections.abc import Mapping

from analysis.hits.certainty.scopes import Cue, Scopes
from analysis.hits.certainty.words import QUESTION, certainty_words
from analysis.hits.voice.document import DocumentVoices


class DocumentCertainty:
    """Hedges and negations of one document, and what they reach."""

    def __init__(self, voices: DocumentVoices, cues: Mapping[int, list[Cue]]) -> None:
        self.voices = voices
        self.cues = cues
        self.lists = certainty_words(voices.language)
        self._of_paragraph: dict[int, tuple[list[tuple[int, bool]], list[tuple[int, int]]]] = {}
        # Places come sentence by sentence: the one read last is likely the next.
        self._number = self._sentence = -1
        self._scopes: Scopes | None = None

    def cue_at(self, number: int, place: int, sentence: int, thing: bool) -> Cue | None:
        """Return the cue that makes a place hedged or negated; None where it is asserted."""
        if number != self._number or sentence != self._sentence:
            begin, stop = self.voices.sentences(number)[sentence]
            self._scopes = self.scopes(number, begin, stop)
            self._number, self._sentence = number, sentence
        scopes = self._scopes
        if scopes is None:
            return None
        one = scopes.decides(place, thing)
        return scopes.cues[one] if one >= 0 else None

    def scopes(self, number: int, begin: int, stop: int) -> Scopes | None:
        """Return what cues reach in one sentence of a paragraph; None where it holds no cue."""
        text = self.voices.texts[number]
        every = self.cues.get(number)
        cues: list[Cue] = []
        if every is not None:
            at = bisect_left(every, (begin,))
            while at < len(every) and every[at][0] < stop:
                if not _is_number(every[at], text, stop):
                    cues.append(every[at])
                at += 1
        mark = text.find("?", begin, stop)
        if mark >= 0:
            while mark >= 0:
                cues.append(Cue(mark, mark + 1, QUESTION, False))
                mark = text.find("?", mark + 1, stop)
            cues.sort()
        if not cues:
            return None
        edges, credits = self._attributed(number, begin, stop)
        return Scopes(text, begin, stop, cues, edges, credits, self.lists)

    def _attributed(
        self, number: int, begin: int, stop: int
    ) -> tuple[list[tuple[int, bool]], list[tuple[int, int]]]:
        """List where contents in a sentence begin and end, and the cues that credit somebody."""
        known = self._of_paragraph.get(number)
        if known is None:
            found = self.voices.credited(number)
            edges = [(one.content_start, True) for one in found]
            edges += [(one.content_end, False) for one in found]
            cues = [(one.cue_start, one.cue_end) for one in found if one.source_start >= 0]
            known = self._of_paragraph[number] = sorted(edges), sorted(cues)
        edges, cues = known
        if not edges:
            return edges, cues
        return (
            edges[bisect_left(edges, (begin, False)) : bisect_left(edges, (stop, False))],
            cues[bisect_left(cues, (begin,)) : bisect_left(cues, (stop,))],
        )


def _is_number(cue: Cue, text: str, stop: int) -> bool:
    """Tell whether a negation is but "No." as in "No. 14": a stop with more of its sentence."""
    return bool(cue.negates) and text[cue.end : min(cue.end + 2, stop)] == ". "
