"""Small tables as researchers have them, of a folder outside the project."""

from pathlib import Path
from typing import Any

import pytest

import analysis as fa
from tests.reference_cases import OUTSIDE, reading_cases

pytestmark = pytest.mark.cases

_TABLES = (".csv", ".tsv", ".json", ".jsonl", ".xls", ".xlsx")
# What these files do not hold.
_ABSENT = {
    "B023": {"authors"},
    "B024": {"outlets"},
    "B025": {"outlets"},
    "B033": {"outlets", "authors"},
}
# A column `text` is taken as it is: its title stays in its own column and is no paragraph.
_WITHOUT_TITLES = {"B023"}
_CASES = [one for one in reading_cases(("",)) if Path(one.values[0]["file"]).suffix in _TABLES]


@pytest.mark.parametrize("case", _CASES)
def test_a_small_table_is_read_as_expected(case: dict[str, Any]) -> None:
    path = OUTSIDE / "reading" / case["file"]
    documents, _ = fa.read_documents(path, return_skipped=True)
    found = {
        "n_documents": len(documents),
        "titles": documents["title"].tolist(),
        "dates": documents["date"].dt.strftime("%Y-%m-%d").tolist(),
        "outlets": documents["outlet"].tolist(),
        "authors": documents["author"].tolist(),
    }
    compared = found.keys() & case["expected"].keys() - _ABSENT.get(case["id"], set())
    assert {name: found[name] for name in compared} == {
        name: case["expected"][name] for name in compared
    }
    paragraphs = fa.split_paragraphs(documents).groupby("document_id").size()
    for name in case["expected"].keys() & {"n_paragraphs", "n_paragraphs_each"}:
        titles = case["id"] in _WITHOUT_TITLES
        assert set(paragraphs + titles) == {case["expected"][name]}
