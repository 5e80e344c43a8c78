"""Tables of comparisons, explorations and human codes: columns, dtypes and units."""

from collections.abc import Mapping

from analysis.columns import (
    CATEGORY,
    DOCUMENT_ID,
    LEXICON,
    PARAGRAPH,
    SPLIT,
    SUBCATEGORY,
    Column,
    Schema,
)

COMPARISON_TABLES: Mapping[str, Schema] = {
    "leave_one_out": Schema(
        key=("category", "term"),
        columns={
            "category": CATEGORY,
            "term": Column("str", "the entry left out"),
            "group_a": Column("str", "one group"),
            "group_b": Column("str", "the other"),
            "n_a": Column("int64", "its hits in group a"),
            "n_b": Column("int64", "its hits in group b"),
            "difference": Column("float64", "hits per 1,000 tokens, a less b, of all entries"),
            "difference_without": Column("float64", "the same without the entry"),
            "change": Column("float64", "difference_without less difference"),
            "low": Column("float64", "lower bound of difference_without", nullable=True),
            "high": Column("float64", "upper bound of difference_without", nullable=True),
            "interval_method": Column("str", "how the bounds were made, or why there are none"),
            "sign_kept": Column("boolean", "whether the same group stays ahead"),
        },
    ),
    "multiverse": Schema(
        key=("specification",),
        columns={
            "specification": Column("int64", "number, from 1; the first is the usual one"),
            "normalisation": Column("str", "what is divided by what"),
            "aggregation": Column("str", "ratio of sums, or mean of documents"),
            "entries": Column("str", "all, or what was left out"),
            "voice": Column("str", "all, or the voice that counts"),
            "certainty": Column("str", "all, or the certainty that counts"),
            "group_a": Column("str", "one group"),
            "group_b": Column("str", "the other"),
            "value_a": Column("float64", "value of group a, as normalised", nullable=True),
            "value_b": Column("float64", "value of group b", nullable=True),
            "difference": Column("float64", "value_a less value_b", nullable=True),
            "relative_difference": Column(
                "float64", "-1 to 1: difference by the sum of the two", nullable=True
            ),
            "low": Column("float64", "lower bound of relative_difference", nullable=True),
            "high": Column("float64", "upper bound of relative_difference", nullable=True),
            "interval_method": Column("str", "how the bounds were made, or why there are none"),
            "same_sign": Column(
                "boolean", "whether the same group is ahead as in the first", nullable=True
            ),
            "n_units_a": Column("int64", "units of group a"),
            "n_units_b": Column("int64", "units of group b"),
        },
    ),
    "length_effect": Schema(
        key=("lexicon", "category", "unit", "third"),
        columns={
            "lexicon": LEXICON,
            "category": CATEGORY,
            "unit": Column("str", "document or paragraph"),
            "third": Column("str", "shortest, middle or longest third of the units"),
            "tokens_from": Column("int64", "tokens of its shortest unit"),
            "tokens_to": Column("int64", "tokens of its longest unit"),
            "n_units": Column("int64", "units of the third"),
            "n_hits": Column("int64", "hits counted in them"),
            "n_tokens": Column("int64", "their tokens"),
            "rate": Column("float64", "hits per 1,000 tokens"),
            "low": Column("float64", "lower bound of the rate", nullable=True),
            "high": Column("float64", "upper bound of the rate", nullable=True),
            "interval_method": Column("str", "how the bounds were made, or why there are none"),
            "rho": Column(
                "float64", "Spearman's correlation of tokens and rate, all thirds", nullable=True
            ),
            "rho_low": Column("float64", "lower bound of rho", nullable=True),
            "rho_high": Column("float64", "upper bound of rho", nullable=True),
        },
        optional=SPLIT,
    ),
    "contrasts": Schema(
        key=("lexicon", "category", "group_a", "group_b"),
        columns={
            "lexicon": LEXICON,
            "category": CATEGORY,
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
        optional=SPLIT,
        unique=False,
    ),
    "keyness": Schema(
        key=("term",),
        columns={
            "term": Column("str", "word, folded"),
            "n_target": Column("int64", "occurrences in the target"),
            "n_reference": Column("int64", "occurrences in the reference"),
            "rate_target": Column("float64", "per 1,000 words of the target"),
            "rate_reference": Column("float64", "per 1,000 words of the reference"),
            "keyness": Column("float64", "signed measure; negative: typical of the reference"),
            "p": Column(
                "float64", "upper tail of chi-squared with 1 degree of freedom; exact for Fisher"
            ),
            "measure": Column("str", "G2, G2 two-term, chi2 or Fisher (log of the odds ratio)"),
            "correction": Column("str", "none, Yates or Williams"),
        },
    ),
    "log_odds": Schema(
        key=("term",),
        columns={
            "term": Column("str", "word, folded"),
            "n_target": Column("int64", "occurrences in the target"),
            "n_reference": Column("int64", "occurrences in the reference"),
            "log_odds": Column("float64", "log-odds ratio with a Dirichlet prior"),
            "z": Column("float64", "log-odds ratio by its standard deviation"),
            "one_sided": Column("boolean", "whether only one of the two uses it"),
            "variance": Column("str", "two-term or four-term"),
        },
    ),
    "word_shift": Schema(
        key=("category", "term"),
        columns={
            "category": CATEGORY,
            "term": Column("str", "entry, or word as written in lower case"),
            "group_a": Column("str", "one group"),
            "group_b": Column("str", "the other"),
            "n_a": Column("int64", "hits in group a"),
            "n_b": Column("int64", "hits in group b"),
            "rate_a": Column("float64", "hits per 1,000 tokens of group a", nullable=True),
            "rate_b": Column("float64", "hits per 1,000 tokens of group b", nullable=True),
            "contribution": Column("float64", "rate_a less rate_b", nullable=True),
            "share": Column("float64", "share of the whole difference", nullable=True),
        },
    ),
    "similarities": Schema(
        key=("group_a", "group_b"),
        columns={
            "group_a": Column("str", "one document, or group"),
            "group_b": Column("str", "the other"),
            "similarity": Column(
                "float64", "0 to 1; null where one has no words or hits", nullable=True
            ),
            "measure": Column("str", "words or frames"),
            "n_a": Column("int64", "words, or hits, of the one"),
            "n_b": Column("int64", "words, or hits, of the other"),
        },
    ),
    "clusters": Schema(
        key=("group",),
        columns={
            "group": Column("str", "the document, or group, in the order of the tree's leaves"),
            "cluster": Column(
                "Int64", "number of its cluster, from 1; null without words or hits", nullable=True
            ),
            "silhouette": Column(
                "float64",
                "-1 to 1: how much nearer its own cluster is than the next",
                nullable=True,
            ),
        },
    ),
    "merges": Schema(
        key=("merge",),
        columns={
            "merge": Column("int64", "number of the merge, from the number of leaves up"),
            "left": Column("int64", "what was merged: the place of a leaf, or an earlier merge"),
            "right": Column("int64", "the other"),
            "distance": Column("float64", "1 less the similarity at which they merge"),
            "n_members": Column("int64", "leaves below"),
        },
    ),
    "trends": Schema(
        key=("period", "lexicon", "category"),
        columns={
            "period": Column("str", "2014-03 and the like; (missing) without a date"),
            "begin": Column("datetime64", "first day of the period", nullable=True),
            "lexicon": LEXICON,
            "category": CATEGORY,
            "n_documents": Column("int64", "documents of the period; 0 is a gap"),
            "n_hits": Column("int64", "hits counted"),
            "n_tokens": Column("int64", "tokens of these documents"),
            "rate": Column("float64", "hits per 1,000 tokens; null without any", nullable=True),
            "low": Column("float64", "lower bound of the rate's interval", nullable=True),
            "high": Column("float64", "upper bound of the rate's interval", nullable=True),
            "interval_method": Column("str", "how the bounds were made, or why there are none"),
        },
        optional=SPLIT,
        extra_columns=False,
        unique=False,
    ),
    "cooccurrences": Schema(
        key=("lexicon_a", "category_a", "lexicon_b", "category_b"),
        columns={
            "lexicon_a": LEXICON,
            "category_a": CATEGORY,
            "lexicon_b": LEXICON,
            "category_b": CATEGORY,
            "within": Column("str", "sentence or paragraph"),
            "n_units": Column("int64", "sentences or paragraphs in all"),
            "n_a": Column("int64", "of these, with the first category"),
            "n_b": Column("int64", "of these, with the second"),
            "n_both": Column("int64", "of these, with both"),
            "n_same_words": Column("int64", "of n_both, where hits of the two overlap"),
            "expected": Column(
                "float64", "n_both by chance, were units exchanged within each document"
            ),
            "lift": Column("float64", "n_both by expected; null where none", nullable=True),
            "low": Column("float64", "lower bound of the lift", nullable=True),
            "high": Column("float64", "upper bound of the lift", nullable=True),
            "interval_method": Column("str", "how the bounds were made, or why there are none"),
            "p": Column("float64", "two-sided exact p-value, given each document's counts"),
            "p_adjusted": Column("float64", "p adjusted for the family of tests"),
            "adjustment": Column("str", "method of adjustment"),
            "family_size": Column("int64", "tests in the family"),
        },
    ),
    "topic_terms": Schema(
        key=("topic", "term"),
        columns={
            "topic": Column("int64", "number of the topic, from 1, the most frequent first"),
            "label": Column("str", "its strongest terms"),
            "rank": Column("int64", "place of the term in the topic, from 1"),
            "term": Column("str", "word, folded"),
            "weight": Column("float64", "share (0 to 1) of the topic's weight"),
        },
    ),
    "topic_weights": Schema(
        key=("document_id", "paragraph", "topic"),
        columns={
            "document_id": DOCUMENT_ID,
            "paragraph": PARAGRAPH,
            "topic": Column("int64", "number of the topic, from 1"),
            "label": Column("str", "its strongest terms"),
            "weight": Column("float64", "share (0 to 1) of the paragraph that is the topic's"),
        },
    ),
    "topic_frames": Schema(
        key=("topic", "lexicon", "category"),
        columns={
            "topic": Column("int64", "number of the topic, from 1"),
            "label": Column("str", "its strongest terms"),
            "lexicon": LEXICON,
            "category": CATEGORY,
            "n_hits": Column("float64", "hits, each by the topic's share of its paragraph"),
            "n_tokens": Column("float64", "tokens, likewise"),
            "n_documents": Column("int64", "documents with some of the topic"),
            "rate": Column("float64", "hits per 1,000 tokens of the topic", nullable=True),
            "low": Column("float64", "lower bound of the rate's interval", nullable=True),
            "high": Column("float64", "upper bound of the rate's interval", nullable=True),
            "interval_method": Column("str", "how the bounds were made, or why there are none"),
            "share": Column("float64", "share (0 to 1) of all the category's hits", nullable=True),
        },
        optional={"subcategory": SUBCATEGORY},
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
}
