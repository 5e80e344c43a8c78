"""Tables laid out for print can be read in both themes of a real JupyterLab."""

import re
from typing import Any

import nbformat
import pytest

from tests.browser.conftest import (
    Lab,
    errors_of_cells,
    find,
    find_all,
    foreign_requests,
    open_notebook,
    run_all_cells,
    take_picture,
    use_theme,
    wait_for,
)

NOTEBOOK = "table.ipynb"
SOURCE = """import pandas as pd
import analysis as fa
fa.format_table(pd.DataFrame({"term": ["aid", "<b>relief"], "n_target": [1200, 7],
                              "z": [2.5, None]}), title="Words", note="An invented table.")"""
# Letters and background of all that is text, the background being that of the first element
# around it which has one.
COLORS = """
const around = (one) => {
  const color = getComputedStyle(one).backgroundColor;
  const clear = color === "transparent" || color.startsWith("rgba(0, 0, 0, 0");
  return clear && one.parentElement ? around(one.parentElement) : color;
};
const texts = document.querySelectorAll(".jp-OutputArea .gt_table td, .jp-OutputArea .gt_table th");
return [...texts].map((one) => [getComputedStyle(one).color, around(one)]);
"""


def luminance(color: str) -> float:
    """Relative luminance, as in the Web Content Accessibility Guidelines."""
    channels = [int(value) / 255 for value in re.findall(r"\d+", color)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrasts(page: Any) -> list[float]:
    pairs = [sorted(map(luminance, pair)) for pair in page.execute_script(COLORS)]
    return [(light + 0.05) / (dark + 0.05) for dark, light in pairs]


@pytest.fixture
def table(page: Any, lab: Lab) -> Any:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [nbformat.v4.new_code_cell(SOURCE)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), lab.folder / NOTEBOOK)
    open_notebook(page, lab, NOTEBOOK)
    run_all_cells(page)
    wait_for(lambda: find_all(page, ".gt_table"), "table")
    return page


def test_a_table_can_be_read_in_the_light_and_in_the_dark_theme(table: Any, lab: Lab) -> None:
    assert errors_of_cells(table) == []
    assert "<b>relief" in find(table, ".gt_table").text
    light = contrasts(table)
    # Title, 3 headings, 6 cells and the note.
    assert len(light) >= 11
    assert min(light) > 7
    use_theme(table, "JupyterLab Dark")
    take_picture(table, "table_dark")
    dark = contrasts(table)
    background = luminance(table.execute_script(COLORS)[-1][1])
    use_theme(table, "JupyterLab Light")
    assert min(dark) > 7
    assert background < 0.05
    assert foreign_requests(table, lab) == []
