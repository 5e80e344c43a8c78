"""Matched rates, held to sums as textbooks write them, and to a test of pairs."""

import numpy as np
import pytest
from scipy import stats

from analysis.statistics.strata import matched_intervals, matched_rates


def test_matched_rates_are_those_of_mantel_and_haenszel() -> None:
    """Sums over strata, as textbooks write the ratio and the difference of rates."""
    generator = np.random.default_rng(3)
    weeks = generator.integers(4, size=11), generator.integers(4, size=13)
    one, two = (
        (generator.poisson(3, (len(own), 2)).astype(float), generator.integers(50, 99, len(own)))
        for own in weeks
    )
    of_a, of_b, weights = matched_rates(one, two, weeks)
    for measure in range(2):
        numerator = denominator = difference = weight = 0.0
        for week in range(4):
            a, n_a = one[0][weeks[0] == week, measure].sum(), one[1][weeks[0] == week].sum()
            b, n_b = two[0][weeks[1] == week, measure].sum(), two[1][weeks[1] == week].sum()
            numerator += a * n_b / (n_a + n_b)
            denominator += b * n_a / (n_a + n_b)
            difference += (a * n_b - b * n_a) / (n_a + n_b)
            weight += n_a * n_b / (n_a + n_b)
        assert of_a[:, measure].sum() / of_b[:, measure].sum() == pytest.approx(
            numerator / denominator
        )
        rates = (own[:, measure].sum() / weights.sum() for own in (of_a, of_b))
        assert np.subtract(*rates) == pytest.approx(difference / weight)


def test_matched_intervals_of_even_weights_are_those_of_a_t_test() -> None:
    generator = np.random.default_rng(4)
    one, two = generator.gamma(5, 1, (8, 1)), generator.gamma(4, 1, (8, 1))
    own = matched_intervals(one, two, np.ones(8))
    expected = stats.ttest_rel(one[:, 0], two[:, 0]).confidence_interval(0.95)
    assert (own.low[0], own.high[0]) == pytest.approx(tuple(expected))
    assert own.ratio_low[0] < one.sum() / two.sum() < own.ratio_high[0]


def test_matched_intervals_are_wider_where_one_stratum_weighs_most() -> None:
    one, two = np.array([[3.0], [1], [2], [4], [2]]), np.array([[1.0], [2], [1], [1], [2]])
    even = matched_intervals(one, two, np.full(5, 2.0))
    uneven = matched_intervals(one, two, np.array([0.5, 0.5, 0.5, 8, 0.5]))
    assert uneven.high[0] - uneven.low[0] > even.high[0] - even.low[0]
    nothing = matched_intervals(one, np.zeros((5, 1)), np.full(5, 2.0))
    assert np.isnan(nothing.ratio_low).all()
    same = matched_intervals(one, one, np.full(5, 2.0))
    assert np.isnan([same.low, same.high]).all()
