"""Tables follow their schema, and what does not is refused in one sentence."""

import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.tables.checks import check_table, empty_table, make_table, metadata_columns
from analysis.tables.core import TABLES
from analysis.tables.schema import Column

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


def columns_of(name: str) -> dict[str, Column]:
    return {**TABLES[name].columns, **TABLES[name].optional}


@pytest.mark.parametrize("name", TABLES)
def test_every_share_and_every_rate_has_its_unit(name: str) -> None:
    for column, own in columns_of(name).items():
        words = column.split("_")
        if "share" in words and own.dtype == "float64" and name != "word_shift":
            assert own.unit == "0 to 1", column
        if "rate" in words:
            assert own.unit in ("per 1,000 tokens", "per 1,000 words"), column
    assert all(not own.unit or own.dtype == "float64" for own in columns_of(name).values())


@pytest.mark.parametrize("name", TABLES)
def test_no_meaning_tells_a_unit_or_a_null_that_a_field_holds(name: str) -> None:
    told = [own.meaning for own in columns_of(name).values() if own.dtype == "float64"]
    assert not [meaning for meaning in told if "0 to 1" in meaning or "1,000" in meaning]
    assert not [own for own in columns_of(name).values() if "null" in own.meaning]


@pytest.mark.parametrize("name", TABLES)
def test_bounds_stand_in_pairs_and_name_a_column_of_their_table(name: str) -> None:
    columns = columns_of(name)
    bounds = {column: own.bounds_of for column, own in columns.items() if own.bounds_of}
    assert set(bounds.values()) <= set(columns)
    assert set(bounds) == {
        column for column in columns if column.rpartition("_")[2] in ("low", "high")
    }
    for column, bounded in bounds.items():
        assert bounds[column.replace("low", "high").replace("high", "low")] == bounded


@pytest.mark.parametrize("name", TABLES)
def test_a_column_that_may_be_null_says_when(name: str) -> None:
    for column, own in columns_of(name).items():
        assert own.nullable == (own.null_when is not None), column
        assert own.null_when is None or own.null_when.strip(), column


def test_a_null_passes_only_where_the_schema_says_what_it_means() -> None:
    for column, own in TABLES["sentences"].columns.items():
        assert own.null_when is None, column
    hits = empty_table("hits").astype(object)
    row = {"document_id": "a", "surface": "x", "lexicon": "l", "category": "c", "entry": "x"}
    hits.loc[0] = {**dict.fromkeys(hits.columns), "weight": 1.0, **row}
    numbers = {"paragraph": 0, "sentence": 0, "start": 0, "end": 1}
    check_table(make_table("hits", hits.assign(**numbers)), "hits")
    with pytest.raises(TableError, match="'entry' of the hits table is null in row 0"):
        check_table(make_table("hits", hits.assign(**numbers, entry=None)), "hits")


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
