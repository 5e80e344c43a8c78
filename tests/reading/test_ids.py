"""Ids that clash are made distinct, always the same ones, and a note names both documents."""

import unicodedata
import zipfile
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as fa

# What is read; the ids of the texts A, B, and so on; what the notes name.
CLASHES: dict[str, tuple[dict[str, str], list[str], list[str]]] = {
    "endings": (
        {"h.txt": "A", "h.md": "B", "i.txt": "C"},
        ["h.txt", "h.md", "i"],
        ["h.txt", "h.md"],
    ),
    "endings in capitals": ({"h.txt": "A", "h.TXT": "B"}, ["h.txt", "h.TXT"], ["h.txt", "h.TXT"]),
    "capitals": ({"h.txt": "A", "H.txt": "B"}, ["h", "H"], ["h.txt", "H.txt"]),
    "accents": (
        {"caf\u00e9.txt": "A", "cafe\u0301.txt": "B"},
        ["caf\u00e9", "cafe\u0301"],
        ["'caf\\xe9'", "'cafe\\u0301'"],
    ),
    "blanks": ({"h.txt": "A", "h .txt": "B"}, ["h.txt", "h .txt"], ["h.txt", "h .txt"]),
    "two tables": (
        {"a.csv": "id,text\n1,A\n2,B\n", "b.csv": "id,text\n1,C\n2,D\n"},
        ["a.csv#1", "a.csv#2", "b.csv#1", "b.csv#2"],
        ["a.csv", "b.csv"],
    ),
    "tables of one name": (
        {"a.csv": "text\nA\nB\n", "a.jsonl": '{"text": "C"}\n'},
        ["a.csv#1", "a#2", "a.jsonl#1"],
        ["a.csv", "a.jsonl"],
    ),
    "one table": (
        {"a.csv": "id,text\nx,A\ny,B\nx,C\n x ,D\n"},
        ["a.csv#x#1", "y", "a.csv#x#3", "a.csv#x#4"],
        ["row 1", "row 3"],
    ),
    "an id that is a row": (
        {"a.csv": "id,text\n,A\na#1,B\n"},
        ["a.csv#1", "a.csv#a#1"],
        ["row 1", "row 2"],
    ),
    "table and file": (
        {"a.csv": "id,text\nh,A\n", "h.txt": "B"},
        ["a.csv#h", "h.txt"],
        ["a.csv", "h.txt"],
    ),
    "a name that another would get": (
        {"h.txt": "A", "h.md": "B", "h.txt.md": "C"},
        ["h.txt", "h.md", "h.txt.md"],
        ["h.txt", "h.md"],
    ),
    "metadata": (
        {"a.txt": "A", "b.txt": "B", "metadata.csv": "file,document_id\na.txt,x\nb.txt,x\n"},
        ["a.txt", "b.txt"],
        ["a.txt", "b.txt"],
    ),
}


def write(folder: Path, files: Sequence[tuple[str, str]]) -> None:
    folder.mkdir()
    for name, text in files:
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("kind", CLASHES)
def test_clashing_ids_are_told_apart_whatever_came_to_the_disk_first(
    tmp_path: Path, kind: str
) -> None:
    files, ids, named = CLASHES[kind]
    for n, order in enumerate(permutations(files.items())):
        write(tmp_path / str(n), order)
        documents, skipped = fa.read_documents(tmp_path / str(n), return_skipped=True)
        by_text = documents.set_index("text")["document_id"].to_dict()
        assert [by_text[letter] for letter in "ABCDEF"[: len(ids)]] == ids
        rows = [f"row {row}" for row in skipped["row"]]
        told = " ".join([*skipped["path"], *rows, *skipped["reason"]])
        assert all(name in told for name in named)
        assert set(skipped["what"]) == {"value"}


def test_an_archive_and_a_folder_of_its_name_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path / "b", [("x.txt", "A")])
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("x.txt", "B")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("x.txt", "C")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == ["b/x.txt#1", "b/x.txt#2", "b/x.txt#3"]
    assert sorted(documents["text"]) == ["A", "B", "C"]
    assert "b.zip/x.txt" in skipped["path"].iloc[0]


