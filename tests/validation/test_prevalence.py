"""The share of positive paragraphs in the corpus, corrected for what the lexicon gets wrong."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table
from tests.validation.coded_corpora import Case, case_of, random_case, units_of

HIT, NONE = "An army.", "Rain."


def prevalence_of(case: Case, **options: Any) -> pd.DataFrame:
    given = {"n_resamples": 199, **options}
    return fa.validate_lexicon(case.hits, case.scores, case.codes, **given)["prevalence"]


def test_the_corrected_share_is_that_of_rogan_and_gladen_by_hand() -> None:
    # Flagged 5 of 10 in the corpus. Coded: 2 of 3 positives flagged, 1 of 4 negatives.
    case = case_of([HIT] * 5 + [NONE] * 5, ["1", "1", "0", *"xx", "1", "0", "0", "0", "x"])
    case = case._replace(codes=case.codes[case.codes["code"] != "x"])
    row = prevalence_of(case).iloc[0]
    assert row["n_paragraphs"] == 10
    assert (row["apparent"], row["sensitivity"], row["specificity"]) == (0.5, 2 / 3, 3 / 4)
    assert row["corrected"] == pytest.approx((0.5 + 3 / 4 - 1) / (2 / 3 + 3 / 4 - 1))
    assert pd.isna(row["explanation"])


def test_with_the_whole_corpus_coded_the_corrected_share_is_that_of_the_codes() -> None:
    case = random_case(3)
    for threshold in (None, 2, 3):
        row = prevalence_of(case, threshold=threshold).iloc[0]
        assert row["corrected"] == pytest.approx(units_of(case)["positive"].mean())


@pytest.mark.parametrize("score", ["n_hits", "rate"])
def test_by_default_any_hit_counts_also_below_the_lowest_score_that_was_coded(score: str) -> None:
    long = "The army of the north and of the south stood in rain."
    case = case_of(["Army, army, army.", NONE, NONE, long, NONE], ["1", "0", "0", "x", "x"])
    case = case._replace(codes=case.codes[case.codes["code"] != "x"])
    row = prevalence_of(case, score=score).iloc[0]
    assert row["apparent"] == 2 / 5


def test_groups_have_rows_of_their_own_and_missing_values_a_group() -> None:
    case = random_case(4)
    numbers = case.scores.groupby("document_id").ngroup()
    desk = pd.Series([("home", "world", None)[n % 3] for n in numbers], dtype="str")
    case = case._replace(scores=case.scores.assign(desk=desk))
    table = prevalence_of(case, by="desk")
    check_table(table, "prevalence")
    table = table[table["category"] == "security"].set_index("desk")
    assert table.index.tolist() == ["(all)", "(missing)", "home", "world"]
    own = case.scores[case.scores["category"] == "security"]
    for name, rows in own.groupby(own["desk"].fillna("(missing)")):
        apparent = (rows["n_hits"] > 0).mean()
        sensitivity, specificity = table.loc[name, ["sensitivity", "specificity"]]
        corrected = (apparent + specificity - 1) / (sensitivity + specificity - 1)
        assert table.loc[name, "apparent"] == pytest.approx(apparent)
        assert table.loc[name, "corrected"] == pytest.approx(np.clip(corrected, 0, 1))
        assert table.loc[name, "n_paragraphs"] == len(rows)
    with pytest.raises(TableError, match="no column 'outlets' to group by"):
        prevalence_of(case, by="outlets")
    case = case._replace(scores=case.scores.assign(apparent="x"))
    with pytest.raises(TableError, match="a column 'apparent' of its own; rename yours"):
        prevalence_of(case, by="apparent")


@pytest.mark.parametrize(
    ("texts", "codes", "match"),
    [
        ([HIT, HIT, NONE, NONE], ["1", "0", "1", "0"], "no more often than others"),
        ([HIT, HIT, NONE, NONE], ["0", "0", "1", "1"], "no more often than others"),
        ([HIT, HIT, NONE, NONE], ["1", "1", "1", "1"], "every coded paragraph is positive"),
    ],
)
def test_what_cannot_be_corrected_has_no_share_and_says_why(
    texts: list[str], codes: list[str], match: str
) -> None:
    row = prevalence_of(case_of(texts, codes)).iloc[0]
    assert np.isnan([row["corrected"], row["low"], row["high"]]).all()
    assert match in row["explanation"]
    assert row["interval_method"] == "none: no value"


def test_a_correction_beyond_0_is_cut_off_and_told() -> None:
    # A third of the coded negatives is flagged, but hardly any of the corpus.
    codes = ["1"] * 2 + ["0"] * 4 + ["x"] * 30
    case = case_of([HIT, HIT, HIT, NONE, NONE, NONE] + [NONE] * 30, codes)
    case = case._replace(codes=case.codes[case.codes["code"] != "x"])
    row = prevalence_of(case).iloc[0]
    assert row["corrected"] == 0
    assert "cut off" in row["explanation"]


def test_the_interval_is_that_of_a_loop_over_documents_drawn_anew() -> None:
    case = random_case(11, n_documents=60)
    row = prevalence_of(case, n_resamples=1_999).iloc[0]
    units = units_of(case)
    units = units.assign(flagged=units["n_hits"] > 0)
    own = [part[["positive", "flagged"]].to_numpy() for _, part in units.groupby("document_id")]
    generator = np.random.default_rng(5)
    values = []
    for _ in range(1_000):
        drawn = np.vstack([own[n] for n in generator.integers(0, len(own), len(own))])
        values.append(drawn[:, 0].mean())
    # With all coded, the correction undoes itself: each resample has the share of its codes. BCa
    # and percentile bounds of a nearly symmetric distribution differ by a fraction of its width.
    low, high = np.percentile(values, [2.5, 97.5])
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=0.15 * (high - low))
