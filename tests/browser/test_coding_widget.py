"""Paragraphs are coded by mouse and keys in a real JupyterLab; the file on disk has the say."""

import os
import re
import signal
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from tests.browser.conftest import (
    Lab,
    choose_from_menu,
    console_errors,
    errors_of_cells,
    find,
    find_all,
    foreign_requests,
    open_notebook,
    restart_kernel,
    run_all_cells,
    take_picture,
    use_theme,
    wait_for,
    wait_until_ready,
)

NOTEBOOK = "coding.ipynb"
WIDGET = ".mf-coding"
STATUS = ".mf-coding .mf-status"
LEFT, UP, RIGHT, DOWN = "\ue012", "\ue013", "\ue014", "\ue015"
END, BACKSPACE, ESCAPE = "\ue010", "\ue003", "\ue00c"
PREPARE = """import pandas as pd
import analysis as fa
texts = ["The ministry said that troops would <b>hold</b> the border, and named $5 and $6.",
         "Pensions rise in spring.", "Nobody spoke of it.", "Talks may resume."]
sheet = pd.DataFrame({"document_id": ["a", "a", "b", "b"], "paragraph": [0, 1, 0, 1],
                      "text": texts})
codebook = pd.DataFrame(
    [("security", "Threats, and defence against them.", "1", "present"),
     ("security", "Threats, and defence against them.", "0", "absent"),
     ("tone", "Whose side the paragraph takes.", "pro", "for the government"),
     ("tone", "Whose side the paragraph takes.", "contra", "against the government"),
     ("tone", "Whose side the paragraph takes.", "none", "no side")],
    columns=["category", "definition", "code", "meaning"])"""
SHOW = 'fa.code_paragraphs(sheet, codebook, coder="anna", path="anna.csv")'
KERNEL = "import os\nopen('kernel', 'w').write(str(os.getpid()));"


def codes_in(file: Path) -> dict[tuple[str, str, str], str]:
    table = pd.read_csv(file, dtype="str", keep_default_na=False)
    keys = zip(table["document_id"], table["paragraph"], table["category"], strict=True)
    return {key: code for key, code in zip(keys, table["code"], strict=True) if code}


def press(page: Any, key: str) -> None:
    """Press a key wherever the focus is, as a coder does."""
    page.switch_to.active_element.send_keys(key)


def button(page: Any, label: str) -> Any:
    buttons = find_all(page, f"{WIDGET} button")
    return next(b for b in buttons if b.is_displayed() and label in b.text)


def counter(page: Any) -> str:
    return str(find(page, f"{WIDGET} .mf-coding-counter").text)


def pressed(page: Any) -> list[str]:
    chosen = find_all(page, f'{WIDGET} button[aria-pressed="true"]')
    return [str(b.get_attribute("data-code")) for b in chosen]


def wait_for_saved(page: Any) -> None:
    wait_for(lambda: re.match(r"Saved to /.*/anna\.csv", find(page, STATUS).text), "Saved", 20)


def wait_for_widget(page: Any) -> None:
    wait_for(lambda: " of 4" in counter(page), "widget", 30)


@pytest.fixture
def coding(page: Any, lab: Lab) -> Any:
    """The notebook opened and run, with nothing coded yet."""
    (lab.folder / "anna.csv").unlink(missing_ok=True)
    cells = [nbformat.v4.new_code_cell(source) for source in (PREPARE, SHOW, KERNEL)]
    # Without a kernel named, JupyterLab asks for one.
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), lab.folder / NOTEBOOK)
    open_notebook(page, lab, NOTEBOOK)
    run_all_cells(page)
    wait_for_widget(page)
    return page


