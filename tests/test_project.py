"""The files around the code agree with each other, and the notebooks keep to their form."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

import pytest
import yaml

import analysis as fa
from analysis.hits.matching.engine import QUICK_PATH
from tests.notebooks import tracked_notebooks

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = SETTINGS["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKS = [ROOT / "requirements.lock", *sorted((ROOT / "tools").glob("*.txt"))]
NOTEBOOKS = tracked_notebooks()
CONDA_NAMES = {
    "duckdb": "python-duckdb",
    "lxml-html-clean": "lxml_html_clean",
    "matplotlib": "matplotlib-base",
}


def split_requirement(text: str) -> tuple[str, str]:
    name, bounds = re.fullmatch(r"([A-Za-z0-9._-]+)\s*(.*)", text).groups()
    return name.lower(), bounds


def requirements(*extras: str) -> set[str]:
    """Return what the package needs, with some extras or with all that users need."""
    optional = PROJECT["optional-dependencies"]
    chosen = extras or set(optional) - {"all", "dev"}
    needed = {text for extra in chosen for text in optional[extra]} | set(PROJECT["dependencies"])
    return {text for text in needed if not text.startswith("media-framing[")}


def read_notebook(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def code_cells(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in read_notebook(path)["cells"] if cell["cell_type"] == "code"]


def parameters_of(path: Path) -> dict[str, str]:
    """Return the defaults of a notebook's parameters, as written."""
    (source,) = (
        "".join(cell["source"])
        for cell in code_cells(path)
        if "parameters" in cell["metadata"].get("tags", [])
    )
    assigned = [node for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    return {ast.unparse(node.targets[0]): ast.unparse(node.value) for node in assigned}


def packages_in(lock: Path) -> list[str]:
    """Return the packages of a lock, each with its version and hashes."""
    return re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8").strip())


@pytest.mark.parametrize("lock", [*LOCKS, ROOT / "tools" / "axe" / "package-lock.json"])
def test_a_lock_names_no_host(lock: Path) -> None:
    assert not re.search(
        r"https?://|index-url|find-links|@ file|resolved", lock.read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_has_a_hash_for_every_package(lock: Path) -> None:
    packages = packages_in(lock)
    assert len(packages) > 50 or lock.name != "requirements.lock"
    without = [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package]
    assert without == []
    assert [package for package in packages if not re.match(r"[A-Za-z0-9._-]+==\d", package)] == []


def test_every_tool_of_make_is_locked_by_itself() -> None:
    groups = SETTINGS["dependency-groups"]
    assert {lock.stem for lock in LOCKS[1:]} == set(groups)
    for lock in LOCKS[1:]:
        locked = {package.partition("==")[0].lower() for package in packages_in(lock)}
        assert {split_requirement(text)[0] for text in groups[lock.stem]} - locked == set()


def test_what_npm_installs_has_its_version_and_hash() -> None:
    folder = ROOT / "tools" / "axe"
    wanted = json.loads((folder / "package.json").read_text())["devDependencies"]
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    own = packages.pop("")
    assert own["devDependencies"] == wanted
    assert {f"node_modules/{name}": version for name, version in wanted.items()} == {
        name: package["version"] for name, package in packages.items()
    }
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())


def test_make_installs_nothing_without_hashes_but_the_project_and_the_lowest_versions() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    installs = [line for line in text.splitlines() if re.search(r"\bpip install\b", line)]
    assert len(installs) >= 5
    for line in installs:
        hashed = "--require-hashes" in line or "--resolution lowest-direct" in line
        assert hashed or ("--no-deps" in line and "--editable ." in line), line
    assert not re.search(r"tool run|uvx|npx|npm (install|i) (?!.*--package-lock-only)", text)


def test_the_lock_holds_every_dependency_and_what_building_needs() -> None:
    locked = {name.lower() for name in re.findall(r"^([A-Za-z0-9._-]+)==", LOCK, re.MULTILINE)}
    wanted = requirements() | requirements("dev")
    assert {split_requirement(text)[0] for text in wanted} - locked == set()
    assert {"cython", "setuptools"} <= locked


def test_conda_gets_the_same_packages_and_ranges() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *packages, last = environment["dependencies"]
    assert last == {"pip": ["-e ."]}
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    ranges = dict(map(split_requirement, packages))
    assert ranges.pop("pip") == ranges.pop("c-compiler") == ""
    assert ranges.pop("python") == PROJECT["requires-python"]
    wanted = dict(map(split_requirement, requirements()))
    assert ranges == {CONDA_NAMES.get(name, name): bounds for name, bounds in wanted.items()}


def test_every_package_has_a_lowest_version_for_the_tests_to_try() -> None:
    bounds = dict(map(split_requirement, requirements() | requirements("dev")))
    assert {name: bound for name, bound in bounds.items() if not bound.startswith(">=")} == {}
    needed = dict(map(split_requirement, SETTINGS["build-system"]["requires"]))
    assert needed == {name: bounds[name] for name in needed}


def test_the_version_is_the_same_everywhere() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    latest = re.search(r"^## \[(\d[^\]]*)\] - (\S+)$", changes, re.MULTILINE)
    assert latest
    assert PROJECT["version"] == citation["version"] == latest[1] == fa.__version__
    assert str(citation["date-released"]) == latest[2]
    assert citation["authors"] == PROJECT["authors"]


def test_make_alone_lists_every_command() -> None:
    run = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    commands = "notebooks lab test test-browser test-lowest lint format audit lock clean help"
    for command in commands.split():
        assert re.search(rf"^  {command} ", run.stdout, re.MULTILINE), command


def test_make_refuses_a_python_that_is_too_old_or_missing(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.lock", "pyproject.toml", "setup.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    command = ["make", "test", "PYTHON=no-such-python"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "Python 3.11 or newer is needed" in run.stderr
    assert not (tmp_path / ".venv").exists()


def make_with(python: str, target: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of make in a folder that is set up, with a program in place of Python."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml", "setup.py"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    shutil.copytree(ROOT / "tools", folder / "tools")
    (folder / "analysis").mkdir()
    program = folder / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\n{python}\n")
    program.chmod(0o755)
    (folder / ".venv" / "audit").mkdir()
    shutil.copy(ROOT / "tools" / "audit.txt", folder / ".venv" / "audit" / "tools.txt")
    (folder / ".venv" / ".installed").write_text(f"{folder}\n")
    command = ["make", target]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("finds", "status", "said", "complaint"),
    [
        ("exit 0", 0, "No vulnerability is known", ""),
        ("echo 'jinja2 2.10 CVE-1' > .venv/audit.txt; exit 1", 2, "jinja2 2.10 CVE-1", "Error 1"),
        ("echo 'ConnectionError: x' >&2; exit 1", 2, "", "Not audited: no database"),
        ("echo 'ConnectionError: x' >&2; exit 1", 2, "", "Error 3"),
    ],
    ids=["harmless", "vulnerable", "out of reach", "out of reach, by its own status"],
)
def test_an_audit_tells_what_is_vulnerable_from_what_nobody_could_look_up(
    tmp_path: Path, finds: str, status: int, said: str, complaint: str
) -> None:
    # Without --strict, pip-audit calls harmless what the index does not know.
    python = (
        f'case "$*" in *"pip_audit --strict "*"-r requirements.lock "*) {finds} ;; esac; exit 9'
    )
    run = make_with(python, "audit", tmp_path)
    assert run.returncode == status
    assert said in run.stdout
    assert complaint in run.stderr
    assert ("No vulnerability" in run.stdout) == (status == 0)


def test_lowest_versions_that_this_python_cannot_have_are_told_in_a_sentence(
    tmp_path: Path,
) -> None:
    python = 'case "$*" in --version) echo Python 3.99.1 ;; *lowest-direct*) exit 1 ;; esac'
    run = make_with(python, "test-lowest", tmp_path)
    assert run.returncode == 2
    assert "Python 3.99.1 cannot have all of them" in run.stderr
    assert "Running" not in run.stdout


def test_ci_runs_the_readme_command_for_tests_then_those_in_a_browser_and_then_lints() -> None:
    path = ROOT / ".ci" / "run"
    lines = path.read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith("make ")]
    assert commands == ["make test", "make test-browser", "make test-lowest", "make lint"]
    assert "make test " in (ROOT / "README.md").read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o100


def test_every_ignore_in_the_settings_gives_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignores = text[text.index("\nignore = [") : text.index("[tool.ruff.lint.flake8-tidy-imports]")]
    rules = [line for line in ignores.splitlines() if re.search(r'"[A-Z]+\d+"|"[DS]"', line)]
    assert rules
    assert [line for line in rules if " # " not in line] == []


# A wheel compiles everything again, and that takes long.
@pytest.mark.browser_suite
def test_the_wheel_holds_the_package_with_its_data_and_what_was_compiled(tmp_path: Path) -> None:
    source = tmp_path / "source"
    built = shutil.ignore_patterns("__pycache__", "*.c", "*.so", "*.pyd", "*.png", "*.svg")
    for name in ("analysis", "notebooks", "data", "figures"):
        shutil.copytree(ROOT / name, source / name, ignore=built)
    for name in (
        *("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"),
        "environment.yml",
    ):
        shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "-w", str(tmp_path)], cwd=source, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "analysis").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in (".c", ".so")
    }
    assert "analysis/lexicons/builtin/framing.yml" in files
    assert "analysis/output/templates/index.html.j2" in files
    assert files - packed == set()
    assert (f"analysis/hits/matching/quick{EXTENSION_SUFFIXES[0]}" in packed) == QUICK_PATH
    bundled = [*NOTEBOOKS, *(ROOT / "data").rglob("*.*"), ROOT / "environment.yml"]
    names = {f"analysis/project/{path.relative_to(ROOT).as_posix()}" for path in bundled}
    assert names - packed == set()
    compiled = [one for one in zipfile.ZipFile(wheel).infolist() if one.filename.endswith(".so")]
    # Each has about 200,000 bytes before its first line.
    assert sum(one.file_size for one in compiled) < 8_000_000


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="without git nobody knows what is kept")
def test_the_released_source_holds_every_file_that_is_kept(tmp_path: Path) -> None:
    program = "import sys, setuptools.build_meta as b; print(b.build_sdist(sys.argv[1]))"
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [name for name in kept.stdout.splitlines() if (ROOT / name).exists()]
    for name in names:
        (tmp_path / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "source" / name)
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=tmp_path / "source",
        capture_output=True,
        text=True,
        check=True,
    )
    with tarfile.open(tmp_path / run.stdout.splitlines()[-1]) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    assert set(names) - packed == set()


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 3


