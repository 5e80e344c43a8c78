"""Feeds, exports of WordPress, debates in TEI and news items of agencies are read as articles."""

from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError
from analysis.tables.checks import check_table
from tests.reading.exports import xml_samples as samples

_TEXT = "Crews worked through the night.\n\n“No comment,” she said."


def _read(folder: Path, xml: str, encoding: str = "utf-8") -> tuple[pd.DataFrame, pd.DataFrame]:
    (folder / "a.xml").write_bytes(xml.encode(encoding))
    documents, skipped = fa.read_documents(folder, return_skipped=True)
    check_table(documents, "documents")
    check_table(fa.split_paragraphs(documents), "paragraphs")
    return documents, skipped


def _days(documents: pd.DataFrame) -> list[str]:
    return [str(day)[:10] for day in documents["date"]]


def test_entries_of_rss_are_articles_with_all_that_the_feed_says_of_them(tmp_path: Path) -> None:
    documents, skipped = _read(tmp_path, samples.RSS.format(samples.ITEM))
    assert documents["document_id"].tolist() == ["a_001"]
    assert documents["text"].tolist() == [f"Boats & crews\n\n{_TEXT}"]
    found = documents.loc[0, ["title", "outlet", "author", "url", "language", "categories"]]
    assert found.tolist() == [
        *("Boats & crews", "The Herald", "Ada Quill; Ben Marsh", "https://herald.example/1"),
        *("en", "Sea; Home & abroad"),
    ]
    assert _days(documents) == ["2024-05-14"]
    reasons = skipped["reason"].tolist()
    assert len(reasons) == 1
    assert "captions of pictures were left out in 1 of its 1 articles" in reasons[0]


def test_each_text_that_is_only_a_summary_is_flagged(tmp_path: Path) -> None:
    documents, skipped = _read(tmp_path, samples.RSS.format(samples.ITEM + 2 * samples.SUMMARY))
    assert documents["text"].tolist()[1:] == ["Talks\n\nEnvoys met."] * 2
    assert documents["author"].tolist()[1:] == ["Cleo Hart"] * 2
    flagged = skipped[skipped["reason"].str.contains("only the summary")]
    assert flagged["row"].tolist() == [2, 3]


@pytest.mark.parametrize("end", ["[…]", "[&#8230;]", "[...]"])
def test_a_text_that_the_feed_cuts_is_flagged(tmp_path: Path, end: str) -> None:
    item = samples.ITEM.replace("“No comment,” she said.</p>", f"“No comment,” she {end}</p>")
    _, skipped = _read(tmp_path, samples.RSS.format(item.replace("<figure", "<i hidden")))
    assert "its text is cut" in skipped["reason"][0]
    assert skipped["row"].tolist()[0] == 1


def test_what_a_blog_puts_below_each_entry_is_cut(tmp_path: Path) -> None:
    tail = '<p>The post <a href="/1">Boats</a> appeared first on <a href="/">The Herald</a>.</p>'
    item = samples.ITEM.replace("<figure", f"{tail}<i").replace("</figure>", "</i>")
    documents, skipped = _read(tmp_path, samples.RSS.format(item))
    assert "appeared" not in documents["text"][0]
    assert "crews" in documents["text"][0]
    assert skipped["reason"].str.contains("amended").any()


def test_rss_1_is_read_too(tmp_path: Path) -> None:
    documents, skipped = _read(tmp_path, samples.RDF)
    assert documents["text"].tolist() == [f"Talks\n\n{_TEXT}"]
    assert documents[["outlet", "author"]].to_numpy().tolist() == [["The Herald", "Ada Quill"]]
    assert _days(documents) == ["2024-05-14"]
    assert skipped.empty


def test_contents_of_atom_may_be_pages_elements_or_words(tmp_path: Path) -> None:
    documents, skipped = _read(tmp_path, samples.ATOM)
    two = "Envoys met.\n\nThey left."
    assert documents["text"].tolist() == [
        *(f"Pages\n\n{_TEXT}", f"Elements\n\n{two}", f"Words\n\n{two}", "Short\n\nEnvoys met."),
    ]
    assert documents["author"].tolist() == ["Ada Quill", *["Desk"] * 3]
    assert documents["url"].tolist()[:2] == ["https://herald.example/1", "https://herald.example/2"]
    assert documents["language"].tolist() == ["en"] * 4
    assert _days(documents) == ["2024-05-14", *["2024-05-15"] * 3]
    assert skipped["row"].tolist() == [4]


def test_a_feed_without_entries_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="the feed holds no entries"):
        _read(tmp_path, samples.RSS.format(""))


