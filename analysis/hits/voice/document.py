# cython: annotation_typing=False
"""One document's quotations, attributions and speakers, worked out paragraph by paragraph."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from analysis.hits.voice.quotes import Quote, quotes_in, scare_quotes_within
from analysis.hits.voice.relations import Attribution, attributions_in
from analysis.hits.voice.speakers import Names
from analysis.hits.voice.words import voice_words
from analysis.languages.language import Language
from analysis.text.sentences import sentence_spans

NARRATOR, QUOTE, PARAPHRASE = 0, 1, 2

_NONE_KNOWN: Mapping[int, list[tuple[int, int]]] = MappingProxyType({})


class DocumentVoices:
    """Who says what in one document."""

    def __init__(
        self,
        texts: Sequence[str],
        cues: Mapping[int, list[tuple[int, int, str]]],
        language: Language,
        sentences: Mapping[int, list[tuple[int, int]]] = _NONE_KNOWN,
    ) -> None:
        self.texts = texts
        self.cues = cues
        self.language = language
        self.words = voice_words(language)
        self.names = Names(texts, self.words)
        self._sentences = dict(sentences)
        self._quotes: dict[int, list[Quote]] = {}
        self._scare: dict[int, list[tuple[int, int]]] = {}
        self._found: dict[int, list[Attribution]] = {}
        self._speakers: dict[int, list[str | None]] = {}
        self._last: dict[int, str | None] = {-1: None}
        self._going_on: dict[int, str | None] = {}

    def sentences(self, number: int) -> list[tuple[int, int]]:
        """Return the sentences of a paragraph."""
        found = self._sentences.get(number)
        if found is None:
            found = self._sentences[number] = sentence_spans(self.texts[number], self.language)
        return found

    def quotes(self, number: int) -> list[Quote]:
        """Return the quotations of a paragraph."""
        found = self._quotes.get(number)
        if found is None:
            following = self.texts[number + 1] if number + 1 < len(self.texts) else ""
            found = self._quotes[number] = quotes_in(self.texts[number], following, self.words)
        return found

    def scare_quotes(self, number: int) -> list[tuple[int, int]]:
        """Return where one or two words stand in quotation marks and are no speech."""
        found = self._scare.get(number)
        if found is None:
            found = []
            for quote in self.quotes(number):
                within = (
                    [quote]
                    if quote.scare
                    else scare_quotes_within(self.texts[number], quote, self.words)
                )
                found += [(one.start, one.end) for one in within]
            self._scare[number] = found
        return found

    def attributions(self, number: int) -> list[Attribution]:
        """Return the attributions of a paragraph."""
        found = self._found.get(number)
        if found is None:
            quotes = self.quotes(number)
            cues = self.cues.get(number, [])
            found = self._found[number] = (
                attributions_in(
                    self.texts[number], self.sentences(number), quotes, cues, self.words
                )
                if quotes or cues
                else []
            )
        return found

    def speakers(self, number: int) -> list[str | None]:
        """Return the speaker of each attribution of a paragraph."""
        if number not in self._speakers:
            self._speakers[number] = self._named(number)
        return self._speakers[number]

    def _named(self, number: int) -> list[str | None]:
        found = self.attributions(number)
        text = self.texts[number]
        by_source: dict[int, str | None] = {}
        speakers: list[str | None] = []
        last: str | None = None
        for one in found:
            if one.source_start < 0:
                # Only a quotation goes on from the paragraph before.
                goes_on = one.cue_start < 0 and last is None and number > 0
                speakers.append(self.who_goes_on(number - 1) if goes_on else None)
                continue
            name = by_source.get(one.source_start)
            if name is None:
                source = text[one.source_start : one.source_end]
                if source.lower() in self.words["pronouns"]:
                    name = last or self.last_speaker(number - 1)
                    name = name or self._last_person(number, one.source_start) or source
                else:
                    name = self.names.name(source)
                by_source[one.source_start] = name
            if one.cue_start >= 0:
                last = name
            speakers.append(name)
        return speakers

    def _meant(self, number: int) -> str | None:
        """Return whom the last pronoun of a paragraph stands for."""
        return self.last_speaker(number) or self._last_person(number, len(self.texts[number]))

    def _last_person(self, number: int, place: int) -> str | None:
        """Return the full name that stands last before a place, here or a paragraph before."""
        for text in (self.texts[number][:place], *self.texts[max(number - 1, 0) : number]):
            name = self.names.last_in(text)
            if name is not None:
                return name
        return None

    def last_speaker(self, number: int) -> str | None:
        """Return whom the document named last as a speaker, up to the end of a paragraph."""
        # By a loop, since a document may have any number of paragraphs that name nobody.
        first = number
        while first not in self._last and self._own_last(first) is None:
            first -= 1
        name = self._last[first] if first in self._last else self._own_last(first)
        for between in range(first, number + 1):
            self._last[between] = name
        return name

    def who_goes_on(self, number: int) -> str | None:
        """Return who may go on speaking after a paragraph."""
        first = number
        source = None
        while first >= 0 and first not in self._going_on and source is None:
            found = self.attributions(first)
            if not found:
                break
            for one in found:
                if one.source_start >= 0:
                    source = self.texts[first][one.source_start : one.source_end]
            first -= source is None
        name = self._going_on.get(first)
        if source is not None:
            pronoun = source.lower() in self.words["pronouns"]
            name = (self._meant(first) or source) if pronoun else self.names.name(source)
        for between in range(max(first, 0), number + 1):
            self._going_on[between] = name
        return name

    def _own_last(self, number: int) -> str | None:
        """Return the last speaker whom a paragraph itself names."""
        for one in reversed(self.attributions(number)):
            source = self.texts[number][one.source_start : one.source_end]
            if one.source_start >= 0 and source.lower() not in self.words["pronouns"]:
                return self.names.name(source)
        return None


def voices_at(
    starts: Sequence[int], quotes: Sequence[Quote], found: Sequence[Attribution]
) -> list[tuple[int, int]]:
    """Tell for places of a paragraph in whose voice they are."""
    if not quotes and not found:
        return [(NARRATOR, -1)] * len(starts)
    if any([starts[n] > starts[n + 1] for n in range(len(starts) - 1)]):
        ordered = sorted(set(starts))
        known = dict(zip(ordered, voices_at(ordered, quotes, found), strict=True))
        return [known[start] for start in starts]
    # What is nobody's words, or tells of an attitude alone, has no voice of its own.
    heard = [
        (one.content_start, n)
        for n, one in enumerate(found)
        if one.quoted or (one.source_start >= 0 and not one.weak)
    ]
    order = [n for _, n in sorted(heard)]
    voices = []
    around: list[int] = []
    opened = quoted = 0
    for start in starts:
        while opened < len(order) and found[order[opened]].content_start <= start:
            around.append(order[opened])
            opened += 1
        while around and found[around[-1]].content_end <= start:
            around.pop()
        while quoted < len(quotes) and quotes[quoted].end <= start:
            quoted += 1
        number = around[-1] if around else -1
        inside = quoted < len(quotes) and quotes[quoted].start <= start
        if inside and not quotes[quoted].scare:
            voices.append((QUOTE, number))
        elif number >= 0 and not _of_the_narrator(start, found[number]):
            voices.append((PARAPHRASE, number))
        else:
            voices.append((NARRATOR, -1))
    return voices


def _of_the_narrator(start: int, one: Attribution) -> bool:
    return one.cue_start <= start < one.cue_end or one.source_start <= start < one.source_end
