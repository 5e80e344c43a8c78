"""Scores are hits over the text's own tokens, whatever else is in the corpus."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as fa
from analysis.errors import TableError, TableWarning
from analysis.tables.checks import check_table
from tests.builders import scores_of

WORDS = st.lists(
    st.sampled_from(["red", "blue", "green", "threat", "aid", ".", "of"]), max_size=30
).map(" ".join)
# A call costs much and a text little: each example is a corpus of several texts.
CORPORA = st.lists(WORDS, min_size=5, max_size=5)
FEW = settings(max_examples=settings().max_examples // 5)
LEXICON = {"red": ["red*", "blue red"], "danger": [{"term": "threat", "weight": 2}]}


USED = fa.lexicon_from_dict("test", LEXICON)


def test_the_denominator_is_the_texts_own_tokens() -> None:
    """S01: 1 of 18 tokens, with or without a second text of 15."""
    first = "red " + "word " * 17
    for texts in ([first], [first, "word " * 15], ["word " * 15, first]):
        scores = scores_of(texts, USED)
        row = scores[(scores["category"] == "red") & (scores["n_tokens"] == 18)].iloc[0]
        assert row["rate"] == pytest.approx(1000 / 18)


def test_a_paragraph_has_one_row_per_category_zeros_included() -> None:
    scores = scores_of(["red\n\nnothing here"], USED)
    check_table(scores, "scores")
    assert scores[["paragraph", "category", "n_hits"]].values.tolist() == [
        [0, "red", 1],
        [0, "danger", 0],
        [1, "red", 0],
        [1, "danger", 0],
    ]


def test_every_column_of_a_score_is_what_its_name_says() -> None:
    (red, danger) = scores_of(["Red is red. A threat to blue. Green."], USED).to_dict("records")
    assert (red["n_hits"], red["n_tokens"], red["n_sentences"]) == (2, 8, 3)
    assert red["rate"] == pytest.approx(250)
    assert red["sentence_share"] == pytest.approx(1 / 3)
    assert red["share"] == pytest.approx(2 / 3)
    assert danger["weighted_rate"] == pytest.approx(250)
    assert danger["rate"] == pytest.approx(125)


def test_text_without_tokens_scores_null_and_not_zero() -> None:
    """R6"""
    scores = scores_of(["\u2014 \u2014 \u2014"], USED)
    assert scores["n_tokens"].tolist() == [0, 0]
    assert scores[["rate", "weighted_rate", "share"]].isna().all(axis=None)
    totals = fa.score_documents(scores)
    assert totals["rate"].isna().all()
    assert totals["n_paragraphs"].tolist() == [0, 0]


def test_blocked_hits_count_nowhere() -> None:
    used = fa.lexicon_from_dict(
        "test", {"k": {"terms": ["security"], "exclude": ["social security"]}}
    )
    (row,) = scores_of(["Social security and security."], used).to_dict("records")
    assert row["n_hits"] == row["weighted_hits"] == row["n_lexicon_hits"] == 1


def test_an_empty_corpus_makes_valid_empty_tables() -> None:
    """S09"""
    for texts in ([], ["", "  \n "]):
        scores = scores_of(texts, USED)
        check_table(scores, "scores")
        totals = fa.score_documents(scores)
        check_table(totals, "document_scores")
        check_table(fa.score_documents(scores, by="outlet"), "group_scores")
        assert scores.empty
        assert totals.empty


def totals_of_both(one: list[str], two: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the totals of two sets of texts; other documents change none (S01)."""
    totals = fa.score_documents(scores_of([*one, *two], USED)).drop(columns="document_id")
    half = len(totals) // 2
    return totals[:half], totals[half:].reset_index(drop=True)


@FEW
@given(CORPORA, st.lists(st.permutations(range(4)), min_size=5, max_size=5))
def test_the_order_of_paragraphs_changes_no_total(
    texts: list[str], orders: list[list[int]]
) -> None:
    """S04"""
    parts = [[text, "red threat", "blue", "a red red one"] for text in texts]
    mixed = [[part[n] for n in order] for part, order in zip(parts, orders, strict=True)]
    plain, shuffled = totals_of_both(
        ["\n\n".join(p) for p in parts], ["\n\n".join(p) for p in mixed]
    )
    pd.testing.assert_frame_equal(plain, shuffled)


@FEW
@given(CORPORA)
def test_a_text_written_twice_counts_double_at_the_same_rate(texts: list[str]) -> None:
    """S05"""
    once, twice = totals_of_both(
        [f"{t}\n\nend" for t in texts], [f"{t}\n\nend\n\n{t}\n\nend" for t in texts]
    )
    assert (twice["n_hits"] == 2 * once["n_hits"]).all()
    np.testing.assert_allclose(twice["rate"], once["rate"])


@FEW
@given(CORPORA, st.integers(1, 9))
def test_words_without_a_hit_only_dilute_the_rate(texts: list[str], k: int) -> None:
    """S06"""
    before, after = totals_of_both(
        [f"{text} end" for text in texts], [f"{text} end\n\n" + "word " * k for text in texts]
    )
    n = before["n_tokens"]
    assert (after["n_hits"] == before["n_hits"]).all()
    np.testing.assert_allclose(after["rate"], before["rate"] * n / (n + k))


