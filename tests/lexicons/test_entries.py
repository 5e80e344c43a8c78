"""Single entries: their notes, put into a lexicon, and written as a line."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as fa
from analysis.errors import LexiconError, MediaFramingError
from analysis.lexicons.changes import (
    define_category,
    entry_as_line,
    entry_from_fields,
    entry_from_line,
    put_entry,
)
from analysis.lexicons.model import Entry
from analysis.lexicons.strict_yaml import comment_line
from tests.lexicons.test_export import TERMS, TEXTS

NOTED = {"k": [{"term": ["truce", "pause"], "note": "Of arms; not of music."}, "talks"]}


def entry(term: str, **fields: Any) -> Entry:
    return entry_from_fields("k", {"term": term, **fields})


def lexicon(*terms: Any) -> fa.Lexicon:
    return fa.lexicon_from_dict("mine", {"k": list(terms), "other": ["truce"]})


def test_a_note_stands_in_the_table_of_entries_and_decides_nothing() -> None:
    noted = fa.lexicon_from_dict("mine", NOTED)
    assert noted.entries["note"].tolist() == [*["Of arms; not of music."] * 2, ""]
    plain = fa.lexicon_from_dict("mine", {"k": ["truce", "pause", "talks"]})
    assert noted.id == plain.id
    assert noted == plain


@pytest.mark.parametrize("name", ["mine.yml", "mine.csv"])
def test_notes_are_written_and_read_back(name: str, tmp_path: Path) -> None:
    noted = fa.lexicon_from_dict("mine", NOTED)
    assert fa.save_lexicon(noted, tmp_path / name).empty
    assert (
        fa.load_lexicon(tmp_path / name).entries["note"].tolist() == noted.entries["note"].tolist()
    )


@pytest.mark.parametrize("form", ["liwc", "quanteda"])
def test_forms_without_notes_say_that_they_are_lost(form: str, tmp_path: Path) -> None:
    noted = fa.lexicon_from_dict("mine", NOTED)
    losses = fa.save_lexicon(noted, tmp_path / "mine.txt", format=form)
    assert losses.loc[losses["what"] == "note", "term"].tolist() == ["truce", "pause"]


def test_a_note_must_be_a_text() -> None:
    with pytest.raises(LexiconError, match="a single text was expected"):
        fa.lexicon_from_dict("mine", {"k": [{"term": "truce", "note": ["a", "b"]}]})


def test_an_entry_is_added_replaced_in_its_place_and_dropped() -> None:
    first = lexicon("talks", "dialogue")
    added = put_entry(first, "k", None, entry("truce", subcategory="pause"))
    assert added.entries["term"].tolist() == ["talks", "dialogue", "truce", "truce"]
    assert added.definitions()["subcategory"].tolist()[1] == "pause"
    replaced = put_entry(added, "k", entry("talks"), entry("peace talks", case="sensitive"))
    assert replaced.entries["term"].tolist()[:2] == ["peace talks", "dialogue"]
    dropped = put_entry(replaced, "k", entry("truce", subcategory="pause"), None)
    assert dropped.category_names == ("k", "other")
    assert dropped.definitions()["subcategory"].isna().all()
    assert first.entries["term"].tolist() == ["talks", "dialogue", "truce"]


def test_a_subcategory_with_a_definition_stays_when_its_last_entry_goes() -> None:
    own = {"terms": ["talks"], "subcategories": {"pause": {"definition": "A.", "terms": ["truce"]}}}
    changed = put_entry(
        fa.lexicon_from_dict("mine", {"k": own}), "k", entry("truce", subcategory="pause"), None
    )
    assert changed.definitions()["subcategory"].tolist()[1] == "pause"


def test_what_an_entry_is_in_doubt_about_is_listed_and_gone_with_it() -> None:
    added = put_entry(lexicon("talks"), "k", None, entry("c++"))
    assert added.problems["term"].tolist() == ["c++"]
    assert put_entry(added, "k", entry("c++"), None).problems.empty


@pytest.mark.parametrize(
    ("category", "old", "new", "reason"),
    [
        ("no", None, entry("truce"), "no category 'no'; there are 'k', 'other'"),
        ("k", entry("truce"), None, "has no entry 'truce'"),
        ("k", entry("talks", weight=2), None, "has no entry 'talks'"),
        ("k", None, entry("talks"), "has 'talks' already; change that entry"),
        ("k", entry("talks"), None, "only entry of category 'k'"),
    ],
)
def test_what_cannot_be_put_is_refused(
    category: str, old: Entry | None, new: Entry | None, reason: str
) -> None:
    with pytest.raises(LexiconError, match=reason):
        put_entry(lexicon("talks"), category, old, new)


def test_a_category_is_given_a_definition_and_matches_as_before() -> None:
    first = lexicon("talks")
    changed = define_category(first, "k", " Parties talk. ")
    assert changed.categories[0].definition == "Parties talk."
    assert changed.id == first.id
    with pytest.raises(LexiconError, match="no category 'no'"):
        define_category(first, "no", "")


def test_a_line_is_readable_yaml() -> None:
    whole = entry(
        "talk*",
        unless=["talks show"],
        near={"terms": ["peace"], "within": 5, "side": "before"},
        note="Not of a show.",
    )
    assert entry_as_line(whole) == (
        "{term: talk*, unless: [talks show], near: {terms: [peace], within: 5, side: before}, "
        "note: Not of a show.}"
    )
    assert entry_as_line(entry("talks")) == "{term: talks}"


@given(fields=TERMS, note=TEXTS | st.text(max_size=9), subcategory=TEXTS)
def test_any_entry_comes_back_from_its_line(
    fields: dict[str, Any], note: str, subcategory: str
) -> None:
    try:
        made = entry_from_fields("k", {**fields, "note": note, "subcategory": subcategory})
    except MediaFramingError:
        return
    line = entry_as_line(made)
    assert len(line.splitlines()) == 1
    back = entry_from_line("k", line)
    assert (back, back.note) == (made, made.note)


def test_an_entry_from_fields_is_that_of_a_lexicon() -> None:
    near = {"terms": ["peace", "war*"], "within": [5, "sentence"]}
    fields = {"term": "Talks", "case": "sensitive", "weight": "0.5", "not_near": near}
    assert entry_from_fields("k", fields) == lexicon(fields).categories[0].entries[0]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "it has no term; write one"),
        ({"term": ""}, "it has no term; write one"),
        ({"term": ["a", "b"]}, "it has several terms; write one"),
        ({"term": "*"}, "has no letter or digit"),
        ({"term": "a", "kind": "act"}, "write thing, event, state"),
        ({"term": "a", "weight": "much"}, "write a number"),
        ({"term": "a", "before": ["two words"]}, "is not one token"),
        ({"term": "a", "near": {"terms": []}}, "has no terms"),
        ({"term": "a", "color": "red"}, "has no field 'color'"),
        ({"term": "a", "unless": "b"}, "must be a list"),
        ({"term": "a", "subcategory": ["b"]}, "a single text was expected"),
        ({"term": True}, "True is a bool"),
    ],
)
def test_fields_are_checked_as_those_of_a_file(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(MediaFramingError, match=reason):
        entry_from_fields("k", fields)


def test_fields_left_empty_in_a_form_are_left_out() -> None:
    form = {"term": "a", "weight": None, "unless": [], "note": "", "near": {}, "subcategory": None}
    assert entry_from_fields("k", form) == Entry("a", "k")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [b]\n", None),
        ("# x\na: [b]", 1),
        ("a: [é, 'ü # x'] # y", 1),
        ("a:\n- 'b # c'\n- \"d # e\"\n- f#g\n", None),
        ("a:\n- b\n  # c\n- d", 3),
        ("a: |\n  x # y\n  # z\nb: [c]", None),
        ("\ufeffa: [b]\n# z", 2),
        ("a: [", None),
    ],
)
def test_the_first_comment_of_a_file_is_found(text: str, line: int | None) -> None:
    assert comment_line(text) == line
