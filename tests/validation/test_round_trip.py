"""From the sample to the lexicon's error list, on real paragraphs with real codes."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from sklearn.metrics import precision_score, recall_score

import analysis as fa

FRAMES = ["security", "sovereignty", "welfare"]
LEFT_OUT = [
    "security/law_and_order",
    *("welfare/health", "welfare/services", "welfare/social_rights"),
]


@pytest.fixture(scope="module")
def coded(eval_folder: Path) -> pd.DataFrame:
    """Paragraphs of manifestos with the codes of human coders."""
    file = eval_folder / "a2_manifesto_uk_paragraphs.csv.gz"
    return pd.read_csv(file, na_values=[""], keep_default_na=False).iloc[::2]


@pytest.fixture(scope="module")
def corpus(coded: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Every third of a manifesto is a document."""
    part = coded.groupby("doc").cumcount() * 3 // coded.groupby("doc")["text"].transform("size")
    texts = coded.groupby([coded["doc"], part])["text"].agg("\n\n".join)
    documents = fa.documents_from_texts(texts.tolist(), [f"{a}-{b}" for a, b in texts.index])
    paragraphs = fa.split_paragraphs(documents)
    # A list that misses much, so that it shows how a sample full of hits flatters recall.
    lexicon = fa.load_lexicon("framing", without=LEFT_OUT)
    hits = fa.find_hits(paragraphs, lexicon)
    return paragraphs, hits, fa.score_paragraphs(paragraphs, hits, lexicon)


def type_in(path: Path, gold: pd.DataFrame, wrong: int) -> None:
    """Fill in a workbook by hand, so to speak: find the text, choose a code, save."""
    by_text = {
        " ".join(text.split()): codes
        for text, codes in zip(gold["text"], gold[FRAMES].to_numpy().tolist(), strict=True)
    }
    book = openpyxl.load_workbook(path)
    names = [cell.value for cell in book["Coding"][1]]
    for n, row in enumerate(book["Coding"].iter_rows(min_row=2)):
        codes = by_text[" ".join(row[names.index("text")].value.split())]
        for frame, code in zip(FRAMES, codes, strict=True):
            slip = wrong and n % wrong == 0
            row[names.index(frame)].value = str(1 - code) if slip else str(code)
    book.save(path)


def test_sheet_to_codes_to_agreement_to_validation(
    corpus: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], coded: pd.DataFrame, tmp_path: Path
) -> None:
    paragraphs, hits, scores = corpus
    known = paragraphs["text"].isin(coded["text"].str.strip())
    paragraphs = paragraphs[known]
    scores = scores.merge(paragraphs[["document_id", "paragraph"]])
    hits = hits.merge(paragraphs[["document_id", "paragraph"]])
    codebook = fa.make_codebook(fa.load_lexicon("framing"))
    sheet = fa.make_coding_sheet(paragraphs, scores, n=240, seed=1)
    for coder, wrong in (("human", 0), ("hasty", 20)):
        path = fa.save_coding_sheet(sheet, codebook, tmp_path / f"{coder}.xlsx", coder=coder)
        type_in(path, coded, wrong)

    codes, problems = fa.read_codes(tmp_path, sheet, codebook, return_problems=True)
    assert problems.empty
    assert len(codes) == 240 * 3 * 2

    table = fa.agreement(codes, n_resamples=199, seed=1)
    percent = table[table["measure"] == "percent agreement"].set_index("category")["value"]
    assert percent.tolist() == pytest.approx([0.95] * len(percent))
    assert len(fa.disagreements(codes, paragraphs)) == 12 * 3

    validation = fa.validate_lexicon(
        hits, scores, codes, coder="human", paragraphs=paragraphs, sheet=sheet, n_resamples=199
    )
    measures = validation["measures"].set_index(["category", "measure"])
    human = codes[codes["coder"] == "human"]
    for frame in FRAMES:
        own = human[human["category"] == frame].merge(scores).merge(sheet)
        truth, found = own["code"] == "1", own["n_hits"] > 0
        weight = 1 / own["probability"]
        for name, reference in (("precision", precision_score), ("recall", recall_score)):
            row = measures.loc[(frame, name)]
            assert row["value"] == pytest.approx(reference(truth, found, sample_weight=weight))
            assert row["low"] <= row["value"] <= row["high"]
        missed = (truth & ~found).sum()
        listed = validation["errors"].query("category == @frame and kind == 'missed'")
        assert len(listed) == missed
        assert listed["text"].notna().all()
    told = fa.describe_validation(validation, lexicon="framing", agreement=table)
    assert f"{measures.loc[('security', 'recall'), 'value']:.2f}" in told


def test_the_weighted_sample_comes_near_the_whole_corpus(
    corpus: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], coded: pd.DataFrame
) -> None:
    """Unweighted, a sample full of hits has too high a recall."""
    paragraphs, hits, scores = corpus
    gold = coded.assign(text=coded["text"].str.strip()).drop_duplicates("text")
    known = paragraphs.merge(gold[["text", *FRAMES]], on="text")
    codes = known.melt(["document_id", "paragraph"], FRAMES, "category", "code").assign(
        coder="human", code=lambda table: table["code"].astype("str")
    )
    paragraphs = paragraphs.merge(known[["document_id", "paragraph"]])
    scores = scores.merge(known[["document_id", "paragraph"]])

    def recall(chosen: pd.DataFrame, sheet: pd.DataFrame | None) -> pd.Series:
        made = fa.validate_lexicon(hits, scores, chosen, sheet=sheet, n_resamples=99)["measures"]
        return made[made["measure"] == "recall"].set_index("category")["value"]

    whole = recall(codes, None)
    weighted, plain = [], []
    for seed in range(6):
        sheet = fa.make_coding_sheet(paragraphs, scores, n=200, seed=seed)
        own = codes.merge(sheet[["document_id", "paragraph"]])
        weighted.append(recall(own, sheet))
        plain.append(recall(own, None))
    assert abs(pd.concat(weighted, axis=1).mean(axis=1) - whole).max() < 0.08
    assert (pd.concat(plain, axis=1).mean(axis=1) > whole).all()
