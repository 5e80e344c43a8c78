"""A web page → its article: headline, paragraphs, and what the page says of itself."""

from typing import Any

from trafilatura import bare_extraction

from analysis.reading.exports import read_export
from analysis.reading.garbled import leftovers
from analysis.reading.parsing.article import find_article, is_same
from analysis.reading.parsing.blocks import LINE_END, blocks_of
from analysis.reading.parsing.coverage import notes_on
from analysis.reading.parsing.google_docs import read_google_document
from analysis.reading.parsing.limits import ParsingError
from analysis.reading.parsing.page_blocks import Block, Node, read_blocks
from analysis.reading.parsing.page_data import article_in_data
from analysis.reading.parsing.page_dates import day_of_page
from analysis.reading.parsing.page_source import decoded, empty_hidden, tree_of

_FEW_WORDS = 40
# What trafilatura calls the elements of pages.
_NAMES = {
    "head": "h2",
    "quote": "blockquote",
    "item": "li",
    "list": "ul",
    "cell": "td",
    "row": "tr",
    "lb": "br",
    "code": "pre",
    "fw": "p",
}
_NAMED_AT_MOST = 3
_MOST = 0.7


def parse_html(data: bytes) -> dict[str, Any]:
    """Take the article out of a web page, or the articles where a database wrote it."""
    text, notes = decoded(data)
    tree, told = tree_of(text)
    notes += told
    if tree is None:
        raise ParsingError("the page is empty; save it again or remove it")
    if export := read_export("page", tree):
        return {**export, "notes": [*notes, *export["notes"]]}
    empty_hidden(tree)
    document = read_google_document(tree)
    if document and document["paragraphs"]:
        return {**document, "notes": [*notes, *document["notes"]]}
    headline, in_data = article_in_data(tree)
    fields: dict[str, Any] = {"title": headline, "language": tree.get("lang")}
    fields["date"], told_of_day = day_of_page(tree)
    notes += filter(None, [told_of_day])
    nodes, blocks = read_blocks(tree)
    for node in nodes:
        # Of short articles, more words stand in their teasers.
        if node.is_teaser and node.element.getparent() is not None:
            node.element.drop_tree()
    # Nothing may be remembered from page to page: the same file always gives the same text.
    page: Any = bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=True,
        # The day of the page is looked for above; this is the least that can be asked for.
        date_extraction_params={"extensive_search": False},
    )
    found: list[str] = []
    if page is not None:
        fields |= {name: getattr(page, name) for name in ("author", "url")}
        fields["title"] = page.title or headline
        fields["outlet"] = page.sitename
        for element in page.body.iter(*_NAMES):
            element.tag = _NAMES[element.tag]
        found = [line for block in blocks_of(page.body) for line in block.split(LINE_END)]
    paragraphs, told_of = _text(nodes, blocks, found, in_data, fields)
    if not paragraphs:
        raise ParsingError(
            f"no text was found in {len(data):,} bytes; the page may be filled in by a script: "
            "save it from the browser when it is complete"
        )
    notes += told_of
    title = fields.get("title")
    if title and not is_same(paragraphs[0], title):
        paragraphs = [title, *paragraphs]
    n_words = sum(len(paragraph.split()) for paragraph in paragraphs)
    if n_words < _FEW_WORDS:
        notes.append(
            f"only {n_words} words were found on this page; it may be a notice about cookies, a "
            "paywall or an error"
        )
    escaped = [one for one in leftovers("\n".join(paragraphs)) if one.startswith("&")]
    if entities := list(dict.fromkeys(escaped)):
        named = ", ".join(map(repr, entities[:_NAMED_AT_MOST]))
        notes.append(
            f"signs are written as in the source of a page ({named}), since the page escapes them "
            "twice; replace them if they stand in words that you look for"
        )
    fields = {name: value for name, value in fields.items() if value}
    return {"paragraphs": paragraphs, "fields": fields, "notes": notes}


def _text(
    nodes: list[Node],
    blocks: list[Block],
    found: list[str],
    in_data: list[str],
    fields: dict[str, Any],
) -> tuple[list[str], list[str]]:
    """Return the paragraphs of the article of a page, and what is to be said of them."""
    article = find_article(nodes, blocks, found, fields.get("title"))
    if article is not None and not article.taken:
        article = None
    if not in_data and _share(found, [block.text for block in blocks]) <= _MOST:
        in_data = found
    if article is None and in_data:
        told = "the page shows no text of its article; it was taken from the data beside it"
        return in_data, [told]
    if article is None:
        told = "no article was found on this page, so all its text was taken"
        return [block.text for block in blocks], [told] if blocks else []
    outlet = fields.get("outlet") or ""
    if article.headline is not None:
        fields["title"] = blocks[article.headline].text
    if is_same(fields.get("title") or "", outlet):
        # What stands above all pages of an outlet is no headline.
        fields["title"] = None
    paragraphs = [blocks[n].text for n in article.taken]
    shown, held = (sum(len(one.split()) for one in text) for text in (paragraphs, in_data))
    if 2 * shown < held and _share(paragraphs[:1], in_data) > _MOST:
        told = (
            f"the page shows {shown:,} of the {held:,} words of its article; all were taken from "
            "the data beside it"
        )
        return in_data, [told]
    return paragraphs, notes_on(article, blocks)


def _share(texts: list[str], others: list[str]) -> float:
    """Return the share of the words of texts that others hold too."""
    known = {word for text in others for word in text.split()}
    words = [word for text in texts for word in text.split()]
    return sum(word in known for word in words) / (len(words) or 1)


def sound_file() -> bytes:
    """Make a small page that any version of the library can read."""
    paragraph = b"<p>Talks on the border resumed on Monday after a break of two weeks.</p>"
    return b"<html><body><article>" + 9 * paragraph + b"</article></body></html>"
