"""What a page tells search engines of its articles, in JSON beside its text."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from analysis.reading.parsing.page_blocks import read_blocks

_ARTICLE = re.compile(r"(?:article|blogposting|report|review)$", re.IGNORECASE)
_MOST_NESTED = 200
_TAG = re.compile(
    r"<(?:p|br|div|li|h[1-6]|b|i|a|em|strong|ul|ol|blockquote)\b[^>]*>", re.IGNORECASE
)


def articles_in_data(tree: Any) -> list[dict[str, Any]]:
    """Return the articles that the data of a page describes."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            try:
                found += _articles(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue
    return found


def article_in_data(tree: Any) -> tuple[str | None, list[str]]:
    """Return headline and paragraphs of the one article whose text is in the data of its page."""
    articles = [
        one
        for one in articles_in_data(tree)
        if isinstance(one.get("articleBody"), str) and one["articleBody"].strip()
    ]
    if len(articles) != 1:
        return None, []
    headline, text = articles[0].get("headline"), articles[0]["articleBody"]
    title = html.unescape(headline) if isinstance(headline, str) else None
    return title, _paragraphs(text if _TAG.search(text) else html.unescape(text))


def _paragraphs(text: str) -> list[str]:
    if not _TAG.search(text):
        return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    try:
        tree = lxml_html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return []
    return [block.text for block in read_blocks(tree)[1]]


def _articles(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _MOST_NESTED:
        return
    if isinstance(value, list):
        for one in value:
            yield from _articles(one, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(one, str) and _ARTICLE.search(one) for one in kinds):
            yield value
            return
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles(value.get(name), depth + 1)
