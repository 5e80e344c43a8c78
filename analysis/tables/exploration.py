"""Tables of explorations: columns, dtypes and units."""

from analysis.tables.schema import (
    CATEGORY,
    CATEGORY_COLUMNS,
    LEXICON,
    OF_SCORES,
    PLACE,
    PLACE_COLUMNS,
    SUBCATEGORY,
    Column,
    interval_of,
    measure_of,
    rate_of,
    schema,
    share_of,
)

_TOPIC = {
    "topic": Column("int64", "number of the topic, from 1"),
    "label": Column("str", "its strongest terms"),
}

EXPLORATION_TABLES = {
    "similarities": schema(
        ("group_a", "group_b"),
        group_a=Column("str", "one document, or group"),
        group_b=Column("str", "the other"),
        similarity=measure_of("how alike the two are", "undefined where one has no words or hits"),
        measure=Column("str", "words or frames"),
        n_a=Column("int64", "words, or hits, of the one"),
        n_b=Column("int64", "words, or hits, of the other"),
    ),
    "document_pairs": schema(
        ("group_a", "group_b", "document_id_a", "document_id_b"),
        group_a=Column("str", "one group"),
        group_b=Column("str", "the other"),
        document_id_a=Column("str", "the document of group a"),
        document_id_b=Column("str", "that of group b on the same event"),
        days=Column("int64", "days between the two"),
        similarity=measure_of("how alike the two are in their words"),
        near_copy=Column("boolean", "whether the two are near-copies, as of one agency's text"),
    ),
    "clusters": schema(
        ("group",),
        group=Column("str", "the document, or group, in the order of the tree's leaves"),
        cluster=Column("Int64", "number of its cluster, from 1", "undefined without words or hits"),
        silhouette=measure_of(
            "how much nearer its own cluster is than the next",
            "undefined where there is no second cluster",
            unit="-1 to 1",
        ),
    ),
    "merges": schema(
        ("merge",),
        merge=Column("int64", "number of the merge, from the number of leaves up"),
        left=Column("int64", "what was merged: the place of a leaf, or an earlier merge"),
        right=Column("int64", "the other"),
        distance=Column("float64", "1 less the similarity at which they merge"),
        n_members=Column("int64", "leaves below"),
    ),
    "cooccurrences": schema(
        ("lexicon_a", "category_a", "lexicon_b", "category_b"),
        lexicon_a=LEXICON,
        category_a=CATEGORY,
        lexicon_b=LEXICON,
        category_b=CATEGORY,
        within=Column("str", "sentence or paragraph"),
        n_units=Column("int64", "sentences or paragraphs in all"),
        n_a=Column("int64", "of these, with the first category"),
        n_b=Column("int64", "of these, with the second"),
        n_both=Column("int64", "of these, with both"),
        n_same_words=Column("int64", "of n_both, where hits of the two overlap"),
        expected=Column("float64", "n_both by chance, were units exchanged within each document"),
        lift=Column("float64", "n_both by expected", "undefined where none"),
        **interval_of("lift"),
        p=Column("float64", "two-sided exact p-value, given each document's counts"),
        p_adjusted=Column("float64", "p adjusted for the family of tests"),
        adjustment=Column("str", "method of adjustment"),
        family_size=Column("int64", "tests in the family"),
    ),
    "topic_terms": schema(
        ("topic", "term"),
        topic=Column("int64", "number of the topic, from 1, the most frequent first"),
        label=Column("str", "its strongest terms"),
        rank=Column("int64", "place of the term in the topic, from 1"),
        term=Column("str", "word, folded"),
        weight=share_of("the topic's weight"),
    ),
    "topic_weights": schema(
        (*PLACE, "topic"),
        **PLACE_COLUMNS,
        **_TOPIC,
        weight=share_of("the paragraph that is the topic's"),
    ),
    "topic_frames": schema(
        ("topic", "lexicon", "category"),
        **_TOPIC,
        **CATEGORY_COLUMNS,
        n_hits=Column("float64", "hits, each by the topic's share of its paragraph"),
        n_tokens=Column("float64", "tokens, likewise"),
        n_documents=Column("int64", "documents with some of the topic"),
        rate=rate_of("hits of the topic", "undefined without tokens"),
        **interval_of("rate"),
        share=share_of("all the category's hits", "undefined without hits"),
    ).but(optional={k: OF_SCORES[k] for k in ("subcategory", "subcategory_hits")}, unique=False),
    "coverage": schema(
        ("lexicon", "category", "subcategory", "entry"),
        **CATEGORY_COLUMNS,
        subcategory=SUBCATEGORY,
        entry=Column("str", "the lexicon's term"),
        status=Column("str", "carries, fires, blocked or silent"),
        n_hits=Column("int64", "hits counted"),
        n_blocked=Column("int64", "hits that an exclusion or a longer entry vetoed"),
        n_documents=Column("int64", "documents with at least one counted hit"),
        share=share_of("the category's counted hits", "undefined without hits"),
        cumulative_share=share_of(
            "this entry and all more frequent ones", "undefined without hits"
        ),
        n_shared=Column("int64", "counted hits that overlap hits of other categories"),
        shared_with=Column("str", "those categories, with the number of hits"),
        surfaces=Column("str", "what was matched, most frequent first"),
    ).but(unique=False),
    "suggestions": schema(
        ("category", "term"),
        category=CATEGORY,
        term=Column("str", "word or phrase, folded, that the category does not find"),
        forms=Column("str", "the words or phrases of the corpus that it matches"),
        n_occurrences=Column("int64", "occurrences in the corpus"),
        n_documents=Column("int64", "documents that hold it"),
        n_with_category=Column("int64", "sentences that hold it and a hit of the category"),
        log_odds=Column(
            "float64", "log-odds of the term in sentences with the category, against the rest"
        ),
        z=Column("float64", "log-odds by their standard deviation"),
        similarity=measure_of("cosine of its neighbours and those of the category's hits"),
        n_shared_contexts=Column(
            "int64", "pairs of left and right word in which it and hits of the category stand"
        ),
        share_contexts=measure_of(
            "share of its pairs of left and right word that these are, lower bound"
        ),
        share_capitalised=share_of(
            "its occurrences within sentences that begin a word with a capital",
            "it stands only in headlines and where sentences begin",
        ),
        in_categories=Column("str", "other categories of the lexicon that find it"),
        new_hits=Column("int64", "hits the category would gain"),
        share_paragraphs=share_of("paragraphs with the category now"),
        share_paragraphs_with=share_of("paragraphs with the category, with the term added"),
        contexts=Column("str", "some occurrences with the words around them"),
    ),
}
