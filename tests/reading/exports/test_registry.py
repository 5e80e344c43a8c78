"""The registry of kinds, and what it makes of their articles."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import analysis as fa
from analysis.reading import exports
from analysis.reading.exports import read_export
from analysis.reading.exports.articles import Article, Export
from analysis.reading.parsing.limits import ParsingError
from analysis.tables.checks import check_table


@pytest.fixture(autouse=True)
def stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a kind that knows texts with the word KNOWN, and announces two articles."""

    def split(text: str) -> Export:
        if "BROKEN" in text:
            raise ParsingError("its articles cannot be told apart")
        return Export([Article("Talks", "They met.", columns={"section": "A"})], 2)

    kind = SimpleNamespace(recognises=lambda text: "KNOWN" in text, split=split)
    monkeypatch.setitem(sys.modules, "analysis.reading.exports.stranger", kind)
    monkeypatch.setattr(exports, "RECOGNISERS", {"text": ("stranger",)})


def test_what_no_kind_knows_is_left_to_others() -> None:
    assert read_export("text", "An essay.") is None


def test_the_headline_is_the_first_paragraph_and_columns_are_fields() -> None:
    export = read_export("text", "KNOWN")
    assert export is not None
    assert export["articles"] == [
        {"title": "Talks", "text": "Talks\n\nThey met.", "section": "A"},
    ]


def test_another_number_than_announced_is_a_note() -> None:
    export = read_export("text", "KNOWN")
    assert export is not None
    assert "announces 2 articles and 1 were found" in export["notes"][0]


def test_articles_of_a_text_get_numbered_ids_and_their_own_columns(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("KNOWN", encoding="utf-8")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    check_table(documents, "documents")
    assert documents["document_id"].tolist() == ["news_001"]
    assert documents["section"].tolist() == ["A"]
    assert "announces 2 articles" in skipped["reason"][0]


def test_a_file_that_cannot_be_split_is_skipped_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("KNOWN and BROKEN", encoding="utf-8")
    (tmp_path / "essay.txt").write_text("An essay.", encoding="utf-8")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == ["essay"]
    assert skipped["what"].tolist() == ["file"]
    assert skipped["reason"].tolist() == ["its articles cannot be told apart"]
