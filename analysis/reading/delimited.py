"""CSV text → rows, every value literal; a malformed line is listed and the others are kept."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from analysis.reading.names import header_among, names_texts, number_known
from analysis.reading.records import NoTextColumnError, Rows, UnreadableError, column_names

_DELIMITERS = (",", ";", "\t", "|")
# As Excel writes it above the header.
_STATED = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)
# So many lines may stand above the header: a title, a date, a search.
_LINES_ABOVE = 10
# The tables of events, mentions and themes of GDELT have no header, and so many columns.
_GDELT = {58: r"\d{6,}", 61: r"\d{6,}", 16: r"\d{6,}", 27: r"\d{14}-T?\d+"}
_LONGEST_FIELD = 100_000_000


def parse_delimited(text: str, known_columns: Sequence[str]) -> Rows:
    r"""Cut CSV text into rows."""
    # newline="" keeps the line ends inside quoted fields as they are.
    lines = list(io.StringIO(text, newline=""))
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise UnreadableError("the table is empty")
    header = first
    notes = []
    stated = _STATED.fullmatch(lines[header])
    if stated and any(line.strip() for line in lines[header + 1 :]):
        header = next(n for n in range(header + 1, len(lines)) if lines[n].strip())
        delimiter = stated[1]
        notes.append(f"its columns are set apart by {delimiter!r}, as its first line says")
    previous = csv.field_size_limit(_LONGEST_FIELD)
    try:
        if not stated:
            header, delimiter = _header(lines, first, known_columns)
            if header > first:
                notes.append(f"its header was found in line {header + 1}, below other lines")
            if delimiter == "|":
                notes.append("its columns are set apart by '|'")
        return replace(_rows(lines, header, delimiter), notes=notes)
    finally:
        csv.field_size_limit(previous)


def is_delimited(text: str, text_column: str) -> bool:
    """Tell whether a text is a table that Excel saved as "Unicode text"."""
    if "\t" not in text:
        return False
    beginning = text.split("\n", _LINES_ABOVE)[:_LINES_ABOVE]
    lines = [line.split("\t") for line in filter(str.strip, beginning)]
    for line, following in pairwise([*lines, []]):
        names = [name.strip() for name in line]
        known = text_column in names or (names_texts(names) and number_known(names) > 1)
        if len(names) > 1 and known and len(following) >= len(names):
            return True
    return False


def _header(lines: Sequence[str], first: int, known: Sequence[str]) -> tuple[int, str]:
    """Find the line of the header, and what sets its columns apart."""
    following = islice((n for n in range(first, len(lines)) if lines[n].strip()), _LINES_ABOVE)
    places = list(following)
    marks = [_delimiter(lines[n], known) for n in places]
    names = [_fields(lines[n], mark) for n, mark in zip(places, marks, strict=True)]
    place = header_among(names, known)
    return places[place], marks[place]


def _fields(line: str, delimiter: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=delimiter))]
    except csv.Error:
        # Whatever it is, it names no columns.
        return []


def _rows(lines: Sequence[str], header_line: int, delimiter: str) -> Rows:
    records = _records(lines, delimiter, header_line)
    _, header, problem = next(records)
    if problem:
        raise UnreadableError(f"the header line is malformed: {problem}")
    if (form := _GDELT.get(len(header))) and re.fullmatch(form, header[0]):
        raise NoTextColumnError(
            "it is a list of GDELT: it holds no texts, only links; save the pages that they lead to"
        )
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
        names = _fields(header, delimiter)
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
