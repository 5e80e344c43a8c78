"""Likeness of documents equals what other libraries give, and clusters follow from it."""

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import jensenshannon
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table
from tests.builders import scores_of
from tests.reference_cases import Case, statistics_cases

LEXICON = fa.lexicon_from_dict("test", {"threat": ["threat"], "aid": ["aid"], "law": ["law"]})


def test_words_are_compared_as_scikit_learn_would() -> None:
    texts = ["troops march border", "troops troops border rain", "rain wind storm"]
    own = fa.similarity(fa.documents_from_texts(texts))
    check_table(own, "similarities")
    expected = cosine_similarity(TfidfVectorizer(sublinear_tf=True).fit_transform(texts))
    assert own["similarity"].tolist() == pytest.approx(
        [expected[0, 1], expected[0, 2], expected[1, 2]]
    )
    assert own["n_a"].tolist() == [3, 3, 4]


def test_function_words_and_numbers_make_no_likeness() -> None:
    own = fa.similarity(fa.documents_from_texts(["The 30 of them were troops.", "30 of the rain."]))
    assert own["similarity"].tolist() == [0]


@pytest.mark.parametrize("case", statistics_cases("Jensen-Shannon divergence (bits)"))
def test_frames_are_compared_in_bits(case: Case) -> None:
    texts = [
        "threat " * round(100 * threat) + "aid " * round(100 * aid)
        for threat, aid in (case["input"]["p"], case["input"]["q"])
    ]
    own = fa.similarity(scores_of(texts, LEXICON), measure="frames")
    assert 1 - own["similarity"][0] == pytest.approx(case["expected"], abs=case["abs_tol"])


def test_frames_of_groups_are_the_shares_of_all_their_hits() -> None:
    texts = ["threat threat aid", "law", "aid aid law law threat"]
    scores = scores_of(texts, LEXICON, {"desk": ["a", "a", None]})
    own = fa.similarity(scores, measure="frames", by="desk")
    expected = 1 - jensenshannon([2 / 4, 1 / 4, 1 / 4], [1 / 5, 2 / 5, 2 / 5], base=2) ** 2
    assert own[["group_a", "group_b"]].values.tolist() == [["a", "(missing)"]]
    assert own["similarity"][0] == pytest.approx(expected)


def test_no_hits_or_words_give_no_likeness_rather_than_none() -> None:
    frames = fa.similarity(scores_of(["threat", "aid threat", "rain"], LEXICON), measure="frames")
    assert frames["similarity"].isna().tolist() == [False, True, True]
    texts = fa.similarity(fa.documents_from_texts(["troops march", "troops", "the of 12"]))
    assert texts["similarity"].isna().tolist() == [False, True, True]
    empty = fa.similarity(fa.documents_from_texts(["the", "of"]))
    assert empty["similarity"].isna().all()


def test_a_profile_needs_to_know_its_categories() -> None:
    scores = scores_of(["threat", "aid"], LEXICON)
    other = scores.assign(lexicon="other@1+x")
    with pytest.raises(TableError, match="one lexicon with several categories"):
        fa.similarity(pd.concat([scores, other], ignore_index=True), measure="frames")
    chosen = fa.similarity(scores, measure="frames", categories=["threat", "aid"])
    assert chosen["similarity"].tolist() == pytest.approx([0])
    with pytest.raises(TableError, match="no category 'x'"):
        fa.similarity(scores, measure="frames", categories=["threat", "x"])
    with pytest.raises(TableError, match="at least two categories"):
        fa.similarity(scores, measure="frames", categories=["threat"])
    with pytest.raises(TypeError, match="not one str"):
        fa.similarity(scores, measure="frames", categories="threat")


def test_wrong_arguments_are_refused() -> None:
    documents = fa.documents_from_texts(["troops", "rain"])
    with pytest.raises(ValueError, match="measure is 'letters'"):
        fa.similarity(documents, measure="letters")
    with pytest.raises(TableError, match="no column 'desk'"):
        fa.similarity(documents, by="desk")
    with pytest.raises(TableError, match="fewer than two documents"):
        fa.similarity(documents.head(1))


