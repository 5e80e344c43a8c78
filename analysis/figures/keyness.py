"""Plots of the words behind scores."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, PercentFormatter

from analysis.errors import ArgumentError, check_count, check_names
from analysis.figures import drawing
from analysis.figures.captions import counted, write_caption
from analysis.figures.style import category_styles, plain_label
from analysis.languages.language import LanguageName, load_language
from analysis.tables.checks import check_table
from analysis.tables.subcategories import told_of_entries, told_subcategories

# Room of a word on a logarithmic axis, in powers of ten.
_LABEL_WIDTH = 0.35


def plot_coverage(
    coverage: pd.DataFrame, *, categories: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how few entries carry a category's score.

    A line for each category: the share of its hits that its most frequent entries make up
    together. A line that leaps up and lies flat hangs on few words; one that rises slowly is
    broad. The legend tells how many entries occur, of how many.

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
    'k: 1 of 2 entries occur'
    """
    coverage = check_table(coverage, "coverage", unique=False)
    # Subcategories do not draw lines of their own.
    series, styles = drawing.series_styles(coverage.drop(columns="subcategory"), categories)
    with drawing.panel(ax, 7.5, 3.6) as ax:
        handles, names = [], []
        for name, style in styles.items():
            own = coverage[series == name]
            firing = own[own["n_hits"] > 0].sort_values("cumulative_share")
            rising = [0.0, *firing["cumulative_share"]]
            # A marker at the entry by which half of the hits are reached.
            half = [n for n, share in enumerate(rising) if share >= 0.5 - 1e-12][:1]
            look: dict[str, Any] = {"color": style.color, "marker": style.marker}
            ax.plot(range(len(rising)), rising, markevery=half, label=name, **look)
            handles.append(Line2D([], [], **look))
            names.append(f"{name}: {len(firing):,} of {len(own):,} entries occur")
        ax.axhline(0.5, color="0.6", linewidth=0.8, linestyle=":", zorder=0)
        ax.set_ylim(0, 1.02)
        ax.set_xlim(left=0)
        ax.yaxis.set_major_formatter(PercentFormatter(1))
        ax.set_xlabel("entries, the most frequent first (number)")
        ax.set_ylabel("share of the hits (%)")
        words = drawing.words_of(coverage.loc[series.notna(), "category"])
        drawing.write_above(ax, f"{words}: how few entries make up the hits", 10)
        if not (coverage["n_hits"] > 0).any():
            drawing.say_instead(ax, "no hits")
        drawing.legend_beside(ax, handles, names)
        write_caption(
            ax,
            "A line adds up the hits of a category's entries; marker: where half are reached.",
            f"n = {counted(coverage.loc[series.notna(), 'n_hits'].sum(), 'hit')}.",
            told_of_entries(coverage[series.notna()]),
        )
    return ax


def plot_word_shift(shift: pd.DataFrame, *, n: int = 20, ax: Axes | None = None) -> Axes:
    """Draw which words make the difference of a category's rate between two groups.

    Bars to the right are words that group a uses more, to the left those of group b; they
    add up to the difference, which the title tells.

    Parameters
    ----------
    shift : pandas.DataFrame
        Table ``word_shift``, as made by `word_shift`.
    n : int, default 20
        How many words to draw, the largest contributions first. All other words are two bars:
        those that group a uses more, and those that group b does.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        With "no hits" written on it, if no word had one.

    Raises
    ------
    TableError
        If `shift` lacks columns.
    ValueError
        If `n` is below 1.

    Examples
    --------
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["A threat, a threat.", "A peril and no more."])
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"k": ["threat", "peril"]}))
    >>> groups = {"by": "document_id", "group_a": "text_0001", "group_b": "text_0002"}
    >>> ax = fa.plot_word_shift(fa.word_shift(paragraphs, hits, "k", **groups))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['threat', 'peril']
    """
    shift = check_table(shift, "word_shift", unique=False)
    check_count("n", n, "draw at least 1 word")
    order = np.lexsort([shift["term"], -shift["contribution"].abs()])
    rows = shift[["term", "contribution"]].iloc[order]
    rest = rows["contribution"].iloc[n:]
    sides = [own for own in (rest[rest >= 0], rest[rest < 0]) if len(own)]
    others = [(f"{len(own):,} other word{'s' * (len(own) != 1)}", own.sum()) for own in sides]
    rows = pd.concat([rows.head(n), pd.DataFrame(others, columns=rows.columns)])
    styles = category_styles(shift["category"].unique())
    with drawing.panel(ax, 7.5, 1.2 + 0.27 * max(len(rows), 2)) as ax:
        for place, value in enumerate(rows["contribution"]):
            category = shift["category"].iloc[0]
            look = drawing.fill(styles[category])
            # Direction is told by the side, and again by the hatch.
            look["hatch"] = "" if value >= 0 else "///"
            ax.barh(place, value, 0.75, label=category, **look)
        if others:
            ax.axhline(n - 0.5, color="0.6", linewidth=0.8, linestyle=":")
        ax.axvline(0, color="0.3", linewidth=0.8)
        drawing.name_rows(ax, drawing.short_labels(rows["term"]))
        ax.set_xlabel("contribution to the difference (hits per 1,000 tokens)")
        if rows.empty:
            drawing.say_instead(ax, "no hits")
        else:
            first, second = drawing.short_labels(shift[["group_a", "group_b"]].iloc[0])
            words = drawing.words_of(shift["category"])
            drawing.write_above(ax, f"{words}: ← more in {second} | more in {first} →", 10)
            n_first, n_second = (counted(shift[side].sum(), "hit") for side in ("n_a", "n_b"))
            write_caption(
                ax,
                "A bar is what a word adds to the difference of the rates; together they make it.",
                f"n = {n_first} in {first}, {n_second} in {second}.",
                told_subcategories(shift),
            )
    return ax


