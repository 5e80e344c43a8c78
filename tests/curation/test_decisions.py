"""Decisions on a lexicon: what each does, what its row tells, and how it is taken back."""

from contextlib import suppress
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.curation.decisions import began_as, last_standing, rejected_terms, replay, taken_back
from analysis.errors import LexiconError, MediaFramingError
from analysis.tables.checks import check_table, empty_table
from tests.curation.curating import NAME, decided, entry, lexicon, terms, undone

NONE = empty_table("decisions")


def run(*steps: tuple[Any, ...], start: Any = None) -> Any:
    """Take steps such as ("accept", entry) or ("undo", number) one after the other."""
    own, decisions = start or lexicon(), NONE
    for step in steps:
        if step[0] == "undo":
            own, decisions = undone(own, decisions, *step[1:])
        elif step[0] == "define":
            own, decisions = decided(own, decisions, "define", definition=step[1])
        else:
            own, decisions = decided(own, decisions, *step)
    check_table(decisions, "decisions")
    return own, decisions


TALKS, TRUCE = entry("talks"), entry("truce", subcategory="pause", note="Not of weather.")
NARROW = entry("talks", unless=["talks show"])


def test_each_decision_changes_the_lexicon_as_it_says() -> None:
    own, decisions = run(
        ("accept", TRUCE),
        ("reject", entry("deal")),
        ("exclude", TALKS, NARROW),
        ("define", "Parties talk to each other."),
        ("drop", entry("dialogue")),
    )
    assert terms(own) == ["talks", "truce"]
    assert own.entries[["unless", "note"]].values.tolist() == [
        ["talks show", ""],
        ["", "Not of weather."],
    ]
    assert own.definitions()["definition"].iloc[0] == "Parties talk to each other."
    assert own.version == "0.5"
    told = decisions[["number", "decision", "term", "before", "after"]].astype(object)
    assert told.where(told.notna(), None).values.tolist() == [
        [1, "accept", "truce", None, "{term: truce, note: Not of weather., subcategory: pause}"],
        [2, "reject", "deal", None, None],
        [3, "exclude", "talks", "{term: talks}", "{term: talks, unless: [talks show]}"],
        [4, "define", None, None, "Parties talk to each other."],
        [5, "drop", "dialogue", "{term: dialogue}", None],
    ]
    assert decisions["lexicon"].iloc[-1] == own.id


def test_a_row_tells_figures_of_the_lexicon_before_and_after_and_the_reason() -> None:
    _, decisions = decided(lexicon(), NONE, "accept", TRUCE, reason=" a \n pause ")
    row = decisions.iloc[0]
    assert (row["hits_gained"], row["n_hits"], row["reason"]) == (2, 3, "a pause")
    assert row["recall"] == 0.25


def test_a_version_counts_from_the_one_that_the_lexicon_began_with() -> None:
    start = lexicon()
    later = type(start)(name=NAME, version="2.1", categories=start.categories)
    own, _ = run(("accept", TRUCE), ("undo",), start=later)
    assert own.version == "2.1.2"
    assert own.content_hash == start.content_hash


@pytest.mark.parametrize(
    "step",
    [
        ("accept", TRUCE),
        ("reject", entry("deal")),
        ("drop", TALKS),
        ("exclude", TALKS, NARROW),
        ("change", TALKS, entry("Talks", case="sensitive", weight=2)),
        ("change", TALKS, entry("talks", note="Between parties.")),
        ("define", "Parties talk."),
    ],
)
def test_every_decision_is_taken_back_and_the_taking_back_as_well(step: tuple[Any, ...]) -> None:
    after, _ = run(step)
    own, decisions = run(step, ("undo",))
    assert sorted(terms(own)) == sorted(terms(lexicon()))
    assert own.content_hash == lexicon().content_hash
    assert own.definitions()["definition"].iloc[0] == ""
    assert "".join(own.entries["note"]) == ""
    assert taken_back(decisions) == {1: 2}
    assert rejected_terms(decisions, NAME) == set()
    again, decisions = run(step, ("undo",), ("undo", 2))
    assert again.content_hash == after.content_hash
    assert again.categories[0].definition == after.categories[0].definition
    assert sorted(again.entries["note"]) == sorted(after.entries["note"])
    assert last_standing(decisions) == 1
    assert taken_back(decisions) == {2: 3}


def test_an_older_decision_is_taken_back_where_nothing_was_decided_of_its_entry_since() -> None:
    own, decisions = run(("accept", TRUCE), ("drop", TALKS), ("undo", 1))
    assert terms(own) == ["dialogue"]
    assert decisions["undoes"].iloc[-1] == 1
    own, decisions = run(("exclude", TALKS, NARROW), ("drop", NARROW))
    with pytest.raises(
        LexiconError, match=r"'talks' .* is no longer .*; take back decision 2 first"
    ):
        undone(own, decisions, 1)


def test_a_decision_is_not_taken_back_where_the_entry_only_looks_as_it_left_it() -> None:
    own, decisions = run(("accept", TRUCE), ("drop", TRUCE), ("accept", TRUCE))
    with pytest.raises(LexiconError, match="take back decision 3 first"):
        undone(own, decisions, 1)
    own, decisions = run(("accept", TRUCE), ("drop", TRUCE), ("undo", 2), ("undo", 1))
    assert "truce" not in terms(own)