def test_the_metadata_of_archives_do_not_replace_one_another(tmp_path: Path) -> None:
    for name in ("a", "b"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.writestr("metadata.csv", f"id,text\n{name},Text {name}\n")
    documents = fa.read_documents(tmp_path)
    assert documents["text"].tolist() == ["Text a", "Text b"]


def test_rows_of_a_dataframe_with_one_id_are_told_apart_by_their_rows() -> None:
    frame = pd.DataFrame({"id": ["x", "y", "x", None, "row_4"], "text": list("ABCDE")})
    documents, skipped = fa.read_documents(frame, return_skipped=True)
    assert documents["document_id"].tolist() == ["x#1", "y", "x#3", "row_4#4", "row_4#5"]
    assert "row 3 of the DataFrame" in skipped["reason"].iloc[0]


def test_many_clashes_of_a_file_are_one_note(tmp_path: Path) -> None:
    for name in "ab":
        rows = "".join(f"{n},Text {n} of {name}\n" for n in range(500))
        (tmp_path / f"{name}.csv").write_text(f"id,text\n{rows}")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].is_unique
    assert len(skipped) == 2
    assert skipped["reason"].str.contains("and 499 more").all()


def test_metadata_find_a_document_by_its_file_and_by_the_id_that_the_note_tells(
    tmp_path: Path,
) -> None:
    write(tmp_path / "a", [("h.txt", "A"), ("h.md", "B"), (" c.txt", "C"), ("\x1bd.txt", "D")])
    for column, names in {
        "file": ["h.txt", "h.md", " c.txt", "\x1bd.txt"],
        "document_id": ["h.txt", "h.md", "c", "\\x1bd"],
    }.items():
        table = pd.DataFrame({column: names, "outlet": ["W", "X", "Y", "Z"]})
        documents, _ = fa.read_documents(tmp_path / "a", metadata=table, return_skipped=True)
        assert documents.set_index("text")["outlet"].to_dict() == dict(
            zip("ABCD", "WXYZ", strict=True)
        )


def test_no_note_is_left_where_the_metadata_give_ids_of_their_own(tmp_path: Path) -> None:
    files = [("h.txt", "A"), ("h.md", "B"), ("metadata.csv", "file,document_id\nh.txt,x\nh.md,y\n")]
    write(tmp_path / "a", files)
    documents, skipped = fa.read_documents(tmp_path / "a", return_skipped=True)
    assert set(documents["document_id"]) == {"x", "y"}
    assert skipped.empty


NAMES = st.lists(
    st.tuples(
        st.text(
            st.sampled_from(["h", "H", "\u00e9", "e", "\u0301", " ", "#", "1", ".", "\u202e"]),
            min_size=1,
            max_size=3,
        ),
        st.sampled_from([".txt", ".md", ".TXT"]),
    )
    .map("".join)
    .filter(lambda name: not name.startswith(".")),
    unique=True,
    max_size=6,
)
IDS = st.lists(
    st.sampled_from(["h", "H", " h", "h.txt", "a.csv#h", "h#1", "", "1", "a#1"]), max_size=5
)


@given(NAMES, IDS, IDS, st.randoms(use_true_random=False))
def test_ids_are_distinct_and_do_not_depend_on_the_order(
    names: list[str], ids: list[str], more: list[str], chance: Random
) -> None:
    files = [("good.txt", "Good"), *((name, f"Text {n}") for n, name in enumerate(names))]
    for table, own in (("a.csv", ids), ("b.csv", more)):
        rows = "".join(f"{one},Text {table} {n}\n" for n, one in enumerate(own))
        files += [(table, f"id,text\n{rows}")] if own else []
    found = []
    for _ in range(2):
        with TemporaryDirectory() as folder:
            write(Path(folder) / "a", files)
            documents, _ = fa.read_documents(Path(folder) / "a", return_skipped=True)
            assert documents["document_id"].is_unique
            assert documents["document_id"].str.strip().eq(documents["document_id"]).all()
            found.append(documents.set_index("text")["document_id"].to_dict())
        chance.shuffle(files)
    assert found[0] == found[1]
    assert len(found[0]) == 1 + len(names) + len(ids) + len(more)


def test_unicode_twins_are_noted_only_where_they_are_twins(tmp_path: Path) -> None:
    names = ["caf\u00e9", "cafe", "kaf\u00e9", unicodedata.normalize("NFD", "kaf\u00e9")]
    write(tmp_path / "a", [(f"{name}.txt", name) for name in names])
    documents, skipped = fa.read_documents(tmp_path / "a", return_skipped=True)
    assert len(documents) == 4
    assert len(skipped) == 1
