"""Who is said to say what."""

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table


def attributed(text: str) -> list[tuple[str | None, str | None, str]]:
    """Return cue, speaker and content of every attribution."""
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    table = fa.find_attributions(paragraphs)
    check_table(table, "attributions")
    return [
        (
            None if pd.isna(row.cue) else row.cue,
            None if pd.isna(row.speaker) else row.speaker,
            text[row.content_start : row.content_end],
        )
        for row in table.itertuples()
        if not pd.isna(row.cue) or row.content_end > row.content_start
    ]


THE_MINISTER = ("said", "The minister")


@pytest.mark.parametrize(
    ("text", "who", "content"),
    [
        ("The minister said that talks failed.", THE_MINISTER, "that talks failed."),
        ("The minister said talks failed.", THE_MINISTER, "talks failed."),
        ("Talks failed, the minister said.", ("said", "the minister"), "Talks failed"),
        ("Talks failed, officials said on Monday.", ("said", "officials"), "Talks failed"),
        ("\u201cNo aid,\u201d said Ana Rell.", ("said", "Ana Rell"), "\u201cNo aid,\u201d"),
        ("\u201cNo aid,\u201d Ana Rell said.", ("said", "Ana Rell"), "\u201cNo aid,\u201d"),
        ("Ana Rell said: \u201cNo aid.\u201d", ("said", "Ana Rell"), "\u201cNo aid.\u201d"),
        ("According to the agency, aid is late.", ("According to", "the agency"), "aid is late."),
        ("Aid is late, according to the agency.", ("according to", "the agency"), "Aid is late"),
        ("In the words of Rell, aid is late.", ("In the words of", "Rell"), "aid is late."),
        ("Ana Rell told reporters that it rains.", ("told", "Ana Rell"), "that it rains."),
        ("A report has also suggested it rains.", ("suggested", "A report"), "it rains."),
        ("Critics fear that aid is late.", ("fear that", "Critics"), "aid is late."),
    ],
)
def test_an_attribution_has_its_cue_its_speaker_and_its_content(
    text: str, who: tuple[str, str], content: str
) -> None:
    assert attributed(text) == [(*who, content)]


def test_who_spoke_before_goes_on_with_a_participle() -> None:
    text = "Ana Rell said talks failed, adding that aid was late."
    assert [row[:2] for row in attributed(text)] == [("said", "Ana Rell"), ("adding", "Ana Rell")]


def test_a_quotation_without_a_cue_belongs_to_who_spoke_last() -> None:
    text = "\u201cTalks failed,\u201d said Ana Rell. \u201cAid is late.\u201d"
    assert attributed(text)[1] == (None, "Ana Rell", "\u201cAid is late.\u201d")


def test_a_quotation_without_any_source_has_no_speaker() -> None:
    assert attributed("\u201cTalks failed.\u201d") == [(None, None, "\u201cTalks failed.\u201d")]


def test_a_surname_stands_for_the_full_name_met_before() -> None:
    text = "Troops left, said Dmitry Orlen.\n\nOrlen warned that talks had failed. He said no more."
    assert [row[1] for row in attributed(text)] == ["Dmitry Orlen"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "The self-proclaimed leader left.",
        "The state stands. His report is late.",
        "The car was found in the river.",
        "That said, the talks failed.",
        "",
    ],
)
def test_words_that_attribute_nothing_are_no_cues(text: str) -> None:
    assert attributed(text) == []


def test_what_a_quotation_credits_to_somebody_named_is_theirs() -> None:
    text = "\u201cDmitry Orlen said that it may rain,\u201d Ana Rell said."
    assert [row[:2] for row in attributed(text)] == [("said", "Ana Rell"), ("said", "Dmitry Orlen")]


@pytest.mark.parametrize("source", ["He", "I", "We", "A friend", "Everybody"])
def test_a_quotation_that_names_nobody_is_its_speakers_own(source: str) -> None:
    text = f"\u201c{source} said that it may rain,\u201d Ana Rell said."
    assert [row[:2] for row in attributed(text)] == [("said", "Ana Rell")]


