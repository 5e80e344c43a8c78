"""Imports run one way, and importing the package costs nothing."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "analysis"

# From the ground up: a room may import from those before it, and from its own.
ROOMS = [
    ["errors", "columns", "paths", "parsing", "inference", "significance"],
    ["result_schemas", "comparison_schemas", "validation_schemas"],
    ["schemas"],
    ["tables"],
    ["codebooks"],
    ["text"],
    ["lexicons", "reading"],
    ["matching"],
    ["voice"],
    ["certainty"],
    ["hits"],
    ["scoring", "credits"],
    ["corpus"],
    ["wording", "comparison", "shifts"],
    ["keywords", "similarities", "cooccurrences", "trends", "topics", "sensitivity", "length"],
    ["validation"],
    ["exploration"],
    ["pipeline", "provenance", "corpus"],
    ["export"],
    ["coding_files"],
    ["alternative_text"],
    ["style"],
    ["plots", "figures", "display", "coding_widget"],
    ["report", "pages", "publication", "explorer"],
    ["notebooks", "article_report"],
    ["commands"],
    ["__main__"],
]
LEVEL = {room: level for level, rooms in enumerate(ROOMS) for room in rooms}
COMPUTING = {
    "inference",
    "significance",
    "parsing",
    "lexicons",
    "reading",
    "matching",
    "voice",
    "certainty",
    "hits",
    "scoring",
    "credits",
    "wording",
    "comparison",
    "shifts",
    "validation",
    "keywords",
    "similarities",
    "cooccurrences",
    "trends",
    "topics",
    "sensitivity",
    "length",
    "exploration",
    "pipeline",
    "corpus",
    "notebooks",
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room_of(module: str) -> str:
    return module.split(".")[1]


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            if node.module == "analysis":
                names = [f"analysis.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        rooms |= {room_of(name) for name in names if name.startswith("analysis.")}
    return rooms


def own_room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    own = own_room(path)
    assert own in LEVEL, f"{own} has no place in the order of imports yet"
    backward = {room for room in imported_rooms(path) if LEVEL[room] > LEVEL[own]}
    assert not backward, f"{path.name} imports {backward}, which stands after it"


@pytest.mark.parametrize(
    "room", ["plots", "display", "figures", "coding_widget", "explorer", "style"]
)
def test_what_draws_takes_tables_and_computes_nothing(room: str) -> None:
    own = [path for path in MODULES if own_room(path) == room]
    assert own
    assert not COMPUTING & set().union(*map(imported_rooms, own))


def test_a_backward_import_would_be_seen_also_inside_a_function(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "def f():\n    from analysis.scores.scoring import g\n    import analysis.figures\n"
    )
    assert imported_rooms(path) == {"scoring", "plots"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = "import sys, json, analysis; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = set(json.loads(run.stdout))
    assert not {"pandas", "numpy", "matplotlib", "nltk", "sklearn", "nbconvert"} & loaded


def test_the_version_is_told_without_loading_anything_heavy() -> None:
    program = (
        "import sys, runpy; sys.argv = ['analysis', '--version']\n"
        "try: runpy.run_module('analysis', run_name='__main__')\n"
        "except SystemExit: print([m for m in ('pandas', 'nbconvert') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert run.stdout.split()[-1] == b"[]"


def test_every_public_name_can_be_imported() -> None:
    import analysis

    for name in analysis.__all__:
        assert getattr(analysis, name) is not None
    with pytest.raises(AttributeError, match="read_docs"):
        analysis.read_docs  # noqa: B018 - asking for it is the test


def test_no_room_is_called_utils_or_grows_beyond_500_lines() -> None:
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > 500} == {}
    assert not {"utils.py", "helpers.py", "common.py"} & set(sizes)
