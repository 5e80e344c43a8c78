"""What tests share: folders of articles, and the settings of generated examples.

A label such as M03, L09 or S10 in the docstring of a test names the acceptance case
it shows: M matching, L lexica, I input, S scores, X display and export.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from analysis.reading import sandbox
from tests.builders import leave_undrawn
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


@pytest.fixture(scope="module", autouse=True)
def _parsers_go_on() -> Iterator[None]:
    """Keep processes that parse files for the next test: to begin is most of their work.

    Where a test changes what they begin with, they begin for it as they do for users.
    """
    idle: list[tuple[Any, Any]] = []
    start, end = sandbox.Sandbox._started, sandbox.Sandbox.__exit__

    def begins_with() -> tuple[object, ...]:
        return sandbox.PACKAGE, os.environ.get("PYTHONPATH")

    usual = begins_with()

    def start_or_go_on(self: sandbox.Sandbox) -> Any:
        if self._process is None and begins_with() == usual:
            with suppress(IndexError):
                self._process, self._answers = idle.pop()
        return start(self)

    def keep(self: sandbox.Sandbox, *fault: object) -> None:
        if self._process is not None and begins_with() == usual and not any(fault):
            idle.append((self._process, self._answers))
            self._process = None
        end(self, *fault)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox.Sandbox, "_started", start_or_go_on)
        patch.setattr(sandbox.Sandbox, "__exit__", keep)
        yield
    for process, answers in idle:
        with sandbox.Sandbox() as last:
            last._process, last._answers = process, answers


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of a report that look at neither its figures nor its intervals."""
    leave_undrawn(monkeypatch)


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
