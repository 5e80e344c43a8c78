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
    verdict, told_rates = told(compared)[:2]
    rows = of_pair(compared["contrasts"], PAIR).to_dict("records")
    assert [row["category"] for row in rows] == ["security", "welfare"]
    row = rows[0]
    assert verdict.startswith(f"After adjustment for {row['family_size']} comparisons, ")
    assert row["family_size"] == 6
    pattern = (
        rf"Post uses {NUMBER} security words per 1,000 and Sun {NUMBER}: {NUMBER} (more|fewer) "
        rf"\(95 % interval {NUMBER} to {NUMBER}; p ([=<]) (\.\d+); (\d+) against (\d+) articles\)"
    )
    found = re.match(pattern, told_rates)
    assert found, told_rates
    a, b, difference, word, low, high, sign, p, n_a, n_b = found.groups()
    for shown, name in ((a, "rate_a"), (b, "rate_b"), (low, "low"), (high, "high")):
        assert values(shown) == [pytest.approx(row[name], abs=0.05)]
    assert values(difference) == [pytest.approx(abs(row["difference"]), abs=0.05)]
    assert word == ("more" if row["difference"] > 0 else "fewer")
    assert (int(n_a), int(n_b)) == (row["n_units_a"], row["n_units_b"]) == (8, 7)
    assert sign == "<" or float(p) == pytest.approx(row["p_adjusted"], abs=0.005)
    row = rows[1]
    found = re.search(
        rf"It uses {NUMBER} (more|fewer) welfare words \({NUMBER} against {NUMBER}; "
        rf"{NUMBER} to {NUMBER}; p [=<] (\.\d+)\)",
        told_rates,
    )
    assert found, told_rates
    expected = [abs(row["difference"]), row["rate_a"], row["rate_b"], row["low"], row["high"]]
    shown = [found[n] for n in (1, 3, 4, 5, 6)]
    assert [values(own)[0] for own in shown] == pytest.approx(expected, abs=0.05)
    assert found[2] == ("more" if row["difference"] > 0 else "fewer")
    assert float(found[7]) == pytest.approx(row["p_adjusted"], abs=0.005)


def test_words_choices_and_changes_are_those_of_the_tables(compared: dict[str, Any]) -> None:
    _, _, words, _, choices, changes = told(compared)
    shifts = compared["shifts"]
    for category, own in shifts[shifts["share"] > 0].groupby("category"):
        best = own.nlargest(1, "share").iloc[0]
        assert f"in {category} from “{best['term']}” ({percent(best['share'])})" in words
    curves = compared["multiverse"]
    signs = of_pair(compared["contrasts"], PAIR).set_index("category")["difference"] > 0
    for category, own in curves.groupby("category"):
        values_of = own["relative_difference"].dropna()
        assert ((values_of > 0) == signs[category]).all()
        sure = (own["low"] > 0).sum() if signs[category] else (own["high"] < 0).sum()
        name = PAIR[0 if signs[category] else 1]
        assert (
            f"{name} stays ahead in {category} in all {len(own)} (interval without 0: {sure})"
            in choices
        )
    assert changes.startswith("From 2025-01-20 on, ")
    assert "Since then Post uses " in changes
    apart = compared["periods"].query("comparison != 'change'")
    untested = bool(apart["p"].isna().any())
    for row in compared["periods"].to_dict("records"):
        before, after = (number(row[f"rate_{when}_a"]) for when in ("before", "after"))
        if row["comparison"] == "change":
            assert re.search(rf"{row['category']} words[^(]*\({before}( before)?, {after}", changes)
            assert (
                f"{number(abs(row['change_a']))} {'more' if row['change_a'] > 0 else ''}" in changes
            )
        else:
            assert f"{number(abs(row['difference']))} in {row['category']}" in changes
            assert ("(p " in changes.partition("changes differ by")[2]) == pd.notna(row["p"])
    assert ("whether the two changes differ cannot be tested (" in changes) == untested


