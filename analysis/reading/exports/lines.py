"""Lines of a text → paragraphs, as their lengths and the blank lines between them tell."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from analysis.reading.exports.articles import Paragraph

_LONGEST_WRAPPED = 100
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")


def text_of_source(source: str | Sequence[Paragraph]) -> str:
    """Return a text, or that of the paragraphs of a Word file."""
    return source if isinstance(source, str) else "\n\n".join(one.text for one in source)


def paragraphs_in(lines: Sequence[str]) -> list[str]:
    """Join lines that were wrapped; where none were, each line is a paragraph."""
    groups = [
        list(group) for is_blank, group in groupby(lines, lambda line: not line) if not is_blank
    ]
    inner = [line for group in groups for line, _ in pairwise(group)]
    short = all(len(line) <= _LONGEST_WRAPPED for line in lines)
    broken = sum(_ENDS.search(line) is None for line in inner)
    if short and 2 * broken > len(inner):
        return [" ".join(group) for group in groups]
    return [line for group in groups for line in group]
