"""Groups are compared within the weeks that they share."""

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ArgumentError, StatisticsWarning, TableError
from analysis.tables.checks import check_table
from tests.builders import paragraphs_of

few_units = pytest.mark.filterwarnings("ignore::analysis.errors.StatisticsWarning")
LEXICON = fa.lexicon_from_dict("test", {"threat": ["threat"]})
MONDAY = pd.Timestamp("2025-01-06")


def scores_in_weeks(
    rows: list[tuple[str, int | None, int, int]], **options: object
) -> pd.DataFrame:
    """Return scores of articles of a desk, in a week, with so many threats and other words."""
    texts = ["Threat. " * threats + "Word. " * words for *_, threats, words in rows]
    dates = [
        pd.NaT if week is None else MONDAY + pd.Timedelta(days=7 * week + n % 7)
        for n, (_, week, *_) in enumerate(rows)
    ]
    documents = fa.documents_from_texts(texts).assign(desk=[desk for desk, *_ in rows])
    documents["date"] = pd.Series(dates, dtype="datetime64[us]")
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    return fa.score_paragraphs(paragraphs, hits, LEXICON, **options)


def in_time(n_weeks: int = 8, seed: int = 1) -> list[tuple[str, int | None, int, int]]:
    """Return articles of two desks alike in each week, of which one writes when there is more."""
    generator = np.random.default_rng(seed)
    rows: list[tuple[str, int | None, int, int]] = []
    for week in range(n_weeks):
        for desk, n in (("a", 1 + week // 2), ("b", 1 + (n_weeks - week) // 2)):
            rows += [(desk, week, int(generator.poisson(1 + 2 * week)), 60) for _ in range(n)]
    return rows


@few_units
def test_a_difference_of_time_is_none_within_weeks() -> None:
    scores = scores_in_weeks(in_time())
    plain = fa.compare_groups(scores, by="desk", n_resamples=999).iloc[0]
    table = fa.compare_groups(scores, by="desk", match="week", n_resamples=999)
    check_table(table, "contrasts")
    row = table.iloc[0]
    assert plain["p"] < 0.05
    assert row["p"] > 0.05
    assert abs(row["difference"]) < abs(plain["difference"]) / 3
    assert row["low"] < row["difference"] < row["high"]
    assert row["interval_method"] == "jackknife of 8 shared weeks"
    assert row["p_method"] == "999 random permutations within weeks"


@few_units
def test_the_difference_is_that_of_mantel_and_haenszel_in_shared_weeks() -> None:
    rows = [("a", 0, 3, 20), ("a", 0, 1, 30), ("b", 0, 2, 60), ("a", 1, 5, 40), ("b", 1, 1, 9)]
    alone = [("a", 5, 9, 9), ("b", 6, 1, 90)]
    row = fa.compare_groups(scores_in_weeks([*rows, *alone]), by="desk", match="week").iloc[0]
    # Weeks of 54 and 62, and of 45 and 10 tokens.
    weights = 54 * 62 / 116, 45 * 10 / 55
    rate_a, rate_b = (
        1000 * np.average(own, weights=weights) for own in ([4 / 54, 5 / 45], [2 / 62, 1 / 10])
    )
    assert row[["rate_a", "rate_b"]].tolist() == pytest.approx([rate_a, rate_b])
    assert row["difference"] == pytest.approx(rate_a - rate_b)
    assert row["ratio"] == pytest.approx((4 * 62 / 116 + 5 * 10 / 55) / (2 * 54 / 116 + 45 / 55))
    assert (row["n_units_a"], row["n_units_b"]) == (3, 2)
    assert row["interval_method"] == "none: 2 shared weeks, fewer than 5"
    assert (row["p_method"], row["smallest_p"]) == (
        "exact permutation within weeks",
        pytest.approx(1 / 6),
    )
    # Of the three pairs in one week, a is ahead in two, and even in one.
    assert row["cliffs_delta"] == pytest.approx(2 / 3)


@few_units
def test_without_a_shared_week_there_is_the_reason_and_no_number() -> None:
    scores = scores_in_weeks([("a", 0, 3, 20)] * 6 + [("b", 9, 1, 20)] * 6)
    row = fa.compare_groups(scores, by="desk", match="week").iloc[0]
    told = "none: no week has documents of both groups"
    assert row[["interval_method", "p_method"]].tolist() == [told, told]
    assert row[["rate_a", "difference", "low", "ratio", "cliffs_delta", "p"]].isna().all()
    assert (row["n_units_a"], row["n_units_b"], row["family_size"]) == (0, 0, 0)


@few_units
def test_weeks_begin_on_monday() -> None:
    texts = ["threat word", "word word"]
    for day, shared in (("2025-01-12", 1), ("2025-01-13", 0)):
        documents = fa.documents_from_texts(texts).assign(desk=["a", "b"])
        documents["date"] = pd.to_datetime(["2025-01-06", day]).astype("datetime64[us]")
        paragraphs = fa.split_paragraphs(documents)
        scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, LEXICON), LEXICON)
        assert fa.compare_groups(scores, by="desk", match="week")["n_units_a"].item() == shared


