"""Where the files of coders are kept."""

from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError

SHEET = pd.DataFrame(
    {"document_id": ["a", "a"], "paragraph": [0, 1], "text": ["Rain.", "Aid."], "stratum": "all"}
)


def test_the_folder_lies_beside_the_figures_and_never_among_the_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MEDIA_FRAMING_FIGURES", str(tmp_path / "figures"))
    assert fa.coding_folder(SHEET).parent == tmp_path / "coding"
    assert not (tmp_path / "coding").exists()


def test_the_same_sheet_has_the_same_folder_whatever_else_it_holds() -> None:
    other = SHEET.assign(stratum="none", probability=0.5).set_index(pd.Index([7, 9]))
    assert fa.coding_folder(other) == fa.coding_folder(SHEET)


@pytest.mark.parametrize(
    "other",
    [SHEET[::-1], SHEET[:1], SHEET.assign(text=["Rain", "Aid."]), SHEET.assign(paragraph=[0, 2])],
    ids=["order", "rows", "text", "place"],
)
def test_another_sheet_has_another_folder(other: pd.DataFrame) -> None:
    assert fa.coding_folder(other) != fa.coding_folder(SHEET)


def test_a_table_without_texts_is_refused() -> None:
    with pytest.raises(TableError, match="no column 'text'"):
        fa.coding_folder(SHEET.drop(columns="text"))


def test_demonstration_codes_belong_to_the_demonstration_articles_alone(
    articles_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = fa.demonstration_codes(articles_folder)
    assert sorted(path.name for path in folder.glob("*.csv")) == [
        "codebook.csv",
        "developer.csv",
        "simulated.csv",
    ]
    monkeypatch.chdir(articles_folder.parent)
    assert fa.demonstration_codes("articles") == folder
    assert fa.demonstration_codes(tmp_path) is None
