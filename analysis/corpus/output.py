"""The folder of the output: what is in it is whole, and what is missing is seen.

A file is written under another name, forced to the disk and then renamed, and its folder is
forced to the disk too: whoever looks sees the whole file or none. A part counts once its record
is there, which is written last and holds the sizes and hashes of its files. ``_SUCCESS`` comes
after the manifest of all parts and holds its hash.
"""

import hashlib
import json
import os
import secrets
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.corpus.parts import Part
from analysis.errors import CorpusError, MediaFramingError

PLAN, MANIFEST, SUCCESS, RECORDS = "plan.json", "manifest.json", "_SUCCESS", "records"
# Files of the input that could not be read, among the skipped.
UNREAD = "files"
_LOCK, _HOLDER = ".lock", ".holder.json"
_TEMPORARY = ".tmp"
_ROWS_IN_GROUP = 200_000


def write_part(
    folder: Path,
    part: Part,
    tables: Mapping[str, pa.Table],
    counts: Mapping[str, int],
    fingerprint: str,
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
        Of the run that it belongs to.

    Returns
    -------
    dict
        The record.

    Raises
    ------
    OSError
        If anything cannot be written: then the part does not count.
    """
    files = write_tables(folder, part.name, tables)
    record = {
        "part": part.number,
        "fingerprint": fingerprint,
        "input": {"file": part.file, "first_row": part.first_row, "row_group": part.row_group},
        **counts,
        "files": files,
    }
    write_whole(folder / RECORDS / f"{part.name}.json", as_bytes(record))
    return record


def write_tables(folder: Path, stem: str, tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """Write tables as Parquet files, each whole or not at all.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the output.
    stem : str
        Name of the files, without an ending.
    tables : mapping of str to pyarrow.Table
        What to write, by the name of its subfolder.

    Returns
    -------
    dict of str to dict
        Rows, bytes and SHA-256 of each file.

    Raises
    ------
    OSError
        If one cannot be written.
    """
    files = {}
    for name, table in tables.items():
        path = folder / name / f"{stem}.parquet"
        sink = pa.BufferOutputStream()
        pq.write_table(
            table,
            sink,
            compression="zstd",
            row_group_size=_ROWS_IN_GROUP,
            write_page_checksum=True,
            store_schema=False,
        )
        data = sink.getvalue()
        write_whole(path, memoryview(data))
        files[name] = {
            "rows": table.num_rows,
            "bytes": data.size,
            "sha256": hashlib.sha256(memoryview(data)).hexdigest(),
        }
    return files


def write_whole(path: Path, data: bytes | memoryview) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut.

    Parameters
    ----------
    path : pathlib.Path
        The file; one of that name is replaced.
    data : bytes or memoryview
        What it is to hold.

    Raises
    ------
    OSError
        If it cannot be written; nothing is left behind then.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from analysis.corpus.output import write_whole
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder, "a"), b"whole")
    ...     [path.name for path in Path(folder).iterdir()]
    ['a']
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}{_TEMPORARY}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            rest = memoryview(data)
            while len(rest):
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.

    Raises
    ------
    OSError
        If the disk fails.
    """
    if os.name == "nt":  # Windows opens no folders, and journals names by itself.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
    >>> from analysis.corpus.output import as_bytes
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
    >>> from analysis.corpus.output import read_json
    >>> read_json(Path("not-there.json")) is None
    True
    """
    try:
        value = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return value if isinstance(value, dict) else None


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder; the system lets go where a run ends, however it ends.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of an output; it is made where it is missing.

    Yields
    ------
    None

    Raises
    ------
    CorpusError
        If another run is at work in it.
    MediaFramingError
        If filelock is not installed.
    """
    # The extra "corpus" brings it, and scores can be opened without it.
    try:
        from filelock import FileLock, Timeout
    except ImportError:
        raise MediaFramingError(
            "scoring a corpus needs the package filelock; install it with "
            "pip install 'media-framing[corpus]'"
        ) from None
    folder.mkdir(parents=True, exist_ok=True)
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
    try:
        own = {"process": os.getpid(), "host": socket.gethostname()}
        write_whole(folder / _HOLDER, as_bytes(own))
        yield
    finally:
        with suppress(OSError):
            (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()


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
    for path in [*folder.glob(f".*{_TEMPORARY}"), *folder.glob(f"*/.*{_TEMPORARY}")]:
        path.unlink(missing_ok=True)


def remove_output(folder: Path) -> None:
    """Remove what an earlier run wrote, the marks of its completeness first.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the output. Files that no run writes stay.
    """
    for name in (SUCCESS, MANIFEST, PLAN):
        (folder / name).unlink(missing_ok=True)
    sync_folder(folder)
    for path in [*folder.glob("*/part-*.parquet"), *folder.glob(f"{RECORDS}/part-*.json")]:
        path.unlink(missing_ok=True)


def read_record(folder: Path, name: str, fingerprint: str) -> dict[str, Any] | None:
    """Return the record of a part if all of its files are there, whole as far as sizes tell.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the output.
    name : str
        Name of the part.
    fingerprint : str
        Of the run.

    Returns
    -------
    dict or None
    """
    record = read_json(folder / RECORDS / f"{name}.json")
    if record is None or record.get("fingerprint") != fingerprint:
        return None
    faults = list(faults_of(folder, name, record, verify=False))
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
