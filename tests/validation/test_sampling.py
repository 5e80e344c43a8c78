"""Which paragraphs coders read: how many of what, and with what chance."""

import os
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError

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


TIMES = 250


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
    assert estimated == pytest.approx(security["n_hits"].sum(), rel=0.02)


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


def test_a_sample_is_the_same_in_every_process() -> None:
    script = (
        "from tests.validation.test_sampling import PARAGRAPHS, SCORES\n"
        "import analysis as fa, hashlib\n"
        "sheet = fa.make_coding_sheet(PARAGRAPHS, SCORES, n=30, by='outlet', seed=4)\n"
        "print(hashlib.sha256(sheet.to_csv().encode()).hexdigest())\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed in ("0", "1")
    }
    assert len(told) == 1


def test_coders_do_not_meet_the_strata_one_after_another() -> None:
    sheet = fa.make_coding_sheet(PARAGRAPHS, SCORES, n=60, seed=2)
    changes = sum(one != two for one, two in pairwise(sheet["stratum"]))
    assert changes > 2 * sheet["stratum"].nunique()


def test_paragraphs_without_words_are_not_drawn() -> None:
    documents = fa.documents_from_texts(["A threat.\n\n***\n\nRain."])
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON, in_context=False)
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON)
    sheet = fa.make_coding_sheet(paragraphs, scores, n=2)
    assert sorted(sheet["text"]) == ["A threat.", "Rain."]
    with pytest.raises(ValueError, match="n is 3, but 2 paragraphs can be drawn"):
        fa.make_coding_sheet(paragraphs, scores, n=3)


def test_all_paragraphs_can_be_drawn_each_for_certain() -> None:
    sheet = fa.make_coding_sheet(PARAGRAPHS, SCORES, n=len(PARAGRAPHS))
    assert not sheet.duplicated(["document_id", "paragraph"]).any()
    assert sheet["probability"].eq(1).all()


def test_a_missing_outlet_is_a_group_of_its_own() -> None:
    """S10: nothing falls out of a group-by."""
    paragraphs = PARAGRAPHS.assign(outlet=PARAGRAPHS["outlet"].where(PARAGRAPHS["paragraph"] > 0))
    sheet = fa.make_coding_sheet(paragraphs, SCORES, n=len(paragraphs), by="outlet")
    assert len(sheet) == len(PARAGRAPHS)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"strategy": "best"}, ValueError, "strategy is 'best'"),
        ({"n": 0}, ValueError, "n is 0"),
        ({"by": "desk"}, TableError, "no column 'desk'"),
        ({"exclude": pd.DataFrame({"document_id": ["a"]})}, TableError, "no column 'paragraph'"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(
    change: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        fa.make_coding_sheet(PARAGRAPHS, SCORES, **{"n": 10, **change})


def test_a_paragraph_without_a_score_is_named() -> None:
    with pytest.raises(TableError, match="paragraph 5 of 'text_0030' has no score"):
        fa.make_coding_sheet(PARAGRAPHS, SCORES.iloc[:-2], n=10)
