"""Every table of the package: its key, columns, dtypes and units."""

from collections.abc import Mapping

from analysis.tables.comparison import COMPARISON_TABLES
from analysis.tables.curation import CURATION_TABLES
from analysis.tables.exploration import EXPLORATION_TABLES
from analysis.tables.schema import (
    ABSENT,
    CATEGORY,
    CATEGORY_COLUMNS,
    DOCUMENT_ID,
    ENTRY,
    IN_CONTEXT,
    LEXICON,
    N_HITS,
    OF_SCORES,
    PLACE,
    PLACE_COLUMNS,
    ROLLED_UP,
    SCORE_SUMS,
    SPAN_COLUMNS,
    SUBCATEGORY,
    TURN_SPEAKER,
    Column,
    Schema,
    schema,
    share_of,
)
from analysis.tables.validation import VALIDATION_TABLES

_NO_MARKS = "not a row about a text by itself"
_NO_STOP = f"{_NO_MARKS}, or no stop"

TABLES: Mapping[str, Schema] = {
    "documents": schema(
        ("document_id",),
        document_id=DOCUMENT_ID,
        title=Column("str", "headline, from the metadata or the text", ABSENT),
        text=Column("str", "the text as stored in the file, with blanks for what was cut"),
        outlet=Column("str", "newspaper, agency or site", ABSENT),
        author=Column("str", "author as given", ABSENT),
        url=Column("str", "address as given", ABSENT),
        language=Column("str", "language as given", ABSENT),
        date=Column("datetime64", "day of publication", ABSENT),
        path=Column("str", "file the text came from", ABSENT),
        sha256=Column("str", "SHA-256 of the text in UTF-8"),
    ).but(optional={"turn_speaker": TURN_SPEAKER}, extra_columns=True),
    "skipped": schema(
        ("path", "row"),
        path=Column("str", "file, or folder, that it is about"),
        row=Column("Int64", "row within the file, from 1", "for a file"),
        line=Column(
            "Int64",
            "line of the file, or of the sheet, that the row begins in, from 1",
            "undefined where a row has none",
        ),
        what=Column("str", "what was skipped or changed: file, row, value or metadata"),
        reason=Column("str", "why, and how to correct it"),
    ).but(unique=False),
    "cut": schema(
        ("document_id", "start"),
        document_id=DOCUMENT_ID,
        start=Column("int64", "first code point: blanks in documents.text from here on"),
        end=Column("int64", "one past the last code point"),
        rule=Column("str", "rule by which it was cut: copyright, read more, sign-up …"),
        text=Column("str", "the line, or paragraph, as it stood in the file"),
    ),
    "paragraphs": schema(
        tuple(PLACE),
        **PLACE_COLUMNS,
        role=Column("str", "headline, byline, lead, body or heading"),
        **SPAN_COLUMNS,
        text=Column("str", "documents.text[start:end]"),
        n_tokens=Column("int64", "tokens, by rule R3"),
        n_sentences=Column("int64", "sentences"),
        page_in_file=Column(
            "Int64", "page that it begins on, from 1", "undefined where the text has no form feeds"
        ),
    ).but(optional={"turn_speaker": TURN_SPEAKER}, extra_columns=True),
    "sentences": schema(
        (*PLACE, "sentence"),
        **PLACE_COLUMNS,
        sentence=Column("int64", "number of the sentence within its paragraph, from 0"),
        **SPAN_COLUMNS,
    ),
    "hits": schema(
        (*PLACE, *SPAN_COLUMNS, *CATEGORY_COLUMNS, "entry"),
        **PLACE_COLUMNS,
        sentence=Column("int64", "sentence that the hit begins in, from 0"),
        **SPAN_COLUMNS,
        surface=Column("str", "the words as written: documents.text[start:end]"),
        **CATEGORY_COLUMNS,
        subcategory=SUBCATEGORY,
        entry=ENTRY,
        weight=Column("float64", "weight of the entry"),
        **IN_CONTEXT,
    ).but(
        optional={
            "near_surface": Column(
                "str", "the term near it that the entry asks for", "where it asks for none"
            )
        }
    ),
    "attributions": schema(
        (*PLACE, "content_start"),
        **PLACE_COLUMNS,
        cue=Column("str", "cue as written", "for a quotation without one"),
        cue_start=Column("Int64", "first code point of the cue", ABSENT),
        cue_end=Column("Int64", "one past the last code point of the cue", ABSENT),
        source=Column("str", "source as written beside the cue", ABSENT),
        speaker=Column("str", "source by the fullest name that the document gives", ABSENT),
        speaker_kind=Column("str", "person, body, document or unnamed", "where nobody is named"),
        speaker_mention=Column("str", "the speaker as written: he, the minister", ABSENT),
        source_start=Column("Int64", "first code point of the source", ABSENT),
        source_end=Column("Int64", "one past its last code point", ABSENT),
        content_start=Column("int64", "first code point of what is attributed"),
        content_end=Column("int64", "one past its last code point; content_start if none"),
        kind=Column("str", "quote, paraphrase, or act: told by the narrator, nobody's words"),
    ).but(unique=False),
    "speaker_names": schema(
        ("document_id", "form"),
        document_id=Column("str", "the document that the row is for", "for all"),
        form=Column("str", "a name of the speaker's, without regard to case and articles"),
        speaker=Column("str", "the name to give the speaker", "the form itself"),
        group=Column("str", "group of the speaker, for instance a party", ABSENT),
    ).but(unique=False),
    "hedges": schema(
        (*PLACE, "cue_start"),
        **PLACE_COLUMNS,
        sentence=Column("int64", "sentence that the cue begins in, from 0"),
        cue=Column("str", "cue as written"),
        cue_start=Column("int64", "first code point of the cue"),
        cue_end=Column("int64", "one past the last code point of the cue"),
        kind=Column("str", "subcategory of the lexicon, or question"),
        entry=Column("str", "the lexicon's term", "for a question mark"),
        scope_start=Column("Int64", "first code point of what it reaches", "nothing"),
        scope_end=Column("Int64", "one past its last code point", ABSENT),
    ).but(unique=False),
    "counts": schema(
        (*PLACE, *CATEGORY_COLUMNS),
        **PLACE_COLUMNS,
        **CATEGORY_COLUMNS,
        **{name: SCORE_SUMS[name] for name in ("n_hits", "n_tokens")},
    ),
    "scores": schema(
        (*PLACE, *CATEGORY_COLUMNS), **PLACE_COLUMNS, **CATEGORY_COLUMNS, **SCORE_SUMS
    ).but(optional=OF_SCORES, extra_columns=True),
    "document_scores": schema(
        ("document_id", "lexicon", "category"), document_id=DOCUMENT_ID, **ROLLED_UP
    ).but(optional=OF_SCORES, extra_columns=True),
    "group_scores": schema(("lexicon", "category"), **ROLLED_UP).but(
        optional=OF_SCORES, extra_columns=True, unique=False
    ),
    "reading_report": schema(
        ("check", "document_id", "path"),
        document_id=Column("str", "the document", ABSENT),
        path=Column("str", "file that it is about", ABSENT),
        check=Column(
            "str",
            "read, skipped, changed, guessed, short, empty, duplicate, near-duplicate, untitled, "
            "unmarked, garbled or paragraphs",
        ),
        detail=Column("str", "what was found"),
        other_document_id=Column("str", "document with a lower id that it repeats", ABSENT),
        similarity=share_of("the shorter text's runs of five words in the other", ABSENT),
        words_per_stop=Column(
            "float64",
            "words for each full stop, question mark or exclamation mark behind a word",
            _NO_STOP,
        ),
        share_capitals=share_of("the letters that are capitals", _NO_MARKS),
        n_quotation_marks=Column("Int64", "quotation marks, opening and closing", _NO_MARKS),
        n_garbled=Column(
            "Int64", "leftovers of wrong decoding, as \u00e2\u20ac\u2122 or &#39;", _NO_MARKS
        ),
    ).but(unique=False),
    "dropped": schema(
        ("document_id",),
        document_id=DOCUMENT_ID,
        kept_document_id=Column("str", "the copy of its text that stays"),
        check=Column("str", "duplicate where the words are the same, else near-duplicate"),
        similarity=share_of("the shorter text's runs of five words in the other"),
    ),
    "pages": schema(
        ("document_id",),
        document_id=DOCUMENT_ID,
        file=Column("str", "file with the highlighted text, within the folder"),
    ),
    "cast": schema(
        ("document_id", "speaker"),
        document_id=DOCUMENT_ID,
        speaker=Column("str", "the fullest name that the document gives, or the description"),
        kind=Column("str", "person, body, document or unnamed"),
        forms=Column("str", "the ways in which it is written as a source, by first place"),
        n_attributions=Column("int64", "what is attributed to it"),
        n_hits=Column("Int64", "hits that it is credited with", "without hits"),
        paragraph=Column("int64", "paragraph of the first attribution"),
        start=Column("Int64", "first code point of its source there", ABSENT),
    ),
    "speakers": schema(
        ("lexicon", "category", "speaker"),
        **CATEGORY_COLUMNS,
        speaker=Column("str", "who is credited; (narrator) and (unknown) for no one named"),
        n_hits=N_HITS,
        n_quote=Column("int64", "of these, in quotation marks"),
        n_paraphrase=Column("int64", "of these, in attributed paraphrase"),
        n_hedged=Column("int64", "of these, hedged"),
        n_negated=Column("int64", "of these, negated"),
        n_documents=Column("int64", "documents with at least one of these hits"),
        share=share_of("all hits of the category"),
        share_credited=share_of("the hits credited to sources", "undefined where none is credited"),
    ).but(optional={"document_id": DOCUMENT_ID}, unique=False),
    "hedging_density": schema(
        ("lexicon", "category"),
        **CATEGORY_COLUMNS,
        n_hits=N_HITS,
        n_hedged=Column("int64", "of these, hedged"),
        n_negated=Column("int64", "of these, negated"),
        share_hedged=share_of("hits hedged", "undefined without hits"),
        share_negated=share_of("hits negated", "undefined without hits"),
        n_sentences=Column("int64", "sentences with at least one hit of the category"),
        n_hedges=Column("int64", "hedges in these sentences"),
        hedges_per_sentence=Column(
            "float64", "hedges per such sentence", "undefined without such sentences"
        ),
        n_other_sentences=Column("int64", "sentences without a hit of the category"),
        n_other_hedges=Column("int64", "hedges in those"),
        hedges_per_other_sentence=Column(
            "float64",
            "hedges per sentence without a hit of the category",
            "undefined without such sentences",
        ),
    ).but(unique=False),
    "corpus_summary": schema(
        (),
        n_rows=Column("int64", "rows of the input"),
        n_scored=Column("int64", "of these, scored"),
        n_skipped=Column("int64", "of these, listed in the table skipped"),
        n_quarantined=Column("int64", "of the skipped, those that ended their workers"),
        n_score_rows=Column("int64", "rows of paragraph scores written"),
        n_characters=Column("int64", "characters of the texts scored"),
        n_files_unread=Column("int64", "files that could not be read"),
        n_parts=Column("int64", "parts of the output"),
        n_parts_before=Column("int64", "of these, there before this run"),
        seconds=Column("float64", "how long this run took"),
    ).but(unique=False),
    "overlaps": schema(
        (*PLACE, *SPAN_COLUMNS, "lexicon_a", "category_a", "lexicon_b", "category_b"),
        **PLACE_COLUMNS,
        start=Column("int64", "first code point that both hits cover"),
        end=Column("int64", "one past the last code point that both hits cover"),
        surface_a=Column("str", "words of the first hit"),
        surface_b=Column("str", "words of the second hit"),
        lexicon_a=LEXICON,
        category_a=CATEGORY,
        entry_a=Column("str", "term of the first hit"),
        lexicon_b=LEXICON,
        category_b=CATEGORY,
        entry_b=Column("str", "term of the second hit"),
    ),
    "entries": schema(
        ("lexicon", "category", "subcategory", "entry"),
        **CATEGORY_COLUMNS,
        subcategory=SUBCATEGORY,
        entry=Column("str", "the lexicon's term"),
        n_hits=Column("int64", "hits counted"),
        n_blocked=Column("int64", "hits that an exclusion vetoed"),
        n_documents=Column("int64", "documents with at least one counted hit"),
        share=share_of("the category's counted hits", "undefined without hits"),
        surfaces=Column("str", "what was matched, most frequent first"),
    ),
    "problems": schema(
        ("line", "term"),
        line=Column("Int64", "line of the lexicon file", "made in Python"),
        category=CATEGORY,
        term=Column("str", "term as written"),
        problem=Column("str", "what is wrong with it, and how to correct it"),
    ).but(unique=False),
    "losses": schema(
        ("line", "category", "term", "what"),
        line=Column("Int64", "line of the dictionary file", "undefined where none"),
        category=Column("str", "category it stood in", ABSENT),
        term=Column("str", "term or line as written", ABSENT),
        what=Column(
            "str",
            "what was lost or changed: unsupported, weight, repeated term, undefined category, "
            "encoding and the like",
        ),
        reason=Column("str", "why, and what became of it"),
    ).but(unique=False),
    "contexts": schema(
        (*PLACE, *SPAN_COLUMNS, *CATEGORY_COLUMNS, "entry"),
        **PLACE_COLUMNS,
        **SPAN_COLUMNS,
        left=Column("str", "words before the hit"),
        keyword=Column("str", "the words of the hit as written"),
        right=Column("str", "words after the hit"),
        **CATEGORY_COLUMNS,
        entry=ENTRY,
        **{name: IN_CONTEXT[name] for name in ("voice", "speaker", "certainty", "blocked_by")},
    ),
    "lint": schema(
        ("category", "term", "check", "other"),
        category=CATEGORY,
        subcategory=SUBCATEGORY,
        term=Column("str", "term as written"),
        check=Column(
            "str",
            "unmatchable, duplicate, swallowed, always excluded, idle exclusion, or catches "
            "other words",
        ),
        other=Column("str", "the other term, or the words caught", ABSENT),
        problem=Column("str", "what is wrong, and how to correct it"),
    ).but(unique=False),
    "mixed_script": schema(
        (*PLACE, "start"),
        **PLACE_COLUMNS,
        **SPAN_COLUMNS,
        surface=Column("str", "the word as written"),
        scripts=Column("str", "the scripts its letters come from"),
    ),
    **COMPARISON_TABLES,
    **CURATION_TABLES,
    **EXPLORATION_TABLES,
    **VALIDATION_TABLES,
}
