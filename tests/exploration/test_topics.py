"""Topics divide every paragraph, and frames of topics add up to those of the corpus."""

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table
from tests.builders import paragraphs_of

LEXICON = fa.lexicon_from_dict("test", {"threat": ["troops", "guard"], "aid": ["aid"]})
WAR = ["troops", "border", "guard", "march"]
RAIN = ["rain", "wind", "storm", "cloud"]


def random_paragraphs(n: int = 12, seed: int = 2) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    texts = [
        "\n\n".join(
            " ".join(generator.choice(WAR if (n + own) % 2 else RAIN, 8)) + "." for own in (0, 0, 0)
        )
        + "\n\nAid of the day."
        for n in range(n)
    ]
    return paragraphs_of(*texts)


@pytest.mark.parametrize("method", ["NMF", "LDA"])
def test_words_that_stand_together_make_a_topic(method: str) -> None:
    topics = fa.find_topics(random_paragraphs(), n_topics=2, n_terms=4, method=method)
    terms, weights = topics["terms"], topics["weights"]
    check_table(terms, "topic_terms")
    check_table(weights, "topic_weights")
    assert sorted(map(sorted, terms.groupby("topic")["term"].agg(list))) == sorted(
        map(sorted, [WAR, RAIN])
    )
    assert terms["label"][0] == ", ".join(terms["term"][:3])


def test_the_weights_of_a_paragraph_add_up_to_one_and_none_is_lost() -> None:
    paragraphs = random_paragraphs()
    weights = fa.find_topics(paragraphs, n_topics=2)["weights"]
    sums = weights.groupby(["document_id", "paragraph"])["weight"].sum()
    assert len(sums) == len(paragraphs)
    np.testing.assert_allclose(sums, 1)
    none = weights[weights["topic"] == 0]
    assert none["label"].unique().tolist() == ["(no topic)"]
    # "Aid" and "day" stand in every document, so they are words of no topic.
    assert (none["paragraph"] == 3).all()
    assert len(none) == 12


def test_frames_of_topics_add_up_to_those_of_the_corpus() -> None:
    paragraphs = random_paragraphs()
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, LEXICON), LEXICON)
    topics = fa.find_topics(paragraphs, n_topics=2)
    frames = fa.topic_frames(topics["weights"], scores, n_resamples=199)
    check_table(frames, "topic_frames")
    whole = scores.groupby("category")[["n_hits", "n_tokens"]].sum()
    sums = frames.groupby("category")[["n_hits", "n_tokens"]].sum()
    np.testing.assert_allclose(sums, whole)
    shares = frames.groupby("category")["share"].sum()
    np.testing.assert_allclose(shares, 1)
    war = frames[frames["label"].str.contains("troops")].set_index("category")
    assert war.loc["threat", "rate"] > 300
    assert frames["topic"].iloc[-1] == 0


def test_a_topic_of_one_paragraph_each_has_the_rate_and_interval_of_its_documents() -> None:
    paragraphs = random_paragraphs()
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, LEXICON), LEXICON)
    weights = pd.DataFrame(
        {
            **paragraphs[["document_id", "paragraph"]],
            "topic": 1,
            "label": "all",
            "weight": 1.0,
        }
    )
    own = fa.topic_frames(weights, scores, n_resamples=999, seed=4)
    with pytest.warns(UserWarning, match="few documents in .x.: intervals from fewer than 20"):
        expected = fa.score_intervals(scores.assign(all="x"), by="all", n_resamples=999, seed=4)
    columns = ["category", "rate", "low", "high", "interval_method"]
    own = own.sort_values("category", ignore_index=True)[columns]
    expected = expected.sort_values("category", ignore_index=True)[columns]
    pd.testing.assert_frame_equal(own, expected)


def test_too_few_documents_or_words_are_refused() -> None:
    with pytest.raises(TableError, match="12 documents are too few for 13 topics"):
        fa.find_topics(random_paragraphs(), n_topics=13)
    with pytest.raises(TableError, match="too few words stand in at least 13 documents"):
        fa.find_topics(random_paragraphs(), n_topics=2, min_documents=13)
    with pytest.raises(ValueError, match="method is 'BERT'"):
        fa.find_topics(random_paragraphs(), method="BERT")
    with pytest.raises(ValueError, match="max_share is 2"):
        fa.find_topics(random_paragraphs(), max_share=2)
    with pytest.raises(ValueError, match="n_topics is 0"):
        fa.find_topics(random_paragraphs(), n_topics=0)


def test_weights_of_other_paragraphs_are_refused() -> None:
    paragraphs = random_paragraphs()
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, LEXICON), LEXICON)
    weights = fa.find_topics(paragraphs, n_topics=2)["weights"]
    with pytest.raises(TableError, match="is in one of the two tables only"):
        fa.topic_frames(weights[weights["document_id"] != "text_0001"], scores)
