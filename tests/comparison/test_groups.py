"""Groups and documents are compared by their documents, with every caveat said."""

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import StatisticsWarning, TableError
from analysis.statistics.significance import adjust_p
from analysis.tables.checks import check_table
from tests.builders import paragraphs_of, scores_of

few_units = pytest.mark.filterwarnings("ignore::analysis.errors.StatisticsWarning")
LEXICON = fa.lexicon_from_dict("test", {"threat": ["threat"], "aid": ["aid"]})


Groups = dict[str | None, list[str]]


def texts_and_desks(groups: Groups) -> tuple[list[str], pd.Series]:
    texts = [text for own in groups.values() for text in own]
    desks = [desk for desk, own in groups.items() for _ in own]
    return texts, pd.Series(desks, dtype="str")


def scores_of_groups(groups: Groups) -> pd.DataFrame:
    texts, desks = texts_and_desks(groups)
    return scores_of(texts, LEXICON, {"desk": desks})


def texts(n: int, threats: int, seed: int = 1) -> list[str]:
    generator = np.random.default_rng(seed)
    return [
        "\n\n".join(
            " ".join(generator.permutation(["threat"] * generator.poisson(threats) + ["word"] * 40))
            for _ in range(3)
        )
        for _ in range(n)
    ]


@few_units
def test_an_interval_holds_its_rate_and_says_what_was_resampled() -> None:
    scores = scores_of_groups({"a": texts(25, 2), "b": texts(25, 4, seed=2)})
    table = fa.score_intervals(scores, by="desk", seed=1)
    check_table(table.drop(columns="desk"), "group_scores")
    threat = table[table["category"] == "threat"]
    assert ((threat["low"] < threat["rate"]) & (threat["rate"] < threat["high"])).all()
    assert threat["interval_method"].tolist() == ["BCa, documents resampled"] * 2
    aid = table[table["category"] == "aid"]
    assert aid["interval_method"].tolist() == ["none: no hits"] * 2
    assert aid[["low", "high"]].isna().all().all()


@few_units
def test_an_interval_of_one_document_describes_that_document() -> None:
    scores = scores_of_groups({"a": ["\n\n".join(texts(3, 2))]})
    table = fa.score_intervals(scores)
    row = table[table["category"] == "threat"].iloc[0]
    assert row["interval_method"] == "BCa, paragraphs resampled: describes this document only"
    check_table(table, "document_scores")


def test_few_units_are_warned_about_and_very_few_refused() -> None:
    """T06."""
    scores = scores_of_groups({"a": texts(3, 2), "b": texts(10, 2), "c": texts(30, 2)})
    with pytest.warns(StatisticsWarning, match="few documents in 'a', 'b': .* fewer than 20"):
        table = fa.score_intervals(scores, by="desk")
    threat = table[table["category"] == "threat"].set_index("desk")
    assert threat.loc["a", "interval_method"] == "none: 3 units, fewer than 5"
    assert np.isnan(threat.loc["a", "low"])
    assert threat.loc["b", "low"] < threat.loc["b", "high"]


def test_documents_are_resampled_and_not_their_paragraphs() -> None:
    """T07."""
    # Ten documents, each all of one kind: paragraphs would look ten times surer than they are.
    own = ["\n\n".join(["threat word"] * 10)] * 12 + ["\n\n".join(["word word"] * 10)] * 12
    table = fa.score_intervals(scores_of_groups({"a": own}), by="desk")
    row = table[table["category"] == "threat"].iloc[0]
    expected = 1000 * 1.96 * np.sqrt(0.25 * 0.25 / 24)
    assert (row["high"] - row["low"]) / 2 == pytest.approx(expected, rel=0.2)


