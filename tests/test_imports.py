"""Imports run one way, and importing the package costs nothing."""

import ast
import graphlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "analysis"

# From the ground up: a room may import from those before it, and from its own.
ROOMS = [
    ["errors", "statistics"],
    ["sources", "tables", "widgets"],
    ["languages"],
    ["text"],
    ["lexicons", "saving"],
    ["reading", "hits", "figures"],
    ["scores"],
    ["exploration"],
    ["comparison", "validation"],
    ["curation"],
    ["output"],
    ["cli"],
    ["__main__"],
]
LEVEL = {room: level for level, rooms in enumerate(ROOMS) for room in rooms}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


NAMES = {name_of(path) for path in MODULES}


def room_of(module: str) -> str:
    return module.split(".")[1]


def imported(path: Path) -> set[str]:
    """Return the modules of the package that a file imports, also inside functions."""
    modules = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            modules |= (inner & NAMES) or {node.module}
        elif isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
    return {module for module in modules if module.startswith("analysis.")}


def imported_rooms(path: Path) -> set[str]:
    return {room_of(module) for module in imported(path)}


def own_room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    own = own_room(path)
    assert own in LEVEL, f"{own} has no place in the order of imports yet"
    upward = {room for room in imported_rooms(path) - {own} if LEVEL[room] >= LEVEL[own]}
    assert not upward, f"{path.name} imports {upward}, which does not stand below it"


def test_no_modules_import_each_other_in_a_circle() -> None:
    sorter = graphlib.TopologicalSorter({name_of(path): imported(path) for path in MODULES})
    assert list(sorter.static_order())  # raises CycleError, which names the circle


def test_every_room_has_its_place_and_no_place_is_empty() -> None:
    assert {own_room(path) for path in MODULES} == set(LEVEL)


def test_a_backward_import_would_be_seen_also_inside_a_function(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "def f():\n    from analysis.scores.scoring import g\n    import analysis.figures\n"
    )
    assert imported_rooms(path) == {"scores", "figures"}


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
