"""Tests and effect sizes, held to reference values and to slow computations of their own."""

import math
from itertools import combinations

import numpy as np
import pytest

from analysis.statistics.significance import (
    adjust_p,
    change_test,
    cliffs_delta,
    permutation_test,
    sign_flip_test,
)
from tests.reference_cases import Case, statistics_cases

METHODS = {
    "BH": "Benjamini-Hochberg",
    "BY": "Benjamini-Yekutieli",
    "holm": "Holm",
    "hochberg": "Hochberg",
}


def as_floats(values: list[float | None]) -> np.ndarray:
    return np.array([math.nan if value is None else value for value in values])


@pytest.mark.parametrize("case", statistics_cases("p_adjust_*"))
def test_adjusted_p_values_equal_the_reference_cases(case: Case) -> None:
    """T08, T09."""
    method = METHODS[case["statistic"].removeprefix("p_adjust_")]
    adjusted = adjust_p(as_floats(case["input"]["p"]), method)
    np.testing.assert_allclose(adjusted, as_floats(case["expected"]), rtol=0, atol=case["abs_tol"])


def test_p_values_outside_their_range_and_unknown_methods_are_refused() -> None:
    with pytest.raises(ValueError, match="outside 0 to 1"):
        adjust_p([0.5, 1.2])
    with pytest.raises(ValueError, match="unknown"):
        adjust_p([0.5], "Bonferroni-ish")
    assert adjust_p([0.5, 0.1], "none").tolist() == [0.5, 0.1]
    assert adjust_p([]).tolist() == []


@pytest.mark.parametrize("case", statistics_cases("exact two-sided p*"))
def test_exact_permutation_tests_equal_the_reference_cases(case: Case) -> None:
    """T03."""
    given = case["input"]
    values = np.array([*given["x"], *given["y"]])[:, None]
    first = np.arange(len(values)) < len(given["x"])
    test = permutation_test(values, np.ones(len(values)), first)
    assert test.p[0] == pytest.approx(case["expected"], abs=1e-12)
    assert test.method == "exact permutation"


def test_ties_of_floats_count_as_ties() -> None:
    """T03."""
    values = [[0.1], [0.2], [0.5], [0.4], [0.6], [0.3]]
    assert permutation_test(values, [1] * 6, [1, 1, 1, 0, 0, 0]).p[0] == pytest.approx(0.4)


@pytest.mark.parametrize("case", statistics_cases("p from B random permutations*"))
def test_a_random_p_value_is_never_zero(case: Case) -> None:
    """T01."""
    n_resamples = case["input"]["B"]
    assert case["input"]["b"] == 0
    hits = np.r_[np.full(30, 50.0), np.zeros(30)][:, None]
    test = permutation_test(hits, np.full(60, 100.0), np.arange(60) < 30, n_resamples=n_resamples)
    assert test.p[0] == test.smallest == case["expected"]
    assert test.method == f"{n_resamples} random permutations"


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


def test_cliffs_delta_equals_the_slow_count() -> None:
    generator = np.random.default_rng(1)
    one, two = generator.integers(0, 6, 20), generator.integers(1, 8, 15)
    pairs = [np.sign(a - b) for a in one for b in two]
    assert cliffs_delta(one, two) == pytest.approx(np.mean(pairs))
    assert math.isnan(cliffs_delta([], [1]))


@pytest.mark.parametrize("case", statistics_cases("exact one-sided and two-sided p"))
def test_paired_differences_are_tested_by_turning_their_signs(case: Case) -> None:
    differences = case["input"]["differences"]
    p = sign_flip_test(differences).p[0]
    assert p == pytest.approx(case["expected"][1], abs=1e-12)
    # One side of a symmetric null holds half of it.
    assert p / 2 == pytest.approx(case["expected"][0], abs=1e-12)
    assert sign_flip_test(differences, n_resamples=999, seed=1).p[0] == pytest.approx(p, abs=0.03)
    assert sign_flip_test(differences, n_resamples=99).p[0] >= 0.01


Cell = tuple[np.ndarray, np.ndarray]


