"""Files that are on the disk whole or not at all, also after a power cut."""

import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from analysis.errors import TableError

TEMPORARY = ".tmp"
# A name has room for no more of another name: letters may take four bytes of 255.
_LONGEST = 50
_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def replacing(
    path: Path, *, durable: bool = False, before: Callable[[], None] | None = None
) -> Iterator[BinaryIO]:
    """Let a file be written under another name, and give it its own once it is whole."""
    # A link to a file stays a link.
    target = Path(os.path.realpath(path))
    name = f".{target.name[:_LONGEST]}.{secrets.token_hex(8)}{TEMPORARY}"
    part = target.with_name(name)
    try:
        with part.open("xb") as file:
            if target.exists():
                os.chmod(part, mode_to_keep(target))
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
        if before is not None:
            before()
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


@contextmanager
def written_whole(path: Path, *, durable: bool = False) -> Iterator[BinaryIO]:
    """Let a file be written in a folder that is made if need be; say so where it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, durable=durable) as file:
            yield file
        # Some network drives refuse this.
        with suppress(OSError):
            if durable:
                sync_folder(path.parent)
    except OSError as fault:
        raise TableError(cannot_write(path, fault)) from None


def cannot_write(path: Path, fault: OSError) -> str:
    """Say why something cannot be written, and what to do."""
    remedy = "make room on the disk" if fault.errno in _FULL else "check the path and permissions"
    return f"{str(path)!r} cannot be written: {fault.strerror}; {remedy}, or give another path"


def write_text_whole(path: Path, text: str, *, errors: str = "strict") -> None:
    """Write a text so that its file holds all of it, or what it held before."""
    with written_whole(path) as file:
        file.write(text.encode("utf-8", errors))


def write_whole(
    path: Path, data: bytes | memoryview, *, before: Callable[[], None] | None = None
) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut."""
    with replacing(path, durable=True, before=before) as file:
        file.write(data)
    try:
        sync_folder(path.parent)
    except OSError:
        # A name that the disk may forget is none: nobody is to build on it.
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk."""
    if os.name == "nt":  # Windows opens no folders, and journals names by itself.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def mode_to_keep(path: Path) -> int:
    """Return the mode of a file or folder; refuse what is read-only."""
    mode = stat.S_IMODE(path.stat().st_mode)
    # The system asks only whether the folder may be changed, and nothing of an administrator.
    if not mode & 0o222 or not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, f"{path.name!r} is read-only", str(path))
    return mode
