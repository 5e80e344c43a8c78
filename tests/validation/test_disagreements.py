"""Which units coders disagree about."""

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table
from tests.validation.invented_codes import codes_of

MATRIX = [[1, 1, 1, 1], [1, 2, 4, 2], [1, 1, 3, None]]


def test_units_where_coders_differ_come_with_the_most_divergent_first() -> None:
    table = fa.disagreements(codes_of(MATRIX))
    check_table(table, "disagreements")
    assert table["paragraph"].tolist() == [2, 3, 1]
    assert table["divergence"].tolist() == pytest.approx([1, 1, 2 / 3])
    assert table["n_codes"].tolist() == [3, 2, 3]
    assert table["codes"].tolist() == [
        "coder 0: 1 | coder 1: 4 | coder 2: 3",
        "coder 0: 1 | coder 1: 2",
        "coder 0: 1 | coder 1: 2 | coder 2: 1",
    ]
    assert table["text"].isna().all()


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("ordinal", {2: 2.0, 3: 1.0, 1: 2 / 3}),
        ("interval", {2: 2.0, 3: 1.0, 1: 2 / 3}),
        ("ratio", {2: (3 / 5 + 2 / 4 + 1 / 7) / 3, 3: 1 / 3, 1: 2 / 9}),
    ],
)
def test_codes_further_apart_diverge_more(level: str, expected: dict[int, float]) -> None:
    table = fa.disagreements(codes_of(MATRIX), level=level)
    assert dict(zip(table["paragraph"], table["divergence"], strict=True)) == pytest.approx(
        expected
    )


def test_words_diverge_by_their_order() -> None:
    codes = codes_of([["low", "low"], ["middle", "high"]])
    table = fa.disagreements(codes, level="ordinal", order=["low", "middle", "high"])
    assert table["codes"].tolist() == [
        "coder 0: low | coder 1: high",
        "coder 0: low | coder 1: middle",
    ]


def test_what_is_missing_is_no_disagreement() -> None:
    codes = codes_of([["1", "1"], ["nan", "0"]])
    assert len(fa.disagreements(codes)) == 2
    assert fa.disagreements(codes, missing="nan")["paragraph"].tolist() == [1]


def test_coders_who_agree_leave_an_empty_table() -> None:
    table = fa.disagreements(codes_of([[1, 2], [1, 2]]))
    assert table.empty
    check_table(table, "disagreements")


def test_the_texts_stand_beside_the_codes() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat.\n\nMore aid."]))
    codes = codes_of([[1, 1], [1, 0]]).assign(document_id=paragraphs["document_id"].iloc[0])
    table = fa.disagreements(codes, paragraphs)
    assert table["text"].tolist() == ["More aid."]


def test_codes_of_paragraphs_that_are_not_given_are_refused() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat."]))
    codes = codes_of([[1, 1], [1, 0]]).assign(document_id=paragraphs["document_id"].iloc[0])
    with pytest.raises(TableError, match="no paragraph 1 of document 'text_0001'"):
        fa.disagreements(codes, paragraphs)


def test_the_order_of_coders_in_the_table_means_nothing() -> None:
    codes = codes_of(MATRIX)
    turned = pd.concat([codes[codes["coder"] == f"coder {n}"] for n in (2, 0, 1)])
    pd.testing.assert_frame_equal(fa.disagreements(turned), fa.disagreements(codes))
