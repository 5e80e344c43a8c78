"""Hits follow rules R1 to R7, and say where they came from."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as fa
from analysis.errors import LexiconError, LexiconWarning, TableError
from analysis.tables.checks import check_table
from tests.builders import hits_of

NASTY = st.text(alphabet="abAB '.-,\n\u2019\u00ad\u0301\u0130\ufb01\u00df\u00e9\u00bd", max_size=60)


def counted(hits: pd.DataFrame) -> list[str]:
    return hits.loc[hits["blocked_by"].isna(), "surface"].tolist()


def test_an_exclusion_blocks_the_hits_it_covers_and_leaves_a_row() -> None:
    """R7"""
    hits = hits_of(
        "Social security is not border security.",
        {"k": {"terms": ["security"], "exclude": ["social security"]}},
    )
    assert hits["blocked_by"].fillna("").tolist() == ["social security", ""]
    assert hits["start"].tolist() == [7, 30]


def test_an_exclusion_leaves_a_longer_hit_alone() -> None:
    hits = hits_of(
        "A social security threat looms.",
        {"k": {"terms": ["security", "security threat"], "exclude": ["social security"]}},
    )
    assert counted(hits) == ["security threat"]
    assert len(hits) == 1, "the veto changed nothing, so it leaves no row"


def test_an_exclusion_of_one_entry_spares_the_others() -> None:
    hits = hits_of(
        "state pension age",
        {"k": ["state", {"term": "state pension", "unless": ["state pension age"]}]},
    )
    assert counted(hits) == ["state"]
    assert hits["blocked_by"].dropna().tolist() == ["state pension age"]


def test_an_exclusion_of_one_category_spares_the_others() -> None:
    hits = hits_of(
        "social security",
        {"security": {"terms": ["security"], "exclude": ["social security"]}, "aid": ["security"]},
    )
    assert hits.set_index("category")["blocked_by"].isna().to_dict() == {
        "security": False,
        "aid": True,
    }


def test_exclusions_may_hold_wildcards_and_join_at_hyphens() -> None:
    hits = hits_of("border-collies", {"k": {"terms": ["border"], "exclude": ["border collie*"]}})
    assert hits["blocked_by"].tolist() == ["border collie*"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("about 2,300 people", ["about"]),
        ("about $40 million", ["about"]),
        ("about forty people", ["about"]),
        ("about the war", []),
        ("about. Forty people", []),
        ("about", []),
    ],
)
def test_after_asks_for_the_next_token(text: str, expected: list[str]) -> None:
    """R7"""
    assert counted(hits_of(text, {"k": [{"term": "about", "after": ["<number>"]}]})) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("our border", 1), ("Our borders", 0), ("border", 0), ("our, border", 0)]
)
def test_before_asks_for_the_previous_token(text: str, expected: int) -> None:
    hits = hits_of(text, {"k": [{"term": "border", "before": ["our", "the*"]}]})
    assert len(hits) == expected


def test_case_is_respected_where_an_entry_asks_for_it() -> None:
    """L16"""
    categories = {"country": [{"term": "US", "case": "sensitive"}], "pronoun": ["us"]}
    hits = hits_of("US troops told us of the US's plans", categories)
    country = hits[hits["category"] == "country"]
    assert country["surface"].tolist() == ["US", "US's"]
    assert len(hits[hits["category"] == "pronoun"]) == 3


@pytest.mark.parametrize("text", ["rock-hard", "rock hard", "rock\nhard", "rock\u2011hard"])
def test_a_hyphen_or_one_line_break_joins_like_a_space(text: str) -> None:
    """R3"""
    assert len(hits_of(f"{text}\n\nand more", {"k": ["rock hard"]})) == 1


@pytest.mark.parametrize(
    "text", ["veterans' benefits", "veterans\u2019 benefits", "veterans benefits"]
)
def test_the_apostrophe_of_a_plural_possessive_joins(text: str) -> None:
    for term in ("veterans' benefits", "veterans benefit*"):
        assert hits_of(text, {"k": [term]})["surface"].tolist() == [text]


@pytest.mark.parametrize("text", ["the 'n' roll", "'rock' roll", "s', roll"])
def test_other_single_quotation_marks_break_phrases(text: str) -> None:
    assert hits_of(text, {"k": ["n roll", "rock roll", "s roll"]}).empty


def test_a_star_alone_stands_for_any_token_of_a_phrase() -> None:
    hits = hits_of(
        "protect all our citizens", {"k": ["protect * * citizens", "protect * citizens"]}
    )
    assert hits["entry"].tolist() == ["protect * * citizens"]


@pytest.mark.parametrize(
    "gap", [", ", ". ", " \u2014 ", "/", "--", " - ", "; ", '" ', "\n\n", "\u2029", " ("]
)
def test_punctuation_and_blank_lines_break_phrases(gap: str) -> None:
    """R3"""
    assert hits_of(f"rock{gap}hard", {"k": ["rock hard"]}).empty


@pytest.mark.parametrize(
    ("term", "found", "other"),
    [
        ("U.S. Army", ["U.S. Army", "u.s. army", "U.S.  Army"], ["U.S., Army", "US Army"]),
        ("u.s.-backed", ["U.S.-backed"], ["U.S. - backed"]),
        ("St. Petersburg", ["St. Petersburg", "St Petersburg"], ["st. Petersburg"]),
        ("john f kennedy", ["John F. Kennedy", "John F Kennedy"], ["John f. Kennedy"]),
        ("No. 10", ["No. 10", "no. 10"], ["No. Ten", "Nothing. 10"]),
        ("9/11", ["9/11", "9\uff0f11"], ["9 11", "9 / 11", "9-11"]),
        ("AT&T", ["AT&T", "at&t"], ["AT T", "AT & T"]),
        ("hiv/* care", ["HIV/AIDS care"], ["HIV AIDS care"]),
        ("protect * rights", ["protect our rights"], ["protect/our rights", "protect&our rights"]),
        ("ill health", ["ill health"], ["He was ill. Health"]),
        ("J. Smith", ["J. Smith", "J Smith"], ["j. Smith", "J.\n\nSmith", "J.Smith"]),
        ("3.5 percent", ["3.5 percent"], ["3. 5 percent", "3,5 percent"]),
        ("Ph.D. student", ["Ph.D. student", "ph.d. student"], ["Ph., D. student"]),
        ("no. *", ["No. 10", "No. 3"], ["No. Ten", "No? 3"]),
        ("a/b/c", ["a/b/c", "A/B/C"], ["a/b&c", "a/b c", "a//b/c"]),
        ("S&P 500", ["S&P 500", "s&p 500", "S\uff06P 500"], ["S & P 500", "S&P/500"]),
        ("*/11 attack*", ["9/11 attacks", "9/11 attack"], ["11 attacks", "9&11 attacks"]),
    ],
)
def test_stops_of_abbreviations_join_and_signs_match_themselves(
    term: str, found: list[str], other: list[str]
) -> None:
    """R3"""
    assert hits_of("; ".join(found + other), {"k": [term]})["surface"].tolist() == found


@pytest.mark.parametrize(
    "term", ["the end. New", "Mass.", "No.", "J.", "No. Ten", "AT & T", "/b", "a/", "a//b", "a&/b"]
)
def test_a_term_whose_punctuation_joins_nothing_is_told_to_match_nothing(term: str) -> None:
    with pytest.warns(LexiconWarning, match="no text can match it"):
        fa.lexicon_from_dict("k", {"k": [term, "mass"]})


@pytest.mark.parametrize("text", ["in the U.S.", "in the U.S. He", "U.S.-made", "the U.S., too"])
def test_an_abbreviation_alone_is_found_wherever_its_sentence_ends(text: str) -> None:
    for term in ("U.S.", "u.s"):
        assert hits_of(text, {"k": [term]})["surface"].tolist() == ["U.S"]


def test_words_beside_a_slash_count_by_themselves_unless_the_whole_is_a_term() -> None:
    text = "HIV/AIDS"
    assert hits_of(text, {"k": ["hiv", "aids"]})["surface"].tolist() == ["HIV", "AIDS"]
    assert hits_of(text, {"k": ["hiv", "hiv/aids"]})["surface"].tolist() == ["HIV/AIDS"]
    assert hits_of(text, {"k": ["hiv aids"]}).empty


@pytest.mark.parametrize(
    "gap", ["\n  ", "  \n", "\r\n\t", " \n\u00a0", "\u2028 ", "\x0b ", "-\n ", "\n"]
)
def test_a_line_break_joins_with_blanks_around_it(gap: str) -> None:
    text = f"Of lines.\n\nFor national{gap}security"
    found = hits_of(text, {"k": ["national security"]})
    assert found["surface"].tolist() == [f"national{gap}security"]


def test_the_word_before_may_be_an_abbreviation() -> None:
    entry = {"term": "vance", "before": ["mr"]}
    assert len(hits_of("Mr. Vance, Mr Vance, mister. Vance", {"k": [entry]})) == 2


@pytest.mark.parametrize("mark", ["\u2019", "\u00b4", "\u2032", "`", "\u02bc"])
def test_whatever_is_typed_for_an_apostrophe_is_one(mark: str) -> None:
    """R2"""
    for torn in (f"didn{mark}t", f"didn {mark}t", f"DIDN {mark}T", f"didn\u00a0{mark}t"):
        found = hits_of(f"they {torn} go", {"k": ["didn't go"]})
        assert found["surface"].tolist() == [f"{torn} go"]


@pytest.mark.parametrize("text", ["in 't Veld", "van 'the", "ten 'tis", "n 't", "didn. 't"])
def test_no_other_mark_before_a_t_joins_it_to_the_word_before(text: str) -> None:
    """R2"""
    word = text.split()[0].strip(".")
    assert hits_of(text, {"k": [word]})["surface"].tolist() == [word]


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("secur*", ["secur", "security"], ["insecure"]),
        ("*ism", ["ism", "prism"], ["isms"]),
        ("?box", ["xbox"], ["box", "xxbox"]),
        ("??", ["ab"], ["a", "abc"]),
        ("wom?n", ["woman", "women"], ["womn"]),
        ("*migra*", ["immigration", "migrant"], ["migr"]),
        ("a*b*c", ["abc", "axbxc", "abbc"], ["acb", "ab"]),
        ("a?*c", ["abc", "abbc"], ["ac"]),
        ("*a", ["a", "ba"], ["ab"]),
    ],
)
def test_wildcards_are_anchored_to_the_token(
    pattern: str, matching: list[str], other: list[str]
) -> None:
    """R4"""
    assert counted(hits_of(" ; ".join(matching + other), {"k": [pattern]})) == matching


def test_a_pattern_full_of_stars_takes_no_more_than_linear_time() -> None:
    """L18"""
    assert hits_of("a" * 30_000, {"k": ["a*a*a*a*a*a*a*a*a*b", "*?a?*?a?*b"]}).empty


def test_the_longest_entry_at_the_leftmost_place_wins() -> None:
    """R5"""
    categories = {"k": ["a b", "b c d", "a"]}
    assert counted(hits_of("a b c d", categories)) == ["a b"]


def test_of_entries_that_fit_the_same_words_the_more_specific_names_the_hit() -> None:
    for terms in (["secur*", "security"], ["security", "secur*"]):
        assert hits_of("security", {"k": terms})["entry"].tolist() == ["security"]


def test_categories_are_independent_unless_the_lexicon_is_the_scope() -> None:
    """M03"""
    categories = {"paper": ["new york times"], "city": ["new york"], "state": ["new york"]}
    text = "The New York Times of New York"
    assert len(hits_of(text, categories)) == 5
    scoped = hits_of(text, categories, nested="lexicon")
    assert counted(scoped) == ["New York Times", "New York", "New York"]
    assert scoped["blocked_by"].dropna().tolist() == ["new york times"] * 2


def test_places_that_two_categories_count_are_listed() -> None:
    """M03, R5"""
    overlaps = fa.find_overlaps(hits_of("New York Times", {"p": ["new york times"], "c": ["york"]}))
    check_table(overlaps, "overlaps")
    assert overlaps[["start", "end", "category_a", "category_b"]].values.tolist() == [
        [4, 8, "c", "p"]
    ]


def test_hits_side_by_side_are_no_overlap() -> None:
    assert fa.find_overlaps(hits_of("york", {"p": ["york"]})).empty
    joined = hits_of("new-york", {"p": ["new"], "c": ["york"]}).assign(start=[0, 3], end=[3, 7])
    assert fa.find_overlaps(joined).empty


def test_overlaps_of_two_lexica_with_the_same_categories_are_told_apart() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["border"]))
    lexica = [
        fa.lexicon_from_dict(name, {"a": ["border"], "b": ["border"]}) for name in ("one", "two")
    ]
    overlaps = fa.find_overlaps(fa.find_hits(paragraphs, lexica))
    check_table(overlaps, "overlaps")
    assert len(overlaps) == 6


def test_several_lexica_keep_their_categories_apart() -> None:
    """L22"""
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["border army"]))
    one = fa.lexicon_from_dict("one", {"security": ["border"]})
    two = fa.lexicon_from_dict("two", {"security": ["army"]})
    hits = fa.find_hits(paragraphs, [one, two])
    assert hits.groupby("lexicon").size().to_dict() == {one.id: 1, two.id: 1}
    scores = fa.score_paragraphs(paragraphs, hits, [one, two])
    assert scores["n_hits"].tolist() == [1, 1]
    with pytest.raises(LexiconError, match="given twice"):
        fa.find_hits(paragraphs, [one, one])


def test_hits_carry_the_sentence_they_begin_in() -> None:
    hits = hits_of("No word. The U.S. army. An army.", {"k": ["army"]})
    assert hits["sentence"].tolist() == [1, 2]


def test_offsets_count_code_points_of_the_whole_document() -> None:
    text = "Headline\n\n\u0130\u0130 \U0001f1fa\U0001f1f3 the border\r\n\r\nborder"
    hits = hits_of(text, {"k": ["border"]})
    assert [text[a:b] for a, b in zip(hits["start"], hits["end"], strict=True)] == ["border"] * 2
    assert hits["paragraph"].tolist() == [1, 2]


# A table costs more than its few hits: an example has several texts.
@settings(max_examples=settings().max_examples // 3)
@given(st.lists(NASTY, min_size=3, max_size=3))
def test_every_hit_is_found_again_at_its_offsets(texts: list[str]) -> None:
    lexicon = fa.lexicon_from_dict(
        "test", {"k": ["a*", "b a", "*\u00e9"], "j": ["?", "a'b", "ss*"]}
    )
    documents = fa.documents_from_texts(texts)
    hits = fa.find_hits(fa.split_paragraphs(documents), lexicon)
    check_table(hits, "hits")
    text_of = dict(zip(documents["document_id"], texts, strict=True))
    for row in hits.itertuples():
        assert text_of[row.document_id][row.start : row.end] == row.surface
    for _, group in hits.groupby(["document_id", "category"]):
        assert (group["start"].iloc[1:].to_numpy() >= group["end"].iloc[:-1].to_numpy()).all()


@settings(max_examples=max(50, settings().max_examples // 10))
@given(st.lists(NASTY, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_hits_of_a_document_do_not_depend_on_the_others(texts: list[str], draw: Any) -> None:
    lexicon = fa.lexicon_from_dict("test", {"k": ["a*", "b a"]})
    documents = fa.documents_from_texts(texts)
    together = fa.find_hits(fa.split_paragraphs(documents), lexicon)
    alone = documents.iloc[[draw.randrange(len(texts))]].reset_index(drop=True)
    expected = fa.find_hits(fa.split_paragraphs(alone), lexicon)
    mine = together[together["document_id"] == alone["document_id"][0]].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, expected)


def test_no_paragraphs_make_a_valid_empty_table() -> None:
    """S09"""
    hits = hits_of("", {"k": ["border"]})
    check_table(hits, "hits")
    assert hits.empty


def test_wrong_input_says_what_was_expected() -> None:
    """S13"""
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["border"]))
    lexicon = fa.lexicon_from_dict("test", {"k": ["border"]})
    with pytest.raises(TypeError, match="must be a pandas DataFrame"):
        fa.find_hits("the border", lexicon)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Lexicon"):
        fa.find_hits(paragraphs, "framing")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Lexicon"):
        fa.find_hits(paragraphs, ["framing"])  # type: ignore[list-item]
    with pytest.raises(TableError, match="no column 'text'"):
        fa.find_hits(paragraphs.drop(columns="text"), lexicon)
    with pytest.raises(TableError, match=r"'text' .* is null in row 0"):
        fa.find_hits(paragraphs.assign(text=[None]), lexicon)
    with pytest.raises(ValueError, match="nested"):
        fa.find_hits(paragraphs, lexicon, nested="document")  # type: ignore[arg-type]


def test_entries_are_counted_with_the_forms_behind_them() -> None:
    hits = hits_of(
        "Threats. A threat. Social security, security.",
        {"k": {"terms": ["threat*", "security"], "exclude": ["social security"]}},
    )
    entries = fa.count_entries(hits)
    check_table(entries, "entries")
    assert entries[["entry", "n_hits", "n_blocked", "n_documents"]].values.tolist() == [
        ["threat*", 2, 0, 1],
        ["security", 1, 1, 1],
    ]
    assert entries["surfaces"].tolist() == ["threat (1), threats (1)", "security (1)"]
    assert entries["share"].sum() == pytest.approx(1)


def test_one_term_in_two_subcategories_is_counted_apart() -> None:
    subcategories = {
        "number": [{"term": "about", "after": ["<number>"]}],
        "topic": [{"term": "about", "after": ["the"]}],
    }
    hits = hits_of("about ten. About the war", {"k": {"subcategories": subcategories}})
    entries = fa.count_entries(hits)
    check_table(entries, "entries")
    assert entries[["subcategory", "n_hits", "n_documents", "surfaces"]].values.tolist() == [
        ["number", 1, 1, "about (1)"],
        ["topic", 1, 1, "about (1)"],
    ]


def test_of_phrases_that_veto_one_hit_the_longest_is_named() -> None:
    exclude = ["social security", "the social security", "social *"]
    hits = hits_of("the social security", {"k": {"terms": ["security"], "exclude": exclude}})
    assert hits["blocked_by"].tolist() == ["the social security"]


def test_an_entry_that_was_always_blocked_is_counted_as_blocked() -> None:
    hits = hits_of(
        "social security", {"k": {"terms": ["security"], "exclude": ["social security"]}}
    )
    entries = fa.count_entries(hits)
    assert entries[["n_hits", "n_blocked", "n_documents"]].values.tolist() == [[0, 1, 0]]
    assert entries["share"].isna().all()
