"""The public readers: whatever holds articles → the table of documents."""

import os
import warnings
from collections.abc import Iterable, Mapping
from typing import Literal, overload

import pandas as pd

from analysis.errors import ArgumentTypeError, ReadingError, ReadingWarning
from analysis.languages.language import tell_unknown
from analysis.reading.archives import unpacked
from analysis.reading.decoding import check_encoding
from analysis.reading.drafts import LONE_SURROGATES, make_draft
from analysis.reading.files import READABLE, read_files
from analysis.reading.furniture import Piece, count_pieces, without_furniture
from analysis.reading.ids import distinct_ids, notes_on_ids
from analysis.reading.metadata import add_metadata, read_metadata, set_metadata_aside
from analysis.reading.records import (
    Draft,
    Note,
    UnreadableError,
    documents_table,
    skipped_table,
    stripped,
)
from analysis.reading.sources import Found, Source, find_files
from analysis.reading.speakers import set_speakers_aside
from analysis.reading.tabular import drafts_of_table, rows_of_frame
from analysis.saving.paths import note_articles
from analysis.tables.checks import table_of
from analysis.text.marks import tell_unmarked

_REASONS_NAMED = 3


@overload
def read_documents(
    source: Source,
    *,
    metadata: Source | None = None,
    text_column: str = "text",
    encoding: str | None = None,
    keep_furniture: bool = False,
    return_skipped: Literal[False] = False,
    return_cut: Literal[False] = False,
) -> pd.DataFrame: ...


@overload
def read_documents(
    source: Source,
    *,
    metadata: Source | None = None,
    text_column: str = "text",
    encoding: str | None = None,
    keep_furniture: bool = False,
    return_skipped: Literal[True],
    return_cut: Literal[False] = False,
) -> tuple[pd.DataFrame, pd.DataFrame]: ...


@overload
def read_documents(
    source: Source,
    *,
    metadata: Source | None = None,
    text_column: str = "text",
    encoding: str | None = None,
    keep_furniture: bool = False,
    return_skipped: Literal[False] = False,
    return_cut: Literal[True],
) -> tuple[pd.DataFrame, pd.DataFrame]: ...


@overload
def read_documents(
    source: Source,
    *,
    metadata: Source | None = None,
    text_column: str = "text",
    encoding: str | None = None,
    keep_furniture: bool = False,
    return_skipped: Literal[True],
    return_cut: Literal[True],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]: ...