def test_a_title_is_no_paragraph_twice_and_an_entry_without_text_is_told(tmp_path: Path) -> None:
    documents, skipped = _read(tmp_path, samples.RSS.format("<item><title>Talks</title></item>"))
    assert documents["text"].tolist() == ["Talks"]
    assert skipped["reason"].str.contains("no text was found in 1 of its 1").any()


def test_posts_and_pages_of_wordpress_are_read_and_nothing_else(tmp_path: Path) -> None:
    others = [
        samples.post_of("A", kind=kind) for kind in ("attachment", "nav_menu_item", "wp_block")
    ]
    pages = [samples.post_of("Crews worked."), samples.post_of("About us.", kind="page")]
    documents, skipped = _read(tmp_path, samples.wordpress_of(*pages, *others, others[0]))
    assert documents["text"].tolist() == ["Boats\n\nCrews worked.", "Boats\n\nAbout us."]
    assert documents["document_type"].tolist() == ["post", "page"]
    assert documents["categories"].tolist() == ["Sea"] * 2
    assert documents["tags"].tolist() == ["boats; crews"] * 2
    assert documents["author"].tolist() == ["Ada Quill"] * 2
    assert documents["outlet"].tolist() == ["The Blog"] * 2
    assert _days(documents) == ["2024-05-14"] * 2
    assert skipped["reason"].tolist() == [
        "what is no post or page was left out (2 attachment, 1 nav_menu_item, 1 wp_block)"
    ]


@pytest.mark.parametrize("status", ["draft", "private", "pending", "future", "trash"])
def test_what_was_not_published_is_told(tmp_path: Path, status: str) -> None:
    posts = [
        samples.post_of("A."),
        samples.post_of("B.", status=status, date="0000-00-00 00:00:00"),
    ]
    documents, skipped = _read(tmp_path, samples.wordpress_of(*posts))
    assert len(documents) == 2
    assert f"its status is '{status}'" in skipped["reason"][0]
    assert skipped["row"].tolist() == [2]
    assert _days(documents)[1] == "2024-05-15"


@pytest.mark.parametrize(
    "content",
    [
        "Crews\nworked.\n\nThey <b>met</b>.",
        "Crews\nworked.\r\n\r\nThey <b>met</b>.",
        "<!-- wp:paragraph --><p>Crews<br>worked.</p><!-- /wp:paragraph -->\n\n<p>They met.</p>",
        '[caption id="a"]<img src="a.jpg"> A boat.[/caption]Crews\nworked.\n\nThey met.',
        'Crews\nworked.\n\n[gallery ids="1,2"]\n\n[vc_row full="1"]They met.[/vc_row]',
    ],
)
def test_paragraphs_of_posts_are_those_of_the_blog(tmp_path: Path, content: str) -> None:
    documents, _ = _read(tmp_path, samples.wordpress_of(samples.post_of(content)))
    found = documents["text"].tolist()[0].removesuffix("[/vc_row]").split("\n\n")
    assert [" ".join(one.split()) for one in found] == ["Boats", "Crews worked.", "They met."]


def test_brackets_that_somebody_wrote_stay(tmp_path: Path) -> None:
    documents, skipped = _read(
        tmp_path, samples.wordpress_of(samples.post_of("He [sic] [met] us."))
    )
    assert documents["text"].tolist() == ["Boats\n\nHe [sic] [met] us."]
    assert skipped.empty


def test_comments_of_readers_are_left_out_and_told(tmp_path: Path) -> None:
    comment = "<wp:comment><wp:comment_content>Threat!</wp:comment_content></wp:comment></item>"
    post = samples.post_of("Crews worked.").replace("</item>", comment)
    documents, skipped = _read(tmp_path, samples.wordpress_of(post))
    assert documents["text"].tolist() == ["Boats\n\nCrews worked."]
    assert "comments of readers were left out in 1 of its 1 articles" in skipped["reason"][0]


def test_parts_of_a_text_in_tei_are_all_read(tmp_path: Path) -> None:
    xml = samples.tei_of("<p>Crews worked.</p>").replace(
        "<body>", "<front><p>Boats.</p></front><body>"
    )
    documents, _ = _read(tmp_path, xml)
    assert documents["text"].tolist() == ["Boats.\n\nCrews worked."]


def test_an_export_of_nothing_but_pictures_is_refused(tmp_path: Path) -> None:
    post = samples.post_of("A", kind="attachment")
    with pytest.raises(ReadingError, match=r"no posts or pages, only 1 attachment; export all"):
        _read(tmp_path, samples.wordpress_of(post))