@few_units
def test_a_contrast_has_rates_difference_ratio_bounds_and_p() -> None:
    scores = scores_of_groups({"a": texts(25, 2), "b": texts(25, 6, seed=2)})
    table = fa.compare_groups(scores, by="desk", n_resamples=1_999, seed=1)
    check_table(table, "contrasts")
    row = table[table["category"] == "threat"].iloc[0]
    totals = fa.score_documents(scores, by="desk").set_index(["desk", "category"])["rate"]
    assert row["rate_a"] == pytest.approx(totals["a", "threat"])
    assert row["difference"] == pytest.approx(row["rate_a"] - row["rate_b"])
    assert row["ratio"] == pytest.approx(row["rate_a"] / row["rate_b"])
    assert row["low"] < row["difference"] < row["high"] < 0
    assert row["ratio_low"] < row["ratio"] < row["ratio_high"] < 1
    assert row["p"] == row["smallest_p"] == 1 / 2_000
    assert row["cliffs_delta"] < -0.8
    assert (row["n_units_a"], row["n_units_b"], row["unit"]) == (25, 25, "document")


@few_units
def test_p_values_are_adjusted_over_all_rows_and_the_family_is_told() -> None:
    """T25."""
    scores = scores_of_groups({"a": texts(6, 2), "b": texts(6, 3, 2), "c": texts(6, 4, 3)})
    table = fa.compare_groups(scores, by="desk", n_resamples=499)
    assert len(table) == 6
    assert table["family_size"].tolist() == [6] * 6
    assert table["adjustment"].tolist() == ["Benjamini-Hochberg"] * 6
    np.testing.assert_allclose(table["p_adjusted"], adjust_p(table["p"]))
    plain = fa.compare_groups(scores, by="desk", n_resamples=499, adjustment="none")
    np.testing.assert_allclose(plain["p_adjusted"], table["p"])


@few_units
def test_a_pair_has_the_same_numbers_whichever_others_are_compared() -> None:
    scores = scores_of_groups({"a": texts(8, 2), "b": texts(8, 3, 2), "c": texts(8, 4, 3)})
    every = fa.compare_groups(scores, by="desk", n_resamples=499, seed=3)
    alone = fa.compare_groups(scores, by="desk", pairs=[("a", "c")], n_resamples=499, seed=3)
    same = every[(every["group_a"] == "a") & (every["group_b"] == "c")]
    columns = ["category", "difference", "low", "high", "ratio_low", "p"]
    pd.testing.assert_frame_equal(
        same[columns].reset_index(drop=True), alone[columns].reset_index(drop=True)
    )


@few_units
def test_a_pair_turned_round_changes_only_signs() -> None:
    scores = scores_of_groups({"a": texts(8, 2), "b": texts(8, 3, 2)})
    forth = fa.compare_groups(scores, by="desk", pairs=[("a", "b")], n_resamples=499)
    back = fa.compare_groups(scores, by="desk", pairs=[("b", "a")], n_resamples=499)
    np.testing.assert_allclose(forth["difference"], -back["difference"])
    np.testing.assert_allclose(forth["cliffs_delta"].fillna(0), -back["cliffs_delta"].fillna(0))


@few_units
def test_missing_values_are_a_group_of_their_own() -> None:
    """S10."""
    scores = scores_of_groups({"a": texts(6, 2), None: texts(6, 3, 2)})
    table = fa.compare_groups(scores, by="desk", n_resamples=99)
    assert {*table["group_a"], *table["group_b"]} == {"a", "(missing)"}


@few_units
def test_groups_of_few_documents_have_a_p_but_no_interval() -> None:
    scores = scores_of_groups({"a": texts(3, 2), "b": texts(3, 9, 2)})
    row = fa.compare_groups(scores, by="desk").iloc[0]
    assert row["interval_method"] == "none: a group of fewer than 5 documents"
    assert np.isnan(row["low"])
    assert row["p_method"] == "exact permutation"
    assert row["smallest_p"] == pytest.approx(0.1)


@few_units
def test_rates_that_do_not_vary_have_the_reason_and_no_bounds() -> None:
    # Rates of 1 in 3 and 1 in 7, whose sums divide to different last digits; no hit of aid.
    one = [" ".join(["threat", "word", "word"] * n) for n in range(1, 8)]
    two = [" ".join(["threat", *["word"] * 6] * n) for n in range(1, 8)]
    scores = scores_of_groups({"a": one, "b": two, "c": texts(6, 9, 2)})
    rates = fa.score_intervals(scores, by="desk").query("category == 'threat'").set_index("desk")
    contrasts = fa.compare_groups(scores, by="desk", n_resamples=199)
    pair = contrasts[(contrasts["group_a"] == "a") & (contrasts["group_b"] == "b")]
    same = "none: every unit has the same rate"
    assert rates.loc[["a", "b"], "interval_method"].tolist() == [same, same]
    assert rates.loc[["a", "b"], ["low", "high"]].isna().all().all()
    told = dict(zip(pair["category"], pair["interval_method"], strict=True))
    assert told == {"threat": same, "aid": "none: no hits"}
    assert pair[["low", "high", "ratio_low", "ratio_high"]].isna().all().all()
    varied = contrasts[(contrasts["group_b"] == "c") & (contrasts["category"] == "threat")]
    assert varied[["low", "high"]].notna().all().all()
    assert set(varied["interval_method"]) == {"BCa, documents resampled"}


