"""What a file is, its content tells where its name does not; what is not read, its name tells."""

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError
from tests.reading.exports.xml_samples import ATOM, RDF
from tests.reading.making import make_docx, make_epub, make_html, make_odt, make_rtf

LONG = "The army crossed the river at dawn and the talks were broken off, officials said. " * 4
TEXTS = ["Talks resume", LONG.strip(), "Aid is late."]


def read(path: Path) -> tuple[pd.Series, list[str], list[str]]:
    """Return the one document of a file, its paragraphs and the notes on it."""
    documents, skipped = fa.read_documents(path, return_skipped=True)
    paragraphs = fa.split_paragraphs(documents)["text"].tolist()
    [(_, document)] = documents.iterrows()
    return document, paragraphs, skipped["reason"].tolist()


@pytest.mark.parametrize(
    ("true", "make"),
    [
        ("docx", make_docx),
        ("epub", make_epub),
        ("html", make_html),
        ("odt", make_odt),
        ("rtf", make_rtf),
    ],
)
def test_a_document_under_a_wrong_name_is_read_as_what_it_is(
    tmp_path: Path, true: str, make: Callable[[Sequence[str], Path], None]
) -> None:
    endings = ["txt", "md", "doc", "docx", "rtf", "odt", "epub", "html"]
    for ending in endings:
        make(TEXTS, tmp_path / f"{ending}.{ending}")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == sorted(endings)
    assert set(documents["text"]) == {"\n\n".join(TEXTS)}
    told = skipped[skipped["reason"] == f"it was read as .{true}, which it is by its content"]
    names = {path.rpartition(".")[2] for path in told["path"]}
    assert names == set(endings) - {true}


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_a_feed_under_a_wrong_name_is_parted_into_its_articles(tmp_path: Path, ending: str) -> None:
    for name, feed in {"rdf": RDF, "atom": ATOM}.items():
        (tmp_path / f"{name}.xml").write_text(feed, encoding="utf-8")
        right = fa.read_documents(tmp_path / f"{name}.xml", return_skipped=True)[0]
        (tmp_path / f"{name}.{ending}").write_text(feed, encoding="utf-8")
        found, _ = fa.read_documents(tmp_path / f"{name}.{ending}", return_skipped=True)
        assert found["text"].tolist() == right["text"].tolist()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_pages_saved_as_text_are_read_as_pages(tmp_path: Path, encoding: str) -> None:
    sources = [
        "<!DOCTYPE html><html><head><script>SECRET</script></head><body><p>{}</p></body></html>",
        "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'a'><html><body><p>{}</p></body></html>",
        "<!-- saved from url=(1)http://a -->\n<HTML><BODY><P>{}</P></BODY></HTML>",
        "<p class='a'>{}</p>\n<script>SECRET</script>",
        "<div><style>SECRET</style><p>{}</p></div>",
        "\n<h1>Talks</h1><p>{}</p>",
    ]
    for n, source in enumerate(sources):
        (tmp_path / f"{n}.txt").write_bytes(source.format(LONG).encode(encoding))
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["text"].str.endswith(LONG.strip()).tolist() == [True] * len(sources)
    assert not documents["text"].str.contains("SECRET").any()
    told = skipped["reason"] == "it was read as .html, which it is by its content"
    assert told.sum() == len(sources)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "<Ada> is the name that he wrote. 1 < 2."),
        ("a.txt", "<p> is how a paragraph begins in pages."),
        ("a.md", "<div align='center'>Talks</div>\n\nEnvoys met."),
        ("a.txt", "{\\rtf is how such files begin."[1:]),
    ],
)
def test_a_text_that_only_looks_like_a_page_stays_as_it_is(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text)
    documents, skipped = fa.read_documents(tmp_path / name, return_skipped=True)
    assert documents["text"].tolist() == [text]
    assert skipped.empty


# Front matter


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_metadata_above_a_text_are_no_text(tmp_path: Path, name: str, end: str) -> None:
    lines = ["---", 'title: "Talks: resumed"', "date: 2024-05-14", "author: [Ada Quill, Ivo Kand]"]
    lines += [
        "tags:",
        "  - border",
        "  - aid",
        "draft: ~",
        "id: 042",
        "---",
        "",
        "Envoys met.",
        "",
        "Late.",
    ]
    (tmp_path / name).write_bytes(end.join(lines).encode())
    document, paragraphs, notes = read(tmp_path / name)
    assert paragraphs == ["Envoys met.", "Late."]
    assert document["document_id"] == "a"
    assert document["title"] == "Talks: resumed"
    assert document["author"] == "Ada Quill, Ivo Kand"
    assert document["date"] == pd.Timestamp("2024-05-14")
    assert (document["tags"], document["id"]) == ("border, aid", "042")
    assert notes == []


