"""A lexicon grows by mouse and keys in a real JupyterLab; the files on disk have the say."""

from typing import Any

import nbformat
import pytest

import analysis as fa
from tests.browser.conftest import (
    PATIENCE,
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
    set_window,
    take_picture,
    use_theme,
    violations,
    wait_for,
)
from tests.curation.corpus import SEEDS, curated_paragraphs

NOTEBOOK = "curation.ipynb"
WIDGET = ".mf-curation"
OPTION = f"{WIDGET} .mf-curation-option"
TOLD = f"{WIDGET} .mf-curation-told"
STATUS = f"{WIDGET} .mf-status"
ENTER, ESCAPE, END = "\ue007", "\ue00c", "\ue010"
LEFT, UP, DOWN = "\ue012", "\ue013", "\ue015"
NARROW = 420
PREPARE = f"""import pandas as pd
import analysis as fa
paragraphs = pd.read_parquet("paragraphs.parquet")
lexicon = fa.lexicon_from_dict("diplomacy", {{"diplomacy": {SEEDS}}})"""
SHOW = 'fa.curate(lexicon, paragraphs, path="own/diplomacy.yml", coder="Ana")'
DEFINITION = "Counts: parties speak to end a conflict. Does not count: trade."
# What reaches over the edge of the page, but for boxes that scroll by themselves.
TOO_WIDE = """
const page = document.querySelector('.mf-curation').getBoundingClientRect();
return [...document.querySelectorAll('.mf-curation *')]
  .filter(node => node.checkVisibility() && node.getBoundingClientRect().right > page.right + 1)
  .map(node => node.outerHTML.slice(0, 80));
"""


@pytest.fixture
def curation(page: Any, lab: Lab) -> Any:
    """The notebook opened and run, with nothing decided yet."""
    for file in (lab.folder / "own").glob("*"):
        file.unlink()
    curated_paragraphs().to_parquet(lab.folder / "paragraphs.parquet")
    cells = [nbformat.v4.new_code_cell(source) for source in (PREPARE, SHOW)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), lab.folder / NOTEBOOK)
    set_window(page, 1300, 1400)
    page.set_script_timeout(PATIENCE)
    open_notebook(page, lab, NOTEBOOK)
    run_all_cells(page)
    wait_for(lambda: find_all(page, OPTION), "suggestions", 30)
    scroll(page)
    yield page
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def scroll(page: Any) -> None:
    page.execute_script(f"document.querySelector('{WIDGET}').scrollIntoView()")


def press(page: Any, *keys: str) -> None:
    """Press keys wherever the focus is."""
    for key in keys:
        page.switch_to.active_element.send_keys(key)


def button(page: Any, label: str) -> Any:
    shown = [b for b in find_all(page, f"{WIDGET} button") if b.is_displayed()]
    return next(b for b in shown if label in b.text)


def option(page: Any, term: str) -> Any:
    names = f"{OPTION} .mf-curation-name"
    return next(name for name in find_all(page, names) if name.text == term)


def choose(page: Any, term: str) -> None:
    """Click on a row, though the list may be made again meanwhile."""
    wait_for(lambda: [option(page, term).click()] and chosen(page) == term, f"row {term!r}", 10)


def chosen(page: Any) -> str:
    (shown,) = find_all(page, f'{OPTION}[aria-selected="true"] .mf-curation-name')
    return str(shown.text)


def focused(page: Any) -> str:
    """Return the term of the row that has the focus."""
    return str(page.execute_script("return document.activeElement.dataset.key ?? ''"))


def open_tab(page: Any, name: str) -> None:
    find(page, f'{WIDGET} [role="tab"][data-tab="{name}"]').click()


def wait_for_told(page: Any, text: str) -> None:
    wait_for(lambda: text in find(page, TOLD).text, f"sentence with {text!r}", 20)


def wait_for_version(page: Any, number: int) -> None:
    """Wait until the page has heard of so many decisions, and that they are saved."""
    counters = f"{WIDGET} .mf-curation-counters"
    wait_for(lambda: find(page, counters).text.endswith(f"version 0.{number}"), "decision", 20)
    wait_for(lambda: find(page, STATUS).text.startswith("Saved to /"), "Saved", 20)


