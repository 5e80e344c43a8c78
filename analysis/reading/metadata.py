"""A table of metadata beside the articles → fields of the documents."""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.errors import ReadingError
from analysis.reading.columns import text_candidates, with_own_names
from analysis.reading.dates import orders_of
from analysis.reading.drafts import clean_fields
from analysis.reading.ids import exact_id
from analysis.reading.records import Draft, Note, Rows, UnreadableError, as_text, stripped
from analysis.reading.sources import METADATA_NAME, Found, Source, SourceFile, printable
from analysis.reading.tabular import TABLE_SUFFIXES, read_rows, rows_of_frame

_KEY_COLUMNS = ("file", "document_id")


@dataclass(frozen=True)
class Metadata:
    """Metadata as read; `report_unmatched`: whether a row that fits no document is worth a note."""

    rows: Rows
    path: str
    notes: list[Note]
    report_unmatched: bool = True


def set_metadata_aside(
    found: Found, chosen: Source | None, text_column: str, encoding: str | None
) -> tuple[Found, Metadata | None]:
    r"""Take the table of metadata out of the files to read as articles."""
    if isinstance(chosen, pd.DataFrame):
        return found, read_metadata(chosen, encoding)
    if chosen is not None:
        location = os.path.expanduser(os.fspath(chosen))
        return without_file(found, location), read_metadata(chosen, encoding)
    location = os.path.join(found.folder, METADATA_NAME)
    is_source = found.kind == "file" and found.files and found.files[0].location == location
    if is_source or not os.path.isfile(location):
        return found, None
    rest = without_file(found, location)
    # What is unpacked from an archive is shown where the archive is.
    shown = os.path.join(found.path, METADATA_NAME) if found.kind == "folder" else location
    try:
        beside = _read_file(location, printable(shown), [*_KEY_COLUMNS, text_column], encoding)
    except (UnreadableError, OSError) as fault:
        note = Note(printable(shown), None, "file", str(fault))
        return replace(rest, notes=[*rest.notes, note]), None
    columns = beside.rows.columns
    holds_texts = text_column in columns or bool(text_candidates(columns, text_column))
    if holds_texts and not _describes(beside.rows, rest.files):
        return found, None
    # The rows beside a single file are about its neighbours, too.
    return rest, replace(beside, report_unmatched=found.kind == "folder")


def read_metadata(metadata: Source, encoding: str | None) -> Metadata:
    """Read the metadata that the user named."""
    if isinstance(metadata, pd.DataFrame):
        try:
            return Metadata(rows_of_frame(metadata), "metadata", [])
        except UnreadableError as fault:
            raise ReadingError(f"the DataFrame of metadata cannot be read: {fault}") from None
    location = os.path.expanduser(os.fspath(metadata))
    path = printable(location)
    if os.path.splitext(location)[1].lower() not in TABLE_SUFFIXES:
        raise ReadingError(
            f"metadata {path!r} is no table; give a file ending in {', '.join(TABLE_SUFFIXES)}"
        )
    try:
        return _read_file(location, path, _KEY_COLUMNS, encoding)
    except UnreadableError as fault:
        raise ReadingError(f"metadata {path!r} cannot be read: {fault}") from None
    except OSError as fault:
        raise ReadingError(
            f"metadata {path!r} cannot be opened ({fault.strerror}); check the path"
        ) from None


def _read_file(
    location: str, path: str, known_columns: Sequence[str], encoding: str | None
) -> Metadata:
    suffix = os.path.splitext(location)[1].lower()
    rows, note = read_rows(location, suffix, known_columns=known_columns, encoding=encoding)
    return Metadata(rows, path, [Note(path, None, "metadata", note)] if note else [])


def _describes(table: Rows, files: Sequence[SourceFile]) -> bool:
    # A row of a table about the files beside it names one.
    table, _, _ = with_own_names(table, keys=_KEY_COLUMNS)
    names = {name for file in files for name in _names(file.name)}
    ids = {file.document_id for file in files}
    return any(
        not names.isdisjoint(_spellings(as_text(values.get("file")) or ""))
        or exact_id(values.get("document_id"))[0] in ids
        for _, values in table.rows
    )


