"""Text and web pages of LexisNexis, as it was before Nexis Uni, in four languages."""

import re
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError
from tests.reading.exports.nexis_samples import (
    COVER,
    DUTCH,
    ENGLISH,
    FRENCH,
    GERMAN,
    ODD,
    page_of,
    write_docx,
)


def read(tmp_path: Path, text: str, name: str = "news.txt") -> tuple[pd.DataFrame, list[str]]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    documents, skipped = fa.read_documents(tmp_path / name, return_skipped=True)
    return documents, [r for r in skipped["reason"] if "not among those there are" not in r]


@pytest.fixture(params=["txt", "html", "anchors"])
def english(request: pytest.FixtureRequest, tmp_path: Path) -> pd.DataFrame:
    if request.param == "txt":
        documents, notes = read(tmp_path, COVER + ENGLISH)
    else:
        page = page_of(COVER + ENGLISH, numbered=request.param == "html")
        documents, notes = read(tmp_path, page, "news.html")
    assert notes == []
    return documents


def test_articles_part_at_their_numbers_or_anchors(english: pd.DataFrame) -> None:
    assert english["document_id"].tolist() == ["news_001", "news_002"]
    assert english["outlet"].tolist() == ["The Northgate Herald", "Dale Evening Post"]
    assert english["date"].dt.strftime("%F").tolist() == ["2024-05-14", "1991-09-03"]


def test_a_number_may_be_torn_by_the_marks_of_a_page(tmp_path: Path) -> None:
    page = page_of(COVER + ENGLISH).replace(
        " of 2 DOCUMENTS", "</SPAN><SPAN> of 2 <B>DOCUMENTS</B>"
    )
    documents, notes = read(tmp_path, page, "news.html")
    assert notes == []
    assert documents["outlet"].tolist() == ["The Northgate Herald", "Dale Evening Post"]


def test_a_headline_goes_over_lines_or_has_a_label(english: pd.DataFrame) -> None:
    assert english["title"].tolist() == [
        "Harbour patrols doubled after night crossing; Ministers meet",
        "Pension top-up clears the lower house",
    ]


def test_labels_are_columns(english: pd.DataFrame) -> None:
    first = english.iloc[0]
    assert first["author"] == "Ada Quill"
    assert first["section"] == "NEWS; Pg. 4"
    assert first["edition"] == "Final Edition"
    assert first["announced_words"] == 44
    assert first["dateline"] == "NORTHGATE, May 14"
    assert first["graphic"] == "A patrol boat at dawn The crew of the boat"
    assert first["language"] == "en"
    assert english["edition"][1] == "Late Edition"


def test_only_headline_and_body_are_paragraphs(english: pd.DataFrame) -> None:
    paragraphs = fa.split_paragraphs(english)
    joined = [" ".join(text.split()) for text in paragraphs["text"]]
    assert joined == [
        "Harbour patrols doubled after night crossing; Ministers meet",
        "Coastguards doubled their patrols on Tuesday after a boat with forty people reached the "
        "harbour at night.",
        '"We will not lose control of our borders," the interior minister told the few reporters.',
        "Pension top-up clears the lower house",
        "The lower house passed a pension top-up worth two billion crowns.",
    ]


@pytest.mark.parametrize(
    ("text", "fields", "body"),
    [
        (
            GERMAN,
            ("Patrouillen verdoppelt", "Der Bote", "2012-02-27", "Ada Quill", "de"),
            "BOTE: Was geschah am Hafen?\n\nUPDATE: Die Küstenwache meldet mehr.",
        ),
        (
            FRENCH,
            ("Les patrouilles doublent", "Le Courrier", "2006-03-14", "Ada Quill", "fr"),
            "Les patrouilles doublent au port.",
        ),
        (
            DUTCH,
            ("Patrouilles verdubbeld", "De Bode", "2024-05-14", "Ada Quill", "nl"),
            "De kustwacht verdubbelde de patrouilles.",
        ),
    ],
    ids=["German", "French", "Dutch"],
)
def test_labels_are_known_in_other_languages(
    tmp_path: Path, text: str, fields: tuple[str, ...], body: str
) -> None:
    documents, notes = read(tmp_path, text)
    assert notes == []
    documents["date"] = documents["date"].dt.strftime("%F")
    assert len(documents) == 1
    article = documents.iloc[0]
    assert tuple(article[["title", "outlet", "date", "author", "language"]]) == fields
    assert article["text"] == f"{fields[0]}\n\n{body}"


