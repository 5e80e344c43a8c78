"""Whose turn a paragraph is, in interviews and transcripts, and where nobody has one."""

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import LanguageWarning


def turns(text: str) -> list[str | None]:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    if "turn_speaker" not in paragraphs:
        return [None] * len(paragraphs)
    return [None if pd.isna(label) else label for label in paragraphs["turn_speaker"]]


INTRODUCTION = "Our paper spoke to Ivo Kand about the war on Monday."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VOSS: The border brings calm.\n\nKERN: The border is ugly.", ["VOSS", "KERN"]),
        ("Q: Is it over?\n\nA: It is.\n\nQ: Why?\n\nA: We lost.", ["Q", "A", "Q", "A"]),
        ("Q. Is it over?\n\nA. It is.\n\nQ. Why?\n\nA. We lost.", ["Q", "A", "Q", "A"]),
        (
            "Interviewer: Is it over?\n\nIvo Kand: The army has lost.\n\nTroops are tired.",
            ["Interviewer", "Ivo Kand", "Ivo Kand"],
        ),
        (
            f"{INTRODUCTION}\n\nSPIEGEL: Is it over?\n\nKand: It is, I think.\n\n"
            "SPIEGEL: And then?\n\nKand: We rebuild.",
            [None, "SPIEGEL", "Kand", "SPIEGEL", "Kand"],
        ),
        (
            "PLEITGEN (voice-over): The road is closed.\n\nVOSS: I saw it.\n\n"
            "PLEITGEN: So did we.\n\nVOSS: You did.",
            ["PLEITGEN", "VOSS", "PLEITGEN", "VOSS"],
        ),
        (
            "**Voss:** I want peace.\n\n**Kern:** You want calm.\n\n**Voss:** Both, I say.",
            ["Voss", "Kern", "Voss"],
        ),
        (
            "JOHN KING, CNN ANCHOR: Is it over?\n\nVOSS: It is.\n\nKING: Why?\n\nVOSS: We lost.",
            ["JOHN KING", "VOSS", "KING", "VOSS"],
        ),
        (
            "KING: Is it over?\n\nVOSS: It is.\n\nUNIDENTIFIED MALE: Never.\n\nKING: Why?",
            ["KING", "VOSS", "UNIDENTIFIED MALE", "KING"],
        ),
        (
            "VOSS:\n\nI saw the border.\n\nKERN:\n\nYou saw a wall.\n\nVOSS:\n\nWe all did.",
            ["VOSS", "VOSS", "KERN", "KERN", "VOSS", "VOSS"],
        ),
        (
            "Question\n\nIs it over?\n\nAnswer\n\nI think so.\n\nQuestion\n\nWhy?",
            ["Question", "Question", "Answer", "Answer", "Question", "Question"],
        ),
        ("Question\n\nThe army left.\n\nAid is late.", [None, None, None]),
        (
            "VOSS: I saw it.\n\n© Photo: The border at night.\n\nIt was dark.\n\n"
            "KERN: We did too.\n\nVOSS: You did.",
            ["VOSS", None, "VOSS", "KERN", "VOSS"],
        ),
        (
            "Radio: Is it over?\n\nIvo Kand : I think so.\n\nRadio: Why?\n\nIvo Kand: We lost.\n\n"
            "The views expressed here are his own.",
            ["Radio", "Ivo Kand", "Radio", "Ivo Kand", None],
        ),
        (
            f"{INTRODUCTION}\n\nIs it over?\n\nIvo Kand: I think so.\n\nWhat comes next?\n\n"
            "Ivo Kand: We rebuild.",
            [None, None, "Ivo Kand", None, "Ivo Kand"],
        ),
        (
            "Speaker 1: Is it over?\n\nSpeaker 2: I think so.\n\nSpeaker 1: Why?",
            ["Speaker 1", "Speaker 2", "Speaker 1"],
        ),
    ],
)
def test_labels_tell_whose_turn_a_paragraph_is(text: str, expected: list[str | None]) -> None:
    assert turns(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Defence: The budget grows.\n\nHealth: Hospitals close.\n\nDefence: Planes come.",
        "DEFENCE: The budget grows.\n\nHEALTH: Hospitals close.",
        "Note: We changed a name.\n\nCorrection: We gave the wrong day.",
        "10:30: Talks begin.\n\n11:30: Talks end.\n\n10:30: Talks begin again.",
        "The plan: more police.\n\nThe minister left.\n\nThe cost: nobody knows.",
        "He had one wish: peace.\n\nShe had another: calm.",
        "Trump said: We win.\n\nClinton said: We do.",
        "Ana Rell: a life in short.\n\nShe was born in a town.\n\nShe went to school there.",
        "Source: the ministry.\n\nSource: the army.\n\nWarning: You may not like it.",
        '"Why: because," he wrote.\n\n"Who: us," she wrote.',
        "Running time: two hours.\n\nRating: three stars.\n\nRunning time: one hour.",
    ],
)
def test_a_colon_alone_gives_nobody_a_turn(text: str) -> None:
    assert set(turns(text)) == {None}


