"""Text, pages and mails of ProQuest, with texts of our own."""

from typing import Any

import pytest
from lxml import html

from analysis.reading.exports import proquest_page, proquest_text
from analysis.reading.parsing.limits import ParsingError

_RULE = "_" * 60
_ARTICLE = """
Document {n} of 2

Boats doubled after a crossing

Author: Quill, Ada; Marsh, Ben

Publication info: The Herald ; Northgate [Northgate]14 May 2024: A.2.

http://search.proquest.com/docview/10{n}?accountid=1

Abstract: Crews worked through the night.

Links: Check for it

Full text: Crews worked through the night.

Location: at the harbour, as ever.

"No comment," she said.

Subject: Boats; Harbours

Location: Northgate

Title: Boats doubled after a crossing

Publication title: The Herald; Northgate

Publication year: 2024

Publication date: May 14, 2024

Section: News

Language of publication: English

ProQuest document ID: 10{n}

Last updated: 2025-11-07

Database: Newsstream
"""


def _text(*articles: str) -> str:
    head = "Report Information from ProQuest\n\n1. Boats doubled\n2. Boats doubled\n"
    foot = "Contact us at: https://a.example\nDatabase copyright 2024 ProQuest LLC.\n"
    return f"\n{_RULE}\n".join([head, *articles, foot])


def test_text_parts_at_lines_of_underscores() -> None:
    text = _text(_ARTICLE.format(n=1), _ARTICLE.format(n=2))
    assert proquest_text.recognises(text)
    export = proquest_text.split(text)
    assert (export.announced, len(export.articles), export.notes) == (2, 2, [])
    article = export.articles[1]
    assert article.title == "Boats doubled after a crossing"
    assert article.text.split("\n\n") == [
        "Crews worked through the night.",
        "Location: at the harbour, as ever.",
        '"No comment," she said.',
    ]
    assert (article.date, article.outlet, article.author) == (
        "2024-05-14",
        "The Herald",
        "Quill, Ada; Marsh, Ben",
    )
    assert article.columns == {
        "section": "News",
        "subjects": "Boats; Harbours",
        "source_id": "102",
        "language": "en",
    }


def test_an_article_that_is_missing_is_told_by_the_number_announced() -> None:
    export = proquest_text.split(_text(_ARTICLE.format(n=1)))
    assert (export.announced, len(export.articles)) == (2, 1)


def test_the_day_of_the_last_update_is_never_taken() -> None:
    lines = _ARTICLE.format(n=1).split("\n\n")
    undated = [line for line in lines if not line.startswith(("Publication d", "Publication i"))]
    (article,) = proquest_text.split(_text("\n\n".join(undated))).articles
    assert article.date is None


def test_labels_may_stand_in_lines_without_blank_ones_between() -> None:
    text = _text("\n".join(filter(None, _ARTICLE.format(n=1).split("\n"))))
    (article,) = proquest_text.split(text).articles
    assert article.title == "Boats doubled after a crossing"
    assert article.text.split("\n\n")[-1] == '"No comment," she said.'
    assert article.outlet == "The Herald"


@pytest.mark.parametrize("full_text", ["Full text: Not available.\n\n", ""])
def test_an_abstract_that_stands_for_the_text_is_noted(full_text: str) -> None:
    begin, rest = _ARTICLE.format(n=1).split("Full text:")
    text = _text(f"{begin}{full_text}Subject:{rest.split('Subject:')[1]}")
    export = proquest_text.split(text)
    assert export.articles[0].text == "Crews worked through the night."
    assert export.notes == ["1 of 1 articles have no full text, and their abstract was taken"]


def test_captions_and_credit_are_no_part_of_the_text() -> None:
    caption = '"No comment," she said.\n\nCredit: Of our staff.\n\nIllustration\n\nCaption: A boat.'
    text = _text(_ARTICLE.format(n=1).replace('"No comment," she said.', caption))
    export = proquest_text.split(text)
    assert export.articles[0].text.endswith('"No comment," she said.')
    assert export.articles[0].columns["credit"] == "Of our staff."
    assert export.notes == ["1 of 1 articles have captions behind them, which were left out"]


def test_a_stretch_without_labels_is_left_out_and_noted() -> None:
    export = proquest_text.split(_text(_ARTICLE.format(n=1), "\nA poem.\n", _ARTICLE.format(n=2)))
    assert len(export.articles) == 2
    assert "1 stretches between lines of underscores have no labels" in export.notes[0]
    assert "'A poem.'" in export.notes[0]


def test_labels_in_an_unknown_language_are_refused() -> None:
    text = _text("\nBoten\n\nVolledige tekst: Boten.\n\nProQuest-document-ID: 1\n")
    assert proquest_text.recognises(text)
    with pytest.raises(ParsingError, match="set ProQuest to English"):
        proquest_text.split(text)


def test_other_texts_with_underscores_are_left_alone() -> None:
    assert not proquest_text.recognises(f"A form\n{_RULE}\nSign here, said the clerk.\n")


_LABEL = "<p><strong>{}: </strong>{}</p>"


def _block(number: int, full_text: str = "<p>Crews worked.</p><p>No comment.</p>") -> str:
    labels = {
        "Author": "Quill, Ada",
        "Abstract": "</p><p>Crews worked.",
        "Full text": f"<text wordcount='4'>{full_text}</text>",
        "Subject": "Boats",
        "Publication title": "The Herald; Northgate",
        "Publication date": "Nov 22, 2008",
        "ProQuest document ID": str(number),
        "Last updated": "2017-11-07",
    }
    if not full_text:
        del labels["Full text"], labels["Abstract"]
    body = "".join(_LABEL.format(*one) for one in labels.items())
    return f"<div><a name='DocID_{number}'></a><p></p><p>Boats doubled</p>{body}</div>"


def _page(*blocks: str) -> Any:
    return html.document_fromstring(f"<html><body>Email 4 of 5{''.join(blocks)}</body></html>")


def test_a_page_parts_at_its_anchors() -> None:
    page = _page(_block(1), _block(2, "html&gt;<p>Crews worked.</p>"))
    assert proquest_page.recognises(page)
    export = proquest_page.split(page)
    assert [article.text for article in export.articles] == [
        "Crews worked.\n\nNo comment.",
        "Crews worked.",
    ]
    assert {(one.title, one.date, one.outlet, one.author) for one in export.articles} == {
        ("Boats doubled", "2008-11-22", "The Herald", "Quill, Ada")
    }
    assert export.notes == ["this is mail 4 of 5; the others hold other articles"]


def test_a_page_of_links_is_refused() -> None:
    with pytest.raises(ParsingError, match="links to articles and not their texts"):
        proquest_page.split(_page(_block(1, "")))


def test_other_pages_are_left_alone() -> None:
    page = html.document_fromstring(
        "<a name='top'></a><strong>Full text: </strong>What ProQuest is"
    )
    assert not proquest_page.recognises(page)