def test_speeches_of_a_debate_have_their_speakers(tmp_path: Path) -> None:
    documents, skipped = _read(tmp_path, samples.tei_of(samples.SPEECHES, samples.PERSONS))
    assert documents["text"].tolist() == ["The sitting is open.\n\nCrews worked.", "No comment."]
    assert documents["turn_speaker"].tolist() == ["Ada Quill", "MarshBen"]
    assert documents["speaker_role"].tolist() == ["chair", "regular"]
    assert documents["source_id"].tolist() == ["u1", "u2"]
    assert documents["section"].tolist() == ["Boats"] * 2
    assert documents["title"].tolist() == ["Sitting of the House"] * 2
    assert documents["outlet"].tolist() == ["Hansard"] * 2
    assert documents["language"].tolist() == ["en"] * 2
    assert _days(documents) == ["2020-02-12"] * 2
    reasons = " ".join(skipped["reason"])
    assert (
        "notes of those who wrote the text down (calls, applause, what happened) were left out (3)"
        in reasons
    )
    assert "are called by their ids (1)" in reasons
    paragraphs = fa.split_paragraphs(documents)
    assert paragraphs["turn_speaker"].tolist() == ["Ada Quill"] * 2 + ["MarshBen"]


def test_words_in_elements_of_their_own_are_joined_to_sentences(tmp_path: Path) -> None:
    documents, _ = _read(tmp_path, samples.tei_of(samples.WORDS, samples.PERSONS))
    assert documents["text"].tolist() == ["Crews do work. They met."]


def test_texts_of_tei_that_are_no_speeches_are_one_document_each(tmp_path: Path) -> None:
    body = "<div><head>Boats</head><p>Crews<lb/> worked.</p><figure><p>A boat.</p></figure></div>"
    documents, _ = _read(tmp_path, samples.tei_of(body))
    assert documents["text"].tolist() == ["Boats\n\nCrews worked."]


def test_the_head_of_a_corpus_names_the_files_that_hold_its_texts(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"parts of the corpus are .*debate_2020-02-12\.xml"):
        _read(tmp_path, samples.CORPUS.format(""))
    documents, skipped = _read(tmp_path, samples.CORPUS.format(samples.tei_of(samples.SPEECHES)))
    assert len(documents) == 2
    assert skipped["reason"].str.contains(r"debate_2020-02-12\.xml").any()


def test_a_list_of_persons_is_refused(tmp_path: Path) -> None:
    xml = '<listPerson xmlns="http://www.tei-c.org/ns/1.0"><person/></listPerson>'
    with pytest.raises(ReadingError, match=r"TEI .*listPerson.* holds no texts; leave it out"):
        _read(tmp_path, xml)


@pytest.mark.parametrize("doctype", ["", '<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">'])
def test_nitf_is_read(tmp_path: Path, doctype: str) -> None:
    documents, skipped = _read(tmp_path, doctype + samples.nitf_of())
    text = "Boats doubled\n\nCrews worked.\n\nBehind it\n\n“No comment,” she said."
    assert documents["text"].tolist() == [text]
    names = ["outlet", "author", "language", "dateline", "highlight", "abstract", "source_id"]
    assert documents.loc[0, names].tolist() == [
        *("AGENCY", "Ada Quill", "en", "Northgate", "Crews worked", "Boats.", "n1"),
    ]
    assert _days(documents) == ["2024-05-14"]
    assert "captions of pictures were left out" in skipped["reason"][0]


def test_first_paragraphs_that_nitf_holds_twice_are_read_once(tmp_path: Path) -> None:
    blocks = "".join(
        f'<block class="{name}"><p>Crews worked.</p></block>'
        for name in ("lead_paragraph", "full_text")
    )
    documents, _ = _read(tmp_path, samples.nitf_of(blocks))
    assert documents["text"].tolist() == ["Boats doubled\n\nCrews worked."]


@pytest.mark.parametrize("content", [samples.XHTML, samples.DATA])
def test_items_of_newsml_g2_are_read(tmp_path: Path, content: str) -> None:
    items = [samples.news_of(content), samples.news_of("", kind="picture")]
    documents, skipped = _read(tmp_path, samples.message_of(*items))
    assert documents["text"].tolist() == [f"Boats doubled\n\n{_TEXT}"]
    names = ["outlet", "author", "language", "subjects", "source_id"]
    assert documents.loc[0, names].tolist() == ["AGENCY", "Ada Quill", "en", "sea", "urn:1"]
    assert _days(documents) == ["2024-05-14"]
    assert skipped["reason"].tolist() == ["pictures, videos and the like were left out (1)"]


