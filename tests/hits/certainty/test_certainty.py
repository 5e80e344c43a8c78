"""How surely hits are said: hedges, negation, and how far they reach."""

import re

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table
from tests.builders import paragraphs_of
from tests.hits.certainty.marked import MARKED

MARK = re.compile(r"<([^<>|]+)\|([ahn])>")
NAMES = {"a": "asserted", "h": "hedged", "n": "negated"}
SENTENCES = [line for line in MARKED.strip().splitlines() if not line.startswith("#")]


@pytest.fixture(scope="module")
def certainties() -> dict[str, list[tuple[str, str]]]:
    """The marked words of each sentence with their certainty; a sentence is a category."""
    words = {
        str(n): sorted({word.lower() for word, _ in MARK.findall(line)})
        for n, line in enumerate(SENTENCES)
    }
    texts = [MARK.sub(r"\1", line) for line in SENTENCES]
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts, list(words)))
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("marked", words))
    check_table(hits, "hits")
    own = hits[hits["document_id"] == hits["category"]]
    return {
        SENTENCES[int(n)]: list(zip(group["surface"], group["certainty"], strict=True))
        for n, group in own.groupby("category")
    }


@pytest.mark.parametrize("line", SENTENCES)
def test_a_word_is_as_certain_as_its_clause(
    line: str, certainties: dict[str, list[tuple[str, str]]]
) -> None:
    assert certainties[line] == [(word, NAMES[kind]) for word, kind in MARK.findall(line)]


def test_the_table_of_sentences_is_as_long_as_promised() -> None:
    assert len(SENTENCES) >= 80
    assert all(MARK.search(line) for line in SENTENCES)


def test_a_hit_names_the_words_that_make_it_uncertain() -> None:
    hits = fa.find_hits(
        paragraphs_of("The army may go. Police found no weapons. The town waits."),
        fa.lexicon_from_dict("k", {"k": ["army", "weapons", "town"]}),
    )
    assert hits["certainty_cue"].fillna("").tolist() == ["may", "no", ""]


def test_hedges_are_listed_with_their_kind_and_reach() -> None:
    text = "Troops may leave, but officials believe that talks go on."
    hedges = fa.find_hedges(paragraphs_of(text))
    check_table(hedges, "hedges")
    reached = [text[row.scope_start : row.scope_end] for row in hedges.itertuples()]
    assert hedges[["cue", "kind"]].values.tolist() == [["may", "modal"], ["believe", "doxastic"]]
    assert reached == ["Troops may leave", "believe that talks go on"]


def test_plain_attribution_is_a_hedge_that_reaches_nothing() -> None:
    (row,) = fa.find_hedges(paragraphs_of("Aid is late, according to the agency.")).itertuples()
    assert row.kind == "attribution"
    assert pd.isna(row.scope_start)


def test_a_question_is_listed_by_its_mark() -> None:
    text = "Talks go on. Is aid late?"
    (row,) = fa.find_hedges(paragraphs_of(text)).itertuples()
    assert (row.cue, row.kind, row.sentence) == ("?", "question", 1)
    assert text[row.scope_start : row.scope_end] == "Is aid late?"


def test_negations_are_listed_but_not_those_within_hedges() -> None:
    text = "It is not clear. Police found no weapons."
    negations = fa.find_negations(paragraphs_of(text))
    check_table(negations, "hedges")
    assert negations[["cue", "kind"]].values.tolist() == [["no", "absence"]]


def test_offsets_count_code_points_of_the_document() -> None:
    text = "Talks\n\n\U0001f1fa\U0001f1f3 Troops may leave."
    (row,) = fa.find_hedges(paragraphs_of(text)).itertuples()
    assert text[row.cue_start : row.cue_end] == "may"
    assert text[row.scope_start : row.scope_end] == "Troops may leave"


def test_certainty_does_not_depend_on_other_documents_or_their_order() -> None:
    texts = ["Troops may leave.", "Troops left.", "No troops left."]
    lexicon = fa.lexicon_from_dict("k", {"k": ["troops"]})
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts, ["a", "b", "c"]))
    together = fa.find_hits(paragraphs, lexicon)
    turned = fa.find_hits(paragraphs.iloc[::-1].reset_index(drop=True), lexicon)
    assert together["certainty"].tolist() == ["hedged", "asserted", "negated"]
    assert turned["certainty"].tolist() == ["negated", "asserted", "hedged"]


def test_paragraphs_out_of_order_are_read_in_their_order() -> None:
    text = "Dmitry Orlen, the envoy, spoke.\n\nTroops left, Orlen said.\n\nHe said aid is late."
    lexicon = fa.lexicon_from_dict("k", {"k": ["troops", "aid"]})
    paragraphs = paragraphs_of(text)
    shuffled = paragraphs.iloc[[2, 0, 1]].reset_index(drop=True)
    hits = fa.find_hits(shuffled, lexicon)
    assert hits["surface"].tolist() == ["aid", "Troops"]
    assert hits["speaker"].tolist() == ["Dmitry Orlen"] * 2


def test_without_context_voice_and_certainty_are_null() -> None:
    lexicon = fa.lexicon_from_dict("k", {"k": ["troops"]})
    hits = fa.find_hits(paragraphs_of("Troops may leave."), lexicon, in_context=False)
    check_table(hits, "hits")
    assert hits[["voice", "speaker", "certainty", "scare_quote"]].isna().all(axis=None)


def test_the_hedging_lexicon_itself_can_be_looked_for() -> None:
    hits = fa.find_hits(paragraphs_of("Troops may leave."), fa.load_lexicon("hedging"))
    assert hits[["surface", "certainty"]].values.tolist() == [["may", "asserted"]]


def test_wrong_input_says_what_was_expected() -> None:
    with pytest.raises(TypeError, match="must be a pandas DataFrame"):
        fa.find_hedges("text")  # type: ignore[arg-type]
    with pytest.raises(TableError, match="no column 'start'"):
        fa.find_negations(pd.DataFrame({"document_id": ["a"], "paragraph": [0], "text": ["x"]}))


@pytest.mark.parametrize(
    "text",
    [
        "may not threat " * 40_000,
        "that if threat, " * 40_000,
        "threat? " * 80_000,
        "\u201cthreat he said " * 40_000,
        "no threat and " * 60_000,
        "He said threat. " * 40_000,
    ],
)
def test_hostile_paragraphs_take_no_more_than_linear_time(text: str) -> None:
    """What takes time with the square of the length would not end here."""
    paragraphs = pd.DataFrame(
        {"document_id": ["a"], "paragraph": [0], "start": [0], "text": [text]}
    )
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("k", {"k": ["threat"]}))
    assert len(hits)
