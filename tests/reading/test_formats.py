"""Web pages, Word, PDF and Excel files give the paragraphs that a reader sees."""

from contextlib import suppress
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError
from analysis.tables.checks import check_table
from tests.reading.making import (
    change_docx,
    make_docx,
    make_eml,
    make_epub,
    make_html,
    make_mhtml,
    make_odt,
    make_pdf,
    make_rtf,
    paragraphs_of,
    write_pdf,
)

LONG = "The army crossed the river at dawn and the talks were broken off, officials said. " * 4


def read(path: Path) -> tuple[pd.Series, list[str], list[str]]:
    """Return the one document of a file, its paragraphs and the notes on it."""
    documents, skipped = fa.read_documents(path, return_skipped=True)
    check_table(documents, "documents")
    paragraphs = fa.split_paragraphs(documents)
    check_table(paragraphs, "paragraphs")
    [(_, document)] = documents.iterrows()
    return document, paragraphs["text"].tolist(), skipped["reason"].tolist()


def page(tmp_path: Path, body: str, head: str = "") -> tuple[pd.Series, list[str], list[str]]:
    path = tmp_path / "page.html"
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return read(path)


MAKERS = {
    "docx": make_docx,
    "eml": make_eml,
    "epub": make_epub,
    "html": make_html,
    "mhtml": make_mhtml,
    "odt": make_odt,
    "pdf": make_pdf,
    "rtf": make_rtf,
}


@pytest.mark.parametrize("ending", ["txt", *MAKERS])
def test_an_article_has_the_same_paragraphs_in_every_format(
    tmp_path: Path, articles_folder: Path, ending: str
) -> None:
    for source in sorted(articles_folder.glob("*.txt"))[:4]:
        wanted = paragraphs_of(source)
        path = tmp_path / f"{source.stem}.{ending}"
        if ending == "txt":
            path.write_text("\n\n".join(wanted), encoding="utf-8")
        else:
            MAKERS[ending](wanted, path)
        document, paragraphs, _ = read(path)
        assert paragraphs == wanted
        assert document["title"] == wanted[0]


# Web pages


def test_a_page_says_its_outlet_date_and_language(tmp_path: Path) -> None:
    make_html(["Talks resume", LONG], tmp_path / "a.html")
    document, _, _ = read(tmp_path / "a.html")
    assert document["outlet"] == "The Daily Example"
    assert document["date"] == pd.Timestamp("2024-05-14")
    assert document["language"] == "en"


def test_a_date_in_the_text_is_not_taken_for_the_date_of_the_page(tmp_path: Path) -> None:
    document, _, _ = page(tmp_path, f"<article><p>On 3 March 1999 it began. {LONG}</p></article>")
    assert pd.isna(document["date"])


def test_blocks_and_line_breaks_never_glue_words_together(tmp_path: Path) -> None:
    """I17."""
    _, paragraphs, _ = page(
        tmp_path,
        f"<article><p>{LONG}</p><p>border<br>security</p><table><tr><td>cell one</td>"
        f"<td>cell two</td></tr></table><p>first</p>loose text<h4>head</h4><p>{LONG}</p></article>",
    )
    assert paragraphs[1:-1] == [
        "border\nsecurity",
        "cell one",
        "cell two",
        "first",
        "loose text",
        "head",
    ]


def test_a_paragraph_outside_the_content_stands_once(tmp_path: Path) -> None:
    """I18."""
    _, paragraphs, _ = page(
        tmp_path, f"<div class=content><p>{LONG}</p></div><p>Outside of it. {LONG}</p>"
    )
    assert sum("Outside of it" in text for text in paragraphs) <= 1
    assert sum(text == LONG.strip() for text in paragraphs) == 1


def test_the_same_page_gives_the_same_text_every_time(tmp_path: Path) -> None:
    """I19."""
    for n in range(6):
        make_html(["Talks resume", LONG, LONG, "Envoys met."], tmp_path / f"{n}.html")
    documents = fa.read_documents(tmp_path)
    assert documents["sha256"].tolist() == [documents["sha256"].iloc[0]] * 6


def test_a_paragraph_within_a_thousand_blocks_is_found(tmp_path: Path) -> None:
    """I20."""
    body = "<div>" * 1_000 + f"<p>{LONG}</p>" + "</div>" * 1_000
    _, paragraphs, _ = page(tmp_path, body)
    assert paragraphs == [LONG.strip()]


