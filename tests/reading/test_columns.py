"""Tables whose columns have other names, and what programs leave in their cells."""

import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError, ReadingWarning

ARTICLE = ["Talks resume", "2015-03-12", "The Herald", "Ada Quill", "The army left."]
OURS = ["title", "date", "outlet", "author", "text"]
BELOW_TITLE = "Talks resume\n\nThe army left."


def read(path: Path, data: str | bytes, **options: str) -> tuple[pd.DataFrame, list[str]]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    documents, skipped = fa.read_documents(path, return_skipped=True, **options)
    return documents, skipped["reason"].tolist()


def cells(documents: pd.DataFrame) -> list[str]:
    (row,) = documents[OURS].assign(date=documents["date"].dt.strftime("%Y-%m-%d")).values
    return list(row)


@pytest.mark.parametrize(
    "names",
    [
        ["Title", "Date", "Source", "Author", "Text"],
        ["Titel", "Datum", "Medium", "Autor", "Volltext"],
        ["headline", "published_at", "source", "byline", "full_text"],
        ["Headline", "Publication Date", "Publication", "Authors", "Full Text"],
        ["title", "date_publish", "newspaper", "authors", "maintext"],
        ["Titre", "Date de publication", "Journal", "Auteur", "Texte intégral"],
        ["Kop", "Datum", "Krant", "Auteur", "Tekst"],
        ["Artikeltitel", "Veröffentlicht am", "Publikation", "Autor:in", "Inhalt"],
        ["Titre de l'article", "Date de parution", "Média", "Auteur(s)", "Contenu"],
        ["Titel", "Publicatie_datum", "Bron", "Auteur", "Inhoud"],
        ["TITLE", "DATE", "OUTLET", "AUTHOR", "TEXT"],
        ["u\u0308berschrift".upper(), "pubdate", "pubtitle", "verfasser", "FullText"],
    ],
)
def test_columns_under_other_names_are_read_as_ours_and_listed(names: list[str]) -> None:
    documents, skipped = fa.read_documents(
        pd.DataFrame([ARTICLE], columns=names), return_skipped=True
    )
    texts = ARTICLE[-1] if names[-1].casefold() == "text" else BELOW_TITLE
    assert cells(documents) == [*ARTICLE[:-1], texts]
    told = " ".join(skipped["reason"])
    for name in set(names) - set(OURS):
        assert repr(name) in told
        assert name not in documents


@pytest.mark.filterwarnings("error")
def test_names_that_are_read_as_ours_are_no_reason_for_a_warning() -> None:
    fa.read_documents(pd.DataFrame([ARTICLE], columns=["Titel", *OURS[1:]]))


@pytest.mark.parametrize("name", ["body", "FullText", "maintext", "Volltext"])
def test_a_text_of_a_service_begins_with_its_title_as_exports_do(name: str) -> None:
    bodies = {
        "One.\n\nTwo.": ["Talks resume", "One.", "Two."],
        "One.\nTwo.": ["Talks resume", "One.", "Two."],
        "One.\r\n \r\nTwo,\r\nthree.": ["Talks resume", "One.", "Two,\r\nthree."],
        "One. Two.": ["Talks resume", "One. Two."],
        "\nTALKS  resume\n\nOne.": ["TALKS  resume", "One."],
        "Talks resumed.": ["Talks resume", "Talks resumed."],
        "Talks resume on Monday.": ["Talks resume", "Talks resume on Monday."],
        "Talks resume\n\non Monday.": ["Talks resume", "on Monday."],
        "Talks resume The army left.": ["Talks resume The army left."],
    }
    table = pd.DataFrame({"Title": "Talks  resume", name: list(bodies)})
    documents, skipped = fa.read_documents(table, return_skipped=True)
    paragraphs = fa.split_paragraphs(documents)
    found = paragraphs.groupby("document_id", sort=False)["text"].agg(list).tolist()
    assert found == list(bodies.values())
    headed = paragraphs["paragraph"].eq(0) & paragraphs["text"].str.fullmatch(r"(?i)talks\s+resume")
    assert set(paragraphs.loc[headed, "role"]) == {"headline"}
    assert f"the texts were read from {name!r}, each below its title" in skipped["reason"].tolist()


