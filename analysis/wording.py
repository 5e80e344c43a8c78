"""Words and where they stand: keywords in context, and log-odds of words between two texts."""

from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.errors import TableError
from analysis.schemas import TABLES
from analysis.tables import check_table, make_table

Variance = Literal["two-term", "four-term"]


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
    if width < 1:
        raise ValueError(f"width is {width}; give at least 1 character")
    check_table(paragraphs, "paragraphs")
    check_table(hits, "hits")
    place = ["document_id", "paragraph"]
    own = paragraphs[[*place, "start", "text"]].rename(columns={"start": "paragraph_start"})
    found = hits.merge(own, on=place, how="left")
    if found["text"].isna().any():
        stray = found[found["text"].isna()].iloc[0]
        raise TableError(
            f"a hit stands in paragraph {stray['paragraph']} of {stray['document_id']!r}, which "
            "the paragraphs table does not hold; give the paragraphs the hits were found in"
        )
    sides = [
        (_tail(text[: start - base], width), _head(text[end - base :], width))
        for text, base, start, end in zip(
            found["text"], found["paragraph_start"], found["start"], found["end"], strict=True
        )
    ]
    contexts = found.assign(
        left=[left for left, _ in sides],
        right=[right for _, right in sides],
        keyword=found["surface"].str.split().str.join(" "),
    )
    return make_table("contexts", contexts[list(TABLES["contexts"].columns)])


def weighted_log_odds(
    target: ArrayLike,
    reference: ArrayLike,
    prior: ArrayLike,
    *,
    variance: Variance = "two-term",
) -> tuple[np.ndarray, np.ndarray]:
    """Compare the use of words in two texts by log-odds with an informative Dirichlet prior.

    The method of Monroe, Colaresi and Quinn (2008, equations 15 to 22): the prior pulls
    words that are seldom seen towards no difference, and z divides by the uncertainty.

    Parameters
    ----------
    target, reference : array_like of shape (n_words,)
        How often each word of the vocabulary stands in either text.
    prior : array_like of shape (n_words,) or float
        Pseudo-counts of the words; one number gives every word the same.
    variance : {"two-term", "four-term"}, default "two-term"
        The approximation of equation 20, or the full form of equation 19. They differ for
        words that make up much of a text.

    Returns
    -------
    log_odds : numpy.ndarray of shape (n_words,)
        Natural logarithm of the ratio of odds; positive where `target` has more. NaN for
        words that neither text holds: of them nothing is known but the prior.
    z : numpy.ndarray of shape (n_words,)
        The same by its standard deviation.

    Raises
    ------
    ValueError
        If a text is empty, the lengths differ, a count is negative, a pseudo-count is not
        positive, or `variance` is something else.

    References
    ----------
    Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin' words. Political
    Analysis 16(4), 372-403.

    Examples
    --------
    >>> from analysis.wording import weighted_log_odds
    >>> log_odds, z = weighted_log_odds([20, 300, 9], [5, 280, 9], 0.5)
    >>> [round(float(value), 1) for value in log_odds]
    [1.2, -0.6, -0.1]
    """
    counts = [np.asarray(text, dtype=float) for text in (target, reference)]
    if counts[0].ndim != 1 or counts[0].shape != counts[1].shape:
        raise ValueError("target and reference must be two lists of counts of the same words")
    if any((text < 0).any() or not text.sum() for text in counts):
        raise ValueError("target and reference need words, and counts of 0 or more")
    if variance not in ("two-term", "four-term"):
        raise ValueError(f"variance is {variance!r}; give 'two-term' or 'four-term'")
    pseudo = np.broadcast_to(np.asarray(prior, dtype=float), counts[0].shape)
    if not (pseudo > 0).all():
        raise ValueError("every pseudo-count of the prior must be above 0")
    with_word = [text + pseudo for text in counts]
    without = [text.sum() + pseudo.sum() - own for text, own in zip(counts, with_word, strict=True)]
    log_odds = np.log(with_word[0] / without[0]) - np.log(with_word[1] / without[1])
    terms = with_word if variance == "two-term" else [*with_word, *without]
    log_odds[(counts[0] + counts[1]) == 0] = np.nan
    spread: Any = sum(1 / term for term in terms)
    return log_odds, log_odds / np.sqrt(spread)


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
