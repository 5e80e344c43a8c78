"""Scores by day, week, month, quarter or year, with intervals and honest gaps."""

import warnings
from typing import Literal

import pandas as pd

from analysis.comparison.groups import score_intervals
from analysis.comparison.units import Method
from analysis.errors import StatisticsWarning, TableError, check_choice
from analysis.statistics.intervals import FEWEST_UNITS, MANY_UNITS, N_RESAMPLES
from analysis.tables.checks import MISSING_GROUP, check_table, make_table, metadata_columns
from analysis.tables.core import TABLES
from analysis.tables.schema import SPLIT
from analysis.tables.subcategories import COLUMN

_Frequency = Literal["D", "W", "M", "Q", "Y"]

_DATES = {"D": "%Y-%m-%d", "W": "week of %Y-%m-%d", "M": "%Y-%m", "Y": "%Y"}
# The days that each period is chosen for.
_LONGEST: dict[_Frequency, int] = {"D": 14, "W": 92, "M": 3 * 366, "Q": 10 * 366}
# A name that no metadata column has.
_PERIOD = "period of the trend"


def trend(
    scores: pd.DataFrame,
    *,
    freq: _Frequency | None = None,
    by: str | None = None,
    confidence: float = 0.95,
    method: Method = "BCa",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Follow rates through time.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores`` with a column ``date``.
    freq : {"D", "W", "M", "Q", "Y"}, optional
        Days, weeks from Monday, months, quarters or years. Without it, the span of the dates
        chooses: days up to 2 weeks, weeks up to 3 months, months up to 3 years, quarters up to
        10 years, else years.
    by : str, optional
        Metadata column: a line for each of its values.
    confidence, method, n_resamples, seed
        As in `score_intervals`.

    Returns
    -------
    pandas.DataFrame
        Table ``trends``: every period from the first to the last with a document. One
        without any has 0 documents and no rate; it is a gap, not a zero. Documents without
        a date are the period ``"(missing)"``, last. With `by`, its column stands first.

    Raises
    ------
    TableError
        If `scores` breaks its schema, `by` names something else, or no document has a date.
    ValueError
        If `freq` or `confidence` is something else.

    Warns
    -----
    StatisticsWarning
        Once, if periods have fewer than 20 documents.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat.", "A threat looms.", "Rain fell."]
    >>> documents = fa.documents_from_texts(texts)
    >>> documents["date"] = ["2025-01-05", "2025-03-01", "2025-03-09"]
    >>> paragraphs = fa.split_paragraphs(documents.astype({"date": "datetime64[us]"}))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> import warnings
    >>> with warnings.catch_warnings(action="ignore"):
    ...     table = fa.trend(scores, freq="M")
    >>> table[["period", "n_documents", "rate"]].values.tolist()
    [['2025-01', 1, 500.0], ['2025-02', 0, nan], ['2025-03', 2, 200.0]]
    """
    scores = check_table(scores, "scores")
    if freq is not None:
        check_choice("freq", freq, ("D", "W", "M", "Q", "Y"))
    if "date" not in scores or not pd.api.types.is_datetime64_any_dtype(scores["date"]):
        raise TableError("scores have no column 'date' of dates; give the articles a date each")
    own = metadata_columns(scores, "scores")
    if by is not None and by not in own:
        raise TableError(
            f"scores have no metadata column {by!r}; they have {', '.join(map(repr, own))}"
        )
    if by in TABLES["trends"].columns:
        raise TableError(f"the metadata column {by!r} has the name of a result; rename it")
    if scores["date"].isna().all():
        raise TableError("no document has a date; give the articles dates to follow them")
    freq = freq or _fitting(scores["date"])
    dates = scores["date"].dt.to_period(freq)
    every = pd.period_range(dates.min(), dates.max(), freq=freq)
    split = [by] if by else []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StatisticsWarning)
        rolled = score_intervals(
            scores.assign(**{_PERIOD: dates.map(_written, na_action="ignore")}),
            by=[*split, _PERIOD],
            confidence=confidence,
            method=method,
            n_resamples=n_resamples,
            seed=seed,
        )
    lines = [*split, "lexicon", "category", *(c for c in SPLIT if c in scores)]
    periods = pd.DataFrame({_PERIOD: [*map(_written, every)], "begin": every.start_time})
    grid = rolled[lines].drop_duplicates().merge(periods, how="cross")
    undated = rolled[rolled[_PERIOD] == MISSING_GROUP]
    table = pd.concat([grid.merge(rolled, how="left", on=[*lines, _PERIOD]), undated])
    gap = table["n_units"].isna()
    counts = ["n_hits", "n_tokens", "n_units"]
    table[counts] = table[counts].fillna(0).astype("int64")
    table["interval_method"] = table["interval_method"].mask(gap, "none: no documents")
    few = int(((table["n_units"] < MANY_UNITS) & ~gap).sum())
    if few:
        warnings.warn(
            f"few documents in {few:,} of {int((~gap).sum()):,} periods and categories: intervals "
            f"from fewer than {MANY_UNITS} are too narrow, and from fewer than {FEWEST_UNITS} "
            f"there are none; a longer period (freq) holds more",
            StatisticsWarning,
            stacklevel=2,
        )
    table = table.rename(columns={_PERIOD: "period", "n_units": "n_documents"})
    columns = dict.fromkeys(
        [*split, *TABLES["trends"].columns, *lines, *(c for c in [COLUMN] if c in table)]
    )
    made = make_table("trends", table[list(columns)])[list(columns)]
    made.attrs["confidence"] = confidence
    return made


def _fitting(dates: pd.Series) -> _Frequency:
    """Choose the period by the days from the first date to the last."""
    days = (dates.max() - dates.min()).days + 1
    return next((freq for freq, most in _LONGEST.items() if days <= most), "Y")


def _written(period: pd.Period) -> str:
    """Write a period so that the alphabet is the order of time."""
    if period.freqstr.startswith("Q"):
        return f"{period.year}-Q{period.quarter}"
    return str(period.start_time.strftime(_DATES[period.freqstr[0]]))