def plot_log_odds(
    log_odds: pd.DataFrame,
    *,
    n: int = 12,
    names: Sequence[str] = ("target", "reference"),
    language: LanguageName | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw words by their frequency and by how typical they are of one of two texts.

    All words are points; function words such as *the* and *it* are not named.

    Parameters
    ----------
    log_odds : pandas.DataFrame
        Table ``log_odds``, as made by `log_odds`.
    n : int, default 12
        How many words of either side to name; of those that lie on each other, the
        strongest.
    names : sequence of two str, default ("target", "reference")
        What to call the two texts.
    language : str or os.PathLike, optional
        Language of the texts, whose function words are not named; English, if none is named.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Points that only one text uses are open.

    Raises
    ------
    TableError
        If `log_odds` lacks columns.

    Examples
    --------
    >>> import analysis as fa
    >>> one = fa.documents_from_texts(["aid " * 9 + "rain " * 20])
    >>> two = fa.documents_from_texts(["peril " * 9 + "rain " * 20])
    >>> ax = fa.plot_log_odds(fa.log_odds(one, two), names=["A", "B"])
    >>> sorted(text.get_text() for text in ax.texts)
    ['aid', 'peril']
    """
    log_odds = check_table(log_odds, "log_odds", unique=False)
    check_count("n", n, "draw at least 1 word")
    check_names("names", names)
    if len(names) != 2:
        raise ArgumentError(f"names is {names!r}; give one name for each of the two")
    log_odds = log_odds.sort_values(["z", "term"], ascending=[False, True], ignore_index=True)
    counts = log_odds[["n_target", "n_reference"]]
    strongest = log_odds.assign(count=counts.sum(axis="columns"))
    function_words = load_language(language).words["stop_words"]["stop_words"]
    telling = strongest[~strongest["term"].isin(list(function_words))]
    named = pd.concat([telling[telling["z"] > 0].head(n), telling[telling["z"] < 0].tail(n)])
    with drawing.panel(ax, 7.5, 5) as ax:
        for alone, face in ((False, "#332288"), (True, "none")):
            own = strongest[strongest["one_sided"].astype(bool) == alone]
            look: dict[str, Any] = {"facecolors": face, "edgecolors": "#332288", "alpha": 0.6}
            ax.scatter(own["count"], own["z"], 14, label="words", **look)
        for term, x, y in _apart(named):
            text = ax.annotate(plain_label(term), (x, y), (4, 2), textcoords="offset points")
            text.set_parse_math(False)
        ax.axhline(0, color="0.3", linewidth=0.8)
        ax.set_xscale("log")
        ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        ax.set_xlabel("occurrences in both (number, logarithmic)")
        ax.set_ylabel("z of the log-odds ratio")
        above, below = drawing.short_labels(names)
        drawing.write_above(ax, f"Words typical of {above} (above 0) or of {below} (below)", 10)
        n_first, n_second = (counted(n, "occurrence") for n in counts.sum())
        write_caption(
            ax,
            "A point is a word, open where only one of the two uses it.",
            f"n = {counted(len(log_odds), 'word')}; {n_first} in {above}, {n_second} in {below}.",
            "Function words are not named." if len(telling) < len(strongest) else "",
        )
        if strongest.empty:
            # On a logarithmic axis that is empty, no number could be written.
            ax.set_xlim(1, 10)
            drawing.say_instead(ax, "no words")
    return ax


def _apart(named: pd.DataFrame) -> list[tuple[str, float, float]]:
    """Return words with their places, the strongest first, without those that would overlap."""
    kept: list[tuple[str, float, float]] = []
    height = max(np.ptp(named["z"]), 1) / 25 if len(named) else 1
    order = named["z"].abs().sort_values(ascending=False, kind="stable").index
    for term, count, z in named.loc[order, ["term", "count", "z"]].itertuples(index=False):
        near = (abs(np.log10(count / x)) < _LABEL_WIDTH and abs(z - y) < height for _, x, y in kept)
        if not any(near):
            kept.append((term, count, z))
    return kept
