"""Tables of human codes and of what they say of coders and lexica: columns, dtypes and units."""

from collections.abc import Mapping

from analysis.tables.schema import (
    CATEGORY,
    DOCUMENT_ID,
    PARAGRAPH,
    Column,
    Schema,
)

VALIDATION_TABLES: Mapping[str, Schema] = {
    "codebook": Schema(
        key=("category", "code"),
        columns={
            "category": Column("str", "category to code, for instance a frame"),
            "definition": Column("str", "what belongs to it; the same in all rows of a category"),
            "code": Column("str", "a code that a coder may give"),
            "meaning": Column("str", "what the code means"),
        },
    ),
    "coding_sheet": Schema(
        key=("document_id", "paragraph"),
        columns={
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "text": Column("str", "the paragraph, which is all that coders see"),
            "stratum": Column("str", "part of the corpus it was drawn for; hidden from coders"),
            "probability": Column(
                "float64",
                "chance (0 to 1) that this paragraph was drawn; its inverse is its weight",
            ),
        },
    ),
    "coding_problems": Schema(
        key=("file", "line", "document_id", "paragraph", "category", "problem"),
        columns={
            "file": Column("str", "name of the file"),
            "line": Column("Int64", "row in it, the header being 1; null: the file", nullable=True),
            "coder": Column("str", "who coded; null if unknown", nullable=True),
            "document_id": Column("str", "document; null if it is not about one", nullable=True),
            "paragraph": Column("Int64", "its paragraph; null if not about one", nullable=True),
            "category": Column("str", "category; null if not about one", nullable=True),
            "problem": Column(
                "str",
                "unreadable file, malformed row, unknown column, unnamed coder, unknown paragraph, "
                "changed text, duplicated row, missing row, missing code or unknown code",
            ),
            "explanation": Column("str", "what was wrong, what became of it, and the mend"),
        },
        unique=False,
    ),
    "codes": Schema(
        key=("document_id", "paragraph", "category", "coder"),
        columns={
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "category": Column("str", "category that was coded, for instance a frame"),
            "coder": Column("str", "who coded"),
            "code": Column("str", "the code given; null: the cell was left empty", nullable=True),
        },
    ),
    "agreement": Schema(
        key=("category", "measure"),
        columns={
            "category": Column("str", "category that was coded; (all): all of them, pooled"),
            "measure": Column("str", "name of the measure"),
            "level": Column("str", "level of measurement at which it takes the codes"),
            "value": Column(
                "float64",
                "the measure: 1 is full agreement; 0 for coefficients that of chance, for percent "
                "agreement none (a share, 0 to 1); null: undefined",
                nullable=True,
            ),
            "low": Column("float64", "lower bound of the value", nullable=True),
            "high": Column("float64", "upper bound of the value", nullable=True),
            "n_units": Column("int64", "units: paragraphs by category"),
            "n_pairable": Column("int64", "units with the codes of at least two coders"),
            "n_coders": Column("int64", "coders who gave at least one code"),
            "n_missing": Column("int64", "cells, of each unit and coder named, without a code"),
            "interval_method": Column("str", "how the bounds were made, or why there are none"),
            "explanation": Column(
                "str", "why undefined, why low, or what to look at", nullable=True
            ),
        },
    ),
    "disagreements": Schema(
        key=("document_id", "paragraph", "category"),
        columns={
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "category": Column("str", "category that was coded"),
            "codes": Column("str", "each coder and code, by coder: Ana: 1 | Ben: 0"),
            "n_codes": Column("int64", "coders who coded the unit"),
            "divergence": Column(
                "float64",
                "nominal: share (0 to 1) of pairs of coders that differ; else their mean distance",
            ),
            "text": Column("str", "text of the paragraph; null if not given", nullable=True),
        },
    ),
    "gold": Schema(
        key=("document_id", "paragraph", "category"),
        columns={
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "category": Column("str", "category that was coded"),
            "code": Column("str", "code of most coders; null: a tie", nullable=True),
            "n_coders": Column("int64", "coders who gave a code"),
            "n_agreeing": Column("int64", "of these, who gave this code"),
        },
    ),
    "validity": Schema(
        key=("category", "measure"),
        columns={
            "category": CATEGORY,
            "measure": Column("str", "precision, recall, F1, specificity or AUC"),
            "value": Column("float64", "the measure (0 to 1); null: undefined", nullable=True),
            "low": Column("float64", "lower bound of the value", nullable=True),
            "high": Column("float64", "upper bound of the value", nullable=True),
            "interval_method": Column("str", "how the bounds were made, or why there are none"),
            "score": Column("str", "what the threshold is on: n_hits, or rate per 1,000 tokens"),
            "threshold": Column("float64", "score from which a paragraph counts as positive"),
            "weighted": Column("boolean", "whether paragraphs weigh by inclusion probability"),
            "n_units": Column("int64", "paragraphs coded and decided"),
            "n_positive": Column("int64", "of these, coded positive"),
            "n_flagged": Column("int64", "of these, at or above the threshold"),
            "n_documents": Column("int64", "documents they come from"),
            "n_undecided": Column("int64", "paragraphs left out, since coders were tied or silent"),
            "explanation": Column("str", "why the value is null; else null", nullable=True),
        },
    ),
    "validity_thresholds": Schema(
        key=("category", "threshold"),
        columns={
            "category": CATEGORY,
            "threshold": Column("float64", "score from which a paragraph counts as positive"),
            "share_flagged": Column("float64", "share (0 to 1) of paragraphs at or above it"),
            "precision": Column("float64", "share (0 to 1) of these coded positive", nullable=True),
            "recall": Column(
                "float64", "share (0 to 1) of positive paragraphs at or above it", nullable=True
            ),
            "f1": Column("float64", "harmonic mean of the two", nullable=True),
            "best": Column("boolean", "whether F1 is highest here, the lowest of equals"),
        },
    ),
    "validity_entries": Schema(
        key=("category", "entry"),
        columns={
            "category": CATEGORY,
            "entry": Column("str", "the lexicon's term"),
            "n_paragraphs": Column("int64", "coded paragraphs it hits, at or above the threshold"),
            "n_true": Column("int64", "of these, coded positive"),
            "n_false": Column("int64", "of these, coded negative"),
            "n_false_alone": Column("int64", "of these, hit by no other entry of the category"),
            "n_true_alone": Column("int64", "positive paragraphs that no other entry hits"),
            "precision": Column("float64", "n_true by n_paragraphs, weighted", nullable=True),
            "surfaces": Column("str", "what was matched, most frequent first"),
            "contexts": Column("str", "false positives: the words around some of them"),
        },
    ),
    "validity_errors": Schema(
        key=("category", "document_id", "paragraph"),
        columns={
            "category": CATEGORY,
            "kind": Column("str", "false positive or missed"),
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "entries": Column("str", "entries that hit it, most frequent first; empty: none"),
            "text": Column("str", "the paragraph; null if not given", nullable=True),
        },
    ),
    "validity_contexts": Schema(
        key=("category", "voice", "certainty"),
        columns={
            "category": CATEGORY,
            "voice": Column("str", "narrator, quote or paraphrase; (all): all of them"),
            "certainty": Column("str", "asserted, hedged or negated; (all): all of them"),
            "n_hits": Column("int64", "hits in coded paragraphs"),
            "n_true": Column("int64", "of these, in paragraphs coded positive"),
            "precision": Column("float64", "n_true by n_hits, weighted", nullable=True),
            "low": Column("float64", "lower bound of the precision", nullable=True),
            "high": Column("float64", "upper bound of the precision", nullable=True),
            "interval_method": Column("str", "how the bounds were made, or why there are none"),
        },
    ),
    "prevalence": Schema(
        key=("category",),
        columns={
            "category": CATEGORY,
            "n_paragraphs": Column("int64", "paragraphs of the corpus, or of the group"),
            "apparent": Column("float64", "share (0 to 1) that the lexicon flags"),
            "sensitivity": Column("float64", "recall in the coded sample", nullable=True),
            "specificity": Column(
                "float64", "share of negatives not flagged, in the sample", nullable=True
            ),
            "corrected": Column(
                "float64", "share (0 to 1) of positive paragraphs, corrected", nullable=True
            ),
            "low": Column("float64", "lower bound of the corrected share", nullable=True),
            "high": Column("float64", "upper bound of the corrected share", nullable=True),
            "interval_method": Column("str", "how the bounds were made, or why there are none"),
            "explanation": Column("str", "why it is null or cut off; else null", nullable=True),
        },
        unique=False,
    ),
    "supervised": Schema(
        key=("category",),
        columns={
            "category": CATEGORY,
            "n_units": Column("int64", "paragraphs coded and decided"),
            "n_positive": Column("int64", "of these, coded positive"),
            "n_documents": Column("int64", "documents they come from"),
            "n_folds": Column("int64", "folds of the cross-validation"),
            "auc": Column("float64", "area under the curve (0 to 1), of folds held out", True),
            "low": Column("float64", "lower bound of the area", nullable=True),
            "high": Column("float64", "upper bound of the area", nullable=True),
            "interval_method": Column("str", "how the bounds were made, or why there are none"),
            "precision": Column("float64", "precision (0 to 1) at a probability of .5", True),
            "recall": Column("float64", "recall (0 to 1) there", nullable=True),
            "f1": Column("float64", "harmonic mean of the two", nullable=True),
            "explanation": Column("str", "why there is no value; else null", nullable=True),
        },
    ),
}
