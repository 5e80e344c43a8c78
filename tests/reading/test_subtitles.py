"""Subtitles are one text: no numbers, times or marks, sentences whole, speakers by their names."""

from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError

SRT = """1
00:00:00,000 --> 00:00:04,000
Patrols were doubled

2
00:00:04,000 --> 00:00:08,000
on Tuesday.

3
00:00:08,000 --> 00:00:12,000
The minister spoke.
"""
VTT = SRT.replace(",", ".")


def read(path: Path, text: str) -> tuple[pd.Series, list[str], list[str]]:
    """Return the one document of a file, its paragraphs and the notes on it."""
    path.write_bytes(text.encode())
    documents, skipped = fa.read_documents(path, return_skipped=True)
    paragraphs = fa.split_paragraphs(documents)["text"].tolist()
    [(_, document)] = documents.iterrows()
    return document, paragraphs, skipped["reason"].tolist()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.srt", SRT),
        ("a.srt", "\ufeff" + SRT.replace("\n", "\r\n")),
        ("a.srt", SRT.replace("\n\n", "\n")),
        ("a.srt", SRT.replace("2\n00", "00")),
        ("a.srt", SRT.replace("00:00:0", "0:0:").replace(",000", ",5")),
        ("a.srt", SRT.replace("Patrols", "{\\an8}<i>Patrols</i>").replace("on T", "<b>on</b> T")),
        ("a.vtt", f"WEBVTT\n\n{VTT}"),
        ("a.vtt", f"WEBVTT - Talk\nKind: captions\n\nNOTE no\ntext\n\n{VTT}\nNOTE no text\n"),
        ("a.vtt", f"WEBVTT\n\nSTYLE\n::cue {{}}\n\nintro\n{VTT[2:].replace('00:00:', '00:')}"),
        ("a.vtt", "WEBVTT\n\n" + VTT.replace("000\n", "000 align:start position:0%\n")),
    ],
)
def test_subtitles_are_one_text_whose_sentences_are_whole(
    tmp_path: Path, name: str, text: str
) -> None:
    _, paragraphs, notes = read(tmp_path / name, text)
    assert paragraphs == ["Patrols were doubled on Tuesday.", "The minister spoke."]
    assert notes == []


@pytest.mark.parametrize(("text", "ending"), [(SRT, ".srt"), (f"WEBVTT\n\n{VTT}", ".srt")])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_subtitles_saved_as_plain_text_are_known(
    tmp_path: Path, text: str, ending: str, name: str
) -> None:
    _, paragraphs, notes = read(tmp_path / name, text)
    assert paragraphs == ["Patrols were doubled on Tuesday.", "The minister spoke."]
    assert notes == [f"it was read as {ending}, which it is by its content"]


