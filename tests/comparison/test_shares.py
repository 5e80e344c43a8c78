"""Groups are compared by whose voice their hits have, and how sure they are."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import analysis as fa
from analysis.errors import TableError
from analysis.statistics.intervals import expanded_confidence, resample_rates
from analysis.statistics.significance import permutation_test
from analysis.tables.checks import check_table
from tests.builders import paragraphs_of

pytestmark = pytest.mark.filterwarnings("ignore::analysis.errors.StatisticsWarning")
LEXICON = fa.lexicon_from_dict("test", {"threat": ["threat"], "aid": ["aid"]})
PLAIN, QUOTED = "The threat is real.", "“The threat grows,” Ana Rell said."
UNMARKED = "the threat is real and nobody spoke of it " * 8


def split_scores(groups: dict[str, list[str]], split: tuple[str, ...] = ("voice",)) -> pd.DataFrame:
    texts = [text for own in groups.values() for text in own]
    paragraphs = paragraphs_of(*texts, desk=[desk for desk, own in groups.items() for _ in own])
    return fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, LEXICON), LEXICON, split=split)


def articles(n: int, quoted: float, seed: int) -> list[str]:
    generator = np.random.default_rng(seed)
    return [
        " ".join(generator.permutation([PLAIN] * generator.integers(1, 5) + [QUOTED] * own))
        for own in generator.poisson(quoted, n)
    ]


@pytest.fixture(scope="module")
def scores() -> pd.DataFrame:
    groups = {"a": articles(9, 1, 1), "b": articles(8, 5, 2), "c": [PLAIN] * 6}
    return split_scores(groups, ("voice", "certainty"))


@pytest.fixture(scope="module")
def shares(scores: pd.DataFrame) -> pd.DataFrame:
    return fa.compare_groups(scores, by="desk", measure="share", n_resamples=499, seed=1)


def test_there_is_a_row_for_each_value_of_each_split_column(shares: pd.DataFrame) -> None:
    check_table(shares, "share_contrasts")
    own = shares[(shares["group_a"] == "a") & (shares["group_b"] == "b")]
    values = own[own["category"] == "threat"].groupby("part", sort=False)["value"].agg(list)
    assert values.to_dict() == {
        "voice": ["narrator", "quote", "paraphrase"],
        "certainty": ["asserted", "hedged", "negated"],
    }
    assert shares["group_b"].drop_duplicates().tolist() == ["b", "c"]
    assert own["category"].tolist() == ["threat"] * 6 + ["aid"] * 6


def test_shares_are_ratios_of_sums_over_documents(
    scores: pd.DataFrame, shares: pd.DataFrame
) -> None:
    sums = scores.groupby(["desk", "category", "voice"])["n_hits"].sum()
    for row in shares[(shares["part"] == "voice") & (shares["category"] == "threat")].itertuples():
        for side in "ab":
            of_group = sums[getattr(row, f"group_{side}"), "threat"]
            share = of_group.get(row.value, 0) / of_group.sum()
            assert getattr(row, f"share_{side}") == pytest.approx(share)
            assert getattr(row, f"n_hits_{side}") == of_group.sum()
        assert row.difference == pytest.approx(row.share_a - row.share_b)


def test_quoted_threats_are_found_to_be_more_of_one_groups(shares: pd.DataFrame) -> None:
    own = shares[(shares["value"] == "quote") & (shares["category"] == "threat")].iloc[0]
    assert own["low"] < own["difference"] < own["high"] < 0
    assert own["p"] < 0.05
    assert own["interval_method"] == "BCa, documents resampled"
    assert (own["n_units_a"], own["n_units_b"], own["unit"]) == (9, 8, "document")


def uneven() -> dict[str, list[str]]:
    """Return groups of which one has articles of a hit or two beside long ones."""
    sides = {"a": [(2, 1), (0, 1), (1, 0), (9, 12), (1, 2)], "b": [(5, 1), (3, 2), (4, 4), (6, 1)]}
    sides["b"].append((30, 2))
    return {
        desk: [" ".join([QUOTED] * quoted + [PLAIN] * plain) for quoted, plain in own]
        for desk, own in sides.items()
    }


def sums_of(groups: dict[str, list[str]]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the hits that are quoted, and all, of each article of each group."""
    return [
        (
            np.array([[text.count("grows")] for text in own], float),
            np.array([text.count("threat") for text in own], float),
        )
        for own in groups.values()
    ]


