"""The day in a line of a news database, written in English, German, French or Dutch."""

import re
from datetime import date

from analysis.reading.dates import MONTHS, WEEKDAYS

# By their whole names: short ones are other words, too.
WEEKDAY = "|".join(sorted((name for name in WEEKDAYS if len(name) > 4), key=len, reverse=True))
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<month>{_NAMES})\b\.?"
_DAY = r"(?<![\d:.])(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?!\d)"
_FORMS = (
    rf"\b{_MONTH}\s+{_DAY}(?:\s*,\s*|\s+){_YEAR}",
    rf"{_DAY}\s*(?:de\s+)?{_MONTH},?\s+{_YEAR}",
    rf"(?<!\d){_YEAR}\s*[年년]\s*(?P<month>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日일]",
    rf"(?<![\d-]){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
)
_PATTERNS = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
# Any of them, to take a day out of its line.
DAY = re.compile("|".join(re.sub(r"\?P<\w+>", "?:", form) for form in _FORMS), re.IGNORECASE)


def day_in(line: str) -> str | None:
    """Return the first day that is written out in a line, as ISO 8601; never a guess."""
    found = [match for pattern in _PATTERNS if (match := pattern.search(line))]
    for match in sorted(found, key=re.Match.start):
        month = MONTHS.get(match["month"].lower()) or int(match["month"])
        try:
            return date(int(match["year"]), month, int(match["day"])).isoformat()
        except ValueError:
            continue
    return None
