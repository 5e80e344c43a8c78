"""Feeds (RSS 0.9 to 2.0, Atom) → their entries."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from analysis.reading.exports.articles import Article, Export
from analysis.reading.exports.contents import (
    Content,
    first_text,
    plain,
    read_element,
    read_page,
    source_of,
    summary,
)
from analysis.reading.exports.dates import day_in
from analysis.reading.exports.elements import LANGUAGE, language_of, name_of, text_in
from analysis.reading.parsing.limits import ParsingError

Fields = Mapping[str, Sequence[Any]]
# By what their addresses begin with; elements of RSS itself have no namespace, or one of these.
_NAMESPACES = {
    "http://www.w3.org/2005/atom": "atom:",
    "http://purl.org/atom/": "atom:",
    "http://purl.org/rss/1.0/modules/content": "content:",
    "http://purl.org/dc/": "dc:",
    "http://www.w3.org/1999/xhtml": "html:",
    "http://purl.org/rss/": "",
    "http://my.netscape.com/rdf/simple": "",
    "http://channel.netscape.com/rdf/simple": "",
    "http://backend.userland.com/rss": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
}
_WORDPRESS = re.compile(r"https?://wordpress\.org/export/[\d.]+/(excerpt/)?$")
_MAIL = re.compile(r"\S+@\S+\s+\((.+)\)")


def recognises(source: Any) -> bool:
    """Know the file by the names of its elements."""
    return _key(source) in ("rss", "atom:feed", "atom:entry") or (
        name_of(source) == "RDF" and any(_key(one) == "item" for one in source)
    )


def split(source: Any) -> Export:
    """Part the feed into its entries."""
    channel, items = parts_of(source)
    if not items:
        raise ParsingError("the feed holds no entries; open it again when it has some")
    return Export([article_of(item, channel, _content(item)) for item in items])


def parts_of(source: Any) -> tuple[Fields, list[Any]]:
    """Return what a feed says of itself, and its entries."""
    if _key(source) == "atom:entry":
        return {}, [source]
    channel = next((one for one in source if _key(one) == "channel"), source)
    items = [
        one
        for parent in dict.fromkeys((channel, source))
        for one in parent.iterchildren(etree.Element)
        if _key(one) in ("item", "atom:entry")
    ]
    return fields_of(channel), items


def fields_of(element: Any) -> Fields:
    """Return the children of an element by their names, those of other vocabularies marked."""
    fields: dict[str, list[Any]] = {}
    for one in element.iterchildren(etree.Element):
        fields.setdefault(_key(one), []).append(one)
    return fields


def text_of(fields: Fields, *names: str) -> str:
    """Return the first text under one of these names."""
    texts = (text_in(one) for name in names for one in fields.get(name, ()))
    return next(filter(None, texts), "")


def article_of(item: Any, channel: Fields, content: Content) -> Article:
    """Make an article of an entry, whose feed may say what it does not say itself."""
    fields = fields_of(item)
    written = text_of(
        fields, "pubDate", "dc:date", "dc:issued", "atom:published", "atom:issued", "atom:updated"
    )
    sources = [_title_of(one) for name in ("source", "atom:source") for one in fields.get(name, ())]
    outlet = next(filter(None, sources), "") or text_of(channel, "title", "atom:title")
    declared = [one.get(LANGUAGE) for one in (item, *item.iterancestors())]
    columns = {
        "url": _url(fields),
        "language": language_of(
            text_of(fields, "dc:language"),
            *(one.get(LANGUAGE) for one in fields.get("atom:content", ())),
            text_of(channel, "language", "dc:language"),
            *declared,
        ),
        "categories": "; ".join(dict.fromkeys(filter(None, map(_term, _categories(fields))))),
    }
    return Article(
        title=plain(text_of(fields, "title", "atom:title", "dc:title")) or None,
        text=content.text,
        date=day_in(written) or written or None,
        outlet=plain(outlet) or None,
        author=_author(fields) or _author(channel) or None,
        columns={name: value for name, value in columns.items() if value},
        notes=content.notes,
        left_out=content.left_out,
    )


def _content(item: Any) -> Content:
    fields = fields_of(item)
    pages = [one for name in ("html:body", "html:div") for one in fields.get(name, ())]
    whole = [read_element(one) for one in pages]
    whole += [read_page(source_of(one)) for one in fields.get("content:encoded", ())]
    whole += [_of_atom(one) for one in fields.get("atom:content", ())]
    shorter = [read_page(source_of(one)) for one in fields.get("description", ())]
    shorter += [_of_atom(one) for one in fields.get("atom:summary", ())]
    shorter += [read_page(source_of(one)) for one in fields.get("dc:description", ())]
    return first_text([*whole, *map(summary, shorter)])


def _of_atom(element: Any) -> Content:
    kind = (element.get("type") or "text").lower()
    if kind in ("xhtml", "application/xhtml+xml"):
        return read_element(element)
    if kind in ("html", "text/html") or (kind.startswith("text") and element.get("src") is None):
        return read_page(source_of(element))
    return Content("")


def _url(fields: Fields) -> str:
    links = [
        one for one in fields.get("atom:link", ()) if one.get("rel", "alternate") == "alternate"
    ]
    guids = [one for one in fields.get("guid", ()) if one.get("isPermaLink", "true") == "true"]
    named = [one.get("href") or "" for one in links]
    named = [text_of(fields, "link"), *named, *map(text_in, guids)]
    return next((one for one in named if one.startswith(("http:", "https:"))), "")


def _author(fields: Fields) -> str:
    names = [text_in(one) for one in fields.get("dc:creator", ())]
    for one in fields.get("author", ()):
        mail = _MAIL.fullmatch(text_in(one))
        names.append(mail[1] if mail else text_in(one))
    people = fields.get("atom:author", ())
    names += [text_of(fields_of(one), "atom:name") or text_in(one) for one in people]
    return "; ".join(dict.fromkeys(filter(None, map(plain, names))))


def _categories(fields: Fields) -> list[Any]:
    return [
        one for name in ("category", "atom:category", "dc:subject") for one in fields.get(name, ())
    ]


def _term(category: Any) -> str:
    return plain(category.get("label") or category.get("term") or text_in(category))


def _title_of(source: Any) -> str:
    return text_of(fields_of(source), "atom:title") if len(source) else text_in(source)


def _key(element: Any) -> str:
    space, _, name = str(element.tag).removeprefix("{").rpartition("}")
    if not space:
        return name
    if wordpress := _WORDPRESS.match(space):
        return f"{'excerpt' if wordpress[1] else 'wp'}:{name}"
    known = (mark for begin, mark in _NAMESPACES.items() if space.lower().startswith(begin))
    return f"{next(known, '?:')}{name}"
