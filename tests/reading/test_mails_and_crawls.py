"""Mails, saved pages and archives of pages are read, and what is left out of them is listed."""

import gzip
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError
from analysis.reading.parsing import warc
from tests.reading.making import make_html, make_mhtml, warc_record

LONG = "The army crossed the river at dawn and the talks were broken off, officials said. " * 4


def read(path: Path) -> tuple[pd.Series, list[str], list[str]]:
    """Return the one document of a file, its paragraphs and the notes on it."""
    documents, skipped = fa.read_documents(path, return_skipped=True)
    paragraphs = fa.split_paragraphs(documents)["text"].tolist()
    [(_, document)] = documents.iterrows()
    return document, paragraphs, skipped["reason"].tolist()


def mail(plain: str | None = None, page: str | None = None) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Talks – resumed"
    message["From"] = '"Quill, Ada" <ada@daily.example>'
    message["Date"] = "Tue, 14 May 2024 23:30:00 +0200"
    if plain is not None:
        message.set_content(plain)
    if page is not None and plain is None:
        message.set_content(page, subtype="html")
    elif page is not None:
        message.add_alternative(page, subtype="html")
    return message


# Mails


def test_a_mail_has_its_subject_date_and_author(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail("Envoys met at the café.\n\nAid is late.\n").as_bytes())
    document, paragraphs, notes = read(tmp_path / "a.eml")
    assert paragraphs == ["Talks – resumed", "Envoys met at the café.", "Aid is late."]
    assert document["title"] == "Talks – resumed"
    assert document["author"] == "Quill, Ada"
    assert document["date"].strftime("%Y-%m-%d") == "2024-05-14"
    assert notes == []


def test_of_two_forms_of_a_mail_the_page_is_read_as_it_is_seen(tmp_path: Path) -> None:
    page = (
        "<html><body><div style='display:none'>SECRET</div><table><tr><td><h1>Talks – resumed</h1>"
        "<p>Envoys<br>met.</p><p>Aid is <a href='x'>late</a>.</p></td></tr></table></body></html>"
    )
    (tmp_path / "a.eml").write_bytes(mail("See it in a browser.", page).as_bytes())
    _, paragraphs, _ = read(tmp_path / "a.eml")
    assert paragraphs == ["Talks – resumed", "Envoys\nmet.", "Aid is late."]


def test_the_plain_form_of_a_mail_is_read_where_its_page_is_a_picture(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail("Envoys met.", "<img src='a'>").as_bytes())
    _, paragraphs, _ = read(tmp_path / "a.eml")
    assert paragraphs == ["Talks – resumed", "Envoys met."]


def test_all_parts_of_a_mail_with_text_are_read_and_mails_within_it(tmp_path: Path) -> None:
    message = mail("Envoys met.")
    message.make_mixed()
    message.attach(mail(page="<p>Aid is late.</p>"))
    forwarded = mail("Troops left.")
    message.add_attachment(forwarded)
    for part in message.walk():
        del part["Content-Disposition"]
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    _, paragraphs, _ = read(tmp_path / "a.eml")
    assert paragraphs == ["Talks – resumed", "Envoys met.", "Aid is late.", "Troops left."]


def test_lines_of_a_flowed_mail_go_on(tmp_path: Path) -> None:
    text = "Envoys met \non Monday. \nIt rained.\n\n-- \nAda"
    message = f"Subject: Talks\nContent-Type: text/plain; format=flowed\n\n{text}\n"
    (tmp_path / "a.eml").write_text(message)
    _, paragraphs, _ = read(tmp_path / "a.eml")
    assert paragraphs[1] == "Envoys met on Monday. It rained."
    assert "Ada" in paragraphs[-1]


@pytest.mark.parametrize(
    ("plain", "page"),
    [
        ("Envoys met.\n\n> Three quoted words\n> here\n", None),
        (None, "<p>Envoys met.</p><blockquote type='cite'>Three quoted words here</blockquote>"),
        (None, "<p>Envoys met.</p><div class='gmail_quote'>Three <div class='gmail_quote'>quoted "
               "words here</div></div>"),
    ],
)  # fmt: skip
def test_words_quoted_from_other_mails_are_counted(
    tmp_path: Path, plain: str | None, page: str | None
) -> None:
    (tmp_path / "a.eml").write_bytes(mail(plain, page).as_bytes())
    _, _, notes = read(tmp_path / "a.eml")
    assert notes == ["4 of its words are quoted from other mails, and are read too"]


