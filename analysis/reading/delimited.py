"""CSV text → rows, every value literal; a malformed line is listed and the others are kept."""

import csv
import io
from collections.abc import Iterator, Sequence

from analysis.reading.records import Rows, UnreadableError, column_names

_DELIMITERS = (",", ";", "\t")
_LONGEST_FIELD = 100_000_000


def parse_delimited(text: str, known_columns: Sequence[str]) -> Rows:
    r"""Cut CSV text into rows."""
    # newline="" keeps the line ends inside quoted fields as they are.
    lines = list(io.StringIO(text, newline=""))
    header = next((n for n, line in enumerate(lines) if line.strip()), None)
    if header is None:
        raise UnreadableError("the table is empty")
    previous = csv.field_size_limit(_LONGEST_FIELD)
    try:
        return _rows(lines, header, _delimiter(lines[header], known_columns))
    finally:
        csv.field_size_limit(previous)


def _rows(lines: Sequence[str], header_line: int, delimiter: str) -> Rows:
    records = _records(lines, delimiter, header_line)
    _, header, problem = next(records)
    if problem:
        raise UnreadableError(f"the header line is malformed: {problem}")
    columns = column_names(header)
    rows: list[tuple[int, dict[str, str]]] = []
    malformed: list[tuple[int, str]] = []
    places: dict[int, int] = {}
    number = 0
    for line, fields, problem in records:
        blank = len(fields) < 2 and not "".join(fields).strip()
        if blank and not problem and len(columns) > 1:
            continue
        number += 1
        # A blank line in a file of one column is that column, left empty.
        fields = fields or [""]
        if not problem and len(fields) != len(columns):
            problem = (
                f"it has {len(fields)} fields, the header has {len(columns)}; "
                "put fields that hold the delimiter in quotation marks"
            )
        if problem:
            malformed.append((number, f"line {line + 1} is malformed: {problem}"))
        else:
            rows.append((number, dict(zip(columns, fields, strict=True))))
            places[number] = line + 1
    return Rows(columns, rows, malformed, places)


def _records(
    lines: Sequence[str], delimiter: str, start: int = 0
) -> Iterator[tuple[int, list[str], str]]:
    """Yield line, fields and problem; after a malformed record, go on in the next line."""
    while start < len(lines):
        rest = (lines[i] for i in range(start, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        line = start
        try:
            for fields in reader:
                yield line, fields, ""
                line = start + reader.line_num
            return
        except csv.Error as fault:
            yield line, [], _in_words(str(fault))
            start = line + 1


def _delimiter(header: str, known_columns: Sequence[str]) -> str:
    def rank(delimiter: str) -> tuple[bool, int]:
        names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter))]
        return any(name in known_columns for name in names), len(names)

    return max(_DELIMITERS, key=rank)


def _in_words(problem: str) -> str:
    if "unexpected end" in problem:
        return "a quotation mark is opened and never closed"
    if "expected after" in problem:
        return "text follows a closing quotation mark; double the quotation marks inside a field"
    if "field limit" in problem:
        return f"a field is longer than {_LONGEST_FIELD:,} characters"
    return problem