def test_names_of_others_above_a_text_are_known(tmp_path: Path) -> None:
    text = "---\nheadline: Talks\npublished: 14 May 2024\nsource: Daily\nlang: en\n---\nEnvoys met."
    (tmp_path / "a.md").write_text(text)
    document, _, notes = read(tmp_path / "a.md")
    assert (document["title"], document["outlet"], document["language"]) == ("Talks", "Daily", "en")
    assert document["date"] == pd.Timestamp("2024-05-14")
    assert "read under our names" in notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "---\nEnvoys met.\n---\nAid is late.",
        "---\nA Remark of Ours: aid is late.\n---\nEnvoys met.",
        "---\n\nEnvoys met.\n\n---\n",
        "--- Envoys met.",
        "---\ntitle: Talks\n\nNobody ends this.",
    ],
)
def test_rules_of_dashes_are_text(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    documents, skipped = fa.read_documents(tmp_path / "a.txt", return_skipped=True)
    assert documents["text"].tolist() == [text]
    assert skipped.empty


@pytest.mark.parametrize("yaml", ["title: Talks: resumed", "title: *a", "title: [", "a: &a [*a]"])
def test_metadata_that_are_not_valid_are_listed(tmp_path: Path, yaml: str) -> None:
    (tmp_path / "a.md").write_text(f"---\n{yaml}\n---\nEnvoys met.")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["text"].iloc[0].endswith("Envoys met.")
    assert "not valid" in skipped["reason"].iloc[0]


def test_metadata_without_a_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Talks\n---\n\n")
    with pytest.raises(ReadingError, match="metadata and no text"):
        fa.read_documents(tmp_path / "a.md")


# What is not read


@pytest.mark.parametrize(
    ("endings", "remedy"),
    [
        ("doc wpd", "save it as .docx"),
        ("pages", "export it as Word"),
        ("7z rar zst", "as .zip"),
        ("ris bib enw nbib ciw", "without their full text"),
        ("msg mbox", "save each mail as .eml"),
        ("mobi azw3", "convert it to .epub"),
        ("ass ttml", "as .srt or .vtt"),
        ("png jpg tiff", "OCR"),
        ("mp3 mp4", "transcribe it"),
        ("ods numbers", "as .xlsx"),
        ("webarchive", "as .html"),
        ("gdoc webloc", "only a link"),
        ("xyz", "only .txt, .md, .csv"),
    ],
)
def test_endings_that_are_not_read_are_refused_with_what_to_do(
    tmp_path: Path, endings: str, remedy: str
) -> None:
    for ending in endings.split():
        (tmp_path / f"a.{ending}").write_bytes(b"x")
        with pytest.raises(
            ReadingError, match=f"files ending in '.{ending}' are not read; .*{remedy}"
        ):
            fa.read_documents(tmp_path / f"a.{ending}")


@pytest.mark.parametrize(
    "text",
    [
        "TY  - NEWS\nTI  - Talks\nER  - \n",
        "@article{quill2024,\n  title = {Talks}\n}\n",
        "%0 Newspaper Article\n%T Talks\n",
        "PMID- 1\nTI  - Talks\n",
        "FN Clarivate Analytics Web of Science\nVR 1.0\n",
    ],
)
def test_a_bibliography_saved_as_text_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    with pytest.raises(ReadingError, match="without their full text"):
        fa.read_documents(tmp_path / "a.txt")


LEFT_BY_PROGRAMS = [
    "~$talks.docx",
    "Thumbs.db",
    "desktop.ini",
    "Desktop.ini",
    ".DS_Store",
    "._a.txt",
]


def test_files_that_programs_leave_behind_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "__MACOSX").mkdir()
    for name in (*LEFT_BY_PROGRAMS, "__MACOSX/b.txt"):
        (tmp_path / name).write_bytes(b"\0x")
    for source in (tmp_path, f"{tmp_path}/**/*"):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            documents = fa.read_documents(source)
        assert documents["document_id"].tolist() == ["a"]
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert {path.rpartition("/")[2] for path in skipped["path"]} == {*LEFT_BY_PROGRAMS, "__MACOSX"}
    assert "could not be read" not in fa.describe_reading(documents, skipped)


def test_the_lock_of_an_open_document_alone_is_refused(tmp_path: Path) -> None:
    (tmp_path / "~$talks.docx").write_bytes(b"\x04Ada")
    with pytest.raises(ReadingError, match="read the document"):
        fa.read_documents(tmp_path / "~$talks.docx")
