"""The files of a source → documents, each by the reader for its ending."""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from threading import local
from typing import Any

from tqdm.auto import tqdm

from analysis.errors import ReadingError, own_fault
from analysis.reading.archives import ARCHIVE_SUFFIX
from analysis.reading.cells import doubts
from analysis.reading.columns import is_list_of_links
from analysis.reading.decoding import read_text
from analysis.reading.delimited import is_delimited, parse_delimited
from analysis.reading.drafts import make_draft
from analysis.reading.exports import read_export
from analysis.reading.parsed import rows_of_parsed, text_of_parsed
from analysis.reading.parsing import PARSERS
from analysis.reading.parsing.limits import ParsingError
from analysis.reading.records import Draft, Note, NoTextColumnError, Rows, UnreadableError
from analysis.reading.sandbox import Sandbox
from analysis.reading.sources import METADATA_NAME, SPEAKERS_NAME, Found, SourceFile
from analysis.reading.tabular import TABLE_SUFFIXES, drafts_of_table, read_rows

_PLAIN_SUFFIXES = (".txt", ".md")
_JSON = ".json"
_SUFFIXES = (*_PLAIN_SUFFIXES, *TABLE_SUFFIXES, _JSON, *PARSERS, ARCHIVE_SUFFIX)
_REMEDIES = {
    ".doc": "open it in a word processor and save it as .docx",
    ".kml": "it is a map; leave it out",
    ".opml": "open each of the feeds that it lists and save it as .xml",
}
_NOT_BESIDE = {
    METADATA_NAME: "; as metadata only one table is used: the one given, or metadata.csv at the "
    "top of the folder",
    SPEAKERS_NAME: "; speakers are read from speakers.csv at the top of the folder",
}
READABLE = f"{', '.join(_SUFFIXES[:-1])} and {_SUFFIXES[-1]}"
# Fewer files are read before a bar could be looked at.
_FILES_WITHOUT_BAR = 50
_MOST_SANDBOXES = 4

_Outcome = tuple[list[Draft], list[Note]] | UnreadableError


def read_files(
    found: Found, text_column: str, encoding: str | None
) -> tuple[list[Draft], list[Note]]:
    r"""Read every file that was found."""
    drafts: list[Draft] = []
    notes = list(found.notes)
    outcomes = _outcomes(found.files, text_column, encoding)
    for file, outcome in zip(found.files, outcomes, strict=True):
        if not isinstance(outcome, UnreadableError):
            drafts += outcome[0]
            notes += outcome[1]
            continue
        without_texts = isinstance(outcome, NoTextColumnError)
        if without_texts and found.kind == "file":
            raise ReadingError(f"{file.path!r} cannot be read: {outcome}")
        beside = _NOT_BESIDE.get(os.path.basename(file.name)) if without_texts else None
        reason = f"{outcome}{beside or ''}"
        notes.append(Note(file.path, None, "file", reason))
    return drafts, notes


def _outcomes(
    files: list[SourceFile], text_column: str, encoding: str | None
) -> Iterator[_Outcome]:
    untrusted = sum(file.suffix in PARSERS for file in files)
    n_sandboxes = max(1, min(_MOST_SANDBOXES, untrusted, os.cpu_count() or 1))
    own = local()
    with (
        ExitStack() as stack,
        tqdm(total=len(files), unit="file", disable=len(files) <= _FILES_WITHOUT_BAR) as bar,
        ThreadPoolExecutor(n_sandboxes) as pool,
    ):

        def outcome(file: SourceFile) -> _Outcome:
            if not hasattr(own, "sandbox"):
                own.sandbox = stack.enter_context(Sandbox())
            try:
                return _read_file(file, text_column, encoding, own.sandbox)
            except UnreadableError as fault:
                return fault
            except OSError as fault:
                return UnreadableError(f"the file cannot be opened: {fault.strerror}")
            except Exception as fault:  # noqa: BLE001 - the other files are read all the same
                return UnreadableError(own_fault(fault))

        for result in pool.map(outcome, files) if untrusted else map(outcome, files):
            bar.update()
            yield result


def _read_file(
    file: SourceFile, text_column: str, encoding: str | None, sandbox: Sandbox
) -> tuple[list[Draft], list[Note]]:
    if file.suffix in _PLAIN_SUFFIXES:
        text, note = read_text(file.location, encoding)
        if export := _export_in(text):
            return _articles(file, export["articles"], [*filter(None, [note]), *export["notes"]])
        if is_delimited(text, text_column):
            rows = parse_delimited(text, [text_column])
            told = "it was read as a table, since one of its first lines names columns"
            return _rows(replace(rows, notes=[*rows.notes, told]), text_column, file, note)
        if is_list_of_links(text):
            raise UnreadableError("it holds no text, only links; save the pages that they lead to")
        return _one_document(file, text, {}, [note] if note else [])
    if file.suffix in PARSERS:
        parsed = sandbox.parse(file.suffix, file.location)
        if "articles" in parsed:
            return _articles(file, parsed["articles"], parsed["notes"])
        if not PARSERS[file.suffix].tells_rows:
            return _one_document(file, text_of_parsed(parsed), parsed["fields"], parsed["notes"])
        rows, note = rows_of_parsed(parsed)
    elif file.suffix in (*TABLE_SUFFIXES, _JSON):
        rows, note = read_rows(
            file.location, file.suffix, known_columns=[text_column], encoding=encoding
        )
    else:
        ending = f"files ending in {file.suffix!r}" if file.suffix else "files without an ending"
        remedy = _REMEDIES.get(file.suffix, "convert the file or remove it")
        raise UnreadableError(f"{ending} are not read, only {READABLE}; {remedy}")
    return _rows(rows, text_column, file, note)


def _rows(
    rows: Rows, text_column: str, file: SourceFile, note: str | None
) -> tuple[list[Draft], list[Note]]:
    drafts, notes = drafts_of_table(
        rows,
        text_column=text_column,
        id_prefix=f"{file.document_id}#",
        path=file.path,
        file=file.name,
    )
    if not drafts and not notes:
        raise UnreadableError("the table has no rows; put articles in it or remove it")
    return drafts, [Note(file.path, None, "value", note), *notes] if note else notes


def _export_in(text: str) -> dict[str, Any] | None:
    try:
        return read_export("text", text)
    except ParsingError as fault:
        raise UnreadableError(str(fault)) from None


def _articles(
    file: SourceFile, articles: Sequence[Mapping[str, Any]], reasons: Sequence[Any]
) -> tuple[list[Draft], list[Note]]:
    drafts: list[Draft] = []
    numbered = [(None, one) if isinstance(one, str) else one for one in reasons]
    notes = [Note(file.path, row, "value", reason) for row, reason in numbered]
    for n, article in enumerate(articles, start=1):
        fields = {name: value for name, value in article.items() if name != "text"}
        own_id = f"{file.document_id}_{n:03d}"
        draft, problems = make_draft(own_id, article["text"], fields, file.path, file.name, n)
        drafts.append(draft)
        notes += [Note(file.path, n, "value", problem) for problem in problems]
    return drafts, notes


def _one_document(
    file: SourceFile, text: str, fields: Mapping[str, Any], reasons: Sequence[str]
) -> tuple[list[Draft], list[Note]]:
    draft, problems = make_draft(file.document_id, text, fields, file.path, file.name)
    reasons = (*reasons, *problems, *doubts([draft], letters_only=True))
    return [draft], [Note(file.path, None, "value", reason) for reason in reasons]
