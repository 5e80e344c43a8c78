"""What the plots share: axes, series of categories, legends."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from analysis.errors import TableError
from analysis.style import (
    CategoryStyle,
    category_labels,
    category_styles,
    plain_label,
    shorten_labels,
)
from analysis.tables import check_table


def check_columns(table: pd.DataFrame, name: str) -> None:
    """Refuse what is no table of a schema; repeated keys are let through."""
    # Only kind and columns: a table of scores by subcategory repeats its key.
    check_table(table.iloc[:0] if isinstance(table, pd.DataFrame) else table, name)


def unknown_category(category: str, known: Sequence[str]) -> str:
    """Say that a table lacks a category, and which it has."""
    shown = ", ".join(map(repr, known)) or "none"
    return f"there is no category {category!r} to draw; the table has {shown}"


def series_styles(
    table: pd.DataFrame, categories: Sequence[str] | None
) -> tuple[pd.Series, dict[str, CategoryStyle]]:
    """Name the series of each row (null: not wanted) and style the names, in drawing order."""
    if isinstance(categories, str):
        raise TypeError("categories must be a list of names, not one str; write [...] around it")
    label = category_labels(table)
    styles = category_styles(label)
    known = list(dict.fromkeys(table["category"]))
    wanted = known if categories is None else list(categories)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise TableError(unknown_category(unknown[0], known))
    series = label
    if "subcategory" in table.columns:
        without = table["subcategory"].isna()
        alone = without.groupby(label).transform("all")
        series = (label + " › " + table["subcategory"].fillna("(none)")).mask(alone, label)
    series = series.where(table["category"].isin(wanted))
    first = pd.DataFrame({"series": series, "label": label, "category": table["category"]})
    first = first.dropna(subset="series").drop_duplicates()
    first = first.sort_values("category", key=lambda c: c.map(wanted.index), kind="stable")
    ordered = {name: styles[of] for name, of in zip(first["series"], first["label"], strict=True)}
    if "subcategory" in table.columns:
        own = category_styles(f"other {n}" for n in range(len(ordered)))
        cues = [style.marker for style in own.values()]
        ordered = {
            name: CategoryStyle(style.color, marker, style.hatch)
            for (name, style), marker in zip(ordered.items(), cues, strict=True)
        }
    return series, ordered


def axes_for(ax: Axes | None, width: float, height: float) -> Axes:
    """Return the Axes given, or those of a new figure of a size in inches."""
    if ax is not None:
        return ax
    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def write_above(ax: Axes, text: str, size: int) -> None:
    """Write what the rows are above them."""
    # Rows are named above them, where a figure of one row has room for it.
    ax.set_title(plain_label(text), loc="left", fontsize=size, parse_math=False)


def fill(style: CategoryStyle) -> dict[str, Any]:
    """Return how a bar or patch of a category is filled."""
    return {"facecolor": style.color, "edgecolor": "white", "hatch": style.hatch}


def legend_beside(ax: Axes, handles: list[Any], names: list[str]) -> None:
    """Put the legend to the right of the Axes."""
    if names:
        shown = shorten_labels([plain_label(name) for name in names])
        ax.legend(handles, shown, loc="upper left", bbox_to_anchor=(1.01, 1), borderaxespad=0)


def draw_literally(ax: Axes) -> None:
    """Keep `$` a dollar sign, also on Axes made and figures saved under other settings."""
    legend = ax.get_legend()
    for text in [*ax.get_yticklabels(), *(legend.get_texts() if legend else [])]:
        text.set_parse_math(False)
