"""Plots of the words behind scores."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from analysis.plots.drawing import (
    axes_for,
    check_columns,
    draw_literally,
    legend_beside,
    series_styles,
)
from analysis.style import style_context


def plot_coverage(
    coverage: pd.DataFrame, *, categories: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how few entries carry a category's score.

    A line for each category: the share of its hits that its most frequent entries make up
    together. A line that leaps up and lies flat hangs on few words; one that rises slowly is
    broad. The legend tells how many entries fire, of how many.

    Parameters
    ----------
    coverage : pandas.DataFrame
        Table ``coverage``, as made by `lexicon_coverage`.
    categories : sequence of str, optional
        Which to draw, in this order. Without it, all.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        With "no hits" written on it, if no entry had one.

    Raises
    ------
    TableError
        If `coverage` lacks columns or has no such category.
    TypeError
        If `categories` is one text.

    Examples
    --------
    >>> import analysis as fa
    >>> lexicon = fa.lexicon_from_dict("demo", {"k": ["threat*", "peril"]})
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Threats meet a threat."]))
    >>> coverage = fa.lexicon_coverage(fa.find_hits(paragraphs, lexicon), lexicon)
    >>> ax = fa.plot_coverage(coverage)
    >>> ax.get_legend().get_texts()[0].get_text()
    'k: 1 of 2 entries fire'
    """
    check_columns(coverage, "coverage")
    # Subcategories do not draw lines of their own.
    series, styles = series_styles(coverage.drop(columns="subcategory"), categories)
    with style_context():
        ax = axes_for(ax, 7.5, 3.6)
        handles, names = [], []
        for name, style in styles.items():
            own = coverage[series == name]
            firing = own[own["n_hits"] > 0]
            rising = [0.0, *firing["cumulative_share"]]
            # A marker at the entry by which half of the hits are reached.
            half = next((n for n, share in enumerate(rising) if share >= 0.5 - 1e-12), None)
            ax.plot(
                range(len(rising)),
                rising,
                color=style.color,
                marker=style.marker,
                markevery=[] if half is None else [half],
            )
            handles.append(Line2D([], [], color=style.color, marker=style.marker))
            names.append(f"{name}: {len(firing):,} of {len(own):,} entries fire")
        ax.axhline(0.5, color="0.6", linewidth=0.8, linestyle=":", zorder=0)
        ax.set_ylim(0, 1.02)
        ax.set_xlim(left=0)
        ax.yaxis.set_major_formatter(PercentFormatter(1))
        ax.set_xlabel("entries, the most frequent first (number)")
        ax.set_ylabel("share of the hits (%)")
        if not (coverage["n_hits"] > 0).any():
            ax.text(0.5, 0.5, "no hits", transform=ax.transAxes, ha="center", va="center")
        legend_beside(ax, handles, names)
        draw_literally(ax)
    return ax
