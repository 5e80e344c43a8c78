"""Keywords in context: every hit with the words beside it."""

import pandas as pd

from analysis.errors import check_count
from analysis.tables.checks import check_hits, make_table
from analysis.tables.core import TABLES


def keywords_in_context(
    paragraphs: pd.DataFrame, hits: pd.DataFrame, *, width: int = 60
) -> pd.DataFrame:
    """List hits with the words before and after them.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.
    hits : pandas.DataFrame
        Table ``hits``, or the rows of it that you want to read.
    width : int, default 60
        How many characters to show on either side; words are not cut.

    Returns
    -------
    pandas.DataFrame
        Table ``contexts``: one row for each hit, in the order of `hits`. White space is one
        blank each, ``…`` stands where the paragraph goes on.

    Raises
    ------
    TableError
        If a table breaks its schema, or a hit stands in none of the paragraphs.
    ValueError
        If `width` is below 1.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["They met a threat at dawn."]))
    >>> hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"k": ["threat*"]}))
    >>> contexts = fa.keywords_in_context(paragraphs, hits, width=8)
    >>> contexts[["left", "keyword", "right"]].values.tolist()
    [['… met a', 'threat', 'at dawn.']]
    """
    check_count("width", width, "give at least 1 character")
    paragraphs, found, rows = check_hits(paragraphs, hits)
    own = paragraphs[["start", "text"]].take(rows)
    found = found.copy(deep=False)
    sides = [
        (_tail(text[: start - base], width), _head(text[end - base :], width))
        for text, base, start, end in zip(
            own["text"], own["start"], found["start"], found["end"], strict=True
        )
    ]
    found["keyword"] = found["surface"].str.split().str.join(" ")
    found[["left", "right"]] = pd.DataFrame(sides, columns=["left", "right"])
    return make_table("contexts", found[list(TABLES["contexts"].columns)])


def _tail(text: str, width: int) -> str:
    # White space shrinks, so more than the width is read, but never a whole book.
    words = " ".join(text[-4 * width :].split())
    if len(words) <= width and len(text) <= 4 * width:
        return words
    shown = words[-width:]
    if words[-width - 1 : -width].strip():
        shown = shown.partition(" ")[2] or shown
    return f"… {shown.lstrip()}"


def _head(text: str, width: int) -> str:
    return _tail(text[: 4 * width + 1][::-1], width)[::-1]
