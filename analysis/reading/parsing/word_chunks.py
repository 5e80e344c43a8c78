"""What a Word file holds in another format (`altChunk`) → its paragraphs."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy

from analysis.reading.parsing.blocks import blocks_of
from analysis.reading.parsing.page_source import decoded, empty_hidden, tree_of
from analysis.reading.parsing.rtf import MARK, paragraphs_in_text, text_of_rtf

_MAIL = re.compile(rb"\s*(?:MIME-Version|From|Content-Type|Subject|Date)\s*:", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype html|html|body|p|div|h[1-6]|span|table)\b", re.IGNORECASE)


def paragraphs_of_chunk(data: bytes, kind: str) -> list[str] | None:
    """Return the paragraphs of a page, a mail with a page, an .rtf file or plain text."""
    if data.lstrip().startswith(MARK):
        return paragraphs_in_text(text_of_rtf(data)[0])
    if kind == "message/rfc822" or _MAIL.match(data):
        return next(_pages(data), None)
    if "html" in kind or _PAGE.search(data):
        return _of_page(data)
    if kind == "text/plain":
        return [" ".join(line.split()) for line in decoded(data)[0].splitlines() if line.strip()]
    return None


def _pages(data: bytes) -> Iterator[list[str]]:
    for part in message_from_bytes(data, policy=policy.default).walk():
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(payload, bytes):
            yield _of_page(payload)


def _of_page(data: bytes) -> list[str]:
    tree, _ = tree_of(decoded(data)[0])
    if tree is None:
        return []
    empty_hidden(tree)
    return blocks_of(tree)
