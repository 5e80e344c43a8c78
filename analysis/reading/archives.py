"""Archives and compressed files → files to read, under limits on number, size and nesting."""

import bz2
import gzip
import io
import lzma
import os
import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from analysis.reading.records import Note, UnreadableError
from analysis.reading.sources import (
    METADATA_NAME,
    SPEAKERS_NAME,
    SYSTEM_FOLDER,
    Found,
    SourceFile,
    is_of_system,
    printable,
)

_TAR, _ZIP = ".tar", ".zip"
# What one file is compressed with, and what else is written for it around a .tar file.
_OPENERS: Mapping[str, Callable[..., Any]] = {
    **dict.fromkeys((".gz", ".tgz"), gzip.open),
    **dict.fromkeys((".bz2", ".tbz2", ".tbz"), bz2.open),
    **dict.fromkeys((".xz", ".txz"), lzma.open),
}
_COMPRESSED = tuple(ending for ending in _OPENERS if not ending.startswith(".t"))
ARCHIVE_SUFFIXES = (_ZIP, _TAR, *_OPENERS)
_MOST_ENTRIES = 100_000
_LARGEST_ENTRY = 200_000_000
_LARGEST_TOTAL = 4_000_000_000
# What holds many files is as large as all of them.
_CRAWL = ".warc"
_OF_MANY = (_ZIP, _TAR, _CRAWL)
_DEEPEST = 2
_CHUNK = 1 << 20
_LONGEST_HEADER = 16 * _CHUNK
_FAULTS = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
    *(EOFError, NotImplementedError, ValueError, MemoryError, OverflowError),
)


@contextmanager
def unpacked(found: Found) -> Iterator[Found]:
    """Put the files of every archive in its place, for the time of a ``with`` block."""
    if not any(file.suffix in ARCHIVE_SUFFIXES for file in found.files):
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="media-framing-") as folder:
        store = _Store(folder)
        alone = found.kind == "file"
        files = [one for file in found.files for one in store.unpack(file, alone=alone)]
        within = replace(found, files=files, notes=[*found.notes, *store.notes])
        is_folder = alone and store.holds_archives
        yield replace(within, kind="folder", folder=folder) if is_folder else within


class _Entry(NamedTuple):
    name: str
    size: int
    open: Callable[[], Any]
    fault: str | None = None


