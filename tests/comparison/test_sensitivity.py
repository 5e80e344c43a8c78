"""A difference is taken again without each word, and under every combination of choices."""

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.statistics.intervals import expanded_confidence
from analysis.tables.checks import check_table

few_units = pytest.mark.filterwarnings("ignore::analysis.errors.StatisticsWarning")
LEXICON = fa.lexicon_from_dict("test", {"threat": ["threat", "peril"], "aid": ["aid", "relief"]})
GROUPS = {"by": "desk", "group_a": "home", "group_b": "world"}


def corpus(n: int = 12, seed: int = 3) -> tuple[pd.DataFrame, pd.DataFrame]:
    generator = np.random.default_rng(seed)
    texts, desks = [], []
    for desk, often in (("home", [0.08, 0.05, 0.1, 0.02]), ("world", [0.03, 0.06, 0.02, 0.1])):
        for _ in range(n):
            words = ["threat", "peril", "aid", "relief", "rain"]
            drawn = generator.choice(words, 40, p=[*often, 1 - sum(often)])
            sentences = [" ".join(own).capitalize() + "." for own in np.split(drawn, 8)]
            texts.append(" ".join(sentences[:4]) + "\n\n" + " ".join(sentences[4:]))
            desks.append(desk)
    documents = fa.documents_from_texts(texts).assign(desk=desks)
    paragraphs = fa.split_paragraphs(documents)
    return paragraphs, fa.find_hits(paragraphs, LEXICON)


def test_leaving_out_an_entry_changes_the_difference_by_its_contribution() -> None:
    paragraphs, hits = corpus()
    left = fa.leave_one_out(paragraphs, hits, "threat", **GROUPS, n_resamples=199)
    check_table(left, "leave_one_out")
    shift = fa.word_shift(paragraphs, hits, "threat", **GROUPS).set_index("term")
    assert left["term"].tolist() == shift.index.tolist()
    np.testing.assert_allclose(left["change"], -shift["contribution"], rtol=1e-12)
    np.testing.assert_allclose(left["difference"], shift["contribution"].sum(), rtol=1e-12)
    np.testing.assert_allclose(left["difference_without"], left["difference"] + left["change"])


@few_units
def test_what_is_left_is_what_a_lexicon_without_the_entry_finds() -> None:
    paragraphs, hits = corpus()
    left = fa.leave_one_out(paragraphs, hits, "threat", **GROUPS, n_resamples=199)
    smaller = fa.lexicon_from_dict("test", {"threat": ["threat"], "aid": ["aid"]})
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, smaller), smaller)
    contrast = fa.compare_groups(scores, by="desk", n_resamples=199).iloc[0]
    row = left[left["term"] == "peril"].iloc[0]
    assert row["difference_without"] == pytest.approx(contrast["difference"])
    # Other draws, the same interval but for chance.
    assert row["low"] == pytest.approx(contrast["low"], abs=12)
    assert row["high"] == pytest.approx(contrast["high"], abs=12)


def test_a_difference_that_hangs_on_one_word_loses_its_sign_without_it() -> None:
    documents = fa.documents_from_texts(["threat threat rain rain", "peril rain rain rain"])
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    sides = {"by": "document_id", "group_a": "text_0001", "group_b": "text_0002"}
    left = fa.leave_one_out(paragraphs, hits, "threat", **sides)
    assert left[["term", "difference", "difference_without", "sign_kept"]].values.tolist() == [
        ["threat", 250.0, -250.0, False],
        ["peril", 250.0, 500.0, True],
    ]
    assert left["low"].isna().all()
    assert left["interval_method"][0] == "none: a group of fewer than 5 paragraphs"


def test_vetoed_hits_are_not_left_out_since_they_do_not_count() -> None:
    paragraphs, hits = corpus()
    vetoed = hits.assign(
        blocked_by=hits["blocked_by"].mask(hits["entry"] == "peril", "peril at sea")
    )
    left = fa.leave_one_out(paragraphs, vetoed, "threat", **GROUPS, n_resamples=99)
    assert left["term"].tolist() == ["threat"]


