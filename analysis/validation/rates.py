"""Precision, recall and the like as sums by document and a formula, so that they have intervals."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from sklearn.metrics import roc_auc_score

from analysis.statistics.intervals import Interval
from analysis.statistics.sums import divide, sums_of
from analysis.validation.coefficients import Coefficient
from analysis.validation.resampling import document_interval

# A table of sums by document for each distinct score; more are put into as many bins, which
# move an area by less than 1 in 800.
_MOST_BINS = 400


def share(part: ArrayLike, whole: ArrayLike, document: ArrayLike) -> Coefficient:
    """Return a share of weighted sums."""
    sums = sums_of(document, part, whole)
    return Coefficient(sums, lambda drawn: divide(drawn[..., 0], drawn[..., 1]))


def share_interval(
    coefficient: Coefficient, *, confidence: float, n_resamples: int, seed: int
) -> Interval:
    """Return an interval for a share, also where it is 0 or 1 and resamples say nothing."""
    value = value_of(coefficient)
    if value not in (0.0, 1.0):
        return document_interval(
            coefficient, confidence=confidence, n_resamples=n_resamples, seed=seed
        )
    n_documents = int((coefficient.sums[:, 1] > 0).sum())
    test = stats.binomtest(int(value) * n_documents, n_documents)
    bounds = test.proportion_ci(confidence, method="exact")
    told = f"exact binomial {100 * confidence:g} %, documents as units"
    return Interval(float(bounds.low), float(bounds.high), told)


def value_of(coefficient: Coefficient) -> float:
    """Return a measure of all documents, each taken once."""
    return float(coefficient.formula(coefficient.sums.sum(axis=0, keepdims=True))[0])


def exact_area(positive: ArrayLike, score: ArrayLike, weight: ArrayLike) -> float:
    """Return the area under the curve of scores as they are, put into no bins."""
    chosen = np.asarray(positive, bool)
    if chosen.all() or not chosen.any():
        return float("nan")
    return float(roc_auc_score(chosen, np.asarray(score, float), sample_weight=weight))


def area_under_curve(
    positive: ArrayLike, score: ArrayLike, weight: ArrayLike, document: ArrayLike
) -> Coefficient:
    """Return the chance that a positive unit has a higher score than a negative one."""
    values = np.asarray(score, float)
    distinct, place = np.unique(values, return_inverse=True)
    if len(distinct) > _MOST_BINS:
        edges = np.unique(np.quantile(values, np.linspace(0, 1, _MOST_BINS + 1)[1:-1]))
        place = np.searchsorted(edges, values, side="right")
    n_bins = int(place.max(initial=0)) + 1
    chosen, weights = np.asarray(positive, bool), np.asarray(weight, float)
    number = np.asarray(document, int)
    n_documents = int(number.max(initial=-1)) + 1
    sums = np.zeros((n_documents, 2 * n_bins))
    np.add.at(sums, (number, place + n_bins * ~chosen), weights)

    def formula(drawn: np.ndarray) -> np.ndarray:
        above, below = drawn[..., :n_bins], drawn[..., n_bins:]
        beaten = np.cumsum(below, axis=-1) - below / 2
        return divide((above * beaten).sum(axis=-1), above.sum(axis=-1) * below.sum(axis=-1))

    return Coefficient(sums, formula)
