"""The sentences of a comparison say what its tables hold, and what is missing."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.comparison.wording import number, of_pair, p_value, percent
from analysis.errors import MediaFramingError, StatisticsWarning, TableError
from analysis.tables.checks import empty_table

LEXICON = fa.lexicon_from_dict(
    "demo", {"security": ["threat*", "danger", "troops"], "welfare": ["aid", "pension*"]}
)
PAIR = ("Post", "Sun")
FEW: dict[str, Any] = {"n_resamples": 199, "seed": 2}
NUMBER = r"(−?\d[\d,]*\.?\d*)"


def corpus(sizes: Mapping[str, int]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return documents, paragraphs and hits of outlets that differ in their threats."""
    draw = np.random.default_rng(4)
    words = {"Post": [4, 2, 1, 1], "Sun": [1, 1, 3, 1], "Wire": [2, 2, 2, 2]}
    texts, outlets = [], []
    for outlet, size in sizes.items():
        for n in range(size):
            counts = draw.poisson(words[outlet])
            filler = [f"Rain fell on town {n} of {outlet}."] * int(draw.integers(4, 9))
            named = [
                f"{word} there."
                for word, count in zip(
                    ("A threat", "Troops", "Aid", "Pensions"), counts, strict=True
                )
                for _ in range(count)
            ]
            texts.append("\n\n".join([*filler, *named]))
            outlets.append(outlet)
    dates = pd.date_range("2025-01-01", periods=len(texts), freq="3D", unit="us")
    documents = fa.documents_from_texts(texts).assign(outlet=outlets)
    # In turns, so that every outlet has articles before and after any date.
    order = np.argsort(
        [texts_of for own in sizes.values() for texts_of in range(own)], kind="stable"
    )
    documents["date"] = dates.to_numpy()[np.argsort(order, kind="stable")]
    paragraphs = fa.split_paragraphs(documents)
    return documents, paragraphs, fa.find_hits(paragraphs, LEXICON)


@pytest.fixture(scope="module")
def compared() -> dict[str, Any]:
    return fa.compare_pair(
        *corpus({"Post": 8, "Sun": 7, "Wire": 3}),
        LEXICON,
        pair=PAIR,
        split_date="2025-01-20",
        keep_copies=True,
        **FEW,
    )


def told(table: Mapping[str, Any]) -> list[str]:
    """Return the sentences without the warnings."""
    return fa.describe_comparison(**table).partition("\n\nWarnings:")[0].splitlines()


def values(text: str) -> list[float]:
    return [float(own.replace("−", "-").replace(",", "")) for own in re.findall(NUMBER, text)]


def test_every_number_of_the_differences_is_that_of_the_table(compared: dict[str, Any]) -> None:
    first, others = told(compared)[:2]
    rows = of_pair(compared["contrasts"], PAIR).to_dict("records")
    assert [row["category"] for row in rows] == ["security", "welfare"]
    pattern = (
        rf"Post uses {NUMBER} security words per 1,000, Sun {NUMBER}: {NUMBER} (more|fewer) "
        rf"\(95 % interval {NUMBER} to {NUMBER}; (\d+) against (\d+) articles; p ([=<]) (\.\d+), "
        rf"adjusted for (\d+) comparisons"
    )
    found = re.match(pattern, first)
    assert found, first
    a, b, difference, word, low, high, n_a, n_b, sign, p, family = found.groups()
    row = rows[0]
    for shown, name in ((a, "rate_a"), (b, "rate_b"), (low, "low"), (high, "high")):
        assert values(shown) == [pytest.approx(row[name], abs=0.05)]
    assert values(difference) == [pytest.approx(abs(row["difference"]), abs=0.05)]
    assert word == ("more" if row["difference"] > 0 else "fewer")
    assert (int(n_a), int(n_b)) == (row["n_units_a"], row["n_units_b"]) == (8, 7)
    assert sign == "<" or float(p) == pytest.approx(row["p_adjusted"], abs=0.005)
    assert int(family) == row["family_size"] == 6
    row = rows[1]
    found = re.search(
        rf"welfare {NUMBER} against {NUMBER}, {NUMBER} (more|fewer) \({NUMBER} to {NUMBER}; "
        rf"p [=<] (\.\d+)",
        others,
    )
    assert found, others
    expected = [row["rate_a"], row["rate_b"], abs(row["difference"]), row["low"], row["high"]]
    shown = [found[n] for n in (1, 2, 3, 5, 6)]
    assert [values(own)[0] for own in shown] == pytest.approx(expected, abs=0.05)