def test_a_sign_that_turns_in_other_analyses_is_counted(compared: dict[str, Any]) -> None:
    curves = compared["multiverse"].copy()
    own = curves.index[curves["category"] == "welfare"]
    curves.loc[own[:5], "relative_difference"] *= -1
    curves.loc[own[5:7], "relative_difference"] = np.nan
    choices = told({**compared, "multiverse": curves})[4]
    assert f"turns in some analyses: 5 of {len(own)} in welfare." in choices
    curves.loc[own[:5], "relative_difference"] *= -1
    choices = told({**compared, "multiverse": curves})[4]
    assert f"in welfare in all {len(own) - 2} that are possible, of {len(own)} (" in choices


def test_words_are_not_named_where_they_pull_both_ways(compared: dict[str, Any]) -> None:
    shifts = compared["shifts"].copy()
    first = shifts.index[shifts["category"] == "welfare"][0]
    shifts.loc[first, "share"] = 1.6
    words = told({**compared, "shifts": shifts})[2]
    assert words.endswith("In welfare, words pull both ways, so that no few carry it.")
    assert "in welfare from" not in words
    assert "in security from" in words


def test_copies_that_change_what_is_shown_are_told(compared: dict[str, Any]) -> None:
    dropped = fa.drop_duplicates(
        fa.documents_from_texts(["The same words stand in here twice."] * 2)
    )[1]
    own = {**compared, "dropped": dropped, "with_copies": compared["contrasts"]}
    assert "Counting the near-copy that was left out changes no verdict: " in told(own)[4]
    turned = compared["contrasts"].assign(p_adjusted=0.3)
    choices = told({**own, "with_copies": turned})[4]
    assert "changes the verdict: p = .30 for security (then not shown) and p = .30 for" in choices
    choices = told({**own, "contrasts": turned})[4]
    shown = p_value(of_pair(compared["contrasts"], PAIR)["p_adjusted"].iloc[0])
    assert f"changes the verdict: {shown} for security (then shown)" in choices


def said_by(share: float) -> str:
    return "A threat looms over {}." if share else "A threat looms, Ana Rell of {} said."


def test_shares_of_voices_are_those_of_the_table_and_unknown_ones_are_said_to_be() -> None:
    texts = [said_by(n % 3).format(f"town {n}") for n in range(12)]
    texts += [said_by(n % 2).format(f"port {n}") for n in range(10)]
    documents = fa.documents_from_texts(texts).assign(outlet=["Post"] * 12 + ["Sun"] * 10)
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    own = fa.compare_pair(documents, paragraphs, hits, LEXICON, keep_copies=True, **FEW)
    sentence = next(line for line in told(own) if "the narrator's" in line)
    row = own["voices"].query("value == 'narrator' and category == 'security'").iloc[0]
    assert (percent(row["share_a"]), percent(row["share_b"])) == ("67 %", "50 %")
    start = f"After adjustment for {row['family_size']} comparisons, no difference is shown in"
    assert sentence.startswith(start)
    assert (
        "Of the security words (12 of Post, 10 of Sun) 67 % against 50 % are the narrator's "
        f"({p_value(row['p_adjusted'])}) and 0 % against 0 % are hedged ("
    ) in sentence
    clear = own["voices"].query("category == 'security'").assign(p_adjusted=0.01)
    sentence = next(line for line in told({**own, "voices": clear}) if "the narrator's" in line)
    assert (
        "the groups differ in how much of security the narrator says and how much of security is "
        "hedged. "
    ) in sentence
    why = "none: voice is unknown in all hits of Sun"
    mute = own["voices"].assign(share_b=np.nan, n_hits_b=0, interval_method=why)
    sentence = next(line for line in told({**own, "voices": mute}) if "not known" in line)
    assert "is not known in Sun, so that nothing can be compared." in sentence
    assert "Of Post's 12 security words 67 % are the narrator's and 0 % are hedged." in sentence
    mute = mute.assign(share_a=np.nan, n_hits_a=0)
    assert "Whose words they are, and how sure, is not known in Post and Sun." in told(
        {**own, "voices": mute}
    )


