"""Documents are explored by mouse and keys in a real JupyterLab; pandas has the say."""

from collections.abc import Iterator
from typing import Any

import nbformat
import pandas as pd
import pytest

import analysis as fa
from tests.browser.conftest import (
    Lab,
    choose_from_menu,
    console_errors,
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

NOTEBOOK = "explorer.ipynb"
WIDGET = ".mf-explorer"
BAR = ".mf-explorer-bar"
DOWN, ENTER, ESCAPE = "\ue015", "\ue007", "\ue00c"
# Articles of this project, invented for demonstration, and one that tries to be HTML.
PREPARE = f"""import pandas as pd
import analysis as fa
documents = fa.read_documents({str(fa.data_folder())!r})
hostile = fa.documents_from_texts(["<b>threat</b> <script>console.error(1)</script> 😀 threat"],
                                  ["hostile"])
documents = pd.concat([documents, hostile], ignore_index=True)
paragraphs = fa.split_paragraphs(documents)
lexica = [fa.load_lexicon(name) for name in ("framing", "hedging", "boosters")]
hits = fa.find_hits(paragraphs, lexica)
scores = fa.score_paragraphs(paragraphs, hits, lexica)"""
SHOW = "fa.explore(paragraphs, hits, scores, lexica)"


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    said: dict[str, Any] = {}
    exec(PREPARE, said)  # noqa: S102 - the same tables as in the notebook
    return {name: said[name] for name in ("paragraphs", "hits", "scores")}


@pytest.fixture
def explorer(page: Any, lab: Lab) -> Iterator[Any]:
    """The notebook opened and run, in a window in which all of it can be seen."""
    before = page.get_window_size()
    page.set_window_size(1400, 1500)
    cells = [nbformat.v4.new_code_cell(source) for source in (PREPARE, SHOW)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), lab.folder / NOTEBOOK)
    open_notebook(page, lab, NOTEBOOK)
    run_all_cells(page)
    wait_for(lambda: find_all(page, BAR), "bars", 30)
    page.execute_script(f"document.querySelector('{WIDGET}').scrollIntoView()")
    yield page
    page.set_window_size(before["width"], before["height"])


def press(page: Any, key: str) -> None:
    page.switch_to.active_element.send_keys(key)


def box(page: Any, label: str) -> Any:
    boxes = find_all(page, f"{WIDGET} .mf-explorer-box")
    return next(b for b in boxes if label in b.text).find_element("css selector", "input")


def choose_option(page: Any, select: str, beginning: str) -> None:
    options = find_all(page, f"{WIDGET} .mf-explorer-{select} option")
    next(option for option in options if option.text.startswith(beginning)).click()


def choose_document(page: Any, name: str, tables: dict[str, pd.DataFrame]) -> None:
    choose_option(page, "select", name)
    own = tables["paragraphs"][tables["paragraphs"]["document_id"] == name]
    beginning = own["text"].iloc[-1].splitlines()[0][:30]
    wait_for(lambda: beginning in shown_text(page), "document")


def shown_text(page: Any) -> str:
    script = "return [...document.querySelectorAll('.mf-explorer-words')].map((n) => n.innerText)"
    return "\n".join(page.execute_script(script))


def bars(page: Any) -> list[tuple[int, str, str]]:
    """Return paragraph, category and label of every bar."""
    script = f"""return [...document.querySelectorAll('{BAR}')].map((bar) => [
        Number(bar.dataset.paragraph), bar.dataset.category,
        bar.querySelector('.mf-explorer-value').textContent])"""
    return [tuple(row) for row in page.execute_script(script)]


def rows(page: Any) -> list[list[str]]:
    script = """return [...document.querySelectorAll('.mf-explorer-table tbody tr')].map(
        (row) => [...row.cells].map((cell) => cell.textContent))"""
    return list(page.execute_script(script))


def expected_bars(
    tables: dict[str, pd.DataFrame], name: str, hits: pd.DataFrame, categories: list[str]
) -> list[tuple[int, str, int, float]]:
    """Count the hits of each paragraph with pandas, over the tokens of `scores`."""
    own = tables["scores"][tables["scores"]["document_id"] == name]
    counted = hits[(hits["document_id"] == name) & hits["blocked_by"].isna()]
    found = counted.groupby(["paragraph", "category"]).size()
    return [
        (row.paragraph, row.category, n, 1000 * n / row.n_tokens)
        for row in own[own["category"].isin(categories)].itertuples()
        for n in [int(found.get((row.paragraph, row.category), 0))]
    ]


