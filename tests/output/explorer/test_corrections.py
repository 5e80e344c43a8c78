"""Corrections of voice and speaker that the explorer keeps in a file."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ArgumentError, TableError

LEXICON = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
TEXTS = [
    "The threat grows, Ana Rell said. A threat is here.",
    "“A threat,” said Kern.",
    "A threat.",
]
PARAGRAPHS = fa.split_paragraphs(fa.documents_from_texts(TEXTS, ["a", "b", "c"]))
FOUND = [
    ("paraphrase", "Ana Rell"),
    ("narrator", None),
    ("quote", "Kern"),
    ("narrator", None),
]


def explorer(path: Path | None, speakers: pd.DataFrame | None = None) -> Any:
    hits = fa.find_hits(PARAGRAPHS, LEXICON, speakers=speakers)
    scores = fa.score_paragraphs(PARAGRAPHS, hits, LEXICON)
    return fa.explore(PARAGRAPHS, hits, scores, LEXICON, path=path, speakers=speakers)


def voices(hits: pd.DataFrame) -> list[tuple[str, str | None]]:
    rows = hits[["voice", "speaker"]].astype(object)
    return list(rows.where(rows.notna(), None).itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("number", "corrected"),
    [
        (0, ("narrator", None)),
        (0, ("paraphrase", "Otto Kern")),
        (0, ("paraphrase", None)),
        (1, ("quote", "NA")),
        (1, ("paraphrase", "=Kern")),
        (2, ("narrator", None)),
        (2, ("paraphrase", "Kern")),
        (3, ("quote", "Kern")),
    ],
)
def test_a_correction_changes_its_place_alone_in_page_file_and_hits(
    tmp_path: Path, number: int, corrected: tuple[str, str | None]
) -> None:
    path = tmp_path / "attributions.csv"
    own = explorer(path)
    document, hit = [(0, 0), (0, 1), (1, 0), (2, 0)][number]
    message = {"kind": "correct", "document": document, "hit": hit}
    # A second correction of the same place takes the place of the first.
    for voice, speaker in (("quote", "Nobody"), corrected):
        answer = own._answer({**message, "voice": voice, "speaker": speaker or ""})
    shown = answer["hits"][hit]
    assert (shown["voice"], shown["speaker"]) == corrected
    wanted = [*FOUND[:number], corrected, *FOUND[number + 1 :]]
    again = explorer(path)
    assert voices(again._tables["hits"]) == wanted
    assert voices(fa.find_hits(PARAGRAPHS, LEXICON, attributions=again.attributions)) == wanted


def test_until_something_is_corrected_there_is_no_file_and_hits_stay_as_given(
    tmp_path: Path,
) -> None:
    own = explorer(tmp_path / "attributions.csv")
    assert own._answer({"kind": "open"})["file"] == str(tmp_path / "attributions.csv")
    assert explorer(None)._answer({"kind": "open"})["file"] is None
    assert voices(own._tables["hits"]) == FOUND
    assert list(tmp_path.iterdir()) == []


def test_a_table_from_elsewhere_is_shown_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "attributions.csv"
    found = fa.find_attributions(PARAGRAPHS)
    fa.save_table(found.assign(speaker="A model"), path)
    own = explorer(path)
    assert own._answer({"kind": "document", "document": 0})["hits"][0]["speaker"] == "A model"
    own._answer({"kind": "correct", "document": 0, "hit": 1, "voice": "quote", "speaker": "Me"})
    assert set(explorer(path).attributions["speaker"].dropna()) == {"A model", "Me"}


def test_columns_of_the_users_own_stay_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "attributions.csv"
    fa.save_table(fa.find_attributions(PARAGRAPHS).assign(coder="anna"), path)
    message = {"kind": "correct", "document": 0, "hit": 1, "voice": "quote", "speaker": "Me"}
    assert explorer(path)._answer(message)["kind"] == "document"
    written = pd.read_csv(path)
    assert written["coder"].fillna("").tolist() == ["anna"] * (len(written) - 1) + [""]


def test_names_are_united_in_what_the_file_tells(tmp_path: Path) -> None:
    path = tmp_path / "attributions.csv"
    table = pd.DataFrame(
        {"document_id": None, "form": ["Rell", "Ana Rell"], "speaker": "A. Rell", "group": "Greens"}
    )
    message = {"kind": "correct", "document": 0, "hit": 1, "voice": "quote", "speaker": "Rell"}
    answer = explorer(path, table)._answer(message)
    assert [hit["speaker"] for hit in answer["hits"]] == ["A. Rell", "A. Rell"]
    hits = explorer(path, table)._tables["hits"]
    assert hits["speaker_group"].fillna("").tolist() == ["Greens", "Greens", "", ""]


def test_what_does_not_fit_the_paragraphs_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "attributions.csv"
    own = explorer(path)
    fa.save_table(fa.find_attributions(PARAGRAPHS).assign(paragraph=7), path)
    before = path.read_bytes()
    with pytest.raises(TableError, match="is about a paragraph that paragraphs lack"):
        own._answer({"kind": "correct", "document": 0, "hit": 0, "voice": "quote"})
    assert path.read_bytes() == before
    assert voices(own._tables["hits"]) == FOUND


def test_hits_without_a_voice_can_be_given_any(tmp_path: Path) -> None:
    hits = fa.find_hits(PARAGRAPHS, LEXICON, in_context=False)
    scores = fa.score_paragraphs(PARAGRAPHS, hits, LEXICON)
    own = fa.explore(PARAGRAPHS, hits, scores, LEXICON, path=tmp_path / "attributions.csv")
    assert own._answer({"kind": "open"})["voices"] == ["narrator", "quote", "paraphrase", ""]


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "", "\x00", "document_id\nx\n"])
def test_a_file_of_something_else_is_refused_and_kept(tmp_path: Path, content: str) -> None:
    path = tmp_path / "attributions.csv"
    path.write_text(content)
    with pytest.raises(TableError, match=r"'attributions\.csv' is no table of attributions"):
        explorer(path)
    assert path.read_text() == content


def test_a_correction_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    message = {"kind": "correct", "document": 0, "hit": 0, "voice": "quote", "speaker": ""}
    with pytest.raises(TableError, match=r"give explore a path to attributions\.csv"):
        explorer(None)._answer(message)
    with pytest.raises(TableError):
        explorer(tmp_path / "x.csv")._answer({**message, "voice": "sung"})
    with pytest.raises(ArgumentError, match=r"\.csv"):
        explorer(tmp_path / "x.xlsx")
