"""A project that is laid out, and JupyterLab opened on it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import analysis as fa
from analysis.__main__ import main

# JupyterLab as far as its server is set up, and what it would then ask elsewhere.
SETTINGS = """
import json, sys
from jupyterlab.labapp import LabApp
from analysis.__main__ import main

def show(cls, arguments):
    server = cls.initialize_server(arguments)
    (lab,) = server.extension_manager.extension_apps["jupyterlab"]
    page = server.web_app.settings["page_config_data"]
    print(json.dumps([lab.news_url, lab.check_for_updates_class.__name__, page["news"]]))

LabApp.launch_instance = classmethod(show)
sys.exit(main(["lab", "--", "--no-browser", "--ServerApp.port=0"]))
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert main(["start", "my project"]) == 0
    return tmp_path / "my project"


class TestStart:
    def test_lays_out_everything_that_a_project_needs(self, project: Path) -> None:
        assert {path.name for path in project.iterdir()} == {
            *("notebooks", "data", "figures", "coding", "my_notebooks"),
            *("environment.yml", "README.md"),
        }
        assert (project / "notebooks" / "00_start_here.ipynb").is_file()
        assert len(list((project / "data" / "articles").glob("*.txt"))) == 12

    def test_lays_out_what_the_functions_find(
        self, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(project / "notebooks")
        assert fa.data_folder() == project / "data" / "articles"
        assert fa.coding_folder() == project / "coding"
        assert fa.demonstration_codes(fa.data_folder()) is not None
        assert len(fa.read_documents(fa.data_folder())) == 12

    def test_names_the_released_package_for_conda(self, project: Path) -> None:
        environment = yaml.safe_load((project / "environment.yml").read_text(encoding="utf-8"))
        *packages, last = environment["dependencies"]
        assert last == {"pip": [f"media-framing=={fa.__version__}"]}
        assert {"pandas", "jupyterlab", "nltk"} <= {name.split()[0] for name in packages}

    def test_runs_its_notebooks_and_keeps_all_within(
        self, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(project)
        assert main(["notebooks", "00_start_here"]) == 0
        assert (project / "reports" / "index.html").is_file()
        before = (project / "figures" / "00_documents.csv").read_bytes()
        (project / "mine").mkdir()
        (project / "mine" / "a.txt").write_text("Troops may cross.", encoding="utf-8")
        assert main(["notebooks", "00_start_here", "--data", "mine"]) == 0
        assert (project / "figures" / "mine" / "00_documents.csv").read_bytes() != before
        assert (project / "figures" / "00_documents.csv").read_bytes() == before

    def test_refuses_a_folder_that_is_not_empty(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "mine.txt").write_text("mine")
        assert main(["start", str(tmp_path)]) == 2
        assert "is not empty; name a new folder" in capsys.readouterr().err
        assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]

    @pytest.mark.parametrize("stands", ["a file", "a link to itself"])
    def test_refuses_what_is_no_folder(
        self, stands: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        place = tmp_path / "mine"
        if stands == "a file":
            place.write_text("mine")
        else:
            place.symlink_to("mine")
        assert main(["start", str(place)]) == 2
        assert "mine' is no folder; name a new one" in capsys.readouterr().err
        assert [path.name for path in tmp_path.iterdir()] == ["mine"]

    def test_takes_an_empty_folder_and_says_how_to_go_on(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        # The Finder puts it into every folder that it shows.
        (tmp_path / ".DS_Store").touch()
        assert main(["start", str(tmp_path)]) == 0
        assert (tmp_path / "README.md").is_file()
        assert "media-framing notebooks" in capsys.readouterr().out


class TestLab:
    @pytest.fixture
    def started(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """What JupyterLab is started with, in place of starting it."""
        pytest.importorskip("jupyterlab")
        given: list[str] = []
        monkeypatch.setattr("jupyterlab.labapp.LabApp.launch_instance", given.extend)
        return given

    def test_has_the_project_for_its_root(
        self, project: Path, started: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(project / "my_notebooks")
        monkeypatch.setenv("MEDIA_FRAMING_DATA", "")
        (project / "my_notebooks" / "texts").mkdir()
        assert main(["lab", "--data", "texts", "--", "--no-browser"]) == 0
        assert f"--ServerApp.root_dir={project}" in started
        assert "--KernelManager.transport_encryption=auto" in started
        assert started[-2:] == ["--no-browser", str(project / "notebooks" / "00_start_here.ipynb")]
        assert os.environ["MEDIA_FRAMING_DATA"] == str(project / "my_notebooks" / "texts")

    def test_needs_a_project(
        self,
        tmp_path: Path,
        started: list[str],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert main(["lab"]) == 2
        assert "media-framing start my_project" in capsys.readouterr().err
        assert started == []

    def test_asks_nobody_for_news_or_newer_versions(self, project: Path) -> None:
        pytest.importorskip("jupyterlab")
        run = subprocess.run(
            [sys.executable, "-c", SETTINGS],
            cwd=project,
            env={**os.environ, "JUPYTER_CONFIG_DIR": str(project / "none")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        assert json.loads(run.stdout) == [None, "NeverCheckForUpdate", {"disabled": True}]
