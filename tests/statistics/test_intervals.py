"""Intervals, held to reference values and to slow computations of their own."""

import math

import numpy as np
import pytest
from scipy import stats

from analysis.statistics.intervals import (
    change_intervals,
    difference_intervals,
    expanded_confidence,
    ratio_interval,
    resample_rates,
    wilson_interval,
    wilson_low,
)
from tests.reference_cases import Case, statistics_cases


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_has_the_published_bounds(
    part: int, whole: int, low: float, high: float
) -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    found = wilson_interval(part, whole)
    assert [round(found.low, 4), round(found.high, 4)] == [low, high]
    assert found.method == "Wilson 95 %"


def test_a_share_of_nothing_has_no_interval() -> None:
    assert math.isnan(wilson_interval(0, 0).low)


def test_lower_bounds_of_many_shares_are_those_of_each() -> None:
    pairs = [(0, 20), (1, 1), (1, 29), (15, 148), (81, 263), (263, 263)]
    found = wilson_low(*zip(*pairs, strict=True))
    assert found.tolist() == pytest.approx([wilson_interval(*pair).low for pair in pairs])
    assert wilson_low([0], [0]).tolist() == [0]


@pytest.mark.parametrize("n_units", [1, 3, 10, 100])
def test_no_hits_have_no_interval_and_the_reason(n_units: int) -> None:
    own = ratio_interval([0] * n_units, [100] * n_units)
    assert math.isnan(own.low)
    assert math.isnan(own.high)
    assert own.method == "none: no hits"


@pytest.mark.parametrize("case", statistics_cases("* 95% CI of the mean"))
def test_intervals_of_a_mean_equal_those_of_r(case: Case) -> None:
    values = case["input"]["x"]
    method = case["statistic"].split()[0]
    own = ratio_interval(
        values, [1] * len(values), method=method, n_resamples=50_000, seed=3, expand=False
    )
    np.testing.assert_allclose(own[:2], case["expected"], rtol=0, atol=2 * case["abs_tol"])


def test_an_interval_of_few_units_is_refused_with_the_reason() -> None:
    """T06."""
    own = ratio_interval([1, 2, 3], [100, 100, 100])
    assert math.isnan(own.low)
    assert own.method == "none: 3 units, fewer than 5"
    assert ratio_interval([], []).method == "none: no tokens"
    same = ratio_interval([2] * 9, [100] * 9)
    assert same.method == "none: every unit has the same rate"
    assert math.isnan(same.low)
    assert math.isnan(same.high)


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


@pytest.mark.parametrize("case", statistics_cases("BCa 95% CI of mean(0..99)"))
def test_an_interval_of_a_symmetric_mean_holds_it_as_published(case: Case) -> None:
    own = ratio_interval(range(100), [1] * 100, n_resamples=50_000, seed=2, expand=False)
    np.testing.assert_allclose(own[:2], case["expected"], rtol=0, atol=case["abs_tol"])


@pytest.mark.parametrize("n_units", [(2,), (5,), (20,), (1_000,), (5, 7), (6, 12)])
@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.999])
def test_few_units_widen_an_interval_as_student_widens_that_of_a_mean(
    confidence: float, n_units: tuple[int, ...]
) -> None:
    mean = stats.hmean(n_units)
    student = stats.t(sum(n_units) - len(n_units)).interval(confidence)[1]
    wide = student * math.sqrt(mean / (mean - 1))
    assert expanded_confidence(confidence, *n_units) == pytest.approx(1 - 2 * stats.norm.sf(wide))


@pytest.mark.parametrize("case", statistics_cases("coverage *"))
def test_plain_percentiles_of_few_units_hold_less_than_they_say(case: Case) -> None:
    """The reason why intervals are widened for few units, and refused for very few."""
    given = case["input"]
    n = given.get("n") or given["articles"]
    replicates = 400
    generator = np.random.default_rng(n)
    if "articles" in given:
        # An article is its mean: what its paragraphs share, and what each adds.
        shared, per_article = given["icc"], given["paragraphs_per_article"]
        own = generator.normal(0, (1 - shared) ** 0.5, (replicates, n, per_article))
        drawn = generator.normal(10, shared**0.5, (replicates, n)) + own.mean(axis=2)
    else:
        drawn = generator.normal(10, 1, (replicates, n))
    intervals = [
        ratio_interval(own, np.ones(n), method="percentile", n_resamples=999, seed=s, expand=False)
        for s, own in enumerate(drawn)
    ]
    held = np.mean([own.low <= 10 <= own.high for own in intervals])
    # Twice the standard error of so few replicates beside the tolerance of the case.
    assert held == pytest.approx(case["expected"], abs=case["abs_tol"] + 2 * 0.018)


def _change(*means: np.ndarray) -> np.ndarray:
    before_a, after_a, *others = means
    return (after_a - before_a) - (others[1] - others[0] if others else 0)


@pytest.mark.parametrize("method", ["BCa", "percentile"])
@pytest.mark.parametrize("n_cells", [2, 4])
def test_intervals_of_changes_equal_those_of_scipy(n_cells: int, method: str) -> None:
    generator = np.random.default_rng(4)
    values = [generator.poisson(rate, 12).astype(float) for rate in (2, 6, 3, 4)[:n_cells]]
    low, high = change_intervals(
        [(own[:, None], np.ones(12)) for own in values], method=method, seed=1
    )
    expected = stats.bootstrap(
        values,
        lambda *own, axis: _change(*(one.mean(axis=axis) for one in own)),
        method=method,
        confidence_level=expanded_confidence(0.95, *[12] * n_cells),
        rng=np.random.default_rng(9),
    ).confidence_interval
    assert (low[0], high[0]) == pytest.approx(tuple(expected), abs=0.12)


def test_intervals_of_changes_are_null_where_no_rate_varies() -> None:
    flat = (np.array([[2, 0, 1]] * 4 + [[2, 0, 3]]), np.full(5, 20))
    low, high = change_intervals([flat] * 4, n_resamples=199)
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [True, True, False]


def test_an_interval_of_differences_may_hold_both_signs() -> None:
    own = ratio_interval([-1, 1, -2, 2, -3, 3], [1] * 6, n_resamples=999)
    assert own.low < 0 < own.high


@pytest.mark.filterwarnings("error")
def test_a_second_rate_that_is_nearly_always_above_nothing_warns_of_nothing() -> None:
    """What SciPy draws by itself may be undefined, and is not used."""
    one = (np.arange(1.0, 9)[:, None], np.full(8, 9.0))
    two = (np.array([[0.0]] * 6 + [[1.0], [2.0]]), np.full(8, 9.0))
    drawn = (resample_rates(*one, n_resamples=9, seed=1), np.array([[0.1] * 5 + [0.2] * 4]))
    for _ in range(30):
        assert difference_intervals(one, two, drawn).ratio_high[0] > 0
