"""The folded view keeps the way back to the original."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("SECURITY", "security"),
        ("de\ufb01nitely", "definitely"),
        ("\u0130stanbul", "istanbul"),
        ("I\u0307stanbul", "istanbul"),
        ("Stra\u00dfe", "strasse"),
        ("e\u0301t\u00c9", "\u00e9t\u00e9"),
        ("can\u2019t can\u2018t", "can't can't"),
        ("asylum\u2011seeker\u2010s", "asylum-seeker-s"),
        ("co\u00adop\u200bera\ufefftion\u202e", "cooperation"),
        ("e\u200d\u0301", "\u00e9"),
        ("\uff53\uff45\uff43", "sec"),
        ("\u1112\u1161\u11ab", "\ud55c"),
        ("national\u00a0security", "national security"),
    ],
)
def test_folding_follows_rule_r2(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_case_can_be_kept() -> None:
    assert fold("U\u00adS I\u0307 \ufb01", keep_case=True).text == "US i fi"


def test_an_unassigned_run_of_marks_stays_linear() -> None:
    assert len(fold("e" + "\u0301" * 200_000).text) <= 200_001


@given(st.text(max_size=80))
def test_every_folded_character_leads_to_a_place_in_the_original(text: str) -> None:
    folded = fold(text)
    spans = [folded.original_span(n, n + 1) for n in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(st.text(max_size=80))
def test_only_format_characters_are_left_out(text: str) -> None:
    folded = fold(text)
    reached = {
        place for n in range(len(folded.text)) for place in range(*folded.original_span(n, n + 1))
    }
    left_out = {text[n] for n in range(len(text)) if n not in reached}
    assert all(unicodedata.category(c) == "Cf" for c in left_out)


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(st.text(max_size=40), st.text(alphabet=st.characters(max_codepoint=127), max_size=40))
def test_ascii_folds_alike_alone_and_beside_other_letters(before: str, ascii_text: str) -> None:
    assert fold(f"{before}\u4e2d{ascii_text}").text.endswith(fold(ascii_text).text)
