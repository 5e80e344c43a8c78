"""Files that databases wrote: the number in a name is its number of articles.

They are not part of the project, and lie beside the folder of the reference cases.
"""

import re
from pathlib import Path
from typing import Any

import pytest

import analysis as fa
from analysis.errors import ReadingError
from tests.reference_cases import OUTSIDE, as_expected, reading_cases

pytestmark = pytest.mark.cases

_EXPORTS = OUTSIDE.parent / "exports"
# What is read so far.
_KINDS = ("nexis", "factiva", "europresse", "proquest")
_KINDS_OF_CASES = ("nexis", "factiva", "europresse", "proquest")
# No published file shows how these are written, so they are refused.
_REFUSED = {"B032": "BBC Monitoring"}
_FILES = sorted(
    path
    for path in (_EXPORTS.iterdir() if _EXPORTS.is_dir() else ())
    if path.name.startswith(_KINDS) and re.search(r"_\d+$", path.stem)
)
_LABELS = re.compile(
    r"^\s*(?:byline|autor|auteur|section|rubrik|rubrique|length|länge|longueur|lengte|load-date|"
    r"date-chargement|language|sprache|langue|graphic|grafik|publication-type|subject|body|"
    r"highlight|dateline|classification|geographic|person|organization|end of document|author|"
    r"abstract|full text|location|publication \w+|links|last updated|database|credit|illustration|"
    r"caption|numéro de document|date d'émission)\s*(?::|$)"
    r"|^\d+ (?:words|wörter|mots)$|^Document [A-Z0-9]{12}|^(?-i:HD|PD|SN|LP|TD|NS)\b"
    r"|^(?:©|\(c\)) \d"
    r"|^Copyright \d{4}|All Rights Reserved|\d of \d+ DOCUMENTS",
    re.IGNORECASE,
)


@pytest.mark.filterwarnings("ignore::analysis.errors.LanguageWarning")
@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_a_file_gives_its_articles_and_no_line_of_the_database(path: Path) -> None:
    documents, _ = fa.read_documents(path, return_skipped=True)
    assert len(documents) == int(path.stem.rpartition("_")[2])
    assert documents[["title", "date", "outlet"]].notna().all(axis=None)
    paragraphs = fa.split_paragraphs(documents)["text"]
    assert [text for text in paragraphs if _LABELS.search(text)] == []


@pytest.mark.parametrize("case", reading_cases(_KINDS_OF_CASES))
def test_small_files_are_read_as_expected(case: dict[str, Any]) -> None:
    documents, _ = fa.read_documents(OUTSIDE / "reading" / case["file"], return_skipped=True)
    found, expected = as_expected(documents, case)
    assert found == expected


@pytest.mark.parametrize("case", [one for one in reading_cases((".txt",)) if one.id in _REFUSED])
def test_what_is_not_read_of_databases_is_refused_by_its_name(case: dict[str, Any]) -> None:
    with pytest.raises(ReadingError, match=f"written by {_REFUSED[case['id']]}, whose files"):
        fa.read_documents(OUTSIDE / "reading" / case["file"])
