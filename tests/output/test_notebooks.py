"""Notebooks are executed apart from each other, and their reports need nothing else."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread
from nbconvert import SlidesExporter

import analysis as fa
from analysis.__main__ import main
from analysis.errors import MediaFramingError
from analysis.output.index_page import Report
from analysis.output.notebooks import KIND, run_notebooks
from analysis.saving.swapping import replaced_whole
from tests.notebooks import tracked_notebooks

ROOT = Path(__file__).resolve().parents[2]
NAMES = [path.stem for path in tracked_notebooks()]

GOOD = [
    "# Does it run?\n\nA *first* paragraph about $5 and $6.",
    "import os, sys, warnings\nfrom pathlib import Path\nimport analysis as fa\nprint('cell one')",
    "print(fa.data_folder(), fa.figures_folder(), Path.cwd().name, sep='\\n')",
    "warnings.warn('look at this')",
    "print('half a character: \\udcff\\n<b>Two</b>.\\nWarnings:\\n- Copies: <i>three</i>.')",
    "## A chart",
    "import matplotlib.pyplot as plt\nax = plt.figure().add_subplot()\nplt.show()\n"
    "Path(fa.figures_folder(), '01_chart.png').write_bytes(b'png')",
]
FAILING = [
    "# Does it fail?",
    "print('before')",
    "from analysis.errors import ReadingError\nraise ReadingError('no <articles> in here')",
    "print('never')\nfa.save_figure(ax, '02_late', data=table)",
]


# Which cells of the good notebook hold what it found: one of them prints half a character.
TAGS = {4: "answer", 6: "answer-figure"}


def write_notebook(path: Path, sources: list[str], tags: dict[int, str] | None = None) -> None:
    cells = [
        nbformat.v4.new_markdown_cell(source)
        if source.startswith("#")
        else nbformat.v4.new_code_cell(source)
        for source in sources
    ]
    for number, tag in (tags or {}).items():
        cells[number].metadata["tags"] = [tag]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def save_earlier_figure(name: str, folder: Path) -> dict[str, Path]:
    return fa.save_figure(Figure(), name, data=pd.DataFrame({"rate": [1.0]}), folder=folder)


def articles_in(folder: Path) -> Path:
    (folder / "articles").mkdir()
    return folder / "articles"


def wait_until(holds: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < give_up
        time.sleep(0.05)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def external_addresses(page: str) -> list[str]:
    return re.findall(
        r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?+(?!data:)[^>]*", page
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Report], list[str]]:
    """One run of a good and a failing notebook, in a folder with a space in its name."""
    folder = tmp_path_factory.mktemp("a run")
    for name in ("notebooks", "articles"):
        (folder / name).mkdir()
    write_notebook(folder / "notebooks" / "01_good.ipynb", GOOD, TAGS)
    write_notebook(folder / "notebooks" / "02_failing.ipynb", FAILING)
    reports = folder / "reports"
    with replaced_whole(reports, KIND) as earlier:
        (earlier / "figures").mkdir()
        for name in ("figures/old.png", "03_earlier.html"):
            (earlier / name).write_text("of an earlier run", encoding="utf-8")
    save_earlier_figure("02_late", folder / "figures")
    for name in ("01_stale.png", "mine.png"):
        (folder / "figures" / name).write_bytes(b"of the user")
    lines: list[str] = []
    results = run_notebooks(
        folder / "notebooks",
        output=reports,
        data=folder / "articles",
        figures=folder / "figures",
        tell=lines.append,
    )
    return folder, results, lines


def test_a_failing_notebook_does_not_stop_the_others(
    run: tuple[Path, list[Report], list[str]],
) -> None:
    _, results, lines = run
    assert [(result.name, result.status) for result in results] == [
        ("01_good", "ok"),
        ("02_failing", "failed"),
    ]
    assert results[0].title == "Does it run?"
    assert results[1].error == "code cell 2: ReadingError: no <articles> in here"
    good, failing = sorted(lines)
    assert re.fullmatch(r"01_good     ok +\d+\.\d s", good)
    assert re.fullmatch(
        r"02_failing  failed +\d+\.\d s\n    stopped in code cell 2: ReadingError: .*", failing
    )


def test_kernels_get_their_folders_and_this_process_keeps_its_own(
    run: tuple[Path, list[Report], list[str]],
) -> None:
    folder, _, _ = run
    executed = nbformat.read(folder / "reports" / "01_good.ipynb", as_version=4)
    printed = executed.cells[2].outputs[0].text.splitlines()
    assert printed == [str(folder / "articles"), str(folder / "figures"), "notebooks"]
    assert "MEDIA_FRAMING_DATA" not in os.environ


def test_a_report_shows_outputs_warnings_and_figures(
    run: tuple[Path, list[Report], list[str]],
) -> None:
    page = (run[0] / "reports" / "01_good.html").read_text(encoding="utf-8")
    assert "cell one" in page
    assert "look at this" in page
    assert "without encryption" not in page
    assert "about $5 and $6" in page
    assert '<html lang="en">' in page
    assert "<title>Does it run?</title>" in page
    assert 'href="index.html"' in page
    assert 'alt="Figure: A chart"' in page


def test_code_is_folded_away_in_a_report(run: tuple[Path, list[Report], list[str]]) -> None:
    page = (run[0] / "reports" / "01_good.html").read_text(encoding="utf-8")
    folded = re.findall(r'<details class="report-code">.*?</details>', page, re.DOTALL)
    assert len(folded) == 5
    assert "<details open" not in page


def test_a_report_up_to_the_failing_cell_says_where_it_stopped(
    run: tuple[Path, list[Report], list[str]],
) -> None:
    page = (run[0] / "reports" / "02_failing.html").read_text(encoding="utf-8")
    assert "before" in page
    stopped = re.search(r'<p class="report-stopped"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert stopped
    assert "code cell 2: ReadingError: no &lt;articles&gt; in here" in stopped[1]
    assert "Traceback" not in page


@pytest.mark.parametrize("name", ["01_good.html", "02_failing.html"])
def test_a_report_loads_nothing_from_elsewhere(
    run: tuple[Path, list[Report], list[str]], name: str
) -> None:
    page = (run[0] / "reports" / name).read_text(encoding="utf-8")
    assert external_addresses(page) == []
    assert "@import" not in page
    assert not re.search(r"url\(\s*[\"']?http", page)


def test_the_index_shows_the_figures_of_this_run_and_has_copies_of_them(
    run: tuple[Path, list[Report], list[str]],
) -> None:
    reports = run[0] / "reports"
    page = (reports / "index.html").read_text(encoding="utf-8")
    assert "figures/01_chart.png" in page
    assert "stale" not in page
    assert [path.name for path in (reports / "figures").iterdir()] == ["01_chart.png"]


def test_the_index_opens_with_what_a_tagged_cell_printed_and_its_figure(
    run: tuple[Path, list[Report], list[str]],
) -> None:
    reports = run[0] / "reports"
    assert [report.answer is not None for report in run[1]] == [True, False]
    top = (reports / "index.html").read_text(encoding="utf-8").split("<article>")[1]
    assert "<p>half a character: \ufffd</p>" in top
    assert '<img src="answers/01_good.png" alt="The rates that are compared">' in top
    assert imread(reports / "answers" / "01_good.png").size > 0


def test_a_report_has_what_was_found_below_its_title_and_as_prose_where_it_was_printed(
    run: tuple[Path, list[Report], list[str]],
) -> None:
    report = (run[0] / "reports" / "01_good.html").read_text(encoding="utf-8")
    marks = ("A <em>first</em>", 'aria-label="What was found"', "cell one", 'id="answer"')
    title, first, other, printed = (report.index(mark) for mark in marks)
    assert title < first < other < printed
    assert report.count("<p>&lt;b&gt;Two&lt;/b&gt;.</p>") == 2
    # The warnings stand once, and a link on top leads there.
    assert 'href="#answer">1 warning' in report[first:printed]
    assert report.index("<strong>Copies:</strong> &lt;i&gt;three") > printed
    assert "What was found" not in (run[0] / "reports" / "02_failing.html").read_text("utf-8")


def test_figures_of_an_earlier_run_do_not_outlive_a_run_that_makes_none(
    run: tuple[Path, list[Report], list[str]],
) -> None:
    left = {path.name for path in (run[0] / "figures").iterdir()}
    # The others are saved by none of these notebooks, and may be anybody's.
    visible = {name for name in left if not name.startswith(".")}
    assert visible == {"01_chart.png", "01_stale.png", "mine.png", "made_from.txt"}


def test_the_reports_of_an_earlier_run_are_replaced_whole(
    run: tuple[Path, list[Report], list[str]],
) -> None:
    folder, _, _ = run
    assert {path.name for path in (folder / "reports").iterdir()} == {
        *("01_good.html", "01_good.ipynb", "02_failing.html", "02_failing.ipynb"),
        *("index.html", "figures", "answers", ".media-framing.json"),
    }
    assert not any(folder.glob(".*"))


def test_a_file_that_is_no_notebook_is_reported_like_a_failing_one(tmp_path: Path) -> None:
    (tmp_path / "01_broken.ipynb").write_text('{"cells": 3', encoding="utf-8")
    (result,) = run_notebooks(
        tmp_path,
        output=tmp_path / "reports",
        data=articles_in(tmp_path),
        figures=tmp_path / "figures",
    )
    assert result.error
    assert "no notebook" in result.error
    assert (tmp_path / "reports" / "01_broken.html").exists()


def test_a_cell_that_takes_too_long_and_a_kernel_that_dies_are_reported(tmp_path: Path) -> None:
    write_notebook(tmp_path / "01_slow.ipynb", ["import time", "time.sleep(60)"])
    write_notebook(tmp_path / "02_dead.ipynb", ["import os\nos._exit(1)"])
    slow, dead = run_notebooks(
        tmp_path,
        output=tmp_path / "reports",
        data=articles_in(tmp_path),
        figures=tmp_path / "figures",
        timeout=2,
    )
    assert slow.error == "code cell 2: the cell took longer than 2 s"
    assert dead.error
    assert dead.error.startswith("code cell 1: Python itself ended")


def test_an_interrupt_ends_the_run_and_its_kernels_at_once(tmp_path: Path) -> None:
    sleep = (
        "import os, time; from pathlib import Path\n"
        f"Path({str(tmp_path)!r}, 'kernel').write_text(str(os.getpid())); time.sleep(600)"
    )
    write_notebook(tmp_path / "01_slow.ipynb", [sleep])
    program = (
        "import sys; from analysis.output.notebooks import run_notebooks; folder = sys.argv[1]\n"
        "run_notebooks(folder, output=folder + '/reports', data=folder + '/articles',"
        " figures=folder + '/figures')"
    )
    articles_in(tmp_path)
    with replaced_whole(tmp_path / "reports", KIND) as earlier:
        (earlier / "index.html").write_text("of an earlier run")
    started = subprocess.Popen([sys.executable, "-c", program, tmp_path], stderr=subprocess.PIPE)
    kernel = tmp_path / "kernel"
    wait_until(lambda: kernel.exists() and kernel.read_text() != "")
    started.send_signal(signal.SIGINT)
    _, message = started.communicate(timeout=120)
    assert message.rstrip().endswith(b"KeyboardInterrupt")
    wait_until(lambda: not is_running(int(kernel.read_text())))
    assert (tmp_path / "reports" / "index.html").read_text() == "of an earlier run"
    assert not any(tmp_path.glob(".*"))


def test_what_does_not_exist_or_may_not_be_written_is_refused(tmp_path: Path) -> None:
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    options = {
        "output": tmp_path / "out",
        "data": articles_in(tmp_path),
        "figures": tmp_path / "figures",
    }
    with pytest.raises(MediaFramingError, match="holds no notebooks"):
        run_notebooks(notebooks, **options)
    write_notebook(notebooks / "01_good.ipynb", ["1"])
    with pytest.raises(MediaFramingError, match="no notebook '04'; there are 01_good"):
        run_notebooks(notebooks, names=["04"], **options)
    with pytest.raises(MediaFramingError, match="no folder"):
        run_notebooks(notebooks, **{**options, "data": tmp_path / "missing"})
    with pytest.raises(MediaFramingError, match=r"holds '01_good\.ipynb' and no"):
        run_notebooks(notebooks, **{**options, "output": notebooks})
    (tmp_path / "file").write_text("")
    with pytest.raises(MediaFramingError, match="is a file; give a folder"):
        run_notebooks(notebooks, **{**options, "output": tmp_path / "file"})
    with pytest.raises(MediaFramingError, match="cannot write to"):
        run_notebooks(notebooks, **{**options, "figures": tmp_path / "file"})
    assert json.loads((notebooks / "01_good.ipynb").read_text())["cells"][0]["outputs"] == []


def test_a_wrong_argument_ends_in_one_sentence_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["notebooks", "--data", str(tmp_path / "missing"), "--output", str(tmp_path)]) == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "there is no folder" in message
    with pytest.raises(SystemExit) as stop:
        main(["notebooks", "--jobs", "0"])
    assert stop.value.code == 2


def test_files_that_cannot_be_read_are_told_and_listed_and_end_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = tmp_path / "articles"
    (tmp_path / "notebooks").mkdir()
    articles.mkdir()
    write_notebook(tmp_path / "notebooks" / "01_good.ipynb", ["# Good", "1 + 1"])
    (tmp_path / "data" / "articles").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    # The files are read, told and listed by this process, whatever kernels do.
    monkeypatch.setattr("analysis.output.notebooks._execute", lambda *_: None)
    (articles / "one.txt").write_text("Talks resume\n\nEnvoys met.\n")
    assert run_all(tmp_path, articles) == 0
    for shown in (capsys.readouterr().out, (tmp_path / "reports" / "index.html").read_text()):
        assert not re.search("files? could not be read", shown)
    (articles / "empty.pdf").write_bytes(b"")
    (articles / "false.docx").write_text("no Word file")
    (articles / "junk.pdf").write_text("no PDF file")
    for n in range(9):
        (articles / f"photo_{n}.jpg").write_bytes(b"\xff\xd8")
    (articles / "metadata.csv").write_text("file,outlet\ngone.txt,Daily\n")
    assert run_all(tmp_path, articles) == 1
    told = capsys.readouterr().out
    page = (tmp_path / "reports" / "index.html").read_text(encoding="utf-8")
    for shown in (told, page):
        assert "12 files could not be read:" in shown
        assert f"{articles}/empty.pdf: the file is empty; " in shown
        assert f"{articles}/false.docx: it is no Word file" in shown
        assert f"{articles}/junk.pdf: it is no PDF file" in shown
        assert "and 2 more" in shown
        assert "photo_8" not in shown
        assert "metadata.csv, line 2: no document that was read has the file" in shown


def run_all(tmp_path: Path, data: Path, *names: str) -> int:
    """Run the project's notebooks as `make notebooks` does, or those named."""
    arguments = [
        "--data",
        data,
        "--output",
        tmp_path / "reports",
        "--figures",
        tmp_path / "figures",
    ]
    return main(["notebooks", *names, *map(str, arguments)])


