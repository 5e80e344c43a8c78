"""Pages that the project writes are held to axe-core, any window, paper, and their own policy."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import analysis as fa
from analysis.__main__ import main
from tests.browser.conftest import (
    PATIENCE,
    TALLEST,
    console_errors,
    prefer_colours,
    set_window,
    take_picture,
    violations,
    wait_for,
)
from tests.notebooks import tracked_notebooks

pytestmark = pytest.mark.browser_suite

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "data" / "articles"
REPORTS = ["index", *(path.stem for path in tracked_notebooks())]
ARTICLE_REPORT = ["article_report", "article_text", "report_of_one"]
TABLE = "table"
NARROW, WIDE = 390, 1300
PICTURES_ARE_THERE = """
return [...document.images].every(image => image.complete && image.naturalWidth > 0);
"""
# Pictures out of sight are loaded only when they come into it.
LOADED = """
[...document.images].forEach(image => { image.loading = 'eager'; });
return [...document.images].every(image => image.complete && image.naturalWidth > 0);
"""
# What a reader would have to scroll the whole page sideways for.
TOO_WIDE = """
const room = document.documentElement.clientWidth;
return document.documentElement.scrollWidth > room ? [...document.querySelectorAll('body *')]
  .filter(element => element.getBoundingClientRect().right > room + 1)
  .map(element => element.outerHTML.slice(0, 80)) : [];
"""
# What is cut at the edge of the window, and not by a framed box that can be scrolled.
CUT = """
const room = document.documentElement.clientWidth;
const scrolls = box => {
  const style = getComputedStyle(box);
  return box.scrollWidth > box.clientWidth && style.overflowX === 'auto'
    && !style.display.startsWith('table') && style.borderRightStyle === 'solid';
};
return [...document.querySelectorAll('main img, main table')]
  .filter(shown => shown.getBoundingClientRect().right > room + 1)
  .filter(shown => {
    let box = shown.parentElement;
    while (box && !scrolls(box)) { box = box.parentElement; }
    return !box;
  })
  .map(shown => shown.outerHTML.slice(0, 80));