def test_a_parameter_of_several_notebooks_has_one_default() -> None:
    defaults: dict[str, set[str]] = {}
    for path in NOTEBOOKS:
        for name, default in parameters_of(path).items():
            defaults.setdefault(name, set()).add(default)
    assert {name: values for name, values in defaults.items() if len(values) > 1} == {}
    # That of the report, so that the numbers agree.
    assert defaults["SEED"] == {"0"}


def test_a_notebook_of_a_researchers_own_is_no_business_of_the_tests(tmp_path: Path) -> None:
    for name in ("01_ours.ipynb", "mine.ipynb"):
        (tmp_path / name).write_text("{}")
    assert [path.name for path in tracked_notebooks(tmp_path)] == ["01_ours.ipynb", "mine.ipynb"]
    if shutil.which("git") is None:
        pytest.skip("there is no git, which tells the two apart")
    for command in (["init", "--quiet"], ["add", "01_ours.ipynb"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert [path.name for path in tracked_notebooks(tmp_path)] == ["01_ours.ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    def test_is_committed_without_outputs(self, path: Path) -> None:
        for cell in code_cells(path):
            assert cell["outputs"] == []
            assert cell["execution_count"] is None

    def test_names_no_machine_in_its_metadata(self, path: Path) -> None:
        metadata = read_notebook(path)["metadata"]
        assert metadata["kernelspec"]["name"] == "python3"
        assert metadata["language_info"] == {"name": "python"}

    def test_defines_nothing(self, path: Path) -> None:
        for cell in code_cells(path):
            tree = ast.parse("".join(cell["source"]))
            kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
            assert not [node for node in ast.walk(tree) if isinstance(node, kinds)]

    def test_has_one_cell_of_parameters(self, path: Path) -> None:
        tagged = [
            cell for cell in code_cells(path) if "parameters" in cell["metadata"].get("tags", [])
        ]
        assert len(tagged) == 1

    def test_keeps_its_code_short(self, path: Path) -> None:
        for cell in code_cells(path):
            if "parameters" not in cell["metadata"].get("tags", []):
                lines = [line for line in "".join(cell["source"]).splitlines() if line.strip()]
                assert len(lines) <= 8, "".join(cell["source"])

    def test_says_its_answer_in_sentences_before_its_limits(self, path: Path) -> None:
        cells = [
            ("answer" in cell["metadata"].get("tags", []), "".join(cell["source"]))
            for cell in read_notebook(path)["cells"]
        ]
        (answer,) = (n for n, (tagged, _) in enumerate(cells) if tagged)
        assert "print(" in cells[answer][1]
        assert cells[answer + 1][1].startswith("## What this shows, and what it cannot show")

    def test_compares_by_parameters_and_never_counts_copies_unasked(self, path: Path) -> None:
        code = "\n".join("".join(cell["source"]) for cell in code_cells(path))
        # The first notebook shows what the others let you choose.
        if "fa.compare_pair(" in code and not path.name.startswith("00"):
            parameters = parameters_of(path)
            assert parameters.keys() >= {"GROUP", "PAIR", "KEEP_COPIES", "SEED"}
            assert "KEEP_COPIES = True counts them" in code or "No copies are left out" in code

    def test_begins_with_its_question_and_ends_with_its_limits(self, path: Path) -> None:
        prose = [
            "".join(cell["source"])
            for cell in read_notebook(path)["cells"]
            if cell["cell_type"] == "markdown"
        ]
        assert re.match(r"# .+\?\n", prose[0])
        assert "What this shows, and what it cannot show" in prose[-1]


def test_no_expression_repeats_a_group_possessively() -> None:
    """Python up to 3.11.4 then matches too much: "u.s. army" gave the token "u.s."."""
    repeated = re.compile(r"\)(?:[*+?]|\{[^}]*\}+)\+")
    found = [
        f"{path.name}: {line.strip()}"
        for path in (ROOT / "analysis").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "re.compile" in line or line.lstrip().startswith(('r"', 'rf"'))
        if repeated.search(line) and "dates" not in path.name
    ]
    assert found == []
