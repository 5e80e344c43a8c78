# cython: annotation_typing=False
"""Voice and certainty of places in texts, document by document, as the texts come in."""

import sys
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from analysis.hits.certainty.cue import Cue
from analysis.hits.certainty.document import DocumentCertainty
from analysis.hits.voice.contents import Attribution
from analysis.hits.voice.document import DocumentVoices
from analysis.languages.language import Language

# Text, start, sentence, and whether it is a thing.
Place = tuple[int, int, int, bool]
AttributionCues = dict[int, list[tuple[int, int, str]]]
CertaintyCues = dict[int, list[Cue]]

_BEYOND = sys.maxsize
ASSERTED, HEDGED, NEGATED = 0, 1, 2


class Contexts:
    """Who says what stands at places, and how surely, in the order in which the places come."""

    def __init__(
        self,
        document_of: Sequence[int],
        language: Language,
        labels: Sequence[str | None] | None = None,
    ) -> None:
        self.language = language
        self.voice: list[int] = []
        self.speaker: list[str | None] = []
        self.speaker_kind: list[str | None] = []
        self.speaker_mention: list[str | None] = []
        self.voice_cue: list[str | None] = []
        self.scare_quote: list[bool] = []
        self.certainty: list[int] = []
        self.certainty_cue: list[str | None] = []
        self._document_of = document_of
        self._labels = labels
        # The first text not yet read, and all that is known of it and those after it.
        self._first = 0
        self._texts: list[str] = []
        self._attribution: AttributionCues = {}
        self._certainty: CertaintyCues = {}
        self._places: list[Place] = []
        self._sentences: dict[int, list[tuple[int, int]]] = {}

    def read(
        self,
        texts: Sequence[str],
        attribution: AttributionCues,
        certainty: CertaintyCues,
        places: Sequence[Place],
        sentences: Mapping[int, list[tuple[int, int]]],
    ) -> None:
        """Take in the next texts, and read the documents that they complete."""
        known = len(self._texts)
        self._texts = self._texts + list(texts)
        self._attribution.update(_moved(attribution, known))
        self._certainty.update(_moved(certainty, known))
        self._sentences.update(_moved(sentences, known))
        self._places += [(known + n, a, b, thing) for n, a, b, thing in places]
        end = len(self._texts)
        following = self._first + end
        if following < len(self._document_of):
            document = self._document_of[following]
            while end > 0 and self._document_of[self._first + end - 1] == document:
                end -= 1
        self._read_until(end)

    def _read_until(self, end: int) -> None:
        n_places = len(self._places)
        at = 0
        while at < n_places and self._places[at][0] < end:
            text = self._places[at][0]
            document = self._document_of[self._first + text]
            begin = stop = text
            while begin > 0 and self._document_of[self._first + begin - 1] == document:
                begin -= 1
            while stop < end and self._document_of[self._first + stop] == document:
                stop += 1
            last = at
            while last < n_places and self._places[last][0] < stop:
                last += 1
            self._read_document(begin, stop, self._places[at:last])
            at = last
        # What belongs to the document that goes on is kept.
        self._places = [(n - end, a, b, thing) for n, a, b, thing in self._places[at:]]
        self._attribution = _moved(self._attribution, -end)
        self._certainty = _moved(self._certainty, -end)
        self._sentences = _moved(self._sentences, -end)
        self._texts = self._texts[end:]
        self._first += end

    def _read_document(self, begin: int, stop: int, places: Sequence[Place]) -> None:
        first, last = self._first + begin, self._first + stop
        voices = DocumentVoices(
            self._texts[begin:stop],
            _within(self._attribution, begin, stop),
            self.language,
            _within(self._sentences, begin, stop),
            None if self._labels is None else self._labels[first:last],
        )
        reader = DocumentCertainty(voices, _within(self._certainty, begin, stop))
        at = 0
        n_places = len(places)
        while at < n_places:
            number = places[at][0]
            last = at
            while last < n_places and places[last][0] == number:
                last += 1
            self._read_paragraph(voices, reader, number - begin, places[at:last])
            at = last

    def _read_paragraph(
        self,
        voices: DocumentVoices,
        reader: DocumentCertainty,
        number: int,
        places: Sequence[Place],
    ) -> None:
        text = voices.texts[number]
        quotes = voices.quotes(number)
        at_place = voices.voices_at(number, [start for _, start, _, _ in places])
        attributions = voices.credited(number)
        for place in range(len(places)):
            _, start, sentence, thing = places[place]
            voice, one = at_place[place]
            self.voice.append(voice)
            who = voices.speaker_of(number, one)
            self.speaker.append(who.name)
            self.speaker_kind.append(who.kind)
            self.speaker_mention.append(who.mention)
            self.voice_cue.append(_words(text, attributions[one]) if one >= 0 else None)
            self.scare_quote.append(
                len(quotes) > 0 and _lies_in(start, voices.scare_quotes(number))
            )
            cue = reader.cue_at(number, start, sentence, thing)
            if cue is None:
                self.certainty.append(ASSERTED)
                self.certainty_cue.append(None)
            else:
                self.certainty.append(NEGATED if cue.negates else HEDGED)
                self.certainty_cue.append(text[cue.start : cue.end])


def _lies_in(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a place lies in one of some spans that stand in order."""
    at = bisect_right(spans, (place, _BEYOND)) - 1
    return at >= 0 and place < spans[at][1]


def _words(text: str, one: Attribution) -> str | None:
    return text[one.cue_start : one.cue_end] if one.cue_start >= 0 else None


def _moved(by_text: Mapping[int, list], by: int) -> dict[int, list]:
    """Renumber the texts, and leave out those that come before the first."""
    if by == 0:
        return dict(by_text)
    return {n + by: value for n, value in by_text.items() if n + by >= 0}


def _within(by_text: dict[int, list], begin: int, stop: int) -> dict[int, list]:
    return {n - begin: by_text[n] for n in range(begin, stop) if n in by_text}