def test_scripts_comments_and_hidden_elements_are_no_text(tmp_path: Path) -> None:
    """I21."""
    _, paragraphs, _ = page(
        tmp_path,
        f"<article><p>{LONG}</p><script>SECRET</script><style>SECRET</style><!-- SECRET -->"
        '<p style="display: none">SECRET</p><p hidden>SECRET</p><noscript>SECRET</noscript>'
        f'<p>Seen <span style="DISPLAY:NONE">SECRET</span>by all.</p><p>{LONG}</p></article>',
    )
    assert not any("SECRET" in text for text in paragraphs)
    assert "Seen by all." in paragraphs


def test_entities_are_characters_that_match(tmp_path: Path) -> None:
    """I22."""
    _, paragraphs, _ = page(
        tmp_path, f"<article><p>{LONG}</p><p>national&nbsp;security co&shy;operation</p></article>"
    )
    made = fa.split_paragraphs(fa.documents_from_texts([paragraphs[-1]]))
    lexicon = fa.lexicon_from_dict("test", {"k": ["national security", "cooperation"]})
    assert fa.find_hits(made, lexicon)["entry"].tolist() == ["national security", "cooperation"]


def test_a_page_with_few_words_is_flagged(tmp_path: Path) -> None:
    """I23."""
    _, _, notes = page(tmp_path, "<p>We use cookies. Accept all to go on.</p>")
    assert any("cookies, a paywall or an error" in note for note in notes)


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        (b"<meta charset=iso-8859-1><p>\x93Talks\x94 resume</p>", "“Talks” resume", ""),
        (b"<meta charset=ascii><p>\xe2\x80\x9cTalks\xe2\x80\x9d</p>", "“Talks”", ""),
        (b"<p>Caf\xe9 talks</p>", "Café talks", "guessed as cp1252"),
        (b"<meta charset=utf-8><p>Caf\xe9 talks</p>", "Caf\ufffd talks", "replaced by U+FFFD"),
        ("<p>Café talks</p>".encode("utf-16"), "Café talks", ""),
        (b"<?xml version='1.0' encoding='x-no'?><p>Talks</p>", "Talks", ""),
        (b"<meta charset=koi8-r><p>\xf0\xc5\xd2\xc5</p>", "Пере", ""),
    ],
)
def test_pages_are_decoded_as_browsers_do(
    tmp_path: Path, data: bytes, text: str, note: str
) -> None:
    """I06."""
    (tmp_path / "a.html").write_bytes(data)
    _, paragraphs, notes = read(tmp_path / "a.html")
    assert paragraphs == [text]
    assert not note or any(note in reason for reason in notes)


