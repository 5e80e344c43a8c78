# cython: annotation_typing=False
"""Names in a text: words in capitals beside each other, without titles and places."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from analysis.hits.voice.words import (
    ADVERB,
    AUXILIARY,
    BODY,
    CAPITAL,
    DETERMINER,
    DOCUMENT,
    FINITE,
    FUNCTION,
    HE,
    PAST,
    PERSON,
    PREPOSITION,
    RELATIVE,
    SHE,
    SUBORDINATOR,
    THAT,
    VoiceWords,
    is_letter,
)
from analysis.languages.language import Language, any_of

_NEAR = 20
_LONGEST_TITLE = 5
# So many characters a title before a name has at most, and a question.
_LONGEST_OPENING = 400
_LONGEST_QUESTION = 1_000
_MOST_WORDS = 6
# A name, what stands beside it, and the next word.
_NAME_AND_ASIDE = re.compile(
    r"((?:[^\W\d_a-z][\w.’'-]* ?)+(?<! ))(?: \([^()]{1,40}\))?(?:, [^,.;:\"“”]{1,100},)? ([a-z]\w+)"
)
_OPENED = ("", *'.?!:"“')
_STOP = re.compile(r"[.?!]")
WORDS = re.compile(r"[^\W\d_][\w'’-]*")


class Places:
    """Where some members are named, in order."""

    def __init__(self) -> None:
        self._at: list[tuple[int, int]] = []
        self._who: list[Any] = []

    def add(self, number: int, start: int, member: Any) -> None:
        """Add a place behind all others."""
        self._at.append((number, start))
        self._who.append(member)

    def before(self, number: int, place: int) -> tuple[int, Any]:
        """Return in which paragraph somebody is named last before a place, and who."""
        last = bisect_left(self._at, (number, place)) - 1
        return (self._at[last][0], self._who[last]) if last >= 0 else (-1, None)


class Run:
    """A name among words in capitals that stand beside each other, wherever a text has them."""

    def __init__(
        self,
        start: int,
        end: int,
        before: tuple[str, ...],
        words: Sequence[str],
        titled: bool,
        cut: bool,
        voice: VoiceWords,
    ) -> None:
        lists = voice.lists
        kinds = [voice.kinds.get(word.lower(), 0) for word in words]
        titles = {word.capitalize() for word in before}
        # Counted from the first of the words in capitals.
        self.start = start
        self.end = end
        self.before = before
        self.name = " ".join(words)
        self.words = tuple(words)
        self.folded = tuple([word.lower() for word in words])
        self.form = " ".join(self.folded)
        self.several = len(words) > 1
        # "Former DNC chair" makes no person of the body.
        self.titled = titled and (self.several or len(self.name) < 2 or not self.name.isupper())
        # Whether the name of a place or a state stood before it, and was left out.
        self.cut = cut
        first = words[0] if len(words) > 1 else ""
        men = titles & lists["of_men"] or first in lists["names_of_men"]
        women = titles & lists["of_women"] or first in lists["names_of_women"]
        # Where title and name differ, nothing is told.
        self.gender = 0 if bool(men) == bool(women) else HE if men else SHE
        # By which of its words a text may take it up again.
        self.parts = [
            word.lower()
            for word in words
            if not word.islower() and (len(word) > 2 or word.isupper())
        ]
        # "Ministry of the Interior": a preposition joins it.
        self.joined = any([word.islower() for word in words[1:-1]]) and any(
            [kind & BODY for kind in kinds]
        )
        # Whether it looks like a person's, where no article stands before it.
        self.personal = (
            self.several
            and not any(kind & BODY for kind in kinds)
            and not kinds[-1] & DOCUMENT
            and not (kinds[-1] & PERSON and words[-1].endswith(voice.plural))
            and words[0] not in lists["of_places"]
            and words[-1] not in lists["ends_of_places"]
            and words[0] not in lists["countries"]
            and words[-1] not in lists["countries"]
            and not (len(words[-1]) > 1 and words[-1].isupper())
        )
        self.of_country = all([word in lists["countries"] for word in words])
        self.open = not (self.several or self.name in lists["countries"] or self.name.isupper())

    def without_first(self, voice: VoiceWords) -> "Run":
        """Return the name without its first word, which is a place."""
        start = self.start + len(self.words[0]) + 1
        return Run(start, self.end, self.before, self.words[1:], self.titled, True, voice)


def next_capital(text: str, at: int) -> int:
    """Return the next place where a word in capitals may begin; -1 where none does."""
    length = len(text)
    while at < length:
        character = text[at]
        if ("A" <= character <= "Z" or (character > "\x7f" and character.isalnum())) and not (
            at > 0 and _is_in_word(text[at - 1])
        ):
            return at
        at += 1
    return -1


def run_end(text: str, at: int, voice: VoiceWords) -> int:
    """Return where words in capitals beside each other end; -1 where only the pattern tells."""
    length = len(text)
    while "A" <= text[at] <= "Z":
        end = at + 1
        while end < length and _is_in_word(text[end]):
            end += 1
        behind = text[end] if end < length else ","
        if behind == "." and (end == at + 1 or text[at:end] in voice.lists["shortened"]):
            return -1
        at = end + 1
        if behind != " " or at >= length:
            return end if behind != "\u00a0" else -1
        following = text[at]
        if "a" <= following <= "z":
            # A particle may join a further name.
            while at < length and "a" <= text[at] <= "z":
                at += 1
            joins = at < length and text[at] in " -" and text[end + 1 : at] in voice.between_names
            return -1 if joins else end
        if following in ' "' or following > "\x7f":
            return -1
        if not "A" <= following <= "Z":
            return end
    return -1


def _is_in_word(character: str) -> bool:
    return is_letter(character) or character in "-'\u2019"


def word_before(text: str, at: int) -> str:
    """Return the last word that begins less than twenty characters before a place; or ""."""
    begin = at - 1
    while begin > 0 and "a" <= text[begin - 1] <= "z":
        begin -= 1
    if at - _NEAR < begin < at - 1 and text[begin - 1] == " " == text[at - 1]:
        return text[begin : at - 1]
    behind = WORDS.findall(text[max(0, at - _NEAR) : at])
    return behind[-1] if behind else ""


def names_within(text: str, voice: VoiceWords) -> list[Run]:
    """Find the names among words in capitals that stand beside each other."""
    lists, written, at = voice.lists, text.split(), 0
    runs: list[Run] = []
    parts: list[list[tuple[int, int, str]]] = [[]]
    for word in written:
        if word[0] in '"“' or word[-1] in '"”':
            continue
        start = text.index(word, at)
        at = start + len(word)
        plain = word.rstrip("’'").removesuffix("'s").removesuffix("’s")
        parts[-1].append((start, start + len(plain), plain))
        if plain != word:
            parts.append([])
    for part in parts:
        first = 0
        while first < len(part) and (
            part[first][2].rstrip(".") in lists["openers"]
            or part[first][2][0].islower()
            or _is_adverb(part[first][2], voice)
            or _is_function(part[first][2], voice)
        ):
            first += 1
        of = [n for n in range(first, len(part)) if part[n][2] in ("of", "for")]
        # "Bank of Dorna Governor Ana Rell".
        ends = (
            len(part)
            if len(of) == 1 and of[0] + 1 < len(part) - 2 and _is_title(part[-3][2], voice)
            else of[0]
            if of
            else len(part)
        )
        titles = [n for n in range(first, ends) if _is_title(part[n][2], voice)]
        begin = titles[-1] + 1 if titles else first
        whole = begin
        while len(part) - begin > 2 and (
            part[begin][2].rstrip(".") in lists["countries"]
            or (len(part[begin][2]) > 1 and part[begin][2].isupper())
        ):
            begin += 1
        name = [word for _, _, word in part[begin:]]
        kinds = [voice.kinds.get(word.lower(), 0) for word in name]
        if name and (kinds[-1] & DOCUMENT or any([kind & BODY for kind in kinds])):
            begin = first
            name = [word for _, _, word in part[begin:]]
            titles = []
        if not name or len(name) > _MOST_WORDS:
            continue
        before = tuple([word.lower().rstrip(".") for _, _, word in part[first:begin]])
        cut = begin > whole
        runs.append(Run(part[begin][0], part[-1][1], before, name, bool(titles), cut, voice))
    return runs


def _is_title(word: str, voice: VoiceWords) -> bool:
    return word.rstrip(".") in voice.lists["titles"] or word.startswith(voice.former)


def _is_adverb(word: str, voice: VoiceWords) -> bool:
    lower = word.lower()
    return lower.endswith(voice.adverb) and lower not in voice.no_adverbs


def _is_function(word: str, voice: VoiceWords) -> bool:
    kinds = voice.kinds.get(word.lower(), 0)
    return bool(kinds & (FUNCTION | ADVERB | DETERMINER)) and not kinds & AUXILIARY


def is_subject(text: str, begin: int, at: int, within: bool, voice: VoiceWords) -> bool:
    """Tell whether a name is the subject of its sentence, or within it of a clause."""
    before = text[max(begin, at - _LONGEST_OPENING) : at].split()
    kinds = voice.kinds_written(before[-1]) if before else 0
    if kinds & PREPOSITION or (not within and kinds & (THAT | RELATIVE | SUBORDINATOR)):
        return False
    opens = at - begin <= _LONGEST_OPENING and len(before) <= _LONGEST_TITLE
    if opens and all([word[0].isupper() for word in before]):
        return True
    named = _NAME_AND_ASIDE.match(text, at)
    if named is None or named.group(1).endswith(voice.possessives):
        return False
    kinds = voice.kinds_written(named.group(2))
    if kinds & ADVERB:
        behind = WORDS.match(text, named.end() + 1)
        kinds = voice.kinds_written(behind.group()) if behind is not None else 0
    return bool(kinds & (FINITE | AUXILIARY | PAST)) and not kinds & CAPITAL


def plain(word: str) -> str:
    """Return a word in small letters, without a possessive."""
    return word.lower().replace("’", "'").removesuffix("'s")


def asks(text: str, start: int, end: int) -> bool:
    """Tell whether a question opens with what may be a name: "Will Rell resign?"."""
    if text[max(0, start - 2) : start].strip() not in _OPENED:
        return False
    stop = _STOP.search(text, end, end + _LONGEST_QUESTION)
    return stop is not None and stop.group() == "?"


@lru_cache(maxsize=32)
def run_pattern(language: Language) -> re.Pattern[str]:
    """Return the pattern of words in capitals that stand beside each other."""
    lists = language.words["voice"]
    word = (
        r"(?:(?:[A-Z]\.)+(?=\s)|(?:"
        + "|".join(sorted(lists["shortened"]))
        + r")\.|[^\W\d_a-zß-öø-ÿ][\w’'-]*)"
    )
    nickname = r"(?:[\"“][\w ]{1,20}[\"”] )?"
    between = (
        rf"[ \u00a0]+{nickname}(?:{any_of(lists['particles'])}[ -]|"
        rf"{any_of(lists['articles_of_names'])}-)*"
    )
    return re.compile(rf"(?<![\w’'-]){word}(?:{between}{word})*")


def is_title_case(text: str, small: frozenset[str] = frozenset()) -> bool:
    """Tell whether a paragraph is a headline in Title Case; with small words, also with a stop."""
    if len(text) > 200:
        return False
    words = WORDS.findall(text)
    if text.rstrip()[-1:] in ".!?\"”'’:":
        if not small or text.rstrip().endswith(":"):
            return False
        # Every word but the small ones.
        capitals = [word for word in words if word not in small]
        return len(words) > 4 and all([word[0].isupper() for word in capitals])
    long = [word for word in words if len(word) > 3]
    return len(long) > 2 and sum([word[0].isupper() for word in long]) > 0.7 * len(long)