@FEW
@given(CORPORA)
def test_replacing_a_hit_lowers_the_count_by_one(texts: list[str]) -> None:
    """S07"""
    with_hit, without = totals_of_both(
        [f"{text} end red" for text in texts], [f"{text} end word" for text in texts]
    )
    assert with_hit["category"].tolist() == ["red", "danger"] * len(texts)
    assert (with_hit["n_hits"] - without["n_hits"]).tolist() == [1, 0] * len(texts)


def test_shuffling_or_splitting_a_lexicon_changes_no_score() -> None:
    """S08"""
    texts = ["A blue red threat, red.", "redder of red"]
    whole = scores_of(texts, USED).drop(columns=["lexicon", "share", "n_lexicon_hits"])
    shuffled = fa.lexicon_from_dict(
        "test", {"danger": LEXICON["danger"], "red": LEXICON["red"][::-1]}
    )
    parts = [fa.lexicon_from_dict(name, {name: terms}) for name, terms in LEXICON.items()]
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    split = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, parts), parts)
    keys = ["document_id", "paragraph", "category"]
    for other in (scores_of(texts, shuffled), split):
        pd.testing.assert_frame_equal(
            other[whole.columns].sort_values(keys, ignore_index=True),
            whole.sort_values(keys, ignore_index=True),
        )


def test_a_score_depends_on_no_other_document_and_no_batch() -> None:
    """S01, S03"""
    texts = ["red threat\n\nblue", "", "blue red", "red " * 50]
    together = scores_of(texts, USED)
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    used = USED
    batches = [paragraphs.iloc[[n]].reset_index(drop=True) for n in range(len(paragraphs))]
    alone = [fa.score_paragraphs(b, fa.find_hits(b, used), used) for b in batches]
    pd.testing.assert_frame_equal(pd.concat(alone, ignore_index=True), together)


def test_a_missing_group_value_is_a_group_and_rows_add_up() -> None:
    """S10"""
    documents = fa.documents_from_texts(["red", "red red", "red red red"]).assign(
        outlet=["A", None, "A"], desk=["x", "y", None]
    )
    paragraphs = fa.split_paragraphs(documents)
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, USED), USED)
    groups = fa.score_documents(scores, by="outlet")
    check_table(groups, "group_scores")
    red = groups[groups["category"] == "red"]
    assert red[["outlet", "n_hits", "n_units"]].values.tolist() == [
        ["A", 4, 2],
        ["(missing)", 2, 1],
    ]
    assert groups["n_hits"].sum() == scores["n_hits"].sum()
    both = fa.score_documents(scores, by=["outlet", "desk"])
    assert both.loc[both["category"] == "red", "desk"].tolist() == ["x", "(missing)", "y"]


@pytest.mark.filterwarnings("ignore:few documents")
@pytest.mark.parametrize(
    ("outlets", "missing"),
    [
        (["(missing)", None], "((missing))"),
        (["((missing))", None], "(missing)"),
        (["(missing)", "((missing))", None], "(((missing)))"),
        (["(missing)", "z"], "no value is missing"),
    ],
)
def test_a_value_called_missing_stays_itself_in_all_that_compares_groups(
    outlets: list[str | None], missing: str
) -> None:
    texts = ["red " * (n + 1) + "word" for n in range(len(outlets))]
    documents = fa.read_documents(pd.DataFrame({"text": texts, "outlet": outlets}))
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, USED)
    scores = fa.score_paragraphs(paragraphs, hits, USED, split=["voice", "certainty"])
    names = [outlet or missing for outlet in outlets]
    rolled = fa.score_documents(scores, by="outlet")
    counts = rolled[rolled["category"] == "red"].groupby("outlet", sort=False)["n_hits"].sum()
    assert counts.to_dict() == {name: n + 1 for n, name in enumerate(names)}
    assert list(counts.index)[-1] == names[-1]
    plain = fa.score_paragraphs(paragraphs, hits, USED)
    compared = fa.compare_groups(plain, by="outlet", n_resamples=99)
    assert {*compared["group_a"], *compared["group_b"]} == set(names)
    assert set(fa.score_intervals(plain, by="outlet", n_resamples=99)["outlet"]) == set(names)
    ends = {"by": "outlet", "group_a": names[0], "group_b": names[-1]}
    shift = fa.word_shift(paragraphs, hits, "red", **ends)
    assert shift[["n_a", "n_b"]].values.tolist() == [[1, len(outlets)]]
    drawn = fa.plot_voices(scores, rows="outlet", categories=["red"])
    labels = {label.get_text().rpartition(" (")[0] for label in drawn.get_yticklabels()}
    assert set(names) == labels


