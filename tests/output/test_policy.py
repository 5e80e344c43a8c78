"""Every page that is written lets a browser run our scripts alone, and ask nothing outside."""

import base64
import hashlib
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

import analysis as fa
from analysis.__main__ import main
from analysis.output.filling import page_policy
from analysis.output.notebooks import run_notebooks
from tests.builders import leave_undrawn

ROOT = Path(__file__).resolve().parents[2]
HARMLESS = {"html", "head", "meta"}
FOREIGN = "alert('from a cell')"
SHOWN = f"""
import anywidget
from IPython.display import HTML, Javascript, display
display(anywidget.AnyWidget(), Javascript("alert('from a cell')"))
display(HTML("<script>{FOREIGN}</script><img src='https://example.org/a.png' onerror='alert(1)'>"))
"""
KINDS = [
    *("report/index.html", "report/texts"),
    *("reports/index.html", "reports/01_ours.html"),
    "table.html",
]


class Page(HTMLParser):
    """What of a page could load or run something, in its order."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] == "script" and self.cdata_elem == "script":
            self.scripts[-1] += data

    @property
    def policies(self) -> list[int]:
        """Where among the elements a policy stands."""
        wanted = "Content-Security-Policy"
        return [n for n, (_, held) in enumerate(self.elements) if held.get("http-equiv") == wanted]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of page: reports of articles and notebooks, their indexes, texts, tables."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "articles").mkdir()
    text = "Threats & <b>talks</b>\n\nThe minister warned of a security threat."
    (folder / "articles" / "a.txt").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        leave_undrawn(patch)
        assert main(["report", str(folder / "articles"), str(folder / "report")]) == 0
    cells = [nbformat.v4.new_markdown_cell("# Ours"), nbformat.v4.new_code_cell(SHOWN)]
    (folder / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks" / "01_ours.ipynb")
    output, figures = folder / "reports", folder / "figures"
    run_notebooks(folder / "notebooks", output=output, figures=figures, data=folder / "articles")
    documents = fa.read_documents(folder / "articles")
    fa.save_formatted(documents.drop(columns="text"), folder / "table.html")
    return folder


@pytest.fixture(params=KINDS)
def page(folder: Path, request: pytest.FixtureRequest) -> Page:
    path = folder / request.param
    return Page(path if path.is_file() else next(path.glob("*.html")))


def test_the_policy_is_the_first_that_a_browser_reads(page: Page) -> None:
    (place,) = page.policies
    assert page.elements[place][1]["content"] == page_policy()
    assert {tag for tag, _ in page.elements[:place]} <= HARMLESS


def test_only_our_own_scripts_may_run(page: Page) -> None:
    assert page.scripts.count(FOREIGN) <= 1
    for script in page.scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert (f"'sha256-{digest}'" in page_policy()) == (script != FOREIGN), script


def test_no_element_of_ours_runs_a_script_or_asks_outside(page: Page) -> None:
    for tag, held in page.elements:
        shown = held.get("src") == "https://example.org/a.png"  # by a cell, which the policy stops
        assert shown or not [name for name in held if name.startswith("on")], tag
        if tag != "a":
            addresses = [str(held[name]) for name in ("src", "href", "data") if name in held]
            assert shown or not [url for url in addresses if "//" in url.partition(",")[0]], tag


def test_nothing_is_allowed_but_styles_and_pictures_of_the_page_and_our_scripts() -> None:
    directives = dict(part.strip().split(" ", 1) for part in page_policy().split(";"))
    scripts = directives.pop("script-src").split()
    assert scripts
    assert all(one.startswith("'sha256-") for one in scripts)
    assert directives == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_no_page_begins_but_with_the_policy() -> None:
    files = [
        path
        for path in (ROOT / "analysis").rglob("*.*")
        if path.suffix not in (".c", ".pyd", ".so")
    ]
    texts = {path: path.read_text("utf-8") for path in files if "__pycache__" not in path.parts}
    beginning = {p.name for p, t in texts.items() if "<!DOCTYPE html" in t or "make_page=" in t}
    assert beginning == {"head.html"}
