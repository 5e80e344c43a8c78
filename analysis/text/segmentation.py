"""Documents cut into paragraphs with their roles, and paragraphs into sentences."""

import re
import warnings
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import LanguageWarning, TableError
from analysis.languages.language import (
    Language,
    LanguageName,
    languages_of,
    load_language,
    tell_unknown,
)
from analysis.tables.checks import check_table, make_table, metadata_columns, reserved_names
from analysis.tables.core import TABLES
from analysis.tables.schema import PLACE
from analysis.text.headlines import headlines_of
from analysis.text.lines import (
    LINE_BREAKS,
    Line,
    Span,
    are_paragraphs,
    are_torn,
    find_wrapping,
    may_be_wrapped,
    on_one_line,
    parts_of,
)
from analysis.text.sentences import sentences_of
from analysis.text.tokens import count_tokens
from analysis.text.turns import labels_of, turn_labels

# White space that breaks no line, and zero-width characters, which a reader cannot see.
_ZERO_WIDTH = "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_UNSEEN = rf"\t \x1c-\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000{_ZERO_WIDTH}"
_RARE_BREAKS = LINE_BREAKS.removeprefix("\n")
_LINE_BREAK = rf"(?>\r\n|[{LINE_BREAKS}])"
_LINE_END = re.compile(rf"{_LINE_BREAK}|\u2029")
_BLANK_LINES = re.compile(rf"{_LINE_BREAK}[{_UNSEEN}]*+(?:{_LINE_BREAK}[{_UNSEEN}]*+)+|\u2029")
# The same in a text whose only line breaks are those of Unix: what begins with one certain
# character is found much faster than what begins with one of several.
_PLAIN_LINE_END = re.compile("\n")
_PLAIN_BLANK_LINES = re.compile(rf"\n[{_UNSEEN}]*+(?:\n[{_UNSEEN}]*+)+")
_BLANKS, _DEEPEST = " \t\xa0\u3000", 80
_VISIBLE = re.compile(rf"[^{_UNSEEN}{LINE_BREAKS}\u2029]")


