"""The shared facts about matching, under rules R1 to R6."""

import json
from pathlib import Path
from typing import Any

import pytest

import analysis as fa
from analysis.errors import LexiconError

pytestmark = [
    pytest.mark.cases,
    # Some cases hold terms that can never match, on purpose.
    pytest.mark.filterwarnings("ignore::analysis.errors.LexiconWarning"),
]


def test_every_matching_case_gives_its_words_and_hits(cases_folder: Path) -> None:
    cases = json.loads((cases_folder / "matching_cases.json").read_text(encoding="utf-8"))
    assert cases
    wrong = {case["id"]: result for case in cases if (result := _difference(case))}
    assert not wrong


def _difference(case: dict[str, Any]) -> str | None:
    categories = dict(case["lexicon"])
    for name, terms in categories.items():
        # M33: a bare wildcard is refused, and the rest of the category still works.
        if "*" in terms:
            with pytest.raises(LexiconError, match="no letter or digit"):
                fa.lexicon_from_dict("case", categories)
            categories[name] = [term for term in terms if term != "*"]
    documents = fa.documents_from_texts([case["text"]])
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("case", categories))
    found = sorted(hits[["category", "start", "end", "surface"]].itertuples(index=False, name=None))
    expected = sorted((h["category"], h["start"], h["end"], h["surface"]) for h in case["hits"])
    words = int(paragraphs["n_tokens"].sum())
    if found != expected or words != case["words"]:
        return f"{words} words, {found}; expected {case['words']} words, {expected}"
    return None
