"""Words that a lexicon may miss: by what they stand with, and in whose place."""

from typing import Any

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import LexiconError, TableError
from analysis.exploration.suggestions import suggestions_from
from analysis.exploration.terms import TermIndex
from analysis.tables.checks import check_table
from tests.builders import paragraphs_of

CORPUS = [
    "The army faced a threat from the siege. The siege was a grave threat to the town.",
    "A new threat came with the siege, and the long siege starved the town. The menace grew.",
    "Farmers sold apples at the market. The market was full. Apples were cheap.",
    "Apples fell, and the market closed. The baker sold bread at the market to farmers.",
    "The siege went on. A threat of siege hung over the town. Bread was cheap.",
]


def suggestions(**options: object) -> pd.DataFrame:
    lexicon = fa.lexicon_from_dict("test", {"threat": ["threat*", "menace"], "food": ["bread"]})
    documents = fa.documents_from_texts(CORPUS)
    table = fa.suggest_terms(documents, lexicon, "threat", **options)
    check_table(table, "suggestions")
    return table


def test_the_word_that_stands_with_the_category_comes_before_the_one_that_does_not() -> None:
    table = suggestions().set_index("term")
    assert table.index[0] in ("siege", "town")
    assert table.loc["siege", "z"] > 0 > table.loc["market", "z"]
    assert table.loc["siege", "similarity"] > table.loc["market", "similarity"]


def test_counts_of_a_suggestion_are_those_of_the_corpus() -> None:
    row = suggestions().set_index("term").loc["siege"]
    assert (row["n_occurrences"], row["n_documents"], row["n_with_category"]) == (6, 3, 4)
    assert (row["new_hits"], row["in_categories"]) == (6, "")


def test_coverage_with_a_suggestion_is_what_adding_it_brings() -> None:
    table = suggestions(min_occurrences=2)
    documents = fa.documents_from_texts(CORPUS)
    for term in table["term"].head(8):
        grown = fa.lexicon_from_dict("grown", {"threat": ["threat*", "menace", term]})
        paragraphs = fa.split_paragraphs(documents)
        hits = fa.find_hits(paragraphs, grown)
        share = hits.groupby(["document_id", "paragraph"]).ngroups / len(paragraphs)
        row = table.set_index("term").loc[term]
        assert row["share_paragraphs_with"] == pytest.approx(share), term


def test_a_term_of_another_category_says_so() -> None:
    table = suggestions(min_occurrences=2).set_index("term")
    assert table.loc["bread", "in_categories"] == "food"


def test_what_the_category_already_finds_is_not_suggested() -> None:
    terms = set(suggestions(min_occurrences=1)["term"])
    assert not {"threat", "menace"} & terms
    assert not any("threat" in term.split() for term in terms)


def test_function_words_are_no_suggestion_unless_they_are_asked_for() -> None:
    assert not {"the", "a", "of"} & set(suggestions(min_occurrences=1)["term"])
    assert "the" in set(suggestions(stop_words=[])["term"])


def test_phrases_are_suggested_as_well_and_do_not_cross_punctuation() -> None:
    terms = set(suggestions(min_occurrences=1, n=1_000)["term"])
    assert {"long siege", "siege starved"} <= terms
    assert "siege long" not in terms
    assert "apples fell" in terms
    assert "fell apples" not in terms


def test_a_sentence_that_is_repeated_counts_once() -> None:
    note = "Editor's note: this threat is xenophobic."
    texts = [f"{text}\n\n{note}" for text in CORPUS]
    lexicon = fa.lexicon_from_dict("test", {"threat": ["threat*"]})
    table = fa.suggest_terms(fa.documents_from_texts(texts), lexicon, "threat")
    assert "xenophobic" not in set(table["term"])


def test_contexts_show_the_word_among_its_neighbours() -> None:
    row = suggestions(n_contexts=2).set_index("term").loc["siege"]
    shown = row["contexts"].split(" ¦ ")
    assert len(shown) == 2
    assert all("[siege]" in line for line in shown)


def test_the_lexicon_is_left_as_it_was_and_so_are_the_documents() -> None:
    lexicon = fa.lexicon_from_dict("test", {"threat": ["threat*"]})
    documents = fa.documents_from_texts(CORPUS)
    before, text = lexicon.id, documents.to_csv()
    fa.suggest_terms(documents, lexicon, "threat")
    assert (lexicon.id, documents.to_csv()) == (before, text)


