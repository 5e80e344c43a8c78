# cython: annotation_typing=False
"""One document's quotations, attributions and speakers, worked out paragraph by paragraph."""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

from analysis.hits.voice.cast import Cast
from analysis.hits.voice.continued import with_those_before
from analysis.hits.voice.members import (
    DOCUMENT_KIND,
    NOBODY_KNOWN,
    PERSON_KIND,
    UNNAMED,
    Member,
    Speaker,
    with_mention,
)
from analysis.hits.voice.names import is_subject
from analysis.hits.voice.places import TURN, voices_at
from analysis.hits.voice.quotes import Quote, quotes_in, quotes_within
from analysis.hits.voice.references import (
    fits,
    interviewee,
    is_general,
    is_taken_up,
    just_spoke,
    may_be,
    pronoun_for,
    speaker_named,
    who_goes_on,
    without_title,
)
from analysis.hits.voice.relations import attributions_in
from analysis.hits.voice.relayed import only_cites
from analysis.hits.voice.shapes import block_quotation, headline_source, signature
from analysis.hits.voice.spans import Attribution
from analysis.hits.voice.words import CONTRAST, COORDINATOR, HE, IT, SHE, THEY, voice_words
from analysis.languages.language import Language
from analysis.text.sentences import sentence_spans
from analysis.text.turns import Turn, labelled_turns, turns_of

_PARAGRAPHS_BACK = 3
_PARAGRAPHS_ON = 4
_SENTENCES_BACK = 3
_NEAR = 600
_MOST_AT_ONCE = 100

_BEYOND = sys.maxsize
_NONE_KNOWN: Mapping[int, list[tuple[int, int]]] = MappingProxyType({})