@few_units
def test_the_paragraphs_of_a_groups_only_document_are_no_units() -> None:
    """An outlet with one article has a rate; what its next article would be, nobody knows."""
    article = "\n\n".join(texts(12, 2))
    scores = scores_of_groups({"a": [article], "b": [article] * 2, "c": texts(6, 9, 2)})
    table = fa.compare_groups(scores, by="desk", n_resamples=199)
    assert set(table["unit"]) == {"document"}
    sizes = {
        (row.group_a, row.group_b): (row.n_units_a, row.n_units_b) for row in table.itertuples()
    }
    assert sizes == {("a", "b"): (1, 2), ("a", "c"): (1, 6), ("b", "c"): (2, 6)}
    alone = table["group_a"] == "a"
    assert table.loc[alone, ["p", "p_adjusted", "smallest_p", "low"]].isna().all().all()
    assert set(table.loc[alone, "p_method"]) == {"none: a group of a single document"}
    assert table.loc[~alone, "p"].notna().all()
    assert table["family_size"].tolist() == [2] * len(table)
    rates = fa.score_intervals(scores, by="desk").query("category == 'threat'").set_index("desk")
    assert rates.loc["a", "interval_method"] == "none: 1 unit, fewer than 5"
    texts_of_both, desks = texts_and_desks({"a": [article], "b": [article] * 2})
    paragraphs = paragraphs_of(*texts_of_both, desk=desks)
    hits = fa.find_hits(paragraphs, LEXICON)
    sides = {"by": "desk", "group_a": "a", "group_b": "b"}
    curve = fa.multiverse(paragraphs, hits, LEXICON, "threat", **sides)
    assert curve["n_units_a"].max() == 1


@few_units
def test_groups_by_document_are_documents() -> None:
    scores = scores_of_groups({"a": ["\n\n".join(texts(8, 1)), "\n\n".join(texts(8, 5, 2))]})
    pd.testing.assert_frame_equal(
        fa.compare_groups(scores, by="document_id", n_resamples=199),
        fa.compare_documents(scores, n_resamples=199),
    )
    pd.testing.assert_frame_equal(
        fa.score_intervals(scores, by="document_id"), fa.score_intervals(scores)
    )


@few_units
def test_documents_are_compared_by_their_paragraphs() -> None:
    scores = scores_of_groups({"a": ["\n\n".join(texts(8, 1)), "\n\n".join(texts(8, 5, 2))]})
    table = fa.compare_documents(scores, n_resamples=999)
    row = table[table["category"] == "threat"].iloc[0]
    assert (row["unit"], row["n_units_a"]) == ("paragraph", 24)
    assert row["high"] < 0
    assert row["p"] < 0.01


@few_units
def test_scores_by_voice_are_compared_within_each_voice() -> None:
    documents = fa.documents_from_texts(["A threat. “A threat,” Ana Rell said."] * 12)
    documents = documents.assign(desk=["a"] * 6 + ["b"] * 6)
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON, split=["voice"])
    table = fa.compare_groups(scores, by="desk", n_resamples=99)
    assert set(table["voice"]) == {"narrator", "quote", "paraphrase"}
    # Every voice is by the tokens of the whole paragraph.
    one = table[(table["voice"] == "quote") & (table["category"] == "threat")].iloc[0]
    assert one["rate_a"] == pytest.approx(1000 / 7)


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"by": "colour"}, TableError, "no column 'colour'"),
        ({"by": "desk", "pairs": [("a", "z")]}, TableError, "no group 'z' to compare"),
        ({"by": "desk", "confidence": 95}, ValueError, "confidence is 95"),
        ({"by": "desk", "adjustment": "best"}, ValueError, "unknown"),
    ],
)
def test_wrong_arguments_are_refused_in_one_sentence(
    options: dict[str, object], error: type[Exception], match: str
) -> None:
    scores = scores_of_groups({"a": texts(5, 1), "b": texts(5, 1)})
    with pytest.raises(error, match=match):
        fa.compare_groups(scores, **options)


