"""Files in .zip archives → files to read, under limits on number, size and nesting."""

import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from analysis.reading.records import Note, UnreadableError
from analysis.reading.sources import METADATA_NAME, SPEAKERS_NAME, Found, SourceFile, printable

ARCHIVE_SUFFIX = ".zip"
_MOST_ENTRIES = 100_000
_LARGEST_ENTRY = 200_000_000
_LARGEST_TOTAL = 4_000_000_000
_DEEPEST = 2
_CHUNK = 1 << 20
# A folder that one system's archiver adds, with no articles in it.
_SYSTEM_FOLDER = "__MACOSX"


@contextmanager
def unpacked(found: Found) -> Iterator[Found]:
    """Put the files of every archive in its place, for the time of a ``with`` block."""
    if not any(file.suffix == ARCHIVE_SUFFIX for file in found.files):
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="media-framing-") as folder:
        store = _Store(folder)
        alone = found.kind == "file"
        files: list[SourceFile] = []
        for file in found.files:
            files += store.unpack(file, "" if alone else file.document_id)
        within = replace(found, files=files, notes=[*found.notes, *store.notes])
        yield replace(within, kind="folder", folder=folder) if alone else within


class _Store:
    """A temporary folder that is filled under limits that hold for all archives together."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._n_files = 0
        self._room = _LARGEST_TOTAL
        self.notes: list[Note] = []

    def unpack(self, source: SourceFile, prefix: str, depth: int = 0) -> list[SourceFile]:
        """Copy the files of an archive, behind `prefix` in their names; else return the file."""
        if source.suffix != ARCHIVE_SUFFIX:
            return [source]
        if depth == _DEEPEST:
            self._note(source.path, f"an archive within {_DEEPEST} archives; unpack it first")
            return []
        try:
            with zipfile.ZipFile(source.location) as archive:
                return self._entries(source, archive, prefix, depth)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as fault:
            self._note(source.path, f"the archive is damaged ({fault}); pack it again")
        except OSError as fault:
            self._note(source.path, f"the archive cannot be opened: {fault.strerror}")
        return []

    def _entries(
        self, source: SourceFile, archive: zipfile.ZipFile, prefix: str, depth: int
    ) -> list[SourceFile]:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if self._n_files + len(entries) > _MOST_ENTRIES:
            self._note(
                source.path,
                f"the archive has {len(entries):,} files, and {_MOST_ENTRIES:,} are allowed in "
                "all; split it",
            )
            return []
        if not entries:
            self._note(source.path, "the archive holds no files; put articles in it or remove it")
        files: list[SourceFile] = []
        for entry, name in zip(entries, _inner_names(entries), strict=True):
            shown = f"{source.path}/{name}"
            parts = name.split("/")
            if parts[0] == _SYSTEM_FOLDER or any(part.startswith(".") for part in parts):
                self.notes.append(Note(shown, None, "file", "a hidden file", expected=True))
                continue
            try:
                location = self._copy(archive, entry, "/".join(filter(None, [prefix, name])))
            except UnreadableError as fault:
                self._note(shown, str(fault))
                continue
            file = SourceFile(location, shown, "/".join(filter(None, [prefix, name])))
            files += self.unpack(file, file.document_id, depth + 1)
        return files

    def _copy(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> str:
        most = min(_LARGEST_ENTRY, self._room)
        if entry.flag_bits & 1:
            raise UnreadableError("the file needs a password; unpack it first")
        if entry.file_size > most:
            size = f"{entry.file_size:,} bytes"
            raise UnreadableError(f"unpacked it has {size}, and {most:,} are allowed")
        self._n_files += 1
        ending = os.path.splitext(name)[1].lower()
        numbered = f"{self._n_files:06d}{ending if ending.isascii() else ''}"
        # The tables beside the articles of an archive lie where those of a folder would.
        location = os.path.join(self._folder, name)
        if name not in (METADATA_NAME, SPEAKERS_NAME) or os.path.exists(location):
            location = os.path.join(self._folder, numbered)
        try:
            with archive.open(entry) as packed, open(location, "wb") as file:
                shutil.copyfileobj(packed, file, _CHUNK)
                self._room -= file.tell()
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as fault:
            reason = f"the file is damaged in the archive ({fault}); pack it again"
            raise UnreadableError(reason) from None
        return location

    def _note(self, path: str, reason: str) -> None:
        self.notes.append(Note(path, None, "file", reason))


def _inner_names(entries: list[zipfile.ZipInfo]) -> list[str]:
    """Return names without ways out of the archive, and without a folder around everything."""
    split = [
        [
            part
            for part in printable(entry.filename).replace("\\", "/").split("/")
            if part not in ("", ".", "..")
        ]
        or ["unnamed"]
        for entry in entries
    ]
    tops = {parts[0] for parts in split if parts[0] != _SYSTEM_FOLDER}
    if len(tops) == 1 and all(len(parts) > 1 for parts in split):
        split = [parts if parts[0] == _SYSTEM_FOLDER else parts[1:] for parts in split]
    return ["/".join(parts) for parts in split]
