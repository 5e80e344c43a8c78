"""A web page that a browser saved with its pictures, as .mhtml → its article."""

from email import message_from_bytes, policy
from typing import Any

from analysis.reading.parsing.html import parse_html
from analysis.reading.parsing.limits import ParsingError
from analysis.reading.parsing.mail import decoded_payload

_PAGES = ("text/html", "application/xhtml+xml")


def parse_saved_page(data: bytes) -> dict[str, Any]:
    """Take the article out of the first page of a file; others are frames within it."""
    message = message_from_bytes(data, policy=policy.default)
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    page = decoded_payload(pages[0])[0] if pages else b""
    if not page.strip():
        raise ParsingError("it holds no web page; save the page again, as .html")
    parsed = parse_html(page)
    if len(pages) > 1:
        told = f"left out: {len(pages) - 1:,} pages in frames, which are mostly advertisements"
        parsed["notes"] = [*parsed["notes"], told]
    address = message.get("Snapshot-Content-Location") or pages[0].get("Content-Location") or ""
    if "fields" in parsed and str(address).startswith(("http://", "https://")):
        parsed["fields"].setdefault("url", str(address).strip())
    return parsed


def sound_file() -> bytes:
    """Make a small page that any version of the library can read."""
    return b"Content-Type: text/html\n\n<html><body><p>Talks resume.</p></body></html>"
