"""The command line: what it prints, what it writes, and with which code it ends."""

import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest

import analysis as fa
from analysis.__main__ import main
from tests.builders import IN_PROCESS, leave_undrawn

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("notebooks", "report", "score", "lint-lexicon", "convert-lexicon")
LEXICON = """\
name: mine
version: "1"
categories:
  edge:
    - border*
    - borders
    - c++
    - coast
"""
SOUND = LEXICON.replace("    - border*\n", "").replace("    - c++\n", "")
LIWC = "%\n1\tedge\n%\nborder*\t1\nlike\t(02 134)1/2\n"


class Links(HTMLParser):
    """Collects the addresses that a page leads to or shows, and its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.found += [unquote(value or "") for name, value in attrs if name in ("href", "src")]


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Score in this process, which takes a tenth of the time that starting others does."""
    from distributed import Client

    @contextmanager
    def cluster(*_: Any) -> Iterator[Any]:
        with Client(**IN_PROCESS) as client:
            yield client

    monkeypatch.setattr("analysis.scores.corpus.run._cluster", cluster)


def write_news(folder: Path) -> Path:
    path = folder / "news.csv"
    path.write_text("text,outlet\nA threat may grow.,Wire\n,Wire\nMore aid.,Daily\n")
    return path


def write_articles(folder: Path) -> Path:
    folder.mkdir()
    (folder / "one.txt").write_text("Talks <script>alert(1)</script>\n\nA threat, he said.\n")
    (folder / "two & more.txt").write_text("Aid <b>arrives</b>\n\nPensions may rise.\n")
    (folder / "metadata.csv").write_text("file,outlet,date\none.txt,Wire & Co,2024-05-14\n")
    return folder


