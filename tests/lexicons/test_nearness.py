"""Entries may ask for other terms nearby, or for their absence."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import LexiconError
from tests.growth import growth


def hits_of(text: str, entry: dict[str, Any]) -> pd.DataFrame:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    lexicon = fa.lexicon_from_dict("k", {"k": [entry]})
    return fa.find_hits(paragraphs, lexicon, in_context=False)


def near(*terms: str, **fields: Any) -> dict[str, Any]:
    return {"term": "gate", "near": {"terms": list(terms), **fields}}


@pytest.mark.parametrize(
    ("text", "entry", "found"),
    [
        ("the gate and customs", near("customs", within=2), "customs"),
        ("the gate and the customs", near("customs", within=2), None),
        ("customs, the gate", near("customs", within=2), "customs"),
        ("customs at the gate", near("customs", within=5, side="after"), None),
        ("the gate of customs", near("customs", within=5, side="after"), "customs"),
        ("the gate of customs", near("customs", within=5, side="before"), None),
        ("The gate is far from any customs.", near("customs"), "customs"),
        ("The gate is shut. The customs wait.", near("customs"), None),
        ("The gate is shut. Customs wait.", near("customs", within=3), "Customs"),
        ("the gate of border guards", near("border guard*", within=3), "border guards"),
        ("the gate", near("gate", within=3), None),
        ("gate by gate", near("gate", within=3), "gate"),
        ("customs gate guards", near("guards", "customs", within=1), "customs"),
        ("the gate. Customs wait.", near("customs", within=[3, "sentence"]), None),
        ("the gate of customs", near("customs", within=[3, "sentence"]), "customs"),
        ("the gate of all the customs", near("customs", within=[3, "sentence"]), None),
        ("the gate and custom-made", near("custom*", "custom*", within=2), "custom"),
        ("the gate by a customs post", near("customs", "customs post", within=3), "customs post"),
        ("big customs post gate", near("big * post", "post", within=1), "big customs post"),
        ("a garden gate", near("garden gate", within=3), None),
        ("U.S. gate", near("U.S.", within=1), "U.S"),
    ],
)
def test_a_term_counts_where_another_stands_near(
    text: str, entry: dict[str, Any], found: str | None
) -> None:
    hits = hits_of(text, entry)
    assert hits["near_surface"].unique().tolist() == ([] if found is None else [found])


def test_a_term_may_ask_for_the_absence_of_another() -> None:
    entry = {"term": "gate", "not_near": {"terms": ["garden"], "within": 3}}
    text = "the garden has a gate, the wall of it has none, a gate"
    assert hits_of(text, entry)["start"].tolist() == [text.rindex("gate")]


def test_of_two_readings_of_a_word_each_counts_by_its_own_condition() -> None:
    lexicon = fa.lexicon_from_dict(
        "k",
        {
            "war": [
                {"term": "attack", "near": {"terms": ["troops"]}},
                {"term": "attack", "not_near": {"terms": ["voters"]}},
            ]
        },
    )
    texts = ["An attack on voters.", "Troops attack voters.", "An attack."]
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    assert lexicon.problems.empty
    assert fa.count_hits(paragraphs, lexicon)["n_hits"].tolist() == [0, 1, 1]


def test_a_list_of_terms_shares_its_fields() -> None:
    entry = {"term": ["gate", "fence"], "near": {"terms": ["guard*"], "within": 2}}
    hits = hits_of("gate guards and a fence, then a fence by guards", entry)
    assert hits["surface"].tolist() == ["gate", "fence"]
    assert hits["start"].tolist() == [0, 32]


@pytest.mark.filterwarnings("ignore::analysis.errors.LexiconWarning")
@pytest.mark.parametrize("name", ["mine.yml", "mine.csv"])
def test_our_own_files_keep_what_must_stand_near(tmp_path: Path, name: str) -> None:
    entries = [
        near("customs duties", "law*", within=5, side="before"),
        {"term": "fence", "not_near": {"terms": ["garden", "a;b/c"], "within": [9, "sentence"]}},
        {"term": "fence", "near": {"terms": ["U.S. Army"], "side": "after"}},
    ]
    lexicon = fa.lexicon_from_dict("k", {"k": entries})
    assert fa.save_lexicon(lexicon, tmp_path / name).empty
    assert fa.load_lexicon(tmp_path / name).id == lexicon.id


def test_other_forms_say_that_they_lose_it(tmp_path: Path) -> None:
    lexicon = fa.lexicon_from_dict("k", {"k": [near("customs", within=5)]})
    losses = fa.save_lexicon(lexicon, tmp_path / "mine.dic")
    assert "near within 5: customs" in losses.loc[losses["what"] == "condition", "reason"].item()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["customs"], "must be a mapping"),
        ({"within": 5}, "has no terms"),
        ({"terms": ["a"], "within": 0}, "within of near of 'gate' is '0'"),
        ({"terms": ["a"], "within": "page"}, "write sentence, tokens from 1 to 100, or both"),
        ({"terms": ["a"], "side": "left"}, "write before or after"),
        ({"terms": ["a"], "around": 3}, "no field 'around'"),
        ({"terms": ["a"], "within": [3, 5]}, "within of near of 'gate' is '3, 5'"),
        ({"terms": ["a"], "within": -1}, "within of near of 'gate' is '-1'"),
        ({"terms": ["a"], "within": 101}, "tokens from 1 to 100"),
        ({"terms": ["a"], "within": "paragraph"}, "write sentence"),
        ({"terms": []}, "near of 'gate' has no terms; write"),
        ({"terms": ["*"]}, "no letter or digit"),
    ],
)
def test_a_wrong_condition_is_refused_in_one_sentence(given: Any, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        fa.lexicon_from_dict("k", {"k": [{"term": "gate", "near": given}]})


def test_a_wrong_condition_of_a_file_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    entry = "k:\n  - fence\n  - {term: gate, not_near: {terms: [a], within: paragraph}}\n"
    path.write_text(entry, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"mine\.yml, line 3: within of not_near of 'gate'"):
        fa.load_lexicon(path)


def test_a_term_near_by_may_be_an_exclusion_and_vetoes_what_it_covers() -> None:
    entry = {"term": "gate", "near": {"terms": ["garden"]}}
    lexicon = fa.lexicon_from_dict("k", {"k": {"terms": [entry], "exclude": ["garden gate"]}})
    texts = ["a garden gate", "a gate of the garden", "the garden's wall, a gate"]
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    hits = fa.find_hits(paragraphs, lexicon, in_context=False)
    assert hits["blocked_by"].fillna("").tolist() == ["garden gate", "", ""]
    assert hits["near_surface"].tolist() == ["garden", "garden", "garden's"]
    assert fa.count_hits(paragraphs, lexicon)["n_hits"].tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    "text", ["gate ", "customs gate ", "gate of ", "The gate. ", "U.S. gate ", "A. "]
)
@pytest.mark.parametrize("within", [5, "sentence", [50, "sentence"]])
def test_the_work_grows_with_the_text_alone(text: str, within: Any) -> None:
    terms = ["none", "customs gate", "u.s. *", "a a"]
    entries = [
        {"term": term, name: {"terms": terms, "within": within}}
        for term, name in [("gate", "near"), ("gate", "not_near"), ("a", "near")]
    ]
    lexicon = fa.lexicon_from_dict("k", {"k": entries})

    def count(size: int) -> object:
        table = pd.DataFrame({"document_id": ["a"], "paragraph": 0, "text": [text * size]})
        return fa.count_hits(table, lexicon)

    assert growth(count, 1_000) < 80


def test_what_stood_near_is_shown_wherever_a_hit_is_explained() -> None:
    text = "The gate and customs. The gate."
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    lexicon = fa.lexicon_from_dict("k", {"k": [near("customs", within=5, side="after"), "wall"]})
    hits = fa.find_hits(paragraphs, lexicon)
    assert hits["near_surface"].tolist() == ["customs"]
    assert "near: customs" in fa.show_text(paragraphs, hits, document_id="text_0001").html
    coverage = fa.lexicon_coverage(hits, lexicon).set_index("entry")
    assert coverage["n_hits"].to_dict() == {"gate": 1, "wall": 0}
    assert lexicon.entries["near"].tolist() == ["within 5 after: customs", ""]


@pytest.mark.filterwarnings("ignore::analysis.errors.LexiconWarning")
def test_the_check_of_a_lexicon_names_a_term_near_by_that_matches_nothing() -> None:
    lexicon = fa.lexicon_from_dict("k", {"k": [near("a, b", "customs")]})
    found = fa.lint_lexicon(lexicon, words=[])
    assert found[["term", "check", "other"]].values.tolist() == [["gate", "unmatchable", "a, b"]]
    assert lexicon.problems["term"].tolist() == ["a, b"]


@pytest.mark.parametrize("cell", ["customs", "within 5", "within: 5: customs", "near 5: customs"])
def test_a_cell_that_cannot_be_read_is_refused(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"category,term,near\nk,gate,{cell}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="line 2"):
        fa.load_lexicon(path)