def cells_of(sizes: tuple[int, ...], rates: tuple[float, ...], seed: int = 1) -> list[Cell]:
    """Return hits (of one measure) and tokens of units before and after, in two groups."""
    generator = np.random.default_rng(seed)
    cells = []
    for size, rate in zip(sizes, rates, strict=True):
        tokens = generator.integers(50, 150, size)
        cells.append((generator.poisson(rate * tokens)[:, None], tokens))
    return cells


def slow_statistic(cells: list[Cell]) -> float:
    """Return the difference of changes by its standard error, as the formula is written."""
    rates, variance = [], 0.0
    for hits, tokens in cells:
        rate, n = hits.sum() / tokens.sum(), len(tokens)
        residuals = [(h - rate * t) ** 2 for h, t in zip(hits.ravel(), tokens, strict=True)]
        variance += n / (n - 1) * sum(residuals) / tokens.sum() ** 2
        rates.append(rate)
    return ((rates[1] - rates[0]) - (rates[3] - rates[2])) / math.sqrt(variance)


def every_exchange(before: Cell, after: Cell) -> list[list[Cell]]:
    hits, tokens = (np.concatenate(own) for own in zip(before, after, strict=True))
    every = range(len(tokens))
    sides = [(own, tuple({*every} - {*own})) for own in combinations(every, len(before[1]))]
    return [[(hits[[*own]], tokens[[*own]]) for own in side] for side in sides]


@pytest.mark.parametrize("rates", [(0.1, 0.1, 0.1, 0.1), (0.1, 0.3, 0.1, 0.2), (0.1, 0.3, 0.1, 0)])
def test_a_difference_of_changes_is_tested_as_the_slow_version_says(
    rates: tuple[float, ...],
) -> None:
    cells = cells_of((3, 4, 4, 3), rates)
    observed = abs(slow_statistic(cells))
    ways = [every_exchange(*cells[:2]), every_exchange(*cells[2:])]
    drawn = [abs(slow_statistic([*one, *two])) for one in ways[0] for two in ways[1]]
    expected = np.mean([own >= observed - 1e-9 for own in drawn])
    test = change_test(cells, n_resamples=9_999, seed=1)
    assert test.p[0] == pytest.approx(expected, abs=0.02)
    assert (test.smallest, test.method) == (1e-4, "9,999 random permutations, studentised")


def test_an_equal_change_is_no_finding_and_an_unequal_one_is() -> None:
    found = {
        after: np.mean(
            [
                change_test(cells_of((8,) * 4, (0.1, 0.4, 0.1, after), seed), n_resamples=199).p[0]
                <= 0.05
                for seed in range(100)
            ]
        )
        for after in (0.4, 0.1)
    }
    assert found[0.4] <= 0.12
    assert found[0.1] == 1


def test_changes_of_units_that_do_not_differ_are_compared_all_the_same() -> None:
    flat, more = (np.array([[2], [4], [6]]), np.array([20, 40, 60])), (np.ones((3, 1)), np.ones(3))
    # Of the 20 ways to part the first group, two leave either side without variance.
    assert change_test([flat, more, flat, flat]).p[0] == pytest.approx(0.1, abs=0.02)
    assert change_test([flat, more, flat, more], n_resamples=99).p[0] == 1
    nothing = (np.zeros((3, 1)), np.ones(3))
    assert change_test([nothing] * 4, n_resamples=99).p[0] == 1


def test_a_side_of_a_single_unit_has_no_standard_error() -> None:
    with pytest.raises(ValueError, match="at least two units"):
        change_test(cells_of((3, 1, 3, 3), (0.1,) * 4))


def test_signs_of_several_measures_are_turned_each_by_itself() -> None:
    differences = np.array([[1, 0.2], [2, -0.1], [3, 0.3], [4, -0.5], [5, 0.1]])
    test = sign_flip_test(differences)
    assert test.p.tolist() == [sign_flip_test(own).p[0] for own in differences.T]
    assert (test.smallest, test.method) == (2 / 32, "all signs turned")
    drawn = sign_flip_test(np.arange(1, 30), n_resamples=999)
    assert drawn.p[0] == drawn.smallest == 2 / 1_000
    assert drawn.method == "999 random turns of signs"


