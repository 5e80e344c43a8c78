"""How lists stand in the cells of a table."""

import re

_ESCAPED = re.compile(r"([\\;])")
_PIECE = re.compile(r"(?:[^\\;]|\\.)*", re.DOTALL)


def joined(texts: tuple[str, ...]) -> str:
    """Join texts by semicolons, with a backslash before semicolons of their own."""
    return "; ".join(_ESCAPED.sub(r"\\\1", text) for text in texts)


def split(cell: str) -> tuple[str, ...]:
    """Undo `joined`."""
    if not cell.strip():
        return ()
    pieces: list[str] = []
    at = 0
    while at <= len(cell):
        match = _PIECE.match(cell, at)
        end = match.end() if match else at
        # A lone backslash at the end stands for itself.
        if end < len(cell) and cell[end] == "\\":
            end = len(cell)
        pieces.append(re.sub(r"\\(.)", r"\1", cell[at:end], flags=re.DOTALL).strip())
        at = end + 1
    return tuple(pieces)
