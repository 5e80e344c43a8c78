"""What a change of a lexicon does: hits, shares, overlaps, ranks, agreement with codes."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as fa
from analysis.curation.effects import Workbench
from analysis.errors import LexiconError, TableError
from analysis.tables.checks import check_table
from tests.builders import paragraphs_of

NAME = "diplomacy"
TEXTS = (
    "The envoys met. Talks began, and the talks went on.",
    "Peace talks failed in the rain. Rain fell.",
    "An envoy left. The peace was short.",
    "Nobody came. It rained.",
)


def lexicon(*terms: Any, **options: Any) -> fa.Lexicon:
    return fa.lexicon_from_dict("test", {NAME: {"terms": list(terms), **options}})


BEFORE, AFTER = lexicon("talks"), lexicon("talks", "envoy*")


def compared(
    before: fa.Lexicon = BEFORE,
    after: fa.Lexicon = AFTER,
    texts: tuple[str, ...] = TEXTS,
    columns: dict[str, Any] | None = None,
    **options: Any,
) -> dict[str, pd.DataFrame]:
    paragraphs = paragraphs_of(*texts, **(columns or {}))
    tables = fa.compare_lexica(paragraphs, before, after, **options)
    for name in ("effects", "overlaps", "ranks"):
        check_table(tables[name], f"lexicon_{name}")
    for name in ("gained", "lost"):
        check_table(tables[name], "hits")
    return tables


def effect(**options: Any) -> pd.Series:
    [row] = compared(**options)["effects"].to_dict("records")
    return pd.Series(row)


# --- hits -----------------------------------------------------------------------------------


def test_hits_gained_and_lost_are_counted_and_listed() -> None:
    tables = compared(lexicon("talks", "rain"), lexicon("talks", "envoy*"))
    [row] = tables["effects"].to_dict("records")
    assert (row["n_hits_before"], row["n_hits_after"]) == (5, 5)
    assert (row["hits_gained"], row["hits_lost"]) == (2, 2)
    assert tables["gained"]["surface"].tolist() == ["envoys", "envoy"]
    assert tables["lost"]["surface"].tolist() == ["rain", "Rain"]


def test_a_longer_hit_in_the_place_of_a_shorter_is_one_gained_and_one_lost() -> None:
    tables = compared(lexicon("talks"), lexicon("talks", "peace talks"))
    assert tables["gained"]["surface"].tolist() == ["Peace talks"]
    assert tables["lost"]["surface"].tolist() == ["talks"]


def test_a_hit_that_an_exclusion_vetoes_is_lost() -> None:
    row = effect(after=lexicon("talks", exclude=["peace talks"]))
    assert (row["hits_gained"], row["hits_lost"], row["n_hits_after"]) == (0, 1, 2)


def test_an_entry_that_finds_the_same_words_gains_and_loses_nothing() -> None:
    row = effect(after=lexicon("talk*"))
    assert (row["hits_gained"], row["hits_lost"], row["share_paragraphs_changed"]) == (0, 0, 0)


def test_shares_are_of_all_paragraphs_and_documents_count_once() -> None:
    row = effect()
    assert (row["n_paragraphs"], row["n_documents_before"], row["n_documents_after"]) == (4, 2, 3)
    assert (row["share_paragraphs_before"], row["share_paragraphs_after"]) == (0.5, 0.75)
    assert row["share_paragraphs_changed"] == 0.5


def test_each_category_that_both_lexica_have_is_a_row_unless_one_is_asked_for() -> None:
    before = fa.lexicon_from_dict("test", {"a": ["talks"], "b": ["rain"], "old": ["envoy"]})
    after = fa.lexicon_from_dict("test", {"b": ["rain*"], "a": ["talks"], "new": ["envoy"]})
    assert compared(before, after)["effects"]["category"].tolist() == ["a", "b"]
    row = effect(before=before, after=after, category="b")
    assert (row["category"], row["hits_gained"]) == ("b", 1)


def test_a_category_that_one_lexicon_lacks_is_refused() -> None:
    other = fa.lexicon_from_dict("test", {"other": ["talks"]})
    with pytest.raises(LexiconError, match="no category 'diplomacy'"):
        compared(after=other, category=NAME)
    with pytest.raises(LexiconError, match="no category in common"):
        compared(after=other)


# --- the same as a full run -----------------------------------------------------------------

_WORDS = st.sampled_from(
    "talk talks Talks peace envoy envoys Envoy aid the a of rain U.S. US Ülün ülün’s x".split()
)
_JOINTS = st.sampled_from([" ", " ", " ", ", ", ". ", "/", "-", "\n"])
_TEXT = st.lists(st.tuples(_WORDS, _JOINTS), max_size=9).map(
    lambda parts: "".join(word + joint for word, joint in parts) + "end"
)
_TERMS = st.sampled_from(
    "talk*;talks;t?lks;*voy;*v*;en*;US;aid/talks;ülün;Talks;talks?;a;peace talks;peace *;u.s. aid"
    ";the envoy*".split(";")
)
_NEAR = st.fixed_dictionaries(
    {"terms": st.lists(st.sampled_from(["peace", "rain", "en*"]), min_size=1, max_size=2)},
    optional={"within": st.sampled_from([1, 3, "sentence"])},
)
_ENTRY = st.fixed_dictionaries(
    {"term": _TERMS},
    optional={
        "case": st.just("sensitive"),
        "weight": st.sampled_from([1, 2]),
        "unless": st.lists(st.sampled_from(["peace talk*", "the *", "envoys"]), max_size=2),
        "before": st.lists(st.sampled_from(["the", "peace", "<number>"]), max_size=1),
        "after": st.lists(st.sampled_from(["aid", "talks"]), max_size=1),
        "near": _NEAR,
        "not_near": _NEAR,
    },
)
_CATEGORY = st.fixed_dictionaries(
    {"terms": st.lists(_ENTRY, min_size=1, max_size=4)},
    optional={"exclude": st.lists(st.sampled_from(["peace talk*", "the envoy", "us"]), max_size=2)},
)


@pytest.mark.filterwarnings("ignore::analysis.errors.LexiconWarning")
@settings(max_examples=40, deadline=None)
@given(st.lists(_TEXT, min_size=1, max_size=5), _CATEGORY, _CATEGORY)
def test_hits_found_step_by_step_are_those_of_a_full_run(
    texts: list[str], one: dict[str, Any], other: dict[str, Any]
) -> None:
    paragraphs = paragraphs_of(*texts)
    bench = Workbench(paragraphs)
    grown = {**one, "terms": [*one["terms"], other["terms"][0]]}
    vetoed = {**grown, "exclude": other.get("exclude", [])}
    for version in (one, grown, vetoed, other, one):
        own = fa.lexicon_from_dict("test", {NAME: version, "other": ["peace"]})
        found = fa.find_hits(paragraphs, own, in_context=False)
        full = found[found["category"] == NAME].reset_index(drop=True)
        pd.testing.assert_frame_equal(bench.hits_of(own, NAME), full)


def test_only_paragraphs_that_the_changed_terms_may_reach_are_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench = Workbench(paragraphs_of(*TEXTS))
    bench.hits_of(BEFORE, NAME)
    looked_at: list[int] = []
    find = fa.find_hits

    def watched(paragraphs: pd.DataFrame, *others: Any, **options: Any) -> pd.DataFrame:
        looked_at.append(len(paragraphs))
        return find(paragraphs, *others, **options)

    monkeypatch.setattr("analysis.curation.effects.find_hits", watched)
    bench.hits_of(AFTER, NAME)
    bench.hits_of(BEFORE, NAME)
    assert looked_at == [2]


# --- other frames ---------------------------------------------------------------------------


def test_overlaps_are_hits_on_the_words_of_another_frame() -> None:
    other = fa.lexicon_from_dict("frames", {"peace": ["peace*"], "move": ["envoy left"]})
    after = lexicon("talks", "envoy*", "peace talks")
    table = compared(after=after, others=other)["overlaps"].set_index("other_category")
    assert table.loc["peace", ["n_overlapping_before", "n_overlapping_after"]].tolist() == [0, 1]
    assert table.loc["move", ["n_overlapping_before", "n_overlapping_after"]].tolist() == [0, 1]
    assert table.loc["peace", "share_hits_after"] == 1 / 5
    # Of the paragraphs with hits, one of two had a hit of peace before, two of three after.
    assert table.loc["peace", ["share_paragraphs_before", "share_paragraphs_after"]].tolist() == [
        1 / 2,
        2 / 3,
    ]


def test_the_lexicon_s_other_categories_are_other_frames_too() -> None:
    before = fa.lexicon_from_dict("test", {NAME: ["talks"], "peace": ["peace*"]})
    after = fa.lexicon_from_dict("test", {NAME: ["talks", "peace"], "peace": ["peace*"]})
    table = compared(before, after, category=NAME)["overlaps"]
    assert table["other_lexicon"].tolist() == [after.id]
    assert table["n_overlapping_after"].tolist() == [2]


def test_shares_of_overlaps_are_null_without_hits() -> None:
    [row] = compared(before=lexicon("silence"), others=BEFORE)["overlaps"].to_dict("records")
    assert np.isnan(row["share_hits_before"])
    assert np.isnan(row["share_paragraphs_before"])


# --- groups ---------------------------------------------------------------------------------

DESKS = ("a", "b", "c", "d", "e")


def ranked(before: str, after: str) -> dict[str, pd.DataFrame]:
    """Return the tables of five desks, each with one text of ten words, some of them hits."""
    texts = tuple(
        " ".join(["old"] * int(old) + ["new"] * int(new) + ["x"] * (10 - int(old) - int(new)))
        for old, new in zip(before, after, strict=True)
    )
    columns = {"desk": list(DESKS)}
    return compared(lexicon("old"), lexicon("new"), texts, columns, by="desk")


def test_ranks_follow_the_rates_and_equals_share_the_best_place() -> None:
    table = ranked("43210", "01133")["ranks"]
    assert table["group"].tolist() == list(DESKS)
    assert table["rate_before"].tolist() == pytest.approx([400, 300, 200, 100, 0])
    assert table["rank_before"].tolist() == [1, 2, 3, 4, 5]
    assert table["rank_after"].tolist() == [5, 3, 3, 1, 1]


def test_the_rank_correlation_is_kendall_s_tau_b() -> None:
    # 8 of 10 pairs are against each other, two are equal after: -8 / sqrt(10 * 8).
    row = ranked("43210", "01133")["effects"].iloc[0]
    assert row["n_groups"] == 5
    assert row["rank_correlation"] == pytest.approx(-8 / np.sqrt(10 * 8))
    # 1 3 2 5 4: two pairs of ten are against each other.
    row = ranked("01234", "02143")["effects"].iloc[0]
    assert row["rank_correlation"] == pytest.approx(0.6)


def test_ranks_of_fewer_than_three_groups_or_of_equal_rates_have_no_correlation() -> None:
    columns = {"desk": ["a", "a", "b", "b"]}
    row = effect(columns=columns, by="desk")
    assert (row["n_groups"], np.isnan(row["rank_correlation"])) == (2, True)
    assert np.isnan(ranked("11111", "01233")["effects"]["rank_correlation"].iloc[0])


def test_without_groups_nothing_is_ranked() -> None:
    assert compared()["ranks"].empty
    assert effect()["n_groups"] == 0


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(TableError, match="no column 'desk'"):
        compared(by="desk")


# --- codes ----------------------------------------------------------------------------------


def codes(*given: Any) -> pd.DataFrame:
    """Return codes of one coder for the first paragraphs of the texts."""
    places = paragraphs_of(*TEXTS)[["document_id", "paragraph"]].head(len(given))
    return places.assign(category=NAME, coder="Ana", code=list(given))


def test_precision_and_recall_are_of_the_coded_paragraphs_alone() -> None:
    # Hits before in the first two, after in the first three; the fourth is not coded.
    row = effect(codes=codes("1", "0", "1"))
    assert row["n_coded"] == 3
    assert (row["precision_before"], row["precision_after"]) == (1 / 2, 2 / 3)
    assert (row["recall_before"], row["recall_after"]) == (1 / 2, 1)


def test_bounds_are_wilson_s_of_the_shares_after() -> None:
    row = effect(codes=codes("1", "0", "1"))
    # (k + z²/2 ± z √(k (n - k) / n + z²/4)) / (n + z²), for 2 of 3 and 2 of 2.
    assert row[["precision_low", "precision_high"]].tolist() == pytest.approx(
        [0.2077, 0.9385], abs=1e-4
    )
    assert row[["recall_low", "recall_high"]].tolist() == pytest.approx([0.3424, 1], abs=1e-4)


def test_a_paragraph_without_a_decided_code_is_left_out() -> None:
    torn = codes("1", "0", "1", "0")
    other = torn.assign(coder="Ben", code=["1", "1", "1", None])
    row = effect(codes=pd.concat([torn, other]))
    assert row["n_coded"] == 3
    assert row["precision_after"] == 1


def test_without_codes_of_the_category_both_are_null() -> None:
    other = codes("1", "1").assign(category="other")
    for row in (effect(), effect(codes=other)):
        assert row["n_coded"] == 0
        assert row.filter(regex="precision|recall").isna().all()


def test_codes_of_paragraphs_that_are_not_there_are_refused() -> None:
    strange = codes("1").assign(document_id="elsewhere")
    with pytest.raises(TableError, match="'elsewhere' was coded but is not in the paragraphs"):
        compared(codes=strange)


def test_no_hit_at_all_leaves_nothing_to_be_precise_about() -> None:
    row = effect(after=lexicon("silence"), codes=codes("1", "0"))
    assert np.isnan(row["precision_after"])
    assert row["recall_after"] == 0


def test_the_order_of_rows_changes_nothing() -> None:
    paragraphs = paragraphs_of(*TEXTS, desk=["a", "b", "c", "c"])
    shuffled = paragraphs.sample(frac=1, random_state=3)
    for name, table in fa.compare_lexica(paragraphs, BEFORE, AFTER, by="desk").items():
        again = fa.compare_lexica(shuffled, BEFORE, AFTER, by="desk")[name]
        pd.testing.assert_frame_equal(table, again)