def test_a_pair_in_the_other_direction_turns_every_sign(compared: dict[str, Any]) -> None:
    turned = told({**compared, "pair": PAIR[::-1]})
    row = of_pair(compared["contrasts"], PAIR).iloc[0]
    word = "fewer" if row["difference"] > 0 else "more"
    assert f": {number(abs(row['difference']))} {word} (95 % interval " in turned[1]
    assert f"interval {number(-row['high'])} to {number(-row['low'])}; p " in turned[1]
    assert "7 against 8 articles" in turned[1]
    # Which group is ahead, and how often, is the same.
    assert sorted(values(turned[4])) == sorted(values(told(compared)[4]))


def test_without_a_pair_the_largest_groups_are_told_whatever_their_p(
    compared: dict[str, Any],
) -> None:
    table = {"contrasts": compared["contrasts"], "rates": compared["rates"]}
    assert told(table)[1].startswith("Post uses ")
    assert " and Sun " in told(table)[1]
    clear = compared["contrasts"].assign(p_adjusted=[0.9, 0.9, 0.0001, 0.0001, 0.9, 0.9])
    assert " and Sun " in told({**table, "contrasts": clear})[1]


@pytest.mark.parametrize(
    ("p", "not_shown"),
    [(0.2, True), (0.051, True), (0.0499, False), (0.0004, False)],
)
def test_what_has_no_small_p_is_not_shown_and_never_said_to_be_none(
    compared: dict[str, Any], p: float, not_shown: bool
) -> None:
    contrasts = compared["contrasts"].assign(p=p, p_adjusted=p)
    verdict, rates = told({"contrasts": contrasts, "rates": compared["rates"], "pair": PAIR})
    assert rates.count(p_value(p)) == 2
    none = f"no difference between Post and Sun is shown (smallest {p_value(p)})."
    if not_shown:
        assert verdict == f"After adjustment for 6 comparisons, {none}"
    else:
        assert verdict.endswith(", Post uses more security words and fewer welfare words than Sun.")
    one = contrasts.assign(p_adjusted=np.where(contrasts["category"] == "security", p, 0.2))
    one["p"] = one["p_adjusted"]
    verdict = told({"contrasts": one, "rates": compared["rates"], "pair": PAIR})[0]
    assert ("in welfare no difference is shown." in verdict) == (not not_shown)
    assert ("no difference between" in verdict) == not_shown
    # A table of one category may be a part of a larger comparison.
    alone = one[one["category"] == "security"]
    verdict = told({"contrasts": alone, "rates": compared["rates"], "pair": PAIR})[0]
    assert ("no difference in security between Post and Sun" in verdict) == not_shown
    assert "Before adjustment" not in verdict
    early = one.assign(p=np.where(one["category"] == "welfare", 0.004, one["p"]))
    verdict = told({"contrasts": early, "rates": compared["rates"], "pair": PAIR})[0]
    assert verdict.endswith(" Before adjustment, p = .004 for welfare.")


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
    verdict, rates = told(own)[:2]
    assert "no interval: a group of fewer than 5 articles" in rates
    assert verdict.endswith("), nor could it be with so few.")
    single = fa.compare_pair(*corpus({"Post": 1, "Sun": 1}), LEXICON, keep_copies=True, **FEW)
    reason = "(a group of a single article)"
    assert told(single)[0] == f"Whether Post and Sun differ cannot be tested {reason}."


