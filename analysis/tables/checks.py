"""Make and check tables that follow the schemas."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import ArgumentTypeError, TableError
from analysis.tables.core import TABLES
from analysis.tables.schema import PLACE, Column

_SURROGATE = re.compile("[\ud800-\udfff]")
# Beyond it, floats are no longer exact.
_MOST = 2**53
# Which kinds of dtypes a column may be converted from.
_KINDS = {
    **{"str": "O", "int64": "iuf", "Int64": "iuf", "float64": "iuf"},
    **{"boolean": "b", "datetime64": "M"},
}
_REMEDIES = {
    "documents": "; make one of texts with documents_from_texts",
    "paragraphs": "; make one with split_paragraphs(documents_from_texts([…]))",
}
# The group of what has no value.
MISSING_GROUP = "(missing)"
# What objects of one kind become, without nulls and with them.
_INFERRED = {
    "string": ("str", "str"),
    "integer": ("int64", "Int64"),
    "floating": ("float64", "float64"),
    "mixed-integer-float": ("float64", "float64"),
    "boolean": ("bool", "boolean"),
    "empty": ("str", "str"),
}


def check_hits(
    paragraphs: pd.DataFrame, hits: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """Return both tables, checked, and the row of the paragraph that each hit stands in."""
    paragraphs, hits = check_table(paragraphs, "paragraphs"), check_table(hits, "hits")
    return paragraphs, hits, place_hits(paragraphs, hits)


def place_hits(paragraphs: pd.DataFrame, hits: pd.DataFrame) -> np.ndarray:
    """Return the row of the paragraph that each hit stands in; refuse hits of another text."""
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


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table, with their cells as attributes."""
    return iter(table.itertuples())


