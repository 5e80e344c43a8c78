"""A mail, as .eml → its text, or the articles where a database wrote it; a page saved as .mhtml."""

import re
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any, NamedTuple

from lxml import html as lxml_html

from analysis.reading.exports import read_export
from analysis.reading.parsing.article import is_same
from analysis.reading.parsing.blocks import blocks_of
from analysis.reading.parsing.limits import ParsingError
from analysis.reading.parsing.page_source import empty_hidden, tree_of

# Pages within the page would end it.
_INNER = re.compile(r"</?(?:html|head|body)\b[^>]*>", re.IGNORECASE)
_FORMS = {"text/html": "page", "text/plain": "text"}
_FORMS_BY_ENDING = {"html": "page", "htm": "page", "txt": "text"}
# Whatever else they write, it is no text of theirs.
_DATABASES = re.compile(
    r"@(?:[\w-]+\.)*(?:proquest|factiva|dowjones|lexisnexis|nexis|europresse|newsbank|ebsco\w*|gale|"
    r"wiso-net|genios)\.",
    re.IGNORECASE,
)
_IS_QUOTED = "self::blockquote[@type='cite'] or self::div[contains(@class, 'gmail_quote')]"
_QUOTED = f".//*[{_IS_QUOTED}][not(ancestor::*[{_IS_QUOTED}])]"
_LINK = re.compile(r"[<(\[]?(?:https?://|www\.)\S+")


class _Body(NamedTuple):
    """What stands in a part of a mail, and whether that is little but links."""

    paragraphs: list[str]
    notes: list[str]
    is_list: bool = False
    is_page: bool = False


def parse_mail(data: bytes) -> dict[str, Any]:
    """Take the articles of a database out of a mail, or else its own text."""
    message = message_from_bytes(data, policy=policy.default)
    articles: list[dict[str, Any]] = []
    notes: list[str] = []
    on_articles: list[tuple[int, str]] = []
    unread: list[str] = []
    # A mail may say the same as a page and as plain text.
    for part in sorted(message.walk(), key=lambda one: _form(one) == "text"):
        form, name = _form(part), part.get_filename()
        if form == "text" and not name and articles:
            continue
        if form is None or not (text := _text(part)).strip():
            unread += [name] if name and part.get_content_maintype() != "image" else []
        elif export := read_export(form, _tree(text) if form == "page" else text):
            before = len(articles)
            on_articles += [(before + n, told) for n, told in export["notes_on_articles"]]
            articles += export["articles"]
            notes += export["notes"]
        elif name:
            unread.append(name)
    names = ", ".join(map(repr, unread))
    if unread:
        notes.append(f"what is attached as {names} was not read; save it and read that too")
    if articles:
        return {"articles": articles, "notes": notes, "notes_on_articles": on_articles}
    bodies = _bodies(message)
    paragraphs = [one for body in bodies for one in body.paragraphs]
    is_list = bool(bodies) and all(body.is_list for body in bodies)
    of_database = _DATABASES.search(_header(message, "From")) is not None
    if not paragraphs or is_list or of_database:
        reason = "of a news database holds no articles that can be told apart"
        if not paragraphs or is_list:
            reason = "holds little but links" if is_list else "holds no text"
        advice = "remove it" if not paragraphs else "open its links and save the articles"
        advice = f"save {names} and read that" if unread else advice
        raise ParsingError(f"this mail {reason}; {advice}")
    notes += [one for body in bodies for one in body.notes]
    fields = _fields(message)
    title = fields.get("title")
    if title and not is_same(paragraphs[0], title):
        # The headline is the first paragraph, as it is of a web page.
        paragraphs = [title, *paragraphs]
    return {"paragraphs": paragraphs, "fields": fields, "notes": notes}


