"""Entries may ask for other terms nearby, or for their absence."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import LexiconError


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


@pytest.mark.parametrize("name", ["mine.yml", "mine.csv"])
def test_our_own_files_keep_what_must_stand_near(tmp_path: Path, name: str) -> None:
    entries = [
        near("customs duties", "law*", within=5, side="before"),
        {"term": "fence", "not_near": {"terms": ["garden"]}},
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
        ({"terms": ["a"], "within": "page"}, "write sentence, or tokens from 1 to 100"),
        ({"terms": ["a"], "side": "left"}, "write before or after"),
        ({"terms": ["a"], "around": 3}, "no field 'around'"),
    ],
)
def test_a_wrong_condition_is_refused_in_one_sentence(given: Any, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        fa.lexicon_from_dict("k", {"k": [{"term": "gate", "near": given}]})


@pytest.mark.parametrize("cell", ["customs", "within 5", "within: 5: customs", "near 5: customs"])
def test_a_cell_that_cannot_be_read_is_refused(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"category,term,near\nk,gate,{cell}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="line 2"):
        fa.load_lexicon(path)