def split_paragraphs(
    documents: pd.DataFrame, *, language: LanguageName | None = None
) -> pd.DataFrame:
    """Cut documents into paragraphs and tell the role of each.

    Paragraphs end at blank lines, also at those that hold white space or
    zero-width characters only. Where the lengths of lines show that the text is
    wrapped, other line breaks end a paragraph only behind a line that is short
    without need, or before one that is set in. Else a document without a blank line
    between its first and last words has one paragraph a line, as have lines that are long
    or whole sentences; others stay together, as in a poem. Items of a list and
    entries with their time are paragraphs. The paragraph separator U+2029 always
    ends a paragraph, as a blank line does. Line breaks are those of Unix, Windows
    and old Macs, vertical tab, form feed, U+0085 and U+2028.

    Parameters
    ----------
    documents : pandas.DataFrame
        Table ``documents``; ``document_id`` and ``text`` are enough. With
        ``title``, a first paragraph that repeats it is the headline.
    language : str or path, optional
        Language of all texts: a code such as ``"en"``, or a folder of your own
        (``docs/your_language.md``). Without it, what the column ``language`` says, and
        English where it says nothing.

    Returns
    -------
    pandas.DataFrame
        Table ``paragraphs``: one row each, in order, with ``outlet``, ``date``, ``language``
        (where one is given) and columns of the user's own carried over. An empty document
        has no row. Where somebody has a turn, as in an interview ("VOSS: …"), the column
        ``turn_speaker`` tells whose it is, by the label as written, or "answer" where only
        questions have labels; where `documents` has that column, its value holds for all
        paragraphs of a document but headline and byline.

    Raises
    ------
    TypeError
        If `documents` is no DataFrame.
    TableError
        If a column is missing, a text is not a string, an id is null or occurs
        twice, or a column of the user's has a name that the result needs.
    LanguageError
        If there is no such `language`.

    Warns
    -----
    LanguageWarning
        If the column ``language`` names one that is not known: sentences then end by rules
        that need no words, and voice, speaker and certainty of hits stay null.

    Notes
    -----
    Text begins and ends without white space; line breaks inside stay. The rules
    for the roles are those of `analysis.text.headlines.Headlines`.

    Examples
    --------
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["Talks resume\\n\\nEnvoys met. They left."])
    >>> fa.split_paragraphs(documents)[["role", "start", "end", "n_sentences"]].values.tolist()
    [['headline', 0, 12, 1], ['lead', 14, 36, 2]]
    """
    documents = check_table(documents, "documents", needed=("document_id", "text"))
    texts = documents["text"].tolist()
    titles = documents["title"].tolist() if "title" in documents else [None] * len(documents)
    carried = metadata_columns(documents, "documents")
    if clashes := [column for column in carried if column in reserved_names()]:
        raise TableError(
            f"column {clashes[0]!r} of the documents table has a name that the tables of "
            "paragraphs or scores need; rename it"
        )
    rows: list[int] = []
    columns: dict[str, list[Any]] = {
        name: [] for name in TABLES["paragraphs"].columns if name != "document_id"
    }
    given = labels_of(documents) or [None] * len(documents)
    turns: list[str | None] = []
    languages = languages_of(documents, language)
    if told := tell_unknown(documents) if language is None else []:
        warnings.warn("; ".join(told), LanguageWarning, stacklevel=2)
    of_documents = zip(texts, titles, languages, given, strict=True)
    for row, (text, title, own, speaker) in enumerate(of_documents):
        spans, apart, wrapped = _paragraph_spans(text)
        pieces = [text[start:end] for start, end in spans]
        whole = [on_one_line(piece) for piece in pieces] if wrapped else pieces
        rows.extend([row] * len(spans))
        columns["paragraph"].extend(range(len(spans)))
        roles = headlines_of(own).roles(whole, title=title, apart=apart)
        columns["role"].extend(roles)
        turns.extend(turn_labels(whole, roles, own, speaker))
        columns["start"].extend(start for start, _ in spans)
        columns["end"].extend(end for _, end in spans)
        columns["text"].extend(pieces)
        columns["n_tokens"].extend(map(count_tokens, pieces))
        columns["n_sentences"].extend(map(sentences_of(own).count, pieces))
        columns["page_in_file"].extend(_pages(text, spans))
    of_document = np.array(rows, dtype=np.int64)
    ids = documents["document_id"].astype("str").take(of_document)
    extra = {column: documents[column].take(of_document) for column in carried}
    if any(turns):
        extra["turn_speaker"] = pd.Series(turns, dtype="str")
    return make_table("paragraphs", {"document_id": ids, **columns, **extra})


def split_sentences(
    paragraphs: pd.DataFrame, *, language: LanguageName | None = None
) -> pd.DataFrame:
    """Cut paragraphs into sentences.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``, or some of its rows.
    language : str or path, optional
        As in `split_paragraphs`.

    Returns
    -------
    pandas.DataFrame
        Table ``sentences``: one row each, in order; ``start`` and ``end`` are code
        points of the document's text.

    Raises
    ------
    TypeError
        If `paragraphs` is no DataFrame.
    TableError
        If a column is missing, a text is not a string, or a paragraph occurs twice.
    LanguageError
        If there is no such `language`.

    Notes
    -----
    Every character that is no white space lies in exactly one sentence of its
    paragraph. The rules are those of `analysis.text.sentences.Sentences`.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Mr. Ito met us. He left."]))
    >>> fa.split_sentences(paragraphs)[["sentence", "start", "end"]].values.tolist()
    [[0, 0, 15], [1, 16, 24]]
    """
    needed = (*PLACE, "start", "text")
    paragraphs = check_table(paragraphs, "paragraphs", needed=needed)
    places = (paragraphs[name].tolist() for name in needed)
    languages = languages_of(paragraphs, language)
    rows = [
        (document_id, paragraph, number, offset + start, offset + end)
        for document_id, paragraph, offset, text, own in zip(*places, languages, strict=True)
        for number, (start, end) in enumerate(sentences_of(own).spans(text))
    ]
    names = TABLES["sentences"].columns
    return make_table("sentences", {name: [row[n] for row in rows] for n, name in enumerate(names)})