def assert_bars_equal(page: Any, expected: list[tuple[int, str, int, float]]) -> None:
    shown = bars(page)
    assert [row[:2] for row in shown] == [row[:2] for row in expected]
    for (_, _, label), (_, _, n, rate) in zip(shown, expected, strict=True):
        number, count = label.removesuffix(")").split(" (")
        assert int(count) == n
        assert float(number) == pytest.approx(rate, abs=0.0501)


def test_a_document_is_explored_by_mouse_and_keys(
    explorer: Any, lab: Lab, tables: dict[str, pd.DataFrame]
) -> None:
    page, hits = explorer, tables["hits"]
    names = tables["paragraphs"]["document_id"].unique().tolist()
    everything = tables["scores"]["category"].unique().tolist()
    assert not find(page, ".mf-explorer-static").is_displayed()
    assert_bars_equal(page, expected_bars(tables, names[0], hits, everything))
    take_picture(page, "explorer_opened")

    choose_document(page, names[1], tables)
    box(page, "hedging").click()
    categories = [name for name in everything if name != "hedging"]
    assert_bars_equal(page, expected_bars(tables, names[1], hits, categories))
    own = hits[(hits["document_id"] == names[1]) & hits["blocked_by"].isna()]
    own = own[own["category"] != "hedging"]
    assert [row[1] for row in rows(page)] == own.sort_values(["paragraph", "start", "end"])[
        "surface"
    ].tolist()

    last = find_all(page, f"{WIDGET} {BAR}[data-category=security]")[-1]
    place = int(last.get_attribute("data-paragraph"))
    last.click()
    marked = find(page, ".mf-explorer-marked")
    text = find(page, ".mf-explorer-text")
    assert find_all(page, ".mf-explorer-paragraph")[place] == marked
    assert page.switch_to.active_element == marked
    assert text.rect["y"] <= marked.rect["y"] <= text.rect["y"] + text.rect["height"] - 20
    press(page, ESCAPE)
    assert page.switch_to.active_element == last

    find(page, ".mf-explorer-hits").click()
    entry = find(page, ".mf-explorer-entry")
    first = own.sort_values(["paragraph", "start"]).iloc[0]
    for told in (first["entry"], first["category"], "unless", "certainty", first["lexicon"]):
        assert told in entry.text
    assert find(page, ".mf-explorer-entry mark").text == first["surface"]
    assert find(page, ".mf-explorer-chosen-row").text.split()[0] == str(first["paragraph"])
    take_picture(page, "explorer_light")
    assert errors_of_cells(page) == []
    assert console_errors(page) == []
    assert foreign_requests(page, lab) == []
    use_theme(page, "JupyterLab Dark")
    take_picture(page, "explorer_dark")
    assert unreadable(page) == []
    use_theme(page, "JupyterLab Light")
    assert unreadable(page) == []
    assert console_errors(page) == []


def unreadable(page: Any) -> list[str]:
    """Return pieces of the widget's text whose contrast is below 4.5, tints mixed in."""
    return list(
        page.execute_script("""
        const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
        const over = (colors) => {
            canvas.clearRect(0, 0, 1, 1);
            for (const color of colors) { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); }
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
        };
        const light = (rgb) => rgb.map((c) => c / 255)
            .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const found = [];
        for (const node of document.querySelectorAll('.mf-explorer *')) {
            const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
            if (!own || node.closest('[aria-hidden]') || !node.checkVisibility()) continue;
            const grounds = [];
            for (let up = node; up; up = up.parentElement)
                grounds.unshift(getComputedStyle(up).backgroundColor);
            const ground = over(grounds);
            const ink = over([...grounds, getComputedStyle(node).color]);
            const [a, b] = [light(ground), light(ink)].sort((x, y) => y - x);
            if ((a + 0.05) / (b + 0.05) < 4.5) found.push(node.className + ': ' + node.textContent);
        }
        return found;""")
    )


