"""The order of rows changes no result, in whichever table it is another."""

import inspect
from typing import Any

import pandas as pd
import pytest

import analysis as fa
from tests.calls import IN_ORDER_GIVEN, ORDERED, STORING, VERBS, Call, marks_of, told

# What stands for the order of its rows itself.
_MEANT = {"plot_similarity of clusters": ["clusters"]}


def _called(call: Call, tables: list[pd.DataFrame]) -> dict[str, list[str]]:
    """Return the tables that a verb makes, each as its rows in the order of their contents."""
    made = call(*tables)
    return {
        name: sorted(map(_written, table.to_dict("records")))
        for name, table in (made if isinstance(made, dict) else {"": made}).items()
    }


def _written(row: dict[Any, Any]) -> str:
    """Write a row; of two that are beside each other, the first by the alphabet comes first."""
    # Sums of floats may differ in their last digits.
    cells = {key: f"{v:.9g}" if isinstance(v, float) else str(v) for key, v in row.items()}
    if "difference" not in cells and {"lift", "similarity", "surface_a"} & set(cells):
        names = [key[:-2] for key in cells if key.endswith("_a")]
        one, two = ([cells[f"{name}_{side}"] for name in names] for side in "ab")
        cells |= dict(zip((f"{name}_a" for name in names), min(one, two), strict=True))
        cells |= dict(zip((f"{name}_b" for name in names), max(one, two), strict=True))
    return str(cells)


@pytest.mark.parametrize("name", VERBS)
def test_rows_in_another_order_give_the_same_result(name: str) -> None:
    tables = VERBS[name].given()
    expected = _called(VERBS[name], tables)
    for place, table in enumerate(VERBS[name].tables):
        assert _called(VERBS[name], _shuffled(tables, place)) == expected, table


@pytest.mark.parametrize("name", ORDERED)
def test_pictures_and_pages_of_rows_in_another_order_are_the_same(name: str) -> None:
    tables = ORDERED[name].given()
    expected = told(ORDERED[name](*tables))
    for place, table in enumerate(ORDERED[name].tables):
        if table not in _MEANT.get(name, ()):
            assert told(ORDERED[name](*_shuffled(tables, place))) == expected, table


@pytest.mark.parametrize("name", IN_ORDER_GIVEN)
def test_what_keeps_the_order_of_rows_shows_the_same_in_another(name: str) -> None:
    call = IN_ORDER_GIVEN[name]
    tables = call.given()
    expected = marks_of(call(*tables))
    for place, table in enumerate(call.tables):
        assert marks_of(call(*_shuffled(tables, place))) == expected, table


def _shuffled(tables: list[pd.DataFrame], place: int) -> list[pd.DataFrame]:
    """Return tables of which one has its rows in another order."""
    shuffled = tables[place].sample(frac=1, random_state=place + 1)
    return [*tables[:place], shuffled, *tables[place + 1 :]]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("find_attributions", ""),
        ("find_hedges", ""),
        ("find_hits", ""),
        ("find_topics", "weights"),
        ("gold_codes", ""),
        ("score_paragraphs", ""),
        ("validate_lexicon", "errors"),
    ],
)
def test_results_come_in_the_order_of_the_paragraphs_that_are_given(name: str, table: str) -> None:
    arguments = VERBS[name].tables
    tables = [own.sample(frac=1, random_state=8) for own in VERBS[name].given()]
    given = tables[arguments.index("codes" if "codes" in arguments else "paragraphs")]
    made = VERBS[name](*tables)
    found = made[table] if table else made
    key = [name for name in ("document_id", "paragraph", "category") if name in given]
    order, places = (list(dict.fromkeys(_rows(one[key]))) for one in (given, found))
    assert places == [place for place in order if place in set(places)]


def _rows(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(table.itertuples(index=False, name=None))


def test_every_public_function_of_tables_is_called() -> None:
    names = {
        name
        for name in dir(fa)
        if inspect.isfunction(verb := getattr(fa, name))
        and any(
            "DataFrame" in str(p.annotation) for p in inspect.signature(verb).parameters.values()
        )
    }
    called = {name.split(" ")[0] for name in (*VERBS, *ORDERED, *IN_ORDER_GIVEN, *STORING)}
    assert len(names) > 70
    assert names <= {name.rstrip(",") for name in called}
