"""Files of many articles → these: one recogniser for each kind, and their registry.

News databases write them, feeds, blogs, parliaments and agencies.

To add a kind, write a module with `recognises(source) -> bool`, which looks for marks in the
content, and `split(source) -> Export`, which raises `ParsingError` where it sees the marks and
cannot part the articles. Then name it below, under the form of its source.
"""

import importlib
import operator
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from analysis.reading.exports.articles import Article, Export
from analysis.reading.exports.values import states_rights

# By the form of the source: decoded text, the tree of a web page or of an XML file, and the
# list of `Paragraph` of a Word file. The first module that knows the file has it.
RECOGNISERS: Mapping[str, tuple[str, ...]] = {
    "text": ("nexis_uni", "nexis_classic", "factiva_text", "proquest_text", "refused"),
    "page": ("nexis_page", "factiva_page", "europresse", "proquest_page"),
    "xml": ("factiva_xml", "wordpress", "feeds", "tei", "news_items"),
    "word": ("nexis_uni", "nexis_classic", "factiva_text", "proquest_text", "refused"),
}
_LONGEST_WORD = 20
_MOST_DIGITS = 10


def read_export(form: str, source: Any) -> dict[str, Any] | None:
    """Return the articles of a file that a database wrote, as JSON holds them, or None."""
    if isinstance(source, str):
        # Files that were joined have a byte order mark each; lines end in three ways.
        source = source.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    for kind in map(_recogniser, RECOGNISERS[form]):
        if kind.recognises(source):
            export: Export = kind.split(source)
            articles = [_without_rights(article) for article in export.articles]
            n_cut = sum(map(operator.ne, articles, export.articles))
            notes = [*export.notes, *_notes_on(export._replace(articles=articles))]
            if n_cut:
                of_these = f"{n_cut:,} of its {len(articles):,} articles"
                notes.append(f"lines of copyright behind the text were left out in {of_these}")
            numbered = enumerate(articles, start=1)
            on_articles = [(n, told) for n, article in numbered for told in article.notes]
            return {
                "articles": list(map(_fields, articles)),
                "notes": notes,
                "notes_on_articles": on_articles,
            }
    return None


@cache
def _recogniser(name: str) -> Any:
    return importlib.import_module(f"analysis.reading.exports.{name}")


def _without_rights(article: Article) -> Article:
    """Take away the lines behind a text that say whose it is."""
    paragraphs = article.text.split("\n\n")
    while paragraphs and states_rights(paragraphs[-1]):
        paragraphs.pop()
    return article._replace(text="\n\n".join(paragraphs))


def _fields(article: Article) -> dict[str, Any]:
    own = article._asdict()
    columns = own.pop("columns")
    del own["left_out"], own["notes"]
    # The headline is the first paragraph, as it is of a web page.
    above = article.title if own.pop("is_headline") else None
    own["text"] = "\n\n".join(filter(None, (above, article.text)))
    fields = {name: value for name, value in {**columns, **own}.items() if value}
    if words := _announced_words(article):
        fields["announced_words"] = words
    return fields


def _notes_on(export: Export) -> list[str]:
    """Say what of the articles is missing."""
    found = len(export.articles)
    notes: list[str] = []
    if export.announced not in (None, found):
        notes.append(
            f"the file announces {export.announced:,} articles and {found:,} were found; compare "
            "it with the list at its beginning, or download it again"
        )
    missing: dict[str, Iterable[bool]] = {
        f"no {name} was found in": [not getattr(article, name) for article in export.articles]
        for name in ("title", "text", "date", "outlet")
    }
    for what in dict.fromkeys(what for article in export.articles for what in article.left_out):
        missing[f"{what} were left out in"] = [what in one.left_out for one in export.articles]
    missing["less than half of the words announced were found in"] = map(_is_cut, export.articles)
    for reason, concerned in missing.items():
        numbers = [n for n, is_so in enumerate(concerned, start=1) if is_so]
        if numbers:
            of_these = f"{len(numbers):,} of its {found:,} articles (first: number {numbers[0]})"
            notes.append(f"{reason} {of_these}; look at the file")
    return notes


def _is_cut(article: Article) -> bool:
    # Where words are not set apart by spaces, they cannot be counted so.
    spaced = article.text.count(" ") * _LONGEST_WORD > len(article.text)
    return spaced and 2 * len(article.text.split()) < _announced_words(article)


def _announced_words(article: Article) -> int:
    words = article.columns.get("announced_words", "")
    return int(words) if words.isdecimal() and len(words) < _MOST_DIGITS else 0
