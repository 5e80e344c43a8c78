"""A web page → its article: headline, paragraphs, and what the page says of itself."""

import codecs
import re
from typing import Any

import webencodings
from lxml import etree
from lxml import html as lxml_html
from trafilatura import bare_extraction

from analysis.reading.exports import read_export
from analysis.reading.parsing.blocks import PAGE_BLOCKS, blocks_of
from analysis.reading.parsing.limits import ParsingError
from analysis.reading.parsing.page_dates import day_of_page

# Where a page declares its encoding, browsers look no further than this.
_HEAD_BYTES = 1024
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_BLOCKS = frozenset({"p", "head", "quote", "item", "cell", "row", "list", "table", "code", "fw"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FEW_WORDS = 40
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def parse_html(data: bytes) -> dict[str, Any]:
    """Take the article out of a web page, or the articles where a database wrote it."""
    text, notes = _decode(data)
    tree = _tree(text)
    if tree is None:
        raise ParsingError("the page is empty; save it again or remove it")
    if export := read_export("page", tree):
        return {**export, "notes": [*notes, *export["notes"]]}
    _drop_hidden(tree)
    fields: dict[str, Any] = {"language": tree.get("lang")}
    fields["date"], told = day_of_page(tree)
    notes += [told] if told else []
    # Nothing may be remembered from page to page: the same file always gives the same text.
    page: Any = bare_extraction(
        etree.tostring(tree, encoding="unicode", method="html"),
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=True,
        # The day of the page is looked for above; this is the least that can be asked for.
        date_extraction_params={"extensive_search": False},
    )
    paragraphs = [] if page is None else blocks_of(page.body, _BLOCKS, "lb")
    if page is not None:
        fields |= {name: getattr(page, name) for name in ("title", "author", "url")}
        fields["outlet"] = page.sitename
    if not paragraphs:
        paragraphs = blocks_of(tree, PAGE_BLOCKS, "br")
        if paragraphs:
            notes.append("no article was found on this page, so all its text was taken")
    if not paragraphs:
        raise ParsingError(
            f"no text was found in {len(data):,} bytes; the page may be filled in by a script: "
            "save it from the browser when it is complete"
        )
    title = fields.get("title")
    if title and not _same(paragraphs[0], title):
        paragraphs = [title, *(p for p in paragraphs if not _same(p, title))]
    n_words = sum(len(paragraph.split()) for paragraph in paragraphs)
    if n_words < _FEW_WORDS:
        notes.append(
            f"only {n_words} words were found on this page; it may be a notice about cookies, a "
            "paywall or an error"
        )
    fields = {name: value for name, value in fields.items() if value}
    return {"paragraphs": paragraphs, "fields": fields, "notes": notes}


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


def _tree(text: str) -> Any:
    # An encoding declared inside the text would be an error once the text is decoded.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""), count=1)
    # Pages within a page, as mails have them, end it for the parser, and not for browsers.
    text = re.sub(r"</(?:body|html)\s*>", "", text, flags=re.IGNORECASE)
    if not text.strip():
        return None
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _drop_hidden(tree: Any) -> None:
    for element in list(tree.iter(etree.Element)):
        style = element.get("style") or ""
        hidden = "hidden" in element.attrib or _HIDDEN.search(style) is not None
        if hidden and element.getparent() is not None:
            element.drop_tree()


def _same(one: str, two: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(two.split()).casefold()
