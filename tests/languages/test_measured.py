"""How often voice and certainty are right: read where it was measured, and told as it is."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import LanguageError
from analysis.languages.language import load_language
from analysis.languages.measured import FILE
from analysis.tables.checks import check_table

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def copied(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the folder of English, with its figures changed or without them."""

    def make(change: Change | None = None, *, code: str = "en") -> Path:
        folder = tmp_path / f"language_{len(list(tmp_path.iterdir()))}"
        shutil.copytree(load_language("en").folder, folder)
        facts = folder / "language.yml"
        facts.write_text(facts.read_text("utf-8").replace("code: en", f"code: {code}"), "utf-8")
        if change is None:
            (folder / FILE).unlink()
        else:
            content = json.loads((folder / FILE).read_text("utf-8"))
            change(content)
            (folder / FILE).write_text(json.dumps(content), encoding="utf-8")
        return folder

    return make


def keep(content: dict[str, Any]) -> None:
    """Change nothing."""


def set_precision(value: str, precision: float) -> Change:
    def change(content: dict[str, Any]) -> None:
        for row in content["rows"]:
            if row["value"] == value:
                row["precision"] = precision

    return change


def scores_of(text: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    lexicon = fa.lexicon_from_dict("demo", {"security": ["attack*"]})
    hits = fa.find_hits(paragraphs, lexicon)
    scores = fa.score_paragraphs(paragraphs, hits, lexicon, split=["voice", "certainty"])
    return scores, fa.count_speakers(hits)


TEXT = "They attacked, Ana Rell said. They may attack. They did not attack."


def caption(ax: Any) -> str:
    [found] = ax.figure.findobj(lambda artist: artist.get_gid() == "caption")
    return " ".join(found.get_text().split())


def legend(ax: Any) -> list[str]:
    # The voices stand before them.
    return [text.get_text() for text in ax.get_legend().get_texts()][3:]


def test_english_has_figures_for_each_class_and_kind_of_text() -> None:
    table = check_table(fa.context_validity(), "context_validity")
    classes = {"asserted", "hedged", "negated", "hedged or negated", "narrator", "quote"}
    for _, own in table.groupby(["data", "texts"]):
        assert classes <= set(own["value"])
    measured = table[table["n_called"] > 0]
    assert (measured["precision_low"] <= measured["precision"]).all()
    assert (measured["precision"] <= measured["precision_high"]).all()


def test_captions_name_the_figures_of_the_table() -> None:
    scores, speakers = scores_of(TEXT)
    table = fa.context_validity()
    first = table[(table["texts"] == "all") & (table["data"] == table["data"][0])]
    told = caption(fa.plot_voices(scores))
    for value in ("asserted", "hedged", "negated", "narrator", "quote", "paraphrase"):
        row = first[first["value"] == value].iloc[0]
        assert f"{value} {row['precision']:.0%} (".replace("%", " %") in told
        assert f"n = {row['n_called']}" in told
    named = first[first["value"] == "named"].iloc[0]
    share = f"a named speaker {named['precision']:.0%} (".replace("%", " %")
    assert share in caption(fa.plot_speakers(speakers))
    assert "hedged or negated" not in told
    assert "Wilson" in told


@pytest.mark.parametrize("value", ["hedged", "negated"])
def test_classes_that_are_too_often_wrong_are_drawn_as_one_that_says_so(
    value: str, copied: Callable[..., Path]
) -> None:
    scores, _ = scores_of(TEXT)
    apart = fa.plot_voices(scores, language=copied(set_precision(value, 0.6)))
    assert legend(apart) == ["asserted", "hedged", "negated"]
    ax = fa.plot_voices(scores, language=copied(set_precision(value, 0.59)))
    assert legend(ax) == ["asserted", "hedged or negated"]
    parts = [part.get_width() for bar in ax.containers for part in bar.patches]
    assert sorted(parts) == pytest.approx([1 / 3, 2 / 3])
    assert f"drawn as one, since too few are right: {value} 59 %." in caption(ax)
    assert "hedged or negated" in caption(ax)


def test_a_class_of_voice_that_is_often_wrong_stays_apart(copied: Callable[..., Path]) -> None:
    scores, _ = scores_of(TEXT)
    ax = fa.plot_voices(scores, language=copied(set_precision("paraphrase", 0.3)))
    assert legend(ax) == ["asserted", "hedged", "negated"]
    assert "paraphrase 30 %" in caption(ax)


@pytest.mark.parametrize(("change", "code"), [(None, "en"), (keep, "de")])
def test_what_was_not_measured_in_a_folder_is_told_and_nothing_drawn_together(
    change: Change | None, code: str, copied: Callable[..., Path]
) -> None:
    folder = copied(change, code=code)
    assert fa.context_validity(folder).empty
    scores, speakers = scores_of(TEXT)
    ax = fa.plot_voices(scores, language=folder)
    assert legend(ax) == ["asserted", "hedged", "negated"]
    assert f"was not measured in this language ({code})." in caption(ax)
    assert "not measured" in caption(fa.plot_speakers(speakers, language=folder))


def test_other_words_than_those_measured_are_told(copied: Callable[..., Path]) -> None:
    folder = copied(keep)
    before = fa.context_validity(folder)["same_words"].all()
    assert before == fa.context_validity()["same_words"].all()
    (folder / "words" / "dates.yml").write_text("{}\n", encoding="utf-8")
    assert not fa.context_validity(folder)["same_words"].any()
    scores, _ = scores_of(TEXT)
    assert "with other word lists:" in caption(fa.plot_voices(scores, language=folder))


def test_without_a_voice_nothing_is_said_of_its_errors() -> None:
    scores, _ = scores_of("Rain fell.")
    assert "Wilson" not in caption(fa.plot_voices(scores))


@pytest.mark.parametrize("content", ["{", "[]", '{"language": "en"}', "{}"])
def test_figures_that_cannot_be_read_are_refused_in_one_sentence(
    content: str, copied: Callable[..., Path]
) -> None:
    folder = copied(keep)
    (folder / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(LanguageError, match=r"measured\.json cannot be read .*or remove it"):
        fa.context_validity(folder)
    with pytest.raises(LanguageError):
        fa.plot_voices(scores_of(TEXT)[0], language=folder)
