"""Scores before and after a date: changes, their differences, and the same at other dates."""

import datetime as dt
import warnings
from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import pandas as pd

from analysis.comparison.units import Method, check_bootstrap
from analysis.errors import (
    ArgumentError,
    StatisticsWarning,
    TableError,
    check_choice,
    check_count,
    names_of,
)
from analysis.scores.scoring import score_documents
from analysis.statistics.intervals import (
    FEWEST_UNITS,
    MANY_UNITS,
    N_RECOMPUTED,
    N_RESAMPLES,
    change_intervals,
    explain_missing,
)
from analysis.statistics.significance import (
    Adjustment,
    Permutation,
    adjust_p,
    change_test,
    permutation_test,
)
from analysis.statistics.sums import divide
from analysis.tables.checks import check_table, make_table, positions
from analysis.tables.schema import PER_TOKENS, SPLIT

_CHANGE, _DIFFERENCE = "change", "difference of changes"
_EVERYONE = "(all)"
_COUNTS = ("n_before_a", "n_after_a", "n_before_b", "n_after_b")
_FEW = f"none: fewer than {FEWEST_UNITS} documents on a side"
_SINGLE = "none: fewer than 2 documents on a side"
_NO_TOKENS = "none: a side without tokens"
_NAMED = 5
# Quotients of equal sums may differ in their last digits.
_TIE = 1e-9


class _Cell(NamedTuple):
    """Hits (documents by measures) and tokens of the documents of a group before, or after."""

    hits: np.ndarray
    tokens: np.ndarray


class _Dated(NamedTuple):
    """The documents that have a date, in the order of groups and ids, and what is measured."""

    group: np.ndarray
    date: np.ndarray
    sums: _Cell
    measures: pd.DataFrame

    def cells(self, groups: Sequence[str], at: pd.Timestamp) -> list[_Cell]:
        """Return for each of the groups the documents before the date, and those after it."""
        early = self.date < at.to_datetime64()
        chosen = [(self.group == name) & side for name in groups for side in (early, ~early)]
        return [_Cell(*(own[rows] for own in self.sums)) for rows in chosen]

    def within(self, rows: np.ndarray) -> "_Dated":
        """Return some of the documents."""
        sums = _Cell(*(own[rows] for own in self.sums))
        return self._replace(group=self.group[rows], date=self.date[rows], sums=sums)


class _Draws(NamedTuple):
    """How intervals and tests are drawn; without a method, there are no intervals."""

    confidence: float
    method: Method | None
    n_resamples: int
    seed: int


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
    dated, date, groups, chosen = _given(scores, at, by, pairs, adjustment)
    few = [
        f"{name} {side}"
        for name in groups
        for cell, side in zip(dated.cells([name], date), ("before", "after"), strict=True)
        if len(cell.tokens) < MANY_UNITS
    ]
    if few:
        more = f" and {len(few) - _NAMED} more" if len(few) > _NAMED else ""
        _warn(
            f"few documents in {', '.join(map(repr, few[:_NAMED]))}{more}: intervals from fewer "
            f"than {MANY_UNITS} are too narrow, and from fewer than {FEWEST_UNITS} there are none"
        )
    draws = _Draws(confidence, method, n_resamples, seed)
    rows = [_contrast(own, dated, date, draws) for own in [*((g,) for g in groups), *chosen]]
    made = _adjusted(pd.concat(rows, ignore_index=True), adjustment, dated.measures)
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
    check_bootstrap(0.95, "BCa", n_resamples, seed)
    dated, date, groups, chosen = _given(scores, at, by, pairs, adjustment)
    compared = [*((name,) for name in groups), *chosen]
    draws = _Draws(0.95, None, n_resamples, seed)
    early = dated.date < date.to_datetime64()
    tried = []
    for side in (dated.within(early), dated.within(~early)):
        for other in _first_days(side.date, freq):
            able = [
                own
                for own in compared
                if min(len(cell.tokens) for cell in side.cells(own, other)) >= FEWEST_UNITS
            ]
            tried += [(side, other, able)] if able else []
    places = np.unique(np.linspace(0, len(tried) - 1, min(n, len(tried))).round().astype(int))
    rows = []
    for side, other, able in (tried[place] for place in places):
        for own in able:
            row = _contrast(own, side, other, draws)
            size = np.abs(_rates(dated.cells(own, date))[-1])
            as_large = row["difference"].abs() >= size * (1 - _TIE)
            unknown = row["difference"].isna() | np.isnan(size)
            rows.append(row.assign(as_large=as_large.astype("boolean").mask(unknown)))
    if not rows:
        _warn(
            f"no other date leaves {FEWEST_UNITS} documents or more on both sides, so that there "
            "are no placebos; give more documents, or freq='W' for weeks"
        )
        empty = _contrast(compared[0], dated, date, draws).iloc[:0]
        rows = [empty.assign(as_large=pd.array([], "boolean"))]
    return _adjusted(pd.concat(rows, ignore_index=True), adjustment, dated.measures)


