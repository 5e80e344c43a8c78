"""Plot of changes at a date."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from analysis.errors import check_number
from analysis.figures import drawing
from analysis.figures.captions import counted, interval_note, write_caption
from analysis.tables.checks import check_table


def plot_periods(
    period_contrasts: pd.DataFrame,
    *,
    categories: Sequence[str] | None = None,
    alpha: float = 0.05,
    ax: Axes | None = None,
) -> Axes:
    """Draw changes at a date, and differences of changes, with their intervals: a forest plot.

    A row for the change of each group, then one for each pair of groups. To the right of the
    line there is more after the date, or the first of the two gained more. A mark is full where
    the adjusted p-value is below `alpha`, open where it is not.

    Parameters
    ----------
    period_contrasts : pandas.DataFrame
        Table ``period_contrasts``, as made by `compare_periods` or `placebo_periods`.
    categories : sequence of str, optional
        Which to draw, in this order. Without it, all.
    alpha : float, default 0.05
        Adjusted p-values below it fill a mark.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        With "no changes" written on it, if the table is empty.

    Raises
    ------
    TableError
        If `period_contrasts` lacks columns or has no such category.
    ValueError
        If `alpha` is not between 0 and 1.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["No word of it."] * 20 + ["A threat looms."] * 20)
    >>> documents["date"] = pd.date_range("2025-01-01", periods=40)
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> ax = fa.plot_periods(fa.compare_periods(scores, at="2025-01-21", n_resamples=999))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['(all) (20 → 20)']
    """
    table = check_table(period_contrasts, "period_contrasts", unique=False)
    check_number("alpha", alpha, "give a share between 0 and 1, such as 0.05", above=0, most=1)
    series, styles = drawing.series_styles(table, categories)
    rows = table.groupby(["at", "group_a", "group_b"], sort=False, dropna=False)
    place = rows.ngroup().to_numpy()
    dates = table["at"].dt.strftime("%Y-%m-%d")
    first = table.assign(date=dates)[~pd.Series(place).duplicated()]
    labels = _labels(first)
    height = 1.2 + len(labels) * max(0.28, 0.08 + 0.085 * len(styles))
    with drawing.panel(ax, 8, max(height, 1.8) + drawing.legend_height(list(styles))) as ax:
        drawing.stripe_rows(ax, labels)
        ax.axvline(0, color="0.3", linewidth=0.9, zorder=1)
        columns = ("difference", "low", "high")
        full = table["p_adjusted"] < alpha
        drawing.draw_series(ax, table, place, series, styles, columns=columns, filled=full)
        ax.set_xlabel("change of the rate (hits per 1,000 tokens)")
        if table.empty:
            drawing.say_instead(ax, "no changes")
            return ax
        different = dates.unique()
        when = different[0] if len(different) == 1 else f"{len(different)} dates"
        drawing.write_above(ax, f"change at {when}", 10)
        pairs = " or, of two groups, the first one's change less the other's;"
        write_caption(
            ax,
            f"A mark is the rate after a date less that before it{';' if _alone(table) else pairs}",
            f"it is full where p < {alpha:g} ({table['adjustment'].iloc[0]}), else open. In",
            f"brackets: articles before → after. n = {counted(_counted(first), 'article')}.",
            interval_note(table[series.notna()]),
        )
    return ax


def _alone(table: pd.DataFrame) -> bool:
    return bool(table["group_b"].isna().all())


def _labels(first: pd.DataFrame) -> list[str]:
    """Name each row by its group or groups, and by its date where there are several."""
    names = [*first["group_a"], *first["group_b"].dropna()]
    short = dict(zip(names, drawing.short_labels(names, 20), strict=True))
    several = len(first["date"].unique()) > 1
    labels = []
    for row in first.itertuples():
        label = f"{short[row.group_a]} ({row.n_before_a:,} → {row.n_after_a:,})"
        if isinstance(row.group_b, str):
            label += f"\n− {short[row.group_b]} ({row.n_before_b:,} → {row.n_after_b:,})"
        labels.append(f"{row.date}: {label}" if several else label)
    return labels


def _counted(first: pd.DataFrame) -> int:
    """Count the articles of all groups, at the date that has most of them."""
    sides = [
        pd.DataFrame(
            {
                "at": first["at"],
                "group": first[f"group_{side}"],
                "n": first[f"n_before_{side}"] + first[f"n_after_{side}"],
            }
        )
        for side in "ab"
    ]
    sizes = pd.concat(sides).dropna().drop_duplicates()
    return int(sizes.groupby("at")["n"].sum().max())
