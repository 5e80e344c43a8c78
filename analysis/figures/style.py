"""The one place for looks: colours, markers, hatches, fonts and the labels of categories."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import cycle, pairwise
from typing import TYPE_CHECKING, Any

from analysis.errors import ArgumentError, check_choice

if TYPE_CHECKING:
    from matplotlib.colors import LinearSegmentedColormap


@dataclass(frozen=True)
class CategoryStyle:
    """How one category is drawn: colour, marker and hatch, so that colour is never alone."""

    color: str
    marker: str
    hatch: str


# Each colour has at least 3:1 on white and keeps its distance from the others
# under simulated protanopia, deuteranopia and tritanopia; a test measures both.
FIXED = {
    "security": CategoryStyle("#D55E00", "o", ""),
    "sovereignty": CategoryStyle("#332288", "s", "///"),
    "welfare": CategoryStyle("#009E73", "^", "..."),
    "hedging": CategoryStyle("#000000", "D", "xxx"),
    "boosters": CategoryStyle("#CC66CC", "v", "\\\\\\"),
}
OTHER_COLORS = ("#661100", "#0072B2", "#EE0055", "#117733", "#767676")
# Of another length than the colours, so that the pair repeats only after 35 categories.
_OTHER_CUES = tuple(zip("PX<>phd", ("--", "||", "++", "oo", "**", "\\|", "/-"), strict=True))
_OTHERS = [
    CategoryStyle(color, *cues)
    for color, cues in zip(7 * OTHER_COLORS, 5 * _OTHER_CUES, strict=True)
]

_RC: dict[Any, Any] = {
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "axes.facecolor": "white",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.labelsize": 10,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "font.family": "DejaVu Sans",
    "hatch.linewidth": 0.6,
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "media-framing",
}


# Inches. The smallest text, of 8 points, has 6 where these are printed 17.5 and 8.5 cm wide.
_FIGURE_WIDTHS = {"page": 9.0, "column": 4.4}
_LEAST_CONTRAST = 3
_DARK, _LEAST_ON_DARK = "#111111", 4.5
_CHOSEN = {"width": "page"}
# What users chose, and what other categories got when they were first drawn in this session.
_COLORS: dict[str, str] = {}
_GIVEN: dict[str, CategoryStyle] = {}

_UNDRAWABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def use_style(*, width: str = "page", colors: Mapping[str, str] | None = None) -> None:
    """Give every figure of this Python session the project's look.

    White ground in any theme, one font, dollar signs drawn as written, and SVG
    files that are the same bytes every time. The plot functions need no call of
    this; it is for figures of your own, and for your choices. Nothing but figures and the colours
    of highlighted texts changes: for plain words in errors and notes see `plain_messages`.

    Parameters
    ----------
    width : {"page", "column"}, default "page"
        What the plot functions draw for, from now on: a page of 17.5 cm, or one column of 8.5 cm,
        with the legend above, shorter names and fewer numbers in cells. No text is below 6
        points there. The file may be larger than the print: a figure for a column is at most
        4.4 inches wide.
    colors : mapping of str to str, optional
        A colour for each category that you name, as matplotlib writes colours, such as
        ``{"economy": "#8C510A"}``. Other categories keep theirs: see `category_styles`. Without
        it, all do.

    Raises
    ------
    ValueError
        If `width` is another one, or a colour is none, or too pale: it needs a contrast of at
        least 3:1 on white to be seen.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.use_style(colors={"economy": "#8C510A"})
    >>> fa.category_styles(["economy"])["economy"].color
    '#8C510A'
    >>> fa.use_style()
    """
    import matplotlib as mpl

    check_choice("width", width, tuple(_FIGURE_WIDTHS))
    chosen = {name: _checked_color(name, color) for name, color in (colors or {}).items()}
    _CHOSEN["width"] = width
    _COLORS.clear()
    _COLORS.update(chosen)
    mpl.rcParams.update(_RC)


def _checked_color(name: str, color: str) -> str:
    from matplotlib.colors import is_color_like, to_hex

    if not is_color_like(color):
        raise ArgumentError(
            f"the color of {name!r} is {color!r}; give one such as '#8C510A' or 'teal'"
        )
    written = to_hex(color).upper()
    if (ratio := contrast(written, "#FFFFFF")) < _LEAST_CONTRAST:
        raise ArgumentError(
            f"the color of {name!r}, {color!r}, has a contrast of {ratio:.1f} on white; give a "
            f"darker one, with at least {_LEAST_CONTRAST}"
        )
    return written


def figure_width() -> float:
    """Return how wide a figure may be, in inches, as chosen with `use_style`."""
    return _FIGURE_WIDTHS[_CHOSEN["width"]]


def for_column() -> bool:
    """Tell whether figures are drawn for one column of a page."""
    return _CHOSEN["width"] == "column"


@contextmanager
def style_context() -> Iterator[None]:
    """Run a block in which figures have the project's look."""
    import matplotlib as mpl

    interactive = mpl.is_interactive()
    try:
        with mpl.rc_context(_RC):
            yield
            interactive = mpl.is_interactive()
    finally:
        # A notebook's backend turns this on with its first figure; undone with the rest
        # of the context, it would hide every later figure.
        mpl.interactive(interactive)