def test_a_text_without_a_title_or_of_a_named_column_is_as_in_its_cell() -> None:
    table = pd.DataFrame({"title": ["Talks resume", None, "A"], "body": ["One.", "Two.\nB.", " "]})
    expected = ["Talks resume\n\nOne.", "Two.\nB.", " "]
    assert fa.read_documents(table)["text"].tolist() == expected
    for name in ("text", "Text"):
        documents = fa.read_documents(table.rename(columns={"body": name}))
        assert documents["text"].tolist() == table["body"].tolist()
    documents, skipped = fa.read_documents(table, text_column="body", return_skipped=True)
    assert documents["text"].tolist() == table["body"].tolist()
    assert skipped.empty


def test_a_column_of_our_name_comes_before_others_which_stay() -> None:
    table = pd.DataFrame([["A", "B", "C", "D."]], columns=["headline", "title", "Title", "text"])
    documents = fa.read_documents(table)
    assert documents[["title", "Title", "headline"]].values.tolist() == [["B", "C", "A"]]
    documents = fa.read_documents(table.drop(columns="title"))
    assert documents[["title", "headline"]].values.tolist() == [["C", "A"]]


def test_a_text_that_could_be_two_columns_is_refused_with_the_choice(tmp_path: Path) -> None:
    table = pd.DataFrame({"body": ["A."], "content": ["B."]})
    with pytest.raises(ReadingError, match=r"'body' and 'content'.*text_column="):
        fa.read_documents(table)
    assert fa.read_documents(table, text_column="content")["text"].tolist() == ["B."]
    documents, reasons = read(tmp_path / "a.csv", "text,full_text\nA.,All of A.\n")
    assert documents["text"].tolist() == ["A."]
    assert reasons == ["the texts are those of 'text', not of 'full_text'"]


def test_metadata_that_could_be_two_columns_are_left_empty_with_the_choice() -> None:
    table = pd.DataFrame({"text": ["A."], "Source": ["Herald"], "Medium": ["print"]})
    documents, skipped = fa.read_documents(table, return_skipped=True)
    assert documents["outlet"].isna().all()
    assert documents[["Source", "Medium"]].values.tolist() == [["Herald", "print"]]
    (reason,) = skipped["reason"]
    assert "'Source' and 'Medium'" in reason
    assert "rename" in reason
    with pytest.warns(ReadingWarning, match="'Source' and 'Medium'"):
        fa.read_documents(table)


def test_a_named_text_column_is_found_whatever_its_case() -> None:
    table = pd.DataFrame({"Story": ["A."], "body": ["B."]})
    assert fa.read_documents(table, text_column="story")["text"].tolist() == ["A."]


def test_metadata_beside_articles_have_other_names_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The army left.")
    (tmp_path / "metadata.csv").write_text("File,Datum,Zeitung\na.txt,12.03.2015,Herald\n")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["outlet"].tolist() == ["Herald"]
    assert "'Zeitung' as 'outlet'" in " ".join(skipped["reason"])