def test_unknown_groups_and_categories_are_refused() -> None:
    paragraphs, hits = corpus(2)
    with pytest.raises(TableError, match="no group 'abroad' in 'desk'"):
        fa.leave_one_out(paragraphs, hits, "threat", by="desk", group_a="home", group_b="abroad")
    with pytest.raises(TableError, match="no column 'page'"):
        fa.leave_one_out(paragraphs, hits, "threat", by="page", group_a="home", group_b="world")
    with pytest.raises(TableError, match="no hit of 'law'"):
        fa.leave_one_out(paragraphs, hits, "law", **GROUPS)


@few_units
def test_the_first_specification_is_the_usual_comparison() -> None:
    paragraphs, hits = corpus()
    own = fa.multiverse(paragraphs, hits, LEXICON, "threat", **GROUPS, n_resamples=99)
    check_table(own, "multiverse")
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON)
    contrast = fa.compare_groups(scores, by="desk", n_resamples=99).iloc[0]
    first = own.iloc[0]
    assert first["value_a"] == pytest.approx(contrast["rate_a"])
    assert first["value_b"] == pytest.approx(contrast["rate_b"])
    assert bool(first["same_sign"])
    assert own["specification"].tolist() == list(range(1, len(own) + 1))


def test_each_specification_is_what_its_choices_say() -> None:
    paragraphs, hits = corpus()
    own = fa.multiverse(paragraphs, hits, LEXICON, "threat", **GROUPS, n_resamples=99)
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON)
    totals = fa.score_documents(scores, by="desk").set_index(["desk", "category"])
    documents = fa.score_documents(scores)
    home = documents[(documents["desk"] == "home") & (documents["category"] == "threat")]
    plain = own[(own["entries"] == "all") & (own["voice"] == "all") & (own["certainty"] == "all")]
    values = plain.set_index(["normalisation", "aggregation"])["value_a"]
    expected = totals.loc[("home", "threat")]
    sums, means = "ratio of sums", "mean of documents"
    assert values["share of sentences", sums] == pytest.approx(expected["sentence_share"])
    assert values["share of paragraphs", sums] == pytest.approx(expected["share_paragraphs"])
    assert values["share of the lexicon's hits", sums] == pytest.approx(expected["share"])
    assert values["hits per 1,000 tokens", means] == pytest.approx(home["rate"].mean())
    assert values["share of sentences", means] == pytest.approx(home["sentence_share"].mean())
    assert values["share of the lexicon's hits", means] == pytest.approx(home["share"].mean())
    without = own[own["entries"].str.startswith("without")]
    most = hits.loc[hits["category"] == "threat", "entry"].value_counts().index[0]
    assert without["entries"].unique().tolist() == [f"without “{most}”"]


def test_voices_and_certainties_are_choices_too() -> None:
    texts = ["A threat, Ana Rell said. The threat may grow. A threat."] * 6
    documents = fa.documents_from_texts([*texts, *["Rain. A threat."] * 6])
    paragraphs = fa.split_paragraphs(documents.assign(desk=["home"] * 6 + ["world"] * 6))
    hits = fa.find_hits(paragraphs, LEXICON)
    own = fa.multiverse(
        paragraphs, hits, LEXICON, "threat", **GROUPS, subsets=False, n_resamples=99
    )
    rates = own[
        (own["normalisation"] == "hits per 1,000 tokens") & (own["aggregation"] == "ratio of sums")
    ].set_index(["voice", "certainty"])["value_a"]
    n_tokens = paragraphs["n_tokens"].iloc[0]
    assert rates["all", "all"] == pytest.approx(3000 / n_tokens)
    assert rates["narrator", "all"] == pytest.approx(2000 / n_tokens)
    assert rates["all", "asserted"] == pytest.approx(2000 / n_tokens)
    assert rates["narrator", "asserted"] == pytest.approx(1000 / n_tokens)


def test_the_interval_is_that_of_drawing_documents_anew() -> None:
    paragraphs, hits = corpus()
    own = fa.multiverse(
        paragraphs,
        hits,
        LEXICON,
        "threat",
        **GROUPS,
        normalisations=["hits per 1,000 tokens"],
        aggregations=["ratio of sums"],
        subsets=False,
        voices=["all"],
        certainties=["all"],
        n_resamples=4_000,
    )
    scores = fa.score_documents(fa.score_paragraphs(paragraphs, hits, LEXICON))
    threat = scores[scores["category"] == "threat"]
    tables = [
        threat.loc[threat["desk"] == desk, ["n_hits", "n_tokens"]].to_numpy()
        for desk in ("home", "world")
    ]
    generator = np.random.default_rng(9)
    drawn = []
    for _ in range(4_000):
        rates = []
        for table in tables:
            taken = table[generator.integers(len(table), size=len(table))].sum(axis=0)
            rates.append(taken[0] / taken[1])
        drawn.append((rates[0] - rates[1]) / sum(rates))
    beyond = (1 - expanded_confidence(0.95, 12, 12)) / 2
    expected = np.quantile(drawn, [beyond, 1 - beyond])
    np.testing.assert_allclose(own[["low", "high"]].iloc[0], expected, atol=0.02)