def test_lines_that_were_wrapped_are_joined_and_others_stay(tmp_path: Path) -> None:
    verse = "Roses are red\nviolets are blue"
    documents, _ = read(tmp_path, FRENCH.replace("Les patrouilles doublent au port.", verse))
    assert documents["text"][0].endswith(verse)


def test_a_number_announced_and_a_gap_in_the_numbers_are_noted(tmp_path: Path) -> None:
    text = COVER.replace("1-2", "1-3") + ENGLISH.replace("2 of 2 D", "3 of 3 D")
    documents, notes = read(tmp_path, text)
    assert len(documents) == 2
    assert any("announces 3 articles and 2 were found" in note for note in notes)
    assert any("none with the number 2" in note for note in notes)


def test_texts_with_far_less_words_than_announced_are_noted(tmp_path: Path) -> None:
    documents, notes = read(tmp_path, FRENCH.replace("8 mots", "1,008 mots"))
    assert documents["announced_words"].tolist() == [1008]
    assert any("less than half of the words announced" in note for note in notes)


def test_an_article_without_a_body_is_kept_and_noted(tmp_path: Path) -> None:
    body = "   The lower house passed a pension top-up worth two billion crowns.\n"
    documents, notes = read(tmp_path, COVER + ENGLISH.replace(body, ""))
    assert documents["text"][1] == "Pension top-up clears the lower house"
    assert notes[0].startswith("no text was found in 1 of its 2 articles (first: number 2)")


def test_a_headline_with_a_day_is_no_date(tmp_path: Path) -> None:
    text = FRENCH.replace("mardi 14 mars 2006\n", "Printemps 2006\n").replace(
        "Les patrouilles doublent\n", "Le port avant le 1 mai 2007\n"
    )
    documents, notes = read(tmp_path, text)
    assert documents["title"].tolist() == ["Le port avant le 1 mai 2007"]
    assert documents["edition"].tolist() == ["Printemps 2006"]
    assert documents["date"].isna().all()
    assert any("no date was found" in note for note in notes)


def test_marks_without_numbered_documents_are_refused(tmp_path: Path) -> None:
    text = COVER + ENGLISH.replace("1 of 2 DOCUMENTS", "").replace("2 of 2 DOCUMENTS", "")
    with pytest.raises(ReadingError, match="no line such as '1 of 10 DOCUMENTS'"):
        read(tmp_path, text)


def test_word_files_of_the_old_kind_part_alike(tmp_path: Path) -> None:
    lines = (COVER + ENGLISH).split("\n")
    write_docx(tmp_path / "news.docx", [line.strip() for line in lines if line.strip()])
    documents = fa.read_documents(tmp_path)
    assert documents["outlet"].tolist() == ["The Northgate Herald", "Dale Evening Post"]
    assert documents["date"].dt.strftime("%F").tolist() == ["2024-05-14", "1991-09-03"]
    assert documents["announced_words"].tolist() == [44, 12]
    assert documents["edition"].tolist() == ["Final Edition", "Late Edition"]
    assert documents["title"][0] == "Harbour patrols doubled after night crossing; Ministers meet"


def test_an_essay_that_quotes_a_mark_stays_one_document(tmp_path: Path) -> None:
    essay = (
        "How we sampled\n\nEach article begins with a line such as\n\n   1 of 10 DOCUMENTS\n\nEnd."
    )
    documents, notes = read(tmp_path, essay)
    assert (documents["document_id"].tolist(), notes) == (["news"], [])


