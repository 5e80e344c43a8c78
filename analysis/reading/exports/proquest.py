"""What ProQuest writes of an article: a headline, then labels with their values."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.reading.exports.articles import Article
from analysis.reading.exports.dates import day_in
from analysis.reading.exports.lines import paragraphs_in
from analysis.reading.exports.values import code_of_language

_LABELS = """Abstract; Accession number; Alternate title; Author; Author affiliation; Business
indexing term; Classification; Column; Company / organization; Contributor; Copyright;
Correspondence author; Country of publication; Credit; Database; Dateline; Document feature;
Document title; Document type; Document URL; DOI; e-ISSN; Edition; First page; Full text;
Identifier / keyword; ISSN; Issue; Journal subject; Language; Language of publication; Last updated;
Last page; Links; Location; NAICS; Notes; Number of pages; Pages; People; Person; Place of
publication; Product name; ProQuest document ID; Publication date; Publication frequency;
Publication history; Publication info; Publication subject; Publication title; Publication year;
Publisher; Section; Series; Source; Source attribution; Source type; Subject; Subtitle; Supplement;
Title; Volume; Year; Online publication date; Milestone dates; Copyright holder"""
_NAMES = {" ".join(name.split()).lower() for name in _LABELS.split(";")}
# Mails lose blanks here and there.
_BY_LETTERS = {name.replace(" ", ""): name for name in _NAMES}
_LABEL = re.compile(
    rf"^({'|'.join(name.replace(' ', ' ?') for name in sorted(_NAMES, key=len, reverse=True))})"
    r"\s*:(?:\s+|$)",
    re.IGNORECASE,
)
# Two of these make an article of what stands between two lines.
_SURE = frozenset(
    {
        "full text",
        "proquest document id",
        "publication title",
        "publication date",
        "publication info",
    }
)
_COLUMNS = {
    "section": "section",
    "edition": "edition",
    "pages": "page",
    "subject": "subjects",
    "company / organization": "companies",
    "people": "persons",
    "person": "persons",
    "location": "places",
    "dateline": "dateline",
    "proquest document id": "source_id",
    "document url": "url",
}
NUMBERED = re.compile(
    r"^[^\w\n]*(?:Document|Dokument) +\d{1,6} +(?:of|de|von|sur|van) +(\d{1,6})[^\w\n]*$",
    re.MULTILINE,
)
# Of the outlet stand its place and, where all is in one line, day and page.
_BEHIND_OUTLET = re.compile(r"\s*;|\s+,\s|\s*\[")
_LINK = re.compile(r"^(?:https?://\S+|ProQuest document link)$", re.IGNORECASE)
_CAPTIONS = re.compile(r"^(?:Illustration|Photograph|Caption:.*)$", re.IGNORECASE)
_CREDIT = re.compile(r"^Credit\s*:\s*(.+)$", re.IGNORECASE)
_ABSENT = re.compile(r"^(?:full text )?(?:is )?(?:not|none) ?available\b", re.IGNORECASE)
_TORN_DAY = re.compile(r"([A-Za-z]{3,9})(\d\d?),(\d{4})$")


class Reading(NamedTuple):
    """One article, and what is to be told of it."""

    article: Article
    has_full_text: bool
    has_captions: bool


def label_of(line: str) -> str | None:
    """Return the label with which a line begins, in small letters."""
    found = _LABEL.match(line)
    return _BY_LETTERS[found[1].lower().replace(" ", "")] if found else None


def is_article(lines: Sequence[str]) -> bool:
    """Say whether lines hold labels enough to be an article."""
    return len(_SURE & set(map(label_of, lines))) >= 2


def read_article(lines: Sequence[str]) -> Reading:
    """Read the lines of one article, with the blank ones between its paragraphs."""
    unnamed, fields = _fields(lines)
    one = {name: " ".join(filter(None, values)).strip() for name, values in fields.items()}
    body, credit, has_captions = _body(fields.get("full text", []))
    has_full_text = bool(body) and not _ABSENT.match(body[0])
    if not has_full_text:
        body = [
            text for text in paragraphs_in(fields.get("abstract", [])) if not _ABSENT.match(text)
        ]
    columns = {column: one[name] for name, column in _COLUMNS.items() if one.get(name)}
    spoken = one.get("language of publication") or one.get("language", "")
    columns["language"] = code_of_language(spoken) or ""
    columns["credit"] = credit or one.get("credit", "")
    outlet = one.get("publication title") or one.get("publication info", "")
    author = one.get("author", "")
    article = Article(
        title=" ".join(unnamed) or one.get("title") or None,
        text="\n\n".join(body),
        # The information holds the day of the issue too; never the day of the last update.
        date=_day(one.get("publication date", "")) or day_in(one.get("publication info", "")),
        outlet=_BEHIND_OUTLET.split(outlet)[0].strip() or None,
        author=None if author == "Anonymous" else author or None,
        columns={name: value for name, value in columns.items() if value},
    )
    return Reading(article, has_full_text, has_captions)


def _day(value: str) -> str | None:
    torn = _TORN_DAY.match("".join(value.split()))
    return day_in(value) or (day_in("{} {}, {}".format(*torn.groups())) if torn else None)


def notes_on(readings: Sequence[Reading]) -> list[str]:
    """Say what was left out of articles, and what their texts are not."""
    counts = {
        "have no full text, and their abstract was taken": sum(
            not one.has_full_text and bool(one.article.text) for one in readings
        ),
        "have no text; download them with full text": sum(not one.article.text for one in readings),
        "have captions behind them, which were left out": sum(one.has_captions for one in readings),
    }
    return [f"{n:,} of {len(readings):,} articles {told}" for told, n in counts.items() if n]


def _fields(lines: Sequence[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Return the headline, which has no label, and the lines of each label."""
    unnamed: list[str] = []
    fields: dict[str, list[str]] = {}
    name: str | None = None
    ends = _ends_of_text(lines)
    for n, line in enumerate(lines):
        own = label_of(line)
        if own and (name != "full text" or n in ends) and own not in fields:
            name = own
            fields[name] = [line[_length(line) :].strip()]
        elif name:
            fields[name].append(line)
        elif line and not NUMBERED.match(line) and not _LINK.match(line):
            unnamed.append(line)
        elif unnamed and not line:
            # A headline may take several lines; what stands behind a blank one is another thing.
            name = ""
            fields[name] = []
    return unnamed, fields


def _ends_of_text(lines: Sequence[str]) -> set[int]:
    """Return the lines with labels whose next line has one too, so that no text holds them."""
    written = [n for n, line in enumerate(lines) if line]
    labelled = {n for n in written if label_of(lines[n])}
    ends = {one for one, two in pairwise(written) if one in labelled and two in labelled}
    return ends | ({written[-1]} & labelled if written else set())


def _length(line: str) -> int:
    found = _LABEL.match(line)
    return found.end() if found else 0


def _body(lines: Sequence[str]) -> tuple[list[str], str, bool]:
    """Part the text from the captions and the credit behind it."""
    paragraphs = paragraphs_in(lines)
    at = next((n for n, text in enumerate(paragraphs) if n and _CAPTIONS.match(text)), None)
    kept = paragraphs if at is None else paragraphs[:at]
    credit = ""
    if kept and (found := _CREDIT.match(kept[-1])):
        credit = found[1]
        kept = kept[:-1]
    return kept, credit, at is not None
