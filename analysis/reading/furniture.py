"""Furniture of texts, such as copyright lines and sign-ups: cut by rules that stand in lists."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from analysis.languages.language import Language, known_language
from analysis.reading.records import Draft, as_text
from analysis.text.segmentation import first_line_title

# What may stand around the words of a line.
_AROUND = " \t\r\n\v\f\x85\xa0\u200b\u2028\u2029\u2060\ufeff()[]*_>|#\u2022\u00b7\u2013\u2014-"
_LONGEST = 500
# The tail of a text: lines, and characters that hold them.
_TAIL, _END = 6, 600
_CLOSING = frozenset({"end", "last"})
# Rules are looked up by the first letters of a line.
_KEY = 6
# The lines of a text that was wrapped, and what ends one that does not go on.
_SHORTEST_WRAPPED, _LONGEST_WRAPPED, _MOST_WRAPPED = 40, 100, 5
_ENDS = tuple(".!?…:;)]\"'”’")
# What few lines have, as the list of the rules says.
_MARKS = (":", "/", "[", "©")
_ENDINGS = (" words", "eserved", "eserved.", "ESERVED", "Getty Images", "Getty Images.")
_WORD = re.compile(r"\w")
# Of a video or a post that was set in behind the words, whose last bracket is stripped.
_TAGS = re.compile(r"\s*<[a-z][^<>]*\Z")


class Piece(NamedTuple):
    """One row of the table of what was cut: where it stood in the text, and its rule."""

    document_id: str
    start: int
    end: int
    rule: str
    text: str


@dataclass(frozen=True)
class _Rule:
    name: str
    where: str
    begins: tuple[str, ...]
    holds: tuple[str, ...]
    pattern: re.Pattern[str]

    def fits(self, line: str, low: str) -> bool:
        """Tell whether a line is of this kind; `low` is the same in small letters."""
        for part in self.holds:
            if part in low:
                break
        else:
            if self.holds or not low.startswith(self.begins):
                return False
        return self.pattern.fullmatch(line) is not None


class Furniture:
    """The rules for one language, with those for all."""

    def __init__(self, language: Language) -> None:
        self.rules = [_rule(**one) for one in (*_general(), *language.words["furniture"]["rules"])]
        self._by_key: dict[str, list[_Rule]] = {}
        for rule in self.rules:
            keys = {begin[:_KEY] for begin in rule.begins}
            for key in keys | {key.replace("'", "\u2019") for key in keys}:
                self._by_key.setdefault(key, []).append(rule)
        self._holding = [rule for rule in self.rules if rule.holds]
        closing = [part for rule in self._holding if rule.where in _CLOSING for part in rule.holds]
        self._closing = [part for part in closing if not any(mark in part for mark in _MARKS)]

    def cut(self, document_id: str, text: str) -> tuple[str, list[Piece]]:
        """Return a text with blanks for its furniture, and that; all of it if no word is left."""
        keys, end = self._by_key, text[-_END:].lower()
        lines = text.splitlines(keepends=True)
        # Every line is asked, so nothing slower can be.
        tried = {
            number
            for number, line in enumerate(lines)
            if (shown := line.strip(_AROUND))[:_KEY].lower() in keys or shown.endswith(_ENDINGS)
        }
        for mark in _MARKS:
            if mark in text:
                tried.update(number for number, line in enumerate(lines) if mark in line)
        if any(part in end for part in self._closing):
            tried.update(range(max(len(lines) - 2 * _TAIL, 0), len(lines)))
        if not tried:
            return text, []
        pieces: list[Piece] = []
        begin = done = 0
        for first, last, rule in self._find(lines, sorted(tried)):
            begin += sum(map(len, lines[done:first]))
            piece = "".join(lines[first:last])
            start = begin + len(piece) - len(piece.lstrip())
            own = piece.strip()
            n_pages = piece.count("\f")
            pieces.append(Piece(document_id, start, start + len(own), rule, own))
            # Its line end goes, or it would be a blank line; the end of a page stays.
            blanks = " " * (len(piece) - n_pages) + "\f" * n_pages
            lines[first:last] = [blanks, *[""] * (last - first - 1)]
            begin, done = begin + len(piece), last
        rest = "".join(lines)
        return (rest, pieces) if pieces and _WORD.search(rest) else (text, [])

    def _find(self, lines: list[str], tried: Iterable[int]) -> list[tuple[int, int, str]]:
        """Return the lines to cut, from and to which number, each with its rule."""
        top = next((n for n, line in enumerate(lines) if _WORD.search(line)), 0)
        wrapped = all(len(line) <= _LONGEST_WRAPPED + 1 for line in lines)
        found: list[tuple[int, int, _Rule]] = []
        past = 0
        for first in tried:
            if first < past or (wrapped and first > past and _goes_on(lines[first - 1])):
                continue
            for last in _ends(lines, first) if wrapped else (first + 1,):
                rule = self._rule("".join(lines[first:last]))
                if rule and (first > top or rule.where == "anywhere"):
                    found.append((first, last, rule))
                    past = last
                    break
        return [(first, last, rule.name) for first, last, rule in _in_place(lines, found)]

    def _rule(self, line: str) -> _Rule | None:
        if len(line) > _LONGEST:
            return None
        line = " ".join(line.strip(_AROUND).split())
        if "<" in line:
            line = _TAGS.sub("", line) or line
        line = line.replace("\u2018", "'").replace("\u2019", "'")
        low = line.lower()
        for rules in (self._by_key.get(low[:_KEY], ()), self._holding):
            for rule in rules:
                if rule.fits(line, low):
                    return rule
        return None


furniture_of = lru_cache(maxsize=32)(Furniture)


def without_furniture(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Piece]]:
    """Cut the furniture from the texts of documents; say what was cut, and where it stood."""
    names = [as_text(draft.fields.get("language")) for draft in drafts]
    rules = {name: furniture_of(known_language(name)) for name in set(names)}
    result: list[Draft] = []
    pieces: list[Piece] = []
    for name, draft in zip(names, drafts, strict=True):
        text, cut = rules[name].cut(draft.document_id, draft.text)
        pieces += cut
        result.append(_with_text(draft, text, cut[0].start) if cut else draft)
    return result, pieces


def _with_text(draft: Draft, text: str, changed: int) -> Draft:
    """Return a document with another text, and with its title if that was found in the text."""
    fields = draft.fields
    # A title is told by two paragraphs.
    is_near = "\n" not in text[:changed].strip()
    if is_near and fields.get("title") == first_line_title(draft.text):
        fields = {**fields, "title": first_line_title(text)}
    return replace(draft, text=text, fields=fields)


def count_pieces(pieces: Sequence[Piece]) -> str:
    """Say how much was cut by which rules, the most frequent first."""
    counts = Counter(piece.rule for piece in pieces)
    named = ", ".join(f"{rule} {number:,}" for rule, number in counts.most_common())
    were = "piece of furniture was" if len(pieces) == 1 else "pieces of furniture were"
    return (
        f"{len(pieces):,} {were} cut: {named}; read_documents(…, return_cut=True) returns what was "
        "cut, keep_furniture=True leaves it"
    )


@cache
def _general() -> list[Mapping[str, Any]]:
    listed = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    rules: list[Mapping[str, Any]] = listed["rules"]
    return rules


def _rule(
    name: str,
    where: str,
    patterns: Iterable[str],
    begins: Iterable[str] = (),
    holds: Iterable[str] = (),
    meaning: str = "",  # noqa: ARG001 - for readers of the list
) -> _Rule:
    pattern = re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)
    return _Rule(name, where, tuple(begins), tuple(holds), pattern)


def _in_place(
    lines: list[str], found: list[tuple[int, int, _Rule]]
) -> list[tuple[int, int, _Rule]]:
    """Leave out what belongs to the end of a text and was found elsewhere."""
    where = {n: rule.where for first, last, rule in found for n in range(first, last)}
    if _CLOSING.isdisjoint(where.values()):
        return found
    numbers = (n for n in reversed(range(len(lines))) if where.get(n, "end") in _CLOSING)
    closing: set[int] = set()
    at_end = True
    for number in islice((n for n in numbers if _WORD.search(lines[n])), _TAIL):
        place = where.get(number)
        if place == "end" or (place == "last" and at_end):
            closing.add(number)
        else:
            at_end = False
    return [one for one in found if one[2].where not in _CLOSING or one[0] in closing]


def _goes_on(line: str) -> bool:
    """Tell whether a line of a wrapped text ends within a sentence."""
    shown = line.strip()
    return len(shown) >= _SHORTEST_WRAPPED and not shown.endswith(_ENDS)


def _ends(lines: list[str], first: int) -> list[int]:
    """Return where what begins in a line of a wrapped text may end, the likelier place first."""
    last = first + 1
    while last < len(lines) and _goes_on(lines[last - 1]) and lines[last].strip():
        last += 1
    if last - first > _MOST_WRAPPED:
        return [first + 1]
    is_open = lines[first].count("(") > lines[first].count(")")
    return [last, first + 1] if is_open else [first + 1, last]
