"""The bundled data are what their codebook says."""

import re
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    return fa.read_documents(DATA / "articles")


def test_three_outlets_tell_the_same_four_dates(documents: pd.DataFrame) -> None:
    assert len(documents) == 12
    table = documents.groupby("outlet")["date"].nunique()
    assert table.tolist() == [4, 4, 4]
    assert documents["date"].nunique() == 4


def test_every_article_has_a_headline_and_ten_to_twenty_paragraphs(documents: pd.DataFrame) -> None:
    paragraphs = fa.split_paragraphs(documents)
    sizes = paragraphs.groupby("document_id").size()
    assert sizes.between(10, 20).all()
    headlines = paragraphs[paragraphs["role"] == "headline"]
    assert headlines["text"].tolist() == documents["title"].tolist()


def test_the_codebook_lists_every_article_with_its_size(documents: pd.DataFrame) -> None:
    codebook = (DATA / "README.md").read_text(encoding="utf-8")
    sizes = fa.split_paragraphs(documents).groupby("document_id").size()
    for row in documents.itertuples():
        line = f"| `{row.document_id}.txt` | {row.outlet} | {row.date:%Y-%m-%d} | {row.title} | "
        assert f"{line}{sizes[row.document_id]} |" in codebook


def test_the_outlets_differ_as_the_codebook_says(documents: pd.DataFrame) -> None:
    scores = fa.analyze(documents)["scores"]
    rates = fa.score_documents(scores, by="outlet").pivot(
        index="category", columns="outlet", values="rate"
    )
    assert rates.loc["hedging"].idxmin() == "The Velmoran Standard"
    assert rates.loc["boosters"].idxmax() == "The Velmoran Standard"
    assert rates.loc["welfare"].idxmax() == "Lenna Courier"
    assert (rates > 0).loc[["security", "sovereignty", "welfare"]].all(axis=None)


def test_the_examples_of_the_lexicon_guide_load(tmp_path: Path) -> None:
    guide = (DATA / "lexicons" / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert len(examples) == 2
    for number, example in enumerate(examples):
        path = tmp_path / f"example{number}.yml"
        path.write_text(example, encoding="utf-8")
        assert fa.load_lexicon(path).problems.empty
