"""Two groups are compared within pairs of articles on the same event."""

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import StatisticsWarning, TableError
from analysis.statistics.significance import adjust_p
from analysis.tables.checks import check_table
from tests.builders import scores_of

pytestmark = pytest.mark.filterwarnings("ignore::analysis.errors.StatisticsWarning")
LEXICON = fa.lexicon_from_dict("test", {"threat": ["threat"], "aid": ["aid"]})
FEW: dict[str, Any] = {"n_resamples": 999, "seed": 1}
# Threats in the articles of either group, by event.
HITS = [(4, 1), (3, 1), (5, 5), (0, 2), (6, 2), (7, 3), (2, 1)]


def texts_of(n_hits: list[int], n_words: int = 20) -> list[str]:
    return [" ".join(["threat"] * n + ["word"] * (n_words + 10 * n)) for n in n_hits]


def pairs_of(n: int, **columns: Any) -> pd.DataFrame:
    """Return pairs of articles, of which those of group b are numbered behind those of a."""
    ids = [f"text_{number:04}" for number in range(1, 2 * n + 1)]
    pairs = pd.DataFrame({"document_id_a": ids[:n], "document_id_b": ids[n:]})
    usual = {"group_a": "a", "group_b": "b", "days": 0, "similarity": 0.5, "near_copy": False}
    return pairs.assign(**(usual | columns))


@pytest.fixture(scope="module")
def scores() -> pd.DataFrame:
    one, two = (list(own) for own in zip(*HITS, strict=True))
    return scores_of([*texts_of(one), *texts_of(two, 40)], LEXICON)


@pytest.fixture(scope="module")
def differences(scores: pd.DataFrame) -> np.ndarray:
    own = fa.score_documents(scores)
    rates = own[own["category"] == "threat"]["rate"].to_numpy()
    return rates[: len(HITS)] - rates[len(HITS) :]


def test_the_difference_is_the_mean_of_those_within_pairs(
    scores: pd.DataFrame, differences: np.ndarray
) -> None:
    table = fa.compare_pairs(scores, pairs_of(len(HITS)), **FEW)
    check_table(table, "pair_contrasts")
    row = table[table["category"] == "threat"].iloc[0]
    assert row["difference"] == pytest.approx(differences.mean())
    assert row["difference"] == pytest.approx(row["rate_a"] - row["rate_b"])
    assert row["low"] < row["difference"] < row["high"]
    assert row["interval_method"] == "percentile, pairs resampled"
    assert (row["group_a"], row["group_b"], row["n_pairs"]) == ("a", "b", len(HITS))
    np.testing.assert_allclose(table["p_adjusted"], adjust_p(table["p"]))
    assert set(table["family"]) == {"1 pair of groups × 2 categories"}


def test_p_is_the_share_of_turned_signs_that_differ_as_much(
    scores: pd.DataFrame, differences: np.ndarray
) -> None:
    row = fa.compare_pairs(scores, pairs_of(len(HITS)), **FEW).iloc[0]
    turned = [abs(np.dot(signs, differences)) for signs in product([1, -1], repeat=len(HITS))]
    expected = np.mean([own >= abs(differences.sum()) - 1e-9 for own in turned])
    assert row["p"] == pytest.approx(expected, abs=1e-12)
    assert (row["smallest_p"], row["p_method"]) == (2 / 2 ** len(HITS), "all signs turned")


def test_the_interval_is_that_of_a_mean_of_pairs(
    scores: pd.DataFrame, differences: np.ndarray
) -> None:
    row = fa.compare_pairs(scores, pairs_of(len(HITS)), n_resamples=9_999).iloc[0]
    error = differences.std(ddof=1) / np.sqrt(len(HITS))
    # Percentiles, widened for few units, are near those of Student's t.
    assert (row["high"] - row["low"]) / 2 == pytest.approx(2.447 * error, rel=0.15)


