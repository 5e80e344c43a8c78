"""Web pages of Europresse → articles: elements of their own, or the older cells of a table."""

import re
from typing import Any

from lxml import etree

from analysis.reading.dates import WEEKDAYS
from analysis.reading.exports.articles import Article, Export
from analysis.reading.exports.dates import day_in
from analysis.reading.exports.trees import (
    BLOCK_END,
    LINE_END,
    blocks_of,
    has_class,
    marked_text,
    of_class,
    text_of,
)
from analysis.reading.exports.values import states_rights
from analysis.reading.parsing.limits import ParsingError

_OUTLET = "DocPublicationName"
_HEADER = "DocHeader"
_MARKS = [etree.XPath(f"boolean(//*[contains(@class, '{name}')])") for name in (_OUTLET, _HEADER)]
_TITLE = "titreArticleVisu"
# The number of an issue, and what stands far behind the name.
_ISSUE = re.compile(r",?\s+[Nn](?:o\.?|r\.|[°º])\s?\d.*$|\s{3,}.*$|\n.*$", re.DOTALL)
_PAGE = re.compile(r"^(?:p|pp|S|page|Seite)\.?\s*(?=\S*\d)", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?:Numéro de document|Document number|News document number|Dokumentnummer|"
    r"Documentnummer)\s*:",
    re.IGNORECASE,
)
_SOURCE_ID = re.compile(r"\bnews·\S+")
_TITLE_BEGINS = "\x02"
_MOST_WORDS_OF_AN_AUTHOR = 10


def recognises(source: Any) -> bool:
    """Know a page by the element that holds the name of an outlet."""
    return all(mark(source) for mark in _MARKS)


def split(source: Any) -> Export:
    """Part a page into its articles."""
    outlets: dict[Any, Any] = {}
    for outlet in of_class(source, _OUTLET):
        around = next((one for one in outlet.iterancestors("article", "td")), None)
        # A cell within an article is no article.
        around = next(outlet.iterancestors("article"), around)
        outlets.setdefault(around, outlet)
    if (
        not outlets
        or None in outlets
        or any(one in outlets for own in outlets for one in own.iterancestors())
    ):
        raise ParsingError(
            "it was written by Europresse, but where its articles begin and end cannot be told; "
            "save it again from there as HTML"
        )
    articles = [
        (_article if around.tag == "article" else _old_article)(around, outlet)
        for around, outlet in outlets.items()
    ]
    n = sum(any(map(text_of, around.iter("aside"))) for around in outlets)
    notes = [f"captions were left out in {n:,} of {len(articles):,} articles"] if n else []
    return Export(articles, notes=notes)


def _article(element: Any, outlet: Any) -> Article:
    around = of_class(element, "DocText")
    # A lead may stand beside what holds the text, and so may captions.
    with_lead = [one for one in around if one.find(".//aside") is None]
    texts = with_lead or of_class(element, "docOcurrContainer") or around
    titles = of_class(element, _TITLE) or of_class(element, "titreArticle")
    authors = of_class(element, "docAuthors") or [
        one
        for one in of_class(element, "sm-margin-bottomNews")
        if one.get("class") == "sm-margin-bottomNews"
    ]
    number = _SOURCE_ID.search(text_of(element))
    article = _with_header(element, outlet)
    return article._replace(
        title=text_of(titles[0]) or None if titles else None,
        text="\n\n".join(block for one in texts for block in blocks_of(one)),
        author=text_of(authors[0]) or None if authors else None,
        columns={**article.columns, **({"source_id": number[0]} if number else {})},
    )


def _old_article(cell: Any, outlet: Any) -> Article:
    """Read a cell, in which the headline alone has an element of its own."""
    title = next(iter(of_class(cell, _TITLE)), None)
    if title is None or len(of_class(cell, _OUTLET)) > 1:
        raise ParsingError(
            "it was written by Europresse, but one of its cells has several outlets or no "
            "headline; save it again from there as HTML"
        )
    before, _, rest = marked_text(
        cell, lambda one: _TITLE_BEGINS if one is title else ""
    ).partition(_TITLE_BEGINS)
    headline = marked_text(title)
    behind = rest.removeprefix(headline)
    article = _with_header(cell, outlet)
    # A line of its own that ends before a paragraph begins names the author.
    author = None
    first = behind.partition(BLOCK_END)[0]
    lines = first.split(LINE_END)
    name = first.strip()
    if name in map(str.strip, lines[1:-1]) and len(name.split()) <= _MOST_WORDS_OF_AN_AUTHOR:
        author, behind = name or None, behind[len(first) :]
    body: list[str] = []
    number = None
    for block in behind.split(BLOCK_END):
        text = LINE_END.join(filter(None, map(str.strip, block.split(LINE_END))))
        if _NUMBER.match(text):
            number = _SOURCE_ID.search(text)
            break
        if text and not states_rights(text):
            body.append(text)
    kicker = [line.strip() for line in re.split(r"[\n\f]", before) if line.strip()][2:]
    columns = {
        **article.columns,
        "kicker": "; ".join(kicker),
        "source_id": number[0] if number else "",
    }
    return article._replace(
        title=text_of(title) or None,
        text="\n\n".join(body),
        author=author,
        columns={name: value for name, value in columns.items() if value},
    )


def _with_header(element: Any, outlet: Any) -> Article:
    """Read outlet, day, section and page, which stand before the headline."""
    name = _ISSUE.sub("", "".join(outlet.itertext(etree.Element)).strip())
    headers = [one for one in of_class(element, _HEADER) if not _within(one, _HEADER)]
    parts = [
        part.strip()
        for part in re.split(r",(?!\s*\d{4})", "".join(map(_spaced, headers)))
        if part.strip()
    ]
    day = next((found for part in parts if (found := day_in(part))), None)
    others = [part for part in parts if day_in(part) is None and part.lower() not in WEEKDAYS]
    pages = [part for part in others if _PAGE.match(part)]
    sections = [part for part in others if part not in pages and not re.search(r"\d", part)]
    columns = {
        "section": "; ".join(sections),
        "page": "; ".join(_PAGE.sub("", page) for page in pages),
    }
    return Article(
        title=None,
        text="",
        date=day,
        outlet=" ".join(name.split()) or None,
        columns={name: value for name, value in columns.items() if value},
    )


def _spaced(element: Any) -> str:
    return " ".join(element.itertext(etree.Element))


def _within(element: Any, name: str) -> bool:
    return any(has_class(one, name) for one in element.iterancestors())
