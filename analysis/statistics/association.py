"""Association of words with texts: log-odds with an informative prior, on plain arrays."""

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

Variance = Literal["two-term", "four-term"]


def weighted_log_odds(
    target: ArrayLike, reference: ArrayLike, prior: ArrayLike, *, variance: Variance = "two-term"
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
    >>> from analysis.statistics.association import weighted_log_odds
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
