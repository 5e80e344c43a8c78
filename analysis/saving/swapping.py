"""A folder of results that takes the place of an earlier one whole, or not at all."""

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.errors import MediaFramingError
from analysis.saving.atomic import cannot_write
from analysis.saving.ownership import (
    check_output,
    is_foreign,
    is_marked,
    mark_folder,
    place_of,
    remove_all_owned,
)

_SUFFIX = ".media-framing"
_UNFINISHED = "unfinished"
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


@contextmanager
def replaced_whole(output: str | os.PathLike[str], kind: str) -> Iterator[Path]:
    """Yield a folder to build in, which takes the place of the output once all went well."""
    asked = Path(os.path.expanduser(output))
    folder, work, lock = _places(asked)
    new, foreign = work / "new", None
    try:
        check_replaceable(asked, kind)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(lock, asked):
            _recover(work, folder)
            check_output(folder, kind)
            try:
                _begin(work, folder, kind)
                try:
                    yield new
                except OSError as fault:
                    within = fault.filename is not None and str(work) in str(fault.filename)
                    foreign = None if within or fault.errno in _OF_THE_DISK else fault
                    raise
                mark_folder(new, kind)
                check_output(folder, kind)
                _swap(new, work / "old", folder)
            except BaseException:
                with suppress(MediaFramingError):
                    _remove(work)
                raise
            _remove(work)
    except OSError as fault:
        if fault is foreign:
            raise
        raise MediaFramingError(cannot_write(asked, fault)) from None
    except MediaFramingError as fault:
        if str(new) not in str(fault):
            raise
        raise type(fault)(str(fault).replace(str(new), str(asked))) from None


def check_replaceable(output: str | os.PathLike[str], kind: str) -> None:
    """Refuse an output that cannot be put aside, or holds anything that is not ours."""
    asked = Path(os.path.expanduser(output))
    folder, _, lock = _places(asked)
    fixed = "it is a disk of its own" if os.path.ismount(folder) else ""
    if Path.cwd().is_relative_to(folder):
        fixed = "you are working in it"
    if fixed:
        raise MediaFramingError(
            f"{str(asked)!r} cannot be replaced whole ({fixed}); give a new folder, such as "
            f"{str(asked / 'output')!r}"
        )
    check_output(folder, kind)
    try:
        if lock.exists() or lock.is_symlink():
            with _alone(lock, asked):
                pass
    except OSError as fault:
        raise MediaFramingError(cannot_write(asked, fault)) from None


def _places(asked: Path) -> tuple[Path, Path, Path]:
    folder = place_of(asked)
    work = folder.with_name(f".{folder.name}{_SUFFIX}")
    return folder, work, work.with_name(f"{work.name}.lock")


def remove_results(reports: Path, figures: Path) -> str:
    """Remove what notebooks wrote and nobody has changed; say what of the reports is left."""
    remove_all_owned(place_of(figures))
    try:
        check_replaceable(reports, "notebooks")
    except MediaFramingError as fault:
        return f"Kept {reports}{os.sep}: {fault}"
    if reports.is_dir():
        shutil.rmtree(place_of(reports))
    return ""


@contextmanager
def _alone(path: Path, asked: Path) -> Iterator[None]:
    # Another run may remove it just now.
    with suppress(FileNotFoundError):
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size:
            raise MediaFramingError(_in_the_way(path))
    lock = FileLock(path)
    # A folder that may not be written to would be taken for one where another run is at work.
    path.touch()
    try:
        lock.acquire(timeout=0)
        held = path.exists()
    except Timeout:
        held = False
    # A run that has just ended removes the file, and another one may make it again.
    if not held:
        lock.release()
        raise MediaFramingError(
            f"another run is writing to {str(asked)!r}; wait for it, end it, or give another folder"
        )
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        lock.release()


def _recover(work: Path, folder: Path) -> None:
    if not os.path.lexists(work):
        return
    unmarked = work.is_dir() and not any(map(is_foreign, os.listdir(work)))
    if work.is_symlink() or not (unmarked or is_marked(work, _UNFINISHED)):
        raise MediaFramingError(_in_the_way(work))
    _put_back(work / "old", folder)
    _remove(work)


def _in_the_way(path: Path) -> str:
    return f"{str(path)!r} is in the way, and not of ours; move or delete it"


def _begin(work: Path, folder: Path, kind: str) -> None:
    work.mkdir(mode=0o700)
    mark_folder(work, _UNFINISHED)
    new = work / "new"
    new.mkdir()
    if folder.exists():
        # Who may look into the old one, and nobody else, may look into the new one.
        shutil.copymode(folder, new)
        if not is_marked(folder, kind):
            # Nothing is in it but what other programs put there.
            shutil.copytree(folder, new, symlinks=True, dirs_exist_ok=True)


def _swap(new: Path, old: Path, folder: Path) -> None:
    # Killed between the renames, a run leaves neither; the next one puts the old one back.
    try:
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except BaseException:
        _put_back(old, folder)
        raise


def _put_back(old: Path, folder: Path) -> None:
    if old.exists() and not os.path.lexists(folder):
        old.rename(folder)


def _remove(work: Path) -> None:
    try:
        # The marker goes last: without it, what is left would not be known as ours.
        for name in ("new", "old"):
            if (work / name).exists():
                shutil.rmtree(work / name)
        if work.exists():
            shutil.rmtree(work)
    except OSError as fault:
        raise MediaFramingError(
            f"{str(work)!r} cannot be removed ({fault.strerror}); delete it: it holds what an "
            "earlier run wrote"
        ) from None