def test_near_copies_are_left_out_unless_they_are_asked_for(scores: pd.DataFrame) -> None:
    copied = [n in (2, 3) for n in range(len(HITS))]
    pairs = pairs_of(len(HITS), near_copy=copied)
    with pytest.warns(StatisticsWarning, match="^2 pairs of near-copies are left out; keep_copies"):
        table = fa.compare_pairs(scores, pairs, **FEW)
    assert table["n_pairs"].tolist() == [5, 5]
    rest = pairs[~pairs["near_copy"]]
    pd.testing.assert_frame_equal(table, fa.compare_pairs(scores, rest, **FEW))
    kept = fa.compare_pairs(scores, pairs, keep_copies=True, **FEW)
    pd.testing.assert_frame_equal(kept, fa.compare_pairs(scores, pairs_of(len(HITS)), **FEW))


def test_an_article_without_tokens_has_no_rate_to_compare() -> None:
    scores = scores_of([*texts_of([1, 2, 3]), "…", *texts_of([1, 1])], LEXICON)
    with pytest.warns(StatisticsWarning, match="^1 pair of an article without tokens is left out"):
        table = fa.compare_pairs(scores, pairs_of(3), **FEW)
    assert table["n_pairs"].tolist() == [2, 2]


def test_few_pairs_have_no_interval_and_say_so(scores: pd.DataFrame) -> None:
    pairs = pairs_of(len(HITS))
    with pytest.warns(StatisticsWarning, match="few pairs in 'a and b': intervals"):
        row = fa.compare_pairs(scores, pairs[:4], **FEW).iloc[0]
    assert row["interval_method"] == "none: fewer than 5 pairs"
    assert row["smallest_p"] == 1 / 8
    alone = fa.compare_pairs(scores, pairs[:1], **FEW).iloc[0]
    assert alone["p_method"] == "none: fewer than 2 pairs"
    assert np.isnan([alone["p"], alone["smallest_p"], alone["low"]]).all()
    copies = fa.compare_pairs(scores, pairs[:3].assign(near_copy=True), **FEW).iloc[0]
    assert copies["n_pairs"] == 0
    assert np.isnan([copies["rate_a"], copies["difference"], copies["p"]]).all()


def test_pairs_that_all_differ_alike_have_no_interval(scores: pd.DataFrame) -> None:
    row = fa.compare_pairs(scores, pairs_of(len(HITS)), **FEW).iloc[1]
    assert (row["category"], row["difference"], row["p"]) == ("aid", 0, 1)
    assert row["interval_method"] == "none: every pair has the same difference"


def test_tables_of_several_pairs_of_groups_stand_under_each_other(scores: pd.DataFrame) -> None:
    pairs = pairs_of(len(HITS))
    both = pd.concat([pairs.assign(group_b="c"), pairs])
    with pytest.raises(TableError, match="repeats the key"):
        fa.compare_pairs(scores, pd.concat([pairs, pairs]), **FEW)
    table = fa.compare_pairs(scores, both, **FEW)
    assert table["group_b"].tolist() == ["b", "b", "c", "c"]
    assert table["p"].tolist()[:2] == table["p"].tolist()[2:]
    assert set(table["family"]) == {"2 pairs of groups × 2 categories"}


def test_pairs_that_are_none_of_the_scores_are_refused(scores: pd.DataFrame) -> None:
    pairs = pairs_of(len(HITS))
    strange = pairs.assign(document_id_b=["x", *pairs["document_id_b"][1:]])
    with pytest.raises(TableError, match="scores have no document 'x'"):
        fa.compare_pairs(scores, strange)
    twice = pairs.assign(document_id_a="text_0001")
    with pytest.raises(TableError, match="document 'text_0001' is in two pairs"):
        fa.compare_pairs(scores, twice)
    with pytest.raises(TableError, match="document_pairs has no pairs"):
        fa.compare_pairs(scores, pairs[:0])
