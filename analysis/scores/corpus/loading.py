"""One part of the input → its rows; what is damaged is listed row by row."""

import errno
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import first_line
from analysis.reading.delimited import parse_delimited
from analysis.reading.jsonlines import parse_json_lines
from analysis.reading.records import Rows, UnreadableError, column_names
from analysis.reading.tabular import rows_of_arrow
from analysis.scores.corpus.parts import Part
from analysis.scores.corpus.planning import delimiter_of, read_header

_ROWS_AT_A_TIME = 64


def load_part(part: Part, columns: Sequence[str]) -> Rows:
    """Read the rows of one part, numbered as in the file."""
    try:
        return _parquet_rows(part, columns) if part.kind == ".parquet" else _text_rows(part)
    except (UnreadableError, OSError, pa.ArrowException, ValueError) as fault:
        # A file that cannot be seen from here is not damaged; a place that a disk fails to read is.
        if isinstance(fault, OSError) and fault.errno not in (None, errno.EIO):
            raise
        if part.rows is None and isinstance(fault, OSError):
            raise
        where = "the bytes" if part.row_group is None else f"row group {part.row_group}"
        reason = f"{where} cannot be read ({first_line(fault)}); write the file again"
        numbers = range(part.first_row, part.first_row + (part.rows or 1))
        known = [] if part.rows is None else columns
        return Rows(known, [], [(number, reason) for number in numbers])


def _parquet_rows(part: Part, columns: Sequence[str]) -> Rows:
    """Read batch by batch, since one row group may be larger than memory."""
    rows: list[tuple[int, dict[str, Any]]] = []
    position = 0
    # A flipped byte would otherwise be read as another value.
    with pq.ParquetFile(
        part.location, page_checksum_verification=True, pre_buffer=False, buffer_size=1_000_000
    ) as file:
        every = file.schema_arrow.names
        known = zip(every, column_names(every), strict=True)
        names = {raw: name for raw, name in known if name in columns}
        batches = file.iter_batches(
            batch_size=_ROWS_AT_A_TIME,
            row_groups=[part.row_group],
            columns=list(names),
            use_threads=False,
        )
        for batch in batches:
            begin = max(part.start - position, 0)
            end = min(part.stop - position, batch.num_rows)
            if begin < end:
                wanted = batch.slice(begin, end - begin)
                wanted.validate(full=True)
                first = part.first_row - part.start + position + begin
                own = wanted.select(list(names)).rename_columns(list(names.values()))
                rows += rows_of_arrow(own, first).rows
            position += batch.num_rows
            if position >= part.stop:
                break
    if len(rows) != part.rows:
        raise UnreadableError(f"{len(rows)} of its {part.rows} rows are there")
    return Rows(list(names.values()), rows)


def _text_rows(part: Part) -> Rows:
    with open(part.location, "rb") as stream:
        header = b"" if part.kind == ".jsonl" else read_header(stream)
        stream.seek(part.start)
        data = stream.read(part.stop - part.start)
    if len(data) < part.stop - part.start:
        raise UnreadableError("the file has become shorter")
    text = data.decode("utf-8", "replace")
    broken = text.encode("utf-8") != data
    if part.kind == ".jsonl":
        found = parse_json_lines(text)
    else:
        head = header.decode("utf-8")
        # The reader chooses the delimiter itself, unless it knows a column.
        known = [name.strip() for name in head.strip().split(delimiter_of(head, part.kind))]
        found = parse_delimited(head + text, known)
    shift = part.first_row - 1
    listed = [(number + shift, reason) for number, reason in found.malformed]
    kept = []
    for number, values in found.rows:
        # U+FFFD stands where a byte was no UTF-8: the row is not what its author wrote.
        if broken and any("\ufffd" in value for value in values.values() if isinstance(value, str)):
            listed.append((number + shift, "it is not UTF-8; save the file as UTF-8"))
        else:
            kept.append((number + shift, values))
    return Rows(found.columns, kept, sorted(listed))