@pytest.mark.parametrize("name", ["Filename", "file name", "Datei", "fichier", "Bestandsnaam"])
def test_metadata_below_a_title_name_their_files_in_other_words(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("The army left.")
    (tmp_path / "metadata.csv").write_text(f"My list\n{name};Zeitung\na.txt;Herald\n")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["outlet"].tolist() == ["Herald"]
    assert "its header was found in line 2, below other lines" in skipped["reason"].tolist()


def test_a_file_metadata_csv_of_a_service_is_a_table_of_articles(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text("Title,FullText\nTalks,The army left.\n")
    assert fa.read_documents(tmp_path)["text"].tolist() == ["Talks\n\nThe army left."]
    (tmp_path / "a.txt").write_text("It rained.")
    (tmp_path / "metadata.csv").write_text("Filename,Title,FullText\na.txt,Talks,The army left.\n")
    documents = fa.read_documents(tmp_path)
    assert documents[["title", "text"]].values.tolist() == [["Talks", "It rained."]]


def test_objects_and_lists_in_json_are_read_by_their_names(tmp_path: Path) -> None:
    article = {
        "title": {"rendered": "Talks resume"},
        "date": "2015-03-12",
        "source": {"uri": "herald.example", "title": "The Herald"},
        "authors": [{"name": "Ada Quill", "type": "author"}, {"name": "Ben Marsh"}],
        "body": "The army left.",
        "tags": ["army"],
    }
    for name, data in {
        "a.jsonl": json.dumps(article),
        "list.json": json.dumps([article]),
        "one.json": json.dumps(article),
        "lines.json": f"{json.dumps(article)}\n{json.dumps(article)}",
        "answer.json": json.dumps({"status": "ok", "articles": [article]}),
        "results.json": json.dumps({"articles": {"count": 1, "results": [article]}}, indent=1),
    }.items():
        documents, _ = read(tmp_path / name, data)
        expected = ["Talks resume", "2015-03-12", "The Herald", "Ada Quill, Ben Marsh", BELOW_TITLE]
        assert cells(documents.head(1)) == expected
        assert documents["tags"].iloc[0] == '["army"]'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('{"news": [{"text": "A."}], "sport": [{"text": "B."}]}', "of 'news.text', 'sport.text'$"),
        ("[1, 2]", "no objects"),
        ('{"text": "A."', "not valid JSON"),
        ('{"text": "A.", "text": "B."}', "'text' stands twice"),
        ('{"articles": []}', "no column 'text'"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_json_without_one_list_of_articles_is_refused(
    tmp_path: Path, data: str, reason: str
) -> None:
    with pytest.raises(ReadingError, match=reason):
        read(tmp_path / "a.json", data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "cloud2.csv",
            "id,media_name,publish_date,title,url\na,Herald,2015-03-12,Talks,a.example\n",
        ),
        ("own.csv", "day,where\n2015-03-12,https://a.example/1\n"),
        ("events.csv", "GLOBALEVENTID,SQLDATE,SOURCEURL\n1,20150312,https://a.example\n"),
        ("bare.csv", "https://a.example/1\nhttps://a.example/2\n"),
        ("ArtList.csv", "URL,MobileURL,Date,Title\nhttps://a.example,,2015-03-12,Talks\n"),
        ("cloud.csv", "id,publish_date,title,url\n1,2015-03-12,Talks,https://a.example\n"),
        ("20150312.export.CSV", "\t".join(["1100000000", "20150312", *["USA"] * 58, "https://a"])),
        ("20150312.gkg.csv", "\t".join(["20150312000000-0", *[""] * 25, "https://a"])),
    ],
)
def test_a_list_of_links_is_refused_as_such(tmp_path: Path, name: str, data: str) -> None:
    with pytest.raises(ReadingError, match="holds no texts, only links"):
        read(tmp_path / name, data)


def test_a_table_with_links_and_longer_cells_is_asked_for_its_texts(tmp_path: Path) -> None:
    post = "The army left the town said the mayor. " * 5
    with pytest.raises(ReadingError, match="only 'URL', 'Story'; name it with text_column="):
        read(tmp_path / "posts.csv", f"URL,Story\nhttps://a.example,{post}\n")
    answer = json.dumps([{"webUrl": "https://a.example", "fields": {"story": post}}])
    with pytest.raises(ReadingError, match=r"only 'webUrl', 'fields\.story'"):
        read(tmp_path / "answer.json", answer)
    (tmp_path / "links.txt").write_text("https://a.example/1\n\nwww.a.example/2\n")
    with pytest.raises(ReadingError, match="no text, only links"):
        fa.read_documents(tmp_path / "links.txt")


def test_a_row_that_repeats_the_header_is_left_out_with_a_note(tmp_path: Path) -> None:
    documents, reasons = read(tmp_path / "a.csv", "Title,Text\nA,One.\nTitle,Text\nB,Two.\n")
    assert documents["document_id"].tolist() == ["a#1", "a#3"]
    assert "it repeats the names of the columns; remove the row" in reasons


def test_a_wrong_name_of_the_texts_names_the_columns_also_beside_links() -> None:
    table = pd.DataFrame({"url": ["https://a.example"], "text": ["A."]})
    with pytest.raises(ReadingError, match="no column 'story' with the texts, only 'url', 'text'"):
        fa.read_documents(table, text_column="story")


def test_a_table_without_a_header_is_refused_without_its_texts(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="write the names of the columns above") as error:
        read(tmp_path / "a.csv", f"1,Talks,{'The army left. ' * 50}\n2,Talks,It rained.\n")
    assert len(str(error.value)) < 300


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("sep=;\nid;text\n1;A, b.\n", "set apart by ';', as its first line says"),
        ("id|text\n1|A, b.\n", r"set apart by '|'"),
        ("Export of 7 June\n\nid;text\n1;A, b.\n", "header was found in line 3"),
        ("Herkunft;Content\nid;text\n1;A, b.\n", "header was found in line 2"),
        ("Export, 7 June\nSearch: talks\nid;text\n1;A, b.\n", "header was found in line 3"),
    ],
)
def test_what_programs_write_above_and_between_columns_is_read_and_listed(
    tmp_path: Path, data: str, reason: str
) -> None:
    documents, reasons = read(tmp_path / "a.csv", data)
    assert documents[["document_id", "text"]].values.tolist() == [["1", "A, b."]]
    assert reason in " ".join(reasons)


