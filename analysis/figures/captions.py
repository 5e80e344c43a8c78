"""The line below a figure: what a mark is, its unit, how many, and how intervals were made."""

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox, IdentityTransform

from analysis.figures.alt_text import CAPTION
from analysis.figures.style import plain_label

_LOOK: dict[str, Any] = {"fontsize": 8, "color": "#595959", "va": "top", "ha": "left"}
_GAP = 5.0  # points between what is above and the caption
_EDGE = 4.0  # points kept free at the edge of the figure


def write_caption(ax: Axes, *sentences: str) -> None:
    """Write sentences below everything else that belongs to the Axes, wrapped to their room."""
    ax.add_artist(_Caption(_joined(sentences)))


def write_figure_caption(figure: Figure, *sentences: str) -> None:
    """Write sentences below all panels of a figure."""
    text = _joined(sentences)
    left = _EDGE / 72 / figure.get_size_inches()[0]
    written = figure.supxlabel(text, x=left, wrap=True, **_LOOK | {"va": "bottom"})
    written.set_parse_math(False)
    written.set_gid(CAPTION)


def counted(number: float, noun: str) -> str:
    """Write a number with its noun, in the plural unless it is one."""
    return f"{number:,.0f} {called(noun)}{'' if number == 1 else 's'}"


def called(unit: str) -> str:
    """Return how readers call a unit of the tables."""
    return "article" if unit == "document" else unit


def interval_note(
    table: pd.DataFrame,
    what: str = "Lines",
    *,
    confidence: float | None = None,
    bounds: Sequence[str] = ("low", "high"),
) -> str:
    """Say how the intervals that are drawn were made; nothing where none is."""
    drawn = table[list(bounds)].notna().all(axis="columns")
    methods = list(dict.fromkeys(table.loc[drawn, "interval_method"].dropna()))
    if not methods:
        return ""
    # Of what is left out, the table tells.
    made = "; ".join(dict.fromkeys(method.split(";")[0] for method in methods))
    confidence = table.attrs.get("confidence", confidence)
    share = "" if confidence is None else f"{100 * confidence:g} % "
    made = made.replace("document", called("document"))
    # Some methods say the level themselves.
    made = made.replace(f" {share.rstrip()}", "") if share else made
    return f"{what}: {share}intervals ({made})."


def _joined(sentences: Sequence[str]) -> str:
    text = plain_label(" ".join(filter(None, sentences)))
    # Spaces at which no line ends.
    return re.sub(r"\bn = (?=\d)", "n\xa0=\xa0", text).replace(" %", "\xa0%")


class _Caption(Artist):
    """Text that finds its place below its Axes whenever it is drawn or measured."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.set_gid(CAPTION)
        self.set_clip_on(False)
        self._words = text.split(" ")
        self._widths: dict[tuple[str, type, float], float] = {}
        self._text = Text(0, 0, "", transform=IdentityTransform(), parse_math=False, **_LOOK)

    def get_text(self) -> str:
        return " ".join(self._words)

    def get_children(self) -> list[Artist]:
        return [self._text]

    def set_figure(self, fig: Any) -> None:
        super().set_figure(fig)
        self._text.set_figure(fig)

    def draw(self, renderer: RendererBase) -> None:
        if self.get_visible():
            renderer.open_group(CAPTION)
            self._place(renderer)
            self._text.draw(renderer)
            renderer.close_group(CAPTION)

    def get_window_extent(self, renderer: RendererBase | None = None) -> Bbox:
        if renderer is not None:
            self._place(renderer)
        return self._text.get_window_extent(renderer)

    def get_tightbbox(self, renderer: RendererBase | None = None) -> Bbox:
        own = self.get_window_extent(renderer)
        axes, figure = self.axes, self.get_figure(root=True)
        if axes is None or figure is None or figure.get_layout_engine() is None:
            return own
        # A layout makes room below only: the width follows from what stands beside the Axes.
        return Bbox.from_extents(
            max(own.x0, axes.bbox.x0), own.y0, min(own.x1, axes.bbox.x1), own.y1
        )

    def _place(self, renderer: RendererBase) -> None:
        axes, figure = self.axes, self.get_figure()
        if axes is None or figure is None:
            return
        point = float(renderer.points_to_pixels(1))  # type: ignore[arg-type]
        around = [axes.bbox]
        around += [
            box for axis in (axes.xaxis, axes.yaxis) if (box := axis.get_tightbbox(renderer))
        ]
        if legend := axes.get_legend():
            around.append(legend.get_window_extent(renderer))
        everything = Bbox.union(around)
        cell = axes.get_subplotspec()
        alone = cell is None or cell.is_last_col()
        right = figure.bbox.x1 - _EDGE * point if alone else everything.x1
        left = max(everything.x0, figure.bbox.x0 + _EDGE * point)
        self._text.set_position((left, everything.y0 - _GAP * point))
        self._text.set_text(self._wrapped(renderer, right - left))

    def _wrapped(self, renderer: RendererBase, width: float) -> str:
        lines: list[list[str]] = []
        left = 0.0
        for word in self._words:
            needed = self._width_of(f" {word}", renderer)
            if lines and needed <= left:
                lines[-1].append(word)
                left -= needed
            else:
                lines.append([word])
                left = width - self._width_of(word, renderer)
        return "\n".join(" ".join(line) for line in lines)

    def _width_of(self, text: str, renderer: RendererBase) -> float:
        # A figure is laid out a dozen times until it is saved, and its words stay as they are.
        key = (text, type(renderer), float(renderer.points_to_pixels(1)))  # type: ignore[arg-type]
        if key not in self._widths:
            font = self._text.get_fontproperties()
            measured, *_ = renderer.get_text_width_height_descent(text, font, ismath=False)
            self._widths[key] = float(measured)
        return self._widths[key]
