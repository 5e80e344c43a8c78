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


def explorer(path: Path | None) -> Any:
    hits = fa.find_hits(PARAGRAPHS, LEXICON)
    scores = fa.score_paragraphs(PARAGRAPHS, hits, LEXICON)
    return fa.explore(PARAGRAPHS, hits, scores, LEXICON, path=path)


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
    assert (shown["voice"], shown["speaker"], answer["corrected"]) == (*corrected, hit)
    wanted = [*FOUND[:number], corrected, *FOUND[number + 1 :]]
    again = explorer(path)
    assert voices(again._tables["hits"]) == wanted
    assert voices(fa.find_hits(PARAGRAPHS, LEXICON, attributions=again.attributions)) == wanted


def test_until_something_is_corrected_there_is_no_file_and_hits_stay_as_given(
    tmp_path: Path,
) -> None:
    own = explorer(tmp_path / "attributions.csv")
    assert own._answer({"kind": "open"})["correctable"]
    assert not explorer(None)._answer({"kind": "open"})["correctable"]
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


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "", "\x00", "document_id\nx\n"])
def test_a_file_of_something_else_is_refused_and_kept(tmp_path: Path, content: str) -> None:
    path = tmp_path / "attributions.csv"
    path.write_text(content)
    with pytest.raises(TableError, match=r"'attributions\.csv' is no table of attributions"):
        explorer(path)
    assert path.read_text() == content


def test_a_correction_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    message = {"kind": "correct", "document": 0, "hit": 0, "voice": "quote", "speaker": ""}
    assert explorer(None)._answer(message)["kind"] == "failed"
    told = explorer(tmp_path / "x.csv")._answer({**message, "voice": "sung"})
    assert (told["kind"], told["corrected"]) == ("failed", 0)
    with pytest.raises(ArgumentError, match=r"\.csv"):
        explorer(tmp_path / "x.xlsx")
