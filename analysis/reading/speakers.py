"""A table of speakers beside the articles: their names, and the groups that they belong to."""

import os
import warnings
from dataclasses import replace

import pandas as pd

from analysis.errors import ReadingError, ReadingWarning
from analysis.reading.archives import unpacked
from analysis.reading.decoding import check_encoding
from analysis.reading.ids import exact_id
from analysis.reading.metadata import without_file
from analysis.reading.records import Note, Rows, UnreadableError, as_text, stripped
from analysis.reading.sources import SPEAKERS_NAME, Found, find_files, printable
from analysis.reading.tabular import read_rows
from analysis.tables.checks import make_table

_COLUMNS = ("document_id", "form", "speaker", "group")


def read_speakers(source: str | os.PathLike[str], *, encoding: str | None = None) -> pd.DataFrame:
    """Read the names and groups of speakers from ``speakers.csv`` beside the articles.

    Parameters
    ----------
    source : str or path
        The folder, archive, file or pattern that `read_documents` reads the articles from. The
        table lies at the top of the folder, or beside the file. It has a column ``form``, a
        name as articles have it, and may have ``speaker``, the name to give (else the form
        itself), ``group``, and ``document_id``, for a form that means somebody else in one
        article.
    encoding : str, optional
        As in `read_documents`.

    Returns
    -------
    pandas.DataFrame
        Table ``speaker_names``, for `find_hits`; without rows where there is no such file.

    Raises
    ------
    ReadingError
        If there is no `source`, or the table cannot be read or has no column ``form``.

    Warns
    -----
    ReadingWarning
        If lines of it are malformed or have no form; these are left out.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import analysis as fa
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lines = "form,speaker,group\\nRell,Ana Rell,Greens\\n"
    ...     _ = Path(folder, "speakers.csv").write_text(lines, encoding="utf-8")
    ...     fa.read_speakers(folder)[["form", "speaker", "group"]].values.tolist()
    [['Rell', 'Ana Rell', 'Greens']]
    """
    check_encoding(encoding)
    with unpacked(find_files(source)) as found:
        location = os.path.join(found.folder, SPEAKERS_NAME)
        if not os.path.isfile(location):
            return make_table("speaker_names", dict.fromkeys(_COLUMNS, ()))
        path = _shown(found)
        try:
            rows = _read(location, encoding)
        except (UnreadableError, OSError) as fault:
            raise ReadingError(f"{path!r} cannot be read: {fault}") from None
    table, notes = _parsed(rows, path)
    if notes:
        more = f" (and {len(notes) - 1} more)" if len(notes) > 1 else ""
        warnings.warn(f"{path!r}: {notes[0].reason}{more}", ReadingWarning, stacklevel=2)
    return table


def set_speakers_aside(
    found: Found, text_column: str, encoding: str | None
) -> tuple[Found, pd.DataFrame | None]:
    """Take the table of speakers out of the files to read as articles; list what is wrong.

    The table is None where there is none, and where it cannot be read.
    """
    location = os.path.join(found.folder, SPEAKERS_NAME)
    is_source = found.kind == "file" and found.files and found.files[0].location == location
    if is_source or not os.path.isfile(location):
        return found, None
    table = None
    path = _shown(found)
    try:
        rows = _read(location, encoding, text_column)
    except _ArticlesError:
        return found, None
    except (UnreadableError, OSError) as fault:
        notes = [Note(path, None, "file", str(fault))]
    else:
        table, notes = _parsed(rows, path)
    rest = without_file(found, location)
    return replace(rest, notes=[*rest.notes, *notes]), table


class _ArticlesError(UnreadableError):
    """The table has texts instead of names."""


def _read(location: str, encoding: str | None, text_column: str | None = None) -> Rows:
    rows, _ = read_rows(location, ".csv", known_columns=_COLUMNS, encoding=encoding)
    if "form" not in rows.columns:
        kind = _ArticlesError if text_column in rows.columns else UnreadableError
        raise kind(
            "the table of speakers has no column 'form', only "
            f"{', '.join(map(repr, rows.columns)) or 'no columns'}; add or rename one"
        )
    return rows


def _parsed(rows: Rows, path: str) -> tuple[pd.DataFrame, list[Note]]:
    notes = [Note(path, row, "metadata", reason) for row, reason in rows.malformed]
    kept = []
    for number, values in rows.rows:
        row = {name: stripped(as_text(values.get(name)) or "") or None for name in _COLUMNS}
        row["document_id"], lost = exact_id(values.get("document_id"))
        if lost or row["form"] is None:
            line = rows.lines.get(number)
            reason = lost or "the row has no form; write a name of the speaker's, or remove it"
            notes.append(Note(path, number, "metadata", reason, line=line))
        else:
            kept.append(row)
    columns = {name: [row[name] for row in kept] for name in _COLUMNS}
    return make_table("speaker_names", columns), notes


def _shown(found: Found) -> str:
    # What is unpacked from an archive is shown where the archive is.
    folder = found.path if found.kind == "folder" else found.folder
    return printable(os.path.join(folder, SPEAKERS_NAME))
