"""Nothing of the user's is replaced or removed, whatever its name, by any of the commands."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

import analysis as fa
from analysis.__main__ import main
from analysis.errors import MediaFramingError
from analysis.saving.ownership import refuse_nested
from analysis.saving.swapping import check_replaceable, remove_results, replaced_whole

# Names that a command writes itself, or wrote in earlier versions, and names of the user's.
NAMES = [
    *("contents.txt", "index.html", "01_one_article.html", "01_one_article.ipynb", "tests.xml"),
    *("tables/hits.csv", "figures/voice_and_certainty.png", "texts/index.csv", "texts/a.html"),
    *("manifest.json", "plan.json", "_SUCCESS", ".lock", ".holder.json", "skipped/files.parquet"),
    *("documents/part-0000.parquet", "documents/part-000000.parquet", "records/part-000000.json"),
    *("thesis.docx", "notes/thesis.tex", ".git/config", ".media-framing.json", "half.tmp"),
    *(".media-framing/bars.json", ".media-framing.json.tmp", "Thumbs.db.txt"),
]
COMMANDS = ["report", "notebooks", "score", "score --restart"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one article and one notebook, which is the working folder."""
    folder = tmp_path / "project"
    (folder / "data" / "articles").mkdir(parents=True)
    (folder / "data" / "articles" / "one.csv").write_text("text\nA threat may grow.\n")
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "01_one_article.ipynb").write_text('{"cells": 3')
    monkeypatch.chdir(folder)
    return folder


