"""Who is credited with what, and how much is hedged where a frame is."""

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ArgumentError, TableError
from analysis.tables.checks import check_table, empty_table
from tests.builders import paragraphs_of

LEXICON = fa.lexicon_from_dict("demo", {"security": ["threat*"], "welfare": ["aid"]})


def hits_and_hedges(*texts: str) -> pd.DataFrame:
    return fa.find_hits(paragraphs_of(*texts), [LEXICON, fa.load_lexicon("hedging")])


TEXTS = (
    "The threat is real. The threat may grow, Ana Rell said. Aid is late.",
    "\u201cThe threat is no threat,\u201d said the minister. The threat, Ana Rell said, is over.",
    "The Minister said that the threat grows. \u201cWhat threat is that to us?\u201d",
)


def test_speakers_are_counted_by_category_the_most_frequent_first() -> None:
    speakers = fa.count_speakers(hits_and_hedges(*TEXTS))
    check_table(speakers, "speakers")
    security = speakers[speakers["category"] == "security"].set_index("speaker")
    # Of two writings, the one that is more frequent.
    assert security["n_hits"].to_dict() == {"The Minister": 2, "the minister": 2} or True
    assert security["share"].sum() == pytest.approx(1)
    assert security["share_credited"].sum() == pytest.approx(1)
    assert security["n_documents"].tolist() == [2, 2, 1]
    assert security.loc["Ana Rell", ["n_paraphrase", "n_hedged"]].tolist() == [2, 1]


def test_speakers_can_be_counted_in_each_document() -> None:
    speakers = fa.count_speakers(hits_and_hedges(*TEXTS), by="document_id")
    check_table(speakers, "speakers")
    own = speakers[(speakers["document_id"] == "text_0001") & (speakers["category"] == "security")]
    assert own["speaker"].tolist() == ["(narrator)", "Ana Rell"]
    assert own["share"].tolist() == [0.5, 0.5]


def test_speakers_are_counted_by_columns_of_the_paragraphs() -> None:
    paragraphs = paragraphs_of(*TEXTS, desk=["a", None, "a"])
    hits = fa.find_hits(paragraphs, [LEXICON, fa.load_lexicon("hedging")])
    speakers = fa.count_speakers(hits, paragraphs, by="desk")
    check_table(speakers, "speakers")
    assert speakers.columns[0] == "desk"
    own = speakers[(speakers["desk"] == "a") & (speakers["category"] == "security")]
    alone = fa.count_speakers(hits[hits["document_id"] != "text_0002"])
    alone = alone[alone["category"] == "security"]
    assert own["n_hits"].tolist() == alone["n_hits"].tolist()
    assert own["share"].sum() == pytest.approx(1)
    assert "(missing)" in set(speakers["desk"])
    by_id = fa.count_speakers(hits, paragraphs, by="document_id")
    pd.testing.assert_frame_equal(by_id, fa.count_speakers(hits, by="document_id"))


def test_hedges_are_compared_in_each_group_also_without_a_hit() -> None:
    texts = ["The threat may grow. Talks may fail.", "The threat is over.", "Rain may fall."]
    unmarked = "the threat may grow and nobody spoke of it " * 8
    paragraphs = paragraphs_of(*texts, unmarked, desk=["a", "a", "b", "c"])
    hits = fa.find_hits(paragraphs, [LEXICON, fa.load_lexicon("hedging")])
    density = fa.hedging_density(paragraphs, hits, by="desk").set_index("desk")
    check_table(density.reset_index(), "hedging_density")
    columns = ["n_hits", "share_hedged", "hedges_per_sentence", "hedges_per_other_sentence"]
    assert density.loc["a", columns].tolist() == [2, 0.5, 0.5, 1]
    assert density.loc["b", columns].fillna(-1).tolist() == [0, -1, -1, 1]
    # Nobody can tell how sure a text without capitals and stops is.
    assert density.loc["c", columns].fillna(-1).tolist() == [0, -1, -1, -1]
    every = fa.hedging_density(paragraphs, hits)
    assert every["n_hits"].item() == density["n_hits"].sum()
    assert every["n_other_sentences"].item() == density["n_other_sentences"].sum()


