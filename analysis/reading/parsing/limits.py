"""What a file may cost at most, and the error that says so."""

import zipfile

_MEGABYTE = 1_000_000
# All that the process of a parser may use, its libraries included.
MEMORY = 300 * _MEGABYTE
LARGEST_FILE = 100 * _MEGABYTE
_LARGEST_PART = 60 * _MEGABYTE
_MOST_PARTS = 10_000
LONGEST_TEXT = 20_000_000
MOST_SECONDS = 60.0
# Pictures in documents are compressed already; text hardly ever shrinks to less than this.
_DENSEST = 200


class ParsingError(Exception):
    """A file cannot be parsed; the message says why, and what to do."""


def check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse an archive whose parts would grow beyond the limits."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise ParsingError(f"it has {len(parts):,} parts, and {_MOST_PARTS:,} are allowed")
    for part in parts:
        dense = part.file_size > _MEGABYTE and part.file_size > _DENSEST * part.compress_size
        if part.file_size > _LARGEST_PART or dense:
            raise ParsingError(
                f"its part {part.filename!r} would grow from {part.compress_size:,} to "
                f"{part.file_size:,} bytes, which looks like an attack or a mistake; save its "
                "text in a new file"
            )
