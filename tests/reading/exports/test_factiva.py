"""Files of Factiva in each of its forms, with texts of our own."""

import pytest
from lxml import etree, html

from analysis.reading.exports import factiva_page, factiva_text, factiva_xml
from analysis.reading.exports.articles import Paragraph
from analysis.reading.parsing.limits import ParsingError
from tests.reading.exports.factiva_samples import (
    CODED,
    OTHERS,
    PARAGRAPH,
    PLAIN,
    XML,
    XML_ARTICLE,
    article_of,
    lines_of,
    page_of,
    row_of,
)


def test_a_page_of_articles_is_parted() -> None:
    lines = lines_of("Boats <b>doubled</b>", *OTHERS, "(c) 2024 Harbour Press Ltd")
    body = PARAGRAPH.format("Crews <b>work</b>ed.") + PARAGRAPH.format("No comment.<br>None.")
    page = page_of(article_of(lines, body), article_of(lines, body, number=1))
    assert factiva_page.recognises(page)
    export = factiva_page.split(page)
    assert len(export.articles) == 2
    article = export.articles[1]
    assert article.title == "Boats doubled"
    assert article.text == "Crews worked.\n\nNo comment.\nNone."
    assert (article.date, article.outlet, article.author) == (
        "2024-05-14",
        "The Herald",
        "Ada Quill",
    )
    assert article.columns == {
        "section": "News",
        "announced_words": "61",
        "edition": "Final",
        "page": "4",
        "language": "en",
        "source_id": "HARBR0020240514ek5e00001",
    }


@pytest.mark.parametrize(
    ("language", "words", "day", "spoken", "iso"),
    [
        ("de", "1.254 Wörter", "25 November 2017", "German", "2017-11-25"),
        ("fr", "254 mots", "29 décembre 2011", "Français", "2011-12-29"),
        ("nl", "254 woorden", "14 mei 2024", "Nederlands", "2024-05-14"),
        ("zhcn", "254 字", "2018 年 10 月 7 日 17:04", "中文（简体）", "2018-10-07"),
        ("koko", "254 mots", "2018년 10월 7일", "Korean", "2018-10-07"),
    ],
)
def test_lines_are_read_in_each_language(
    language: str, words: str, day: str, spoken: str, iso: str
) -> None:
    lines = lines_of("Titel", words, day, "Die Zeitung", "ZEIT", spoken, "Copyright 2017 Z")
    body = PARAGRAPH.format("Text.")
    (article,) = factiva_page.split(page_of(article_of(lines, body, language=language))).articles
    assert (article.date, article.outlet) == (iso, "Die Zeitung")
    assert article.columns["language"] == language[:2]
    assert article.columns["announced_words"] in ("254", "1254")


def test_a_number_of_words_in_an_unknown_language_hides_no_day() -> None:
    lines = lines_of("Titel", "254 sanaa", "14 May 2024", "Lehti", "LEH", "English")
    (article,) = factiva_page.split(page_of(article_of(lines, PARAGRAPH.format("A.")))).articles
    assert (article.date, article.outlet, article.author) == ("2024-05-14", "Lehti", "Ada Quill")


def test_a_day_that_is_not_understood_hides_no_outlet() -> None:
    lines = lines_of("Titel", "254 palabras", "14 mayo 2024", "El Norte", "NOR", "Español")
    (article,) = factiva_page.split(
        page_of(article_of(lines, PARAGRAPH.format("A."), language="es"))
    ).articles
    assert (article.date, article.outlet) == (None, "El Norte")
    assert article.columns["language"] == "es"


def test_a_line_before_the_number_of_words_may_name_the_author() -> None:
    lines = lines_of("Boats", "Par Cléo Hart", *OTHERS).replace("By Ada Quill", "")
    (article,) = factiva_page.split(page_of(article_of(lines, PARAGRAPH.format("A.")))).articles
    assert article.author == "Cléo Hart"


@pytest.mark.parametrize("paragraph", ["", PARAGRAPH.format("Crews worked.")])
def test_preformatted_text_is_text(paragraph: str) -> None:
    body = paragraph + "<pre>One of\nthem.</pre>"
    (article,) = factiva_page.split(page_of(article_of(lines_of("Boats", *OTHERS), body))).articles
    assert article.text.split("\n\n")[-1] == "One of them."


def test_captions_behind_the_text_are_left_out_and_noted() -> None:
    body = PARAGRAPH.format("Text.") + "<p>Photo: a boat by Ben Marsh</p>"
    export = factiva_page.split(page_of(article_of(lines_of("Boats", *OTHERS), body)))
    assert export.articles[0].text == "Text."
    assert "'Photo: a boat by Ben Marsh'" in export.notes[0]


