"""What a lexicon finds in a corpus, and what it may miss."""

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import LexiconError, TableError
from analysis.tables.checks import check_table

THREAT = {"threat": ["threat*", "menace", "peril"], "aid": ["aid", "threat relief"]}


def coverage_of(text: str, categories: object = None) -> pd.DataFrame:
    lexicon = fa.lexicon_from_dict("test", categories or THREAT)
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    table = fa.lexicon_coverage(fa.find_hits(paragraphs, lexicon), lexicon)
    check_table(table, "coverage")
    return table.set_index("entry")


def test_every_entry_has_a_row_whether_it_fires_or_not() -> None:
    table = coverage_of("A threat, a menace, threats.")
    assert table["n_hits"].to_dict() == {
        "threat*": 2,
        "menace": 1,
        "peril": 0,
        "aid": 0,
        "threat relief": 0,
    }
    assert table["status"].tolist() == ["carries", "fires", "silent", "silent", "silent"]


def test_shares_add_up_within_a_category_and_are_null_where_nothing_fires() -> None:
    table = coverage_of("A threat, a menace, threats.")
    own = table[table["category"] == "threat"]
    assert own["share"].sum() == pytest.approx(1)
    assert own["cumulative_share"].tolist() == pytest.approx([2 / 3, 1, 1])
    assert table.loc["aid", ["share", "cumulative_share"]].isna().all()


def test_the_fewest_entries_that_make_half_of_the_hits_carry_the_score() -> None:
    terms = {"k": ["a1", "b1", "c1", "d1"]}
    table = coverage_of("a1 a1 b1 c1 d1", terms)
    assert table["status"].to_dict() == {
        "a1": "carries",
        "b1": "carries",
        "c1": "fires",
        "d1": "fires",
    }
    assert coverage_of("a1 b1", terms)["status"].tolist()[:2] == ["carries", "fires"]


def test_an_entry_whose_hits_were_all_vetoed_is_blocked() -> None:
    table = coverage_of(
        "Social security.", {"k": {"terms": ["security"], "exclude": ["social security"]}}
    )
    row = table.loc["security"]
    assert (row["status"], row["n_hits"], row["n_blocked"]) == ("blocked", 0, 1)


def test_overlaps_with_other_categories_are_counted_once_a_hit() -> None:
    table = coverage_of(
        "Threat relief came. A threat stayed.",
        {"threat": ["threat"], "aid": ["threat relief"], "more": ["relief", "threat relief"]},
    )
    by_class = table.reset_index().set_index(["category", "entry"])
    row = by_class.loc[("threat", "threat")]
    assert (row["n_hits"], row["n_shared"]) == (2, 1)
    assert row["shared_with"] == "aid (1), more (1)"


def test_hits_of_another_version_of_the_lexicon_are_refused() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat."]))
    old = fa.lexicon_from_dict("test", {"k": ["threat"]})
    new = fa.lexicon_from_dict("test", {"k": ["threat", "peril"]})
    with pytest.raises(TableError, match="find the hits again"):
        fa.lexicon_coverage(fa.find_hits(paragraphs, old), new)


def test_no_hits_at_all_leave_every_entry_silent() -> None:
    assert set(coverage_of("Rain fell.")["status"]) == {"silent"}


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
