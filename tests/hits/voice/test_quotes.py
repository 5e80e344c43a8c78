"""Quotations are found in every style, and a stray mark swallows no more than its sentence."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.hits.voice.document import DocumentVoices
from analysis.hits.voice.quotes import Quote
from analysis.languages.language import load_language


def find_quotes(texts: Sequence[str]) -> list[list[Quote]]:
    document = DocumentVoices(list(texts), {}, load_language())
    return [document.quotes(number) for number in range(len(texts))]


def quoted(*texts: str) -> list[list[str]]:
    found = find_quotes(texts)
    return [[text[q.start : q.end] for q in own] for text, own in zip(texts, found, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said \u201cit\u2019s over\u201d and left.", ["\u201cit\u2019s over\u201d"]),
        ('"It is over," he said. "We left."', ['"It is over,"', '"We left."']),
        ("\u2018It\u2019s over,\u2019 he said.", ["\u2018It\u2019s over,\u2019"]),
        ("'It's over,' he said.", ["'It's over,'"]),
        ("\u00abDa\u00bb, he said.", ["\u00abDa\u00bb"]),
        ("\u00bbJa\u00ab, he said.", ["\u00bbJa\u00ab"]),
        ("\u201eJa\u201c, he said.", ["\u201eJa\u201c"]),
        ("``Fine,'' he said. ''Quite,'' she said.", ["``Fine,''", "''Quite,''"]),
        ("\u300c\u662f\u300d he said.", ["\u300c\u662f\u300d"]),
        ("He heard (\u201cyes\u201d) it.", ["\u201cyes\u201d"]),
    ],
)
def test_quotation_marks_of_all_styles(text: str, expected: list[str]) -> None:
    assert quoted(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "It's the workers' party, isn't it?",
        "The '90s and rock 'n' roll, \u2019tis true.",
        "He is 6' tall; the pipe is 6\" wide.",
        "O\u2019Neil\u2019s dogs\u2019 bowls.",
        "",
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text: str) -> None:
    assert quoted(text) == [[]]


def test_only_the_outermost_quotation_is_listed() -> None:
    text = "\u201cHe called it a \u2018mess\u2019 twice,\u201d she said."
    assert quoted(text) == [["\u201cHe called it a \u2018mess\u2019 twice,\u201d"]]


def test_a_plural_possessive_does_not_close_a_single_quotation() -> None:
    text = "'It is the workers' party,' he said."
    assert quoted(text) == [["'It is the workers' party,'"]]


def test_a_quotation_that_the_next_paragraph_reopens_goes_to_the_end() -> None:
    texts = "\u201cFirst. Still first.", "\u201cSecond,\u201d he said. He left."
    assert quoted(*texts) == [["\u201cFirst. Still first."], ["\u201cSecond,\u201d"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u201cHe left. She stayed.", "\u201cHe left. She stayed."),
        ("\u201cHe left, Ana Rell said. She stayed.", "\u201cHe left,"),
        ("\u201cDid he leave? she asked. He stayed.", "\u201cDid he leave?"),
        ("It was \u201ca long war. He left.", "\u201ca long war."),
        ("He left. She stayed,\u201d Rell said. They slept.", "He left. She stayed,\u201d"),
        ('The road is shut," Rell said. They slept.', 'The road is shut,"'),
    ],
)
def test_a_quotation_without_its_other_mark_stays_within_its_paragraph(
    text: str, expected: str
) -> None:
    assert quoted(text, "They slept.") == [[expected], []]


@given(
    st.lists(
        st.text(alphabet="aS '\"\u201c\u201d\u2018\u2019\u00ab\u00bb`.,\n", max_size=40), max_size=4
    )
)
def test_odd_marks_never_raise_and_never_overlap(texts: list[str]) -> None:
    for text, own in zip(texts, find_quotes(texts), strict=True):
        ends = [0, *(q.end for q in own)]
        for quote, before in zip(own, ends[:-1], strict=True):
            assert before <= quote.start < quote.end <= len(text)


@pytest.mark.parametrize(
    "mark",
    ["\u201c", '"a ', "'a ", "\u201ca ", "\u2018a \u2019b ", "\u00ab", "``", "\u201cHe left. "],
)
def test_thirty_thousand_marks_are_read_in_one_pass(mark: str) -> None:
    """What takes time with the square of their number would take minutes here."""
    assert len(find_quotes([mark * 30_000])) == 1


def test_ten_thousand_quotations_without_their_ends_are_read_in_one_pass() -> None:
    assert quoted("\u201cHe left. " * 10_000) == [["\u201cHe left."] * 10_000]
