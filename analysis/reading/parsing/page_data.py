"""What a page tells search engines of its articles, in JSON beside its text."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from analysis.reading.parsing.blocks import blocks_of

_ARTICLE = re.compile(r"(?:article|blogposting|report|review)$", re.IGNORECASE)
_MOST_NESTED = 200
_TAG = re.compile(
    r"<(?:p|br|div|li|h[1-6]|b|i|a|em|strong|ul|ol|blockquote)\b[^>]*>", re.IGNORECASE
)


def articles_in_data(tree: Any) -> list[dict[str, Any]]:
    """Return the articles that a page tells of in its data."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            try:
                found += _articles(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue
    return found


def body_in_data(tree: Any) -> list[str]:
    """Return the paragraphs of the one article whose text is in the data of its page."""
    bodies = [one.get("articleBody") for one in articles_in_data(tree)]
    texts = [body for body in bodies if isinstance(body, str) and body.strip()]
    if len(texts) != 1:
        return []
    text = texts[0] if _TAG.search(texts[0]) else html.unescape(texts[0])
    if _TAG.search(text):
        try:
            return blocks_of(lxml_html.fragment_fromstring(text, create_parent="div"))
        except (etree.ParserError, ValueError):
            return []
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


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