@pytest.mark.parametrize("data", ["text\nid;body\n", "story,kind\nid,text\n", "text\nsep=;\n"])
def test_a_row_that_looks_like_a_header_stays_a_row(tmp_path: Path, data: str) -> None:
    column = data.split("\n")[0].split(",")[0]
    documents, reasons = read(tmp_path / "a.csv", data, text_column=column)
    assert len(documents) == 1
    assert not reasons


def test_a_table_that_excel_saved_as_unicode_text_is_a_table(tmp_path: Path) -> None:
    data = "id\tTitle\ttext\r\n1\tTalks\tThe army left.\r\n".encode("utf-16")
    documents, reasons = read(tmp_path / "a.txt", data)
    assert documents[["document_id", "title", "text"]].values.tolist() == [
        ["1", "Talks", "The army left."]
    ]
    assert "read as a table" in " ".join(reasons)
    documents, reasons = read(tmp_path / "a.txt", "Export of 7 June\n\nTitel\tVolltext\nA\tB.\n")
    assert documents["text"].tolist() == ["A\n\nB."]
    assert "its header was found in line 3, below other lines" in reasons
    documents, reasons = read(tmp_path / "c.txt", "Inhalt\tSeite\nWar and peace\t7\n")
    assert documents["document_id"].tolist() == ["c"]
    documents, reasons = read(tmp_path / "b.txt", "The text\tof a page\n\nThe army left.")
    assert documents["document_id"].tolist() == ["b"]
    assert not reasons


def test_a_workbook_with_a_title_above_its_header_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Export of 7 June", None], [None, None], ["id", "text"], [7, "The army left."]):
        book.worksheets[0].append(row)
    data = io.BytesIO()
    book.save(data)
    for name in ("a.xlsx", "new_kind.xls"):
        documents, reasons = read(tmp_path / name, data.getvalue())
        assert documents["document_id"].tolist() == ["7"]
        assert documents["text"].tolist() == ["The army left."]
        assert reasons == ["its header was found in row 3, below other rows"]


