"""The labels of LexisNexis and Nexis Uni in four languages, and what stands in their lines."""

import re
from collections.abc import Mapping, Sequence

from analysis.reading.exports.dates import DAY, day_in

# Column: labels before the body of an article. They are compared without regard to capitals.
_HEAD = {
    "title": "headline kop",
    "author": "byline autor autoren auteur auteurs",
    "section": "section rubrik rubrique rubriek sectie",
    "announced_words": "length länge longueur lengte",
    "dateline": "dateline",
    "highlight": "highlight",
    "series": "series",
    "guests": "guests",
    "distribution": "distribution",
    "body": "body texte tekst",
}
# Labels behind the body.
_TAIL = {
    "load_date": "load-date update date-chargement laaddatum",
    "language": "language sprache langue taal",
    "graphic": "graphic grafik graphique illustratie",
    "publication_type": "publication-type type-publication publicatietype",
    "publication_code": "journal-code zeitungs-code code-journal",
    "subjects": "subject thema sujet onderwerp",
    "organizations": "organization",
    "companies": "company unternehmen",
    "tickers": "ticker",
    "persons": "person personen",
    "places": "geographic city state country",
    "industries": "industry branche",
    "correction_date": "correction-date",
    "correction": "correction",
    "document_type": "document-type",
    "url": "url",
}
HEAD = {label: column for column, labels in _HEAD.items() for label in labels.split()}
TAIL = {label: column for column, labels in _TAIL.items() for label in labels.split()}
# What may hold more than one paragraph.
LONG = frozenset({"graphic", "correction", "correction_date"})

_LONGEST = 24
_RIGHTS = re.compile(
    r"(?:copyright|©|\(c\)|all rights reserved|alle rechte|tous droits)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d[\d.,\s]{0,9}")
_CORRECTED = re.compile(r"\s*correction appended\s*", re.IGNORECASE)
_BY = re.compile(r"\Aby\s+(?=\S)", re.IGNORECASE)
# Of weeklies and magazines: "March 2012", "Winter, 2006/2007".
_ISSUE = re.compile(r"\D{0,30}\b(?:1[89]|20)\d\d(?:/\d{2,4})?\b\D{0,20}")
_WEEKDAY = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|"
    "freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
)
_TIME = r"\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*-\s*\d\d:\d\d(?::\d\d)?)?"
_ZONE = r"(?:GMT|UTC|[ECMP][SD]?T|CES?T|(?:Eastern|Central|Mountain|Pacific) Time)(?:[+-]\d+)?"
_NOT_EDITION = re.compile(rf"\b(?:{_WEEKDAY})\b|{_TIME}|\b{_ZONE}(?!\w)", re.IGNORECASE)
_LANGUAGES = {
    name: code
    for code, names in {
        "en": "english englisch anglais engels",
        "de": "german deutsch allemand duits",
        "fr": "french français französisch frans",
        "nl": "dutch nederlands niederländisch néerlandais",
        "es": "spanish español spanisch espagnol spaans",
        "it": "italian italiano italienisch italien italiaans",
        "pt": "portuguese português portugiesisch portugais portugees",
    }.items()
    for name in names.split()
}


def labelled(line: str, labels: Mapping[str, str], *, capitals: bool) -> tuple[str, str] | None:
    """Return the column that a line is labelled for and its value, or None."""
    end = line.find(":", 0, _LONGEST)
    if end < 0:
        return None
    label = line[:end].strip()
    column = labels.get(label.lower())
    if column is None or (capitals and not label.isupper()):
        return None
    # A running report begins its paragraphs with updates, too.
    if label == "UPDATE" and not day_in(line):
        return None
    return column, line[end + 1 :].strip()


def unknown_label(line: str) -> str | None:
    """Return the name for a column of a label in capitals that is not listed here."""
    label = line[: max(line.find(":", 0, _LONGEST), 0)].strip()
    return label.lower() if label.isupper() and label.replace("-", "").isalpha() else None


def states_rights(line: str) -> bool:
    """Tell whether a line is one of copyright."""
    return _RIGHTS.match(line) is not None


def opens_with_day(line: str) -> bool:
    """Tell whether a line gives the day of publication: nothing but weekday and time before it."""
    day = DAY.search(line)
    return day is not None and not _NOT_EDITION.sub(" ", line[: day.start()]).strip(" ,")


def gives_issue(line: str) -> bool:
    """Tell whether a line names an issue by its month or season and year alone."""
    return _ISSUE.fullmatch(line) is not None


def without_corrected(line: str) -> str:
    """Take away the words that announce a correction further down."""
    return _CORRECTED.sub(" ", line).strip()


def edition_in(lines: Sequence[str]) -> str:
    """Return what the lines of the date say besides day, time and zone."""
    rest = _NOT_EDITION.sub(" ", DAY.sub(" ", " ".join(lines), count=1))
    return " ".join(rest.split()).strip(" ,;-")


def clean(columns: Mapping[str, str]) -> dict[str, str]:
    """Make values what tables hold: one line each, numbers bare, languages by their codes."""
    result = {name: " ".join(value.split()) for name, value in columns.items()}
    if words := _NUMBER.match(result.get("announced_words", "")):
        result["announced_words"] = re.sub(r"\D", "", words[0])
    if "author" in result:
        result["author"] = _BY.sub("", result["author"], count=1)
    if language := re.findall(r"\w+", result.get("language", "").lower()):
        result["language"] = next(filter(None, map(_LANGUAGES.get, language)), language[0])
    return {name: value for name, value in result.items() if value}
