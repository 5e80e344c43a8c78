"""Files of databases that are not read are refused by two of their marks, and nothing else is."""

from pathlib import Path

import docx
import pytest

import analysis as fa
from analysis.errors import ReadingError

_BODY = "Crews worked through the night.\n\nThe minister saw no threat to the harbour."
_FILES = {
    "BBC Monitoring": f"""BBC Monitoring Northern Seas - Political
Supplied by BBC Worldwide Monitoring

May 14, 2024 Tuesday

Boats doubled after a crossing

LENGTH: 12 words

Text of report by The Herald website on 14 May

{_BODY}

Source: The Herald website, in English 14 May 24
""",
    "NewsBank": f"""Boats doubled after a crossing
Herald, The (Northgate) - May 14, 2024
Author: Ada Quill

{_BODY}

Readability: 9 grade level (Lexile: 1030)
Record Number: 19A2B3C4D5E6F708
© Copyright 2024 Harbour Press
""",
    "Gale": f"""Boats doubled after a crossing
Ada Quill

{_BODY}

Source Citation
Quill, Ada. "Boats doubled after a crossing." Herald, 14 May 2024, p. 3.
Gale Document Number: GALE|A000000001
""",
    "wiso": f"""Boote nach Überfahrt verdoppelt

{_BODY}

Quelle: Herold vom 14.05.2024, Seite 3
Dauerhafte Adresse des Dokuments: https://www.wiso-net.de/document/HER__0001
Alle Rechte vorbehalten: (c) Hafen-Verlag
""",
    "EBSCO": f"""Title: Boats doubled after a crossing
Source: Herald, The. 05/14/2024

{_BODY}

Persistent link to this record (Permalink): https://search.ebscohost.com/login.aspx?direct=true
Database: Newspapers
""",
}


@pytest.mark.parametrize("name", _FILES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_of_a_database_that_is_not_read_is_listed_with_the_reason(
    name: str, end: str, tmp_path: Path
) -> None:
    (tmp_path / "news.txt").write_bytes(_FILES[name].replace("\n", end).encode("utf-8"))
    (tmp_path / "own.txt").write_text(_BODY, encoding="utf-8")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == ["own"]
    assert skipped["what"].tolist() == ["file"]
    assert skipped["reason"].str.startswith(f"it was written by {name}, whose files").all()


@pytest.mark.parametrize("name", _FILES)
def test_its_copy_in_word_is_refused_as_well(name: str, tmp_path: Path) -> None:
    document = docx.Document()
    for line in _FILES[name].split("\n"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "news.docx"))
    with pytest.raises(ReadingError, match=f"written by {name}, whose files are not read; put"):
        fa.read_documents(tmp_path / "news.docx")


@pytest.mark.parametrize(
    "text",
    [
        f"Boats doubled\n\n{_BODY}\n\nBBC Mon NS1 NsPol 140524 nn/aa",
        f"BBC Monitoring Northern Seas is a service.\n\n{_BODY}",
        f"The report was supplied by BBC Worldwide Monitoring, as BBC Monitoring said.\n\n{_BODY}",
        f"Record Number: 19A2B3C4D5E6F708 was set at the regatta.\n\n{_BODY}",
        f"Articles came from infoweb.newsbank.com and search.ebscohost.com.\n\n{_BODY}",
        f"Die Texte stehen unter https://www.wiso-net.de/document/HER__0001\n\n{_BODY}",
    ],
)
def test_a_text_that_only_names_a_database_is_read(text: str, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text(text, encoding="utf-8")
    assert fa.read_documents(tmp_path)["text"].tolist() == [text]


def test_what_nexis_holds_of_bbc_monitoring_is_read(tmp_path: Path) -> None:
    text = f"1 of 1 DOCUMENTS\n\n{_FILES['BBC Monitoring']}\nLOAD-DATE: May 14, 2024\n"
    (tmp_path / "nexis.txt").write_text(text, encoding="utf-8")
    documents, _ = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["title"].tolist() == ["Boats doubled after a crossing"]
