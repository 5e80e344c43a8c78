"""Tests and effect sizes on plain arrays of sums; nothing here knows of tables."""

import math
from collections.abc import Sequence
from itertools import chain, combinations, islice, product
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.statistics.intervals import N_RESAMPLES
from analysis.statistics.sums import divide

Adjustment = Literal["Benjamini-Hochberg", "Benjamini-Yekutieli", "Holm", "Hochberg", "none"]

# Rates are quotients of sums: equal ones may differ in their last digits.
_TIE = 1e-9
# Less than it, a difference of rates by token is left by rounding.
_NOTHING = 1e-12
# Numbers held at a time.
_BATCH = 20_000_000


class Permutation(NamedTuple):
    """The p-values of a test, the smallest it could have given, and how it was made."""

    p: np.ndarray
    smallest: float
    method: str


def permutation_test(
    parts: ArrayLike,
    wholes: ArrayLike,
    first: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    studentise: bool = False,
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> Permutation:
    """Test differences of ratios of sums between two groups, two-sided, by exchanging units.

    Parameters
    ----------
    parts : array_like of shape (n_units, n_measures)
        Hits of each unit for each measure.
    wholes : array_like of shape (n_units,) or (n_units, n_measures)
        Tokens of each unit.
    first : array_like of bool of shape (n_units,)
        Which units are of the first group.
    strata : array_like of int of shape (n_units,), optional
        Units are exchanged with those of the same number only, and what is tested is the
        difference that `matched_rates` weighs over the strata.
    studentise : bool, default False
        Divide each difference by its standard error, so that groups of which one varies more
        than the other are no finding by that alone. Not within strata.
    n_resamples : int, default 9999
        How many exchanges to draw, where there are more than this many in all.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    Permutation
        For each measure (b + 1) / (B + 1) of B exchanges drawn, b of them as extreme as what
        was observed (Phipson and Smyth 2010); where all exchanges can be enumerated, their
        exact share. Differences that are equal up to rounding are ties.

    Raises
    ------
    ValueError
        If a group is empty.

    References
    ----------
    Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero.
    Statistical Applications in Genetics and Molecular Biology 9(1). Janssen, A. (1997).
    Studentized permutation tests for non-i.i.d. hypotheses and the generalized
    Behrens-Fisher problem. Statistics & Probability Letters 36(1), 9-21.

    Examples
    --------
    >>> from analysis.statistics.significance import permutation_test
    >>> permutation_test([[1], [2], [3], [10], [11], [12]], [1] * 6, [1, 1, 1, 0, 0, 0])
    Permutation(p=array([0.1]), smallest=0.1, method='exact permutation')
    """
    hits = np.asarray(parts, float)
    tokens = np.broadcast_to(np.asarray(wholes, float).reshape(len(hits), -1), hits.shape)
    chosen = np.asarray(first, bool)
    n_units, n_first = len(chosen), int(chosen.sum())
    if not 0 < n_first < n_units:
        raise ValueError("each of the two groups needs at least one unit")
    numbers = np.zeros(n_units, int) if strata is None else np.asarray(strata)
    places = [np.flatnonzero(numbers == number) for number in np.unique(numbers)]
    counts = [int(chosen[own].sum()) for own in places]

    def statistic(taken: np.ndarray) -> np.ndarray:
        if strata is not None:
            return np.abs(_matched_difference(taken, hits, tokens, places))
        differences = np.abs(_difference(taken, hits, tokens))
        return differences / _standard_error(taken, hits, tokens) if studentise else differences

    observed = statistic(chosen[None, :].astype(float))[0]
    n_exact = math.prod(math.comb(len(own), n) for own, n in zip(places, counts, strict=True))
    exact = n_exact <= n_resamples + 1
    extreme = np.zeros(hits.shape[1])
    generator = np.random.default_rng(seed)
    batch = max(1, _BATCH // (10 * n_units))
    # A product holds all that it is made of.
    sides = zip(places, counts, strict=True) if exact else ()
    everyone = product(*(combinations(own, n) for own, n in sides))
    n_wanted = n_exact if exact else n_resamples
    for begin in range(0, n_wanted, batch):
        size = min(batch, n_wanted - begin)
        taken = np.zeros((size, n_units))
        if exact:
            for row, chosen_places in enumerate(islice(everyone, size)):
                taken[row, list(chain.from_iterable(chosen_places))] = 1
        else:
            keys = generator.random((size, n_units))
            for own, n in zip(places, counts, strict=True):
                if 0 < n < len(own):
                    drawn = own[np.argpartition(keys[:, own], n - 1, axis=1)[:, :n]]
                else:
                    drawn = np.tile(own[:n], (size, 1))
                np.put_along_axis(taken, drawn, 1.0, axis=1)
        extreme += (statistic(taken) >= observed * (1 - _TIE) - 1e-15).sum(axis=0)
    if exact:
        # Both ways round, where the groups are of one size, the same split stands twice.
        both = all(2 * n == len(own) for own, n in zip(places, counts, strict=True))
        return Permutation(extreme / n_exact, (1 + both) / n_exact, "exact permutation")
    p = (extreme + 1) / (n_resamples + 1)
    return Permutation(p, 1 / (n_resamples + 1), f"{n_resamples:,} random permutations")


def _difference(taken: np.ndarray, hits: np.ndarray, tokens: np.ndarray) -> np.ndarray:
    """Return for each choice of units the rate of those less the rate of the others."""
    own_hits, own_tokens = taken @ hits, taken @ tokens
    other_hits, other_tokens = hits.sum(axis=0) - own_hits, tokens.sum(axis=0) - own_tokens
    return divide(own_hits, own_tokens, 0) - divide(other_hits, other_tokens, 0)


def _standard_error(taken: np.ndarray, hits: np.ndarray, tokens: np.ndarray) -> np.ndarray:
    """Return that of each difference, from the residuals of the units of either side."""
    variance = np.zeros((len(taken), hits.shape[1]))
    for side in (taken, 1 - taken):
        n_units, whole = side.sum(axis=1, keepdims=True), side @ tokens
        rate, squares = divide(side @ hits, whole, 0), side @ hits**2
        residuals = squares - 2 * rate * (side @ (hits * tokens)) + rate**2 * (side @ tokens**2)
        # What is left by rounding is nothing.
        residuals[residuals < _TIE * squares] = 0
        variance += divide(n_units * residuals, (n_units - 1) * whole**2, 0)
    # No difference by no error is none; another difference is beyond all that have one.
    return np.sqrt(np.maximum(variance, np.finfo(float).tiny))


def _matched_difference(
    taken: np.ndarray, hits: np.ndarray, tokens: np.ndarray, places: list[np.ndarray]
) -> np.ndarray:
    """Return for each choice of units the difference that is weighed over the strata."""
    total, weights = np.zeros((2, len(taken), hits.shape[1]))
    for own in places:
        side, part, whole = taken[:, own], hits[own], tokens[own]
        n_whole, other = side @ whole, whole.sum(axis=0) - side @ whole
        weight = divide(n_whole * other, whole.sum(axis=0), 0)
        total += weight * _difference(side, part, whole)
        weights += weight
    return divide(total, weights, 0)


def change_test(
    cells: Sequence[tuple[ArrayLike, ArrayLike]], *, n_resamples: int = N_RESAMPLES, seed: int = 0
) -> Permutation:
    """Test whether ratios of sums change alike in two groups, two-sided.

    Units are exchanged between before and after, within each group. The statistic is the
    difference of the two changes by its standard error, which every exchange has of its own.
    Without it, the test would ask whether neither group changes. With it, the test asks whether
    both change alike; it is asymptotically valid, whatever the sizes and variances of the cells.

    Parameters
    ----------
    cells : sequence of four (parts, wholes)
        The first group before and after, then the second: hits of each unit for each
        measure, of shape (n_units, n_measures), and its tokens, of shape (n_units,).
    n_resamples : int, default 9999
        How many exchanges to draw.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    Permutation
        For each measure (b + 1) / (B + 1), as in `permutation_test`.

    Raises
    ------
    ValueError
        If a cell has fewer than two units.

    References
    ----------
    Chung, E., & Romano, J. P. (2013). Exact and asymptotically robust permutation tests.
    The Annals of Statistics 41(2), 484-507. Janssen, A. (1997). Studentized permutation tests
    for non-i.i.d. hypotheses and the generalized Behrens-Fisher problem. Statistics &
    Probability Letters 36(1), 9-21.

    Examples
    --------
    >>> from analysis.statistics.significance import change_test
    >>> before, after = ([[1], [2], [3], [2]], [90] * 4), ([[9], [7], [8], [9]], [90] * 4)
    >>> change_test([before, after, before, after], n_resamples=99)
    Permutation(p=array([1.]), smallest=0.01, method='99 random permutations, studentised')
    """
    sizes = [len(np.asarray(wholes)) for _, wholes in cells]
    if min(sizes) < 2:
        raise ValueError("each of the four cells needs at least two units")
    firsts = [np.repeat([1.0, 0.0], own) for own in (sizes[:2], sizes[2:])]
    hits = [np.concatenate([np.asarray(own[0], float) for own in cells[n : n + 2]]) for n in (0, 2)]
    wholes = [
        np.concatenate([np.asarray(own[1], float) for own in cells[n : n + 2]]) for n in (0, 2)
    ]
    tokens = [np.broadcast_to(own[:, None], of.shape) for own, of in zip(wholes, hits, strict=True)]

    def statistic(taken: list[np.ndarray]) -> np.ndarray:
        groups = [*zip(taken, hits, tokens, strict=True)]
        one, two = (_difference(*group) for group in groups)
        difference = np.abs(one - two)
        difference[difference < _NOTHING] = 0
        return difference / np.hypot(*(_standard_error(*group) for group in groups))

    observed = statistic([own[None, :] for own in firsts])[0]
    extreme = np.zeros(len(observed))
    generator = np.random.default_rng(seed)
    batch = max(1, _BATCH // (20 * sum(sizes)))
    for begin in range(0, n_resamples, batch):
        size = min(batch, n_resamples - begin)
        taken = [generator.permuted(np.tile(own, (size, 1)), axis=1) for own in firsts]
        extreme += (statistic(taken) >= observed * (1 - _TIE)).sum(axis=0)
    made = f"{n_resamples:,} random permutations, studentised"
    return Permutation((extreme + 1) / (n_resamples + 1), 1 / (n_resamples + 1), made)


def sign_flip_test(
    differences: ArrayLike, *, n_resamples: int = 99_999, seed: int = 0
) -> Permutation:
    """Test whether paired differences centre on zero, two-sided, by turning their signs.

    Parameters
    ----------
    differences : array_like of shape (n_pairs,) or (n_pairs, n_measures)
        One value for each pair: of the same event in two outlets, for instance.
    n_resamples : int, default 99999
        How often to turn signs at random, where there are more ways than this.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    Permutation
        For each measure the exact p-value where all ways can be enumerated, else
        (b + 1) / (B + 1) for either side, doubled.

    References
    ----------
    Fisher, R. A. (1935). The design of experiments. Oliver & Boyd, chapter 3.

    Examples
    --------
    >>> from analysis.statistics.significance import sign_flip_test
    >>> sign_flip_test([1, 2, 3, 4])
    Permutation(p=array([0.125]), smallest=0.125, method='all signs turned')
    """
    values = np.asarray(differences, float)
    values = values.reshape(len(values), -1)
    tested = stats.permutation_test(
        (values,),
        np.sum,
        permutation_type="samples",
        vectorized=True,
        n_resamples=n_resamples,
        batch=max(1, _BATCH // max(1, values.size)),
        rng=np.random.default_rng(seed),
    )
    n_ways = 2 ** len(values)
    exact = n_ways <= n_resamples
    made = "all signs turned" if exact else f"{n_resamples:,} random turns of signs"
    smallest = min(1, 2 / (n_ways if exact else n_resamples + 1))
    return Permutation(np.minimum(tested.pvalue, 1), smallest, made)


def adjust_p(p: ArrayLike, method: Adjustment = "Benjamini-Hochberg") -> np.ndarray:
    """Adjust p-values for the number of tests.

    Parameters
    ----------
    p : array_like of shape (n_tests,)
        P-values; NaN where no test was made, which counts for nothing.
    method : str, default "Benjamini-Hochberg"
        Or ``"Benjamini-Yekutieli"`` (any dependence), ``"Holm"`` or ``"Hochberg"`` (chance of
        any false finding), or ``"none"``.

    Returns
    -------
    numpy.ndarray of shape (n_tests,)
        Adjusted p-values, NaN where `p` is.

    Raises
    ------
    ValueError
        If a p-value is outside 0 to 1, or `method` is something else.

    References
    ----------
    Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of
    the Royal Statistical Society B 57, 289-300.

    Examples
    --------
    >>> from analysis.statistics.significance import adjust_p
    >>> adjust_p([0.01, float("nan"), 0.03, 0.04]).tolist()
    [0.03, nan, 0.04, 0.04]
    """
    given = np.asarray(p, float)
    made = np.isfinite(given)
    own = given[made]
    if ((own < 0) | (own > 1)).any():
        raise ValueError("a p-value is outside 0 to 1")
    adjusted = np.full(given.shape, np.nan)
    if not len(own):
        return adjusted
    if method in ("Benjamini-Hochberg", "Benjamini-Yekutieli"):
        short = "bh" if method == "Benjamini-Hochberg" else "by"
        adjusted[made] = stats.false_discovery_control(own, method=short)
    elif method in ("Holm", "Hochberg"):
        order = np.argsort(own, kind="stable")
        steps = own[order] * np.arange(len(own), 0, -1)
        running = (
            np.maximum.accumulate(steps)
            if method == "Holm"
            else np.minimum.accumulate(steps[::-1])[::-1]
        )
        adjusted[np.flatnonzero(made)[order]] = np.minimum(running, 1)
    elif method == "none":
        adjusted[made] = own
    else:
        raise ValueError(f"adjustment {method!r} is unknown; give 'Benjamini-Hochberg' or 'Holm'")
    return adjusted


def cliffs_delta(one: ArrayLike, two: ArrayLike) -> float:
    """Return how much more often a unit of one group is above one of the other than below.

    Parameters
    ----------
    one, two : array_like
        Rates of the units of either group; NaN are left out.

    Returns
    -------
    float
        From -1 to 1; 0 where neither prevails; NaN if a group is empty.

    References
    ----------
    Cliff, N. (1993). Dominance statistics: Ordinal analyses to answer ordinal questions.
    Psychological Bulletin 114(3), 494-509.

    Examples
    --------
    >>> from analysis.statistics.significance import cliffs_delta
    >>> cliffs_delta([1, 2, 3], [2, 2, 2])
    0.0
    """
    a, b = (np.asarray(values, float) for values in (one, two))
    a, b = a[~np.isnan(a)], np.sort(b[~np.isnan(b)])
    if not len(a) or not len(b):
        return math.nan
    below = np.searchsorted(b, a, side="left").sum()
    above = (len(b) - np.searchsorted(b, a, side="right")).sum()
    return float((below - above) / (len(a) * len(b)))