def first_answer(reports: Path, number: str) -> tuple[str, ...]:
    """Return the first two sentences that a notebook ends with: rates, differences and tests."""
    (path,) = reports.glob(f"{number}_*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    (cell,) = (cell for cell in cells if "answer" in cell.metadata.get("tags", []))
    return tuple(cell.outputs[0].text.splitlines()[:2])


def is_cut(figure: Path) -> bool:
    """Tell whether anything dark reaches the edge of a picture, as a label does that is cut."""
    lightness = imread(figure)[..., :3].min(axis=2)
    edges = (lightness[0], lightness[-1], lightness[:, 0], lightness[:, -1])
    return any((edge < 0.8).any() for edge in edges)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_makes_slides_with_each_figure_and_answer_on_its_own(name: str) -> None:
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    kinds = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in notebook.cells]
    assert set(kinds) == {"slide", "subslide", "skip"}
    for cell, kind in zip(notebook.cells, kinds, strict=True):
        tags = cell.metadata.get("tags", [])
        if "parameters" in tags or cell.source.startswith(("import ", "## Parameters")):
            assert kind == "skip"
        elif cell.source.startswith(("# ", "## ")) and cell.cell_type == "markdown":
            assert kind == "slide"
        elif "fa.save_figure(" in cell.source or "answer" in tags:
            assert kind == "subslide"


