"""How lists stand in the cells of a table."""

import re

# A lone backslash at the end stands for itself.
_PIECE = re.compile(r"(?:^|;)((?:[^\\;]|\\.|\\\Z)*)", re.DOTALL)


def joined(texts: tuple[str, ...]) -> str:
    """Join texts by semicolons, with a backslash before semicolons of their own."""
    return "; ".join(re.sub(r"([\\;])", r"\\\1", text) for text in texts)


def split(cell: str) -> tuple[str, ...]:
    """Undo `joined`."""
    if not cell.strip():
        return ()
    pieces = _PIECE.findall(cell)
    return tuple(re.sub(r"\\(.)", r"\1", piece, flags=re.DOTALL).strip() for piece in pieces)
