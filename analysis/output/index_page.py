"""The index page of a folder of reports, and what pages of ours are made with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from analysis.reading.listing import Listing

TEMPLATES = Path(__file__).with_name("report_template")

_EMPHASIS = re.compile(r"\*\*|\*|`")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_NUMBER = re.compile(r"(\d+)_")


@dataclass(frozen=True)
class Report:
    """What became of one notebook: its report, its time, and where it stopped if it did.

    `error` is null for a notebook that ran to its end, else one line that names
    the cell and the fault.
    """

    name: str
    title: str
    summary: str
    seconds: float
    error: str | None = None

    @property
    def status(self) -> str:
        """``"ok"`` or ``"failed"``."""
        return "ok" if self.error is None else "failed"


@dataclass(frozen=True)
class FigureFiles:
    """A figure of a page: what it is called, and its files by kind, the first one shown."""

    label: str
    files: dict[str, str]
    alt: str


def describe_notebook(notebook: dict[str, Any]) -> tuple[str, str]:
    """Return the first heading of a notebook and the first paragraph of its prose.

    Parameters
    ----------
    notebook : dict
        A notebook as in its JSON, or a `nbformat.NotebookNode`.

    Returns
    -------
    tuple of str
        Title and summary as plain text, each on one line; empty where there is none.

    Examples
    --------
    >>> from analysis.output.index_page import describe_notebook
    >>> source = "# Which frames?\\n\\nThis notebook counts **frames**."
    >>> describe_notebook({"cells": [{"cell_type": "markdown", "source": source}]})
    ('Which frames?', 'This notebook counts frames.')
    """
    title = summary = ""
    prose = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    for block in re.split(r"\n\s*\n", "\n\n".join("".join(source) for source in prose)):
        first, _, rest = block.strip().partition("\n")
        if first.startswith("#"):
            title = title or _plain(first.lstrip("#"))
            first = rest
        elif rest:
            first = f"{first}\n{rest}"
        summary = summary or _plain(first)
    return title, summary


def write_index(
    reports: Sequence[Report],
    folder: str | Path,
    *,
    figures: Sequence[str] = (),
    notes: Sequence[Listing] = (),
) -> Path:
    """Write ``index.html``: every report with its status and the figures of this run.

    The page needs nothing but the files of its folder, which can be zipped and
    sent as it is.

    Parameters
    ----------
    reports : sequence of Report
        In the order of the page. Each has its ``name.html`` and ``name.ipynb`` in
        `folder`.
    folder : str or pathlib.Path
        The folder of the reports.
    figures : sequence of str, optional
        Paths of figure files relative to `folder`. Files that differ only in
        their ending are one figure; a figure whose name begins with the number of
        a notebook (``01_``) is shown with it.
    notes : sequence of Listing, optional
        What was not read, guessed or changed; it stands above the reports.

    Returns
    -------
    pathlib.Path
        The page.

    Examples
    --------
    >>> import tempfile
    >>> from analysis.output.index_page import Report, write_index
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = write_index([Report("01_one", "Which frames?", "", 2.5)], folder)
    ...     "Which frames?" in page.read_text(encoding="utf-8")
    True
    """
    grouped = _group_figures(figures, Path(folder))
    shown = [(report, grouped.pop(_number(report.name), [])) for report in reports]
    html = fill_template(
        "overview.html.j2",
        reports=shown,
        notes=notes,
        failed=sum(report.error is not None for report in reports),
        other_figures=[figure for group in grouped.values() for figure in group],
        version=metadata.version("media-framing"),
    )
    path = Path(folder) / "index.html"
    path.write_text(html, encoding="utf-8")
    return path


def fill_template(name: str, **values: Any) -> str:
    """Return a page made from a template of ``report_template``, all texts escaped.

    Parameters
    ----------
    name : str
        File name of the template.
    **values
        What it shows.

    Returns
    -------
    str
        HTML.

    Examples
    --------
    >>> from analysis.output.index_page import fill_template
    >>> "<h1>Reports</h1>" in fill_template("overview.html.j2", reports=[], failed=0)
    True
    """
    return _templates().get_template(name).render(**values)


@cache
def _templates() -> Environment:
    # Without autoescape a title could smuggle markup into the page.
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


def _group_figures(files: Sequence[str], folder: Path) -> dict[str | None, list[FigureFiles]]:
    grouped: dict[str | None, list[FigureFiles]] = {}
    by_stem: dict[str, dict[str, str]] = {}
    for file in sorted(files):
        by_stem.setdefault(Path(file).stem, {})[Path(file).suffix[1:].lower()] = file
    for stem, kinds in by_stem.items():
        label = _NUMBER.sub("", stem, count=1).replace("_", " ")
        # Beside a figure, a text is its alternative text.
        told = kinds.pop("txt", None) if "png" in kinds else None
        alt = (folder / told).read_text(encoding="utf-8").strip() if told else label
        ordered = {kind: kinds[kind] for kind in sorted(kinds, key=_by_use)}
        figure = FigureFiles(label, ordered, alt)
        grouped.setdefault(_number(stem), []).append(figure)
    return grouped


def _by_use(kind: str) -> tuple[int, str]:
    order = ("png", "svg", "csv")
    return (order.index(kind) if kind in order else len(order), kind)


def _number(name: str) -> str | None:
    found = _NUMBER.match(name)
    return found[1] if found else None


def _plain(markdown: str) -> str:
    return " ".join(_EMPHASIS.sub("", _LINK.sub(r"\1", markdown)).split())
