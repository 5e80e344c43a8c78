"""Verbs beside a quotation that no list has: "…," Brook purred; Brook purred: "…"."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from analysis.hits.voice.names import is_title_case
from analysis.hits.voice.quotes import Quote
from analysis.hits.voice.words import (
    BODY,
    DETERMINER,
    DOCUMENT,
    FINITE,
    FUNCTION,
    HE,
    PAST,
    PERSON,
    PLURAL,
    SHE,
    THEY,
    VoiceWords,
)

_FARTHEST = 100
_NAME = r"(?:[^\W\d_a-z][\w.'\u2019-]*\s+){1,4}"
_PHRASE = r"(?:[a-z]+\s+)(?:[\w'\u2019-]+\s+){0,3}?"
_SUBJECT = rf"({_NAME}|{_PHRASE})(?:[a-z]+ly\s+|later\s+|then\s+|also\s+)?"
_VERB = r"([a-z]+(?:\s(?:out|on|up|in|back|off|over|down|away|forth))?)"
_GOES_ON = (
    r"(?=[.,:;\u2014\u2013-]|\s*$|\s(?:[a-z]+ly|in|on|at|as|to|with|when|while|after|before)\b)"
)
_SAYS = re.compile(rf"\s*{_SUBJECT}{_VERB}{_GOES_ON}")
_SAYS_INVERTED = re.compile(rf"\s*{_VERB}\s+({_NAME}|(?:[a-z]+\s+)(?:[\w'\u2019-]+\s+){{0,3}})")
_SAYS_BEFORE = re.compile(rf"(?:^|[.!?;,]\s+){_SUBJECT}{_VERB}[:,]\s*$")
_GOING_ON = (",", "?", "!", "\u2026", "\u2014", "\u2013", "-")


def unlisted_verbs(
    text: str, quotes: Sequence[Quote], cues: Sequence[tuple[int, int, str]], words: VoiceWords
) -> list[tuple[int, int, str]]:
    """Find verbs without a cue that stand with who speaks right beside a quotation."""
    found: list[tuple[int, int, str]] = []
    behind = 0
    for number, quote in enumerate(quotes):
        left, behind = max(behind, quote.start - _FARTHEST), quote.end
        if quote.scare or not quote.closed:
            continue
        right = quotes[number + 1].start if number + 1 < len(quotes) else len(text)
        right = min(right, quote.end + _FARTHEST)
        span = None
        if not _has_cue(cues, left, quote.start) and text[left : quote.start].rstrip()[-1:] in ":,":
            span = _verb(_SAYS_BEFORE.search(text, left, quote.start), 1, words)
        if span is None and not _has_cue(cues, quote.end, right) and _goes_on(text, quote):
            span = _verb(_SAYS.match(text, quote.end, right), 1, words)
            span = span or _verb(_SAYS_INVERTED.match(text, quote.end, right), 2, words)
        if span is not None and (not found or found[-1][0] < span[0]):
            found.append((*span, "manner"))
    return found


def _has_cue(cues: Sequence[tuple[int, int, str]], start: int, end: int) -> bool:
    place = bisect_left(cues, (start,))
    return place < len(cues) and cues[place][0] < end


def _goes_on(text: str, quote: Quote) -> bool:
    """Tell whether a sentence goes on behind a quotation, which is no title."""
    said = text[quote.start + 1 : quote.end - 1].rstrip("'\u2019")
    ends = said.endswith(_GOING_ON) or text[quote.end : quote.end + 1] == ","
    return ends and not (" " in said and len(said) < _FARTHEST and is_title_case(said))


def _verb(found: re.Match[str] | None, subject: int, words: VoiceWords) -> tuple[int, int] | None:
    """Return where a verb stands, if it is one and beside somebody who may speak."""
    if found is None:
        return None
    own = found.group(subject).split()
    verb = found.group(3 - subject).split()[0]
    kinds = words.kinds_written(verb)
    named = all(word[0].isupper() for word in own)
    first = words.kinds_written(own[0])
    pronoun = bool(first & (HE | SHE | THEY)) and not first & DETERMINER
    heads = own if subject == 2 else own[-1:]
    if not (
        named
        or pronoun
        or any(words.kinds_written(one) & (PERSON | BODY | DOCUMENT) for one in heads)
    ):
        return None
    # "Voss jokes." is a verb, "Voss fixates on the border" no speech.
    ended = found.string[found.end() : found.end() + 1] in ".,:;" or found.group()[-1:] in ":, "
    told = PAST | FINITE | (PLURAL if (named or pronoun) and ended else 0)
    if kinds & FUNCTION or not kinds & told or verb.endswith("ss"):
        return None
    return found.span(3 - subject)
