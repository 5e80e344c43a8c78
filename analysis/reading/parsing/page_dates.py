"""The day on which a web page was published, as the page declares it; what is no such day is told.

Never from the address where the page declares another day, from a teaser, a footer, or a day on
which the page was printed, changed or downloaded.
"""

import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from analysis.reading.dates import parse_date

# The names under which pages declare the day, the surest first; as `name` or `property`.
_DECLARED = (
    "article:published_time og:published_time og:article:published_time datepublished "
    "article.published publication_date publicationdate publish-date publishdate publish_date "
    "pubdate parsely-pub-date sailthru.date citation_publication_date citation_date dc.date.issued "
    "dcterms.issued dcterms.date dc.date dc.date.created date.published date"
).split()
_ARTICLE = re.compile(r"(?:article|blogposting|report|review)$", re.IGNORECASE)
_FURNITURE = frozenset("aside nav footer form figure blockquote".split())
_ELSEWHERE = re.compile(
    r"related|teaser|recommend|promo|sidebar|widget|comment|latest|popular|most-|trending|"
    r"certificat|footer|print|download|updat|modif|copyright|copyleft",
    re.IGNORECASE,
)
_DATED = re.compile(r"date|time|publi|byline|meta|dateline|posted|datum", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d\d)/(\d\d)(?:/|$)")
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
_LONGEST_LINE = 60
_MOST_NESTED = 200
_MOST_CANDIDATES = 5_000
_MOST_PIECES = 20


def day_of_page(tree: Any) -> tuple[str | None, str | None]:
    """Return the day of a page as ISO 8601, and what is to be said of it."""
    unclear: tuple[str | None, str | None] = None, None
    for written in chain(_of_head(tree), _of_data(tree), _of_marks(tree)):
        day, problem = parse_date(written)
        if day and not problem:
            return f"{day:%Y-%m-%d}", None
        if not unclear[1]:
            unclear = f"{day:%Y-%m-%d}" if day else None, problem
    if unclear[1]:
        return unclear
    times = list(dict.fromkeys(_of_times(tree)))
    if times:
        others = f", the first of {len(times)} in the article" if len(times) > 1 else ""
        return times[0], f"its date was read as {times[0]}{others}" if others else None
    open_question = None
    for shown, line, problem in _of_lines(tree):
        if shown:
            return shown, f"its date was read from the line {line!r}"
        open_question = open_question or problem
    if day_in_address := _of_address(tree):
        return day_in_address, f"its date was read as {day_in_address} from its address"
    return None, open_question


def _of_head(tree: Any) -> Iterator[str]:
    """Yield what the head of the page declares."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("property") or element.get("name") or element.get("itemprop") or ""
        ).lower()
        if content := (element.get("content") or "").strip():
            found.setdefault(name, content)
    return (found[name] for name in _DECLARED if name in found)


def _of_data(tree: Any) -> Iterator[str]:
    """Yield the day of the page's own article in its data for search engines, if there is one."""
    found: list[str] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            try:
                found += _days(json.loads(script.text or ""))
            except (ValueError, RecursionError):
                continue
    # Of several articles, the others are teasers, and none says which is the page's.
    return iter(found[:1] if len(set(found)) == 1 else ())


def _days(value: Any, depth: int = 0) -> list[str]:
    if depth > _MOST_NESTED:
        return []
    if isinstance(value, list):
        return [day for one in value for day in _days(one, depth + 1)]
    if not isinstance(value, dict):
        return []
    kinds = value.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    day = value.get("datePublished")
    if isinstance(day, str) and any(isinstance(one, str) and _ARTICLE.search(one) for one in kinds):
        return [day]
    inner = (value.get(name) for name in ("@graph", "mainEntity", "mainEntityOfPage"))
    return [day for one in inner for day in _days(one, depth + 1)]


def _of_marks(tree: Any) -> Iterator[str]:
    for element in _own(tree, "time", "span", "div", "p", "abbr", "data", "meta"):
        marked = "datePublished" in (element.get("itemprop") or "").split()
        if marked or "pubdate" in element.attrib:
            yield element.get("datetime") or element.get("content") or _text(element)


def _of_times(tree: Any) -> Iterator[str]:
    for element in _own(tree, "time"):
        day, problem = parse_date(element.get("datetime") or _text(element))
        if day and not problem:
            yield f"{day:%Y-%m-%d}"


def _of_lines(tree: Any) -> Iterator[tuple[str | None, str, str | None]]:
    """Yield lines of the article that are there to tell its day, and what is unclear of them."""
    for element in _own(tree, "p", "span", "div", "li", "small", "td"):
        line = _text(element)
        if len(line) <= _LONGEST_LINE and _DATED.search(_names(element)):
            day, problem = parse_date(line)
            if day and not problem:
                yield f"{day:%Y-%m-%d}", line, None
            elif _YEAR.search(line):
                yield None, line, problem


def _of_address(tree: Any) -> str | None:
    addresses = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    addresses += [
        meta.get("content") for meta in tree.iter("meta") if meta.get("property") == "og:url"
    ]
    found = (_IN_ADDRESS.search(address or "") for address in addresses)
    days = (parse_date("-".join(match.groups()))[0] for match in found if match)
    return next((f"{day:%Y-%m-%d}" for day in days if day), None)


def _own(tree: Any, *tags: str) -> Iterator[Any]:
    """Yield elements that may tell a day, of the article with the first headline."""
    articles = list(islice(tree.iter("article"), 2))
    heading = next(tree.iter("h1"), None)
    home = None if heading is None else _article(heading)
    # Of several articles without a headline, each may be a teaser.
    homes = {None, *articles} if len(articles) < 2 else {home} if heading is not None else set()
    likely = (one for one in tree.iter(*tags) if one.attrib or one.tag == "time")
    for element in islice(likely, _MOST_CANDIDATES):
        if _article(element) in homes and not any(map(_is_elsewhere, _around(element))):
            yield element


def _around(element: Any) -> Iterator[Any]:
    # Hostile pages are nested a hundred thousand deep.
    return islice(chain([element], element.iterancestors()), _MOST_NESTED)


def _article(element: Any) -> Any:
    """Return the article around an element; an article within another is a place of its own."""
    found = [one for one in _around(element) if one.tag == "article"]
    return next(iter(found), None) if len(found) < 2 else element


def _is_elsewhere(element: Any) -> bool:
    """Tell whether an element stands beside the text, or tells another day than its first."""
    if element.tag in _FURNITURE:
        return True
    return element.tag not in ("body", "html") and bool(_ELSEWHERE.search(_names(element)))


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _text(element: Any) -> str:
    # A line that tells a day has few pieces.
    return " ".join("".join(islice(element.itertext(), _MOST_PIECES)).split())
