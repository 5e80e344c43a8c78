"""Type checkers see every public name with its signature."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# A type checker reads pandas again, and that takes long.
pytestmark = pytest.mark.browser_suite

ROOT = Path(__file__).resolve().parent.parent
RIGHT = """\
import analysis as fa

paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat."]))
hits = fa.find_hits(paragraphs, fa.load_lexicon("framing"))
reveal_type(fa.find_hits)
reveal_type(hits)
reveal_type(fa.__version__)
"""
WRONG = """\
import analysis as fa

fa.find_hitz
fa.load_lexicon(3)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("scripts")
    (folder / "right.py").write_text(RIGHT, encoding="utf-8")
    (folder / "wrong.py").write_text(WRONG, encoding="utf-8")
    # The package is followed, but not checked: make lint does that.
    command = [sys.executable, "-m", "mypy", "--follow-imports=silent", "right.py", "wrong.py"]
    run = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout.splitlines()


def test_a_function_has_its_signature(said: list[str]) -> None:
    notes = [line for line in said if line.startswith("right.py")]
    assert len(notes) == 3
    assert 'right.py:5: note: Revealed type is "def (paragraphs: pandas' in notes[0]
    assert "lexica: analysis.lexicons.model.Lexicon" in notes[0]
    assert notes[1] == 'right.py:6: note: Revealed type is "pandas.core.frame.DataFrame"'
    assert "str" in notes[2]


def test_a_misspelt_name_and_a_wrong_argument_are_errors(said: list[str]) -> None:
    errors = [line for line in said if line.startswith("wrong.py")]
    assert len(errors) == 2
    assert 'has no attribute "find_hitz"' in errors[0]
    assert 'Argument 1 to "load_lexicon" has incompatible type "int"' in errors[1]
