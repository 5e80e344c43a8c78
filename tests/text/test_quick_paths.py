"""What is compiled for speed gives what the rules in Python give."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as fa
from analysis.languages.language import load_language
from analysis.text import sentences, tokens
from analysis.text.tokens import Role, character_role, count_by_rules, count_tokens, tokenize

RULES = sentences.sentences_of(load_language())
MANY = settings(max_examples=max(200, settings().max_examples))

PIECES = st.sampled_from(
    """Talks resumed failed Mr Mrs Jan No U.S U.S.A e.g a.m p.m Inc 53 1971 3.5 The We Smith
    said he iPhone troops \u00c9tat \u00e9tat UNITED JAN x A I st dr vs 19 al-Qaeda
    Abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvw abcdefghijklmnopqrstuvwx""".split()
)
BLANKS = [" ", " ", " ", ". ", ". ", ".", ".\n", ".\t", ".\r\n", ".\u00a0", ". \u2028", "\n53.\t"]
SIGNS = (
    """? |! |... |. . . |\u2026 |.\u201d |." |?\u201d |\u3002|\u0964 |.[1] |.) |. - |, | (""".split(
        "|"
    )
)
MARKS = st.sampled_from([*BLANKS, *SIGNS, ".\u200b "])
SENTENCES = st.lists(st.tuples(PIECES, MARKS), max_size=20).map(
    lambda parts: "".join(word + mark for word, mark in parts)
)


@pytest.mark.skipif(not sentences.QUICK_PATH, reason="the quick path was not compiled at set-up")
@MANY
@given(
    st.one_of(
        SENTENCES, st.text(alphabet="aA1.!? \n\u2026\u201d\u3002'\")-", max_size=30), st.text()
    )
)
def test_a_glance_at_a_full_stop_decides_as_the_rules_do(text: str) -> None:
    begin, last = len(text) - len(text.lstrip()), len(text.rstrip())
    by_rules = RULES.spans_by_rules(text, begin, last)
    assert RULES.spans(text) == by_rules
    assert RULES.count(text) == len(by_rules)


@MANY
@given(st.text(max_size=30))
def test_without_characters_in_context_roles_alone_tell_letters_from_the_rest(text: str) -> None:
    roles = [character_role(character) for character in text]
    if any(role == Role.IN_CONTEXT for role, _ in roles):
        return
    letters = "".join(folded for role, folded in roles if role == Role.LETTER)
    forms = "".join(tokenize(text).forms)
    inside = {folded for role, folded in roles if role == Role.INSIDE}
    assert [c for c in forms if c not in inside] == [c for c in letters if c not in inside]


# Letters of all widths in memory, what stands inside tokens, and what its neighbours decide.
NEIGHBOURS = (
    "anNtTB7_'.- \u2019\u00e9\u00bd\u2044\u0416\u2100\u4eba\U0001f642\u0301\u00ad\u200b\ufe0f\u1112"
)


@pytest.mark.skipif(tokens._COUNTER is None, reason="the quick path was not compiled at set-up")
@MANY
@given(st.one_of(SENTENCES, st.text(alphabet=NEIGHBOURS, max_size=30), st.text(max_size=30)))
def test_tokens_counted_character_by_character_are_those_of_the_rules(text: str) -> None:
    assert tokens._COUNTER is not None
    counted = tokens._COUNTER.count(text)
    if any(character_role(character)[0] == Role.IN_CONTEXT for character in text):
        assert counted == -1
    elif not re.search("['\u2019.]t", text, re.IGNORECASE):
        assert counted == len(tokenize(text).forms)
    assert count_tokens(text) == count_by_rules(text) == len(tokenize(text).forms)


def test_paragraphs_of_articles_are_counted_as_the_rules_count_them(articles_folder: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted(articles_folder.glob("**/*.txt"))]
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    pieces = paragraphs["text"].tolist()
    assert len(pieces) > len(texts) > 0
    assert paragraphs["n_tokens"].tolist() == [len(tokenize(piece).forms) for piece in pieces]
    by_rules = [len(RULES.spans_by_rules(piece, 0, len(piece))) for piece in pieces]
    assert paragraphs["n_sentences"].tolist() == by_rules


@MANY
@given(st.text(alphabet="aB1.# \t\n\n\n\u200b\u00a0\ufeff\u00ad", max_size=30))
def test_the_quick_search_for_plain_line_breaks_cuts_as_the_search_for_all_of_them(
    text: str,
) -> None:
    # A rare break behind the last word is white space at the end, but calls for all kinds.
    plain, rare = (
        fa.split_paragraphs(pd.DataFrame({"document_id": ["a"], "text": [f"{text}x{end}"]}))
        for end in ("", "\x0b")
    )
    pd.testing.assert_frame_equal(plain, rare)
