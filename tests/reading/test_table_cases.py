"""Small tables as researchers have them, of a folder outside the project."""

from pathlib import Path
from typing import Any

import pytest

import analysis as fa
from tests.reference_cases import OUTSIDE, as_expected, reading_cases

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
    absent = _ABSENT.get(case["id"], frozenset())
    above = case["id"] in _WITHOUT_TITLES
    found, expected = as_expected(documents, case, absent=absent, above=above)
    assert found == expected
