"""The units of two groups in; their rates, the difference, its interval and its test out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.comparison.units import Draws, Units, seed_of
from analysis.statistics.intervals import (
    FEWEST_UNITS,
    SAME_RATE,
    Intervals,
    difference_intervals,
    effective_units,
    expanded_confidence,
    explain_missing,
    resample_rates,
)
from analysis.statistics.significance import (
    Adjustment,
    Permutation,
    adjust_p,
    cliffs_delta,
    permutation_test,
)
from analysis.statistics.strata import matched_intervals, matched_rates
from analysis.statistics.sums import divide
from analysis.tables.schema import PER_TOKENS

_MONDAY = np.datetime64("1970-01-05")
# Below it, one weighs more than all others together, and an interval has no end.
_FEWEST_EFFECTIVE = 2
_NO_WEEK = "none: no week has documents of both groups"


class Contrast(NamedTuple):
    """What two groups' units show; rates are by token."""

    one: Units
    two: Units
    weeks: tuple[np.ndarray, np.ndarray]
    rates: tuple[np.ndarray, np.ndarray]
    bounds: Intervals
    made: np.ndarray
    test: Permutation


def compare_units(
    units: Mapping[str, Units],
    pairs: Sequence[tuple[str, ...]],
    unit: str,
    draws: Draws,
    *,
    match: str | None = None,
    shares_of: str = "",
) -> Iterator[Contrast]:
    """Compare each pair of groups, within the weeks that they share if these are to match.

    What shares are of (" with hits of known voice") says which units count, and that tokens are
    hits, which are divided among articles much less evenly.
    """
    resampled: dict[str, np.ndarray] = {}
    for pair in pairs:
        if match:
            yield _within_weeks(pair, units, draws)
        else:
            yield _independently(pair, units, resampled, unit, draws, shares_of)


def _independently(
    pair: tuple[str, ...],
    units: Mapping[str, Units],
    resampled: dict[str, np.ndarray],
    unit: str,
    draws: Draws,
    shares_of: str,
) -> Contrast:
    one, two = (units[name] for name in pair)
    sizes = (len(one.tokens), len(two.tokens))
    bounds, test = _nothing(one), _no_test(one, f"none: a group of a single {unit}{shares_of}")
    effective = [_effective(own.tokens) if shares_of else len(own.tokens) for own in (one, two)]
    if min(sizes) < FEWEST_UNITS:
        made = _for_all(one, f"none: a group of fewer than {FEWEST_UNITS} {unit}s{shares_of}")
    elif not (one.tokens.sum() > 0 and two.tokens.sum() > 0):
        made = _for_all(one, "none: a group without tokens")
    elif min(effective) < _FEWEST_EFFECTIVE:
        made = _for_all(one, f"none: one {unit} has more than half of a group's hits")
    else:
        # Every group has draws of its own, whichever others it is compared with.
        for name in pair:
            if name not in resampled:
                own = units[name][:2]
                seed = seed_of(draws.seed, name)
                resampled[name] = resample_rates(*own, n_resamples=draws.n_resamples, seed=seed)
        bounds = difference_intervals(
            one[:2],
            two[:2],
            (resampled[pair[0]], resampled[pair[1]]),
            confidence=expanded_confidence(draws.confidence, *effective),
            method=draws.method,
            expand=False,
        )
        made = _explained(f"{draws.method}, {unit}s resampled", bounds, one, two)
    if min(sizes) > 1:
        test = _exchange(one, two, None, pair, draws, studentise=bool(shares_of))
    rates = [divide(own.hits.sum(axis=0), own.tokens.sum()) for own in (one, two)]
    weeks = np.zeros(sizes[0], int), np.zeros(sizes[1], int)
    return Contrast(one, two, weeks, (rates[0], rates[1]), bounds, made, test)


