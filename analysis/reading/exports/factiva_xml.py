"""XML of Factiva → articles."""

import re
from typing import Any

from lxml import etree

from analysis.reading.exports.articles import Article, Export
from analysis.reading.exports.dates import day_in
from analysis.reading.exports.elements import first, name_of, text_in
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
_NAMED = {
    "subjects": "newsSubject",
    "companies": "company",
    "industries": "industry",
    "places": "region",
    "persons": "person",
}


def recognises(source: Any) -> bool:
    """Know the file by the names of its elements."""
    return first(source, "ppsarticle") is not None or "ppsArticle" in name_of(source)


def split(source: Any) -> Export:
    """Part the file into its articles."""
    elements = [one for one in source.iter(etree.Element) if name_of(one) == "article"]
    if not elements:
        raise ParsingError("it was written by Factiva, and holds no articles; download them again")
    around = first(source, "ppsarticleResultSet")
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
    own: dict[str, list[Any]] = {}
    for one in element.iterchildren(etree.Element):
        own.setdefault(name_of(one), []).append(one)
    fields = {tag: text_in(elements[0]) for tag, elements in own.items()}
    columns = {name: fields.get(tag, "") for name, tag in _COLUMNS.items()}
    columns["language"] = code_of_language(fields.get("baseLanguage", "")) or ""
    columns |= {
        name: "; ".join(filter(None, map(text_in, own.get(tag, ()))))
        for name, tag in _NAMED.items()
    }
    parts = [*own.get("leadParagraph", ()), *own.get("tailParagraphs", ())]
    return Article(
        title=fields.get("headline") or None,
        text="\n\n".join(filter(None, (text_in(one) for part in parts for one in part))),
        date=day_in(fields.get("publicationDate", "")[:10]),
        outlet=fields.get("sourceName") or None,
        author=author_in(fields.get("byline", "")),
        columns={name: value for name, value in columns.items() if value},
    )


def _is_cut(element: Any) -> bool:
    return any(one.get("truncation", "None") != "None" for one in element.iter(etree.Element))
