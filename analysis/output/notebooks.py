"""Execute notebooks, each in a kernel of its own, and write what they show as reports."""

import asyncio
import base64
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter
from nbformat.reader import NotJSONError
from nbformat.validator import NotebookValidationError

from analysis.errors import MediaFramingError, ReadingError
from analysis.output.answer import Answer, FigureFiles, read_answer
from analysis.output.filling import TEMPLATES, page_policy
from analysis.output.index_page import Report, describe_notebook, write_index
from analysis.reading.documents import read_documents
from analysis.reading.listing import list_skipped
from analysis.saving.atomic import write_text_whole, written_whole
from analysis.saving.ownership import check_names, place_of, refuse_nested, remove_owned
from analysis.saving.paths import (
    PACKAGE,
    bundled_folder,
    data_folder,
    figures_of,
    find_project,
    mark_figures,
)
from analysis.saving.swapping import replaced_whole

KIND = "notebooks"
_FIGURE_ENDINGS = {".png", ".svg", ".csv", ".pdf", ".txt"}
_SAVED_ENDINGS = (".png", ".svg", ".csv", ".txt")
_STARTS = 3
# What a notebook saves stands in its code by name: a figure of your own is never taken for one.
_SAVED = re.compile(r"save_figure\([^,()]+,\s*[\"'](\w+)[\"']")
_LINK = re.compile(r'href="(\d\d_\w+)\.ipynb"')
_CELL = re.compile(r"(?<=<t[hd]>)[^<]+(?=</t[hd]>)")
# Where a long name in a table may go on in the next line.
_BREAKS = re.compile(r"[_/@+](?=\w)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class _Notebook:
    path: Path
    content: nbformat.NotebookNode
    fault: str | None = None


@dataclass(frozen=True)
class _Settings:
    environment: dict[str, str]
    output: Path
    figures: Path
    timeout: int
    running: dict[asyncio.Task[Any], asyncio.AbstractEventLoop] = field(default_factory=dict)


def run_notebooks(
    notebooks: str | Path | None = None,
    *,
    output: str | Path,
    figures: str | Path,
    names: Sequence[str] = (),
    data: str | Path | None = None,
    jobs: int | None = None,
    timeout: int = 1800,
    tell: Callable[[str], object] | None = None,
    tell_skipped: Callable[[pd.DataFrame], object] | None = None,
) -> list[Report]:
    """Execute every notebook of a folder and write a report for each, and an index page."""
    paths = _choose(Path(notebooks or (find_project() or bundled_folder()) / "notebooks"), names)
    articles = place_of(data or data_folder())
    if not articles.exists():
        raise MediaFramingError(f"there is no folder {articles}; name the folder of your articles")
    top = place_of(figures)
    figures = figures_of(articles, top)
    for source, folder, called in (
        (articles, output, "input"),
        (articles, figures, "input"),
        (top, output, "folder of figures"),
    ):
        refuse_nested(source, folder, called=called)
    with replaced_whole(output, KIND) as building:
        _check_writable(figures)
        read = [_read(path) for path in paths]
        for notebook in read:
            for name in _saved_by(notebook):
                check_names(figures, name, [f"{name}{ending}" for ending in _SAVED_ENDINGS])
        notes = []
        if tell_skipped and (skipped := _read_skipped(articles)) is not None:
            tell_skipped(skipped)
            notes = list_skipped(skipped)
        mark_figures(figures, articles, top)
        before = _figure_times(figures)
        folders = {"MEDIA_FRAMING_DATA": str(articles), "MEDIA_FRAMING_FIGURES": str(top)}
        environment = {**os.environ, **folders}
        # Set for a script, it would keep figures out of the notebooks.
        environment.pop("MPLBACKEND", None)
        settings = _Settings(environment, building, figures, timeout)
        reports = _run_all(read, settings, jobs or os.cpu_count() or 1, tell)
        written = [path for path, at in _figure_times(figures).items() if before.get(path) != at]
        copies = _copy_figures(written, building)
        write_index(reports, building, figures=copies, notes=notes)
    return reports


def _run_all(
    notebooks: Sequence[_Notebook],
    settings: _Settings,
    jobs: int,
    tell: Callable[[str], object] | None,
) -> list[Report]:
    width = max(len(notebook.path.stem) for notebook in notebooks)
    reports = []
    with ThreadPoolExecutor(min(jobs, len(notebooks))) as pool:
        try:
            for future in as_completed([pool.submit(_run, one, settings) for one in notebooks]):
                report = future.result()
                reports.append(report)
                if tell:
                    tell(_progress_line(report, width))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for task, loop in list(settings.running.items()):
                loop.call_soon_threadsafe(task.cancel)
            raise
    return sorted(reports, key=lambda report: report.name)


def _read_skipped(data: Path) -> pd.DataFrame | None:
    try:
        return read_documents(data, return_skipped=True)[1]
    except ReadingError:
        return None


def _progress_line(report: Report, width: int) -> str:
    line = f"{report.name:<{width}}  {report.status:<6} {report.seconds:6.1f} s"
    return f"{line}\n    stopped in {report.error}" if report.error else line


def _choose(folder: Path, names: Sequence[str]) -> list[Path]:
    if not folder.is_dir():
        raise MediaFramingError(f"there is no folder of notebooks at {folder}")
    found = {path.stem: path.resolve() for path in sorted(folder.glob("*.ipynb"))}
    if not found:
        raise MediaFramingError(f"{folder} holds no notebooks")
    wanted = [name.removesuffix(".ipynb") for name in names] or list(found)
    for name in wanted:
        if name not in found:
            raise MediaFramingError(f"there is no notebook {name!r}; there are {', '.join(found)}")
    return [found[name] for name in dict.fromkeys(wanted)]


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise MediaFramingError(
            f"cannot write to {folder} ({error.strerror}); name another folder"
        ) from error


def _saved_by(notebook: _Notebook) -> list[str]:
    cells = (cell for cell in notebook.content.cells if cell.cell_type == "code")
    return _SAVED.findall("\n".join(cell.source for cell in cells))


def _figure_times(folder: Path) -> dict[Path, int]:
    return {
        path: path.stat().st_mtime_ns for path in folder.iterdir() if path.suffix in _FIGURE_ENDINGS
    }


def _copy_figures(written: Sequence[Path], output: Path) -> list[str]:
    folder = output / "figures"
    for path in written:
        if path.parent != folder:
            with path.open("rb") as figure, written_whole(folder / path.name) as copy:
                shutil.copyfileobj(figure, copy)
    return sorted(f"figures/{path.name}" for path in written)


def _read(path: Path) -> _Notebook:
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (NotJSONError, NotebookValidationError, UnicodeDecodeError) as error:
        fault = f"reading the file: it is no notebook ({_one_line(str(error))})"
        return _Notebook(path, nbformat.v4.new_notebook(), fault)
    return _Notebook(path, notebook)


def _run(read: _Notebook, settings: _Settings) -> Report:
    began = time.perf_counter()
    path, notebook, fault = read.path, read.content, read.fault
    if fault is None:
        # On other articles the notebook may draw fewer figures than it did before.
        for name in _saved_by(read):
            remove_owned(settings.figures, name)
        # Jupyter runs a notebook in its own folder; nothing is to be written beside the package.
        folder = Path.cwd() if PACKAGE in path.parents else path.parent
        fault = _execute(notebook, folder, settings)
    title, summary = describe_notebook(notebook)
    notebook.metadata["title"] = title = title or path.stem
    target = settings.output / path.name
    # Half of a character, as broken files hold it, cannot be written as it is.
    write_text_whole(target, nbformat.writes(notebook), errors="backslashreplace")
    answer = _answer(notebook, path.stem, settings.output)
    html = _as_html(notebook, fault, answer)
    write_text_whole(target.with_suffix(".html"), html, errors="xmlcharrefreplace")
    return Report(path.stem, title, summary, time.perf_counter() - began, fault, answer)


def _answer(notebook: nbformat.NotebookNode, name: str, output: Path) -> Answer | None:
    """Take what the cell tagged ``answer`` printed, and the figure of ``answer-figure``."""
    printed = "".join(
        one["text"]
        for one in _outputs(notebook, "answer")
        if one["output_type"] == "stream" and one["name"] == "stdout"
    )
    if not printed.strip():
        return None
    shown = [own["data"] for own in _outputs(notebook, "answer-figure") if "data" in own]
    drawn = [data for data in shown if "image/png" in data]
    if not drawn:
        return read_answer(printed)
    file = f"answers/{name}.png"
    with written_whole(output / file) as picture:
        picture.write(base64.b64decode(drawn[-1]["image/png"]))
    told = _alternative(drawn[-1]) or "The rates that are compared"
    return read_answer(printed, FigureFiles("", {"png": file}, told))


def _outputs(notebook: nbformat.NotebookNode, tag: str) -> list[Any]:
    """List the outputs of the cells that have a tag."""
    tagged = (cell for cell in notebook.cells if tag in cell.metadata.get("tags", []))
    return [own for cell in tagged for own in cell.get("outputs", [])]


def _alternative(data: Any) -> str:
    """Return what a figure says of itself; what matplotlib says by itself is a size only."""
    told = data.get("text/plain", "")
    return "" if told.startswith("<") else " ".join(told.split())


def _execute(notebook: nbformat.NotebookNode, folder: Path, settings: _Settings) -> str | None:
    fault = ""
    for _ in range(_STARTS):
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=settings.timeout,
            record_timing=False,
            shutdown_kernel="immediate",
            resources={"metadata": {"path": str(folder)}},
        )
        # Without it every kernel warns that its connection is not encrypted.
        client.config.KernelManager.transport_encryption = "auto"
        try:
            # A loop of its own, closed at the end, for each thread.
            asyncio.run(_execute_in_kernel(client, settings))
        except CellExecutionError as error:
            fault = f"{error.ename}: {error.evalue}"
        except CellTimeoutError:
            fault = f"the cell took longer than {settings.timeout} s"
        except DeadKernelError:
            fault = "Python itself ended; perhaps memory ran out"
        except RuntimeError as error:
            # A kernel cannot start if another program takes one of the ports chosen for it.
            fault = f"its start: {error}"
            continue
        else:
            return None
        return f"code cell {client.code_cells_executed}: {_one_line(fault)}"
    return _one_line(fault)