@pytest.mark.parametrize("form", ["txt", "html"])
def test_what_stands_between_labels_or_behind_them_is_no_text(tmp_path: Path, form: str) -> None:
    text = page_of(ODD) if form == "html" else ODD
    documents, notes = read(tmp_path, text, f"news.{form}")
    assert notes == []
    assert documents["text"].tolist() == [
        "Boats doubled\n\nThe crews worked all night.",
        "Zwei\n\nDer Text.",
        "Drie\n\nDe boot kwam.",
    ]
    assert documents["outlet"].tolist() == ["The Northgate Times", "Die Post", "Het Blad"]
    assert documents["date"].dt.strftime("%F").tolist() == ["1993-01-04"] * 3
    first, second, third = (row for _, row in documents.iterrows())
    assert (first["edition"], first["section"]) == ("Late Edition - Final", "NEWS; Pg. 2")
    assert (first["type"], first["abstract"]) == ("Review", "They worked.")
    assert first["correction"] == "There were two boats. Not three."
    assert (second["author"], second["subtitle"], second["highlight"]) == ("Ada Quill", "U", "V")
    assert (third["abstract"], third["graphic"], third["language"]) == ("Kort.", "Een boot", "nl")


def test_files_that_were_joined_give_the_articles_of_all(tmp_path: Path) -> None:
    documents, notes = read(tmp_path, f"{COVER}{ENGLISH}\ufeff{COVER}{ENGLISH}")
    assert notes == []
    assert len(documents) == 4
    assert "Download Request" not in "".join(documents["text"])


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_may_end_in_three_ways(tmp_path: Path, end: str) -> None:
    (tmp_path / "news.txt").write_bytes((COVER + ENGLISH).replace("\n", end).encode())
    documents = fa.read_documents(tmp_path / "news.txt")
    assert documents["announced_words"].tolist() == [44, 12]


def test_labels_and_numbers_may_be_in_small_letters(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^[A-Z-]+:", lambda label: label[0].capitalize(), COVER + ENGLISH)
    documents, notes = read(tmp_path, text.replace("DOCUMENTS", "Documents"))
    assert notes == []
    assert documents["author"][0] == "Ada Quill"
    assert documents["language"][0] == "en"
    assert documents["text"][1].startswith("Pension top-up clears the lower house\n\nThe lower")


def test_numbers_of_thousands_may_have_a_comma(tmp_path: Path) -> None:
    text = ENGLISH.replace("1 of 2 D", "1,001 of 1,002 D").replace("2 of 2 D", "1,002 of 1,002 D")
    assert len(read(tmp_path, text)[0]) == 2


def test_a_paragraph_about_copyright_is_text_and_lines_of_rights_are_not(tmp_path: Path) -> None:
    text = FRENCH.replace(
        "au port.\n", "au port.\n\nCopyright is a right.\n\n(c) 2006 Le Courrier\n"
    )
    documents, _ = read(tmp_path, text)
    assert documents["text"][0].endswith("au port.\n\nCopyright is a right.")


def test_a_text_without_blank_lines_has_a_paragraph_a_line(tmp_path: Path) -> None:
    lines = [" ".join(block.split()) for block in FRENCH.split("\n\n") if block.strip()]
    rtf = "".join(rf"\pard {line.replace('Ç', chr(92) + 'u199?')}\par " for line in lines)
    (tmp_path / "news.txt").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "news.rtf").write_text(rf"{{\rtf1\ansi {rtf}}}", encoding="ascii")
    for name in ("news.txt", "news.rtf"):
        documents = fa.read_documents(tmp_path / name)
        assert documents["title"].tolist() == ["Les patrouilles doublent"]
        assert documents["text"][0].endswith("doublent\n\nLes patrouilles doublent au port.")
        assert documents["outlet"].tolist() == ["Le Courrier"]


def test_a_length_in_the_text_stays_there(tmp_path: Path) -> None:
    text = ENGLISH.replace("reporters.\n", "reporters.\n\nLENGTH: 103 minutes.\n")
    assert read(tmp_path, text)[0]["text"][0].endswith("reporters.\n\nLENGTH: 103 minutes.")