def sound_file() -> bytes:
    """Make a small mail that any version of the library can read."""
    label = "<p><strong>{}: </strong>{}</p>"
    labels = {"Full text": "Talks resumed.", "Publication title": "The Herald"}
    page = "<a name='DocID_1'></a><p>Talks</p>" + "".join(
        label.format(*one) for one in labels.items()
    )
    return f"Content-Type: text/html\n\n{page}".encode()


def decoded_payload(part: EmailMessage) -> tuple[bytes, bool]:
    """Return what a part holds, as UTF-8 where it says its encoding, and whether it does."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return b"", False
    charset = part.get_content_charset()
    try:
        return (payload.decode(charset, "replace").encode(), True) if charset else (payload, False)
    except (LookupError, UnicodeError):
        return payload, False


def _form(part: EmailMessage) -> str | None:
    ending = (part.get_filename() or "").rpartition(".")[2].lower()
    return _FORMS_BY_ENDING.get(ending) or _FORMS.get(part.get_content_type())


def _text(part: EmailMessage) -> str:
    return decoded_payload(part)[0].decode("utf-8", "replace")


def _tree(text: str) -> Any:
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    page = f"<html><body>{_INNER.sub('', text)}</body></html>"
    return lxml_html.document_fromstring(page.replace("\x00", ""), parser=parser)


def _bodies(part: EmailMessage) -> list[_Body]:
    """Read the parts of a mail that have text; of several forms of one, the page."""
    if part.is_multipart():
        inner = [_bodies(one) for one in part.get_payload() if isinstance(one, EmailMessage)]
        if part.get_content_type() != "multipart/alternative":
            return [body for bodies in inner for body in bodies]
        inner.sort(key=lambda bodies: not any(body.is_page for body in bodies))
        return next(filter(None, inner), [])
    if part.get_filename() or _form(part) is None or not _text(part).strip():
        return []
    body = _body(part)
    return [body] if body.paragraphs else []


def _body(part: EmailMessage) -> _Body:
    text = _text(part)
    notes: list[str] = []
    if _form(part) == "page":
        tree, notes = tree_of(text)
        if tree is None:
            return _Body([], notes)
        empty_hidden(tree)
        paragraphs = blocks_of(tree)
        linked = [one for link in tree.iter("a") for one in blocks_of(link)]
        quoted = [one for quote in tree.xpath(_QUOTED) for one in blocks_of(quote)]
        n_all = _n_words(paragraphs)
    else:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if part.get_param("format") == "flowed":
            # Lines that end in a space go on in the next one; "-- " stands above a signature.
            text = re.sub(r"(?<!\n--) \n(?!\n|>)", " ", text)
        lines = [line.strip() for line in text.split("\n")]
        paragraphs = [one for one in re.split(r"\n{2,}", "\n".join(lines).strip()) if one]
        linked = [line for line in lines if _LINK.fullmatch(line)]
        quoted = [line.lstrip("> ") for line in lines if line.startswith(">")]
        # A line that is an address has no words to measure it by.
        n_all = sum(map(bool, lines))
    if "\ufffd" in text:
        notes.append("letters that its encoding does not have were replaced by U+FFFD")
    if n_quoted := _n_words(quoted):
        notes.append(f"{n_quoted:,} of its words are quoted from other mails, and are read too")
    n_linked = _n_words(linked)
    is_list = n_linked > 0 and 2 * n_linked >= n_all
    return _Body(paragraphs, notes, is_list, _form(part) == "page")


def _n_words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _fields(message: EmailMessage) -> dict[str, str]:
    """Return what the head of a mail says of it."""
    fields = {"title": _header(message, "Subject"), "date": _header(message, "Date")}
    if fields["date"]:
        with suppress(ValueError, TypeError, OverflowError):
            fields["date"] = parsedate_to_datetime(fields["date"]).isoformat()
    name, address = parseaddr(_header(message, "From"))
    fields["author"] = name or address
    return {name: value for name, value in fields.items() if value}


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except Exception:  # noqa: BLE001 - the standard library raises anything where one is damaged
        return ""