def test_paragraphs_are_coded_by_mouse_and_keys_and_coding_resumes(coding: Any, lab: Lab) -> None:
    page, file = coding, lab.folder / "anna.csv"
    assert counter(page) == "1 of 4"
    assert "<b>hold</b> the border, and named $5" in find(page, ".mf-coding-text").text
    assert not find(page, ".mf-coding-static").is_displayed()
    cells = [cell.text for cell in find_all(page, ".jp-Cell .jp-InputArea")]
    take_picture(page, "coding_begun")

    button(page, "present").click()
    wait_for_saved(page)
    assert codes_in(file) == {("a", "0", "security"): "1"}
    button(page, "against").click()
    wait_for_saved(page)
    assert pressed(page) == ["1", "contra"]
    find(page, f"{WIDGET} summary").click()
    assert "defence against them" in find(page, f"{WIDGET} details").text

    button(page, "Next").click()
    press(page, "0")
    press(page, "3")
    wait_for_saved(page)
    assert codes_in(file)["a", "1", "security"] == "0"
    assert codes_in(file)["a", "1", "tone"] == "none"
    # Keys that mean something to JupyterLab: cut the cell, make headings, add cells.
    for key in ("x", "a", "b", "d", "d", "m"):
        press(page, key)
    assert [cell.text for cell in find_all(page, ".jp-Cell .jp-InputArea")] == cells

    press(page, RIGHT)
    assert counter(page) == "3 of 4"
    press(page, DOWN)
    press(page, "1")
    wait_for_saved(page)
    assert codes_in(file)["b", "0", "tone"] == "pro"
    press(page, DOWN)
    press(page, BACKSPACE)
    wait_for(lambda: ("b", "0", "tone") not in codes_in(file), "answer taken back")
    press(page, LEFT)
    press(page, LEFT)
    assert counter(page) == "1 of 4"
    assert pressed(page) == ["1", "contra"]
    press(page, END)
    assert counter(page) == "3 of 4"
    note = find(page, f"{WIDGET} .mf-coding-note")
    note.send_keys("1 unsure")
    note.send_keys(ESCAPE)
    wait_for_saved(page)
    press(page, "1")
    wait_for_saved(page)
    assert codes_in(file)["b", "0", "security"] == "1"
    assert "1 unsure" in file.read_text(encoding="utf-8")
    take_picture(page, "coding_light")
    assert errors_of_cells(page) == []
    assert console_errors(page) == []
    assert foreign_requests(page, lab) == []

    before = file.read_bytes()
    choose_from_menu(page, "File", "docmanager:save")
    wait_for(lambda: "mf-coding-static" in (lab.folder / NOTEBOOK).read_text("utf-8"), "saving")
    saved = nbformat.read(lab.folder / NOTEBOOK, as_version=4)
    assert "application/vnd.jupyter.widget-view+json" in str(saved.cells[1].outputs)
    assert "Nobody spoke" not in str([saved.cells[1], saved.metadata]), "texts stay out of it"
    page.refresh()
    wait_for_widget(page)
    wait_until_ready(page, lab, NOTEBOOK)
    assert counter(page) == "3 of 4"
    assert pressed(page) == ["1"]
    assert find(page, f"{WIDGET} .mf-coding-note").get_attribute("value") == "1 unsure"

    restart_kernel(page, lab, NOTEBOOK)
    run_all_cells(page)
    wait_for_widget(page)
    assert counter(page) == "3 of 4"
    assert pressed(page) == ["1"]
    assert file.read_bytes() == before
    use_theme(page, "JupyterLab Dark")
    find(page, ".mf-coding-text").click()
    press(page, "2")
    wait_for_saved(page)
    assert len(codes_in(file)) == 6
    take_picture(page, "coding_dark")
    use_theme(page, "JupyterLab Light")
    assert console_errors(page) == []
    assert foreign_requests(page, lab) == []


def test_what_is_not_saved_is_called_so(coding: Any, lab: Lab) -> None:
    page, file = coding, lab.folder / "anna.csv"
    button(page, "present").click()
    wait_for_saved(page)

    saved = file.read_bytes()
    file.write_text("spoiled", encoding="utf-8")
    button(page, "absent").click()
    wait_for(
        lambda: "Not saved: 'anna.csv' is no file of codes" in find(page, STATUS).text, "error"
    )
    take_picture(page, "coding_failed")
    file.write_bytes(saved)
    button(page, "Save again").click()
    wait_for_saved(page)
    assert codes_in(file) == {("a", "0", "security"): "0"}

    restart_kernel(page, lab, NOTEBOOK)
    button(page, "present").click()
    assert not find(page, STATUS).text.startswith("Saved")
    wait_for(lambda: "Python does not answer" in find(page, STATUS).text, "error", 20)
    assert console_errors(page) == []
    assert codes_in(file) == {("a", "0", "security"): "0"}


def test_answers_that_python_has_not_taken_are_called_so_and_saved_when_it_has(
    coding: Any, lab: Lab
) -> None:
    page, file = coding, lab.folder / "anna.csv"
    kernel = int((lab.folder / "kernel").read_text())
    find(page, ".mf-coding-text").click()
    os.kill(kernel, signal.SIGSTOP)
    try:
        press(page, "1")
        assert find(page, STATUS).text == "Saving …"
        wait_for(lambda: "Python does not answer" in find(page, STATUS).text, "warning", 20)
        press(page, "2")
        assert find(page, STATUS).text.startswith("Not saved")
        assert not file.exists()
    finally:
        os.kill(kernel, signal.SIGCONT)
    wait_for_saved(page)
    assert codes_in(file) == {("a", "0", "security"): "1", ("a", "0", "tone"): "contra"}
