"""Text of ProQuest → articles, which part at lines of underscores."""

import re

from analysis.reading.exports.articles import Export
from analysis.reading.exports.proquest import NUMBERED, is_article, notes_on, read_article
from analysis.reading.parsing.limits import ParsingError

_RULE = re.compile(r"^[ \t]*_{40,}[ \t]*$", re.MULTILINE)


def recognises(source: str) -> bool:
    """Know the text by its lines of underscores, with labels between them or its name."""
    if not _RULE.search(source):
        return False
    return "ProQuest" in source or any(map(is_article, _parts(source)))


def split(source: str) -> Export:
    """Part a text into its articles."""
    parts = _parts(source)
    readings = [read_article(lines) for lines in parts if is_article(lines)]
    if not readings:
        raise ParsingError(
            "it was written by ProQuest, but its labels are not known; set ProQuest to English, "
            "and download it again as text with full text"
        )
    numbers = [
        int(found[2]) for lines in parts for line in lines if (found := NUMBERED.match(line))
    ]
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


def _parts(source: str) -> list[list[str]]:
    return [[line.strip() for line in part.splitlines()] for part in _RULE.split(source)]
