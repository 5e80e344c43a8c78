"""Log-odds held to published and independent figures."""

import numpy as np
import pytest

from analysis.statistics.association import weighted_log_odds
from tests.reference_cases import Case, statistics_cases


@pytest.mark.parametrize(
    "case", statistics_cases("z (*2-term*)", "z (*4-term*)", "z(target,ref) = -z(ref,target)")
)
def test_log_odds_equal_the_reference_cases(case: Case) -> None:
    """T15."""
    given = case["input"]
    variance = "four-term" if "4-term" in case["statistic"] else "two-term"
    words, target, reference = counts_of(given)
    _, z = weighted_log_odds(target, reference, given["alpha_w"], variance=variance)
    found = [z[words.index(word)] for word in given.get("words", words)]
    np.testing.assert_allclose(found, case["expected"], rtol=0, atol=case["abs_tol"])
    _, back = weighted_log_odds(reference, target, given["alpha_w"], variance=variance)
    np.testing.assert_allclose(back, -z, rtol=1e-12)


def counts_of(given: Case) -> tuple[list[str], list[int], list[int]]:
    """Return the words of a case with their counts on either side, which texts may give."""
    if "target" in given:
        return given["vocabulary"], given["target"], given["reference"]
    texts = [given[f"{side}_text"].split() for side in ("target", "reference")]
    words = sorted({word for text in texts for word in text})
    target, reference = ([text.count(word) for word in words] for text in texts)
    return words, target, reference


@pytest.mark.parametrize(
    "case", statistics_cases("delta for a word with zero count in both corpora")
)
def test_the_value_of_the_formula_for_a_word_that_nobody_uses_is_null(case: Case) -> None:
    """T14."""
    given = case["input"]
    target, reference, prior = (given[name] for name in ("target", "reference", "alpha_w"))
    values, _ = weighted_log_odds(target, reference, prior)
    unseen = [a == b == 0 for a, b in zip(target, reference, strict=True)]
    assert np.isnan(values).tolist() == unseen
    formula = np.log((sum(reference) + prior) / (sum(target) + prior))
    assert formula == pytest.approx(case["expected"], abs=case["abs_tol"])


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
