"""Plots of how much a finding hangs on single words, on choices and on length."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.errors import check_count
from analysis.figures import drawing
from analysis.figures.captions import (
    called,
    counted,
    interval_note,
    write_caption,
    write_figure_caption,
)
from analysis.figures.style import category_styles, plain_label, style_context
from analysis.tables.checks import check_table
from analysis.tables.subcategories import told_subcategories

_CHOICES = {
    "normalisation": "normalisations",
    "aggregation": "aggregations",
    "entries": "entries",
    "voice": "voices",
    "certainty": "certainties",
}


def plot_leave_one_out(left: pd.DataFrame, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Draw the difference of two groups without each of the entries it hangs on most.

    The dashed line is the difference of all entries. A mark on the other side of zero, or an
    interval that reaches over it, says that the finding needs this one word.

    Parameters
    ----------
    left : pandas.DataFrame
        Table ``leave_one_out``, as made by `leave_one_out`.
    n : int, default 15
        How many entries to draw, the most influential first.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        With "no entries" written on it, if the table is empty.

    Raises
    ------
    TableError
        If `left` lacks columns.
    ValueError
        If `n` is below 1.

    Examples
    --------
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["A threat, a threat.", "A peril and no more."])
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"k": ["threat", "peril"]}))
    >>> groups = {"by": "document_id", "group_a": "text_0001", "group_b": "text_0002"}
    >>> ax = fa.plot_leave_one_out(fa.leave_one_out(paragraphs, hits, "k", **groups))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['without threat', 'without peril']
    """
    left = check_table(left, "leave_one_out", unique=False)
    check_count("n", n, "draw at least 1 entry")
    rows = left.iloc[np.lexsort([left["term"], -left["change"].abs()])].head(n)
    with drawing.panel(ax, 7.5, 1.3 + 0.27 * max(len(rows), 2)) as ax:
        drawing.stripe_rows(
            ax, drawing.short_labels([f"without {term}" for term in rows["term"]], 44)
        )
        ax.axvline(0, color="0.3", linewidth=0.9, zorder=1)
        ax.set_xlabel("difference of the rates (hits per 1,000 tokens)")
        if rows.empty:
            drawing.say_instead(ax, "no entries")
            return ax
        category = rows["category"].iloc[0]
        style = category_styles([category])[category]
        whole = rows["difference"].iloc[0]
        ax.axvline(whole, color=style.color, linewidth=1, linestyle="--", zorder=1)
        points = (rows[column] for column in ("difference_without", "low", "high"))
        full = rows["sign_kept"].to_numpy(bool)
        drawing.draw_points(ax, np.arange(len(rows)), points, style, name=category, filled=full)
        first, second = drawing.short_labels(rows[["group_a", "group_b"]].iloc[0])
        words = drawing.words_of([category])
        drawing.write_above(ax, f"{words}: {first} − {second}, without one entry at a time", 10)
        few = f", of which {len(rows):,} are drawn" if len(left) > len(rows) else ""
        n_hits = counted(left[["n_a", "n_b"]].sum().sum(), "hit")
        write_caption(
            ax,
            "A mark is the difference without an entry, full where the same group stays ahead;",
            f"dashed: with all. n = {n_hits} of {len(left):,} entries{few}.",
            interval_note(rows, confidence=0.95),
            told_subcategories(left),
        )
    return ax


