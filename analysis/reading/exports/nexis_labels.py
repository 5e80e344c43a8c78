"""The labels of LexisNexis and Nexis Uni in four languages, and what stands in their lines."""

import re
from collections.abc import Mapping, Sequence

from analysis.reading.dates import WEEKDAYS
from analysis.reading.exports.dates import DAY, WEEKDAY, day_in
from analysis.reading.exports.values import WORDS, author_in, code_of_language, digits_in

HEAD, TAIL, BEHIND = (
    {label: column for column, labels in WORDS[part].items() for label in labels.split(", ")}
    for part in ("nexis_head", "nexis_tail", "nexis_behind")
)
# What may hold more than one paragraph.
LONG = frozenset({"graphic", "correction", "correction_date"})

# What stands behind the body alone, so that nothing of an article comes below it.
SURE = frozenset({"load_date", "language", "publication_type", "publication_code"})

_LONGEST = 24
# With weekday, time and zone before it.
_LONGEST_DAY = 80
_NUMBER = re.compile(r"\d[\d.,\s]{0,9}")
_CORRECTED = re.compile(r"\s*correction appended\s*", re.IGNORECASE)
# Of weeklies and magazines: "March 2012", "Winter, 2006/2007".
_ISSUE = re.compile(r"\D{0,30}\b(?:1[89]|20)\d\d(?:/\d{2,4})?\b\D{0,20}")
_TIME = r"\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*-\s*\d\d:\d\d(?::\d\d)?)?"
_ZONE = r"(?:GMT|UTC|[ECMP][SD]?T|CES?T|(?:Eastern|Central|Mountain|Pacific) Time)(?:[+-]\d+)?"
_NOT_EDITION = re.compile(rf"\b(?:{WEEKDAY})\b|{_TIME}|\b{_ZONE}(?!\w)", re.IGNORECASE)


def labelled(line: str, labels: Mapping[str, str], *, capitals: bool) -> tuple[str, str] | None:
    """Return the column that a line is labelled for and its value, or None."""
    end = line.find(":", 0, _LONGEST)
    if end < 0:
        return None
    label = line[:end].strip()
    column = labels.get(label.lower())
    if column is None or (capitals and not label.isupper()):
        return None
    value = line[end + 1 :].strip()
    # A running report begins its paragraphs with updates, too, and a headline may tell of length.
    if column == "load_date" and not day_in(value):
        return None
    if column == "announced_words" and value and not value[0].isdigit():
        return None
    return column, value


def unknown_label(line: str) -> str | None:
    """Return the name for a column of a label in capitals that is not listed here."""
    label = line[: max(line.find(":", 0, _LONGEST), 0)].strip()
    return label.lower() if label.isupper() and label.replace("-", "").isalpha() else None


def opens_with_day(line: str) -> bool:
    """Tell whether a line gives the day of publication: nothing but weekday and time before it."""
    day = DAY.search(line[:_LONGEST_DAY])
    if day is None:
        return False
    before = _NOT_EDITION.sub(" ", line[: day.start()]).strip(" ,.").lower()
    return not before or before in WEEKDAYS


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
        result["announced_words"] = digits_in(words[0])
    result["author"] = author_in(result.get("author", "")) or ""
    if language := result.get("language"):
        result["language"] = code_of_language(language) or language.split(";")[0].lower()
    return {name: value for name, value in result.items() if value}
