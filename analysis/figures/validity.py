"""Plots of how well a lexicon finds what coders found."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.errors import TableError, check_count, check_text
from analysis.figures import drawing
from analysis.figures.captions import counted, interval_note, write_caption
from analysis.figures.style import category_styles
from analysis.tables.checks import check_table

_MEASURES = ("precision", "recall", "F1", "specificity", "AUC")


def plot_validity(
    measures: pd.DataFrame, *, ceiling: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how well a lexicon agrees with human codes: a row for each measure.

    Parameters
    ----------
    measures : pandas.DataFrame
        Table ``validity``, the ``"measures"`` of `validate_lexicon`.
    ceiling : pandas.DataFrame, optional
        Table ``supervised``: a bar marks the AUC of the trained model.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Undefined measures have no mark. A dotted line stands where chance has its AUC.

    Raises
    ------
    TableError
        If a table lacks columns.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat.", "Rain."]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    >>> codes = paragraphs[["document_id", "paragraph"]].assign(
    ...     category="security", coder="Ana", code=["1", "0"])
    >>> ax = fa.plot_validity(fa.validate_lexicon(hits, scores, codes)["measures"])
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['precision', 'recall', 'F1', 'specificity', 'AUC']
    """
    measures = check_table(measures, "validity", unique=False)
    if ceiling is not None:
        ceiling = check_table(ceiling, "supervised", unique=False)
    if unknown := sorted({*measures["measure"]} - {*_MEASURES}):
        raise TableError(
            f"there is no place for the measure {unknown[0]!r}; give the measures of "
            "validate_lexicon"
        )
    own = category_styles(measures["category"])
    styles = {name: own[name] for name in measures["category"].unique()}
    rows = measures.sort_values("measure", key=lambda of: of.map(_MEASURES.index), kind="stable")
    with drawing.panel(ax, 7.5, 1.2 + len(_MEASURES) * max(0.34, 0.1 + 0.1 * len(styles))) as ax:
        drawing.stripe_rows(ax, _MEASURES)
        place = rows["measure"].map(_MEASURES.index).to_numpy(float)
        columns = ("value", "low", "high")
        drawing.draw_series(ax, rows, place, rows["category"], styles, columns=columns)
        auc = _MEASURES.index("AUC")
        if ceiling is not None:
            offsets = drawing.spread_rows(list(styles))
            known = ceiling[ceiling["category"].isin(styles)]
            for name, area in zip(known["category"], known["auc"], strict=True):
                row = auc + offsets[name]
                ax.vlines(area, row - 0.09, row + 0.09, color=styles[name].color, linewidth=2.5)
        ax.vlines(0.5, auc - 0.5, auc + 0.5, color="0.5", linewidth=1, linestyle=":", zorder=1)
        ax.set_xlim(-0.02, 1.02)
        ax.set_xlabel("agreement with human codes (0 to 1)")
        drawing.write_above(ax, f"{drawing.words_of(styles)} against human codes", 10)
        if measures.empty:
            drawing.say_instead(ax, "no measures")
        sizes = sorted(set(measures["n_units"]))
        n_units = " to ".join(f"{size:,}" for size in [*sizes[:1], *sizes[1:][-1:]]) or "0"
        write_caption(
            ax,
            "A mark is how well a category agrees with human codes; dotted: the AUC of chance.",
            "" if ceiling is None else "Upright bar: a trained model.",
            f"n = {n_units} coded paragraphs of",
            f"{counted(max([0, *measures['n_documents']]), 'document')}.",
            interval_note(measures, confidence=0.95),
        )
    return ax


