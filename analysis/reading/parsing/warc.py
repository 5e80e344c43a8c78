"""An archive of web pages (.warc) → the articles of its pages, some of them at a time."""

import re
from collections import Counter
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from analysis.reading.parsing.html import parse_html
from analysis.reading.parsing.limits import ParsingError

_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_UNREAD_ENCODINGS = ("br", "zstd")
# What is read before the answer is given, so that no large file takes too long or too much.
_PAGES_AT_ONCE = 20
_RECORDS_AT_ONCE = 2_000
_LARGEST_PAGE = 10_000_000
_CHUNK = 1 << 16
# Its own log, and how it was called.
_OF_CRAWLER = "metadata:"
_WITH_CONTENT = ("response", "resource", "conversion")


def parse_warc(location: str, before: dict[str, Any]) -> dict[str, Any]:
    """Read the next pages; `before` is what the last step said of what it had read."""
    start, n_articles = before.get("start", 0), before.get("n_articles", 0)
    left_out = Counter(before.get("left_out", {}))
    articles: list[dict[str, Any]] = []
    notes: list[str] = []
    n_pages = 0
    with open(location, "rb") as file:
        file.seek(start)
        records = ArchiveIterator(file)
        try:
            for number, record in enumerate(records):
                if n_pages == _PAGES_AT_ONCE or number == _RECORDS_AT_ONCE:
                    # This record is read again in the next step, from where it begins.
                    state = {
                        "start": records.get_record_offset(),
                        "n_articles": n_articles + len(articles),
                        "left_out": left_out,
                    }
                    return {"articles": articles, "notes": notes, "next": state}
                page, reason = _page(record)
                if reason:
                    left_out[reason] += 1
                if page is None:
                    continue
                while record.raw_stream.read(_CHUNK):
                    pass
                is_cut = getattr(record.raw_stream, "limit", 0) > 0
                n_pages += 1
                address = record.rec_headers.get_header("WARC-Target-URI") or ""
                found, told = _articles(page, address)
                articles += found
                notes += told
                if is_cut:
                    notes.append(f"{address}: the file ends within this page")
                if not found:
                    left_out["pages without text"] += 1
        except (MemoryError, ParsingError):
            raise
        except Exception as fault:
            if not articles and not n_articles:
                reason = "it is no .warc file, or damaged; archive the pages again"
                raise ParsingError(reason) from fault
            notes.append("the file is damaged behind the last article that was read")
    if not articles and not n_articles:
        raise ParsingError(f"it holds no web pages with text{_listed(left_out)}")
    if left_out:
        notes.append(f"left out{_listed(left_out)}")
    return {"articles": articles, "notes": notes}


def sound_file() -> bytes:
    """Make a small file that any version of the library can read."""
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>Talks resume.</p></html>"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
    kind = b"Content-Type: application/http\r\n"
    return head + kind + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(page), page)


def _listed(left_out: Counter[str]) -> str:
    return ": " + ", ".join(f"{n:,} {name}" for name, n in left_out.items()) if left_out else ""


def _page(record: Any) -> tuple[bytes | None, str | None]:
    """Return the page that a record holds, or what it holds instead."""
    if record.rec_type == "revisit":
        return None, "pages that were archived before"
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type not in _WITH_CONTENT or address.startswith(_OF_CRAWLER):
        return None, None
    headers = record.http_headers or record.rec_headers
    kind = (headers.get_header("Content-Type") or "").partition(";")
    if kind[0].strip().lower() not in _PAGES:
        return None, "files of other kinds (pictures, scripts, styles …)"
    if record.http_headers and not record.http_headers.get_statuscode().startswith("2"):
        return None, "pages that could not be had (moved, missing, forbidden)"
    encoding = (headers.get_header("Content-Encoding") or "").strip().lower()
    if record.http_headers and encoding in _UNREAD_ENCODINGS:
        return None, f"pages that are compressed in a way that is not read ({encoding})"
    try:
        page = record.content_stream().read(_LARGEST_PAGE + 1)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the library raises anything where a page is damaged
        return None, "pages that are damaged"
    if len(page) > _LARGEST_PAGE:
        return None, f"pages of more than {_LARGEST_PAGE:,} bytes"
    charset = _CHARSET.search(kind[2])
    try:
        return (page.decode(charset[1]).encode() if charset else page), None
    except (LookupError, UnicodeError):
        # As browsers do, what the page declares comes next.
        return page, None


def _articles(page: bytes, address: str) -> tuple[list[dict[str, Any]], list[str]]:
    try:
        parsed = parse_html(page)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - libraries raise anything where a page is damaged
        return [], []
    on_articles = (told for _, told in parsed.get("notes_on_articles", ()))
    notes = [f"{address}: {note}" for note in (*parsed["notes"], *on_articles)]
    if "articles" in parsed:
        return parsed["articles"], notes
    # The address from which a page was had is sure; the one that it tells may lack.
    fields = {**parsed["fields"], "url": address or parsed["fields"].get("url")}
    return [{**fields, "text": "\n\n".join(parsed["paragraphs"])}], notes
