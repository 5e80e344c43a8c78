"""Dates as people write them → timestamps; what could mean two days is refused."""

import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from analysis.languages.language import any_of, load_language
from analysis.reading.records import as_text

# Metadata is written in English, whatever the language of the articles.
_DATES = load_language().words["dates"]
_MONTHS = _DATES["months"]
_MONTH = rf"(?P<month>{any_of(_MONTHS)})\.?"
_WEEKDAY = rf"(?:{any_of(_DATES['weekdays'])}\.?,?\s+)?"
_DAY = rf"(?P<day>\d{{1,2}}){any_of(_DATES['day_endings'])}?"
_YEAR = r"(?P<year>\d{4})"

_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d(?::?\d\d){1,2}(?:[.,]\d+)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?"
)
_RFC_2822 = re.compile(
    r"(?:[a-z]{3},\s*)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? "
    r"(?:[+-]\d{4}|UTC?|GMT|Z|[ECMP][SD]T)",
    re.IGNORECASE,
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}(?:[-/](?P<month>\d{{1,2}})(?:[-/](?P<day>\d{{1,2}}))?)?",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_WEEKDAY}(?:{_DAY}\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    )
)
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")

# Columns that count from the beginning of 1970 in UTC, and their units: two of our own, and
# those of Reddit and Twitter.
EPOCHS = {
    "date_seconds": timedelta(seconds=1),
    "date_milliseconds": timedelta(milliseconds=1),
    "created_utc": timedelta(seconds=1),
    "timestamp_ms": timedelta(milliseconds=1),
}
_COUNTS = {10: "date_seconds", 13: "date_milliseconds"}
# From 1973 to 2286, seconds, milliseconds, years and dates such as 20150312 cannot be confused.
_SURE = (timedelta(seconds=10**8), timedelta(seconds=10**10))


def parse_date(value: Any) -> tuple[datetime | None, str | None]:
    """Read a date."""
    if value is None:
        return None, None
    if isinstance(value, datetime):
        # The day is the one that readers had, wherever they were.
        return value.replace(tzinfo=None), None
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day), None
    text = " ".join((as_text(value) or "").split())
    return _parse(text) if text else (None, None)


def parse_epoch(value: Any, column: str) -> tuple[datetime | None, str | None]:
    """Read a number of seconds or milliseconds; what is no number is read as a date."""
    try:
        since = EPOCHS[column] * float(value)
        if _SURE[0] <= since < _SURE[1]:
            return datetime(1970, 1, 1) + since, None
    except OverflowError:
        pass
    except (TypeError, ValueError):
        return parse_date(value)
    return None, f"{column} {value!r} is no moment from 1973 to 2286; check the unit"


@lru_cache(maxsize=4096)
def _parse(text: str) -> tuple[datetime | None, str | None]:
    unknown = f"date {text!r} is not understood; write it as 2015-03-12"
    if text.isdecimal() and len(text) in _COUNTS:
        unknown += f", or name the column {_COUNTS[len(text)]!r}"
    try:
        if _ISO.fullmatch(text):
            return parse_date(datetime.fromisoformat(re.sub(r"\s(?=[Z+-])", "", text)))
        if _RFC_2822.fullmatch(text):
            return parse_date(parsedate_to_datetime(text))
        for pattern in _PATTERNS:
            if found := pattern.fullmatch(text):
                return _from_parts(found.groupdict()), None
        if found := _NUMERIC.fullmatch(text):
            return _from_numbers(found)
    except (ValueError, OverflowError):
        pass
    return None, unknown


def _from_parts(parts: dict[str, str | None]) -> datetime:
    name = (parts["month"] or "1").lower()
    month = _MONTHS.get(name) or int(name)
    return datetime(int(parts["year"] or 0), month, int(parts["day"] or 1))


def _from_numbers(found: re.Match[str]) -> tuple[datetime | None, str | None]:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if first == second or second > 12:
        return datetime(year, first, second), None
    if first > 12:
        return datetime(year, second, first), None
    by_day, by_month = date(year, second, first), date(year, first, second)
    return None, f"date {found[0]!r} may be {by_day} or {by_month}; write the one that is meant"