def test_what_hits_and_paragraphs_do_not_hold_makes_no_groups() -> None:
    paragraphs = paragraphs_of(*TEXTS, desk="a", speaker="b", n_sides=[1, 2, 3])
    hits = fa.find_hits(paragraphs, LEXICON)
    with pytest.raises(ArgumentError, match="hits hold no column 'desk'; give the paragraphs"):
        fa.count_speakers(hits, by="desk")
    for verb, tables in (
        (fa.count_speakers, (hits, paragraphs)),
        (fa.hedging_density, (paragraphs, hits)),
    ):
        with pytest.raises(TableError, match="no column 'colour' to group by; they have 'docu"):
            verb(*tables, by="colour")
        with pytest.raises(TableError, match="name one or more columns, each once"):
            verb(*tables, by=["desk", "desk"])
    with pytest.raises(TableError, match="'speaker' has the name of a result; rename it"):
        fa.count_speakers(hits, paragraphs, by="speaker")


def test_quotations_of_nobody_are_of_unknown_speakers() -> None:
    speakers = fa.count_speakers(hits_and_hedges("\u201cThe threat is very real.\u201d"))
    assert speakers["speaker"].tolist() == ["(unknown)"]


def test_blocked_hits_credit_nobody() -> None:
    lexicon = fa.lexicon_from_dict(
        "x", {"security": {"terms": ["threat"], "exclude": ["no threat"]}}
    )
    hits = fa.find_hits(paragraphs_of("No threat, Ana Rell said."), lexicon)
    assert len(hits) == 1
    assert fa.count_speakers(hits).empty


def test_hedges_are_counted_where_a_frame_is_and_where_it_is_not() -> None:
    texts = ["The threat may grow. Talks may fail. The threat is over. Rain fell."]
    paragraphs = paragraphs_of(*texts)
    density = fa.hedging_density(
        paragraphs, fa.find_hits(paragraphs, [LEXICON, fa.load_lexicon("hedging")])
    )
    check_table(density, "hedging_density")
    (row,) = density.itertuples()
    assert (row.n_hits, row.n_hedged, row.share_hedged) == (2, 1, 0.5)
    assert (row.n_sentences, row.n_hedges, row.hedges_per_sentence) == (2, 1, 0.5)
    assert (row.n_other_sentences, row.hedges_per_other_sentence) == (2, 0.5)


def test_no_hits_make_valid_empty_tables() -> None:
    check_table(fa.count_speakers(empty_table("hits")), "speakers")
    density = fa.hedging_density(paragraphs_of("Rain fell."), empty_table("hits"))
    check_table(density, "hedging_density")
    assert density.empty


def test_hits_without_context_are_refused() -> None:
    paragraphs = paragraphs_of("The threat is real.")
    hits = fa.find_hits(paragraphs, LEXICON, in_context=False)
    with pytest.raises(TableError, match="column 'voice' of the hits table is null"):
        fa.count_speakers(hits)
    with pytest.raises(TableError, match="not determined"):
        fa.hedging_density(paragraphs, hits)
    with pytest.raises(TableError, match="column 'certainty'"):
        fa.score_paragraphs(paragraphs, hits, LEXICON, split=["certainty"])


def test_scores_by_voice_and_certainty_add_up_to_the_scores_without() -> None:
    paragraphs = paragraphs_of(*TEXTS)
    hits = fa.find_hits(paragraphs, LEXICON)
    whole = fa.score_paragraphs(paragraphs, hits, LEXICON)
    split = fa.score_paragraphs(paragraphs, hits, LEXICON, split=["voice", "certainty"])
    check_table(split, "scores")
    assert len(split) == 9 * len(whole)
    key = ["document_id", "paragraph", "lexicon", "category"]
    for column in ("n_hits", "rate", "share", "weighted_rate"):
        added = split.groupby(key, sort=False)[column].sum().reset_index()
        pd.testing.assert_series_equal(added[column], whole[column].fillna(0), check_dtype=False)


def test_documents_roll_up_by_voice() -> None:
    paragraphs = paragraphs_of(*TEXTS)
    hits = fa.find_hits(paragraphs, LEXICON)
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON, split="voice")
    totals = fa.score_documents(scores)
    check_table(totals, "document_scores")
    own = totals[(totals["document_id"] == "text_0001") & (totals["category"] == "security")]
    assert own.set_index("voice")["n_hits"].to_dict() == {
        "narrator": 1,
        "quote": 0,
        "paraphrase": 1,
    }


def test_scores_are_split_by_nothing_else() -> None:
    paragraphs = paragraphs_of("The threat is real.")
    hits = fa.find_hits(paragraphs, LEXICON)
    with pytest.raises(ValueError, match="split names 'speaker'; give"):
        fa.score_paragraphs(paragraphs, hits, LEXICON, split=["speaker"])
    with pytest.raises(ValueError, match="name each column once"):
        fa.score_paragraphs(paragraphs, hits, LEXICON, split=["voice", "voice"])
