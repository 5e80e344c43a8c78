"""Intervals on plain arrays of sums; nothing here knows of tables."""

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats

from analysis.statistics.sums import divide

IntervalMethod = Literal["BCa", "percentile", "basic"]

# How often documents are drawn or exchanged: where a draw only adds up their sums, and where
# figures are worked out again for each draw, entry or choice.
N_RESAMPLES = 9_999
N_RECOMPUTED = 1_999
# Intervals of fewer units are not what they say; those of fewer than many only nearly.
FEWEST_UNITS = 5
MANY_UNITS = 20
# Numbers held at a time.
_BATCH = 20_000_000


class Interval(NamedTuple):
    """The bounds of an interval and the name of its method; NaN where there is none."""

    low: float
    high: float
    method: str

    def as_columns(self, resampled: str = "", *, times: float = 1) -> dict[str, float | str]:
        """Return the columns of a table; `resampled` is what a bootstrap drew."""
        drawn = resampled and self.method in ("BCa", "percentile")
        made = f"{self.method}, {resampled} resampled" if drawn else self.method
        return {"low": times * self.low, "high": times * self.high, "interval_method": made}


SAME_RATE = "none: every unit has the same rate"
_NO_HITS = "none: no hits"
NO_VALUE = Interval(math.nan, math.nan, "none: no value")


def wilson_interval(part: int, whole: int, confidence: float = 0.95) -> Interval:
    """Return Wilson's interval for a share of cases that were drawn one by one."""
    if not whole:
        return NO_VALUE
    bounds = stats.binomtest(part, whole).proportion_ci(confidence, method="wilson")
    return Interval(float(bounds.low), float(bounds.high), f"Wilson {100 * confidence:g} %")


def wilson_low(part: ArrayLike, whole: ArrayLike, confidence: float = 0.95) -> np.ndarray:
    """Return the lower bounds of `wilson_interval` for many shares; 0 where there is no case."""
    n = np.asarray(whole, float)
    share, z = divide(part, n, 0), stats.norm.isf((1 - confidence) / 2)
    middle = share + divide(z**2 / 2, n, 0)
    spread = z * np.sqrt(divide(share * (1 - share), n, 0) + divide(z**2 / 4, n**2, 0))
    return np.asarray(np.maximum(middle - spread, 0) / (1 + divide(z**2, n, 0)))