def plot_thresholds(
    thresholds: pd.DataFrame, *, categories: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw precision and recall by the score from which a paragraph counts as positive.

    Precision is a full line, recall a dashed one; the large marker stands where F1 is highest. That
    threshold looks better here than it will be on fresh paragraphs.

    Parameters
    ----------
    thresholds : pandas.DataFrame
        Table ``validity_thresholds``, the ``"thresholds"`` of `validate_lexicon`.
    categories : sequence of str, optional
        Which to draw. Without it, all.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        With "no scores" written on it, if no coded paragraph had a hit.

    Raises
    ------
    TableError
        If `thresholds` lacks columns or has no such category.
    TypeError
        If `categories` is one text.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat.", "Rain."]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    >>> codes = paragraphs[["document_id", "paragraph"]].assign(
    ...     category="security", coder="Ana", code=["1", "0"])
    >>> ax = fa.plot_thresholds(fa.validate_lexicon(hits, scores, codes)["thresholds"])
    >>> ax.get_ylabel()
    'share (0 to 1)'
    """
    thresholds = check_table(thresholds, "validity_thresholds", unique=False)
    wanted = drawing.chosen_categories(categories, thresholds["category"])
    styles = category_styles(thresholds["category"])
    with drawing.panel(ax, 7.5, 3.6) as ax:
        handles = []
        for name in wanted:
            own = thresholds[thresholds["category"] == name].sort_values("threshold")
            best = np.flatnonzero(own["best"].to_numpy(bool)).tolist()
            look: dict[str, Any] = {"color": styles[name].color, "marker": styles[name].marker}
            for measure, dashes in (("precision", "-"), ("recall", "--")):
                drawn: dict[str, Any] = {**look, "linestyle": dashes, "label": f"{name}, {measure}"}
                ax.plot(own["threshold"], own[measure], markersize=3, **drawn)
                ax.plot(own["threshold"].iloc[best], own[measure].iloc[best], markersize=8, **drawn)
            handles.append(Line2D([], [], **look))
        handles += [Line2D([], [], color="0.4", linestyle=dashes) for dashes in ("-", "--")]
        ax.set_ylim(0, 1.03)
        ax.set_xlabel("score from which a paragraph counts (threshold)")
        ax.set_ylabel("share (0 to 1)")
        ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))
        drawing.write_above(ax, f"{drawing.words_of(wanted)} against human codes, by threshold", 10)
        n_steps = counted(thresholds["threshold"].nunique(), "threshold")
        write_caption(
            ax,
            "A line is the share at each threshold, full for precision, dashed for recall;",
            f"large marker: where F1 is highest. n = {n_steps}.",
        )
        if thresholds.empty:
            drawing.say_instead(ax, "no scores")
        drawing.legend_beside(ax, handles, [*wanted, "precision", "recall"])
    return ax


def plot_entry_errors(
    entries: pd.DataFrame, *, category: str, n: int = 15, ax: Axes | None = None
) -> Axes:
    """Draw which entries of a category cause its false positives.

    Parameters
    ----------
    entries : pandas.DataFrame
        Table ``validity_entries``, the ``"entries"`` of `validate_lexicon`.
    category : str
        The category to draw.
    n : int, default 15
        How many entries, those with most false positives first.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        To the right paragraphs coded positive, to the left false positives, hatched.

    Raises
    ------
    TableError
        If `entries` lacks columns or has no such category.
    ValueError
        If `n` is below 1.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat.", "Threat of rain."]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    >>> codes = paragraphs[["document_id", "paragraph"]].assign(
    ...     category="security", coder="Ana", code=["1", "0"])
    >>> entries = fa.validate_lexicon(hits, scores, codes)["entries"]
    >>> fa.plot_entry_errors(entries, category="security").get_yticklabels()[0].get_text()
    'threat*'
    """
    entries = check_table(entries, "validity_entries", unique=False)
    check_count("n", n, "draw at least 1 entry")
    check_text("category", category)
    known = [*entries.attrs.get("categories", []), *entries["category"]]
    drawing.chosen_categories([category], known)
    rows = entries[entries["category"] == category]
    n_entries, entry_hits = len(rows), int(rows[["n_true", "n_false"]].sum().sum())
    rows = rows.sort_values(["n_false", "n_true", "entry"], ascending=[False, True, True]).head(n)
    style = category_styles([*known, category])[category]
    with drawing.panel(ax, 7.5, 1.2 + 0.27 * max(len(rows), 2)) as ax:
        y = np.arange(len(rows))
        right: dict[str, Any] = {"facecolor": style.color, "edgecolor": "white"}
        ax.barh(y, rows["n_true"], 0.75, label="coded positive", **right)
        wrong: dict[str, Any] = {"facecolor": "white", "edgecolor": style.color, "hatch": "////"}
        ax.barh(y, -rows["n_false"], 0.75, label="false positive", **wrong)
        for place, (true, false) in enumerate(zip(rows["n_true"], rows["n_false"], strict=True)):
            for value, side, align in ((true, 4, "left"), (-false, -4, "right")):
                look: dict[str, Any] = {"ha": align, "fontsize": 8}
                drawing.write_beside(ax, f"{abs(value):,}", (value, place), (side, 0), **look)
        ax.axvline(0, color="0.3", linewidth=0.9)
        drawing.name_rows(ax, drawing.short_labels(rows["entry"]))
        widest = max([1, *rows["n_true"], *rows["n_false"]])
        ax.set_xlim(-1.15 * widest, 1.15 * widest)
        ax.xaxis.set_major_locator(MaxNLocator(7, integer=True))
        ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
        ax.set_xlabel("coded paragraphs that the entry hits (number)")
        words, more = drawing.words_of([category]), drawing.first_of(len(rows), n_entries)
        drawing.write_above(ax, f"{words}: which entries err{more}", 10)
        if rows.empty:
            drawing.say_instead(ax, "no hits")
        handles = [Patch(**wrong), Patch(facecolor=style.color)]
        drawing.legend_beside(ax, handles, ["false positive", "coded positive"])
        write_caption(
            ax,
            "A bar counts the coded paragraphs that an entry hits: to the left those coded",
            "negative, to the right those coded positive.",
            f"n = {entry_hits:,} paragraphs, counted by entry.",
        )
    return ax
