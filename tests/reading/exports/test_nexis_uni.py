"""Word files and texts of Nexis Uni."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError
from tests.reading.exports.nexis_samples import ARTICLES, LIST, write_docx


def read(path: Path) -> tuple[pd.DataFrame, list[str]]:
    documents, skipped = fa.read_documents(path, return_skipped=True)
    return documents, skipped["reason"].tolist()


@pytest.fixture(params=["cover", "no cover", "no bookmarks", "text", "text of many lines"])
def articles(request: pytest.FixtureRequest, tmp_path: Path) -> pd.DataFrame:
    lines = ARTICLES if request.param == "no cover" else LIST + ARTICLES
    is_text = request.param.startswith("text")
    path = tmp_path / ("nexis.txt" if is_text else "nexis.docx")
    if is_text:
        end = " " if request.param == "text" else "\n"
        given = ("" if x.startswith("#") else x.replace("\n", end) for x in lines)
        path.write_text("\n".join(given), encoding="utf-8")
    else:
        write_docx(path, lines, bookmarks=request.param != "no bookmarks")
    documents, notes = read(path)
    assert notes == []
    return documents


def test_each_article_has_its_title_outlet_and_day(articles: pd.DataFrame) -> None:
    assert articles["document_id"].tolist() == ["nexis_001", "nexis_002"]
    assert articles["title"].tolist() == [
        "Harbour patrols doubled",
        "Pension top-up clears; the lower house",
    ]
    assert articles["outlet"].tolist() == ["The Northgate Herald", "Dale Evening Post"]
    assert articles["date"].dt.strftime("%F").tolist() == ["2024-05-14", "1991-09-03"]


def test_only_headline_and_body_are_texts(articles: pd.DataFrame) -> None:
    assert articles["text"].tolist() == [
        "Harbour patrols doubled\n\nCoastguards doubled their patrols.\n\n"
        "Tip: a word that is no label, and so is the end of nothing.\n\n"
        "Subject: the minister wrote no more in her letter.",
        "Pension top-up clears; the lower house\n\nThe lower house passed a pension top-up.",
    ]


def test_labels_are_columns(articles: pd.DataFrame) -> None:
    first, second = articles.iloc[0], articles.iloc[1]
    assert first["author"] == "Ada Quill; Special to the Herald"
    assert first["section"] == "NEWS; Pg. 4"
    assert first["highlight"] == "Ministers meet"
    assert first["graphic"] == "A patrol boat at dawn"
    assert first["subjects"] == "BORDER CONTROL (92%)"
    assert first["places"] == "NORTHGATE (79%)"
    assert first["language"] == "en"
    assert second["edition"] == "Late Edition"
    assert second["abstract"] == "The house votes."
    assert second["correction"] == "The top-up was smaller."
    assert articles["announced_words"].tolist() == [9, 12]


def test_another_number_of_documents_than_the_cover_says_is_noted(tmp_path: Path) -> None:
    write_docx(tmp_path / "nexis.docx", LIST + ARTICLES[: ARTICLES.index("#Bookmark_2")])
    documents, notes = read(tmp_path)
    assert len(documents) == 1
    assert len(notes) == 1
    assert "announces 2 articles and 1 were found" in notes[0]


def test_a_list_of_documents_without_them_is_skipped_and_the_rest_read(tmp_path: Path) -> None:
    write_docx(tmp_path / "list.docx", LIST)
    write_docx(tmp_path / "nexis.docx", ARTICLES)
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert len(documents) == 2
    assert skipped["what"].tolist() == ["file"]
    assert "holds no article between its marks" in skipped["reason"][0]
    with pytest.raises(ReadingError, match="holds no article"):
        fa.read_documents(tmp_path / "list.docx")


def test_a_zip_of_one_file_an_article_gives_each_and_leaves_out_the_list(tmp_path: Path) -> None:
    second = ARTICLES.index("#Bookmark_2")
    write_docx(tmp_path / "harbour.docx", ARTICLES[:second])
    write_docx(tmp_path / "pension.docx", ARTICLES[second:])
    write_docx(tmp_path / "doclist.docx", LIST)
    with zipfile.ZipFile(tmp_path / "files.zip", "w") as archive:
        for path in sorted(tmp_path.glob("*.docx")):
            archive.write(path, path.name)
    documents, notes = read(tmp_path / "files.zip")
    assert documents["outlet"].tolist() == ["The Northgate Herald", "Dale Evening Post"]
    assert len(notes) == 1


def test_a_headline_that_looks_like_a_label_stays_one(tmp_path: Path) -> None:
    lines = [line.replace("Harbour patrols doubled", "Series: at sea") for line in ARTICLES]
    write_docx(tmp_path / "nexis.docx", lines)
    assert read(tmp_path)[0]["title"][0] == "Series: at sea"


def test_an_issue_that_has_no_day_is_no_date(tmp_path: Path) -> None:
    lines = [line.replace("May 14, 2024 Tuesday 9:20 AM GMT", "May 2024") for line in ARTICLES]
    write_docx(tmp_path / "nexis.docx", lines)
    documents, notes = read(tmp_path)
    first = documents.iloc[0]
    assert (first["outlet"], first["edition"]) == ("The Northgate Herald", "May 2024")
    assert documents["date"].isna().tolist() == [True, False]
    assert notes == ["no date was found in 1 of its 2 articles (first: number 1); look at the file"]


def test_an_old_word_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "nexis.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(ReadingError, match=r"save it as \.docx"):
        fa.read_documents(tmp_path / "nexis.doc")


def test_a_word_file_that_somebody_wrote_stays_one_document(tmp_path: Path) -> None:
    lines = [
        "On method",
        "Each file ends with these words:",
        "End of Document",
        "Body",
        "So it is.",
    ]
    write_docx(tmp_path / "essay.docx", lines)
    documents, notes = read(tmp_path)
    assert (documents["document_id"].tolist(), notes) == (["essay"], [])


@pytest.mark.parametrize(
    ("day", "head", "body", "tail", "author", "language"),
    [
        (
            "14. Mai 2024 Dienstag",
            ("Länge:\u00a02 Wörter", "Autor:\u00a0Von Ada Quill"),
            "Hauptteil",
            ("Klassifizierung", "Sprache:\u00a0GERMAN; DEUTSCH", "Ende des Dokuments"),
            "Ada Quill",
            "de",
        ),
        (
            "mardi 14 mai 2024",
            ("Longueur:\u00a02 mots", "Auteur:\u00a0Par Ada Quill"),
            "Corps",
            ("Date de chargement:\u00a014 mai 2024", "Langue:\u00a0FRENCH", "FIN DU DOCUMENT"),
            "Ada Quill",
            "fr",
        ),
        (
            "14 mei 2024 dinsdag",
            ("Lengte:\u00a02 woorden", "Auteur:\u00a0Door Ada Quill"),
            "Tekst",
            ("Classificatie", "Taal:\u00a0DUTCH; NEDERLANDS", "Einde van document"),
            "Ada Quill",
            "nl",
        ),
        # Without a heading over them, and with spaces as a word processor may have made them.
        (
            "Tue, May 14, 2024",
            ("Length: 2 words", "Byline: Constanze von Quill"),
            "Text",
            ("Language: ENGLISH", "Publication-Type: Newspaper", "END OF DOCUMENT"),
            "Constanze von Quill",
            "en",
        ),
    ],
    ids=["German", "French", "Dutch", "English"],
)
def test_labels_are_known_in_other_languages(
    tmp_path: Path,
    day: str,
    head: tuple[str, ...],
    body: str,
    tail: tuple[str, ...],
    author: str,
    language: str,
) -> None:
    rights = "Copyright 2024 Herald"
    article = ["Boats", "The Herald", day, rights, *head, body, "They came.", rights, *tail]
    write_docx(tmp_path / "nexis.docx", article * 2)
    documents, notes = read(tmp_path)
    assert "lines of copyright behind the text were left out in 2 of its 2 articles" in notes
    assert documents["text"].tolist() == ["Boats\n\nThey came."] * 2
    assert documents["date"].dt.strftime("%F").tolist() == ["2024-05-14"] * 2
    assert documents["outlet"].tolist() == ["The Herald"] * 2
    assert documents["author"].tolist() == [author] * 2
    assert documents["language"].tolist() == [language] * 2


def test_an_update_in_the_text_stays_there(tmp_path: Path) -> None:
    lines = [line.replace("Coastguards", "Update: coastguards") for line in ARTICLES]
    write_docx(tmp_path / "nexis.docx", lines)
    assert "Update: coastguards doubled their patrols.\n\nTip" in read(tmp_path)[0]["text"][0]


def test_an_abstract_may_stand_in_the_paragraph_of_its_heading(tmp_path: Path) -> None:
    lines = "\f".join(ARTICLES).replace("ABSTRACT\f", "ABSTRACT\n").split("\f")
    write_docx(tmp_path / "nexis.docx", lines)
    second = read(tmp_path)[0].iloc[1]
    assert second["abstract"] == "The house votes."
    assert second["text"].endswith(
        "clears; the lower house\n\nThe lower house passed a pension top-up."
    )


def test_a_text_may_have_blank_lines_between_all_lines(tmp_path: Path) -> None:
    lines = ["" if line.startswith("#") else line for line in LIST + ARTICLES]
    (tmp_path / "nexis.txt").write_text("\n\n".join(lines), encoding="utf-8")
    documents, notes = read(tmp_path)
    assert notes == []
    assert documents["title"][0] == "Harbour patrols doubled"
    assert documents["outlet"][0] == "The Northgate Herald"


def test_an_article_without_a_body_is_kept_and_one_without_an_end_is_noted(tmp_path: Path) -> None:
    picture = ["#Bookmark_3", "A boat", "The Northgate Herald", "May 15, 2024", "A picture."]
    lines = ARTICLES[: ARTICLES.index("#Bookmark_2")]
    write_docx(tmp_path / "nexis.docx", [*lines, *picture])
    documents, notes = read(tmp_path)
    assert documents["title"].tolist() == ["Harbour patrols doubled", "A boat"]
    assert documents["date"].notna().all()
    assert notes[0] == "its last article has no line 'End of Document'; the file may be cut"
    assert notes[1].startswith("no text was found in 1 of its 2 articles (first: number 2)")


@pytest.mark.parametrize("bookmarks", [True, False])
def test_a_headline_may_be_called_body(tmp_path: Path, bookmarks: bool) -> None:
    lines = [line.replace("Harbour patrols doubled", "Body") for line in ARTICLES]
    write_docx(tmp_path / "nexis.docx", lines, bookmarks=bookmarks)
    documents, _ = read(tmp_path)
    assert documents["title"][0] == "Body"
    assert documents["text"][0].startswith("Body\n\nCoastguards doubled")