def test_what_is_attached_to_a_mail_is_listed(tmp_path: Path) -> None:
    message = mail("Envoys met.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    message.add_attachment("Aid is late.", filename="b.txt")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="c.png")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    _, paragraphs, notes = read(tmp_path / "a.eml")
    assert paragraphs == ["Talks – resumed", "Envoys met."]
    assert notes == ["what is attached as 'a.pdf', 'b.txt' was not read; save it and read that too"]


@pytest.mark.parametrize(
    ("plain", "page", "reason"),
    [
        (
            "Talks resume:\nhttps://a.example/1\nAid is late:\n<https://a.example/2>\n",
            None,
            "links",
        ),
        (None, "<p>New:</p><p><a href='a'>Talks resume at the border</a></p>", "links"),
        ("\n", None, "no text"),
        (None, "<img src='a'>", "no text"),
    ],
)
def test_a_mail_without_text_of_its_own_is_refused(
    tmp_path: Path, plain: str | None, page: str | None, reason: str
) -> None:
    (tmp_path / "a.eml").write_bytes(mail(plain, page).as_bytes())
    with pytest.raises(ReadingError, match=reason):
        fa.read_documents(tmp_path / "a.eml")


def test_a_mail_of_a_database_that_cannot_be_parted_is_refused(tmp_path: Path) -> None:
    message = mail("Volltext: Envoys met.\n\nTitel der Publikation: Daily\n")
    message.replace_header("From", "Alert <alert@mail.proquest.com>")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    with pytest.raises(ReadingError, match="of a news database"):
        fa.read_documents(tmp_path / "a.eml")


# Saved pages


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.html", "a.doc"])
def test_a_saved_page_is_read_as_the_page_with_its_address(tmp_path: Path, name: str) -> None:
    make_html(["Café talks", LONG, "Aid is late."], tmp_path / "page.html")
    make_mhtml(["Café talks", LONG, "Aid is late."], tmp_path / name)
    expected, paragraphs, _ = read(tmp_path / "page.html")
    document, found, notes = read(tmp_path / name)
    assert found == paragraphs
    for column in ("title", "date", "outlet", "language"):
        assert document[column] == expected[column]
    assert document["url"] == "https://daily.example/talks"
    told = ["it was read as .mhtml, which it is by its content"]
    assert notes == (told if name in ("a.html", "a.doc") else [])


def test_frames_of_a_saved_page_are_counted_and_its_charset_is_used(tmp_path: Path) -> None:
    message = mail()
    message.set_content(f"<p>Café. {LONG}</p>", subtype="html", charset="iso-8859-1")
    message.make_related()
    message.add_related("<p>SECRET</p>", subtype="html", cid="<a>")
    (tmp_path / "a.mhtml").write_bytes(message.as_bytes())
    _, paragraphs, notes = read(tmp_path / "a.mhtml")
    assert paragraphs == [f"Café. {LONG}".strip()]
    assert notes == ["left out: 1 pages in frames, which are mostly advertisements"]


# Archives of pages


def page(tmp_path: Path, title: str) -> bytes:
    make_html([title, LONG, "Aid is late."], tmp_path / "page.html")
    data = (tmp_path / "page.html").read_bytes()
    (tmp_path / "page.html").unlink()
    return data


def chunked(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)


def test_each_page_of_a_crawl_is_a_document_with_its_address(tmp_path: Path) -> None:
    own = page(tmp_path, "Talks resume")
    records = [
        warc_record(own, "http://daily.example/1"),
        warc_record(gzip.compress(own), "http://daily.example/2", Content_Encoding="gzip"),
        warc_record(chunked(own), "http://daily.example/3", Transfer_Encoding="chunked"),
        warc_record(
            own.decode().replace("Aid", "Café").encode("latin-1"),
            "http://daily.example/4",
            Content_Type="text/html; charset=iso-8859-1",
        ),
    ]
    (tmp_path / "crawl.warc").write_bytes(b"".join(records))
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == [f"crawl_00{n}" for n in range(1, 5)]
    assert documents["url"].tolist() == [f"http://daily.example/{n}" for n in range(1, 5)]
    assert set(documents["title"]) == {"Talks resume"}
    assert documents["text"].str.startswith("Talks resume\n\nThe army").all()
    assert documents["text"].tolist()[3].endswith("Café is late.")
    assert skipped.empty


@pytest.mark.parametrize("ending", ["warc", "warc.gz"])
def test_a_crawl_of_many_pages_is_read_in_steps(tmp_path: Path, ending: str) -> None:
    own = page(tmp_path, "Talks resume")
    n = 2 * warc._PAGES_AT_ONCE + 3
    records = [warc_record(own, f"http://daily.example/{n}") for n in range(n)]
    records.insert(25, warc_record(b"x", Content_Type="image/png"))
    compress = gzip.compress if ending.endswith("gz") else bytes
    (tmp_path / f"crawl.{ending}").write_bytes(b"".join(map(compress, records)))
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["url"].tolist() == [f"http://daily.example/{n}" for n in range(n)]
    assert skipped["reason"].tolist() == [
        "left out: 1 files of other kinds (pictures, scripts, styles …)"
    ]


def test_what_is_left_out_of_a_crawl_is_counted(tmp_path: Path) -> None:
    own = page(tmp_path, "Talks resume")
    records = [
        warc_record(own),
        warc_record(own, status="404 Not Found"),
        warc_record(own, status="301 Moved"),
        warc_record(b"", type_="revisit"),
        warc_record(b"x", Content_Encoding="br"),
        warc_record(b""),
        warc_record(b"", type_="request"),
    ]
    (tmp_path / "crawl.warc").write_bytes(b"".join(records))
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert len(documents) == 1
    [reason] = skipped["reason"]
    for told in ("2 pages that could not", "1 pages that were archived before", "(br)"):
        assert told in reason
    assert "1 pages without text" in reason


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_of_a_torn_crawl_the_pages_before_the_tear_are_read(
    tmp_path: Path, compress: type[bytes]
) -> None:
    own = page(tmp_path, "Talks resume")
    data = compress(warc_record(own)) + compress(warc_record(own))
    ending = "warc" if compress is bytes else "warc.gz"
    (tmp_path / f"crawl.{ending}").write_bytes(data[: int(len(data) * 0.9)])
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["text"].tolist()[0].endswith("Aid is late.")
    assert skipped["reason"].str.contains("ends within|cut off|damaged behind").any()
    assert set(skipped["what"]) == {"value"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"no crawl", "no .warc file"), (warc_record(b"x", Content_Type="image/png"), "1 files of")],
)
def test_a_crawl_without_pages_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.warc").write_bytes(data)
    with pytest.raises(ReadingError, match=reason):
        fa.read_documents(tmp_path / "a.warc")
