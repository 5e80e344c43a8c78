"""Every table of the package: its key, columns, dtypes and units, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """One column of a table: pandas dtype, whether it may be null, meaning and unit."""

    dtype: str
    meaning: str
    nullable: bool = False


@dataclass(frozen=True)
class Schema:
    """A table: the columns that identify a row, all its columns, and which others may join.

    `optional` columns belong to the key where they are present. With
    `extra_columns` a table also carries the user's own. Where rows are told
    apart by columns of the user's choice, `unique` is False.
    """

    key: tuple[str, ...]
    columns: dict[str, Column]
    optional: dict[str, Column] = field(default_factory=dict)
    extra_columns: bool = False
    unique: bool = True


_DOCUMENT_ID = Column("str", "identifies the document")
_PARAGRAPH = Column("int64", "number of the paragraph within its document, from 0")
_START = Column("int64", "first code point, counted from 0 in documents.text")
_END = Column("int64", "one past the last code point, counted in documents.text")
_LEXICON = Column("str", "lexicon as name@version+hash")
_CATEGORY = Column("str", "category of the lexicon, for instance a frame")
_SUBCATEGORY = Column("str", "subcategory within the category", nullable=True)

_VOICE = Column("str", "narrator, quote or paraphrase")
_CERTAINTY = Column("str", "asserted, hedged or negated")
_SPLIT = {"subcategory": _SUBCATEGORY, "voice": _VOICE, "certainty": _CERTAINTY}

_SCORE_SUMS = {
    "n_hits": Column("int64", "hits counted; blocked hits are left out"),
    "n_tokens": Column("int64", "tokens of the text scored"),
    "n_sentences": Column("int64", "sentences of the text scored"),
    "n_hit_sentences": Column("int64", "sentences that hold at least one hit"),
    "n_lexicon_hits": Column("int64", "hits of all categories of the lexicon"),
    "weighted_hits": Column("float64", "sum of the weights of the hits"),
    "rate": Column("float64", "hits per 1,000 tokens; null without tokens", nullable=True),
    "weighted_rate": Column(
        "float64", "summed weights per 1,000 tokens; null without tokens", nullable=True
    ),
    "sentence_share": Column(
        "float64", "share (0 to 1) of sentences with at least one hit", nullable=True
    ),
    "share": Column(
        "float64", "share (0 to 1) of the lexicon's hits; null without hits", nullable=True
    ),
}

_ROLLED_UP = {
    "lexicon": _LEXICON,
    "category": _CATEGORY,
    **_SCORE_SUMS,
    "n_paragraphs": Column("int64", "paragraphs with at least one token"),
    "share_paragraphs": Column(
        "float64", "share (0 to 1) of paragraphs with at least one hit", nullable=True
    ),
    "low": Column("float64", "lower bound of the rate's interval", nullable=True),
    "high": Column("float64", "upper bound of the rate's interval", nullable=True),
    "interval_method": Column("str", "how the interval was made; null without one", nullable=True),
    "n_units": Column("int64", "units rolled up: paragraphs of a document, documents of a group"),
}

TABLES: Mapping[str, Schema] = {
    "documents": Schema(
        key=("document_id",),
        columns={
            "document_id": _DOCUMENT_ID,
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
            "what": Column("str", "what was skipped or changed: file, row, value or metadata"),
            "reason": Column("str", "why, and how to mend it"),
        },
        unique=False,
    ),
    "reading_report": Schema(
        key=("check", "document_id", "path"),
        columns={
            "document_id": Column("str", "the document, if it is about one", nullable=True),
            "path": Column("str", "file that it is about", nullable=True),
            "check": Column(
                "str",
                "read, skipped, changed, guessed, short, empty, duplicate or near-duplicate",
            ),
            "detail": Column("str", "what was found"),
            "other_document_id": Column("str", "the earlier document it repeats", nullable=True),
            "similarity": Column(
                "float64",
                "share (0 to 1) of the shorter text's runs of five words in the other",
                nullable=True,
            ),
        },
        unique=False,
    ),
    "pages": Schema(
        key=("document_id",),
        columns={
            "document_id": _DOCUMENT_ID,
            "file": Column("str", "file with the highlighted text, within the folder"),
        },
    ),
    "paragraphs": Schema(
        key=("document_id", "paragraph"),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "role": Column("str", "headline, byline, lead, body or heading"),
            "start": _START,
            "end": _END,
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
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "sentence": Column("int64", "number of the sentence within its paragraph, from 0"),
            "start": _START,
            "end": _END,
        },
    ),
    "hits": Schema(
        key=("document_id", "paragraph", "start", "end", "lexicon", "category", "entry"),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "sentence": Column("int64", "sentence that the hit begins in, from 0"),
            "start": _START,
            "end": _END,
            "surface": Column("str", "the words as written: documents.text[start:end]"),
            "lexicon": _LEXICON,
            "category": _CATEGORY,
            "subcategory": _SUBCATEGORY,
            "entry": Column("str", "the lexicon's term that matched"),
            "weight": Column("float64", "weight of the entry"),
            "voice": Column(
                "str", "narrator, quote or paraphrase; null: not determined", nullable=True
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
                "str", "asserted, hedged or negated; null: not determined", nullable=True
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
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
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
            "content_end": Column("int64", "one past its last code point"),
            "kind": Column("str", "quote or paraphrase"),
        },
        unique=False,
    ),
    "hedges": Schema(
        key=("document_id", "paragraph", "cue_start"),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
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
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "lexicon": _LEXICON,
            "category": _CATEGORY,
            **{name: _SCORE_SUMS[name] for name in ("n_hits", "n_tokens")},
        },
    ),
    "scores": Schema(
        key=("document_id", "paragraph", "lexicon", "category"),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "lexicon": _LEXICON,
            "category": _CATEGORY,
            **_SCORE_SUMS,
        },
        optional=_SPLIT,
        extra_columns=True,
    ),
    "document_scores": Schema(
        key=("document_id", "lexicon", "category"),
        columns={"document_id": _DOCUMENT_ID, **_ROLLED_UP},
        optional=_SPLIT,
        extra_columns=True,
    ),
    "group_scores": Schema(
        key=("lexicon", "category"),
        columns=_ROLLED_UP,
        optional=_SPLIT,
        extra_columns=True,
        unique=False,
    ),
    "contrasts": Schema(
        key=("lexicon", "category", "group_a", "group_b"),
        columns={
            "lexicon": _LEXICON,
            "category": _CATEGORY,
            "group_a": Column("str", "one group, or document"),
            "group_b": Column("str", "the other"),
            "rate_a": Column("float64", "hits per 1,000 tokens of group a", nullable=True),
            "rate_b": Column("float64", "hits per 1,000 tokens of group b", nullable=True),
            "difference": Column("float64", "rate_a less rate_b", nullable=True),
            "low": Column("float64", "lower bound of the difference", nullable=True),
            "high": Column("float64", "upper bound of the difference", nullable=True),
            "ratio": Column("float64", "rate_a by rate_b; null where rate_b is 0", nullable=True),
            "ratio_low": Column("float64", "lower bound of the ratio", nullable=True),
            "ratio_high": Column("float64", "upper bound of the ratio", nullable=True),
            "interval_method": Column("str", "how the bounds were made, or why there are none"),
            "cliffs_delta": Column(
                "float64",
                "-1 to 1: how much oftener a unit of a has a higher rate than one of b",
                nullable=True,
            ),
            "p": Column("float64", "two-sided p-value of the permutation test", nullable=True),
            "p_adjusted": Column("float64", "p adjusted for the family of tests", nullable=True),
            "adjustment": Column("str", "method of adjustment"),
            "family_size": Column("int64", "tests in the family"),
            "smallest_p": Column("float64", "smallest p the test could give", nullable=True),
            "p_method": Column("str", "how p was made, or why there is none"),
            "unit": Column("str", "what was resampled and exchanged: document or paragraph"),
            "n_units_a": Column("int64", "units of group a"),
            "n_units_b": Column("int64", "units of group b"),
        },
        optional=_SPLIT,
        unique=False,
    ),
    "speakers": Schema(
        key=("lexicon", "category", "speaker"),
        columns={
            "lexicon": _LEXICON,
            "category": _CATEGORY,
            "speaker": Column("str", "who is credited; (narrator) and (unknown) for no one named"),
            "n_hits": Column("int64", "hits counted; blocked hits are left out"),
            "n_quote": Column("int64", "of these, in quotation marks"),
            "n_paraphrase": Column("int64", "of these, in attributed paraphrase"),
            "n_hedged": Column("int64", "of these, hedged"),
            "n_negated": Column("int64", "of these, negated"),
            "n_documents": Column("int64", "documents with at least one of these hits"),
            "share": Column("float64", "share (0 to 1) of all hits of the category"),
            "share_credited": Column(
                "float64", "share (0 to 1) of the hits credited to sources", nullable=True
            ),
        },
        optional={"document_id": _DOCUMENT_ID},
    ),
    "hedging_density": Schema(
        key=("lexicon", "category"),
        columns={
            "lexicon": _LEXICON,
            "category": _CATEGORY,
            "n_hits": Column("int64", "hits counted; blocked hits are left out"),
            "n_hedged": Column("int64", "of these, hedged"),
            "n_negated": Column("int64", "of these, negated"),
            "share_hedged": Column("float64", "share (0 to 1) of hits hedged", nullable=True),
            "share_negated": Column("float64", "share (0 to 1) of hits negated", nullable=True),
            "n_sentences": Column("int64", "sentences with at least one hit of the category"),
            "n_hedges": Column("int64", "hedges in these sentences"),
            "hedges_per_sentence": Column("float64", "hedges per such sentence", nullable=True),
            "n_other_sentences": Column("int64", "sentences without a hit of the category"),
            "n_other_hedges": Column("int64", "hedges in those"),
            "hedges_per_other_sentence": Column(
                "float64", "hedges per sentence without a hit of the category", nullable=True
            ),
        },
    ),
    "overlaps": Schema(
        key=(
            *("document_id", "paragraph", "start", "end"),
            *("lexicon_a", "category_a", "lexicon_b", "category_b"),
        ),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "start": Column("int64", "first code point that both hits cover"),
            "end": Column("int64", "one past the last code point that both hits cover"),
            "surface_a": Column("str", "words of the first hit"),
            "surface_b": Column("str", "words of the second hit"),
            "lexicon_a": _LEXICON,
            "category_a": _CATEGORY,
            "entry_a": Column("str", "term of the first hit"),
            "lexicon_b": _LEXICON,
            "category_b": _CATEGORY,
            "entry_b": Column("str", "term of the second hit"),
        },
    ),
    "entries": Schema(
        key=("lexicon", "category", "subcategory", "entry"),
        columns={
            "lexicon": _LEXICON,
            "category": _CATEGORY,
            "subcategory": _SUBCATEGORY,
            "entry": Column("str", "the lexicon's term"),
            "n_hits": Column("int64", "hits counted"),
            "n_blocked": Column("int64", "hits that an exclusion vetoed"),
            "n_documents": Column("int64", "documents with at least one counted hit"),
            "share": Column(
                "float64", "share (0 to 1) of the category's counted hits", nullable=True
            ),
            "surfaces": Column("str", "what was matched, most frequent first"),
        },
    ),
    "problems": Schema(
        key=("line", "term"),
        columns={
            "line": Column("Int64", "line of the lexicon file; null if made in Python", True),
            "category": _CATEGORY,
            "term": Column("str", "term as written"),
            "problem": Column("str", "what is wrong with it, and how to mend it"),
        },
        unique=False,
    ),
    "losses": Schema(
        key=("line", "category", "term", "what"),
        columns={
            "line": Column("Int64", "line of the dictionary file; null where none", nullable=True),
            "category": Column("str", "category it stood in, if any", nullable=True),
            "term": Column("str", "term or line as written, if any", nullable=True),
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
        key=("document_id", "paragraph", "start", "end", "lexicon", "category", "entry"),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "start": _START,
            "end": _END,
            "left": Column("str", "words before the hit"),
            "keyword": Column("str", "the words of the hit as written"),
            "right": Column("str", "words after the hit"),
            "lexicon": _LEXICON,
            "category": _CATEGORY,
            "entry": Column("str", "the lexicon's term that matched"),
            "voice": Column(
                "str", "narrator, quote or paraphrase; null: not determined", nullable=True
            ),
            "speaker": Column("str", "who is quoted or credited, if known", nullable=True),
            "certainty": Column(
                "str", "asserted, hedged or negated; null: not determined", nullable=True
            ),
            "blocked_by": Column("str", "what vetoed the hit; null: it counts", nullable=True),
        },
    ),
    "coverage": Schema(
        key=("lexicon", "category", "subcategory", "entry"),
        columns={
            "lexicon": _LEXICON,
            "category": _CATEGORY,
            "subcategory": _SUBCATEGORY,
            "entry": Column("str", "the lexicon's term"),
            "status": Column("str", "carries, fires, blocked or silent"),
            "n_hits": Column("int64", "hits counted"),
            "n_blocked": Column("int64", "hits that an exclusion or a longer entry vetoed"),
            "n_documents": Column("int64", "documents with at least one counted hit"),
            "share": Column(
                "float64", "share (0 to 1) of the category's counted hits", nullable=True
            ),
            "cumulative_share": Column(
                "float64", "share of this entry and all more frequent ones", nullable=True
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
            "category": _CATEGORY,
            "term": Column("str", "word or phrase, folded, that the category does not find"),
            "n_occurrences": Column("int64", "occurrences in the corpus"),
            "n_documents": Column("int64", "documents that hold it"),
            "n_with_category": Column("int64", "sentences that hold it and a hit of the category"),
            "log_odds": Column(
                "float64", "log-odds of the term in sentences with the category, against the rest"
            ),
            "z": Column("float64", "log-odds by their standard deviation"),
            "similarity": Column(
                "float64", "cosine (0 to 1) of its neighbours and those of the category's hits"
            ),
            "in_categories": Column("str", "other categories of the lexicon that find it"),
            "new_hits": Column("int64", "hits the category would gain"),
            "share_paragraphs": Column("float64", "share of paragraphs with the category now"),
            "share_paragraphs_with": Column("float64", "the same with the term added"),
            "contexts": Column("str", "some occurrences with the words around them"),
        },
    ),
    "lint": Schema(
        key=("category", "term", "check", "other"),
        columns={
            "category": _CATEGORY,
            "subcategory": _SUBCATEGORY,
            "term": Column("str", "term as written"),
            "check": Column(
                "str",
                "unmatchable, duplicate, swallowed, always excluded, idle exclusion, or catches "
                "other words",
            ),
            "other": Column("str", "the other term, or the words caught", nullable=True),
            "problem": Column("str", "what is wrong, and how to mend it"),
        },
        unique=False,
    ),
    "mixed_script": Schema(
        key=("document_id", "paragraph", "start"),
        columns={
            "document_id": _DOCUMENT_ID,
            "paragraph": _PARAGRAPH,
            "start": _START,
            "end": _END,
            "surface": Column("str", "the word as written"),
            "scripts": Column("str", "the scripts its letters come from"),
        },
    ),
}
