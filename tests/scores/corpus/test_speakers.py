"""Names and groups of speakers, from a table beside the files of a corpus or from elsewhere."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import CorpusError, ReadingError, TableError
from tests.scores.corpus.conftest import LEXICON, bytes_of

TEXTS = [
    "The threat grows, Rell said. A threat is here.",
    "Rell and Kern said the border may close.",
    "The minister said care helps. Kern said pensions rise.",
]
NAMES = (
    "document_id,form,speaker,group\n,Rell,Ana Rell,Greens\n,Kern,Otto Kern,Greens\n"
    "c,the minister,Ida Voss,house\n"
)
OPTIONS: dict[str, Any] = {"progress": False, "hits": True, "split": ["voice", "speaker_group"]}
COLUMNS = ["document_id", "start", "voice", "speaker", "speaker_group"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "corpus"
    own.mkdir()
    pd.DataFrame({"document_id": list("abc"), "text": TEXTS}).to_csv(own / "news.csv", index=False)
    (own / "speakers.csv").write_text(NAMES, encoding="utf-8")
    return own


def read(output: Path, table: str = "paragraphs") -> pd.DataFrame:
    return fa.open_scores(output, table).to_table().to_pandas()


def named(output: Path) -> list[str]:
    return read(output, "hits")["speaker"].dropna().unique().tolist()


@pytest.mark.parametrize("beside", ["corpus", "corpus/news.csv", "corpus/n*.csv"])
def test_hits_have_the_names_and_groups_that_find_hits_gives_them(
    client: Any, folder: Path, tmp_path: Path, beside: str
) -> None:
    output = tmp_path / "out"
    summary = fa.score_corpus(tmp_path / beside, output, LEXICON, client=client, **OPTIONS)
    assert summary[["n_scored", "n_skipped", "n_files_unread"]].iloc[0].tolist() == [3, 0, 0]
    paragraphs = fa.split_paragraphs(fa.read_documents(folder))
    alone = fa.find_hits(paragraphs, LEXICON, speakers=fa.read_speakers(folder))
    found = read(output, "hits")
    pd.testing.assert_frame_equal(
        found[COLUMNS].sort_values(COLUMNS[:2], ignore_index=True),
        alone[COLUMNS].sort_values(COLUMNS[:2], ignore_index=True),
        check_dtype=False,
    )
    assert {"Ana Rell", "Ana Rell and Otto Kern", "Ida Voss"} <= set(found["speaker"].dropna())
    groups = read(output).groupby("speaker_group", dropna=False)["n_hits"].sum()
    expected = alone["speaker_group"].value_counts(dropna=False)
    assert groups.fillna(0).to_dict() == expected.to_dict()


def test_what_stands_together_moves_no_row(client: Any, folder: Path, tmp_path: Path) -> None:
    made = []
    for size in (1, 2, 5000):
        output = tmp_path / str(size)
        fa.score_corpus(folder, output, LEXICON, client=client, chunk_size=size, **OPTIONS)
        made.append(bytes_of(output))
    assert made[0] == made[1] == made[2]


def test_a_table_that_changed_is_not_mixed_with_what_was_made(
    client: Any, folder: Path, tmp_path: Path
) -> None:
    output, table = tmp_path / "out", folder / "speakers.csv"
    fa.score_corpus(folder, output, LEXICON, client=client, **OPTIONS)
    lines = NAMES.splitlines()
    # In another order it says the same.
    table.write_text("\n".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    fa.score_corpus(folder, output, LEXICON, client=client, **OPTIONS)
    for content in (NAMES.replace("Ana", "Eva"), NAMES.replace("house", "court"), None):
        if content is None:
            table.unlink()
        else:
            table.write_text(content, encoding="utf-8")
        with pytest.raises(CorpusError, match=r"a run that differs in speakers\.csv"):
            fa.score_corpus(folder, output, LEXICON, client=client, **OPTIONS)
    fa.score_corpus(folder, output, LEXICON, client=client, resume=False, **OPTIONS)
    assert "Ana Rell" not in named(output)


def test_names_that_nothing_asks_for_move_nothing(
    client: Any, folder: Path, tmp_path: Path
) -> None:
    fa.score_corpus(folder, tmp_path / "out", LEXICON, client=client, progress=False)
    (folder / "speakers.csv").unlink()
    summary = fa.score_corpus(folder, tmp_path / "out", LEXICON, client=client, progress=False)
    assert summary["n_parts_before"].tolist() == [1]


def test_a_table_that_is_given_is_used_instead(client: Any, folder: Path, tmp_path: Path) -> None:
    speakers = fa.read_speakers(folder).replace("Ana Rell", "Eva Rell")
    options = {**OPTIONS, "speakers": speakers}
    fa.score_corpus(folder, tmp_path / "out", LEXICON, client=client, **options)
    assert "Eva Rell" in named(tmp_path / "out")
    assert "Ana Rell" not in named(tmp_path / "out")


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        ("name\nRell\n", ReadingError, r"speakers\.csv' cannot be read: .* no column 'form'"),
        ("", ReadingError, r"speakers\.csv' cannot be read"),
        ("form,speaker\nRell,A\nRell,B\n", TableError, "rows 0 and 1 of the speaker_names table"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_before_anything_is_scored(
    client: Any, folder: Path, tmp_path: Path, content: str, error: type[Exception], message: str
) -> None:
    (folder / "speakers.csv").write_text(content, encoding="utf-8")
    with pytest.raises(error, match=message):
        fa.score_corpus(folder, tmp_path / "out", LEXICON, client=client, **OPTIONS)


def test_a_file_of_texts_is_no_table_of_speakers(client: Any, folder: Path, tmp_path: Path) -> None:
    (folder / "speakers.csv").write_text("text\nA threat.\n", encoding="utf-8")
    summary = fa.score_corpus(folder, tmp_path / "out", LEXICON, client=client, **OPTIONS)
    assert summary["n_scored"].tolist() == [4]