def _given(
    scores: pd.DataFrame,
    at: str | dt.date,
    by: str | Sequence[str] | None,
    pairs: Sequence[tuple[str, str]] | None,
    adjustment: Adjustment,
) -> tuple[_Dated, pd.Timestamp, list[str], list[tuple[str, ...]]]:
    """Check what was given; return the documents, the date, and the groups and pairs to compare."""
    check_choice("adjustment", adjustment, get_args(Adjustment))
    names = [] if by is None else names_of("by", by)
    if odd := {"date", "document_id"} & {*names}:
        raise ArgumentError(f"by names {min(odd)!r}; name columns whose values are groups")
    date = _date_of(at)
    dated = _dated(check_table(scores, "scores"), names)
    first, last = (f"{pd.Timestamp(own):%Y-%m-%d}" for own in (dated.date.min(), dated.date.max()))
    if not dated.date.min() < date.to_datetime64() <= dated.date.max():
        raise TableError(
            f"no document is {'before' if dated.date.min() >= date else 'after'} {date:%Y-%m-%d}; "
            f"the documents are from {first} to {last}, give a date between"
        )
    groups = list(dict.fromkeys(dated.group))
    if pairs is None:
        return dated, date, groups, list(combinations(groups, 2))
    is_list = isinstance(pairs, Collection) and not isinstance(pairs, str | bytes)
    chosen = [tuple(names_of("each of pairs", pair)) for pair in pairs] if is_list else []
    if not chosen or any(len(pair) != 2 for pair in chosen):
        raise ArgumentError(f"pairs is {pairs!r:.60}; give a list of pairs of two names each")
    used = list(dict.fromkeys(name for pair in chosen for name in pair))
    if unknown := [name for name in used if name not in groups]:
        raise TableError(
            f"there is no group {unknown[0]!r} to compare; there are "
            f"{', '.join(map(repr, groups[:10]))}"
        )
    return dated, date, used, chosen


def _date_of(at: object) -> pd.Timestamp:
    """Return the date that was given; a text must have the year first, so that none is guessed."""
    try:
        day = dt.date.fromisoformat(at) if isinstance(at, str) else at
    except ValueError:
        day = None
    if not isinstance(day, dt.date) or day is pd.NaT:
        raise ArgumentError(f"at is {at!r}; give a date as year-month-day, such as '2014-05-01'")
    return pd.Timestamp(day).tz_localize(None)


def _dated(scores: pd.DataFrame, names: list[str]) -> _Dated:
    """Sum up the hits and tokens of each document that has a date."""
    if "date" not in scores or not pd.api.types.is_datetime64_any_dtype(scores["date"]):
        raise TableError("scores have no column 'date' of dates; give the articles a date each")
    known = scores["date"].notna()
    if not known.any():
        raise TableError("no document has a date; give the articles dates to compare periods")
    if undated := scores.loc[~known, "document_id"].nunique():
        have, are = ("s have", "are") if undated > 1 else (" has", "is")
        told = (
            f"{undated:,} document{have} no date and {are} left out; give the articles a date each"
        )
        _warn(told, stacklevel=5)
    classes = ["lexicon", "category", *(c for c in SPLIT if c in scores)]
    measures = scores[classes].drop_duplicates(ignore_index=True)
    units = [*names, "date", "document_id"]
    # In the order of groups, dates and ids, whatever the order of rows.
    rolled = score_documents(scores[known], by=units)
    of_unit = rolled.groupby(units, sort=False).ngroup().to_numpy()
    first = rolled.iloc[np.unique(of_unit, return_index=True)[1]]
    hits = np.zeros((len(first), len(measures)))
    hits[of_unit, positions(measures, rolled[classes])] = rolled["n_hits"]
    labels = [" × ".join(map(str, row)) for row in first[names].itertuples(index=False)]
    group = np.array(labels if names else [_EVERYONE] * len(first), dtype=object)
    sums = _Cell(hits, first["n_tokens"].to_numpy(float))
    return _Dated(group, first["date"].to_numpy("datetime64[us]"), sums, measures)


def _first_days(dates: np.ndarray, freq: str) -> list[pd.Timestamp]:
    """List first days of weeks or months that part the dates, each in a way of its own."""
    if not len(dates):
        return []
    every = pd.period_range(dates.min(), dates.max(), freq=freq).start_time
    n_before = np.searchsorted(np.sort(dates), every.to_numpy("datetime64[us]"))
    first = np.unique(n_before, return_index=True)[1]
    return [every[place] for place in first if n_before[place] > 0]