def test_names_with_von_keep_it() -> None:
    lines = '<div id="hd"><b class="deHeadline">Titel</b></div>'
    lines += "<div class='author'>Constanze von Bülow</div><div>7 Wörter</div>"
    (article,) = factiva_page.split(page_of(article_of(lines, PARAGRAPH.format("Text.")))).articles
    assert article.author == "Constanze von Bülow"


def test_the_indexed_form_gives_lead_and_text() -> None:
    rows = {
        "SE": "News",
        "HD": '<b class="frHeadline">Un titre</b>',
        "BY": "Par Cléo Hart",
        "WC": "1 254 mots",
        "PD": "29 décembre 2011",
        "SN": "Le Journal",
        "LA": "Français",
        "CY": "(c) 2011",
        "LP": '<p class="articleParagraph frarticleParagraph">Chapeau.</p>',
        "TD": "<p class='articleParagraph'>Un.</p><p class='articleParagraph'>Deux.</p>",
        "CO": "her : Herald Ltd",
        "IN": "i7 : Transport",
        "RE": "fra : France",
        "NS": "<br>gpol : Domestic Politics | gvote : Elections",
        "AN": "<br>Document HARBR0020111229e7ct0001r",
    }
    table = "".join(row_of(*row) for row in rows.items())
    page = page_of(f'<div class="article frArticle"><table>{table}</table></div>')
    (article,) = factiva_page.split(page).articles
    assert article.title == "Un titre"
    assert article.text == "Chapeau.\n\nUn.\n\nDeux."
    assert (article.date, article.outlet, article.author) == (
        "2011-12-29",
        "Le Journal",
        "Cléo Hart",
    )
    assert article.columns == {
        "section": "News",
        "announced_words": "1254",
        "language": "fr",
        "subjects": "Domestic Politics; Elections",
        "companies": "Herald Ltd",
        "industries": "Transport",
        "places": "France",
        "source_id": "HARBR0020111229e7ct0001r",
    }


def test_a_list_of_headlines_is_refused_with_the_remedy() -> None:
    page = page_of("<div class='headlines'><a>Boats doubled</a></div>")
    assert factiva_page.recognises(page)
    with pytest.raises(ParsingError, match="choose Article Format"):
        factiva_page.split(page)


@pytest.mark.parametrize(
    "page",
    [
        "<article class='article'><p>Text.</p></article>",
        "<title>Factiva</title><p>What Factiva is, and who sells it.</p>",
        "<div class='articleParagraph'>Text</div>",
        "<div class='inArticle'><h2 class='mainHeadline'>Boats</h2><p>Text.</p></div>",
    ],
)
def test_other_pages_are_left_alone(page: str) -> None:
    assert not factiva_page.recognises(html.document_fromstring(page))


@pytest.mark.parametrize("between", ["\f", ""])
def test_articles_part_at_form_feeds_and_behind_their_numbers(between: str) -> None:
    text = between.join(PLAIN.format(n) for n in range(3)) + "\fSearch Summary\nText\nboats\n"
    assert factiva_text.recognises(text)
    export = factiva_text.split(text)
    assert [article.columns["source_id"][-1] for article in export.articles] == ["0", "1", "2"]
    assert export.notes == []
    article = export.articles[2]
    assert article.title == "Boats doubled after a crossing"
    assert article.text == "Crews worked through the night.\n\nIN the end nobody came."
    assert (article.date, article.outlet, article.author) == (
        "2024-05-14",
        "The Herald",
        "Ada Quill",
    )
    assert article.columns["announced_words"] == "1061"


def test_the_summary_tells_a_text_without_numbers() -> None:
    numbered = "\f".join(PLAIN.format(n) for n in range(2)) + "\fSearch Summary\nText\nboats\n"
    text = numbered.replace("Document HARBR0020240514ek5e0000", "")
    assert factiva_text.recognises(text)
    assert len(factiva_text.split(text).articles) == 2
    together = text.replace("\f", "\n")
    assert factiva_text.recognises(together)
    with pytest.raises(ParsingError, match="where its articles begin and end cannot be told"):
        factiva_text.split(together)


@pytest.mark.parametrize(
    "head",
    [
        "254 字\n2018 年 10 月 7 日\n人民日报\nRMRB\n英文\n(c) 2018 人民日报\nAll Rights Reserved",
        "254 sanaa\n14 May 2024\nLehti\nLEH\nsuomi\n(c) 2024 Lehti\nCopyright 2024 Lehti",
    ],
    ids=["Chinese", "a language that is not known"],
)
def test_lines_of_the_head_are_no_text(head: str) -> None:
    begin, _, rest = PLAIN.format(0).partition("1,061 words")
    text = f"{begin}{head.replace('sanaa', 'words')}\n\n{rest.partition('Ltd')[2]}"
    (article,) = factiva_text.split(text).articles
    assert article.text == "Crews worked through the night.\n\nIN the end nobody came."
    assert article.outlet in ("人民日报", "Lehti")


