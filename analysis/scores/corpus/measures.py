"""Rows of one part → its tables of scores."""

import datetime as dt
import hashlib
import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.errors import LanguageWarning
from analysis.hits.find import find_hits
from analysis.hits.voice.speakers import check_names
from analysis.languages.language import LanguageName, tell_unknown
from analysis.lexicons.model import Lexicon
from analysis.reading.furniture import count_pieces, without_furniture
from analysis.reading.records import OPTIONAL_COLUMNS, Draft, Note, Rows, as_text
from analysis.reading.tabular import drafts_of_rows
from analysis.scores.scoring import score_documents, score_split
from analysis.tables.checks import empty_table, stack_tables
from analysis.tables.core import TABLES
from analysis.tables.subcategories import COLUMN
from analysis.text.marks import tell_unmarked
from analysis.text.segmentation import split_paragraphs

# The tables of the output, and the schemas that they follow.
_SCHEMAS = {"paragraphs": "scores", "documents": "document_scores", "hits": "hits"}
_NO_WORDS = "there is no visible text; fill it in or remove the row"
QUARANTINED = "scoring it ended its worker twice, so it was set aside; read it by itself"


@dataclass(frozen=True)
class Measures:
    """What is to be measured, and within which limits."""

    lexica: tuple[Lexicon, ...]
    hits: bool
    split: tuple[str, ...]
    language: str | None
    text_column: str
    columns: Mapping[str, str]
    names: Mapping[str, str]
    chunk_size: int
    longest: int
    keep_furniture: bool = False
    # Rows of the table of names: what they are for, form, speaker and group.
    speakers: tuple[tuple[str | None, ...], ...] = ()

    @property
    def in_context(self) -> bool:
        """Tell whether voices and speakers are asked for at all."""
        return self.hits or bool(self.split)

    @property
    def hash_of_speakers(self) -> str | None:
        """Return what tells whether the names are the same; None where they move nothing."""
        if not (self.in_context and self.speakers):
            return None
        rows = sorted(self.speakers, key=repr)
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that are written."""
        return ("paragraphs", "documents", *(["hits"] if self.hits else []), "skipped")


def rows_of_names(
    speakers: pd.DataFrame | None, language: LanguageName | None
) -> tuple[tuple[str | None, ...], ...]:
    """Return the rows of a table of names, which is refused where they disagree."""
    if speakers is None:
        return ()
    table = check_names(speakers, language)[list(TABLES["speaker_names"].columns)].astype(object)
    return tuple(table.where(table.notna(), None).itertuples(index=False, name=None))


def score_rows(
    rows: Rows,
    measures: Measures,
    file: str,
    quarantined: Mapping[int, str] = MappingProxyType({}),
) -> tuple[dict[str, pa.Table], dict[str, int]]:
    """Return the tables of the rows of one file, and how the rows ended."""
    text_column = measures.text_column
    touched = [(number, values) for number, values in rows.rows if number not in quarantined]
    drafts, notes = drafts_of_rows(
        Rows(list(dict.fromkeys([*rows.columns, text_column])), touched, rows.malformed),
        text_column=text_column,
        id_prefix=f"{file.rpartition('.')[0] or file}#",
        path=file,
        file=file,
    )
    notes += [Note(file, number, "row", reason) for number, reason in quarantined.items()]
    if not measures.keep_furniture:
        drafts, pieces = without_furniture(drafts)
        notes += [Note(file, None, "value", count_pieces(pieces))] if pieces else []
    kept = []
    for draft in drafts:
        if len(draft.text) > measures.longest:
            reason = (
                f"its text has {len(draft.text):,} characters, over the limit of "
                f"{measures.longest:,}; split it, or raise the limit"
            )
            notes.append(Note(file, draft.row, "row", reason))
        else:
            kept.append(draft)
    size = measures.chunk_size
    chunks = [
        _score(kept[begin : begin + size], begin, measures) for begin in range(0, len(kept), size)
    ]
    whole = {
        name: stack_tables(schema, [chunk.pop(name) for chunk in chunks])
        for name, schema in _SCHEMAS.items()
    }
    scored = {int(name) for name in whole["paragraphs"]["document_id"].unique()}
    notes += [
        Note(file, draft.row, "row", _NO_WORDS) for n, draft in enumerate(kept) if n not in scored
    ]
    if measures.language is None:
        named = pd.DataFrame({"language": _languages(kept)}, dtype="str")
        notes += [Note(file, None, "value", told) for told in tell_unknown(named)]
    texts = (draft.text for draft in kept)
    notes += [Note(file, None, "value", told) for told in tell_unmarked(texts)]
    described = _describe(kept, file, measures)
    made = {
        name: _with_metadata(whole[name], described) for name in measures.tables if name in whole
    }
    n_failed = sum(note.what == "row" for note in notes)
    n_rows = len(rows.rows) + len(rows.malformed)
    if len(scored) + n_failed != n_rows:
        raise AssertionError(f"{n_rows} rows, {len(scored)} scored and {n_failed} skipped")
    made["skipped"] = skipped_as_arrow(notes)
    return made, {
        "n_rows": n_rows,
        "n_scored": len(scored),
        "n_failed": n_failed,
        "n_characters": sum(len(draft.text) for draft in kept),
        "n_quarantined": len(quarantined),
    }


def _score(drafts: Sequence[Draft], first: int, measures: Measures) -> dict[str, pd.DataFrame]:
    """Score some documents, each by its place: ids of the user's may repeat across a corpus."""
    documents = pd.DataFrame(
        {
            "document_id": pd.Series([str(first + n) for n in range(len(drafts))], dtype="str"),
            "title": pd.Series([draft.fields.get("title") for draft in drafts], dtype=object),
            "text": pd.Series([draft.text for draft in drafts], dtype="str"),
            "language": pd.Series(_languages(drafts), dtype="str"),
        }
    )
    own = measures.language
    with warnings.catch_warnings():
        # They are listed, a line for each part.
        warnings.simplefilter("ignore", LanguageWarning)
        paragraphs = split_paragraphs(documents, language=own)
    lexica = list(measures.lexica)
    in_context = measures.in_context
    names = _speakers(drafts, first, measures) if in_context and measures.speakers else None
    hits = find_hits(paragraphs, lexica, in_context=in_context, speakers=names, language=own)
    paragraphs = paragraphs.drop(columns=["language", "turn_speaker"], errors="ignore")
    groups = sorted({group for *_, group in measures.speakers if group is not None})
    # The same rows whatever stands together.
    scores = score_split(paragraphs, hits, lexica, split=measures.split, groups=groups)
    others = [*measures.split, *(name for name in [COLUMN] if name in scores)]
    without = empty_table("document_scores").assign(**dict.fromkeys(others, pd.Series(dtype="str")))
    summed = score_documents(scores) if len(scores) else without
    return {"paragraphs": scores, "documents": summed, "hits": hits}