def test_an_item_of_newsml_g2_may_hold_nitf_and_be_cancelled(tmp_path: Path) -> None:
    nitf = samples.nitf_of(space=' xmlns="http://iptc.org/std/NITF/2006-10-18/"')
    xml = samples.news_of(f"<inlineXML>{nitf}</inlineXML>", status="canceled")
    documents, skipped = _read(tmp_path, xml)
    assert documents["text"].tolist()[0].startswith("Boats doubled\n\nCrews worked.\n\nBehind it")
    assert documents["dateline"].tolist() == ["Northgate"]
    assert skipped["reason"].str.contains("marks it as 'canceled'").any()


def test_an_item_without_a_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="no news item with a text"):
        _read(tmp_path, samples.news_of("", kind="picture"))


@pytest.mark.parametrize(
    ("xml", "advice"),
    [
        ("<opml version='2.0'><body/></opml>", "a list of feeds .*open each feed and save it"),
        ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "a sitemap"),
        ("<sitemapindex/>", "a list of sitemaps"),
        ("<kml xmlns='http://www.opengis.net/kml/2.2'/>", "a map"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'/>", r"give its name the ending \.html"),
        ("<mediawiki/>", "an export of a wiki"),
        ("<NewsML Version='1.2'/>", "download the items as NewsML-G2 or NITF"),
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>",
            "no feed, but perhaps a bibliography",
        ),
        ("<records><record/></records>", "no kind that is known .*'records'.* save its texts"),
    ],
)
def test_other_xml_is_refused_with_what_to_do(tmp_path: Path, xml: str, advice: str) -> None:
    with pytest.raises(ReadingError, match=advice):
        _read(tmp_path, xml)


@pytest.mark.parametrize("ending", [".rss", ".atom", ".rdf", ".tei", ".RSS"])
def test_feeds_and_debates_may_have_endings_of_their_own(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a{ending}").write_text(samples.RSS.format(samples.SUMMARY), encoding="utf-8")
    documents = fa.read_documents(tmp_path, return_skipped=True)[0]
    assert documents["text"].tolist() == ["Talks\n\nEnvoys met."]


@pytest.mark.parametrize("ending", [".opml", ".kml"])
def test_lists_of_feeds_and_maps_are_refused_by_their_endings(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a{ending}").write_text("<a/>", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"open each of the feeds|it is a map"):
        fa.read_documents(tmp_path)


@pytest.mark.parametrize("doctype", ["", '<!DOCTYPE nitf SYSTEM "nitf.dtd">'])
def test_names_of_characters_are_those_of_pages(tmp_path: Path, doctype: str) -> None:
    nitf = samples.nitf_of("<p>The caf&eacute;&nbsp;closed &mdash; <b>&uuml;ber</b>all &amp;c.</p>")
    documents, _ = _read(tmp_path, doctype + nitf)
    assert documents["text"].tolist() == ["Boats doubled\n\nThe café closed — überall &c."]


def test_a_name_that_another_file_declares_is_refused(tmp_path: Path) -> None:
    nitf = samples.nitf_of("<p>&agency;</p>")
    with pytest.raises(ReadingError, match="another file declares what '&agency;' means"):
        _read(tmp_path, f'<!DOCTYPE nitf SYSTEM "n.dtd">{nitf}')
    with pytest.raises(ReadingError, match=r"it is no XML, or damaged \(line \d\)"):
        _read(tmp_path, nitf)


def test_what_a_file_declares_itself_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Secret.", encoding="utf-8")
    feed = samples.RSS.format(samples.SUMMARY.replace("Talks", "&e;")).split("?>", 1)[1]
    for declared in (f'<!ENTITY e SYSTEM "{secret.as_uri()}">', '<!ENTITY e "aa">'):
        (tmp_path / "feed.xml").write_text(f"<!DOCTYPE rss [{declared}]>{feed}", encoding="utf-8")
        with pytest.raises(ReadingError, match="declares entities or a document type of its own"):
            fa.read_documents(tmp_path / "feed.xml")


def test_control_characters_that_xml_forbids_are_taken_out_and_told(tmp_path: Path) -> None:
    post = samples.post_of("Crews\x0b worked.\x08")
    documents, skipped = _read(tmp_path, samples.wordpress_of(post))
    assert documents["text"].tolist() == ["Boats\n\nCrews worked."]
    assert "control characters, which XML forbids, were taken out (2)" in skipped["reason"][0]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1251", "shift_jis"])
def test_the_encoding_is_the_one_that_the_file_declares(tmp_path: Path, encoding: str) -> None:
    word = {"windows-1251": "граница", "shift_jis": "国境"}.get(encoding, "Übergänge")
    xml = samples.RSS.format(samples.SUMMARY.replace("Envoys met.", f"{word}."))
    documents, _ = _read(tmp_path, xml.replace("UTF-8", encoding), encoding)
    assert documents["text"].tolist() == [f"Talks\n\n{word}."]
