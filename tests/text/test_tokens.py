"""Tokens follow rule R3."""

import pytest

import analysis as fa
from analysis.text.tokens import count_tokens, tokenize


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("The U.S. army.", ["the", "u.s", "army"]),
        ("F.B.I.", ["f.b.i"]),
        ("It can\u2019t.", ["it", "can't"]),
        ("the states' rights", ["the", "states", "rights"]),
        ("'quoted'", ["quoted"]),
        ("cross-border, 3.5 and 3,000", ["cross", "border", "3.5", "and", "3", "000"]),
        ("either/or\u2014both", ["either", "or", "both"]),
        ("\u0916\u0930\u094d\u091a", ["\u0916\u0930\u094d\u091a"]),
        ("snake_case", ["snake_case"]),
        ("5\u00bd years", ["51\u20442", "years"]),
        ("\u2100 and a\uff0fc", ["a\u2044c", "and", "a", "c"]),
        ("I \u2764\ufe0f it", ["i", "it"]),
        ("don''t", ["don", "t"]),
        ("", []),
        ("... \u2014 !", []),
    ],
)
def test_text_is_cut_into_tokens(text: str, forms: list[str]) -> None:
    assert tokenize(text).forms == forms
    assert count_tokens(text) == len(forms)


def test_the_word_count_of_a_text_is_the_same_for_every_lexicon() -> None:
    """S02"""
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["The U.S. army's border-guards."]))
    for terms in (["border"], ["army", "the"], ["cross-border troops"]):
        lexicon = fa.lexicon_from_dict("test", {"k": terms})
        hits = fa.find_hits(paragraphs, lexicon)
        assert fa.score_paragraphs(paragraphs, hits, lexicon)["n_tokens"].tolist() == [5]


def test_words_of_mixed_script_are_flagged() -> None:
    """M31"""
    text = "\u0455ecurity \uff53\uff45\uff43 na\u00efve \u0441\u043b\u043e\u0432\u043e"
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    flagged = fa.find_mixed_script(paragraphs)
    assert flagged[["surface", "scripts"]].values.tolist() == [["\u0455ecurity", "CYRILLIC, LATIN"]]
