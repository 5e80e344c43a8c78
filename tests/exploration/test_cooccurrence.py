"""Categories that stand together are counted, and chance is what exchanging sentences gives."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table

LEXICON = fa.lexicon_from_dict("test", {"threat": ["threat", "border aid"], "aid": ["aid"]})


def together(texts: list[str], **options: object) -> pd.DataFrame:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    hits = fa.find_hits(paragraphs, LEXICON)
    return fa.cooccurrence(paragraphs, hits, **options)


def test_sentences_with_both_are_counted_against_those_expected() -> None:
    own = together(["Aid is a threat. Aid, a threat. Rain. Rain fell."])
    check_table(own, "cooccurrences")
    row = own.iloc[0]
    assert row[["n_units", "n_a", "n_b", "n_both"]].tolist() == [4, 2, 2, 2]
    assert row["expected"] == 1
    assert row["lift"] == 2
    assert row["within"] == "sentence"


def test_chance_is_taken_within_each_document() -> None:
    """Two articles that are all of both do not make the categories go together."""
    texts = ["Aid, a threat. Aid and threat. Aid is a threat.", "Rain. Rain fell. Rain fell."]
    row = together(texts).iloc[0]
    assert row["n_both"] == 3
    assert row["expected"] == 3
    assert row["p"] == 1


def test_p_is_the_share_of_all_exchanges_that_are_as_unlikely() -> None:
    threat = [[1, 1, 0, 0], [1, 0, 1]]
    aid = [[1, 1, 0, 0], [1, 0, 0]]
    texts = [
        " ".join(
            " ".join(["Rain", *["threat"] * one, *["aid"] * two]) + "."
            for one, two in zip(*own, strict=True)
        )
        for own in zip(threat, aid, strict=True)
    ]
    counts = [
        sum(a * b for a, b in zip(threat[0], first, strict=True))
        + sum(a * b for a, b in zip(threat[1], second, strict=True))
        for first in permutations(aid[0])
        for second in permutations(aid[1])
    ]
    chance = pd.Series(counts).value_counts(normalize=True)
    row = together(texts).iloc[0]
    assert row["n_both"] == 3
    assert row["p"] == pytest.approx(chance[chance <= chance[3] + 1e-12].sum())


def test_one_document_gives_fishers_exact_test() -> None:
    text = " ".join(["Aid, threat."] * 6 + ["Aid."] * 2 + ["Threat."] * 3 + ["Rain."] * 9)
    row = together([text]).iloc[0]
    assert row["p"] == pytest.approx(stats.fisher_exact([[6, 2], [3, 9]]).pvalue)
    assert row["interval_method"] == "none: 1 unit, fewer than 5"


def test_the_interval_of_the_lift_resamples_documents() -> None:
    generator = np.random.default_rng(4)
    texts = [
        " ".join(
            " ".join(["Rain", *np.array(["threat", "aid"])[generator.random(2) < 0.4], "fell."])
            for _ in range(12)
        )
        for _ in range(25)
    ]
    row = together(texts, seed=3).iloc[0]
    assert row["low"] < row["lift"] < row["high"]
    assert row["low"] < 1 < row["high"]
    assert row["interval_method"] == "BCa, documents resampled"


def test_words_that_both_count_are_told() -> None:
    row = together(["Border aid came. Aid is a threat."]).iloc[0]
    assert row["n_both"] == 2
    assert row["n_same_words"] == 1


def test_paragraphs_can_be_the_unit() -> None:
    row = together(["A threat. Aid came.\n\nRain fell."], within="paragraph").iloc[0]
    assert row[["n_units", "n_both"]].tolist() == [2, 1]
    assert together(["A threat. Aid came.\n\nRain fell."]).iloc[0]["n_both"] == 0


def test_no_pair_gives_an_empty_table_and_wrong_input_is_named() -> None:
    assert together(["A threat."]).empty
    with pytest.raises(ValueError, match="within is 'page'"):
        together(["A threat."], within="page")
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Aid.\n\nA threat."]))
    hits = fa.find_hits(paragraphs, LEXICON)
    with pytest.raises(TableError, match="of document 'text_0001' is not in paragraph 1"):
        fa.cooccurrence(paragraphs.head(1), hits)
