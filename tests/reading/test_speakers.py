"""The table of speakers beside the articles."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import analysis as fa
from analysis.errors import ReadingError, ReadingWarning

NAMES = "document_id,form,speaker,group\n,Rell,Ana Rell,Greens\na,the minister,Otto Kern,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Talks resume.", encoding="utf-8")
    (tmp_path / "speakers.csv").write_text(NAMES, encoding="utf-8")
    return tmp_path


def packed(folder: Path) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"articles/{file.name}")
    return path


@pytest.mark.parametrize("where", [Path, packed, lambda folder: folder / "a.txt"])
def test_the_table_is_read_from_beside_the_articles_and_is_none_of_them(
    folder: Path, where: Callable[[Path], Path]
) -> None:
    source = where(folder)
    documents, skipped = fa.read_documents(source, return_skipped=True)
    assert documents["text"].tolist() == ["Talks resume."]
    assert skipped.empty
    table = fa.read_speakers(source)
    assert table.fillna("").to_numpy().tolist() == [
        ["", "Rell", "Ana Rell", "Greens"],
        ["a", "the minister", "Otto Kern", ""],
    ]


def test_without_the_file_the_table_has_no_rows(folder: Path) -> None:
    (folder / "speakers.csv").unlink()
    assert list(fa.read_speakers(folder)) == ["document_id", "form", "speaker", "group"]
    assert fa.read_speakers(folder).empty


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"name,group\nRell,Greens\n", "no column 'form'"),
        (b"", "empty"),
        (b'form,"group\nRell,Greens\n', "malformed"),
    ],
)
def test_a_damaged_table_is_listed_and_never_read_as_an_article(
    folder: Path, content: bytes, reason: str
) -> None:
    (folder / "speakers.csv").write_bytes(content)
    documents, skipped = fa.read_documents(folder, return_skipped=True)
    assert documents["document_id"].tolist() == ["a"]
    assert skipped["path"].map(lambda path: Path(path).name).tolist() == ["speakers.csv"]
    assert reason in skipped["reason"].iloc[0]
    with pytest.raises(ReadingError, match=reason):
        fa.read_speakers(folder)


def test_rows_without_a_form_or_with_too_many_fields_are_listed_and_left_out(folder: Path) -> None:
    (folder / "speakers.csv").write_text("form,group\nRell,Greens\n,Reds\nKern,Reds,x\n")
    _, skipped = fa.read_documents(folder, return_skipped=True)
    assert skipped["what"].tolist() == ["metadata"] * 2
    with pytest.warns(ReadingWarning, match="and 1 more"):
        assert fa.read_speakers(folder)["form"].tolist() == ["Rell"]


def test_a_table_of_speeches_of_that_name_is_read_as_articles(folder: Path) -> None:
    (folder / "speakers.csv").write_text("speaker,text\nRell,Talks resume today.\n")
    assert len(fa.read_documents(folder)) == 2
