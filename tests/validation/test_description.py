"""A validation in plain words: every figure is that of a table, and what is undefined is said."""

import re

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from tests.validation.coded_corpora import Case, case_of, random_case
from tests.validation.invented_codes import codes_of, random_matrix

HIT, NONE = "An army.", "Rain."


def validation_of(case: Case, **options: object) -> dict[str, pd.DataFrame]:
    return fa.validate_lexicon(case.hits, case.scores, case.codes, n_resamples=99, **options)


def numbers_in(text: str) -> list[str]:
    return re.findall(r"\d[\d.,]*\d|\d", text)


@pytest.fixture(scope="module")
def case() -> Case:
    return random_case(1, n_documents=40)


@pytest.fixture(scope="module")
def agreement() -> pd.DataFrame:
    codes = codes_of(random_matrix(1, n_units=80), per_document=2)
    return fa.agreement(codes, measures=["Krippendorff's alpha"], n_resamples=99)


@pytest.fixture(scope="module")
def ceiling(case: Case) -> pd.DataFrame:
    return fa.supervised_ceiling(case.paragraphs, case.codes, n_folds=2, n_resamples=99)


@pytest.mark.parametrize("score", ["n_hits", "rate"])
def test_every_figure_is_that_of_a_table(
    case: Case, agreement: pd.DataFrame, ceiling: pd.DataFrame, score: str
) -> None:
    made = validation_of(case, score=score)
    text = fa.describe_validation(made, lexicon="demo", agreement=agreement, ceiling=ceiling)
    expected = ["200", "40"]

    def told(row: pd.Series, name: str, form: str = ".2f") -> list[str]:
        return [f"{row[column]:{form}}".rstrip("%") for column in (name, "low", "high")]

    expected += ["3"]
    for _, row in agreement.iterrows():
        expected += told(row, "value")
    for category in ("security", "aid"):
        own = made["measures"][made["measures"]["category"] == category].set_index("measure")
        size = own.iloc[0]
        limit = f"{size['threshold']:g}" if score == "n_hits" else f"{size['threshold']:.2f}"
        expected += [str(size[name]) for name in ("n_units", "n_positive", "n_flagged")] + [limit]
        expected += ["1,000"] if score == "rate" else []
        for measure in ("precision", "recall", "F1", "AUC"):
            expected += ["1"] if measure == "F1" else []
            expected += told(own.loc[measure], "value")
    expected += ["95"]
    for _, row in ceiling.iterrows():
        expected += told(row, "auc")
    expected += ["1978"]
    for _, row in made["prevalence"].iterrows():
        expected += [*told(row, "corrected", ".1%"), f"{row['apparent']:.1%}".rstrip("%")]
    assert numbers_in(text) == expected
    assert "\n" not in text
    assert "nan" not in text.lower()


def test_what_is_undefined_is_said_in_words() -> None:
    case = case_of([NONE] * 6, ["1", "0"] * 3)
    agreement = fa.agreement(codes_of([[1, 1], [1, 1]]), n_resamples=9)
    ceiling = fa.supervised_ceiling(case.paragraphs, case.codes, n_resamples=9)
    text = fa.describe_validation(
        validation_of(case), lexicon="demo", agreement=agreement, ceiling=ceiling
    )
    assert "precision undefined (no coded paragraph is at or above the threshold)" in text
    assert "security undefined (every code is '1'" in text
    assert "security undefined (3 documents with a positive and 3 with a negative paragraph" in text
    assert "corrected for misclassification after Rogan and Gladen (1978), was: security undefined "
    assert "undefined (the lexicon flags positive paragraphs no more often than others" in text
    assert "nan" not in text.lower()


def test_why_there_are_no_intervals_is_said() -> None:
    text = fa.describe_validation(
        validation_of(case_of([HIT, HIT, NONE, NONE], ["1", "0", "1", "0"])), lexicon="demo"
    )
    assert "Where no interval is given: 4 documents, fewer than 5." in text
    assert "Brackets" not in text


def test_all_kinds_of_intervals_are_named() -> None:
    case = case_of([HIT] * 8 + [NONE] * 8, ["1"] * 8 + ["0"] * 6 + ["1"] * 2)
    text = fa.describe_validation(validation_of(case), lexicon="demo")
    assert "exact binomial 95 %, documents as units" in text
    assert "BCa 95 %, documents resampled" in text


def test_categories_coded_on_different_paragraphs_are_not_told_as_one_sample(case: Case) -> None:
    part = case.codes[(case.codes["category"] == "security") | (case.codes["paragraph"] == 0)]
    text = fa.describe_validation(validation_of(case._replace(codes=part)), lexicon="demo")
    assert "human codes of 40 to 200 paragraphs from 40 documents." in text
    assert "For aid (of 40 paragraphs " in text


def test_ties_weights_and_single_paragraphs_are_told() -> None:
    case = case_of([HIT, NONE], ["1", "0"])
    tied = case.codes.assign(coder="Ben", code="1")
    sheet = case.paragraphs.assign(probability=0.5)
    made = validation_of(case._replace(codes=pd.concat([case.codes, tied])), sheet=sheet)
    text = fa.describe_validation(made, lexicon="demo")
    assert "codes of 1 paragraph from 1 document." in text
    assert "tied or gave no code: 1 of 2 decisions." in text
    assert "Paragraphs weigh by the inverse of their inclusion probability." in text


def test_a_correction_that_is_cut_off_is_told() -> None:
    case = case_of([HIT] * 3 + [NONE] * 33, ["1"] * 2 + ["0"] * 4 + ["x"] * 30)
    case = case._replace(codes=case.codes[case.codes["code"] != "x"])
    text = fa.describe_validation(validation_of(case), lexicon="demo")
    assert "went beyond 0 or 1 and is cut off" in text


def test_what_is_no_validation_is_refused_in_one_sentence(case: Case) -> None:
    made = validation_of(case)
    with pytest.raises(TableError, match="the validation has no table 'prevalence'"):
        fa.describe_validation({"measures": made["measures"]}, lexicon="demo")
    with pytest.raises(TypeError, match="lexicon is a Lexicon; give its name"):
        fa.describe_validation(made, lexicon=case.lexicon)  # type: ignore[arg-type]
    percent = fa.agreement(codes_of([[1, 0], [1, 1]]), measures=["percent agreement"])
    with pytest.raises(TableError, match="no Krippendorff's alpha"):
        fa.describe_validation(made, lexicon="demo", agreement=percent)