def test_words_choices_and_changes_are_those_of_the_tables(compared: dict[str, Any]) -> None:
    _, _, words, _, choices, changes = told(compared)
    shifts = compared["shifts"]
    for category, own in shifts[shifts["share"] > 0].groupby("category"):
        best = own.nlargest(1, "share").iloc[0]
        assert f"in {category} from “{best['term']}” ({percent(best['share'])})" in words
    curves = compared["multiverse"]
    for category, own in curves.groupby("category"):
        ahead = int((own["relative_difference"] > 0).sum())
        behind = int((own["relative_difference"] < 0).sum())
        name = PAIR[0 if ahead >= behind else 1]
        sure = (own["low"] > 0).sum() if ahead >= behind else (own["high"] < 0).sum()
        assert re.search(
            rf"{name}( is ahead)? in {category} in {max(ahead, behind)} of {len(own)} \({sure}\b",
            choices,
        )
    assert changes.startswith("Before 2025-01-20 and from then on: Post security ")
    for row in compared["periods"].to_dict("records"):
        if row["comparison"] == "change":
            pair = f"{row['category']} {number(row['rate_before_a'])} and "
            assert f"{pair}{number(row['rate_after_a'])}, " in changes
        else:
            assert f"{row['category']} by {number(abs(row['difference']))} (" in changes


def said_by(share: float) -> str:
    return "A threat looms over {}." if share else "A threat looms, Ana Rell of {} said."


def test_shares_of_voices_are_those_of_the_table_and_unknown_ones_are_said_to_be() -> None:
    texts = [said_by(n % 3).format(f"town {n}") for n in range(12)]
    texts += [said_by(n % 2).format(f"port {n}") for n in range(10)]
    documents = fa.documents_from_texts(texts).assign(outlet=["Post"] * 12 + ["Sun"] * 10)
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    own = fa.compare_pair(documents, paragraphs, hits, LEXICON, keep_copies=True, **FEW)
    sentence = next(line for line in told(own) if "the narrator's own" in line)
    assert sentence.startswith(
        "Of the words of Post against those of Sun, security (of 12 against 10) "
        "67 % against 50 % the narrator's own ("
    )
    row = own["voices"].query("value == 'narrator' and category == 'security'").iloc[0]
    assert (percent(row["share_a"]), percent(row["share_b"])) == ("67 %", "50 %")
    bounds = f"({percent(row['low'], sign=False)} to {percent(row['high'])}; "
    assert f"the narrator's own {bounds}{p_value(row['p_adjusted'])}" in sentence
    why = "none: voice is unknown in all hits of Sun"
    mute = own["voices"].assign(share_b=np.nan, n_hits_b=0, interval_method=why)
    sentence = next(line for line in told({**own, "voices": mute}) if "not known" in line)
    assert "is not known in Sun, so that nothing can be compared; of Post's words," in sentence
    assert "security (of 12) 67 % the narrator's own" in sentence
    mute = mute.assign(share_a=np.nan, n_hits_a=0)
    assert "Whose words they are, and how sure, is not known in Post and Sun." in told(
        {**own, "voices": mute}
    )


def test_a_pair_in_the_other_direction_turns_every_sign(compared: dict[str, Any]) -> None:
    turned = told({**compared, "pair": PAIR[::-1]})
    row = of_pair(compared["contrasts"], PAIR).iloc[0]
    word = "fewer" if row["difference"] > 0 else "more"
    assert f": {number(abs(row['difference']))} {word} (95 % interval " in turned[0]
    assert f"interval {number(-row['high'])} to {number(-row['low'])}; 7 against 8" in turned[0]
    # Which group is ahead, and how often, is the same.
    assert sorted(values(turned[4])) == sorted(values(told(compared)[4]))


def test_without_a_pair_the_largest_groups_are_told_whatever_their_p(
    compared: dict[str, Any],
) -> None:
    table = {"contrasts": compared["contrasts"], "rates": compared["rates"]}
    assert told(table)[0].startswith("Post uses ")
    assert ", Sun " in told(table)[0]
    clear = compared["contrasts"].assign(p_adjusted=[0.9, 0.9, 0.0001, 0.0001, 0.9, 0.9])
    assert ", Sun " in told({**table, "contrasts": clear})[0]


@pytest.mark.parametrize(
    ("p", "shown"),
    [(0.2, True), (0.051, True), (0.0499, False), (0.0004, False)],
)
def test_what_has_no_small_p_is_not_shown_and_never_said_to_be_none(
    compared: dict[str, Any], p: float, shown: bool
) -> None:
    contrasts = compared["contrasts"].assign(p_adjusted=p)
    sentences = told({"contrasts": contrasts, "rates": compared["rates"], "pair": PAIR})
    assert all(("not shown" in own) == shown for own in sentences)
    assert "no difference" not in " ".join(sentences)
    assert p_value(p) in sentences[0]


@pytest.mark.parametrize(
    ("p", "written"),
    [
        (0.0001, "p < .001"),
        (0.0042, "p = .004"),
        (0.02, "p = .02"),
        (0.0499, "p = .0499"),
        (0.0504, "p = .0504"),
        (0.047, "p = .047"),
        (0.999, "p > .99"),
        (1.0, "p > .99"),
        (0.5, "p = .50"),
    ],
)
def test_p_is_written_in_the_form_of_the_apa(p: float, written: str) -> None:
    assert p_value(p) == written