def test_the_sheet_that_names_texts_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["How we searched"])
    for title in ("Empty", "Articles", "More"):
        sheet = book.create_sheet(title)
        for row in [["Titel", "Volltext"], ["Talks", "The army left."]] if title != "Empty" else []:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    for name in ("a.xlsx", "new_kind.xls"):
        documents, reasons = read(tmp_path / name, data.getvalue())
        assert documents["text"].tolist() == ["Talks\n\nThe army left."]
        assert "only the sheet 'Articles' was read, not 'Sheet', 'Empty', 'More'" in reasons


def test_merged_cells_of_several_rows_are_listed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    rows = [["Export", None], ["outlet", "text"], ["Herald", "One."], [None, "Two."]]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    data = io.BytesIO()
    book.save(data)
    _, reasons = read(tmp_path / "a.xlsx", data.getvalue())
    assert reasons == ["its header was found in row 2, below other rows"]
    sheet.merge_cells("A3:A4")
    book.save(data := io.BytesIO())
    documents, reasons = read(tmp_path / "a.xlsx", data.getvalue())
    assert documents["outlet"].isna().tolist() == [False, True]
    assert "cells of several rows are merged, first in row 3" in " ".join(reasons)


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"<table>"])
def test_a_damaged_workbook_of_the_old_kind_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ReadingError, match=r"no workbook of the \.xls kind, or damaged"):
        read(tmp_path / "a.xls", data)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 32_767, "the most that a cell of Excel holds"),
        ("\U0001f600" + "a" * 32_765, "the most that a cell of Excel holds"),
        # Blanks at the end are often taken away, and some count bytes.
        ("a" * 32_760, "the most that a cell of Excel holds"),
        ("\u00e9" * 32_767 + "a", "the most that a field of MySQL holds"),
        ("a" * 65_535, "the most that a field of MySQL holds"),
        ("The army left the… [+1311 chars]", "its text is cut, as its end says"),
    ],
)
def test_a_text_that_is_cut_is_listed_with_its_row(text: str, reason: str) -> None:
    table = pd.DataFrame({"text": ["The army left.", text]})
    documents, skipped = fa.read_documents(table, return_skipped=True)
    assert documents["text"].tolist() == ["The army left.", text]
    assert skipped["row"].tolist() == [2]
    assert reason in skipped["reason"].iloc[0]


def test_a_text_that_ends_by_itself_below_a_limit_is_not_listed() -> None:
    table = pd.DataFrame({"text": ["a" * 32_750 + ".", "a" * 32_700, "a" * 32_768]})
    _, skipped = fa.read_documents(table, return_skipped=True)
    assert skipped.empty


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<p>The army left.</p><p>It rained.</p>", "2 texts hold marks of web pages, such as <p>"),
        ("It rained.<br />The army left.", "such as <br />"),
        ("&quot;The army left,&quot; she said.", "such as &quot;"),
        ("It&rsquo;s over.", "such as &rsquo;"),
        ("<table><tr><td>The army left.</td></tr></table>", "such as <table>"),
        ("L'armÃ©e est partie.", "wrongly decoded characters, such as Ã©"),
    ],
)
def test_what_web_pages_and_wrong_decoding_leave_in_cells_is_counted(
    text: str, reason: str
) -> None:
    table = pd.DataFrame({"text": [text, "5 < 7 & 9 > 8: L'armée est partie.", text]})
    _, skipped = fa.read_documents(table, return_skipped=True)
    assert len(skipped) == 1
    assert reason in skipped["reason"].iloc[0]


def test_who_speaks_a_text_may_stand_in_its_table() -> None:
    table = pd.DataFrame({"text": ["Aid is late."], "turn_speaker": ["Ada Quill"]})
    documents, skipped = fa.read_documents(table, return_skipped=True)
    assert skipped.empty
    assert fa.split_paragraphs(documents)["turn_speaker"].tolist() == ["Ada Quill"]
