"""Voice and speaker of places are corrected in a real JupyterLab; the file has the say."""

from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

import analysis as fa
from tests.browser.conftest import (
    PATIENCE,
    Lab,
    console_errors,
    errors_of_cells,
    find,
    find_all,
    foreign_requests,
    open_notebook,
    run_all_cells,
    take_picture,
    use_theme,
    violations,
    wait_for,
)

NOTEBOOK = "corrections.ipynb"
FORM = ".mf-explorer-correction"
STATUS = ".mf-explorer .mf-status"
TAB, ENTER, UP, ALL = "\ue004", "\ue007", "\ue013", "\ue009a"
PREPARE = """import analysis as fa
texts = ["The threat grows, Ana Rell said. A threat is here.", "“A threat,” said Kern."]
paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts, ["a", "b"]))
lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
hits = fa.find_hits(paragraphs, lexicon)
scores = fa.score_paragraphs(paragraphs, hits, lexicon)"""
SHOW = "fa.explore(paragraphs, hits, scores, lexicon, path='attributions.csv')"
FOUND = [("paraphrase", "Ana Rell"), ("narrator", "")]


@pytest.fixture
def file(lab: Lab) -> Path:
    """The file of corrections, which is not there yet."""
    path = lab.folder / "attributions.csv"
    path.unlink(missing_ok=True)
    return path


@pytest.fixture
def explorer(page: Any, lab: Lab, file: Path) -> Any:  # noqa: ARG001 - not there at first
    """The notebook opened and run, and its first hit chosen."""
    cells = [nbformat.v4.new_code_cell(source) for source in (PREPARE, SHOW)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), lab.folder / NOTEBOOK)
    open_notebook(page, lab, NOTEBOOK)
    run(page)
    choose(page, 0)
    return page


def run(page: Any) -> None:
    run_all_cells(page)
    wait_for(lambda: find_all(page, ".mf-explorer-bar"), "bars", 30)
    page.execute_script("document.querySelector('.mf-explorer').scrollIntoView()")


def choose(page: Any, number: int) -> None:
    find_all(page, ".mf-explorer-hits")[number].click()
    wait_for(lambda: find(page, FORM).is_displayed(), "form")


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.switch_to.active_element.send_keys(key)


def correct(page: Any, voice: str, speaker: str | None = None) -> str:
    """Correct the chosen hit by mouse, and return what the page says to it."""
    options = find_all(page, f"{FORM} option")
    next(option for option in options if option.text == voice).click()
    if speaker is not None:
        find(page, f"{FORM} input").clear()
        find(page, f"{FORM} input").send_keys(speaker)
    find(page, f"{FORM} button").click()
    return told(page)


def told(page: Any) -> str:
    """Return what the page says once it has the reply."""
    wait_for(lambda: status(page).startswith(("Saved to", "Not saved")), "reply", 20)
    return status(page)


def status(page: Any) -> str:
    return str(find(page, STATUS).text)


def shown(page: Any) -> list[tuple[str, str]]:
    """Return voice and speaker of the rows of the table of hits."""
    script = """return [...document.querySelectorAll('.mf-explorer-table tbody tr')].map(
        (row) => [row.cells[4].textContent, row.cells[5].textContent])"""
    return [tuple(row) for row in page.execute_script(script)]


def in_file(file: Path) -> list[tuple[str, str]]:
    """Return voice and speaker of the hits of the first text, as `find_hits` takes them."""
    own: dict[str, Any] = {}
    exec(PREPARE, own)  # noqa: S102 - the same tables as in the notebook
    table = pd.read_csv(file)
    hits = fa.find_hits(own["paragraphs"], own["lexicon"], attributions=table)
    rows = hits.loc[hits["document_id"] == "a", ["voice", "speaker"]].fillna("")
    return list(rows.itertuples(index=False, name=None))


def test_places_are_corrected_one_by_one_and_read_back(explorer: Any, lab: Lab, file: Path) -> None:
    page = explorer
    assert shown(page) == FOUND
    assert not file.exists()
    take_picture(page, "corrections_form")
    assert correct(page, "quote", "The minister") == f"Saved to {file}"
    assert shown(page) == in_file(file) == [("quote", "The minister"), FOUND[1]]
    correct(page, "quote", "")
    assert shown(page) == in_file(file) == [("quote", ""), FOUND[1]]
    choose(page, 1)
    assert not find(page, f"{FORM} input").is_enabled()
    correct(page, "paraphrase", "Otto Kern")
    assert shown(page) == in_file(file) == [("quote", ""), ("paraphrase", "Otto Kern")]
    take_picture(page, "corrections_saved")

    run(page)
    assert shown(page) == [("quote", ""), ("paraphrase", "Otto Kern")]
    choose(page, 1)
    assert find(page, f"{FORM} input").get_attribute("value") == "Otto Kern"
    correct(page, "narrator")
    assert shown(page) == in_file(file) == [("quote", ""), ("narrator", "")]
    assert errors_of_cells(page) == []
    assert console_errors(page) == []
    assert foreign_requests(page, lab) == []


