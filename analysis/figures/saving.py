"""Save a figure with the numbers and the words behind it, the same bytes every time."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.errors import MediaFramingError
from analysis.figures.alt_text import alt_text
from analysis.figures.style import plain_label, style_context
from analysis.saving.ownership import write_owned
from analysis.saving.paths import figures_folder, mark_figures
from analysis.saving.provenance import stamp
from analysis.saving.spreadsheets import write_for_spreadsheets
from analysis.tables.checks import check_frame

_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")
_DPI = 300
_DRAWINGS = 2
# Where colour bars start from, in shares of the figure.
_CORNER = Bbox.from_extents(0.9, 0.1, 0.95, 0.9)
# Dates and version numbers would make two runs of one figure differ.
_METADATA = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}}


def save_figure(
    figure: Figure | Axes,
    name: str,
    *,
    data: pd.DataFrame | None = None,
    folder: str | Path | None = None,
) -> dict[str, Path]:
    """Write a figure as PNG and SVG, what it shows in words, and its table as CSV.

    The SVG file holds its text as text, and `alt_text` as its title and description, which
    programs read aloud.

    Parameters
    ----------
    figure : matplotlib.figure.Figure or matplotlib.axes.Axes
        What to save; of an Axes, its whole figure.
    name : str
        File name without an ending: letters, digits, ``-`` and ``_``. Files of that name are
        replaced if this function wrote them and nobody has changed them since.
    data : pandas.DataFrame, optional
        The plotted table. Floats are written so that they read back exactly,
        nulls as empty cells, without the index, and with the versions of package
        and tokenizer as last columns.
    folder : str or pathlib.Path, optional
        Where to write; created if need be. Without it, `figures_folder()`, which keeps
        figures of different articles apart.

    Returns
    -------
    dict of str to pathlib.Path
        Keys ``"png"`` (300 dots per inch), ``"svg"``, ``"txt"`` (alternative text) and, with
        `data`, ``"csv"``.

    Raises
    ------
    MediaFramingError
        If `name` holds anything else, a file of it is yours, or the folder may not be written to.
    TypeError
        If `figure` or `data` is something else.

    Examples
    --------
    >>> import tempfile
    >>> import analysis as fa
    >>> from matplotlib.figure import Figure
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sorted(fa.save_figure(Figure(), "empty", folder=folder))
    ['png', 'svg', 'txt']
    """
    drawn = draw_files(figure, data)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise MediaFramingError(
            f"{name!r} is no name for figure files; use 1 to 100 letters a-z, digits, - and _"
        )
    target = figures_folder() if folder is None else Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        if folder is None:
            mark_figures(target)
        write_owned(target, name, {f"{name}.{kind}": written for kind, written in drawn.items()})
    except OSError as error:
        raise MediaFramingError(
            f"cannot write figure {name!r} to {target} ({error.strerror}); give folder= or set the "
            "environment variable MEDIA_FRAMING_FIGURES to a folder that may be written to"
        ) from error
    return {kind: target / f"{name}.{kind}" for kind in drawn}


def draw_files(figure: Figure | Axes, data: pd.DataFrame | None) -> dict[str, bytes]:
    """Return what the files of a figure hold, by their endings."""
    whole: Any = figure.get_figure(root=True) if isinstance(figure, Axes) else figure
    words = plain_label(alt_text(whole))
    if data is not None:
        check_frame(data, "data")
    files = {}
    with style_context(), _settled(whole):
        for kind, metadata in _METADATA.items():
            drawn = io.BytesIO()
            whole.savefig(drawn, format=kind, dpi=_DPI, metadata=metadata)
            files[kind] = drawn.getvalue()
    files["svg"] = _with_words(files["svg"], words)
    files["txt"] = f"{words}\n".encode()
    if data is not None:
        table = io.BytesIO()
        write_for_spreadsheets(stamp(data), table, encoding="utf-8")
        files["csv"] = table.getvalue()
    return files


def _with_words(svg: bytes, words: str) -> bytes:
    """Give the picture a title and a description, where programs that read aloud look."""
    before, root, after = svg.decode("utf-8").partition("<svg ")
    attributes, end, content = after.partition(">")
    title = words.split(". ")[0].removesuffix(".")
    told = f"\n <title>{escape(title)}</title>\n <desc>{escape(words)}</desc>"
    label = f'role="img" aria-label={quoteattr(words)} '
    return f"{before}{root}{label}{attributes}{end}{told}{content}".encode()


@contextmanager
def _settled(figure: Figure) -> Iterator[None]:
    """Lay the figure out from a beginning of its own, and keep that layout for all its files."""
    engine, dpi = figure.get_layout_engine(), figure.dpi
    if engine is None:
        yield
        return
    # A layout starts from the one before it, and its last digits would tell how often it was drawn.
    for axes in figure.axes:
        cell = axes.get_subplotspec()
        if axes.get_in_layout():
            axes.set_position(_CORNER if cell is None else cell.get_position(figure))
            axes.set_in_layout(True)
    figure.set_dpi(_DPI)
    try:
        for _ in range(_DRAWINGS):
            figure.draw_without_rendering()
        figure.set_layout_engine("none")
        yield
    finally:
        figure.set_layout_engine(engine)
        figure.set_dpi(dpi)
