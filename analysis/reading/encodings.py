"""The encoding of bytes that declare none: the reading that is most like a language as written.

A reading costs more the less likely its signs are in the language that suits it best. What costs
nearly as little is an alternative, which is named.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_DATA: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("encodings.yml").read_text("utf-8"))
_MARKS: dict[str, str] = _DATA["marks"]
MARKS = frozenset("".join(_MARKS.values()))
# Costs are logarithms of how unlikely a sign is; what no list holds is hardly ever written.
_ASCII, _FOREIGN_LETTER, _CAPITAL = 2.5, 5.0, 2.0
_MOST_FREQUENT, _STEP_OF_LETTERS, _STEP_OF_SIGNS = 2.1, 0.14, 0.012
_MARK, _RARE_MARK, _ACCENT, _STRANGE = 4.5, 7.0, 9.0, 13.0
_ASIAN_MARK, _TAUGHT, _UNTAUGHT, _DAMAGED = 4.0, 9.0, 14.0, 25.0
# A capital letter behind a small one, a mark between letters, and others out of place.
_TORN = 6.0
_DASHES = frozenset("–—")
_WITHIN_WORDS = frozenset("’\u00ad‐")
_BEFORE_WORDS = frozenset("‚„‹¿¡•§©£")
# Where the signs of East Asia begin.
_ASIAN = "\u2e80"
_BEFORE_NUMBERS = frozenset("£€¥")
# Of the encodings of one script, each is rarer than the one before it.
_RARER = 1.5
_NEVER_WRITTEN = frozenset(("Cc", "Cn", "Co", "Cs"))
_SAMPLE = 10_000
_NEARLY_AS_LITTLE = 16.0
_MOST_ALTERNATIVES = 3
_UNLIKELY = 7.5
_DAMAGE, _MOST_DAMAGED = "\ufffd", 0.01
_LONGEST_SHOWN = 30


class Guess(NamedTuple):
    """An encoding, others that fit nearly as well, and whether a language is written so."""

    encoding: str
    alternatives: list[str]
    is_likely: bool


def guess_encoding(data: bytes) -> Guess | None:
    """Guess the encoding of bytes; None where none that is known can read all but a few of them."""
    sample = _sample(data)
    texts = {name: text for name in _languages() if (text := _reading(sample, name)) is not None}
    # Of two that read the same, the first is the more frequent one.
    names = {text: name for name, text in reversed(texts.items())}.values()
    least = {name: _cost(texts[name], name) + _RARER * _rank(name) for name in names}
    costs: dict[str, float] = {}
    for name in sorted(least, key=least.__getitem__):
        if costs and least[name] > min(costs.values()) + _NEARLY_AS_LITTLE:
            break
        if sample is data or _reading(data, name) is not None:
            costs[name] = least[name] + _torn(texts[name])
    if not costs:
        return None
    limit = min(costs.values()) + _NEARLY_AS_LITTLE
    near = sorted((name for name in costs if costs[name] < limit), key=costs.__getitem__)
    likely = [one for one in near if _is_likely(texts[one], one)]
    best, *others = dict.fromkeys([*likely, *near])
    return Guess(best, others[:_MOST_ALTERNATIVES], bool(likely))


def _is_likely(text: str, encoding: str) -> bool:
    """Say whether what is not ASCII is likely in a language that an encoding is for."""
    signs = "".join(filter(lambda sign: sign > "\x7f", text))
    return _cost(signs, encoding) + _torn(text) <= _UNLIKELY * len(signs)


def told_of(guess: Guess, data: bytes) -> str:
    """Say what was guessed and what else fits, to go before a remedy."""
    told = f"guessed as {guess.encoding}, low confidence; "
    text = data.decode(guess.encoding, "replace")
    others = [_shown(text, data.decode(one, "replace"), one) for one in guess.alternatives]
    return told + (f"{_listed(others)} as well: " if others else "")


def _shown(text: str, other: str, encoding: str) -> str:
    """Name another encoding with the first word that it reads in another way."""
    pairs = zip(text.split(), other.split(), strict=False)
    one, two = next(((one, two) for one, two in pairs if one != two), ("", ""))
    short = one and len(one) <= _LONGEST_SHOWN and len(two) <= _LONGEST_SHOWN
    return f"{encoding} ({two!r} for {one!r})" if short else encoding


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last} fit" if others else f"{last} fits"


class _Signs(dict[str, float]):
    """What each sign costs in one language."""

    def __init__(self, script: str, frequent: str) -> None:
        asian = script in _DATA["taught"]
        step = _STEP_OF_SIGNS if asian else _STEP_OF_LETTERS
        super().__init__({**dict.fromkeys(_MARKS["rare"], _RARE_MARK), _DAMAGE: _DAMAGED})
        self |= dict.fromkeys(_MARKS["frequent"], _MARK)
        self |= dict.fromkeys(_MARKS["asian"] if asian else "", _ASIAN_MARK)
        self |= {sign: _MOST_FREQUENT + step * rank for rank, sign in enumerate(frequent)}
        self.taught = _DATA["taught"].get(script)

    def __missing__(self, sign: str) -> float:
        self[sign] = cost = self._cost(sign)
        return cost

    def _cost(self, sign: str) -> float:
        if sign.lower()[0] in self and sign != sign.lower():
            return self[sign.lower()[0]] + _CAPITAL
        if sign <= "\x7f":
            return _FOREIGN_LETTER if sign.isalpha() else _ASCII
        if self.taught and self.taught[0] <= sign <= self.taught[1]:
            _, _, encoding, last = self.taught
            first = sign.encode(encoding, "replace")[0]
            return _TAUGHT if 0x80 <= first <= last else _UNTAUGHT
        is_latin = sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN")
        return _ACCENT if is_latin and not self.taught else _STRANGE


@cache
def _languages() -> Mapping[str, list[_Signs]]:
    """Return the languages that are written in each encoding."""
    languages: dict[str, list[_Signs]] = {}
    for script, encodings in _DATA["encodings"].items():
        frequent = _DATA["letters"].get(script) or _DATA["signs"][script]
        own = [_Signs(script, "".join(one.split())) for one in frequent.values()]
        for encoding in encodings.split():
            languages.setdefault(encoding, []).extend(own)
    return languages


@cache
def _rank(encoding: str) -> int:
    named = (names.split() for names in _DATA["encodings"].values())
    return min(names.index(encoding) for names in named if encoding in names)


def _cost(text: str, encoding: str) -> float:
    """Return what the signs of a text cost in the language that suits it best."""
    counts = Counter(text).items()
    return min(sum(n * signs[sign] for sign, n in counts) for signs in _languages()[encoding])


def _torn(text: str) -> float:
    """Return what it costs where capital letters and marks stand as in no word."""
    cost = 0.0
    for before, sign, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if sign > "\x7f" or before > "\x7f":
            mixed = {_alphabet(before), _alphabet(sign)} == {"Latin", "other"}
            if mixed or (before.islower() and sign.isupper()):
                cost += _TORN
            elif before.isupper() and sign.isupper():
                cost -= _CAPITAL
            elif before.isalpha() and sign in _DASHES:
                cost += _TORN / 2
            elif before.isalpha():
                misplaced = sign in _BEFORE_WORDS or (before > "\x7f" and sign.isdigit())
                cost += _TORN * (misplaced or _parts(before, sign, after))
            elif sign.isalpha():
                cost += _TORN * ((before in _BEFORE_NUMBERS) + (before == "…") / 2)
    return cost


def _alphabet(sign: str) -> str | None:
    if not sign.isalpha() or sign >= _ASIAN:
        return None
    return "Latin" if sign < "\u0370" else "other"


def _parts(before: str, sign: str, after: str) -> bool:
    """Say whether a mark parts two letters, or an Asian sign two Latin ones, as in no word."""
    if not after.isalpha() or sign <= "\x7f" or sign in _WITHIN_WORDS:
        return False
    if sign == "·":
        return before != "l"
    if sign.isalnum():
        return sign >= _ASIAN and _alphabet(before) == _alphabet(after) == "Latin"
    return not sign.isspace()


def decoded(data: bytes, encoding: str) -> str | None:
    """Decode bytes; None where they hold what no text does."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if _is_text(text) else None


def _reading(data: bytes, encoding: str) -> str | None:
    """Decode bytes of which a few may be damaged, as the end of a file that was cut."""
    text = data.decode(encoding, "replace")
    n_damaged = text.count(_DAMAGE)
    return text if n_damaged <= max(1, _MOST_DAMAGED * len(text)) and _is_text(text) else None


def _is_text(text: str) -> bool:
    signs = (sign for sign in set(text) if sign > "\x7f")
    return not any(unicodedata.category(sign) in _NEVER_WRITTEN for sign in signs)


def _sample(data: bytes) -> bytes:
    """Return words that are no ASCII, of each byte the first, cut only where no sign is torn."""
    if len(data) <= _SAMPLE:
        return data
    lines = data.replace(b"\r", b"\n").split(b"\n")
    pieces = (word for line in lines for word in line.split(b" "))
    seen: set[int] = set()
    taken: list[bytes] = []
    size = 0
    for piece in pieces:
        if not piece.isascii() and (size < _SAMPLE or not seen.issuperset(piece)):
            seen.update(piece)
            taken.append(piece)
            size += len(piece)
    return b"\n".join(taken)
