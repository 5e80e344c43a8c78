"""Tables of comparisons and explorations: columns, dtypes and units."""

from collections.abc import Mapping

from analysis.tables.schema import (
    ABSENT,
    CATEGORY,
    CATEGORY_COLUMNS,
    GROUPS,
    INTERVAL_METHOD,
    LEXICON,
    PLACE,
    PLACE_COLUMNS,
    SPLIT,
    SUBCATEGORY,
    Column,
    Schema,
    bounds_of,
    interval_of,
    measure_of,
    rate_of,
    share_of,
)

_TOPIC = {
    "topic": Column("int64", "number of the topic, from 1"),
    "label": Column("str", "its strongest terms"),
}

COMPARISON_TABLES: Mapping[str, Schema] = {
    "leave_one_out": Schema(
        key=("category", "term"),
        columns={
            "category": CATEGORY,
            "term": Column("str", "the entry left out"),
            **GROUPS,
            "n_a": Column("int64", "its hits in group a"),
            "n_b": Column("int64", "its hits in group b"),
            "difference": rate_of("hits, a less b, of all entries"),
            "difference_without": rate_of("the same without the entry"),
            "change": rate_of("difference_without less difference"),
            **interval_of("difference_without"),
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
            **GROUPS,
            "value_a": Column(
                "float64",
                "value of group a, as normalised",
                "undefined where there is nothing to divide by",
            ),
            "value_b": Column(
                "float64", "value of group b", "undefined where there is nothing to divide by"
            ),
            "difference": Column("float64", "value_a less value_b", "undefined where a value is"),
            "relative_difference": measure_of(
                "difference by the sum of the two", "undefined where the sum is 0", unit="-1 to 1"
            ),
            **interval_of("relative_difference"),
            "same_sign": Column(
                "boolean",
                "whether the same group is ahead as in the first",
                "undefined where the difference is",
            ),
            "n_units_a": Column("int64", "units of group a"),
            "n_units_b": Column("int64", "units of group b"),
        },
    ),
    "length_effect": Schema(
        key=("lexicon", "category", "unit", "third"),
        columns={
            **CATEGORY_COLUMNS,
            "unit": Column("str", "document or paragraph"),
            "third": Column("str", "shortest, middle or longest third of the units"),
            "tokens_from": Column("int64", "tokens of its shortest unit"),
            "tokens_to": Column("int64", "tokens of its longest unit"),
            "n_units": Column("int64", "units of the third"),
            "n_hits": Column("int64", "hits counted in them"),
            "n_tokens": Column("int64", "their tokens"),
            "rate": rate_of("hits"),
            **interval_of("rate"),
            "rho": Column(
                "float64",
                "Spearman's correlation of tokens and rate, all thirds",
                "undefined where either does not vary",
            ),
            **bounds_of("rho", "rho_"),
        },
        optional=SPLIT,
    ),
    "contrasts": Schema(
        key=("lexicon", "category", "group_a", "group_b"),
        columns={
            **CATEGORY_COLUMNS,
            "group_a": Column("str", "one group, or document"),
            "group_b": Column("str", "the other"),
            "rate_a": rate_of("hits of group a", "undefined without tokens"),
            "rate_b": rate_of("hits of group b", "undefined without tokens"),
            "difference": rate_of("rate_a less rate_b", "undefined without tokens"),
            **bounds_of("difference"),
            "ratio": Column("float64", "rate_a by rate_b", "undefined where rate b is 0"),
            **bounds_of("ratio", "ratio_"),
            "interval_method": INTERVAL_METHOD,
            "cliffs_delta": measure_of(
                "how much oftener a unit of a has a higher rate than one of b",
                "undefined without units in both groups",
                unit="-1 to 1",
            ),
            "p": Column("float64", "two-sided p-value of the permutation test", "no test was made"),
            "p_adjusted": Column(
                "float64", "p adjusted for the family of tests", "no test was made"
            ),
            "adjustment": Column("str", "method of adjustment"),
            "family_size": Column("int64", "tests in the family"),
            "smallest_p": Column("float64", "smallest p the test could give", "no test was made"),
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
            "rate_target": rate_of("occurrences in the target", of="words"),
            "rate_reference": rate_of("occurrences in the reference", of="words"),
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
            **GROUPS,
            "n_a": Column("int64", "hits in group a"),
            "n_b": Column("int64", "hits in group b"),
            "rate_a": rate_of("hits of group a", "undefined without tokens"),
            "rate_b": rate_of("hits of group b", "undefined without tokens"),
            "contribution": rate_of("rate_a less rate_b", "undefined without tokens"),
            "share": Column(
                "float64",
                "contribution by that of all",
                "undefined where there is no difference",
                "of the whole difference",
            ),
        },
    ),
    "similarities": Schema(
        key=("group_a", "group_b"),
        columns={
            "group_a": Column("str", "one document, or group"),
            "group_b": Column("str", "the other"),
            "similarity": measure_of(
                "how alike the two are", "undefined where one has no words or hits"
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
                "Int64", "number of its cluster, from 1", "undefined without words or hits"
            ),
            "silhouette": measure_of(
                "how much nearer its own cluster is than the next",
                "undefined where there is no second cluster",
                unit="-1 to 1",
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
            "begin": Column("datetime64", "first day of the period", ABSENT),
            **CATEGORY_COLUMNS,
            "n_documents": Column("int64", "documents of the period; 0 is a gap"),
            "n_hits": Column("int64", "hits counted"),
            "n_tokens": Column("int64", "tokens of these documents"),
            "rate": rate_of("hits", "undefined without tokens"),
            **interval_of("rate"),
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
            "lift": Column("float64", "n_both by expected", "undefined where none"),
            **interval_of("lift"),
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
            "weight": share_of("the topic's weight"),
        },
    ),
    "topic_weights": Schema(
        key=(*PLACE, "topic"),
        columns={
            **PLACE_COLUMNS,
            **_TOPIC,
            "weight": share_of("the paragraph that is the topic's"),
        },
    ),
    "topic_frames": Schema(
        key=("topic", "lexicon", "category"),
        columns={
            **_TOPIC,
            **CATEGORY_COLUMNS,
            "n_hits": Column("float64", "hits, each by the topic's share of its paragraph"),
            "n_tokens": Column("float64", "tokens, likewise"),
            "n_documents": Column("int64", "documents with some of the topic"),
            "rate": rate_of("hits of the topic", "undefined without tokens"),
            **interval_of("rate"),
            "share": share_of("all the category's hits", "undefined without hits"),
        },
        optional={"subcategory": SUBCATEGORY},
        unique=False,
    ),
}
