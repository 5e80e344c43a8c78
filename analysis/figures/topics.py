"""Plots of what goes with what: likeness of documents, categories together, topics and frames."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.errors import TableError
from analysis.figures import drawing
from analysis.figures.captions import counted, interval_note, write_caption, write_figure_caption
from analysis.figures.style import (
    category_styles,
    figure_width,
    for_column,
    sequential_map,
    style_context,
)
from analysis.tables.checks import check_table
from analysis.tables.naming import name_documents
from analysis.tables.subcategories import told_subcategories

# More items than this have no room for a name, or for a number in each cell.
_MOST_NAMES = 40
_MOST_NUMBERS = 14
_COLOR = "#0B4A75"


def plot_similarity(
    similarities: pd.DataFrame,
    *,
    clusters: pd.DataFrame | None = None,
    merges: pd.DataFrame | None = None,
    documents: pd.DataFrame | None = None,
) -> Figure:
    """Draw how alike documents or groups are: a heat map, with the tree of clusters beside.

    The colours go from the 2nd to the 98th percentile of the pairs, so that some near-copies do
    not bleach all others. The diagonal, where everything is like itself, is left grey.

    Parameters
    ----------
    similarities : pandas.DataFrame
        Table ``similarities``, as made by `similarity`.
    clusters, merges : pandas.DataFrame, optional
        Tables ``clusters`` and ``merges``, as made by `cluster_documents`: the items then
        stand in the order of the tree, which is drawn to the left, and white lines
        separate the clusters.
    documents : pandas.DataFrame, optional
        Table ``documents``, by which documents are named as by `name_documents`.

    Returns
    -------
    matplotlib.figure.Figure
        Pairs without a similarity are hatched. Names are left out for more than 40 items.

    Raises
    ------
    TableError
        If a table lacks columns, or `clusters` are of other items.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["Troops march on.", "Troops march.", "Rain fell today.", "Rain fell."]
    >>> alike = fa.similarity(fa.documents_from_texts(texts))
    >>> figure = fa.plot_similarity(alike, **fa.cluster_documents(alike))
    >>> len(figure.axes)
    3
    """
    similarities = check_table(similarities, "similarities", unique=False)
    names = list(dict.fromkeys([*similarities["group_a"], *similarities["group_b"]]))
    if clusters is not None:
        clusters = check_table(clusters, "clusters", unique=False)
        if set(clusters["group"]) != set(names):
            raise TableError("the clusters are not of the items compared; cluster these")
        names = clusters["group"].tolist()
    if merges is not None:
        merges = check_table(merges, "merges").sort_values("merge")
    place = {name: n for n, name in enumerate(names)}
    square = np.full((len(names), len(names)), np.nan)
    first, second = (similarities[c].map(place).to_numpy(int) for c in ("group_a", "group_b"))
    square[first, second] = square[second, first] = similarities["similarity"]
    if merges is not None and not _is_tree(merges, 1 - square):
        raise TableError(
            "the merges are not of the items compared in this order; give clusters and merges as "
            "cluster_documents made them of these similarities"
        )
    labels = names
    if documents is not None:
        called = name_documents(documents)
        labels = [called.get(name, name) for name in names]
    with style_context():
        beside = 3.2 if merges is not None else 2.0
        side = min(3 + 0.32 * len(names), figure_width() - beside)
        if for_column():
            side = max(1.0, min(0.2 * len(names), 4.0))
        figure = plt.figure(figsize=drawing.figure_size(side + beside, side * 0.95 + 0.4))
        figure.set_layout_engine("constrained")
        widths = [1, 2.5 if for_column() else 4] if merges is not None else [1]
        panels = figure.subplots(1, len(widths), width_ratios=widths, squeeze=False)[0]
        ax = panels[-1]
        norm = _spread_of(square)
        _draw_square(ax, square, labels, norm)
        if clusters is not None:
            _part_clusters(ax, clusters)
        if merges is not None:
            _draw_tree(panels[0], merges, len(names))
        image = ax.collections[0]
        lying = {"orientation": "horizontal", "aspect": 30} if for_column() else {"shrink": 0.6}
        bar = figure.colorbar(image, ax=ax, pad=0.02, extend="both", **lying)
        measure = similarities["measure"].iloc[0] if len(similarities) else ""
        bar.set_label(f"similarity by {measure}")
        items = counted(len(names), "item" if documents is None else "document")
        drawing.write_above(ax, f"Likeness of {items} by their {measure or 'words'}", 10)
        write_figure_caption(
            figure,
            f"A cell is a pair; the darker, the more alike in {measure}.",
            "Hatched: one has none." if similarities["similarity"].isna().any() else "",
            "White lines separate clusters." if clusters is not None else "",
            _most_alike(similarities, dict(zip(names, labels, strict=True))),
            "Colours: from the 2nd to the 98th percentile of the pairs.",
            f"n = {items}, {counted(len(similarities), 'pair')}.",
        )
        for each in (ax, bar.ax):
            drawing.finish_axes(each)
    return figure


def plot_cooccurrence(cooccurrences: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw which categories stand together more or less often than chance, with intervals.

    Parameters
    ----------
    cooccurrences : pandas.DataFrame
        Table ``cooccurrences``, as made by `cooccurrence`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        A row for each pair, with the number of sentences or paragraphs that hold both. An
        arrow at the left edge: the interval reaches down to 0, for which a logarithmic axis
        has no place.

    Raises
    ------
    TableError
        If the table lacks columns.

    Examples
    --------
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["Aid is a threat. Aid, a threat. Rain. Rain fell."])
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"], "aid": ["aid"]})
    >>> together = fa.cooccurrence(paragraphs, fa.find_hits(paragraphs, lexicon))
    >>> fa.plot_cooccurrence(together).get_yticklabels()[0].get_text()
    'aid + threat (2 sentences)'
    """
    cooccurrences = check_table(cooccurrences, "cooccurrences", unique=False)
    style = category_styles(["hedging"])["hedging"]
    rows = cooccurrences
    pairs = rows[["category_a", "category_b", "n_both"]].itertuples(index=False)
    within = rows["within"].iloc[0] if len(rows) else ""
    labels = [f"{one} + {two} ({counted(n, within)})" for one, two, n in pairs]
    with drawing.panel(ax, 7.5, 1.3 + 0.3 * max(len(rows), 2)) as ax:
        drawing.stripe_rows(ax, drawing.short_labels(labels, 56))
        ax.axvline(1, color="0.3", linewidth=0.9, zorder=1)
        # A logarithmic axis has no place for 0: what never stands together is written.
        low = rows["low"].mask(rows["low"] <= 0, 1e-9)
        lift = rows["lift"].where(rows["lift"] > 0)
        points, y = (lift, low, rows["high"]), np.arange(len(rows))
        drawing.draw_points(ax, y, points, style, name="pairs of categories")
        drawing.scale_by_factors(ax)
        shown = rows[["lift", "low", "high"]].to_numpy(float)
        shown = shown[np.isfinite(shown) & (shown > 0)]
        ax.set_xlim(min([0.5, *shown]) / 1.15, max([2.0, *shown]) * 1.15)
        _point_beyond(ax, rows, style.color)
        ax.set_xlabel("observed together / expected by chance (lift, logarithmic)")
        if rows.empty:
            drawing.say_instead(ax, "no pairs")
        else:
            unit = rows["within"].iloc[0]
            names = category_styles([*rows["category_a"], *rows["category_b"]])
            drawing.write_above(ax, f"{drawing.words_of(names)} in one {unit}", 10)
            n_units = counted(rows["n_units"].max(), unit)
            write_caption(
                ax,
                "A mark is how many times as often two categories stand together as by chance (1);",
                f"in brackets the {unit}s that hold both. n = {n_units}.",
                interval_note(rows, confidence=0.95),
            )
    return ax


