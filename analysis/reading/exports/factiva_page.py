"""Web pages of Factiva → articles: the article format, and the indexed one with its codes."""

import re
from typing import Any

from lxml import etree

from analysis.reading.exports.articles import Article, Export
from analysis.reading.exports.factiva import (
    ACCESSION,
    HEAD_CODES,
    TAIL_CODES,
    TEXT_CODES,
    article_of_codes,
    names_day,
    read_head,
)
from analysis.reading.exports.trees import blocks_of, has_class, of_class, text_of
from analysis.reading.exports.values import NUMBER_OF_WORDS, author_in, code_of_language
from analysis.reading.parsing.limits import ParsingError

_CODES = frozenset((*HEAD_CODES, *TEXT_CODES, *TAIL_CODES))
_LANGUAGE = re.compile(r"(?:^|\s)([a-z]{2,4})Article(?:\s|$)")
_HEADLINE = re.compile(r"(?:^|\s)[a-z]{2,4}Headline(?:\s|$)")
_PARAGRAPH = "articleParagraph"
_MARKED = etree.XPath("//div[contains(@class, 'Article')]")


def recognises(source: Any) -> bool:
    """Know a page of Factiva by its articles, or by its name in head and foot."""
    if any(map(_is_marked, _MARKED(source))):
        return True
    titles = [text_of(one) for name in ("title", "h1") for one in source.iter(name)]
    feet = map(text_of, of_class(source, "copyright"))
    return "Factiva" in titles and any("Factiva, Inc" in foot for foot in feet)


def split(source: Any) -> Export:
    """Part a page into its articles."""
    around = [one for one in of_class(source, "article") if one.tag == "div"]
    # Each stands in a frame of the same class.
    elements = [one for one in around if len(of_class(one, "article")) == 1]
    if not elements:
        raise ParsingError(
            "it was written by Factiva, and holds no texts of articles; choose Article Format when "
            "you save the page"
        )
    left_out: list[str] = []
    articles = [_article(element, left_out) for element in elements]
    notes = []
    if left_out:
        notes.append(
            f"{len(left_out):,} captions and lines behind articles were left out, as Factiva sets "
            f"them apart from the text; the first is {left_out[0][:60]!r}"
        )
    return Export(articles, notes=notes)


def _article(element: Any, left_out: list[str]) -> Article:
    language = _language(element)
    rows = {code: blocks for row in element.iter("tr") for code, blocks in _coded(row)}
    if "HD" in rows:
        left_out += rows.get("ART", [])
        return article_of_codes(rows, language)
    title = author = section = None
    head: list[str] = []
    body: list[str] = []
    tail: list[str] = []
    for child in element.iterchildren(etree.Element):
        within = [child] if child.tag == "p" else list(child.iter(etree.Element))
        headlines = [one for one in within if _HEADLINE.search(one.get("class") or "")]
        paragraphs = [one for one in within if has_class(one, _PARAGRAPH)]
        if headlines:
            title, section, head = text_of(headlines[0]), " ".join(head), []
        elif has_class(child, "author"):
            author = author_in(text_of(child))
        elif paragraphs or child.tag == "pre":
            # What stands between paragraphs belongs to no text.
            left_out += tail
            body += [block for one in paragraphs or [child] for block in blocks_of(one)]
            tail = []
        elif text := text_of(child):
            (tail if body or child.tag == "p" else head).append(text)
    number, others = _number_in(tail)
    # A page that names no paragraphs has its text in them all the same.
    (left_out if body else body).extend(others)
    # What stands before the number of words names the author, or a series.
    words = next((n for n, line in enumerate(head) if NUMBER_OF_WORDS.match(line)), None)
    dated = next((n for n, line in enumerate(head) if names_day(line)), 0)
    fields, _ = read_head(head[dated if words is None else words :])
    columns = {"section": section, "source_id": number} | fields
    columns["language"] = language or fields.get("language")
    return Article(
        title=title,
        text="\n\n".join(body),
        date=columns.pop("date", None),
        outlet=columns.pop("outlet", None),
        author=author or author_in("; ".join(head[: words or 0])),
        columns={name: value for name, value in columns.items() if value},
    )


def _number_in(tail: list[str]) -> tuple[str | None, list[str]]:
    """Find the number of an article; the publisher stands right before it."""
    for n, line in enumerate(tail):
        if found := ACCESSION.match(line):
            return found[1], [*tail[: max(n - 1, 0)], *tail[n + 1 :]]
    return None, tail


def _coded(row: Any) -> list[tuple[str, list[str]]]:
    cells = [one for one in row.iterchildren(etree.Element) if one.tag in ("td", "th")]
    if len(cells) != 2 or (code := text_of(cells[0])) not in _CODES:
        return []
    return [(code, blocks_of(cells[1]))]


def _is_marked(article: Any) -> bool:
    """Say whether a page names the parts of an article by its language, too: not `inArticle`."""
    found = _LANGUAGE.search(article.get("class"))
    parts = ("Headline", _PARAGRAPH) if found and code_of_language(found[1]) else ()
    return any(of_class(article, f"{found[1]}{part}") for part in parts if found)


def _language(article: Any) -> str | None:
    found = _LANGUAGE.search(article.get("class") or "")
    return code_of_language(found[1]) if found else None
