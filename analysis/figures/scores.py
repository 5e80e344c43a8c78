"""Plots of scores: each takes a table, draws on Axes and computes no statistic."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import PowerNorm, to_hex
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.errors import TableError, check_count, check_text
from analysis.figures import drawing
from analysis.figures.captions import counted, interval_note, write_caption
from analysis.figures.style import category_styles, sequential_map
from analysis.statistics.intervals import FEWEST_UNITS
from analysis.tables.checks import (
    category_labels,
    check_table,
    dates_as_text,
    label_groups,
    unknown_document,
)
from analysis.tables.naming import name_documents
from analysis.tables.subcategories import told_of_entries, told_subcategories

# One scale for every article, so that two strips compare; square-root shading, so
# that a headline of six words does not bleach the rest.
_DARKEST = 100
_RATE_TICKS = [0, 5, 20, 50, 100]
_MOST_TICKS = 25
# Points: what is smaller cannot be read in print.
_SMALLEST = 7.5
# More rows than this stand closer.
_FEW_ROWS = 15


def plot_paragraphs(
    scores: pd.DataFrame,
    *,
    document_id: str,
    categories: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one article as a strip: a row per category, a column per paragraph.

    The darker a cell, the higher the rate, by its square root up to 100 hits per
    1,000 tokens: one scale for all rows and all articles. The number in a cell is its
    hits. Paragraphs without tokens, which have no rate, are hatched. The heading names the
    article as `name_documents` does.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores``, of one lexicon or of several. With a column
        ``subcategory``, each subcategory has its row.
    document_id : str
        The article to draw.
    categories : sequence of str, optional
        Categories to draw, from top to bottom. Without it, all, as in the table.
    ax : matplotlib.axes.Axes, optional
        Where to draw; give its figure ``layout="constrained"``, so that labels find
        room. Without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TableError
        If `scores` lacks columns, the document or a category.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat.\\n\\nMore aid."]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"], "aid": ["aid"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> ax = fa.plot_paragraphs(scores, document_id=scores["document_id"][0])
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['threat', 'aid']
    """
    scores = check_table(scores, "scores", unique=False)
    check_text("document_id", document_id)
    series, styles = drawing.series_styles(scores, categories)
    rows = scores.assign(series=series)
    rows = rows[(rows["document_id"] == document_id) & rows["series"].notna()]
    if rows.empty:
        raise TableError(unknown_document(scores, "scores", document_id))
    if rows.duplicated(["paragraph", "series"]).any():
        raise TableError(
            f"scores holds document {document_id!r} more than once; keep one row for each "
            "paragraph, lexicon and category"
        )
    present = set(rows["series"])
    names = [name for name in styles if name in present]
    numbers = sorted(rows["paragraph"].unique())
    rate = rows.pivot(index="series", columns="paragraph", values="rate").loc[names, numbers]
    hits = rows.pivot(index="series", columns="paragraph", values="n_hits").loc[names, numbers]
    tokens = rows.groupby("paragraph")["n_tokens"].max()

    room = 1.8 + 0.09 * min(max(map(len, names)), 36)
    with drawing.panel(
        ax, room + max(0.32 * len(numbers), 4.4), 1.2 + 0.4 * max(len(names), 2)
    ) as ax:
        norm = PowerNorm(0.5, 0, _DARKEST, clip=True)
        hatched: dict[str, Any] = {"facecolor": "#EEEEEE", "edgecolor": "#888888", "hatch": "////"}
        for column in np.flatnonzero(tokens.loc[numbers] == 0):
            ax.axvspan(column - 0.5, column + 0.5, **hatched)
        columns = np.arange(len(numbers) + 1) - 0.5
        look: dict[str, Any] = {"edgecolors": "#CCCCCC", "linewidth": 0.4, "norm": norm}
        for row, name in enumerate(names):
            cells = np.ma.masked_invalid(rate.loc[[name]].to_numpy(float))
            colors = sequential_map(styles[name].color)
            ax.pcolormesh(columns, [row - 0.5, row + 0.5], cells, cmap=colors, label=name, **look)
        numbered = _number_cells(ax, hits)
        _label_strip(ax, names, numbers)
        drawing.write_above(
            ax, drawing.short_labels([name_documents(scores)[document_id]], 48)[0], 11
        )
        grey = ScalarMappable(norm, sequential_map("#333333"))
        bar = ax.figure.colorbar(
            grey, ax=ax, pad=0.01, fraction=0.05, aspect=12, extend="max", ticks=_RATE_TICKS
        )
        bar.set_label("hits per\n1,000 tokens")
        write_caption(
            ax,
            "A cell is a paragraph; the darker, the more hits per 1,000 tokens"
            + (
                "; the number in a cell counts its hits."
                if numbered
                else ", too narrow for its number of hits."
            ),
            "Hatched: without tokens." if (tokens == 0).any() else "",
            f"n = {counted(len(numbers), 'paragraph')}, {counted(tokens.sum(), 'token')},",
            f"{counted(rows['n_hits'].sum(), 'hit')}.",
            told_subcategories(rows),
        )
    return ax


