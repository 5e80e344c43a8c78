"""The main path needs no extra, and what is missing is named with the extra that brings it."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MODULES = {
    "great-tables": "great_tables",
    "lxml-html-clean": "lxml_html_clean",
    "pyspellchecker": "spellchecker",
    "python-docx": "docx",
}
# Hides every package of an extra, does the main job, and then asks for each feature.
PROGRAM = """
import importlib.abc, json, sys
hidden = set(json.loads(sys.argv[1]))

class Hider(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in hidden:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Hider())
import pandas as pd
import analysis as fa
from analysis.__main__ import main

with open("a.txt", "w") as file:
    file.write("Talks\\n\\nA threat may grow, he said.")
documents = fa.read_documents("a.txt")
paragraphs = fa.split_paragraphs(documents)
lexicon = fa.load_lexicon("framing")
hits = fa.find_hits(paragraphs, lexicon)
scores = fa.score_paragraphs(paragraphs, hits, lexicon)
fa.save_figure(fa.plot_paragraphs(scores, document_id="a"), "a", data=scores)
fa.show_text(paragraphs, hits, document_id="a")
fa.save_table(scores, "a.csv")
assert main(["report", "a.txt", "report"]) == 0
book = fa.make_codebook(lexicon)
sheet = fa.make_coding_sheet(paragraphs, scores, n=1, seed=1)
with open("a.ykd", "w") as file:
    file.write('<dictionary><cnode name="a"><pnode name="b"/></cnode></dictionary>')
table = pd.DataFrame({"term": ["aid"]})
features = {
    "great_tables": lambda: fa.format_table(table),
    "great_tables, saved": lambda: fa.save_formatted(table, "a.html"),
    "nltk": lambda: fa.read_nltk_corpus("state_union"),
    "spellchecker": lambda: fa.lint_lexicon(lexicon),
    "anywidget": lambda: fa.explore(paragraphs, hits, scores, lexicon),
    "anywidget, coding": lambda: fa.code_paragraphs(sheet, book, coder="a", path="codes.csv"),
    "openpyxl": lambda: fa.save_coding_sheet(sheet, book, "a.xlsx", coder="a"),
    "defusedxml": lambda: fa.load_lexicon("a.ykd"),
    "distributed": lambda: fa.score_corpus("a.csv", "out", lexicon),
}
said = {"public": [name for name in fa.__all__ if getattr(fa, name) is None]}
for name, feature in features.items():
    try:
        feature()
    except Exception as fault:
        said[name] = f"{type(fault).__name__}: {fault}"
for command in ("notebooks", "lab"):
    said[command] = main([command])
print(json.dumps(said))
"""


def optional_modules() -> list[str]:
    """The packages of all extras, by the names under which they are imported."""
    needed = {name_of(text) for text in SETTINGS["dependencies"]}
    extras = SETTINGS["optional-dependencies"]
    listed = {
        name_of(text)
        for extra, packages in extras.items()
        if extra not in ("all", "dev")
        for text in packages
    }
    return sorted(MODULES.get(name, name) for name in listed - needed - {"media-framing"})


def name_of(requirement: str) -> str:
    return requirement.partition(">")[0].partition("[")[0]


@pytest.fixture(scope="module")
def without_extras(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("bare")
    command = [sys.executable, "-c", PROGRAM, json.dumps(optional_modules())]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return {**json.loads(run.stdout.splitlines()[-1]), "errors": run.stderr}


def test_the_main_job_needs_no_extra_and_every_name_is_there(
    without_extras: dict[str, Any],
) -> None:
    assert without_extras["public"] == []


@pytest.mark.parametrize(
    ("feature", "package", "extra"),
    [
        ("great_tables", "great_tables", "tables"),
        ("great_tables, saved", "great_tables", "tables"),
        ("nltk", "nltk", "nltk"),
        ("spellchecker", "spellchecker", "spelling"),
        ("anywidget", "anywidget", "notebook"),
        ("anywidget, coding", "anywidget", "notebook"),
        ("openpyxl", "openpyxl", "excel"),
        ("defusedxml", "defusedxml", "yoshikoder"),
        ("distributed", "distributed", "corpus"),
    ],
)
def test_a_missing_package_is_named_with_its_extra(
    without_extras: dict[str, Any], feature: str, package: str, extra: str
) -> None:
    said = without_extras[feature]
    assert said.startswith("MissingPackageError: ")
    assert said.endswith(
        f'needs the package {package!r}; install it with pip install "media-framing[{extra}]"'
    )


@pytest.mark.parametrize(("command", "what"), [("notebooks", "running notebooks"), ("lab", "Jup")])
def test_a_command_that_needs_an_extra_says_so(
    without_extras: dict[str, Any], command: str, what: str
) -> None:
    assert without_extras[command] == 2
    lines = [line for line in without_extras["errors"].splitlines() if what in line]
    assert len(lines) == 1
    assert 'install it with pip install "media-framing[notebook]"' in lines[0]


def test_all_brings_every_extra_that_users_need() -> None:
    extras = SETTINGS["optional-dependencies"]
    (named,) = extras["all"]
    own = set(extras) - {"all", "dev"}
    assert set(named.removeprefix("media-framing[").removesuffix("]").split(",")) == own
