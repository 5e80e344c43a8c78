"""Tables that are made of hits and scores, or that tell of lexica: columns, dtypes and units."""

from collections.abc import Mapping

from analysis.tables.schema import (
    ABSENT,
    CATEGORY,
    CATEGORY_COLUMNS,
    DOCUMENT_ID,
    ENTRY,
    IN_CONTEXT,
    LEXICON,
    N_HITS,
    PLACE,
    PLACE_COLUMNS,
    SPAN_COLUMNS,
    SUBCATEGORY,
    Column,
    Schema,
    measure_of,
    share_of,
)

RESULT_TABLES: Mapping[str, Schema] = {
    "reading_report": Schema(
        key=("check", "document_id", "path"),
        columns={
            "document_id": Column("str", "the document", ABSENT),
            "path": Column("str", "file that it is about", ABSENT),
            "check": Column(
                "str",
                "read, skipped, changed, guessed, short, empty, duplicate, near-duplicate or "
                "untitled",
            ),
            "detail": Column("str", "what was found"),
            "other_document_id": Column("str", "the earlier document it repeats", ABSENT),
            "similarity": share_of("the shorter text's runs of five words in the other", ABSENT),
        },
        unique=False,
    ),
    "pages": Schema(
        key=("document_id",),
        columns={
            "document_id": DOCUMENT_ID,
            "file": Column("str", "file with the highlighted text, within the folder"),
        },
    ),
    "speakers": Schema(
        key=("lexicon", "category", "speaker"),
        columns={
            **CATEGORY_COLUMNS,
            "speaker": Column("str", "who is credited; (narrator) and (unknown) for no one named"),
            "n_hits": N_HITS,
            "n_quote": Column("int64", "of these, in quotation marks"),
            "n_paraphrase": Column("int64", "of these, in attributed paraphrase"),
            "n_hedged": Column("int64", "of these, hedged"),
            "n_negated": Column("int64", "of these, negated"),
            "n_documents": Column("int64", "documents with at least one of these hits"),
            "share": share_of("all hits of the category"),
            "share_credited": share_of(
                "the hits credited to sources", "undefined where none is credited"
            ),
        },
        optional={"document_id": DOCUMENT_ID},
    ),
    "hedging_density": Schema(
        key=("lexicon", "category"),
        columns={
            **CATEGORY_COLUMNS,
            "n_hits": N_HITS,
            "n_hedged": Column("int64", "of these, hedged"),
            "n_negated": Column("int64", "of these, negated"),
            "share_hedged": share_of("hits hedged", "undefined without hits"),
            "share_negated": share_of("hits negated", "undefined without hits"),
            "n_sentences": Column("int64", "sentences with at least one hit of the category"),
            "n_hedges": Column("int64", "hedges in these sentences"),
            "hedges_per_sentence": Column(
                "float64", "hedges per such sentence", "undefined without such sentences"
            ),
            "n_other_sentences": Column("int64", "sentences without a hit of the category"),
            "n_other_hedges": Column("int64", "hedges in those"),
            "hedges_per_other_sentence": Column(
                "float64",
                "hedges per sentence without a hit of the category",
                "undefined without such sentences",
            ),
        },
    ),
    "corpus_summary": Schema(
        key=(),
        columns={
            "n_rows": Column("int64", "rows of the input"),
            "n_scored": Column("int64", "of these, scored"),
            "n_skipped": Column("int64", "of these, listed in the table skipped"),
            "n_quarantined": Column("int64", "of the skipped, those that ended their workers"),
            "n_score_rows": Column("int64", "rows of paragraph scores written"),
            "n_characters": Column("int64", "characters of the texts scored"),
            "n_files_unread": Column("int64", "files that could not be read"),
            "n_parts": Column("int64", "parts of the output"),
            "n_parts_before": Column("int64", "of these, there before this run"),
            "seconds": Column("float64", "how long this run took"),
        },
        unique=False,
    ),
    "overlaps": Schema(
        key=(
            *(*PLACE, *SPAN_COLUMNS),
            *("lexicon_a", "category_a", "lexicon_b", "category_b"),
        ),
        columns={
            **PLACE_COLUMNS,
            "start": Column("int64", "first code point that both hits cover"),
            "end": Column("int64", "one past the last code point that both hits cover"),
            "surface_a": Column("str", "words of the first hit"),
            "surface_b": Column("str", "words of the second hit"),
            "lexicon_a": LEXICON,
            "category_a": CATEGORY,
            "entry_a": Column("str", "term of the first hit"),
            "lexicon_b": LEXICON,
            "category_b": CATEGORY,
            "entry_b": Column("str", "term of the second hit"),
        },
    ),
    "entries": Schema(
        key=("lexicon", "category", "subcategory", "entry"),
        columns={
            **CATEGORY_COLUMNS,
            "subcategory": SUBCATEGORY,
            "entry": Column("str", "the lexicon's term"),
            "n_hits": Column("int64", "hits counted"),
            "n_blocked": Column("int64", "hits that an exclusion vetoed"),
            "n_documents": Column("int64", "documents with at least one counted hit"),
            "share": share_of("the category's counted hits", "undefined without hits"),
            "surfaces": Column("str", "what was matched, most frequent first"),
        },
    ),
    "problems": Schema(
        key=("line", "term"),
        columns={
            "line": Column("Int64", "line of the lexicon file", "made in Python"),
            "category": CATEGORY,
            "term": Column("str", "term as written"),
            "problem": Column("str", "what is wrong with it, and how to mend it"),
        },
        unique=False,
    ),
    "losses": Schema(
        key=("line", "category", "term", "what"),
        columns={
            "line": Column("Int64", "line of the dictionary file", "undefined where none"),
            "category": Column("str", "category it stood in", ABSENT),
            "term": Column("str", "term or line as written", ABSENT),
            "what": Column(
                "str",
                "what was lost or changed: unsupported, weight, repeated term, undefined category, "
                "encoding and the like",
            ),
            "reason": Column("str", "why, and what became of it"),
        },
        unique=False,
    ),
    "contexts": Schema(
        key=(*PLACE, *SPAN_COLUMNS, *CATEGORY_COLUMNS, "entry"),
        columns={
            **PLACE_COLUMNS,
            **SPAN_COLUMNS,
            "left": Column("str", "words before the hit"),
            "keyword": Column("str", "the words of the hit as written"),
            "right": Column("str", "words after the hit"),
            **CATEGORY_COLUMNS,
            "entry": ENTRY,
            **{name: IN_CONTEXT[name] for name in ("voice", "speaker", "certainty", "blocked_by")},
        },
    ),
    "coverage": Schema(
        key=("lexicon", "category", "subcategory", "entry"),
        columns={
            **CATEGORY_COLUMNS,
            "subcategory": SUBCATEGORY,
            "entry": Column("str", "the lexicon's term"),
            "status": Column("str", "carries, fires, blocked or silent"),
            "n_hits": Column("int64", "hits counted"),
            "n_blocked": Column("int64", "hits that an exclusion or a longer entry vetoed"),
            "n_documents": Column("int64", "documents with at least one counted hit"),
            "share": share_of("the category's counted hits", "undefined without hits"),
            "cumulative_share": share_of(
                "this entry and all more frequent ones", "undefined without hits"
            ),
            "n_shared": Column("int64", "counted hits that overlap hits of other categories"),
            "shared_with": Column("str", "those categories, with the number of hits"),
            "surfaces": Column("str", "what was matched, most frequent first"),
        },
        unique=False,
    ),
    "suggestions": Schema(
        key=("category", "term"),
        columns={
            "category": CATEGORY,
            "term": Column("str", "word or phrase, folded, that the category does not find"),
            "n_occurrences": Column("int64", "occurrences in the corpus"),
            "n_documents": Column("int64", "documents that hold it"),
            "n_with_category": Column("int64", "sentences that hold it and a hit of the category"),
            "log_odds": Column(
                "float64", "log-odds of the term in sentences with the category, against the rest"
            ),
            "z": Column("float64", "log-odds by their standard deviation"),
            "similarity": measure_of("cosine of its neighbours and those of the category's hits"),
            "in_categories": Column("str", "other categories of the lexicon that find it"),
            "new_hits": Column("int64", "hits the category would gain"),
            "share_paragraphs": share_of("paragraphs with the category now"),
            "share_paragraphs_with": share_of("paragraphs with the category, with the term added"),
            "contexts": Column("str", "some occurrences with the words around them"),
        },
    ),
    "lint": Schema(
        key=("category", "term", "check", "other"),
        columns={
            "category": CATEGORY,
            "subcategory": SUBCATEGORY,
            "term": Column("str", "term as written"),
            "check": Column(
                "str",
                "unmatchable, duplicate, swallowed, always excluded, idle exclusion, or catches "
                "other words",
            ),
            "other": Column("str", "the other term, or the words caught", ABSENT),
            "problem": Column("str", "what is wrong, and how to mend it"),
        },
        unique=False,
    ),
    "mixed_script": Schema(
        key=(*PLACE, "start"),
        columns={
            **PLACE_COLUMNS,
            **SPAN_COLUMNS,
            "surface": Column("str", "the word as written"),
            "scripts": Column("str", "the scripts its letters come from"),
        },
    ),
}