def test_n_limits_the_list_and_rare_terms_are_left_out() -> None:
    assert len(suggestions(n=2)) == 2
    assert (suggestions(min_occurrences=4)["n_occurrences"] >= 4).all()
    assert suggestions(min_occurrences=1_000).empty


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"n": 0}, ValueError, "n is 0"),
        ({"min_occurrences": 0}, ValueError, "min_occurrences is 0"),
    ],
)
def test_numbers_below_one_are_refused(
    options: dict[str, int], error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        suggestions(**options)


def test_an_unknown_category_is_named_with_those_there_are() -> None:
    lexicon = fa.lexicon_from_dict("test", {"threat": ["threat*"]})
    with pytest.raises(LexiconError, match="no category 'aid'; there are 'threat'"):
        fa.suggest_terms(fa.documents_from_texts(CORPUS), lexicon, "aid")


@pytest.mark.parametrize(
    ("texts", "match"),
    [
        (["Rain fell."], "no hit of 'threat'"),
        (["A threat grows. Threats grow."], "nothing to compare with"),
        (["Threat.", "Rain fell."], "no other words"),
    ],
)
def test_a_corpus_that_cannot_tell_is_refused_with_the_reason(texts: list[str], match: str) -> None:
    lexicon = fa.lexicon_from_dict("test", {"threat": ["threat*"]})
    with pytest.raises(TableError, match=match):
        fa.suggest_terms(fa.documents_from_texts(texts), lexicon, "threat")


# --- what stands in the place of hits -------------------------------------------------------

PLACES = [
    "They held talks in Rome. Talks failed again.",
    "They held discussions in Rome. Discussions failed again. Nobody liked discussions at all.",
    "Rain fell near Rome again. Rain fell on the hills. Rain failed us.",
    "They walked in Rome and liked rain. Nobody held on. It snowed again.",
]


def found_in(
    texts: list[str], *terms: Any, without: tuple[str, ...] = (), **options: Any
) -> pd.DataFrame:
    """Return the quick list of suggestions for a category of some terms, by term."""
    own = fa.lexicon_from_dict("test", {"k": list(terms)})
    paragraphs = paragraphs_of(*texts)
    hits = fa.find_hits(paragraphs, own, in_context=False)
    options = {"min_occurrences": 1, "n": 1_000, "without": without, **options}
    table = suggestions_from(TermIndex(paragraphs), own, "k", hits, **options)
    check_table(table, "suggestions")
    return table.set_index("term")


def test_pairs_of_left_and_right_word_are_counted_that_hits_stand_in_too() -> None:
    table = found_in(PLACES, "talks")
    # held … in, and the beginning of a sentence … failed; nobody talks about liked … at.
    assert table.loc["discussions", "n_shared_contexts"] == 2
    # Only "Rain failed", though rain has more pairs.
    assert table.loc["rain", "n_shared_contexts"] == 1
    assert table.loc["hills", "n_shared_contexts"] == 0


def test_what_takes_the_place_of_hits_ranks_before_what_stands_elsewhere() -> None:
    table = found_in(PLACES, "talks")
    assert table.loc["discussions", "share_contexts"] > table.loc["rain", "share_contexts"] > 0
    assert table.loc["hills", "share_contexts"] == 0
    order = table.index.tolist()
    assert order.index("discussions") < order.index("rain") < order.index("hills")


def test_a_share_of_few_pairs_counts_for_less() -> None:
    many = "They saw talks here. We need talks now. I want talks today. You got talks there."
    texts = [many, many.replace("talks", "contacts"), "They saw apples here. Bread fell."]
    table = found_in(texts, "talks")
    assert table.loc["contacts", "share_contexts"] > table.loc["apples", "share_contexts"]


def test_a_pair_that_only_vetoed_hits_stand_in_is_not_shared() -> None:
    texts = ["We held talks today. We saw small talks there. We saw small apples there. Rain."]
    table = found_in(texts, {"term": "talks", "unless": ["small talks"]})
    assert table.loc["apples", "n_shared_contexts"] == 0


# --- forms of one word ----------------------------------------------------------------------


def test_forms_of_a_word_are_one_suggestion_with_a_wildcard() -> None:
    texts = ["An envoy held talks. Envoys held talks.", "The envoy's car and peace envoys. Rain."]
    table = found_in(texts, "talks")
    row = table.loc["envoy*"]
    assert row["forms"] == "envoy; envoys"
    assert (row["n_occurrences"], row["n_with_category"], row["new_hits"]) == (4, 2, 4)
    assert not {"envoy", "envoys"} & set(table.index)
    # Only one form of the phrase occurs.
    assert table.loc["peace envoys", "forms"] == "peace envoys"


def test_forms_of_a_phrase_differ_in_its_last_word() -> None:
    table = found_in(["A peace envoy held talks. Peace envoys met. Rain fell."], "talks")
    assert table.loc["peace envoy*", "forms"] == "peace envoy; peace envoys"


@pytest.mark.parametrize(
    "words", ["state states statement", "meet meeting", "war wars", "treaty treaties"]
)
def test_words_stay_apart_where_a_wildcard_would_match_another_word(words: str) -> None:
    table = found_in([f"Talks on {' and '.join(words.split())}. Rain fell."], "talks")
    assert set(words.split()) <= set(table.index)


def test_adding_a_suggestion_with_a_wildcard_brings_what_it_says() -> None:
    texts = ["Envoys held talks. An envoy left.", "No envoys came.", "Rain fell."]
    row = found_in(texts, "talks").loc["envoy*"]
    grown = fa.lexicon_from_dict("test", {"k": ["talks", "envoy*"]})
    paragraphs = paragraphs_of(*texts)
    hits = fa.find_hits(paragraphs, grown)
    assert row["new_hits"] == (hits["entry"] == "envoy*").sum()
    assert row["share_paragraphs_with"] == hits["document_id"].nunique() / len(paragraphs)


# --- names ----------------------------------------------------------------------------------


def test_names_are_told_by_their_capitals_within_sentences() -> None:
    texts = ["In Karvia talks began. Apples grow in Karvia.", "Peace talks. The peace of Karvia."]
    table = found_in(texts, "talks")
    assert table.loc["karvia", "share_capitalised"] == 1
    # "Peace" begins a sentence once, and is written small within one.
    assert table.loc["peace", "share_capitalised"] == 0
    assert pd.isna(table.loc["apples", "share_capitalised"])


def test_capitals_of_headlines_tell_no_names() -> None:
    text = "Envoys Hold Talks On Peace\n\nThe talks on peace failed, and the rain fell on peace."
    assert found_in([text, "Rain fell."], "talks").loc["peace", "share_capitalised"] == 0


# --- what is not suggested again ------------------------------------------------------------


@pytest.mark.parametrize("rejected", ["envoy*", "env?y*"])
def test_what_was_rejected_does_not_come_again(rejected: str) -> None:
    texts = ["An envoy held talks. Envoys held talks. Rain fell."]
    assert "envoy*" in found_in(texts, "talks").index
    left = found_in(texts, "talks", without=(rejected, "no such word", "a b c")).index
    assert not {"envoy", "envoys", "envoy*"} & set(left)
    assert "rain" in left


def test_a_rejected_phrase_leaves_its_words() -> None:
    texts = ["A long siege held up talks. The siege went on. Rain fell."]
    left = found_in(texts, "talks", without=("long siege",)).index
    assert "siege" in left
    assert "long siege" not in left


def test_what_an_entry_asks_more_of_is_not_suggested_where_it_does_not_count() -> None:
    near = {"term": "deal", "near": {"terms": ["peace"], "within": 3}}
    texts = ["A deal for peace came from talks.", "A deal on talks. A deal on cars. Rain fell."]
    assert "deal" in found_in(texts, "talks").index
    assert "deal" not in found_in(texts, "talks", near).index


# --- the index ------------------------------------------------------------------------------


def test_one_index_serves_every_version_of_a_lexicon() -> None:
    paragraphs = paragraphs_of(*CORPUS)
    index = TermIndex(paragraphs)
    for terms in (["threat*"], ["threat*", "siege"], ["menace"], ["threat*"]):
        own = fa.lexicon_from_dict("test", {"threat": terms})
        hits = fa.find_hits(paragraphs, own, in_context=False)
        quick = suggestions_from(index, own, "threat", hits, min_occurrences=2)
        full = fa.suggest_terms(
            fa.documents_from_texts(CORPUS), own, "threat", min_occurrences=2, n_contexts=0
        )
        pd.testing.assert_frame_equal(quick, full)


def test_the_order_of_paragraphs_changes_no_suggestion() -> None:
    own = fa.lexicon_from_dict("test", {"threat": ["threat*"]})
    paragraphs = paragraphs_of(*CORPUS)
    hits = fa.find_hits(paragraphs, own, in_context=False)
    one, other = (
        suggestions_from(TermIndex(table), own, "threat", hits, min_occurrences=1)
        for table in (paragraphs, paragraphs.sample(frac=1, random_state=2))
    )
    pd.testing.assert_frame_equal(one, other)


def test_hits_of_other_paragraphs_are_refused() -> None:
    own = fa.lexicon_from_dict("test", {"threat": ["threat*"]})
    paragraphs = paragraphs_of(*CORPUS)
    hits = fa.find_hits(paragraphs, own, in_context=False).assign(document_id="elsewhere")
    with pytest.raises(TableError, match="'elsewhere', which is none of these"):
        suggestions_from(TermIndex(paragraphs), own, "threat", hits)


def test_paragraphs_without_a_word_hold_no_hit() -> None:
    own = fa.lexicon_from_dict("test", {"threat": ["threat*"]})
    paragraphs = paragraphs_of("…")
    hits = fa.find_hits(paragraphs, own, in_context=False)
    with pytest.raises(TableError, match="no hit of 'threat'"):
        suggestions_from(TermIndex(paragraphs), own, "threat", hits)
