# cython: annotation_typing=False
"""Names in a text: words in capitals beside each other, without titles and places."""

import re
from collections.abc import Sequence
from functools import lru_cache

from analysis.hits.voice.words import (
    BODY,
    DOCUMENT,
    HE,
    PERSON,
    SHE,
    VoiceWords,
    is_letter,
)
from analysis.languages.language import Language, any_of

_NEAR = 20
_OPENED = ("", *'.?!:"“')
_STOP = re.compile(r"[.?!]")
WORDS = re.compile(r"[^\W\d_][\w'’-]*")


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
        self.titled = titled
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


def plain(word: str) -> str:
    """Return a word in small letters, without a possessive."""
    return word.lower().replace("’", "'").removesuffix("'s")


def asks(text: str, start: int, end: int) -> bool:
    """Tell whether a question opens with what may be a name: "Will Rell resign?"."""
    stop = _STOP.search(text, end)
    opens = text[max(0, start - 2) : start].strip() in _OPENED
    return opens and stop is not None and stop.group() == "?"


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


def is_title_case(text: str) -> bool:
    """Tell whether a paragraph is a headline in Title Case, whose capitals name nobody."""
    if text.rstrip()[-1:] in ".!?\"”'’:" or len(text) > 200:
        return False
    words = WORDS.findall(text)
    long = [word for word in words if len(word) > 3]
    return len(long) > 2 and sum([word[0].isupper() for word in long]) > 0.7 * len(long)