@few_units
def test_weeks_that_all_show_the_same_difference_have_no_interval_and_the_reason() -> None:
    scores = scores_in_weeks([(desk, week, n, 10 - n) for week in range(6) for desk, n in
                              (("a", 4), ("b", 2))])  # fmt: skip
    row = fa.compare_groups(scores, by="desk", match="week").iloc[0]
    assert row["difference"] == pytest.approx(200)
    assert row["interval_method"] == "none: every week shows the same difference"
    assert np.isnan(row["low"])


@few_units
def test_shares_are_compared_within_weeks_too() -> None:
    rows = [(desk, week, 2 + week % 3, 20) for week in range(6) for desk in "aabb"]
    scores = scores_in_weeks(rows, split=["certainty"])
    table = fa.compare_groups(scores, by="desk", measure="share", match="week", n_resamples=99)
    check_table(table, "share_contrasts")
    assert table["share_a"].tolist() == [1, 0, 0]
    assert table["p_method"].iloc[0] == "99 random permutations within weeks"


@few_units
def test_documents_without_a_date_are_told_and_in_no_week() -> None:
    rows = [("a", 0, 1, 9), ("b", 0, 1, 9), ("a", None, 9, 9)]
    with pytest.warns(StatisticsWarning, match="1 document has no date") as caught:
        row = fa.compare_groups(scores_in_weeks(rows), by="desk", match="week").iloc[0]
    assert row["n_units_a"] == 1
    assert caught[0].filename == __file__


@few_units
def test_what_is_in_no_week_is_refused() -> None:
    scores = scores_in_weeks([("a", 0, 1, 9), ("b", 0, 1, 9)])
    with pytest.raises(TableError, match="no document has a date"):
        fa.compare_groups(scores.drop(columns="date"), by="desk", match="week")
    with pytest.raises(ArgumentError, match="by names single documents"):
        fa.compare_groups(scores, by="document_id", match="week")
    with pytest.raises(ArgumentError, match="match is 'month'; give 'week' or None"):
        fa.compare_groups(scores, by="desk", match="month")
    of_two = paragraphs_of("A threat.\n\nA threat.", desk="a")
    of_two["date"] = pd.to_datetime(["2025-01-06", "2025-02-06"]).astype("datetime64[us]")
    several = fa.score_paragraphs(of_two, fa.find_hits(of_two, LEXICON), LEXICON)
    with pytest.raises(TableError, match="'text_0001' has paragraphs of several dates"):
        fa.compare_groups(several, by="desk", match="week")


@few_units
def test_a_week_with_more_than_half_of_the_words_leaves_no_interval() -> None:
    rows = [(desk, week, 1 + week % 2, 400 * (week == 3) + 4) for week in range(6) for desk in "ab"]
    row = fa.compare_groups(scores_in_weeks(rows), by="desk", match="week").iloc[0]
    assert row["interval_method"] == "none: one week has more than half of what is compared"
