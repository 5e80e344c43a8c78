"""Dates as people and databases write them → timestamps; what could mean two days is refused."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

# Read as files: where untrusted pages are parsed there is no room for the libraries of tables.
_ENGLISH, _OTHERS = (
    yaml.safe_load((Path(__file__).parent / name).read_text("utf-8"))
    for name in ("../languages/en/words/dates.yml", "dates.yml")
)
MONTHS = {**_ENGLISH["months"], **_OTHERS["months"]}
WEEKDAYS = frozenset(f"{_ENGLISH['weekdays']} {_OTHERS['weekdays']}".split())


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def _one_of(name: str) -> str:
    words = [*_ENGLISH.get(name, "").split(), *_OTHERS[name].split()]
    return _any_of(word.replace("_", " ") for word in words)


_WEEKDAY = rf"(?:{_one_of('weekdays')}\b\.?)"
_MONTH_NAME = rf"(?P<month>{_any_of(MONTHS)})"
_MONTH = rf"{_MONTH_NAME}\b\.?"
_DAY = rf"(?P<day>\d{{1,2}})(?:{_one_of('day_endings')}|\.)?"
_YEAR = r"(?P<year>\d{4})"
_ZONE = (
    rf"(?:(?:{_one_of('zones')}\b)?(?:[+-]\d\d?(?::?\d\d)?)?|\w+ (?:standard |daylight )?time)"
    r"(?:\s\([^()\d]+\))?"
)
_TIME = (
    rf"(?:{_one_of('before_time')}\s)?\s?(?P<hour>\d\d?)"
    rf"(?:\s?[:.h]\s?(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    rf"|(?=\s?(?:{_one_of('after_time')}|[ap]\.?m)\b))"
    rf"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?{_one_of('after_time')}\b)?(?:\s?{_ZONE})"
)
# What stands beside the day, month and year: that it was published, a weekday before or behind,
# a time, a zone, and an edition, whose words hold no number of two digits.
_BEFORE = rf"(?:{_one_of('before_date')}\s)?"
_BEGINS = rf"(?:{_one_of('published')}:?\s)?{_BEFORE}(?:{_WEEKDAY},?\s)?{_BEFORE}"
_EDITION = (
    rf"(?:[,;]?(?:\s\d?[^\W\d]*\.?){{0,4}}\s{_one_of('editions')}\b(?:\s\d?[^\W\d]*){{0,2}})?"
)
_GOES_ON = rf"(?:,?\s\(?{_WEEKDAY}\)?)?(?:,?\s(?:[-–|/·]\s)?{_TIME})?{_EDITION}(?!\w)"
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d(?::?\d\d){1,2}(?:[.,]\d+)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?"
    r"|\d{8}T\d{4}(?:\d\d)?(?:Z|[+-]\d{4})?"
)
_RFC_2822 = re.compile(
    r"(?:[a-z]{3},\s*)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? "
    r"(?:[+-]\d{4}|UTC?|GMT|Z|[ECMP][SD]T)",
    re.IGNORECASE,
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_BEGINS}{_DAY}\s?(?:of\s)?{_MONTH},?\s{_YEAR}{_GOES_ON}",
        rf"{_BEGINS}{_MONTH}\s{_DAY},?\s{_YEAR}{_GOES_ON}",
        rf"{_BEGINS}(?P<day>\d\d?)(?P<sign>[-/]?){_MONTH_NAME}(?P=sign){_YEAR}{_GOES_ON}",
        # As Twitter has it: the year behind the time.
        rf"{_WEEKDAY}\s{_MONTH}\s(?P<day>\d\d?)\s{_TIME}\s{_YEAR}(?!\w)",
        rf"{_YEAR}[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?:(?:T|,?\s){_TIME})?(?!\w)",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)"
        r"(?:\s?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d))?)?",
        # As in Chinese and Japanese.
        rf"{_YEAR}\s?年\s?(?P<month>\d\d?)\s?月\s?(?P<day>\d\d?)\s?日"
        rf"(?:\s?\(?(?:星期|周)?[一二三四五六日月火水木金土天](?:曜日?)?\)?)?(?:,?\s?{_TIME})?(?!\w)",
    )
)
_MONTH_ALONE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}[-/](?P<month>\d\d?)",
        rf"(?P<month>\d\d?)[/.]{_YEAR}",
        rf"{_MONTH},?\s{_YEAR}",
    )
)
_SHORT_YEAR = re.compile(rf"(?P<day>\d\d?)[- ]{_MONTH_NAME}\.?[- ](?P<year>\d\d)", re.IGNORECASE)
_NUMERIC = re.compile(
    rf"{_BEGINS}(?P<one>\d\d?)(?P<sign>[/.-])\s?(?P<two>\d\d?)(?P=sign)\s?{_YEAR}{_GOES_ON}",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(r"\d\d?([/.-])\d\d?\1\d\d")
# Numbers and names of these have been tried; the first other word tells why a date is no date.
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = frozenset(MONTHS).union(
    *(
        re.split(r"[\s_]+", f"{_ENGLISH.get(name, '')} {words}")
        for name, words in _OTHERS.items()
        if name != "months"
    ),
    "a p m am pm of t 年 月 日".split(),
)
# Newspapers are not older; other years are those of other calendars.
_YEARS = range(1600, 2100)

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
# Spreadsheets count days; five digits are the years 1927 to 2173.
_SPREADSHEET = re.compile(r"[1-9]\d{4}(?:\.\d+)?")
_SPREADSHEET_BEGINS = datetime(1899, 12, 30)
# Two digits are read as the C library does: 69 to 99 are of the last century.
_LAST_CENTURY = 69
_MONTHS_OF_YEAR = 12
_HOURS_OF_HALF = 12

# By the sign between their numbers: whether the dates of a column begin with the day.
Orders = Mapping[str, bool]


def parse_date(value: Any, orders: Orders | None = None) -> tuple[datetime | None, str | None]:
    """Read a date; say what is wrong with it, or what was guessed."""
    if value is None:
        return None, None
    if isinstance(value, datetime):
        # The day is the one that readers had, wherever they were.
        return value.replace(tzinfo=None), None
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day), None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _tidy(str(value))
    if not text:
        return None, None
    found = _NUMERIC.fullmatch(text) if orders else None
    return _parse(text, orders.get(found["sign"]) if orders and found else None)


def orders_of(values: Iterable[Any]) -> tuple[Orders, str | None]:
    """Tell from the dates of a column whether they begin with the day, and say so where asked."""
    begins: dict[str, dict[bool | None, str]] = {}
    for value in values:
        if isinstance(value, str) and (found := _NUMERIC.fullmatch(_tidy(value))):
            one, two = int(found["one"]), int(found["two"])
            if one == two:
                continue
            sure = _day_first(one, two)
            begins.setdefault(found["sign"], {}).setdefault(sure, value)
    orders = {
        sign: True in seen for sign, seen in begins.items() if len(seen.keys() & {True, False}) == 1
    }
    told = [
        f"dates such as {begins[sign][None]!r} were read as "
        f"{'day, month, year' if order else 'month, day, year'}, since {begins[sign][order]!r} in "
        "the same column can only be so"
        for sign, order in orders.items()
        if None in begins[sign]
    ]
    return orders, "; ".join(told) or None


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


def _tidy(text: str) -> str:
    # With raised letters and wide digits made plain.
    return " ".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=4096)
def _parse(text: str, day_first: bool | None = None) -> tuple[datetime | None, str | None]:
    try:
        day, problem = _read(text, day_first)
    except (ValueError, OverflowError):
        return None, _not_understood(text, "since there is no such day or hour")
    if day is not None and day.year not in _YEARS:
        why = "no newspaper is of that year, unless it is one of another calendar"
        return None, f"date {text!r} is left empty: {why}; write it as 2015-03-12"
    return day, problem


def _read(text: str, day_first: bool | None) -> tuple[datetime | None, str | None]:
    if _ISO.fullmatch(text):
        return parse_date(datetime.fromisoformat(re.sub(r"\s(?=[Z+-])", "", text)))
    if _RFC_2822.fullmatch(text):
        return parse_date(parsedate_to_datetime(text))
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(text):
            return _from_parts(found.groupdict()), None
    if found := _NUMERIC.fullmatch(text):
        return _from_numbers(found, day_first)
    if guess := _guess(text):
        return guess[0], f"date {text!r} was read as {guess[0].date()}: {guess[1]}"
    if text.isdecimal() and len(text) == len("2015"):
        return None, f"date {text!r} is a year without a day; name the column 'year'"
    if _NO_YEAR.fullmatch(text):
        return None, _not_understood(text, "since each of its numbers may be the year")
    strange = [word for word in _LETTERS.findall(text) if word.lower() not in _WORDS]
    reason = _not_understood(
        text,
        f"since {strange[0]!r} is no word of a date in English, German, French or Dutch"
        if strange
        else "",
    )
    if text.isdecimal() and len(text) in _COUNTS:
        reason += f", or name the column {_COUNTS[len(text)]!r}"
    return None, reason


def _not_understood(text: str, why: str) -> str:
    return f"date {text!r} is not understood{why and f', {why}'}; write it as 2015-03-12"


def _guess(text: str) -> tuple[datetime, str] | None:
    """Read what is no full date."""
    for pattern in _MONTH_ALONE:
        if found := pattern.fullmatch(text):
            return _from_parts({**found.groupdict(), "day": "1"}), "it names no day"
    if found := _SHORT_YEAR.fullmatch(text):
        year = int(found["year"])
        century = "19" if year >= _LAST_CENTURY else "20"
        parts = {**found.groupdict(), "year": f"{century}{year:02d}"}
        return _from_parts(parts), "its year has two digits"
    if found := _SPREADSHEET.fullmatch(text):
        return _SPREADSHEET_BEGINS + timedelta(days=float(text)), "spreadsheets count days so"
    return None


def _from_parts(parts: Mapping[str, str | None]) -> datetime:
    """Make a moment of what a pattern found; a half of the day turns its hours."""
    name = (parts["month"] or "").lower()
    day = int(parts["year"] or 0), MONTHS.get(name) or int(name), int(parts["day"] or 0)
    if not parts.get("hour"):
        return datetime(*day)
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "").lower()
    if half and not 1 <= hour <= _HOURS_OF_HALF:
        raise ValueError(f"there is no hour {hour} {half}m")
    if half:
        hour = hour % _HOURS_OF_HALF + _HOURS_OF_HALF * (half == "p")
    return datetime(*day, hour, int(parts["minute"] or 0), int(parts["second"] or 0))


def _from_numbers(
    found: re.Match[str], day_first: bool | None
) -> tuple[datetime | None, str | None]:
    one, two = int(found["one"]), int(found["two"])

    def read(day: int, month: int) -> datetime:
        return _from_parts({**found.groupdict(), "day": str(day), "month": str(month)})

    if day_first is None:
        day_first = _day_first(one, two)
    if day_first is not None:
        return read(one, two) if day_first else read(two, one), None
    by_day, by_month = read(one, two).date(), read(two, one).date()
    return None, f"date {found[0]!r} may be {by_day} or {by_month}; write the one that is meant"


def _day_first(one: int, two: int) -> bool | None:
    """Tell which of two numbers is the day, if only one of them can be."""
    if one == two or one > _MONTHS_OF_YEAR:
        return True
    return False if two > _MONTHS_OF_YEAR else None
