"""Which files are ours: only they are ever replaced or removed.

A marker holds the hash of every file that we wrote; what has no entry, or another hash, is the
user's. Links within an output are never followed; it may itself be a link to a folder.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from fnmatch import fnmatch
from glob import has_magic
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from analysis.errors import MediaFramingError
from analysis.saving.atomic import TEMPORARY, mode_to_keep, replacing, sync_folder, write_whole

MARKER = ".media-framing.json"
_ENTRIES, _LOCK = ".media-framing", ".lock"
_FORMAT = 1
# Seconds that another program may take to save a figure.
_PATIENCE = 60
# Other programs put these into every folder that they show.
_IGNORED = {".ipynb_checkpoints", ".DS_Store", "Thumbs.db", "desktop.ini"}
# Or beside every file that they hold open, or write to a foreign disk.
_BESIDE = ("._", "~$", ".~lock.")


def place_of(path: str | os.PathLike[str]) -> Path:
    """Return where a path leads to; a link that leads to itself leads to nothing else."""
    return Path(os.path.realpath(os.path.expanduser(path)))


def check_output(folder: Path, kind: str) -> None:
    """Refuse an output that holds anything but what a run of this kind wrote."""
    known = _known_files(folder, kind)
    _refuse_fixed(folder)
    for path in _walk(folder):
        _refuse_fixed(path)
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            if not any(file.startswith(f"{name}/") for file in known):
                raise MediaFramingError(not_ours(path))
        elif name != MARKER and name not in known:
            raise MediaFramingError(not_ours(path))
        elif name in known and _hash(path) != known[name]:
            raise MediaFramingError(
                f"{str(path)!r} was changed after it was written; move or delete it, or give "
                "another folder"
            )


def claim_folder(folder: Path, kind: str) -> None:
    """Mark a new or empty folder as ours, to be filled file by file; refuse any other."""
    _known_files(folder, kind)
    for _ in _walk(folder):
        pass
    if not (folder / MARKER).exists():
        _make_folder(folder)
        write_whole(folder / MARKER, _marker(kind, {}))


def mark_folder(folder: Path, kind: str) -> None:
    """Write the marker of a folder: what is in it now is ours."""
    files = {
        path.relative_to(folder).as_posix(): _hash(path)
        for path in _walk(folder)
        if not path.is_dir() and path.name != MARKER
    }
    write_whole(folder / MARKER, _marker(kind, files))


def is_marked(folder: Path, kind: str) -> bool:
    """Tell whether a folder bears a marker of this kind."""
    return not folder.is_symlink() and _read(folder / MARKER).get("kind") == kind


def is_foreign(name: str) -> bool:
    """Tell whether a name in a folder without a marker is anybody's file."""
    of_a_marker = name.startswith(f".{MARKER}.") and name.endswith(TEMPORARY)
    return not _is_ignored(name) and not of_a_marker


def _is_ignored(name: str) -> bool:
    return name in _IGNORED or name.startswith(_BESIDE)


def refuse_nested(
    source: str | os.PathLike[str], output: str | os.PathLike[str], *, called: str = "input"
) -> None:
    """Refuse an output within the folder, file or pattern that is read, and the reverse."""
    given, asked = (Path(os.path.expanduser(path)) for path in (source, output))
    pattern = Path(os.path.abspath(given))
    if given.is_file():
        base, rest = pattern.parent, [pattern.name]
    elif given.exists() or not has_magic(str(given)):
        base, rest = pattern, ["**", "*"]
    else:
        fixed = next(n for n, part in enumerate(pattern.parts) if has_magic(part))
        base, rest = Path(*pattern.parts[:fixed]), list(pattern.parts[fixed:])
    base, folder = place_of(base), place_of(asked)
    if any(_same(place, folder) for place in (base, *base.parents)):
        raise MediaFramingError(
            f"the {called} {str(given)!r} lies in the output {str(asked)!r}, and would stand among "
            "what is written; give another folder for the output"
        )
    places = [folder, *folder.parents]
    depth = next((n for n, place in enumerate(places) if _same(place, base)), None)
    if depth is not None and _reaches(rest[:-1], [place.name for place in places[:depth]][::-1]):
        raise MediaFramingError(
            f"the output {str(asked)!r} lies in the {called} {str(given)!r}, and would be taken "
            "for a part of it the next time; give a folder beside it"
        )


