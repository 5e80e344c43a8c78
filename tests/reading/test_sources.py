"""Which files are read, in which order, under which ids; what cannot be read is listed."""

import os
import re
import sys
import warnings
from pathlib import Path

import pytest

import analysis as fa
from analysis.errors import ReadingError, ReadingWarning
from analysis.tables.checks import check_table


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_folder_is_read_with_its_subfolders_in_the_order_of_names(tmp_path: Path) -> None:
    write(tmp_path, b_txt="B.", a_md="A.", sub__c_txt="C.", sub__deep__d_TXT="D.")
    documents = fa.read_documents(tmp_path)
    assert documents["document_id"].tolist() == ["a", "b", "sub/c", "sub/deep/d"]
    assert documents["text"].tolist() == ["A.", "B.", "C.", "D."]
    assert documents["path"].tolist()[2] == f"{tmp_path.as_posix()}/sub/c.txt"
    check_table(documents, "documents")


def test_a_single_file_has_its_name_as_id(tmp_path: Path) -> None:
    write(tmp_path, talks_on_border_txt="Talks.")
    path = tmp_path / "talks.on.border.txt"
    assert fa.read_documents(str(path))["document_id"].tolist() == ["talks.on.border"]


def test_a_pattern_names_documents_from_its_fixed_folder_on(tmp_path: Path) -> None:
    write(tmp_path, daily__a_txt="A.", daily__b_md="B.", weekly__a_txt="C.")
    documents = fa.read_documents(f"{tmp_path}/*/*.txt")
    assert documents["document_id"].tolist() == ["daily/a", "weekly/a"]
    assert fa.read_documents(f"{tmp_path}/daily/*.txt")["document_id"].tolist() == ["a"]
    assert len(fa.read_documents(f"{tmp_path}/**/*.*")) == 3


def test_a_folder_whose_name_looks_like_a_pattern_is_read_as_a_folder(tmp_path: Path) -> None:
    (tmp_path / "news [1]").mkdir()
    (tmp_path / "news [1]" / "a.txt").write_text("A.")
    assert len(fa.read_documents(tmp_path / "news [1]")) == 1


def test_hidden_files_are_listed_without_a_warning(tmp_path: Path) -> None:
    write(tmp_path, a_txt="A.")
    (tmp_path / ".notes.txt").write_text("hidden")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("hidden")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        documents = fa.read_documents(tmp_path)
    assert documents["document_id"].tolist() == ["a"]
    _, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert skipped["path"].str.rpartition("/")[2].tolist() == [".git", ".notes.txt"]


def test_what_cannot_be_read_is_listed_with_its_reason(tmp_path: Path) -> None:
    write(tmp_path, a_txt="A.", b_xyz="x", c_txt="", README="x")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    check_table(skipped, "skipped")
    assert documents["document_id"].tolist() == ["a"]
    assert skipped["what"].tolist() == ["file", "file", "file"]
    assert skipped["row"].isna().all()
    reasons = dict(zip(skipped["path"].str.rpartition("/")[2], skipped["reason"], strict=True))
    assert ".txt, .md, .csv, .tsv, .jsonl, .parquet, .json, .html" in reasons["b.xyz"]
    assert "without an ending" in reasons["README"]
    assert "empty" in reasons["c.txt"]


def test_one_warning_names_the_count_the_first_reasons_and_the_way_to_the_rest(
    tmp_path: Path,
) -> None:
    write(tmp_path, a_txt="A.", b_txt="", c_txt="", d_txt="", e_txt="")
    with pytest.warns(ReadingWarning) as caught:
        fa.read_documents(tmp_path)
    (warning,) = caught
    message = str(warning.message)
    assert message.startswith("4 things")
    assert "b.txt' (the file is empty" in message
    assert "e.txt" not in message
    assert "return_skipped=True" in message
    assert warning.filename == __file__


def test_with_return_skipped_nothing_is_warned_about(tmp_path: Path) -> None:
    write(tmp_path, a_txt="A.", b_txt="")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fa.read_documents(tmp_path, return_skipped=True)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "holds no articles"),
        ("missing", "there is no file or folder .*missing"),
        ("*.txt", r"no file matches .*\*\.txt"),
    ],
)
def test_nothing_to_read_is_one_clear_sentence(tmp_path: Path, source: str, message: str) -> None:
    for return_skipped in (False, True):
        with pytest.raises(ReadingError, match=message):
            fa.read_documents(tmp_path / source, return_skipped=return_skipped)


def test_an_empty_name_is_not_the_current_folder() -> None:
    with pytest.raises(ReadingError, match="there is no file or folder ''"):
        fa.read_documents("")


def test_a_folder_of_unreadable_files_names_the_first_reasons(tmp_path: Path) -> None:
    write(tmp_path, a_txt="", b_xyz="x")
    with pytest.raises(ReadingError, match=r"a\.txt.*empty.*b\.xyz.*'\.xyz'"):
        fa.read_documents(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "a.txt' cannot be read: the file is empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0", "a.txt' cannot be read: the file is a PNG picture"),
        ("a.xyz", b"PK", "a.xyz' cannot be read: files ending in '.xyz'"),
        ("a.csv", b"", "a.csv' cannot be read: the file is empty"),
        ("a.csv", b"text\n", "a.csv' cannot be read: the table has no rows"),
        ("a.parquet", b"", "a.parquet' cannot be read: not a readable Parquet file"),
        ("a.parquet", b"PAR1 no", "a.parquet' cannot be read: not a readable Parquet file"),
    ],
)
def test_a_single_bad_file_is_one_clear_sentence(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadingError) as caught:
        fa.read_documents(tmp_path / name)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names that are any bytes")
def test_file_names_that_are_no_utf8_and_unicode_twins_stay_distinct(tmp_path: Path) -> None:
    """I38"""
    names = [b"caf\xe9.txt", "café.txt".encode(), "cafe\u0301.txt".encode(), b"A.txt", b"a.txt"]
    for n, name in enumerate(names):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
            file.write(b"Text %d." % n)
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert skipped["path"].str.rpartition("/")[2].tolist() == ["a.txt", "café.txt"]
    assert set(documents["document_id"]) == {"caf\\xe9", "café", "cafe\u0301", "A", "a"}
    documents.to_csv(tmp_path / "out.csv")
    documents.to_parquet(tmp_path / "out.parquet")


def test_links_that_lead_nowhere_or_to_folders_and_pipes_are_listed(tmp_path: Path) -> None:
    write(tmp_path, a_txt="A.")
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == ["a"]
    assert skipped["path"].str.rpartition("/")[2].tolist() == ["b.txt", "loop", "pipe.txt"]


@pytest.mark.parametrize("source", [["a.txt"], b"a.txt", None, 3])
def test_a_source_of_the_wrong_type_is_a_type_error(source: object) -> None:
    with pytest.raises(TypeError, match="source must be a path or a pandas DataFrame"):
        fa.read_documents(source)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"PK\x03\x04", ".docx"),
        ("a.txt", b" \n", "the file is empty"),
        ("a.csv", b"story\nA border.\n", "no column 'text'"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "a.txt"),
    ],
)
@pytest.mark.parametrize("return_skipped", [False, True])
def test_a_folder_of_which_nothing_can_be_read_says_why(
    tmp_path: Path, name: str, content: bytes, reason: str, return_skipped: bool
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadingError, match=re.escape(reason)):
        fa.read_documents(tmp_path, return_skipped=return_skipped)