def _within_weeks(pair: tuple[str, ...], units: Mapping[str, Units], draws: Draws) -> Contrast:
    dated = [units[name].only(~np.isnat(units[name].dates)) for name in pair]
    every = [(own.dates.astype("datetime64[D]") - _MONDAY).astype(int) // 7 for own in dated]
    shared = [np.isin(week, other) for week, other in zip(every, every[::-1], strict=True)]
    one, two = (own.only(chosen) for own, chosen in zip(dated, shared, strict=True))
    weeks = every[0][shared[0]], every[1][shared[1]]
    n_weeks = len(np.unique(weeks[0]))
    bounds, test = _nothing(one), _no_test(one, _NO_WEEK)
    of_a, of_b, weights = matched_rates(one[:2], two[:2], weeks)
    told = f"{n_weeks} shared week{'s' * (n_weeks > 1)}"
    if not n_weeks:
        made = _for_all(one, _NO_WEEK)
    elif n_weeks < FEWEST_UNITS:
        made = _for_all(one, f"none: {told}, fewer than {FEWEST_UNITS}")
    elif _effective(weights) < _FEWEST_EFFECTIVE:
        made = _for_all(one, "none: one week has more than half of what is compared")
    else:
        bounds = matched_intervals(of_a, of_b, weights, confidence=draws.confidence)
        made = _explained(f"jackknife of {told}", bounds, one, two)
        same = "none: every week shows the same difference"
        made = np.where(made == SAME_RATE, same, made)
    if n_weeks:
        test = _exchange(one, two, weeks, pair, draws)
        test = test._replace(method=f"{test.method} within weeks")
    rates = [divide(own.sum(axis=0), weights.sum()) for own in (of_a, of_b)]
    return Contrast(one, two, weeks, (rates[0], rates[1]), bounds, made, test)


def _exchange(
    one: Units,
    two: Units,
    weeks: tuple[np.ndarray, np.ndarray] | None,
    pair: tuple[str, ...],
    draws: Draws,
    *,
    studentise: bool = False,
) -> Permutation:
    return permutation_test(
        np.vstack([one.hits, two.hits]),
        np.concatenate([one.tokens, two.tokens]),
        np.repeat([True, False], [len(one.tokens), len(two.tokens)]),
        strata=None if weeks is None else np.concatenate(weeks),
        studentise=studentise,
        n_resamples=draws.n_resamples,
        seed=seed_of(draws.seed, " | ".join(pair)),
    )


def _explained(drawn: str, bounds: Intervals, one: Units, two: Units) -> np.ndarray:
    return explain_missing(drawn, bounds.low, one.hits.sum(axis=0) + two.hits.sum(axis=0))


def _for_all(one: Units, why: str) -> np.ndarray:
    return np.full(one.hits.shape[1], why)


def _effective(weights: np.ndarray) -> float:
    return effective_units(weights) if weights.sum() > 0 else 0.0


def _nothing(one: Units) -> Intervals:
    return Intervals(*np.full((4, one.hits.shape[1]), np.nan))


def _no_test(one: Units, why: str) -> Permutation:
    return Permutation(np.full(one.hits.shape[1], np.nan), np.nan, why)


def rates_of(contrast: Contrast) -> pd.DataFrame:
    """Return a row for each measure: rates, their difference and ratio, and the test."""
    rate_a, rate_b = (PER_TOKENS * rates for rates in contrast.rates)
    bounds, test = contrast.bounds, contrast.test
    return pd.DataFrame(
        {
            "rate_a": rate_a,
            "rate_b": rate_b,
            "difference": rate_a - rate_b,
            "low": PER_TOKENS * bounds.low,
            "high": PER_TOKENS * bounds.high,
            "ratio": divide(rate_a, rate_b),
            "ratio_low": bounds.ratio_low,
            "ratio_high": bounds.ratio_high,
            "interval_method": contrast.made,
            "cliffs_delta": _deltas(contrast),
            "p": test.p,
            "smallest_p": test.smallest,
            "p_method": test.method,
            "n_units_a": len(contrast.one.tokens),
            "n_units_b": len(contrast.two.tokens),
        }
    )


def _deltas(contrast: Contrast) -> list[float]:
    """Return Cliff's delta of each measure, of units in the same week."""
    of_units = [divide(own.hits, own.tokens[:, None]) for own in (contrast.one, contrast.two)]
    total, n_pairs = np.zeros((2, contrast.one.hits.shape[1]))
    for week in np.unique(contrast.weeks[0]):
        sides = [own[weeks == week] for own, weeks in zip(of_units, contrast.weeks, strict=True)]
        sizes = np.prod([(~np.isnan(own)).sum(axis=0) for own in sides], axis=0)
        deltas = [cliffs_delta(a, b) for a, b in zip(sides[0].T, sides[1].T, strict=True)]
        total += np.nan_to_num(deltas) * sizes
        n_pairs += sizes
    return list(divide(total, n_pairs))


def with_adjusted(table: pd.DataFrame, family: str, adjustment: Adjustment) -> pd.DataFrame:
    """Adjust the p-values of all rows together, and say over what."""
    n_tests = int(table["p"].notna().sum())
    if n_tests < len(table):
        family += f", {n_tests:,} of {len(table):,} tested"
    return table.assign(
        p_adjusted=adjust_p(table["p"].to_numpy(float), adjustment),
        adjustment=adjustment,
        family=family,
        family_size=n_tests,
    )
