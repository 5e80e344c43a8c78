"""OpenDocument files, e-books, documents of Google and .rtf files give what their readers see."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError
from tests.reading.making import HIDDEN, ODF, write_epub, write_odt


def read(path: Path) -> tuple[pd.Series, list[str], list[str]]:
    """Return the one document of a file, its paragraphs and the notes on it."""
    documents, skipped = fa.read_documents(path, return_skipped=True)
    paragraphs = fa.split_paragraphs(documents)["text"].tolist()
    [(_, document)] = documents.iterrows()
    return document, paragraphs, skipped["reason"].tolist()


# OpenDocument


def test_spaces_tabs_and_line_breaks_of_odt_files_part_words(tmp_path: Path) -> None:
    body = (
        "<text:p>One<text:s/>two<text:s text:c='3'/>three<text:tab/>four<text:line-break/>five "
        "<text:span>six</text:span></text:p><text:p/><text:list><text:list-item><text:p>item"
        "</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell>"
        "<text:p>Cell one</text:p></table:table-cell><table:table-cell><text:p>Cell two</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    write_odt(body, tmp_path / "a.odt")
    _, paragraphs, notes = read(tmp_path / "a.odt")
    assert paragraphs == ["One two three four\nfive six", "item", "Cell one", "Cell two"]
    assert notes == []


def test_notes_comments_and_deletions_of_odt_files_are_left_out_and_counted(
    tmp_path: Path,
) -> None:
    note = "<text:note{}><text:note-citation>1</text:note-citation><text:note-body><text:p>SECRET"
    note += "</text:p></text:note-body></text:note>"
    endnote = note.format(' text:note-class="endnote"')
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>SECRET</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        f"<text:p>Talks{note.format('')} resume{endnote}<office:annotation><text:p>SECRET</text:p>"
        "</office:annotation>.<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box>"
        "<svg:title>SECRET</svg:title><svg:desc>SECRET</svg:desc></draw:frame></text:p>"
    )
    heads = "<style:header><text:p>SECRET</text:p></style:header><style:footer><text:p/>"
    styles = f"<office:document-styles {ODF}>{heads}</style:footer></office:document-styles>"
    write_odt(body, tmp_path / "a.odt", styles=styles)
    _, paragraphs, notes = read(tmp_path / "a.odt")
    assert paragraphs == ["Talks resume.", "In a box."]
    [told] = notes
    assert set(told.removeprefix("left out: ").split(", ")) == {
        "1 footnotes",
        "1 endnotes",
        "1 comments",
        "1 tracked deletions",
        "1 headers and footers",
    }


@pytest.mark.parametrize(
    ("styles", "inside"),
    [
        (HIDDEN, '<text:span text:style-name="H">two words</text:span>'),
        (
            f'{HIDDEN}<style:style style:name="I" style:parent-style-name="H"/>',
            '<text:span text:style-name="I">two words</text:span>',
        ),
        (HIDDEN, '</text:p><text:p text:style-name="H">two words'),
        ("", '</text:p><text:section text:display="none"><text:p>two words</text:p></text:section>'
         "<text:p>"),
    ],
)  # fmt: skip
def test_hidden_words_of_odt_files_are_left_out_and_counted(
    tmp_path: Path, styles: str, inside: str
) -> None:
    write_odt(f"<text:p>Talks resume.{inside}</text:p>", tmp_path / "a.odt", styles)
    _, paragraphs, notes = read(tmp_path / "a.odt")
    assert paragraphs == ["Talks resume."]
    assert notes == ["left out: 2 words formatted as hidden"]


def test_an_odt_file_has_the_title_of_its_properties(tmp_path: Path) -> None:
    title = '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">Talks &amp; aid</dc:title>'
    meta = f"<office:document-meta {ODF}><office:meta>{title}</office:meta></office:document-meta>"
    write_odt("<text:p>Envoys met.</text:p>", tmp_path / "a.odt", meta=meta)
    document, paragraphs, _ = read(tmp_path / "a.odt")
    assert (document["title"], paragraphs) == ("Talks & aid", ["Envoys met."])


@pytest.mark.parametrize(
    ("body", "manifest", "reason"),
    [
        ("<text:p>x</text:p>", "<m><encryption-data/></m>", "needs a password"),
        ("<text:p/>", "<m/>", "holds no text"),
        ("<text:p>", "<m/>", "damaged"),
        ("<text:p>&lol;</text:p>", "<m/>", "damaged"),
    ],
)
def test_an_odt_file_without_text_is_refused(
    tmp_path: Path, body: str, manifest: str, reason: str
) -> None:
    write_odt(body, tmp_path / "a.odt", **{"META-INF/manifest": manifest})
    with pytest.raises(ReadingError, match=reason):
        fa.read_documents(tmp_path / "a.odt")


def test_entities_and_endless_nesting_in_odt_files_break_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "SECRET">]><a>&b;</a>')
    deep = "<text:p>" * 5_000 + "Talks resume." + "</text:p>" * 5_000
    write_odt(deep, tmp_path / "b.odt")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["text"].tolist() == ["Talks resume."]
    assert "damaged" in skipped["reason"].tolist()[0]


# E-books


def test_a_book_is_one_document_in_the_order_of_its_spine(tmp_path: Path) -> None:
    metadata = (
        "<dc:title>Borders</dc:title><dc:creator>Ada Quill</dc:creator><dc:creator>Ivo Kand"
        "</dc:creator><dc:language>en</dc:language>"
        '<dc:date xmlns:opf="o" opf:event="modification">2025-01-01</dc:date>'
        "<dc:date>2024-05-14</dc:date>"
    )
    write_epub(["<h1>One</h1><p>First.</p>", "<p>Second&#32;part.</p>"], tmp_path / "a.epub",
               metadata)  # fmt: skip
    document, paragraphs, notes = read(tmp_path / "a.epub")
    assert paragraphs == ["One", "First.", "Second part."]
    assert notes == []
    assert document["title"] == "Borders"
    assert document["author"] == "Ada Quill, Ivo Kand"
    assert document["language"] == "en"
    assert document["date"] == pd.Timestamp("2024-05-14")


def test_notes_and_page_numbers_in_books_are_left_out(tmp_path: Path) -> None:
    chapter = (
        '<p xmlns:epub="e">Talks<a epub:type="noteref" href="#n">1</a> resume'
        '<span epub:type="pagebreak">42</span>.<a class="footnote-ref" href="#m">2</a></p>'
        '<aside xmlns:epub="e" epub:type="footnote" id="n"><p>SECRET</p></aside>'
        '<section class="footnotes" id="m"><p>SECRET</p></section><p>Aid is late.</p>'
    )
    write_epub([chapter], tmp_path / "a.epub")
    _, paragraphs, notes = read(tmp_path / "a.epub")
    assert paragraphs == ["Talks resume.", "Aid is late."]
    assert notes == ["left out: 2 footnotes"]


def test_what_stands_beside_the_text_of_a_book_is_listed(tmp_path: Path) -> None:
    spine = '<itemref idref="i1"/><itemref idref="i0" linear="no"/><itemref idref="nothing"/>'
    write_epub(["<p>Apart.</p>", "<p>Text.</p>"], tmp_path / "a.epub", spine=spine)
    _, paragraphs, notes = read(tmp_path / "a.epub")
    assert paragraphs == ["Text."]
    assert "stand apart" in notes[0]
    assert "text/c002.xhtml" in notes[0]


def test_a_book_without_a_list_of_its_chapters_is_read_with_a_note(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as archive:
        archive.writestr("b.xhtml", "<html><body><p>Second.</p></body></html>")
        archive.writestr("a.xhtml", "<html><body><p>First.</p></body></html>")
    _, paragraphs, notes = read(tmp_path / "a.epub")
    assert paragraphs == ["First.", "Second."]
    assert "order of their names" in notes[0]


def test_a_book_that_is_locked_or_empty_or_none_is_refused(tmp_path: Path) -> None:
    for n, chapter in enumerate(["<p>Locked.</p>", "<img/>"]):
        write_epub([chapter], tmp_path / f"{n}.epub")
    with zipfile.ZipFile(tmp_path / "0.epub", "a") as archive:
        link = '<e><CipherReference URI="OEBPS/text/c001.xhtml"/></e>'
        archive.writestr("META-INF/encryption.xml", link)
    (tmp_path / "2.epub").write_bytes(b"no book")
    (tmp_path / "good.txt").write_text("Good.", encoding="utf-8")
    _, skipped = fa.read_documents(tmp_path, return_skipped=True)
    reasons = skipped["reason"].tolist()
    for reason, told in zip(
        ("locked by its publisher", "no text", "damaged"), reasons, strict=True
    ):
        assert reason in told


# Google Docs


GOOGLE = (
    "<html><head><style>@import url(https://themes.googleusercontent.com/fonts/css?kit=a);"
    'ul.lst-kix_a-0{{list-style-type:none}}</style></head><body class="c1{}">{}</body></html>'
)
BODY = (
    '<div><p>Running head</p></div><p class="c2 title"><span>Talks resume</span></p><p class="c3">'
    '<span>Envoys met</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span> on Monday.'
    '</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><ul class="lst-kix_a-0"><li>'
    '<span>Item</span></li></ul><p class="c3"><span></span></p><hr><div><p><a href="#ftnt_ref1"'
    ' id="ftnt1">[1]</a><span>SECRET</span></p></div><div><p><a href="#cmnt_ref1" id="cmnt1">[a]'
    "</a><span>SECRET</span></p></div>"
)


@pytest.mark.parametrize("mark", [" doc-content", ""])
def test_a_document_of_google_is_read_whole_without_notes(tmp_path: Path, mark: str) -> None:
    (tmp_path / "a.html").write_text(GOOGLE.format(mark, BODY), encoding="utf-8")
    document, paragraphs, notes = read(tmp_path / "a.html")
    assert paragraphs == ["Talks resume", "Envoys met on Monday.", "Item"]
    assert document["title"] == "Talks resume"
    assert notes == ["left out: 1 footnotes, 1 comments, 1 headers and footers"]


# .rtf


def test_cells_of_rtf_files_are_paragraphs_and_bars_stay(tmp_path: Path) -> None:
    row = "\\trowd\\intbl One\\cell Two | three\\cell\\row"
    (tmp_path / "a.rtf").write_text(f"{{\\rtf1\\ansi Talks.\\par {row}\n\\pard Late.\\par}}")
    _, paragraphs, notes = read(tmp_path / "a.rtf")
    assert paragraphs == ["Talks.", "One", "Two | three", "Late."]
    assert notes == []


def test_notes_and_headers_of_rtf_files_are_left_out_and_counted(tmp_path: Path) -> None:
    body = "{\\header SECRET\\par}Talks{\\footnote SECRET} resume{\\*\\annotation SECRET}.\\par"
    (tmp_path / "a.rtf").write_text(f"{{\\rtf1\\ansi {body}}}")
    _, paragraphs, notes = read(tmp_path / "a.rtf")
    assert paragraphs == ["Talks resume."]
    assert notes == ["left out: 1 headers and footers, 1 footnotes, 1 comments"]
