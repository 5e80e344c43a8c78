"""Parts of a lexicon can be left out, and a preset is such a choice with a name."""

import re
import warnings
from pathlib import Path

import pytest

import analysis as fa
from analysis.errors import LexiconError, LexiconWarning
from analysis.lexicons.loading import PRESETS

MINE = """\
name: mine
categories:
  east:
    terms: [harbour]
    subcategories:
      food: [rice, 'rice']
      river: [ferry]
  west: [canyon]
"""
FORMS = {
    "mine.yml": MINE,
    "mine.csv": "category,subcategory,term\neast,,harbour\neast,food,rice\neast,river,ferry\n"
    "west,,canyon\n",
    "quanteda.yml": "east:\n  - harbour\n  - food: [rice]\n  - river: [ferry]\nwest: [canyon]\n",
}


def terms_of(lexicon: fa.Lexicon) -> set[str]:
    return set(lexicon.entries["term"])


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yml"
    path.write_text(MINE, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("without", "left"),
    [
        ("west", {"harbour", "rice", "ferry"}),
        (["east/food"], {"harbour", "ferry", "canyon"}),
        (("east/food", "east/river"), {"harbour", "canyon"}),
        (["east/food", "west"], {"harbour", "ferry"}),
        (["west", "west"], {"harbour", "rice", "ferry"}),
        ([], {"harbour", "rice", "ferry", "canyon"}),
    ],
)
@pytest.mark.filterwarnings("ignore::analysis.errors.LexiconWarning")
def test_categories_and_subcategories_of_any_lexicon_are_left_out(
    tmp_path: Path, form: str, without: list[str], left: set[str]
) -> None:
    (tmp_path / form).write_text(FORMS[form], encoding="utf-8")
    assert terms_of(fa.load_lexicon(tmp_path / form, without=without)) == left


@pytest.mark.parametrize("name", ["food", "east/", "east/rice", "west/food", "east/food/rice", ""])
@pytest.mark.filterwarnings("ignore::analysis.errors.LexiconWarning")
def test_a_part_that_there_is_not_is_refused_with_those_there_are(mine: Path, name: str) -> None:
    message = f"mine has no part {name!r}; it has east, west, east/food, east/river"
    with pytest.raises(LexiconError, match=f"^{re.escape(message)}$"):
        fa.load_lexicon(mine, without=name)


@pytest.mark.filterwarnings("ignore::analysis.errors.LexiconWarning")
def test_leaving_out_all_is_refused_and_so_is_what_names_nothing(mine: Path) -> None:
    with pytest.raises(LexiconError, match="nothing of mine is left without east, west"):
        fa.load_lexicon(mine, without=["east", "west"])
    for wrong in (3, [3], b"west", None):
        with pytest.raises(TypeError, match="names of categories or subcategories"):
            fa.load_lexicon(mine, without=wrong)  # type: ignore[arg-type]


def test_what_is_left_out_warns_of_nothing(mine: Path) -> None:
    with pytest.warns(LexiconWarning, match="the same as 'rice'") as told:
        fa.load_lexicon(mine)
    # It points at the line of the one who loads.
    assert told[0].filename == __file__
    with warnings.catch_warnings(action="error"):
        assert fa.load_lexicon(mine, without="east/food").problems.empty


def test_exclusions_of_what_is_left_out_go_with_it_and_all_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(
        "east:\n  exclude: [rice paper, ferry's wheel, harbour rice, no entry here]\n"
        "  subcategories: {food: [rice], river: [ferry, harbour]}\n",
        encoding="utf-8",
    )
    part = fa.load_lexicon(path, without="east/food")
    assert part.categories[0].exclude == ("ferry's wheel", "harbour rice", "no entry here")
    texts = ["Ferry's wheel. Harbour rice. Rice paper. A ferry."]
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    hits = fa.find_hits(paragraphs, part, in_context=False)
    assert hits.loc[hits["blocked_by"].isna(), "surface"].tolist() == ["ferry"]


@pytest.mark.filterwarnings("ignore::analysis.errors.LexiconWarning")
def test_name_id_and_description_say_what_is_left_out(mine: Path) -> None:
    whole, part = fa.load_lexicon(mine), fa.load_lexicon(mine, without=["east/food", "west"])
    assert part.id.startswith("mine without east/food, west@")
    assert part.content_hash != whole.content_hash
    assert "Left out: east/food, west." in part.card().text
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Rice by ferry."]))
    assert part.id in fa.method_note(fa.find_hits(paragraphs, part, in_context=False))


def test_long_lists_do_not_make_long_names() -> None:
    welfare = fa.load_lexicon("framing").categories[2]
    parts = [f"welfare/{name}" for name, _ in welfare.subcategories]
    name = fa.load_lexicon("framing", without=parts).name
    assert name == f"framing without {', '.join(parts[:3])} and {len(parts) - 3} more"


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_its_lexicon_without_some_parts(name: str) -> None:
    base, parts = PRESETS[name]
    preset, whole = fa.load_lexicon(name), fa.load_lexicon(base)
    assert preset.name == name
    assert preset.content_hash == fa.load_lexicon(base, without=parts).content_hash
    assert preset.content_hash != whole.content_hash
    gone = whole.entries["category"] + "/" + whole.entries["subcategory"]
    assert len(preset.entries) == len(whole.entries) - gone.isin(parts).sum()
    with pytest.raises(LexiconError, match=f"{name} has no part '{parts[0]}'"):
        fa.load_lexicon(name, without=parts[0])
    category = preset.category_names[-1]
    narrower = fa.load_lexicon(name, without=category)
    assert narrower.name == f"{name} without {category}"


def test_of_news_on_war_and_crime_the_preset_counts_the_war() -> None:
    text = "Shells hit the town, soldiers said. Burglars were arrested, and the EU spoke of visas."
    tables = fa.analyze(fa.documents_from_texts([text]), fa.load_lexicon("framing-conflict"))
    assert "soldiers" in set(tables["hits"]["surface"])
    assert not {"arrested", "visas", "Burglars"} & set(tables["hits"]["surface"])
    whole = fa.analyze(fa.documents_from_texts([text]), fa.load_lexicon("framing"))
    assert "arrested" in set(whole["hits"]["surface"])
    assert set(tables["hits"]["lexicon"]).isdisjoint(whole["hits"]["lexicon"])


def test_a_preset_is_named_where_no_lexicon_is_found() -> None:
    with pytest.raises(LexiconError, match="framing, framing-conflict, hedging"):
        fa.load_lexicon("framing-war")
