"""What tests share: folders of articles, and the settings of generated examples.

A label such as M03, L09 or S10 in the docstring of a test names the acceptance case
it shows: M matching, L lexica, I input, S scores, X display and export.
"""

import os
from pathlib import Path

import hypothesis
import pytest

from tests.reference_cases import OUTSIDE

ROOT = Path(__file__).resolve().parent.parent

# How long one example takes says more about the machine than about the code.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.register_profile("deep", deadline=None, max_examples=20_000)
hypothesis.settings.load_profile("project")

# Every process and kernel that a test starts would compile the whole package again.
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
    """Cases from the tests of other programs, which are no part of the project."""
    if not OUTSIDE.is_dir():
        pytest.skip(f"there are no case files in {OUTSIDE}; MEDIA_FRAMING_CASES names their folder")
    return OUTSIDE


@pytest.fixture(scope="session")
def eval_folder() -> Path:
    """Texts with human codes, which are no part of the project."""
    folder = Path(os.environ.get("MEDIA_FRAMING_EVAL") or ROOT.parent / "shared/eval/dev")
    if not folder.is_dir():
        pytest.skip(f"there are no coded texts in {folder}; MEDIA_FRAMING_EVAL names their folder")
    return folder
