"""How texts and lists stand in the cells of a table that spreadsheets open."""

import re

# What makes a spreadsheet take a cell for a formula, behind any apostrophes that keep it from it.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
_ESCAPED = re.compile(r"([\\;])")
_PIECE = re.compile(r"(?:[^\\;]|\\.)*", re.DOTALL)


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Undo `guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


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
