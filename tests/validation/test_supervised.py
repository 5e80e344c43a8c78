"""How far the words alone could go: a model that is tested on documents it has not seen."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table


def coded(texts: Sequence[str], codes: Sequence[str | None]) -> tuple[pd.DataFrame, pd.DataFrame]:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    given = paragraphs[["document_id", "paragraph"]].assign(
        category="security", coder="Ana", code=pd.Series(codes, dtype="str")
    )
    return paragraphs, given


def ceiling(texts: Sequence[str], codes: Sequence[str | None], **options: Any) -> pd.Series:
    table = fa.supervised_ceiling(*coded(texts, codes), **{"n_resamples": 99, **options})
    check_table(table, "supervised")
    return table.iloc[0]


def letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))


def test_words_that_tell_are_learnt() -> None:
    texts = ["Troops fire at dawn.\n\nRain fell at dawn."] * 10
    row = ceiling(texts, ["1", "0"] * 10)
    assert (row["auc"], row["precision"], row["recall"], row["f1"]) == (1, 1, 1, 1)
    assert (row["n_units"], row["n_positive"], row["n_documents"]) == (20, 10, 10)


def test_documents_are_never_in_training_and_test_together() -> None:
    # Words tell the code, but each document has its own: with any paragraph of the document in
    # training, the others would be found without fail.
    def text(document: int, kind: str) -> str:
        return "\n\n".join([f"{kind}{letters(document)} {kind}{letters(document)}"] * 4)

    texts = [text(document, "yes") + "\n\n" + text(document, "no") for document in range(20)]
    row = ceiling(texts, (["1"] * 4 + ["0"] * 4) * 20)
    assert row["auc"] == pytest.approx(0.5, abs=0.05)
    # The same paragraphs as documents of their own are told apart.
    alone = [paragraph for whole in texts for paragraph in whole.split("\n\n")]
    assert ceiling(alone, (["1"] * 4 + ["0"] * 4) * 20)["auc"] > 0.95


def test_codes_by_chance_are_found_by_chance() -> None:
    generator = np.random.default_rng(1)
    words = [letters(number) for number in range(10, 60)]
    texts = [" ".join(generator.choice(words, 12)) for _ in range(150)]
    row = ceiling(texts, generator.choice(["0", "1"], 150).tolist())
    # The standard error of the area of 75 against 75 is .047.
    assert abs(row["auc"] - 0.5) < 3 * 0.047
    assert row["low"] < row["auc"] < row["high"]


def test_too_few_documents_of_one_kind_have_words_and_no_number() -> None:
    texts = ["Troops fire at dawn.\n\nTroops fire."] * 4 + ["Rain fell."] * 8
    row = ceiling(texts, ["1"] * 8 + ["0"] * 8)
    assert np.isnan(row[["auc", "low", "high", "precision", "recall", "f1"]].astype(float)).all()
    assert row["explanation"] == (
        "4 documents with a positive and 8 with a negative paragraph are too few for 5 folds"
    )
    assert pd.isna(ceiling(texts, ["1"] * 8 + ["0"] * 8, n_folds=4)["explanation"])


def test_texts_that_share_no_words_have_words_and_no_number() -> None:
    row = ceiling([letters(number) for number in range(10, 30)], ["1", "0"] * 10)
    assert np.isnan(row["auc"])
    assert row["explanation"].startswith("without one of the folds, no word stands in two")


@pytest.mark.parametrize("weighted", [False, True])
def test_the_figures_are_those_of_scikit_learn_put_together_by_hand(weighted: bool) -> None:
    generator = np.random.default_rng(2)
    words = [letters(number) for number in range(10, 40)]
    texts = [
        "\n\n".join(" ".join(generator.choice(words, 12)) for _ in range(4)) for _ in range(30)
    ]
    paragraphs, codes = coded(texts, ["0"] * 120)
    positive = paragraphs["text"].str.contains("bb|cc") ^ (generator.random(120) < 0.2)
    codes = codes.assign(code=np.where(positive, "1", "0")).astype({"code": "str"})
    sheet = paragraphs.assign(probability=generator.choice([0.1, 1.0], 120))
    weight = 1 / sheet["probability"].to_numpy() if weighted else np.ones(120)
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
        LogisticRegression(class_weight="balanced", max_iter=1_000),
    )
    likely = cross_val_predict(
        model,
        paragraphs["text"],
        positive,
        groups=paragraphs["document_id"].factorize()[0],
        cv=StratifiedGroupKFold(5, shuffle=True, random_state=3),
        method="predict_proba",
    )[:, 1]
    row = fa.supervised_ceiling(
        paragraphs, codes, sheet=sheet if weighted else None, n_resamples=99, seed=3
    ).iloc[0]
    given = (positive, likely > 0.5)
    expected = {
        "auc": roc_auc_score(positive, likely, sample_weight=weight),
        "precision": precision_score(*given, sample_weight=weight),
        "recall": recall_score(*given, sample_weight=weight),
        "f1": f1_score(*given, sample_weight=weight),
    }
    assert row[list(expected)].to_dict() == pytest.approx(expected)
    assert row["low"] < row["auc"] < row["high"]


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"n_folds": 1}, ValueError, "n_folds is 1; give at least 2"),
        ({"confidence": 95}, ValueError, "confidence is 95"),
        ({"n_resamples": 0}, ValueError, "n_resamples is 0"),
        ({"positive": "x"}, TableError, "no paragraph has the code 'x'"),
        ({"coder": "Eve"}, TableError, "no coder 'Eve'"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(
    options: dict[str, Any], error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        ceiling(["Troops.", "Rain."], ["1", "0"], **options)


def test_codes_of_paragraphs_that_are_not_given_are_refused() -> None:
    paragraphs, codes = coded(["Troops.", "Rain."], ["1", "0"])
    with pytest.raises(
        TableError, match="paragraph 0 of 'text_0001' was coded but is not in the p"
    ):
        fa.supervised_ceiling(paragraphs[1:], codes)
