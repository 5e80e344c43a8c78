"""Intervals of coefficients, by resampling whole documents."""

import math
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.intervals import FEWEST_UNITS, Interval, expanded_level
from analysis.validation.coefficients import Coefficient

# With more resamples undefined than this share, the others no longer stand for all.
_MOST_UNDEFINED = 0.05
# Numbers held at a time.
_BATCH = 5_000_000


def document_interval(
    coefficient: Coefficient, *, confidence: float, n_resamples: int, seed: int
) -> Interval:
    """Return an interval for a coefficient by drawing documents anew, with replacement.

    Parameters
    ----------
    coefficient : Coefficient
        Sums by document, and the formula on them.
    confidence : float
        Coverage asked for. The interval is widened for few documents, as
        `analysis.statistics.intervals.expanded_level` says.
    n_resamples : int
        How often all documents are drawn anew.
    seed : int
        Seed of the draws.

    Returns
    -------
    Interval
        BCa bounds, or percentiles where BCa is undefined; NaN with fewer than 5 documents,
        where all resamples give one value, or where more than 5 % of them give none.

    References
    ----------
    Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American
    Statistical Association 82(397), 171-185. Field, C. A., & Welsh, A. H. (2007).
    Bootstrapping clustered data. Journal of the Royal Statistical Society B 69(3), 369-390.

    Examples
    --------
    >>> import numpy as np
    >>> from analysis.validation.coefficients import Coefficient
    >>> from analysis.validation.resampling import document_interval
    >>> sums = np.array([[10.0, n] for n in range(10)])
    >>> share = Coefficient(sums, lambda sums: sums[:, 1] / sums[:, 0])
    >>> low, high, method = document_interval(share, confidence=0.95, n_resamples=999, seed=1)
    >>> bool(low < 0.45 < high), method
    (True, 'BCa 95 %, documents resampled')
    """
    sums, formula = coefficient
    n_documents = len(sums)
    if n_documents < FEWEST_UNITS:
        return _none(f"{n_documents} documents, fewer than {FEWEST_UNITS}")

    def statistic(drawn: np.ndarray, axis: int = -1) -> np.ndarray:
        drawn = np.moveaxis(drawn, axis, -1)
        rows = drawn.reshape(-1, drawn.shape[-1]).astype(np.int64)
        flat = (rows + n_documents * np.arange(len(rows))[:, None]).ravel()
        weights = np.bincount(flat, minlength=len(rows) * n_documents)
        return formula(weights.reshape(len(rows), n_documents) @ sums).reshape(drawn.shape[:-1])

    def bootstrap(method: str, drawn: Any = None) -> Any:
        # Where bounds are undefined, it is told in words below.
        with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):
            warnings.simplefilter("ignore", stats.DegenerateDataWarning)
            return stats.bootstrap(
                (np.arange(n_documents),),
                statistic,
                vectorized=True,
                n_resamples=n_resamples if drawn is None else 0,
                bootstrap_result=drawn,
                batch=max(1, _BATCH // max(sums.shape)),
                confidence_level=expanded_level(confidence, n_documents),
                method=method,
                rng=np.random.default_rng(seed),
            )

    drawn = bootstrap("percentile")
    values = drawn.bootstrap_distribution
    defined = values[~np.isnan(values)]
    n_undefined = len(values) - len(defined)
    if n_undefined > _MOST_UNDEFINED * len(values):
        return _none(f"in {n_undefined:,} of {len(values):,} resamples it is undefined")
    if np.ptp(defined) < 1e-12:
        return _none("every resample has the same value")
    told = f"{100 * confidence:g} %, documents resampled"
    if n_undefined:
        told += f"; {n_undefined:,} resamples in which it is undefined left out"
    drawn = replace(drawn, bootstrap_distribution=defined)
    for method in ("BCa", "percentile"):
        low, high = bootstrap(method, drawn).confidence_interval
        if not (math.isnan(low) or math.isnan(high)):
            break
    return Interval(float(low), float(high), f"{method} {told}")


def _none(why: str) -> Interval:
    return Interval(math.nan, math.nan, f"none: {why}")
