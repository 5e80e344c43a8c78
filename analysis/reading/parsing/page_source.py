"""The bytes of a page → its tree, without what nobody sees."""

import codecs
import re
from typing import Any

import webencodings
from lxml import etree
from lxml import html as lxml_html

from analysis.reading.encodings import guess_encoding, told_of
from analysis.reading.parsing.blocks import UNSEEN
from analysis.reading.parsing.page_blocks import HIDDEN_WORDS, read_blocks

# Where a page declares its encoding, browsers look no further than this.
_HEAD_BYTES = 1024
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(data: bytes) -> tuple[str, list[str]]:
    """Decode by the byte order mark, as UTF-8, by what the page declares, or by its letters."""
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
    guess = guess_encoding(data)
    if guess is None or not guess.is_likely:
        note = "its encoding is declared nowhere and was guessed as cp1252, as browsers do"
        return data.decode("cp1252", "replace"), [note]
    text = data.decode(guess.encoding, "replace")
    note = f"its encoding is declared nowhere and was {told_of(guess, data)}save the page again"
    damaged = text.count("\ufffd")
    told = f"bytes that are damaged were replaced by U+FFFD ({damaged:,})"
    return text, [note, told] if damaged else [note]


def tree_of(text: str) -> tuple[Any, list[str]]:
    """Return the tree of a page, None where it is empty, and what is to be said of it."""
    # An encoding declared inside the text would be an error once the text is decoded.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""), count=1)
    # Pages within a page, as mails have them, end it for the parser, and not for browsers.
    text = re.sub(r"</(?:body|html)\s*>", "", text, flags=re.IGNORECASE)
    if not text.strip():
        return None, []
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, []
    if any(one.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for one in parser.error_log):
        return tree, [
            "a part of the page was not read, since its elements stand too deep in others"
        ]
    return tree, []


def empty_hidden(tree: Any) -> None:
    """Take out what nobody sees, and keep the number of its words."""
    hidden: list[Any] = []
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        style = element.get("style")
        is_hidden = "hidden" in element.attrib or (style and _HIDDEN.search(style))
        # Some pages hide all of themselves until a script shows them.
        if is_hidden and element.tag not in ("html", "body"):
            hidden.append(element)
            walk.skip_subtree()
    for element in hidden:
        # Menus and boxes that open are hidden on nearly all pages, and hold few sentences.
        words = 0
        if element.tag not in UNSEEN:
            _, blocks = read_blocks(element)
            words = sum(one.n_words for one in blocks if one.is_prose)
        element.clear(keep_tail=True)
        element.set(HIDDEN_WORDS, str(words))
