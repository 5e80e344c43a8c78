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
import secrets
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import CorpusError, MediaFramingError
from analysis.saving.atomic import TEMPORARY, sync_folder, write_whole
from analysis.scores.corpus.parts import Part

PARTED = ("paragraphs", "documents", "hits", "skipped")
PLAN, MANIFEST, SUCCESS, RECORDS = "plan.json", "manifest.json", "_SUCCESS", "records"
# Files of the input that could not be read, among the skipped.
UNREAD = "files"
_LOCK, _HOLDER = ".lock", ".holder.json"
_ROWS_IN_GROUP = 200_000


def write_part(
    folder: Path,
    part: Part,
    tables: Mapping[str, pa.Table],
    counts: Mapping[str, int],
    fingerprint: str,
    token: str,
) -> dict[str, Any]:
    """Write the files of one part, and then its record.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the output.
    part : Part
        Which part.
    tables : mapping of str to pyarrow.Table
        What to write, by the name of its subfolder.
    counts : mapping of str to int
        What to remember of it besides.
    fingerprint : str
        Of what the run makes.
    token : str
        Of the run itself.

    Returns
    -------
    dict
        The record.

    Raises
    ------
    OSError
        If anything cannot be written: then the part does not count.
    CorpusError
        If the folder is another run's by now.
    """
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
    """Return tables as Parquet files, which are the same for equal tables.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        The tables, by the name of their subfolder.

    Returns
    -------
    dict of str to memoryview
    """
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
    """Return rows, bytes and SHA-256 of tables and their files.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        The tables.
    files : mapping of str to memoryview
        What `as_parquet` made of them.

    Returns
    -------
    dict of str to dict
    """
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
    """Write the Parquet files of one part, each whole or not at all.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the output.
    stem : str
        Name of the files, without an ending.
    files : mapping of str to memoryview
        What to write, by the name of its subfolder.
    before : callable, optional
        As in `write_whole`.

    Raises
    ------
    OSError
        If one cannot be written.
    """
    for name, data in files.items():
        write_whole(folder / name / f"{stem}.parquet", data, before=before)


def as_bytes(value: Any) -> bytes:
    """Return JSON that is the same for equal values.

    Parameters
    ----------
    value : object
        What JSON can hold.

    Returns
    -------
    bytes

    Examples
    --------
    >>> from analysis.scores.corpus.output import as_bytes
    >>> as_bytes({"b": 1, "a": 2})
    b'{"a": 2, "b": 1}\\n'
    """
    return (json.dumps(value, sort_keys=True, ensure_ascii=False) + "\n").encode(
        "utf-8", "backslashreplace"
    )


def read_json(path: Path) -> dict[str, Any] | None:
    """Read a file of JSON.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    dict or None
        None if it is not there, or broken.

    Examples
    --------
    >>> from pathlib import Path
    >>> from analysis.scores.corpus.output import read_json
    >>> read_json(Path("not-there.json")) is None
    True
    """
    try:
        value = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return value if isinstance(value, dict) else None


@contextmanager
def locked(folder: Path) -> Iterator[str]:
    """Keep other runs out of a folder; the system lets go where a run ends, however it ends.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of an output; it is made where it is missing.

    Yields
    ------
    str
        The token of this run, for `write_part`.

    Raises
    ------
    CorpusError
        If another run is at work in it.
    MediaFramingError
        If filelock is not installed.
    OSError
        If it cannot be made or written to.
    """
    # The extra "corpus" brings it, and scores can be opened without it.
    try:
        from filelock import FileLock, Timeout
    except ImportError:
        raise MediaFramingError(
            "scoring a corpus needs the package filelock; install it with "
            "pip install 'media-framing[corpus]'"
        ) from None
    _make_folder(folder)
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
        # Workers of a cluster may still be at a part that nobody waits for any more.
        with suppress(OSError):
            write_whole(folder / _HOLDER, as_bytes({"token": None}))
        lock.release()


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def prepare(folder: Path, tables: Iterator[str] | tuple[str, ...]) -> None:
    """Make the subfolders, and remove what a run that was broken off left half-written.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the output.
    tables : iterable of str
        Names of the subfolders.
    """
    for name in (*tables, RECORDS):
        (folder / name).mkdir(exist_ok=True)
    sync_folder(folder)
    remove_temporary(folder)


def remove_temporary(folder: Path) -> None:
    """Remove what runs and workers that were killed left half-written.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the output.
    """
    for place in (folder, *(folder / name for name in (*PARTED, RECORDS))):
        for path in place.glob(f".*{TEMPORARY}"):
            path.unlink(missing_ok=True)


def remove_output(folder: Path) -> None:
    """Remove what an earlier run wrote, the marks of its completeness first.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the output. Files that no run writes stay.
    """
    remove_marks(folder)
    (folder / PLAN).unlink(missing_ok=True)
    sync_folder(folder)
    for name in PARTED:
        for path in (folder / name).glob("part-*.parquet"):
            path.unlink(missing_ok=True)
    (folder / "skipped" / f"{UNREAD}.parquet").unlink(missing_ok=True)
    for path in (folder / RECORDS).glob("part-*.json"):
        path.unlink(missing_ok=True)


def remove_records(folder: Path, names: Iterable[str]) -> None:
    """Let parts count as not scored.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the output.
    names : iterable of str
        Names of the parts.
    """
    for name in names:
        (folder / RECORDS / f"{name}.json").unlink(missing_ok=True)
    sync_folder(folder / RECORDS)


def remove_marks(folder: Path) -> None:
    """Remove what says that all is there, on the disk too, before anything of it is changed.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the output.
    """
    for name in (SUCCESS, MANIFEST):
        (folder / name).unlink(missing_ok=True)
    sync_folder(folder)


def read_record(
    folder: Path, name: str, fingerprint: str, *, verify: bool
) -> dict[str, Any] | None:
    """Return the record of a part if all of its files are there, and whole.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the output.
    name : str
        Name of the part.
    fingerprint : str
        Of what the run makes.
    verify : bool
        Whether to read the files and compare their hashes, not their sizes alone.

    Returns
    -------
    dict or None
    """
    record = read_json(folder / RECORDS / f"{name}.json")
    if record is None or record.get("fingerprint") != fingerprint:
        return None
    faults = list(faults_of(folder, name, record, verify=verify))
    return None if faults else record


def faults_of(folder: Path, name: str, record: Mapping[str, Any], *, verify: bool) -> Iterator[str]:
    """Yield what is wrong with the files of one part.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the output.
    name : str
        Name of the part.
    record : mapping
        Its record.
    verify : bool
        Whether to read the files and compare their hashes, not their sizes alone.

    Yields
    ------
    str
        A sentence for each file at fault.
    """
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
