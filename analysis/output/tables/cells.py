"""Values of a column → the texts that are printed."""

import math
from typing import Any

import pandas as pd

from analysis.output.tables.columns import Kind

NOTHING = "–"
_MINUS = "−"
_DECIMALS: dict[Kind, int] = {"rate": 1, "share": 2, "p": 3}
# What is nearer to 0 or 1 is told as less or more than this, never as 0 or 1.
_LEAST_P = 0.001


def cell_text(value: Any, kind: Kind, decimals: int | None = None) -> str:
    """Return a value as it is printed."""
    if pd.isna(value):
        return NOTHING
    if kind == "text":
        return str(value)
    if kind == "yes or no":
        return "yes" if value else "no"
    if kind == "date":
        return f"{pd.Timestamp(value):%Y-%m-%d}"
    if kind == "p":
        return _p_text(float(value))
    number = float(value)
    if math.isinf(number):
        return f"{_MINUS if number < 0 else ''}∞"
    if kind == "count":
        text = f"{value:,}"
    elif kind == "number" and decimals is None:
        text = f"{number:,.6g}"
    else:
        text = f"{number:,.{_DECIMALS.get(kind, 2) if decimals is None else decimals}f}"
    # What is rounded to nothing has no sign.
    sign = _MINUS if text.startswith("-") and text.strip("-0.,") else ""
    return sign + text.lstrip("-")


def interval_text(low: Any, high: Any, kind: Kind, decimals: int | None = None) -> str:
    """Return two bounds as one text."""
    if pd.isna(low) or pd.isna(high):
        return NOTHING
    return f"{cell_text(low, kind, decimals)} to {cell_text(high, kind, decimals)}"


def _p_text(p: float) -> str:
    if p < _LEAST_P:
        return "< .001"
    # Rounded to 1 it would claim what no test can.
    if 1 - _LEAST_P / 2 <= p < 1:
        return "> .999"
    return f"{p:.3f}".removeprefix("0")
