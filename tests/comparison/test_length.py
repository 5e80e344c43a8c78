"""Rates of short and long units, and their correlation with length."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import analysis as fa
from analysis.tables.checks import check_table
from tests.builders import scores_of

LEXICON = fa.lexicon_from_dict("test", {"threat": ["threat"], "aid": ["aid"]})


def drawn(n: int = 30) -> pd.DataFrame:
    generator = np.random.default_rng(6)
    texts = []
    for _ in range(n):
        sizes = generator.integers(5, 60, 3)
        own = [generator.choice(["threat", "rain"], s, p=[s / 200, 1 - s / 200]) for s in sizes]
        texts.append("\n\n".join(" ".join(words) for words in own))
    return scores_of(texts, LEXICON)


def test_the_correlation_is_spearmans() -> None:
    scores = drawn()
    own = fa.length_effect(scores, n_resamples=99)
    check_table(own, "length_effect")
    threat = scores[scores["category"] == "threat"]
    documents = threat.groupby("document_id")[["n_hits", "n_tokens"]].sum()
    for unit, table in (("document", documents), ("paragraph", threat)):
        expected = stats.spearmanr(table["n_tokens"], table["n_hits"] / table["n_tokens"])
        rows = own[(own["unit"] == unit) & (own["category"] == "threat")]
        assert rows["rho"].tolist() == pytest.approx([expected.statistic] * 3)
        assert (rows["rho_low"] < rows["rho"]).all()
        assert (rows["rho"] < rows["rho_high"]).all()


def test_thirds_hold_every_unit_once_with_its_hits() -> None:
    scores = drawn()
    own = fa.length_effect(scores, n_resamples=99)
    sums = own.groupby(["category", "unit"])[["n_hits", "n_tokens", "n_units"]].sum()
    threat = scores[scores["category"] == "threat"]
    assert sums.loc[("threat", "paragraph")].tolist() == [
        threat["n_hits"].sum(),
        threat["n_tokens"].sum(),
        len(threat),
    ]
    assert sums.loc[("threat", "document"), "n_units"] == 30
    rows = own[(own["category"] == "threat") & (own["unit"] == "paragraph")]
    assert rows["third"].tolist() == ["shortest", "middle", "longest"]
    assert (rows["tokens_to"].to_numpy()[:-1] <= rows["tokens_from"].to_numpy()[1:]).all()
    assert rows["rate"].is_monotonic_increasing


def test_no_hits_at_all_have_no_correlation() -> None:
    own = fa.length_effect(drawn(), n_resamples=99)
    aid = own[own["category"] == "aid"]
    assert aid["rho"].isna().all()
    assert (aid["rate"] == 0).all()
    assert set(aid["interval_method"]) == {"none: no hits"}


def test_fewer_than_three_units_have_no_thirds() -> None:
    assert fa.length_effect(scores_of(["A threat.", "Aid."], LEXICON)).empty
    own = fa.length_effect(scores_of(["A threat.\n\nAid.\n\nMore aid came."], LEXICON))
    assert set(own["unit"]) == {"paragraph"}
    assert own["rho_low"].isna().all()
