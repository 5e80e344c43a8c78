"""Every table of the package: its key, columns, dtypes and units, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.errors import TableError


@dataclass(frozen=True)
class Column:
    """One column of a table: pandas dtype, whether it may be null, meaning and unit."""

    dtype: str
    meaning: str
    nullable: bool = False


@dataclass(frozen=True)
class Schema:
    """A table: the columns that identify a row, all its columns, and which others may join.

    `optional` columns belong to the key where they are present. With
    `extra_columns` a table also carries the user's own. Where rows are told
    apart by columns of the user's choice, `unique` is False.
    """

    key: tuple[str, ...]
    columns: dict[str, Column]
    optional: dict[str, Column] = field(default_factory=dict)
    extra_columns: bool = False
    unique: bool = True


_DOCUMENT_ID = Column("str", "identifies the document")
_PARAGRAPH = Column("int64", "number of the paragraph within its document, from 0")
_START = Column("int64", "first code point, counted from 0 in documents.text")
_END = Column("int64", "one past the last code point, counted in documents.text")
_LEXICON = Column("str", "lexicon as name@version+hash")
_CATEGORY = Column("str", "category of the lexicon, for instance a frame")
_SUBCATEGORY = Column("str", "subcategory within the category", nullable=True)

_SCORE_SUMS = {
    "n_hits": Column("int64", "hits counted; blocked hits are left out"),
    "n_tokens": Column("int64", "tokens of the text scored"),
    "n_sentences": Column("int64", "sentences of the text scored"),
    "n_hit_sentences": Column("int64", "sentences that hold at least one hit"),
    "n_lexicon_hits": Column("int64", "hits of all categories of the lexicon"),
    "weighted_hits": Column("float64", "sum of the weights of the hits"),
    "rate": Column("float64", "hits per 1,000 tokens; null without tokens", nullable=True),
    "weighted_rate": Column(
        "float64", "summed weights per 1,000 tokens; null without tokens", nullable=True
    ),
    "sentence_share": Column(
        "float64", "share (0 to 1) of sentences with at least one hit", nullable=True
    ),
    "share": Column(
        "float64", "share (0 to 1) of the lexicon's hits; null without hits", nullable=True
    ),
}

_ROLLED_UP = {
    "lexicon": _LEXICON,
    "category": _CATEGORY,
    **_SCORE_SUMS,
    "n_paragraphs": Column("int64", "paragraphs with at least one token"),
    "share_paragraphs": Column(
        "float64", "share (0 to 1) of paragraphs with at least one hit", nullable=True
    ),
    "low": Column("float64", "lower bound of the rate's interval", nullable=True),
    "high": Column("float64", "upper bound of the rate's interval", nullable=True),
    "interval_method": Column("str", "how the interval was made; null without one", nullable=True),
    "n_units": Column("int64", "units rolled up: paragraphs of a document, documents of a group"),
}

TABLES: Mapping[str, Schema] = {
    "documents": Schema(
        key=("document_id",),
        columns={
            "document_id": _DOCUMENT_ID,
            "title": Column("str", "headline, from the metadata or the text", nullable=True),
            "text": Column("str", "the whole text as stored in the file, never changed"),
            "outlet": Column("str", "newspaper, agency or site", nullable=True),
            "author": Column("str", "author as given", nullable=True),
            "url": Column("str", "address as given", nullable=True),
            "language": Column("str", "language as given", nullable=True),
            "date": Column("datetime64", "day of publication", nullable=True),
            "path": Column("str", "file the text came from", nullable=True),
            "sha256": Column("str", "SHA-256 of the text in UTF-8"),
        },
        extra_columns=True,
    ),
    "skipped": Schema(
        key=("path", "row"),
        columns={
            "path": Column("str", "file, or folder, that it is about"),
            "row": Column("Int64", "row within the file, from 1; null for a file", nullable=True),
            "what": Column("str", "what was skipped or changed: file, row, value or metadata"),
            "reason": Column("str", "why, and how to mend it"),
        },
        unique=False,
    ),
    "paragraphs": Schema(
        key=("document_id", "paragraph"),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "role": Column("str", "headline, byline, lead, body or heading"),
            "start": _START,
            "end": _END,
            "text": Column("str", "documents.text[start:end]"),
            "n_tokens": Column("int64", "tokens, by rule R3"),
            "n_sentences": Column("int64", "sentences"),
        },
        extra_columns=True,
    ),
    "sentences": Schema(
        key=("document_id", "paragraph", "sentence"),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "sentence": Column("int64", "number of the sentence within its paragraph, from 0"),
            "start": _START,
            "end": _END,
        },
    ),
    "hits": Schema(
        key=("document_id", "paragraph", "start", "end", "lexicon", "category", "entry"),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "sentence": Column("int64", "sentence that the hit begins in, from 0"),
            "start": _START,
            "end": _END,
            "surface": Column("str", "the words as written: documents.text[start:end]"),
            "lexicon": _LEXICON,
            "category": _CATEGORY,
            "subcategory": _SUBCATEGORY,
            "entry": Column("str", "the lexicon's term that matched"),
            "weight": Column("float64", "weight of the entry"),
            "voice": Column(
                "str", "narrator, quote or paraphrase; null: not determined", nullable=True
            ),
            "speaker": Column("str", "who is quoted or credited, if known", nullable=True),
            "certainty": Column(
                "str", "asserted, hedged or negated; null: not determined", nullable=True
            ),
            "blocked_by": Column(
                "str", "exclusion phrase that vetoed the hit; null: it counts", nullable=True
            ),
        },
    ),
    "scores": Schema(
        key=("document_id", "paragraph", "lexicon", "category"),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "lexicon": _LEXICON,
            "category": _CATEGORY,
            **_SCORE_SUMS,
        },
        optional={"subcategory": _SUBCATEGORY},
        extra_columns=True,
    ),
    "document_scores": Schema(
        key=("document_id", "lexicon", "category"),
        columns={"document_id": _DOCUMENT_ID, **_ROLLED_UP},
        optional={"subcategory": _SUBCATEGORY},
        extra_columns=True,
    ),
    "group_scores": Schema(
        key=("lexicon", "category"),
        columns=_ROLLED_UP,
        optional={"subcategory": _SUBCATEGORY},
        extra_columns=True,
        unique=False,
    ),
    "overlaps": Schema(
        key=(
            *("document_id", "paragraph", "start", "end"),
            *("lexicon_a", "category_a", "lexicon_b", "category_b"),
        ),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "start": Column("int64", "first code point that both hits cover"),
            "end": Column("int64", "one past the last code point that both hits cover"),
            "surface_a": Column("str", "words of the first hit"),
            "surface_b": Column("str", "words of the second hit"),
            "lexicon_a": _LEXICON,
            "category_a": _CATEGORY,
            "entry_a": Column("str", "term of the first hit"),
            "lexicon_b": _LEXICON,
            "category_b": _CATEGORY,
            "entry_b": Column("str", "term of the second hit"),
        },
    ),
    "entries": Schema(
        key=("lexicon", "category", "subcategory", "entry"),
        columns={
            "lexicon": _LEXICON,
            "category": _CATEGORY,
            "subcategory": _SUBCATEGORY,
            "entry": Column("str", "the lexicon's term"),
            "n_hits": Column("int64", "hits counted"),
            "n_blocked": Column("int64", "hits that an exclusion vetoed"),
            "n_documents": Column("int64", "documents with at least one counted hit"),
            "share": Column(
                "float64", "share (0 to 1) of the category's counted hits", nullable=True
            ),
            "surfaces": Column("str", "what was matched, most frequent first"),
        },
    ),
    "problems": Schema(
        key=("line", "term"),
        columns={
            "line": Column("Int64", "line of the lexicon file; null if made in Python", True),
            "category": _CATEGORY,
            "term": Column("str", "term as written"),
            "problem": Column("str", "what is wrong with it, and how to mend it"),
        },
        unique=False,
    ),
    "mixed_script": Schema(
        key=("document_id", "paragraph", "start"),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "start": _START,
            "end": _END,
            "surface": Column("str", "the word as written"),
            "scripts": Column("str", "the scripts its letters come from"),
        },
    ),
}


def empty_table(name: str) -> pd.DataFrame:
    """Return a table of the schema with no rows, so that empty input still has columns.

    Parameters
    ----------
    name : str
        A name in ``analysis.tables.TABLES``.

    Returns
    -------
    pandas.DataFrame
        No rows; every column of the schema with its dtype.

    Examples
    --------
    >>> from analysis.tables import empty_table
    >>> list(empty_table("sentences").columns)
    ['document_id', 'paragraph', 'sentence', 'start', 'end']
    """
    return make_table(name, {column: [] for column in TABLES[name].columns})


def make_table(name: str, columns: Mapping[str, Any] | pd.DataFrame) -> pd.DataFrame:
    """Build a table of the schema from columns of equal length.

    Parameters
    ----------
    name : str
        A name in ``analysis.tables.TABLES``.
    columns : mapping of str to sequence, or pandas.DataFrame
        Values by column name. Columns of the schema come first, in its order
        and with its dtypes; others follow as they are.

    Returns
    -------
    pandas.DataFrame
        The table, with a RangeIndex.

    Raises
    ------
    TableError
        If a column of the schema is missing.

    Examples
    --------
    >>> from analysis.tables import make_table
    >>> make_table("sentences", {"document_id": ["a"], "paragraph": [0], "sentence": [0],
    ...                          "start": [0], "end": [5]}).shape
    (1, 5)
    """
    schema = TABLES[name]
    _require_columns(columns, schema, name)
    optional = {c: definition for c, definition in schema.optional.items() if c in columns}
    series = {
        column: _as_dtype(columns[column], definition.dtype)
        for column, definition in (schema.columns | optional).items()
    }
    extra = {
        column: _without_index(columns[column])
        for column in map(str, columns)
        if column not in series
    }
    return pd.DataFrame({**series, **extra}, copy=False)


def check_table(table: pd.DataFrame, name: str) -> None:
    """Refuse a table that does not follow its schema.

    Parameters
    ----------
    table : pandas.DataFrame
        The table to check. It is not changed.
    name : str
        A name in ``analysis.tables.TABLES``.

    Raises
    ------
    TypeError
        If `table` is no DataFrame.
    TableError
        If a column is missing, has another kind of dtype, holds nulls that the
        schema forbids, or if two rows share a key.

    Examples
    --------
    >>> from analysis.tables import check_table, empty_table
    >>> check_table(empty_table("hits"), "hits")
    """
    schema = TABLES[name]
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{name} must be a pandas DataFrame, not {type(table).__name__}")
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
    """Refuse a table in which a text is missing or no string.

    Parameters
    ----------
    table : pandas.DataFrame
        A table with a column ``text``.
    name : str
        What to call it.

    Raises
    ------
    TableError
        If a value of ``text`` is no str.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.tables import check_texts
    >>> check_texts(pd.DataFrame({"text": ["Talks resume."]}), "documents")
    """
    for row, text in enumerate(table["text"].tolist()):
        if not isinstance(text, str):
            raise TableError(
                f"the text in row {row} of the {name} table is {text!r}, not a string; fill it "
                "in, or drop the row"
            )


def metadata_columns(table: pd.DataFrame, name: str) -> list[str]:
    """List the columns that describe a document and travel with its paragraphs and scores.

    Parameters
    ----------
    table : pandas.DataFrame
        A documents, paragraphs or scores table.
    name : str
        Which of them it is.

    Returns
    -------
    list of str
        ``outlet``, ``date`` and the user's own columns, in the table's order.

    Examples
    --------
    >>> from analysis.tables import empty_table, metadata_columns
    >>> metadata_columns(empty_table("documents"), "documents")
    ['outlet', 'date']
    """
    carried = ("outlet", "date") if name == "documents" else ()
    known = {*TABLES[name].columns, *TABLES[name].optional}
    return [column for column in table.columns if column in carried or column not in known]


def reserved_names() -> frozenset[str]:
    """List the names that a metadata column may not have, for a later table needs them.

    Returns
    -------
    frozenset of str
        Columns of the tables that carry metadata, ``documents`` left out.

    Examples
    --------
    >>> from analysis.tables import reserved_names
    >>> "rate" in reserved_names(), "outlet" in reserved_names()
    (True, False)
    """
    carrying = (s for name, s in TABLES.items() if s.extra_columns and name != "documents")
    return frozenset(name for schema in carrying for name in (*schema.columns, *schema.optional))


def unknown_document(table: pd.DataFrame, name: str, document_id: str) -> str:
    """Say that a table lacks a document, and which it has.

    Parameters
    ----------
    table : pandas.DataFrame
        A table with a column ``document_id``.
    name : str
        What to call the table.
    document_id : str
        The document that was asked for.

    Returns
    -------
    str
        One sentence for an error.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.tables import unknown_document
    >>> unknown_document(pd.DataFrame({"document_id": ["a", "b", "a"]}), "scores", "c")
    "scores has no document 'c'; it has 'a', 'b'"
    """
    known = list(dict.fromkeys(table["document_id"]))
    shown = ", ".join(map(repr, known[:5])) + (", …" if len(known) > 5 else "")
    return f"{name} has no document {document_id!r}; it has {shown or 'none'}"


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
    if dtype in ("int64", "Int64"):
        return pd.api.types.is_integer_dtype(series)
    return pd.api.types.is_float_dtype(series) or pd.api.types.is_integer_dtype(series)