def test_one_group_one_article_or_none_are_told_as_what_is_missing() -> None:
    documents, paragraphs, hits = corpus({"Post": 6})
    own = fa.compare_pair(documents, paragraphs, hits, LEXICON, keep_copies=True, **FEW)
    rates = own["rates"].set_index("category")
    first, second = told(own)
    assert first.startswith("There is nothing to compare: all 6 articles have the outlet Post;")
    low, high = (number(rates.loc["security", end]) for end in ("low", "high"))
    rate = number(rates.loc["security", "rate"])
    assert second.startswith(f"Per 1,000 words there are {rate} security words ({low} to {high}) ")
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
    assert "Sun 0.0: as many (no interval: no hits; " in told(own)[1]


def test_uneven_groups_and_paragraphs_as_units_are_warned_of() -> None:
    _, paragraphs, hits = corpus({"Post": 9, "Sun": 2})
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON)
    with pytest.warns(StatisticsWarning):
        contrasts = fa.compare_groups(scores, by="outlet", **FEW)
    with pytest.warns(StatisticsWarning):
        rates = fa.score_intervals(scores, by="outlet", **FEW)
    uneven = "- Uneven groups: the 2 of Sun decide how sure anything is; add more."
    assert fa.describe_comparison(contrasts, rates=rates).endswith(uneven)
    two = sorted(scores["document_id"].unique())[:2]
    with pytest.warns(StatisticsWarning):
        contrasts = fa.compare_documents(scores, pairs=[(two[0], two[1])], **FEW)
    with pytest.warns(StatisticsWarning):
        rates = fa.score_intervals(scores, by="document_id", **FEW)
    text = fa.describe_comparison(contrasts, rates=rates)
    assert re.search(r"; \d+ against \d+ paragraphs\)", text)
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
    assert "\nPost Warnings: uses " in text
    assert "\nWarnings:\n" not in text


def test_more_than_eight_warnings_are_named_by_what_they_are_about(
    compared: dict[str, Any],
) -> None:
    def warned(n: int) -> list[str]:
        messages = [f"Check {letter}: it is so." for letter in "ABCDEFGHIJ"[:n]]
        cautions = pd.DataFrame({"check": "few", "category": None, "message": messages})
        cautions = cautions.astype("str").assign(category=pd.array([None] * n, "str"))
        text = fa.describe_comparison(**{**compared, "cautions": cautions})
        return text.partition("Warnings:\n")[2].splitlines()

    assert warned(8)[-1] == "- Check H: it is so."
    assert len(warned(10)) == 8
    told_last = "- More: see “Check H”, “Check I” and “Check J” in the table cautions."
    assert warned(10)[-1] == told_last


def test_sentences_are_short_and_of_many_categories_the_first_are_explained() -> None:
    documents, paragraphs, _ = corpus({"Post": 6, "Sun": 6})
    words = ("threat", "troops", "aid", "pensions", "rain", "fell", "town")
    lexicon = fa.lexicon_from_dict("many", {f"c{word}": [word] for word in words})
    hits = fa.find_hits(paragraphs, lexicon)
    own = fa.compare_pair(
        documents, paragraphs, hits, lexicon, split_date="2025-01-20", keep_copies=True, **FEW
    )
    lines = told(own)
    assert all(f"{word} words" in lines[1] for word in words)
    assert "are told of the first 6 of 7 categories" in lines[2]
    assert not any("ctown" in line for line in lines[3:])
    for sentence in re.split(r"\. (?=[A-Z])", " ".join(lines)):
        assert len(sentence.split()) <= 45, sentence


@pytest.mark.parametrize(
    ("difference", "written"),
    [
        (0.001, "under 0.01 more"),
        (-0.001, "under 0.01 fewer"),
        (0.0, "as many"),
        (1234.5, "1,234.5"),
    ],
)
def test_a_tiny_difference_is_not_told_as_none(
    compared: dict[str, Any], difference: float, written: str
) -> None:
    contrasts = compared["contrasts"].assign(difference=difference)
    text = told({"contrasts": contrasts, "rates": compared["rates"], "pair": PAIR})[1]
    assert text.count(written) == 2
