"""What the plots share: axes, series of categories, legends."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter
from numpy.typing import ArrayLike

from analysis.errors import ArgumentTypeError, TableError, check_names
from analysis.figures.style import (
    FIXED,
    CategoryStyle,
    category_styles,
    figure_width,
    for_column,
    plain_label,
    shorten_labels,
    style_context,
    text_color,
)
from analysis.tables.checks import category_labels
from analysis.tables.core import TABLES
from analysis.tables.naming import listed

# Markers of subcategories, more than a category of a built-in lexicon has.
_PARTS = "os^vDPX<>*dp"


def own_columns(table: pd.DataFrame, name: str, before: str) -> list[str]:
    """List the columns before one of a schema that are none of the schema's."""
    schema = TABLES[name]
    first = table.columns[: list(table.columns).index(before)]
    return [own for own in first if own not in schema.columns and own not in schema.optional]


def chosen_categories(categories: Sequence[str] | None, known: Iterable[str]) -> list[str]:
    """Return the categories to draw, each once: those asked for, or all that are known."""
    check_names("categories", categories)
    names = list(dict.fromkeys(known))
    # Without any row there is no category to know, and the figure says that it is empty.
    if categories is None or not names:
        return names
    for category in categories:
        if category not in names:
            raise TableError(
                f"there is no category {category!r} to draw; the table has "
                f"{', '.join(map(repr, names)) or 'none'}"
            )
    return list(categories)


def series_styles(
    table: pd.DataFrame, categories: Sequence[str] | None
) -> tuple[pd.Series, dict[str, CategoryStyle]]:
    """Name the series of each row (null: not wanted) and style the names, in drawing order."""
    wanted = chosen_categories(categories, table["category"])
    series = label = category_labels(table)
    styles = category_styles(label)
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
        # Within a category, all of its colour, the marker tells them apart.
        markers = first.groupby("label").cumcount().map(lambda n: _PARTS[n % len(_PARTS)])
        marked = zip(ordered.items(), markers, strict=True)
        ordered = {name: replace(style, marker=marker) for (name, style), marker in marked}
    return series, ordered


# Points that a line of a legend takes.
_LEGEND_LINE = 15.0
# Names that a heading lists; of more it tells the number.
MOST_LISTED = 4
# Open, these markers would be all edge at the size of the others.
_SLENDER = "PX*"


def figure_size(width: float, height: float) -> tuple[float, float]:
    """Return the size of a new figure in inches: not too wide, and with room for its caption."""
    # In a column the caption has more lines, and the legend stands above.
    return min(width, figure_width()), height + (1.25 if for_column() else 0.35)


@contextmanager
def panel(ax: Axes | None, width: float, height: float) -> Iterator[Axes]:
    """Draw on the Axes given, or on those of a new figure of a size in inches, and finish them."""
    if not isinstance(ax, Axes | None):
        raise ArgumentTypeError(
            f"ax must be Axes of matplotlib, not {type(ax).__name__}; make them with plt.subplots()"
        )
    with style_context():
        if ax is None:
            size = figure_size(width, height)
            ax = plt.subplots(figsize=size, layout="constrained")[1]
        yield ax
        finish_axes(ax)


def short_labels(names: Iterable[object], width: int = 36) -> list[str]:
    """Make names drawable and not too long, the shorter in a column."""
    room = round(width * 0.55) if for_column() else width
    return shorten_labels([plain_label(name) for name in names], width=room)


def words_of(categories: Iterable[object]) -> str:
    """Begin a heading with what is counted: the words of some categories."""
    # Those of the built-in lexica first, whatever the order of rows.
    rank = {name: place for place, name in enumerate(FIXED)}
    names = sorted({plain_label(name) for name in categories})
    names.sort(key=lambda name: rank.get(name, len(rank)))
    told = f"{listed(names)} words"
    if 0 < len(names) <= MOST_LISTED and (len(names) == 1 or len(told) <= _heading_room()):
        return told[:1].upper() + told[1:]
    return f"Words of {len(names)} categories" if names else "Words"