def test_an_entry_changed_by_hand_is_not_taken_back() -> None:
    _, decisions = run(("exclude", TALKS, NARROW))
    with pytest.raises(LexiconError, match="no longer as decision 1 left it, by hand"):
        undone(lexicon(), decisions, 1)


def test_a_note_written_since_is_not_lost_by_taking_back_an_older_decision() -> None:
    own, decisions = run(("exclude", TALKS, NARROW))
    noted = entry("talks", unless=["talks show"], note="Kept.")
    own, decisions = decided(own, decisions, "change", NARROW, noted)
    with pytest.raises(LexiconError, match="take back decision 2 first"):
        undone(own, decisions, 1)


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ([("accept", TALKS)], "has 'talks' already"),
        ([("drop", TRUCE)], "has no entry {term: truce"),
        ([("exclude", NARROW, TALKS)], "it may have changed since"),
        ([("change", TALKS, TALKS)], "nothing changes"),
        ([("define", "")], "nothing changes"),
        ([("drop", TALKS), ("drop", entry("dialogue"))], "is the only entry"),
        ([("reject", TALKS)], "'talks' is an entry of category 'diplomacy'; drop it"),
        ([("reject", entry("deal")), ("reject", entry("deal"))], "was rejected .* already"),
        ([("undo",)], "no decision left"),
        ([("accept", TRUCE), ("undo", 4)], "no decision 4; the last is 1"),
        ([("accept", TRUCE), ("undo",), ("undo", 1)], "decision 1 was taken back by decision 2"),
        ([("accept", TRUCE), ("undo",), ("undo",)], "no decision left"),
        ([("accept", None)], "takes other entries"),
        ([("accept", entry("a", before=["the"])), ("accept", entry("a", before=["the"]))], "has"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_a_sentence(
    steps: list[tuple[Any, ...]], reason: str
) -> None:
    with pytest.raises(MediaFramingError, match=reason):
        run(*steps)


def test_a_rejected_term_can_be_accepted_later() -> None:
    _, decisions = run(("reject", entry("deal")))
    assert rejected_terms(decisions, NAME) == {"deal"}
    own, decisions = run(("reject", entry("deal")), ("accept", entry("deal")))
    assert rejected_terms(decisions, NAME) == set()
    assert terms(own)[-1] == "deal"


def test_decisions_are_replayed_from_the_beginning_and_from_any_later_lexicon() -> None:
    steps = [("accept", TRUCE), ("exclude", TALKS, NARROW), ("define", "Talks."), ("undo", 1)]
    own, decisions = run(*steps)
    for n in range(len(steps) + 1):
        held, _ = run(*steps[:n])
        replayed = replay(held, decisions)
        assert replayed.id == own.id
        assert replayed.categories[0].definition == "Talks."
    other = lexicon("dialogue", NARROW.term + "s")
    with pytest.raises(LexiconError, match="decision 2 does not fit"):
        replay(other, decisions)


ENTRIES = st.builds(
    entry,
    st.sampled_from(["talks", "dialogue", "truce", "переговоры", "*ism", "U.S. envoy", "a/b"]),
    case=st.sampled_from(["", "sensitive"]),
    unless=st.lists(st.sampled_from(["peace: talks #1", 'the "talks"', "'a', b"]), max_size=1),
    note=st.sampled_from(["", "- a: {b} # *c", "two\nlines", "“ü” | >"]),
    subcategory=st.sampled_from(["", "pause", "a: b"]),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["accept", "reject", "drop", "change", "define", "undo"]),
        st.integers(0, 5),
        ENTRIES,
    ),
    max_size=7,
)


@settings(max_examples=15)
@given(STEPS)
def test_any_decisions_all_taken_back_leave_the_lexicon_they_began_with(
    steps: list[tuple[str, int, Any]],
) -> None:
    start = lexicon("talks", {"term": "dialogue", "kind": "event"})
    own, decisions = start, NONE
    for decision, n, new in steps:
        entries = own.categories[0].entries
        old = entries[n % len(entries)]
        try:
            if decision == "undo":
                own, decisions = undone(own, decisions, n or None)
            elif decision == "define":
                own, decisions = decided(own, decisions, "define", definition=new.note)
            else:
                chosen = {"drop": (old,), "change": (old, new)}.get(decision, (new,))
                own, decisions = decided(own, decisions, decision, *chosen)
        except MediaFramingError:
            continue
    check_table(decisions, "decisions")
    assert replay(start, decisions).id == own.id
    assert began_as(own, decisions).content_hash == start.content_hash
    while last_standing(decisions) is not None:
        own, decisions = undone_where_it_may_be(own, decisions)
    assert own.content_hash == start.content_hash
    assert own.categories[0].definition == ""


def undone_where_it_may_be(own: Any, decisions: pd.DataFrame) -> Any:
    """Take back the last decision that does not leave a category without entries."""
    gone = taken_back(decisions)
    standing = decisions.loc[decisions["decision"].ne("undo"), "number"]
    for number in sorted({*standing} - {*gone}, reverse=True):
        with suppress(LexiconError):
            return undone(own, decisions, number)
    raise AssertionError("no decision can be taken back")


def test_what_a_lexicon_began_as_is_open_where_it_was_changed_besides() -> None:
    own, decisions = run(("accept", TRUCE))
    assert terms(began_as(own, decisions)) == ["dialogue", "talks"]
    by_hand = pd.concat([decisions, decisions], ignore_index=True).iloc[:1]
    assert began_as(lexicon("talks", "truce"), by_hand) is None
