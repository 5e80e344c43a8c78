"""Texts without capitals or stops have no voice and no certainty, and are listed."""

import warnings

import pandas as pd
import pytest

import analysis as fa

PRINTED = (
    'The minister said that the border may open on Monday. "We want calm," Ana Rell told '
    "reporters, who asked whether the army had left. Nobody knows when the talks will end. "
    "Villagers fear that the road stays closed, and the mayor, a farmer, called for help."
)
STRIPPED = PRINTED.translate(str.maketrans("", "", '.,"'))
LEXICON = fa.lexicon_from_dict("marked", {"k": ["border"]})
CONTEXT = ["voice", "speaker", "certainty"]


@pytest.mark.parametrize(
    "text",
    [
        STRIPPED.lower(),
        PRINTED.lower() + " " + PRINTED.lower(),
        PRINTED.upper() + " " + PRINTED.upper(),
        " ".join([STRIPPED] * 4),
        "\n\n".join([STRIPPED.lower()] * 5),
    ],
)
def test_nothing_is_told_without_capitals_or_stops(text: str) -> None:
    documents = fa.documents_from_texts([text, PRINTED])
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    odd = hits["document_id"] == "text_0001"
    assert odd.any()
    assert hits.loc[odd, CONTEXT].isna().all(axis=None)
    assert hits.loc[~odd, ["voice", "certainty"]].to_numpy().tolist() == [["paraphrase", "hedged"]]
    for found in (fa.find_attributions(paragraphs), fa.find_hedges(paragraphs)):
        assert set(found["document_id"]) == {"text_0002"}
    report = fa.reading_report(documents)
    listed = report[report["check"] == "unmarked"]
    assert listed["document_id"].tolist() == ["text_0001"]
    assert listed[["share_capitals", "n_quotation_marks"]].notna().all(axis=None)


@pytest.mark.parametrize(
    "text",
    [
        PRINTED,
        "the border may open, he said",
        "Border\n\nArmy leaves border\n\nTalks",
        "\u0413\u0440\u0430\u043d\u0438\u0446\u0430 \u0437\u0430\u043a\u0440\u044b\u0442\u0430. "
        * 30,
        "\u0627\u0644\u062d\u062f\u0648\u062f \u0645\u063a\u0644\u0642\u0629. " * 30,
    ],
)
def test_other_texts_are_not_listed(text: str) -> None:
    documents = fa.documents_from_texts([text])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fa.split_paragraphs(documents)
    assert not (fa.reading_report(documents)["check"] == "unmarked").any()


def test_the_figures_are_those_of_the_text() -> None:
    report = fa.reading_report(fa.documents_from_texts(["Ab cd. EF gh? \u201cIj.\u201d"]))
    row = report[report["check"] == "read"].iloc[0]
    assert row["words_per_stop"] == pytest.approx(5 / 3)
    assert row["share_capitals"] == pytest.approx(4 / 10)
    assert row["n_quotation_marks"] == 2


def test_matching_goes_on_without_marks() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([STRIPPED.lower()]))
    hits = fa.find_hits(paragraphs, LEXICON, in_context=False)
    pd.testing.assert_frame_equal(
        hits.drop(columns="scare_quote"),
        fa.find_hits(paragraphs, LEXICON).drop(columns="scare_quote"),
    )


def test_paragraphs_of_a_document_are_judged_together_wherever_they_stand() -> None:
    # Each text alone is too short to tell, or has stops and capitals enough.
    texts = [STRIPPED.lower(), PRINTED, "Она сказала, что граница закрыта.", "no border is open"]
    own = ["stripped", "printed", "mixed", "mixed"]
    rows = [(own[n], number, 0, texts[n]) for number in range(3) for n in range(4)]
    paragraphs = pd.DataFrame(rows, columns=["document_id", "paragraph", "start", "text"])
    paragraphs["paragraph"] = paragraphs.groupby("document_id").cumcount()
    apart = fa.find_hits(paragraphs, LEXICON)
    behind = paragraphs.sort_values(["document_id", "paragraph"], ignore_index=True)
    together = fa.find_hits(behind, LEXICON)
    told = apart.groupby("document_id")["voice"].count().to_dict()
    assert told["stripped"] == 0 < told["printed"]
    assert told["mixed"] > 0
    assert told == together.groupby("document_id")["voice"].count().to_dict()