def read_documents(
    source: Source,
    *,
    metadata: Source | None = None,
    text_column: str = "text",
    encoding: str | None = None,
    keep_furniture: bool = False,
    return_skipped: bool = False,
    return_cut: bool = False,
) -> pd.DataFrame | tuple[pd.DataFrame, ...]:
    """Read articles from a folder, a file, a pattern or a DataFrame.

    Parameters
    ----------
    source : str, path or pandas.DataFrame
        A folder (with its subfolders), a file, or a pattern such as
        ``"news/**/*.txt"``. Each .txt, .md, .html, .mhtml, .docx, .odt, .rtf, .pdf, .epub, .eml,
        .srt and .vtt file is one document; each row of a .csv, .tsv, .xlsx, .xls, .jsonl or
        .parquet file, each article in a .json file, each page of a .warc file and each row of a
        DataFrame is one; .zip and .tar archives are read like folders, and .gz, .bz2 and .xz
        files as what is compressed in them. A file that a news database wrote (Nexis, Factiva,
        Europresse, ProQuest) is known by its content and holds many: `nexis_001` and so on, with
        their labels as columns. So does an .xml file
        that is a feed, a WordPress export, a debate (TEI) or of an agency.
        ``speakers.csv`` beside the articles is for `read_speakers`; what is wrong with it is
        listed here.
    metadata : str, path or pandas.DataFrame, optional
        Table of metadata with a column ``file`` or ``document_id``; by default
        ``metadata.csv`` beside the articles, if there is one. Its cells
        override what the articles say; empty cells do not. With a column of texts, too,
        ``metadata.csv`` is metadata if a row names a file beside it, else a table of articles.
    text_column : str
        Column of tables that holds the texts. ``"text"`` is also found under the names that
        others give it (``body``, ``content``, ``FullText`` …), as title, date, outlet, author,
        url and language are; each is listed. Where several columns could be meant, none is taken.
        In JSON, a path such as ``"fields.bodyText"`` names texts within objects; a refusal lists
        the paths of a file. Below such another name, the title is put above each text as its
        first paragraph, as in files of databases; a column ``text``, or one that you name, is
        taken as it is.
    encoding : str, optional
        Encoding of the files that have no byte order mark. Without it, UTF-8
        is tried, and after that a guess is made and listed with others that fit as well.
    keep_furniture : bool
        Whether to leave what stands with articles and is none of them. By default lines and
        paragraphs are cut that are nothing but copyright lines, captions and credits of pictures,
        links to other articles, sign-ups, advertisements, tails of agencies and the like, by the
        rules that ``docs/your_articles.md`` lists; how many is listed by rule.
    return_skipped : bool
        Whether to return what was skipped as another table.
    return_cut : bool
        Whether to return what was cut as another table, behind that one.

    Returns
    -------
    pandas.DataFrame
        Table ``documents``. Texts are as in the file, line ends included, without the byte
        order mark and with blanks for furniture, so that no offset moves; those of web pages,
        Word and PDF files have their paragraphs set apart by blank lines, with a form feed at
        each new page.
        Ids that clash get their file before them, with a note. Cells of metadata are stripped.
        Dates keep their local day: an offset is dropped. Without ``date``, the columns
        ``date_seconds`` and ``created_utc``, ``date_milliseconds`` and ``timestamp_ms`` count
        from 1970 in UTC. Columns of the user's own follow; those whose names the package
        needs get ``_given`` appended.
    pandas.DataFrame
        With `return_skipped`: table ``skipped``, one row for each file, row,
        value or row of metadata that was skipped, guessed or changed.
    pandas.DataFrame
        With `return_cut`: table ``cut``, one row for each piece of furniture, with its place. A
        text that is nothing but furniture stays whole.

    Raises
    ------
    ReadingError
        If no file can be read, whether or not `return_skipped`; if a column is
        missing.
    TypeError
        If an argument has the wrong type.

    Warns
    -----
    ReadingWarning
        If something was skipped or guessed and `return_skipped` is False.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> articles = pd.DataFrame({"text": ["Talks resume.", None], "outlet": ["Daily", "Daily"]})
    >>> documents, skipped = fa.read_documents(articles, return_skipped=True)
    >>> documents["document_id"].tolist()
    ['row_1']
    >>> skipped["reason"].tolist()
    ["there is no text in column 'text'; fill it in or remove the row"]
    >>> page = pd.DataFrame({"text": ["Talks resume.\\n\\nShare this article"]})
    >>> documents, cut = fa.read_documents(page, return_cut=True)
    >>> cut[["rule", "text"]].values.tolist()
    [['share', 'Share this article']]
    """
    check_encoding(encoding)
    _check_source(source, "source")
    if metadata is not None:
        _check_source(metadata, "metadata")
    if not isinstance(text_column, str):
        raise ArgumentTypeError(f"text_column must be a str, not {type(text_column).__name__}")
    # As the names of columns are.
    text_column = stripped(text_column)
    if isinstance(source, pd.DataFrame):
        origin = "the DataFrame"
        drafts, notes = _read_frame(source, text_column)
        beside = None if metadata is None else read_metadata(metadata, encoding)
        if not drafts and notes and not return_skipped:
            raise ReadingError(f"nothing in {origin} can be read: {_named(notes)}")
    else:
        located = find_files(source)
        origin = located.path
        with unpacked(located) as files:
            files, _ = set_speakers_aside(files, text_column, encoding)
            found, beside = set_metadata_aside(files, metadata, text_column, encoding)
            drafts, notes = read_files(found, text_column, encoding)
        if not drafts:
            raise ReadingError(_nothing_read(found, notes))
        note_articles(located.folder if located.kind == "pattern" else source)
    drafts = distinct_ids(drafts)
    if beside is not None:
        drafts, unused = add_metadata(drafts, beside)
        drafts, notes = distinct_ids(drafts), [*notes, *unused]
    pieces: list[Piece] = []
    if not keep_furniture:
        drafts, pieces = without_furniture(drafts)
    documents, renamed = documents_table(drafts, origin)
    renamed += notes_on_ids(drafts, origin)
    # Of these, what cuts the texts warns.
    told = [*tell_unknown(documents), *tell_unmarked(documents["text"])]
    foreign = [Note(origin, None, "value", t, expected=True) for t in told]
    notes = [*notes, *renamed, *foreign]
    if pieces:
        # Who asks for what was cut knows of it.
        notes.append(Note(origin, None, "value", count_pieces(pieces), expected=return_cut))
    if not return_skipped:
        _warn(notes, origin)
    skipped = [skipped_table(notes)] if return_skipped else []
    cut = [table_of("cut", pieces)] if return_cut else []
    return (documents, *skipped, *cut) if skipped or cut else documents