def add_metadata(drafts: Sequence[Draft], metadata: Metadata) -> tuple[list[Draft], list[Note]]:
    """Give documents the fields of their rows in a table of metadata."""
    path = metadata.path
    table, told, unclear = with_own_names(metadata.rows, keys=_KEY_COLUMNS)
    if not any(name in table.columns for name in _KEY_COLUMNS):
        raise ReadingError(
            f"{path!r} has neither a column 'file' nor 'document_id' to match articles by, only "
            f"{', '.join(map(repr, table.columns)) or 'no columns'}; add or rename one"
        )
    find = _Finder(drafts)
    columns = [name for name in table.columns if name not in _KEY_COLUMNS]
    result = [replace(draft, fields={**dict.fromkeys(columns), **draft.fields}) for draft in drafts]
    used: dict[int, int] = {}
    notes = [*metadata.notes, *(Note(path, None, "metadata", reason) for reason in table.notes)]
    notes += [Note(path, None, "metadata", reason, expected=True) for reason in told]
    notes += [Note(path, None, "metadata", reason) for reason in unclear]
    notes += [Note(path, row, "metadata", reason) for row, reason in table.malformed]
    orders, order = orders_of(values.get("date") for _, values in table.rows)
    notes += [Note(path, None, "value", order)] if order else []
    for row, values in table.rows:
        line = table.lines.get(row)
        matches, problem = find.matches(values)
        if problem:
            if matches is not None or metadata.report_unmatched:
                notes.append(Note(path, row, "metadata", problem, line=line))
            continue
        given, problems = clean_fields({name: values.get(name) for name in columns}, orders)
        new_id, lost = exact_id(values.get("document_id"))
        problems += [lost] if lost else []
        notes += [Note(path, row, "value", problem, line=line) for problem in problems]
        given = {name: value for name, value in given.items() if value is not None}
        for index in matches or ():
            if index in used:
                first, second = (table.lines.get(n, n) for n in (used[index], row))
                raise ReadingError(
                    f"{'lines' if table.lines else 'rows'} {first} and {second} of {path!r} both "
                    f"describe {drafts[index].place}; remove one of them"
                )
            used[index] = row
            draft = result[index]
            result[index] = replace(draft, fields={**draft.fields, **given})
            if new_id and new_id != draft.document_id:
                result[index] = replace(result[index], document_id=new_id, clash=None)
    return result, notes


def without_file(found: Found, location: str) -> Found:
    """Leave a file out of those that were found."""
    if os.path.exists(location):
        rest = [file for file in found.files if not os.path.samefile(file.location, location)]
        return replace(found, files=rest)
    return found


class _Finder:
    """Documents by path within the folder, by bare file name, and by id."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._by_file: dict[str, dict[str, list[int]]] = {}
        self._by_id: dict[str, int] = {}
        for index, draft in enumerate(drafts):
            self._by_id.setdefault(draft.document_id, index)
            # A file that is compressed has two names: its own, and that of what is in it.
            for name in _names(draft.file or "") | _names(os.path.basename(draft.path or "")):
                self._by_file.setdefault(name, {}).setdefault(draft.file or "", []).append(index)

    def matches(self, values: dict[str, Any]) -> tuple[list[int] | None, str | None]:
        """Return the documents of a row, or why there are none (None: not among those read)."""
        file = as_text(values.get("file"))
        if file and stripped(file):
            for name in _spellings(file):
                files = self._by_file.get(name, {})
                if name in files:
                    return files[name], None
                if len(files) == 1:
                    return next(iter(files.values())), None
                if files:
                    names = " or ".join(map(repr, sorted(files)[:2]))
                    return [], f"{file!r} may be {names}; write the path within the folder"
            return None, f"no document that was read has the file {file!r}; correct the row"
        document_id, lost = exact_id(values.get("document_id"))
        if lost:
            return [], lost
        if document_id:
            if document_id in self._by_id:
                return [self._by_id[document_id]], None
            return None, f"no document that was read has the id {document_id!r}; correct the row"
        return [], "the row names no article; fill in 'file' or 'document_id', or remove it"


def _names(file: str) -> set[str]:
    """List what a metadata row may call a file; macOS decomposes the letters of file names."""
    names = {file, file.rpartition("/")[2]}
    names |= {unicodedata.normalize("NFC", name) for name in names}
    return (names | set(map(stripped, names))) - {""}


def _spellings(file: str) -> Iterator[str]:
    yield printable(file)
    plain = printable(stripped(file).replace("\\", "/").removeprefix("./"))
    yield plain
    yield unicodedata.normalize("NFC", plain)
