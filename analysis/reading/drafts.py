"""A text and what is said of it → a document, and what had to be changed for it."""

from collections.abc import Mapping
from typing import Any

from analysis.reading.dates import EPOCHS, parse_date, parse_epoch
from analysis.reading.records import Draft, without_surrogates
from analysis.text.segmentation import first_line_title

LONE_SURROGATES = "lone surrogates, which no encoding can hold, were replaced by U+FFFD"


def make_draft(
    document_id: str,
    text: str,
    values: Mapping[str, Any],
    path: str | None = None,
    file: str | None = None,
    row: int | None = None,
) -> tuple[Draft, list[str]]:
    """Make a document, whose first line is its title where no other is given."""
    fields, problems = clean_fields(values)
    readable = without_surrogates(text)
    if readable != text:
        problems.append(LONE_SURROGATES)
    fields["title"] = fields.get("title") or first_line_title(readable)
    return Draft(without_surrogates(document_id), readable, fields, path, file, row), problems


def clean_fields(values: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Make empty cells null and dates dates; say which values had to be changed or left out."""
    fields: dict[str, Any] = {}
    problems: list[str] = []
    for name, value in values.items():
        if isinstance(value, str):
            readable = without_surrogates(value)
            if readable != value:
                problems.append(f"{name!r} holds lone surrogates, which were replaced by U+FFFD")
            value = readable if readable.strip() else None
        if name == "date":
            value, problem = parse_date(value)
            if problem:
                problems.append(problem)
        fields[without_surrogates(name)] = value
    for name in EPOCHS:
        if fields.get(name) is not None and fields.get("date") is None:
            fields["date"], problem = parse_epoch(fields[name], name)
            if problem:
                problems.append(problem)
    return fields, problems
