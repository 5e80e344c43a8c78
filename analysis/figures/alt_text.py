"""A figure in words, for those who cannot see it."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import PathCollection, QuadMesh
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, PercentFormatter
from numpy.typing import NDArray

from analysis.errors import ArgumentTypeError

# Marks the caption of a figure, for what reads figures.
CAPTION = "caption"
_MOST_SERIES = 12
# What matplotlib calls artists that nobody named.
_UNNAMED = re.compile(r"_child\d+|_container\d+|_nolegend_|")

_Points = list[tuple[str, float]]


def alt_text(figure: Figure | Axes) -> str:
    """Describe a figure in words, read off the figure itself.

    Heading and axes; of each series its lowest and highest value, and where they stand; the
    caption. It is what a reader who cannot see the figure needs first, and no substitute for
    the table behind it.

    Parameters
    ----------
    figure : matplotlib.figure.Figure or matplotlib.axes.Axes
        A figure of this package or of your own; series are known by their ``label``.

    Returns
    -------
    str
        Some sentences on one line.

    Raises
    ------
    TypeError
        If `figure` is something else.

    References
    ----------
    Web Content Accessibility Guidelines 2.2, success criterion 1.1.1.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Threats meet a threat."]))
    >>> hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"k": ["threat*"]}))
    >>> told = fa.alt_text(fa.plot_entries(fa.count_entries(hits)))
    >>> told.removesuffix(" A bar counts the hits of an entry. n = 2 hits of 1 entry.")
    'Figure: K words: the most frequent entries: hits (number), 1 row. k: 2.'
    """
    if isinstance(figure, Axes):
        panels = [figure]
    elif isinstance(figure, Figure):
        panels = [ax for ax in figure.axes if ax.get_label() != "<colorbar>"]
    else:
        raise ArgumentTypeError(
            f"figure must be a matplotlib Figure or Axes, not {type(figure).__name__}"
        )
    sentences = [sentence for ax in panels for sentence in _describe(ax)]
    captions: list[Any] = figure.findobj(lambda own: own.get_gid() == CAPTION)
    # Without the spaces that keep words on one line.
    written = dict.fromkeys(" ".join(own.get_text().split()) for own in captions)
    told = " ".join([*sentences, *written])
    return f"Figure: {told}" if told else "Figure without labels."


def _describe(ax: Axes) -> Iterator[str]:
    heading = next(filter(None, (ax.get_title(loc=at) for at in ("left", "center", "right"))), "")
    labels = [label for label in (ax.get_ylabel(), ax.get_xlabel()) if label]
    names = _names(ax.yaxis) or _names(ax.xaxis)
    rows = f", {len(names):,} row{'' if len(names) == 1 else 's'}" if _names(ax.yaxis) else ""
    axes = " by ".join(" ".join(label.split()) for label in labels) + rows
    first = ": ".join(filter(None, (heading, axes.removeprefix(", "))))
    if first:
        yield f"{first}."
    percent = any(
        isinstance(own.get_major_formatter(), PercentFormatter) for own in (ax.xaxis, ax.yaxis)
    )
    written = [f"{name}: {_told(points, percent)}" for name, points in _series(ax).items()]
    more = len(written) - _MOST_SERIES
    if more > 0:
        written = [*written[:_MOST_SERIES], f"and {more:,} more series"]
    if written:
        yield "; ".join(written) + "."
    elif len(notes := [text.get_text() for text in ax.texts if text.get_text()]) == 1:
        yield notes[0][0].upper() + notes[0][1:] + "."


def _told(points: _Points, percent: bool) -> str:
    known = [(place, value) for place, value in points if np.isfinite(value)]
    if not known:
        return "no value"
    low, high = (pick(known, key=lambda point: point[1]) for pick in (min, max))
    if low[1] == high[1]:
        return _number(low[1], percent) + (" throughout" if len(known) > 1 else "")
    ends = [_number(value, percent) + _at(place) for place, value in (low, high)]
    return f"from {ends[0]} to {ends[1]}"


def _at(place: str) -> str:
    quoted = place if place.isdigit() else f"“{place}”"
    return f" at {quoted}" if place else ""


def _number(value: float, percent: bool) -> str:
    if percent:
        return f"{100 * value:.0f} %"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.3g}"


def _series(ax: Axes) -> dict[str, _Points]:
    """Collect the values of each series that has a name, with the row or column they stand in."""
    found: dict[str, _Points] = {}
    bars = [own for own in ax.containers if isinstance(own, BarContainer)]
    artists: list[Artist | BarContainer] = [*bars, *ax.lines, *ax.collections]
    for artist in artists:
        name = str(artist.get_label())
        if not _UNNAMED.fullmatch(name):
            found.setdefault(name, []).extend(_points(ax, artist))
    return {name: points for name, points in found.items() if points}


def _points(ax: Axes, artist: Artist | BarContainer) -> _Points:
    rows, columns = _names(ax.yaxis), _names(ax.xaxis)
    if isinstance(artist, QuadMesh):
        cells: NDArray[np.float64] = np.ma.filled(np.ma.asarray(artist.get_array(), float), np.nan)
        edges = np.asarray(artist.get_coordinates(), float)
        if len(cells) == 1:
            return _placed(edges[0, :-1, 0] + 0.5, cells[0], columns)
        return _placed(edges[:-1, 0, 1] + 0.5, cells[:, 0], rows) if cells.shape[1] == 1 else []
    if isinstance(artist, BarContainer):
        lying = artist.orientation == "horizontal"
        middles = np.array([patch.get_center()[int(lying)] for patch in artist.patches], float)
        lengths = np.asarray(artist.datavalues, float)
        lengths = np.abs(lengths) if _mirrored(ax) else lengths
        return _placed(middles, lengths, rows if lying else columns)
    if isinstance(artist, Line2D):
        x, y = np.asarray(artist.get_data(orig=False), float)
    elif isinstance(artist, PathCollection):
        x, y = np.ma.filled(np.ma.asarray(artist.get_offsets(), float), np.nan).T
    else:
        return []
    return _placed(y, x, rows) if rows else _placed(x, y, columns)


def _placed(
    places: NDArray[np.float64], values: NDArray[np.float64], names: dict[int, str]
) -> _Points:
    written = [names.get(round(place), "") if np.isfinite(place) else "" for place in places]
    return list(zip(written, values.tolist(), strict=True))


def _mirrored(ax: Axes) -> bool:
    """Tell whether an axis counts to both sides, as its labels without a sign say."""
    return ax.xaxis.get_major_formatter()(-1.0, 0) == "1"


def _names(axis: Axis) -> dict[int, str]:
    """Return what an axis of names calls its places."""
    named = isinstance(axis.get_major_formatter(), (FixedFormatter, FuncFormatter))
    if not named or not isinstance(axis.get_major_locator(), FixedLocator):
        return {}
    labels = (label.get_text() for label in axis.get_ticklabels())
    return {
        round(place): " ".join(text.split())
        for place, text in zip(axis.get_ticklocs(), labels, strict=True)
        if text
    }
