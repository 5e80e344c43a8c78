"""All tables of two groups in one call: which pair, without copies, and what is left out."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import MediaFramingError, ReadingWarning, TableError
from tests.reference_cases import OUTSIDE

LEXICON = fa.lexicon_from_dict("demo", {"security": ["threat*"], "welfare": ["aid"]})
FEW: dict[str, Any] = {"n_resamples": 99}
TABLES = ("contrasts", "rates", "shifts", "voices", "multiverse", "cautions")


def inputs(**sizes: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    texts, outlets = [], []
    for outlet, size in sizes.items():
        texts += [
            f"{outlet} met envoy {n} at gate {n}. A threat grew.{' Aid came.' * (n % 2)} Rain fell."
            for n in range(size)
        ]
        outlets += [outlet] * size
    documents = fa.documents_from_texts(texts).assign(outlet=outlets)
    documents["date"] = pd.date_range("2025-01-01", periods=len(texts), unit="us")
    paragraphs = fa.split_paragraphs(documents)
    return documents, paragraphs, fa.find_hits(paragraphs, LEXICON)


@cache
def compared(**sizes: int) -> dict[str, Any]:
    return fa.compare_pair(*inputs(**sizes), LEXICON, keep_copies=True, **FEW)


def test_the_pair_is_the_two_largest_groups_and_of_equal_ones_the_first_by_name() -> None:
    assert compared(Sun=3, Post=5, Wire=4)["pair"] == ("Post", "Wire")
    assert compared(Wire=3, Sun=3, Post=3)["pair"] == ("Post", "Sun")


def test_articles_without_a_value_are_no_group_of_the_usual_pair() -> None:
    documents, *_ = inputs(Sun=3, Post=5, Wire=4)
    documents["outlet"] = documents["outlet"].replace({"Post": None})
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    own = fa.compare_pair(documents, paragraphs, hits, LEXICON, keep_copies=True, **FEW)
    assert own["pair"] == ("Wire", "Sun")
    # They are compared all the same, and one can ask for them.
    assert "(missing)" in set(own["contrasts"]["group_a"]) | set(own["contrasts"]["group_b"])


def test_of_many_groups_the_ten_largest_and_the_pair_are_compared() -> None:
    sizes = {f"Paper {letter}": 2 + (letter > "B") for letter in "ABCDEFGHIJKL"}
    own = fa.compare_pair(*inputs(**sizes), LEXICON, pair=("Paper A", "Paper C"), n_resamples=9)
    groups = set(own["contrasts"]["group_a"]) | set(own["contrasts"]["group_b"])
    assert groups == {*sizes} - {"Paper B"}
    assert len(own["contrasts"]) == 2 * 55


def test_contrasts_hold_every_pair_and_all_else_is_of_the_one() -> None:
    own = fa.compare_pair(*inputs(Sun=5, Post=6, Wire=5), LEXICON, pair=("Wire", "Post"), **FEW)
    pairs = own["contrasts"][["group_a", "group_b"]].drop_duplicates()
    assert pairs.to_numpy().tolist() == [["Wire", "Post"], ["Post", "Sun"], ["Sun", "Wire"]]
    assert own["contrasts"]["family_size"].eq(6).all()
    for name in ("shifts", "voices", "multiverse"):
        sides = own[name][["group_a", "group_b"]].drop_duplicates()
        assert sides.to_numpy().tolist() == [["Wire", "Post"]], name
    assert set(own["rates"]["outlet"]) == {"Wire", "Post"}


def test_copies_are_left_out_and_the_comparison_with_them_stands_beside_it() -> None:
    documents, *_ = inputs(Post=6, Sun=6)
    copy = documents.tail(1).assign(document_id="again")
    documents = pd.concat([documents, copy], ignore_index=True)
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    given = (documents, paragraphs, hits, LEXICON)
    own = fa.compare_pair(*given, **FEW)
    assert len(own["dropped"]) == 1
    assert own["contrasts"][["n_units_a", "n_units_b"]].sum(axis=1).eq(12).all()
    assert own["with_copies"][["n_units_a", "n_units_b"]].sum(axis=1).eq(13).all()
    text = fa.describe_comparison(**own)
    assert "Counting the near-copy that was left out changes " in text
    assert "copies" not in set(own["cautions"]["check"])
    kept = fa.compare_pair(*given, keep_copies=True, **FEW)
    assert kept["with_copies"] is None
    assert "copies" in set(kept["cautions"]["check"])


def test_copies_that_are_left_out_of_a_single_group_are_listed_as_well() -> None:
    documents, *_ = inputs(Post=6)
    documents = pd.concat([documents, documents.tail(1).assign(document_id="again")])
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    own = fa.compare_pair(documents, paragraphs, hits, LEXICON, **FEW)
    assert own["pair"] is None
    assert own["rates"]["n_units"].eq(6).all()
    assert len(own["dropped"]) == 1
    kept = fa.compare_pair(documents, paragraphs, hits, LEXICON, keep_copies=True, **FEW)
    assert kept["dropped"] is None


def test_what_is_unknown_in_some_articles_makes_no_choice_of_the_multiverse() -> None:
    documents, *_ = inputs(Post=6, Sun=6)
    bare = " ".join(f"word{n} came to the gate and a threat went" for n in range(12))
    documents.loc[0, "text"] = bare
    paragraphs = fa.split_paragraphs(documents)
    own = fa.compare_pair(
        documents, paragraphs, fa.find_hits(paragraphs, LEXICON), LEXICON, keep_copies=True, **FEW
    )
    assert set(own["multiverse"]["voice"]) == set(own["multiverse"]["certainty"]) == {"all"}
    assert set(compared(Post=6, Sun=6)["multiverse"]["voice"]) == {"all", "narrator"}


def test_hits_without_context_have_no_voices_and_everything_else() -> None:
    documents, paragraphs, _ = inputs(Post=6, Sun=6)
    hits = fa.find_hits(paragraphs, LEXICON, in_context=False)
    own = fa.compare_pair(documents, paragraphs, hits, LEXICON, keep_copies=True, **FEW)
    assert "voices" not in own
    assert len(own["multiverse"]) > 0


def test_two_lexica_with_a_category_of_one_name_are_told_apart() -> None:
    documents, paragraphs, _ = inputs(Post=6, Sun=6)
    other = fa.lexicon_from_dict("other", {"security": ["rain"]})
    hits = fa.find_hits(paragraphs, [LEXICON, other])
    documents = pd.concat([documents, documents.tail(1).assign(document_id="again")])
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, [LEXICON, other])
    both = [LEXICON, other]
    own = fa.compare_pair(documents, paragraphs, hits, both, split_date="2025-01-04", **FEW)
    assert set(own["shifts"].query("category == 'security'")["term"]) == {"threat*"}
    text = fa.describe_comparison(**own)
    assert "security (demo) words per 1,000" in text
    changes = text[text.index("Since then Post") :]
    for line in (
        text[text.lower().index("of the security (other) words (") :],
        text[text.index("Counting the near-copy") :].partition("\n")[0],
        changes,
    ):
        assert "security (other)" in line
    # What is known of one lexicon is not told of the other.
    before = own["periods"].query("group_a == 'Post' and comparison == 'change'")
    for name, rate in before[["lexicon", "rate_before_a"]].to_numpy()[[0, -1]]:
        label = name.partition("@")[0]
        assert re.search(rf"security \({label}\) words[^(]*\({rate:.1f}", changes)


def test_the_same_seed_gives_the_same_tables_and_another_order_of_rows_as_well() -> None:
    documents, paragraphs, hits = inputs(Post=6, Sun=6)
    first = compared(Post=6, Sun=6)
    again = fa.compare_pair(
        documents[::-1], paragraphs[::-1], hits[::-1], LEXICON, keep_copies=True, **FEW
    )
    for name in TABLES:
        pd.testing.assert_frame_equal(first[name], again[name])
    assert fa.describe_comparison(**first) == fa.describe_comparison(**again)


def test_a_date_splits_the_pair_or_the_only_group() -> None:
    given = (*inputs(Post=6, Sun=6), LEXICON)
    own = fa.compare_pair(*given, split_date="2025-01-04", keep_copies=True, **FEW)
    assert own["periods"]["at"].eq(pd.Timestamp("2025-01-04")).all()
    alone = fa.compare_pair(
        *inputs(Post=6), LEXICON, split_date="2025-01-04", keep_copies=True, **FEW
    )
    assert set(alone["periods"]["group_a"]) == {"(all)"}
    assert "Since then the articles use " in fa.describe_comparison(**alone)


def test_a_pair_that_is_none_is_refused() -> None:
    given = (*inputs(Post=2, Sun=2), LEXICON)
    with pytest.raises(TableError, match="no group 'Moon' in 'outlet' to compare; there are"):
        fa.compare_pair(*given, pair=("Post", "Moon"))
    for wrong in (["Post"], ("Post", "Post"), "ab"):
        with pytest.raises(MediaFramingError, match="give the names of two groups"):
            fa.compare_pair(*given, pair=wrong)
    with pytest.raises(TableError, match="no column 'desk'"):
        fa.compare_pair(*given, by="desk")


@pytest.mark.cases
def test_the_question_of_the_cases_is_answered(tmp_path: Path) -> None:
    metadata, texts = OUTSIDE / "question" / "metadata.csv", OUTSIDE.parent / "corpus"
    texts /= "news_ukpress2014_sputnik.parquet"
    if not (metadata.is_file() and texts.is_file()):
        pytest.skip(f"{metadata} and {texts} are not both there")
    table = pd.read_parquet(texts, columns=["id", "outlet", "text"])
    number = table["id"].str.extract(r"(\d+)$")[0]
    by_file = dict(zip(table["outlet"].str.lower() + "_" + number, table["text"], strict=True))
    rows = pd.read_csv(metadata)
    # The one article that lies elsewhere is of a third outlet.
    rows["text"] = (
        rows["file"]
        .str.removesuffix(".txt")
        .map(by_file | dict(zip(table["id"], table["text"], strict=True)))
    )
    rows = rows[rows["text"].notna()]
    for row in rows.itertuples():
        (tmp_path / row.file).write_text(row.text)
    rows.drop(columns="text").to_csv(tmp_path / "metadata.csv", index=False)
    with pytest.warns(ReadingWarning):
        documents = fa.read_documents(tmp_path)
    paragraphs = fa.split_paragraphs(documents)
    lexica = [fa.load_lexicon("framing"), fa.load_lexicon("hedging")]
    hits = fa.find_hits(paragraphs, lexica)
    own = fa.compare_pair(documents, paragraphs, hits, lexica, n_resamples=99)
    text = fa.describe_comparison(**own)
    assert "\nSputnik uses 34.2 security words per 1,000 and Independent " in text
    for told in (
        "Counting the 3 near-copies that were left out",
        "Months: the groups share none",
        "no full stops, in 5 of 5 articles of Independent",
        "is not known in Independent",
        "(sputnik_194414) of Sputnik holds 39 % of the security hits",
        "17 of 17 articles are most like one of their own group",
        "the answer leaves out Mail (5)",
    ):
        assert told in text
