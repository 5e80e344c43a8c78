"""Rows of a table of articles → documents; tables in memory and Parquet → rows."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import first_line
from analysis.reading.dates import parse_date
from analysis.reading.decoding import decode
from analysis.reading.delimited import parse_delimited
from analysis.reading.jsonlines import parse_json_lines
from analysis.reading.records import (
    LONE_SURROGATES,
    Draft,
    Note,
    NoTextColumnError,
    Rows,
    UnreadableError,
    as_text,
    without_surrogates,
)
from analysis.text.segmentation import first_line_title

TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl", ".parquet")
_KNOWN_TYPES = ("arrow.", "pandas.")
_ID_COLUMNS = ("document_id", "id")


def read_rows(
    location: str, suffix: str, *, known_columns: Sequence[str], encoding: str | None = None
) -> tuple[Rows, str | None]:
    r"""Read a table from a .csv, .tsv, .jsonl or .parquet file."""
    with open(location, "rb") as file:
        if suffix == ".parquet":
            return rows_of_frame(_read_parquet(file)), None
        decoded = decode(file.read(), encoding)
    if not decoded.text.strip():
        raise UnreadableError("the file is empty; put articles in it or remove it")
    if suffix in (".csv", ".tsv"):
        return parse_delimited(decoded.text, known_columns), decoded.note
    return parse_json_lines(decoded.text), decoded.note


def rows_of_frame(frame: pd.DataFrame) -> Rows:
    """Turn a DataFrame into rows, its named index included, nulls as None."""
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index(allow_duplicates=True)
    columns = [str(name) for name in frame.columns]
    repeated = sorted({name for name in columns if columns.count(name) > 1})
    if repeated:
        raise UnreadableError(f"column {repeated[0]!r} stands twice; rename one of them")
    cells = []
    for n in range(len(columns)):
        column = frame.iloc[:, n]
        cells.append(column.astype(object).where(column.notna(), None).tolist())
    values = zip(*cells, strict=True) if cells else ()
    rows = [(n, dict(zip(columns, row, strict=True))) for n, row in enumerate(values, start=1)]
    return Rows(columns, rows)


def drafts_of_rows(
    table: Rows,
    *,
    text_column: str,
    id_prefix: str,
    path: str | None = None,
    file: str | None = None,
) -> tuple[list[Draft], list[Note]]:
    """Turn the rows of a table of articles into documents."""
    if text_column not in table.columns and (table.rows or not table.malformed):
        raise NoTextColumnError(
            f"there is no column {text_column!r} with the texts, only "
            f"{', '.join(map(repr, table.columns)) or 'no columns'}; name it with text_column="
        )
    origin = path or "DataFrame"
    id_column = next((name for name in _ID_COLUMNS if name in table.columns), None)
    drafts: list[Draft] = []
    notes = [Note(origin, row, "row", reason) for row, reason in table.malformed]
    for row, values in table.rows:
        text = values.get(text_column)
        if not isinstance(text, str):
            reason = _no_text(text, text_column)
            notes.append(Note(origin, row, "row", reason, line=table.lines.get(row)))
            continue
        others = {k: v for k, v in values.items() if k not in (text_column, id_column)}
        fields, problems = clean_fields(others)
        given_id = as_text(values.get(id_column)) if id_column else None
        if not given_id or not given_id.strip():
            given_id = f"{id_prefix}{row}"
        readable = without_surrogates(text)
        if readable != text:
            problems.append(LONE_SURROGATES)
        fields["title"] = fields.get("title") or first_line_title(readable)
        drafts.append(Draft(without_surrogates(given_id), readable, fields, path, file, row))
        line = table.lines.get(row)
        notes += [Note(origin, row, "value", problem, line=line) for problem in problems]
    return drafts, notes


def clean_fields(values: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
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
    return fields, problems


def _no_text(value: Any, text_column: str) -> str:
    if value is None:
        return f"there is no text in column {text_column!r}; fill it in or remove the row"
    return f"{text_column!r} is {type(value).__name__}, not text; write it as text"


def _read_parquet(file: Any) -> pd.DataFrame:
    try:
        for field in pq.read_schema(file):
            refuse_unknown_type(field)
        file.seek(0)
        # A flipped byte would else be read as another value.
        table = pq.read_table(file, page_checksum_verification=True)
        table.validate(full=True)
        return table.to_pandas()
    except (pa.ArrowException, ValueError, OSError, TypeError, KeyError) as fault:
        reason = first_line(fault)
        raise UnreadableError(f"not a readable Parquet file ({reason}); write it again") from None


def refuse_unknown_type(field: pa.Field) -> None:
    """Refuse a type that only other programs know: none of their code is to be run or guessed."""
    name = getattr(field.type, "extension_name", None)
    name = name or (field.metadata or {}).get(b"ARROW:extension:name", b"").decode(
        "utf-8", "replace"
    )
    if (name and not name.startswith(_KNOWN_TYPES)) or name == "arrow.py_extension_type":
        raise UnreadableError(
            f"column {field.name!r} has the type {name!r}, which only the program that wrote it "
            "knows; write it with plain types"
        )