"""
# What stands in the last columns, and how many pictures there are.
PRINTED = """
const rows = [...document.querySelectorAll('main table tr, .gt_table tr')];
const shown = rows.filter(row => row.checkVisibility());
return [shown.map(row => row.lastElementChild.textContent), document.images.length];
"""
A4 = {"paperWidth": 8.27, "paperHeight": 11.69}


FIGURE_WIDTHS = """
return [...document.querySelectorAll('.jp-RenderedImage img, .gallery img')]
  .map(figure => figure.getBoundingClientRect().width);
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What `make notebooks` and `media-framing report` write for the bundled articles."""
    folder = tmp_path_factory.mktemp("pages")
    where = ["--output", str(folder / "reports"), "--figures", str(folder / "figures")]
    assert main(["notebooks", *REPORTS[1:], "--data", str(ARTICLES), *where]) == 0
    assert main(["report", str(ARTICLES), str(folder / "articles")]) == 0
    one = min(ARTICLES.glob("*.txt"))
    assert main(["report", str(one), str(folder / "one")]) == 0
    table = fa.read_documents(ARTICLES).drop(columns="text")
    fa.save_formatted(table, folder / f"{TABLE}.html")
    wide = table.assign(**{f"a column of number {n}": "some words" for n in range(16)})
    fa.save_formatted(wide, folder / "wide_table.html")
    return {name: folder / "reports" / f"{name}.html" for name in REPORTS} | {
        TABLE: folder / f"{TABLE}.html",
        "wide_table": folder / "wide_table.html",
        "article_report": folder / "articles" / "index.html",
        "article_text": min((folder / "articles" / "texts").glob("*.html")),
        "report_of_one": folder / "one" / "index.html",
    }


@pytest.fixture
def reader(driver: Any) -> Iterator[Any]:
    """The browser without a server, given back as it was."""
    driver.set_script_timeout(PATIENCE)
    yield driver
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    prefer_colours(driver, "light")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*REPORTS, *ARTICLE_REPORT])
def test_a_page_can_be_read_by_everybody(
    reader: Any, pages: dict[str, Path], axe: str, name: str, scheme: str
) -> None:
    prefer_colours(reader, scheme)
    # In a narrow window more boxes scroll, which must be in reach of the keyboard.
    set_window(reader, NARROW, 1000)
    reader.get(pages[name].as_uri())
    # Code that is folded away must be readable too.
    reader.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert violations(reader, axe) == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", [*REPORTS, *ARTICLE_REPORT])
def test_a_page_fits_a_window_of_any_width(
    reader: Any, pages: dict[str, Path], name: str, width: int
) -> None:
    for scheme in ("light", "dark"):
        prefer_colours(reader, scheme)
        set_window(reader, width, 1000)
        reader.get(pages[name].as_uri())
        height = reader.execute_script("return document.documentElement.scrollHeight")
        set_window(reader, width, min(height, TALLEST))
        wait_for(lambda: reader.execute_script(PICTURES_ARE_THERE), "pictures of the page")
        take_picture(reader, f"page_{name}_{width}_{scheme}")
        assert reader.execute_script(TOO_WIDE) == []
        assert reader.execute_script(CUT) == []


def letters(text: str) -> str:
    """Return a text without what breaks it into lines."""
    return re.sub(r"\W", "", text)


@pytest.mark.parametrize("name", [*REPORTS, *ARTICLE_REPORT, TABLE, "wide_table"])
def test_a_page_is_printed_without_cut_tables_or_figures(
    reader: Any, pages: dict[str, Path], name: str
) -> None:
    set_window(reader, WIDE, 1000)
    reader.get(pages[name].as_uri())
    wait_for(lambda: reader.execute_script(LOADED), "pictures of the page")
    last, n_pictures = reader.execute_script(PRINTED)
    content = base64.b64decode(reader.execute_cdp_cmd("Page.printToPDF", A4)["data"])
    printed, pictures = "", 0
    for page in pypdfium2.PdfDocument(content):
        width, height = page.get_size()
        text = page.get_textpage()
        printed += letters(text.get_text_range())
        for n in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(n)
            assert 0 <= left <= right <= width
        for picture in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = picture.get_bounds()
            assert min(left, bottom, width - right, height - top) >= 0
            pictures += 1
    assert [cell for cell in last if letters(cell) not in printed] == []
    assert pictures >= n_pictures


@pytest.mark.parametrize("name", [*REPORTS, "article_report"])
def test_figures_keep_their_size_in_a_narrow_window(
    reader: Any, pages: dict[str, Path], name: str
) -> None:
    set_window(reader, NARROW, 1000)
    reader.get(pages[name].as_uri())
    # The narrowest figure is 6 inches wide, of 96 pixels each.
    widths = reader.execute_script(FIGURE_WIDTHS)
    assert min(widths, default=600) > 570


@pytest.mark.parametrize("name", [*REPORTS, *ARTICLE_REPORT, TABLE])
def test_a_page_works_within_its_policy(reader: Any, pages: dict[str, Path], name: str) -> None:
    prefer_colours(reader, "dark")
    reader.get(pages[name].as_uri())
    wait_for(lambda: reader.execute_script(LOADED), "pictures of the page")
    # Whatever the policy stops, the console tells.
    assert console_errors(reader) == []
    if "<script>" in pages[name].read_text(encoding="utf-8"):
        marked = reader.execute_script("return document.body.dataset.jpThemeLight")
        assert marked == "false"


@pytest.mark.parametrize("name", ["article_text", "report_of_one"])
def test_the_strip_stands_beside_the_text_where_there_is_room_and_leads_into_it(
    reader: Any, pages: dict[str, Path], name: str
) -> None:
    def place(selector: str) -> dict[str, float]:
        asked = f"return document.querySelector('{selector}').getBoundingClientRect().toJSON()"
        return dict(reader.execute_script(asked))

    set_window(reader, WIDE, 900)
    reader.get(pages[name].as_uri())
    # All of the strip's first block is on the first screen.
    assert place(".strip table")["bottom"] < 900
    assert place(".strip")["right"] < place(".text")["left"]
    link = reader.find_elements("css selector", ".strip td a")[-1]
    # By the keyboard, as by a click.
    link.send_keys("\n")
    paragraph = "#" + reader.current_url.partition("#")[2]
    assert 0 <= place(paragraph)["top"] < 900
    assert place(".strip")["bottom"] > 0
    set_window(reader, NARROW, 900)
    assert place(".strip")["bottom"] <= place(".text")["top"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_article_fits_the_sheet_it_is_printed_on(
    reader: Any, pages: dict[str, Path], scheme: str
) -> None:
    set_window(reader, 718, 1000)  # A4 within the margins of the browser
    asked = [{"name": "prefers-color-scheme", "value": scheme}]
    reader.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": asked})
    reader.get(pages["article_text"].as_uri())
    assert reader.execute_script(TOO_WIDE) == []
    shown = "return getComputedStyle(document.querySelector('nav')).display"
    assert reader.execute_script(shown) == "none"
    reader.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_policy_stops_what_others_wrote_into_a_page(
    reader: Any, pages: dict[str, Path], tmp_path: Path
) -> None:
    page = pages["article_text"].read_text(encoding="utf-8")
    foreign = "<script>document.title = 'run'</script><img src='https://example.org/a.png'>"
    (tmp_path / "page.html").write_text(page.replace("</main>", f"{foreign}</main>"), "utf-8")
    reader.get("about:blank")
    console_errors(reader)
    reader.get((tmp_path / "page.html").as_uri())
    stopped = console_errors(reader)
    assert len(stopped) == 2
    assert all("Content Security Policy" in message for message in stopped)
    assert reader.title != "run"
