"""Small books, mails, crawls, subtitles and compressed files, of a folder outside the project."""

from pathlib import Path
from typing import Any

import pytest

import analysis as fa
from tests.reference_cases import OUTSIDE, as_expected, reading_cases

pytestmark = pytest.mark.cases

_READ = (".mhtml", ".gz", ".bz2", ".epub", ".odt", ".rtf", ".vtt", ".srt", ".eml")
_CASES = [one for one in reading_cases(("",)) if Path(one.values[0]["file"]).suffix in _READ]


@pytest.mark.parametrize("case", _CASES)
def test_a_small_file_is_read_as_expected(case: dict[str, Any]) -> None:
    documents, _ = fa.read_documents(OUTSIDE / "reading" / case["file"], return_skipped=True)
    found, expected = as_expected(documents, case)
    assert found == expected
