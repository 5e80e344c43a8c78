"""Numbers, names and p-values as sentences write them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.errors import ArgumentError, names_of
from analysis.figures.captions import counted
from analysis.tables.naming import listed

_MINUS = "−"
# A sentence of more words is read twice.
_MOST_WORDS = 40
# From this many times as many units on, groups are uneven.
_UNEVEN = 3


def packed(clauses: Iterable[str], opening: str, *, glue: str = "") -> str:
    """Write clauses behind an opening, in as many sentences as keep each of them short."""
    sentences: list[list[str]] = []
    for clause in clauses:
        so_far = " ".join([opening, *sentences[-1], clause]) if sentences else ""
        if not so_far or len(so_far.split()) > _MOST_WORDS:
            sentences.append([])
        sentences[-1].append(clause)
    return " ".join(f"{opening} {glue.join(own) if glue else listed(own)}." for own in sentences)


def name_of(value: object) -> str:
    """Write a name on one line."""
    return " ".join(str(value).split())


def number(value: float, *, signed: bool = True) -> str:
    """Write a rate: one decimal, or two where it is below 1."""
    shown = f"{abs(value):,.{2 if 0.005 <= abs(value) < 0.995 else 1}f}"
    return f"{_MINUS if signed and value < 0 and shown.strip('0.,') else ''}{shown}"


def more(difference: float) -> str:
    """Write a difference of rates in words."""
    if not number(difference).strip("0.−"):
        return f"under 0.01 {'more' if difference > 0 else 'fewer'}" if difference else "as many"
    return f"{number(abs(difference))} {'more' if difference > 0 else 'fewer'}"


def percent(value: float, *, sign: bool = True) -> str:
    """Write a share as a percentage."""
    shown = f"{abs(100 * value):,.0f}"
    minus = _MINUS if value < 0 and shown != "0" else ""
    return f"{minus}{shown}{' %' if sign else ''}"


def p_value(p: float) -> str:
    """Write a p-value as the American Psychological Association does."""
    if p < 0.001:
        return "p < .001"
    if p > 0.99:
        return "p > .99"
    decimals = 3 if p < 0.01 else 2
    # Rounded to .05, it would not say on which side of it it is.
    while decimals < 5 and round(p, decimals) == 0.05:
        decimals += 1
    return f"p = {p:.{decimals}f}".replace("0.", ".", 1)


def adjusted_p(row: Mapping[Any, Any]) -> str:
    """Write the adjusted p of a row, or nothing where no test was made."""
    return "" if pd.isna(row["p_adjusted"]) else p_value(row["p_adjusted"])


def adjusted(rows: pd.DataFrame) -> str:
    """Name the tests that p is adjusted for, if it is."""
    first = rows.iloc[0]
    if first["adjustment"] == "none" or first["family_size"] == 1:
        return ""
    return counted(first["family_size"], "comparison")


def uneven(sizes: Mapping[str, int]) -> str:
    """Say of two groups that the smaller decides, if it is much smaller."""
    small, large = sorted(sizes, key=lambda name: sizes[name])
    if sizes[large] < _UNEVEN * sizes[small]:
        return ""
    return f"the {sizes[small]:,} of {small} decide how sure anything is"


def reason(method: str) -> str:
    """Write why there is no interval or test, from the column that says it."""
    return method.removeprefix("none: ").replace("document", "article")


def of_pair(table: pd.DataFrame, pair: Sequence[str]) -> pd.DataFrame:
    """Choose the rows of a pair of groups, turned where the table has them the other way round."""
    same = (table["group_a"] == pair[0]) & (table["group_b"] == pair[1])
    other = (table["group_a"] == pair[1]) & (table["group_b"] == pair[0])
    if not other.any():
        return table[same].reset_index(drop=True)
    rows = table[other & ~same]
    swapped = {f"{column[:-2]}_a": column for column in table.columns if column.endswith("_b")}
    swapped |= {two: one for one, two in swapped.items()}
    turned = rows.rename(columns=swapped)[[*table.columns]]
    for column in ("difference", "relative_difference", "contribution"):
        if column in turned:
            turned[column] = -turned[column]
    if "low" in turned:
        turned["low"], turned["high"] = -rows["high"], -rows["low"]
    return pd.concat([table[same], turned], ignore_index=True)


def usual_pair(sizes: pd.Series) -> tuple[str, str] | None:
    """Return the two groups with most articles; of those as large, the first by name."""
    order = sorted(sizes.index, key=lambda name: (-sizes[name], name))
    return (order[0], order[1]) if len(order) > 1 else None


def check_pair(pair: Sequence[str] | None) -> tuple[str, str]:
    """Return the names of two groups; refuse what is none."""
    names = [] if pair is None else names_of("pair", pair)
    if isinstance(pair, str) or len(names) != 2 or names[0] == names[1]:
        raise ArgumentError(f"pair is {pair!r:.60}; give the names of two groups")
    return names[0], names[1]
