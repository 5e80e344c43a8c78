"""Keywords in context, and log-odds held to published and independent figures."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.statistics.association import weighted_log_odds
from analysis.tables.checks import check_table


def contexts(text: str, terms: list[str], **options: int) -> pd.DataFrame:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("test", {"k": terms}))
    table = fa.keywords_in_context(paragraphs, hits, **options)
    check_table(table, "contexts")
    return table


def lines(table: pd.DataFrame) -> list[list[str]]:
    return table[["left", "keyword", "right"]].values.tolist()


def test_a_hit_stands_between_the_words_around_it() -> None:
    assert lines(contexts("The army saw a threat at dawn.", ["threat"])) == [
        ["The army saw a", "threat", "at dawn."]
    ]


def test_words_are_not_cut_and_an_ellipsis_says_that_the_paragraph_goes_on() -> None:
    table = contexts("one two three threat four five six", ["threat"], width=7)
    assert lines(table) == [["… three", "threat", "four …"]]


def test_the_paragraph_is_the_limit_and_line_breaks_are_blanks() -> None:
    table = contexts("Rain fell.\n\nA\n threat of\nwar.\n\nSun.", ["threat"])
    assert lines(table) == [["A", "threat", "of war."]]


def test_a_hit_over_a_line_break_is_shown_in_one_line() -> None:
    assert lines(contexts("a front\nline here\n\nEnd.", ["front line"])) == [
        ["a", "front line", "here"]
    ]


def test_a_long_word_without_blanks_is_shown_in_part() -> None:
    [[left, _, right]] = lines(contexts("x" * 500 + " war " + "y" * 500, ["war"], width=10))
    assert (left, right) == ("… " + "x" * 10, "y" * 10 + " …")


def test_voice_and_certainty_stand_beside_the_words() -> None:
    table = contexts("“The threat may grow,” Ana Rell said.", ["threat"])
    row = table.iloc[0]
    assert (row["voice"], row["speaker"], row["certainty"]) == ("quote", "Ana Rell", "hedged")


def test_rows_follow_the_hits_given_and_blocked_ones_say_so() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["social security and security"]))
    lexicon = fa.lexicon_from_dict(
        "test", {"k": {"terms": ["security"], "exclude": ["social security"]}}
    )
    hits = fa.find_hits(paragraphs, lexicon)
    table = fa.keywords_in_context(paragraphs, hits.iloc[::-1])
    assert table["start"].tolist() == [20, 7]
    assert table["blocked_by"].isna().tolist() == [True, False]


def test_no_hits_give_an_empty_table() -> None:
    assert contexts("Nothing here.", ["threat"]).empty


def test_hits_of_other_paragraphs_are_refused_by_name() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat.", "A threat."]))
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("test", {"k": ["threat"]}))
    first = paragraphs[paragraphs["document_id"] == paragraphs["document_id"].iloc[0]]
    with pytest.raises(TableError, match="paragraph 0 of"):
        fa.keywords_in_context(first, hits)
    with pytest.raises(ValueError, match="width is 0"):
        fa.keywords_in_context(paragraphs, hits, width=0)


def test_log_odds_equal_the_reference_cases(shared_cases: dict[str, dict]) -> None:
    """T15."""
    uniform = shared_cases["logodds_uniform_prior_0.5"]
    _, z = weighted_log_odds(uniform["input"]["target"], uniform["input"]["reference"], 0.5)
    np.testing.assert_allclose(z, uniform["expected"], rtol=0, atol=uniform["abs_tol"])
    full = shared_cases["logodds_full_variance_0.01"]
    given = full["input"]
    _, z = weighted_log_odds(given["target"], given["reference"], 0.01, variance="four-term")
    np.testing.assert_allclose(z, full["expected"], rtol=0, atol=full["abs_tol"])
    turned = shared_cases["logodds_antisymmetry"]
    given = turned["input"]
    _, z = weighted_log_odds(given["target"], given["reference"], 0.01)
    np.testing.assert_allclose(z, turned["expected"], rtol=0, atol=turned["abs_tol"])
    back = weighted_log_odds(given["reference"], given["target"], 0.01)[1]
    np.testing.assert_allclose(back, -z, rtol=1e-12)
    two = shared_cases["logodds_fightingwords_issue3"]
    texts = [two["input"][f"{side}_text"].split() for side in ("target", "reference")]
    words = sorted({word for text in texts for word in text})
    counts = [[text.count(word) for word in words] for text in texts]
    z = dict(zip(words, weighted_log_odds(*counts, two["input"]["alpha_w"])[1], strict=True))
    found = [z[word] for word in two["input"]["words"]]
    np.testing.assert_allclose(found, two["expected"], rtol=0, atol=two["abs_tol"])
    unseen = shared_cases["logodds_word_absent_from_both"]
    given = unseen["input"]
    values, _ = weighted_log_odds(given["target"], given["reference"], given["alpha_w"])
    # The formula has a large value for a word that nobody uses: it is null here (T14).
    assert np.isnan(values[1])
    assert np.log(1000.01 / 10.01) == pytest.approx(unseen["expected"], abs=unseen["abs_tol"])


def test_log_odds_follow_the_formula_of_the_paper() -> None:
    # By hand, for counts 20 of 334 and 5 of 296 with half a pseudo-count for each of 2 words.
    log_odds, z = weighted_log_odds([20, 314], [5, 291], [0.5, 0.5])
    expected = np.log(20.5 / (335 - 20.5)) - np.log(5.5 / (297 - 5.5))
    assert log_odds[0] == pytest.approx(expected, abs=1e-12)
    assert z[0] == pytest.approx(expected / np.sqrt(1 / 20.5 + 1 / 5.5), abs=1e-12)


def test_log_odds_change_sign_when_the_texts_change_places() -> None:
    forth = weighted_log_odds([3, 40, 2], [9, 10, 0], 0.1)
    back = weighted_log_odds([9, 10, 0], [3, 40, 2], 0.1)
    np.testing.assert_allclose(forth, np.negative(back), atol=1e-12)


def test_a_word_that_neither_text_holds_has_no_log_odds() -> None:
    log_odds, z = weighted_log_odds([10, 0], [1000, 0], 0.01)
    assert np.isnan(log_odds[1])
    assert np.isnan(z[1])
    assert np.isfinite(z[0])


@pytest.mark.parametrize(
    ("target", "reference", "prior", "match"),
    [
        ([0, 0], [1, 2], 0.5, "need words"),
        ([1, 2], [0, 0], 0.5, "need words"),
        ([1, -2], [1, 2], 0.5, "0 or more"),
        ([1, 2], [1, 2, 3], 0.5, "same words"),
        ([1, 2], [1, 2], 0.0, "pseudo-count"),
        ([1, 2], [1, 2], [0.5, -1], "pseudo-count"),
    ],
)
def test_what_has_no_log_odds_is_refused(
    target: list[int], reference: list[int], prior: object, match: str
) -> None:
    with pytest.raises(ValueError, match=match):
        weighted_log_odds(target, reference, prior)
    with pytest.raises(ValueError, match="two-term"):
        weighted_log_odds([1], [1], 1, variance="full")


@pytest.fixture
def shared_cases(cases_folder: Path) -> dict[str, dict]:
    text = (cases_folder / "statistics_cases.json").read_text("utf-8")
    return {case["id"]: case for case in json.loads(text)["cases"]}