def test_voice_and_certainty_filter_as_pandas_does_and_vetoed_hits_count_nowhere(
    explorer: Any, tables: dict[str, pd.DataFrame]
) -> None:
    page, hits = explorer, tables["hits"]
    name = tables["paragraphs"]["document_id"].iloc[0]
    everything = tables["scores"]["category"].unique().tolist()
    for label, kept in [
        ("asserted only", ["asserted"]),
        ("asserted and hedged", ["asserted", "hedged"]),
    ]:
        choose_option(page, "at-least", label)
        chosen = hits[hits["certainty"].isin(kept)]
        assert_bars_equal(page, expected_bars(tables, name, chosen, everything))
        assert box(page, "negated").is_selected() is False
    box(page, "narrator").click()
    chosen = chosen[chosen["voice"] != "narrator"]
    assert_bars_equal(page, expected_bars(tables, name, chosen, everything))
    box(page, "asserted").click()
    assert find(page, ".mf-explorer-at-least").get_attribute("value") == "own"
    box(page, "asserted").click()
    assert_bars_equal(page, expected_bars(tables, name, chosen, everything))

    with_vetoes = hits.loc[hits["blocked_by"].notna(), "document_id"].iloc[0]
    choose_document(page, with_vetoes, tables)
    box(page, "narrator").click()
    choose_option(page, "at-least", "all")
    before = bars(page)
    assert not find_all(page, ".mf-explorer-vetoed")
    box(page, "struck through").click()
    assert bars(page) == before
    own = hits[hits["document_id"] == with_vetoes]
    assert len(rows(page)) == len(own)
    vetoed = find(page, ".mf-explorer-vetoed")
    assert "line-through" in vetoed.value_of_css_property("text-decoration")
    find(page, ".mf-explorer-vetoed-row button").click()
    take_picture(page, "explorer_vetoed")
    blocked = own.loc[own["blocked_by"].notna(), "blocked_by"].iloc[0]
    assert f"“{blocked}”: it does not count" in find(page, ".mf-explorer-entry").text
    assert console_errors(page) == []


def test_everything_is_reached_by_keys_and_texts_are_shown_as_they_are_written(
    explorer: Any, lab: Lab
) -> None:
    page = explorer
    search = find(page, ".mf-explorer-search")
    search.send_keys("HOSTILE")
    search.send_keys(ENTER)
    wait_for(lambda: "<b>threat" in shown_text(page), "document found")
    assert "<script>console.error(1)</script> 😀 " in shown_text(page)
    assert not find_all(page, ".mf-explorer-text b, .mf-explorer script")
    assert [row[1] for row in rows(page)] == ["threat", "threat"]

    chart = find(page, f"{WIDGET} {BAR}[tabindex='0']")
    page.execute_script("arguments[0].focus()", chart)
    press(page, DOWN)
    assert page.switch_to.active_element.get_attribute("data-category") == "sovereignty"
    press(page, ENTER)
    assert find(page, ".mf-explorer-marked") == page.switch_to.active_element
    hit = find(page, ".mf-explorer-hits[tabindex='0']")
    page.execute_script("arguments[0].focus()", hit)
    press(page, DOWN)
    press(page, ENTER)
    quoted = find(page, ".mf-explorer-entry blockquote").text
    assert "😀 threat" in quoted
    assert len(find_all(page, ".mf-explorer-chosen-row")) == 1
    cells = len(find_all(page, ".jp-Cell"))
    for key in ("x", "a", "d", "d"):
        press(page, key)
    assert len(find_all(page, ".jp-Cell")) == cells
    assert console_errors(page) == []
    assert foreign_requests(page, lab) == []

    choose_from_menu(page, "File", "docmanager:save")
    wait_for(lambda: "mf-explorer-static" in (lab.folder / NOTEBOOK).read_text("utf-8"), "saving")
    saved = nbformat.read(lab.folder / NOTEBOOK, as_version=4)
    assert "console.error" not in str([saved.cells[1].outputs, saved.metadata])


def test_it_is_legible_in_a_narrow_window(explorer: Any) -> None:
    page = explorer
    page.execute_script(f"document.querySelector('{WIDGET}').style.width = '370px'")
    find(page, ".mf-explorer-hits").click()
    wide = page.execute_script(
        "return [...document.querySelectorAll('.mf-explorer, .mf-explorer-chart,"
        " .mf-explorer-text, .mf-explorer-entry')]"
        ".filter((n) => n.scrollWidth > n.clientWidth + 1).map((n) => n.className)"
    )
    assert wide == []
    take_picture(page, "explorer_narrow")
    assert console_errors(page) == []
