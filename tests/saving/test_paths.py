"""Where the project is, and that figures of different articles are kept apart."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib.figure import Figure

import analysis as fa


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an article of its own, which is the working folder."""
    folder = tmp_path / "project"
    (folder / "notebooks").mkdir(parents=True)
    write_articles(folder / "data" / "articles")
    monkeypatch.chdir(folder)
    return folder


def write_articles(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text("Talks resume.", encoding="utf-8")
    return folder


def saved(articles: Path | str, name: str = "bars") -> Path:
    """Read articles, save a figure, and return the folder that it went to."""
    fa.read_documents(articles)
    return fa.save_figure(Figure(), name)["png"].parent


@pytest.mark.parametrize("place", [".", "notebooks", "my_notebooks/deep"])
def test_the_project_is_found_from_every_folder_within_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (project / place).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(project / place)
    assert fa.data_folder() == project / "data" / "articles"
    assert fa.figures_folder() == project / "figures"
    assert fa.coding_folder() == project / "coding"


def test_outside_of_a_project_figures_go_to_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, articles_folder: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert fa.figures_folder() == tmp_path / "figures"
    assert fa.coding_folder() == tmp_path / "coding"
    names = [path.name for path in sorted(articles_folder.iterdir())]
    assert [path.name for path in sorted(fa.data_folder().iterdir())] == names
    assert saved(write_articles(tmp_path / "corpus")) == tmp_path / "figures"


def test_the_figures_of_a_project_are_those_of_its_own_articles(project: Path) -> None:
    others = write_articles(project / "my_articles")
    assert saved(others) == project / "figures" / "my_articles"
    assert saved("data/articles") == project / "figures"
    assert saved("my_articles") == project / "figures" / "my_articles"


def test_outside_of_a_project_the_first_articles_keep_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first, second = (write_articles(tmp_path / name) for name in ("a", "b"))
    same_name = write_articles(tmp_path / "elsewhere" / "b")
    assert saved(first) == tmp_path / "figures"
    assert saved(second) == tmp_path / "figures" / "b"
    third = saved(same_name)
    assert third.parent == tmp_path / "figures"
    assert third.name.startswith("b-")
    assert saved(first) == tmp_path / "figures"
    assert saved(tmp_path / "a" / "one.txt") == tmp_path / "figures" / "one"
    assert saved(f"{first}/*.txt") == tmp_path / "figures"


def test_a_chosen_folder_of_figures_keeps_articles_apart_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIA_FRAMING_FIGURES", str(tmp_path / "chosen"))
    assert saved(write_articles(tmp_path / "a")) == tmp_path / "chosen"
    assert saved(write_articles(tmp_path / "b")) == tmp_path / "chosen" / "b"


def test_a_project_that_was_moved_keeps_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tmp_path / "before"
    write_articles(before / "corpus")
    monkeypatch.chdir(before)
    assert saved("corpus") == before / "figures"
    monkeypatch.chdir(tmp_path)
    before.rename(tmp_path / "after")
    monkeypatch.chdir(tmp_path / "after")
    assert saved("corpus") == tmp_path / "after" / "figures"


def test_codes_of_the_demonstration_are_not_those_of_articles_put_in_their_place(
    project: Path,
) -> None:
    assert fa.demonstration_codes(project / "data" / "articles") is None


def test_another_program_in_the_same_folder_meets_the_same_figures(tmp_path: Path) -> None:
    """Like papermill, which runs a notebook with other parameters in the caller's folder."""
    program = (
        "import sys, analysis as fa; from matplotlib.figure import Figure\n"
        "fa.read_documents(sys.argv[1]); print(fa.save_figure(Figure(), 'bars')['png'].parent)"
    )
    for name, expected in (("a", "figures"), ("b", "figures/b"), ("a", "figures")):
        if not (tmp_path / name).is_dir():
            write_articles(tmp_path / name)
        run = subprocess.run(
            [sys.executable, "-c", program, name],
            cwd=tmp_path,
            env=os.environ,
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == str(tmp_path / expected)
