"""The card of a lexicon says what it is, how well it agrees, and where it fails."""

import re
from pathlib import Path

import pytest

import analysis as fa
from analysis.lexicons.loading import PRESETS, builtin_lexica

ROOT = Path(__file__).resolve().parents[2]
BUILTIN = [*builtin_lexica(), *PRESETS]


@pytest.mark.parametrize("name", BUILTIN)
def test_the_card_in_the_documentation_is_the_card_of_the_lexicon(name: str) -> None:
    written = (ROOT / "docs" / "lexicons" / f"{name}.md").read_text(encoding="utf-8")
    assert written == fa.load_lexicon(name).card().text, "run `make cards`"


@pytest.mark.parametrize("name", BUILTIN)
def test_a_card_names_version_size_failures_changes_and_sources(name: str) -> None:
    lexicon = fa.load_lexicon(name)
    text = lexicon.card().text
    assert lexicon.id in text
    for category in lexicon.categories:
        assert f"{len(category.entries)} entries" in text
        assert " ".join(category.definition.split()) in text
    for heading in ("Agreement with human codes", "Known failures", "Changes", "Sources"):
        assert f"## {heading}" in text
    assert f"- {lexicon.version}: " in text


@pytest.mark.parametrize("name", ["framing", *PRESETS, "hedging", "attribution"])
def test_measured_figures_belong_to_this_version(name: str) -> None:
    text = fa.load_lexicon(name).card().text
    assert "another version" not in text, "run `make cards DATA=…` after a change of the lexicon"
    assert "Not measured" not in text


def test_the_card_of_framing_has_figures_intervals_peers_and_entries() -> None:
    text = fa.load_lexicon("framing").card().text
    rows = re.findall(r"^\| (a\d) \| (\w+) \| ([\d,]+) \|.*\| (\.\d\d) \[", text, re.MULTILINE)
    assert {(data, category) for data, category, *_ in rows} >= {
        ("a2", "security"),
        ("a2", "sovereignty"),
        ("a2", "welfare"),
    }
    assert "Lexicoder 2013" in text
    assert "never fire in these texts" in text


def test_the_card_of_framing_tells_by_source_how_many_hits_in_news_are_right() -> None:
    text = fa.load_lexicon("framing").card().text
    _, told = text.split("## Hits in news, coded by language models\n")
    told, _ = told.split("\n## ", 1)
    assert "no evidence to publish" in told
    for data in re.split(r"^(?=d\d, )", told, flags=re.MULTILINE)[1:]:
        assert "| source | security | sovereignty | welfare |" in data
        shown = re.findall(r"^\| (\S+) \|(.*)\|$", data, re.MULTILINE)
        rows = {source: cells for source, cells in shown if re.search(r"\d", cells)}
        assert len(rows) > 3
        assert (
            len(re.findall(r"\.\d\d \[\.\d\d, 1?\.\d\d\] of \d+, kept 1?\.\d\d", rows["all"])) == 3
        )


@pytest.mark.parametrize("name", ["boosters", "negation"])
def test_a_lexicon_that_was_not_measured_says_so(name: str) -> None:
    assert "Not measured" in fa.load_lexicon(name).card().text


def test_your_own_lexicon_has_a_card_that_asks_for_codes() -> None:
    lexicon = fa.lexicon_from_dict("mine", {"threat": ["threat*"]})
    card = lexicon.card()
    assert "Not measured. Code a sample" in card.text
    assert "Known failures" not in card.text
    assert card._repr_markdown_() == str(card) == card.text


def test_a_changed_copy_of_a_builtin_lexicon_is_warned_of_other_figures(tmp_path: Path) -> None:
    text = (ROOT / "analysis/lexicons/builtin/framing.yml").read_text(encoding="utf-8")
    path = tmp_path / "framing.yml"
    path.write_text(text.replace("version: 3.0.0", "version: 3.0.1"), encoding="utf-8")
    card = fa.load_lexicon(path).card().text
    assert "another version" in card
    assert "## Entries" not in card
