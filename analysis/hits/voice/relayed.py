"""Who only passes on what another says: "Voss said that aid is late, the Herald reports"."""

from analysis.hits.voice.complements import is_clause
from analysis.hits.voice.contents import trimmed
from analysis.hits.voice.cutting import Words
from analysis.hits.voice.spans import Attribution
from analysis.hits.voice.words import AUTHOR, PREPOSITION, RELATIVE, THAT, VoiceWords

_FIRST_WORDS = 5
_NEAR = 10


def relayed(w: Words, one: Attribution, found: list[Attribution]) -> Attribution:
    """Return an attribution, as an act where the subject before it says what it passes on."""
    opening = min(one.cue_start, one.source_start)
    if not found or one.weak or one.content_start >= opening or opening < 0:
        return one
    inner = found[-1]
    if not _speaks_up_to(w, inner, opening):
        return one
    # The innermost counts.
    stop = trimmed(w.text, inner.content_start, opening)[1]
    inner.content_end = stop
    content = trimmed(w.text, w.begin, inner.cue_start)
    source = one.source_start, one.source_end
    return Attribution(one.cue_start, one.cue_end, *source, *content, False, True)


def only_cites(text: str, one: Attribution, words: VoiceWords) -> bool:
    """Tell whether a source is only cited, or cites: "she said, quoted by the Herald"."""
    if one.cue_start < 0:
        return False
    if text[one.cue_start : one.cue_end].lower() in words.lists["citing"]:
        return True
    beside = 0 < one.source_start - one.cue_end < _NEAR
    return beside and text[one.cue_end : one.source_start].strip() in words.lists["agent"]


def _speaks_up_to(w: Words, one: Attribution, place: int) -> bool:
    """Tell whether the subject of a sentence says a clause or a quotation up to a place."""
    if one.weak or not 0 <= one.source_start < one.cue_start <= one.content_start < place:
        return False
    first, at = w.at(one.source_start), w.at(one.content_start)
    if first > _FIRST_WORDS or w.kinds[first] & AUTHOR or one.content_end + 1 < place:
        return False
    for number in range(first, w.at(one.cue_start)):
        if w.kinds[number] & RELATIVE:
            return False
    if one.quoted or at >= w.n or w.kinds[at] & THAT or w.quote_before(w.at(place)) >= 0:
        return True
    # But "called for the talks to be held".
    return not w.kinds[w.at(one.cue_end - 1)] & PREPOSITION and is_clause(w, at)
