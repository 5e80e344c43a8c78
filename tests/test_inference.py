"""Intervals and tests, held to reference values and to slow computations of their own."""

import json
import math
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from analysis.inference import (
    adjust_p,
    cliffs_delta,
    difference_intervals,
    permutation_test,
    ratio_interval,
    resample_rates,
)

SHORT = {"BH": "Benjamini-Hochberg", "BY": "Benjamini-Yekutieli", "holm": "Holm"}


@pytest.fixture
def cases(cases_folder: Path) -> dict[str, dict[str, Any]]:
    listed = json.loads((cases_folder / "statistics_cases.json").read_text("utf-8"))["cases"]
    return {case["id"]: case for case in listed}


def as_floats(values: list[float | None]) -> np.ndarray:
    return np.array([math.nan if value is None else value for value in values])


def test_adjusted_p_values_equal_the_reference_cases(cases: dict[str, dict[str, Any]]) -> None:
    """T08, T09."""
    own = {name: case for name, case in cases.items() if case["family"] == "multiple_testing"}
    assert len(own) == 7
    for name, case in own.items():
        method = case["statistic"].removeprefix("p_adjust_")
        adjusted = adjust_p(as_floats(case["input"]["p"]), SHORT.get(method, "Hochberg"))
        np.testing.assert_allclose(
            adjusted, as_floats(case["expected"]), rtol=0, atol=case["abs_tol"], err_msg=name
        )


def test_p_values_outside_their_range_and_unknown_methods_are_refused() -> None:
    with pytest.raises(ValueError, match="outside 0 to 1"):
        adjust_p([0.5, 1.2])
    with pytest.raises(ValueError, match="unknown"):
        adjust_p([0.5], "Bonferroni-ish")
    assert adjust_p([0.5, 0.1], "none").tolist() == [0.5, 0.1]
    assert adjust_p([]).tolist() == []


@pytest.mark.parametrize(
    "name", ["perm_3v3_minimum", "perm_ties_zero_difference", "perm_float_ties"]
)
def test_exact_permutation_tests_equal_the_reference_cases(
    cases: dict[str, dict[str, Any]], name: str
) -> None:
    """T03."""
    given = cases[name]["input"]
    values = np.array([*given["x"], *given["y"]])[:, None]
    first = np.arange(len(values)) < len(given["x"])
    test = permutation_test(values, np.ones(len(values)), first)
    assert test.p[0] == pytest.approx(cases[name]["expected"], abs=1e-12)
    assert test.method == "exact permutation"


def test_ties_of_floats_count_as_ties() -> None:
    """T03."""
    values = [[0.1], [0.2], [0.5], [0.4], [0.6], [0.3]]
    assert permutation_test(values, [1] * 6, [1, 1, 1, 0, 0, 0]).p[0] == pytest.approx(0.4)


def test_a_random_p_value_is_never_zero() -> None:
    """T01."""
    hits = np.r_[np.full(30, 50.0), np.zeros(30)][:, None]
    test = permutation_test(hits, np.full(60, 100.0), np.arange(60) < 30, n_resamples=999)
    assert test.p[0] == test.smallest == 0.001
    assert test.method == "999 random permutations"


def test_exact_and_slow_enumeration_agree_on_ratios_of_sums() -> None:
    generator = np.random.default_rng(5)
    tokens = generator.integers(50, 500, 9).astype(float)
    hits = generator.poisson(tokens * 0.02)[:, None].astype(float)
    first = np.arange(9) < 4

    def difference(chosen: list[int]) -> float:
        rest = [n for n in range(9) if n not in chosen]
        return hits[chosen].sum() / tokens[chosen].sum() - hits[rest].sum() / tokens[rest].sum()

    observed = abs(difference([0, 1, 2, 3]))
    every = [abs(difference(list(chosen))) for chosen in combinations(range(9), 4)]
    expected = np.mean([value >= observed - 1e-12 for value in every])
    test = permutation_test(hits, tokens, first)
    assert test.p[0] == pytest.approx(expected)
    assert test.smallest == pytest.approx(1 / 126)


def test_random_permutations_come_near_the_exact_p() -> None:
    generator = np.random.default_rng(8)
    hits = generator.poisson(3, (12, 1)).astype(float)
    exact = permutation_test(hits, np.full(12, 100.0), np.arange(12) < 6)
    drawn = permutation_test(hits, np.full(12, 100.0), np.arange(12) < 6, n_resamples=500)
    assert (exact.method, drawn.method) == ("exact permutation", "500 random permutations")
    assert drawn.p[0] == pytest.approx(exact.p[0], abs=0.08)


