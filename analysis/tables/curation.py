"""Tables of a lexicon in the making, and of what one change does: columns, dtypes and units."""

from analysis.tables.schema import (
    CATEGORY,
    PLACE,
    PLACE_COLUMNS,
    SPAN_COLUMNS,
    Column,
    bounds_of,
    measure_of,
    rate_of,
    schema,
    share_of,
)

_NO_CODES = "without codes of the category, or undefined"
_NO_HITS = "undefined without hits"
_FEW_GROUPS = "undefined of fewer than 3 groups, or where all have one rate"
_RANKS = measure_of(
    "Kendall's tau-b of the groups' rates before and after", _FEW_GROUPS, unit="-1 to 1"
)
_CHANGED = share_of("paragraphs whose number of counted hits changed", "without paragraphs")


_PRECISION = share_of("coded paragraphs with a hit that are positive", _NO_CODES)
_RECALL = share_of("positive paragraphs that have a hit", _NO_CODES)

CURATION_TABLES = {
    "decisions": schema(
        ("number",),
        number=Column("int64", "number of the decision, from 1"),
        time=Column("str", "when it was written: UTC, ISO 8601, to the second"),
        category=CATEGORY,
        term=Column("str", "the term that it is about", "it is about the category itself"),
        decision=Column("str", "accept, reject, drop, exclude, change, define or undo"),
        before=Column(
            "str",
            "the entry as it was, a line of YAML; of define, the definition",
            "there was none",
        ),
        after=Column(
            "str", "the entry as it became, a line of YAML; of define, the definition", "it is gone"
        ),
        reason=Column("str", "why", "none was given"),
        undoes=Column("Int64", "number of the decision that it takes back", "it takes none back"),
        lexicon=Column("str", "lexicon after it, as name@version+hash"),
        n_hits=Column("int64", "counted hits of the category after it"),
        hits_gained=Column("int64", "of these, new ones"),
        hits_lost=Column("int64", "hits that no longer count"),
        n_documents=Column("int64", "documents with a counted hit after it"),
        share_paragraphs=share_of("paragraphs with a counted hit after it", "without paragraphs"),
        share_paragraphs_changed=_CHANGED,
        rank_correlation=_RANKS,
        precision=_PRECISION,
        recall=_RECALL,
    ),
    "judgements": schema(
        (*PLACE, *SPAN_COLUMNS, "category", "coder"),
        **PLACE_COLUMNS,
        **SPAN_COLUMNS,
        category=CATEGORY,
        entry=Column("str", "the lexicon's term that matched"),
        surface=Column("str", "the words as written: documents.text[start:end]"),
        coder=Column("str", "who judged"),
        code=Column("str", "1 if the hit means the category, else 0"),
        time=Column("str", "when: UTC, ISO 8601, to the second"),
        text_hash=Column("str", "start of the SHA-256 of the paragraph's text"),
    ),
    "entry_precision": schema(
        ("category", "entry"),
        category=CATEGORY,
        entry=Column("str", "the lexicon's term"),
        n_hits=Column("int64", "hits counted"),
        n_judged=Column("int64", "of these, judged and decided"),
        n_true=Column("int64", "of these, judged right"),
        precision=share_of("judged hits that are right", "undefined without judgements"),
        **bounds_of("precision"),
    ),
    "lexicon_effects": schema(
        ("category",),
        category=CATEGORY,
        n_paragraphs=Column("int64", "paragraphs in all"),
        n_hits_before=Column("int64", "hits counted before"),
        n_hits_after=Column("int64", "hits counted after"),
        hits_gained=Column("int64", "of these, new ones"),
        hits_lost=Column("int64", "hits that no longer count"),
        n_documents_before=Column("int64", "documents with a counted hit before"),
        n_documents_after=Column("int64", "documents with a counted hit after"),
        share_paragraphs_before=share_of("paragraphs with a hit before", "without paragraphs"),
        share_paragraphs_after=share_of("paragraphs with a hit after", "without paragraphs"),
        share_paragraphs_changed=_CHANGED,
        n_groups=Column("int64", "groups that are ranked"),
        rank_correlation=_RANKS,
        precision_before=_PRECISION,
        precision_after=_PRECISION,
        **bounds_of("precision_after", "precision_"),
        recall_before=_RECALL,
        recall_after=_RECALL,
        **bounds_of("recall_after", "recall_"),
        n_coded=Column("int64", "paragraphs coded and decided"),
    ),
    "lexicon_overlaps": schema(
        ("category", "other_lexicon", "other_category"),
        category=CATEGORY,
        other_lexicon=Column("str", "the other lexicon as name@version+hash"),
        other_category=Column("str", "category of the other lexicon"),
        n_overlapping_before=Column("int64", "counted hits on words of the other's hits, before"),
        n_overlapping_after=Column("int64", "the same after"),
        share_hits_before=share_of("counted hits that lie on such words, before", _NO_HITS),
        share_hits_after=share_of("counted hits that lie on such words, after", _NO_HITS),
        share_paragraphs_before=share_of(
            "paragraphs with the category that hold the other too, before", _NO_HITS
        ),
        share_paragraphs_after=share_of(
            "paragraphs with the category that hold the other too, after", _NO_HITS
        ),
    ),
    "lexicon_ranks": schema(
        ("category", "group"),
        category=CATEGORY,
        group=Column("str", "the group, for instance an outlet"),
        n_tokens=Column("int64", "tokens of its paragraphs"),
        rate_before=rate_of("counted hits before", "undefined without tokens"),
        rate_after=rate_of("counted hits after", "undefined without tokens"),
        rank_before=Column(
            "Int64", "place by that rate, 1 the highest; equals share the best", "without tokens"
        ),
        rank_after=Column("Int64", "place by the rate after", "without tokens"),
    ),
}