def test_shares_of_uneven_articles_are_tested_studentised() -> None:
    groups = uneven()
    table = fa.compare_groups(split_scores(groups), by="desk", measure="share", n_resamples=499)
    one, two = sums_of(groups)
    every = np.vstack([one[0], two[0]]), np.concatenate([one[1], two[1]]), np.arange(10) < 5
    own = table[(table["value"] == "quote") & (table["category"] == "threat")].iloc[0]
    assert own["p_method"] == "exact permutation"
    assert own["p"] == permutation_test(*every, studentise=True).p[0]
    assert own["p"] != permutation_test(*every).p[0]


def test_intervals_are_expanded_by_the_effective_number_of_articles() -> None:
    one = [(1, 2), (2, 1), (3, 0), (0, 3), (1, 1), (14, 9), (5, 5), (1, 0), (7, 13), (0, 1)] * 2
    groups = {
        desk: [" ".join([QUOTED] * quoted + [PLAIN] * plain) for quoted, plain in own]
        for desk, own in {"a": one, "b": [pair[::-1] for pair in one[:15]]}.items()
    }
    table = fa.compare_groups(
        split_scores(groups), by="desk", measure="share", method="percentile", n_resamples=4_999
    )
    sides = sums_of(groups)
    own = table[(table["value"] == "quote") & (table["category"] == "threat")].iloc[0]
    drawn = [resample_rates(*side, n_resamples=4_999, seed=n) for n, side in enumerate(sides)]
    effective = [known.sum() ** 2 / (known**2).sum() for _, known in sides]
    lengths = [
        np.ptp(np.quantile(drawn[0] - drawn[1], [(1 - level) / 2, (1 + level) / 2]))
        for level in (expanded_confidence(0.95, *effective), expanded_confidence(0.95, 20, 15))
    ]
    assert lengths[0] > 1.08 * lengths[1]
    assert own["high"] - own["low"] == pytest.approx(lengths[0], rel=0.03)


def test_an_article_with_more_than_half_of_the_hits_leaves_no_interval() -> None:
    own = [PLAIN] * 5 + [" ".join([QUOTED, PLAIN] * 20)]
    scores = split_scores({"a": own, "b": [PLAIN, QUOTED] * 3})
    row = fa.compare_groups(scores, by="desk", measure="share", n_resamples=199).iloc[0]
    assert row["interval_method"] == "none: one document has more than half of a group's hits"
    assert np.isnan(row["low"])
    assert row["p"] > 0.05


def test_all_rows_are_one_family_which_is_told(shares: pd.DataFrame) -> None:
    tested = shares["p"].notna().sum()
    assert set(shares["family_size"]) == {tested}
    assert set(shares["family"]) == {
        f"3 pairs × 2 categories × 6 values of voice and certainty, {tested} of 36 tested"
    }
    known = shares["p"].notna()
    expected = stats.false_discovery_control(shares.loc[known, "p"])
    np.testing.assert_allclose(shares.loc[known, "p_adjusted"], expected)


def test_a_share_without_hits_is_null_with_the_reason(shares: pd.DataFrame) -> None:
    aid = shares[shares["category"] == "aid"]
    assert aid[["share_a", "share_b", "difference", "p", "low"]].isna().all().all()
    assert aid["p_method"].iloc[0] == aid["interval_method"].iloc[0] == "none: no hits in a and b"
    assert aid[["n_units_a", "n_hits_b"]].eq(0).all().all()


