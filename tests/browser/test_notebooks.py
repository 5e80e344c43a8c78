"""Every notebook runs in a real JupyterLab as a reader runs it, and a picture of it is kept."""

import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.browser.conftest import (
    PANEL,
    Lab,
    console_errors,
    errors_of_cells,
    find_all,
    foreign_requests,
    open_notebook,
    run_all_cells,
    take_pictures_of_notebook,
    use_theme,
)
from tests.notebooks import tracked_notebooks

pytestmark = pytest.mark.browser_suite

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
NAMES = [path.stem for path in tracked_notebooks()]
IN_BOTH_THEMES = ("01_one_article", "04_voice_and_certainty")
# Seconds for all cells of one notebook, on a machine that has other things to do.
LONGEST = 480
# What a cell may write beside its results: our notices, and the bar of tqdm.
NOTICE = re.compile(r"Note: .+|.*\d+%\|.*\|.*|")
# Which outputs of a cell are seen: pictures that are loaded, and marked words with their look.
SEEN = """
const seen = element => element.getClientRects().length > 0;
return [...document.querySelectorAll(arguments[0] + ' .jp-CodeCell')].map(cell => ({
  figures: [...cell.querySelectorAll('.jp-OutputArea-output :is(img, svg)')].filter(
    figure => seen(figure) && (figure.tagName !== 'IMG' || figure.naturalWidth > 0)).length,
  marked: [...cell.querySelectorAll('.mf-text .mf-hit')].filter(hit => {
    const look = getComputedStyle(hit);
    return seen(hit) && (parseFloat(look.borderBottomWidth) > 0
                         || look.backgroundColor !== 'rgba(0, 0, 0, 0)');
  }).length,
}));
"""


def code_of(name: str) -> list[str]:
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def lines_to_worry_about(page: Any) -> list[str]:
    """Return what cells show as errors, or write beside their results, but for our notices."""
    lines = [line for output in errors_of_cells(page) for line in output.splitlines()]
    return [line for line in lines if not NOTICE.fullmatch(line.strip())]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_in_jupyterlab_and_shows_what_it_should(
    page: Any, lab: Lab, name: str
) -> None:
    shutil.copy(NOTEBOOKS / f"{name}.ipynb", lab.folder)
    open_notebook(page, lab, f"{name}.ipynb")
    run_all_cells(page, LONGEST)
    take_pictures_of_notebook(page, f"lab_{name}_light")

    assert lines_to_worry_about(page) == []
    sources, outputs = code_of(name), page.execute_script(SEEN, PANEL)
    assert len(sources) == len(outputs)
    for source, output in zip(sources, outputs, strict=True):
        if "fa.save_figure(" in source:
            assert output["figures"] > 0, f"no figure of\n{source}"
        if "fa.show_text(" in source:
            assert output["marked"] > 0, f"no marked words of\n{source}"
    assert find_all(page, ".jp-Dialog") == []

    if name in IN_BOTH_THEMES:
        use_theme(page, "JupyterLab Dark")
        take_pictures_of_notebook(page, f"lab_{name}_dark")
        use_theme(page, "JupyterLab Light")
    assert console_errors(page) == []
    assert foreign_requests(page, lab) == []