def check_names(folder: Path, stem: str, names: Iterable[str]) -> None:
    """Refuse to replace a file of these names, unless we wrote it and nobody has changed it."""
    _check_names(folder, _read_entry(folder, stem), dict.fromkeys(names))


def write_owned(folder: Path, stem: str, files: Mapping[str, bytes]) -> None:
    """Write files of one stem into a folder that may hold the user's, and note their hashes."""
    new = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    if not _read_entry(folder, stem):
        # Before anything is made in a folder of the user's.
        _check_names(folder, {}, new)
    (folder / _ENTRIES).mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        known = _read_entry(folder, stem)
        _check_names(folder, known, new)
        _remove_known(folder, {name: known[name] for name in known.keys() - new.keys()})
        _remove_half_written(folder, new)
        # First of all: a run that is killed must leave nothing that the next takes for the user's.
        noted = {name: sorted({new[name], _hash(folder / name)} - {""}) for name in files}
        with replacing(_entry(folder, stem)) as file:
            file.write(_marker("figure", noted))
        for name, data in files.items():
            with replacing(folder / name) as file:
                file.write(data)


def remove_owned(folder: Path, stem: str) -> None:
    """Remove the files of a stem that we wrote and nobody has changed."""
    if not (known := _read_entry(folder, stem)):
        return
    with _alone(folder):
        _remove_known(folder, known)
        _remove_half_written(folder, known)
        _entry(folder, stem).unlink(missing_ok=True)


def remove_all_owned(folder: Path) -> None:
    """Remove all files of a folder and its subfolders that we wrote by their stems."""
    entries = folder / _ENTRIES
    if folder.is_symlink() or entries.is_symlink() or not folder.is_dir():
        return
    for subfolder in folder.iterdir():
        remove_all_owned(subfolder)
    if entries.is_dir():
        for entry in sorted(entries.glob("*.json")):
            remove_owned(folder, entry.stem)
        (entries / _LOCK).unlink(missing_ok=True)
        # What is the user's keeps its folder.
        with suppress(OSError):
            entries.rmdir()
            folder.rmdir()


