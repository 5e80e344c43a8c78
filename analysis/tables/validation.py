"""Tables of human codes and of what they say of coders and lexica: columns, dtypes and units."""

from collections.abc import Mapping

from analysis.tables.schema import (
    ABSENT,
    CATEGORY,
    INTERVAL_METHOD,
    PLACE,
    PLACE_COLUMNS,
    Column,
    Schema,
    bounds_of,
    interval_of,
    measure_of,
    share_of,
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
        key=tuple(PLACE),
        columns={
            **PLACE_COLUMNS,
            "text": Column("str", "the paragraph, which is all that coders see"),
            "stratum": Column("str", "part of the corpus it was drawn for; hidden from coders"),
            "probability": measure_of(
                "chance that this paragraph was drawn; its inverse is its weight"
            ),
        },
    ),
    "coding_problems": Schema(
        key=("file", "line", *PLACE, "category", "problem"),
        columns={
            "file": Column("str", "name of the file"),
            "line": Column("Int64", "row in it, the header being 1", "the file"),
            "coder": Column("str", "who coded", "unknown"),
            "document_id": Column("str", "document", "it is not about one"),
            "paragraph": Column("Int64", "its paragraph", "it is not about one"),
            "category": Column("str", "category", "it is not about one"),
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
        key=(*PLACE, "category", "coder"),
        columns={
            **PLACE_COLUMNS,
            "category": Column("str", "category that was coded, for instance a frame"),
            "coder": Column("str", "who coded"),
            "code": Column("str", "the code given", "the cell was left empty"),
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
                "agreement none",
                "undefined",
            ),
            **bounds_of("value"),
            "n_units": Column("int64", "units: paragraphs by category"),
            "n_pairable": Column("int64", "units with the codes of at least two coders"),
            "n_coders": Column("int64", "coders who gave at least one code"),
            "n_missing": Column("int64", "cells, of each unit and coder named, without a code"),
            "interval_method": INTERVAL_METHOD,
            "explanation": Column("str", "why undefined, why low, or what to look at", ABSENT),
        },
    ),
    "disagreements": Schema(
        key=(*PLACE, "category"),
        columns={
            **PLACE_COLUMNS,
            "category": Column("str", "category that was coded"),
            "codes": Column("str", "each coder and code, by coder: Ana: 1 | Ben: 0"),
            "n_codes": Column("int64", "coders who coded the unit"),
            "divergence": measure_of(
                "nominal: share of pairs of coders that differ; else their mean distance"
            ),
            "text": Column("str", "text of the paragraph", "not given"),
        },
    ),
    "gold": Schema(
        key=(*PLACE, "category"),
        columns={
            **PLACE_COLUMNS,
            "category": Column("str", "category that was coded"),
            "code": Column("str", "code of most coders", "a tie"),
            "n_coders": Column("int64", "coders who gave a code"),
            "n_agreeing": Column("int64", "of these, who gave this code"),
        },
    ),
    "validity": Schema(
        key=("category", "measure"),
        columns={
            "category": CATEGORY,
            "measure": Column("str", "precision, recall, F1, specificity or AUC"),
            "value": measure_of("the measure", "undefined"),
            **interval_of("value"),
            "score": Column("str", "what the threshold is on: n_hits, or rate per 1,000 tokens"),
            "threshold": Column("float64", "score from which a paragraph counts as positive"),
            "weighted": Column("boolean", "whether paragraphs weigh by inclusion probability"),
            "n_units": Column("int64", "paragraphs coded and decided"),
            "n_positive": Column("int64", "of these, coded positive"),
            "n_flagged": Column("int64", "of these, at or above the threshold"),
            "n_documents": Column("int64", "documents they come from"),
            "n_undecided": Column("int64", "paragraphs left out, since coders were tied or silent"),
            "explanation": Column("str", "why there is no value", ABSENT),
        },
    ),
    "validity_thresholds": Schema(
        key=("category", "threshold"),
        columns={
            "category": CATEGORY,
            "threshold": Column("float64", "score from which a paragraph counts as positive"),
            "share_flagged": share_of("paragraphs at or above it"),
            "precision": share_of("these coded positive", "undefined where none is flagged"),
            "recall": share_of(
                "positive paragraphs at or above it", "undefined where none is positive"
            ),
            "f1": measure_of(
                "harmonic mean of the two", "undefined where none is flagged or positive"
            ),
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
            "precision": measure_of(
                "n_true by n_paragraphs, weighted", "undefined without paragraphs"
            ),
            "surfaces": Column("str", "what was matched, most frequent first"),
            "contexts": Column("str", "false positives: the words around some of them"),
        },
    ),
    "validity_errors": Schema(
        key=("category", *PLACE),
        columns={
            "category": CATEGORY,
            "kind": Column("str", "false positive or missed"),
            **PLACE_COLUMNS,
            "entries": Column("str", "entries that hit it, most frequent first; empty: none"),
            "text": Column("str", "the paragraph", "not given"),
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
            "precision": measure_of("n_true by n_hits, weighted", "undefined without hits"),
            **interval_of("precision"),
        },
    ),
    "prevalence": Schema(
        key=("category",),
        columns={
            "category": CATEGORY,
            "n_paragraphs": Column("int64", "paragraphs of the corpus, or of the group"),
            "apparent": share_of("paragraphs that the lexicon flags"),
            "sensitivity": measure_of(
                "recall in the coded sample", "undefined where none is positive"
            ),
            "specificity": share_of(
                "negatives not flagged, in the sample", "undefined where none is negative"
            ),
            "corrected": share_of("positive paragraphs, corrected", "undefined"),
            **interval_of("corrected"),
            "explanation": Column("str", "why there is no value, or why it was cut off", ABSENT),
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
            "auc": measure_of("area under the curve, of folds held out", "undefined"),
            **interval_of("auc"),
            "precision": measure_of("precision at a probability of .5", "undefined"),
            "recall": measure_of("recall there", "undefined"),
            "f1": measure_of(
                "harmonic mean of the two", "undefined where none is flagged or positive"
            ),
            "explanation": Column("str", "why there is no value", ABSENT),
        },
    ),
}