async def _execute_in_kernel(client: NotebookClient, settings: _Settings) -> None:
    task = asyncio.create_task(client.async_execute(env=settings.environment))
    settings.running[task] = asyncio.get_running_loop()
    try:
        await task
    finally:
        del settings.running[task]


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 500 else f"{line[:500]} …"


def _as_html(notebook: nbformat.NotebookNode, fault: str | None, answer: Answer | None) -> str:
    exporter = HTMLExporter(
        template_name=TEMPLATES.name,
        extra_template_basedirs=[str(TEMPLATES.parent)],
        filters={"read_answer": read_answer},
    )
    resources = {"stopped": fault, "policy": page_policy(), "answer": answer}
    html, _ = exporter.from_notebook_node(_with_figure_labels(notebook), resources=resources)
    # In the folder of reports a notebook that is linked has a report, which needs no Jupyter.
    linked = _LINK.sub(r'href="\1.html"', str(html))
    # A corner of a pandas table heads nothing, and would be read out as a heading.
    headed = linked.replace("<th></th>", "<td></td>")
    return _CELL.sub(lambda cell: _BREAKS.sub(r"\g<0><wbr>", cell[0]), headed)


def _with_figure_labels(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Give each figure text for those who cannot see it: its own, or the heading it is under."""
    labelled = nbformat.from_dict(notebook)
    labelled.metadata.pop("widgets", None)
    heading = labelled.metadata["title"]
    for cell in labelled.cells:
        if cell.cell_type == "markdown":
            heading = (_HEADING.findall(cell.source) or [heading])[-1]
        else:
            cell.metadata["figure_label"] = f"Figure: {heading}"
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                if "image/png" in data and (told := _alternative(data)):
                    output["metadata"]["alt"] = told
    return labelled
