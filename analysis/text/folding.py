"""The folded view of a text and the way back to its code points (rules R1 and R2)."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

# A letter with more marks than this is no language's; Unicode's stream-safe
# text format (UAX #15) draws the line here too, because sorting marks is quadratic.
_MOST_MARKS = 30

# Scripts whose halves are no marks but compose all the same: Hangul jamo, their
# compatibility and half-width forms, and the half-width kana voicing marks.
_COMPOSING = "\u1160-\u11ff\u3130-\u318f\uff9e-\uffdc"

# Some characters stand for several words or numbers (U+2100 for "a/c"); these must stay one
# token, or two hits would lie on one character.
_JOINER = "\u2044"
_WITHIN = re.compile(r"(?<=\w)[^\w'.]+(?=\w)")

_SAME_AS_ASCII = str.maketrans("\u2018\u2019\u201b\u02bc\u2010\u2011\u0130", "''''--i")
# Accents and primes that are typed for an apostrophe; normalising would take them apart.
_APOSTROPHES = str.maketrans("`\u00b4\u2032", "'''")
# Some programs tear "didn't" into "didn 't".
_TORN = re.compile(r"'t(?!\w)(?<=\w\wn 't)", re.IGNORECASE)


@dataclass(frozen=True)
class FoldedText:
    """A folded text; `starts` and `ends` lead back to the original, None where they are equal."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points of the original behind folded characters `start` to `end`."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(text: str, *, keep_case: bool = False) -> FoldedText:
    """Fold a text for matching, keeping for every character where it came from."""
    if text.isascii():
        text = text.replace("`", "'")
        return _without_tears(FoldedText(text if keep_case else text.lower()))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _clusters().finditer(text):
        begin, end = match.span()
        cluster = match.group()
        if cluster.isascii():
            cluster = cluster.replace("`", "'")
            pieces.append(cluster if keep_case else cluster.lower())
            starts.extend(range(begin, end))
            ends.extend(range(begin + 1, end + 1))
        else:
            folded = _fold_cluster(cluster, keep_case)
            pieces.append(folded)
            starts.extend([begin] * len(folded))
            ends.extend([end] * len(folded))
    return _without_tears(FoldedText("".join(pieces), tuple(starts), tuple(ends)))


def _without_tears(folded: FoldedText) -> FoldedText:
    """Take out the blanks that tear "'t" from a word."""
    text = folded.text
    torn = {match.start() - 1 for match in _TORN.finditer(text)}
    if not torn:
        return folded
    kept = [at for at in range(len(text)) if at not in torn]
    starts = folded.starts or range(len(text))
    ends = folded.ends or range(1, len(text) + 1)
    places = [tuple(of_all[at] for at in kept) for of_all in (starts, ends)]
    return FoldedText("".join(text[at] for at in kept), *places)


def mark_class() -> str:
    """Return the combining marks (Mn, Mc, Me) as the inside of a regular expression's class."""
    return _character_class("M")


def _format_class() -> str:
    """Return the format characters (Cf) as the inside of a regular expression's class."""
    return _character_class("Cf")


def stands_alone(character: str) -> bool:
    """Tell whether a character folds the same whatever stands beside it."""
    return _dependent().match(character) is None


@lru_cache(maxsize=1)
def _dependent() -> re.Pattern[str]:
    return re.compile(f"[{_format_class()}{mark_class()}{_COMPOSING}]")


@lru_cache(maxsize=65_536)
def _fold_cluster(cluster: str, keep_case: bool) -> str:
    kept = "".join(c for c in cluster if unicodedata.category(c) != "Cf")
    composed = unicodedata.normalize("NFKC", kept.translate(_APOSTROPHES)).translate(_SAME_AS_ASCII)
    if len(composed) > 1:
        composed = _WITHIN.sub(_JOINER, composed)
    if keep_case:
        return composed
    # Folding case can take a letter apart again (as for U+0390), hence the second NFKC.
    return unicodedata.normalize("NFKC", composed.casefold())


@lru_cache(maxsize=1)
def _clusters() -> re.Pattern[str]:
    """Match a run of plain ASCII, or one character with its marks; format characters fall out."""
    ignored = f"[{_format_class()}]"
    joining = f"[{mark_class()}{_COMPOSING}]"
    return re.compile(
        rf"[\x00-\x7f]+(?!{ignored}*+{joining})"
        r"|\s"  # nothing joins what stands before it to white space
        rf"|[^{_format_class()}](?:{ignored}*+{joining}){{0,{_MOST_MARKS}}}",
        re.DOTALL,
    )


@lru_cache(maxsize=2)
def _character_class(kind: str) -> str:
    """Write the characters of a category as the ranges of a regular expression's class."""
    # Between these two blocks, and above them, Unicode has no mark and no format character.
    every = chain(range(0x20000), range(0xE0000, 0xE01F0))
    codes = [code for code in every if unicodedata.category(chr(code)).startswith(kind)]
    breaks = [0, *(i for i in range(1, len(codes)) if codes[i] != codes[i - 1] + 1), len(codes)]
    return "".join(
        f"{re.escape(chr(codes[a]))}-{re.escape(chr(codes[b - 1]))}" for a, b in pairwise(breaks)
    )
