"""Every table of the package: its key, columns, dtypes and units."""

from collections.abc import Mapping

from analysis.tables.comparison import COMPARISON_TABLES
from analysis.tables.results import RESULT_TABLES
from analysis.tables.schema import (
    ABSENT,
    CATEGORY_COLUMNS,
    DOCUMENT_ID,
    ENTRY,
    IN_CONTEXT,
    PLACE,
    PLACE_COLUMNS,
    ROLLED_UP,
    SCORE_SUMS,
    SPAN_COLUMNS,
    SPLIT,
    SUBCATEGORY,
    Column,
    Schema,
)
from analysis.tables.validation import VALIDATION_TABLES

TABLES: Mapping[str, Schema] = {
    "documents": Schema(
        key=("document_id",),
        columns={
            "document_id": DOCUMENT_ID,
            "title": Column("str", "headline, from the metadata or the text", ABSENT),
            "text": Column("str", "the whole text as stored in the file, never changed"),
            "outlet": Column("str", "newspaper, agency or site", ABSENT),
            "author": Column("str", "author as given", ABSENT),
            "url": Column("str", "address as given", ABSENT),
            "language": Column("str", "language as given", ABSENT),
            "date": Column("datetime64", "day of publication", ABSENT),
            "path": Column("str", "file the text came from", ABSENT),
            "sha256": Column("str", "SHA-256 of the text in UTF-8"),
        },
        extra_columns=True,
    ),
    "skipped": Schema(
        key=("path", "row"),
        columns={
            "path": Column("str", "file, or folder, that it is about"),
            "row": Column("Int64", "row within the file, from 1", "for a file"),
            "line": Column(
                "Int64",
                "line of the file, or of the sheet, that the row begins in, from 1",
                "undefined where a row has none",
            ),
            "what": Column("str", "what was skipped or changed: file, row, value or metadata"),
            "reason": Column("str", "why, and how to mend it"),
        },
        unique=False,
    ),
    "paragraphs": Schema(
        key=tuple(PLACE),
        columns={
            **PLACE_COLUMNS,
            "role": Column("str", "headline, byline, lead, body or heading"),
            **SPAN_COLUMNS,
            "text": Column("str", "documents.text[start:end]"),
            "n_tokens": Column("int64", "tokens, by rule R3"),
            "n_sentences": Column("int64", "sentences"),
            "page_in_file": Column(
                "Int64",
                "page that it begins on, from 1",
                "undefined where the text has no form feeds",
            ),
        },
        extra_columns=True,
    ),
    "sentences": Schema(
        key=(*PLACE, "sentence"),
        columns={
            **PLACE_COLUMNS,
            "sentence": Column("int64", "number of the sentence within its paragraph, from 0"),
            **SPAN_COLUMNS,
        },
    ),
    "hits": Schema(
        key=(*PLACE, *SPAN_COLUMNS, *CATEGORY_COLUMNS, "entry"),
        columns={
            **PLACE_COLUMNS,
            "sentence": Column("int64", "sentence that the hit begins in, from 0"),
            **SPAN_COLUMNS,
            "surface": Column("str", "the words as written: documents.text[start:end]"),
            **CATEGORY_COLUMNS,
            "subcategory": SUBCATEGORY,
            "entry": ENTRY,
            "weight": Column("float64", "weight of the entry"),
            **IN_CONTEXT,
        },
    ),
    "attributions": Schema(
        key=(*PLACE, "content_start"),
        columns={
            **PLACE_COLUMNS,
            "cue": Column("str", "cue as written", "for a quotation without one"),
            "cue_start": Column("Int64", "first code point of the cue", ABSENT),
            "cue_end": Column("Int64", "one past the last code point of the cue", ABSENT),
            "source": Column("str", "source as written beside the cue", ABSENT),
            "speaker": Column("str", "source by the full name the document gives earlier", ABSENT),
            "source_start": Column("Int64", "first code point of the source", ABSENT),
            "source_end": Column("Int64", "one past its last code point", ABSENT),
            "content_start": Column("int64", "first code point of what is attributed"),
            "content_end": Column("int64", "one past its last code point; content_start if none"),
            "kind": Column("str", "quote or paraphrase"),
        },
        unique=False,
    ),
    "hedges": Schema(
        key=(*PLACE, "cue_start"),
        columns={
            **PLACE_COLUMNS,
            "sentence": Column("int64", "sentence that the cue begins in, from 0"),
            "cue": Column("str", "cue as written"),
            "cue_start": Column("int64", "first code point of the cue"),
            "cue_end": Column("int64", "one past the last code point of the cue"),
            "kind": Column("str", "subcategory of the lexicon, or question"),
            "entry": Column("str", "the lexicon's term", "for a question mark"),
            "scope_start": Column("Int64", "first code point of what it reaches", "nothing"),
            "scope_end": Column("Int64", "one past its last code point", ABSENT),
        },
        unique=False,
    ),
    "counts": Schema(
        key=(*PLACE, *CATEGORY_COLUMNS),
        columns={
            **PLACE_COLUMNS,
            **CATEGORY_COLUMNS,
            **{name: SCORE_SUMS[name] for name in ("n_hits", "n_tokens")},
        },
    ),
    "scores": Schema(
        key=(*PLACE, *CATEGORY_COLUMNS),
        columns={
            **PLACE_COLUMNS,
            **CATEGORY_COLUMNS,
            **SCORE_SUMS,
        },
        optional=SPLIT,
        extra_columns=True,
    ),
    "document_scores": Schema(
        key=("document_id", "lexicon", "category"),
        columns={"document_id": DOCUMENT_ID, **ROLLED_UP},
        optional=SPLIT,
        extra_columns=True,
    ),
    "group_scores": Schema(
        key=("lexicon", "category"),
        columns=ROLLED_UP,
        optional=SPLIT,
        extra_columns=True,
        unique=False,
    ),
    **RESULT_TABLES,
    **COMPARISON_TABLES,
    **VALIDATION_TABLES,
}
