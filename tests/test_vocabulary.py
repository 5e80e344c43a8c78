"""One name of a parameter has one meaning in all public functions."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis as fa
from analysis.statistics.intervals import N_RECOMPUTED, N_RESAMPLES

ARCHITECTURE = Path(__file__).resolve().parent.parent / "ARCHITECTURE.md"
# What was meant by several names, and the one that is left.
REPLACED = {"most": "n", "top": "n", "limit": "n", "n_boot": "n_resamples"}


def parameters() -> Iterator[tuple[str, inspect.Parameter]]:
    for name in fa.__all__:
        public = getattr(fa, name)
        if inspect.isfunction(public):
            for parameter in inspect.signature(public).parameters.values():
                yield name, parameter


def functions_with(name: str) -> dict[str, inspect.Parameter]:
    return {function: parameter for function, parameter in parameters() if parameter.name == name}


def told() -> set[str]:
    section = ARCHITECTURE.read_text("utf-8").partition("## The vocabulary of parameters")[2]
    rows = re.findall(r"^\| (`.+?) \|", section.partition("\n## ")[0], re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_what_two_functions_take_stands_in_the_table_of_parameters() -> None:
    names = [parameter.name for _, parameter in parameters()]
    assert {name for name in names if names.count(name) > 1} - told() == set()


def test_the_table_names_no_parameter_that_is_gone() -> None:
    assert told() - {parameter.name for _, parameter in parameters()} == set()


@pytest.mark.parametrize("name", sorted(REPLACED))
def test_a_replaced_name_does_not_come_back(name: str) -> None:
    assert functions_with(name) == {}, f"call it {REPLACED[name]}"


@pytest.mark.parametrize(
    ("name", "defaults"),
    [
        ("confidence", {0.95}),
        ("seed", {0}),
        ("ax", {None}),
        ("level", {"nominal"}),
        ("detail", {"category", "entry"}),
        ("split", {()}),
        ("n_resamples", {N_RESAMPLES, N_RECOMPUTED}),
        ("adjustment", {"Benjamini-Hochberg"}),
        ("positive", {"1"}),
    ],
)
def test_a_parameter_has_the_same_default_everywhere(name: str, defaults: set[object]) -> None:
    found = {parameter.default for parameter in functions_with(name).values()}
    assert found
    assert found <= defaults


def test_level_is_asked_for_only_where_codes_are_placed_on_a_scale() -> None:
    assert set(functions_with("level")) == {"agreement", "disagreements"}


def test_options_are_given_by_keyword() -> None:
    allowed = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    options = {"by", "split", "detail", "level", "confidence", "n", "n_resamples", "seed", "ax"}
    given = [(f, p.name) for f, p in parameters() if p.name in options and p.kind not in allowed]
    assert given == []