@pytest.mark.parametrize("values", [["X", "Y"], ["X", None], [None, "X"], [1, 2], [[1], [2]]])
def test_metadata_that_differ_within_a_document_are_null_with_a_warning(
    values: list[object],
) -> None:
    documents = fa.documents_from_texts(["red one.\n\nblue two.", "red three.\n\nblue four."])
    paragraphs = fa.split_paragraphs(documents)
    desks = pd.Series([*values, "Z", "Z"], dtype=object)
    paragraphs = paragraphs.assign(desk=desks, outlet=["A", "A", "B", "B"])
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, USED), USED)
    shuffled = scores.sample(frac=1, random_state=0)
    for table in (scores, shuffled):
        with pytest.warns(TableWarning, match=r"'desk' differs .* 1 document, such as 'text_0001'"):
            rolled = fa.score_documents(table)
        own = rolled.set_index("document_id")
        assert own.loc["text_0001", "desk"].isna().all()
        assert own.loc["text_0002", "desk"].tolist() == ["Z", "Z"]
        assert sorted(own["outlet"]) == ["A", "A", "B", "B"]


def test_a_group_of_missing_dates_is_named_too() -> None:
    documents = fa.documents_from_texts(["red", "red red"]).assign(
        date=pd.to_datetime(["2024-05-01", None])
    )
    paragraphs = fa.split_paragraphs(documents)
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, USED), USED)
    groups = fa.score_documents(scores, by="date")
    assert groups["date"].unique().tolist() == ["2024-05-01", "(missing)"]


def test_rolled_up_rates_are_ratios_of_sums() -> None:
    """A mean of rates would give 525 here."""
    scores = scores_of(["red\n\n" + "word " * 19 + "red"], USED)
    total = fa.score_documents(scores).iloc[0]
    assert total["rate"] == pytest.approx(1000 * 2 / 21)
    assert total["share_paragraphs"] == 1


def test_subcategories_are_scored_on_their_own_and_add_up() -> None:
    used = fa.lexicon_from_dict(
        "test", {"k": {"subcategories": {"warm": ["red"], "cold": ["blue"]}, "terms": ["green"]}}
    )
    scores = scores_of(["red blue red green"], used, detail="subcategory")
    check_table(scores, "scores")
    assert scores["subcategory"].fillna("-").tolist() == ["warm", "cold", "-"]
    assert scores["n_hits"].tolist() == [2, 1, 1]
    totals = fa.score_documents(scores)
    assert totals["n_hits"].tolist() == [2, 1, 1]
    assert scores["n_hits"].sum() == scores_of(["red blue red green"], used)["n_hits"].sum()


def test_metadata_travels_with_the_scores() -> None:
    documents = fa.documents_from_texts(["red"]).assign(outlet="A", desk="foreign")
    paragraphs = fa.split_paragraphs(documents)
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, USED), USED)
    totals = fa.score_documents(scores)
    for table in (paragraphs, scores, totals):
        assert table[["outlet", "desk"]].drop_duplicates().values.tolist() == [["A", "foreign"]]


def test_hits_of_other_paragraphs_or_lexica_are_refused_not_dropped() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["red\n\nred"]))
    hits = fa.find_hits(paragraphs, USED)
    with pytest.raises(TableError, match="is not in paragraph 1; give the paragraphs"):
        fa.score_paragraphs(paragraphs.iloc[:1], hits, USED)
    other = fa.lexicon_from_dict("other", {"k": ["red"]})
    with pytest.raises(TableError, match="not of the lexica given"):
        fa.score_paragraphs(paragraphs, hits, other)


@pytest.mark.parametrize("by", ["paper", "lexicon", "n_hits", "rate", ["outlet", "category"]])
def test_a_column_that_is_no_metadata_is_refused_with_those_there_are(by: str) -> None:
    with pytest.raises(TableError, match="to group by; it has 'document_id', 'outlet', 'date'"):
        fa.score_documents(scores_of(["red"], USED), by=by)


@pytest.mark.parametrize("by", [[], ["outlet", "outlet"]])
def test_groups_need_columns_each_named_once(by: list[str]) -> None:
    with pytest.raises(TableError, match="name one or more columns, each once"):
        fa.score_documents(scores_of(["red"], USED), by=by)


def test_units_of_a_group_are_documents_and_of_a_document_paragraphs() -> None:
    documents = fa.documents_from_texts(["red\n\nblue\n\nred", "red"]).assign(outlet="A")
    paragraphs = fa.split_paragraphs(documents)
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, USED), USED)
    assert fa.score_documents(scores, by="outlet")["n_units"].tolist() == [2, 2]
    assert fa.score_documents(scores)["n_units"].tolist() == [3, 3, 1, 1]


def test_nothing_that_was_given_is_changed() -> None:
    documents = fa.documents_from_texts(["red threat\n\nblue"])
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, USED)
    scores = fa.score_paragraphs(paragraphs, hits, USED)
    before = [table.copy(deep=True) for table in (documents, paragraphs, hits, scores)]
    fa.score_documents(scores)
    fa.score_documents(scores, by="outlet")
    fa.find_overlaps(hits)
    fa.count_entries(hits)
    for table, copy in zip((documents, paragraphs, hits, scores), before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


def test_one_call_makes_every_table() -> None:
    tables = fa.analyze(fa.documents_from_texts(["The army may cross the border."]))
    for name in ("documents", "paragraphs", "sentences", "hits", "scores", "document_scores"):
        check_table(tables[name], name)
        assert not tables[name].empty
