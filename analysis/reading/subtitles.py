"""Subtitles (.srt, .vtt) → one text: what is said, without numbers, times and marks of layout.

A sentence goes on from one cue to the next, so a paragraph ends only where the sentence at the end
of a cue does, at a long pause, or where somebody else speaks.
"""

import re
from html import unescape
from itertools import groupby
from typing import Any, NamedTuple

from analysis.reading.records import UnreadableError

SUBTITLE_SUFFIXES = (".srt", ".vtt")
_MOMENT = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[,.:](\d{1,3}))?"
_TIMES = re.compile(rf"[ \t]*{_MOMENT}[ \t]*-{{1,2}}>[ \t]*{_MOMENT}(?:[ \t][^\n]*)?")
_BEGIN = re.compile(
    r"\s*(?:WEBVTT(?:[ \t]|$)"
    r"|(?:\d+[ \t]*\n\s*)?\[?(?:\d+:)?\d+:\d+[,.]\d+[ \t]*-->[ \t]*\d+:\d)",
    re.MULTILINE,
)
# As programs that transcribe print them: "[00:00.000 --> 00:04.000]  Good evening."
_BEFORE_TEXT = re.compile(r"^[ \t]*\[([\d:.,]+[ \t]*-->[ \t]*[\d:.,]+)\][ \t]*", re.MULTILINE)
_ARROW = "-->"
_HEADER = "WEBVTT"
_HEAD = 1_000
_LANGUAGE = re.compile(r"Language:\s*([A-Za-z-]+)\s*")
_REMARK = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_NUMBER = re.compile(r"\s*\d+\s*")
# "<v.loud Ada Quill>" names who speaks; "- " and ">>" tell that somebody else does.
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^<>]+)>|</v>")
_TAG = re.compile(
    r"</?(?:[biucv]|rt|ruby|lang|font)(?:[. \t][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}", re.IGNORECASE
)
_RUBY = re.compile(r"<rt>.*?(?:</rt>|$)", re.IGNORECASE | re.MULTILINE)
_TURN = re.compile(r"\s*(?:>{2,3}|[-\u2010\u2013\u2014](?=[ \t]*[^\W\d_]))[ \t]*")
# "Ada Quill: Good evening." in most cues; "REPORTER: Good evening." anywhere.
_NAME = re.compile(r"([^\W\d_a-z][^\s:]*(?: [^\s:]+){0,4}):[ \t]+(?=\S)")
_CAPITALS = re.compile(r"[A-Z][A-Z .'-]{1,30}:[ \t]")
_BROKEN_OFF = ("-", "\u2013", "\u2014")
_ENDS = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019\u00bb)\]\u266a]*$")
_PAUSE = 4.0
_MANY_CUES, _FEW_ENDS = 20, 0.02
# Of all cues, from where on those are no accident that show a line again.
_MANY_AGAIN = 0.3
_MOST_LINES = 8


class _Cue(NamedTuple):
    begin: float
    end: float
    lines: list[str]


class _Piece(NamedTuple):
    """What one person says in one cue: `turns` where a mark tells that somebody else speaks."""

    begin: float
    end: float
    text: str
    speaker: str | None
    turns: bool


def is_subtitles(text: str) -> bool:
    """Tell whether a text begins as subtitles do."""
    head = text[:_HEAD].replace("\r\n", "\n").replace("\r", "\n")
    return _BEGIN.match(head) is not None


def read_subtitles(text: str) -> tuple[str, dict[str, Any], list[str]]:
    """Return the text of subtitles, its speaker where it has one, and notes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    above, cues = _cues(_BEFORE_TEXT.sub(r"\1\n", text).split("\n"))
    pieces = _pieces(_without_repetitions(cues))
    if not pieces:
        raise UnreadableError("it holds no subtitles with text; save them again as .srt or .vtt")
    fields, notes = _of_header(above)
    paragraphs: list[list[_Piece]] = []
    speakers: list[str | None] = []
    for piece in pieces:
        last = paragraphs[-1][-1] if paragraphs else None
        # "Troops of the U.S." goes on in the next cue with "army".
        goes_on = last is not None and (
            _ENDS.search(last.text) is None or (piece.text[0].islower() and not piece.turns)
        )
        # Who goes on with a sentence need not be named again.
        speaker = piece.speaker or (speakers[-1] if goes_on and not piece.turns else None)
        paused = last is not None and piece.begin - last.end >= _PAUSE
        if not goes_on or paused or piece.turns or speaker != speakers[-1]:
            paragraphs.append([])
            speakers.append(speaker)
        paragraphs[-1].append(piece)
    texts = [" ".join(piece.text for piece in one) for one in paragraphs]
    n_ends = sum(len(re.findall(r"[.!?\u3002](?:\s|$)", one)) for one in texts)
    if len(cues) >= _MANY_CUES and n_ends < _FEW_ENDS * sum(len(one.split()) for one in texts):
        notes.append(
            "its sentences have no ends, as in subtitles that a machine wrote: numbers of "
            "sentences, and how far hedges reach, mean little"
        )
    if any(_ARROW in one for one in texts):
        notes.append(f"lines with {_ARROW!r} are no times as they should be, and are read as text")
    names = set(speakers)
    if len(names) == 1 and (speaker := speakers[0]):
        return "\n\n".join(texts), {**fields, "turn_speaker": speaker}, notes
    if names != {None}:
        texts = _labelled(texts, speakers)
        notes.append(
            "who speaks was written before the words (as in 'Ada: …'); the column turn_speaker of "
            "fa.split_paragraphs has those that it knows as turns, and you may fill in the others"
        )
    return "\n\n".join(texts), fields, notes


def _of_header(above: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Return what the lines above the first cue say."""
    if above and above[0].startswith(_HEADER):
        found = next(filter(None, map(_LANGUAGE.fullmatch, above)), None)
        return {"language": found[1]} if found else {}, []
    words = " ".join(above).split()
    return {}, [f"left out: {len(words):,} words above the first cue"] if words else []


