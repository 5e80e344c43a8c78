"""The files of a source → documents, each by the reader for its ending."""

import os

from analysis.errors import ReadingError
from analysis.reading.plain import PLAIN_SUFFIXES, read_plain
from analysis.reading.records import Draft, Note, NoTextColumnError, UnreadableError
from analysis.reading.sources import METADATA_NAME, Found, SourceFile
from analysis.reading.tabular import TABLE_SUFFIXES, drafts_of_rows, read_rows

_SUFFIXES = (*PLAIN_SUFFIXES, *TABLE_SUFFIXES)
_NOT_METADATA = (
    "; as metadata only one table is used: the one given, or metadata.csv at the top of the folder"
)
READABLE = f"{', '.join(_SUFFIXES[:-1])} and {_SUFFIXES[-1]}"


def read_files(
    found: Found, text_column: str, encoding: str | None
) -> tuple[list[Draft], list[Note]]:
    r"""Read every file that was found.

    Parameters
    ----------
    found : Found
        The files.
    text_column : str
        Column of tables that holds the texts.
    encoding : str or None
        Declared encoding, one that Python knows.

    Returns
    -------
    (list of Draft, list of Note)
        The documents in the order of the files, and what could not be read or
        had to be guessed, after the notes of `found`.

    Raises
    ------
    ReadingError
        If the source is one file and a table without that column.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from analysis.reading.files import read_files
    >>> from analysis.reading.sources import find_files
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "empty.txt").write_text("")
    ...     _ = Path(folder, "week.csv").write_text("text\nTalks resume.\nTroops leave.\n")
    ...     drafts, notes = read_files(find_files(folder), "text", None)
    >>> [draft.document_id for draft in drafts]
    ['week#1', 'week#2']
    >>> [note.reason for note in notes]
    ['the file is empty; put an article in it or remove it']
    """
    drafts: list[Draft] = []
    notes = list(found.notes)
    for file in found.files:
        try:
            read, problems = _read_file(file, text_column, encoding)
        except NoTextColumnError as fault:
            if found.kind == "file":
                raise ReadingError(f"{file.path!r} cannot be read: {fault}") from None
            hint = _NOT_METADATA if os.path.basename(file.name) == METADATA_NAME else ""
            notes.append(Note(file.path, None, "file", f"{fault}{hint}"))
        except UnreadableError as fault:
            notes.append(Note(file.path, None, "file", str(fault)))
        except OSError as fault:
            reason = f"the file cannot be opened: {fault.strerror}"
            notes.append(Note(file.path, None, "file", reason))
        else:
            drafts += read
            notes += problems
    return drafts, notes


def _read_file(
    file: SourceFile, text_column: str, encoding: str | None
) -> tuple[list[Draft], list[Note]]:
    if file.suffix in PLAIN_SUFFIXES:
        draft, notes = read_plain(file, encoding)
        return [draft], notes
    if file.suffix not in TABLE_SUFFIXES:
        ending = f"files ending in {file.suffix!r}" if file.suffix else "files without an ending"
        raise UnreadableError(
            f"{ending} are not read, only {READABLE}; convert the file or remove it"
        )
    rows, note = read_rows(
        file.location, file.suffix, known_columns=[text_column], encoding=encoding
    )
    drafts, notes = drafts_of_rows(
        rows,
        text_column=text_column,
        id_prefix=f"{file.document_id}#",
        path=file.path,
        file=file.name,
    )
    if not drafts and not notes:
        raise UnreadableError("the table has no rows; put articles in it or remove it")
    return drafts, [Note(file.path, None, "value", note), *notes] if note else notes
