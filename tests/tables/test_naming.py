"""One name for an article, wherever a reader meets it."""

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError


def named(**columns: list[object]) -> list[str]:
    n = len(next(iter(columns.values())))
    table = pd.DataFrame({"document_id": [f"id-{i}" for i in range(n)], **columns})
    names = fa.name_documents(table)
    assert list(names) == table["document_id"].tolist()
    return list(names.values())


def test_an_article_is_named_by_outlet_and_date() -> None:
    dates = pd.to_datetime(["2026-01-02", "2026-01-03", None])
    assert named(outlet=["Sun", "Sun", "Post"], date=list(dates)) == [
        "Sun, 2026-01-02",
        "Sun, 2026-01-03",
        "Post",
    ]


def test_articles_of_one_outlet_and_day_are_told_apart_by_the_title() -> None:
    titles = ["Talks resume", "A threat to peace that nobody saw", "Rain"]
    dates = ["2026-01-02", "2026-01-02", "2026-01-05"]
    assert named(outlet=["Sun"] * 3, date=dates, title=titles) == [
        "Sun, 2026-01-02, Talks resume",
        "Sun, 2026-01-02, A threat to peace that…",
        "Sun, 2026-01-05",
    ]


def test_where_the_titles_are_equal_too_the_id_stands_behind_outlet_and_date() -> None:
    same = {"outlet": ["Sun", "Sun"], "date": ["2026-01-02"] * 2}
    told = ["Sun, 2026-01-02, id-0", "Sun, 2026-01-02, id-1"]
    assert named(**same) == named(**same, title=["Talks", "Talks"]) == told
    assert named(**same, title=[None, ""]) == told


@pytest.mark.parametrize(
    "columns",
    [
        {"text": ["a", "b"]},
        {"date": ["2026-01-02", "2026-01-03"]},
        {"outlet": [None, None], "title": [None, None]},
    ],
)
def test_an_article_without_an_outlet_and_a_title_keeps_its_id(
    columns: dict[str, list[object]],
) -> None:
    assert named(**columns) == ["id-0", "id-1"]


def test_no_two_names_are_ever_equal() -> None:
    table = pd.DataFrame({"document_id": ["x", "Sun, x"], "outlet": ["Sun", "Sun"]})
    doubled = pd.concat([table, table.assign(document_id=["y", "Sun, Sun, x"])])
    names = fa.name_documents(doubled)
    assert len(set(names.values())) == len(names) == 4


def test_a_table_with_many_rows_of_an_article_names_it_once_and_one_without_ids_is_refused() -> (
    None
):
    scores = pd.DataFrame({"document_id": ["a", "a", "b"], "outlet": ["Sun", "Sun", "Post"]})
    assert fa.name_documents(scores) == {"a": "Sun", "b": "Post"}
    with pytest.raises(TableError, match="no column 'document_id'"):
        fa.name_documents(scores.drop(columns="document_id"))
