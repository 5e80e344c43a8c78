"""A compiled module is refused where its source is another one."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "analysis"
TYPES = sorted(PACKAGE.rglob("*.pxd"))
SOURCES = sorted([*PACKAGE.rglob("*.pyx"), *(path.with_suffix(".py") for path in TYPES)])

# Changes one file after another, imports its module in a process forked for it, and tells what
# came of it. What all modules import is there before, so that each import is a matter of moments.
IMPORT_EACH = """
import json, multiprocessing, pathlib, sys
from importlib import import_module
import numpy, pandas, yaml

def attempt(path):
    try:
        import_module(".".join(path.with_suffix("").parts))
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"
    return "imported"

def changed(path, change):
    original = path.read_bytes()
    path.write_bytes(change(original))
    with multiprocessing.get_context("fork").Pool(1) as pool:
        told = pool.apply(attempt, [path])
    path.write_bytes(original)
    return told

if __name__ == "__main__":
    paths = [pathlib.Path(name) for name in json.loads(sys.argv[1])]
    json.dump({
        "changed": {str(path): changed(path, lambda text: text + b"# more\\n") for path in paths},
        "line ends": {
            str(path): changed(path, lambda text: text.replace(b"\\n", b"\\r\\n")) for path in paths
        },
    }, sys.stdout)
"""


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


needs_compiled = pytest.mark.skipif(
    any(str(import_module(name_of(path)).__file__).endswith(".py") for path in SOURCES[:1]),
    reason="nothing was compiled at set-up",
)


def copy_package(folder: Path, *, without: str = "__pycache__") -> Path:
    """Copy the package, so that a test may change it."""
    left_out = shutil.ignore_patterns("__pycache__", without)
    return Path(shutil.copytree(PACKAGE, folder / "analysis", ignore=left_out))


def run_in(folder: Path, program: str, *arguments: str | Path) -> Any:
    """Run a program that takes the package from a folder, and the tests from here."""
    script = folder / "program.py"
    script.write_text(program)
    run = subprocess.run(
        [sys.executable, script, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def imports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What comes of importing each compiled module when one of its files is another."""
    folder = tmp_path_factory.mktemp("changed")
    copy_package(folder)
    names = [str(path.relative_to(ROOT)) for path in [*SOURCES, *TYPES]]
    return dict(run_in(folder, IMPORT_EACH, json.dumps(names)))


@needs_compiled
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
@pytest.mark.parametrize("path", [*SOURCES, *TYPES], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_compiled_module_of_another_source_is_refused(
    imports: dict[str, dict[str, str]], path: Path
) -> None:
    source = path.with_suffix(".py") if path.suffix == ".pxd" else path
    told = imports["changed"][str(path.relative_to(ROOT))]
    assert told.startswith("OutdatedError: ")
    assert f"{source.relative_to(ROOT)}' has changed since it was compiled" in told
    assert "run `make`" in told
    assert imports["line ends"][str(path.relative_to(ROOT))] == "imported"


@needs_compiled
def test_what_is_compiled_has_its_types() -> None:
    """Without them the same results take twice the time."""
    classes = {
        path: re.findall(r"^cdef class (\w+):", path.read_text("utf-8"), re.MULTILINE)
        for path in TYPES
    }
    assert any(classes.values())
    for path, names in classes.items():
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        # Only objects of untyped classes have a dictionary.
        assert not any(getattr(module, name).__dictoffset__ for name in names), path


def test_nothing_stays_compiled_that_is_compiled_no_more() -> None:
    for path in (ROOT / "analysis").rglob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}"):
        module = path.with_name(path.name.partition(".")[0])
        assert module.with_suffix(".pxd") in TYPES or module.with_suffix(".pyx") in SOURCES
