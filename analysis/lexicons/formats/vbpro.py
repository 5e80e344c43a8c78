"""VBPro's form: a line >>category<<, then its terms, one a line."""

import re

from analysis.lexicons.formats.decoding import lines_of
from analysis.lexicons.formats.draft import Draft

_CATEGORY = re.compile(r">>(.*)<<")


def is_vbpro_category(line: str) -> bool:
    """Tell whether a line names a category."""
    return _CATEGORY.fullmatch(line.strip()) is not None


def read_vbpro(text: str, origin: str) -> Draft:  # noqa: ARG001 - as every reader
    """Read a VBPro dictionary."""
    draft = Draft()
    path: tuple[str, ...] = ()
    for line, written in enumerate(map(str.strip, lines_of(text)), 1):
        match = _CATEGORY.fullmatch(written)
        if match is not None:
            name = match[1].strip()
            path = (name,) if name else ()
            if name:
                draft.open(path, line)
            else:
                draft.lose(line, (), written, "unsupported", "a category without a name")
        elif written:
            draft.add(path, written, line)
    return draft
