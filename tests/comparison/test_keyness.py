"""Keyness and log-odds equal reference values; word shifts add up."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import analysis as fa
from analysis.comparison.keyness import keyness_scores
from analysis.errors import TableError
from analysis.tables.checks import check_table

Cases = dict[str, dict[str, Any]]


@pytest.mark.parametrize(
    ("name", "measure", "correction"),
    [
        ("keyness_chi2_yates", "chi2", "Yates"),
        ("keyness_chi2_williams", "chi2", "Williams"),
        ("keyness_g2_williams", "G2", "Williams"),
    ],
)
def test_corrected_measures_equal_the_reference_cases(
    statistics_cases: Cases, name: str, measure: str, correction: str
) -> None:
    """T11."""
    given = statistics_cases[name]["input"]
    values = keyness_scores(
        [given["term_target"]],
        [given["term_reference"]],
        given["total_target"],
        given["total_reference"],
        measure=measure,
        correction=correction,
    )
    assert values[0] == pytest.approx(
        statistics_cases[name]["expected"], abs=statistics_cases[name]["abs_tol"]
    )


def test_the_exact_measure_is_the_conditional_odds_ratio_with_fishers_p(
    statistics_cases: Cases,
) -> None:
    case = statistics_cases["keyness_fisher"]
    texts = case["input"]["texts"]
    one, two = (fa.documents_from_texts([texts[name]]) for name in ("d1", "d2"))
    table = fa.keyness(one, two, measure="Fisher", min_occurrences=1)
    row = table.set_index("term").loc["a"]
    assert [math.exp(row["keyness"]), row["p"]] == pytest.approx(
        case["expected"], abs=case["abs_tol"]
    )
    assert row["measure"] == "Fisher"


def test_the_likelihood_ratio_equals_the_published_values(
    statistics_cases: Cases,
) -> None:
    own = [case for name, case in statistics_cases.items() if name.startswith("dunning_")]
    assert len(own) == 8
    for case in own:
        k = case["input"]
        value = keyness_scores(
            [k["k_AB"]],
            [k["k_A_notB"]],
            k["k_AB"] + k["k_notA_B"],
            k["k_A_notB"] + k["k_notA_notB"],
        )
        assert abs(value[0]) == pytest.approx(case["expected"], abs=1e-6)


def test_two_and_four_terms_are_told_apart(statistics_cases: Cases) -> None:
    case = statistics_cases["ll_two_term_vs_four_term"]
    given = [*case["input"].values()]
    arguments = ([given[0]], [given[1]], given[2], given[3])
    two = keyness_scores(*arguments, measure="G2 two-term")[0]
    four = keyness_scores(*arguments, measure="G2")[0]
    assert [two, four] == pytest.approx(case["expected"], abs=1e-9)


def test_an_uncorrected_g2_has_its_known_value_and_yates_takes_off_no_more_than_there_is() -> None:
    """T12, T13."""
    plain = keyness_scores([3], [7], 10, 9)
    assert plain[0] == pytest.approx(-4.534939, abs=1e-6)
    assert keyness_scores([3], [2], 17, 12, measure="chi2", correction="Yates")[0] == 0


def test_p_values_keep_their_digits_where_they_are_small(
    statistics_cases: Cases,
) -> None:
    """T10."""
    assert stats.chi2.sf(80, 1) == pytest.approx(
        statistics_cases["keyness_p_underflow"]["expected"], rel=1e-9
    )
    target = fa.documents_from_texts(["aid " * 400 + "rain " * 10])
    reference = fa.documents_from_texts(["rain " * 400 + "aid " * 10])
    table = fa.keyness(target, reference)
    check_table(table, "keyness")
    assert (table["p"] > 0).all()
    assert table["p"].max() < 1e-100
    assert table["term"].tolist() == ["aid", "rain"]


def test_chi_squared_equals_scipy_for_many_words() -> None:
    generator = np.random.default_rng(2)
    a, b = generator.integers(1, 50, 40), generator.integers(1, 50, 40)
    own = keyness_scores(a, b, 1_000, 1_500, measure="chi2", correction="Yates")
    for n in range(40):
        cells = [[a[n], b[n]], [1_000 - a[n], 1_500 - b[n]]]
        expected = stats.chi2_contingency(cells, correction=True)
        assert abs(own[n]) == pytest.approx(expected.statistic)


def test_log_odds_leave_out_what_neither_uses_and_flag_what_one_uses() -> None:
    """T14, T16."""
    target = fa.documents_from_texts(["aid " * 9 + "rain " * 20])
    reference = fa.documents_from_texts(["peril " * 9 + "rain " * 20])
    table = fa.log_odds(target, reference).set_index("term")
    check_table(table.reset_index(), "log_odds")
    assert table["one_sided"].to_dict() == {"aid": True, "rain": False, "peril": True}
    assert np.isfinite(table["z"]).all()
    back = fa.log_odds(reference, target).set_index("term")
    np.testing.assert_allclose(table["z"], -back["z"].loc[table.index], atol=1e-12)


@pytest.mark.parametrize("function", ["keyness", "log_odds"])
def test_an_empty_set_of_documents_is_refused(function: str) -> None:
    """S13."""
    some, none = fa.documents_from_texts(["aid " * 9]), fa.documents_from_texts([" — "])
    for pair in ((some, none), (none, some), (none, none)):
        with pytest.raises(TableError, match="has no words"):
            getattr(fa, function)(*pair)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"measure": "LL"}, "measure 'LL' with correction 'none' is unknown"),
        ({"correction": "best"}, "correction 'best' is unknown"),
        ({"measure": "G2 two-term", "correction": "Yates"}, "has no correction"),
    ],
)
def test_unknown_measures_are_refused(options: dict[str, str], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        keyness_scores([1], [1], 10, 10, **options)


def shift_of(texts: list[str], **options: str) -> pd.DataFrame:
    documents = fa.documents_from_texts(texts)
    paragraphs = fa.split_paragraphs(documents)
    lexicon = fa.lexicon_from_dict("test", {"threat": ["threat*", "peril"], "aid": ["aid"]})
    hits = fa.find_hits(paragraphs, lexicon, in_context=False)
    groups = {"by": "document_id", "group_a": "text_0001", "group_b": "text_0002"}
    return fa.word_shift(paragraphs, hits, "threat", **{**groups, **options})


def test_contributions_of_words_add_up_to_the_difference() -> None:
    table = shift_of(
        ["A threat, two threats in ten words or so here.", "Peril, peril and a threat."]
    )
    check_table(table, "word_shift")
    difference = 1000 * (2 / 10 - 3 / 5)
    assert math.fsum(table["contribution"]) == pytest.approx(difference, abs=1e-9)
    assert math.fsum(table["share"]) == pytest.approx(1)
    assert table["term"].tolist() == ["peril", "threat*"]


def test_words_as_written_can_stand_in_for_entries() -> None:
    table = shift_of(["A threat, two Threats.", "Peril."], detail="surface")
    assert set(table["term"]) == {"threat", "threats", "peril"}


def test_no_difference_has_no_shares() -> None:
    table = shift_of(["A threat.", "A threat."])
    assert table["contribution"].tolist() == [0.0]
    assert table["share"].isna().all()


def test_unknown_groups_columns_and_levels_are_refused() -> None:
    with pytest.raises(TableError, match="no group 'z'"):
        shift_of(["A threat.", "A peril."], group_b="z")
    with pytest.raises(TableError, match="no column 'desk'"):
        shift_of(["A threat.", "A peril."], by="desk")
    with pytest.raises(ValueError, match="detail is 'word'"):
        shift_of(["A threat.", "A peril."], detail="word")
