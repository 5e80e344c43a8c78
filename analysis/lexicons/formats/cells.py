"""How texts and lists stand in the cells of a table that spreadsheets open."""

import re

# What makes a spreadsheet take a cell for a formula, behind any apostrophes that keep it from it.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
_ESCAPED = re.compile(r"([\\;])")
_PIECE = re.compile(r"(?:[^\\;]|\\.)*", re.DOTALL)


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula.

    Parameters
    ----------
    text : str
        A text.

    Returns
    -------
    str
        The same text, safe in a cell.

    Examples
    --------
    >>> from analysis.lexicons.formats.cells import guarded, unguarded
    >>> guarded("=1+1"), unguarded(guarded("=1+1"))
    ("'=1+1", '=1+1')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Undo `guarded`.

    Parameters
    ----------
    cell : str
        A cell.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> from analysis.lexicons.formats.cells import unguarded
    >>> unguarded("'n'")
    "'n'"
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def joined(texts: tuple[str, ...]) -> str:
    """Join texts by semicolons, with a backslash before semicolons of their own.

    Parameters
    ----------
    texts : tuple of str
        The texts.

    Returns
    -------
    str
        One cell.

    Examples
    --------
    >>> from analysis.lexicons.formats.cells import joined
    >>> print(joined(("western", "a;b")))
    western; a\\;b
    """
    return "; ".join(_ESCAPED.sub(r"\\\1", text) for text in texts)


def split(cell: str) -> tuple[str, ...]:
    """Undo `joined`.

    Parameters
    ----------
    cell : str
        One cell.

    Returns
    -------
    tuple of str
        The texts, without blanks around them.

    Examples
    --------
    >>> from analysis.lexicons.formats.cells import split
    >>> split("western; eastern")
    ('western', 'eastern')
    """
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
