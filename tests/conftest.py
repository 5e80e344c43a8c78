"""What tests share: folders of articles, and the settings of generated examples.

A label such as M03, L09 or S10 in the docstring of a test names the acceptance case
it shows: M matching, L lexica, I input, S scores, X display and export.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent


def kept_notebooks() -> list[Path]:
    """The notebooks that git keeps; those that you put beside them are your own."""
    command = ["git", "ls-files", "notebooks/*.ipynb"]
    found: list[Path] = []
    if shutil.which("git"):
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        found = [ROOT / name for name in run.stdout.split()]
    # In the released source there is no git, and nothing of yours.
    return sorted(found) or sorted((ROOT / "notebooks").glob("*.ipynb"))


# How long one example takes says more about the machine than about the code.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.register_profile("deep", deadline=None, max_examples=20_000)
hypothesis.settings.load_profile("project")

# Every process and kernel that a test starts would compile the whole package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set on the developer's machine must not move a result."""
    monkeypatch.delenv("MEDIA_FRAMING_DATA", raising=False)
    monkeypatch.delenv("MEDIA_FRAMING_FIGURES", raising=False)


@pytest.fixture(scope="session")
def articles_folder() -> Path:
    """The articles that come with the project."""
    return ROOT / "data" / "articles"


@pytest.fixture(scope="session")
def cases_folder() -> Path:
    """The case files, which are no part of the project."""
    folder = Path(os.environ.get("MEDIA_FRAMING_CASES") or ROOT.parent / "shared" / "cases")
    if not folder.is_dir():
        pytest.skip(f"there are no case files in {folder}; MEDIA_FRAMING_CASES names their folder")
    return folder


@pytest.fixture(scope="session")
def eval_folder() -> Path:
    """Texts with human codes, which are no part of the project."""
    folder = Path(os.environ.get("MEDIA_FRAMING_EVAL") or ROOT.parent / "shared/eval/dev")
    if not folder.is_dir():
        pytest.skip(f"there are no coded texts in {folder}; MEDIA_FRAMING_EVAL names their folder")
    return folder


@pytest.fixture
def statistics_cases(cases_folder: Path) -> dict[str, dict[str, Any]]:
    """The reference values of statistics, by the id of their case."""
    listed = json.loads((cases_folder / "statistics_cases.json").read_text("utf-8"))["cases"]
    return {case["id"]: case for case in listed}
