"""Scores before and after a date: changes, their differences, and the same at other dates."""

import datetime as dt
import warnings
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import pandas as pd

from analysis.comparison.contrasts import with_adjusted
from analysis.comparison.notices import warn_of_few
from analysis.comparison.units import (
    Draws,
    Method,
    Units,
    check_bootstrap,
    class_columns,
    count_undated,
    name_measures,
    pairs_of,
    units_of,
)
from analysis.errors import (
    ArgumentError,
    StatisticsWarning,
    TableError,
    check_choice,
    check_count,
    names_of,
)
from analysis.scores.scoring import check_groups
from analysis.statistics.intervals import (
    FEWEST_UNITS,
    MANY_UNITS,
    N_RECOMPUTED,
    N_RESAMPLES,
    change_intervals,
    compared_changes,
    explain_missing,
)
from analysis.statistics.significance import (
    Adjustment,
    Permutation,
    change_test,
    permutation_test,
)
from analysis.statistics.sums import divide
from analysis.tables.checks import check_table, empty_table, make_table
from analysis.tables.schema import PER_TOKENS

CHANGE, _DIFFERENCE = "change", "difference of changes"
# The group of a change where there are no groups.
EVERYONE = "(all)"
_COUNTS = ("n_before_a", "n_after_a", "n_before_b", "n_after_b")
_FEW = f"none: fewer than {FEWEST_UNITS} documents on a side"
_SINGLE = "none: fewer than 2 documents on a side"
_NO_TOKENS = "none: a side without tokens"
# A name that no column of the researcher has.
_GROUP = "group of the comparison"
# Quotients of equal sums may differ in their last digits.
_TIE = 1e-9


class _Given(NamedTuple):
    """The dated documents of each group, what is measured, the date, and what is compared."""

    units: dict[str, Units]
    measures: pd.DataFrame
    date: pd.Timestamp
    compared: list[tuple[str, ...]]


