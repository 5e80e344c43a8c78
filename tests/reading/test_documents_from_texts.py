"""Texts in memory as a table of documents."""

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError, ReadingWarning
from analysis.tables.checks import check_table


def test_texts_become_documents_with_ids_in_order() -> None:
    documents = fa.documents_from_texts(text for text in ["A.", "", "C."])
    check_table(documents, "documents")
    assert documents["document_id"].tolist() == ["text_0001", "text_0002", "text_0003"]
    assert documents["text"].tolist() == ["A.", "", "C."]


def test_ids_can_be_given() -> None:
    assert fa.documents_from_texts(pd.Series(["A."]), ["x"])["document_id"].tolist() == ["x"]


def test_no_texts_give_an_empty_table() -> None:
    """S09"""
    documents = fa.documents_from_texts([])
    check_table(documents, "documents")
    assert documents.empty


@pytest.mark.parametrize(
    "texts", ["A text.", b"A text.", {"a": "b"}, pd.DataFrame({"text": ["A"]})]
)
def test_one_text_where_a_list_is_expected_is_a_type_error_that_says_what_to_write(
    texts: object,
) -> None:
    """S13"""
    with pytest.raises(TypeError, match=r"texts must be a list of str.*write \[text\]"):
        fa.documents_from_texts(texts)


def test_wrong_values_are_named_by_their_place() -> None:
    with pytest.raises(TypeError, match=r"texts\[1\] must be a str, not float"):
        fa.documents_from_texts(["A.", float("nan")])
    with pytest.raises(TypeError, match="document_ids must be a list of str"):
        fa.documents_from_texts(["A."], "x")
    with pytest.raises(ReadingError, match="2 texts but 1 document_ids"):
        fa.documents_from_texts(["A.", "B."], ["x"])
    with pytest.raises(ReadingError, match="document_ids 1 and 3 are both 'x'"):
        fa.documents_from_texts(["A.", "B.", "C."], ["x", "y", "x"])


def test_a_lone_surrogate_is_replaced_with_a_warning() -> None:
    with pytest.warns(ReadingWarning, match="row 2"):
        documents = fa.documents_from_texts(["A.", "b\ud800"], ["x", "\udfff"])
    assert documents["document_id"].tolist() == ["x", "\ufffd"]
    assert documents["text"].tolist() == ["A.", "b\ufffd"]
