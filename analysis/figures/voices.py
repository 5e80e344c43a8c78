"""Plots of who says it and how surely."""

import textwrap
from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm, to_hex
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from analysis.errors import TableError, check_count, check_text
from analysis.figures import drawing
from analysis.figures.captions import counted, write_caption
from analysis.figures.style import (
    CategoryStyle,
    category_styles,
    figure_width,
    for_column,
    plain_label,
    sequential_map,
)
from analysis.languages.language import LanguageName
from analysis.languages.measured import UNSURE, drawn_certainties, told_validity
from analysis.tables.checks import category_labels, check_table, label_groups, unknown_document
from analysis.tables.naming import name_documents
from analysis.tables.schema import VOICES
from analysis.tables.subcategories import told_subcategories

# How dark the parts of a bar are, from the narrator's own words to a paraphrase.
_SHADES = dict(zip(VOICES, (1.0, 0.55, 0.18), strict=True))
# Points that a letter of a name takes.
_LETTER = 5.6
_NAME_LINE = 20


def plot_voices(
    scores: pd.DataFrame,
    *,
    rows: str = "category",
    document_id: str | None = None,
    categories: Sequence[str] | None = None,
    n: int = 40,
    language: LanguageName | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw who says it and how surely: a bar of shares for each row, its parts by voice.

    A bar is 100 % of the hits whose voice is known; their number stands at its end. The darkest
    part is the narrator's, the palest paraphrased; hatched is hedged, crossed is negated.
    The caption names how often voice and certainty are right (`context_validity`). Where fewer
    than 60 % of the hits called hedged or negated were, both are drawn as one part.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores``, made with ``split=["voice", "certainty"]``.
    rows : str, default "category"
        What has its bar: ``"category"``, ``"document_id"`` or a metadata column such as
        ``"outlet"``. Unless it is the category, `categories` names one. Documents are named
        as by `name_documents`.
    document_id : str, optional
        Draw this document only.
    categories : sequence of str, optional
        Categories to draw. Without it, all, as in the table.
    n : int, default 40
        How many bars to draw: the first, and the heading says of how many.
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
    >>> ax = fa.plot_voices(scores)
    >>> [text.get_text() for text in ax.texts]
    ['1 hit']
    """
    scores = check_table(scores, "scores", unique=False)
    check_count("n", n, "draw at least 1 bar")
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
    articles = name_documents(scores)
    label = work["series"] if by_category else label_groups(work[rows]).astype(str)
    work = work.assign(row=label.map(articles) if rows == "document_id" else label)
    known = work[work["voice"].notna() & work["n_hits"].gt(0)]
    kinds = drawn_certainties(known, language)
    certainty = work["certainty"]
    certainty = certainty.mask(certainty.notna() & ~certainty.isin(kinds), UNSURE)
    counts = work.groupby(["row", "voice", certainty], sort=False)["n_hits"].sum()
    unknown = work[work["voice"].isna()].groupby("row")["n_hits"].sum()
    names = [own for own in styles if own in shown] if by_category else sorted(set(work["row"]))
    n_all, names = len(names), names[:n]
    colors = [styles[name if by_category else shown[0]].color for name in names]

    shown_names = drawing.short_labels(names, 40)
    if not by_category and rows != "document_id":
        held = work.groupby("row")["document_id"].nunique()
        sizes = [counted(held[name], "document") for name in names]
        shown_names = [f"{name} ({n})" for name, n in zip(shown_names, sizes, strict=True)]
    # In a column, the long caption and the legend take more lines.
    height = 1.2 + 0.3 * max(len(names), 2) + 1.4 * for_column()
    with drawing.panel(ax, 8, height) as ax:
        drawing.stripe_rows(ax, shown_names)
        total = np.array([counts[counts.index.get_level_values(0) == n].sum() for n in names])
        left = np.zeros(len(names))
        for voice, kind in product(VOICES, kinds):
            own = np.array([counts.get((name, voice, kind), 0) for name in names], float)
            share = np.divide(own, total, out=np.zeros(len(names)), where=total > 0)
            for place in np.flatnonzero(share).tolist():
                look = _fill(colors[place], _SHADES[voice], kind) | {"label": f"{voice}, {kind}"}
                ax.barh(place, share[place], 0.68, left=left[place], **look, zorder=2)
            left += share
        for place, (name, of) in enumerate(zip(names, total, strict=True)):
            told = _told_hits(of, unknown.get(name, 0))
            drawing.write_beside(ax, told, (float(left[place]), place), (4, 0), fontsize=9)
        # Room at the right for the numbers at the ends.
        room = 0.5 if unknown.sum() else 0.25
        ax.set_xlim(0, 1 + room * (3 if for_column() else 1))
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
        ax.xaxis.set_major_formatter(PercentFormatter(1))
        ax.set_xlabel("share of the hits (%)")
        if work.empty:
            drawing.say_instead(ax, "no hits")
        n_documents = counted(work["document_id"].nunique(), "document")
        where = f" in {n_documents}" if rows == "document_id" else ""
        if not by_category and rows != "document_id":
            where = drawing.groups_of(names, [rows])
            where = f",{where}" if where.startswith(" by ") else where
        if document_id is not None:
            where = f" in {drawing.short_labels([articles[document_id]])[0]}"
        more = drawing.first_of(len(names), n_all)
        words = drawing.words_of(shown)
        drawing.write_above(ax, f"{words} by voice and certainty{where}{more}", 10)
        grey = "#555555" if by_category or not shown else colors[0]
        handles = [Patch(**_fill(grey, shade, "asserted")) for shade in _SHADES.values()]
        handles += [Patch(**_fill(grey, 0, kind)) for kind in kinds]
        drawing.legend_beside(ax, handles, [*VOICES, *kinds])
        left_out = (
            f"; {counted(unknown.sum(), 'hit')} of unknown voice left out."
            if unknown.sum()
            else "."
        )
        write_caption(
            ax,
            "A bar is all hits whose voice is known, its parts by voice and certainty.",
            f"n = {counted(counts.sum(), 'hit')} in {n_documents}{left_out}",
            told_validity(known, "certainty", "voice", language=language),
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
        more = drawing.first_of(len(chosen), len(order))
        drawing.write_above(ax, f"{drawing.words_of(columns)}: who speaks{more}", 10)
        write_caption(
            ax,
            "A cell counts the hits of a speaker; the darker, the larger the share of the column.",
            f"n = {counted(total.sum(), 'hit')} of {counted(len(order), 'speaker')}"
            + (f"; {left_out:,} not shown." if left_out > 0 else "."),
            told_validity(work[work["speaker"].isin(named)], "speaker", language=language),
        )
        ax.spines[:].set_visible(False)
    return ax


def _told_hits(known: float, unknown: float) -> str:
    """Count the hits of a bar, and those that it cannot show."""
    if known:
        return counted(known, "hit") + (f", {unknown:,.0f} unknown" if unknown else "")
    return f"voice unknown ({counted(unknown, 'hit')})" if unknown else "no hits"


def _fill(color: str, shade: float, kind: str) -> dict[str, Any]:
    """Fill a part by its voice, hatch what is hedged or may be, cross what is negated."""
    face = to_hex(sequential_map(color)(shade))
    hatch = {"asserted": "", "negated": "xxxxx"}.get(kind, "//////")
    edge = "white" if shade == 1 else color
    return {"facecolor": face, "edgecolor": edge, "hatch": hatch, "linewidth": 0.8}


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
