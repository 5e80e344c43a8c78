"""Plots of who says it and how surely."""

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm, to_hex
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.errors import TableError, check_count, check_text
from analysis.figures import drawing
from analysis.figures.captions import counted, write_caption
from analysis.figures.style import (
    CategoryStyle,
    category_styles,
    figure_width,
    plain_label,
    sequential_map,
)
from analysis.languages.language import LanguageName
from analysis.languages.measured import UNSURE, drawn_certainties, told_validity
from analysis.tables.checks import category_labels, check_table, label_groups, unknown_document
from analysis.tables.schema import VOICES
from analysis.tables.subcategories import told_subcategories

# Rows of a group: its name and its three bars.
_ROWS = 4
# Points that a letter of a name takes.
_LETTER = 5.6
_NAME_LINE = 20


def plot_voices(
    scores: pd.DataFrame,
    *,
    rows: str = "category",
    document_id: str | None = None,
    categories: Sequence[str] | None = None,
    n: int = 30,
    language: LanguageName | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw who says it and how surely: a bar for each voice, its parts by certainty.

    The caption names how often voice and certainty are right (`context_validity`). Where fewer
    than 60 % of the hits called hedged or negated were, both are drawn as one part.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores``, made with ``split=["voice", "certainty"]``.
    rows : str, default "category"
        What has its bars: ``"category"``, ``"document_id"`` or a metadata column such as
        ``"outlet"``. Unless it is the category, `categories` names one. Documents are named
        by the columns ``outlet`` and ``date``, if no two share them; else with the beginning
        of the ``title``, or by their id.
    document_id : str, optional
        Draw this document only.
    categories : sequence of str, optional
        Categories to draw. Without it, all, as in the table.
    n : int, default 30
        How many groups of bars to draw: the first, and the heading says of how many.
    language : str or os.PathLike, optional
        Language of the texts; by default the column of `scores`, else English.
    ax : matplotlib.axes.Axes, optional
        Where to draw; give its figure ``layout="constrained"``, so that labels find
        room. Without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        With "no hits" written on it, if the table is empty.

    Raises
    ------
    TableError
        If `scores` lacks columns, the document or a category, was not made by voice and
        certainty, or several categories would share a bar.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat, he said."]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> scores = fa.score_paragraphs(paragraphs, hits, lexicon, split=["voice", "certainty"])
    >>> [label.get_text() for label in fa.plot_voices(scores).get_yticklabels()]
    ['narrator', 'quote', 'paraphrase']
    """
    scores = check_table(scores, "scores", unique=False)
    check_count("n", n, "draw at least 1 group")
    check_text("rows", rows)
    check_text("document_id", document_id)
    for name in ("voice", "certainty"):
        if name not in scores.columns:
            raise TableError(
                f"scores has no column {name!r}; make it with "
                "score_paragraphs(…, split=['voice', 'certainty'])"
            )
    if rows not in scores.columns:
        raise TableError(f"scores has no column {rows!r} to draw; name one of its columns")
    series, styles = drawing.series_styles(scores, categories)
    work = scores.assign(series=series)[series.notna().to_numpy()]
    if document_id is not None:
        work = work[work["document_id"] == document_id]
    if work.empty and document_id is not None:
        raise TableError(unknown_document(scores, "scores", document_id))
    shown = list(dict.fromkeys(work["series"]))
    by_category = rows == "category"
    if not by_category and len(shown) > 1:
        raise TableError(
            f"{len(shown)} categories would share a bar; name one with categories=[{shown[0]!r}]"
        )
    row_name = (work["series"] if by_category else label_groups(work[rows]).astype(str)).rename(
        "row"
    )
    with_voice = work[work["voice"].notna() & work["n_hits"].gt(0)]
    kinds = drawn_certainties(with_voice, language)
    certainty = work["certainty"]
    certainty = certainty.mask(certainty.notna() & ~certainty.isin(kinds), UNSURE)
    counts = work.groupby([row_name, "voice", certainty], sort=False)["n_hits"].sum()
    names = [name for name in styles if name in shown] if by_category else sorted(set(row_name))
    n_all, names = len(names), names[:n]
    colors = {n: styles[n if by_category else shown[0]].color for n in names}

    with drawing.panel(ax, 7.5, 1.1 + 0.25 * _ROWS * max(len(names), 1)) as ax:
        for number, name in enumerate(names):
            if number % 2 == 0:
                above = _ROWS * number - 0.5
                ax.axhspan(above, above + _ROWS, color="#F3F3F3", zorder=0)
            for place, voice in enumerate(VOICES):
                parts = {kind: int(counts.get((name, voice, kind), 0)) for kind in kinds}
                _draw_bar(ax, _ROWS * number + 1 + place, parts, colors[name], name)
        bars = [n for n in range(_ROWS * len(names)) if n % _ROWS]
        ax.set_yticks(bars, list(VOICES) * len(names))
        ax.set_ylim(_ROWS * max(len(names), 1) - 0.5, -0.5)
        # Room at the right for the number at the end of a bar.
        ax.set_xlim(0, 1.18 * max([1.0, *counts.groupby(level=[0, 1]).sum()]))
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlabel("hits (number)")
        ax.tick_params(axis="y", length=0)
        articles = drawing.document_labels(scores)
        told = [articles[n] for n in names] if rows == "document_id" else names
        # In a line of their own, names find more room.
        _name_groups(ax, drawing.short_labels(told, 60))
        if work.empty:
            drawing.say_instead(ax, "no hits")
        of = "" if by_category or not shown else f" of “{shown[0]}”"
        where = ""
        if document_id is not None:
            where = f" in {drawing.short_labels([articles[document_id]])[0]}"
        what = "article" if rows == "document_id" else rows
        heading = f"hits{of} by {what} and voice{where}{drawing.first_of(len(names), n_all)}"
        drawing.write_above(ax, heading, 10)
        color = "#666666" if by_category or not shown else styles[shown[0]].color
        handles = [Patch(**_certainty_fill(kind, color)) for kind in kinds]
        drawing.legend_beside(ax, handles, list(kinds))
        n_documents = counted(work["document_id"].nunique(), "document")
        without = work.loc[work["voice"].isna(), "n_hits"].sum()
        left_out = f"; {counted(without, 'hit')} without a voice not shown." if without else "."
        write_caption(
            ax,
            "A bar counts the hits in a voice, its parts by certainty; at its end, their number.",
            f"n = {counted(counts.sum(), 'hit')} in {n_documents}{left_out}",
            told_validity(with_voice, "certainty", "voice", language=language),
            told_subcategories(work),
        )
    return ax


def plot_speakers(
    speakers: pd.DataFrame,
    *,
    n: int = 12,
    categories: Sequence[str] | None = None,
    language: LanguageName | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw who frames what: speakers against categories, the number of hits in each cell.

    The darker a cell, the larger the speaker's share of the category's hits. The caption names
    how often a speaker who is given is right (`context_validity`).

    Parameters
    ----------
    speakers : pandas.DataFrame
        Table ``speakers``, as made by `count_speakers`.
    n : int, default 12
        How many named speakers to draw, those with the most hits of `categories`.
        The narrator and sources without a name stand above them.
    categories : sequence of str, optional
        Categories to draw, from left to right. Without it, all, as in the table.
    language : str or os.PathLike, optional
        Language of the texts; English, if none is named.
    ax : matplotlib.axes.Axes, optional
        Where to draw; give its figure ``layout="constrained"``, so that labels find
        room. Without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        With "no hits" written on it, if there are none.

    Raises
    ------
    TableError
        If `speakers` lacks columns or a category.
    ValueError
        If `n` is below 1.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat, Ana Rell said."]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> ax = fa.plot_speakers(fa.count_speakers(fa.find_hits(paragraphs, lexicon)))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Ana Rell']
    """
    speakers = check_table(speakers, "speakers", unique=False)
    check_count("n", n, "draw at least 1 speaker")
    wanted = drawing.chosen_categories(categories, speakers["category"])
    labels = category_labels(speakers)
    styles = category_styles(labels)
    work = speakers.assign(label=labels)[speakers["category"].isin(wanted)]
    columns = [name for name in styles if (work["label"] == name).any()]
    hits = work.pivot_table(index="speaker", columns="label", values="n_hits", aggfunc="sum")
    hits = hits.reindex(columns=columns).fillna(0)
    total = hits.sum(axis="columns")
    order = sorted(total.index, key=lambda name: (-total[name], name))
    nobody = [name for name in ("(narrator)", "(unknown)") if name in total.index]
    named = [name for name in order if name not in nobody][:n]
    chosen = nobody + named

    shown = drawing.short_labels(chosen)
    width = min(3.2 + 1.25 * max(len(columns), 1), figure_width())
    # What the names of the rows leave of it.
    room = 72 * width - _LETTER * max(map(len, shown), default=0) - 20
    above, turned, height = _column_names(columns, room)
    with drawing.panel(ax, width, 0.8 + height / 72 + 0.3 * max(len(chosen), 2)) as ax:
        for place, name in enumerate(columns):
            own = hits.loc[chosen, name].to_numpy(float)
            _draw_column(ax, place, own, hits[name].sum(), styles[name], name)
        ax.set_xticks(range(len(columns)), above, **turned)
        ax.xaxis.tick_top()
        drawing.name_rows(ax, shown)
        ax.set_xlim(-0.5, max(len(columns), 1) - 0.5)
        ax.tick_params(length=0)
        if nobody and len(chosen) > len(nobody):
            ax.axhline(len(nobody) - 0.5, color="#888888", linewidth=0.8)
        if not chosen:
            drawing.say_instead(ax, "no hits")
        left_out = len(order) - len(chosen)
        drawing.write_above(ax, "speaker" + drawing.first_of(len(chosen), len(order)), 10)
        write_caption(
            ax,
            "A cell counts the hits of a speaker; the darker, the larger the share of the column.",
            f"n = {counted(total.sum(), 'hit')} of {counted(len(order), 'speaker')}"
            + (f"; {left_out:,} not shown." if left_out > 0 else "."),
            told_validity(work[work["speaker"].isin(named)], "speaker", language=language),
        )
        ax.spines[:].set_visible(False)
    return ax


def _draw_bar(ax: Axes, y: int, parts: dict[str, int], color: str, name: str) -> None:
    left = 0
    for kind, part in parts.items():
        if part:
            look = _certainty_fill(kind, color)
            ax.barh(y, part, 0.72, left=left, label=f"{name}, {kind}", **look, zorder=2)
        left += part
    drawing.write_beside(ax, f"{left:,}", (left, y), (4, 0))


def _certainty_fill(kind: str, color: str) -> dict[str, Any]:
    """Fill what is asserted, hatch what is hedged or may be, leave empty what is negated."""
    if kind == "asserted":
        return {"facecolor": color, "edgecolor": color, "linewidth": 0.8}
    hatch = "" if kind == "negated" else "//////"
    return {"facecolor": "white", "edgecolor": color, "hatch": hatch, "linewidth": 0.8}


def _name_groups(ax: Axes, names: list[str]) -> None:
    """Write the name of each group above its three bars, where it covers nothing."""
    look: dict[str, Any] = {"ha": "left", "va": "center", "fontsize": 9, "fontweight": "bold"}
    look |= {"transform": ax.get_yaxis_transform(), "parse_math": False}
    for number, name in enumerate(names):
        ax.text(0.01, _ROWS * number, name, **look)


def _column_names(names: list[str], room: float) -> tuple[list[str], dict[str, Any], float]:
    """Return names in full, how they are turned, and how high they stand, in points."""
    each = room / max(len(names), 1)
    plain = [plain_label(name) for name in names]
    wrapped = [textwrap.fill(name, _NAME_LINE, break_long_words=False) for name in plain]
    lines = [name.split("\n") for name in wrapped]
    n_lines = max(map(len, lines), default=1)
    longest = max((len(line) for own in lines for line in own), default=0)
    if _LETTER * (longest + 1) <= each:
        return wrapped, {}, 12.0 * n_lines
    if each > 24 * n_lines:
        return wrapped, {"rotation": 35, "ha": "left"}, 0.6 * _LETTER * longest + 12 * n_lines
    if each < 13 * n_lines:
        wrapped, longest = plain, max(map(len, plain))
    return wrapped, {"rotation": 90}, _LETTER * longest


def _draw_column(
    ax: Axes, place: int, counts: np.ndarray, whole: float, style: CategoryStyle, name: str
) -> None:
    colors = sequential_map(style.color)
    # The square root, so that small shares still show.
    norm = PowerNorm(0.5, 0, max(whole, 1.0))
    look: dict[str, Any] = {"edgecolors": "#CCCCCC", "linewidth": 0.5, "label": name}
    rows, edges = np.arange(len(counts) + 1) - 0.5, [place - 0.48, place + 0.48]
    ax.pcolormesh(edges, rows, counts[:, np.newaxis], cmap=colors, norm=norm, **look)
    for row, count in enumerate(counts):
        if count:
            drawing.write_cell(ax, place, row, f"{count:,.0f}", to_hex(colors(norm(count))), 9)