def plot_documents(
    totals: pd.DataFrame,
    *,
    categories: Sequence[str] | None = None,
    n: int = 40,
    ax: Axes | None = None,
) -> Axes:
    """Compare the rates of documents or groups: a row each, a marker per category.

    Documents are sorted by the rate of the first category, the highest first; groups stand as in
    the table. Marks of groups of fewer than 5 documents, which have no interval, are open.

    Parameters
    ----------
    totals : pandas.DataFrame
        Table ``document_scores`` or ``group_scores``; the columns before
        ``lexicon`` name the rows. Documents are named as by `name_documents`. Where ``low`` and
        ``high`` are given, a line shows the interval.
    categories : sequence of str, optional
        Categories to draw. Without it, all, as in the table.
    n : int, default 40
        How many rows to draw: the first, and the heading says of how many.
    ax : matplotlib.axes.Axes, optional
        Where to draw; give its figure ``layout="constrained"``, so that labels find
        room. Without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        With "no articles" written on it, if the table is empty.

    Raises
    ------
    TableError
        If `totals` lacks columns or a category.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat.", "More aid."]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> fa.plot_documents(fa.score_documents(scores)).get_xlabel()
    'hits per 1,000 tokens'
    """
    totals = check_table(totals, "group_scores", unique=False)
    check_count("n", n, "draw at least 1 row")
    groups = drawing.own_columns(totals, "group_scores", before="lexicon")
    if not groups:
        raise TableError(
            "totals has no column before 'lexicon' that names its rows; "
            "make it with score_documents"
        )
    series, styles = drawing.series_styles(totals, categories)
    totals = totals.assign(**{name: label_groups(totals[name]) for name in groups}, series=series)
    single = groups == ["document_id"]
    if single and styles:
        totals = _sorted_documents(totals, next(iter(styles)))
    place = totals.groupby(groups, sort=False, dropna=False).ngroup().to_numpy()
    n_all = int(place.max(initial=-1)) + 1
    n_rows = min(n_all, n)
    drawn = place < n
    totals, place = totals[drawn], place[drawn]
    series = totals["series"]
    wanted = totals[series.notna()]
    styles = {name: style for name, style in styles.items() if (series == name).any()}
    first = totals.assign(place=place).drop_duplicates("place")
    hits = wanted.groupby(place[series.notna()])["n_hits"].sum()

    if single:
        shown = drawing.short_labels(name_documents(first).values(), 40)
        sizes = [counted(count, "hit") for count in hits.reindex(first["place"], fill_value=0)]
        told = [counted(n_rows, "article"), counted(hits.sum(), "hit")]
    else:
        columns = [dates_as_text(first[group]) for group in groups]
        names = [" · ".join(map(str, row)) for row in zip(*columns, strict=True)]
        shown = drawing.short_labels(names, 30)
        sizes = [counted(count, "article") for count in first["n_units"]]
        told = [counted(first["n_units"].sum(), "article")]
    labels = [
        f"{name}  ({size}{'' if n_tokens else ', no tokens'})"
        for name, size, n_tokens in zip(shown, sizes, first["n_tokens"], strict=True)
    ]
    few = totals["n_units"] < FEWEST_UNITS if not single else pd.Series(False, index=totals.index)
    roomy = max(0.26, 0.08 + 0.075 * len(styles))
    height = roomy if n_rows <= _FEW_ROWS else max(0.22, 0.04 + 0.06 * len(styles))
    height = 1.1 + max(n_rows, 1) * height
    with drawing.panel(ax, 8.5, height + drawing.legend_height(list(styles))) as ax:
        drawing.stripe_rows(ax, labels)
        for label, n_units in zip(ax.get_yticklabels(), first["n_units"], strict=True):
            # One article is no group, though its row stands among groups.
            if not single and n_units == 1:
                label.set_color("#666666")
        drawing.draw_series(ax, totals, place, series, styles, filled=~few)
        if totals.empty:
            drawing.say_instead(ax, "no articles")
        where = f" in {told[0]}" if single else drawing.groups_of(shown, groups)
        which = drawing.first_of(n_rows, n_all, "highest" if single else "first")
        drawing.write_above(ax, drawing.words_of(wanted["category"]) + where + which, 10)
        drawing.show_rates(ax, wanted)
        write_caption(
            ax,
            f"A mark is the rate of {'an article' if single else 'a group of articles'};",
            f"in brackets, {'its hits' if single else 'their number'}.",
            f"Sorted by the rate of {next(iter(styles))}." if single and styles else "",
            f"n = {', '.join(told)}.",
            interval_note(wanted),
            f"Open: fewer than {FEWEST_UNITS} articles, no interval." if few.any() else "",
            told_subcategories(wanted),
        )
    return ax


