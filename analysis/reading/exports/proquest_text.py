"""Text of ProQuest → articles, which part at lines of underscores, or where numbers stand."""

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.reading.exports.articles import Export, Paragraph
from analysis.reading.exports.lines import text_of_source
from analysis.reading.exports.proquest import NUMBERED, is_article, notes_on, read_article
from analysis.reading.parsing.limits import ParsingError

_RULE = re.compile(r"^[ \t]*_{40,}[ \t]*$", re.MULTILINE)
# How both begin: behind a line end they are found much faster.
_BEGINS = re.compile(r"\n(?:[^\w\n]*(?:Document|Dokument) |[ \t]*_{40})")


def recognises(source: str | Sequence[Paragraph]) -> bool:
    """Know the text by what parts its articles, with labels between or the name of ProQuest."""
    text = text_of_source(source)
    if not _BEGINS.search(f"\n{text}"):
        return False
    n_rules = len(_RULE.findall(text))
    if not n_rules and not NUMBERED.search(text):
        return False
    return (n_rules > 1 and "ProQuest" in text) or any(map(is_article, _parts(text)))


def split(source: str | Sequence[Paragraph]) -> Export:
    """Part a text into its articles."""
    text = text_of_source(source)
    parts = _parts(text)
    readings = [read_article(lines) for lines in parts if is_article(lines)]
    if not readings:
        raise ParsingError(
            "it was written by ProQuest, but its labels are not known; set ProQuest to English, "
            "and download it again as text with full text"
        )
    numbers = map(int, NUMBERED.findall(text))
    # The first part lists the articles, the last one says whose they are.
    left_out = [lines for lines in parts[1:-1] if not is_article(lines) and any(lines)]
    notes = notes_on(readings)
    if left_out:
        first = next(filter(None, left_out[0]))
        notes.append(
            f"{len(left_out):,} stretches between lines of underscores have no labels, so they "
            f"were left out; the first begins {first[:60]!r}"
        )
    return Export([one.article for one in readings], max(numbers, default=None), notes)


def _parts(text: str) -> list[list[str]]:
    if _RULE.search(text):
        parts = _RULE.split(text)
    else:
        begins = [0, *(found.start() for found in NUMBERED.finditer(text)), len(text)]
        parts = [text[begin:end] for begin, end in pairwise(begins)]
    return [[line.strip() for line in part.splitlines()] for part in parts]
