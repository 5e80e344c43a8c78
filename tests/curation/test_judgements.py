"""Hits judged one by one: precision of entries, what is drawn, and what codes follow."""

from collections import Counter
from typing import Any

import pandas as pd
import pytest
from scipy import stats

import analysis as fa
from analysis.curation.judgements import codes_from, draw_hits
from analysis.errors import MediaFramingError, TableError
from analysis.tables.checks import check_table, empty_table
from tests.builders import paragraphs_of
from tests.curation.curating import TIME, lexicon

TEXTS = [f"Talks number {n}. More talks.\n\nDialogue {n}." for n in range(12)]
NONE = empty_table("judgements")


def hits_of(*texts: str, own: fa.Lexicon | None = None) -> pd.DataFrame:
    return fa.find_hits(paragraphs_of(*texts), own or lexicon(), in_context=False)


def judged(hits: pd.DataFrame, codes: str | list[str], coder: str = "Ana") -> pd.DataFrame:
    table = hits.assign(coder=coder, code=[*codes], time=TIME, text_hash="0")
    return table[list(NONE.columns)]


def row(table: pd.DataFrame, entry: str) -> dict[Any, Any]:
    [found] = table[table["entry"] == entry].to_dict("records")
    return found


def test_precision_of_an_entry_has_the_interval_of_wilson() -> None:
    hits = hits_of(*TEXTS)
    talks = hits[hits["entry"] == "talks"].head(20)
    table = fa.entry_precision(hits, judged(talks, ["1"] * 16 + ["0"] * 4))
    check_table(table, "entry_precision")
    found = row(table, "talks")
    assert (found["n_hits"], found["n_judged"], found["n_true"], found["precision"]) == (
        24,
        20,
        16,
        0.8,
    )
    expected = stats.binomtest(16, 20).proportion_ci(method="wilson")
    assert (found["low"], found["high"]) == (expected.low, expected.high)
    unread = row(table, "dialogue")
    assert (unread["n_hits"], unread["n_judged"], unread["n_true"]) == (12, 0, 0)
    assert pd.isna([unread["precision"], unread["low"], unread["high"]]).all()


def test_only_hits_that_count_and_are_still_the_same_words_are_judged() -> None:
    hits = hits_of("Talks began.", "Talks failed.", "Talks show.")
    judgements = judged(hits, "110")
    other = hits_of("Talks began.", "A pact. Talks.", "Talks show.")
    assert row(fa.entry_precision(other, judgements), "talks")["n_judged"] == 2
    narrow = lexicon({"term": "talks", "unless": ["talks show"]})
    blocked = hits_of("Talks began.", "Talks failed.", "Talks show.", own=narrow)
    found = row(fa.entry_precision(blocked, judgements), "talks")
    assert (found["n_hits"], found["n_judged"], found["precision"]) == (2, 2, 1.0)


def test_a_judged_hit_belongs_to_the_entry_that_finds_it_now() -> None:
    judgements = judged(hits_of("Peace talks."), "1")
    now = hits_of("Peace talks.", own=lexicon("talk*", "pact"))
    assert row(fa.entry_precision(now, judgements), "talk*")["n_true"] == 1


def test_of_several_coders_most_decide_and_a_tie_is_not_counted() -> None:
    hits = hits_of("Talks.", "Talks.")
    one, other, third = (
        judged(hits, codes, coder) for codes, coder in [("10", "Ana"), ("11", "Ben"), ("10", "Cy")]
    )
    two = fa.entry_precision(hits, pd.concat([one, other]))
    assert row(two, "talks")["n_judged"] == 1
    three = fa.entry_precision(hits, pd.concat([one, other, third]))
    assert (row(three, "talks")["n_judged"], row(three, "talks")["n_true"]) == (2, 1)


def test_codes_other_than_right_and_wrong_are_refused() -> None:
    hits = hits_of("Talks.")
    with pytest.raises(TableError, match="the code '2'; give 1 and 0"):
        fa.entry_precision(hits, judged(hits, "2"))


def test_hits_are_drawn_from_as_many_paragraphs_as_there_are() -> None:
    hits = hits_of(*TEXTS)
    drawn = draw_hits(hits, NONE, entry="talks", n=12, seed=1)
    assert set(drawn["entry"]) == {"talks"}
    assert drawn["document_id"].is_unique
    more = draw_hits(hits, NONE, entry="talks", n=20, seed=1)
    assert Counter(more["document_id"].value_counts()) == {1: 4, 2: 8}
    pd.testing.assert_frame_equal(more.head(12), drawn)
    assert len(draw_hits(hits, NONE, entry="talks", n=100, seed=1)) == 24


def test_a_draw_depends_on_the_seed_and_not_on_the_order_of_rows() -> None:
    hits = hits_of(*TEXTS)
    shuffled = hits.sample(frac=1, random_state=3)
    drawn = [draw_hits(own, NONE, entry="talks", n=5, seed=4) for own in (hits, shuffled)]
    pd.testing.assert_frame_equal(*drawn)
    others = draw_hits(hits, NONE, entry="talks", n=5, seed=5)
    assert others["document_id"].tolist() != drawn[0]["document_id"].tolist()


def test_what_was_judged_is_not_drawn_again_and_its_paragraph_comes_last() -> None:
    hits = hits_of(*TEXTS)
    first = draw_hits(hits, NONE, entry="talks", n=5, seed=0)
    judgements = judged(first, "11111")
    then = draw_hits(hits, judgements, entry="talks", n=100, seed=0)
    assert len(then) == 19
    assert not set(then["document_id"].head(7)) & set(first["document_id"])
    places = ["document_id", "start"]
    assert not {*then[places].itertuples(index=False, name=None)} & {
        *first[places].itertuples(index=False, name=None)
    }


@pytest.mark.parametrize("options", [{"n": 0}, {"n": 2.5}, {"seed": -1}])
def test_a_draw_of_nothing_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(MediaFramingError):
        draw_hits(hits_of("Talks."), NONE, **{"entry": "talks", "seed": 0, **options})


@pytest.mark.parametrize(
    ("codes", "expected"),
    [("11", "1"), ("10", "1"), ("00", "0"), ("0", None), ("1", "1")],
)
def test_a_paragraph_is_coded_by_its_judged_hits(codes: str, expected: str | None) -> None:
    hits = hits_of("Talks and talks. Rain.")
    found = codes_from(judged(hits.head(len(codes)), codes), hits)
    assert found["code"].tolist() == ([] if expected is None else [expected])
    check_table(found, "codes")


def test_each_coder_and_category_has_codes_of_their_own() -> None:
    own = fa.lexicon_from_dict("two", {"a": ["talks"], "b": ["talks", "rain"]})
    hits = hits_of("Talks and rain.", own=own)
    ana = judged(hits[hits["category"] == "a"], "1")
    ben = judged(hits[hits["category"] == "b"], "00", "Ben")
    found = codes_from(pd.concat([ana, ben], ignore_index=True), hits)
    assert found[["category", "coder", "code"]].values.tolist() == [
        ["a", "Ana", "1"],
        ["b", "Ben", "0"],
    ]