def test_what_cannot_be_saved_is_refused_in_a_sentence_and_nothing_is_lost(
    explorer: Any, file: Path
) -> None:
    page = explorer
    foreign = "name,party\nRell,Greens\n"
    file.write_text(foreign, encoding="utf-8")
    refused = correct(page, "quote")
    assert refused.startswith("Not saved: 'attributions.csv' is no table of attributions (")
    assert refused.endswith("); give the name of a new file")
    assert file.read_text(encoding="utf-8") == foreign
    assert shown(page) == FOUND
    take_picture(page, "corrections_refused")
    file.unlink()
    assert correct(page, "quote") == f"Saved to {file}"

    # Somebody else corrects another place meanwhile.
    table = pd.read_csv(file, dtype="str")
    other = table.iloc[[-1]].assign(content_start="35", content_end="41", speaker="Otto Kern")
    pd.concat([table, other]).assign(coder="anna").to_csv(file, index=False)
    correct(page, "paraphrase")
    both = [("paraphrase", "Ana Rell"), ("quote", "Otto Kern")]
    assert shown(page) == in_file(file) == both
    assert "anna" in file.read_text(encoding="utf-8")

    written = file.read_bytes()
    file.chmod(0o444)
    refused = correct(page, "narrator")
    assert refused.startswith(f"Not saved: {str(file)!r} cannot be written: ")
    assert "read-only; check the path and permissions" in refused
    assert file.read_bytes() == written
    # One about another text does not fit.
    file.chmod(0o644)
    elsewhere = written.replace(b"\na,0,", b"\na,7,")
    file.write_bytes(elsewhere)
    assert "is about a paragraph that paragraphs lack" in correct(page, "narrator")
    assert file.read_bytes() == elsewhere
    assert shown(page) == both

    file.write_text(foreign, encoding="utf-8")
    run_all_cells(page)
    (error,) = errors_of_cells(page)
    assert "is no table of attributions" in error
    assert file.read_text(encoding="utf-8") == foreign


def test_a_place_is_corrected_by_keys_and_the_focus_stays(explorer: Any, file: Path) -> None:
    page = explorer
    cells = len(find_all(page, ".jp-Cell"))
    page.execute_script("arguments[0].focus()", find(page, ".mf-explorer-hits"))
    press(page, ENTER)
    # From the text over the box of the entry to the form.
    for _ in range(10):
        press(page, TAB)
        if page.switch_to.active_element == find(page, f"{FORM} select"):
            break
    press(page, UP, TAB)
    assert page.switch_to.active_element == find(page, f"{FORM} input")
    press(page, ALL, "dad, x", ENTER)
    assert told(page) == f"Saved to {file}"
    assert shown(page)[0] == ("quote", "dad, x")
    assert page.switch_to.active_element == find(page, f"{FORM} button")
    assert len(find_all(page, ".jp-Cell")) == cells
    # What the ticks hide leaves the focus in the box.
    find_all(page, ".mf-explorer-box input")[1].click()
    page.execute_script("arguments[0].focus()", find(page, f"{FORM} select"))
    press(page, UP, TAB)
    press(page, ENTER)
    wait_for(lambda: len(shown(page)) == 0, "reply")
    assert page.switch_to.active_element == find(page, ".mf-explorer-entry")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_the_form_can_be_read_by_everybody(explorer: Any, axe: str, theme: str) -> None:
    page = explorer
    page.set_script_timeout(PATIENCE)
    use_theme(page, theme)
    assert violations(page, axe, ".mf-explorer") == []
    page.execute_script("document.querySelector('.mf-explorer').style.width = '370px'")
    page.execute_script(f"document.querySelector('{FORM}').scrollIntoView()")
    take_picture(page, f"corrections_{theme.split()[1].lower()}_narrow")
    assert violations(page, axe, ".mf-explorer") == []
    boxes = page.execute_script(
        f"return [document.querySelector('{FORM}'), ...document.querySelectorAll('{FORM} *')]"
        ".filter((n) => n.scrollWidth > n.clientWidth + 1).map((n) => n.outerHTML)"
    )
    assert boxes == []
    use_theme(page, "JupyterLab Light")