def test_a_group_without_any_hit_is_wholly_behind_and_none_at_all_is_undefined() -> None:
    documents = fa.documents_from_texts(["A threat."] * 6 + ["Rain."] * 6)
    paragraphs = fa.split_paragraphs(documents.assign(desk=["home"] * 6 + ["world"] * 6))
    hits = fa.find_hits(paragraphs, LEXICON)
    own = fa.multiverse(paragraphs, hits, LEXICON, "threat", **GROUPS, n_resamples=99)
    rates = own[own["normalisation"] != "share of the lexicon's hits"]
    assert (rates["relative_difference"] == 1).all()
    none = fa.multiverse(paragraphs, hits, LEXICON, "aid", **GROUPS, n_resamples=99)
    assert none["relative_difference"].isna().all()
    assert none["same_sign"].isna().all()
    assert none["low"].isna().all()
    assert set(none["interval_method"]) == {"none: no hits"}


def test_where_no_resample_differs_there_is_a_reason_and_no_interval() -> None:
    kinds = {
        "the same rate": (["A threat, aid."] * 12, "every resample has the same value"),
        "another rate": (["A threat, aid."] * 6 + ["A peril."] * 6, "every resample has the same"),
        "no hits in one": (["A threat, aid."] * 6 + ["Rain."] * 6, "every resample has the same"),
    }
    for texts, reason in kinds.values():
        documents = fa.documents_from_texts(texts).assign(desk=["home"] * 6 + ["world"] * 6)
        paragraphs = fa.split_paragraphs(documents)
        hits = fa.find_hits(paragraphs, LEXICON)
        own = fa.multiverse(paragraphs, hits, LEXICON, "threat", **GROUPS, n_resamples=99)
        own = own[own["entries"] == "all"]
        assert own[["low", "high"]].isna().all(axis=None)
        undefined = own["relative_difference"].isna()
        assert own["interval_method"][~undefined].str.startswith(f"none: {reason}").all()
        assert (own["interval_method"][undefined] == "none: no value").all()


def test_unknown_choices_are_named() -> None:
    paragraphs, hits = corpus(2)
    with pytest.raises(ValueError, match="normalisations names 'per page'"):
        fa.multiverse(paragraphs, hits, LEXICON, "threat", **GROUPS, normalisations=["per page"])
    with pytest.raises(ValueError, match="voices names 'chorus'"):
        fa.multiverse(paragraphs, hits, LEXICON, "threat", **GROUPS, voices=["chorus"])
    with pytest.raises(ValueError, match="give a list"):
        fa.multiverse(paragraphs, hits, LEXICON, "threat", **GROUPS, certainties="all")
    with pytest.raises(TableError, match="no category 'law'"):
        fa.multiverse(paragraphs, hits, LEXICON, "law", **GROUPS)
    plain = fa.find_hits(paragraphs, LEXICON, in_context=False)
    with pytest.raises(TableError, match="voice"):
        fa.multiverse(paragraphs, plain, LEXICON, "threat", **GROUPS)
    alone = {"voices": ["all"], "certainties": ["all"]}
    assert len(fa.multiverse(paragraphs, plain, LEXICON, "threat", **GROUPS, **alone))


def test_the_same_seed_gives_the_same_tables() -> None:
    paragraphs, hits = corpus()
    for function in (
        lambda seed: fa.leave_one_out(paragraphs, hits, "threat", **GROUPS, seed=seed),
        lambda seed: fa.multiverse(paragraphs, hits, LEXICON, "threat", **GROUPS, seed=seed),
    ):
        pd.testing.assert_frame_equal(function(1), function(1))
        assert not function(1)["low"].equals(function(2)["low"])
