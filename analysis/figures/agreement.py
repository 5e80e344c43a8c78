"""Plots of how well coders agree."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.errors import TableError, check_text
from analysis.figures import drawing
from analysis.figures.captions import counted, interval_note, write_caption
from analysis.figures.style import CategoryStyle, category_styles
from analysis.tables.checks import check_table

# Krippendorff's conventions, which are for alpha.
_ALPHA = "Krippendorff's alpha"
_BOUNDS = ((0.8, "--", "reliable from .8"), (0.667, ":", "tentative from .667"))
_ALL = "(all)"
_ALL_STYLE = CategoryStyle("#444444", "*", "")


def plot_agreement(
    agreement: pd.DataFrame, *, measure: str = "Krippendorff's alpha", ax: Axes | None = None
) -> Axes:
    """Draw how well coders agree: a point for each category, with its interval.

    Beside alpha stand Krippendorff's conventions: from .8 on, codes are reliable; from .667
    on, they allow tentative conclusions. They were set for alpha, and are not drawn for other
    measures. Where a measure is undefined, the row says so.

    Parameters
    ----------
    agreement : pandas.DataFrame
        Table ``agreement``, as made by `analysis.agreement`.
    measure : str, default "Krippendorff's alpha"
        Which measure to draw.
    ax : matplotlib.axes.Axes, optional
        Where to draw; give its figure ``layout="constrained"``, so that labels find
        room. Without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        With "no codes" written on it, if the table is empty.

    Raises
    ------
    TableError
        If `agreement` lacks columns or has no such measure.

    References
    ----------
    Krippendorff, K. (2019). Content analysis: An introduction to its methodology (4th ed.),
    ch. 12. Sage.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> key = {"document_id": "a", "paragraph": [0, 0, 1, 1], "category": "aid"}
    >>> codes = pd.DataFrame({**key, "coder": ["x", "y"] * 2, "code": ["1", "1", "0", "1"]})
    >>> ax = fa.plot_agreement(fa.agreement(codes))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['aid  (2 units)', '(all)  (2 units)']
    """
    agreement = check_table(agreement, "agreement", unique=False)
    check_text("measure", measure)
    rows = agreement[agreement["measure"] == measure]
    if rows.empty and len(agreement):
        known = ", ".join(map(repr, dict.fromkeys(agreement["measure"]))) or "none"
        raise TableError(f"agreement has no measure {measure!r} to draw; it has {known}")
    styles = category_styles(name for name in agreement["category"] if name != _ALL)
    styles[_ALL] = _ALL_STYLE

    with drawing.panel(ax, 8.0, 1.3 + 0.36 * max(len(rows), 3)) as ax:
        lowest = float(rows[["value", "low"]].min().min())
        # Of rows that are all undefined there is no lowest.
        left = lowest - 0.05 if lowest < 0 else -0.02
        numbers = rows[["value", "low", "high"]].to_numpy(float)
        values = enumerate(zip(rows["category"], numbers, strict=True))
        for place, (name, (value, low, high)) in values:
            style = styles[name]
            if np.isnan(value):
                ax.text(left + 0.02, place, "undefined", va="center", color="0.35", fontsize=9)
                continue
            # Bounds that are NaN draw no line.
            ax.hlines(place, low, high, color=style.color, linewidth=1.4, zorder=2)
            look: dict[str, Any] = {"linestyle": "", "marker": style.marker, "color": style.color}
            look |= {"markersize": 10 if name == _ALL else 7, "label": "agreement", "zorder": 3}
            look |= {"markeredgecolor": "white", "markeredgewidth": 0.4, "clip_on": False}
            ax.plot(value, place, **look)
        shown = drawing.short_labels(rows["category"])
        sizes = zip(shown, rows["n_pairable"], strict=True)
        drawing.name_rows(ax, [f"{name}  ({counted(n, 'unit')})" for name, n in sizes])
        ax.set_xlim(left, 1.02)
        level = f", {rows['level'].iloc[0]}" if measure == _ALPHA and len(rows) else ""
        ax.set_xlabel(measure + level)
        drawing.write_above(ax, "Agreement of the coders, by category", 10)
        if rows.empty:
            drawing.say_instead(ax, "no codes")
        n_coders = max([0, *rows["n_coders"]])
        write_caption(
            ax,
            f"A mark is the agreement of {n_coders:,} coders on a category;",
            f"{_ALL}: of all; in brackets, n = units with the codes of at least two.",
            interval_note(rows, confidence=0.95),
        )
        if measure != _ALPHA:
            ax.grid(axis="x", color="#DDDDDD", linewidth=0.6, zorder=0)
        else:
            # Without a grid, which has a line at .8 of its own.
            handles = []
            for bound, dashes, _ in _BOUNDS:
                line: dict[str, Any] = {"color": "0.25", "linewidth": 1, "linestyle": dashes}
                ax.axvline(bound, zorder=1, **line)
                handles.append(Line2D([], [], **line))
            drawing.legend_beside(ax, handles, [label for *_, label in _BOUNDS])
    return ax
