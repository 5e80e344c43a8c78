"""Tokens, and which of them may stand in one phrase (rule R3)."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.util import find_spec

from analysis.languages.language import load_language
from analysis.text.folding import FoldedText, fold, mark_class, stands_alone

# Goes into every result: a change of the rules below changes every rate.
TOKENIZER_VERSION = "2"

# U+2044 is what folding puts inside characters that stand for several words or numbers, such
# as one half.
_INSIDE = "'.\u2044"
_LINE_BREAK = r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028])"
_BLANK = r"[^\S\n\r\x0b\x0c\x85\u2028\u2029]*+"
_JOIN = re.compile(rf"{_BLANK}(?:{_LINE_BREAK}{_BLANK})?|-(?:{_BLANK}{_LINE_BREAK}{_BLANK})?")
# What `token_pattern` comes to where there are no marks and no letters but these; much faster.
# No possessive repeat of a group here or elsewhere: up to Python 3.11.4 it keeps what its last,
# failed round had read.
_ASCII_TOKEN = re.compile(r"\w++(?:['.]\w++)*", re.ASCII)
_CURRENCY = re.compile(r"[$\u00a2-\u00a5\u20a0-\u20cf]")
# Between two tokens they may stand in a term, which then fits only where the text has them.
SIGNS = "/&"
_LETTER = re.compile(r"[^\W\d_]")
_INNER_STOPS = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")


@dataclass(frozen=True)
class Abbreviations:
    """Words whose stop breaks no phrase: ``listed`` ones, and others before a number."""

    listed: frozenset[str]
    before_numbers: frozenset[str]

    def may_hold(self, form: str, following: str = "0") -> bool:
        """Tell whether a folded token could be one of them, however it is written.

        A token that only a number makes one asks for a number, or a wildcard, behind it.
        """
        listed, before_numbers = self._folded
        return (
            form in listed
            or _LETTER.fullmatch(form) is not None
            or _INNER_STOPS.fullmatch(form) is not None
            or (form in before_numbers and (following[:1].isdigit() or following[:1] in ("*", "?")))
        )

    def holds(self, written: str, following: str) -> bool:
        """Tell whether a word goes on over its stop to the token behind it."""
        word = fold(written, keep_case=True).text
        if len(word) > 1 and word.isupper() and "." not in word:
            word = word.capitalize()
        return (
            word in self.listed
            or (word in self.before_numbers and following[:1].isdigit())
            or (_LETTER.fullmatch(word) is not None and word.isupper())
            or _INNER_STOPS.fullmatch(word) is not None
        )

    @cached_property
    def _folded(self) -> tuple[frozenset[str], frozenset[str]]:
        listed, before_numbers = (
            frozenset(fold(word).text for word in words)
            for words in (self.listed, self.before_numbers)
        )
        return listed, before_numbers


@lru_cache(maxsize=1)
def abbreviations() -> Abbreviations:
    """Return the abbreviations whose stop breaks no phrase, in texts of whatever language."""
    words = load_language().words["abbreviations"]
    return Abbreviations(words["titles"] | words["abbreviations"], words["before_numbers"])


@dataclass(frozen=True)
class Tokens:
    """The tokens of one text: folded forms, and spans in the folded view."""

    folded: FoldedText
    forms: list[str]
    spans: list[tuple[int, int]]

    def original_span(self, first: int, last: int) -> tuple[int, int]:
        """Return the original code points from token `first` to token `last`, both included."""
        return self.folded.original_span(self.spans[first][0], self.spans[last][1])

    def joint(self, left: int) -> str:
        """Return what joins token `left` and the next in one phrase.

        A blank joins; a stop does so behind an abbreviation, a sign of `SIGNS` in a term that
        has it too; nothing else does, which is an empty text.
        """
        gap = self._gap(left)
        if gap == " " or _JOIN.fullmatch(gap):
            return " "
        if gap[:1] == "." and _JOIN.fullmatch(gap, 1):
            return "."
        return gap if len(gap) == 1 and gap in SIGNS else ""

    def joined(self, left: int) -> bool:
        """Tell whether token `left` and the next may stand in any phrase."""
        return self.joint(left) == " "

    def neighbours(self, left: int) -> bool:
        """Tell whether token `left` and the next stand side by side, a currency sign allowed."""
        return _JOIN.fullmatch(_CURRENCY.sub("", self._gap(left))) is not None

    def _gap(self, left: int) -> str:
        gap = self.folded.text[self.spans[left][1] : self.spans[left + 1][0]]
        # The apostrophe of "veterans' benefits" is no closing quotation mark.
        plural_possessive = gap[:2] == "' " and self.forms[left].endswith("s")
        return gap[1:] if plural_possessive else gap


def tokenize(text: str) -> Tokens:
    """Cut a text into tokens."""
    folded = fold(text)
    matches = list(_pattern_for(folded.text).finditer(folded.text))
    return Tokens(folded, [m.group() for m in matches], [m.span() for m in matches])


def count_tokens(text: str) -> int:
    """Count the tokens of a text."""
    n_tokens: int = -1 if _COUNTER is None else _COUNTER.count(str(text))
    return n_tokens if n_tokens >= 0 else count_by_rules(text)


def count_by_rules(text: str) -> int:
    """Count the tokens of a text by folding it and looking for them."""
    folded = fold(text).text
    return len(_pattern_for(folded).findall(folded))


class Role(IntEnum):
    """What a character does in the rule that cuts texts into tokens."""

    LETTER = 1
    INSIDE = 2
    BLANK = 3
    LINE_BREAK = 4
    HYPHEN = 5
    CURRENCY = 6
    BREAK = 7
    IN_CONTEXT = 8


def character_role(character: str) -> tuple[Role, str]:
    """Return what a character does on its own, and its folded form."""
    folded = fold(character).text
    if not stands_alone(character) or not all(map(stands_alone, folded)):
        return Role.IN_CONTEXT, folded
    if token_pattern().fullmatch(folded):
        return Role.LETTER, folded
    if re.search(r"\w", folded):
        return Role.IN_CONTEXT, folded
    if len(folded) > 1:
        # Several blanks or hyphens would need the rule itself; no character folds to them.
        apart = any(_separator_role(c) in (Role.BREAK, Role.INSIDE) for c in folded)
        return (Role.BREAK if apart else Role.IN_CONTEXT), folded
    return _separator_role(folded), folded


def _separator_role(character: str) -> Role:
    if character in _INSIDE:
        return Role.INSIDE
    if re.fullmatch(_LINE_BREAK, character):
        return Role.LINE_BREAK
    if re.fullmatch(_BLANK, character):
        return Role.BLANK
    if character == "-":
        return Role.HYPHEN
    return Role.CURRENCY if _CURRENCY.fullmatch(character) else Role.BREAK


def base_form(form: str) -> str | None:
    """Return a token without its possessive ``'s``, or None where it has none."""
    return form[:-2] if len(form) > 2 and form[-2:] in ("'s", "'S") else None


def words(text: str) -> list[str]:
    """List the words of a text, folded and without possessive ``'s``."""
    return [base_form(form) or form for form in tokenize(text).forms]


def _pattern_for(folded: str) -> re.Pattern[str]:
    return _ASCII_TOKEN if folded.isascii() else token_pattern()


@lru_cache(maxsize=2)
def token_pattern(wildcards: bool = False) -> re.Pattern[str]:
    """Return the expression for one token; with `wildcards`, ``*`` and ``?`` count as letters."""
    begin = r"[\w*?]" if wildcards else r"\w"
    rest = rf"[\w{'*?' if wildcards else ''}{mark_class()}]"
    return re.compile(rf"{begin}{rest}*+(?:[{_INSIDE}]{begin}{rest}*+)*")


def _role_of(character: str) -> Role:
    return character_role(character)[0]


# Without a C compiler at set-up there are only the rules: the same number, later.
_COUNTER = (
    import_module("analysis.text.counting").Counter(
        _role_of, Role.LETTER, Role.INSIDE, Role.IN_CONTEXT
    )
    if find_spec("analysis.text.counting")
    else None
)
