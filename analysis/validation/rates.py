"""Precision, recall and the like as sums by document and a formula, so that they have intervals."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from sklearn.metrics import roc_auc_score

from analysis.statistics.intervals import Interval
from analysis.validation.coefficients import Coefficient
from analysis.validation.resampling import document_interval

# A table of sums by document for each distinct score; more are put into as many bins, which
# move an area by less than 1 in 800.
_MOST_BINS = 400


def share(part: ArrayLike, whole: ArrayLike, document: ArrayLike) -> Coefficient:
    """Return a share of weighted sums.

    Parameters
    ----------
    part, whole : array_like of shape (n_units,)
        Weights that count above and below the line.
    document : array_like of int of shape (n_units,)
        Number of each unit's document.

    Returns
    -------
    Coefficient
        One measure by documents.

    Examples
    --------
    >>> from analysis.validation.rates import share
    >>> sums, formula = share([1, 0, 1], [1, 1, 1], [0, 0, 1])
    >>> formula(sums.sum(axis=0, keepdims=True)).round(2).tolist()
    [0.67]
    """
    sums = by_document(document, part, whole)
    return Coefficient(sums, lambda drawn: divide(drawn[..., 0], drawn[..., 1]))


def share_interval(
    coefficient: Coefficient, *, confidence: float, n_resamples: int, seed: int
) -> Interval:
    """Return an interval for a share, also where it is 0 or 1 and resamples say nothing.

    Parameters
    ----------
    coefficient : Coefficient
        What `share` returned.
    confidence : float
        Coverage asked for.
    n_resamples : int
        How often documents are drawn anew.
    seed : int
        Seed of the draws.

    Returns
    -------
    Interval
        By documents drawn anew. For a share of 0 or 1 the exact binomial bounds of as many
        trials as documents count for it: no more than that is known if the paragraphs of a
        document are alike.

    References
    ----------
    Clopper, C. J., & Pearson, E. S. (1934). The use of confidence or fiducial limits
    illustrated in the case of the binomial. Biometrika 26(4), 404-413.

    Examples
    --------
    >>> from analysis.validation.rates import share, share_interval
    >>> right = share([1] * 8, [1] * 8, [0, 0, 1, 1, 2, 2, 3, 3])
    >>> low, high, method = share_interval(right, confidence=0.95, n_resamples=99, seed=1)
    >>> round(low, 2), high, method
    (0.4, 1.0, 'exact binomial 95 %, documents as units')
    """
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
    """Return a measure of all documents, each taken once.

    Parameters
    ----------
    coefficient : Coefficient
        Sums by document, and the formula on them.

    Returns
    -------
    float

    Examples
    --------
    >>> from analysis.validation.rates import share, value_of
    >>> value_of(share([1, 0, 1, 0], [1, 1, 1, 1], [0, 0, 1, 1]))
    0.5
    """
    return float(coefficient.formula(coefficient.sums.sum(axis=0, keepdims=True))[0])


def exact_area(positive: ArrayLike, score: ArrayLike, weight: ArrayLike) -> float:
    """Return the area under the curve of scores as they are, put into no bins.

    Parameters
    ----------
    positive : array_like of bool of shape (n_units,)
        Which units are coded positive.
    score, weight : array_like of shape (n_units,)
        Their scores and weights.

    Returns
    -------
    float
        NaN where one kind is missing.

    Examples
    --------
    >>> from analysis.validation.rates import exact_area
    >>> exact_area([1, 0, 1, 0], [3, 1, 2, 2], [1, 1, 1, 1])
    0.875
    """
    chosen = np.asarray(positive, bool)
    if chosen.all() or not chosen.any():
        return float("nan")
    return float(roc_auc_score(chosen, np.asarray(score, float), sample_weight=weight))


def area_under_curve(
    positive: ArrayLike, score: ArrayLike, weight: ArrayLike, document: ArrayLike
) -> Coefficient:
    """Return the chance that a positive unit has a higher score than a negative one.

    Of more than 400 distinct scores, those between two quantiles count as tied, so that
    resampling stays quick; `exact_area` gives the value itself.

    Parameters
    ----------
    positive : array_like of bool of shape (n_units,)
        Which units are coded positive.
    score, weight : array_like of shape (n_units,)
        Their scores and weights; ties count half.
    document : array_like of int of shape (n_units,)
        Number of each unit's document.

    Returns
    -------
    Coefficient
        One measure by documents; undefined where one kind is missing.

    References
    ----------
    Hanley, J. A., & McNeil, B. J. (1982). The meaning and use of the area under a receiver
    operating characteristic (ROC) curve. Radiology 143(1), 29-36.

    Examples
    --------
    >>> from analysis.validation.rates import area_under_curve
    >>> sums, formula = area_under_curve([1, 0, 1, 0], [3, 1, 2, 2], [1] * 4, [0, 0, 1, 1])
    >>> formula(sums.sum(axis=0, keepdims=True)).tolist()
    [0.875]
    """
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


def by_document(document: ArrayLike, *columns: ArrayLike) -> np.ndarray:
    """Sum columns of units by document.

    Parameters
    ----------
    document : array_like of int of shape (n_units,)
        Number of each unit's document.
    *columns : array_like of shape (n_units,)
        What to sum.

    Returns
    -------
    numpy.ndarray of shape (n_documents, n_columns)

    Examples
    --------
    >>> from analysis.validation.rates import by_document
    >>> by_document([0, 0, 1], [1, 2, 3]).tolist()
    [[3.0], [3.0]]
    """
    number = np.asarray(document, int)
    return np.column_stack(
        [np.bincount(number, weights=np.asarray(column, float)) for column in columns]
    )


def divide(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Divide, with NaN where there is nothing to divide by.

    Parameters
    ----------
    part, whole : numpy.ndarray
        Of one shape.

    Returns
    -------
    numpy.ndarray

    Examples
    --------
    >>> import numpy as np
    >>> from analysis.validation.rates import divide
    >>> divide(np.array([1.0, 1.0]), np.array([2.0, 0.0])).tolist()
    [0.5, nan]
    """
    undefined = np.full(np.shape(part), np.nan)
    return np.divide(part, whole, out=undefined, where=np.asarray(whole) > 0)