def test_what_is_alike_falls_into_one_cluster() -> None:
    texts = ["troops march", "rain fell", "troops march on", "rain fell today", "of the"]
    found = fa.cluster_documents(fa.similarity(fa.documents_from_texts(texts)))
    clusters, merges = found["clusters"], found["merges"]
    check_table(clusters, "clusters")
    check_table(merges, "merges")
    together = clusters.groupby("cluster")["group"].agg(set).tolist()
    assert together == [{"text_0001", "text_0003"}, {"text_0002", "text_0004"}]
    assert clusters["group"].iloc[-1] == "text_0005"
    assert pd.isna(clusters["cluster"].iloc[-1])
    assert len(merges) == 3
    assert merges["distance"].is_monotonic_increasing
    assert merges["n_members"].iloc[-1] == 4
    # The first two merges join leaves that stand beside each other.
    assert ((merges["right"] - merges["left"])[:2] == 1).all()


def test_silhouettes_are_those_of_their_definition() -> None:
    texts = ["troops march", "troops march on", "rain fell", "rain fell today", "troops fell"]
    alike = fa.similarity(fa.documents_from_texts(texts))
    clusters = fa.cluster_documents(alike, n_clusters=2)["clusters"].set_index("group")
    distance = {
        frozenset(pair): 1 - value
        for *pair, value in alike[["group_a", "group_b", "similarity"]].values.tolist()
    }
    for name, row in clusters.iterrows():
        means = (
            clusters.index.drop(name).to_series().map(lambda o, n=name: distance[frozenset((n, o))])
        )
        by_cluster = means.groupby(clusters["cluster"].drop(name)).mean()
        own = by_cluster.get(row["cluster"])
        if own is None:
            assert row["silhouette"] == 0
            continue
        nearest = by_cluster.drop(row["cluster"]).min()
        expected = (nearest - own) / max(nearest, own)
        assert row["silhouette"] == pytest.approx(expected)


def test_the_number_of_clusters_can_be_set() -> None:
    alike = fa.similarity(fa.documents_from_texts(["troops", "troops march", "rain", "rain fell"]))
    one = fa.cluster_documents(alike, n_clusters=1)["clusters"]
    assert one["cluster"].tolist() == [1] * 4
    assert one["silhouette"].isna().all()
    four = fa.cluster_documents(alike, n_clusters=4)["clusters"]
    assert sorted(four["cluster"]) == [1, 2, 3, 4]
    with pytest.raises(ValueError, match="from 1 to 4"):
        fa.cluster_documents(alike, n_clusters=5)


def test_two_documents_make_one_cluster_and_a_missing_pair_is_named() -> None:
    two = fa.similarity(fa.documents_from_texts(["troops", "rain"]))
    assert fa.cluster_documents(two)["clusters"]["cluster"].tolist() == [1, 1]
    three = fa.similarity(fa.documents_from_texts(["troops", "rain", "wind"]))
    with pytest.raises(TableError, match=r"pair 'text_0002' and 'text_0003' is missing"):
        fa.cluster_documents(three.head(2))
    nothing = fa.similarity(fa.documents_from_texts(["the", "of", "rain"]))
    with pytest.raises(TableError, match="fewer than two documents with words or hits"):
        fa.cluster_documents(nothing)


def test_the_order_of_the_documents_does_not_change_how_alike_two_are() -> None:
    texts = ["troops march border", "troops border rain", "rain wind storm"]
    documents = fa.documents_from_texts(texts)
    there = fa.similarity(documents)["similarity"]
    back = fa.similarity(documents.iloc[::-1].reset_index(drop=True))["similarity"]
    np.testing.assert_allclose(sorted(there), sorted(back), rtol=1e-12)
