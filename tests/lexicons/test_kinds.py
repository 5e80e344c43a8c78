"""What kind of word an entry is: as the lexicon says, or guessed; and what it is for."""

from pathlib import Path

import pytest

import analysis as fa
from analysis.errors import LexiconError
from analysis.lexicons.kinds import kinds_of
from tests.builders import paragraphs_of


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("soldier*", "thing"),
        ("army", "thing"),
        ("attack*", "event"),
        ("bombing", "event"),
        ("act of war", "event"),
        ("poverty", "state"),
        ("self-reliance", "state"),
        ("border guards", "thing"),
        ("xyzzy", "thing"),
    ],
)
def test_a_term_that_says_nothing_is_taken_for_what_its_main_word_is(term: str, kind: str) -> None:
    lexicon = fa.lexicon_from_dict("mine", {"x": [term]})
    assert list(kinds_of(lexicon).values()) == [kind]


def test_the_kind_of_an_entry_goes_before_that_of_its_subcategory() -> None:
    terms = ["ceasefire", {"term": "truce", "kind": "state"}]
    content = {"x": {"subcategories": {"pause": {"kind": "event", "terms": terms}}}}
    lexicon = fa.lexicon_from_dict("mine", content)
    assert [entry.kind for category in lexicon.categories for entry in category.entries] == [
        "event",
        "state",
    ]


def test_a_kind_that_there_is_not_is_refused() -> None:
    with pytest.raises(LexiconError, match="write thing, event, state"):
        fa.lexicon_from_dict("mine", {"x": [{"term": "truce", "kind": "act"}]})


PACT = {"x": {"subcategories": {"y": {"kind": "event", "terms": ["pact"]}}}}


@pytest.mark.parametrize("name", ["mine.yml", "mine.csv"])
def test_kinds_are_written_and_read_back(name: str, tmp_path: Path) -> None:
    lexicon = fa.lexicon_from_dict("mine", PACT)
    assert fa.save_lexicon(lexicon, tmp_path / name).empty
    assert fa.load_lexicon(tmp_path / name) == lexicon
    assert fa.load_lexicon(tmp_path / name).entries["kind"].tolist() == ["event"]


@pytest.mark.parametrize("form", ["liwc", "quanteda"])
def test_forms_without_kinds_say_that_they_are_lost(form: str, tmp_path: Path) -> None:
    lexicon = fa.lexicon_from_dict("mine", PACT)
    losses = fa.save_lexicon(lexicon, tmp_path / "mine.txt", format=form)
    [reason] = losses.loc[losses["what"] == "kind", "reason"]
    assert "it was event, and will be guessed" in reason


def test_a_table_made_by_hand_may_have_kinds_and_names_those_that_there_are(
    tmp_path: Path,
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("category,term,kind\nx,pact,event\nx,table,\n")
    kinds = fa.load_lexicon(path).entries["kind"]
    assert kinds.astype(object).where(kinds.notna(), None).tolist() == ["event", None]
    path.write_text("category,term,kind\nx,pact,act\n")
    with pytest.raises(LexiconError, match=r"line 2.*write thing, event, state"):
        fa.load_lexicon(path)


@pytest.mark.parametrize(("kind", "certainty"), [("event", "negated"), ("thing", "asserted")])
def test_an_event_takes_the_certainty_of_its_clause_and_a_thing_does_not(
    kind: str, certainty: str
) -> None:
    lexicon = fa.lexicon_from_dict("mine", {"x": [{"term": "parade", "kind": kind}]})
    hits = fa.find_hits(paragraphs_of("The parade did not take place."), lexicon)
    assert hits["certainty"].tolist() == [certainty]


def test_every_entry_of_the_built_in_frames_says_its_kind() -> None:
    lexicon = fa.load_lexicon("framing")
    assert all(entry.kind for category in lexicon.categories for entry in category.entries)