def run(command: str, output: Path | str, data: Path | str = "data/articles") -> int:
    name, *options = command.split()
    if name == "notebooks":
        return main([name, "--data", str(data), "--output", str(output)])
    return main([name, str(data), str(output), *options])


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file, and what each link leads to."""
    return {
        path.relative_to(folder).as_posix(): os.readlink(path).encode()
        if path.is_symlink()
        else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def write(path: Path, text: str = "mine") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def write_output(kind: str, folder: Path) -> Path:
    """Write an output of a kind in no time: what is in it makes no difference."""
    with replaced_whole(folder, kind) as new:
        for name in ("index.html", "tables/hits.csv", "texts/one.html"):
            write(new / name, "ours")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", NAMES)
def test_a_folder_with_a_file_of_the_users_is_refused_whatever_its_name(
    project: Path, command: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "out" / name)
    # Of what a list names, nothing is removed either.
    write(project / "thesis.docx")
    for lists in ("contents.txt", ".media-framing.json"):
        if name == lists:
            listed = {"format": 1, "kind": command, "files": {"../thesis.docx": "0"}}
            text = "../thesis.docx\n" if name == "contents.txt" else json.dumps(listed)[:-1]
            (project / "out" / name).write_text(text)
    before = files_in(project)
    assert run(command, "out") == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert str(project / "out") in said
    assert "give another" in said
    assert files_in(project) == before


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", ["report", "notebooks", "score", "figure"])
def test_the_output_of_another_command_is_refused(
    project: Path, command: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if kind == command.split()[0]:
        pytest.skip("it is its own")
    write_output(kind, project / "out")
    before = files_in(project)
    assert run(command, "out") == 2
    assert f"holds the output of {kind!r}" in capsys.readouterr().err
    assert files_in(project) == before


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("marker", "told"),
    [
        ('{"format": 2, "kind": "x", "files": {}}', "newer version"),
        ('{"format": "1", "kind": "x", "files": {}}', "cannot be read"),
        ('{"format": 1, "kind": "x", "files": []}', "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_a_marker_that_this_version_cannot_read_is_refused(
    project: Path, command: str, marker: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "out" / ".media-framing.json", marker.replace("x", command.split()[0]))
    before = files_in(project)
    assert run(command, "out") == 2
    assert told in capsys.readouterr().err
    assert files_in(project) == before


@pytest.mark.parametrize("kind", ["report", "notebooks"])
@pytest.mark.parametrize("name", ["index.html", "tables/hits.csv", "texts/one.html"])
def test_a_file_that_the_user_changed_stops_the_run_until_it_is_moved(
    project: Path, kind: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output = write_output(kind, project / "out")
    (output / name).write_text("OURS")
    before = files_in(project)
    assert run(kind, "out") == 2
    assert f"{str(output / name)!r} was changed" in capsys.readouterr().err
    assert files_in(project) == before
    (output / name).rename(project / "kept")
    check_replaceable(output, kind)
    (output / name).mkdir()
    with pytest.raises(MediaFramingError):
        check_replaceable(output, kind)


@pytest.mark.parametrize("kind", ["report", "notebooks"])
@pytest.mark.parametrize(
    "name", ["mine.txt", "tables/mine.csv", "notes/deep/mine.txt", ".hidden", "texts/.hidden/a"]
)
def test_a_file_that_the_user_added_stops_the_run(
    project: Path, kind: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output = write_output(kind, project / "out")
    write(output / name)
    before = files_in(project)
    assert run(kind, "out") == 2
    assert "is yours and would be lost" in capsys.readouterr().err
    assert files_in(project) == before
    (output / name).unlink()
    if Path(name).parent.name not in ("", "tables"):
        with pytest.raises(MediaFramingError, match="is yours"):
            check_replaceable(output, kind)


@pytest.mark.parametrize("kind", ["report", "notebooks"])
@pytest.mark.parametrize("name", ["index.html", "tables", "tables/hits.csv", "new", "texts/new"])
@pytest.mark.parametrize("whither", ["file", "folder", "nowhere"])
def test_a_link_within_an_output_is_never_followed(
    project: Path, kind: str, name: str, whither: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output = write_output(kind, project / "out")
    path = output / name
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    write(project / "elsewhere" / "file", "ours")
    targets = {"file": "elsewhere/file", "folder": "elsewhere", "nowhere": "none"}
    path.symlink_to(project / targets[whither])
    before = files_in(project)
    assert run(kind, "out") == 2
    assert f"{str(path)!r} is a link" in capsys.readouterr().err
    assert files_in(project) == before


def test_an_output_may_be_a_link_to_a_folder_and_stays_one(project: Path) -> None:
    (project / "disk").mkdir()
    (project / "out").symlink_to(project / "disk", target_is_directory=True)
    for _ in range(2):
        # Its only notebook is broken, and has a report all the same.
        assert run("notebooks", "out") == 1
    assert (project / "out").is_symlink()
    assert (project / "disk" / "index.html").is_file()


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "Thumbs.db", ".ipynb_checkpoints/a-checkpoint", "desktop.ini", "._a", "~$a"],
)
def test_what_other_programs_put_into_every_folder_is_no_hindrance(
    project: Path, name: str
) -> None:
    for kind in ("report", "notebooks"):
        output = project / f"out of {kind}"
        write(output / name)
        write_output(kind, output)
        # In a folder that was not ours it may be somebody's only copy.
        assert (output / name).read_text() == "mine"
        write(output / "tables" / name)
        write_output(kind, output)
        assert "mine" not in {data.decode() for data in files_in(output).values()}
    write(project / "scores" / name)
    assert run("score", "scores", "none.csv") == 2
    assert (project / "scores" / name).read_text() == "mine"
    assert (project / "scores" / ".media-framing.json").is_file()


INSIDE = [
    "articles/out",
    "articles",
    "articles/deep/out",
    "../project/data/../data/articles/out",
    "link/out",
    "link",
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("output", INSIDE)
def test_an_output_within_the_input_is_refused(
    project: Path, command: str, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "data" / "link").symlink_to("articles", target_is_directory=True)
    place = output if output.startswith("..") else f"data/{output}"
    before = files_in(project)
    assert run(command, place) == 2
    assert " lies in the " in capsys.readouterr().err
    assert files_in(project) == before


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("output", [".", "..", "data", "data/../../project", "up"])
def test_an_output_around_the_input_is_refused(
    project: Path, command: str, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "up").symlink_to("data", target_is_directory=True)
    before = files_in(project)
    assert run(command, output) == 2
    assert "lies in the output" in capsys.readouterr().err
    assert files_in(project) == before


def test_the_same_folder_by_a_name_in_other_letters_is_the_same(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on the disks of Windows and macOS, which this test stands in for."""
    (project / "Data" / "ARTICLES").mkdir(parents=True)
    monkeypatch.setattr(
        os.path, "samefile", lambda one, other: str(one).lower() == str(other).lower()
    )
    for output in ("Data/ARTICLES", "Data/ARTICLES/out", "Data"):
        with pytest.raises(MediaFramingError, match=" lies in the "):
            refuse_nested("data/articles", output)


