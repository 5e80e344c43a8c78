"""Files of news databases → their articles: one recogniser for each kind, and their registry.

To add a kind, write a module with `recognises(source) -> bool`, which looks for marks in the
content, and `split(source) -> Export`, which raises `ParsingError` where it sees the marks and
cannot part the articles. Then name it below, under the form of its source.
"""

import importlib
from collections.abc import Mapping
from typing import Any

from analysis.reading.exports.articles import Article, Export

# By the form of the source: decoded text, the tree of a web page or of an XML file, and the
# list of `Paragraph` of a Word file. The first module that knows the file has it.
RECOGNISERS: Mapping[str, tuple[str, ...]] = {
    "text": ("nexis_classic", "factiva_text", "proquest_text"),
    "page": ("nexis_page", "factiva_page", "europresse", "proquest_page"),
    "xml": ("factiva_xml",),
    "word": (),
}


def read_export(form: str, source: Any) -> dict[str, Any] | None:
    """Return the articles of a file that a database wrote, as JSON holds them, or None."""
    for name in RECOGNISERS[form]:
        kind = importlib.import_module(f"analysis.reading.exports.{name}")
        if kind.recognises(source):
            export: Export = kind.split(source)
            notes = [*export.notes, *_notes_on(export)]
            articles = [_fields(article) for article in export.articles]
            return {"articles": articles, "notes": notes}
    return None


def _fields(article: Article) -> dict[str, Any]:
    own = article._asdict()
    columns = own.pop("columns")
    # The headline is the first paragraph, as it is of a web page.
    own["text"] = "\n\n".join(filter(None, (article.title, article.text)))
    fields = {name: value for name, value in {**columns, **own}.items() if value}
    if (words := fields.get("announced_words", "")).isdecimal():
        fields["announced_words"] = int(words)
    return fields


def _notes_on(export: Export) -> list[str]:
    """Say what of the articles is missing."""
    found = len(export.articles)
    notes = []
    if export.announced not in (None, found):
        notes.append(
            f"the file announces {export.announced:,} articles and {found:,} were found; compare "
            "it with the list at its beginning, or download it again"
        )
    for name in ("text", "date", "outlet"):
        without = [n for n, one in enumerate(export.articles, 1) if not getattr(one, name)]
        if without:
            of_these = f"{len(without):,} of its {found:,} articles (first: number {without[0]})"
            notes.append(f"no {name} was found in {of_these}; look at the file")
    return notes
