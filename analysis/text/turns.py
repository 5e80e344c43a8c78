"""Whose turn it is: labels such as "VOSS:" and "Q:" at the beginning of paragraphs."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import pandas as pd

from analysis.languages.language import Language


class Turn(NamedTuple):
    """Who speaks a paragraph, from which place on: behind the label, if it has one."""

    begin: int
    label: str


# "VOSS:", "**Lena Voss:**", ">> PLEITGEN (voice-over):", "[Voss]:", "JOHN KING, CNN ANCHOR:".
_LABEL = re.compile(
    r"\s*(?:>+\s*|[\u2022\u2013\u2014-]\s*)?[*_]{0,3}\[?"
    r"([^\W\d_a-z][^\n:,*_\[\]\u201c\u201d\"?!]{0,48}?)(?:,[^\n:?!\u201c\u201d\"]{1,50}?)?"
    r"\]?[*_]{0,3}(?:\s*\([^()\n]{1,30}\))?\s?:[*_]{0,3}(?:\s+(?=\S)|\s*$)"
)
_LETTER = re.compile(r"\s*([^\W\d_a-z])(\.?)\s+(?=\S)")
_DASHES = ("-", "\u2013", "\u2014")
_LONGEST_IMPERSONAL = 3
_LONGEST_LABEL, _FARTHEST = 5, 4
_LONGEST_OPENING, _LONGEST_ALONE = 140, 20
_WORD = re.compile(r"[^\W\d_]+")
_OPENING_MARKS = " \t([*_"
_CLOSING_MARKS = " \t\n\"'\u201d\u2019)]*_"


def turns_of(
    texts: Sequence[str], language: Language, roles: Sequence[str] | None = None
) -> list[Turn | None]:
    """Find whose turn each paragraph of a document is; None for the narrator's."""
    labels = [_label(text, language) for text in texts]
    accepted = _accepted(texts, labels, language)
    if not accepted:
        return [None] * len(texts)
    turns: list[Turn | None] = []
    going: str | None = None
    lists = language.words["voice"]
    # Where only the questions have labels, what follows them is an answer.
    answers = max(lists["answers"], key=len, default="")
    alone = next(iter(accepted)) if answers and len(accepted) == 1 else None
    unlabelled = alone is not None and _asks_only(texts, labels, alone)
    aside, closing = tuple(lists["caption_marks"]), tuple(lists["closings"])
    for number, (label, text) in enumerate(zip(labels, texts, strict=True)):
        opening = text.lstrip(_OPENING_MARKS)
        following = labels[number + 1] if number + 1 < len(labels) else None
        if label is not None and label.label in accepted:
            going = label.label
            turns.append(label)
        elif (
            opening.startswith(aside)
            or (roles is not None and roles[number] == "heading")
            or _is_no_label(label, language)
            # A question between two turns of one speaker is somebody else's.
            or (following and following.label == going and _asks(text) and not unlabelled)
        ):
            turns.append(None)
        else:
            going = None if opening.startswith(closing) else going
            turns.append(None if going is None else Turn(0, answers if unlabelled else going))
    return _without_narration(turns, texts, language)


def turn_labels(
    texts: Sequence[str], roles: Sequence[str], language: Language, speaker: str | None
) -> list[str | None]:
    """Return the label of each paragraph's turn, where one is known of all its document: that."""
    if speaker is not None:
        return [None if role in ("headline", "byline") else speaker for role in roles]
    return [turn and turn.label for turn in turns_of(texts, language, roles)]


def labels_of(table: pd.DataFrame) -> list[str | None] | None:
    """Return the labels of turns that a table holds; None if it has no column of them."""
    if "turn_speaker" not in table:
        return None
    return table["turn_speaker"].astype(object).where(table["turn_speaker"].notna(), None).tolist()


def labelled_turns(
    texts: Sequence[str], labels: Sequence[str | None], language: Language
) -> list[Turn | None]:
    """Return the turns of paragraphs whose speakers a table names; a label in the text is none."""
    turns: list[Turn | None] = []
    for text, label in zip(texts, labels, strict=True):
        written = None if label is None else _label(text, language)
        begin = written.begin if written is not None and written.label == label else 0
        turns.append(None if label is None else Turn(begin, label))
    return turns


def _without_narration(
    turns: list[Turn | None], texts: Sequence[str], language: Language
) -> list[Turn | None]:
    """Give the narrator long stretches behind a turn in which nobody speaks of or to a person."""
    kept = list(turns)
    for goes_on, run in groupby(range(len(turns)), lambda n: (one := turns[n]) and one.begin == 0):
        numbers = list(run)
        spoken = sum(_is_spoken(texts[number], language) for number in numbers)
        if goes_on and len(numbers) > _LONGEST_IMPERSONAL and spoken * 3 < len(numbers):
            kept[numbers[0] : numbers[-1] + 1] = [None] * len(numbers)
    return kept


