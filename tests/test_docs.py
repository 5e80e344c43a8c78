"""The docs are in step with the code, and their examples run."""

import doctest
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pandas as pd
import pytest
import yaml

import analysis as fa

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "lexicons" not in path.parts)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Pages of the reference, made by the script as `make docs` runs it, into another folder."""
    root = tmp_path_factory.mktemp("root")
    program = (
        "import sys, pathlib, runpy; "
        f"script = runpy.run_path({str(DOCS / 'make_api.py')!r}); "
        f"[pathlib.Path({str(root)!r}, name).write_text(text, encoding='utf-8', newline='\\n')"
        " for name, text in script['make_pages']().items()]"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    return {path.name: path.read_text("utf-8") for path in root.iterdir()}


def test_the_reference_is_in_step_with_the_docstrings(made: dict[str, str]) -> None:
    kept = {path.name: path.read_text("utf-8") for path in (DOCS / "api").glob("*.md")}
    assert sorted(kept) == sorted(made), "run make docs"
    assert [name for name in made if made[name] != kept[name]] == [], "run make docs"


def test_every_public_name_stands_once_in_the_reference(made: dict[str, str]) -> None:
    pages = "\n".join(text for name, text in made.items() if name != "README.md")
    told = re.findall(r"^## fa\.(\w+)$", pages, re.MULTILINE)
    assert sorted(told) == sorted(set(fa.__all__) - {"__version__"})


@pytest.mark.parametrize("name", sorted(set(fa.__all__) - {"__version__"}))
def test_every_public_name_has_an_example(name: str) -> None:
    examples = doctest.DocTestFinder(recurse=False).find(getattr(fa, name), name)
    assert sum(len(found.examples) for found in examples) > 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_links_of_the_docs_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_the_docs_name_no_function_that_is_none() -> None:
    for page in PAGES:
        named = set(re.findall(r"\bfa\.([a-z_]+)", page.read_text("utf-8")))
        assert named <= set(fa.__all__), page


def test_the_index_names_every_page() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    own = [path.name for path in DOCS.glob("*.md") if path.name != "README.md"]
    assert [
        name for name in [*own, "api/README.md", "decisions/README.md"] if f"({name})" not in index
    ] == []


class TestDecisions:
    """Every decision is a page of one form, and the list names each of them once."""

    PAGES = sorted((DOCS / "decisions").glob("[0-9]*.md"))

    def test_numbers_run_from_one_without_a_gap(self) -> None:
        numbers = [int(re.match(r"(\d{4})-[a-z0-9-]+\.md$", page.name)[1]) for page in self.PAGES]
        assert numbers == list(range(1, len(numbers) + 1))

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
    def test_a_page_has_its_number_and_four_sections_with_text(self, page: Path) -> None:
        title, *sections = re.split(r"^## ", page.read_text("utf-8"), flags=re.MULTILINE)
        assert re.match(rf"# {int(page.name[:4])}\. \S", title)
        names = [section.split("\n", 1)[0] for section in sections]
        assert names == ["Context", "Decision", "Consequences", "Rejected"]
        assert all(section.split("\n", 1)[1].strip() for section in sections)
        assert re.search(r"^- \S", sections[-1], re.MULTILINE)

    def test_the_list_names_each_page_once_by_number_and_title(self) -> None:
        index = (DOCS / "decisions" / "README.md").read_text("utf-8")
        titles = [re.match(r"# \d+\. (.+)", page.read_text("utf-8"))[1] for page in self.PAGES]
        expected = [
            f"- [{page.name[:4]}]({page.name}) {title}"
            for page, title in zip(self.PAGES, titles, strict=True)
        ]
        assert sorted(re.findall(r"^- \[.*$", index, re.MULTILINE)) == expected


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text("utf-8")
    return [textwrap.dedent(b) for b in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)]


@pytest.mark.filterwarnings("ignore::analysis.errors.LanguageWarning")
def test_the_example_in_another_language_runs_and_says_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lexicon = blocks("your_language.md", "yaml")[0]
    (tmp_path / "rahmen.yml").write_text(lexicon, encoding="utf-8")
    examples = doctest.DocTestParser().get_doctest(
        "\n".join(blocks("your_language.md", "pycon")),
        {},
        "your_language.md",
        "your_language.md",
        0,
    )
    assert len(examples.examples) > 8
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    result = doctest.DocTestRunner(optionflags=flags).run(examples)
    assert result.failed == 0


def test_the_citation_is_valid() -> None:
    """Required fields and their forms, as in the schema of the Citation File Format 1.2.0."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in ("software", "dataset")
    known = {"name", "website", "email", "given-names", "family-names", "affiliation", "orcid"}
    assert all(set(author) <= known and author for author in citation["authors"])
    assert pd.Timestamp(citation["date-released"]) <= pd.Timestamp.now() + pd.Timedelta(days=400)
    allowed = {
        *("cff-version", "message", "title", "type", "version", "date-released", "license"),
        *("authors", "keywords", "abstract", "repository-code", "url", "doi", "references"),
    }
    assert set(citation) <= allowed