def compare_periods(
    scores: pd.DataFrame,
    *,
    at: str | dt.date,
    by: str | Sequence[str] | None = None,
    pairs: Sequence[tuple[str, str]] | None = None,
    confidence: float = 0.95,
    method: Method = "BCa",
    adjustment: Adjustment = "Benjamini-Hochberg",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare rates before and after a date, and how much they change in different groups.

    A change is the rate from the date on less the rate before it. Its test exchanges the
    documents of the group between before and after. With `by`, each pair of groups also has
    the difference of the two changes. Its test exchanges documents within each group, and
    divides the difference by its standard error: an equal change in both groups is no
    finding. Intervals resample the documents of each group before and after.

    Whether the date is the cause, no table can tell: `placebo_periods` shows what other dates
    would have given.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores`` with a column ``date``. Documents without a date are left out, and a
        warning counts them.
    at : str or date
        The date, for instance ``"2014-05-01"``. Documents of that day are after.
    by : str or sequence of str, optional
        Metadata columns whose values are the groups; without it, all documents are one.
    pairs : sequence of (str, str), optional
        Which groups to compare, as in `compare_groups`; by default every two.
    confidence, method, adjustment, n_resamples, seed
        As in `compare_groups`. The adjustment is for all rows returned.

    Returns
    -------
    pandas.DataFrame
        Table ``period_contrasts``: a row for each group and category, then one for each pair
        and category. There is no interval from fewer than 5 documents on a side, and no
        difference of changes is tested with them; ``interval_method`` and ``p_method`` say so.

    Raises
    ------
    TableError
        If `scores` breaks its schema, no document has a date, all of them are on one side of
        `at`, or `pairs` names an unknown group.
    ValueError
        If `at` is no date, or `confidence` or `adjustment` is none.

    Warns
    -----
    StatisticsWarning
        If documents have no date, or groups have fewer than 20 documents on a side.

    References
    ----------
    Chung, E., & Romano, J. P. (2013). Exact and asymptotically robust permutation tests.
    The Annals of Statistics 41(2), 484-507. Janssen, A. (1997). Studentized permutation tests
    for non-i.i.d. hypotheses and the generalized Behrens-Fisher problem. Statistics &
    Probability Letters 36(1), 9-21.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["No word of it."] * 20 + ["A threat looms."] * 20)
    >>> documents["date"] = pd.date_range("2025-01-01", periods=40)
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> row = fa.compare_periods(scores, at="2025-01-21", n_resamples=999).iloc[0]
    >>> row["comparison"], round(float(row["difference"]), 1), float(row["p"])
    ('change', 333.3, 0.001)
    """
    check_bootstrap(confidence, method, n_resamples, seed)
    given = _given(scores, at, by, pairs, adjustment)
    few = [
        f"{name} {side}"
        for name, own in given.units.items()
        for cell, side in zip(_sides(own, given.date), ("before", "after"), strict=True)
        if len(cell.tokens) < MANY_UNITS
    ]
    draws = Draws(confidence, method, n_resamples, seed)
    rows = [
        _contrast(groups, given.units, given.date, given.measures, draws)
        for groups in given.compared
    ]
    made = _finish(rows, given.measures, adjustment, few)
    made.attrs["confidence"] = confidence
    return made


def placebo_periods(
    scores: pd.DataFrame,
    *,
    at: str | dt.date,
    by: str | Sequence[str] | None = None,
    pairs: Sequence[tuple[str, str]] | None = None,
    freq: Literal["W", "M"] = "M",
    n: int = 20,
    adjustment: Adjustment = "Benjamini-Hochberg",
    n_resamples: int = N_RECOMPUTED,
    seed: int = 0,
) -> pd.DataFrame:
    """Make the comparisons of `compare_periods` at dates at which nothing is thought to happen.

    Where many of them are as large as that at the date in question, the date is not special:
    rates drift, or differ from week to week. Each placebo takes documents from one side of the
    date only, so that a true change does not enter. It has fewer documents for that, and so
    varies more by chance.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores`` with a column ``date``.
    at : str or date
        The date in question.
    by, pairs
        As in `compare_periods`.
    freq : {"W", "M"}, default "M"
        Try the first days of weeks (Mondays), or those of months.
    n : int, default 20
        How many dates to try at most, evenly spread over those that can be tried: those that
        leave 5 documents or more on both sides. Dates without documents between them are one.
    adjustment, seed
        As in `compare_groups`.
    n_resamples : int, default 1999
        Draws for each test.

    Returns
    -------
    pandas.DataFrame
        Table ``period_contrasts`` without intervals, by date. The column ``as_large`` says
        whether a difference is at least as large, in size, as that at the date in question.

    Raises
    ------
    TableError, ValueError
        As `compare_periods`, and if `freq` or `n` is something else.

    Warns
    -----
    StatisticsWarning
        If documents have no date, or no date can be tried.

    References
    ----------
    Bertrand, M., Duflo, E., & Mullainathan, S. (2004). How much should we trust
    differences-in-differences estimates? The Quarterly Journal of Economics 119(1), 249-275.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["No word of it."] * 30 + ["A threat looms."] * 30)
    >>> documents["date"] = pd.date_range("2025-01-01", periods=60)
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> placebos = fa.placebo_periods(scores, at="2025-01-31", freq="W", n_resamples=99)
    >>> len(placebos), int(placebos["as_large"].sum())
    (6, 0)
    """
    check_choice("freq", freq, ("W", "M"))
    check_count("n", n, "try at least one date")
    draws = Draws(0.95, "BCa", n_resamples, seed)
    check_bootstrap(*draws)
    given = _given(scores, at, by, pairs, adjustment)
    parted = {name: _sides(own, given.date) for name, own in given.units.items()}
    tried = []
    for place in (0, 1):
        side = {name: sides[place] for name, sides in parted.items()}
        for other in _first_days(np.concatenate([own.dates for own in side.values()]), freq):
            sizes = {name: min(map(_n_units, _sides(own, other))) for name, own in side.items()}
            able = [
                groups
                for groups in given.compared
                if min(sizes[name] for name in groups) >= FEWEST_UNITS
            ]
            tried += [(side, other, able)] if able else []
    chosen = np.unique(np.linspace(0, len(tried) - 1, min(n, len(tried))).round().astype(int))
    rows = []
    for side, other, able in (tried[place] for place in chosen):
        for groups in able:
            row = _contrast(groups, side, other, given.measures, draws, bounded=False)
            size = np.abs(_rates(_cells(groups, given.units, given.date))[-1])
            as_large = (row["difference"].abs() >= size * (1 - _TIE)).astype("boolean")
            unknown = row["difference"].isna() | np.isnan(size)
            rows.append(row.assign(as_large=as_large.mask(unknown)))
    if not rows:
        _warn(
            f"no other date leaves {FEWEST_UNITS} documents or more on both sides, so that there "
            "are no placebos; give more documents, or freq='W' for weeks"
        )
        made = empty_table("period_contrasts")
        return made.assign(as_large=pd.array([], "boolean"))
    return _finish(rows, given.measures, adjustment, [])


def _given(
    scores: pd.DataFrame,
    at: str | dt.date,
    by: str | Sequence[str] | None,
    pairs: Sequence[tuple[str, str]] | None,
    adjustment: Adjustment,
) -> _Given:
    """Check what was given, and return what is to be compared."""
    check_choice("adjustment", adjustment, get_args(Adjustment))
    names = [_GROUP] if by is None else names_of("by", by)
    if "document_id" in names:
        raise ArgumentError("by names 'document_id'; name columns whose values are groups")
    date = date_of(at)
    scores = check_table(scores, "scores")
    if by is None:
        scores = scores.assign(**{_GROUP: EVERYONE})
    check_groups(scores, names)
    if undated := count_undated(scores):
        have, are = ("s have", "are") if undated > 1 else (" has", "is")
        told = f"{undated:,} document{have} no date and {are} left out"
        _warn(f"{told}; give the articles a date each", stacklevel=4)
    classes = class_columns(scores)
    groups, measures = units_of(scores[scores["date"].notna()], names, classes)
    units = {" × ".join(map(str, key)): own for key, own in groups.items()}
    dates = np.concatenate([own.dates for own in units.values()])
    first, last = (f"{pd.Timestamp(own):%Y-%m-%d}" for own in (dates.min(), dates.max()))
    if not dates.min() < date.to_datetime64() <= dates.max():
        raise TableError(
            f"no document is {'before' if dates.min() >= date else 'after'} {date:%Y-%m-%d}; "
            f"the documents are from {first} to {last}, give a date between"
        )
    chosen = pairs_of(units, pairs)
    used = dict.fromkeys(chain.from_iterable(chosen)) if chosen else units
    return _Given(
        {name: units[name] for name in used},
        pd.DataFrame(measures, columns=classes),
        date,
        [*((name,) for name in used), *chosen],
    )


def date_of(at: object) -> pd.Timestamp:
    """Return the date that was given; a text must have the year first, so that none is guessed."""
    try:
        day = dt.date.fromisoformat(at) if isinstance(at, str) else at
    except ValueError:
        day = None
    if not isinstance(day, dt.date) or day is pd.NaT:
        raise ArgumentError(f"at is {at!r}; give a date as year-month-day, such as '2014-05-01'")
    return pd.Timestamp(day).tz_localize(None)


def _sides(units: Units, at: pd.Timestamp) -> tuple[Units, Units]:
    """Part documents into those before a date and those from it on."""
    early = units.dates < at.to_datetime64()
    return units.only(early), units.only(~early)


def _cells(groups: Sequence[str], units: Mapping[str, Units], at: pd.Timestamp) -> list[Units]:
    return [cell for name in groups for cell in _sides(units[name], at)]


def _n_units(units: Units) -> int:
    return len(units.tokens)


def _first_days(dates: np.ndarray, freq: str) -> list[pd.Timestamp]:
    """List first days of weeks or months that part the dates, each in a way of its own."""
    if not len(dates):
        return []
    every = pd.period_range(dates.min(), dates.max(), freq=freq).start_time
    n_before = np.searchsorted(np.sort(dates), every.to_numpy("datetime64[us]"))
    first = np.unique(n_before, return_index=True)[1]
    return [every[place] for place in first if n_before[place] > 0]


def _rates(cells: list[Units]) -> list[np.ndarray]:
    """Return the rates before and after, their change, for each group; then what is compared."""
    rates = [divide(PER_TOKENS * own.hits.sum(axis=0), own.tokens.sum()) for own in cells]
    sides = [
        (before, after, after - before)
        for before, after in zip(rates[::2], rates[1::2], strict=True)
    ]
    return [*chain.from_iterable(sides), compared_changes(*rates)]


def _contrast(
    groups: tuple[str, ...],
    units: Mapping[str, Units],
    at: pd.Timestamp,
    measures: pd.DataFrame,
    draws: Draws,
    *,
    bounded: bool = True,
) -> pd.DataFrame:
    """Return a row for each category about the change of a group, or the changes of two."""
    cells = _cells(groups, units, at)
    empty = np.full(len(measures), np.nan)
    low, high, interval_method = empty, empty, np.full(len(measures), "none: not asked for")
    if bounded:
        low, high, interval_method = _bounds(cells, draws)
    test = _test(cells, draws)
    *sides, difference = _rates(cells)
    names = [f"{what}_{own}" for own in "ab" for what in ("rate_before", "rate_after", "change")]
    sides += [empty] * (len(names) - len(sides))
    counts = pd.array([*map(_n_units, cells), *[None] * (4 - len(cells))], "Int64")
    return measures.assign(
        at=at,
        comparison=_DIFFERENCE if len(groups) == 2 else CHANGE,
        group_a=groups[0],
        group_b=groups[1] if len(groups) == 2 else None,
        **dict(zip(names, sides, strict=True)),
        difference=difference,
        low=PER_TOKENS * low,
        high=PER_TOKENS * high,
        interval_method=interval_method,
        p=test.p,
        smallest_p=test.smallest,
        p_method=test.method,
        **dict(zip(_COUNTS, counts, strict=True)),
    )


def _bounds(cells: list[Units], draws: Draws) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the bounds of what is compared, and how they were made or why there are none."""
    n_hits = np.sum([cell.hits.sum(axis=0) for cell in cells], axis=0)
    empty = np.full(len(n_hits), np.nan)
    if min(map(_n_units, cells)) < FEWEST_UNITS:
        return empty, empty, np.full(len(n_hits), _FEW)
    if not all(cell.tokens.sum() > 0 for cell in cells):
        return empty, empty, np.full(len(n_hits), _NO_TOKENS)
    low, high = change_intervals([cell[:2] for cell in cells], **draws._asdict())
    return low, high, explain_missing(f"{draws.method}, documents resampled", low, n_hits)