def _label(text: str, language: Language) -> Turn | None:
    opening = text[:_LONGEST_OPENING]
    lists = language.words["voice"]
    found = _LABEL.match(opening) if ":" in opening else None
    alone = text.strip().lower() if found is None and len(text) <= _LONGEST_ALONE else ""
    if len(alone) > 1 and alone in lists["questions"] | lists["answers"]:
        return Turn(len(text), text.strip())
    if found is None:
        # "Q. When did you leave?", "Q When did you leave?"; but "A man left."
        found = _LETTER.match(opening)
        letters = lists["questions"] | (lists["answers"] if found and found.group(2) else set())
        if found is None or found.group(1).lower() not in letters:
            return None
    words = found.group(1).split()
    if len(words) > _LONGEST_LABEL or any(
        (word[0].islower() and word not in lists["particles"])
        or (word[0].isdigit() and word is not words[-1])
        or word in _DASHES
        for word in words
    ):
        return None
    return Turn(found.end(), " ".join(words))


def _accepted(
    texts: Sequence[str], labels: Sequence[Turn | None], language: Language
) -> frozenset[str]:
    """Return the labels that name speakers."""
    named = {
        number: one.label
        for number, one in enumerate(labels)
        if one is not None and not _is_no_label(one, language)
    }
    counted = Counter(named.values())
    said = {number: _said(texts, labels, number) for number in named}
    spoken = {label for number, label in named.items() if _is_spoken(said[number], language)}
    recurring = {
        label
        for label, number in counted.items()
        if number > 1 and (label in spoken or _is_name(label))
    }
    accepted = set(recurring)
    for (at, one), (next_at, two) in pairwise(named.items()):
        if one == two or next_at - at > _FARTHEST:
            continue
        if recurring:
            known = recurring & {one, two}
            new = {one, two} - recurring
            place = at if one in new else next_at
            if known and (_asks(texts[next_at - 1]) or _is_sentence(said[place], language)):
                accepted |= new
        elif next_at - at > 1 + (not texts[at][_begin(labels[at]) :].strip()):
            continue
        # Where no label recurs, two that follow each other tell a short interview.
        elif (
            _asks(texts[next_at - 1])
            or one.lower() in language.words["voice"]["questions"]
            or {one, two} <= spoken
            or (2 * len(named) > len(texts) and _is_name(one) and _is_name(two))
        ):
            accepted |= {one, two}
    if len(accepted) == 1:
        if _asks_only(texts, labels, next(iter(accepted))):
            return frozenset(accepted)
        # Only the answers have labels.
        at_labels = [number for number, label in named.items() if label in accepted]
        answers = [number for number in at_labels if number and _asks(texts[number - 1])]
        return frozenset(accepted if len(answers) > 1 and accepted <= spoken else ())
    if not accepted or not (accepted & spoken or all(map(_is_name, accepted))):
        return frozenset()
    if all(map(str.isupper, accepted)):
        # An unnamed speaker, as in "UNIDENTIFIED MALE: …", may have one turn only.
        accepted |= {label for label in counted if label.isupper()}
    # So may "JOHN KING:" where "KING:" recurs.
    surnames = {label.split()[-1] for label in accepted}
    return frozenset(accepted | {one for one in counted if one.split()[-1] in surnames})


def _asks_only(texts: Sequence[str], labels: Sequence[Turn | None], asker: str) -> bool:
    """Tell whether turns of one label ask, and something else answers each of them."""
    turns = [n for n, label in enumerate(labels) if label is not None and label.label == asker]
    asked = [n for n in turns if _asks(_said(texts, labels, n))]
    answered = [n for n in turns if n + 1 < len(texts) and n + 1 not in turns]
    return len(asked) > 1 and 3 * min(len(asked), len(answered)) >= 2 * len(turns)


def _begin(label: Turn | None) -> int:
    return 0 if label is None else label.begin


def _asks(text: str) -> bool:
    return text.rstrip(_CLOSING_MARKS).endswith("?")


def _said(texts: Sequence[str], labels: Sequence[Turn | None], number: int) -> str:
    """Return what stands behind a label, or below one that stands alone."""
    said = texts[number][_begin(labels[number]) :]
    alone = not said.strip() and number + 1 < len(texts)
    return texts[number + 1] if alone else said


def _is_sentence(said: str, language: Language) -> bool:
    ends = said.rstrip(_CLOSING_MARKS)[-1:] in tuple(".!?\u2026")
    return ends and (len(said.split()) > _LONGEST_LABEL or _is_spoken(said, language))


def _is_spoken(text: str, language: Language) -> bool:
    """Tell whether a paragraph asks, or speaks of itself or to somebody."""
    conversing = language.words["voice"]["conversing"]
    return "?" in text or any(word.lower() in conversing for word in _WORD.findall(text))


def _is_no_label(label: Turn | None, language: Language) -> bool:
    return label is not None and label.label.lower() in language.words["voice"]["no_labels"]


def _is_name(label: str) -> bool:
    return label.isupper() or " " in label
