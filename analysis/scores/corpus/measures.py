"""Rows of one part → its tables of scores."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.hits.find import find_hits
from analysis.lexicons.model import Lexicon
from analysis.reading.records import Draft, Note, Rows, as_text
from analysis.reading.tabular import drafts_of_rows
from analysis.scores.scoring import score_documents, score_paragraphs
from analysis.tables.checks import empty_table, stack_tables
from analysis.tables.core import TABLES
from analysis.text.segmentation import split_paragraphs

# Metadata that every table of documents may have, and that articles may say themselves.
STANDARD = ("title", "outlet", "author", "url", "language", "date")
_NO_WORDS = "there is no visible text; fill it in or remove the row"
QUARANTINED = "scoring it ended its worker twice, so it was set aside; read it by itself"


@dataclass(frozen=True)
class Measures:
    """What is to be measured, and within which limits."""

    lexica: tuple[Lexicon, ...]
    hits: bool
    split: tuple[str, ...]
    text_column: str
    columns: Mapping[str, str]
    names: Mapping[str, str]
    chunk_size: int
    longest: int

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that are written."""
        return ("paragraphs", "documents", *(["hits"] if self.hits else []), "skipped")


@dataclass(frozen=True)
class Scored:
    """The tables of one part, and how its rows ended."""

    tables: Mapping[str, pa.Table]
    n_rows: int
    n_scored: int
    n_failed: int
    n_characters: int


def score_rows(
    rows: Rows,
    measures: Measures,
    *,
    file: str,
    path: str,
    quarantined: Mapping[int, str] = MappingProxyType({}),
) -> Scored:
    """Score the rows of one part."""
    touched = [(number, values) for number, values in rows.rows if number not in quarantined]
    drafts, notes = drafts_of_rows(
        Rows([*rows.columns, measures.text_column], touched, rows.malformed),
        text_column=measures.text_column,
        id_prefix=f"{file.rpartition('.')[0] or file}#",
        path=path,
        file=file,
    )
    notes += [Note(path, number, "row", reason) for number, reason in quarantined.items()]
    kept = []
    for draft in drafts:
        if len(draft.text) > measures.longest:
            reason = (
                f"its text has {len(draft.text):,} characters, over the limit of "
                f"{measures.longest:,}; split it, or raise the limit"
            )
            notes.append(Note(path, draft.row, "row", reason))
        else:
            kept.append(draft)
    tables: dict[str, list[pd.DataFrame]] = {"scores": [], "document_scores": [], "hits": []}
    for begin in range(0, len(kept), measures.chunk_size):
        for name, table in _score(
            kept[begin : begin + measures.chunk_size], begin, measures
        ).items():
            tables[name].append(table)
    whole = {name: stack_tables(name, own) for name, own in tables.items()}
    whole = {
        "paragraphs": whole["scores"],
        "documents": whole["document_scores"],
        "hits": whole["hits"],
    }
    n_paragraphs = whole["paragraphs"]["document_id"].unique()
    scored = {int(name) for name in n_paragraphs}
    notes += [
        Note(path, draft.row, "row", _NO_WORDS) for n, draft in enumerate(kept) if n not in scored
    ]
    described = _describe(kept, file, measures)
    made = {
        name: _with_metadata(whole[name], described)
        for name in measures.tables
        if name != "skipped"
    }
    n_failed = sum(note.what == "row" for note in notes)
    n_rows = len(rows.rows) + len(rows.malformed)
    if len(scored) + n_failed != n_rows:
        raise AssertionError(f"{n_rows} rows, {len(scored)} scored and {n_failed} skipped")
    made["skipped"] = skipped_as_arrow(notes)
    return Scored(made, n_rows, len(scored), n_failed, sum(len(draft.text) for draft in kept))


def _score(drafts: Sequence[Draft], first: int, measures: Measures) -> dict[str, pd.DataFrame]:
    """Score some documents, each by its place: ids of the user's may repeat across a corpus."""
    documents = pd.DataFrame(
        {
            "document_id": pd.Series([str(first + n) for n in range(len(drafts))], dtype="str"),
            "title": pd.Series([draft.fields.get("title") for draft in drafts], dtype=object),
            "text": pd.Series([draft.text for draft in drafts], dtype="str"),
        }
    )
    paragraphs = split_paragraphs(documents)
    lexica = list(measures.lexica)
    in_context = measures.hits or bool(measures.split)
    hits = find_hits(paragraphs, lexica, in_context=in_context)
    scores = score_paragraphs(paragraphs, hits, lexica, split=measures.split)
    if not len(scores):
        return {"scores": scores, "document_scores": empty_table("document_scores"), "hits": hits}
    return {"scores": scores, "document_scores": score_documents(scores), "hits": hits}


def _describe(drafts: Sequence[Draft], file: str, measures: Measures) -> pa.Table:
    """Lay out what is known of each document, a row each."""
    columns: dict[str, pa.Array] = {
        "file": pa.array([file] * len(drafts), pa.string()),
        "row": pa.array([draft.row for draft in drafts], pa.int64()),
        "document_id": pa.array([draft.document_id for draft in drafts], pa.string()),
    }
    for name in STANDARD:
        values = [draft.fields.get(name) for draft in drafts]
        if name == "date":
            columns[name] = pa.array(values, pa.timestamp("us"))
        else:
            columns[name] = pa.array([as_text(value) for value in values], pa.string())
    for name, kind in measures.columns.items():
        if name not in STANDARD:
            values = [_as_kind(draft.fields.get(name), kind) for draft in drafts]
            columns[measures.names[name]] = pa.array(values, pa.type_for_alias(kind))
    return pa.table(columns)


def _as_kind(value: Any, kind: str) -> Any:
    if value is None or kind != "string":
        return value if isinstance(value, int | float | bool | dt.date) else None
    return as_text(value)


def _with_metadata(table: pd.DataFrame, described: pa.Table) -> pa.Table:
    """Put what is known of its document before each row."""
    place = pa.array(table["document_id"].astype("int64").to_numpy())
    metadata = described.take(place)
    own = pa.Table.from_pandas(
        table.drop(columns=[c for c in described.column_names if c in table]), preserve_index=False
    )
    columns = {name: metadata.column(name) for name in metadata.column_names}
    columns |= {name: _plain(own.column(name)) for name in own.column_names}
    return pa.table(columns)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Give a column one type whatever it holds, so that all parts have one schema."""
    if pa.types.is_null(column.type) or pa.types.is_large_string(column.type):
        return column.cast(pa.string())
    return column


def skipped_as_arrow(notes: Sequence[Note]) -> pa.Table:
    """Lay out notes as table ``skipped``, by row."""
    ordered = sorted(notes, key=lambda note: (note.row or 0, note.what, note.reason))
    names = list(TABLES["skipped"].columns)
    schema = {"row": pa.int64(), "line": pa.int64()}
    return pa.table(
        {
            name: pa.array([getattr(note, name) for note in ordered], schema.get(name, pa.string()))
            for name in names
        }
    )