def entries(lab: Lab) -> dict[str, dict[str, Any]]:
    rows = fa.load_lexicon(lab.folder / "own" / "diplomacy.yml").entries.to_dict("records")
    return {row["term"]: {str(name): row[name] for name in row} for row in rows}


def decided(lab: Lab) -> list[tuple[str, str]]:
    """Return decision and term of every row of the log on disk."""
    log = fa.read_decisions(lab.folder / "own" / "diplomacy.yml")
    return list(zip(log["decision"], log["term"].fillna(""), strict=True))


def test_a_lexicon_grows_by_mouse_and_keys(curation: Any, lab: Lab, axe: str) -> None:
    page = curation
    cells = [cell.text for cell in find_all(page, ".jp-Cell .jp-InputArea")]
    assert "3 entries · 150 hits in 60 of 60 documents · version 0" in find(page, WIDGET).text
    assert "you decide by it" in find(page, WIDGET).text
    assert not find(page, ".mf-static").is_displayed()
    assert not (lab.folder / "own" / "diplomacy.yml").exists()
    take_picture(page, "curation_begun")

    # The definition comes first, and stays above all that follows.
    find(page, f"{WIDGET} textarea").send_keys(DEFINITION)
    button(page, "Save definition").click()
    wait_for_version(page, 1)
    assert find(page, f"{WIDGET} .mf-curation-definition").text == DEFINITION
    assert decided(lab) == [("define", "")]

    # By mouse: read it, accept it, and the next is there.
    choose(page, "envoy*")
    wait_for_told(page, "Adds 60 hits in 60 paragraphs of 30 documents")
    assert "Words found: envoy 45, envoys 15." in find(page, WIDGET).text
    contexts = f"{WIDGET} .mf-curation-contexts li"
    assert len([line for line in find_all(page, contexts) if line.is_displayed()]) == 10
    button(page, "Ten more").click()
    wait_for(lambda: len(find_all(page, contexts)) == 20, "ten more lines")
    take_picture(page, "curation_suggestion")
    button(page, "Accept").click()
    assert focused(page) == chosen(page) != "envoy*"
    wait_for_version(page, 2)
    assert "envoy*" in entries(lab)
    assert "Undo: accept envoy*" in find(page, f"{WIDGET} .mf-curation-undo").text

    # By keys: reject, take back, skip, walk. None of them reaches the notebook.
    # Whoever is quick takes back what was decided last, though it is not saved yet.
    choose(page, "truce")
    press(page, "r", "u")
    wait_for_version(page, 4)
    assert decided(lab)[-2:] == [("reject", "truce"), ("undo", "truce")]
    wait_for(lambda: chosen(page) == "truce" == focused(page), "truce again")
    press(page, "s")
    assert chosen(page) == focused(page) != "truce"
    assert find_all(page, OPTION)[-1].text.startswith("truce")
    first = chosen(page)
    press(page, DOWN)
    assert chosen(page) == focused(page) != first
    press(page, UP, END)
    assert focused(page) == "truce"
    wait_for_told(page, "Adds 60 hits")
    # A reason goes to the log, and of what is accepted into the lexicon.
    find(page, f"{WIDGET} .mf-curation-reason input").send_keys("They stop shooting.", ENTER)
    assert focused(page) == "truce"
    press(page, "a")
    wait_for_version(page, 5)
    assert entries(lab)["truce"]["note"] == "They stop shooting."
    press(page, "b", "m", "z")
    assert [cell.text for cell in find_all(page, ".jp-Cell .jp-InputArea")] == cells

    # A term is edited before it is accepted; what is searched for and not listed is added.
    choose(page, "mediator")
    term = find(page, f"{WIDGET} .mf-curation-term")
    term.clear()
    term.send_keys("mediat*")
    wait_for_told(page, "Adds 60 hits")
    press(page, ENTER)
    wait_for(lambda: "Accept" in page.switch_to.active_element.text, "focus on Accept")
    press(page, ENTER)
    wait_for_version(page, 6)
    assert "mediat*" in entries(lab)
    find(page, f'{WIDGET} input[type="search"]').send_keys("summ")
    assert chosen(page) == "summit"
    find(page, f'{WIDGET} input[type="search"]').clear()
    find(page, f'{WIDGET} input[type="search"]').send_keys("ministers of")
    button(page, "Add “ministers of” by hand").click()
    wait_for_told(page, "Adds 30 hits")

    # Added by hand, with lint at once.
    term.clear()
    term.send_keys("talk*")
    lint = f"{WIDGET} .mf-curation-lint"
    wait_for(lambda: "talk*" in find(page, lint).text, "lint")
    take_picture(page, "curation_lint")
    term.clear()
    term.send_keys("!")
    wait_for_told(page, "no letter or digit")
    button(page, "Accept").click()
    assert find(page, STATUS).text.startswith("Not saved: ")
    term.clear()
    term.send_keys("signed")
    wait_for_told(page, "Adds 30 hits")
    press(page, ENTER, "a")
    wait_for_version(page, 7)
    wait_for(lambda: term.get_attribute("value") == "", "empty field")
    assert "signed" in entries(lab)

    # An exclusion is made from a line.
    open_tab(page, "entries")
    choose(page, "talks")
    wait_for_told(page, "It finds 90 hits in 90 paragraphs of 60 documents")
    line = next(one for one in find_all(page, contexts) if "Sales talks" in one.text)
    line.find_element("css selector", "button").click()
    take_picture(page, "curation_exclusion")
    button(page, "sales talks").click()
    wait_for_told(page, "Takes away 30 hits in 30 paragraphs of 30 documents")
    assert "What it takes away (30)" in find(page, WIDGET).text
    assert focused(page) == "{term: talks}"
    press(page, "c")
    wait_for_version(page, 8)
    assert decided(lab)[-1] == ("exclude", "talks")
    assert entries(lab)["talks"]["unless"] == "sales talks"
    assert chosen(page) == "talks"

    # Options: near, subcategory and kind.
    find(page, f"{WIDGET} .mf-curation-options summary").click()
    near, within, subcategory = find_all(page, f"{WIDGET} .mf-curation-field input")[:3]
    near.send_keys("norland, glacier")
    within.send_keys("30")
    subcategory.send_keys("meetings")
    kinds = find_all(page, f"{WIDGET} .mf-curation-field option")
    next(kind for kind in kinds if kind.text == "event").click()
    wait_for_told(page, "Takes away")
    button(page, "Save change").click()
    wait_for_version(page, 9)
    changed = entries(lab)["talks"]
    assert (changed["kind"], changed["subcategory"]) == ("event", "meetings")
    assert changed["near"] == "within 30: norland; glacier"

    # Twenty hits are judged; what is saved is what was answered last.
    choose(page, "ceasefire")
    press(page, "j")
    judge = f"{WIDGET} .mf-curation-judge"
    wait_for(lambda: "hit 1 of 20" in find(page, judge).text, "hit to judge")
    assert DEFINITION in find(page, judge).text
    press(page, "n")
    press(page, LEFT)
    assert "hit 1 of 20" in find(page, judge).text
    press(page, "y")
    for _ in range(18):
        press(page, "y")
    take_picture(page, "curation_judging")
    button(page, "No").click()
    wait_for(lambda: "19 of 20 right, .76–.99" in find(page, judge).text, "precision")
    assert "all 20 judged" in find(page, judge).text
    judgements = fa.read_judgements(lab.folder / "own" / "diplomacy.yml")
    assert sorted(judgements["code"]) == ["0", *["1"] * 19]
    press(page, ESCAPE)
    assert focused(page) == "{term: ceasefire}"
    assert "19 of 20 right" in find(page, WIDGET).text

    # Dropped, and taken back from the log.
    press(page, "d")
    wait_for_version(page, 10)
    assert "ceasefire" not in entries(lab)
    open_tab(page, "decisions")
    rows = find_all(page, f"{WIDGET} .mf-curation-log li")
    assert [row.text.split()[0] for row in rows] == [str(n) for n in range(10, 0, -1)]
    rows[0].find_element("css selector", "button").click()
    wait_for_version(page, 11)
    assert "ceasefire" in entries(lab)
    assert "taken back by 11" in find(page, f"{WIDGET} .mf-curation-log").text
    take_picture(page, "curation_log")

    assert violations(page, axe, WIDGET) == []
    use_theme(page, "JupyterLab Dark")
    for name in ("suggestions", "entries", "add", "decisions"):
        open_tab(page, name)
        wait_for(lambda: not find_all(page, f'{WIDGET} [aria-busy="true"]'), "figures")
        take_picture(page, f"curation_dark_{name}")
        assert violations(page, axe, WIDGET) == []
        page.execute_script(f"document.querySelector('{WIDGET}').style.width = '{NARROW}px'")
        assert page.execute_script(TOO_WIDE) == []
        scroll(page)
        take_picture(page, f"curation_narrow_{name}")
        page.execute_script(f"document.querySelector('{WIDGET}').style.width = ''")
    use_theme(page, "JupyterLab Light")
    for name in ("suggestions", "entries"):
        open_tab(page, name)
        assert violations(page, axe, WIDGET) == []
    assert errors_of_cells(page) == []
    assert console_errors(page) == []
    assert foreign_requests(page, lab) == []

    # What a report has is a table, and the curation goes on after a restart.
    choose_from_menu(page, "File", "docmanager:save")
    wait_for(lambda: "mf-static" in (lab.folder / NOTEBOOK).read_text("utf-8"), "saving")
    before = (lab.folder / "own" / "diplomacy.yml").read_bytes()
    restart_kernel(page, lab, NOTEBOOK)
    run_all_cells(page)
    wait_for(lambda: "version 0.11" in find(page, WIDGET).text, "curation that goes on", 30)
    assert (lab.folder / "own" / "diplomacy.yml").read_bytes() == before
    assert [cell.text for cell in find_all(page, ".jp-Cell .jp-InputArea")] == cells


