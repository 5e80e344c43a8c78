"""Every table of the package: its key, columns, dtypes and units."""

from collections.abc import Mapping

from analysis.tables.comparison import COMPARISON_TABLES
from analysis.tables.results import RESULT_TABLES
from analysis.tables.schema import (
    CATEGORY,
    DOCUMENT_ID,
    END,
    LEXICON,
    PARAGRAPH,
    ROLLED_UP,
    SCORE_SUMS,
    SPLIT,
    START,
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
            "title": Column("str", "headline, from the metadata or the text", nullable=True),
            "text": Column("str", "the whole text as stored in the file, never changed"),
            "outlet": Column("str", "newspaper, agency or site", nullable=True),
            "author": Column("str", "author as given", nullable=True),
            "url": Column("str", "address as given", nullable=True),
            "language": Column("str", "language as given", nullable=True),
            "date": Column("datetime64", "day of publication", nullable=True),
            "path": Column("str", "file the text came from", nullable=True),
            "sha256": Column("str", "SHA-256 of the text in UTF-8"),
        },
        extra_columns=True,
    ),
    "skipped": Schema(
        key=("path", "row"),
        columns={
            "path": Column("str", "file, or folder, that it is about"),
            "row": Column("Int64", "row within the file, from 1; null for a file", nullable=True),
            "line": Column(
                "Int64",
                "line of the file, or of the sheet, that the row begins in, from 1; null where a "
                "row has none",
                nullable=True,
            ),
            "what": Column("str", "what was skipped or changed: file, row, value or metadata"),
            "reason": Column("str", "why, and how to mend it"),
        },
        unique=False,
    ),
    "paragraphs": Schema(
        key=("document_id", "paragraph"),
        columns={
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "role": Column("str", "headline, byline, lead, body or heading"),
            "start": START,
            "end": END,
            "text": Column("str", "documents.text[start:end]"),
            "n_tokens": Column("int64", "tokens, by rule R3"),
            "n_sentences": Column("int64", "sentences"),
            "page_in_file": Column(
                "Int64",
                "page that it begins on, from 1; null where the text has no form feeds",
                nullable=True,
            ),
        },
        extra_columns=True,
    ),
    "sentences": Schema(
        key=("document_id", "paragraph", "sentence"),
        columns={
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "sentence": Column("int64", "number of the sentence within its paragraph, from 0"),
            "start": START,
            "end": END,
        },
    ),
    "hits": Schema(
        key=("document_id", "paragraph", "start", "end", "lexicon", "category", "entry"),
        columns={
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "sentence": Column("int64", "sentence that the hit begins in, from 0"),
            "start": START,
            "end": END,
            "surface": Column("str", "the words as written: documents.text[start:end]"),
            "lexicon": LEXICON,
            "category": CATEGORY,
            "subcategory": SUBCATEGORY,
            "entry": Column("str", "the lexicon's term that matched"),
            "weight": Column("float64", "weight of the entry"),
            "voice": Column(
                "str",
                "narrator, quote or paraphrase; null: not determined, or the document's language "
                "is not known",
                nullable=True,
            ),
            "speaker": Column("str", "who is quoted or credited, if known", nullable=True),
            "voice_cue": Column("str", "words that credit the speaker, if any", nullable=True),
            "scare_quote": Column(
                "boolean",
                "whether it stands among one or two words in quotation marks that are no speech; "
                "null: not determined",
                nullable=True,
            ),
            "certainty": Column(
                "str", "asserted, hedged or negated; null: as with voice", nullable=True
            ),
            "certainty_cue": Column(
                "str", "words that make it hedged or negated, if any", nullable=True
            ),
            "blocked_by": Column(
                "str",
                "exclusion phrase that vetoed the hit, or longer entry around it; null: it counts",
                nullable=True,
            ),
        },
    ),
    "attributions": Schema(
        key=("document_id", "paragraph", "content_start"),
        columns={
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "cue": Column("str", "cue as written; null for a quotation without one", nullable=True),
            "cue_start": Column("Int64", "first code point of the cue", nullable=True),
            "cue_end": Column("Int64", "one past the last code point of the cue", nullable=True),
            "source": Column("str", "source as written beside the cue", nullable=True),
            "speaker": Column(
                "str", "source by the full name the document gives earlier", nullable=True
            ),
            "source_start": Column("Int64", "first code point of the source", nullable=True),
            "source_end": Column("Int64", "one past its last code point", nullable=True),
            "content_start": Column("int64", "first code point of what is attributed"),
            "content_end": Column("int64", "one past its last code point; content_start if none"),
            "kind": Column("str", "quote or paraphrase"),
        },
        unique=False,
    ),
    "hedges": Schema(
        key=("document_id", "paragraph", "cue_start"),
        columns={
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "sentence": Column("int64", "sentence that the cue begins in, from 0"),
            "cue": Column("str", "cue as written"),
            "cue_start": Column("int64", "first code point of the cue"),
            "cue_end": Column("int64", "one past the last code point of the cue"),
            "kind": Column("str", "subcategory of the lexicon, or question"),
            "entry": Column("str", "the lexicon's term; null for a question mark", nullable=True),
            "scope_start": Column(
                "Int64", "first code point of what it reaches; null: nothing", nullable=True
            ),
            "scope_end": Column("Int64", "one past its last code point", nullable=True),
        },
        unique=False,
    ),
    "counts": Schema(
        key=("document_id", "paragraph", "lexicon", "category"),
        columns={
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "lexicon": LEXICON,
            "category": CATEGORY,
            **{name: SCORE_SUMS[name] for name in ("n_hits", "n_tokens")},
        },
    ),
    "scores": Schema(
        key=("document_id", "paragraph", "lexicon", "category"),
        columns={
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "lexicon": LEXICON,
            "category": CATEGORY,
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
