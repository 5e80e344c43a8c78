"""The registry of kinds, and what it makes of their articles."""

import sys
from types import SimpleNamespace

import pytest

from analysis.reading import exports
from analysis.reading.exports import read_export
from analysis.reading.exports.articles import Article, Export


@pytest.fixture(autouse=True)
def stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a kind that knows texts with the word KNOWN, and announces two articles."""
    kind = SimpleNamespace(
        recognises=lambda text: "KNOWN" in text,
        split=lambda _: Export([Article("Talks", "They met.", columns={"section": "A"})], 2),
    )
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
