"""Rows of a table of articles → documents; tables in memory and Parquet → rows."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import first_line
from analysis.reading.cells import cut, doubts, is_notice
from analysis.reading.columns import (
    LONGEST_NAME,
    below_title,
    is_above,
    shown,
    text_candidates,
    with_own_names,
    with_texts,
    without_markup,
)
from analysis.reading.dates import Orders, orders_of
from analysis.reading.decoding import read_text
from analysis.reading.delimited import parse_delimited
from analysis.reading.drafts import make_draft
from analysis.reading.ids import exact_id
from analysis.reading.jsonlines import parse_json_lines
from analysis.reading.nested import text_of_list
from analysis.reading.records import (
    Draft,
    Note,
    NoTextColumnError,
    Rows,
    UnreadableError,
    UnreadableValue,
    as_text,
    column_names,
    plain,
    refuse_repeated,
)

TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl", ".parquet")
_KNOWN_TYPES = ("arrow.", "pandas.")
ID_COLUMNS = ("document_id", "id")


def read_rows(
    location: str, suffix: str, *, known_columns: Sequence[str], encoding: str | None = None
) -> tuple[Rows, str | None]:
    r"""Read a table from a .csv, .tsv, .jsonl or .parquet file."""
    if suffix == ".parquet":
        return rows_of_arrow(_read_parquet(location)), None
    text, note = read_text(location, encoding)
    delimited = suffix in (".csv", ".tsv")
    return parse_delimited(text, known_columns) if delimited else parse_json_lines(text), note


def rows_of_frame(frame: pd.DataFrame) -> Rows:
    """Turn a DataFrame into rows, its named index included, nulls as None."""
    if any(name is not None for name in frame.index.names):
        # An index that is called like a column is that column once more.
        twice = [name for name in frame.index.names if name in frame.columns]
        frame = frame.reset_index(level=twice, drop=True) if twice else frame
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index(allow_duplicates=True)
    cells = [_cells_of_series(frame.iloc[:, n]) for n in range(frame.shape[1])]
    return _rows_of_cells(column_names(frame.columns), cells)


def rows_of_arrow(table: pa.Table | pa.RecordBatch, first: int = 1) -> Rows:
    """Turn a table of Arrow into rows numbered from `first`."""
    # The index of a pandas table is no column of its author's.
    names = [name for name in table.schema.names if not name.startswith("__index_level_")]
    kept = [n for n, name in enumerate(table.schema.names) if name in names]
    cells = [_cells_of_arrow(table.column(n)) for n in kept]
    return _rows_of_cells(column_names(names), cells, first)


def _rows_of_cells(columns: list[str], cells: list[list[Any]], first: int = 1) -> Rows:
    across = enumerate(zip(*cells, strict=True), start=first)
    return Rows(columns, [(n, dict(zip(columns, row, strict=True))) for n, row in across])


def _cells_of_series(column: pd.Series) -> list[Any]:
    if isinstance(column.dtype, pd.ArrowDtype):
        return _cells_of_arrow(pa.array(column.array))
    size = getattr(column.dtype, "itemsize", 0)
    if column.dtype.kind == "f" and size < np.dtype(float).itemsize:
        # Kept as they are, since they hold fewer whole numbers than Python's floats.
        return list(column.to_numpy(f"f{size or 8}", na_value=np.nan))
    return _all_or_each(
        lambda: column.astype(object).where(column.notna(), None).tolist(),
        lambda n: column.iloc[n],
        len(column),
    )


def _cells_of_arrow(column: pa.ChunkedArray | pa.Array) -> list[Any]:
    if pa.types.is_float16(column.type) or pa.types.is_float32(column.type):
        return list(column.to_pandas().to_numpy())
    return _all_or_each(column.to_pylist, lambda n: column[n].as_py(), len(column))


def _all_or_each(
    all_cells: Callable[[], list[Any]], cell: Callable[[int], Any], length: int
) -> list[Any]:
    try:
        return all_cells()
    # Some cells cannot be, such as dates that no calendar has.
    except (ValueError, ArithmeticError):
        return [_cell_or_reason(cell, n) for n in range(length)]


def _cell_or_reason(cell: Callable[[int], Any], n: int) -> Any:
    try:
        return cell(n)
    except (ValueError, ArithmeticError) as fault:
        return UnreadableValue(f"is out of range ({first_line(fault)})")


def drafts_of_table(
    table: Rows,
    *,
    text_column: str,
    id_prefix: str,
    path: str | None = None,
    file: str | None = None,
) -> tuple[list[Draft], list[Note]]:
    """Turn a whole table of articles, whose columns may have other names, into documents."""
    origin = path or "DataFrame"
    notes = [Note(origin, None, "value", reason) for reason in table.notes]
    table, texts, column = with_texts(_without_headers(table), text_column)
    if table.rows or not table.malformed:
        require_text_column(table.columns, text_column)
    table, told, unclear = with_own_names(table, keys=ID_COLUMNS, texts=column)
    titled = column != text_column and is_above(column) and "title" in table.columns
    if texts:
        told.append(f"{texts}, each below its title" if titled else texts)
    if column != text_column:
        table, pages = without_markup(table, text_column)
        if pages:
            s = "s" * (pages > 1)
            told.append(f"the marks of web pages were taken out of {pages:,} text{s}")
    lists = (values.get(text_column) for _, values in table.rows)
    joined = sum(isinstance(one, list) and text_of_list(one) is not None for one in lists)
    if joined:
        rows = "1 row" if joined == 1 else f"{joined:,} rows"
        told.append(f"the texts of {rows} are lists, whose parts were joined")
    orders, order = orders_of(values.get("date") for _, values in table.rows)
    drafts, others = drafts_of_rows(
        table, text_column=text_column, id_prefix=id_prefix, path=path, file=file, orders=orders
    )
    notes += [Note(origin, None, "metadata", reason, expected=True) for reason in told]
    notes += [Note(origin, None, "metadata", reason) for reason in unclear]
    for draft in drafts:
        if reason := cut(draft.text):
            line = table.lines.get(draft.row or 0)
            notes.append(Note(origin, draft.row, "value", reason, line=line))
    if titled:
        # The headline is the first paragraph, as it is of a web page.
        drafts = [
            replace(draft, text=below_title(draft.text, as_text(draft.fields["title"])))
            for draft in drafts
        ]
    problems = [*([order] if order else []), *doubts(drafts)]
    notes += [Note(origin, None, "value", problem) for problem in problems]
    return drafts, [*notes, *others]


def _without_headers(table: Rows) -> Rows:
    """Leave out rows that repeat the header, as tables joined by their ends have them."""
    if len(table.columns) < 2:
        return table
    # A cell may be an array, which cannot be compared with a name.
    repeated = {
        n
        for n, row in table.rows
        if all(isinstance(row.get(one), str) and row[one] == one for one in table.columns)
    }
    told = [(n, "it repeats the names of the columns; remove the row") for n in sorted(repeated)]
    rows = [(n, row) for n, row in table.rows if n not in repeated]
    return replace(table, rows=rows, malformed=[*table.malformed, *told]) if told else table


def drafts_of_rows(
    table: Rows,
    *,
    text_column: str,
    id_prefix: str,
    path: str | None = None,
    file: str | None = None,
    orders: Orders | None = None,
) -> tuple[list[Draft], list[Note]]:
    """Turn the rows of a table of articles into documents."""
    origin = path or "DataFrame"
    id_column = next((name for name in ID_COLUMNS if name in table.columns), None)
    drafts: list[Draft] = []
    notes = [Note(origin, row, "row", reason) for row, reason in table.malformed]
    for row, values in table.rows:
        text = values.get(text_column)
        text = plain(text) if isinstance(text, bytes) else text
        text = text_of_list(text) if isinstance(text, list) else text
        if not isinstance(text, str) or is_notice(text):
            reason = _no_text(values.get(text_column), text_column)
            notes.append(Note(origin, row, "row", reason, line=table.lines.get(row)))
            continue
        others = {k: v for k, v in values.items() if k not in (text_column, id_column)}
        given_id, lost = exact_id(values.get(id_column or ""))
        document_id = given_id or f"{id_prefix}{row}"
        draft, problems = make_draft(document_id, text, others, path, file, row, orders)
        problems += [lost] if lost else []
        drafts.append(draft)
        line = table.lines.get(row)
        notes += [Note(origin, row, "value", problem, line=line) for problem in problems]
    return drafts, notes


def require_text_column(columns: Sequence[str], text_column: str) -> None:
    """Refuse a table of articles without texts."""
    if text_column not in columns:
        found = text_candidates(columns, text_column)
        remedy = " or ".join(f"text_column={name!r}" for name in found) or "text_column="
        if any(len(name) > LONGEST_NAME for name in columns):
            remedy += ", or write the names of the columns above the first row"
        raise NoTextColumnError(
            f"there is no column {text_column!r} with the texts, only {shown(columns)}; name it "
            f"with {remedy}"
        )


def _no_text(value: Any, text_column: str) -> str:
    if value is None:
        return f"there is no text in column {text_column!r}; fill it in or remove the row"
    if isinstance(value, str):
        return f"{value!r} stands for its text, which the service does not give; remove the row"
    return f"{text_column!r} is {type(value).__name__}, not text; write it as text"


def _read_parquet(location: str) -> pa.Table:
    try:
        with open(location, "rb") as file:
            schema = pq.read_schema(file)
            refuse_repeated(column_names(schema.names))
            for field in schema:
                refuse_unknown_type(field)
            file.seek(0)
            # A flipped byte would otherwise be read as another value.
            table = pq.read_table(file, page_checksum_verification=True)
            table.validate(full=True)
            return table
    except (pa.ArrowException, ValueError, OSError) as fault:
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
