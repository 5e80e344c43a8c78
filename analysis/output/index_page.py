"""The index page of a folder of reports."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from analysis.output.answer import Answer, FigureFiles
from analysis.output.filling import fill_template
from analysis.reading.listing import Listing
from analysis.saving.atomic import write_text_whole

_EMPHASIS = re.compile(r"\*\*|\*|`")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_NUMBER = re.compile(r"(\d+)_")
_QUESTION = "06"
_SHOWN = ("png", "svg", "csv")


@dataclass(frozen=True)
class Report:
    """What became of one notebook: its report, its time, and where it stopped if it did."""

    name: str
    title: str
    summary: str
    seconds: float
    error: str | None = None
    answer: Answer | None = None

    @property
    def status(self) -> str:
        """``"ok"`` or ``"failed"``."""
        return "ok" if self.error is None else "failed"


def describe_notebook(notebook: dict[str, Any]) -> tuple[str, str]:
    """Return the first heading of a notebook and the first paragraph of its prose."""
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
    """Write ``index.html``: what was found, every report with its status, and the figures."""
    grouped = _group_figures(figures, Path(folder))
    shown = [(report, grouped.pop(_number(report.name), [])) for report in reports]
    answered = [report for report in reports if report.answer]
    # The notebook of the paper's question comes first.
    answered.sort(key=lambda report: _number(report.name) != _QUESTION)
    html = fill_template(
        "overview.html.j2",
        answered=answered[0] if answered else None,
        reports=shown,
        notes=notes,
        failed=sum(report.error is not None for report in reports),
        other_figures=[figure for group in grouped.values() for figure in group],
        version=metadata.version("media-framing"),
    )
    path = Path(folder) / "index.html"
    # What notebooks print may hold half of a surrogate pair, which no file can.
    write_text_whole(path, html, errors="replace")
    return path


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
        # What is looked at stands first, the others by name, as they came.
        ordered = {kind: kinds[kind] for kind in dict.fromkeys((*_SHOWN, *kinds)) if kind in kinds}
        grouped.setdefault(_number(stem), []).append(FigureFiles(label, ordered, alt))
    return grouped


def _number(name: str) -> str | None:
    found = _NUMBER.match(name)
    return found[1] if found else None


def _plain(markdown: str) -> str:
    return " ".join(_EMPHASIS.sub("", _LINK.sub(r"\1", markdown)).split())