def documents_from_texts(
    texts: Iterable[str], document_ids: Iterable[str] | None = None
) -> pd.DataFrame:
    """Make the table of documents from texts in memory, which are taken as they are.

    Parameters
    ----------
    texts : iterable of str
        One text for each document.
    document_ids : iterable of str, optional
        As many ids; by default ``text_0001``, ``text_0002`` and so on.

    Returns
    -------
    pandas.DataFrame
        Table ``documents``.

    Raises
    ------
    TypeError
        If `texts` or `document_ids` is one str instead of a list, or holds anything but str.
    ReadingError
        If there are not as many ids as texts, or two ids are equal.

    Warns
    -----
    ReadingWarning
        If a text holds lone surrogates, which are replaced by U+FFFD.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.documents_from_texts(["Talks resume.", "Troops leave."])["document_id"].tolist()
    ['text_0001', 'text_0002']
    """
    given = _strings(texts, "texts")
    if document_ids is None:
        ids = [f"text_{n:04d}" for n in range(1, len(given) + 1)]
    else:
        ids = _strings(document_ids, "document_ids")
    if len(ids) != len(given):
        raise ReadingError(
            f"there are {len(given)} texts but {len(ids)} document_ids; give one for each text"
        )
    seen: dict[str, int] = {}
    drafts: list[Draft] = []
    notes: list[Note] = []
    for n, (given_id, text) in enumerate(zip(ids, given, strict=True), start=1):
        draft, problems = make_draft(given_id, text, {})
        if (first := seen.setdefault(draft.document_id, n)) != n:
            reason = f"document_ids {first} and {n} are both {draft.document_id!r}; change one"
            raise ReadingError(reason)
        if problems or draft.document_id != given_id:
            notes.append(Note("texts", n, "value", LONE_SURROGATES))
        drafts.append(draft)
    _warn(notes, "texts")
    return documents_table(drafts, "texts")[0]


def _read_frame(frame: pd.DataFrame, text_column: str) -> tuple[list[Draft], list[Note]]:
    try:
        rows = rows_of_frame(frame)
        return drafts_of_table(rows, text_column=text_column, id_prefix="row_")
    except UnreadableError as fault:
        raise ReadingError(f"the DataFrame cannot be read: {fault}") from None


def _nothing_read(found: Found, notes: list[Note]) -> str:
    faults = [note for note in notes if not note.expected]
    if found.kind == "file" and faults:
        return f"{found.path!r} cannot be read: {faults[0].reason}"
    if faults:
        return f"nothing in {found.path!r} can be read: {_named(faults)}"
    if found.kind == "pattern":
        return f"no file matches {found.path!r}; check the pattern"
    return f"the folder {found.path!r} holds no articles; put {READABLE} files in it"


def _warn(notes: list[Note], origin: str) -> None:
    faults = [note for note in notes if not note.expected]
    if faults:
        were = "thing was" if len(faults) == 1 else "things were"
        # The caller of the public function is two frames up.
        warnings.warn(
            f"{len(faults)} {were} skipped, guessed or changed while reading {origin}: "
            f"{_named(faults)}; read_documents(…, return_skipped=True) also returns the whole list",
            ReadingWarning,
            stacklevel=3,
        )


def _named(notes: list[Note]) -> str:
    first = sorted(notes, key=lambda note: (note.path, note.row or 0))[:_REASONS_NAMED]
    named = "; ".join(f"{note.path!r}{_place(note)} ({note.reason})" for note in first)
    return f"{named}; …" if len(notes) > len(first) else named


def _place(note: Note) -> str:
    if note.line is not None:
        return f" line {note.line}"
    return "" if note.row is None else f" row {note.row}"


def _check_source(value: object, name: str) -> None:
    if not isinstance(value, str | os.PathLike | pd.DataFrame):
        raise ArgumentTypeError(
            f"{name} must be a path or a pandas DataFrame, not {type(value).__name__}; "
            "for texts in a list use documents_from_texts"
        )


def _strings(values: Iterable[str], name: str) -> list[str]:
    if isinstance(values, str | bytes | Mapping | pd.DataFrame):
        raise ArgumentTypeError(
            f"{name} must be a list of str, not {type(values).__name__}; "
            f"write [{name.removesuffix('s')}] for a single one"
        )
    result = list(values)
    for n, value in enumerate(result):
        if not isinstance(value, str):
            raise ArgumentTypeError(f"{name}[{n}] must be a str, not {type(value).__name__}")
    return result