def weighed(hits: np.ndarray, tokens: np.ndarray, first: np.ndarray, weeks: np.ndarray) -> float:
    """Return the difference of Mantel and Haenszel, week by week."""
    parts = []
    for week in np.unique(weeks):
        sides = [(weeks == week) & own for own in (first, ~first)]
        (a, n_a), (b, n_b) = ((hits[own].sum(), tokens[own].sum()) for own in sides)
        weight = n_a * n_b / (n_a + n_b)
        parts.append((weight * (a / n_a - b / n_b), weight))
    return float(np.divide(*np.sum(parts, axis=0)))


def within_weeks() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(5)
    weeks = np.array([0, 0, 0, 1, 1, 2, 2, 2, 2])
    first = np.array([1, 0, 0, 1, 0, 1, 1, 0, 0], bool)
    return generator.poisson(4, 9).astype(float), generator.integers(50, 99, 9), first, weeks


def test_exchanges_within_strata_are_those_that_keep_each_week() -> None:
    hits, tokens, first, weeks = within_weeks()
    test = permutation_test(hits[:, None], tokens, first, strata=weeks)
    observed = abs(weighed(hits, tokens, first, weeks))
    differences = []
    for places in combinations(range(9), int(first.sum())):
        taken = np.isin(np.arange(9), places)
        if all(taken[weeks == week].sum() == first[weeks == week].sum() for week in range(3)):
            differences.append(abs(weighed(hits, tokens, taken, weeks)))
    assert len(differences) == 3 * 2 * 6
    assert test.p[0] == pytest.approx(np.mean(np.array(differences) >= observed - 1e-12))
    assert test.smallest == pytest.approx(1 / 36)


def test_drawn_exchanges_within_strata_come_near_the_exact_ones() -> None:
    hits, tokens, first, weeks = within_weeks()
    exact = permutation_test(hits[:, None], tokens, first, strata=weeks)
    drawn = permutation_test(
        np.tile(hits, 6)[:, None], np.tile(tokens, 6), np.tile(first, 6),
        strata=np.concatenate([weeks + 3 * n for n in range(6)]), n_resamples=999,
    )  # fmt: skip
    assert exact.method == "exact permutation"
    assert drawn.method == "999 random permutations"
    one_week = permutation_test(hits[:, None], tokens, first, strata=[7] * 9)
    assert one_week.p[0] == permutation_test(hits[:, None], tokens, first).p[0]
    few = permutation_test(hits[:, None], tokens, first, strata=weeks, n_resamples=34, seed=2)
    assert few.p[0] == pytest.approx(exact.p[0], abs=0.25)


def test_studentised_exchanges_equal_a_slow_computation() -> None:
    generator = np.random.default_rng(8)
    known = generator.integers(1, 9, 9).astype(float)
    hits = generator.binomial(known.astype(int), 0.5).astype(float)
    first = np.arange(9) < 4

    def studentised(taken: np.ndarray) -> float:
        rates, variance = [], 0.0
        for own in (taken, ~taken):
            rate, n = hits[own].sum() / known[own].sum(), own.sum()
            residuals = hits[own] - rate * known[own]
            variance += n / (n - 1) * (residuals**2).sum() / known[own].sum() ** 2
            rates.append(rate)
        return abs(rates[0] - rates[1]) / math.sqrt(variance)

    every = [studentised(np.isin(np.arange(9), own)) for own in combinations(range(9), 4)]
    expected = np.mean(np.array(every) >= studentised(first) * (1 - 1e-9))
    test = permutation_test(hits[:, None], known, first, studentise=True)
    assert test.p[0] == pytest.approx(expected)
    assert test.p[0] != permutation_test(hits[:, None], known, first).p[0]


def test_studentised_groups_without_any_variance_are_compared_all_the_same() -> None:
    hits, known = np.array([[2.0]] * 4 + [[0.0]] * 4), np.full(8, 2.0)
    test = permutation_test(hits, known, np.arange(8) < 4, studentise=True)
    assert test.p[0] == test.smallest == pytest.approx(2 / 70)
    same = permutation_test(np.full((8, 1), 1.0), known, np.arange(8) < 4, studentise=True)
    assert same.p[0] == 1
