"""Small feeds and texts of other encodings as researchers have them, of a folder outside."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import analysis as fa
from tests.reference_cases import OUTSIDE, as_expected, reading_cases

pytestmark = pytest.mark.cases

# What these files do not hold: days and outlets of their own, texts of four paragraphs.
_ABSENT = {
    "B026": {"dates", "outlets"},
    "B030": {"outlets", "authors", "n_paragraphs_each"},
}
_FEEDS = [one for one in reading_cases(("",)) if Path(one.values[0]["file"]).suffix == ".xml"]
_LIST = OUTSIDE / "reading" / "cases.json"
_ENCODED = [
    pytest.param(case, id=case["id"])
    for case in (json.loads(_LIST.read_text("utf-8")) if _LIST.is_file() else [])
    if re.match("cp125|Mac Roman|Shift JIS|EUC|UTF-8 encoded|UTF-16 with", case["kind"])
    and case["file"].endswith(".txt")
]


@pytest.mark.parametrize("case", _FEEDS)
def test_a_small_feed_is_read_as_expected(case: dict[str, Any]) -> None:
    documents, _ = fa.read_documents(OUTSIDE / "reading" / case["file"], return_skipped=True)
    found, expected = as_expected(documents, case, absent=_ABSENT.get(case["id"], frozenset()))
    assert found == expected


@pytest.mark.parametrize("case", _ENCODED)
def test_a_small_text_in_another_encoding_is_noted(case: dict[str, Any]) -> None:
    path = OUTSIDE / "reading" / case["file"]
    documents, skipped = fa.read_documents(path, return_skipped=True)
    assert len(documents) == 1
    assert skipped["reason"].str.contains("encoding guessed as|encoded once more").any()
