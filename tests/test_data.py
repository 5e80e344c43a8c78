"""The bundled data are what their codebook says."""

import hashlib
import re
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa

DATA = Path(__file__).resolve().parent.parent / "data"
PLACE = ["document_id", "paragraph", "category"]
# Of 100 codes 1 and of 100 codes 0, how many the simulated coder turns round.
TURNED = {"security": (10, 4), "sovereignty": (16, 7), "welfare": (12, 5)}


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    return fa.read_documents(DATA / "articles")


@pytest.fixture(scope="module")
def paragraphs(documents: pd.DataFrame) -> pd.DataFrame:
    return fa.split_paragraphs(documents)


@pytest.fixture(scope="module")
def codebook() -> pd.DataFrame:
    return pd.read_csv(DATA / "coding" / "codebook.csv", dtype="str", keep_default_na=False)


def read_coder(coder: str) -> pd.DataFrame:
    table = pd.read_csv(DATA / "coding" / f"{coder}.csv", dtype="str", keep_default_na=False)
    return table.astype({"paragraph": "int64"})


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


@pytest.mark.parametrize("coder", ["developer", "simulated"])
class TestCoder:
    def test_coded_every_paragraph_but_bylines_once_for_each_category(
        self, coder: str, paragraphs: pd.DataFrame, codebook: pd.DataFrame
    ) -> None:
        codes = read_coder(coder)
        assert set(codes["coder"]) == {coder}
        read = paragraphs[paragraphs["role"] != "byline"]
        places = read[PLACE[:2]].merge(codebook[["category"]].drop_duplicates(), how="cross")
        assert codes[PLACE].values.tolist() == places.values.tolist()
        assert len(read) == 153

    def test_coded_the_paragraphs_as_they_now_read(
        self, coder: str, paragraphs: pd.DataFrame
    ) -> None:
        codes = read_coder(coder).merge(paragraphs, on=PLACE[:2])
        hashes = [hashlib.sha256(text.encode()).hexdigest()[:16] for text in codes["text"]]
        assert codes["text_hash"].tolist() == hashes

    def test_used_only_codes_of_the_codebook(self, coder: str, codebook: pd.DataFrame) -> None:
        used = read_coder(coder)[["category", "code"]].drop_duplicates()
        assert len(used.merge(codebook, on=["category", "code"])) == len(used) == 6


def test_the_simulated_coder_keeps_to_the_rule_that_the_readme_states() -> None:
    developer, simulated = read_coder("developer"), read_coder("simulated")
    expected = []
    for row in developer.itertuples():
        key = f"simulated coder 1|{row.document_id}|{row.paragraph}|{row.category}"
        remainder = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % 100
        of_ones, of_zeros = TURNED[row.category]
        turned = remainder < (of_ones if row.code == "1" else of_zeros)
        expected.append({"1": "0", "0": "1"}[row.code] if turned else row.code)
    assert simulated["code"].tolist() == expected
    others = [name for name in developer if name not in ("coder", "code")]
    pd.testing.assert_frame_equal(simulated[others], developer[others])
    readme = (DATA / "coding" / "README.md").read_text(encoding="utf-8")
    for category, (of_ones, of_zeros) in TURNED.items():
        assert f"| `{category}` | {of_ones} | {of_zeros} |" in readme


def test_the_codes_are_read_without_a_problem(paragraphs: pd.DataFrame) -> None:
    folder = fa.demonstration_codes(DATA / "articles")
    codebook = fa.read_codebook(folder / "codebook.csv")
    read = paragraphs[paragraphs["role"] != "byline"]
    codes, problems = fa.read_codes(folder, read, codebook, return_problems=True)
    assert problems.empty
    assert codes["coder"].value_counts().to_dict() == {"developer": 459, "simulated": 459}
    assert codes["code"].notna().all()


def test_the_codebook_defines_the_categories_of_the_lexicon(codebook: pd.DataFrame) -> None:
    assert list(codebook["category"].unique()) == list(fa.load_lexicon("framing").category_names)
    assert codebook.groupby("category")["definition"].nunique().tolist() == [1, 1, 1]
    assert codebook.groupby("category")["code"].agg(list).tolist() == [["1", "0"]] * 3
    for word in ("Include:", "Exclude:", "Boundaries:"):
        assert codebook["definition"].str.contains(word).all()
