"""A mail of a database, as .eml → the articles in it and in what is attached."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from lxml import html as lxml_html

from analysis.reading.exports import read_export
from analysis.reading.parsing.limits import ParsingError

# Pages within the page would end it.
_INNER = re.compile(r"</?(?:html|head|body)\b[^>]*>", re.IGNORECASE)
_FORMS = {"text/html": "page", "text/plain": "text"}
_FORMS_BY_ENDING = {"html": "page", "htm": "page", "txt": "text"}


def parse_mail(data: bytes) -> dict[str, Any]:
    """Take the articles out of a mail."""
    message = message_from_bytes(data, policy=policy.default)
    articles: list[dict[str, Any]] = []
    notes: list[str] = []
    unread: list[str] = []
    # A mail may say the same as a page and as plain text.
    for part in sorted(message.walk(), key=lambda one: _form(one) == "text"):
        form, name = _form(part), part.get_filename()
        if form == "text" and not name and articles:
            continue
        if form is None or not (text := _text(part)).strip():
            unread += [name] if name and part.get_content_maintype() != "image" else []
        elif export := read_export(form, _tree(text) if form == "page" else text):
            articles += export["articles"]
            notes += export["notes"]
    names = ", ".join(map(repr, unread))
    if not articles:
        advice = f"save {names} and read that" if unread else "open its links and save the articles"
        raise ParsingError(f"this mail holds no articles that a database wrote; {advice}")
    if unread:
        notes.append(f"what is attached as {names} was not read; save it and read that too")
    return {"articles": articles, "notes": notes}


def sound_file() -> bytes:
    """Make a small mail that any version of the library can read."""
    label = "<p><strong>{}: </strong>{}</p>"
    labels = {"Full text": "Talks resumed.", "Publication title": "The Herald"}
    page = "<a name='DocID_1'></a><p>Talks</p>" + "".join(
        label.format(*one) for one in labels.items()
    )
    return f"Content-Type: text/html\n\n{page}".encode()


def _form(part: EmailMessage) -> str | None:
    ending = (part.get_filename() or "").rpartition(".")[2].lower()
    return _FORMS_BY_ENDING.get(ending) or _FORMS.get(part.get_content_type())


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")


def _tree(text: str) -> Any:
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    page = f"<html><body>{_INNER.sub('', text)}</body></html>"
    return lxml_html.document_fromstring(page.replace("\x00", ""), parser=parser)
