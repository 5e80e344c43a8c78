"""News items of agencies (NewsML-G2, NITF) → their articles."""

from typing import Any

from analysis.reading.exports.articles import Article, Export
from analysis.reading.exports.contents import (
    CAPTIONS,
    Content,
    first_text,
    read_element,
    read_page,
    source_of,
)
from analysis.reading.exports.elements import (
    LANGUAGE,
    children,
    first,
    language_of,
    name_of,
    text_in,
    within,
)
from analysis.reading.exports.values import author_in
from analysis.reading.parsing.limits import ParsingError

_CAPTIONS = ("media", "figcaption")
_PICTURES = ("picture", "video", "audio", "graphic", "composite", "animated")
_USABLE = ("usable", "")


def recognises(source: Any) -> bool:
    """Know the file by the names of its elements."""
    return name_of(source) in ("newsItem", "newsMessage", "nitf", "packageItem")


def split(source: Any) -> Export:
    """Part the file into its news items."""
    items = [source] if name_of(source) == "nitf" else within(source, "newsItem")
    texts = [one for one in items if _kind(one) not in _PICTURES]
    notes = []
    if len(texts) < len(items):
        notes.append(f"pictures, videos and the like were left out ({len(items) - len(texts):,})")
    if packages := len(within(source, "packageItem")):
        notes.append(f"packages, which list other items, were left out ({packages:,})")
    if not texts:
        raise ParsingError(
            "it holds no news item with a text, only pictures, videos or lists of other items; "
            "leave it out"
        )
    return Export(
        [_nitf(one) if name_of(one) == "nitf" else _item(one) for one in texts], None, notes
    )


def _item(item: Any) -> Article:
    meta, about = (next(iter(children(item, name)), item) for name in ("itemMeta", "contentMeta"))
    inner = first(item, "contentSet", "nitf")
    own = None if inner is None else _nitf(inner)
    content = Content(own.text, left_out=tuple(own.left_out)) if own else _content(item)
    headlines = [one for one in children(about, "headline") if one.get("role") is None]
    headlines += children(about, "headline")
    days = [
        *(children(about, "contentCreated") + children(meta, "firstCreated")),
        *children(meta, "versionCreated"),
    ]
    creators = [_named(one) for one in children(about, "creator")]
    language = next(iter(children(about, "language")), None)
    columns = {
        "language": language_of(
            None if language is None else language.get("tag"), item.get(LANGUAGE)
        ),
        "subjects": "; ".join(filter(None, map(_named, children(about, "subject")))),
        "dateline": text_in(next(iter(children(about, "dateline")), None)),
        "source_id": item.get("guid") or "",
    }
    status = _code(next(iter(children(meta, "pubStatus")), None))
    told = f"its agency marks it as {status!r}; remove it if it was not to be published"
    return Article(
        title=text_in(headlines[0]) if headlines else own.title if own else None,
        text=content.text,
        date=text_in(days[0])[:10] if days else own.date if own else None,
        outlet=_named(next(iter(children(meta, "provider")), None)) or None,
        author="; ".join(filter(None, creators)) or (own.author if own else None) or None,
        columns={
            **(own.columns if own else {}),
            **{name: value for name, value in columns.items() if value},
        },
        notes=content.notes if status in _USABLE else (told, *content.notes),
        left_out=content.left_out,
    )


def _content(item: Any) -> Content:
    pages = [
        first(one, "body") if first(one, "html") is not None else one
        for one in within(item, "inlineXML")
    ]
    found = [read_element(one, _CAPTIONS) for one in pages if one is not None]
    return first_text([*found, *(read_page(source_of(one)) for one in within(item, "inlineData"))])


def _nitf(nitf: Any) -> Article:
    body = first(nitf, "body.content")
    head = first(nitf, "hedline")
    full = (
        [] if body is None else [b for b in within(body, "block") if b.get("class") == "full_text"]
    )
    # The first paragraphs stand twice where a file has the full text in a block of its own.
    contents = [read_element(one, _CAPTIONS) for one in full or [body] if one is not None]
    published = first(nitf, "pubdata")
    days = [None if published is None else published.get("date.publication")]
    days += [one.get("norm") for one in within(nitf, "date.issue", "date.release", "story.date")]
    day = next(filter(None, days), "")
    sources = [published.get("name") if published is not None else None]
    sources += [text_in(first(nitf, "distributor")), *_attributes(nitf, "doc-id", "regsrc")]
    columns = {
        "language": language_of(nitf.get(LANGUAGE), nitf.get("baselang")),
        "dateline": text_in(first(nitf, "dateline", "location"))
        or text_in(first(nitf, "dateline")),
        "highlight": "" if head is None else text_in(first(head, "hl2")),
        "abstract": text_in(first(nitf, "abstract")),
        "section": "" if published is None else published.get("position.section") or "",
        "source_id": next(iter(_attributes(nitf, "doc-id", "id-string")), ""),
    }
    captions = body is not None and bool(within(body, *_CAPTIONS))
    return Article(
        title=text_in(first(head, "hl1")) or text_in(head) or None,
        text="\n\n".join(one.text for one in contents),
        date=(f"{day[:4]}-{day[4:6]}-{day[6:8]}" if day[:8].isdecimal() else day[:10]) or None,
        outlet=next(filter(None, sources), None),
        author=author_in(text_in(first(nitf, "byline"))),
        columns={name: value for name, value in columns.items() if value},
        left_out=[CAPTIONS] if captions else [],
    )


def _attributes(element: Any, name: str, attribute: str) -> list[str]:
    return [value for one in within(element, name) if (value := one.get(attribute))]


def _kind(item: Any) -> str:
    return _code(next(iter(within(item, "itemClass")), None))


def _named(element: Any) -> str:
    if element is None:
        return ""
    names = children(element, "name")
    return text_in(names[0]) if names else element.get("literal") or _code(element)


def _code(element: Any) -> str:
    return "" if element is None else (element.get("qcode") or "").rpartition(":")[2]
