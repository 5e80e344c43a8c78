"""A folder, a file or a pattern → the files to read, in a fixed order."""

import glob
import os
import stat
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from analysis.errors import ReadingError, visible
from analysis.reading.records import Note, stripped

Source = str | os.PathLike[str] | pd.DataFrame
METADATA_NAME = "metadata.csv"
SPEAKERS_NAME = "speakers.csv"
# A folder that one system's archiver adds, with no articles in it.
SYSTEM_FOLDER = "__MACOSX"
_OF_SYSTEMS = frozenset({SYSTEM_FOLDER.lower(), "thumbs.db", "ehthumbs.db", "desktop.ini"})
# What word processors leave beside a document that is open.
_LOCK = "~$"
_LEFT_BY_PROGRAMS = "a file of the system, or of a document that is open, is not read"


@dataclass(frozen=True)
class SourceFile:
    """A file: where to open it, how to show it, and its name within the folder that is read."""

    location: str
    path: str
    name: str

    @cached_property
    def suffix(self) -> str:
        """The ending in lower case, with its dot."""
        return os.path.splitext(self.name)[1].lower()

    @property
    def document_id(self) -> str:
        """The name without its ending."""
        return stripped(os.path.splitext(self.name)[0]) or stripped(self.name)


@dataclass(frozen=True)
class Found:
    """Files of a source; `kind` is folder, file or pattern."""

    kind: str
    path: str
    folder: str
    files: list[SourceFile] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def is_of_system(name: str) -> bool:
    """Tell whether a file or folder is hidden, or was put there by a program and not by you."""
    return name.startswith(".") or _is_left_by_program(name)


def _is_left_by_program(name: str) -> bool:
    return name.startswith(_LOCK) or name.strip().lower() in _OF_SYSTEMS


def find_files(source: str | os.PathLike[str]) -> Found:
    """List the files of a folder (with its subfolders), a pattern, or the one file."""
    given = os.path.expanduser(os.fspath(source))
    if os.path.isdir(given):
        found = Found("folder", printable(given), given)
        _walk(found)
    elif os.path.lexists(given):
        folder, name = os.path.split(given)
        found = Found("file", printable(given), folder)
        if name.startswith(_LOCK):
            reason = (
                "it only tells that a document is open; read the document, whose name has no ~$"
            )
            _skip(found, given, reason)
        else:
            _add(found, given, name)
    elif given and glob.has_magic(given):
        found = Found("pattern", printable(given), _fixed_folder(given))
        _match(found, given)
    else:
        raise ReadingError(
            f"there is no file or folder {printable(given)!r}; check the spelling "
            "(a relative path starts in the current folder)"
        )
    found.files.sort(key=lambda file: os.fsencode(file.location))
    return found


def printable(path: str) -> str:
    r"""Show a path with / between its parts; bytes that are no UTF-8, and controls, are escaped."""
    return visible(os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/"))


def _walk(found: Found) -> None:
    def unreadable(fault: OSError) -> None:
        _skip(found, str(fault.filename), f"the folder cannot be opened: {fault.strerror}")

    for folder, subfolders, names in os.walk(found.folder, onerror=unreadable):
        for name in list(subfolders):
            location = os.path.join(folder, name)
            if is_of_system(name):
                subfolders.remove(name)
                _skip(found, location, "a hidden folder is not read", expected=True)
            elif os.path.islink(location):
                subfolders.remove(name)
                _skip(found, location, "a link to a folder is not followed; read it by itself")
        within = os.path.relpath(folder, found.folder)
        for name in names:
            location = os.path.join(folder, name)
            if name.startswith("."):
                _skip(found, location, "a hidden file is not read", expected=True)
            elif _is_left_by_program(name):
                _skip(found, location, _LEFT_BY_PROGRAMS, expected=True)
            else:
                _add(found, location, name if within == os.curdir else os.path.join(within, name))


def _match(found: Found, pattern: str) -> None:
    for location in glob.glob(pattern, recursive=True):
        name = os.path.relpath(location, found.folder or os.curdir)
        if any(map(_is_left_by_program, name.split(os.sep))):
            _skip(found, location, _LEFT_BY_PROGRAMS, expected=True)
        elif not os.path.isdir(location):
            _add(found, location, name)
        elif "**" not in pattern:
            _skip(found, location, "a folder; write **/* to match the files in it")


def _add(found: Found, location: str, name: str) -> None:
    try:
        regular = stat.S_ISREG(os.stat(location).st_mode)
    except OSError as fault:
        _skip(found, location, f"the file cannot be opened: {fault.strerror}")
        return
    if regular:
        found.files.append(SourceFile(location, printable(location), printable(name)))
    else:
        _skip(found, location, "not a regular file")


def _skip(found: Found, location: str, reason: str, *, expected: bool = False) -> None:
    found.notes.append(Note(printable(location), None, "file", reason, expected))


def _fixed_folder(pattern: str) -> str:
    folder = pattern
    while glob.has_magic(folder):
        folder = os.path.dirname(folder)
    return folder