def test_what_is_not_saved_is_called_so_and_saved_when_it_can_be(curation: Any, lab: Lab) -> None:
    page, folder = curation, lab.folder / "own"
    choose(page, "envoy*")
    press(page, "a")
    wait_for_version(page, 1)

    saved = (folder / "decisions.csv").read_bytes()
    (folder / "decisions.csv").write_text("spoiled", encoding="utf-8")
    choose(page, "truce")
    press(page, "a")
    wait_for(lambda: "Not saved: 'decisions.csv'" in find(page, STATUS).text, "error")
    take_picture(page, "curation_failed")
    (folder / "decisions.csv").write_bytes(saved)
    button(page, "Save again").click()
    wait_for_version(page, 2)
    assert {"envoy*", "truce"} <= set(entries(lab))

    # Another notebook on the same file: this page hears of it with its next answer.
    other = fa.curate(
        fa.lexicon_from_dict("diplomacy", {"diplomacy": SEEDS}),
        curated_paragraphs(),
        path=folder / "diplomacy.yml",
    )
    message: dict[str, Any] = {
        "kind": "decide",
        "decision": "accept",
        "draft": {"term": "summit"},
        "reason": "",
        "category": "diplomacy",
        "known": {"stamp": "", "number": 0},
    }
    assert other._answer(message)["kind"] == "saved"
    choose(page, "mediator")
    press(page, "r")
    wait_for_version(page, 4)
    open_tab(page, "entries")
    assert option(page, "summit").is_displayed()
    assert decided(lab)[-2:] == [("accept", "summit"), ("reject", "mediator")]

    before = (folder / "diplomacy.yml").read_bytes()
    restart_kernel(page, lab, NOTEBOOK)
    choose(page, "summit")
    press(page, "d")
    wait_for(lambda: "Python does not answer" in find(page, STATUS).text, "error", 20)
    assert (folder / "diplomacy.yml").read_bytes() == before
    assert console_errors(page) == []