def groups_of(names: Sequence[str], by: Sequence[object]) -> str:
    """Go on with where they stand: in some groups, or by what many are made."""
    told = f" in {listed(short_labels(sorted(names), 24))}"
    if len(by) == 1 and 0 < len(names) <= MOST_LISTED and len(told) <= _heading_room():
        return told
    return f" by {listed([plain_label(name) for name in by])}"


def _heading_room() -> int:
    """Return the letters of a list that a heading has room for."""
    return 30 if for_column() else 60


def write_above(ax: Axes, text: str, size: int) -> None:
    """Write what the rows are above them, in as many lines as its figure's width asks for."""
    # matplotlib measures what it wraps as a formula, wherever two dollar signs stand.
    look: dict[str, Any] = {"parse_math": False, "wrap": "$" not in text}
    ax.set_title(plain_label(text), loc="left", fontsize=size, **look)
    _lift_heading(ax)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 32) if for_column() else text


def _lift_heading(ax: Axes) -> None:
    """Keep the heading of a figure for a column off the legend."""
    legend, heading = ax.get_legend(), ax.get_title("left")
    if for_column() and legend and heading:
        names = [text.get_text() for text in legend.get_texts()]
        n_lines = -(-len(names) // _n_columns(names))
        size = next(own.get_fontsize() for own in ax.findobj(Text) if own.get_text() == heading)
        pad = 14 + _LEGEND_LINE * n_lines
        ax.set_title(heading, loc="left", fontsize=size, pad=pad, parse_math=False)


def _n_columns(names: Sequence[str]) -> int:
    """Tell how many columns of a legend fit above the Axes: a letter takes about 5.2 points."""
    room = 72 * figure_width() - 30
    return max(1, min(len(names), int(room // (38 + 5.2 * max(map(len, names))))))


def legend_height(names: Sequence[str]) -> float:
    """Tell how many inches a legend above the Axes takes beyond its first line."""
    if not names or not for_column():
        return 0
    return (-(-len(names) // _n_columns(names)) - 1) * _LEGEND_LINE / 72


def first_of(n_drawn: int, n_all: int, which: str = "first") -> str:
    """Say that not all rows are drawn, for the heading."""
    return f", the {which} {n_drawn:,} of {n_all:,}" if n_drawn < n_all else ""


def fill(style: CategoryStyle) -> dict[str, Any]:
    """Return how a bar or patch of a category is filled."""
    return {"facecolor": style.color, "edgecolor": "white", "hatch": style.hatch}


def legend_beside(ax: Axes, handles: list[Any], names: list[str]) -> None:
    """Put the legend to the right of the Axes, in a figure for a column above them."""
    if not names:
        return
    shown = shorten_labels([plain_label(name) for name in names])
    if for_column():
        place: dict[str, Any] = {"loc": "lower right", "bbox_to_anchor": (1, 1.01)}
        place |= {"ncols": _n_columns(shown), "columnspacing": 1.2}
    else:
        place = {"loc": "upper left", "bbox_to_anchor": (1.01, 1)}
    ax.legend(handles, shown, borderaxespad=0, **place)
    _lift_heading(ax)


def name_rows(ax: Axes, labels: Sequence[str]) -> None:
    """Lay out rows from above, each with its name."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(max(len(labels), 1) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)


def stripe_rows(ax: Axes, labels: Sequence[str]) -> None:
    """Lay out named rows, every other one on grey, with a grid across."""
    for row in range(0, len(labels), 2):
        ax.axhspan(row - 0.5, row + 0.5, color="#F3F3F3", zorder=0)
    name_rows(ax, labels)
    ax.grid(axis="x", color="#DDDDDD", linewidth=0.6, zorder=0)


def say_instead(ax: Axes, text: str) -> None:
    """Write into the middle of empty Axes why they are."""
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center")


def write_beside(
    ax: Axes, text: str, place: tuple[float, float], offset: tuple[float, float], **look: Any
) -> None:
    """Write beside a place, some points away."""
    ax.annotate(text, place, offset, textcoords="offset points", **{"va": "center"} | look)


def write_cell(ax: Axes, column: float, row: float, text: str, ground: str, size: float) -> None:
    """Write into a cell, in black or white by its ground."""
    look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": size}
    ax.text(column, row, text, color=text_color(ground), **look)


def scale_by_factors(ax: Axes) -> None:
    """Give an axis of ratios a logarithmic scale, its numbers written in full."""
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.xaxis.set_minor_formatter(NullFormatter())


def spread_rows(names: Sequence[str]) -> dict[str, float]:
    """Return offsets that keep the markers of one row apart."""
    places = [0.0] if len(names) == 1 else np.linspace(-0.32, 0.32, len(names)).tolist()
    return dict(zip(names, places, strict=True))


def show_rates(ax: Axes, rows: pd.DataFrame) -> None:
    """Lay out an axis of rates from 0, with room for the whole of a mark at either end."""
    highest = rows[["rate", "high"]].max().max()
    highest = float(highest) if highest > 0 else 1.0
    ax.set_xlim(-0.02 * highest, 1.04 * highest)
    ax.set_xlabel("hits per 1,000 tokens")


def draw_series(
    ax: Axes,
    table: pd.DataFrame,
    place: np.ndarray,
    series: pd.Series,
    styles: Mapping[str, CategoryStyle],
    *,
    columns: Sequence[str] = ("rate", "low", "high"),
    filled: pd.Series | None = None,
) -> None:
    """Draw each series of a table as points in its rows, and name them beside the Axes."""
    for name, offset in spread_rows(list(styles)).items():
        own = (series == name).to_numpy()
        points = (table.loc[own, column] for column in columns)
        full = True if filled is None else filled[own].to_numpy()
        draw_points(ax, place[own] + offset, points, styles[name], name=name, filled=full)
    handles = [
        Line2D([], [], linestyle="", marker=style.marker, color=style.color)
        for style in styles.values()
    ]
    legend_beside(ax, handles, list(styles))


def draw_points(
    ax: Axes,
    y: np.ndarray,
    points: Iterable[ArrayLike],
    style: CategoryStyle,
    *,
    name: str,
    filled: ArrayLike = True,
) -> None:
    """Draw a series as points: its values, and the low and high bounds of those that have any."""
    values, low, high = (np.asarray(column, float) for column in points)
    full = np.broadcast_to(np.asarray(filled, bool), y.shape)
    bounded = ~(np.isnan(low) | np.isnan(high))
    ax.hlines(y[bounded], low[bounded], high[bounded], color=style.color, linewidth=1.2, zorder=2)
    draw_marks(ax, values, y, full, style, name=name)


def draw_marks(
    ax: Axes, x: np.ndarray, y: np.ndarray, filled: np.ndarray, style: CategoryStyle, *, name: str
) -> None:
    """Draw the markers of a series, full or open."""
    for own, face in ((filled, style.color), (~filled, "white")):
        if own.any():
            # One edge for both, or full marks would look smaller than open ones.
            look: dict[str, Any] = {"linestyle": "", "marker": style.marker}
            look |= {"markersize": 7.5 if style.marker in _SLENDER else 5, "zorder": 3}
            look |= {"markeredgecolor": style.color, "markeredgewidth": 1.1}
            ax.plot(x[own], y[own], color=face, label=name, **look)


def finish_axes(ax: Axes) -> None:
    """Break the names of axes where a column is too narrow, and keep `$` a dollar sign."""
    ax.set_xlabel(_wrapped(ax.get_xlabel()))
    ax.set_ylabel(_wrapped(ax.get_ylabel()))
    # Also on Axes made and in figures saved under other settings.
    legend = ax.get_legend()
    for text in [*ax.get_yticklabels(), *(legend.get_texts() if legend else [])]:
        text.set_parse_math(False)
