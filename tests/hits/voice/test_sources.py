"""Which words of a sentence are the source, and who of several sources it is."""

import pandas as pd
import pytest

import analysis as fa


def speakers(text: str) -> list[str | None]:
    """Return the speakers of what is quoted or paraphrased in a text, in order."""
    found = fa.find_attributions(fa.split_paragraphs(fa.documents_from_texts([text])))
    told = found[found["kind"].ne("act") & found["cue"].notna()]
    told = told.sort_values(["paragraph", "cue_start"])
    return [None if pd.isna(one) else str(one) for one in told["speaker"]]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # A dateline is no subject.
        ("VELL (Agency) - The minister for trade, Ana Rell, said that aid came.", "Ana Rell"),
        ("VELL (Agency) — The army's chief, Otto Kern, warned that aid is late.", "Otto Kern"),
        # But a bracket within the subject ends nothing.
        (
            "On Monday, the Vell Front, a faction (VFA) of Dorna, said that aid came.",
            "the Vell Front",
        ),
        # The name before what somebody is, with or without the last comma.
        ("Aid is late, Anton Carta, a Vell researcher and author told Sputnik.", "Anton Carta"),
        ("In Old Vell, a police officer said that aid came.", "a police officer"),
        # A medium reports of somebody, who is not its source.
        ("According to the newspaper, Otto Kern, a former mayor, bought a house.", "the newspaper"),
        # What looks like a time belongs to the name, and what is one does not.
        ("Aid came, according to South Vell Morning Post.", "South Vell Morning Post"),
        ('"Aid came," noted the Vell Herald this summer.', "the Vell Herald"),
        # Who is told speaks not.
        ('"Aid came," said Ada Brook, a student, told the Vell Herald.', "Ada Brook"),
        # Who is heard claiming.
        ("A friend remembered Ana Rell claiming that aid came.", "Ana Rell"),
        ("The judge dismissed the former soldier's claims that aid came.", "the former soldier"),
        ("Orel Power CEO Ana Rell said that aid came.", "Ana Rell"),
    ],
)
def test_the_source_is_who_says_it(text: str, speaker: str) -> None:
    assert speakers(text)[-1] == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Minister Otto Voss said that the war is near, the Vell Herald reports.",
        'Minister Otto Voss said the war "is near and grave for all of us," the Herald reports.',
        'Minister Otto Voss said, "The war is near and grave for us," according to the Herald.',
        "Otto Voss said that the war is near, according to the Vell Herald.",
    ],
)
def test_who_is_reported_is_the_innermost_source(text: str) -> None:
    assert set(speakers(text)) == {"Otto Voss"}


def test_a_subject_that_wants_something_does_not_say_what_others_tell() -> None:
    text = "The protocol called for the envoy to be taken to Vell, Ana Rell said."
    assert speakers(text)[-1] == "Ana Rell"


def test_who_is_told_is_not_part_of_what_is_said() -> None:
    paragraphs = fa.split_paragraphs(
        fa.documents_from_texts(["Ana Rell told police officials that the army left."])
    )
    hits = fa.find_hits(paragraphs, fa.load_lexicon("framing"))
    voices = dict(zip(hits["surface"], hits["voice"], strict=True))
    assert voices["police"] == "narrator"
    assert voices["army"] == "paraphrase"


def test_an_adjective_behind_a_possessive_claims_nothing() -> None:
    assert speakers("The Vell police's biggest worry ended up being the weapons.") == []


def test_who_cites_somebody_does_not_go_on() -> None:
    text = (
        'Ada Brook, an analyst, said that aid is late.\n\n"We wait," she said, cited by Vell News.'
        '\n\n"The navy is wrong in its estimate of the cost."'
    )
    found = fa.find_attributions(fa.split_paragraphs(fa.documents_from_texts([text])))
    assert found[found["kind"] == "quote"]["speaker"].tolist() == ["Ada Brook", "Ada Brook"]