def test_an_empty_group_is_refused() -> None:
    """S13."""
    with pytest.raises(ValueError, match="at least one unit"):
        permutation_test([[1], [2]], [1, 1], [True, True])


def test_no_hits_give_the_exact_bound_of_a_poisson_rate(cases: dict[str, dict[str, Any]]) -> None:
    """T05."""
    case = cases["boot_zero_hits"]
    own = ratio_interval([0] * 10, [case["input"]["words"] / 10] * 10)
    assert own.low == 0
    assert own.high * 1000 == pytest.approx(case["expected"], abs=case["abs_tol"])
    assert own.method == "exact Poisson"


@pytest.mark.parametrize(
    ("name", "method"), [("boot_R_BCa", "BCa"), ("boot_R_percentile", "percentile")]
)
def test_intervals_of_a_mean_equal_those_of_r(
    cases: dict[str, dict[str, Any]], name: str, method: str
) -> None:
    values = cases[name]["input"]["x"]
    own = ratio_interval(
        values, [1] * len(values), method=method, n_resamples=50_000, seed=3, expand=False
    )
    tolerance = 2 * cases[name]["abs_tol"]
    np.testing.assert_allclose(own[:2], cases[name]["expected"], rtol=0, atol=tolerance)


def test_an_interval_of_few_units_is_refused_with_the_reason() -> None:
    """T06."""
    own = ratio_interval([1, 2, 3], [100, 100, 100])
    assert math.isnan(own.low)
    assert own.method == "none: 3 units, fewer than 5"
    assert ratio_interval([], []).method == "none: no tokens"
    assert ratio_interval([2] * 9, [100] * 9).method == "none: every unit has the same rate"


def test_an_interval_is_the_same_for_the_same_seed() -> None:
    hits, tokens = np.arange(40) % 7, 80 + np.arange(40) % 11
    assert ratio_interval(hits, tokens, seed=4) == ratio_interval(hits, tokens, seed=4)
    assert ratio_interval(hits, tokens, seed=4) != ratio_interval(hits, tokens, seed=5)


def two_groups() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    generator = np.random.default_rng(3)
    groups = []
    for n_units in (40, 30):
        tokens = generator.integers(200, 900, n_units).astype(float)
        means = tokens[:, None] * 0.01 * generator.gamma(2, 0.5, (n_units, 1))
        groups.append((generator.poisson(means, (n_units, 2)).astype(float), tokens))
    return groups[0], groups[1]


@pytest.mark.parametrize("method", ["BCa", "percentile"])
def test_intervals_of_differences_equal_those_of_scipy(method: str) -> None:
    one, two = two_groups()
    drawn = (
        resample_rates(*one, n_resamples=40_000, seed=1),
        resample_rates(*two, n_resamples=40_000, seed=2),
    )
    own = difference_intervals(one, two, drawn, method=method, expand=False)

    def difference(a: np.ndarray, b: np.ndarray) -> float:
        first, second = a.astype(int), b.astype(int)
        return (
            one[0][first, 0].sum() / one[1][first].sum()
            - two[0][second, 0].sum() / two[1][second].sum()
        )

    slow = stats.bootstrap(
        (np.arange(40), np.arange(30)),
        difference,
        n_resamples=6_000,
        vectorized=False,
        method=method,
        rng=np.random.default_rng(9),
    ).confidence_interval
    width = slow.high - slow.low
    assert own.low[0] == pytest.approx(slow.low, abs=0.04 * width)
    assert own.high[0] == pytest.approx(slow.high, abs=0.04 * width)
    assert own.ratio_low[0] < own.ratio_high[0]


def test_a_ratio_to_nothing_has_no_interval() -> None:
    one, _ = two_groups()
    nothing = (np.zeros((30, 2)), np.full(30, 100.0))
    drawn = resample_rates(*one, seed=1), resample_rates(*nothing, seed=2)
    own = difference_intervals(one, nothing, drawn)
    assert np.isnan(own.ratio_low).all()
    assert (own.low > 0).all()


def test_cliffs_delta_equals_the_slow_count() -> None:
    generator = np.random.default_rng(1)
    one, two = generator.integers(0, 6, 20), generator.integers(1, 8, 15)
    pairs = [np.sign(a - b) for a in one for b in two]
    assert cliffs_delta(one, two) == pytest.approx(np.mean(pairs))
    assert math.isnan(cliffs_delta([], [1]))