@pytest.mark.parametrize(
    ("source", "output", "told"),
    [
        ("data/*.csv", "out", None),
        ("data/*.csv", "data/out", None),
        ("data/*.csv", "data", "lies in the output"),
        ("data/*/*.csv", "data/out", "lies in the input"),
        ("data/*/*.csv", "data/out/deep", None),
        ("data/articles*/*.csv", "data/out", None),
        ("data/**/*.csv", "data/articles/out", "lies in the input"),
        ("data/**/*.csv", "elsewhere/out", None),
        ("*/articles/*.csv", "other/articles", "lies in the input"),
        ("*/articles/*.csv", "other", "lies in the input"),
        ("*.csv", "out", None),
        ("data/articles/one.csv", "data/articles", "lies in the output"),
        ("data/articles/one.csv", "data/articles/out", None),
        ("data/articles", "data/articles2", None),
        ("none", "none/out", "lies in the input"),
    ],
)
def test_a_pattern_reads_what_it_matches(
    project: Path, source: str, output: str, told: str | None
) -> None:
    del project
    if told is None:
        refuse_nested(source, output)
        return
    with pytest.raises(MediaFramingError, match=told):
        refuse_nested(source, output)


def test_reports_and_figures_stand_apart(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for figures in ("out/figures", "out", "data/articles/figures", "data/articles"):
        arguments = ["notebooks", "--output", "out", "--figures", figures]
        assert main(arguments) == 2
        assert " lies in the " in capsys.readouterr().err
    assert not (project / "out").exists()


HOLDING = """
import sys, time
from analysis.saving.swapping import replaced_whole
with replaced_whole(sys.argv[1], sys.argv[2]):
    print("begun", flush=True)
    time.sleep(120)
"""


@pytest.mark.parametrize("kind", ["report", "notebooks"])
def test_of_two_runs_at_once_the_second_is_refused_and_a_killed_one_leaves_nothing(
    project: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_output(kind, project / "out")
    command = [sys.executable, "-c", HOLDING, str(project / "out"), kind]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as first:
        assert first.stdout
        assert first.stdout.readline()
        before = files_in(project)
        assert run(kind, "out") == 2
        assert "another run is writing to 'out'; wait for it" in capsys.readouterr().err
        assert files_in(project) == before
        first.kill()
    write_output(kind, project / "out")
    assert {path.name for path in project.iterdir()} == {"data", "notebooks", "out"}


def test_what_stands_in_the_place_of_the_folder_to_build_in_is_left_alone(project: Path) -> None:
    mine = write(project / ".out.media-framing" / "mine.txt")
    with pytest.raises(MediaFramingError, match="is in the way"):
        write_output("report", project / "out")
    assert mine.read_text() == "mine"
    assert not (project / "out").exists()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("output", ["loop", "~nobody-has-this-name/out"])
def test_a_path_that_leads_nowhere_ends_in_a_sentence(
    project: Path, command: str, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "loop").symlink_to("loop")
    write(project / "~nobody-has-this-name" / "out" / "mine.txt")
    before = files_in(project)
    assert run(command, output) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert str(project / output) in said
    assert "give a" in said
    assert files_in(project) == before


@pytest.mark.parametrize("kind", ["report", "notebooks"])
@pytest.mark.parametrize("stands", ["a text", "a folder", "a link", "a broken link"])
def test_what_stands_in_the_place_of_the_lock_is_left_alone(
    project: Path, kind: str, stands: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = project / ".out.media-framing.lock"
    if stands == "a text":
        write(lock)
    elif stands == "a folder":
        write(lock / "mine.txt")
    else:
        lock.symlink_to(write(project / "mine") if stands == "a link" else project / "none")
    before = files_in(project)
    assert run(kind, "out") == 2
    assert f"{str(lock)!r} is in the way, and not of ours" in capsys.readouterr().err
    assert files_in(project) == before


def test_a_disk_that_is_mounted_within_an_output_stops_the_run(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = write_output("report", project / "out")
    before = files_in(project)
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == output / "tables")
    with pytest.raises(MediaFramingError, match="tables' cannot be replaced: it is a disk of its"):
        write_output("report", output)
    assert files_in(project) == before


@pytest.mark.parametrize("kind", ["report", "notebooks"])
@pytest.mark.parametrize("name", [".", "tables", "texts/one.html"])
def test_what_is_read_only_in_an_output_stops_the_run_before_it_computes(
    project: Path, kind: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_output(kind, project / "out") / name
    mode = path.stat().st_mode
    path.chmod(mode & ~0o222)
    before = files_in(project)
    assert run(kind, "out") == 2
    said = capsys.readouterr()
    assert f"{str(path)!r} cannot be replaced: it is read-only" in said.err
    assert "Reading" not in said.out
    assert files_in(project) == before
    path.chmod(mode)
    check_replaceable(project / "out", kind)


def test_what_the_user_adds_during_a_run_is_not_lost(project: Path) -> None:
    output = write_output("report", project / "out")

    def add_meanwhile() -> None:
        with replaced_whole(output, "report") as new:
            write(new / "index.html", "newer")
            write(output / "mine.txt")

    with pytest.raises(MediaFramingError, match=r"mine\.txt' is yours"):
        add_meanwhile()
    assert files_in(output)["mine.txt"] == b"mine"
    assert (output / "index.html").read_text() == "ours"
    assert not any(project.glob(".*"))


def test_who_may_look_into_an_output_stays_the_same(project: Path) -> None:
    (project / "out").mkdir(mode=0o700)
    write_output("report", project / "out")
    write_output("report", project / "out")
    assert (project / "out").stat().st_mode & 0o777 == 0o700


def test_the_working_folder_is_not_taken_away(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = write_output("report", project / "out")
    monkeypatch.chdir(output / "tables")
    assert run("report", output, project / "data" / "articles") == 2
    assert "you are working in it" in capsys.readouterr().err


ENDINGS = ("png", "svg", "txt", "csv")


def save(folder: Path | None = None, rate: float = 1.0) -> dict[str, Path]:
    figure = Figure(figsize=(1, 1))
    figure.subplots().plot([0, rate])
    return fa.save_figure(figure, "bars", data=pd.DataFrame({"rate": [rate]}), folder=folder)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_figure_never_takes_the_place_of_a_file_of_the_users(tmp_path: Path, ending: str) -> None:
    mine = write(tmp_path / f"bars.{ending}")
    with pytest.raises(MediaFramingError, match=rf"bars\.{ending}' is yours.* move, rename or"):
        save(tmp_path)
    assert files_in(tmp_path) == {mine.name: b"mine"}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("change", ["edited", "a link", "a folder", "gone"])
def test_a_cell_that_runs_again_replaces_its_figure_but_for_what_was_changed(
    tmp_path: Path, ending: str, change: str
) -> None:
    path = save(tmp_path)[ending]
    save(tmp_path, 2.0)
    save(tmp_path, 1.0)
    whole = path.read_bytes()
    path.unlink()
    if change == "edited":
        path.write_bytes(whole + b" ")
    elif change == "a link":
        write(tmp_path / "elsewhere")
        path.symlink_to(tmp_path / "elsewhere")
    elif change == "a folder":
        path.mkdir()
    before = files_in(tmp_path)
    if change == "gone":
        assert save(tmp_path, 3.0)[ending].is_file()
        return
    with pytest.raises(MediaFramingError, match="is yours"):
        save(tmp_path, 3.0)
    assert files_in(tmp_path) == before


def test_a_figure_that_is_the_same_is_known_also_where_its_hashes_were_lost(tmp_path: Path) -> None:
    save(tmp_path)
    shutil.rmtree(tmp_path / ".media-framing")
    save(tmp_path)
    save(tmp_path, 2.0)
    shutil.rmtree(tmp_path / ".media-framing")
    with pytest.raises(MediaFramingError, match="is yours"):
        save(tmp_path, 1.0)


@pytest.mark.parametrize("content", ["mine", '{"format": 2, "files": {}}', None])
def test_what_stands_in_the_place_of_the_hashes_is_left_alone(
    tmp_path: Path, content: str | None
) -> None:
    folder = tmp_path / "figures"
    mine = write(folder / ".media-framing" / "bars.json", content or "mine")
    if content is None:
        (tmp_path / "elsewhere").mkdir()
        shutil.rmtree(mine.parent)
        mine.parent.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    before = files_in(tmp_path)
    with pytest.raises(MediaFramingError, match="is not what this version writes there"):
        save(folder)
    assert files_in(tmp_path) == before


SAVING = """
import sys, analysis as fa, pandas as pd
from matplotlib.figure import Figure
for n in range(6):
    for name in ("shared", f"own_{sys.argv[2]}"):
        table = pd.DataFrame({"rate": [n, int(sys.argv[2])]})
        fa.save_figure(Figure(figsize=(1, 1)), name, data=table, folder=sys.argv[1])
"""


def test_programs_may_save_figures_into_one_folder_at_the_same_time(tmp_path: Path) -> None:
    """As notebooks that run in parallel do."""
    programs = [
        subprocess.Popen([sys.executable, "-c", SAVING, str(tmp_path), str(n)]) for n in range(2)
    ]
    assert [program.wait() for program in programs] == [0, 0]
    for name in ("shared", "own_0", "own_1"):
        fa.save_figure(Figure(), name, folder=tmp_path)


def test_a_figure_that_is_saved_without_its_table_leaves_no_earlier_one(tmp_path: Path) -> None:
    save(tmp_path)
    fa.save_figure(Figure(), "bars", folder=tmp_path)
    assert sorted(name for name in files_in(tmp_path) if not name.startswith(".")) == [
        *("bars.png", "bars.svg", "bars.txt")
    ]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_figure_of_the_users_stops_the_notebooks_before_they_run(
    project: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cell = {
        "cell_type": "code",
        "source": "fa.save_figure(ax, '01_bars')",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (project / "notebooks" / "01_one_article.ipynb").write_text(json.dumps(notebook))
    mine = write(project / "figures" / f"01_bars.{ending}")
    before = files_in(project)
    assert run("notebooks", "out") == 2
    assert f"{str(mine)!r} is yours" in capsys.readouterr().err
    assert files_in(project) == before


def test_cleaning_up_removes_what_is_ours_and_nothing_else(project: Path) -> None:
    figures = project / "figures"
    mine = [
        write(figures / "README.md"),
        write(figures / "mine.png"),
        write(figures / "sub" / "bars.csv"),
    ]
    (figures / "empty").mkdir()
    for folder in (figures, figures / "sub" / "deep"):
        save(folder)
    edited = save(figures / "edited")["csv"]
    edited.write_text("mine")
    write_output("notebooks", project / "reports")
    assert remove_results(Path("reports"), Path("figures")) == ""
    left = {path for path in figures.rglob("*") if path.is_file()}
    assert left == {*mine, edited}
    assert (figures / "empty").is_dir()
    assert not (project / "reports").exists()
    write(project / "reports" / "mine.txt")
    assert "mine.txt" in remove_results(Path("reports"), Path("figures"))
    assert (project / "reports" / "mine.txt").is_file()


@pytest.mark.parametrize("interrupted", [KeyboardInterrupt, OSError, MediaFramingError])
def test_what_breaks_off_in_between_leaves_the_earlier_output(
    project: Path, interrupted: Callable[[], BaseException]
) -> None:
    output = write_output("report", project / "out")
    before = files_in(project)

    def break_off() -> None:
        with replaced_whole(output, "report") as new:
            write(new / "index.html", "half")
            raise interrupted

    with pytest.raises(interrupted):  # type: ignore[call-overload]
        break_off()
    assert files_in(project) == before