def _cues(lines: list[str]) -> tuple[list[str], list[_Cue]]:
    """Cut lines at their times, of which each begins a cue; return what stands above them, too."""
    places = [(n, found) for n, line in enumerate(lines) if (found := _TIMES.fullmatch(line))]
    if not places:
        return lines, []
    cues: list[_Cue] = []
    ends = [*(n for n, _ in places[1:]), len(lines)]
    for (place, found), following in zip(places, ends, strict=True):
        inside = lines[place + 1 : following]
        if following < len(lines) and inside:
            inside = _without_identifier(inside)
        kept: list[str] = []
        # A blank line ends a cue; behind it may stand a remark for those who write subtitles.
        for n, (is_blank, run) in enumerate(groupby(inside, key=lambda line: not line.strip())):
            block = list(run)
            if not is_blank and not (n and _REMARK.match(block[0])):
                kept += block
        begin, end = (_seconds(found.groups()[n : n + 4]) for n in (0, 4))
        cues.append(_Cue(begin, end, kept))
    above = lines[: places[0][0]]
    return _without_identifier(above) if above else [], cues


def _without_identifier(lines: list[str]) -> list[str]:
    """Leave out the line above the times of the next cue: its number, or its name."""
    *rest, last = lines
    if _NUMBER.fullmatch(last) or (last.strip() and rest and not rest[-1].strip()):
        return rest
    return lines


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return 3600 * hours + 60 * minutes + seconds + thousandths / 1000


def _without_repetitions(cues: list[_Cue]) -> list[_Cue]:
    """Leave out the lines that a cue shows again while its next line is being said."""
    again: list[int] = []
    shown: list[str] = []
    for cue in cues:
        plain = list(filter(None, map(_plain, cue.lines)))
        sizes = range(min(len(plain), len(shown), _MOST_LINES), 0, -1)
        again.append(next((n for n in sizes if shown[-n:] == plain[:n]), 0))
        shown = plain
    # Few of them: somebody said the same again.
    if sum(map(bool, again)) < _MANY_AGAIN * len(cues):
        return cues
    return [
        cue._replace(lines=[line for line in cue.lines if _plain(line)][n:])
        for cue, n in zip(cues, again, strict=True)
    ]


def _pieces(cues: list[_Cue]) -> list[_Piece]:
    pieces: list[_Piece] = []
    last: str | None = None
    openings = [_plain(line) for cue in cues for line in cue.lines[:1]]
    named = 2 * sum(_NAME.match(line) is not None for line in openings) > len(openings) > 1
    for cue in cues:
        speaker: str | None = None
        first = named
        # Before each name stands the end of what somebody else says.
        for n, part in enumerate(_VOICE.split("\n".join(cue.lines))):
            if n % 2:
                speaker = " ".join(unescape(part or "").split()) or None
                continue
            for text in filter(None, map(_plain, part.split("\n"))):
                if first and (name := _NAME.match(text)):
                    speaker, text = name[1], text[name.end() :]
                first = False
                # Within a sentence, a dash is one.
                within = last and not _ENDS.search(last) and not last.endswith(_BROKEN_OFF)
                turns = _TURN.match(text) is not None and (text.startswith(">") or not within)
                turns = turns or _CAPITALS.match(text) is not None
                if said := _TURN.sub("", text, count=1) if turns else text:
                    pieces.append(_Piece(cue.begin, cue.end, said, speaker, turns))
                    last = said
    return pieces


def _plain(line: str) -> str:
    return " ".join(unescape(_TAG.sub("", _RUBY.sub("", line))).split())


def _labelled(texts: list[str], speakers: list[str | None]) -> list[str]:
    """Write the name of a speaker before the first paragraph of each turn."""
    before = [None, *speakers]
    return [
        f"{speaker}: {text}" if speaker and speaker != last else text
        for text, speaker, last in zip(texts, speakers, before, strict=False)
    ]
