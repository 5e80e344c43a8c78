"""Columns have the same names whatever database wrote the file."""

from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from analysis.reading.exports import read_export
from tests.reading.exports import europresse_samples as europresse
from tests.reading.exports import factiva_samples as factiva
from tests.reading.exports import nexis_samples as nexis
from tests.reading.exports import proquest_samples as proquest
from tests.reading.exports import xml_samples

_OURS = {"title", "text", "date", "outlet", "author", "url", "language"}
_OF_ARTICLES = {"section", "edition", "page", "dateline", "kicker", "subtitle", "highlight"} | {
    *("series", "show", "guests", "anchors", "distribution", "abstract", "graphic", "credit"),
    *("correction", "correction_date", "announced_words"),
}
_OF_ARCHIVES = {"subjects", "organizations", "companies", "tickers", "persons", "places"} | {
    *("industries", "load_date", "publication_type", "publication_code", "document_type"),
    *("source_id", "categories", "tags", "turn_speaker", "speaker_role"),
}
# Labels of LexisNexis that are not known become columns, too.
_UNLISTED = {"type", "bibliographie"}


def _exports() -> Iterator[Any]:
    texts = [nexis.ENGLISH, nexis.GERMAN, nexis.ODD, "\n".join(nexis.LIST + nexis.ARTICLES)]
    texts += [factiva.PLAIN.format(0), factiva.CODED.format(0)]
    texts += [proquest.text_of(proquest.ARTICLE.format(n=1))]
    yield from (read_export("text", text) for text in texts)
    article = factiva.article_of(factiva.lines_of("Boats", *factiva.OTHERS), factiva.PARAGRAPH)
    blocks = [article, europresse.article_of(), europresse.cell_of(), proquest.block_of(1)]
    for block in blocks:
        yield read_export("page", html.document_fromstring(f"<html><body>{block}</body></html>"))
    xml = factiva.XML.format(factiva.XML_ARTICLE.format("None"))
    for kind in (xml, *xml_samples.SEEDS):
        yield read_export("xml", etree.fromstring(kind.encode()))


def test_every_column_is_listed() -> None:
    articles = [article for export in _exports() for article in export["articles"]]
    names = set().union(*articles)
    assert names - (_OURS | _OF_ARTICLES | _OF_ARCHIVES) == _UNLISTED
    for name in ("section", "subjects", "announced_words", "source_id", "language"):
        assert sum(name in article for article in articles) > 2