def test_slides_of_a_notebook_show_no_code_and_are_as_many_as_it_says() -> None:
    notebook = nbformat.read(ROOT / "notebooks" / f"{NAMES[6]}.ipynb", as_version=4)
    kinds = [cell.metadata["slideshow"]["slide_type"] for cell in notebook.cells]
    page, _ = SlidesExporter(exclude_input=True).from_notebook_node(notebook)
    # A slide is a column that begins with one of its slides.
    assert page.count("<section") == 2 * kinds.count("slide") + kinds.count("subslide")
    assert "fa.data_folder()" not in page


def test_what_is_true_of_the_demonstration_articles_alone_is_no_prose() -> None:
    for path in tracked_notebooks():
        cells = nbformat.read(path, as_version=4).cells
        prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        assert not re.search("demonstration|invented", prose), path.name
        assert any("fa.demonstration_codes(DATA)" in cell.source for cell in cells), path.name


# All ten take minutes: left to what runs them in a browser anyway.
@pytest.mark.parametrize(
    "names",
    [
        ("06_outlets_and_dates",),
        pytest.param(tuple(NAMES), marks=pytest.mark.browser_suite, id="all"),
    ],
)
def test_the_notebooks_run_on_the_bundled_articles(
    tmp_path: Path, articles_folder: Path, names: tuple[str, ...]
) -> None:
    assert run_all(tmp_path, articles_folder, *names) == 0
    figures = {path.suffix for path in (tmp_path / "figures").glob("0*")}
    assert figures == {".png", ".svg", ".csv", ".txt"}
    assert [path.name for path in (tmp_path / "figures").glob("*.png") if is_cut(path)] == []
    for path in (tmp_path / "reports").glob("0*.ipynb"):
        saved = len(list((tmp_path / "figures").glob(f"{path.name[:2]}_*.png")))
        shown = path.read_text(encoding="utf-8").count('"image/png"')
        assert shown == saved, f"{path.name} shows every figure that it saves"
    compared = {"00", "03", "06"} & {name[:2] for name in names}
    told = {first_answer(tmp_path / "reports", number) for number in compared}
    assert len(told) == 1, "one comparison has one result"
    for path in (tmp_path / "reports").glob("0*.html"):
        assert external_addresses(path.read_text(encoding="utf-8")) == []


