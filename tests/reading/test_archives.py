"""Archives are read like folders, under limits, and never lead out of their folder."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest

import analysis as fa
from analysis.errors import ReadingError
from analysis.reading import archives
from tests.reading.making import make_html

LONG = "The army crossed the river at dawn and the talks were broken off, officials said. " * 4


def packed(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_an_archive_alone_is_read_like_a_folder_with_its_metadata(tmp_path: Path) -> None:
    files = {
        "week/metadata.csv": "file,outlet\ntalks.txt,Daily\n",
        "week/talks.txt": "Talks resume.",
        "week/deep/aid.md": "Aid is late.",
        "__MACOSX/week/._talks.txt": "x",
        "week/.DS_Store": "x",
    }
    (tmp_path / "week.zip").write_bytes(packed(files))
    documents, skipped = fa.read_documents(tmp_path / "week.zip", return_skipped=True)
    assert documents["document_id"].tolist() == ["talks", "deep/aid"]
    assert documents["outlet"].tolist()[0] == "Daily"
    assert documents["path"].tolist()[0].endswith("week.zip/talks.txt")
    assert set(skipped["reason"]) == {"a hidden file"}


def test_an_archive_in_a_folder_gives_its_name_to_its_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.", encoding="utf-8")
    (tmp_path / "b.zip").write_bytes(packed({"x.txt": "X.", "y.csv": "text\nY.\n"}))
    documents = fa.read_documents(tmp_path)
    assert documents["document_id"].tolist() == ["a", "b/x", "b/y#1"]


def test_every_format_may_stand_in_an_archive(tmp_path: Path) -> None:
    make_html(["Talks resume", LONG], tmp_path / "p.html")
    page = (tmp_path / "p.html").read_bytes()
    (tmp_path / "p.html").unlink()
    (tmp_path / "b.zip").write_bytes(packed({"p.html": page, "q.jsonl": '{"text": "Q."}\n'}))
    assert len(fa.read_documents(tmp_path / "b.zip")) == 2


def test_archives_in_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    deep = packed({"c.txt": "C."})
    for name in ("two.zip", "three.zip"):
        deep = packed({name: deep, f"beside_{name[:3]}.txt": "B."})
    (tmp_path / "a.zip").write_bytes(deep)
    documents, skipped = fa.read_documents(tmp_path / "a.zip", return_skipped=True)
    assert len(documents) == 2
    assert "an archive within 2 archives" in skipped["reason"].iloc[0]


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "a\\..\\evil.txt", "C:/e.txt"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.zip").write_bytes(packed({name: "Talks resume."}))
    before = set(Path(tempfile.gettempdir()).iterdir())
    documents = fa.read_documents(tmp_path / "a.zip")
    assert ".." not in documents["document_id"].iloc[0]
    left = {p for p in Path(tempfile.gettempdir()).iterdir() if "media-framing-" in p.name}
    assert not left - before
    assert not (tmp_path.parent / "evil.txt").exists()


def test_sizes_numbers_and_passwords_are_limited_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "_LARGEST_ENTRY", 1_000)
    monkeypatch.setattr(archives, "_LARGEST_TOTAL", 1_500)
    files = {"a.txt": "A" * 900, "b.txt": "B" * 2_000, "c.txt": "C" * 700, "d.txt": "D."}
    (tmp_path / "a.zip").write_bytes(packed(files))
    documents, skipped = fa.read_documents(tmp_path / "a.zip", return_skipped=True)
    assert documents["document_id"].tolist() == ["a", "d"]
    assert skipped["reason"].str.contains("are allowed").all()
    monkeypatch.setattr(archives, "_MOST_ENTRIES", 3)
    with pytest.raises(ReadingError, match="the 3 that are allowed in all"):
        fa.read_documents(tmp_path / "a.zip")


def test_a_damaged_archive_is_listed_and_its_good_files_are_read(tmp_path: Path) -> None:
    data = packed({"a.txt": "Talks resume. " * 50, "b.txt": "Aid is late. " * 50})
    (tmp_path / "good.txt").write_text("Good.", encoding="utf-8")
    (tmp_path / "short.zip").write_bytes(data[:100])
    torn = bytearray(data)
    torn[45] ^= 0xFF
    (tmp_path / "torn.zip").write_bytes(torn)
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == ["good", "torn/b"]
    assert skipped["reason"].str.contains("damaged").all()
    assert len(skipped) == 2


def test_an_archive_of_a_quintillion_bytes_is_refused_at_once(tmp_path: Path) -> None:
    deep: bytes = b"0" * 10_000_000
    for _ in range(5):
        deep = packed({f"{n}.zip": deep for n in range(8)})
    (tmp_path / "bomb.zip").write_bytes(deep)
    with pytest.raises(ReadingError, match="archive within 2 archives"):
        fa.read_documents(tmp_path / "bomb.zip")


def test_an_empty_archive_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({}))
    with pytest.raises(ReadingError, match="the archive holds no files"):
        fa.read_documents(tmp_path / "a.zip")
