"""Text, pages and mails of ProQuest, with texts of our own."""

import pytest
from lxml import html

from analysis.reading.exports import proquest_page, proquest_text
from analysis.reading.exports.articles import Paragraph
from analysis.reading.parsing.limits import ParsingError
from tests.reading.exports.proquest_samples import ARTICLE, RULE, block_of, page_of, text_of


def test_text_parts_at_lines_of_underscores() -> None:
    text = text_of(ARTICLE.format(n=1), ARTICLE.format(n=2))
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
        "places": "Northgate",
        "source_id": "102",
        "language": "en",
    }


def test_an_article_that_is_missing_is_told_by_the_number_announced() -> None:
    export = proquest_text.split(text_of(ARTICLE.format(n=1)))
    assert (export.announced, len(export.articles)) == (2, 1)


def test_the_day_of_the_last_update_is_never_taken() -> None:
    lines = ARTICLE.format(n=1).split("\n\n")
    undated = [line for line in lines if not line.startswith(("Publication d", "Publication i"))]
    (article,) = proquest_text.split(text_of("\n\n".join(undated))).articles
    assert article.date is None


@pytest.mark.parametrize(
    "info",
    [
        "The Herald ; Northgate [Northgate]14 May 2024: A.2.",
        "The Herald [Northgate]14 May 2024: A.2.",
        "The Herald , Northgate: Press Company LLC. May 14, 2024.",
    ],
)
def test_outlet_and_day_may_stand_in_one_line(info: str) -> None:
    lines = [
        line for line in ARTICLE.format(n=1).split("\n\n") if not line.startswith("Publication ")
    ]
    text = text_of("\n\n".join([*lines, f"Publication info: {info}"]))
    (article,) = proquest_text.split(text).articles
    assert (article.outlet, article.date) == ("The Herald", "2024-05-14")


def test_labels_may_stand_in_lines_without_blank_ones_between() -> None:
    text = text_of("\n".join(filter(None, ARTICLE.format(n=1).split("\n"))))
    (article,) = proquest_text.split(text).articles
    assert article.title == "Boats doubled after a crossing"
    assert article.text.split("\n\n")[-1] == '"No comment," she said.'
    assert article.outlet == "The Herald"


@pytest.mark.parametrize("full_text", ["Full text: Not available.\n\n", ""])
def test_an_abstract_that_stands_for_the_text_is_noted(full_text: str) -> None:
    begin, rest = ARTICLE.format(n=1).split("Full text:")
    text = text_of(f"{begin}{full_text}Subject:{rest.split('Subject:')[1]}")
    export = proquest_text.split(text)
    assert export.articles[0].text == "Crews worked through the night."
    assert export.notes == ["1 of 1 articles have no full text, and their abstract was taken"]


def test_captions_and_credit_are_no_part_of_the_text() -> None:
    caption = '"No comment," she said.\n\nCredit: Of our staff.\n\nIllustration\n\nCaption: A boat.'
    text = text_of(ARTICLE.format(n=1).replace('"No comment," she said.', caption))
    export = proquest_text.split(text)
    assert export.articles[0].text.endswith('"No comment," she said.')
    assert export.articles[0].columns["credit"] == "Of our staff."
    assert export.notes == ["1 of 1 articles have captions behind them, which were left out"]


def test_a_stretch_without_labels_is_left_out_and_noted() -> None:
    export = proquest_text.split(text_of(ARTICLE.format(n=1), "\nA poem.\n", ARTICLE.format(n=2)))
    assert len(export.articles) == 2
    assert "1 stretches between lines of underscores have no labels" in export.notes[0]
    assert "'A poem.'" in export.notes[0]


def test_articles_part_at_their_numbers_where_no_lines_are_drawn() -> None:
    text = "".join(ARTICLE.format(n=n) for n in (1, 2))
    word = [Paragraph(line) for line in text.split("\n\n")]
    for source in (text, word):
        assert proquest_text.recognises(source)
        export = proquest_text.split(source)
        assert [one.columns["source_id"] for one in export.articles] == ["101", "102"]
        assert export.articles[0].title == "Boats doubled after a crossing"
        assert export.articles[0].text.endswith('"No comment," she said.')


def test_labels_in_an_unknown_language_are_refused() -> None:
    text = text_of("\nBoten\n\nVolledige tekst: Boten.\n\nProQuest-document-ID: 1\n")
    assert proquest_text.recognises(text)
    with pytest.raises(ParsingError, match="set ProQuest to English"):
        proquest_text.split(text)


def test_other_texts_with_underscores_are_left_alone() -> None:
    assert not proquest_text.recognises(f"A form of ProQuest\n{RULE}\nSign here.\n")
    assert not proquest_text.recognises("Document 1 of 2\n\nThe title: none.\n")


def test_a_page_parts_at_its_anchors() -> None:
    page = page_of(block_of(1), block_of(2, "html&gt;<p>Crews worked.</p>"))
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


@pytest.mark.parametrize("n_anchors", [0, 1])
def test_a_page_without_all_anchors_parts_around_the_numbers(n_anchors: int) -> None:
    blocks = [block_of(1), block_of(2).replace("Boats doubled", "Crews met")]
    for n in range(n_anchors, 2):
        blocks[n] = blocks[n].replace(f"<a name='DocID_{n + 1}'></a>", "")
    export = proquest_page.split(page_of(*blocks))
    assert [article.title for article in export.articles] == ["Boats doubled", "Crews met"]
    assert [article.columns["source_id"] for article in export.articles] == ["1", "2"]


def test_a_page_whose_articles_cannot_be_told_apart_is_refused() -> None:
    block = block_of(1).replace("<div>", "").replace("</div>", "").replace("DocID_", "")
    with pytest.raises(ParsingError, match="where its articles begin and end cannot be told"):
        proquest_page.split(page_of(block, block))


def test_labels_and_days_that_lost_blanks_are_read() -> None:
    block = block_of(1).replace("Nov 22, 2008", "Nov22, 2 008").replace("Full text", "Fulltext")
    block = block.replace("Publication title", "Publicationtitle").replace(
        "Quill, Ada", "Anonymous"
    )
    (article,) = proquest_page.split(page_of(block)).articles
    assert (article.date, article.outlet, article.author) == ("2008-11-22", "The Herald", None)
    assert article.text == "Crews worked.\n\nNo comment."


def test_no_abstract_is_no_text() -> None:
    block = block_of(1, "<p>Not available.</p>").replace("</p><p>Crews worked.", "None available.")
    export = proquest_page.split(page_of(block, block_of(2)))
    assert export.articles[0].text == ""
    assert "1 of 2 articles have no text; download them with full text" in export.notes


def test_a_page_of_links_is_refused() -> None:
    with pytest.raises(ParsingError, match="links to articles, not their texts"):
        proquest_page.split(page_of(block_of(1, "")))


def test_other_pages_are_left_alone() -> None:
    page = html.document_fromstring(
        "<a name='top'></a><strong>Full text: </strong>What ProQuest is"
    )
    assert not proquest_page.recognises(page)