def _test(cells: list[Units], draws: Draws) -> Permutation:
    """Test a change with two documents on a side or more, two changes only with enough."""
    sizes = [*map(_n_units, cells)]
    options: dict[str, Any] = {"n_resamples": draws.n_resamples, "seed": draws.seed}
    fewest, few = (2, _SINGLE) if len(cells) == 2 else (FEWEST_UNITS, _FEW)
    untested = Permutation(np.full(cells[0].hits.shape[1], np.nan), np.nan, few)
    if min(sizes) < fewest:
        return untested
    if not all(cell.tokens.sum() > 0 for cell in cells):
        return untested._replace(method=_NO_TOKENS)
    if len(cells) == 4:
        return change_test([cell[:2] for cell in cells], **options)
    hits, tokens = (np.concatenate([cell[n] for cell in cells]) for n in (0, 1))
    return permutation_test(hits, tokens, np.repeat([True, False], sizes), **options)


def _finish(
    rows: list[pd.DataFrame], measures: pd.DataFrame, adjustment: Adjustment, few: list[str]
) -> pd.DataFrame:
    """Adjust the p-values of all rows, say what they are adjusted over, and warn of few units."""
    table = pd.concat(rows, ignore_index=True)
    n_differences = int((table["comparison"] == _DIFFERENCE).sum()) // len(measures)
    n_changes = len(rows) - n_differences
    told = f"{n_changes} change{'s' * (n_changes != 1)}"
    if n_differences:
        told = f"({told} and {n_differences} difference{'s' * (n_differences > 1)} of changes)"
    family = f"{told} × {name_measures(len(measures), list(measures.columns))}"
    warn_of_few(few, "document")
    return make_table("period_contrasts", with_adjusted(table, family, adjustment))


def _warn(message: str, stacklevel: int = 3) -> None:
    warnings.warn(message, StatisticsWarning, stacklevel=stacklevel)
