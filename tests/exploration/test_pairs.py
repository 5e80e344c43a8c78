"""Articles of two groups on one event are paired, one to one."""

from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ArgumentError, StatisticsWarning, TableError
from analysis.tables.checks import check_table

SIDES: dict[str, Any] = {"by": "desk", "group_a": "a", "group_b": "b"}
# A ferry sinks, a harvest fails; each in words of its own.
TEXTS = {
    "a1": ("a", "2014-05-01", "A ferry sank in the strait and the crew was rescued by divers."),
    "a2": ("a", "2014-05-02", "The harvest failed, and grain prices rose in every market."),
    "a3": ("a", "2014-05-03", "Nothing like it: a museum opened its doors to painters."),
    "b1": ("b", "2014-05-02", "Prices of grain rise in the market after a failed harvest."),
    "b2": ("b", "2014-05-03", "Divers rescued the crew after the ferry sank."),
    "b3": ("b", "2014-05-09", "The museum opened its doors to painters at last."),
}


def documents_of(texts: dict[str, tuple[str, Any, str]]) -> pd.DataFrame:
    documents = fa.documents_from_texts([text for *_, text in texts.values()], list(texts))
    documents["date"] = pd.to_datetime([day for _, day, _ in texts.values()])
    return documents.assign(desk=[desk for desk, *_ in texts.values()])


def ids(pairs: pd.DataFrame) -> list[tuple[str, str]]:
    return [*zip(pairs["document_id_a"], pairs["document_id_b"], strict=True)]


def test_articles_near_in_time_and_alike_are_pairs() -> None:
    documents = documents_of(TEXTS)
    pairs = fa.pair_documents(documents, **SIDES)
    check_table(pairs, "document_pairs")
    assert ids(pairs) == [("a1", "b2"), ("a2", "b1")]
    assert pairs["days"].tolist() == [2, 0]
    assert pairs[["group_a", "group_b"]].values.tolist() == [["a", "b"]] * 2
    assert not pairs["near_copy"].any()
    alike = fa.similarity(documents).set_index(["group_a", "group_b"])["similarity"]
    assert pairs["similarity"].tolist() == pytest.approx([alike[own] for own in ids(pairs)])
    more = fa.pair_documents(documents, **SIDES, days=6)
    assert ids(more) == [("a1", "b2"), ("a2", "b1"), ("a3", "b3")]
    assert ids(fa.pair_documents(documents, **SIDES, days=1)) == [("a2", "b1")]
    highest = float(pairs["similarity"].max())
    assert len(fa.pair_documents(documents, **SIDES, min_similarity=highest)) == 1


def test_sides_may_be_turned() -> None:
    turned = fa.pair_documents(documents_of(TEXTS), by="desk", group_a="b", group_b="a")
    assert ids(turned) == [("b1", "a2"), ("b2", "a1")]


def test_each_article_is_in_one_pair_and_the_sum_of_similarities_is_the_largest() -> None:
    generator = np.random.default_rng(3)
    words = np.array("ferry harvest museum grain divers painters market crew strait".split())
    texts = {
        f"{desk}{n}": (desk, "2014-05-01", " ".join(generator.choice(words, 5)))
        for desk in "ab"
        for n in range(5)
    }
    documents = documents_of(texts)
    pairs = fa.pair_documents(documents, **SIDES, min_similarity=0.01, similar=1)
    assert pairs["document_id_a"].is_unique
    assert pairs["document_id_b"].is_unique
    alike = fa.similarity(documents).set_index(["group_a", "group_b"])["similarity"]
    sums = [
        sum(alike[f"a{n}", f"b{m}"] for n, m in enumerate(order))
        for order in permutations(range(5))
    ]
    assert pairs["similarity"].sum() == pytest.approx(max(sums))


def test_what_both_took_from_an_agency_is_marked() -> None:
    text = "The crew of the ferry was rescued by divers in the strait, the coast guard said today."
    documents = documents_of(
        {
            "a1": ("a", "2014-05-01", text),
            "b1": ("b", "2014-05-01", f"{text} Nobody was hurt."),
            "a2": ("a", "2014-05-01", "A museum opened."),
            "b2": ("b", "2014-05-01", "A MUSEUM  opened"),
        }
    )
    pairs = fa.pair_documents(documents, **SIDES)
    assert pairs["near_copy"].tolist() == [True, True]
    stricter = fa.pair_documents(documents, **SIDES, similar=1)
    assert ids(stricter[stricter["near_copy"]]) == [("a1", "b1"), ("a2", "b2")]


def test_articles_without_a_date_are_left_out_and_counted() -> None:
    texts = {**TEXTS, "a1": ("a", None, TEXTS["a1"][2])}
    with pytest.warns(StatisticsWarning, match="^1 document has no date and is left out"):
        pairs = fa.pair_documents(documents_of(texts), **SIDES)
    assert ids(pairs) == [("a2", "b1")]
    texts |= {own: (*TEXTS[own][:1], None, TEXTS[own][2]) for own in ("b1", "b2", "b3")}
    with pytest.raises(TableError, match="no document of 'b' has a date"):
        fa.pair_documents(documents_of(texts), **SIDES)


def test_no_pairs_are_no_error_and_are_said() -> None:
    with pytest.warns(StatisticsWarning, match="no two documents of 'a' and 'b' are at most 0"):
        pairs = fa.pair_documents(documents_of(TEXTS), **SIDES, days=0, min_similarity=0.99)
    check_table(pairs, "document_pairs")
    assert pairs.empty


def test_groups_that_are_none_are_refused() -> None:
    documents = documents_of(TEXTS)
    with pytest.raises(ArgumentError, match="both 'a'; name two groups"):
        fa.pair_documents(documents, by="desk", group_a="a", group_b="a")
    with pytest.raises(TableError, match="no group 'c' in 'desk'"):
        fa.pair_documents(documents, by="desk", group_a="a", group_b="c")
    with pytest.raises(ArgumentError, match="days is -1"):
        fa.pair_documents(documents, **SIDES, days=-1)