def test_a_long_report_behind_a_talk_is_the_narrators() -> None:
    report = "\n\n".join(f"The army left town {n} in the north." for n in range(6))
    found = turns(f"VOSS: I saw it.\n\nKERN: You did?\n\nVOSS: I did.\n\n{report}")
    assert found == ["VOSS", "KERN", "VOSS", *[None] * 6]


LEXICON = fa.lexicon_from_dict("marked", {"k": ["army"]})


def speakers(paragraphs: pd.DataFrame) -> list[tuple[str, str | None]]:
    hits = fa.find_hits(paragraphs, LEXICON)
    return [(v, None if pd.isna(s) else s) for v, s in hits[["voice", "speaker"]].to_numpy()]


def test_hits_have_the_speaker_of_their_turn_with_the_column_and_without_it() -> None:
    text = "Army Voss: Is the army back?\n\nIvo Kand: The army has lost.\n\nThe army is tired."
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    own = [("narrator", None), ("quote", "Army Voss"), *[("quote", "Ivo Kand")] * 2]
    assert speakers(paragraphs) == own
    assert speakers(paragraphs.drop(columns="turn_speaker")) == own
    assert paragraphs["text"].str.cat(sep="\n\n") == text


def test_the_column_says_whose_words_a_speech_is() -> None:
    documents = fa.documents_from_texts(["The army has lost. The army is tired."])
    paragraphs = fa.split_paragraphs(documents.assign(turn_speaker="Ivo Kand"))
    assert speakers(paragraphs) == [("quote", "Ivo Kand")] * 2
    assert speakers(paragraphs.assign(turn_speaker=None)) == [("narrator", None)] * 2


@pytest.mark.parametrize(
    ("introduction", "answers"),
    [
        (INTRODUCTION, "Ivo Kand"),
        ("The war goes on.", None),
        ("Reporter Lena Voss and Ivo Kand met President Anton Drey in the town.", None),
        ("Lena Voss of our paper spoke to Ivo Kand.", "Ivo Kand"),
    ],
)
def test_who_answers_is_whom_the_introduction_names(introduction: str, answers: str | None) -> None:
    text = (
        f"{introduction}\n\nQ: Has the army lost?\n\nA: The army has lost.\n\nQ: Why?\n\nA: I know."
    )
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    assert speakers(paragraphs) == [("quote", None), ("quote", answers)]


def test_interviews_in_a_language_without_words_are_split_too() -> None:
    text = "SPIEGEL: Ist es aus?\n\nKern: Ja, das ist es.\n\nSPIEGEL: Und dann?\n\nKern: Wir bauen."
    documents = fa.documents_from_texts([text]).assign(language="de")
    with pytest.warns(LanguageWarning):
        assert len(fa.split_paragraphs(documents)) == 4