def _known_files(folder: Path, kind: str) -> dict[str, str]:
    if not os.path.lexists(folder):
        return {}
    if not folder.is_dir():
        raise MediaFramingError(f"{str(folder)!r} is a file; give a folder for the output")
    if not os.path.lexists(folder / MARKER):
        if foreign := sorted(filter(is_foreign, os.listdir(folder))):
            raise MediaFramingError(
                f"{str(folder)!r} holds {foreign[0]!r} and no {MARKER}, by which this version "
                "knows the folders that it wrote; move or delete what is in it, or give another "
                "folder"
            )
        return {}
    marker = _read(folder / MARKER)
    format, files = marker.get("format"), marker.get("files")
    if isinstance(format, int) and format > _FORMAT:
        raise MediaFramingError(
            f"{str(folder)!r} was written by a newer version of media-framing; update the package, "
            "or give another folder"
        )
    if format != _FORMAT or not isinstance(files, dict):
        raise MediaFramingError(
            f"{str(folder / MARKER)!r} cannot be read, so that nobody knows which files beside it "
            "are yours; move the folder, or give another"
        )
    if marker.get("kind") != kind:
        raise MediaFramingError(
            f"{str(folder)!r} holds the output of {marker.get('kind')!r}, and not of {kind!r}; "
            "give another folder"
        )
    return files


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def _walk(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if _is_ignored(path.name):
            continue
        if path.is_symlink() or (hasattr(os.path, "isjunction") and os.path.isjunction(path)):
            raise MediaFramingError(
                f"{str(path)!r} is a link, and what it leads to is left alone; remove the link, or "
                "give another folder"
            )
        yield path
        if path.is_dir():
            yield from _walk(path)


def _refuse_fixed(path: Path) -> None:
    reason = "a disk of its own" if os.path.ismount(path) else ""
    try:
        # Folders of Windows are often called read-only, which means nothing there.
        if os.path.exists(path) and not (os.name == "nt" and os.path.isdir(path)):
            mode_to_keep(path)
    except PermissionError:
        reason = reason or "read-only"
    if reason:
        raise MediaFramingError(
            f"{str(path)!r} cannot be replaced: it is {reason}; change that, or give another folder"
        )


def not_ours(path: Path) -> str:
    """Say that a file of the user's is in the way, and what to do."""
    return f"{str(path)!r} is yours and would be lost; move or delete it, or give another folder"


def _marker(kind: str, files: Mapping[str, object]) -> bytes:
    marker = {"format": _FORMAT, "kind": kind, "files": files}
    return f"{json.dumps(marker, indent=1, sort_keys=True)}\n".encode()


def _read(path: Path) -> dict[str, Any]:
    try:
        value = None if path.is_symlink() else json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        value = None
    return value if isinstance(value, dict) else {}


def _hash(path: Path) -> str:
    # Whatever is neither file nor folder may never end.
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _same(one: Path, other: Path) -> bool:
    # One place has several names where letters of either case are the same.
    return one == other or (one.exists() and other.exists() and os.path.samefile(one, other))


def _reaches(wanted: list[str], parts: list[str]) -> bool:
    for n, part in enumerate(parts):
        if n == len(wanted) or not (wanted[n] == "**" or fnmatch(part, wanted[n])):
            return False
        if wanted[n] == "**":
            return True
    return True


def _entry(folder: Path, stem: str) -> Path:
    return folder / _ENTRIES / f"{stem}.json"


def _read_entry(folder: Path, stem: str) -> dict[str, list[str]]:
    entry = _entry(folder, stem)
    if not os.path.lexists(entry) and not entry.parent.is_symlink():
        return {}
    known = {} if entry.parent.is_symlink() else _read(entry)
    files = known.get("files")
    if known.get("format") != _FORMAT or not isinstance(files, dict):
        raise MediaFramingError(
            f"{str(entry)!r} is not what this version writes there; move or delete it, or give "
            "another folder"
        )
    return {
        name: hashes
        for name, hashes in files.items()
        if isinstance(hashes, list) and name.rpartition(".")[0] == stem
    }


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        with FileLock(folder / _ENTRIES / _LOCK, timeout=_PATIENCE):
            yield
    except Timeout:
        raise MediaFramingError(
            f"another program has been saving to {str(folder)!r} for {_PATIENCE} s; wait for it, "
            "or give another folder"
        ) from None


def _remove_known(folder: Path, known: Mapping[str, list[str]]) -> None:
    for name, hashes in known.items():
        if _is_one_of(folder / name, hashes):
            (folder / name).unlink()


def _remove_half_written(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        for half in folder.glob(f".{name}.*{TEMPORARY}"):
            half.unlink(missing_ok=True)


def _is_one_of(path: Path, hashes: list[str]) -> bool:
    return not path.is_symlink() and path.is_file() and _hash(path) in hashes


def _check_names(
    folder: Path, known: Mapping[str, list[str]], new: Mapping[str, str | None]
) -> None:
    for name, digest in new.items():
        path = folder / name
        # What is the same, byte by byte, is not lost.
        ours = [*known.get(name, []), *([digest] if digest else [])]
        if os.path.lexists(path) and not _is_one_of(path, ours):
            raise MediaFramingError(
                f"{str(path)!r} is yours: fa.save_figure did not write it here, or it was changed "
                "since; move, rename or delete it"
            )
