"""Files of databases as they are downloaded: .rtf, .eml and .xml."""

import email.message
from pathlib import Path

import pytest

import analysis as fa
from analysis.errors import ReadingError
from analysis.tables.checks import check_table

_LINES = (
    *("News", "Boats doubled after a crossing", "By Ada Quill", "9 words", "14 May 2024"),
    *("The Herald", "HARBR", "4", "English", "(c) 2024 Harbour Press Ltd"),
    *("Crews worked through the night.", '"No comment," she said.'),
    *("Harbour Press Ltd", "Document HARBR0020240514ek5e00000"),
)


def _rtf(*pages: list[str]) -> bytes:
    written = "\\page\n".join(
        "".join(f"\\pard\\plain\\f0 {line}\\par\n" for line in lines) for lines in pages
    )
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}}\n"
    return f"{head}{written}}}".encode("ascii")


def test_an_rtf_file_of_factiva_parts_at_its_pages(tmp_path: Path) -> None:
    lines = list(_LINES)
    lines[10] = (
        'Crews {\\field{\\*\\fldinst{HYPERLINK "http://a.example"}}{\\fldrslt worked}} through the '
        "n\\'efght \\u-10179?\\u-8704?."
    )
    (tmp_path / "news.rtf").write_bytes(_rtf(lines, lines, ["Search Summary", "boats"]))
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    check_table(documents, "documents")
    assert skipped.empty
    assert documents["document_id"].tolist() == ["news_001", "news_002"]
    assert documents["text"][1].split("\n\n") == [
        "Boats doubled after a crossing",
        "Crews worked through the nïght 😀.",
        '"No comment," she said.',
    ]
    assert documents["announced_words"].tolist() == [9, 9]
    assert documents["author"].tolist() == ["Ada Quill", "Ada Quill"]


def test_any_other_rtf_file_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(_rtf(["Talks resume", "Envoys met.", "Aid is late."]))
    documents = fa.read_documents(tmp_path)
    assert documents["text"].tolist() == ["Talks resume\n\nEnvoys met.\n\nAid is late."]


def test_a_false_rtf_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(b"Talks resume.")
    with pytest.raises(ReadingError, match=r"no \.rtf file; open it in a word processor"):
        fa.read_documents(tmp_path)


_PAGE = """<html><body><p>Email 1 of 1</p><a name="DocID_7"></a><p>Boats doubled</p>
<p><strong>Full text: </strong><Text>html&gt;<head><title></title></head><body><p>Crews worked.</p>
</body></html></Text></p><p><strong>Publication title: </strong>The Herald; Northgate</p>
<p><strong>Publication date: </strong>May 8, 2010</p>
<p><strong>ProQuest document ID: </strong>7</p></body></html>"""


def _mail(page: str, *attached: tuple[str, str, str]) -> bytes:
    message = email.message.EmailMessage()
    message["Subject"] = "Your research"
    message.set_content("See the page.")
    message.add_alternative(page, subtype="html")
    for text, kind, name in attached:
        message.add_attachment(text.encode(), *kind.split("/"), filename=name)
    return message.as_bytes()


def test_a_mail_gives_the_articles_in_its_page_and_in_what_is_attached(tmp_path: Path) -> None:
    attached = (
        (_PAGE.replace("Boats", "Crews"), "application/octet-stream", "more.html"),
        ("\f".join(["\n".join(_LINES)] * 2), "text/plain", "news.txt"),
        ("%PDF", "application/pdf", "scan.pdf"),
    )
    (tmp_path / "a.eml").write_bytes(_mail(_PAGE, *attached))
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["title"].tolist() == [
        "Boats doubled",
        "Crews doubled",
        *["Boats doubled after a crossing"] * 2,
    ]
    assert documents["text"][0] == "Boats doubled\n\nCrews worked."
    assert documents["outlet"].tolist() == ["The Herald"] * 4
    assert skipped["reason"].str.contains("'scan.pdf' was not read").any()


def test_the_page_of_a_mail_may_be_saved_by_itself(tmp_path: Path) -> None:
    page = _PAGE.replace("</body></html>", "", 1).removesuffix("</body></html>")
    pages = [
        page.replace("DocID_7", f"DocID_{n}").replace("Text>html", "Text><html") for n in (1, 2)
    ]
    inner = "</body></html></Text>"
    whole = "".join(pages).replace("</Text>", inner)
    (tmp_path / "a.html").write_text(f"{whole}</body></html>", encoding="utf-8")
    documents, notes = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["text"].tolist() == ["Boats doubled\n\nCrews worked."] * 2
    assert notes.empty


@pytest.mark.parametrize(
    ("attached", "advice"),
    [
        ((), "open its links and save the articles"),
        ((("PK", "application/zip", "news.zip"),), "save 'news.zip' and read that"),
    ],
)
def test_a_mail_of_links_is_refused_with_the_remedy(
    tmp_path: Path, attached: tuple[tuple[str, str, str], ...], advice: str
) -> None:
    page = "<html><body><p><a href='http://a.example'>Boats doubled</a></p></body></html>"
    (tmp_path / "a.eml").write_bytes(_mail(page, *attached))
    with pytest.raises(ReadingError, match=advice):
        fa.read_documents(tmp_path)


_XML = """<?xml version="1.0" encoding="utf-8"?>{}<PPSResponse><ppsarticleResultSet count="1">
<ppsarticle><article><headline><paragraph>Café talks</paragraph></headline>
<leadParagraph><paragraph>Envoys met.</paragraph></leadParagraph>
<publicationDate><dateTime>2012-01-09T01:35:58Z</dateTime></publicationDate>
<sourceName>The Herald</sourceName></article></ppsarticle></ppsarticleResultSet></PPSResponse>"""


def test_xml_of_factiva_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(_XML.format(""), encoding="utf-8")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["text"].tolist() == ["Café talks\n\nEnvoys met."]
    assert documents["date"].dt.strftime("%Y-%m-%d").tolist() == ["2012-01-09"]
    assert skipped.empty


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<a><b>Talks</b></a>", "XML of no kind that is known"),
        ("<a><b>Talks", "no XML, or damaged"),
        (
            _XML.format('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>'),
            "declares entities or a document type of its own",
        ),
    ],
)
def test_other_xml_is_refused(tmp_path: Path, xml: str, reason: str) -> None:
    (tmp_path / "a.xml").write_text(xml, encoding="utf-8")
    with pytest.raises(ReadingError, match=reason):
        fa.read_documents(tmp_path)
