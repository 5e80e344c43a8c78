"""Every result can say what made it."""

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.saving.provenance import stamp


def test_the_method_note_names_versions_lexica_and_all_rules() -> None:
    lexicon = fa.lexicon_from_dict("mine", {"k": ["border"]}, version="3")
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A border."]))
    note = fa.method_note(fa.find_hits(paragraphs, lexicon))
    assert f"media-framing {fa.__version__}" in note
    assert lexicon.id in note
    assert [line[:3] for line in note.splitlines() if line.startswith("R")] == [
        f"R{n} " for n in range(1, 8)
    ]


def test_a_table_without_lexica_has_no_method_to_note() -> None:
    with pytest.raises(TableError, match="no column 'lexicon'"):
        fa.method_note(pd.DataFrame({"rate": [1.0]}))


def test_a_stamped_table_carries_versions_and_leaves_the_original_alone() -> None:
    table = pd.DataFrame({"rate": [1.0]})
    stamped = stamp(table)
    assert stamped["package_version"].tolist() == [fa.__version__]
    assert list(table.columns) == ["rate"]