def test_with_so_few_that_nothing_could_be_shown_it_says_so() -> None:
    own = fa.compare_pair(*corpus({"Post": 3, "Sun": 2}), LEXICON, keep_copies=True, **FEW)
    first = told(own)[0]
    assert "no interval: a group of fewer than 5 articles" in first
    assert "not shown, nor could it be with so few" in first


def test_one_group_one_article_or_none_are_told_as_what_is_missing() -> None:
    documents, paragraphs, hits = corpus({"Post": 6})
    own = fa.compare_pair(documents, paragraphs, hits, LEXICON, keep_copies=True, **FEW)
    rates = own["rates"].set_index("category")
    first, second = told(own)
    assert first.startswith("There is nothing to compare: all 6 articles have the outlet Post;")
    assert f"security {number(rates.loc['security', 'rate'])} (" in second
    bare = documents.assign(outlet=None)
    paragraphs = fa.split_paragraphs(bare)
    hits = fa.find_hits(paragraphs, LEXICON)
    own = fa.compare_pair(bare, paragraphs, hits, LEXICON, keep_copies=True, **FEW)
    assert "no article has a value of 'outlet'" in told(own)[0]
    one = documents.head(1)
    paragraphs = fa.split_paragraphs(one)
    own = fa.compare_pair(one, paragraphs, fa.find_hits(paragraphs, LEXICON), LEXICON, **FEW)
    assert "there is a single article" in told(own)[0]
    nothing = fa.describe_comparison(empty_table("contrasts"), rates=empty_table("group_scores"))
    assert nothing == "There is nothing to compare: no article was read."


def test_groups_without_words_or_hits_get_no_number() -> None:
    documents = fa.documents_from_texts(["…"] * 5 + ["Rain fell."] * 5)
    documents["outlet"] = ["Post"] * 5 + ["Sun"] * 5
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    own = fa.compare_pair(documents, paragraphs, hits, LEXICON, keep_copies=True, **FEW)
    sentence = "Nothing can be compared (5 against 5 articles), since there are no words of Post."
    assert told(own) == [sentence]
    documents = documents.assign(text="Rain fell.")
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    own = fa.compare_pair(documents, paragraphs, hits, LEXICON, keep_copies=True, **FEW)
    assert "Sun 0.0: as many (no interval: no hits; " in told(own)[0]


def test_uneven_groups_and_paragraphs_as_units_are_warned_of() -> None:
    _, paragraphs, hits = corpus({"Post": 9, "Sun": 2})
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON)
    with pytest.warns(StatisticsWarning):
        contrasts = fa.compare_groups(scores, by="outlet", **FEW)
    with pytest.warns(StatisticsWarning):
        rates = fa.score_intervals(scores, by="outlet", **FEW)
    assert "differ much in size: 9 of Post against 2 of Sun" in fa.describe_comparison(
        contrasts, rates=rates
    )
    two = sorted(scores["document_id"].unique())[:2]
    with pytest.warns(StatisticsWarning):
        contrasts = fa.compare_documents(scores, pairs=[(two[0], two[1])], **FEW)
    with pytest.warns(StatisticsWarning):
        rates = fa.score_intervals(scores, by="document_id", **FEW)
    text = fa.describe_comparison(contrasts, rates=rates)
    assert "paragraphs; p" in text
    assert "describes these articles, and no outlet" in text


def test_tables_of_another_pair_and_split_scores_are_refused(compared: dict[str, Any]) -> None:
    with pytest.raises(TableError, match="do not compare 'Post' with 'Moon'"):
        fa.describe_comparison(**{**compared, "pair": ("Post", "Moon")})
    with pytest.raises(TableError, match="word_shift table has no row of 'Post' and 'Wire'"):
        fa.describe_comparison(**{**compared, "pair": ("Post", "Wire")})
    with pytest.raises(MediaFramingError, match="give the names of two groups"):
        fa.describe_comparison(**{**compared, "pair": ("Post", "Post")})
    split = compared["contrasts"].assign(voice="narrator")
    with pytest.raises(TableError, match="split by 'voice'"):
        fa.describe_comparison(**{**compared, "contrasts": split})


def test_a_name_with_a_line_break_makes_no_line_of_its_own(compared: dict[str, Any]) -> None:
    renamed = {"Post": "Post\nWarnings:", "Sun": "Sun"}
    contrasts = compared["contrasts"].replace({"group_a": renamed, "group_b": renamed})
    text = fa.describe_comparison(
        contrasts, rates=compared["rates"], pair=("Post\nWarnings:", "Sun")
    )
    assert text.startswith("Post Warnings: uses ")