def _rates(cells: list[_Cell]) -> list[np.ndarray]:
    """Return the rates before and after, their change, for each group; then what is compared."""
    rates = [divide(PER_TOKENS * own.hits.sum(axis=0), own.tokens.sum()) for own in cells]
    changes = [after - before for before, after in zip(rates[::2], rates[1::2], strict=True)]
    compared = changes[0] if len(changes) == 1 else changes[0] - changes[1]
    sides = zip(rates[::2], rates[1::2], changes, strict=True)
    return [*(own for side in sides for own in side), compared]


def _contrast(
    groups: tuple[str, ...], dated: _Dated, at: pd.Timestamp, draws: _Draws
) -> pd.DataFrame:
    """Return a row for each category about the change of a group, or the changes of two."""
    cells = dated.cells(groups, at)
    sizes = [len(cell.tokens) for cell in cells]
    low, high, interval_method = _bounds(cells, draws)
    test = _test(cells, draws)
    # Where no cell varies, there is no standard error.
    undefined = np.isnan(test.p) & ~np.isnan(test.smallest)
    *sides, difference = _rates(cells)
    empty = np.full(len(dated.measures), np.nan)
    names = [f"{what}_{own}" for own in "ab" for what in ("rate_before", "rate_after", "change")]
    sides += [empty] * (len(names) - len(sides))
    counts = pd.array([*sizes, *[None] * (4 - len(sizes))], "Int64")
    return dated.measures.assign(
        at=at,
        comparison=_DIFFERENCE if len(groups) == 2 else _CHANGE,
        group_a=groups[0],
        group_b=groups[1] if len(groups) == 2 else None,
        **dict(zip(names, sides, strict=True)),
        difference=difference,
        low=PER_TOKENS * low,
        high=PER_TOKENS * high,
        interval_method=interval_method,
        p=test.p,
        smallest_p=np.where(undefined, np.nan, test.smallest),
        p_method=np.where(undefined, "none: no document differs from others", test.method),
        **dict(zip(_COUNTS, counts, strict=True)),
    )


def _bounds(cells: list[_Cell], draws: _Draws) -> tuple[np.ndarray, np.ndarray, Any]:
    """Return the bounds of what is compared, and how they were made or why there are none."""
    n_hits = np.sum([cell.hits.sum(axis=0) for cell in cells], axis=0)
    empty = np.full(len(n_hits), np.nan)
    if draws.method is None:
        return empty, empty, "none: not asked for"
    if min(len(cell.tokens) for cell in cells) < FEWEST_UNITS:
        return empty, empty, _FEW
    if not all(cell.tokens.sum() > 0 for cell in cells):
        return empty, empty, _NO_TOKENS
    low, high = change_intervals(
        cells,
        confidence=draws.confidence,
        method=draws.method,
        n_resamples=draws.n_resamples,
        seed=draws.seed,
    )
    return low, high, explain_missing(f"{draws.method}, documents resampled", low, n_hits)


def _test(cells: list[_Cell], draws: _Draws) -> Permutation:
    """Test a change exactly, with two documents on a side; two changes only with enough."""
    sizes = [len(cell.tokens) for cell in cells]
    none = Permutation(np.full(cells[0].hits.shape[1], np.nan), np.nan, _FEW)
    if min(sizes) < (2 if len(cells) == 2 else FEWEST_UNITS):
        return none._replace(method=_SINGLE if len(cells) == 2 else _FEW)
    if not all(cell.tokens.sum() > 0 for cell in cells):
        return none._replace(method=_NO_TOKENS)
    if len(cells) == 4:
        return change_test(cells, n_resamples=draws.n_resamples, seed=draws.seed)
    hits, tokens = (np.concatenate(own) for own in zip(*cells, strict=True))
    first = np.repeat([True, False], sizes)
    return permutation_test(hits, tokens, first, n_resamples=draws.n_resamples, seed=draws.seed)


def _adjusted(table: pd.DataFrame, adjustment: Adjustment, measures: pd.DataFrame) -> pd.DataFrame:
    """Adjust the p-values of all rows, and say what they are adjusted over."""
    numbers = table["comparison"].value_counts(sort=False) // len(measures)
    changes, differences = (int(numbers.get(name, 0)) for name in (_CHANGE, _DIFFERENCE))
    told = f"{changes} change{'s' * (changes != 1)}"
    if differences:
        told = f"({told} and {differences} difference{'s' * (differences > 1)} of changes)"
    split = measures.columns[2:].tolist()
    what = "categories" if len(measures) > 1 else "category"
    if split:
        what = f"values of {' and '.join(['category', *split])}"
    table = table.assign(
        p_adjusted=adjust_p(table["p"].to_numpy(float), adjustment),
        adjustment=adjustment,
        family=f"{told} × {len(measures)} {what}",
        family_size=int(table["p"].notna().sum()),
    )
    return make_table("period_contrasts", table)


def _warn(message: str, stacklevel: int = 3) -> None:
    warnings.warn(message, StatisticsWarning, stacklevel=stacklevel)
