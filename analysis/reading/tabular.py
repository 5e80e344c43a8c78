"""Rows of a table of articles → documents; tables in memory and Parquet → rows."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import first_line
from analysis.reading.decoding import read_text
from analysis.reading.delimited import parse_delimited
from analysis.reading.drafts import make_draft
from analysis.reading.jsonlines import parse_json_lines
from analysis.reading.records import (
    Draft,
    Note,
    NoTextColumnError,
    Rows,
    UnreadableError,
    exact_id,
)

TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl", ".parquet")
_KNOWN_TYPES = ("arrow.", "pandas.")
ID_COLUMNS = ("document_id", "id")


def read_rows(
    location: str, suffix: str, *, known_columns: Sequence[str], encoding: str | None = None
) -> tuple[Rows, str | None]:
    r"""Read a table from a .csv, .tsv, .jsonl or .parquet file."""
    if suffix == ".parquet":
        return rows_of_frame(_read_parquet(location)), None
    text, note = read_text(location, encoding)
    delimited = suffix in (".csv", ".tsv")
    return parse_delimited(text, known_columns) if delimited else parse_json_lines(text), note


def rows_of_frame(frame: pd.DataFrame) -> Rows:
    """Turn a DataFrame into rows, its named index included, nulls as None."""
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index(allow_duplicates=True)
    columns = [str(name) for name in frame.columns]
    cells = frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)
    rows = [(n, dict(zip(columns, row, strict=True))) for n, row in enumerate(cells, start=1)]
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
    if table.rows or not table.malformed:
        require_text_column(table.columns, text_column)
    origin = path or "DataFrame"
    id_column = next((name for name in ID_COLUMNS if name in table.columns), None)
    drafts: list[Draft] = []
    notes = [Note(origin, row, "row", reason) for row, reason in table.malformed]
    for row, values in table.rows:
        text = values.get(text_column)
        if not isinstance(text, str):
            reason = _no_text(text, text_column)
            notes.append(Note(origin, row, "row", reason, line=table.lines.get(row)))
            continue
        others = {k: v for k, v in values.items() if k not in (text_column, id_column)}
        given_id, lost = exact_id(values.get(id_column or ""))
        draft, problems = make_draft(given_id or f"{id_prefix}{row}", text, others, path, file, row)
        problems += [lost] if lost else []
        drafts.append(draft)
        line = table.lines.get(row)
        notes += [Note(origin, row, "value", problem, line=line) for problem in problems]
    return drafts, notes


def require_text_column(columns: Sequence[str], text_column: str) -> None:
    """Refuse a table of articles without texts."""
    if text_column not in columns:
        raise NoTextColumnError(
            f"there is no column {text_column!r} with the texts, only "
            f"{', '.join(map(repr, columns)) or 'no columns'}; name it with text_column="
        )


def _no_text(value: Any, text_column: str) -> str:
    if value is None:
        return f"there is no text in column {text_column!r}; fill it in or remove the row"
    return f"{text_column!r} is {type(value).__name__}, not text; write it as text"


def _read_parquet(location: str) -> pd.DataFrame:
    try:
        with open(location, "rb") as file:
            for field in pq.read_schema(file):
                refuse_unknown_type(field)
            file.seek(0)
            # A flipped byte would otherwise be read as another value.
            table = pq.read_table(file, page_checksum_verification=True)
            table.validate(full=True)
            # A null would make floats of whole numbers, which rounds long ids.
            return table.to_pandas(integer_object_nulls=True)
    except (pa.ArrowException, ValueError, OSError, TypeError, KeyError) as fault:
        reason = first_line(fault)
        raise UnreadableError(f"not a readable Parquet file ({reason}); write it again") from None


def refuse_unknown_type(field: pa.Field) -> None:
    """Refuse a type that only other programs know: none of their code is to be run or guessed."""
    stated = (field.metadata or {}).get(b"ARROW:extension:name", b"").decode("utf-8", "replace")
    name = getattr(field.type, "extension_name", None) or stated
    if (name and not name.startswith(_KNOWN_TYPES)) or name == "arrow.py_extension_type":
        raise UnreadableError(
            f"column {field.name!r} has the type {name!r}, which only the program that wrote it "
            "knows; write it with plain types"
        )
