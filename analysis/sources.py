"""The sources of the package: their hash, and whether what was compiled of them is theirs.

`setup.py` runs this file by itself, where the package cannot be imported yet.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

_KINDS = (".py", ".pyx", ".pxd", ".yml")


def hash_of(paths: Iterable[Path]) -> str:
    """Return one SHA-256 of some text files, whose line ends a checkout may have changed."""
    digest = hashlib.sha256()
    for path in paths:
        text = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name} {len(text)}\n".encode() + text)
    return digest.hexdigest()


def hash_of_folders(folders: Iterable[Path]) -> str:
    """Return one SHA-256 of all code and word lists in some folders."""
    paths = (path for folder in folders for path in folder.rglob("*") if path.suffix in _KINDS)
    return hash_of(sorted(paths, key=Path.as_posix))


def parts_of(source: Path) -> list[Path]:
    """Return the files that one module is compiled from: its source and its types."""
    types = source.with_suffix(".pxd")
    return [source, types] if types.is_file() else [source]


def refuse_outdated(compiled: str, name: str, sha256: str) -> None:
    """Refuse a compiled module whose source has changed since; it calls this at its import."""
    from analysis.errors import OutdatedError

    stem = Path(compiled).parent / name.rpartition(".")[2]
    sources = (stem.with_suffix(ending) for ending in (".py", ".pyx"))
    # A package that was stripped of its sources holds nothing that could differ.
    source = next((path for path in sources if path.is_file()), None)
    if source is not None and hash_of(parts_of(source)) != sha256:
        raise OutdatedError(
            f"{str(source)!r} has changed since it was compiled, and Python would run what was "
            "compiled; run `make`, or `pip install` of this package, again"
        )