def category_styles(labels: Iterable[str]) -> dict[str, CategoryStyle]:
    """Give each category its style: colour, marker and hatch.

    The categories of the built-in lexica have fixed ones, and `use_style` takes colours of your
    own. Any other category gets a style when it is first drawn, and keeps it in all figures and
    highlighted texts of the Python session. The styles of a table differ from each other, up to
    35 categories; their colours do up to 5, also for those who are colour-blind.

    Parameters
    ----------
    labels : iterable of str
        Labels of categories, in any order, repeats allowed.

    Returns
    -------
    dict of str to CategoryStyle
        Fixed ones first, the others by alphabet.

    Examples
    --------
    >>> from analysis.figures.style import category_styles
    >>> category_styles(["migration", "security"])["security"].color
    '#D55E00'
    """
    wanted = set(labels)
    own = sorted(wanted - FIXED.keys())
    for label in own:
        if label not in _GIVEN:
            _GIVEN[label] = _least_used([_GIVEN[name] for name in own if name in _GIVEN])
    styles = {label: FIXED[label] for label in FIXED if label in wanted}
    styles |= {label: _GIVEN[label] for label in own}
    return {
        label: replace(style, color=_COLORS.get(label, style.color))
        for label, style in styles.items()
    }


def _least_used(drawn: Sequence[CategoryStyle]) -> CategoryStyle:
    """Choose the style most unlike those drawn together, and of these the rarest in the session."""
    session = list(_GIVEN.values())
    colors, markers = [own.color for own in drawn], [own.marker for own in drawn]
    return min(
        _OTHERS,
        key=lambda own: (
            drawn.count(own),
            colors.count(own.color),
            markers.count(own.marker),
            session.count(own),
        ),
    )


def numbered_styles(names: Iterable[str]) -> dict[str, CategoryStyle]:
    """Give names that are no categories, such as outlets, styles in their order."""
    return dict(zip(names, cycle(_OTHERS)))


def sequential_map(color: str) -> "LinearSegmentedColormap":
    """Build the colour map from white to a category's colour; missing values are transparent."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list(color, ["#FFFFFF", color])


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_color(background: str) -> str:
    """Return black or white, whichever reads better on `background`."""
    return max("#000000", "#FFFFFF", key=lambda color: contrast(color, background))


def on_dark(color: str) -> str:
    """Lighten a colour until it stands out on a dark ground."""
    lighter = (_lightened(color, step / 20) for step in range(21))
    return next(own for own in lighter if contrast(own, _DARK) >= _LEAST_ON_DARK)


def plain_label(text: object) -> str:
    r"""Make text drawable: white space becomes one space, what no font or SVG can hold U+FFFD."""
    return _UNDRAWABLE.sub("\ufffd", " ".join(str(text).split()))


def shorten_labels(labels: Sequence[str], *, width: int = 36) -> list[str]:
    """Cut long labels in the middle, as little as keeps different labels different."""
    different = len(set(labels))
    for size in range(width, max(map(len, labels), default=0)):
        short = [_cut_middle(label, size) for label in labels]
        if len(set(short)) == different:
            return short
    return list(labels)


def shortest_labels(labels: Iterable[str]) -> dict[str, str]:
    """Find for each label its shortest beginning, from three letters, that no other has."""
    names = list(dict.fromkeys(labels))
    return {name: _shortest(name, [other for other in names if other != name]) for name in names}


def _shortest(name: str, others: Sequence[str]) -> str:
    for length in range(3, len(name)):
        if not any(other.startswith(name[:length]) for other in others):
            return name[:length].rstrip()
    return name


def _cut_middle(label: str, size: int) -> str:
    if len(label) <= size:
        return label
    tail = (size - 1) // 2
    return label[: size - 1 - tail] + "…" + label[len(label) - tail :]


def _channels(color: str) -> list[float]:
    return [int(color[start:end], 16) / 255 for start, end in pairwise((1, 3, 5, 7))]


def _luminance(color: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(color)]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _lightened(color: str, share: float) -> str:
    mixed = [(1 - share) * c + share for c in _channels(color)]
    return "#" + "".join(f"{round(255 * c):02X}" for c in mixed)