def first_line_title(text: str, language: Language | None = None) -> str | None:
    """Return the first paragraph of a text if it is set off as a headline."""
    spans, apart, wrapped = _paragraph_spans(text)
    pieces = [text[start:end] for start, end in spans[:2]]
    pieces = [on_one_line(piece) for piece in pieces] if wrapped else pieces
    return headlines_of(language or load_language()).set_off(pieces, apart=apart)


def doubtful_paragraphs(text: str) -> tuple[int, bool]:
    """Return the tokens of the longest paragraph, and whether line breaks tear sentences."""
    blank_lines, line_end = _separators(text)
    blocks = [
        [_line(text, own) for own in _between(line_end, text, *span)]
        for span in _between(blank_lines, text, 0, len(text))
    ]
    spans, _, _ = _paragraph_spans(text)
    start, end = max(spans, key=lambda span: span[1] - span[0], default=(0, 0))
    return count_tokens(text[start:end]), are_torn(blocks) and find_wrapping(blocks) is None


def _paragraph_spans(text: str) -> tuple[list[Span], bool, bool]:
    """Return the paragraphs, whether a blank line sets the first apart, and lines are wrapped."""
    blank_lines, line_end = _separators(text)
    spans = list(_between(blank_lines, text, 0, len(text)))
    apart = len(spans) > 1
    lines = [
        [span]
        if line_end is _PLAIN_LINE_END and text.find("\n", *span) < 0
        else list(_between(line_end, text, *span))
        for span in spans
    ]
    if apart and all(len(own) == 1 for own in lines):
        return spans, True, False
    if not apart and lines and not may_be_wrapped(lines[0]):
        return lines[0], False, False
    blocks = [[_line(text, span) for span in own] for own in lines]
    wrapping = find_wrapping(blocks)
    if not apart and wrapping is None:
        return [span for own in lines for span in own], False, False
    each = wrapping is None and are_paragraphs(blocks)
    parts = [
        parts_of(block, wrapping, each=each) if len(block) > 1 else own
        for block, own in zip(blocks, lines, strict=True)
    ]
    set_off = apart and len(parts[0]) == 1
    return [span for own in parts for span in own], set_off, wrapping is not None


def _separators(text: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds blank lines, and what finds line ends."""
    if any(character in text for character in f"{_RARE_BREAKS}\u2029"):
        return _BLANK_LINES, _LINE_END
    return _PLAIN_BLANK_LINES, _PLAIN_LINE_END


def _between(separator: re.Pattern[str], text: str, start: int, stop: int) -> Iterator[Span]:
    """Yield the visible stretches between separators, without white space around them."""
    for match in separator.finditer(text, start, stop):
        end, following = match.span()
        if start < end:
            yield from _visible(text, start, end)
        start = following
    yield from _visible(text, start, stop)


def _line(text: str, span: Span) -> Line:
    start, end = span
    before = text[max(0, start - _DEEPEST) : start]
    return Line(start, end, text[start:end], len(before) - len(before.rstrip(_BLANKS)))


def _pages(text: str, spans: list[tuple[int, int]]) -> Sequence[int | None]:
    """Return the page that each paragraph begins on; form feeds end pages."""
    if "\f" not in text:
        return [None] * len(spans)
    starts = [0, *(start for start, _ in spans)]
    return [1 + n for n in accumulate(text.count("\f", *stretch) for stretch in pairwise(starts))]


def _visible(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped and (stripped[0] not in _ZERO_WIDTH or _VISIBLE.search(stripped)):
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(stripped)