def plot_multiverse(multiverse: pd.DataFrame) -> Figure:
    """Draw a specification curve: the finding under every combination of choices.

    Above, the relative differences from the lowest to the highest, full where the interval
    leaves out zero. Below, what was chosen in each.

    Parameters
    ----------
    multiverse : pandas.DataFrame
        Table ``multiverse``, as made by `multiverse`.

    Returns
    -------
    matplotlib.figure.Figure
        Its title names the category and counts the specifications in which the same group is
        ahead as in the first.

    Raises
    ------
    TableError
        If `multiverse` lacks columns.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat."] * 10 + ["Rain, a threat."] * 10
    >>> documents = fa.documents_from_texts(texts).assign(desk=["a"] * 10 + ["b"] * 10)
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"k": ["threat"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> groups = {"by": "desk", "group_a": "a", "group_b": "b"}
    >>> figure = fa.plot_multiverse(fa.multiverse(paragraphs, hits, lexicon, "k", **groups))
    >>> len(figure.axes)
    2
    """
    multiverse = check_table(multiverse, "multiverse", unique=False).sort_values("specification")
    rows = multiverse[multiverse["relative_difference"].notna()]
    rows = rows.sort_values(["relative_difference", "specification"], ignore_index=True)
    taken = {name: multiverse[name].unique() for name in _CHOICES}
    # A choice that was not left open says nothing.
    options = [(name, own) for name, values in taken.items() if len(values) > 1 for own in values]
    with style_context():
        height = 0.21 * max(len(options), 2)
        shape: dict[str, Any] = {"height_ratios": [2.4, height], "layout": "constrained"}
        size = drawing.figure_size(8.5, 3.2 + height)
        figure, (above, below) = plt.subplots(2, figsize=size, sharex=True, **shape)
        x = np.arange(len(rows))
        values, low, high = (
            rows[name].to_numpy(float) for name in ("relative_difference", "low", "high")
        )
        apart = (low > 0) | (high < 0)
        above.axhline(0, color="0.3", linewidth=0.9)
        above.vlines(x, low, high, color="#BBBBBB", linewidth=0.8, zorder=1)
        area = 14 if len(rows) < 100 else 6
        look: dict[str, Any] = {"edgecolors": "#332288", "label": "specifications", "zorder": 3}
        above.scatter(x[apart], values[apart], area, facecolors="#332288", **look)
        above.scatter(x[~apart], values[~apart], area, facecolors="white", **look)
        above.set_ylabel("relative difference\n(−1 to 1)")
        first = rows["specification"].to_numpy() == 1
        if first.any():
            above.axvline(x[first][0], color="#D55E00", linewidth=1, linestyle=":", zorder=0)
        for row, (name, option) in enumerate(options):
            chosen = x[(rows[name] == option).to_numpy()]
            below.scatter(chosen, np.full(len(chosen), row), 7, marker="|", color="0.2")
        drawing.name_rows(below, [_option(name, own) for name, own in options])
        below.tick_params(axis="y", labelsize=8)
        for row in range(1, len(options)):
            if options[row][0] != options[row - 1][0]:
                below.axhline(row - 0.5, color="0.7", linewidth=0.6)
        below.set_xticks([])
        below.set_xlabel("specifications, from the lowest difference to the highest")
        if rows.empty:
            drawing.say_instead(above, "no hits")
        else:
            same = int(rows["same_sign"].fillna(value=False).sum())
            one, two = drawing.short_labels(rows[["group_a", "group_b"]].iloc[0])
            of = f"{drawing.words_of([multiverse['category'].iloc[0]])}, "
            drawing.write_above(
                above,
                f"{of}{one} against {two}: same sign in {same:,} of {len(rows):,}; "
                f"interval without 0 in {int(apart.sum()):,}",
                10,
            )
            sizes = [f"{int(rows[side].max()):,}" for side in ("n_units_a", "n_units_b")]
            n_all = counted(len(rows), "specification")
            write_figure_caption(
                figure,
                "A mark is a difference of rates by their sum, full where the interval leaves out",
                "0; below it, what was chosen. Dotted: the usual choices.",
                f"n = {n_all}, up to {sizes[0]} and {sizes[1]} articles.",
                interval_note(rows, confidence=0.95),
                told_subcategories(multiverse),
            )
        drawing.finish_axes(above)
        drawing.finish_axes(below)
    return figure


def plot_length_effect(
    effect: pd.DataFrame, *, categories: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the rates of short, middling and long documents and paragraphs.

    Parameters
    ----------
    effect : pandas.DataFrame
        Table ``length_effect``, as made by `length_effect`.
    categories : sequence of str, optional
        Which to draw, in this order. Without it, all.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A row for each third, with its lengths in tokens.

    Raises
    ------
    TableError
        If `effect` lacks columns or has no such category.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat.", "A threat looms.", "Rain fell on the hills of the north."]
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> ax = fa.plot_length_effect(fa.length_effect(scores))
    >>> ax.get_yticklabels()[0].get_text()
    'articles of 2 to 2 tokens'
    """
    effect = check_table(effect, "length_effect", unique=False)
    effect = effect.sort_values(["unit", "tokens_from", "tokens_to"], ignore_index=True)
    series, styles = drawing.series_styles(effect, categories)
    place = effect.groupby(["unit", "third"], sort=False).ngroup().to_numpy()
    first = effect.assign(place=place).drop_duplicates("place")
    thirds = first[["unit", "tokens_from", "tokens_to"]].itertuples(index=False)
    labels = [f"{called(unit)}s of {low:,} to {high:,} tokens" for unit, low, high in thirds]
    height = 1.2 + max(len(labels), 2) * max(0.3, 0.08 + 0.085 * len(styles))
    with drawing.panel(ax, 7.5, height + drawing.legend_height(list(styles))) as ax:
        drawing.stripe_rows(ax, labels)
        drawing.draw_series(ax, effect, place, series, styles)
        drawing.show_rates(ax, effect[series.notna()])
        words = drawing.words_of(effect.loc[series.notna(), "category"])
        drawing.write_above(ax, f"{words} by the length of the text", 10)
        if effect.empty:
            drawing.say_instead(ax, "too few units")
        sizes = first.groupby("unit", sort=False)["n_units"].sum()
        write_caption(
            ax,
            "A mark is the rate of a third of the articles or of the paragraphs, by length.",
            f"n = {' and '.join(counted(n, str(unit)) for unit, n in sizes.items()) or '0'}.",
            interval_note(effect[series.notna()]),
            told_subcategories(effect[series.notna()]),
        )
    return ax


def _option(name: str, own: str) -> str:
    """Put what was left out in quotation marks: a subcategory may be called "entry"."""
    if own == "all":
        return f"all {_CHOICES[name]}"
    if not own.startswith("without "):
        return plain_label(own)
    left_out = own.removeprefix("without ")
    entry = left_out.startswith("“")
    return plain_label(f"without the entry {left_out}" if entry else f"without “{left_out}”")
