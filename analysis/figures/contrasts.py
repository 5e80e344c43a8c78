"""Plots of comparisons: differences with their intervals, and rates through time."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Literal

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.errors import ArgumentError, TableError, check_choice, check_number
from analysis.figures import drawing
from analysis.figures.captions import called, counted, interval_note, write_caption
from analysis.figures.style import CategoryStyle, for_column, numbered_styles
from analysis.statistics.intervals import FEWEST_UNITS
from analysis.tables.checks import MISSING_GROUP, check_table, label_groups
from analysis.tables.naming import listed
from analysis.tables.subcategories import told_subcategories

_RATE = "hits per 1,000 tokens"
_MOST_PERIODS = 14
# Letters beside which the Axes keep their room on a page, and those of a legend of short names.
_MOST_LETTERS, _LEGEND_LETTERS = 42, 12
# For lines that have the colour of another one.
_DASHES = ("-", "--", ":", "-.")
# Bands of more lines are drawn faint, or nothing could be told apart.
_FEW_LINES = 4


def plot_contrasts(
    contrasts: pd.DataFrame,
    *,
    measure: Literal["difference", "ratio"] = "difference",
    categories: Sequence[str] | None = None,
    alpha: float = 0.05,
    ax: Axes | None = None,
) -> Axes:
    """Draw differences of rates with their intervals: a forest plot.

    A row for each pair. To the right of the line the first of the two has the higher rate. A
    mark is full where the adjusted p-value is below `alpha`, open where it is not. Pairs with a
    group of one document are not drawn, and the caption names these groups.

    Parameters
    ----------
    contrasts : pandas.DataFrame
        Table ``contrasts`` or ``share_contrasts``, as made by `compare_groups` or
        `compare_documents`. Of shares, a row is a pair and a voice or certainty.
    measure : {"difference", "ratio"}, default "difference"
        Difference in hits per 1,000 tokens, or ratio of the two rates, on a logarithmic axis.
        Differences of shares are drawn in percentage points, and have no ratio.
    categories : sequence of str, optional
        Which to draw, in this order. Without it, all.
    alpha : float, default 0.05
        Adjusted p-values below it fill a mark.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        With "no contrasts" written on it, if the table is empty.

    Raises
    ------
    TableError
        If `contrasts` lacks columns or has no such category.
    ValueError
        If `measure` is something else.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat looms."] * 20 + ["No word of it."] * 20
    >>> documents = fa.documents_from_texts(texts).assign(desk=["a"] * 20 + ["b"] * 20)
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> ax = fa.plot_contrasts(fa.compare_groups(scores, by="desk", n_resamples=999))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['a (20) − b (20)']
    """
    of_shares = "share_a" in getattr(contrasts, "columns", ())
    name = "share_contrasts" if of_shares else "contrasts"
    contrasts = check_table(contrasts, name, unique=False)
    check_choice("measure", measure, ("difference", "ratio"))
    if of_shares:
        if measure == "ratio":
            raise ArgumentError("measure is 'ratio', and shares have none; give 'difference'")
        contrasts, unknown = _in_points(contrasts)
    check_number("alpha", alpha, "give a share between 0 and 1, such as 0.05", above=0, most=1)
    contrasts, left_out = _without_single(contrasts)
    if of_shares:
        left_out = " ".join(filter(None, [left_out, unknown]))
    series, styles = drawing.series_styles(contrasts, categories)
    row = [*(["value"] if of_shares else []), "group_a", "group_b"]
    pairs = contrasts[[*row, "n_units_a", "n_units_b"]]
    place = pairs.groupby(row, sort=False).ngroup().to_numpy()
    bounds = ("low", "high") if measure == "difference" else ("ratio_low", "ratio_high")
    first = pairs.assign(place=place).drop_duplicates("place")
    labels = _pair_labels(first, "−" if measure == "difference" else "/", list(styles))
    lowest = 0.36 if any("\n" in label for label in labels) else 0.28
    height = 1.2 + len(labels) * max(lowest, 0.08 + 0.085 * len(styles))
    with drawing.panel(ax, 8, max(height, 1.8) + drawing.legend_height(list(styles))) as ax:
        drawing.stripe_rows(ax, labels)
        ax.axvline(0 if measure == "difference" else 1, color="0.3", linewidth=0.9, zorder=1)
        full = contrasts["p_adjusted"] < alpha
        columns = (measure, *bounds)
        drawing.draw_series(ax, contrasts, place, series, styles, columns=columns, filled=full)
        if measure == "ratio":
            drawing.scale_by_factors(ax)
            ax.set_xlabel("ratio of the rates (logarithmic)")
        else:
            of = "shares (percentage points)" if of_shares else f"rates ({_RATE})"
            ax.set_xlabel(f"difference of the {of}")
        if contrasts.empty:
            nothing = "no shares to compare" if of_shares else "no groups of two articles"
            drawing.say_instead(ax, nothing if left_out else "no contrasts")
            write_caption(ax, left_out)
        else:
            words = drawing.words_of(contrasts.loc[series.notna(), "category"])
            drawing.write_above(ax, f"{words}: {_compared(first)}", 10)
            units = [f"{called(unit)}s" for unit in dict.fromkeys(contrasts["unit"])]
            write_caption(
                ax,
                f"A mark is a {measure} of two {'shares' if of_shares else 'rates'}, full where "
                f"p < {alpha:g}",
                f"({contrasts['adjustment'].iloc[0]}), else open; in brackets the",
                f"number of {' or '.join(units)} of each. n = {_counted_units(contrasts)}.",
                left_out,
                interval_note(contrasts[series.notna()], bounds=bounds),
                told_subcategories(contrasts[series.notna()]),
            )
    return ax


def plot_trend(
    trends: pd.DataFrame, *, categories: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw rates through time, with bands for their intervals.

    A period without documents breaks the line and is shaded; several in a row take the room of
    one, with their number written. A mark is open where the period has fewer than 5 documents,
    too few for an interval. Groups of one document are not drawn, and the caption names them.
    Lines of the same colour differ in marker and dashes.

    Parameters
    ----------
    trends : pandas.DataFrame
        Table ``trends``, as made by `trend`. If it was made ``by`` a column, name one
        category: the lines are then the values of the column.
    categories : sequence of str, optional
        Which to draw, in this order. Without it, all.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Its caption tells how many documents have no date.

    Raises
    ------
    TableError
        If `trends` lacks columns, has no such category, or lines of several groups and
        categories would be mixed.

    Examples
    --------
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["A threat.", "Rain fell."])
    >>> documents["date"] = ["2025-01-05", "2025-03-09"]
    >>> paragraphs = fa.split_paragraphs(documents.astype({"date": "datetime64[us]"}))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> import warnings
    >>> with warnings.catch_warnings(action="ignore"):
    ...     ax = fa.plot_trend(fa.trend(scores, freq="M"))
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['2025-01', '2025-02', '2025-03']
    """
    trends = check_table(trends, "trends", unique=False)
    series, styles = drawing.series_styles(trends, categories)
    groups = drawing.own_columns(trends, "trends", before="period")
    drawn = trends[series.notna()].assign(series=series[series.notna()])
    if groups:
        if len(drawn["series"].unique()) > 1:
            raise TableError(
                "the table has several groups and several categories; name one category to draw"
            )
        drawn = drawn.assign(series=label_groups(drawn[groups[0]]).astype(str))
        styles = numbered_styles(sorted(set(drawn["series"])))
    single: list[str] = []
    if groups:
        totals = drawn.groupby("series")["n_documents"].sum()
        single = totals[totals == 1].index.tolist()
        drawn = drawn[~drawn["series"].isin(single)]
    undated = drawn[drawn["period"] == MISSING_GROUP]
    dated = drawn[drawn["period"] != MISSING_GROUP].sort_values("begin", kind="stable")
    held = dated.groupby("period", sort=False)["n_documents"].max()
    held = held[held.cumsum().gt(0) & held[::-1].cumsum()[::-1].gt(0)]
    place, gaps = _places(held)
    unit = _period_unit(held.index)
    with drawing.panel(ax, 8.5, 3.8) as ax:
        if groups:
            styles = {name: own for name, own in styles.items() if name in set(dated["series"])}
        dashes = _dashes(styles)
        # A little beside each other, so that marks of one period do not cover each other.
        beside = {name: 0.25 * offset for name, offset in drawing.spread_rows(list(styles)).items()}
        strength = 0.15 if len(styles) <= _FEW_LINES else 0.06
        for name, style in styles.items():
            own = dated[dated["series"] == name]
            own = own.assign(x=own["period"].map(place)).dropna(subset="x").drop_duplicates("x")
            own["x"] += beside[name]
            _draw_line(ax, own, style, dashes[name], name=name, strength=strength)
        for n, length in gaps.items():
            ax.axvspan(n - 0.5, n + 0.5, color="#EDEDED", zorder=0, linewidth=0)
            if length > 1:
                told = f"{counted(length, unit)} without articles"
                look: dict[str, Any] = {"rotation": 90, "ha": "center", "va": "center"}
                across = ax.get_xaxis_transform()
                ax.text(n, 0.5, told, transform=across, fontsize=8, color="#595959", **look)
        ticks = {n: period for period, n in place.items() if gaps.get(n, 1) == 1}
        step = -(-len(ticks) // _MOST_PERIODS) or 1
        ax.set_xticks([*ticks][::step], [*ticks.values()][::step])
        if any(len(period) > 8 for period in ticks.values()) or len(ticks) > 8:
            plt.setp(ax.get_xticklabels(), rotation=45, ha="right")
        ax.set_xlim(-0.6, max([0, *place.values()]) + 0.6)
        ax.set_ylim(bottom=0)
        ax.yaxis.set_major_locator(MaxNLocator(6))
        ax.set_ylabel(_RATE)
        ax.grid(axis="y", color="#DDDDDD", linewidth=0.6, zorder=0)
        by = drawing.groups_of(list(styles), groups) if groups and styles else ""
        drawing.write_above(ax, f"{drawing.words_of(drawn['category'])} through time{by}", 10)
        if dated.empty:
            drawing.say_instead(ax, "no articles")
        left_out = _most_documents(undated, groups)
        n_documents = counted(_most_documents(dated, groups), "document")
        long_gap = (
            f"; a longer gap is as wide as one {unit}" if max(gaps.values(), default=1) > 1 else ""
        )
        open_marks = dated["n_documents"].lt(FEWEST_UNITS) & dated["rate"].notna()
        write_caption(
            ax,
            f"A mark is the rate of a {unit}. n = {n_documents}"
            + (f", {left_out:,} more without a date left out." if left_out else "."),
            interval_note(dated, "Bands and lines"),
            f"Open: fewer than {FEWEST_UNITS} articles, no interval." if open_marks.any() else "",
            f"Shaded: no articles{long_gap}." if gaps else "",
            _told_single(single),
            told_subcategories(dated),
        )
        handles = [
            Line2D([], [], color=own.color, marker=own.marker, linestyle=dashes[name])
            for name, own in styles.items()
        ]
        drawing.legend_beside(ax, handles, list(styles))
    return ax


def _places(held: pd.Series) -> tuple[dict[str, int], dict[int, int]]:
    """Place the periods from left to right, and find the gaps: each takes the room of one."""
    place: dict[str, int] = {}
    gaps: dict[int, int] = {}
    free = 0
    for empty, run in groupby(held.index, key=lambda period: held[period] == 0):
        periods = list(run)
        own = [free] * len(periods) if empty else range(free, free + len(periods))
        place |= zip(periods, own, strict=True)
        gaps |= {free: len(periods)} if empty else {}
        free = max(own) + 1
    return place, gaps


def _period_unit(periods: Iterable[str]) -> str:
    """Tell what the periods are by how `trend` writes them."""
    written = next(iter(periods), "")
    if written.startswith("week"):
        return "week"
    if "Q" in written:
        return "quarter"
    return {4: "year", 7: "month", 10: "day"}.get(len(written), "period")


def _without_single(contrasts: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Leave out pairs with a group of one document, and say which groups these are."""
    sides = [
        contrasts[["unit", f"group_{side}", f"n_units_{side}"]].set_axis(
            ["unit", "group", "n"], axis=1
        )
        for side in "ab"
    ]
    most = pd.concat(sides).query("unit == 'document'").groupby("group")["n"].max()
    single = most[most == 1].index.tolist()
    # Of shares, only documents with hits of known voice or certainty count.
    of = " with such hits" if "value" in contrasts else ""
    alone = contrasts["group_a"].isin(single) | contrasts["group_b"].isin(single)
    return contrasts[~alone], _told_single(single, of)


def _compared(pairs: pd.DataFrame) -> str:
    names = drawing.short_labels(dict.fromkeys([*pairs["group_a"], *pairs["group_b"]]), 24)
    if len(names) == 2:
        return " against ".join(names)
    few = len(names) <= drawing.MOST_LISTED
    return f"{listed(sorted(names)) if few else f'{len(names)} groups'} compared"


def _told_single(names: Iterable[object], of: str = "") -> str:
    told = [f"{name} (1 article{of})" for name in drawing.short_labels(sorted(map(str, names)))]
    return f"Left out: {listed(told)}." if told else ""


def _in_points(shares: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return differences in percentage points, and the groups that have no share at all."""
    numbers = ["difference", "low", "high"]
    rows = shares.groupby(["value", "group_a", "group_b"], sort=False)
    # Of each row's groups, the most units.
    sizes = rows[["n_units_a", "n_units_b"]].transform("max")
    known = rows["difference"].transform("count") > 0
    made = shares.assign(**(100 * shares[numbers]), **sizes)
    gone = made[~known]
    groups = {
        str(name)
        for side in "ab"
        for name in gone.loc[gone[f"n_units_{side}"] == 0, f"group_{side}"]
    }
    told = f"Without hits of known voice or certainty: {', '.join(sorted(groups))}."
    return made[known], told if groups else ""


def _pair_labels(first: pd.DataFrame, between: str, names: Sequence[str]) -> list[str]:
    """Name pairs with their sizes, in two lines where one would leave the marks no room."""

    def joined(between: str, width: int) -> list[str]:
        sides = (drawing.short_labels(first[group], width) for group in ("group_a", "group_b"))
        values = first["value"] + ": " if "value" in first else [""] * len(first)
        return [
            f"{value}{one} ({n_one:,}){between}{two} ({n_two:,})"
            for value, one, two, n_one, n_two in zip(
                values, *sides, first["n_units_a"], first["n_units_b"], strict=True
            )
        ]

    legend = min(max(map(len, names), default=0), 36)
    room = _MOST_LETTERS - max(legend - _LEGEND_LETTERS, 0)
    level = joined(f" {between} ", 36)
    if not for_column() and max(map(len, level), default=0) <= room:
        return level
    sizes = first[["n_units_a", "n_units_b"]].max().max()
    width = 36 if for_column() else max(room - len(f"- ({sizes:,}) "), 8)
    return joined(f"\n{between} ", width)


def _dashes(styles: dict[str, CategoryStyle]) -> dict[str, Any]:
    """Give lines that share a colour dashes of their own."""
    colors = pd.Series({name: style.color for name, style in styles.items()}, dtype="str")
    earlier = colors.groupby(colors).cumcount()
    return {name: _DASHES[n % len(_DASHES)] for name, n in zip(styles, earlier, strict=True)}


def _counted_units(contrasts: pd.DataFrame) -> str:
    """Count what was compared, each group once, by the most of its units in a row."""
    names = ["unit", "group", "n"]
    one, two = (
        contrasts[["unit", f"group_{side}", f"n_units_{side}"]].set_axis(names, axis=1)
        for side in "ab"
    )
    most = pd.concat([one, two]).groupby(["unit", "group"], sort=False)["n"].max()
    sizes = most.groupby("unit", sort=False).sum()
    return " and ".join(counted(n, str(unit)) for unit, n in sizes.items())


def _most_documents(rows: pd.DataFrame, groups: list[str]) -> int:
    """Count the documents, which every category repeats."""
    once = rows.drop_duplicates([*groups, "period", "lexicon", "category"])
    counts = once.groupby(["lexicon", "category"])["n_documents"].sum()
    return int(counts.max()) if len(counts) else 0


def _draw_line(
    ax: Axes,
    rows: pd.DataFrame,
    style: CategoryStyle,
    dashes: str,
    *,
    name: str,
    strength: float,
) -> None:
    x, rate, low, high = (rows[c].to_numpy(float) for c in ("x", "rate", "low", "high"))
    bounded = ~np.isnan(low) & (rows["n_documents"] >= FEWEST_UNITS).to_numpy()
    low, high = np.where(bounded, low, np.nan), np.where(bounded, high, np.nan)
    ax.plot(x, rate, color=style.color, linewidth=1.4, linestyle=dashes, zorder=2)
    ax.fill_between(x, low, high, color=style.color, alpha=strength, linewidth=0, zorder=1)
    # A period between two gaps has no band to see.
    bars = ax.vlines(x[bounded], low[bounded], high[bounded], color=style.color, linewidth=0.8)
    bars.set_alpha(min(3.5 * strength, 1))
    drawing.draw_marks(ax, x, rate, bounded, style, name=name)
