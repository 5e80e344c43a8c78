"""A web page → its article: headline, paragraphs, and what the page says of itself."""

import codecs
import re
from typing import Any

import webencodings
from lxml import etree
from lxml import html as lxml_html
from trafilatura import bare_extraction

from analysis.reading.exports import read_export
from analysis.reading.parsing.article import find_article, is_same
from analysis.reading.parsing.blocks import LINE_END, UNSEEN, blocks_of
from analysis.reading.parsing.coverage import notes_on
from analysis.reading.parsing.limits import ParsingError
from analysis.reading.parsing.page_blocks import HIDDEN_WORDS, Block, Node, read_blocks
from analysis.reading.parsing.page_data import body_in_data
from analysis.reading.parsing.page_dates import day_of_page

# Where a page declares its encoding, browsers look no further than this.
_HEAD_BYTES = 1024
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
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
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|amp|quot|apos|lt|gt|nbsp|[a-z]{1,2}uml);")
_NAMED_AT_MOST = 3
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FEW_WORDS = 40
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def parse_html(data: bytes) -> dict[str, Any]:
    """Take the article out of a web page, or the articles where a database wrote it."""
    text, notes = _decode(data)
    tree, told = _tree(text)
    notes += told
    if tree is None:
        raise ParsingError("the page is empty; save it again or remove it")
    if export := read_export("page", tree):
        return {**export, "notes": [*notes, *export["notes"]]}
    _empty_hidden(tree)
    fields: dict[str, Any] = {"language": tree.get("lang")}
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
        fields |= {name: getattr(page, name) for name in ("title", "author", "url")}
        fields["outlet"] = page.sitename
        for element in page.body.iter(*_NAMES):
            element.tag = _NAMES[element.tag]
        found = [line for block in blocks_of(page.body) for line in block.split(LINE_END)]
    paragraphs, told_of = _text(nodes, blocks, found, body_in_data(tree), fields)
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
    if entities := list(dict.fromkeys(_ENTITY.findall("\n".join(paragraphs)))):
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
    if not in_data and not any(block.text in found for block in blocks):
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
    if 2 * shown < held and paragraphs[0] in " ".join(in_data):
        told = (
            f"the page shows {shown:,} of the {held:,} words of its article; all were taken from "
            "the data beside it"
        )
        return in_data, [told]
    return paragraphs, notes_on(article, blocks)


def sound_file() -> bytes:
    """Make a small page that any version of the library can read."""
    paragraph = b"<p>Talks on the border resumed on Monday after a break of two weeks.</p>"
    return b"<html><body><article>" + 9 * paragraph + b"</article></body></html>"


def _decode(data: bytes) -> tuple[str, list[str]]:
    """Decode as browsers do: byte order mark, then what the page declares, then UTF-8."""
    if data.startswith(_MARKS):
        return webencodings.decode(data, "utf-8")[0], []
    try:
        # A page that is valid UTF-8 is UTF-8, whatever an old template declares.
        return data.decode("utf-8"), []
    except UnicodeDecodeError as fault:
        offset = fault.start
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    encoding = webencodings.lookup(declared[1].decode("ascii")) if declared else None
    if encoding is not None and encoding.name not in ("utf-8", "utf-16le", "utf-16be"):
        return encoding.codec_info.decode(data, "replace")[0], []
    if encoding is not None:
        note = f"byte {offset} and perhaps more are no UTF-8, and were replaced by U+FFFD"
        return data.decode("utf-8", "replace"), [note]
    note = "its encoding is declared nowhere and was guessed as windows-1252, as browsers do"
    return data.decode("cp1252", "replace"), [note]


def _tree(text: str) -> tuple[Any, list[str]]:
    # An encoding declared inside the text would be an error once the text is decoded.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""), count=1)
    if not text.strip():
        return None, []
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, []
    if any(one.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for one in parser.error_log):
        return tree, ["a part of the page was not read, since its elements stand too deep in others"]
    return tree, []


def _empty_hidden(tree: Any) -> None:
    """Take out what nobody sees, and keep the number of its words."""
    hidden: list[Any] = []
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        style = element.get("style")
        if "hidden" in element.attrib or (style and _HIDDEN.search(style)):
            if element.tag not in ("html", "body"):
                hidden.append(element)
                walk.skip_subtree()
    for element in hidden:
        is_text = element.tag not in UNSEEN
        words = len(" ".join(element.itertext()).split()) if is_text else 0
        element.clear(keep_tail=True)
        element.set(HIDDEN_WORDS, str(words))