def test_one_group_alone_cannot_be_compared() -> None:
    with pytest.raises(TableError, match="fewer than two groups"):
        fa.compare_groups(scores_of_groups({"a": texts(5, 1)}), by="desk")


@few_units
@pytest.mark.parametrize("seed", range(4))
def test_bounds_are_null_together_and_exactly_where_the_reason_stands(seed: int) -> None:
    generator = np.random.default_rng(seed)
    kinds = {"none": 0, "same": 1, "some": 3}
    groups: Groups = {
        f"{kind}{n}": [
            " ".join(["threat"] * (generator.poisson(most) if kind == "some" else most) + ["word"])
            for _ in range(n)
        ]
        for kind, most in kinds.items()
        for n in (1, 4, 6)
    }
    scores = scores_of_groups(groups)
    dated, names = scores.assign(date=pd.to_datetime("2025-01-01")), scores["document_id"].unique()
    tables = [
        fa.score_intervals(scores, by="desk", n_resamples=99),
        fa.score_intervals(scores, n_resamples=99),
        fa.compare_groups(scores, by="desk", n_resamples=99),
        fa.compare_documents(scores, pairs=[(names[0], names[-1])], n_resamples=99),
        fa.trend(dated, n_resamples=99),
        fa.length_effect(scores, n_resamples=99),
    ]
    for table in tables:
        reasons = table["interval_method"].str.startswith("none: ")
        assert reasons.any()
        assert (table["low"].isna() == reasons).all()
        assert (table["high"].isna() == reasons).all()


def test_groups_that_share_no_month_are_named_once() -> None:
    texts_of_all, desks = texts_and_desks({"a": texts(5, 1), "b": texts(5, 1), "c": texts(5, 1)})
    months = pd.to_datetime(["2025-01-06"] * 5 + ["2025-02-03"] * 5 + ["2025-02-27"] * 5)
    scores = scores_of(texts_of_all, LEXICON, {"desk": desks, "date": months})
    with pytest.warns(StatisticsWarning) as caught:
        fa.compare_groups(scores, by="desk", n_resamples=99)
    told = [str(one.message) for one in caught if "month" in str(one.message)]
    assert told == [
        "no month has documents of both 'a' and 'b', 'a' and 'c': what differs may be the time "
        "and not the group"
    ]
    assert {one.filename for one in caught} == {__file__}
    with pytest.warns(StatisticsWarning) as caught:
        fa.compare_groups(scores, by="desk", pairs=[("b", "c")], n_resamples=99)
    assert not any("month" in str(one.message) for one in caught)


def test_a_document_that_carries_much_of_a_group_is_named() -> None:
    own = ["threat word"] * 5 + ["threat " * 6]
    scores = scores_of_groups({"a": own, "b": texts(6, 2), "c": ["threat"] * 2})
    with pytest.warns(StatisticsWarning) as caught:
        fa.compare_groups(scores, by="desk", n_resamples=99)
    told = [str(one.message) for one in caught if "third" in str(one.message)]
    assert told == [
        "one document carries more than a third of a group's hits: 'text_0006' (55 % of threat "
        "in 'a'); compare without it, too"
    ]


@few_units
def test_the_family_says_what_is_adjusted_together() -> None:
    scores = scores_of_groups({"a": texts(6, 2), "b": texts(6, 3, 2), "c": texts(1, 4, 3)})
    two = fa.compare_groups(scores, by="desk", pairs=[("a", "b")], n_resamples=99)
    assert set(two["family"]) == {"1 pair × 2 categories"}
    three = fa.compare_groups(scores, by="desk", n_resamples=99)
    assert set(three["family"]) == {"3 pairs × 2 categories, 2 of 6 tested"}
    assert set(three["family_size"]) == {2}
