"""A lexicon held to human codes: each figure against a library, a loop or a count by hand."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.metrics import (
    f1_score,
    precision_recall_curve,
    precision_score,
    recall_score,
    roc_auc_score,
)

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table, empty_table
from tests.validation.coded_corpora import ENTRIES, Case, case_of, random_case, slow_area, units_of
from tests.validation.invented_codes import codes_of

TABLES = {
    "measures": "validity",
    "thresholds": "validity_thresholds",
    "entries": "validity_entries",
    "errors": "validity_errors",
    "contexts": "validity_contexts",
    "prevalence": "prevalence",
}
HIT, NONE = "An army.", "Rain."


def validate(case: Case, **options: Any) -> dict[str, pd.DataFrame]:
    given = {"n_resamples": 99, **options}
    made = fa.validate_lexicon(case.hits, case.scores, case.codes, **given)
    for name, schema in TABLES.items():
        check_table(made[name], schema)
    return made


def measures_of(case: Case, category: str = "security", **options: Any) -> pd.DataFrame:
    table = validate(case, **options)["measures"]
    return table[table["category"] == category].set_index("measure")


def only(codes: pd.DataFrame, wanted: pd.Series) -> pd.DataFrame:
    return codes[wanted].reset_index(drop=True)


def random_sheet(case: Case, seed: int = 0) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    share = generator.choice([0.1, 0.25, 0.5, 1.0], len(case.paragraphs))
    return case.paragraphs[["document_id", "paragraph", "text"]].assign(probability=share)


@pytest.mark.parametrize("score", ["n_hits", "rate"])
@pytest.mark.parametrize("threshold", [None, 2.5])
@pytest.mark.parametrize("weighted", [False, True])
def test_the_measures_are_those_of_scikit_learn(
    score: str, threshold: float | None, weighted: bool
) -> None:
    case = random_case(1)
    sheet = random_sheet(case) if weighted else None
    measures = validate(case, score=score, threshold=threshold, sheet=sheet)["measures"]
    for category in ("security", "aid"):
        table = measures[measures["category"] == category].set_index("measure")
        units = units_of(case, category)
        weight = np.ones(len(units))
        if sheet is not None:
            place = ["document_id", "paragraph"]
            weight = 1 / units.merge(sheet, on=place)["probability"].to_numpy()
        flagged = units["n_hits"] > 0 if threshold is None else units[score] >= threshold
        given = (units["positive"], flagged)
        expected = {
            "precision": precision_score(*given, sample_weight=weight),
            "recall": recall_score(*given, sample_weight=weight),
            "specificity": recall_score(~given[0], ~given[1], sample_weight=weight),
            "F1": f1_score(*given, sample_weight=weight),
            "AUC": roc_auc_score(units["positive"], units[score], sample_weight=weight),
        }
        assert table["value"].to_dict() == pytest.approx(expected)
        assert table.loc["AUC", "value"] == pytest.approx(
            slow_area(units["positive"], units[score], weight)
        )
        assert set(table["n_flagged"]) == {flagged.sum()}
        assert set(table["n_positive"]) == {units["positive"].sum()}
        assert set(table["weighted"]) == {weighted}


def test_the_area_is_exact_also_with_more_scores_than_bins() -> None:
    case = random_case(1, n_documents=100)
    generator = np.random.default_rng(0)
    case = case._replace(
        scores=case.scores.assign(rate=case.scores["rate"] + generator.random(len(case.scores)))
    )
    units = units_of(case)
    assert units["rate"].nunique() == 500
    row = measures_of(case, score="rate").loc["AUC"]
    expected = slow_area(units["positive"], units["rate"], np.ones(len(units)))
    assert row["value"] == pytest.approx(expected, abs=1e-12)
    assert row["low"] < expected < row["high"]


def test_with_weights_the_estimates_are_those_of_hajek_for_the_corpus() -> None:
    case = random_case(5, n_documents=20, per_document=6)
    units = units_of(case)
    # Paragraphs with hits are drawn for certain, one in three of the others.
    drawn = (units["n_hits"] > 0) | (units.groupby("n_hits").cumcount() % 3 == 0)
    sheet = units.assign(probability=np.where(units["n_hits"] > 0, 1.0, 1 / 3))[drawn]
    weight = 1 / sheet["probability"]
    part = case._replace(codes=only(case.codes, case.codes["category"] == "security"))
    part = part._replace(codes=only(part.codes, drawn))
    table = measures_of(part, sheet=sheet)
    positive, hit = sheet["positive"], sheet["n_hits"] > 0
    recall = (weight * (positive & hit)).sum() / (weight * positive).sum()
    specificity = (weight * ~(positive | hit)).sum() / (weight * ~positive).sum()
    assert table.loc["recall", "value"] == pytest.approx(recall)
    assert table.loc["specificity", "value"] == pytest.approx(specificity)
    without = measures_of(part)
    assert without.loc["recall", "value"] > recall + 0.05


def test_two_of_a_kind_and_one_of_weight_two_are_the_same() -> None:
    # One paragraph without hits drawn for each two that there are: weights bring back the whole.
    texts = [f"{HIT}\n\n{NONE}\n\n{NONE}"] * 12
    whole = case_of(texts, ["1", "0", "0"] * 6 + ["0", "1", "1"] * 6)
    drawn = whole.codes["paragraph"] < 2
    sheet = whole.codes.assign(probability=np.where(whole.codes["paragraph"] == 0, 1.0, 0.5))
    part = whole._replace(codes=only(whole.codes, drawn))
    expected = measures_of(whole)[["value", "low", "high"]]
    pd.testing.assert_frame_equal(
        measures_of(part, sheet=sheet)[["value", "low", "high"]], expected
    )


def duels(one: np.ndarray, two: np.ndarray) -> tuple[float, float]:
    """Compare the positive units of one document with the negative ones of another."""
    above, below = one[one[:, 0] == 1], two[two[:, 0] == 0]
    weight = above[:, 2, None] * below[:, 2]
    ahead = np.sign(above[:, 1, None] - below[:, 1]) / 2 + 0.5
    return float((weight * ahead).sum()), float(weight.sum())


@pytest.mark.parametrize("weighted", [False, True])
def test_intervals_are_those_of_a_loop_over_documents_drawn_anew(weighted: bool) -> None:
    case = random_case(8, n_documents=60)
    case = case._replace(codes=only(case.codes, case.codes["category"] == "security"))
    sheet = random_sheet(case)
    table = measures_of(case, n_resamples=1_999, sheet=sheet if weighted else None)
    units = units_of(case).merge(sheet.drop(columns="text"), on=["document_id", "paragraph"])
    units = units.assign(weight=1 / units["probability"] if weighted else 1.0)
    own = [
        part[["positive", "n_hits", "weight"]].to_numpy(float)
        for _, part in units.groupby("document_id")
    ]

    # Of a pair of documents: positive units against negative ones, won and in all.
    pairs = [[duels(one, two) for two in own] for one in own]
    won, fought = np.moveaxis(np.array(pairs), -1, 0)

    def statistic(numbers: np.ndarray, measure: str) -> float:
        if measure == "AUC":
            times = np.bincount(numbers, minlength=len(own))
            return float((times @ won @ times) / (times @ fought @ times))
        positive, score, weight = np.vstack([own[n] for n in numbers]).T
        true = (weight * positive * (score > 0)).sum()
        flagged, wanted = (weight * (score > 0)).sum(), (weight * positive).sum()
        under = {"precision": flagged, "recall": wanted, "F1": (flagged + wanted) / 2}
        return float(true / under[measure])

    for measure in ("precision", "recall", "F1", "AUC"):
        drawn = stats.bootstrap(
            (np.arange(len(own)),),
            partial(statistic, measure=measure),
            vectorized=False,
            n_resamples=600,
            method="BCa",
            rng=np.random.default_rng(3),
        ).confidence_interval
        row = table.loc[measure]
        # The 2.5 % quantile of 600 draws errs by about 5 % of the width of an interval; ours is
        # widened by 2 % for 60 documents.
        assert (row["low"], row["high"]) == pytest.approx(
            (drawn.low, drawn.high), abs=0.12 * (drawn.high - drawn.low)
        )
        assert row["interval_method"] == "BCa 95 %, documents resampled"


def test_documents_are_resampled_and_not_their_paragraphs() -> None:
    # In each of forty documents the lexicon is right in all paragraphs or in none.
    right = np.random.default_rng(0).random(40) < 0.5
    case = case_of(["\n\n".join([HIT] * 8)] * 40, ["1" if r else "0" for r in right.repeat(8)])
    row = measures_of(case, n_resamples=999).loc["precision"]
    expected = stats.norm.ppf(0.975) * np.sqrt(right.mean() * (1 - right.mean()) / 40)
    assert (row["high"] - row["low"]) / 2 == pytest.approx(expected, rel=0.15)


def test_a_share_of_1_has_exact_bounds_from_the_documents_that_count_for_it() -> None:
    # Seven documents with hits, two paragraphs each; three without.
    case = case_of([f"{HIT}\n\n{HIT}"] * 7 + [f"{NONE}\n\n{NONE}"] * 3, ["1"] * 14 + ["0"] * 6)
    table = measures_of(case)
    assert table["value"].tolist() == [1] * 5
    row = table.loc["precision"]
    assert (row["low"], row["high"]) == pytest.approx((stats.beta.ppf(0.025, 7, 1), 1))
    assert row["interval_method"] == "exact binomial 95 %, documents as units"
    assert table.loc["specificity", "low"] == pytest.approx(stats.beta.ppf(0.025, 3, 1))
    assert table.loc["AUC", "interval_method"] == "none: every resample has the same value"


def test_thresholds_are_those_of_the_precision_recall_curve() -> None:
    case = random_case(6)
    sheet = random_sheet(case)
    for score in ("n_hits", "rate"):
        table = validate(case, score=score, sheet=sheet)["thresholds"]
        table = table[table["category"] == "security"]
        units = units_of(case).merge(
            sheet.drop(columns="text"), on=["document_id", "paragraph"], validate="1:1"
        )
        weight = 1 / units["probability"]
        precision, recall, limits = precision_recall_curve(
            units["positive"], units[score], sample_weight=weight
        )
        kept = limits > 0
        assert table["threshold"].tolist() == limits[kept].tolist()
        assert table["precision"].tolist() == pytest.approx(precision[:-1][kept])
        assert table["recall"].tolist() == pytest.approx(recall[:-1][kept])
        f1 = [
            f1_score(units["positive"], units[score] >= limit, sample_weight=weight)
            for limit in limits[kept]
        ]
        assert table["f1"].tolist() == pytest.approx(f1)
        assert table["best"].tolist() == [place == np.argmax(f1) for place in range(len(f1))]
        shares = [weight[units[score] >= limit].sum() / weight.sum() for limit in limits[kept]]
        assert table["share_flagged"].tolist() == pytest.approx(shares)


@pytest.mark.parametrize("threshold", [None, 3])
def test_entries_are_counted_as_by_hand_and_ranked_by_their_own_errors(
    threshold: int | None,
) -> None:
    case = random_case(7)
    made = validate(case, threshold=threshold, paragraphs=case.paragraphs)
    table = made["entries"]
    key = ["document_id", "paragraph"]
    for category in ("security", "aid"):
        units = units_of(case, category)
        flagged = units[units["n_hits"] >= (threshold or 1)].set_index(key)["positive"].to_dict()
        found: dict[Any, set[str]] = {}
        for hit in case.hits[case.hits["category"] == category].itertuples():
            found.setdefault((hit.document_id, hit.paragraph), set()).add(hit.entry)
        own = table[table["category"] == category].set_index("entry")
        assert set(own.index) == set(ENTRIES[category])
        for entry in ENTRIES[category]:
            places = [p for p, entries in found.items() if entry in entries and p in flagged]
            alone = [p for p in places if len(found[p]) == 1]
            row = own.loc[entry]
            n_true = sum(flagged[p] for p in places)
            assert row["n_paragraphs"] == len(places)
            assert (row["n_true"], row["n_false"]) == (n_true, len(places) - n_true)
            assert row["n_true_alone"] == sum(flagged[p] for p in alone)
            assert row["n_false_alone"] == sum(not flagged[p] for p in alone)
            assert row["precision"] == pytest.approx(n_true / len(places))
        ranks = list(zip(-own["n_false_alone"], -own["n_false"], own.index, strict=True))
        assert ranks == sorted(ranks)
    errors = made["errors"]
    for row in table.itertuples():
        false = errors[(errors["category"] == row.category) & (errors["kind"] == "false positive")]
        assert row.n_false == sum(row.entry in names.split(", ") for names in false["entries"])


def test_entries_come_with_the_words_around_their_errors() -> None:
    case = case_of(["The NATO army met.", "An Army of ants.", "A danger."], ["1", "0", "0"])
    table = validate(case, paragraphs=case.paragraphs)["entries"].set_index("entry")
    assert table.index.tolist() == ["army", "danger*"]
    assert table.loc["army", "contexts"] == "An [Army] of ants."
    assert table.loc["army", "surfaces"] == "army"
    assert validate(case)["entries"]["contexts"].tolist() == ["", ""]


def test_errors_come_with_their_text_and_gold_paragraphs_that_nothing_hits_are_found() -> None:
    texts = ["An army.", "Tanks rolled in.", "An army of ants.", "Rain.", "A danger, an army."]
    case = case_of(texts, ["1", "1", "0", "0", "1"])
    table = validate(case, paragraphs=case.paragraphs)["errors"]
    assert table["kind"].tolist() == ["missed", "false positive"]
    assert table["text"].tolist() == [texts[1], texts[2]]
    assert table["entries"].tolist() == ["", "army"]
    assert validate(case)["errors"]["text"].isna().all()
    # At a higher threshold, some that are missed have hits.
    strict = validate(case, paragraphs=case.paragraphs, threshold=2)["errors"]
    assert strict["entries"].tolist() == ["army", ""]
    with pytest.raises(TableError, match="paragraph 0 of 'text_0002' was coded but is not in the"):
        validate(case, paragraphs=case.paragraphs.drop(index=1))


def test_entries_are_named_in_errors_as_the_lexicon_writes_them() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["NATO met.", "War."]))
    lexicon = fa.lexicon_from_dict("demo", {"security": ["NATO", "war"]})
    hits = fa.find_hits(paragraphs, lexicon)
    scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    codes = paragraphs[["document_id", "paragraph"]].assign(
        category="security", coder="Ana", code=["0", "1"]
    )
    made = fa.validate_lexicon(hits, scores, codes)
    assert made["errors"]["entries"].tolist() == [made["entries"]["entry"][0]]


def test_precision_of_hits_is_told_by_voice_and_certainty() -> None:
    texts = [
        'The minister said: "The army is here."',
        "The army is here.",
        "The army may come.",
        "The army is here and the army stays.",
        "No army came.",
    ] * 4
    case = case_of(texts, ["1", "1", "0", "0", "0"] * 4)
    table = validate(case)["contexts"].set_index(["voice", "certainty"])
    gold = dict(zip(case.codes["document_id"], case.codes["code"] == "1", strict=True))
    hits = case.hits.assign(right=case.hits["document_id"].map(gold))
    assert {"quote", "narrator"} <= set(hits["voice"])
    assert {"asserted", "hedged"} <= set(hits["certainty"])
    for (voice, certainty), row in table.iterrows():
        own = hits if voice == "(all)" else hits[hits["voice"] == voice]
        own = own if certainty == "(all)" else own[own["certainty"] == certainty]
        assert (row["n_hits"], row["n_true"]) == (len(own), own["right"].sum())
        assert row["precision"] == pytest.approx(own["right"].mean())
    assert table.loc[("quote", "(all)"), "interval_method"].startswith("exact binomial")
    assert len(table) == len(hits.groupby(["voice", "certainty"])) + hits["voice"].nunique() + (
        hits["certainty"].nunique() + 1
    )


def test_a_lexicon_without_any_hit_has_words_for_what_is_undefined() -> None:
    case = case_of([NONE] * 6, ["1", "0"] * 3)
    made = validate(case, paragraphs=case.paragraphs)
    table = made["measures"].set_index("measure")
    assert np.isnan(table.loc["precision", "value"])
    assert table.loc["precision", "explanation"] == (
        "no coded paragraph is at or above the threshold"
    )
    assert table.loc["recall", "value"] == 0
    assert table.loc["AUC", "value"] == 0.5
    assert made["thresholds"].empty
    assert made["entries"].empty
    assert made["contexts"].empty
    assert made["errors"]["kind"].tolist() == ["missed"] * 3


def test_codes_all_of_one_kind_leave_recall_or_specificity_undefined() -> None:
    case = case_of([HIT, NONE] * 3, ["1"] * 6)
    table = measures_of(case)
    assert table["explanation"].dropna().to_dict() == {
        "specificity": "every paragraph was coded positive",
        "AUC": "all paragraphs were coded alike",
    }
    both = pd.concat([case.codes, case.codes.assign(category="aid", code="0")])
    table = measures_of(case._replace(codes=both), "aid")
    assert table["explanation"].dropna().to_dict() == {
        "precision": "no coded paragraph is at or above the threshold",
        "recall": "no paragraph was coded positive",
        "F1": "no paragraph was coded positive or flagged",
        "AUC": "all paragraphs were coded alike",
    }
    with pytest.raises(TableError, match=r"no paragraph has the code '1'; the codes are '0': name"):
        validate(case._replace(codes=case.codes.assign(code="0")))


def test_one_document_has_values_but_no_interval_by_documents() -> None:
    case = case_of(["\n\n".join([HIT, HIT, NONE, NONE])], ["1", "0", "1", "0"])
    table = measures_of(case)
    assert table["value"].tolist() == [0.5] * 5
    assert set(table["interval_method"]) == {"none: 1 documents, fewer than 5"}


def test_ties_between_coders_are_left_out_and_counted() -> None:
    case = case_of([HIT, HIT, NONE, NONE], ["1", "1", "0", None])
    other = case.codes.assign(coder="Ben", code=pd.Series(["1", "0", "0", None], dtype="str"))
    case = case._replace(codes=pd.concat([case.codes, other]))
    table = measures_of(case)
    assert set(table["n_units"]) == {2}
    assert set(table["n_undecided"]) == {2}
    assert set(measures_of(case, coder="Ben")["n_undecided"]) == {1}


def test_a_category_on_which_coders_are_always_tied_is_told() -> None:
    case = case_of([HIT, NONE], ["1", "0"])
    tied = [case.codes.assign(category="aid", coder=c, code=c) for c in ("0", "1")]
    made = validate(case._replace(codes=pd.concat([case.codes, *tied])))
    table = made["measures"][made["measures"]["category"] == "aid"]
    assert set(table["explanation"]) == {"on no paragraph the coders decided"}
    assert (set(table["n_units"]), set(table["n_undecided"])) == ({0}, {2})
    assert np.isnan(made["prevalence"].set_index("category").loc["aid", "corrected"])


def test_codes_of_a_coder_who_saw_other_paragraphs_are_no_undecided_ones() -> None:
    case = case_of([HIT, NONE, HIT], ["1", "0", "0"])
    codes = case.codes.assign(coder=["Ana", "Ana", "Ben"])
    table = measures_of(case._replace(codes=codes), coder="Ana")
    assert set(table["n_units"]) == {2}
    assert set(table["n_undecided"]) == {0}


def test_several_codes_may_mean_that_the_category_is_there() -> None:
    case = case_of([HIT, HIT, NONE], ["main", "aside", "absent"])
    assert measures_of(case, positive=["main", "aside"])["n_positive"].iloc[0] == 2
    assert measures_of(case, positive="main")["n_positive"].iloc[0] == 1


def test_only_the_hits_that_made_the_scores_are_held_to_the_codes() -> None:
    case = random_case(9)
    other = fa.lexicon_from_dict("other", {"security": ["rain", "talks"]})
    theirs = fa.find_hits(case.paragraphs, other)
    expected = validate(case, paragraphs=case.paragraphs)
    # Another lexicon's category of the same name, a category that was not coded, blocked hits.
    blocked = case.hits.assign(blocked_by="x", start=case.hits["start"] + 10_000)
    stray = case.hits.assign(category="welfare")
    together = case._replace(hits=pd.concat([theirs, case.hits, stray, blocked]))
    for name, table in validate(together, paragraphs=case.paragraphs).items():
        pd.testing.assert_frame_equal(table, expected[name])


def test_hits_that_are_blocked_do_not_count() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["An army ant.", "An army."]))
    lexicon = fa.lexicon_from_dict("demo", {"security": ["army"]})
    hits = fa.find_hits(paragraphs, lexicon)
    hits = hits.assign(blocked_by=pd.Series(["army ant", None], dtype="str"))
    scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    codes = paragraphs[["document_id", "paragraph"]].assign(
        category="security", coder="Ana", code=["0", "1"]
    )
    made = fa.validate_lexicon(hits, scores, codes, paragraphs=paragraphs)
    assert made["errors"].empty
    assert made["entries"]["n_false"].tolist() == [0]
    assert made["contexts"]["n_hits"].iloc[0] == 1


def test_two_lexica_with_a_coded_category_of_one_name_are_refused() -> None:
    case = random_case(9)
    other = fa.lexicon_from_dict("other", {"security": ["rain"], "weather": ["rain"]})
    hits = fa.find_hits(case.paragraphs, [case.lexicon, other])
    scores = fa.score_paragraphs(case.paragraphs, hits, [case.lexicon, other])
    with pytest.raises(TableError, match="two lexica of the scores have a category of one name"):
        validate(case._replace(hits=hits, scores=scores))
    # What nobody coded may be in both.
    codes = only(case.codes, case.codes["category"] == "aid")
    expected = validate(case._replace(codes=codes))
    for name, table in validate(case._replace(hits=hits, scores=scores, codes=codes)).items():
        pd.testing.assert_frame_equal(table, expected[name])


def test_a_paragraph_without_a_rate_counts_as_one_without_hits() -> None:
    case = case_of([HIT, HIT, NONE, "…"], ["1", "0", "0", "0"])
    assert case.scores["rate"].isna().any()
    table = measures_of(case, score="rate")
    assert set(table["n_flagged"]) == {2}
    assert table.loc["AUC", "value"] == pytest.approx(
        slow_area([1, 0, 0, 0], [1, 1, 0, 0], [1] * 4)
    )


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"score": "share"}, ValueError, "score is 'share'; give 'n_hits' or 'rate'"),
        ({"confidence": 95}, ValueError, "confidence is 95"),
        ({"n_resamples": 0}, ValueError, "n_resamples is 0; draw at least once"),
        ({"threshold": 0}, ValueError, "threshold is 0; give a number above 0"),
        ({"threshold": float("nan")}, ValueError, "threshold is nan"),
        ({"positive": 1}, TypeError, "positive names 1, but codes are text; give '1'"),
        ({"positive": [1]}, TypeError, "positive names 1"),
        (
            {"positive": "yes"},
            TableError,
            "no paragraph has the code 'yes'; the codes are '0', '1'",
        ),
        ({"coder": "Eve"}, TableError, "no coder 'Eve'"),
    ],
)
def test_options_that_do_not_fit_are_refused_in_one_sentence(
    options: dict[str, Any], error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        validate(random_case(1, n_documents=3), **options)


def test_tables_that_do_not_fit_each_other_are_refused_in_one_sentence() -> None:
    case = case_of([HIT, NONE], ["1", "0"])
    cases = [
        ({"codes": case.codes.assign(category="war")}, "'war' was coded but has no scores; the sc"),
        ({"codes": case.codes.replace("text_0001", "x")}, "of 'x' was coded but has no score"),
        ({"codes": case.codes.assign(code=1)}, "dtype int64"),
        ({"hits": empty_table("hits")}, "has 0 hits of 'security' but a score of 1; give the hits"),
        ({"codes": codes_of([[None]])}, "holds no code"),
    ]
    for part, match in cases:
        with pytest.raises(TableError, match=match):
            validate(case._replace(**part))
    split = fa.score_paragraphs(case.paragraphs, case.hits, case.lexicon, split=["voice"])
    with pytest.raises(TableError, match="the scores are split by voice"):
        validate(case._replace(scores=split))


def test_a_sheet_that_gives_no_weights_is_refused_in_one_sentence() -> None:
    case = case_of([HIT, NONE], ["1", "0"])
    sheet = case.paragraphs.assign(probability=0.5)
    for wrong, match in (
        (sheet.drop(columns="probability"), "no column 'probability'"),
        (sheet.iloc[:1], "paragraph 0 of 'text_0002' was coded but is not in the coding sheet"),
        (pd.concat([sheet, sheet]), "repeats the key document_id text_0001, paragraph 0"),
        (sheet.assign(probability=0.0), "is 0.0; one of a paragraph that was drawn is above 0"),
        (sheet.assign(probability=[1.0, None]), "'probability' .* is null in row 1"),
        (sheet.assign(probability=50), "is 50"),
    ):
        with pytest.raises(TableError, match=match):
            validate(case, sheet=wrong)


def test_inputs_are_not_changed_and_the_order_of_codes_means_nothing() -> None:
    case = random_case(2)
    before = [table.copy(deep=True) for table in (case.hits, case.scores, case.codes)]
    expected = validate(case, paragraphs=case.paragraphs)
    for table, copy in zip((case.hits, case.scores, case.codes), before, strict=True):
        pd.testing.assert_frame_equal(table, copy)
    shuffled = case.codes.sample(frac=1, random_state=1)
    measures = validate(case._replace(codes=shuffled))["measures"].set_index(
        ["category", "measure"]
    )
    wanted = expected["measures"].set_index(["category", "measure"])
    named = ["value", "n_units", "n_positive", "n_flagged"]
    pd.testing.assert_frame_equal(measures.loc[wanted.index, named], wanted[named])


def test_seeds_decide_the_bounds_and_nothing_else() -> None:
    case = random_case(1)
    one, two = (validate(case, seed=seed)["measures"] for seed in (5, 6))
    assert (one["low"] != two["low"]).any()
    bounds = ["low", "high"]
    pd.testing.assert_frame_equal(one.drop(columns=bounds), two.drop(columns=bounds))


def test_codes_of_manifestos_give_the_area_of_scikit_learn(eval_folder: Path) -> None:
    coded = pd.read_csv(
        eval_folder / "a2_manifesto_uk_paragraphs.csv.gz",
        na_values=[""],
        keep_default_na=False,
    )
    coded = coded.groupby("doc", sort=False).head(27).reset_index(drop=True)
    texts = coded.groupby("doc", sort=False)["text"].agg("\n\n".join)
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts, texts.index))
    assert paragraphs["text"].tolist() == coded["text"].tolist()
    framing = fa.load_lexicon("framing")
    hits = fa.find_hits(paragraphs, framing)
    scores = fa.score_paragraphs(paragraphs, hits, framing)
    frames = ["security", "sovereignty", "welfare"]
    codes = pd.concat(
        paragraphs[["document_id", "paragraph"]].assign(
            category=frame, coder="coder", code=coded[frame].astype(int).astype("str")
        )
        for frame in frames
    )
    made = fa.validate_lexicon(hits, scores, codes, paragraphs=paragraphs, n_resamples=99)
    areas = made["measures"].query("measure == 'AUC'").set_index("category")["value"]
    for frame in frames:
        n_hits = scores.loc[scores["category"] == frame, "n_hits"]
        assert areas[frame] == pytest.approx(roc_auc_score(coded[frame], n_hits), abs=1e-12)
    shares = made["prevalence"].set_index("category")["corrected"]
    assert shares[frames].tolist() == pytest.approx(coded[frames].mean().tolist())
    n_false = (made["errors"]["kind"] == "false positive").sum()
    assert n_false == (made["measures"].drop_duplicates("category").eval("n_flagged").sum()) - sum(
        (
            (scores.loc[scores["category"] == frame, "n_hits"].to_numpy() > 0) & (coded[frame] == 1)
        ).sum()
        for frame in frames
    )
