"""Lexicoder 3's .lc3: a line +CATEGORY, then its terms, one a line."""

from analysis.lexicons.formats.decoding import lines_of
from analysis.lexicons.formats.draft import Draft


def read_lexicoder(text: str, origin: str) -> Draft:  # noqa: ARG001 - as every reader
    """Read a Lexicoder dictionary."""
    draft = Draft()
    path: tuple[str, ...] = ()
    for line, written in enumerate(map(str.strip, lines_of(text)), 1):
        if written.startswith("+"):
            if not (name := written.lstrip("+").strip()):
                draft.lose(line, (), written, "unsupported", "a category without a name")
                path = ()
                continue
            path = (name,)
            draft.open(path, line)
        elif written:
            draft.add(path, written, line)
    return draft
