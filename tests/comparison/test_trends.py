"""Rates through time have gaps where nothing was published, and zeros where nothing was found."""

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import StatisticsWarning, TableError
from analysis.tables.checks import check_table
from tests.builders import scores_of

few_units = pytest.mark.filterwarnings("ignore::analysis.errors.StatisticsWarning")
LEXICON = fa.lexicon_from_dict("test", {"threat": ["threat"]})


def scores_by_date(dated: list[tuple[str | None, str]], **columns: object) -> pd.DataFrame:
    dates = pd.to_datetime(pd.Series([date for date, _ in dated]))
    return scores_of([text for _, text in dated], LEXICON, {**columns, "date": dates})


@few_units
def test_a_month_without_documents_is_a_gap_and_one_without_hits_is_zero() -> None:
    own = fa.trend(
        scores_by_date([("2025-01-05", "threat word"), ("2025-03-01", "word"), (None, "threat")]),
        freq="M",
    )
    check_table(own, "trends")
    assert own["period"].tolist() == ["2025-01", "2025-02", "2025-03", "(missing)"]
    assert own["n_documents"].tolist() == [1, 0, 1, 1]
    assert own["rate"].isna().tolist() == [False, True, False, False]
    assert own["rate"].dropna().tolist() == [500, 0, 1000]
    assert own["interval_method"].tolist()[1:3] == ["none: no documents", "none: no hits"]
    assert own["begin"].isna().tolist() == [False, False, False, True]


@few_units
@pytest.mark.parametrize(
    ("freq", "periods"),
    [
        ("D", ["2024-12-30", "2024-12-31", "2025-01-01"]),
        ("W", ["week of 2024-12-30"]),
        ("M", ["2024-12", "2025-01"]),
        ("Q", ["2024-Q4", "2025-Q1"]),
        ("Y", ["2024", "2025"]),
    ],
)
def test_periods_are_written_so_that_the_alphabet_is_the_order_of_time(
    freq: str, periods: list[str]
) -> None:
    own = fa.trend(scores_by_date([("2025-01-01", "threat"), ("2024-12-30", "word")]), freq=freq)
    assert own["period"].tolist() == periods == sorted(periods)
    assert own["begin"].dt.day_name().tolist()[0] == "Monday" if freq == "W" else True


@few_units
@pytest.mark.parametrize(
    ("last", "period"),
    [
        ("2025-01-01", "2025-01-01"),
        ("2025-01-14", "2025-01-01"),
        ("2025-01-15", "week of 2024-12-30"),
        ("2025-04-02", "week of 2024-12-30"),
        ("2025-04-03", "2025-01"),
        ("2027-12-31", "2025-01"),
        ("2028-06-01", "2025-Q1"),
        ("2034-12-31", "2025-Q1"),
        ("2035-06-01", "2025"),
    ],
)
def test_without_a_wish_the_span_of_the_dates_chooses_the_period(last: str, period: str) -> None:
    scores = scores_by_date([("2025-01-01", "threat"), (last, "word")])
    assert fa.trend(scores, n_resamples=99)["period"].iloc[0] == period


def test_rates_and_intervals_are_those_of_the_groups() -> None:
    dated = [("2025-01-05", "threat word word"), ("2025-02-01", "word threat word word word")]
    dated = [(date, text + " word" * n) for date, text in dated for n in range(25)]
    scores = scores_by_date(dated)
    own = fa.trend(scores, freq="M", seed=3)
    months = scores.assign(month=scores["date"].dt.strftime("%Y-%m"))
    expected = fa.score_intervals(months, by="month", seed=3)
    columns = ["n_hits", "n_tokens", "rate", "low", "high", "interval_method"]
    pd.testing.assert_frame_equal(own[columns], expected[columns])


@few_units
def test_each_group_has_a_line_over_all_periods() -> None:
    dated = [("2025-01-05", "threat"), ("2025-02-05", "word"), ("2025-03-05", "threat")]
    own = fa.trend(scores_by_date(dated, desk=["a", None, "a"]), freq="M", by="desk")
    assert own.columns[0] == "desk"
    assert own[["desk", "period", "n_documents"]].values.tolist() == [
        ["a", "2025-01", 1],
        ["a", "2025-02", 0],
        ["a", "2025-03", 1],
        ["(missing)", "2025-01", 0],
        ["(missing)", "2025-02", 1],
        ["(missing)", "2025-03", 0],
    ]


def test_few_documents_are_warned_about_once() -> None:
    with pytest.warns(StatisticsWarning, match="few documents in 2 of 2 periods") as caught:
        fa.trend(scores_by_date([("2025-01-05", "threat"), ("2025-02-05", "word")]))
    assert len(caught) == 1


def test_wrong_input_is_refused_in_one_sentence() -> None:
    scores = scores_by_date([("2025-01-05", "threat")], desk=["a"], period=["x"])
    with pytest.raises(ValueError, match="freq is 'H'"):
        fa.trend(scores, freq="H")
    with pytest.raises(TableError, match=r"no metadata column 'page'; they have .*'desk'"):
        fa.trend(scores, by="page")
    with pytest.raises(TableError, match="'period' has the name of a result; rename it"):
        fa.trend(scores, by="period")
    with pytest.raises(TableError, match="no document has a date"):
        fa.trend(scores_by_date([(None, "threat")]))
    with pytest.raises(TableError, match="no column 'date'"):
        fa.trend(scores.drop(columns="date"))
