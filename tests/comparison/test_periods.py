"""Changes at a date, in one group and in two, and what other dates would have given."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ArgumentError, StatisticsWarning, TableError
from analysis.statistics.significance import adjust_p
from analysis.tables.checks import check_table
from tests.builders import scores_of

pytestmark = pytest.mark.filterwarnings("ignore::analysis.errors.StatisticsWarning")
LEXICON = fa.lexicon_from_dict("test", {"threat": ["threat"], "aid": ["aid"]})
AT = "2014-05-01"
DAYS = ["2014-04-01", "2014-05-01"]
FEW: dict[str, Any] = {"n_resamples": 499, "seed": 1}
COUNTS = ["n_before_a", "n_after_a", "n_before_b", "n_after_b"]


def texts(n: int, threats: float, seed: int) -> list[str]:
    drawn = np.random.default_rng(seed).poisson(threats, n)
    return [" ".join(["threat"] * own + ["word"] * 40) + " aid." for own in drawn]


def scores_at(cells: dict[tuple[str, str], list[str]], **columns: object) -> pd.DataFrame:
    """Return the scores of texts by desk and day."""
    own = [(desk, day, text) for (desk, day), each in cells.items() for text in each]
    desks, days, written = zip(*own, strict=True)
    dates = pd.to_datetime(pd.Series(days, dtype="str"), format="ISO8601")
    return scores_of(written, LEXICON, {"desk": [*desks], "date": dates, **columns})


def four_cells(n: int = 12, rates: tuple[float, ...] = (2, 6, 2, 6)) -> pd.DataFrame:
    """Return the scores of desk a before and after, and of desk b."""
    keys = [(desk, day) for desk in "ab" for day in DAYS]
    each = zip(keys, rates, strict=True)
    return scores_at({key: texts(n, rate, seed) for seed, (key, rate) in enumerate(each)})


@pytest.fixture(scope="module")
def scores() -> pd.DataFrame:
    return four_cells()


@pytest.fixture(scope="module")
def compared(scores: pd.DataFrame) -> pd.DataFrame:
    return fa.compare_periods(scores, at=AT, by="desk", **FEW)


def rows_of(table: pd.DataFrame, category: str = "threat") -> pd.DataFrame:
    return table[table["category"] == category].reset_index(drop=True)


def test_a_change_is_the_rate_after_less_the_rate_before(
    scores: pd.DataFrame, compared: pd.DataFrame
) -> None:
    check_table(compared, "period_contrasts")
    period = np.where(scores["date"] < AT, "before", "after")
    own = fa.score_documents(scores.assign(period=period), by=["desk", "period"])
    rates = own.set_index(["desk", "period", "category"])["rate"]
    for row in rows_of(compared)[:2].itertuples():
        before, after = (rates[row.group_a, side, "threat"] for side in ("before", "after"))
        assert (row.comparison, row.at) == ("change", pd.Timestamp(AT))
        assert row.rate_before_a == pytest.approx(before)
        assert row.rate_after_a == pytest.approx(after)
        assert row.difference == row.change_a == pytest.approx(after - before)
        assert row.low < row.difference < row.high
        assert pd.isna(row.group_b)
        assert pd.isna(row.rate_before_b)
        assert pd.isna(row.n_before_b)


def test_a_change_is_tested_as_two_groups_are() -> None:
    # With so few, all exchanges are enumerated.
    scores = four_cells(n=5)[lambda own: own["desk"] == "a"]
    period = np.where(scores["date"] < AT, "before", "after")
    groups = fa.compare_groups(scores.assign(period=period), by="period", n_resamples=1_999)
    own = fa.compare_periods(scores, at=AT, n_resamples=1_999)
    assert own["group_a"].tolist() == ["(all)"] * 2
    assert own["p"].tolist() == groups["p"].tolist()
    assert own["p_method"].tolist() == ["exact permutation"] * 2
    np.testing.assert_allclose(own["difference"], groups["difference"])
    width = rows_of(groups)["high"] - rows_of(groups)["low"]
    assert ((rows_of(own)["low"] - rows_of(groups)["low"]).abs() < width / 10).all()


def test_an_equal_change_in_both_groups_is_no_difference(compared: pd.DataFrame) -> None:
    one, two, both = rows_of(compared).itertuples()
    assert one.p == two.p == one.smallest_p == 1 / 500
    assert (both.comparison, both.group_a, both.group_b) == ("difference of changes", "a", "b")
    assert (both.change_a, both.change_b) == (one.difference, two.difference)
    assert both.difference == pytest.approx(both.change_a - both.change_b)
    assert both.low < 0 < both.high
    assert both.p > 0.2
    assert both.p_method == "499 random permutations, studentised"


def test_a_change_in_one_group_alone_is_a_difference() -> None:
    table = fa.compare_periods(four_cells(rates=(2, 8, 2, 2)), at=AT, by="desk", **FEW)
    both = rows_of(table).iloc[2]
    assert both["p"] == both["smallest_p"]
    assert 0 < both["low"] < both["difference"] < both["high"]


def test_the_family_is_all_rows_and_is_told(compared: pd.DataFrame) -> None:
    np.testing.assert_allclose(compared["p_adjusted"], adjust_p(compared["p"]))
    told = "(2 changes and 1 difference of changes) × 2 categories"
    assert set(compared["family"]) == {told}
    assert set(compared["family_size"]) == {6}
    alone = fa.compare_periods(four_cells(n=5), at=AT, adjustment="Holm", **FEW)
    assert set(alone["family"]) == {"1 change × 2 categories"}
    assert set(alone["adjustment"]) == {"Holm"}


def test_a_pair_has_the_same_numbers_whichever_others_are_compared(scores: pd.DataFrame) -> None:
    third = scores[scores["desk"] == "a"]
    third = third.assign(desk="c", document_id="c" + third["document_id"])
    three = pd.concat([scores, third])
    every = fa.compare_periods(three, at=AT, by="desk", **FEW)
    assert len(every) == 2 * (3 + 3)
    alone = fa.compare_periods(three, at=AT, by="desk", pairs=[("c", "b")], **FEW)
    assert alone["group_a"].tolist() == ["c", "c", "b", "b", "c", "c"]
    kept = every[every["group_b"].eq("c") & every["group_a"].eq("b")]
    assert alone["difference"].iloc[-2:].tolist() == (-kept["difference"]).tolist()
    drop = ["p_adjusted", "family", "family_size"]
    changes = [own[own["comparison"] == "change"].drop(columns=drop) for own in (every, alone)]
    same = changes[0].merge(changes[1])
    assert len(same) == 4


def test_documents_of_the_day_itself_are_after() -> None:
    days = ["2014-04-30 23:59", "2014-05-01", "2014-05-01 08:00"]
    own = scores_at({("a", day): texts(2, 3, 1) for day in days})
    for at in (AT, dt.date(2014, 5, 1), pd.Timestamp("2014-05-01", tz="UTC")):
        table = fa.compare_periods(own, at=at, **FEW)
        assert table[["n_before_a", "n_after_a"]].values.tolist() == [[2, 4]] * 2


def test_documents_without_a_date_are_left_out_and_counted(scores: pd.DataFrame) -> None:
    ids = scores["document_id"].drop_duplicates().iloc[[0, 1]]
    undated = scores.assign(date=scores["date"].mask(scores["document_id"].isin(ids)))
    with pytest.warns(StatisticsWarning, match="^2 documents have no date and are left out"):
        table = fa.compare_periods(undated, at=AT, by="desk", **FEW)
    rest = scores[~scores["document_id"].isin(ids)]
    pd.testing.assert_frame_equal(table, fa.compare_periods(rest, at=AT, by="desk", **FEW))


def test_a_side_with_few_documents_has_no_interval_and_says_so() -> None:
    cells = {("a", DAYS[0]): 5, ("a", DAYS[1]): 6, ("b", DAYS[0]): 4, ("b", DAYS[1]): 7}
    own = scores_at({key: texts(n, 3, n) for key, n in cells.items()} | {("c", DAYS[0]): ["aid"]})
    with pytest.warns(StatisticsWarning, match="few documents in 'a before', .* and 1 more: "):
        table = fa.compare_periods(own, at=AT, by="desk", **FEW)
    few = "none: fewer than 5 documents on a side"
    a, b, c, a_b, *_ = rows_of(table).to_dict("records")
    assert a["interval_method"] == "BCa, documents resampled"
    assert (b["interval_method"], b["p_method"]) == (few, "exact permutation")
    assert (c["interval_method"], c["p_method"]) == (few, "none: fewer than 2 documents on a side")
    assert (c["rate_before_a"], c["n_before_a"], c["n_after_a"]) == (0, 1, 0)
    assert np.isnan([c["rate_after_a"], c["difference"], c["p"], c["smallest_p"]]).all()
    assert (a_b["interval_method"], a_b["p_method"]) == (few, few)
    assert [a_b[name] for name in COUNTS] == [5, 6, 4, 7]
    assert not np.isnan(a_b["difference"])
    assert table["family_size"].tolist() == [4] * 12


def test_what_no_document_has_or_all_have_alike_has_its_reason() -> None:
    keys = [(desk, day) for desk in "ab" for day in DAYS]
    own = scores_at({key: ["aid word"] * (5 + (key == keys[0])) for key in keys})
    table = fa.compare_periods(own, at=AT, by="desk", **FEW)
    assert set(rows_of(table)["interval_method"]) == {"none: no hits"}
    assert set(rows_of(table, "aid")["interval_method"]) == {"none: every unit has the same rate"}
    assert set(table["p"]) == {1}
    other = scores_at({key: ["aid word" + " word" * (key == keys[1])] * 5 for key in keys})
    row = rows_of(fa.compare_periods(other, at=AT, by="desk", **FEW), "aid").iloc[2]
    # No document differs from others of its cell, so only the same exchange is as extreme.
    assert row["p"] < 0.05


def test_a_side_without_tokens_has_no_change() -> None:
    cells = {(desk, day): texts(5, 3, 1) for desk in "ab" for day in DAYS}
    table = fa.compare_periods(
        scores_at(cells | {("b", DAYS[1]): ["…"] * 5}), at=AT, by="desk", **FEW
    )
    for row in rows_of(table).iloc[1:].itertuples():
        assert row.interval_method == row.p_method == "none: a side without tokens"
        assert np.isnan([row.difference, row.p, row.low]).all()


def test_scores_split_by_voice_are_compared_value_by_value() -> None:
    documents = fa.documents_from_texts(['"A threat," he said. A threat looms.'] * 12)
    documents["date"] = pd.to_datetime([*[DAYS[0]] * 6, *[DAYS[1]] * 6])
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    own = fa.score_paragraphs(paragraphs, hits, LEXICON, split=["voice"])
    table = fa.compare_periods(own, at=AT, **FEW)
    check_table(table, "period_contrasts")
    rates = rows_of(table).set_index("voice")["rate_before_a"]
    assert rates["narrator"] == rates["quote"] > 0
    assert table["family"].iloc[0] == "1 change × 6 categories by voice"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("1/5/2014", "at is '1/5/2014'; give a date as year-month-day, such as '2014-05-01'"),
        ("May 2014", "give a date as year-month-day"),
        (2014, "at is 2014; give a date"),
        (pd.NaT, "at is NaT; give a date"),
        ("2013-01-01", "no document is before 2013-01-01; the documents are from 2014-04-01 to 20"),
        ("2014-04-01", "no document is before 2014-04-01"),
        ("2015-01-01", "no document is after 2015-01-01"),
        ("2014-05-02", "no document is after 2014-05-02; .* give a date between"),
    ],
)
def test_what_is_no_date_or_parts_nothing_is_refused(
    scores: pd.DataFrame, at: Any, told: str
) -> None:
    for verb in (fa.compare_periods, fa.placebo_periods):
        with pytest.raises((ArgumentError, TableError), match=told):
            verb(scores, at=at)


def test_scores_without_dates_are_refused(scores: pd.DataFrame) -> None:
    with pytest.raises(TableError, match="no document has a date"):
        fa.compare_periods(scores.drop(columns="date"), at=AT)
    with pytest.raises(TableError, match="no document has a date"):
        fa.compare_periods(scores.assign(date=pd.NaT), at=AT)
    with pytest.raises(ArgumentError, match="by names 'document_id'"):
        fa.compare_periods(scores, at=AT, by="document_id")
    with pytest.raises(TableError, match="no group 'x' to compare; there are 'a', 'b'"):
        fa.compare_periods(scores, at=AT, by="desk", pairs=[("a", "x")])


@pytest.fixture(scope="module")
def drifting() -> pd.DataFrame:
    """Two articles a week of each desk, and more threats with every month."""
    weeks = pd.date_range("2014-01-06", periods=40, freq="W-MON")
    return scores_at(
        {
            (desk, f"{day:%Y-%m-%d}"): texts(2, 1 + n / 4, 2 * n + (desk == "b"))
            for n, day in enumerate(weeks)
            for desk in "ab"
        }
    )


def test_placebos_are_dates_of_one_side_each(drifting: pd.DataFrame) -> None:
    at = pd.Timestamp("2014-06-15")
    table = fa.placebo_periods(drifting, at=at, by="desk", n_resamples=99)
    check_table(table, "period_contrasts")
    sizes = (
        drifting[drifting["desk"] == "a"].groupby(drifting["date"] < at)["document_id"].nunique()
    )
    for row in table.itertuples():
        assert row.at.day == 1
        assert row.at != at
        assert row.n_before_a + row.n_after_a == sizes[row.at < at]
        assert min(row.n_before_a, row.n_after_a) >= 5
    own = rows_of(table[table["at"] < at])
    first = own[(own["comparison"] == "change") & (own["group_a"] == "a")].iloc[1]
    early = drifting[drifting["date"] < at]
    same = fa.compare_periods(early, at=first["at"], by="desk", n_resamples=99).iloc[0]
    columns = ["group_a", "difference", "p", "n_before_a", "n_after_a"]
    assert first[columns].tolist() == same[columns].tolist()
    assert table["interval_method"].unique().tolist() == ["none: not asked for"]
    np.testing.assert_allclose(table["p_adjusted"], adjust_p(table["p"]))


def test_placebos_tell_which_differences_are_as_large(drifting: pd.DataFrame) -> None:
    table = rows_of(fa.placebo_periods(drifting, at="2014-06-15", n_resamples=99))
    true = rows_of(fa.compare_periods(drifting, at="2014-06-15", n_resamples=99))["difference"][0]
    assert table["as_large"].tolist() == (table["difference"].abs() >= true).tolist()
    days = ["2014-01-06", "2014-02-03", "2014-03-03", "2014-04-07"]
    rates = (2, 2, 12, 12)
    jump = scores_at(
        {
            ("a", day): texts(8, rate, n)
            for n, (day, rate) in enumerate(zip(days, rates, strict=True))
        }
    )
    none = rows_of(fa.placebo_periods(jump, at="2014-03-01", n_resamples=99))
    assert none["at"].dt.strftime("%Y-%m").tolist() == ["2014-02", "2014-04"]
    assert not none["as_large"].any()


def test_as_many_placebos_are_tried_as_asked_for_evenly_spread(drifting: pd.DataFrame) -> None:
    every = fa.placebo_periods(drifting, at="2014-06-15", freq="W", n=99, n_resamples=9)
    dates = every["at"].drop_duplicates().tolist()
    assert {day.day_of_week for day in dates} == {0}
    few = fa.placebo_periods(drifting, at="2014-06-15", freq="W", n=3, n_resamples=9)
    first, middle, last = few["at"].drop_duplicates()
    assert (first, last) == (dates[0], dates[-1])
    assert abs(dates.index(middle) - len(dates) // 2) <= 1


def test_dates_without_documents_between_them_are_one_placebo() -> None:
    days = ["2014-01-06", "2014-07-01", "2014-12-01"]
    own = scores_at({("a", day): texts(6, 2, n) for n, day in enumerate(days)})
    table = rows_of(fa.placebo_periods(own, at="2014-12-01", n_resamples=9))
    assert table["at"].tolist() == [pd.Timestamp("2014-02-01")]


def test_no_placebo_is_no_error_and_is_said(scores: pd.DataFrame) -> None:
    with pytest.warns(StatisticsWarning, match="no other date leaves 5 documents or more"):
        table = fa.placebo_periods(scores, at=AT)
    check_table(table, "period_contrasts")
    assert table.empty
    assert "as_large" in table