def plot_entries(
    entries: pd.DataFrame, *, n: int = 15, category: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the most frequent entries: the words behind the scores.

    Parameters
    ----------
    entries : pandas.DataFrame
        Table ``entries``, as made by `count_entries`.
    n : int, default 15
        How many entries to draw. Equal counts are drawn by alphabet.
    category : str, optional
        Draw this category only.
    ax : matplotlib.axes.Axes, optional
        Where to draw; give its figure ``layout="constrained"``, so that labels find
        room. Without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        With "no hits" written on it, if no entry had one.

    Raises
    ------
    TableError
        If `entries` lacks columns or has no such category.
    ValueError
        If `n` is below 1.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Threats meet a threat."]))
    >>> hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"k": ["threat*"]}))
    >>> ax = fa.plot_entries(fa.count_entries(hits))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['threat*']
    """
    entries = check_table(entries, "entries", unique=False)
    check_count("n", n, "draw at least 1 entry")
    check_text("category", category)
    label = category_labels(entries)
    styles = category_styles(label)
    rows = entries.assign(label=label)
    if category is not None:
        drawing.chosen_categories([category], entries["category"])
        rows = rows[rows["category"] == category]
    rows = rows[rows["n_hits"] > 0]
    n_fired, n_hits, parts = len(rows), rows["n_hits"].sum(), told_of_entries(rows)
    rows = rows.sort_values(["n_hits", "entry", "label"], ascending=[False, True, True]).head(n)

    with drawing.panel(ax, 7.5, 1.0 + 0.27 * max(len(rows), 2)) as ax:
        for place, (name, count) in enumerate(zip(rows["label"], rows["n_hits"], strict=True)):
            ax.barh(place, count, 0.75, label=name, **drawing.fill(styles[name]))
            drawing.write_beside(ax, f"{count:,}", (count, place), (4, 0))
        drawing.name_rows(ax, drawing.short_labels(rows["entry"]))
        ax.set_xlim(0, 1.1 * rows["n_hits"].max() if len(rows) else 1)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlabel("hits (number)")
        names = [name for name in styles if (rows["label"] == name).any()]
        drawing.write_above(ax, f"{drawing.words_of(names)}: the most frequent entries", 10)
        if rows.empty:
            drawing.say_instead(ax, "no hits")
        drawing.legend_beside(ax, [Patch(**drawing.fill(styles[name])) for name in names], names)
        few = f", the {n:,} most frequent drawn" if n_fired > n else ""
        fired = "1 entry" if n_fired == 1 else f"{n_fired:,} entries"
        write_caption(
            ax,
            f"A bar counts the hits of an entry. n = {counted(n_hits, 'hit')} of {fired}{few}.",
            parts,
        )
    return ax


def _number_cells(ax: Axes, hits: pd.DataFrame) -> bool:
    """Write the number of hits into each cell that has any; tell whether there was room."""
    points = 72 * ax.get_window_extent().width / ax.figure.dpi / len(hits.columns)
    size = min(1.2 * points / len(f"{hits.max().max():.0f}"), 9.0)
    if size < _SMALLEST:
        return False
    grounds = [
        mesh.to_rgba(np.ma.asarray(mesh.get_array()))[0] for mesh in ax.collections[-len(hits) :]
    ]
    for (row, column), count in np.ndenumerate(hits.to_numpy(float)):
        if count > 0:
            drawing.write_cell(ax, column, row, f"{count:.0f}", to_hex(grounds[row][column]), size)
    return True


def _label_strip(ax: Axes, names: list[str], numbers: list[int]) -> None:
    drawing.name_rows(ax, drawing.short_labels(names))
    step = next(s for s in (1, 2, 5, 10, 20, 50, 10**9) if len(numbers) <= s * _MOST_TICKS)
    ax.set_xticks(range(0, len(numbers), step), [str(n) for n in numbers[::step]])
    ax.set_xlim(-0.5, len(numbers) - 0.5)
    ax.set_xlabel("paragraph (0 = first)")
    ax.spines[:].set_visible(False)


def _sorted_documents(totals: pd.DataFrame, name: str) -> pd.DataFrame:
    """Put the documents with the highest rate of a series first, those without one last."""
    rate = totals[totals["series"] == name].groupby("document_id")["rate"].max()
    rank = totals["document_id"].map(rate).rename("rank")
    order = np.lexsort([totals["document_id"].astype(str), -rank.fillna(-1.0)])
    return totals.iloc[order]
