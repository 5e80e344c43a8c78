"""Input files → parts: the same ones whoever scores them, and however many do."""

import codecs
import csv
import hashlib
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import ReadingError, first_line
from analysis.reading.nested import flat
from analysis.reading.records import (
    OPTIONAL_COLUMNS,
    Note,
    UnreadableError,
    column_names,
    free_names,
    refuse_repeated,
)
from analysis.reading.sources import SourceFile, find_files
from analysis.reading.speakers import set_speakers_aside
from analysis.reading.tabular import (
    ID_COLUMNS,
    TABLE_SUFFIXES,
    refuse_unknown_type,
    require_text_column,
)
from analysis.scores.corpus.parts import Part
from analysis.tables.checks import reserved_names

_ENDINGS = ", ".join(TABLE_SUFFIXES)
_BLOCK = 4_000_000
# Lines of a file of JSON lines that are asked which columns there are.
_FIRST_LINES = 1_000


@dataclass
class Plan:
    """What there is to score."""

    parts: list[Part] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    stamps: dict[str, tuple[str, tuple[int, int]]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    speakers: pd.DataFrame | None = None

    @property
    def names(self) -> dict[str, str]:
        """Names for the user's columns that no table of the output has."""
        needed = reserved_names() | {"file", "row", "text", "path", "sha256", *OPTIONAL_COLUMNS}
        return free_names([name for name in self.columns if name not in OPTIONAL_COLUMNS], needed)


def plan_input(source: str, *, text_column: str, part_bytes: int) -> Plan:
    """List the parts of a corpus: each is a run of rows with about so many bytes of text."""
    everything = find_files(source)
    found, speakers = set_speakers_aside(everything, text_column, None)
    plan = Plan(notes=list(found.notes), speakers=speakers)
    if found is not everything and speakers is None:
        raise ReadingError(f"{plan.notes[-1].path!r} cannot be read: {plan.notes[-1].reason}")
    n_read = 0
    for file in found.files:
        if file.suffix not in TABLE_SUFFIXES:
            reason = f"its ending is none of {_ENDINGS}; convert it or leave it out"
            plan.notes.append(Note(file.path, None, "file", reason))
            continue
        try:
            # Before the hash, so that a change while it is taken is seen, too.
            stamp = _stamp(file.location)
            plan.hashes[file.name] = _hash(file.location)
            plan.stamps[file.name] = (file.location, stamp)
            split = _parquet_parts if file.suffix == ".parquet" else _text_parts
            columns, parts = split(file, text_column, part_bytes)
        except (OSError, UnreadableError) as fault:
            reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
            plan.notes.append(Note(file.path, None, "file", str(reason)))
            continue
        n_read += 1
        own = {text_column, *ID_COLUMNS[: 1 + ("document_id" not in columns)]}
        for name, kind in columns.items():
            if name in own:
                continue
            known = plan.columns.setdefault(name, kind)
            # What differs between files is kept as text, which can hold either.
            plan.columns[name] = kind if known == kind else "string"
        plan.parts += [replace(part, number=n) for n, part in enumerate(parts, len(plan.parts))]
    if not n_read:
        why = next((f": {note.path}: {note.reason}" for note in plan.notes), "")
        raise ReadingError(f"no {_ENDINGS} file in {source!r} can be scored{why}")
    return plan


def changed_files(plan: Plan) -> list[str]:
    """List the files that are no longer what they were when the plan was made."""
    return [
        name
        for name, (location, stamp) in plan.stamps.items()
        if _has_changed(location, stamp, plan.hashes[name])
    ]


def _has_changed(location: str, stamp: tuple[int, int], sha256: str) -> bool:
    try:
        return _stamp(location) != stamp and _hash(location) != sha256
    except OSError:
        return True


def _stamp(location: str) -> tuple[int, int]:
    """Return size and time of change, which tell at once that a file is as it was."""
    known = os.stat(location)
    return known.st_size, known.st_mtime_ns


def _hash(location: str) -> str:
    with open(location, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parquet_parts(
    file: SourceFile, text_column: str, part_bytes: int
) -> tuple[dict[str, str], list[Part]]:
    try:
        footer = pq.ParquetFile(file.location, memory_map=False)
    except (pa.ArrowException, ValueError, OSError) as fault:
        raise UnreadableError(
            f"not a readable Parquet file ({first_line(fault)}); write it again"
        ) from None
    with footer:
        schema, metadata = footer.schema_arrow, footer.metadata
        names = column_names(schema.names)
        refuse_repeated(names)
        require_text_column(names, text_column)
        for column in schema:
            refuse_unknown_type(column)
        # Nested columns are several of the file's own.
        places = [metadata.schema.column(n).path.split(".")[0] for n in range(metadata.num_columns)]
        texts = places.index(schema.names[names.index(text_column)])
        parts = []
        first = 1
        for number in range(metadata.num_row_groups):
            group = metadata.row_group(number)
            size = group.column(texts).total_uncompressed_size
            rows = group.num_rows
            step = max(1, int(rows * part_bytes / size)) if size else rows
            for start in range(0, rows, step):
                stop = min(start + step, rows)
                place = (first + start, stop - start, start, stop, number)
                n_bytes = size * (stop - start) // rows
                parts.append(Part(0, file.name, file.location, ".parquet", *place, n_bytes))
            first += rows
    # The index of a pandas table is no column of its author's.
    authors = (n for n, name in enumerate(names) if not name.startswith("__index_level_"))
    return {names[n]: _plain_type(schema.field(n).type) for n in authors}, parts


def _plain_type(kind: pa.DataType) -> str:
    """Return the type in which a column of the user's is written."""
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return str(kind)
    return "timestamp[us]" if pa.types.is_timestamp(kind) or pa.types.is_date(kind) else "string"


def _text_parts(
    file: SourceFile, text_column: str, part_bytes: int
) -> tuple[dict[str, str], list[Part]]:
    with open(file.location, "rb") as stream:
        quoted = file.suffix != ".jsonl"
        if quoted:
            header = read_header(stream)
            names = _header_names(header, file.suffix)
            require_text_column(names, text_column)
        else:
            _skip_mark(stream)
            names = _json_columns(stream)
            if not names:
                raise UnreadableError("no line is a JSON object; write one object {…} on each line")
            require_text_column(names, text_column)
        parts, bound, row = [], stream.tell(), 1
        # As the readers count: a blank line is a row where it can be told from none.
        blank = not quoted or len(names) == 1
        for end, rows in _cuts(stream, bound, part_bytes, quoted=quoted, blank=blank):
            place = (row, None, bound, end, None)
            parts.append(Part(0, file.name, file.location, file.suffix, *place, end - bound))
            bound, row = end, row + rows
    return dict.fromkeys(names, "string"), parts


def _header_names(line: bytes, suffix: str) -> list[str]:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableError("it is not UTF-8; save it as UTF-8") from None
    delimiter = delimiter_of(text, suffix)
    names = column_names(next(csv.reader([text], delimiter=delimiter), []))
    refuse_repeated(names)
    return names


def delimiter_of(header: str, suffix: str) -> str:
    """Return the delimiter that gives the header most columns."""
    if suffix == ".tsv":
        return "\t"
    return max((",", ";", "\t"), key=lambda mark: len(next(csv.reader([header], delimiter=mark))))


def _json_columns(stream: io.BufferedReader) -> list[str]:
    names: dict[str, None] = {}
    begin = stream.tell()
    for _, line in zip(range(_FIRST_LINES), stream, strict=False):
        try:
            row = json.loads(line)
            names.update(dict.fromkeys(flat(row) if isinstance(row, dict) else ()))
        except (ValueError, RecursionError):
            continue
    stream.seek(begin)
    return list(names)


def _skip_mark(stream: io.BufferedReader) -> None:
    """Go behind the byte order mark, if there is one."""
    stream.seek(len(codecs.BOM_UTF8) if stream.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8 else 0)


def read_header(stream: io.BufferedReader) -> bytes:
    """Read the header with its line end; line ends may stand within quotation marks."""
    _skip_mark(stream)
    line = b""
    while piece := stream.readline(_BLOCK):
        line += piece
        if line.strip() and line.count(b'"') % 2 == 0:
            break
    if not line.strip():
        raise UnreadableError("the table is empty")
    return line


def _cuts(
    stream: io.BufferedReader, begin: int, part_bytes: int, *, quoted: bool, blank: bool
) -> Iterator[tuple[int, int]]:
    """Yield where parts end and how many line ends outside quotation marks each holds."""
    position, start, n_lines, open_quote = begin, begin, 0, False
    for line in stream:
        position += len(line)
        if quoted and line.count(b'"') % 2:
            open_quote = not open_quote
        if open_quote and position - start < 2 * part_bytes:
            continue
        open_quote = False
        n_lines += blank or bool(line.strip())
        if position - start >= part_bytes:
            yield position, n_lines
            start, n_lines = position, 0
    if position > start:
        yield position, n_lines
