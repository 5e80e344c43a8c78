"""Keywords in context."""

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table


def contexts(text: str, terms: list[str], **options: int) -> pd.DataFrame:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("test", {"k": terms}))
    table = fa.keywords_in_context(paragraphs, hits, **options)
    check_table(table, "contexts")
    return table


def lines(table: pd.DataFrame) -> list[list[str]]:
    return table[["left", "keyword", "right"]].values.tolist()


def test_a_hit_stands_between_the_words_around_it() -> None:
    assert lines(contexts("The army saw a threat at dawn.", ["threat"])) == [
        ["The army saw a", "threat", "at dawn."]
    ]


def test_words_are_not_cut_and_an_ellipsis_says_that_the_paragraph_goes_on() -> None:
    table = contexts("one two three threat four five six", ["threat"], width=7)
    assert lines(table) == [["… three", "threat", "four …"]]


def test_the_paragraph_is_the_limit_and_line_breaks_are_blanks() -> None:
    table = contexts("Rain fell.\n\nA\n threat of\nwar.\n\nSun.", ["threat"])
    assert lines(table) == [["A", "threat", "of war."]]


def test_a_hit_over_a_line_break_is_shown_in_one_line() -> None:
    assert lines(contexts("a front\nline here\n\nEnd.", ["front line"])) == [
        ["a", "front line", "here"]
    ]


def test_a_long_word_without_blanks_is_shown_in_part() -> None:
    [[left, _, right]] = lines(contexts("x" * 500 + " war " + "y" * 500, ["war"], width=10))
    assert (left, right) == ("… " + "x" * 10, "y" * 10 + " …")


def test_voice_and_certainty_stand_beside_the_words() -> None:
    table = contexts("“The threat may grow,” Ana Rell said.", ["threat"])
    row = table.iloc[0]
    assert (row["voice"], row["speaker"], row["certainty"]) == ("quote", "Ana Rell", "hedged")


def test_rows_follow_the_hits_given_and_blocked_ones_say_so() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["social security and security"]))
    lexicon = fa.lexicon_from_dict(
        "test", {"k": {"terms": ["security"], "exclude": ["social security"]}}
    )
    hits = fa.find_hits(paragraphs, lexicon)
    table = fa.keywords_in_context(paragraphs, hits.iloc[::-1])
    assert table["start"].tolist() == [20, 7]
    assert table["blocked_by"].isna().tolist() == [True, False]


def test_no_hits_give_an_empty_table() -> None:
    assert contexts("Nothing here.", ["threat"]).empty


def test_hits_of_other_paragraphs_are_refused_by_name() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat.", "A threat."]))
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("test", {"k": ["threat"]}))
    first = paragraphs[paragraphs["document_id"] == paragraphs["document_id"].iloc[0]]
    with pytest.raises(TableError, match="of document 'text_0002' is not in paragraph 0"):
        fa.keywords_in_context(first, hits)
    with pytest.raises(ValueError, match="width is 0"):
        fa.keywords_in_context(paragraphs, hits, width=0)
