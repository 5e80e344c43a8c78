"""Dictionaries of headings with terms below them, one a line: Lexicoder 3's and VBPro's."""

import re

from analysis.lexicons.formats.decoding import lines_of
from analysis.lexicons.formats.draft import Draft

LEXICODER = re.compile(r"\++(.*)")
VBPRO = re.compile(r">>(.*)<<")


def read_headed(text: str, heading: re.Pattern[str]) -> Draft:
    """Read a dictionary; the first group of `heading` is the name of a category."""
    draft = Draft()
    path: tuple[str, ...] = ()
    for line, written in enumerate(map(str.strip, lines_of(text)), 1):
        if match := heading.fullmatch(written):
            name = match[1].strip()
            path = (name,) if name else ()
            if name:
                draft.open(path, line)
            else:
                draft.lose(line, (), written, "unsupported", "a category without a name")
        elif written:
            draft.add(path, written, line)
    return draft
