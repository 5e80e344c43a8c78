"""Text and web pages of LexisNexis, as it was before Nexis Uni, in four languages."""

import html
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError

COVER = """


Download Request: Selected Items: 1-2
Time Of Request: Friday, June 07, 2024  10:12:31

Send To:

EXAMPLE UNIVERSITY LIBRARY

Terms: (harbour OR pension) and DATE(>=2024-05-01)


"""
ENGLISH = """
                               1 of 2 DOCUMENTS


                             The Northgate Herald

                             May 14, 2024 Tuesday
                                Final Edition

Harbour patrols doubled
after night crossing;
Ministers meet

BYLINE: By Ada Quill

SECTION: NEWS; Pg. 4

LENGTH: 1,061 words

DATELINE: NORTHGATE, May 14

Coastguards doubled their patrols on Tuesday after a boat with forty people
reached the harbour at night.

"We will not lose control of our borders," the interior minister told the few
reporters.

GRAPHIC: A patrol boat
at dawn

The crew of the boat

LOAD-DATE: May 15, 2024

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                      Copyright 2024 Northgate Media Ltd
                             All Rights Reserved

                               2 of 2 DOCUMENTS


                      Copyright 1991 Dale Newspapers Limited
                              Dale Evening Post

                   September 3, 1991, Tuesday, Late Edition

SECTION: NEWS
LENGTH: 12 words
HEADLINE: Pension top-up clears the lower house
BODY:
   The lower house passed a pension top-up worth two billion crowns.

LOAD-DATE: September 4, 1991
"""
GERMAN = """
                               Dokument 1 von 1


                                  Der Bote

                     27. Februar 2012 Montag 9:50 PM GMT+1

Patrouillen verdoppelt

AUTOR: Ada Quill

RUBRIK: HAFEN; S. 4

LÄNGE: 12 Wörter

HIGHLIGHT: Ein Boot kam.

BOTE: Was geschah am Hafen?

UPDATE: Die Küstenwache meldet mehr.

UPDATE: 28. Februar 2012

SPRACHE: GERMAN; DEUTSCH

BIBLIOGRAPHIE: Quill, Ada

GRAFIK: Ein Boot

                          Copyright 2012 Bote GmbH
                           Alle Rechte vorbehalten
"""
FRENCH = """
                               Document 1 de 1


                                 Le Courrier

                             mardi 14 mars 2006

Les patrouilles doublent

AUTEUR: Ada Quill

RUBRIQUE: MONDE

LONGUEUR: 8 mots

Les patrouilles doublent au port.

DATE-CHARGEMENT: 14 mars 2006

LANGUE: FRENCH; FRANÇAIS
"""
DUTCH = """
                               1 of 1 DOCUMENTS


                                 De Bode

                           14 mei 2024 dinsdag

KOP: Patrouilles verdubbeld

BYLINE: Ada Quill

LENGTE: 8 woorden

TEKST: De kustwacht verdubbelde de patrouilles.

LOAD-DATE: 14 mei 2024

LANGUAGE: DUTCH
"""


def page_of(text: str, *, numbered: bool = True) -> str:
    """Write a text as the web page that the database makes of it."""
    pieces = []
    for n, block in enumerate(filter(str.strip, text.split("\n\n"))):
        lines = "<BR>".join(html.escape(line.strip()) for line in block.strip().split("\n"))
        if lines.endswith("DOCUMENTS"):
            pieces.append(f'<A NAME="DOC_ID_0_{n}"></A>')
            if not numbered:
                continue
        pieces.append(f'<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN>{lines}</SPAN></P>\n</DIV>')
    return f"<HTML><HEAD><STYLE>.c0 {{}}</STYLE></HEAD><BODY>{''.join(pieces)}</BODY></HTML>"


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
    assert first["announced_words"] == 1061
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


def test_a_headline_with_a_day_is_no_date(tmp_path: Path) -> None:
    text = FRENCH.replace("mardi 14 mars 2006\n", "Printemps 2006\n").replace(
        "Les patrouilles doublent\n", "Le port avant le 1 mai 2007\n"
    )
    documents, notes = read(tmp_path, text)
    assert documents["date"].isna().all()
    assert any("no date was found" in note for note in notes)


def test_marks_without_numbered_documents_are_refused(tmp_path: Path) -> None:
    text = COVER + ENGLISH.replace("1 of 2 DOCUMENTS", "").replace("2 of 2 DOCUMENTS", "")
    with pytest.raises(ReadingError, match="no line such as '1 of 10 DOCUMENTS'"):
        read(tmp_path, text)


def test_an_essay_that_quotes_a_mark_stays_one_document(tmp_path: Path) -> None:
    essay = (
        "How we sampled\n\nEach article begins with a line such as\n\n   1 of 10 DOCUMENTS\n\nEnd."
    )
    documents, notes = read(tmp_path, essay)
    assert (documents["document_id"].tolist(), notes) == (["news"], [])