def records_of(table: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the rows of a table as mappings, with None where a cell is null."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


def empty_table(name: str) -> pd.DataFrame:
    """Return a table of the schema with no rows, so that empty input still has columns."""
    return make_table(name, {column: [] for column in TABLES[name].columns})


def make_table(name: str, columns: Mapping[str, Any] | pd.DataFrame) -> pd.DataFrame:
    """Build a table of the schema from columns of equal length."""
    schema = TABLES[name]
    _require_columns(columns, schema.columns, name)
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


def check_frame(table: object, name: str) -> pd.DataFrame:
    """Return a table whose columns each have a name of their own; refuse what is none."""
    if not isinstance(table, pd.DataFrame):
        kind = type(table).__name__
        raise ArgumentTypeError(
            f"{name} must be a pandas DataFrame, not {kind}{_REMEDIES.get(name, '')}"
        )
    if table.columns.nlevels > 1:
        raise TableError(f"the columns of {name} have several levels; give each a single name")
    if not table.columns.is_unique:
        repeated = table.columns[table.columns.duplicated()][0]
        raise TableError(f"{name} has more than one column {repeated!r}; rename or drop one")
    return table


def plain_table(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a table of any columns with its rows numbered and its columns in plain dtypes."""
    table = check_frame(table, name)
    return _changed(table, {column: plain(table[column]) for column in table.columns})


def check_table(
    table: pd.DataFrame, name: str, *, needed: Sequence[str] = (), unique: bool = True
) -> pd.DataFrame:
    """Return a table with its rows numbered and its columns in plain dtypes, or refuse it."""
    schema = TABLES[name]
    check_frame(table, name)
    _require_columns(table.columns, needed or schema.columns, name)
    if odd := [column for column in table.columns if not isinstance(column, str)]:
        raise TableError(f"the {name} table has a column called {odd[0]!r}; name it by a text")
    known = {column: schema.columns[column] for column in needed or schema.columns}
    known |= schema.optional
    held = {
        column: _held(table[column], known[column], name) if column in known else plain(own)
        for column, own in table.items()
    }
    table = _changed(table, held)
    apart = (column for column, definition in schema.optional.items() if definition.identifies)
    key = [column for column in (*schema.key, *apart) if column in table.columns]
    if unique and schema.unique and set(schema.key) <= set(key):
        _refuse_repeated(table, key, name)
    return table


def _changed(table: pd.DataFrame, columns: Mapping[Any, pd.Series]) -> pd.DataFrame:
    """Put columns in the place of those that differ, and number the rows."""
    result = table.copy(deep=False)
    result.index = pd.RangeIndex(len(table))
    for name, column in columns.items():
        if column.dtype != table[name].dtype:
            result[name] = _without_index(column)
    return result


def _refuse_repeated(table: pd.DataFrame, key: list[str], name: str) -> None:
    repeated = table.duplicated(key)
    if repeated.any():
        row = int(repeated.to_numpy().argmax())
        values = ", ".join(f"{column} {table[column].iloc[row]}" for column in key)
        raise TableError(
            f"row {row} of the {name} table repeats the key {values}; remove one of the two rows"
        )


def _held(column: pd.Series, definition: Column, name: str) -> pd.Series:
    """Return a column of a schema in its dtype; refuse what it may not hold."""
    wanted, where = definition.dtype, f"column {column.name!r} of the {name} table"
    given = column if _is_of(column, wanted) else plain(column)
    kind, nulls = given.dtype.kind, given.isna()
    if nulls.all() and (definition.nullable or not len(given)):
        return given if _is_of(given, wanted) else _as_dtype([None] * len(given), wanted)
    if wanted == "str" and kind == "O" and given.dtype != "str":
        _refuse_no_text(given, where)
    if kind not in _KINDS[wanted] and not nulls.all():
        raise TableError(
            f"{where} has dtype {column.dtype}, expected {wanted}; convert it with astype"
        )
    if not definition.nullable:
        _refuse_where(nulls, given, f"{where} is null", "fill or drop that row")
    if wanted in ("int64", "Int64"):
        if kind == "f" or given.min() < 0 or given.max() > _MOST:
            odd = ~given.between(0, _MOST) | (given % 1 != 0)
            advice = "give whole numbers from 0 to 2**53"
            _refuse_where(odd & ~nulls, given, f"{where} is {{}}", advice)
    elif wanted == "float64":
        infinite = pd.Series(np.isinf(given.to_numpy("float64", na_value=np.nan)))
        _refuse_where(infinite, given, f"{where} is infinite", "correct or drop that row")
    return given if _is_of(given, wanted) else _as_dtype(given, wanted)


def _refuse_where(wrong: pd.Series, column: pd.Series, what: str, advice: str) -> None:
    if wrong.any():
        row = int(wrong.to_numpy(bool, na_value=False).argmax())
        raise TableError(f"{what.format(column.iloc[row])} in row {row}; {advice}")


def _refuse_no_text(column: pd.Series, where: str) -> None:
    """Say which value of a column of objects is no text that a file could hold."""
    wrong = ~column.map(_is_text).astype(bool) & column.notna()
    row = int(wrong.to_numpy().argmax())
    value = column.iloc[row]
    fault = "holds half a surrogate pair" if isinstance(value, str) else "is not a string"
    raise TableError(f"{where} is {value!r:.60} in row {row}, which {fault}; correct or drop it")


def _is_of(column: pd.Series, dtype: str) -> bool:
    """Tell whether a column has a dtype of a schema, in whichever unit its dates are."""
    if dtype == "datetime64":
        return isinstance(column.dtype, np.dtype) and column.dtype.kind == "M"
    return bool(column.dtype == dtype)


def plain(column: pd.Series) -> pd.Series:
    """Return a column without categories, Arrow and offsets, and objects of one kind as that."""
    dtype = column.dtype
    if dtype == "str" or isinstance(dtype, pd.IntervalDtype | pd.PeriodDtype):
        return column
    if dtype.kind == "M" and isinstance(dtype, np.dtype | pd.DatetimeTZDtype):
        # The day of an article is the one that its readers had.
        return column.dt.tz_localize(None).astype("datetime64[us]")
    if isinstance(dtype, np.dtype) and dtype.kind != "O":
        return column
    known = column.notna()
    values = column.astype(object).where(known, None)
    kind = _INFERRED.get(pd.api.types.infer_dtype(values, skipna=True), ("", ""))
    wanted: Any = kind[0 if known.all() else 1]
    if wanted == dtype:
        return column
    try:
        # A text may hold half a surrogate pair, a number more digits than fit.
        return values.astype(wanted) if wanted else _of_one_kind(values)
    except (ValueError, TypeError, OverflowError):
        return values


def _of_one_kind(values: pd.Series) -> pd.Series:
    inferred = values.infer_objects()
    return inferred if inferred.dtype == object else plain(inferred)


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
    """Return the group of each row, also of those without a value, which are a group as well."""
    known = column.notna()
    if column.dtype.kind in "Oc" and column.dtype != "str":
        odd = column[known & ~column.map(_makes_group).astype(bool)]
        if len(odd):
            raise TableError(
                f"column {column.name!r} holds a {type(odd.iloc[0]).__name__}, of which no "
                "group can be made; write one text, number or date into each cell"
            )
        # Of several kinds, none comes before another.
        column = column.map(str) if column.dtype == object else column
    if known.all():
        return column
    return dates_as_text(column).astype(object).where(known, missing_group(column))


def category_labels(table: pd.DataFrame) -> pd.Series:
    """Name the category of each row; where two lexica share a name, with the lexicon."""
    pairs = table[["lexicon", "category"]].drop_duplicates()
    short = pairs["category"] + " (" + pairs["lexicon"].str.replace("@.*", "", regex=True) + ")"
    full = pairs["category"] + " (" + pairs["lexicon"] + ")"
    label = pairs["category"].mask(pairs["category"].duplicated(keep=False), short)
    label = label.mask(label.duplicated(keep=False), full)
    names = dict(zip(pairs.itertuples(index=False, name=None), label, strict=True))
    rows = zip(table["lexicon"], table["category"], strict=True)
    return pd.Series([names[row] for row in rows], index=table.index, dtype="str")


def _makes_group(value: object) -> bool:
    return pd.api.types.is_scalar(value) and not isinstance(value, complex)


def missing_group(column: pd.Series) -> str:
    """Return the name of missing values, in more brackets where a value of the column has it."""
    name = MISSING_GROUP
    while (column == name).any():
        name = f"({name})"
    return name


def dates_as_text(column: pd.Series) -> pd.Series:
    """Write dates as year, month and day; what holds no dates stays as it is."""
    return column.dt.strftime("%Y-%m-%d") if column.dtype.kind == "M" else column


def _require_columns(columns: Any, needed: Iterable[str], name: str) -> None:
    missing = [column for column in needed if column not in columns]
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
