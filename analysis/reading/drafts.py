"""A text and what is said of it → a document, and what had to be changed for it."""

from collections.abc import Mapping
from typing import Any

from analysis.reading.dates import EPOCHS, Orders, parse_date, parse_epoch
from analysis.reading.records import (
    Draft,
    UnreadableValue,
    plain,
    stripped,
    without_surrogates,
)
from analysis.text.segmentation import first_line_title

LONE_SURROGATES = "lone surrogates, which no encoding can hold, were replaced by U+FFFD"


def make_draft(
    document_id: str,
    text: str,
    values: Mapping[str, Any],
    path: str | None = None,
    file: str | None = None,
    row: int | None = None,
    orders: Orders | None = None,
) -> tuple[Draft, list[str]]:
    """Make a document, whose first line is its title where no other is given."""
    fields, problems = clean_fields(values, orders)
    readable = without_surrogates(text)
    if readable != text:
        problems.append(LONE_SURROGATES)
    fields["title"] = fields.get("title") or first_line_title(readable)
    return Draft(without_surrogates(document_id), readable, fields, path, file, row), problems


def clean_fields(
    values: Mapping[str, Any], orders: Orders | None = None
) -> tuple[dict[str, Any], list[str]]:
    """Strip cells, make empty ones null and dates dates; say which were changed or left out."""
    fields: dict[str, Any] = {}
    problems: list[str] = []
    for name, value in values.items():
        value = plain(value)
        if isinstance(value, UnreadableValue):
            problems.append(f"{name!r} {value.reason}; it was left empty")
            value = None
        if isinstance(value, str):
            readable = without_surrogates(value)
            if readable != value:
                problems.append(f"{name!r} holds lone surrogates, which were replaced by U+FFFD")
            value = stripped(readable) or None
        if name == "date":
            value, problem = parse_date(value, orders)
            if problem:
                problems.append(problem)
        fields[name] = value
    for name in EPOCHS:
        if fields.get(name) is not None and fields.get("date") is None:
            fields["date"], problem = parse_epoch(fields[name], name)
            if problem:
                problems.append(problem)
    return fields, problems
