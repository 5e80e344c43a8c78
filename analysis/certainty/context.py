# cython: annotation_typing=False
"""Voice and certainty of places in texts, document by document, as the texts come in."""

from collections.abc import Sequence
from typing import NamedTuple

from analysis.certainty.document import DocumentCertainty
from analysis.certainty.scopes import Cue
from analysis.voice.document import DocumentVoices, is_scare_quoted, voices_at

AttributionCues = dict[int, list[tuple[int, int, str]]]
CertaintyCues = dict[int, list[Cue]]


class Context(NamedTuple):
    """Who says what stands at a place, and how surely; numbers as in `voice` and `certainty`."""

    voice: int
    speaker: str | None
    voice_cue: str | None
    scare_quote: bool
    certainty: int
    certainty_cue: str | None


class Contexts:
    """The contexts of places, in the order in which they come.

    A document is read when its last paragraph has come, since a speaker may be named in
    full anywhere in it. What was found stands in `found`.

    Parameters
    ----------
    document_of : list of int
        For each text to come, a number for its document; the texts of a document stand together.
    """

    def __init__(self, document_of: Sequence[int]) -> None:
        self.found: list[Context] = []
        self._document_of = document_of
        # The first text not yet read, and all that is known of it and those after it.
        self._first = 0
        self._texts: list[str] = []
        self._attribution: AttributionCues = {}
        self._certainty: CertaintyCues = {}
        self._places: list[tuple[int, int, int]] = []
        self._sentences: dict[int, list[tuple[int, int]]] = {}

    def read(
        self,
        texts: Sequence[str],
        attribution: AttributionCues,
        certainty: CertaintyCues,
        places: Sequence[tuple[int, int, int]],
        sentences: dict[int, list[tuple[int, int]]],
    ) -> None:
        """Take in the next texts, and read the documents that they complete.

        Parameters
        ----------
        texts : list of str
            The texts.
        attribution, certainty : dict of int to list
            Their cues, by the number of the text within `texts`.
        places : list of tuple of int
            Text, start and sentence of each place, in order of the texts.
        sentences : dict of int to list of tuple of int
            The sentences of the texts that hold places.
        """
        known = len(self._texts)
        self._texts += texts
        self._attribution |= {known + n: cues for n, cues in attribution.items()}
        self._certainty |= {known + n: cues for n, cues in certainty.items()}
        self._places += [(known + n, start, sentence) for n, start, sentence in places]
        self._sentences |= {known + n: spans for n, spans in sentences.items()}
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
        self._places = [(text - end, start, number) for text, start, number in self._places[at:]]
        self._attribution = _from(self._attribution, end)
        self._certainty = _from(self._certainty, end)
        self._sentences = _from(self._sentences, end)
        self._texts = self._texts[end:]
        self._first += end

    def _read_document(
        self, begin: int, stop: int, places: Sequence[tuple[int, int, int]]
    ) -> None:
        voices = DocumentVoices(
            self._texts[begin:stop],
            _within(self._attribution, begin, stop),
            _within(self._sentences, begin, stop),
        )
        reader = DocumentCertainty(voices, _within(self._certainty, begin, stop))
        at = 0
        n_places = len(places)
        while at < n_places:
            number = places[at][0]
            last = at
            while last < n_places and places[last][0] == number:
                last += 1
            self.found += contexts_in(
                voices, reader, number - begin, [(s, n) for _, s, n in places[at:last]]
            )
            at = last


def contexts_in(
    voices: DocumentVoices,
    reader: DocumentCertainty,
    number: int,
    places: Sequence[tuple[int, int]],
) -> list[Context]:
    """Tell the contexts of places in one paragraph.

    Parameters
    ----------
    voices : DocumentVoices
        Who says what in the document.
    reader : DocumentCertainty
        How surely.
    number : int
        The paragraph.
    places : list of tuple of int
        Where, and in which of its sentences, in any order.

    Returns
    -------
    list of Context
        One for each place.

    Examples
    --------
    >>> from analysis.certainty.context import contexts_in
    >>> from analysis.certainty.document import DocumentCertainty
    >>> from analysis.voice.document import DocumentVoices
    >>> voices = DocumentVoices(["Ana said no."], {0: [(4, 8, "saying")]})
    >>> contexts_in(voices, DocumentCertainty(voices, {}), 0, [(9, 0)])[0].speaker
    'Ana'
    """
    text = voices.texts[number]
    quotes = voices.quotes(number)
    attributions = voices.attributions(number)
    ordered = sorted(places)
    voice_of: dict[int, tuple[int, int]] = {}
    if quotes or attributions:
        starts = [start for start, _ in ordered]
        voice_of = dict(zip(starts, voices_at(starts, quotes, attributions), strict=True))
    decided = dict(zip(places, reader.decide(number, places), strict=True))
    found = []
    for place in places:
        voice, one = voice_of.get(place[0], (0, -1))
        speaker = voice_cue = None
        if one >= 0:
            speaker = voices.speakers(number)[one]
            if attributions[one].cue_start >= 0:
                voice_cue = text[attributions[one].cue_start : attributions[one].cue_end]
        certainty, cue = decided[place]
        found.append(
            Context(
                voice,
                speaker,
                voice_cue,
                bool(quotes) and is_scare_quoted(place[0], text, quotes),
                certainty,
                None if cue is None else text[cue.start : cue.end],
            )
        )
    return found


def _from(by_text: dict, first: int) -> dict:
    return {n - first: value for n, value in by_text.items() if n >= first}


def _within(by_text: dict, begin: int, stop: int) -> dict:
    return {n - begin: by_text[n] for n in range(begin, stop) if n in by_text}
