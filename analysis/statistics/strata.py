"""Rates of two groups matched in strata, such as weeks; nothing here knows of tables."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.statistics.intervals import Intervals, effective_units
from analysis.statistics.sums import divide


def matched_rates(
    one: tuple[ArrayLike, ArrayLike],
    two: tuple[ArrayLike, ArrayLike],
    strata: tuple[ArrayLike, ArrayLike],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return two groups' hits in each stratum, as if both had the same tokens there, and these.

    Parameters
    ----------
    one, two : (array_like of shape (n_units, n_measures), array_like of shape (n_units,))
        Hits for each measure, and tokens, of the units of either group.
    strata : (array_like of int, array_like of int)
        Which stratum each of these units is in; both groups have units in all of them.

    Returns
    -------
    tuple of numpy.ndarray
        Weighted rates of either group, of shape (n_strata, n_measures), and the weights, of
        shape (n_strata,): tokens of one group by those of the other, divided by those of both.
        Sums of the first by sums of the last are the rates whose difference and ratio are those
        of Mantel and Haenszel.

    References
    ----------
    Greenland, S., & Robins, J. M. (1985). Estimation of a common effect parameter from sparse
    follow-up data. Biometrics 41(1), 55-68.

    Examples
    --------
    >>> from analysis.statistics.strata import matched_rates
    >>> rates = matched_rates(([[2]], [10]), ([[1], [2]], [10, 20]), ([0], [0, 0]))
    >>> [own.tolist() for own in rates]
    [[[1.5]], [[0.75]], [7.5]]
    """
    every = np.unique(np.concatenate([np.asarray(own) for own in strata]))
    sums = []
    for (parts, wholes), own in zip((one, two), strata, strict=True):
        drawn = (np.asarray(own) == every[:, None]).astype(float)
        sums.append((drawn @ np.asarray(parts, float), drawn @ np.asarray(wholes, float)))
    (hits_a, tokens_a), (hits_b, tokens_b) = sums
    # The weight times a rate, where the tokens of the group itself cancel out.
    both = tokens_a + tokens_b
    of_a, of_b = divide(tokens_b, both, 0), divide(tokens_a, both, 0)
    return hits_a * of_a[:, None], hits_b * of_b[:, None], tokens_a * of_a


def matched_intervals(
    one: np.ndarray, two: np.ndarray, weights: np.ndarray, *, confidence: float = 0.95
) -> Intervals:
    """Return intervals for differences and ratios of matched rates, by leaving out strata.

    Strata are few, and a bootstrap of few of them holds much less than it promises; so the
    standard error is that of the jackknife, and the quantile that of Student's t.

    Parameters
    ----------
    one, two, weights : numpy.ndarray
        What `matched_rates` returns.
    confidence : float, default 0.95
        Coverage asked for.

    Returns
    -------
    Intervals
        NaN where no stratum differs from another, and for a ratio of which one rate is 0 without
        some stratum.

    References
    ----------
    Tukey, J. W. (1958). Bias and confidence in not quite large samples. Annals of Mathematical
    Statistics 29(2), 614.

    Examples
    --------
    >>> import numpy as np
    >>> from analysis.statistics.strata import matched_intervals
    >>> one, two = np.array([[4.0], [6], [5], [8], [7]]), np.array([[1.0], [2], [2], [3], [1]])
    >>> intervals = matched_intervals(one, two, np.full(5, 100.0))
    >>> round(float(intervals.low[0]), 3), round(float(intervals.high[0]), 3)
    (0.026, 0.058)
    """
    rest = weights.sum() - weights
    n_strata, freedom = len(weights), effective_units(weights) - 1
    without_a, without_b = (divide(own.sum(axis=0) - own, rest[:, None], 0) for own in (one, two))

    def bounds(estimate: np.ndarray, without: np.ndarray) -> np.ndarray:
        squares = ((without - estimate) ** 2).sum(axis=0)
        error = np.sqrt((n_strata - 1) / n_strata * squares)
        error[error < 1e-12] = np.nan
        wide = stats.t.ppf((1 + confidence) / 2, freedom) * error
        return np.array([estimate - wide, estimate + wide])

    rate_a, rate_b = (divide(own.sum(axis=0), weights.sum(), 0) for own in (one, two))
    both = ((without_a > 0) & (without_b > 0)).all(axis=0)
    logarithms = [np.log(np.where(both, own, 1)) for own in (rate_a, rate_b, without_a, without_b)]
    ratios = bounds(logarithms[0] - logarithms[1], logarithms[2] - logarithms[3])
    ratios = np.where(both, np.exp(ratios), np.nan)
    return Intervals(*bounds(rate_a - rate_b, without_a - without_b), *ratios)