class TestHelp:
    def test_lists_every_command_and_the_exit_codes(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["--help"])
        shown = capsys.readouterr().out
        assert ended.value.code == 0
        for name in COMMANDS:
            assert f"    {name}" in shown
        for code in ("0 ", "1 ", "2 ", "130 "):
            assert f"\n  {code}" in shown[shown.index("exit codes:") :]

    @pytest.mark.parametrize("command", COMMANDS)
    def test_of_a_command_has_examples_that_can_be_parsed_and_the_exit_codes(
        self, command: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from analysis.__main__ import _parser

        with pytest.raises(SystemExit):
            main([command, "--help"])
        shown = capsys.readouterr().out
        start = f"  python -m analysis {command}"
        examples = [line for line in shown.splitlines() if line.startswith(start)]
        assert examples
        for line in examples:
            arguments = line.replace('"', "").split()[3:]
            assert _parser().parse_args(arguments).run
        assert "exit codes: 0 " in shown

    def test_is_given_by_the_name_that_was_called(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "argv", ["/usr/bin/media-framing"])
        with pytest.raises(SystemExit):
            main(["score", "--help"])
        assert "  media-framing score news.parquet scores" in capsys.readouterr().out

    def test_tells_the_defaults_of_scoring(self, capsys: pytest.CaptureFixture[str]) -> None:
        from analysis.scores.corpus.run import LONGEST, PART_BYTES

        with pytest.raises(SystemExit):
            main(["score", "--help"])
        shown = capsys.readouterr().out
        assert f"({LONGEST:,})" in shown
        assert f"({PART_BYTES:,})" in shown


def test_the_installed_command_is_this_one() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    module, name = settings["project"]["scripts"]["media-framing"].split(":")
    assert getattr(import_module(module), name) is main


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["sing"],
        ["score", "news.csv"],
        ["score", "news.csv", "scores", "--split", "mood"],
        ["score", "news.csv", "scores", "--workers", "0"],
        ["score", "news.csv", "scores", "--longest", "many"],
        ["score", "news.csv", "scores", "--workers", "1", "--scheduler", "tcp://host:1"],
        ["convert-lexicon", "a.yml", "b.txt", "--format", "word"],
    ],
)
def test_wrong_arguments_end_with_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "error: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["score", "none.csv", "scores"], "none.csv"),
        (["score", "news.csv", "scores", "--lexicon", "no.yml"], "there is no lexicon file"),
        (["score", "news.csv", "scores", "--text-column", "body"], "name it with --text-column"),
        (["score", ".", "scores"], "lies in the input"),
        (["score", "news.csv", "articles"], "holds 'metadata.csv' and no .media-framing.json"),
        (["report", "none", "out"], "none"),
        (["report", "articles", "articles/out"], "lies in the input"),
        (["report", "articles", "news.csv"], "is a file"),
        (["report", "articles", "."], "lies in the output"),
        (["report", "news.csv", "articles"], "holds 'metadata.csv' and no .media-framing.json"),
        (["lint-lexicon", "no.yml"], "there is no lexicon file"),
        (["lint-lexicon", "framing", "--words", "no.txt"], "cannot be read"),
        (["lint-lexicon", "framing", "--words", "words.txt"], "line 2"),
        (["convert-lexicon", "no.yml", "out.yml"], "there is no lexicon file"),
        (["convert-lexicon", "framing", "out.xyz"], "--format"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write_news(tmp_path)
    write_articles(tmp_path / "articles")
    (tmp_path / "words.txt").write_text("border\t12\nborders\tmany\n")
    before = (tmp_path / "news.csv").read_bytes()
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "Traceback" not in error
    assert len(error.splitlines()) == 1
    assert (tmp_path / "news.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        (KeyboardInterrupt(), 130, "Stopped."),
        (PermissionError(13, "Permission denied", "/out"), 2, "'/out': Permission denied"),
    ],
)
def test_interruptions_and_faults_of_the_system_have_no_call_stack(
    fault: BaseException,
    code: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise fault

    monkeypatch.setattr("analysis.lexicons.loading.load_lexicon", fail)
    assert main(["lint-lexicon", "framing"]) == code
    assert told in capsys.readouterr().err


class TestScore:
    @pytest.mark.usefixtures("in_process")
    def test_counts_rows_and_tells_how_to_open_them(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        output = tmp_path / "scores"
        arguments = ["score", str(write_news(tmp_path)), str(output), "--lexicon", "framing"]
        assert main([*arguments, "--split", "voice", "certainty", "--hits"]) == 0
        shown = " ".join(capsys.readouterr().out.split())
        for told in ("Rows in: 3", "Scored: 2", "Skipped: 1", "Parts: 1, of which 0 done before"):
            assert told in shown
        assert f'fa.open_scores("{output}").to_table().to_pandas()' in shown
        assert f'fa.open_scores("{output}", "skipped")' in shown
        scores = fa.open_scores(output).to_table().to_pandas()
        assert {"voice", "certainty"} <= set(scores.columns)
        assert len(fa.open_scores(output, "hits").to_table()) == 1

    @pytest.mark.usefixtures("in_process")
    def test_goes_on_or_starts_over(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["score", str(write_news(tmp_path)), str(tmp_path / "scores")]
        assert main([*arguments, "--lexicon", "framing"]) == 0
        assert main([*arguments, "--lexicon", "framing"]) == 0
        assert "of which 1 done before" in capsys.readouterr().out
        assert main([*arguments, "--lexicon", "hedging"]) == 2
        assert "--restart to start over" in capsys.readouterr().err
        assert main([*arguments, "--lexicon", "hedging", "--restart"]) == 0
        assert "of which 0 done before" in capsys.readouterr().out

    @pytest.mark.usefixtures("in_process")
    def test_ends_with_one_where_a_file_cannot_be_read_or_nothing_is_scored(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = tmp_path / "corpus"
        folder.mkdir()
        write_news(folder)
        (folder / "broken.parquet").write_text("no Parquet")
        assert main(["score", str(folder), str(tmp_path / "a"), "--lexicon", "framing"]) == 1
        assert "Files unread: 1" in " ".join(capsys.readouterr().out.split())
        empty = tmp_path / "empty.csv"
        empty.write_text('text,outlet\n"",Wire\n')
        assert main(["score", str(empty), str(tmp_path / "b"), "--lexicon", "framing"]) == 1

    @pytest.mark.usefixtures("in_process")
    def test_takes_the_table_of_speakers_beside_the_input(self, tmp_path: Path) -> None:
        folder, output = tmp_path / "corpus", tmp_path / "scores"
        folder.mkdir()
        (folder / "news.csv").write_text('text\n"The threat grows, Rell said."\n')
        (folder / "speakers.csv").write_text("form,group\nRell,Greens\n")
        arguments = ["score", str(folder), str(output), "--lexicon", "framing"]
        assert main([*arguments, "--split", "speaker_group"]) == 0
        scores = fa.open_scores(output).to_table().to_pandas()
        assert scores.loc[scores["n_hits"] > 0, "speaker_group"].tolist() == ["Greens"]

    @pytest.mark.parametrize("protocol", ["tcp", "tls"])
    def test_uses_a_cluster_and_parts_from_it(self, tmp_path: Path, protocol: str) -> None:
        import dask
        from distributed import LocalCluster
        from distributed.security import Security

        security = Security.temporary()
        settings = {
            f"distributed.comm.tls.{role}.{name}": getattr(security, f"tls_client_{name}")
            for role in ("client", "scheduler", "worker")
            for name in ("cert", "key")
        }
        with (
            dask.config.set({**settings, "distributed.comm.tls.ca-file": security.tls_ca_file}),
            LocalCluster(**IN_PROCESS, protocol=protocol) as cluster,
        ):
            news, output = write_news(tmp_path), tmp_path / "scores"
            arguments = ["score", str(news), str(output), "--scheduler", cluster.scheduler_address]
            assert main([*arguments, "--lexicon", "framing"]) == 0
            assert len(cluster.scheduler.clients) <= 1  # the scheduler's own
            assert len(cluster.scheduler.workers) == 1

    @pytest.mark.parametrize(
        ("address", "encryption"), [("tls://127.0.0.1:9", False), ("tcp://127.0.0.1:9", True)]
    )
    def test_says_that_a_cluster_needs_its_certificate(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str, encryption: bool
    ) -> None:
        import dask

        arguments = ["score", str(write_news(tmp_path)), str(tmp_path / "scores")]
        with dask.config.set({"distributed.comm.require-encryption": encryption}):
            assert main([*arguments, "--scheduler", address]) == 2
        told = capsys.readouterr().err
        assert f"no Dask scheduler answers at {address!r}" in told
        assert told.rstrip().endswith("the settings of Dask that name it")

    def test_starts_processes_of_its_own(self, tmp_path: Path) -> None:
        arguments = ["score", str(write_news(tmp_path)), str(tmp_path / "scores")]
        run = subprocess.run(
            [sys.executable, "-m", "analysis", *arguments, "--workers", "1", "--hits"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        assert "Traceback" not in run.stderr
        assert fa.open_scores(tmp_path / "scores").count_rows() == 2 * 4


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    """Exit code and folder of a report on two articles and a picture."""
    folder = tmp_path_factory.mktemp("report")
    articles = write_articles(folder / "articles")
    (articles / "photo.jpg").write_bytes(b"\xff\xd8")
    return main(["report", str(articles), str(folder / "report")]), folder / "report"


@pytest.fixture(scope="module")
def report_of_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a report on one article, with a hit and a vetoed one."""
    folder = tmp_path_factory.mktemp("one")
    (folder / "one.txt").write_text("A threat to social security.\n")
    with pytest.MonkeyPatch.context() as patch:
        leave_undrawn(patch)
        assert main(["report", str(folder / "one.txt"), str(folder / "report")]) == 0
    return folder / "report"


def page_of(output: Path) -> str:
    return (output / "index.html").read_text(encoding="utf-8")


class TestReport:
    def test_has_every_article_and_every_link_leads_somewhere(
        self, report: tuple[int, Path]
    ) -> None:
        output = report[1]
        page = page_of(output)
        assert "<h1>2 articles</h1>" in page
        assert "Wire &amp; Co" in page
        assert "2024-05-14" in page
        links = Links(page).found
        assert len({link for link in links if link.startswith("texts/")}) == 2
        for link in links:
            assert (output / link).is_file(), link
        files = {path.relative_to(output).as_posix() for path in output.rglob("*.*")}
        # The alternative text of a figure stands in the page.
        shown = {file for file in files if file.startswith("figures/") and file.endswith(".txt")}
        assert len(shown) == 4
        own = {"index.html", "texts/index.csv", ".media-framing.json"}
        assert files - set(links) - shown == own

    def test_escapes_what_articles_say(self, report: tuple[int, Path]) -> None:
        for path in report[1].rglob("*.html"):
            # Pages of texts have one script of ours, which tells a dark theme.
            own = int(path.parent.name == "texts")
            assert Links(path.read_text(encoding="utf-8")).scripts == own
        page = page_of(report[1])
        assert "Talks &lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "Aid &lt;b&gt;arrives" in page

    def test_shows_the_scores_that_its_tables_hold(self, report: tuple[int, Path]) -> None:
        tables = report[1] / "tables"
        totals = pd.read_csv(tables / "document_scores.csv")
        assert totals["n_hits"].sum() > 2
        page = page_of(report[1])
        for rate, hits in zip(totals["rate"], totals["n_hits"], strict=True):
            cells = f'<td class="number group">{rate:.1f}</td><td class="number">{hits}</td>'
            assert cells in page
        for row in fa.context_validity().head(3).itertuples():
            assert f"{row.value} {row.precision:.0%}".replace("%", " %") in page
        assert "text" not in pd.read_csv(tables / "documents.csv")
        assert "text" in pd.read_csv(tables / "paragraphs.csv")

    def test_lists_what_was_skipped_and_ends_with_one(self, report: tuple[int, Path]) -> None:
        code, output = report
        assert code == 1
        assert "photo.jpg" in page_of(output)
        assert len(pd.read_csv(output / "tables" / "skipped.csv")) == 1

    def test_opens_with_what_is_compared_and_has_its_tables(self, report: tuple[int, Path]) -> None:
        output = report[1]
        top, articles = page_of(output).split('<h2 id="articles">')[0], page_of(output)
        assert top.index("What was found") < top.index("Warnings") < top.index("<figure>")
        assert "(missing) uses " in top
        assert "no interval: a group of fewer than 5 articles" in top
        cautions = pd.read_csv(output / "tables" / "cautions.csv")
        assert set(cautions["check"]) >= {"months", "few", "precision"}
        contrasts = pd.read_csv(output / "tables" / "contrasts.csv")
        # Boosters are measured, and no part of the family of tests.
        framing = list(fa.load_lexicon("framing").category_names)
        assert contrasts["category"].tolist() == [*framing, "hedging"]
        assert "boosters" in set(pd.read_csv(output / "tables" / "document_scores.csv")["category"])
        for table in ("contrasts", "cautions", "group_scores", "word_shift", "multiverse"):
            assert f'href="tables/{table}.csv"' in articles
        assert 'src="figures/groups_compared.png"' in top

    @pytest.mark.usefixtures("undrawn")
    def test_compares_what_is_asked_for(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rows = [
            f"{desk},2025-01-{n + 1:02},Envoy {n} of {desk} met {n * 7}. A threat grew there."
            for n, desk in enumerate(["Home", "World", "Sport"] * 4)
        ]
        rows.append(rows[-1])
        (tmp_path / "news.csv").write_text("\n".join(["desk,date,text", *rows]))
        arguments = ["report", str(tmp_path / "news.csv"), "--lexicon", "framing"]
        asked = ["--by", "desk", "--pair", "World", "Home", "--split-date", "2025-01-07"]
        assert main([*arguments, str(tmp_path / "one"), *asked]) == 0
        page = page_of(tmp_path / "one")
        assert "World uses " in page
        assert "From 2025-01-07 on, " in page
        files = {path.stem for path in (tmp_path / "one" / "tables").glob("*.csv")}
        assert {"period_contrasts", "dropped", "contrasts_with_copies"} <= files
        asked = ["--by", "desk", "--keep-copies"]
        assert main([*arguments, str(tmp_path / "two"), *asked]) == 0
        files = {path.stem for path in (tmp_path / "two" / "tables").glob("*.csv")}
        assert not {"period_contrasts", "dropped", "contrasts_with_copies"} & files
        assert "1 of 9 articles repeats another of the same group" in page_of(tmp_path / "two")
        for asked, told in (
            (["--by", "paper"], "no column 'paper'"),
            (["--by", "desk", "--pair", "Home", "Moon"], "no group 'Moon'"),
            (["--by", "desk", "--split-date", "07/01/2025"], "give a date as year-month-day"),
        ):
            assert main([*arguments, str(tmp_path / "three"), *asked]) == 2
            assert told in capsys.readouterr().err
            assert not (tmp_path / "three").exists()

    def test_of_one_outlet_or_none_says_what_is_missing_and_goes_on(self, tmp_path: Path) -> None:
        (tmp_path / "articles").mkdir()
        for n in range(2):
            (tmp_path / "articles" / f"{n}.txt").write_text(f"A threat to town {n}.\n")
        arguments = ["report", str(tmp_path / "articles"), str(tmp_path / "out")]
        assert main([*arguments, "--lexicon", "framing"]) == 0
        page = page_of(tmp_path / "out")
        assert "There is nothing to compare: no article has a value of &#39;outlet&#39;" in page
        assert "<figure>" not in page
        assert (tmp_path / "out" / "tables" / "contrasts.csv").is_file()

    def test_of_one_article_begins_with_its_page(
        self, report: tuple[int, Path], report_of_one: Path
    ) -> None:
        sentence = "<li>Security has 1 hit in paragraph 0. "
        cell = '<a href="#p0" style="--depth: 22%" aria-label="security in paragraph 0: 1">1</a>'
        for page in (report_of_one / "index.html", *report_of_one.glob("texts/*.html")):
            text = page.read_text(encoding="utf-8")
            assert sentence in text
            assert cell in text
            assert 'id="p0"' in text
        assert "hits by paragraph<br>" in page_of(report_of_one)
        assert "hits by paragraph<br>" not in page_of(report[1])
        assert '<h2 id="strip">' not in page_of(report[1])
        one, two = sorted(report[1].glob("texts/*.html"))
        for path, other in ((one, two), (two, one)):
            links = Links(path.read_text(encoding="utf-8")).found
            assert {"../index.html", other.name} < set(links)

    def test_tells_of_vetoed_hits_which_its_table_holds_and_its_sum_does_not(
        self, report_of_one: Path
    ) -> None:
        page = page_of(report_of_one)
        hits = pd.read_csv(report_of_one / "tables" / "hits.csv")
        vetoed = hits["blocked_by"].notna().sum()
        assert vetoed > 0
        assert f" {len(hits) - vetoed} hits" in page
        assert f"{vetoed} of them vetoed by an exclusion phrase" in page

    @pytest.mark.usefixtures("undrawn")
    @pytest.mark.parametrize("keep", [False, True])
    def test_counts_what_was_cut_or_leaves_it(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], keep: bool
    ) -> None:
        (tmp_path / "articles").mkdir()
        text = "Talks resume\n\nThey met.\n\nRead more: a threat at the border\n\nThey left.\n"
        (tmp_path / "articles" / "one.txt").write_text(text)
        arguments = ["report", str(tmp_path / "articles"), str(tmp_path / "out")]
        assert main([*arguments, *(["--keep-furniture"] if keep else [])]) == 0
        told = "1 piece of furniture was cut: read more 1"
        assert (told in capsys.readouterr().out) != keep
        paragraphs = pd.read_csv(tmp_path / "out" / "tables" / "paragraphs.csv")
        assert len(paragraphs) == (4 if keep else 3)

    @pytest.mark.usefixtures("undrawn")
    def test_replaces_a_report_and_leaves_no_text_of_articles_that_are_gone(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        articles, output = write_articles(tmp_path / "articles"), tmp_path / "site"
        arguments = ["report", str(articles), str(output), "--lexicon", "framing"]
        assert main(arguments) == 0
        assert any("A threat, he said" in text for text in texts_in(output))
        for path in articles.iterdir():
            path.unlink()
        (articles / "three.txt").write_text("…\n")
        assert main(arguments) == 0
        assert "Articles: 1" in capsys.readouterr().out
        # Without words there is no rate, and without hits no figure to fail on.
        assert "<h1>three</h1>" in page_of(output)
        assert '<td class="number group">–</td>' in page_of(output)
        assert not any("threat, he" in text or "Pensions" in text for text in texts_in(tmp_path))


def texts_in(folder: Path) -> list[str]:
    """Return what all files of a folder hold."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.read_text(encoding="utf-8", errors="replace") for path in files]


class TestLintLexicon:
    def test_lists_findings_with_their_lines_and_ends_with_one(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path, words = tmp_path / "mine.yml", tmp_path / "words.txt"
        path.write_text(LEXICON)
        words.write_text("border\t90\nborders\t5\nborderline\t5\n")
        assert main(["lint-lexicon", str(path), "--words", str(words)]) == 1
        out, err = capsys.readouterr()
        assert "3 findings" in out
        assert "line 6: borders\n    swallowed: border*" in out
        findings, _, guesses = out.partition("kinds of words")
        assert findings.count("c++") == 1
        assert "c++" in guesses
        assert "catches other words: borderline" in out
        assert err == ""

    def test_ends_with_nought_for_a_sound_lexicon(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "mine.yml"
        path.write_text(SOUND)
        assert main(["lint-lexicon", str(path)]) == 0
        assert "2 entries, 0 findings" in capsys.readouterr().out

    def test_prints_the_kinds_that_are_guessed_and_not_those_that_are_written(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "mine.yml"
        path.write_text("k: [soldier*, bombing, poverty, {term: truce, kind: event}]\n")
        main(["lint-lexicon", str(path)])
        out = capsys.readouterr().out
        assert "  thing: soldier*\n  event: bombing\n  state: poverty\n" in out
        assert "truce" not in out

    def test_names_what_another_programs_file_could_not_bring(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "mine.dic"
        path.write_text(LIWC)
        assert main(["lint-lexicon", str(path)]) == 1
        assert "lost in loading" in capsys.readouterr().out


class TestConvertLexicon:
    def test_without_losses_ends_with_nought_and_reads_back(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        source, target = tmp_path / "mine.yml", tmp_path / "mine.csv"
        source.write_text(SOUND)
        assert main(["convert-lexicon", str(source), str(target)]) == 0
        assert "Lost" not in capsys.readouterr().out
        assert fa.load_lexicon(target).content_hash == fa.load_lexicon(source).content_hash

    @pytest.mark.parametrize(
        ("source", "content", "target", "lost"),
        [
            ("mine.dic", LIWC, "mine.csv", "Lost in reading: 1\n  line 5: "),
            ("mine.yml", SOUND, "mine.dic", "Lost in writing: 1\n  version: "),
        ],
    )
    def test_lists_what_is_lost_writes_all_the_same_and_ends_with_one(
        self,
        source: str,
        content: str,
        target: str,
        lost: str,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        (tmp_path / source).write_text(content)
        assert main(["convert-lexicon", str(tmp_path / source), str(tmp_path / target)]) == 1
        out, err = capsys.readouterr()
        assert lost in out
        assert err == ""
        assert "border" in (tmp_path / target).read_text()

    def test_does_not_replace_a_file_unless_told_to(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        target = tmp_path / "mine.yml"
        target.write_text("mine")
        assert main(["convert-lexicon", "boosters", str(target)]) == 2
        assert "--force" in capsys.readouterr().err
        assert target.read_text() == "mine"
        assert main(["convert-lexicon", "boosters", str(target), "--force"]) == 0
        assert fa.load_lexicon(target).category_names == ("boosters",)


@pytest.mark.usefixtures("in_process")
def test_our_warnings_are_plain_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lexicon = tmp_path / "mine.yml"
    lexicon.write_text(LEXICON)
    arguments = ["score", str(write_news(tmp_path)), str(tmp_path / "scores")]
    assert main([*arguments, "--lexicon", str(lexicon)]) == 0
    lines = [line for line in capsys.readouterr().err.splitlines() if "mine.yml" in line]
    assert len(lines) == 1
    assert lines[0].startswith("Warning: mine.yml: 1 entries need attention: 'c++'")


def test_a_reader_that_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "analysis", "convert-lexicon", "framing", f"{tmp_path}/out.dic"]
    command = f"{shlex.join(words)} | head -1"
    run = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("framing@")
    assert run.stderr == ""