class DocumentVoices:
    """Who says what in one document."""

    def __init__(
        self,
        texts: Sequence[str],
        cues: Mapping[int, list[tuple[int, int, str]]],
        language: Language,
        sentences: Mapping[int, list[tuple[int, int]]] = _NONE_KNOWN,
        labels: Sequence[str | None] | None = None,
    ) -> None:
        self.texts = texts
        self.cues = cues
        self.language = language
        self.words = voice_words(language)
        self.turns: list[Turn | None] = (
            turns_of(texts, language) if labels is None else labelled_turns(texts, labels, language)
        )
        self._interviewee: Speaker | None = None
        self._cast: Cast | None = None
        self._sentences = dict(sentences)
        self._quotes: dict[int, list[Quote]] = {}
        self._spoken: dict[int, tuple[list[int], list[int]]] = {}
        self._scare: dict[int, list[tuple[int, int]]] = {}
        self._found: dict[int, list[Attribution]] = {}
        # The attributions of single sentences, where none is around the places asked for.
        self._near: dict[int, list[Attribution]] = {}
        self._speakers: list[list[Speaker] | None] = [None] * len(texts)
        # Who of each kind spoke last in each paragraph, and before it where somebody asked.
        self._heard: list[dict[str | None, Speaker]] = [{} for _ in texts]
        self._fitting: dict[tuple[int, int], tuple[list[int], list[Member]]] = {}
        # Who spoke last in each paragraph, up to where, and who may go on.
        self._last = [NOBODY_KNOWN] * len(texts)
        self._since = [0] * len(texts)
        self._going_on = [NOBODY_KNOWN] * len(texts)
        # Up to which paragraph all speakers are known, and how many are being looked for.
        self._known = self._looking = 0

    @property
    def cast(self) -> Cast:
        """Everybody whom the document names."""
        if self._cast is None:
            self._cast = Cast(self.texts, self.language)
        return self._cast

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
            text = self.texts[number]
            found = quotes_in(text, following, self.words)
            if not found and number and self.turns[number] is None:
                cues = self.cues.get(number - 1, [])
                found = block_quotation(text, self.texts[number - 1], cues, self.words)
            self._quotes[number] = found
        return found

    def scare_quotes(self, number: int) -> list[tuple[int, int]]:
        """Return where titles, and one or two words, stand in quotation marks."""
        found = self._scare.get(number)
        if found is None:
            found = []
            for quote in self.quotes(number):
                text = self.texts[number]
                within = [quote] if quote.scare else quotes_within(text, quote, self.words)
                found += [(one.start, one.end) for one in within if one.scare]
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
            found += self._of_headline(number)
        return found

    def voices_at(self, number: int, places: list[int]) -> list[tuple[int, int]]:
        """Tell for places of a paragraph in whose voice they are, and by which attribution."""
        quotes, turn = self.quotes(number), self.turns[number]
        own = [] if quotes or number in self._found else self._sentences_of(number, places)
        if own:
            near = attributions_in(self.texts[number], own, quotes, self.cues[number], self.words)
            near += self._of_headline(number)
            found = voices_at(places, quotes, near, turn)
            if max(found, key=_attribution_of)[1] < 0:
                self._near[number] = near
                return found
        return voices_at(places, quotes, self.attributions(number), turn)

    def _sentences_of(self, number: int, places: list[int]) -> list[tuple[int, int]]:
        """Return the sentences of some places, if there are others, and cues in the paragraph."""
        if number not in self.cues:
            return []
        sentences = self.sentences(number)
        own = {bisect_right(sentences, (place, _BEYOND)) - 1 for place in places}
        own = with_those_before(own, sentences, self.texts[number], self.words)
        return [sentences[n] for n in sorted(own)] if len(own) < len(sentences) else []

    def credited(self, number: int) -> list[Attribution]:
        """Return the attributions of a paragraph, at least those of the places asked for."""
        near = self._near.get(number)
        return self.attributions(number) if near is None else near

    def _of_headline(self, number: int) -> list[Attribution]:
        found = headline_source(
            self.texts[number], self._is_person, self.words, is_first=number == 0
        )
        return [] if found is None else [Attribution(*found, False)]

    def _is_person(self, name: str) -> bool:
        member = self.cast.member(name)
        return member is not None and member.kind == PERSON_KIND

    def speakers(self, number: int) -> list[Speaker]:
        """Return the speaker of each attribution of a paragraph."""
        found = self._speakers[number]
        if found is None:
            self._looking += 1
            # Each may ask for those before: of very many, the first are worked out first.
            while self._looking > _MOST_AT_ONCE and self._known < number:
                if self._speakers[self._known] is None:
                    self._speakers[self._known] = self._named(self._known)
                self._known += 1
            found = self._speakers[number] = self._named(number)
            self._looking -= 1
        return found

    def _spoke_last(self, number: int, kind: str | None) -> Speaker:
        """Return who of a kind spoke last, up to what is known of a paragraph."""
        who: Speaker | None = self._heard[number].get(kind)
        before = number
        while who is None and before > 0:
            before -= 1
            self.speakers(before)
            who = self._heard[before].get(kind)
        who = NOBODY_KNOWN if who is None else who
        if before < number:
            self._heard[number - 1][kind] = who
        return who

    def _last_before(self, number: int) -> Speaker:
        """Return who spoke last in the paragraph before."""
        if not number:
            return NOBODY_KNOWN
        self.speakers(number - 1)
        return self._last[number - 1]

    def speaker_of(self, number: int, one: int) -> Speaker:
        """Return the speaker of an attribution of a paragraph, or of its turn, by its number."""
        who = self.speakers(number)[one] if one >= 0 else NOBODY_KNOWN
        if one == TURN or (one >= 0 and who.name is None and self.turns[number] is not None):
            return self.turn_speaker(number)
        return who

    def turn_speaker(self, number: int) -> Speaker:
        """Return whose turn a paragraph is."""
        turn = self.turns[number]
        if turn is None:
            return NOBODY_KNOWN
        lists = self.words.lists
        if turn.label.lower() in lists["answers"]:
            written = turn.label if turn.label[0].isupper() else None
            return with_mention(self._who_answers(), written)
        if turn.label.lower() in lists["questions"]:
            return Speaker(None, None, turn.label)
        name = turn.label.title() if turn.label.isupper() and len(turn.label) > 4 else turn.label
        name = without_title(self.cast, name)
        member = self.cast.member(name)
        if member is None and name.split()[0] in lists["titles"]:
            # "Minister Voss:".
            member = self.cast.member(name.split()[-1])
        if member is None or member.kind != PERSON_KIND or " " not in member.name:
            # Letters in capitals are those of a label, and need not be an abbreviation.
            kind = PERSON_KIND if member is None or turn.label.isupper() else member.kind
            called = name if name != turn.label.title() else turn.label
            return Speaker(called, kind, turn.label)
        return Speaker(member.name, member.kind, turn.label)

    def _who_answers(self) -> Speaker:
        if self._interviewee is None:
            before = next((n for n, turn in enumerate(self.turns) if turn), 0)
            self._interviewee = interviewee(self.cast, before)
        return self._interviewee

    def _named(self, number: int) -> list[Speaker]:
        text = self.texts[number]
        own: list[Speaker] = []
        speaking: list[Speaker] = []
        by_source: dict[int, Speaker] = {}
        last = NOBODY_KNOWN
        since = 0
        # What the one who spoke last says; whom that describes is somebody else.
        said = (0, 0)
        for one in self.attributions(number):
            if one.source_start < 0:
                goes_on = one.cue_start < 0 and last.name is None
                own.append(self._goes_on(number, one) if goes_on else NOBODY_KNOWN)
                speaking.append(own[-1])
                continue
            who = by_source.get(one.source_start)
            within = said[0] <= one.source_start < said[1]
            if who is None:
                who = self._who(number, one, last, since, within)
                by_source[one.source_start] = who
            own.append(who)
            if only_cites(text, one, self.words):
                continue
            speaking.append(who)
            if one.cue_start < 0 or self._is_quoted(number, one.source_start):
                continue
            before = text[max(0, one.source_start - _NEAR) : one.source_start].rsplit(None, 1)[-1:]
            joined = bool(before) and bool(
                self.words.kinds.get(before[0], 0) & (COORDINATOR | CONTRAST)
            )
            told = within and not joined and one.source_start < one.cue_start <= one.content_start
            if who.name is not None and not told:
                last, since = who, one.cue_end
                said = (one.content_start, one.content_end)
                self._heard[number][who.kind] = who
        if last.name is None and not text.strip():
            last = self._last_before(number)
        self._last[number], self._since[number] = last, since
        self._going_on[number] = who_goes_on(self.cast, number, speaking)
        return own

    def _is_quoted(self, number: int, place: int) -> bool:
        starts, ends = self._speech(number)
        before = bisect_right(starts, place) - 1
        return before >= 0 and place < ends[before]

    def _speech(self, number: int) -> tuple[list[int], list[int]]:
        """Return where the quotations of a paragraph that are speech begin and end."""
        found = self._spoken.get(number)
        if found is None:
            quotes = [quote for quote in self.quotes(number) if not quote.scare]
            found = self._spoken[number] = (
                [quote.start for quote in quotes],
                [quote.end for quote in quotes],
            )
        return found

    def _who(
        self, number: int, one: Attribution, last: Speaker, since: int, within: bool
    ) -> Speaker:
        text = self.texts[number]
        mention = text[one.source_start : one.source_end]
        kinds = self._pronoun(mention)
        if kinds:
            return with_mention(self._meant(number, one.source_start, kinds, last, since), mention)
        heard = partial(self._spoke_last, number)
        who = speaker_named(self.cast, number, one.source_start, one.source_end, heard)
        if who.kind == PERSON_KIND and (kinds := pronoun_for(self.cast, mention)):
            near = last if last.name is not None else self._last_before(number)
            if just_spoke(self.cast, who, near, kinds, since, number, one.source_start):
                return with_mention(near, mention)
        if who.kind == DOCUMENT_KIND:
            behind = self._behind(number, one.source_start, mention, last)
            return who if behind.name is None else with_mention(behind, mention)
        if who.kind != UNNAMED or who.name != who.mention or within:
            return who
        kinds = pronoun_for(self.cast, mention)
        meant = NOBODY_KNOWN
        if kinds:
            # Whom a description means is not named in its own sentence: "After talks with
            # Voss, the minister said".
            here = self.sentences(number)
            begin = here[max(bisect_right(here, (one.source_start, len(text))) - 1, 0)][0]
            meant = self._meant(number, begin, kinds, last, since, mention)
            spoke = heard(PERSON_KIND)
            general = meant.name is None and is_general(self.cast, mention)
            if general and fits(self.cast, spoke, kinds) and may_be(self.cast, spoke.name, mention):
                meant = spoke
        return with_mention(meant, who.mention) if meant.name is not None else who

    def _pronoun(self, mention: str) -> int:
        """Return the kinds of a source that is a pronoun of somebody else's; 0 for any other."""
        kinds = self.words.kinds.get(mention.lower().replace("’", "'"), 0)
        return kinds if kinds & (HE | SHE | THEY | IT) else 0

    def _behind(self, number: int, place: int, mention: str, last: Speaker) -> Speaker:
        """Return who speaks by "the statement" or "his letter"; nobody where no one is known."""
        words = mention.lower().split()
        utterance = words[-1] in self.words.lists["utterances"]
        if utterance and (kinds := self._pronoun(words[0])):
            return self._meant(number, place, kinds, last, place)
        for paragraph in range(number, max(number - _PARAGRAPHS_BACK, -1), -1):
            here = paragraph == number
            spoke = last if here else self._last_before(paragraph + 1)
            end = place if here else len(self.texts[paragraph])
            said = self.texts[paragraph][max(0, end - _NEAR) : end]
            if spoke.name is not None and is_taken_up(self.cast, mention, said):
                return spoke
            if not utterance and (paragraph < number or last.name is not None):
                break
        return NOBODY_KNOWN

    def _meant(
        self,
        number: int,
        place: int,
        kinds: int,
        last: Speaker,
        since: int,
        described: str = "",
    ) -> Speaker:
        """Return whom a pronoun or a description stands for; nobody where no one fits."""
        named: Member | None = None
        of_one = bool(kinds & (HE | SHE))
        # "The expert" has spoken before.
        general = described != "" and is_general(self.cast, described)
        back = _PARAGRAPHS_BACK if of_one else 2
        for paragraph in range(number, max(number - back, -1), -1):
            end = place
            if paragraph < number:
                last = self._last_before(paragraph + 1)
                since = self._since[paragraph]
                end = len(self.texts[paragraph])
            suits = (
                last.name is not None
                and fits(self.cast, last, kinds, spoke=True)
                and may_be(self.cast, last.name, described)
            )
            if of_one and not suits and kinds & (HE | SHE) != HE | SHE:
                since = -1
            if not general or (paragraph == number and last.name is not None):
                subject = self._subject(paragraph, since, end, kinds)
                if subject is not None and may_be(self.cast, subject.name, described):
                    return self._as_meant(subject, paragraph, end, kinds)
            if suits:
                return last
            if last.name is not None and paragraph == number:
                break
            if of_one and not general:
                # Things and bodies that are named in passing say nothing.
                named = named or self._named_first(paragraph, end, kinds, described)
            if named is not None and paragraph < number:
                break
        return NOBODY_KNOWN if named is None else self._as_meant(named, number, place, kinds)

    def _named_first(self, number: int, place: int, kinds: int, described: str) -> Member | None:
        """Return who is named first in the last sentence before a place that names one who fits."""
        starts, members = self._named_fitting(number, kinds)
        if described:
            fitting = [n for n, one in enumerate(members) if may_be(self.cast, one.name, described)]
            starts, members = [starts[n] for n in fitting], [members[n] for n in fitting]
        last = bisect_left(starts, place) - 1
        if last < 0:
            return None
        sentences = self.sentences(number)
        begin = sentences[bisect_left(sentences, (starts[last] + 1,)) - 1][0]
        return members[bisect_left(starts, begin)]

    def _as_meant(self, member: Member, number: int, place: int, kinds: int) -> Speaker:
        """Return a member, with the full name where only the pronoun tells who bears a surname."""
        gender = kinds & (HE | SHE)
        if gender and len(member.words) == 1:
            member = self.cast.namesake(member.folded[0], gender, number, place) or member
        return Speaker(member.name, member.kind)

    def _subject(self, number: int, since: int, place: int, kinds: int) -> Member | None:
        """Return who is named as the subject of the last sentence between two places."""
        starts, members = self._named_fitting(number, kinds)
        sentences = self.sentences(number)
        text = self.texts[number]
        here = bisect_left(sentences, (place,))
        for begin, end in reversed(sentences[max(0, here - _SENTENCES_BACK) : here]):
            if begin < since:
                break
            for n in range(bisect_left(starts, begin), bisect_left(starts, min(end, place))):
                if is_subject(text, begin, starts[n], end >= place, self.words):
                    return members[n]
        return None

    def _named_fitting(self, number: int, kinds: int) -> tuple[list[int], list[Member]]:
        """Return where and who outside quotations is named whom a pronoun may stand for."""
        found = self._fitting.get((number, kinds))
        if found is None:
            starts: list[int] = []
            members: list[Member] = []
            for start, member in self.cast.mentions[number]:
                called = " ".join(member.words)
                if kinds & THEY and called in self.words.lists["countries"]:
                    continue
                who = Speaker(member.name, member.kind)
                if not self._is_quoted(number, start) and fits(self.cast, who, kinds):
                    starts.append(start)
                    members.append(member)
            found = self._fitting[number, kinds] = (starts, members)
        return found

    def _goes_on(self, number: int, one: Attribution) -> Speaker:
        """Return who goes on with a quotation that nothing in its paragraph attributes."""
        text = self.texts[number]
        if text[: one.content_start].strip():
            return NOBODY_KNOWN
        ends = one.content_end >= len(text.rstrip())
        told = self._told_behind(number) if ends else NOBODY_KNOWN
        if told.name is not None or not number:
            return told
        self.speakers(number - 1)
        return self._going_on[number - 1]

    def _told_behind(self, number: int) -> Speaker:
        """Return whom the next paragraph names, if it signs a quotation or goes on with it."""
        later = number + 1
        heard = partial(self._spoke_last, number)
        if later < len(self.texts) and (signed := signature(self.texts[later])) is not None:
            return speaker_named(self.cast, later, *signed, heard)
        while later < len(self.texts) and later - number <= _PARAGRAPHS_ON:
            before, quotes = self.quotes(later - 1)[-1:], self.quotes(later)[:1]
            if not before or before[0].closed or not quotes or quotes[0].start > 1:
                break
            for one in self.attributions(later):
                if one.source_start >= quotes[0].end and one.content_start <= quotes[0].start:
                    if self._pronoun(self.texts[later][one.source_start : one.source_end]):
                        return NOBODY_KNOWN
                    return speaker_named(self.cast, later, one.source_start, one.source_end, heard)
            later += 1
        return NOBODY_KNOWN


def _attribution_of(voice: tuple[int, int]) -> int:
    return voice[1]
