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
from analysis.reading.archives import ARCHIVE_SUFFIXES
from analysis.reading.cells import doubts
from analysis.reading.columns import is_list_of_links
from analysis.reading.content import (
    PLAIN_SUFFIXES,
    is_bibliography,
    is_page,
    suffix_by_content,
)
from analysis.reading.decoding import read_text
from analysis.reading.delimited import is_delimited, parse_delimited
from analysis.reading.drafts import make_draft
from analysis.reading.exports import read_export
from analysis.reading.front_matter import part_front_matter
from analysis.reading.jsonlines import is_archive, parse_articles, parse_json
from analysis.reading.parsed import rows_of_parsed, text_of_parsed
from analysis.reading.parsing import PARSERS
from analysis.reading.parsing.limits import ParsingError
from analysis.reading.records import Draft, Note, NoTextColumnError, Rows, UnreadableError
from analysis.reading.refusals import BIBLIOGRAPHY, remedy_for
from analysis.reading.sandbox import Sandbox
from analysis.reading.sources import METADATA_NAME, SPEAKERS_NAME, Found, SourceFile
from analysis.reading.subtitles import SUBTITLE_SUFFIXES, is_subtitles, read_subtitles
from analysis.reading.tabular import TABLE_SUFFIXES, drafts_of_table, read_rows

_JSON_SUFFIXES = (".json", ".jsonl", ".ndjson", ".js")
_SUFFIXES = (
    *(*PLAIN_SUFFIXES, *TABLE_SUFFIXES, ".json"),
    *(*PARSERS, *SUBTITLE_SUFFIXES, *ARCHIVE_SUFFIXES),
)
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
    suffix = suffix_by_content(file.location, file.suffix)
    told: list[str] = []
    text = ""
    if suffix in (*PLAIN_SUFFIXES, *SUBTITLE_SUFFIXES):
        text, note = read_text(file.location, encoding)
        told = [note] if note else []
        if is_page(text, whole=suffix != ".txt"):
            suffix, told = ".html", []
        elif is_subtitles(text):
            suffix = SUBTITLE_SUFFIXES[0] if suffix in PLAIN_SUFFIXES else suffix
    if suffix != file.suffix:
        told.append(f"it was read as {suffix}, which it is by its content")
    if suffix in SUBTITLE_SUFFIXES:
        text, fields, notes = read_subtitles(text)
        return _one_document(file, text, fields, [*told, *notes])
    if suffix in PLAIN_SUFFIXES:
        return _plain_file(file, text, text_column, told)
    if suffix in PARSERS:
        parsed = sandbox.parse(suffix, file.location)
        if "articles" in parsed:
            return _articles(file, parsed, told)
        if not PARSERS[suffix].tells_rows:
            notes = [*told, *parsed["notes"]]
            return _one_document(file, text_of_parsed(parsed), parsed["fields"], notes)
        rows, note = rows_of_parsed(parsed)
    elif suffix in _JSON_SUFFIXES:
        text, note = read_text(file.location, encoding)
        if suffix == ".js" and not is_archive(text):
            raise UnreadableError(
                "it is a program; of these, only tweets.js of an archive of Twitter is read: "
                "remove the file"
            )
        parse = parse_articles if suffix == ".jsonl" else parse_json
        rows = parse(text, text_column)
    elif suffix in TABLE_SUFFIXES:
        rows, note = read_rows(
            file.location, suffix, known_columns=[text_column], encoding=encoding
        )
    else:
        ending = f"files ending in {suffix!r}" if suffix else "files without an ending"
        known = remedy_for(suffix)
        remedy = known or f"only {READABLE} are; convert the file or remove it"
        raise UnreadableError(f"{ending} are not read; {remedy}")
    return _rows(rows, text_column, file, note)


def _plain_file(
    file: SourceFile, text: str, text_column: str, told: Sequence[str]
) -> tuple[list[Draft], list[Note]]:
    if export := _export_in(text):
        return _articles(file, export, told)
    if is_bibliography(text):
        raise UnreadableError(BIBLIOGRAPHY)
    if is_delimited(text, text_column):
        rows = parse_delimited(text, [text_column])
        as_table = "it was read as a table, since one of its first lines names columns"
        rows = replace(rows, notes=[*rows.notes, as_table])
        return _rows(rows, text_column, file, "; ".join(told) or None)
    if is_list_of_links(text):
        raise UnreadableError("it holds no text, only links; save the pages that they lead to")
    above, text, fault = part_front_matter(text)
    if not above:
        return _one_document(file, text, {}, [*told, *filter(None, [fault])])
    if not text.strip():
        raise UnreadableError(
            "it holds metadata and no text; put the text below or remove the file"
        )
    # What stands above the text is a table of one row.
    row = {"document_id": file.document_id, **above, text_column: text}
    [draft], notes = drafts_of_table(
        Rows(list(row), [(1, row)]),
        text_column=text_column,
        id_prefix="",
        path=file.path,
        file=file.name,
    )
    whole = [Note(file.path, None, "value", reason) for reason in told]
    return [replace(draft, row=None)], [*whole, *(replace(note, row=None) for note in notes)]


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
    file: SourceFile, parsed: Mapping[str, Any], told: Sequence[str]
) -> tuple[list[Draft], list[Note]]:
    drafts: list[Draft] = []
    notes = [Note(file.path, None, "value", reason) for reason in (*told, *parsed["notes"])]
    on_articles = parsed.get("notes_on_articles", ())
    notes += [Note(file.path, n, "value", reason) for n, reason in on_articles]
    for n, article in enumerate(parsed["articles"], start=1):
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