# A minute more: left to what runs all notebooks anyway.
@pytest.mark.browser_suite
def test_the_notebooks_run_on_two_short_articles_without_metadata(tmp_path: Path) -> None:
    articles = tmp_path / "two articles"
    articles.mkdir()
    (articles / "a.txt").write_text("Troops may cross.\n\nThe border is open.\n", encoding="utf-8")
    (articles / "b.txt").write_text("Pensions rise.", encoding="utf-8")
    assert run_all(tmp_path, articles) == 0


def test_the_notebook_on_human_codes_reads_what_coders_filled_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first run would write the files; here they are filled in before, for the same draw."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for n in range(4):
        (articles / f"{n}.txt").write_text("Troops fire.\n\nRain fell.\n\nSoldiers sing.")
    monkeypatch.setenv("MEDIA_FRAMING_FIGURES", str(tmp_path / "figures"))
    paragraphs = fa.split_paragraphs(fa.read_documents(articles))
    lexicon = fa.load_lexicon("framing")
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    sheet = fa.make_coding_sheet(paragraphs, scores, n=len(paragraphs), by="outlet", seed=0)
    codebook = fa.make_codebook(lexicon)
    for coder in ("coder_1", "coder_2"):
        path = fa.coding_folder(sheet) / f"{coder}.csv"
        fa.save_coding_sheet(sheet, codebook, path, coder=coder)
        rows = pd.read_csv(path, dtype="str", keep_default_na=False)
        rows[list(lexicon.category_names)] = "0"
        rows.loc[rows["text"] == "Troops fire.", "security"] = "1"
        rows.to_csv(path, index=False)
    (report,) = run_notebooks(
        ROOT / "notebooks",
        names=["08_validate_against_human_codes"],
        data=articles,
        figures=tmp_path / "figures",
        output=tmp_path / "reports",
    )
    text = (tmp_path / "reports" / "08_validate_against_human_codes.ipynb").read_text("utf-8")
    assert report.error is None
    assert "72 codes, 0 problems" in text
    assert "held to human codes of 12 paragraphs from 4 documents" in text
    assert "precision 0.50" in text


# All notebooks read in the same way: one of them is enough for the quick tests.
@pytest.mark.parametrize(
    ("file", "reason", "names"),
    [
        ("a.docx", ".docx", NAMES[:1]),
        pytest.param(None, "holds no articles", NAMES, marks=pytest.mark.browser_suite, id="all"),
    ],
)
def test_a_folder_that_cannot_be_read_ends_in_the_sentence_of_the_error(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    file: str | None,
    reason: str,
    names: list[str],
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    if file:
        (folder / file).write_bytes(b"PK")
    assert run_all(tmp_path, folder, *names) == 1
    stops = re.findall(r"stopped in code cell \d+: ReadingError: (.*)", capsys.readouterr().out)
    assert len(stops) == len(names)
    assert all(reason in stop for stop in stops)