def _speakers(drafts: Sequence[Draft], first: int, measures: Measures) -> pd.DataFrame:
    """Return the table of names, with rows for one document at all places of that document."""
    places: dict[str | None, list[str | None]] = {None: [None]}
    for n, draft in enumerate(drafts, first):
        places.setdefault(draft.document_id, []).append(str(n))
    rows = [(at, *row) for name, *row in measures.speakers for at in places.get(name, ())]
    return pd.DataFrame(rows, columns=list(TABLES["speaker_names"].columns), dtype="str")


def _languages(drafts: Sequence[Draft]) -> list[str | None]:
    return [as_text(draft.fields.get("language")) for draft in drafts]


def _describe(drafts: Sequence[Draft], file: str, measures: Measures) -> pa.Table:
    """Lay out what is known of each document, a row each."""
    columns: dict[str, pa.Array] = {
        "file": pa.array([file] * len(drafts), pa.string()),
        "row": pa.array([draft.row for draft in drafts], pa.int64()),
        "document_id": pa.array([draft.document_id for draft in drafts], pa.string()),
    }
    usual = dict.fromkeys(OPTIONAL_COLUMNS, "string") | {"date": "timestamp[us]"}
    # Columns of these names have their place and kind, whatever the input makes of them.
    for name, kind in {**usual, **measures.columns, **usual}.items():
        values = [_as_kind(draft.fields.get(name), kind) for draft in drafts]
        columns[measures.names.get(name, name)] = pa.array(values, pa.type_for_alias(kind))
    return pa.table(columns)


def _as_kind(value: Any, kind: str) -> Any:
    if isinstance(value, dt.datetime):
        value = value.replace(tzinfo=None)
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
    columns = dict(zip(metadata.column_names, metadata.columns, strict=True))
    return pa.table({**columns, **{name: _plain(own.column(name)) for name in own.column_names}})


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Give a column one type whatever it holds, so that all parts have one schema."""
    if pa.types.is_null(column.type) or pa.types.is_large_string(column.type):
        return column.cast(pa.string())
    return column


def skipped_as_arrow(notes: Sequence[Note]) -> pa.Table:
    """Lay out notes as table ``skipped``, by row."""
    ordered = sorted(notes, key=lambda note: (note.row or 0, note.what, note.reason))
    kinds = dict.fromkeys(TABLES["skipped"].columns, pa.string())
    schema = pa.schema({**kinds, "row": pa.int64(), "line": pa.int64()})
    return pa.Table.from_pylist([vars(note) for note in ordered], schema=schema)
