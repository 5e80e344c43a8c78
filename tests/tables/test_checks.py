"""Tables follow their schema, and what does not is refused in one sentence."""

import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.tables.checks import check_table, empty_table, make_table, metadata_columns
from analysis.tables.core import TABLES

SENTENCES = {
    "document_id": ["a", "a"],
    "paragraph": [0, 0],
    "sentence": [0, 1],
    "start": [0, 6],
    "end": [5, 9],
}


@pytest.mark.parametrize("name", TABLES)
def test_every_schema_makes_a_valid_empty_table(name: str) -> None:
    table = empty_table(name)
    check_table(table, name)
    assert list(table.columns) == list(TABLES[name].columns)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_says_what_it_means(name: str) -> None:
    assert all(column.meaning for column in TABLES[name].columns.values())
    assert set(TABLES[name].key) <= set(TABLES[name].columns)


def test_a_table_is_built_in_the_schemas_order_with_a_plain_index() -> None:
    frame = pd.DataFrame(SENTENCES, index=[7, 3])[list(SENTENCES)[::-1]].assign(mine=["x", "y"])
    table = make_table("sentences", frame)
    assert list(table.columns) == [*SENTENCES, "mine"]
    assert table.index.equals(pd.RangeIndex(2))
    assert table["mine"].tolist() == ["x", "y"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(columns="end"), "no column 'end'"),
        (lambda t: t.assign(start=["0", "6"]), "'start' of the sentences table has dtype str"),
        (lambda t: t.assign(document_id=["a", None]), "'document_id' .* is null in row 1"),
        (lambda t: t.assign(sentence=[0, 0]), "row 1 of the sentences table repeats the key"),
    ],
)
def test_what_breaks_the_schema_is_named(change: object, message: str) -> None:
    table = change(make_table("sentences", SENTENCES))  # type: ignore[operator]
    with pytest.raises(TableError, match=message):
        check_table(table, "sentences")


def test_something_that_is_no_table_is_a_type_error() -> None:
    """S13"""
    with pytest.raises(TypeError, match="hits must be a pandas DataFrame, not str"):
        check_table("hits", "hits")  # type: ignore[arg-type]


def test_the_columns_that_travel_with_a_document_are_known() -> None:
    documents = empty_table("documents").assign(desk=pd.Series(dtype="str"))
    assert metadata_columns(documents, "documents") == ["outlet", "date", "desk"]
    paragraphs = empty_table("paragraphs").assign(desk=pd.Series(dtype="str"))
    assert metadata_columns(paragraphs, "paragraphs") == ["desk"]
