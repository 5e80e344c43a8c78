"""Coefficients of agreement: units → sums for each document, and the formula on such sums.

Written so, a coefficient of thousands of resamples is one product of matrices, and the
value and its interval come of the same formula.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from analysis.statistics.sums import divide, sums_of
from analysis.validation.coding import Units, distances

_Weights = Literal["none", "linear", "quadratic"]


class Coefficient(NamedTuple):
    """What a coefficient needs: sums (documents by terms), and its formula."""

    sums: np.ndarray
    formula: Callable[[np.ndarray], np.ndarray]


def _krippendorff_alpha(units: Units) -> Coefficient:
    """Return Krippendorff's alpha at the level of the scale."""
    if units.scale.level == "ordinal":
        return _ordinal_alpha(units)
    squares = distances(units.scale) ** 2
    sizes = units.counts.sum(axis=1)
    observed = ((units.counts @ squares) * units.counts).sum(axis=1) / (sizes - 1)

    def formula(sums: np.ndarray) -> np.ndarray:
        given = sums[:, 1:]
        expected = ((given @ squares) * given).sum(axis=1)
        return 1 - (given.sum(axis=1) - 1) * _divide(sums[:, 0], expected, _vary(given))

    return Coefficient(_by_document(units, observed, units.counts), formula)


def percent_agreement(units: Units) -> Coefficient:
    """Return the share of pairs of coders that agree, averaged over units."""
    return Coefficient(
        _by_document(units, np.ones(len(units.counts)), _agreeing(units)),
        lambda sums: divide(sums[:, 1], sums[:, 0]),
    )


def _uniform_kappa(units: Units) -> Coefficient:
    """Return agreement beyond that of codes drawn evenly: Bennett's S, Randolph's kappa."""
    n_labels = len(units.scale.labels)
    agreement = percent_agreement(units)

    def formula(sums: np.ndarray) -> np.ndarray:
        return (agreement.formula(sums) - 1 / n_labels) / (1 - 1 / n_labels)

    return Coefficient(agreement.sums, formula)


def _pooled_kappa(units: Units) -> Coefficient:
    """Return agreement beyond that of codes drawn from all: Scott's pi, Fleiss' kappa."""
    shares = units.counts / units.counts.sum(axis=1, keepdims=True)

    def formula(sums: np.ndarray) -> np.ndarray:
        drawn = sums[:, :1]
        shares = divide(sums[:, 2:], drawn, 0)
        expected = (shares**2).sum(axis=1)
        observed = divide(sums[:, 1], sums[:, 0])
        return _divide(observed - expected, 1 - expected, _vary(shares))

    return Coefficient(
        _by_document(units, np.ones(len(units.counts)), _agreeing(units), shares), formula
    )


def _cohen_kappa(units: Units, weights: _Weights = "none") -> Coefficient:
    """Return Cohen's kappa of two coders, also weighted by how far apart their codes are."""
    apart = distances(units.scale)
    weight = {"none": (apart > 0).astype(float), "linear": apart, "quadratic": apart**2}[weights]
    first, second = units.pairs.T
    n_labels = len(weight)
    own = np.eye(n_labels)

    def formula(sums: np.ndarray) -> np.ndarray:
        one, two = sums[:, 2 : 2 + n_labels], sums[:, 2 + n_labels :]
        expected = ((one @ weight) * two).sum(axis=1)
        return 1 - sums[:, 0] * _divide(sums[:, 1], expected, _vary(one + two))

    ones = np.ones(len(first))
    return Coefficient(
        _by_document(units, ones, weight[first, second], own[first], own[second]), formula
    )


COEFFICIENTS: Mapping[str, Callable[[Units], Coefficient]] = {
    "Krippendorff's alpha": _krippendorff_alpha,
    "percent agreement": percent_agreement,
    "Cohen's kappa": _cohen_kappa,
    "Cohen's kappa, linear weights": partial(_cohen_kappa, weights="linear"),
    "Cohen's kappa, quadratic weights": partial(_cohen_kappa, weights="quadratic"),
    "Scott's pi": _pooled_kappa,
    "Bennett's S": _uniform_kappa,
    "Fleiss' kappa": _pooled_kappa,
    "Randolph's kappa": _uniform_kappa,
}


def _ordinal_alpha(units: Units) -> Coefficient:
    """Return alpha with distances that hang on how often the labels between are used."""
    unit, label = np.nonzero(units.counts)
    of_label = pd.DataFrame({"unit": unit, "label": label, "n": units.counts[unit, label]})
    pairs = of_label.merge(of_label, on="unit", suffixes=("", "_other"))
    pairs = pairs[pairs["label"] < pairs["label_other"]]
    keys, place = np.unique(pairs[["label", "label_other"]].to_numpy(), axis=0, return_inverse=True)
    sizes = units.counts.sum(axis=1)[pairs["unit"]]
    disagreeing = np.zeros((len(units.counts), len(keys)))
    # Either of the two may come first.
    disagreeing[pairs["unit"], place.reshape(-1)] = 2 * pairs["n"] * pairs["n_other"] / (sizes - 1)

    def formula(sums: np.ndarray) -> np.ndarray:
        given = sums[:, len(keys) :]
        total = given.sum(axis=1)
        ranks = given.cumsum(axis=1) - given / 2
        mean = divide((given * ranks).sum(axis=1), total)
        # The sum of all squared differences, by the variance of the ranks.
        expected = 2 * total * (given * (ranks - mean[:, None]) ** 2).sum(axis=1)
        observed = (sums[:, : len(keys)] * (ranks[:, keys[:, 0]] - ranks[:, keys[:, 1]]) ** 2).sum(
            axis=1
        )
        return 1 - (total - 1) * _divide(observed, expected, _vary(given))

    return Coefficient(_by_document(units, disagreeing, units.counts), formula)


def _agreeing(units: Units) -> np.ndarray:
    """Return for each unit the share of pairs of coders that agree."""
    sizes = units.counts.sum(axis=1)
    return (units.counts * (units.counts - 1)).sum(axis=1) / (sizes * (sizes - 1))


def _by_document(units: Units, *terms: np.ndarray) -> np.ndarray:
    return sums_of(units.document, *np.column_stack(terms).T)


def _vary(given: np.ndarray) -> np.ndarray:
    """Tell where at least two labels were used: exactly, where a difference of sums is not."""
    return (given > 0).sum(axis=1) > 1


def _divide(part: np.ndarray, whole: np.ndarray, defined: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=defined)