def test_offsets_count_code_points_of_the_document() -> None:
    text = "Talks\n\n\U0001f1fa\U0001f1f3 Ana Rell said aid is late."
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    (row,) = fa.find_attributions(paragraphs).itertuples()
    assert text[row.cue_start : row.cue_end] == "said"
    assert text[row.source_start : row.source_end] == row.source == "Ana Rell"


def test_a_document_does_not_depend_on_the_others() -> None:
    texts = ["Ana Rell said no.", "Rell said yes.", "\u201cNo.\u201d"]
    documents = fa.documents_from_texts(texts)
    together = fa.find_attributions(fa.split_paragraphs(documents))
    assert together["speaker"].fillna("").tolist() == ["Ana Rell", "Rell", ""]


def test_wrong_input_says_what_was_expected() -> None:
    with pytest.raises(TypeError, match="must be a pandas DataFrame"):
        fa.find_attributions("text")  # type: ignore[arg-type]
    with pytest.raises(TableError, match="no column 'start'"):
        fa.find_attributions(pd.DataFrame({"document_id": ["a"], "paragraph": [0], "text": ["x"]}))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The 125,000 trucks said to be late never came.", "The 125,000 trucks"),
        ("The sanctions, which Velmora called unlawful, stay.", "Velmora"),
        ("It was what Envoy Ana Rell called a theft.", "Ana Rell"),
        ("The aide who was briefed said the aid is late.", "The aide who was briefed"),
        ("Theresa May said the aid is late.", "Theresa May"),
        ("Will Rell said the aid is late.", "Will Rell"),
        ("May said the aid is late.", "May"),
    ],
)
def test_a_piece_of_a_clause_is_no_speaker(text: str, speaker: str | None) -> None:
    speakers = [found for _, found, _ in attributed(text)]
    assert speakers == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "In a short message, she had no comment. In a short message said the aid is late.",
        "There have already been claims that the aid is late.",
        "The office that was closed, a step they called unlawful, stays.",
        "The challenge lies in turning these promises into pensions.",
        "This pledge exists on paper.",
        "Earlier promises to pay were broken.",
        "This rhetoric, repeated in many forums, presents the war as a duty.",
        "Police found drugs at the border.",
        "Moscow recalled its ambassador after the attack.",
        "The storm threatened the border.",
        "The road continued to the border.",
        "He claimed asylum at the border.",
        "Soldiers reported for duty.",
        "Kern did not say the border was open.",
        "Nobody said the border was open.",
        "Kern has never said that the border was open.",
    ],
)
def test_what_nobody_says_is_attributed_to_nobody(text: str) -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    found = fa.find_attributions(paragraphs)
    assert found[found["kind"] != "act"].empty


def test_an_act_is_told_and_gives_words_to_nobody() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Ana Rell condemned the attack."]))
    (row,) = fa.find_attributions(paragraphs).itertuples()
    assert (row.cue, row.speaker, row.kind) == ("condemned", "Ana Rell", "act")
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("k", {"k": ["attack"]}))
    assert hits["voice"].tolist() == ["narrator"]


def test_a_source_behind_a_paraphrase_and_one_with_an_apposition() -> None:
    assert attributed("Aid is late, said the minister.") == [
        ("said", "the minister", "Aid is late")
    ]
    ((cue, speaker, _),) = attributed("Ana Rell, the minister, said that aid is late.")
    assert (cue, speaker) == ("said", "Ana Rell")


def test_no_paragraphs_make_a_valid_empty_table() -> None:
    assert attributed("") == []


@pytest.mark.parametrize(
    "text",
    ["\u201csaid " * 10_000, "he said, " * 50_000, "\u201ca\u201d " * 50_000, "said " * 100_000],
)
def test_hostile_paragraphs_take_no_more_than_linear_time(text: str) -> None:
    """What takes time with the square of the length would take hours here."""
    paragraphs = pd.DataFrame(
        {"document_id": ["a"], "paragraph": [0], "start": [0], "text": [text]}
    )
    check_table(fa.find_attributions(paragraphs), "attributions")
