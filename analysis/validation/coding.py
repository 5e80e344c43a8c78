"""The table of codes → numbers on a scale, and the units that at least two coders coded."""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import pandas as pd

from analysis.errors import ArgumentError, TableError, check_choice, check_names, names_of
from analysis.tables.checks import check_table
from analysis.validation.gold import UNIT

Level = Literal["nominal", "ordinal", "interval", "ratio"]

ALL_CATEGORIES = "(all)"


class Scale(NamedTuple):
    """The labels that codes may have, and the number that stands for each."""

    level: Level
    labels: tuple[str, ...]
    values: np.ndarray


class Units(NamedTuple):
    """The units that at least two coders coded, and their documents."""

    scale: Scale
    counts: np.ndarray
    document: np.ndarray
    pairs: np.ndarray


def place_codes(
    codes: pd.DataFrame, level: Level, order: Sequence[str] | None, missing: str | Sequence[str]
) -> tuple[pd.DataFrame, Scale]:
    """Check a table of codes, and give each code its place on one scale."""
    codes = check_table(codes, "codes")
    check_choice("level", level, get_args(Level))
    if (codes["category"] == ALL_CATEGORIES).any():
        raise TableError(
            f"a category is called {ALL_CATEGORIES!r}, which stands for all of them together; "
            "rename it"
        )
    empty = set(names_of("missing", missing))
    labels = codes["code"].astype(object)
    labels = labels.where(codes["code"].notna() & ~labels.isin(empty), None)
    used = {str(label) for label in labels if label is not None}
    if order is None and level != "nominal":
        scale, place_of = _number_scale(labels, used, level)
    else:
        names = sorted(used) if order is None else _given_names(labels, used, level, order)
        scale = Scale(level, tuple(names), np.arange(len(names), dtype=float))
        place_of = {label: place for place, label in enumerate(names)}
    places = [-1 if label is None else place_of[label] for label in labels]
    return codes[[*UNIT, "coder"]].assign(place=np.array(places, dtype=np.int64)), scale


def pairable_units(placed: pd.DataFrame, scale: Scale) -> Units:
    """Return the units that at least two coders coded."""
    given = placed[placed["place"] >= 0]
    sizes = given.groupby(UNIT)["place"].transform("size")
    coders = sorted(given["coder"].unique())
    given = given[sizes >= 2]
    unit = given.groupby(UNIT).ngroup().to_numpy()
    n_units = int(unit.max(initial=-1)) + 1
    place = given["place"].to_numpy()
    counts = np.zeros((n_units, len(scale.labels)))
    np.add.at(counts, (unit, place), 1)
    document = np.zeros(n_units, dtype=np.int64)
    document[unit] = given.groupby("document_id").ngroup().to_numpy()
    pairs = np.zeros((n_units, 2), dtype=np.int64)
    if len(coders) == 2:
        pairs[unit, (given["coder"] == coders[1]).to_numpy().astype(int)] = place
    return Units(scale, counts, document, pairs)


def distances(scale: Scale) -> np.ndarray:
    """Return how far apart every two labels of a scale are, unsquared."""
    one, two = scale.values[:, None], scale.values[None, :]
    apart = np.abs(one - two)
    if scale.level == "nominal":
        return (apart > 0).astype(float)
    if scale.level == "ratio":
        return np.divide(apart, one + two, out=np.zeros_like(apart), where=apart > 0)
    return apart


def _given_names(
    labels: pd.Series, used: set[str], level: Level, order: Sequence[str]
) -> list[str]:
    if level not in ("nominal", "ordinal"):
        raise ArgumentError(f"order has no meaning at level {level!r}, where codes are numbers")
    check_names("order", order)
    names = list(order)
    if len(set(names)) < len(names):
        raise ArgumentError(f"order is {names!r}; name each label once")
    if used - set(names):
        row = next(n for n, label in enumerate(labels) if label is not None and label not in names)
        raise TableError(
            f"the code {labels.iloc[row]!r} in row {row} of the codes table is not in order "
            f"{names!r}; add it there, or to missing"
        )
    return names


def _number_scale(labels: pd.Series, used: set[str], level: Level) -> tuple[Scale, dict[str, int]]:
    """Put codes that are numbers in the order of their values."""
    lowest = 0.0 if level == "ratio" else -math.inf
    number = {label: _as_number(label) for label in used}
    wrong = {label for label, value in number.items() if not lowest <= value}
    if wrong:
        row = next(n for n, label in enumerate(labels) if label in wrong)
        shown = f"the code {labels.iloc[row]!r} in row {row} of the codes table"
        if level == "ordinal":
            raise TableError(
                f"{shown} is no number, so that nothing tells its place; "
                "give order=[…] with all labels, lowest first"
            )
        what = "number of 0 or more" if level == "ratio" else "number"
        raise TableError(
            f"{shown} is no {what}, as level {level!r} needs; correct it, or name it in missing"
        )
    values = np.array(sorted(set(number.values())))
    # Of several ways to write one number, the shortest is its label.
    longest_first = sorted(used, key=lambda label: (-len(label), label))
    written = {number[label]: label for label in longest_first}
    place_of = {label: int(np.searchsorted(values, number[label])) for label in used}
    scaled = np.arange(len(values), dtype=float) if level == "ordinal" else values
    return Scale(level, tuple(written[value] for value in values), scaled), place_of


def _as_number(label: str) -> float:
    """Return the number a label stands for, or NaN; "nan", "inf" and "1_0" are none."""
    try:
        value = float(label)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) and "_" not in label else math.nan
