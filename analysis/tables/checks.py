"""Make and check tables that follow the schemas."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import ArgumentTypeError, TableError
from analysis.tables.core import TABLES
from analysis.tables.schema import PLACE, Schema

MISSING_GROUP = "(missing)"
_SURROGATE = re.compile("[\ud800-\udfff]")


def place_hits(paragraphs: pd.DataFrame, hits: pd.DataFrame) -> np.ndarray:
    """Return the row of the paragraph that each hit stands in; refuse hits of another text."""
    check_table(paragraphs, "paragraphs")
    check_table(hits, "hits")
    rows = positions(paragraphs[PLACE], hits[PLACE])
    stray = rows < 0
    if not stray.any():
        # A text becomes one of Python's strings once, however many hits are in it.
        of_text, places = pd.factorize(rows)
        texts = paragraphs["text"].take(places).tolist()
        offsets = paragraphs["start"].to_numpy("int64")[rows]
        starts, ends = (hits[name].to_numpy("int64") - offsets for name in ("start", "end"))
        columns = (of_text, starts, ends, hits["surface"])
        fits = (
            0 <= start < end <= len(texts[n]) and texts[n][start:end] == surface
            for n, start, end, surface in zip(*(c.tolist() for c in columns), strict=True)
        )
        stray = ~np.fromiter(fits, bool, len(hits))
    if stray.any():
        hit = hits[stray].iloc[0]
        raise TableError(
            f"the hit {hit['surface']!r} at {hit['start']} to {hit['end']} of document "
            f"{hit['document_id']!r} is not in paragraph {hit['paragraph']}; give the paragraphs "
            "that the hits were found in, or find the hits again"
        )
    return rows


def positions(known: pd.DataFrame, wanted: pd.DataFrame) -> np.ndarray:
    """Return the place in `known`, whose rows all differ, of each row of `wanted`, or -1."""
    # Both tables under each other, column by column, so that one number stands for one value,
    # and one row of all columns; nulls are equal.
    rows = np.zeros(len(known) + len(wanted), dtype=np.int64)
    for name in known.columns:
        column = pd.concat([known[name], wanted[name]], ignore_index=True)
        numbers, values = column.factorize()
        rows = pd.factorize(rows * (len(values) + 1) + numbers + 1)[0]
    return pd.Index(rows[: len(known)]).get_indexer(pd.Index(rows[len(known) :]))


def refuse_strangers(places: pd.DataFrame, known: pd.DataFrame, why: str) -> None:
    """Refuse paragraphs that another table does not have; `why` ends the sentence."""
    own, of = (pd.MultiIndex.from_frame(table[PLACE]) for table in (places, known))
    if not (within := own.isin(of)).all():
        document, paragraph = own[~within][0]
        raise TableError(f"paragraph {paragraph} of {document!r} {why}")


def in_order_of(other: pd.DataFrame, table: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Put the rows of a table in the order in which another table has their keys."""
    known, own = (pd.MultiIndex.from_frame(one[key]) for one in (other, table))
    places = known.unique().get_indexer(own)
    return table.iloc[np.argsort(places, kind="stable")].reset_index(drop=True)


def empty_table(name: str) -> pd.DataFrame:
    """Return a table of the schema with no rows, so that empty input still has columns."""
    return make_table(name, {column: [] for column in TABLES[name].columns})


def make_table(name: str, columns: Mapping[str, Any] | pd.DataFrame) -> pd.DataFrame:
    """Build a table of the schema from columns of equal length."""
    schema = TABLES[name]
    _require_columns(columns, schema, name)
    optional = {c: definition for c, definition in schema.optional.items() if c in columns}
    series = {
        column: _as_dtype(columns[column], definition.dtype)
        for column, definition in (schema.columns | optional).items()
    }
    others = [column for column in map(str, columns) if column not in series]
    extra = {column: _without_index(columns[column]) for column in others}
    return pd.DataFrame({**series, **extra}, copy=False)


def table_of(name: str, rows: Sequence[object]) -> pd.DataFrame:
    """Build a table of the schema from objects that have its columns as attributes."""
    return make_table(name, {c: [getattr(row, c) for row in rows] for c in TABLES[name].columns})