def test_unknown_voices_are_no_share_and_said() -> None:
    scores = split_scores({"a": [PLAIN, QUOTED] * 3, "b": [UNMARKED] * 6, "c": ["Aid came."] * 6})
    table = fa.compare_groups(scores, by="desk", measure="share", n_resamples=99)
    threat = table[(table["category"] == "threat") & (table["value"] == "quote")]
    rows = threat.set_index(["group_a", "group_b"])
    assert rows.loc[("a", "b"), "share_a"] == 0.5
    assert np.isnan(rows.loc[("a", "b"), "share_b"])
    told = "none: voice is unknown in all hits of b"
    assert rows.loc[("a", "b"), ["interval_method", "p_method"]].tolist() == [told, told]
    both = "none: no hits in c, and voice is unknown in all hits of b"
    assert rows.loc[("b", "c"), "p_method"] == both


def test_documents_without_hits_of_known_voice_are_no_units() -> None:
    one = [QUOTED] * 5 + ["Rain fell."] * 20 + [UNMARKED] * 3
    scores = split_scores({"a": one, "b": [PLAIN, QUOTED] * 2})
    row = fa.compare_groups(scores, by="desk", measure="share", n_resamples=199).iloc[0]
    assert (row["n_units_a"], row["n_hits_a"]) == (5, 5)
    few = "none: a group of fewer than 5 documents with hits of known voice"
    assert row["interval_method"] == few
    assert row["p_method"] == "exact permutation"


def test_speakers_groups_have_shares_of_the_hits_that_have_a_group() -> None:
    names = pd.DataFrame({"form": ["Rell", "Toll"], "speaker": ["Ana Rell", "Ben Toll"]})
    names = names.assign(document_id=pd.array([None, None], "str"), group=["left", "right"])
    texts = [QUOTED, QUOTED.replace("Ana Rell", "Ben Toll")]
    paragraphs = paragraphs_of(*texts * 6, desk=["a"] * 4 + ["b"] * 8)
    hits = fa.find_hits(paragraphs, LEXICON, speakers=names)
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON, split=["speaker_group"])
    table = fa.compare_groups(scores, by="desk", measure="share", n_resamples=99)
    own = table[table["category"] == "threat"]
    assert own["value"].tolist() == ["left", "right"]
    assert own["share_a"].tolist() == [0.5, 0.5]
    assert own["family"].iloc[0].startswith("1 pair × 2 categories × 2 values of speaker group")


def test_shares_of_single_documents_have_paragraphs_as_units() -> None:
    scores = split_scores({"a": ["\n\n".join([PLAIN, QUOTED] * 5), "\n\n".join([QUOTED] * 9)]})
    row = fa.compare_groups(scores, by="document_id", measure="share", n_resamples=99).iloc[0]
    assert (row["unit"], row["n_units_a"], row["share_a"]) == ("paragraph", 10, 0.5)


def test_the_order_of_rows_changes_no_share(scores: pd.DataFrame, shares: pd.DataFrame) -> None:
    mixed = scores.sample(frac=1, random_state=3)
    again = fa.compare_groups(mixed, by="desk", measure="share", n_resamples=499, seed=1)
    key = ["category", "part", "value", "group_a", "group_b"]
    pd.testing.assert_frame_equal(
        *(own.sort_values(key).reset_index(drop=True) for own in (shares, again))
    )


def test_scores_that_are_not_split_have_no_shares() -> None:
    paragraphs = paragraphs_of(PLAIN, QUOTED, desk=["a", "b"])
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, LEXICON), LEXICON)
    with pytest.raises(TableError, match="scores are not split"):
        fa.compare_groups(scores, by="desk", measure="share")
    with pytest.raises(ValueError, match="measure is 'shares'; give 'rate' or 'share'"):
        fa.compare_groups(scores, by="desk", measure="shares")
