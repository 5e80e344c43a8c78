"""Archives are read like folders, under limits, and never lead out of their folder."""

import bz2
import gzip
import io
import lzma
import stat
import tarfile
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
def test_no_name_leads_out_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "a.zip").write_bytes(packed({name: "Talks resume."}))
    # Other tests unpack archives at the same time.
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    documents = fa.read_documents(tmp_path / "a.zip")
    assert ".." not in documents["document_id"].iloc[0]
    assert not list(scratch.iterdir())
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


def tarred(files: dict[str, bytes], *others: tarfile.TarInfo) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        for entry in others:
            archive.addfile(entry)
    return data.getvalue()


COMPRESSED = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


@pytest.mark.parametrize("ending", COMPRESSED)
def test_a_compressed_file_is_read_as_what_is_in_it(tmp_path: Path, ending: str) -> None:
    compress = COMPRESSED[ending]
    (tmp_path / f"a.csv.{ending}").write_bytes(compress(b"text\nA.\nB.\n"))
    (tmp_path / f"b.txt.{ending.upper()}").write_bytes(compress(b"Talks resume."))
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == ["a#1", "a#2", "b"]
    assert documents["path"].tolist()[2].endswith(f"b.txt.{ending.upper()}")
    assert skipped.empty


@pytest.mark.parametrize("ending", ["tar", "tar.gz", "tgz", "tar.bz2", "tbz2", "tar.xz", "txz"])
def test_a_tar_archive_is_read_like_a_folder_with_its_metadata(tmp_path: Path, ending: str) -> None:
    files = {
        "week/metadata.csv": b"file,outlet\ntalks.txt,Daily\n",
        "week/talks.txt": b"Talks resume.",
        "week/deep/aid.txt.gz": gzip.compress(b"Aid is late."),
        "week/._talks.txt": b"x",
    }
    own = (compress for name, compress in COMPRESSED.items() if ending.endswith(name))
    compress = gzip.compress if ending == "tgz" else next(own, bytes)
    (tmp_path / f"week.{ending}").write_bytes(compress(tarred(files)))
    alone, skipped = fa.read_documents(tmp_path / f"week.{ending}", return_skipped=True)
    assert alone["document_id"].tolist() == ["talks", "deep/aid"]
    assert alone["outlet"].tolist()[0] == "Daily"
    assert set(skipped["reason"]) == {"a hidden file"}
    within, _ = fa.read_documents(tmp_path, return_skipped=True)
    assert within["document_id"].tolist() == ["week/talks", "week/deep/aid"]


def test_metadata_beside_a_compressed_file_may_name_it_either_way(tmp_path: Path) -> None:
    for name in ("a.txt.gz", "b.txt.gz"):
        (tmp_path / name).write_bytes(gzip.compress(b"Talks resume."))
    (tmp_path / "metadata.csv").write_text("file,outlet\na.txt.gz,Daily\nb.txt,Weekly\n")
    documents = fa.read_documents(tmp_path)
    assert documents["outlet"].tolist() == ["Daily", "Weekly"]
    alone = fa.read_documents(tmp_path / "a.txt.gz")
    assert alone["outlet"].tolist() == ["Daily"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_no_link_in_a_tar_archive_is_followed(tmp_path: Path, kind: bytes) -> None:
    (tmp_path / "secret.txt").write_text("SECRET")
    link = tarfile.TarInfo("link.txt")
    link.type, link.linkname = kind, str(tmp_path / "secret.txt")
    way_out = {"../../evil.txt": b"Talks resume.", "/etc/evil.txt": b"Aid is late."}
    (tmp_path / "a.tar").write_bytes(tarred(way_out, link))
    documents, skipped = fa.read_documents(tmp_path / "a.tar", return_skipped=True)
    assert documents["text"].tolist() == ["Talks resume.", "Aid is late."]
    assert not documents["document_id"].str.contains("..", regex=False).any()
    assert skipped["reason"].tolist() == ["a link is not followed; pack the file itself"]
    assert not (tmp_path.parent / "evil.txt").exists()


def test_no_link_in_a_zip_archive_is_read_as_text(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "Talks resume.")
        archive.writestr(link, "/etc/passwd")
    documents, skipped = fa.read_documents(tmp_path / "a.zip", return_skipped=True)
    assert documents["text"].tolist() == ["Talks resume."]
    assert "a link is not followed" in skipped["reason"].iloc[0]


@pytest.mark.parametrize("ending", COMPRESSED)
def test_a_file_that_grows_beyond_the_limits_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(archives, "_LARGEST_ENTRY", 1_000_000)
    monkeypatch.setattr(archives, "_LARGEST_TOTAL", 5_000_000)
    compress = COMPRESSED[ending]
    bomb = compress(b"0" * 20_000_000)
    (tmp_path / f"a.txt.{ending}").write_bytes(bomb)
    (tmp_path / f"b.tar.{ending}").write_bytes(compress(tarred({"a.txt": b"0" * 20_000_000})))
    (tmp_path / f"c.gz.gz.{ending}").write_bytes(compress(gzip.compress(gzip.compress(bomb))))
    (tmp_path / "good.txt").write_text("Good.", encoding="utf-8")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == ["good"]
    assert len(skipped) == 3
    assert skipped["reason"].str.contains("allowed|files without an ending").all()


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz", "tar", "tgz"])
def test_a_damaged_compressed_file_is_listed(tmp_path: Path, ending: str) -> None:
    content = bytes(range(256)) * 40
    whole = {**COMPRESSED, "tar": bytes, "tgz": gzip.compress}[ending](tarred({"a.txt": content}))
    for n, data in enumerate([b"", b"no archive", whole[: len(whole) // 2], whole[5:]]):
        (tmp_path / f"{n}.{'txt.' * (ending in COMPRESSED)}{ending}").write_bytes(data)
    (tmp_path / "good.txt").write_text("Good.", encoding="utf-8")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == ["good"]
    assert not skipped["reason"].str.contains("error of media-framing").any()
    assert {path.rpartition("/")[2][0] for path in skipped["path"]} == set("0123")


def test_a_header_that_pretends_to_be_huge_is_not_read_into_memory(tmp_path: Path) -> None:
    entry = tarfile.TarInfo("a.txt")
    entry.type, entry.size = tarfile.XHDTYPE, 3_000_000_000
    with (tmp_path / "a.tar").open("wb") as file:
        file.write(entry.tobuf())
        file.truncate(3_000_001_024)
    with pytest.raises(ReadingError, match="damaged"):
        fa.read_documents(tmp_path / "a.tar")


def test_archives_of_both_kinds_are_nested_to_a_depth(tmp_path: Path) -> None:
    deep = gzip.compress(tarred({"c.txt": b"C."}))
    deep = packed({"two.tar.gz": deep, "beside.txt": "B."})
    (tmp_path / "a.tar").write_bytes(tarred({"three.zip": deep}))
    documents, skipped = fa.read_documents(tmp_path / "a.tar", return_skipped=True)
    assert documents["text"].tolist() == ["B."]
    assert "an archive within 2 archives" in skipped["reason"].iloc[0]
