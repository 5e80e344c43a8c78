"""What is compiled for speed gives what the rules in Python give."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text import sentences
from analysis.text.sentences import sentence_spans, spans_by_rules
from analysis.text.tokens import Role, character_role, tokenize

MANY = settings(max_examples=max(300, settings().max_examples))

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


@pytest.mark.skipif(sentences._SPLITTER is None, reason="the quick path was not compiled at set-up")
@MANY
@given(
    st.one_of(
        SENTENCES, st.text(alphabet="aA1.!? \n\u2026\u201d\u3002'\")-", max_size=30), st.text()
    )
)
def test_a_glance_at_a_full_stop_decides_as_the_rules_do(text: str) -> None:
    begin, last = len(text) - len(text.lstrip()), len(text.rstrip())
    assert sentence_spans(text) == spans_by_rules(text, begin, last)


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