def ratio_interval(
    part: ArrayLike,
    whole: ArrayLike,
    *,
    confidence: float = 0.95,
    method: IntervalMethod = "BCa",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
    expand: bool = True,
) -> Interval:
    """Return an interval for a ratio of sums, by resampling the units it is summed over.

    Parameters
    ----------
    part, whole : array_like of shape (n_units,)
        What is divided by what, for each unit: hits and tokens of documents.
    confidence : float, default 0.95
        Coverage asked for.
    method : {"BCa", "percentile", "basic"}, default "BCa"
        Bias-corrected and accelerated bootstrap, plain percentiles, or these turned about the
        ratio.
    n_resamples : int, default 9999
        How many resamples of the units to draw.
    seed : int, default 0
        Seed of the draws; the same seed gives the same bounds.
    expand : bool, default True
        Widen the interval as Student's t widens one for few units (Hesterberg 2015), since
        bootstrap intervals of few units hold less than they promise.

    Returns
    -------
    Interval
        NaN for both bounds, and the method says why, where there are no tokens, no hits (every
        resample would be 0), fewer than 5 units, or the same rate in every unit.

    References
    ----------
    Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American
    Statistical Association 82(397), 171-185. Hesterberg, T. C. (2015). What teachers should
    know about the bootstrap. The American Statistician 69(4), 371-386.

    Examples
    --------
    >>> from analysis.statistics.intervals import ratio_interval
    >>> low, high, method = ratio_interval([1, 2, 3, 4, 5, 6], [100] * 6, seed=1)
    >>> 0.01 < low < 0.035 < high < 0.06, method
    (True, 'BCa')
    """
    parts, wholes = np.asarray(part, float), np.asarray(whole, float)
    total = wholes.sum()
    if not total > 0:
        return Interval(math.nan, math.nan, "none: no tokens")
    if not parts.any():
        return Interval(math.nan, math.nan, _NO_HITS)
    if len(parts) < FEWEST_UNITS:
        told = "1 unit" if len(parts) == 1 else f"{len(parts)} units"
        return Interval(math.nan, math.nan, f"none: {told}, fewer than {FEWEST_UNITS}")

    def ratio(own: np.ndarray, of: np.ndarray, axis: int = -1) -> np.ndarray:
        return divide(own.sum(axis=axis), of.sum(axis=axis), 0)

    if np.allclose(parts * total, wholes * parts.sum(), rtol=1e-12, atol=0):
        return Interval(math.nan, math.nan, SAME_RATE)
    # BCa needs units that differ in what they weigh; percentiles do not.
    for chosen in (method, "percentile") if method == "BCa" else (method,):
        drawn = stats.bootstrap(
            (parts, wholes),
            ratio,
            paired=True,
            vectorized=True,
            n_resamples=n_resamples,
            batch=max(1, _BATCH // len(parts)),
            confidence_level=expanded_confidence(confidence, len(parts)) if expand else confidence,
            method=chosen,
            rng=np.random.default_rng(seed),
        ).confidence_interval
        if not (math.isnan(drawn.low) or math.isnan(drawn.high)):
            return Interval(float(drawn.low), float(drawn.high), chosen)
    return Interval(math.nan, math.nan, "none: the resamples do not differ")


class Intervals(NamedTuple):
    """Bounds of the differences and of the ratios of two rates, for each measure."""

    low: np.ndarray
    high: np.ndarray
    ratio_low: np.ndarray
    ratio_high: np.ndarray


def expanded_confidence(confidence: float, *n_units: float) -> float:
    """Return the confidence at which a bootstrap interval of few units holds what it promises.

    Parameters
    ----------
    confidence : float
        Coverage asked for.
    *n_units : float
        Units of each group that is resampled, or their effective number.

    Returns
    -------
    float
        A higher confidence; nearly the same for many units.

    References
    ----------
    Hesterberg, T. C. (2015). What teachers should know about the bootstrap. The American
    Statistician 69(4), 371-386.

    Examples
    --------
    >>> from analysis.statistics.intervals import expanded_confidence
    >>> round(expanded_confidence(0.95, 20), 3), round(expanded_confidence(0.95, 1000), 3)
    (0.968, 0.95)
    """
    freedom = sum(n_units) - len(n_units)
    mean = len(n_units) / sum(1 / n for n in n_units)
    wide = special.stdtrit(freedom, (1 + confidence) / 2) * math.sqrt(mean / (mean - 1))
    return float(2 * special.ndtr(wide) - 1)


def effective_units(wholes: ArrayLike) -> float:
    """Return how many units of one size tell as much as these, by the weights of Kish.

    Parameters
    ----------
    wholes : array_like of shape (n_units,)
        What each unit weighs.

    Returns
    -------
    float
        The number of units where all weigh the same, less where some weigh more.

    References
    ----------
    Kish, L. (1965). Survey sampling. Wiley, section 11.7.

    Examples
    --------
    >>> from analysis.statistics.intervals import effective_units
    >>> effective_units([10, 10, 10]), effective_units([30, 10, 10])
    (3.0, 2.272727272727273)
    """
    weights = np.asarray(wholes, float)
    return float(weights.sum() ** 2 / (weights**2).sum())


def resample_rates(
    parts: ArrayLike, wholes: ArrayLike, *, n_resamples: int = N_RESAMPLES, seed: int = 0
) -> np.ndarray:
    """Draw units again, with replacement, and return their rates each time.

    Parameters
    ----------
    parts : array_like of shape (n_units, n_measures)
        Hits of each unit for each measure.
    wholes : array_like of shape (n_units,)
        Tokens of each unit.
    n_resamples : int, default 9999
        How often.
    seed : int, default 0
        Seed of the draws; all measures share them.

    Returns
    -------
    numpy.ndarray of shape (n_measures, n_resamples)
        Ratios of sums, 0 where no tokens were drawn.

    Examples
    --------
    >>> from analysis.statistics.intervals import resample_rates
    >>> resample_rates([[1], [1]], [10, 10], n_resamples=3).tolist()
    [[0.1, 0.1, 0.1]]
    """
    sample = _as_complex(parts, wholes)
    generator = np.random.default_rng(seed)
    n_units = sample.shape[1]
    batch = max(1, _BATCH // (4 * n_units))
    rates = []
    for begin in range(0, n_resamples, batch):
        size = min(batch, n_resamples - begin)
        drawn = generator.integers(n_units, size=(size, n_units))
        flat = (drawn + n_units * np.arange(size)[:, None]).ravel()
        weights = np.bincount(flat, minlength=size * n_units).reshape(size, n_units)
        # Sums of whole numbers, which are exact in whatever order they are added.
        rates.append(_rate(sample @ weights.T))
    return np.concatenate(rates, axis=1)


def difference_intervals(
    one: tuple[ArrayLike, ArrayLike],
    two: tuple[ArrayLike, ArrayLike],
    resampled: tuple[np.ndarray, np.ndarray],
    *,
    confidence: float = 0.95,
    method: Literal["BCa", "percentile"] = "BCa",
    expand: bool = True,
) -> Intervals:
    """Return intervals for differences and ratios of two rates.

    Parameters
    ----------
    one, two : (array_like of shape (n_units, n_measures), array_like of shape (n_units,))
        Hits for each measure, and tokens, of the units of either group.
    resampled : pair of numpy.ndarray of shape (n_measures, n_resamples)
        What `resample_rates` made of the two, from different seeds.
    confidence : float, default 0.95
        Coverage asked for.
    method : {"BCa", "percentile"}, default "BCa"
        The bootstrap; percentiles stand in where BCa is undefined.
    expand : bool, default True
        Widen the intervals for few units, as `expanded_confidence` says.

    Returns
    -------
    Intervals
        NaN where neither rate varies, as `explain_missing` says, and for a ratio whose second
        rate may be 0.

    References
    ----------
    Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American
    Statistical Association 82(397), 171-185.

    Examples
    --------
    >>> from analysis.statistics.intervals import difference_intervals, resample_rates
    >>> group = ([[1], [2], [3], [4], [5]], [100] * 5)
    >>> drawn = resample_rates(*group, seed=1), resample_rates(*group, seed=2)
    >>> intervals = difference_intervals(group, group, drawn)
    >>> bool(intervals.low[0] < 0 < intervals.high[0])
    True
    """
    samples = [_as_complex(*group) for group in (one, two)]
    if expand:
        confidence = expanded_confidence(confidence, *(sample.shape[1] for sample in samples))
    bounds = np.full((4, samples[0].shape[0]), np.nan)
    for measure in range(samples[0].shape[0]):
        data = tuple(sample[measure] for sample in samples)
        first, second = (rates[measure] for rates in resampled)
        if _all_the_same((first, second)):
            continue
        bounds[:2, measure] = _bounds(data, _rate_difference, first - second, confidence, method)
        if (second > 0).all():
            bounds[2:, measure] = _bounds(data, _rate_ratio, first / second, confidence, method)
    return Intervals(*bounds)


def change_intervals(
    cells: Sequence[tuple[ArrayLike, ArrayLike]],
    *,
    confidence: float = 0.95,
    method: Literal["BCa", "percentile"] = "BCa",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """Return intervals for the change of a rate, or for the difference of two changes.

    Parameters
    ----------
    cells : sequence of two or four (parts, wholes)
        A group before and after, and a second one. Each of the cells is resampled by itself.
    confidence, method, n_resamples, seed
        As in `difference_intervals` and `resample_rates`; widened for few units.

    Returns
    -------
    low, high : numpy.ndarray of shape (n_measures,)
        NaN where no rate varies, as `explain_missing` says.

    Examples
    --------
    >>> from analysis.statistics.intervals import change_intervals
    >>> cell = ([[1], [2], [3], [4], [5]], [100] * 5)
    >>> low, high = change_intervals([cell] * 4, n_resamples=999)
    >>> bool(low[0] < 0 < high[0])
    True
    """
    samples = [_as_complex(*cell) for cell in cells]
    confidence = expanded_confidence(confidence, *(sample.shape[1] for sample in samples))
    seeds = np.random.SeedSequence(seed).generate_state(len(cells)).tolist()
    resampled = [
        resample_rates(*cell, n_resamples=n_resamples, seed=own)
        for cell, own in zip(cells, seeds, strict=True)
    ]
    bounds = np.full((2, samples[0].shape[0]), np.nan)
    for measure, rates in enumerate(zip(*resampled, strict=True)):
        if not _all_the_same(rates):
            data = tuple(sample[measure] for sample in samples)
            bounds[:, measure] = _bounds(
                data, _changes_of, compared_changes(*rates), confidence, method
            )
    return bounds[0], bounds[1]


def explain_missing(made: str, low: np.ndarray, n_hits: np.ndarray) -> np.ndarray:
    """Say of each measure how its interval was made or, without bounds, why there is none."""
    return np.where(~np.isnan(low), made, np.where(n_hits > 0, SAME_RATE, _NO_HITS))


def _all_the_same(resampled: Sequence[np.ndarray]) -> bool:
    # Quotients of different sums may differ in their last digit.
    return all(np.allclose(own, own[0], rtol=1e-12, atol=0) for own in resampled)


def _as_complex(parts: ArrayLike, wholes: ArrayLike) -> np.ndarray:
    """Put hits and tokens of a unit into one number, so that they are drawn together."""
    hits, tokens = np.asarray(parts, float), np.asarray(wholes, float)
    return (hits + 1j * tokens[:, None]).T


def _rate(sums: np.ndarray) -> np.ndarray:
    return divide(sums.real, sums.imag, 0)


def _rate_difference(one: np.ndarray, two: np.ndarray, axis: int = -1) -> np.ndarray:
    return _rate(one.sum(axis=axis)) - _rate(two.sum(axis=axis))


def _changes_of(*cells: np.ndarray, axis: int = -1) -> np.ndarray:
    return compared_changes(*(_rate(cell.sum(axis=axis)) for cell in cells))


def compared_changes(*rates: np.ndarray) -> np.ndarray:
    """Return the change from before to after, of two groups the difference of their changes."""
    changes = [after - before for before, after in zip(rates[::2], rates[1::2], strict=True)]
    return changes[0] if len(changes) == 1 else changes[0] - changes[1]


def _rate_ratio(one: np.ndarray, two: np.ndarray, axis: int = -1) -> np.ndarray:
    return divide(_rate(one.sum(axis=axis)), _rate(two.sum(axis=axis)))


def _bounds(
    data: tuple[np.ndarray, ...],
    statistic: Callable[..., np.ndarray],
    distribution: np.ndarray,
    confidence: float,
    method: str,
) -> tuple[float, float]:
    """Let SciPy make an interval of resamples that are drawn already."""
    if np.ptp(distribution) == 0:
        return math.nan, math.nan
    own = {"paired": False, "vectorized": True, "confidence_level": confidence}
    # What is undefined is null, and tried by percentiles.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        # Only its form is used; what it draws itself may be undefined.
        one = stats.bootstrap(data, statistic, n_resamples=2, method="percentile", **own)
        drawn = replace(one, bootstrap_distribution=distribution)
        for chosen in dict.fromkeys((method, "percentile")):
            bounds = stats.bootstrap(
                data, statistic, n_resamples=0, bootstrap_result=drawn, method=chosen, **own
            ).confidence_interval
            if not (math.isnan(bounds.low) or math.isnan(bounds.high)):
                break
    return float(bounds.low), float(bounds.high)
