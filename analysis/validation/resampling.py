"""Intervals of coefficients, by resampling whole documents."""

import math
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.intervals import FEWEST_UNITS, Interval, expanded_confidence
from analysis.validation.coefficients import Coefficient

# With more resamples undefined than this share, the others no longer stand for all.
_MOST_UNDEFINED = 0.05
# Numbers held at a time.
_BATCH = 5_000_000


def document_interval(
    coefficient: Coefficient, *, confidence: float, n_resamples: int, seed: int
) -> Interval:
    """Return an interval for a coefficient by drawing documents again, with replacement."""
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
                confidence_level=expanded_confidence(confidence, n_documents),
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