@pytest.mark.parametrize("data", [b"", b" \n", b"<html></html>", b"<script>x</script>", b"\x00"])
def test_a_page_without_text_is_listed_and_not_lost(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.html").write_bytes(data)
    with pytest.raises(ReadingError, match=r"a\.html"):
        fa.read_documents(tmp_path / "a.html")


# Word files


def test_runs_of_one_word_are_joined(tmp_path: Path) -> None:
    """I24."""
    document = docx.Document()
    paragraph = document.add_paragraph("national secu")
    paragraph.add_run("rity").bold = True
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx")[1] == ["national security"]


def test_tables_are_read_in_their_place_and_headers_counted(tmp_path: Path) -> None:
    """I25."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "HEAD"
    document.sections[0].footer.paragraphs[0].text = "FOOT"
    document.add_paragraph("Before the table.")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "one cell", "two cells"
    document.add_paragraph("After the table.")
    document.save(str(tmp_path / "a.docx"))
    _, paragraphs, notes = read(tmp_path / "a.docx")
    assert paragraphs == ["Before the table.", "one cell", "two cells", "After the table."]
    assert notes == ["left out: 2 headers and footers"]


def test_a_text_box_is_read_once_after_the_paragraph_around_it(tmp_path: Path) -> None:
    """I25."""
    make_docx(["Title", "ANCHOR", "After."], tmp_path / "a.docx")
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        f'2006"><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    change_docx(
        tmp_path / "a.docx",
        "<w:r><w:t>ANCHOR</w:t></w:r>",
        f"<w:r><w:t>Anchor.</w:t></w:r><w:r>{alternate}</w:r>",
    )
    assert read(tmp_path / "a.docx")[1] == ["Title", "Anchor.", "In the box.", "After."]


def test_tracked_changes_read_as_accepted(tmp_path: Path) -> None:
    """I26."""
    make_docx(["Title", "CHANGED"], tmp_path / "a.docx")
    change_docx(
        tmp_path / "a.docx",
        "<w:r><w:t>CHANGED</w:t></w:r>",
        "<w:r><w:t>Talks </w:t></w:r>"
        '<w:ins w:id="1" w:author="a"><w:r><w:t>INSERTED</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>DELETED threat</w:delText></w:r></w:del>'
        '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>OLD PLACE</w:t></w:r></w:moveFrom>',
    )
    assert read(tmp_path / "a.docx")[1] == ["Title", "Talks INSERTED"]


def test_tabs_breaks_and_special_hyphens_are_kept(tmp_path: Path) -> None:
    make_docx(["Title", "SIGNS"], tmp_path / "a.docx")
    change_docx(
        tmp_path / "a.docx",
        "<w:t>SIGNS</w:t>",
        "<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>asylum</w:t><w:noBreakHyphen/>"
        "<w:t>seeker</w:t>",
    )
    assert read(tmp_path / "a.docx")[1] == ["Title", "a b\nasylum\u2011seeker"]


def test_a_word_file_without_text_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    with pytest.raises(ReadingError, match="holds no text"):
        fa.read_documents(tmp_path / "a.docx")
    (tmp_path / "b.docx").write_bytes(b"\xd0\xcf\x11\xe0 an old Word file")
    with pytest.raises(ReadingError, match=r"no Word file of the \.docx kind"):
        fa.read_documents(tmp_path / "b.docx")


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    make_docx(["Title", "ENTITY"], tmp_path / "a.docx")
    (tmp_path / "secret.txt").write_text("SECRET", encoding="utf-8")
    change_docx(tmp_path / "a.docx", "ENTITY", "&e;")
    change_docx(
        tmp_path / "a.docx",
        "<w:document ",
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]><w:document ',
    )
    # Refusing the file is as good as reading it without the entity.
    with suppress(ReadingError):
        assert not any("SECRET" in text for text in read(tmp_path / "a.docx")[1])


# PDF files


def test_running_heads_are_dropped_and_pages_kept(tmp_path: Path) -> None:
    texts = ["Title of it", *(f"Paragraph {n}. {LONG}" for n in range(14))]
    make_pdf(texts, tmp_path / "a.pdf")
    documents, skipped = fa.read_documents(tmp_path / "a.pdf", return_skipped=True)
    paragraphs = fa.split_paragraphs(documents)
    assert not paragraphs["text"].str.contains("Daily Example|Page 2").any()
    assert "4 running heads and page numbers were left out" in skipped["reason"].iloc[0]
    pages = paragraphs["page_in_file"].tolist()
    assert pages == sorted(pages)
    assert set(pages) == {1, 2}


def test_a_paragraph_that_goes_on_over_the_page_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_pdf(
        [["The talks went on at the", "river, where nobody was"], ["willing to stop.", "", "End."]],
        path,
    )
    document, paragraphs, _ = read(path)
    assert paragraphs == [
        "The talks went on at the river, where nobody was willing to stop.",
        "End.",
    ]
    assert fa.split_paragraphs(pd.DataFrame([document]))["page_in_file"].tolist() == [1, 2]


def test_indented_paragraphs_without_gaps_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    full = "The delegates of both sides met again at the bridge in the early morning hours"
    lines = [full, "and went on.", "      A second paragraph begins here, set in by a few blanks,"]
    write_pdf([[*lines, full, "and ended."]], path)
    assert len(read(path)[1]) == 2


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Border secu-", "rity policy is new."], "Border security policy is new."),
        (["An asylum-", "seeker came."], "An asylum-seeker came."),
        (["In Karst-", "ed they met, in Karsted."], "In Karsted they met, in Karsted."),
        (["The years 1990-", "2000 were long."], "The years 1990-2000 were long."),
        (["The talks -", "if any - failed."], "The talks - if any - failed."),
        (["A pre-", "Brexit vote."], "A pre-Brexit vote."),
    ],
)
def test_hyphens_at_line_ends_go_unless_they_join_two_words(
    tmp_path: Path, lines: list[str], text: str
) -> None:
    """I32."""
    write_pdf([lines], tmp_path / "a.pdf")
    assert read(tmp_path / "a.pdf")[1] == [text]


def test_a_pdf_of_pictures_asks_for_text_recognition(tmp_path: Path) -> None:
    write_pdf([[]], tmp_path / "a.pdf")
    with pytest.raises(ReadingError, match="no text layer"):
        fa.read_documents(tmp_path / "a.pdf")


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    write_pdf([["Talks resume."], []], tmp_path / "a.pdf")
    [note] = read(tmp_path / "a.pdf")[2]
    assert note.startswith("no text was found on 1 of 2 pages (2)")


def test_what_is_stamped_on_pictures_of_pages_is_no_text_of_theirs(tmp_path: Path) -> None:
    write_pdf([[], [], [], []], tmp_path / "a.pdf", heads=True)
    with pytest.raises(ReadingError, match="no text layer"):
        fa.read_documents(tmp_path / "a.pdf")
    write_pdf([["Talks resumed on Monday."], [], [], []], tmp_path / "a.pdf", heads=True)
    assert any("no text was found on 3 of 4" in note for note in read(tmp_path / "a.pdf")[2])


def test_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    with pytest.raises(ReadingError, match="no PDF file, or damaged"):
        fa.read_documents(tmp_path / "a.pdf")


# Workbooks


def write_workbook(path: Path, *rows: list[object], more: str = "") -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if more:
        book.create_sheet(more)
    book.save(path)


def test_the_rows_of_the_first_sheet_are_documents(tmp_path: Path) -> None:
    write_workbook(
        tmp_path / "week.xlsx",
        ["text", "date", "page"],
        ["Talks resume.", pd.Timestamp("2024-05-14").to_pydatetime(), 4],
        [None, None, None],
        ["NA", "2024-05-15", None],
        more="notes",
    )
    documents, skipped = fa.read_documents(tmp_path / "week.xlsx", return_skipped=True)
    assert documents["text"].tolist() == ["Talks resume.", "NA"]
    assert documents["document_id"].tolist() == ["week#1", "week#3"]
    assert documents["date"].tolist() == [pd.Timestamp("2024-05-14"), pd.Timestamp("2024-05-15")]
    assert documents["page"].tolist()[0] == 4
    assert "only the first sheet 'Sheet' was read, not 'notes'" in skipped["reason"].iloc[0]


def test_a_workbook_without_the_column_says_which_it_has(tmp_path: Path) -> None:
    write_workbook(tmp_path / "week.xlsx", ["title", "story"], ["A", "B"])
    with pytest.raises(
        ReadingError, match="no column 'text' with the texts, only 'title', 'story'"
    ):
        fa.read_documents(tmp_path / "week.xlsx")
    documents = fa.read_documents(tmp_path / "week.xlsx", text_column="story")
    assert documents["text"].tolist() == ["B"]


def test_an_empty_or_false_workbook_is_refused(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx")
    with pytest.raises(ReadingError, match="is empty"):
        fa.read_documents(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"text\nTalks\n")
    with pytest.raises(ReadingError, match="no workbook"):
        fa.read_documents(tmp_path / "b.xlsx")


def test_tabs_separate_the_columns_of_tsv_files(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("text\tpage\nTalks, resumed.\t4\n", encoding="utf-8")
    documents = fa.read_documents(tmp_path / "a.tsv")
    assert documents[["text", "page"]].values.tolist() == [["Talks, resumed.", "4"]]


# All of them


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx", "a.html"])
def test_an_empty_file_is_called_empty_whatever_its_kind(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(ReadingError, match="the file is empty; put an article in it"):
        fa.read_documents(tmp_path)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_false_file_is_told_in_plain_words(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no archive")
    with pytest.raises(ReadingError, match=r"or damaged; open it in a .* save it as") as error:
        fa.read_documents(tmp_path)
    assert "zip" not in str(error.value)


def test_a_row_of_a_workbook_is_named_by_its_number_in_the_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for cells in ([None], ["text", "date"], ["Talks.", "2024-05-14"], ["Aid.", "spring"]):
        book.active.append(cells)
    book.save(tmp_path / "week.xlsx")
    _, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert skipped[["row", "line"]].values.tolist() == [[2, 4]]