def test_paragraphs_of_a_word_file_are_read_as_lines() -> None:
    word = [Paragraph(line) for n in range(2) for line in PLAIN.format(n).split("\n") if line]
    assert factiva_text.recognises(word)
    assert [one.text for one in factiva_text.split(word).articles] == [
        "Crews worked through the night.\n\nIN the end nobody came."
    ] * 2


def test_the_foot_of_a_page_is_no_part_of_a_text() -> None:
    foot = "Page 3 of 9 © 2024 Factiva, Inc. All rights reserved.\n"
    text = PLAIN.format(0).replace("IN the end", f"{foot}IN the end")
    (article,) = factiva_text.split(text).articles
    assert article.text == "Crews worked through the night.\n\nIN the end nobody came."


def test_which_of_two_lines_is_the_headline_is_noted_as_told_by_length() -> None:
    text = PLAIN.format(0).replace("By Ada Quill\n", "")
    export = factiva_text.split(text)
    assert export.articles[0].title == "Boats doubled after a crossing"
    assert export.articles[0].columns["section"] == "News"
    assert "headline was told by its length in 1 of 1" in export.notes[0]


def test_what_is_no_article_between_form_feeds_is_noted() -> None:
    export = factiva_text.split(f"{PLAIN.format(0)}\fAn advertisement for a boat.\n")
    assert len(export.articles) == 1
    assert "'An advertisement for a boat.'" in export.notes[0]


@pytest.mark.parametrize("gap", ["  ", "\t", " ", "|"])
@pytest.mark.parametrize("between", ["\n\f", "\n", ""])
def test_codes_are_told_from_words_in_capitals(gap: str, between: str) -> None:
    text = between.join(CODED.format(n) for n in range(2)).replace("  ", gap)
    assert factiva_text.recognises(text)
    articles = factiva_text.split(f"{text}\fSearch Summary\n").articles
    assert len(articles) == 2
    for article in articles:
        assert (article.title, article.date) == ("Boats doubled", "2024-05-14")
        assert article.text.split("\n\n") == [
            "Crews worked through the night.",
            "IN London nobody came. CO of nothing.",
            "RE the rest, she said nothing.",
        ]
        assert article.columns["subjects"] == "Politics"
    assert articles[1].columns["source_id"] == "HARBR0020240514ek5e00001"


def test_wrapped_lines_are_joined() -> None:
    text = CODED.format(0).replace(
        "Crews worked through the night.", "Crews worked through\nthe whole of the\nnight."
    )
    article = factiva_text.split(text).articles[0]
    assert article.text.startswith("Crews worked through the whole of the night.\n\nIN London")


def test_a_text_that_only_cites_a_document_is_left_alone() -> None:
    assert not factiva_text.recognises("A report of 61 words.\nDocument 14 was lost.\n")


def test_xml_tells_how_many_articles_it_holds() -> None:
    source = etree.fromstring(XML.format(2 * XML_ARTICLE.format("None")))
    assert factiva_xml.recognises(source)
    export = factiva_xml.split(source)
    assert (export.announced, len(export.articles), export.notes) == (3, 2, [])
    article = export.articles[0]
    assert (article.title, article.text) == ("Boats doubled", "Lead.\n\nOne.\n\nTwo.")
    assert (article.date, article.outlet, article.author) == (
        "2024-05-14",
        "The Herald",
        "Ada Quill",
    )
    assert article.columns["subjects"] == "Politics"


def test_xml_may_have_several_leads_subjects_and_places() -> None:
    fields = "<leadParagraph><paragraph>More.</paragraph></leadParagraph>" + "".join(
        f"<{tag}><name>{name}</name></{tag}>"
        for tag, name in (("newsSubject", "Crime"), ("region", "UK"), ("company", "Herald Ltd"))
    )
    article = XML_ARTICLE.format("None").replace("</leadParagraph>", f"</leadParagraph>{fields}")
    (read,) = factiva_xml.split(etree.fromstring(XML.format(article))).articles
    assert read.text == "Lead.\n\nMore.\n\nOne.\n\nTwo."
    assert read.columns["subjects"] == "Crime; Politics"
    assert (read.columns["places"], read.columns["companies"]) == ("UK", "Herald Ltd")


def test_xml_with_texts_in_part_is_noted() -> None:
    export = factiva_xml.split(etree.fromstring(XML.format(XML_ARTICLE.format("Partial"))))
    assert "1 of 1 articles in part only" in export.notes[0]


def test_xml_without_articles_is_refused() -> None:
    with pytest.raises(ParsingError, match="holds no articles"):
        factiva_xml.split(etree.fromstring(XML.format("")))