def plot_topics(
    topic_frames: pd.DataFrame, *, categories: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how strongly each topic uses the language of each frame.

    Parameters
    ----------
    topic_frames : pandas.DataFrame
        Table ``topic_frames``, as made by `topic_frames`.
    categories : sequence of str, optional
        Which to draw, in this order. Without it, all.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        A row for each topic, named by its strongest terms.

    Raises
    ------
    TableError
        If the table lacks columns or has no such category.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["Troops cross borders.", "Troops guard borders.", "Rain and wind.", "Wind, rain."]
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    >>> weights = fa.find_topics(paragraphs, n_topics=2, min_documents=2)["weights"]
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["troops"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> ax = fa.plot_topics(fa.topic_frames(weights, scores))
    >>> len(ax.get_yticks())
    2
    """
    topic_frames = check_table(topic_frames, "topic_frames", unique=False)
    series, styles = drawing.series_styles(topic_frames, categories)
    topics = topic_frames.drop_duplicates("topic")
    place = topic_frames["topic"].map({topic: n for n, topic in enumerate(topics["topic"])})
    told = topics[["label", "n_tokens"]].itertuples(index=False)
    labels = [f"{label} ({counted(n_tokens, 'token')})" for label, n_tokens in told]
    height = 1.2 + len(topics) * max(0.28, 0.08 + 0.085 * len(styles))
    with drawing.panel(ax, 8.5, height + drawing.legend_height(list(styles))) as ax:
        drawing.stripe_rows(ax, drawing.short_labels(labels, 48))
        drawing.draw_series(ax, topic_frames, place.to_numpy(float), series, styles)
        drawn = topic_frames[series.notna()]
        # A paragraph without a topic, of a few tokens, would press all others into a corner.
        drawing.show_rates(ax, drawn.assign(high=drawn["high"].where(drawn["topic"] != 0)))
        cut = drawn["high"].max() > ax.get_xlim()[1]
        drawing.write_above(ax, f"{drawing.words_of(drawn['category'])} by topic", 10)
        if topic_frames.empty:
            drawing.say_instead(ax, "no topics")
        write_caption(
            ax,
            "A mark is the rate of a topic, named by its strongest terms, in brackets its tokens.",
            f"n = {counted(topics['n_tokens'].sum(), 'token')} in {counted(len(topics), 'topic')}.",
            interval_note(drawn, confidence=0.95),
            "Lines that end at the edge go on." if cut else "",
            told_subcategories(drawn),
        )
    return ax


def _point_beyond(ax: Axes, rows: pd.DataFrame, color: str) -> None:
    """Mark with arrows at the edge what goes on to 0, and name what is 0 itself."""
    edge = ax.get_xlim()[0]
    for place, (lift, low) in enumerate(zip(rows["lift"], rows["low"], strict=True)):
        if lift == 0 or low <= 0:
            ax.plot(edge, place, "<", color=color, markersize=5, clip_on=False, zorder=4)
        if lift == 0:
            look: dict[str, Any] = {"va": "bottom", "fontsize": 8}
            drawing.write_beside(ax, "never together", (edge, place), (8, 2), **look)


def _spread_of(square: np.ndarray) -> Normalize:
    """Spread the colours over most of the pairs, without the diagonal."""
    pairs = square[np.triu_indices(len(square), 1)]
    pairs = pairs[~np.isnan(pairs)]
    low, high = np.percentile(pairs, [2, 98]) if len(pairs) else (0.0, 1.0)
    # Pairs that are all alike have one colour, from the middle of the map.
    return (
        Normalize(low, high, clip=True) if high - low > 1e-6 else Normalize(low - 0.1, high + 0.1)
    )


def _most_alike(similarities: pd.DataFrame, labels: Mapping[str, str]) -> str:
    if not similarities["similarity"].notna().any():
        return ""
    most = similarities.nlargest(1, "similarity")
    one, two, value = most[["group_a", "group_b", "similarity"]].iloc[0]
    one, two = drawing.short_labels([labels[one], labels[two]])
    return f"Most alike: {one} and {two} ({value:.2f})."


def _draw_square(ax: Axes, square: np.ndarray, names: list[str], norm: Normalize) -> None:
    n = len(names)
    colors = sequential_map(_COLOR)
    ax.set_facecolor("white")
    ax.patch.set_hatch("////")
    ax.patch.set_edgecolor("#BBBBBB")
    shown = np.where(np.eye(n, dtype=bool), np.nan, square)
    edges = np.arange(n + 1) - 0.5
    ax.pcolormesh(edges, edges, np.ma.masked_invalid(shown), cmap=colors, norm=norm)
    for place in range(n):
        ax.add_patch(Rectangle((place - 0.5, place - 0.5), 1, 1, color="#DDDDDD", linewidth=0))
    ax.set_ylim(max(n, 1) - 0.5, -0.5)
    if not n:
        drawing.say_instead(ax, "no pairs")
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    if n <= _MOST_NAMES:
        labels = drawing.short_labels(names, width=28)
        size = 9 if n <= 24 else 8
        # Slanted names would lie on each other, and push the tree away.
        across, turned = labels, 90
        if for_column():
            # The row's number stands for its name.
            across, turned = [str(number) for number in range(1, n + 1)], 90 if n > 9 else 0
            labels = [f"{name} {number}" for name, number in zip(labels, across, strict=True)]
        ax.set_yticks(range(n), labels, fontsize=size)
        ax.set_xticks(range(n), across, fontsize=size, rotation=turned)
        ax.yaxis.tick_right()
    else:
        ax.set_xticks([])
        ax.set_yticks([])
        ax.set_xlabel(f"{n:,} items")
    if n <= _MOST_NUMBERS and not for_column():
        for row, column in np.argwhere(~np.isnan(square)):
            value = square[row, column]
            drawing.write_cell(ax, column, row, f"{value:.2f}", to_hex(colors(norm(value))), 8)


def _is_tree(merges: pd.DataFrame, distances: np.ndarray) -> bool:
    """Tell whether merges are of items in this order: by the distances between their members."""
    n_leaves = len(merges) + 1
    members = {leaf: [leaf] for leaf in range(min(n_leaves, len(distances)))}
    columns = ["merge", "left", "right", "distance"]
    for merge, left, right, distance in merges[columns].itertuples(index=False, name=None):
        if left not in members or right not in members:
            return False
        between = distances[np.ix_(members[left], members[right])]
        if not np.isclose([between.mean(), between.min(), between.max()], distance).any():
            return False
        members[merge] = members[left] + members[right]
    return True


def _part_clusters(ax: Axes, clusters: pd.DataFrame) -> None:
    number = clusters["cluster"].astype("float64").to_numpy()
    for n in range(1, len(number)):
        # What has no cluster is null, which no number equals.
        if number[n] != number[n - 1]:
            ax.axhline(n - 0.5, color="white", linewidth=2.5)
            ax.axvline(n - 0.5, color="white", linewidth=2.5)


def _draw_tree(ax: Axes, merges: pd.DataFrame, n_rows: int) -> None:
    """Draw the merges as brackets, the leaves to the right beside their rows."""
    n_leaves = len(merges) + 1
    place = {leaf: (float(leaf), 0.0) for leaf in range(n_leaves)}
    columns = ["merge", "left", "right", "distance"]
    for merge, left, right, distance in merges[columns].itertuples(index=False, name=None):
        (y_one, x_one), (y_two, x_two) = place[left], place[right]
        ax.plot(
            [x_one, distance, distance, x_two], [y_one, y_one, y_two, y_two], color="0.25", lw=1
        )
        place[merge] = ((y_one + y_two) / 2, distance)
    ax.set_ylim(max(n_rows, 1) - 0.5, -0.5)
    ax.set_xlim(1.02 * max([1e-9, *merges["distance"]]), 0)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("distance")
