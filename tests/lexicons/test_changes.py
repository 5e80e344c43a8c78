"""One entry of a lexicon changed: what counts then, and what is refused."""

import warnings
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import LexiconError, LexiconWarning

TERMS = {"security": ["threat*", "danger"], "aid": ["relief"]}


@pytest.fixture
def lexicon() -> fa.Lexicon:
    return fa.lexicon_from_dict("test", TERMS, version="2")


def counted(lexicon: fa.Lexicon, text: str) -> list[str]:
    hits = fa.find_hits(fa.split_paragraphs(fa.documents_from_texts([text])), lexicon)
    return hits.loc[hits["blocked_by"].isna(), "surface"].tolist()


def test_a_dropped_entry_counts_no_more_and_all_others_do(lexicon: fa.Lexicon) -> None:
    changed = fa.change_entry(lexicon, "security", "threat*", drop=True)
    assert counted(changed, "A threat, a danger, relief.") == ["danger", "relief"]
    assert counted(lexicon, "A threat, a danger, relief.") == ["threat", "danger", "relief"]


def test_a_phrase_vetoes_that_entry_only(lexicon: fa.Lexicon) -> None:
    changed = fa.change_entry(lexicon, "security", "threat*", unless=["threat of rain"])
    assert counted(changed, "A threat of rain. A threat. Danger: threat of rain.") == [
        "threat",
        "Danger",
    ]


def test_phrases_are_added_to_those_that_the_entry_has(lexicon: fa.Lexicon) -> None:
    changed = lexicon
    for phrase in ("threat of rain", "empty threat", "threat of rain"):
        changed = fa.change_entry(changed, "security", "threat*", unless=phrase)
    assert changed.entries["unless"].tolist() == ["threat of rain; empty threat", "", ""]


def test_an_entry_that_stands_in_two_readings_changes_in_both() -> None:
    readings = [{"term": "may", "after": ["be"]}, {"term": "may", "after": ["have"]}, "might"]
    lexicon = fa.lexicon_from_dict("test", {"modal": readings})
    changed = fa.change_entry(lexicon, "modal", "may", drop=True)
    assert changed.entries["term"].tolist() == ["might"]


def test_the_id_tells_the_changed_lexicon_from_the_first(lexicon: fa.Lexicon) -> None:
    changed = fa.change_entry(lexicon, "security", "danger", drop=True)
    assert changed.id != lexicon.id
    written = fa.lexicon_from_dict("test", {**TERMS, "security": ["threat*"]}, version="2")
    assert changed.id == written.id


def test_a_changed_lexicon_can_be_written_and_read(lexicon: fa.Lexicon, tmp_path: Path) -> None:
    changed = fa.change_entry(lexicon, "security", "threat*", unless="threat of rain")
    losses = fa.save_lexicon(changed, tmp_path / "changed.yml")
    assert losses.empty
    assert fa.load_lexicon(tmp_path / "changed.yml").id == changed.id


def test_a_phrase_that_never_matches_is_told_and_old_problems_are_not_told_again() -> None:
    with pytest.warns(LexiconWarning):
        lexicon = fa.lexicon_from_dict("test", {"a": ["c++", "coast"], "b": ["d++", "e"]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        changed = fa.change_entry(lexicon, "a", "coast", unless="coast guard")
    pd.testing.assert_frame_equal(
        changed.problems.sort_values("term", ignore_index=True),
        lexicon.problems.sort_values("term", ignore_index=True),
    )
    with pytest.warns(LexiconWarning, match=r"f\+\+"):
        fa.change_entry(lexicon, "a", "coast", unless="f++")


@pytest.mark.parametrize(
    ("place", "options", "reason"),
    [
        (("hope", "danger"), {"drop": True}, "no category 'hope'; there are 'security', 'aid'"),
        (("security", "danger*"), {"drop": True}, "has no entry 'danger\\*'"),
        (("aid", "relief"), {"drop": True}, "is the only entry of category 'aid'"),
    ],
)
def test_what_is_not_there_or_would_empty_a_category_is_refused(
    lexicon: fa.Lexicon, place: tuple[str, str], options: dict[str, bool], reason: str
) -> None:
    with pytest.raises(LexiconError, match=reason):
        fa.change_entry(lexicon, *place, **options)


@pytest.mark.parametrize("options", [{}, {"drop": True, "unless": "a"}])
def test_one_change_must_be_named(lexicon: fa.Lexicon, options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="either"):
        fa.change_entry(lexicon, "security", "danger", **options)
