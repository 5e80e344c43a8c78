"""XML of Factiva → articles."""

import re
from typing import Any

from lxml import etree

from analysis.reading.exports.articles import Article, Export
from analysis.reading.exports.dates import day_in
from analysis.reading.exports.values import author_in, code_of_language
from analysis.reading.parsing.limits import ParsingError

_COLUMNS = {
    "section": "sectionName",
    "edition": "edition",
    "page": "pages",
    "dateline": "dateline",
    "announced_words": "wordCount",
    "source_id": "accessionNo",
}


def recognises(source: Any) -> bool:
    """Know the file by the names of its elements."""
    return _first(source, "ppsarticle") is not None or "ppsArticle" in _name(source)


def split(source: Any) -> Export:
    """Part the file into its articles."""
    elements = [one for one in source.iter(etree.Element) if _name(one) == "article"]
    if not elements:
        raise ParsingError("it was written by Factiva, and holds no articles; download them again")
    around = _first(source, "ppsarticleResultSet")
    announced = None if around is None else around.get("count", "")
    notes = []
    if n_cut := sum(map(_is_cut, elements)):
        notes.append(
            f"Factiva wrote {n_cut:,} of {len(elements):,} articles in part only; download them in "
            "full"
        )
    articles = [_article(element) for element in elements]
    number = int(announced) if announced and re.fullmatch(r"[0-9]{1,6}", announced) else None
    return Export(articles, number, notes)


def _article(element: Any) -> Article:
    own: dict[str, Any] = {}
    for one in element.iterchildren(etree.Element):
        own.setdefault(_name(one), one)
    columns = {name: _text(own.get(tag)) for name, tag in _COLUMNS.items()}
    columns["language"] = code_of_language(_text(own.get("baseLanguage"))) or ""
    subjects = (one for one in element.iterchildren(etree.Element) if _name(one) == "newsSubject")
    columns["subjects"] = "; ".join(filter(None, map(_text, subjects)))
    paragraphs = [*own.get("leadParagraph", ()), *own.get("tailParagraphs", ())]
    return Article(
        title=_text(own.get("headline")) or None,
        text="\n\n".join(filter(None, map(_text, paragraphs))),
        date=day_in(_text(own.get("publicationDate"))[:10]),
        outlet=_text(own.get("sourceName")) or None,
        author=author_in(_text(own.get("byline"))),
        columns={name: value for name, value in columns.items() if value},
    )


def _is_cut(element: Any) -> bool:
    return any(one.get("truncation", "None") != "None" for one in element.iter(etree.Element))


def _first(element: Any, name: str) -> Any:
    return next((one for one in element.iter(etree.Element) if _name(one) == name), None)


def _name(element: Any) -> str:
    return etree.QName(element).localname


def _text(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext(etree.Element)).split())
