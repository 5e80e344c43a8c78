"""The folder of the output: what is in it is whole, and what is missing is seen.

A file is written under another name, forced to the disk and then renamed, and its folder is
forced to the disk too: whoever looks sees the whole file or none. A part counts once its record
is there, which is written last and holds the sizes and hashes of its files. ``_SUCCESS`` comes
after the manifest of all parts and holds its hash.

A run that was killed may leave workers that still write for it. Each run therefore has a token,
which stands in the folder, and whoever writes for a run whose token is gone is refused.
"""

import hashlib
import json
import os
import re
import secrets
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from analysis.errors import CorpusError
from analysis.saving.atomic import TEMPORARY, sync_folder, write_whole
from analysis.scores.corpus.parts import Part

_PARTED = ("paragraphs", "documents", "hits", "skipped")
PLAN, MANIFEST, SUCCESS, RECORDS = "plan.json", "manifest.json", "_SUCCESS", "records"
# Files of the input that could not be read, among the skipped.
UNREAD = "files"
_LOCK, _HOLDER = ".lock", ".holder.json"
_ROWS_IN_GROUP = 200_000
# A file of the user's may begin with "part-", too.
_OF_A_PART = re.compile(r"part-\d{6,}\.(parquet|json)")


def write_part(
    folder: Path,
    part: Part,
    tables: Mapping[str, pa.Table],
    counts: Mapping[str, int],
    fingerprint: str,
    token: str,
) -> dict[str, Any]:
    """Write the files of one part, and then its record."""
    may_write = partial(_require_token, folder, token)
    written = as_parquet(tables)
    write_tables(folder, part.name, written, before=may_write)
    record = {
        "part": part.number,
        "fingerprint": fingerprint,
        "input": {"file": part.file, "first_row": part.first_row, "row_group": part.row_group},
        **counts,
        "files": described(tables, written),
    }
    write_whole(folder / RECORDS / f"{part.name}.json", as_bytes(record), before=may_write)
    return record


def _require_token(folder: Path, token: str) -> None:
    holder = read_json(folder / _HOLDER)
    # Over a network a file just written may not be seen yet: none is no sign of another run.
    if holder is not None and holder.get("token") != token:
        raise CorpusError(
            f"{str(folder)!r} is no longer this run's: another one has taken it over, or this one "
            "has ended; wait for the other, or give another folder"
        )


def as_parquet(tables: Mapping[str, pa.Table]) -> dict[str, memoryview]:
    """Return tables as Parquet files, which are the same for equal tables."""
    files = {}
    for name, table in tables.items():
        sink = pa.BufferOutputStream()
        pq.write_table(
            table,
            sink,
            compression="zstd",
            row_group_size=_ROWS_IN_GROUP,
            write_page_checksum=True,
            store_schema=False,
        )
        files[name] = memoryview(sink.getvalue())
    return files


def described(
    tables: Mapping[str, pa.Table], files: Mapping[str, memoryview]
) -> dict[str, dict[str, Any]]:
    """Return rows, bytes and SHA-256 of tables and their files."""
    return {
        name: {
            "rows": tables[name].num_rows,
            "bytes": data.nbytes,
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        for name, data in files.items()
    }


def write_tables(
    folder: Path,
    stem: str,
    files: Mapping[str, memoryview],
    *,
    before: Callable[[], None] | None = None,
) -> None:
    """Write the Parquet files of one part, each whole or not at all."""
    for name, data in files.items():
        write_whole(folder / name / f"{stem}.parquet", data, before=before)


def as_bytes(value: Any) -> bytes:
    """Return JSON that is the same for equal values."""
    return (json.dumps(value, sort_keys=True, ensure_ascii=False) + "\n").encode(
        "utf-8", "backslashreplace"
    )


def read_json(path: Path) -> dict[str, Any] | None:
    """Read a file of JSON."""
    try:
        value = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return value if isinstance(value, dict) else None


@contextmanager
def locked(folder: Path) -> Iterator[str]:
    """Keep other runs out of a folder; the system lets go where a run ends, however it ends."""
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        holder = read_json(folder / _HOLDER) or {}
        who = f"process {holder.get('process', '?')} on {holder.get('host', 'this machine')}"
        raise CorpusError(
            f"another run is writing to {str(folder)!r} ({who}); wait for it, end it, or give "
            "another folder"
        ) from None
    token = secrets.token_hex(16)
    try:
        own = {"process": os.getpid(), "host": socket.gethostname(), "token": token}
        write_whole(folder / _HOLDER, as_bytes(own))
        yield token
    finally:
        # Workers of a cluster may still be scoring a part that this run no longer waits for.
        with suppress(OSError):
            write_whole(folder / _HOLDER, as_bytes({"token": None}))
        lock.release()


def prepare(folder: Path, tables: Iterator[str] | tuple[str, ...]) -> None:
    """Make the subfolders, and remove what an interrupted run left half-written."""
    for name in (*tables, RECORDS):
        (folder / name).mkdir(exist_ok=True)
    sync_folder(folder)
    remove_temporary(folder)


def remove_temporary(folder: Path) -> None:
    """Remove what runs and workers that were killed left half-written."""
    for place in (folder, *(folder / name for name in (*_PARTED, RECORDS))):
        for path in place.glob(f".*{TEMPORARY}"):
            path.unlink(missing_ok=True)


def remove_output(folder: Path) -> None:
    """Remove what an earlier run wrote, the marks of its completeness first."""
    remove_marks(folder)
    (folder / PLAN).unlink(missing_ok=True)
    sync_folder(folder)
    for name in (*_PARTED, RECORDS):
        for path in (folder / name).glob("part-*"):
            if _OF_A_PART.fullmatch(path.name):
                path.unlink(missing_ok=True)
    (folder / "skipped" / f"{UNREAD}.parquet").unlink(missing_ok=True)


def remove_records(folder: Path, names: Iterable[str]) -> None:
    """Let parts count as not scored."""
    for name in names:
        (folder / RECORDS / f"{name}.json").unlink(missing_ok=True)
    sync_folder(folder / RECORDS)


def remove_marks(folder: Path) -> None:
    """Remove what says that all is there, on the disk too, before anything of it is changed."""
    for name in (SUCCESS, MANIFEST):
        (folder / name).unlink(missing_ok=True)
    sync_folder(folder)


def read_record(
    folder: Path, name: str, fingerprint: str, *, verify: bool
) -> dict[str, Any] | None:
    """Return the record of a part if all of its files are there, and whole."""
    record = read_json(folder / RECORDS / f"{name}.json")
    if record is None or record.get("fingerprint") != fingerprint:
        return None
    return None if any(faults_of(folder, name, record, verify=verify)) else record


def faults_of(folder: Path, name: str, record: Mapping[str, Any], *, verify: bool) -> Iterator[str]:
    """Yield what is wrong with the files of one part."""
    for table, told in record["files"].items():
        path = folder / table / f"{name}.parquet"
        try:
            size = path.stat().st_size
        except OSError:
            yield f"{table}/{path.name} is missing"
            continue
        if size != told["bytes"]:
            yield f"{table}/{path.name} has {size:,} bytes, not {told['bytes']:,}"
        elif verify:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if digest != told["sha256"]:
                yield f"{table}/{path.name} is not what was written"
