"""Precision, recall and the like as sums by document and a formula, so that they have intervals."""

import numpy as np
from numpy.typing import ArrayLike

from analysis.validation.coefficients import Coefficient

# A table of sums by document for each distinct score; more are put into as many bins.
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


def area_under_curve(
    positive: ArrayLike, score: ArrayLike, weight: ArrayLike, document: ArrayLike
) -> Coefficient:
    """Return the chance that a positive unit has a higher score than a negative one.

    Parameters
    ----------
    positive : array_like of bool of shape (n_units,)
        Which units are coded positive.
    score, weight : array_like of shape (n_units,)
        Their scores; ties count half.
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