def test_subtitles_of_windows_are_decoded_as_texts_are(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_bytes(SRT.replace("on Tuesday", "at the café").encode("cp1252"))
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert "at the café." in documents["text"].iloc[0]
    assert "guess" in skipped["reason"].iloc[0]


def test_numbers_that_are_said_stay(tmp_path: Path) -> None:
    text = SRT.replace("on Tuesday", "in\n1914").replace("The minister", "42\nministers")
    _, paragraphs, _ = read(tmp_path / "a.srt", text)
    assert paragraphs == ["Patrols were doubled in 1914.", "42 ministers spoke."]


def test_signs_of_the_text_are_no_marks(tmp_path: Path) -> None:
    text = SRT.replace("on Tuesday", "{laughs} 1 < 2 &amp; 3 > 2 <sic>")
    _, paragraphs, _ = read(tmp_path / "a.srt", text)
    assert paragraphs[0] == "Patrols were doubled {laughs} 1 < 2 & 3 > 2 <sic>."


ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.470 align:start position:0%
_
good<00:00:00.400><c> evening</c>

00:00:02.470 --> 00:00:02.480
good evening
_

00:00:02.480 --> 00:00:04.950
good evening
the<00:00:02.800><c> border</c>

00:00:04.950 --> 00:00:04.960
the border
_

00:00:04.960 --> 00:00:06.000
the border
is<00:00:05.000><c> closed</c>
""".replace("_", " ")


def test_lines_that_roll_up_stand_once(tmp_path: Path) -> None:
    document, paragraphs, _ = read(tmp_path / "a.vtt", ROLLING)
    assert paragraphs == ["good evening the border is closed"]
    assert document["language"] == "en"


def test_what_is_said_twice_stands_twice(tmp_path: Path) -> None:
    cues = ["Go home.", "Never.", "Never.", "Talks resume.", "Aid is late."]
    text = "".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n{cue}\n\n" for n, cue in enumerate(cues))
    _, paragraphs, _ = read(tmp_path / "a.vtt", f"WEBVTT\n\n{text}")
    assert paragraphs == cues


def test_subtitles_without_ends_of_sentences_are_listed(tmp_path: Path) -> None:
    text = "".join(f"00:{n}.000 --> 00:{n + 1}.000\nwords go on\n\n" for n in range(10, 40))
    _, paragraphs, notes = read(tmp_path / "a.vtt", f"WEBVTT\n\n{text.replace('on', '{}')}")
    assert len(paragraphs) == 1
    assert "sentences have no ends" in notes[0]


def test_a_sentence_goes_on_behind_an_abbreviation(tmp_path: Path) -> None:
    text = SRT.replace("Patrols were doubled", "Patrols of the U.S.").replace("on T", "army on T")
    _, paragraphs, _ = read(tmp_path / "a.srt", text)
    assert paragraphs[0] == "Patrols of the U.S. army on Tuesday."


def test_a_long_pause_ends_a_paragraph(tmp_path: Path) -> None:
    text = "00:01.000 --> 00:02.000\nGood evening\n\n00:09.000 --> 00:10.000\nThe border"
    _, paragraphs, _ = read(tmp_path / "a.vtt", f"WEBVTT\n\n{text}")
    assert paragraphs == ["Good evening", "The border"]


# Speakers


def test_who_alone_speaks_has_all_paragraphs(tmp_path: Path) -> None:
    text = VTT.replace("Patrols", "<v Ada Quill>Patrols").replace(
        "The m", "<v.loud Ada Quill>The m"
    )
    (tmp_path / "a.vtt").write_text(f"WEBVTT\n\n{text}")
    documents = fa.read_documents(tmp_path)
    assert documents["turn_speaker"].tolist() == ["Ada Quill"]
    paragraphs = fa.split_paragraphs(documents)
    assert paragraphs["turn_speaker"].tolist() == ["Ada Quill"] * 2
    assert paragraphs["text"].tolist()[0] == "Patrols were doubled on Tuesday."


def test_several_speakers_stand_before_their_words(tmp_path: Path) -> None:
    text = VTT.replace("Patrols were", "<v Ada>Is it true they were")
    text = text.replace("Tuesday.", "Tuesday?").replace("The m", "<v Ivo>I think so. The m")
    (tmp_path / "a.vtt").write_text(f"WEBVTT\n\n{text}")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    paragraphs = fa.split_paragraphs(documents)
    assert paragraphs["text"].tolist() == [
        "Ada: Is it true they were doubled on Tuesday?",
        "Ivo: I think so. The minister spoke.",
    ]
    assert paragraphs["turn_speaker"].tolist() == ["Ada", "Ivo"]
    assert "turn_speaker" in skipped["reason"].iloc[0]


def test_two_speakers_in_one_cue_are_told_apart(tmp_path: Path) -> None:
    text = "00:00.000 --> 00:04.000\n<v Ada>We know</v>\n<v Ivo>No!</v> Noise."
    _, paragraphs, _ = read(tmp_path / "a.vtt", f"WEBVTT\n\n{text}")
    assert paragraphs == ["Ada: We know", "Ivo: No!", "Noise."]


def test_names_before_most_cues_are_speakers(tmp_path: Path) -> None:
    cues = [
        "Ada Quill: I think",
        "Ivo Kand: No, you do not",
        "Ivo Kand: know it. Note: I do.",
        "So.",
    ]
    text = "".join(f"{n}\n00:0{n}.0 --> 00:0{n + 1}.0\n{cue}\n\n" for n, cue in enumerate(cues))
    _, paragraphs, _ = read(tmp_path / "a.vtt", f"WEBVTT\n\n{text}")
    assert paragraphs == [
        "Ada Quill: I think",
        "Ivo Kand: No, you do not know it. Note: I do.",
        "So.",
    ]


def test_a_label_in_capitals_begins_a_paragraph_and_other_colons_do_not(tmp_path: Path) -> None:
    text = SRT.replace("on Tuesday.", "on one day: Tuesday").replace("The", "REPORTER: The")
    _, paragraphs, _ = read(tmp_path / "a.srt", text)
    assert paragraphs == [
        "Patrols were doubled on one day: Tuesday",
        "REPORTER: The minister spoke.",
    ]


def test_times_in_brackets_before_what_is_said_are_no_text(tmp_path: Path) -> None:
    text = "[00:00.000 --> 00:04.000]  Patrols were\n[00:04.000 --> 00:08.000]  doubled.\n"
    for name in ("a.txt", "a.srt"):
        _, paragraphs, _ = read(tmp_path / name, text)
        assert paragraphs == ["Patrols were doubled."]


@pytest.mark.parametrize("mark", ["- ", "-", "– ", ">> ", ">>"])
def test_marks_of_another_speaker_begin_a_paragraph(tmp_path: Path, mark: str) -> None:
    cue = f"{mark}Where were you?\n{mark}At the harbour"
    _, paragraphs, _ = read(tmp_path / "a.srt", SRT.replace("Patrols were doubled", cue))
    assert paragraphs[:2] == ["Where were you?", "At the harbour on Tuesday."]


def test_a_dash_within_a_sentence_and_a_minus_stay(tmp_path: Path) -> None:
    text = SRT.replace("on Tuesday.", "– on Tuesday –\n-5 degrees.")
    _, paragraphs, _ = read(tmp_path / "a.srt", text)
    assert paragraphs[0] == "Patrols were doubled – on Tuesday – -5 degrees."


@pytest.mark.parametrize(
    "text", ["WEBVTT\n\n", "No times at all.", "1\n00:00:00,0 --> 00:00:01,0\n"]
)
def test_subtitles_without_text_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.vtt").write_text(text)
    with pytest.raises(ReadingError, match="holds no subtitles with text"):
        fa.read_documents(tmp_path / "a.vtt")


def test_times_that_are_broken_are_listed(tmp_path: Path) -> None:
    text = SRT.replace("00:00:08,000 -->", "00:00:x -->")
    _, _, notes = read(tmp_path / "a.srt", text)
    assert "'-->'" in notes[0]


def test_words_above_the_first_cue_are_counted(tmp_path: Path) -> None:
    _, paragraphs, notes = read(tmp_path / "a.srt", f"A remark of mine\n\n{SRT}")
    assert len(paragraphs) == 2
    assert notes == ["left out: 4 words above the first cue"]
