"""Which paragraphs coders read: how many of what, and with what chance."""

import numpy as np
import pandas as pd
import pytest

import analysis as fa

LEXICON = fa.lexicon_from_dict("demo", {"security": ["threat*"], "welfare": ["pension*"]})
WORDS = ["rain", "fog", "snow", "sun", "threat", "threats", "pension", "hail", "wind", "cloud"]


def corpus(n_documents: int = 30, seed: int = 5) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return paragraphs of random words in two unequal outlets, and their scores."""
    generator = np.random.default_rng(seed)
    chance = [0.2, 0.2, 0.15, 0.12, 0.06, 0.03, 0.01, 0.1, 0.08, 0.05]
    texts = [
        "\n\n".join(
            " ".join(generator.choice(WORDS, generator.integers(3, 25), p=chance)) + "."
            for _ in range(6)
        )
        for _ in range(n_documents)
    ]
    documents = fa.documents_from_texts(texts).assign(
        outlet=["Small" if n % 5 == 0 else "Large" for n in range(n_documents)]
    )
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON, in_context=False)
    return paragraphs, fa.score_paragraphs(paragraphs, hits, LEXICON)


PARAGRAPHS, SCORES = corpus()


TIMES = 120


@pytest.fixture(scope="module")
def drawn_often() -> pd.DataFrame:
    sheets = [
        fa.make_coding_sheet(PARAGRAPHS, SCORES, n=40, by="outlet", seed=s) for s in range(TIMES)
    ]
    return pd.concat(sheets)


def test_every_paragraph_is_drawn_as_often_as_its_probability_says(
    drawn_often: pd.DataFrame,
) -> None:
    often = drawn_often.groupby(["document_id", "paragraph"])
    chance = often["probability"].first()
    deviation = (often.size() - TIMES * chance).abs() / np.sqrt(TIMES * chance * (1 - chance) + 1)
    # 180 paragraphs: the largest of as many standard deviations is about 2.8.
    assert len(chance) == len(PARAGRAPHS)
    assert deviation.max() < 4.5


def test_weights_give_back_the_sums_of_the_corpus(drawn_often: pd.DataFrame) -> None:
    security = SCORES[SCORES["category"] == "security"]
    sheets = drawn_often.merge(security, on=["document_id", "paragraph"])
    estimated = (sheets["n_hits"] / sheets["probability"]).sum() / TIMES
    assert estimated == pytest.approx(security["n_hits"].sum(), rel=0.03)


def test_probabilities_add_up_to_the_number_drawn() -> None:
    sheet = fa.make_coding_sheet(PARAGRAPHS, SCORES, n=50, seed=3)
    expected = (1 / sheet["probability"]).groupby(sheet["stratum"]).sum()
    assert len(sheet) == 50
    # A stratum's paragraphs stand for all of it.
    assert expected.sum() == pytest.approx(len(PARAGRAPHS), rel=0.1)


def test_a_rare_frame_is_drawn_more_often_than_it_occurs(drawn_often: pd.DataFrame) -> None:
    """A plain sample of 40 would hold about four paragraphs on welfare."""
    welfare = SCORES[(SCORES["category"] == "welfare") & (SCORES["n_hits"] > 0)]
    share = len(drawn_often.merge(welfare, on=["document_id", "paragraph"])) / len(drawn_often)
    assert share > 2 * len(welfare) / len(PARAGRAPHS)


def test_strata_get_equal_shares_and_small_ones_are_taken_whole() -> None:
    sheet = fa.make_coding_sheet(PARAGRAPHS, SCORES, n=60, seed=2)
    taken = sheet["stratum"].value_counts()
    whole = sheet.loc[sheet["probability"] == 1, "stratum"].unique()
    shares = taken.drop(whole)
    assert shares.max() - shares.min() <= 2
    assert (taken[whole] <= shares.min()).all()


def test_groups_and_lengths_are_represented_in_proportion() -> None:
    whole = fa.make_coding_sheet(PARAGRAPHS, SCORES, n=len(PARAGRAPHS), by="outlet")
    corpus_of = whole[["document_id", "paragraph", "stratum"]].merge(PARAGRAPHS)
    rank = corpus_of["n_tokens"].rank(pct=True)
    corpus_of["length"] = pd.cut(rank, [0, 1 / 3, 2 / 3, 1])
    cells = ["stratum", "outlet", "length"]
    for seed in range(10):
        sheet = fa.make_coding_sheet(PARAGRAPHS, SCORES, n=60, by="outlet", seed=seed)
        drawn = corpus_of.merge(sheet[["document_id", "paragraph", "probability"]])
        chance = drawn.groupby("stratum")["probability"].first()
        due = corpus_of.groupby(cells, observed=True).size() * chance
        taken = drawn.groupby(cells, observed=True).size().reindex(due.index, fill_value=0)
        # Systematic: every part of the order gets what is due to it, rounded up or down.
        assert (taken - due).abs().max() < 1


def test_a_random_sample_gives_all_the_same_chance() -> None:
    sheet = fa.make_coding_sheet(PARAGRAPHS, SCORES, n=45, strategy="random", seed=1)
    assert sheet["probability"].eq(45 / len(PARAGRAPHS)).all()
    assert sheet["stratum"].eq("all").all()


def test_paragraphs_coded_before_are_not_drawn_again() -> None:
    first = fa.make_coding_sheet(PARAGRAPHS, SCORES, n=60, seed=1)
    fresh = fa.make_coding_sheet(PARAGRAPHS, SCORES, n=60, seed=1, exclude=first)
    assert fresh.merge(first, on=["document_id", "paragraph"]).empty


def test_the_order_of_rows_changes_nothing_and_the_seed_decides() -> None:
    one = fa.make_coding_sheet(PARAGRAPHS, SCORES, n=30, by="outlet", seed=4)
    mixed = PARAGRAPHS.sample(frac=1, random_state=1)
    two = fa.make_coding_sheet(
        mixed, SCORES.sample(frac=1, random_state=2), n=30, by="outlet", seed=4
    )
    pd.testing.assert_frame_equal(one, two)
    assert not one.equals(fa.make_coding_sheet(PARAGRAPHS, SCORES, n=30, by="outlet", seed=5))