def stack_tables(name: str, tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Put tables of one schema under each other, emptying them column by column."""
    if len(tables) < 2:
        return tables[0] if tables else empty_table(name)
    columns = {
        column: pd.concat([table.pop(column) for table in tables], ignore_index=True)
        for column in tables[0].columns.tolist()
    }
    return pd.DataFrame(columns, copy=False)


def check_frame(table: object, name: str) -> None:
    """Refuse what is no DataFrame."""
    if not isinstance(table, pd.DataFrame):
        raise ArgumentTypeError(f"{name} must be a pandas DataFrame, not {type(table).__name__}")


def check_table(table: pd.DataFrame, name: str) -> None:
    """Refuse a table that does not follow its schema."""
    schema = TABLES[name]
    check_frame(table, name)
    _require_columns(table.columns, schema, name)
    for column, definition in schema.columns.items():
        if not _has_dtype(table[column], definition.dtype):
            raise TableError(
                f"column {column!r} of the {name} table has dtype {table[column].dtype}, "
                f"expected {definition.dtype}; convert it with astype"
            )
        if not definition.nullable and table[column].hasnans:
            row = int(table[column].isna().to_numpy().argmax())
            raise TableError(
                f"column {column!r} of the {name} table is null in row {row}; fill or drop that row"
            )
    key = [*schema.key, *(column for column in schema.optional if column in table.columns)]
    repeated = table.duplicated(key)
    if schema.unique and repeated.any():
        row = int(repeated.to_numpy().argmax())
        values = ", ".join(f"{column} {table[column].iloc[row]}" for column in key)
        raise TableError(
            f"row {row} of the {name} table repeats the key {values}; remove one of the two rows"
        )


def check_texts(table: pd.DataFrame, name: str) -> None:
    """Refuse a table in which a text is missing, no string, or cannot be stored."""
    texts = table["text"]
    # Pandas' own dtype for text holds only strings and nulls.
    wrong = (
        texts.isna() if texts.dtype == "str" else ~texts.astype(object).map(_is_text).astype(bool)
    )
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        text = texts.tolist()[row]
        fault = "holds half a surrogate pair" if isinstance(text, str) else "is not a string"
        raise TableError(
            f"the text in row {row} of the {name} table, {text!r:.60}, {fault}; correct it, or "
            "drop the row"
        )


def _is_text(value: object) -> bool:
    """Tell whether a value is a string that a file could hold."""
    return isinstance(value, str) and (value.isascii() or _SURROGATE.search(value) is None)


def metadata_columns(table: pd.DataFrame, name: str) -> list[str]:
    """List the columns that describe a document and travel with its paragraphs and scores."""
    known = {*TABLES[name].columns, *TABLES[name].optional}
    if name == "documents":
        # A language is carried where one is given at all.
        given = "language" in table and table["language"].notna().any()
        known -= {"outlet", "date", *(["language"] if given else [])}
    return [column for column in table.columns if column not in known]


def reserved_names() -> frozenset[str]:
    """List the names that a metadata column may not have, for a later table needs them."""
    carrying = (s for name, s in TABLES.items() if s.extra_columns and name != "documents")
    return frozenset(name for schema in carrying for name in (*schema.columns, *schema.optional))


def unknown_document(table: pd.DataFrame, name: str, document_id: str) -> str:
    """Say that a table lacks a document, and which it has."""
    known = list(dict.fromkeys(table["document_id"]))
    shown = ", ".join(map(repr, known[:5])) + (", …" if len(known) > 5 else "")
    return f"{name} has no document {document_id!r}; it has {shown or 'none'}"


def label_groups(column: pd.Series) -> pd.Series:
    """Give missing group values a name of their own, so that no row falls out of a group-by."""
    if not column.isna().any():
        return column
    return dates_as_text(column).astype(object).where(column.notna(), missing_group(column))


def missing_group(column: pd.Series) -> str:
    """Return the name of missing values, in more brackets where a value of the column has it."""
    name = MISSING_GROUP
    while (column == name).any():
        name = f"({name})"
    return name


def dates_as_text(column: pd.Series) -> pd.Series:
    """Write dates as year, month and day; what holds no dates stays as it is."""
    return column.dt.strftime("%Y-%m-%d") if column.dtype.kind == "M" else column


def _require_columns(columns: Any, schema: Schema, name: str) -> None:
    missing = [column for column in schema.columns if column not in columns]
    if missing:
        raise TableError(
            f"the {name} table has no column {', '.join(map(repr, missing))}; "
            f"it has {', '.join(map(repr, columns)) or 'no columns'}"
        )


def _as_dtype(values: Any, dtype: str) -> pd.Series:
    series = _without_index(values)
    if dtype == "datetime64":
        dates = series if isinstance(series, pd.Series) else pd.Series(series, dtype=object)
        return pd.to_datetime(dates).astype("datetime64[us]")
    if isinstance(series, pd.Series) and series.dtype == dtype:
        return series
    return pd.Series(series, dtype=dtype)


def _without_index(values: Any) -> Any:
    """Drop the index of a Series, along which pandas would align one column with another."""
    if not isinstance(values, pd.Series) or values.index.equals(pd.RangeIndex(len(values))):
        return values
    return values.reset_index(drop=True)


def _has_dtype(series: pd.Series, dtype: str) -> bool:
    if dtype == "str":
        return bool(pd.api.types.is_string_dtype(series) or series.isna().all())
    if dtype == "datetime64":
        return pd.api.types.is_datetime64_any_dtype(series)
    if dtype == "boolean":
        return bool(pd.api.types.is_bool_dtype(series) or series.isna().all())
    if dtype in ("int64", "Int64"):
        return pd.api.types.is_integer_dtype(series)
    return pd.api.types.is_float_dtype(series) or pd.api.types.is_integer_dtype(series)