class _Store:
    """A temporary folder that is filled under limits that hold for all archives together."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._n_files = 0
        self._room = _LARGEST_TOTAL
        self.holds_archives = False
        self.notes: list[Note] = []

    def unpack(
        self, source: SourceFile, depth: int = 0, *, alone: bool = False
    ) -> list[SourceFile]:
        """Copy the files of an archive, behind its name in theirs; else return the file."""
        if source.suffix not in ARCHIVE_SUFFIXES:
            return [source]
        opener = _OPENERS.get(source.suffix)
        if opener is None and depth == _DEEPEST:
            self._note(source.path, f"an archive within {_DEEPEST} archives; unpack it first")
            return []
        try:
            if opener is not None:
                # Each of them takes an ending away, so that names cannot nest them without end.
                return self.unpack(self._decompressed(source, opener), depth, alone=alone)
            self.holds_archives = True
            with _opened(source) as archive:
                return self._entries(source, archive, depth, "" if alone else source.document_id)
        except UnreadableError as fault:
            self._note(source.path, str(fault))
        except _FAULTS as fault:
            self._note(source.path, f"the archive is damaged ({fault}); pack it again")
        except OSError as fault:
            reason = fault.strerror or "it is damaged, or compressed in another way"
            self._note(source.path, f"the archive cannot be opened: {reason}")
        return []

    def _decompressed(self, source: SourceFile, opener: Callable[..., Any]) -> SourceFile:
        stem = os.path.splitext(source.name)[0]
        name = stem if source.suffix in _COMPRESSED else f"{stem}{_TAR}"
        location = self._copy(partial(opener, source.location, "rb"), name, source.path)
        return SourceFile(location, source.path, name)

    def _entries(
        self,
        source: SourceFile,
        archive: zipfile.ZipFile | tarfile.TarFile,
        depth: int,
        prefix: str,
    ) -> list[SourceFile]:
        listed = _of_zip(archive) if isinstance(archive, zipfile.ZipFile) else _of_tar(archive)
        entries = list(islice(listed, _MOST_ENTRIES + 1))
        if self._n_files + len(entries) > _MOST_ENTRIES:
            raise UnreadableError(
                f"the archives hold more files than the {_MOST_ENTRIES:,} that are allowed in all; "
                "split them"
            )
        if not entries:
            self._note(source.path, "the archive holds no files; put articles in it or remove it")
        files: list[SourceFile] = []
        for entry, name in zip(entries, _inner_names(entries), strict=True):
            shown = f"{source.path}/{name}"
            if any(map(is_of_system, name.split("/"))):
                self.notes.append(Note(shown, None, "file", "a hidden file", expected=True))
                continue
            own_name = "/".join(filter(None, [prefix, name]))
            try:
                if entry.fault:
                    raise UnreadableError(entry.fault)
                location = self._copy(entry.open, own_name, shown, entry.size)
            except UnreadableError as fault:
                self._note(shown, str(fault))
                continue
            files += self.unpack(SourceFile(location, shown, own_name), depth + 1)
        return files

    def _copy(
        self,
        opened: Callable[[], Any],
        name: str,
        shown: str,
        announced: int | None = None,
    ) -> str:
        ending = os.path.splitext(name)[1].lower()
        most = self._room if ending in _OF_MANY else min(_LARGEST_ENTRY, self._room)
        if announced is not None and announced > most:
            size = f"{announced:,} bytes"
            raise UnreadableError(f"unpacked it has {size}, and {most:,} are allowed")
        self._n_files += 1
        numbered = f"{self._n_files:06d}{ending if ending.isascii() else ''}"
        # The tables beside the articles of an archive lie where those of a folder would.
        location = os.path.join(self._folder, name)
        if name not in (METADATA_NAME, SPEAKERS_NAME) or os.path.exists(location):
            location = os.path.join(self._folder, numbered)
        try:
            with open(location, "wb") as file, opened() or io.BytesIO() as packed:
                # Before the end of a file that is cut off, what there is.
                while chunk := packed.read1(_CHUNK):
                    self._room -= len(chunk)
                    if file.tell() + len(chunk) > most:
                        raise UnreadableError(
                            f"unpacked it has more than the {most:,} bytes that are allowed"
                        )
                    file.write(chunk)
        except (*_FAULTS, OSError) as fault:
            # Whoever stops a crawl tears its last page.
            if ending == _CRAWL and isinstance(fault, EOFError) and os.path.getsize(location):
                reason = "it is cut off, and was read up to there; look at the last page"
                self.notes.append(Note(shown, None, "value", reason))
                return location
            reason = f"the file is damaged in the archive ({fault}); pack it again"
            if isinstance(fault, OSError) and fault.strerror:
                reason = f"it cannot be unpacked: {fault.strerror}"
            raise UnreadableError(reason) from None
        return location

    def _note(self, path: str, reason: str) -> None:
        self.notes.append(Note(path, None, "file", reason))


@contextmanager
def _opened(source: SourceFile) -> Iterator[zipfile.ZipFile | tarfile.TarFile]:
    if source.suffix == _ZIP:
        with zipfile.ZipFile(source.location) as archive:
            yield archive
    else:
        with _Guarded(source.location) as file, tarfile.open(fileobj=file, mode="r:") as packed:
            yield packed


class _Guarded(io.FileIO):
    """A file of which no header that pretends to be huge is read into memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= _LONGEST_HEADER:
            raise tarfile.ReadError("a header is too long")
        return super().read(size) or b""


def _of_zip(archive: zipfile.ZipFile) -> Iterator[_Entry]:
    for entry in archive.infolist():
        if not entry.is_dir():
            fault = "the file needs a password; unpack it first" if entry.flag_bits & 1 else None
            if stat.S_ISLNK(entry.external_attr >> 16):
                fault = "a link is not followed; pack the file itself"
            yield _Entry(entry.filename, entry.file_size, partial(archive.open, entry), fault)


def _of_tar(archive: tarfile.TarFile) -> Iterator[_Entry]:
    for entry in archive:
        if not entry.isdir():
            fault = None if entry.isfile() else "a link is not followed; pack the file itself"
            yield _Entry(entry.name, entry.size, partial(archive.extractfile, entry), fault)


def _inner_names(entries: list[_Entry]) -> list[str]:
    """Return names without ways out of the archive, and without a folder around everything."""
    split = [
        [
            part
            for part in printable(entry.name).replace("\\", "/").split("/")
            if part not in ("", ".", "..")
        ]
        or ["unnamed"]
        for entry in entries
    ]
    tops = {parts[0] for parts in split if parts[0] != SYSTEM_FOLDER}
    if len(tops) == 1 and all(len(parts) > 1 for parts in split):
        split = [parts if parts[0] == SYSTEM_FOLDER else parts[1:] for parts in split]
    return ["/".join(parts) for parts in split]
