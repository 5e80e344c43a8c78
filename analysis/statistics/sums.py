"""Sums by unit, and quotients of sums that may be 0."""

import math

import numpy as np
from numpy.typing import ArrayLike


def divide(part: ArrayLike, whole: ArrayLike, otherwise: float = math.nan) -> np.ndarray:
    """Divide where there is something to divide by, that is, more than 0."""
    parts, wholes = np.broadcast_arrays(np.asarray(part, float), np.asarray(whole, float))
    return np.divide(parts, wholes, out=np.full(parts.shape, float(otherwise)), where=wholes > 0)


def sums_of(unit: ArrayLike, *columns: ArrayLike, n_units: int = 0) -> np.ndarray:
    """Sum columns by the number of the unit that each row belongs to."""
    sums = [np.bincount(unit, np.asarray(own, float), n_units) for own in columns]
    return np.column_stack(sums)
