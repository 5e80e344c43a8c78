"""How well coders agree: held to published numbers, to libraries and to a slow formula."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from nltk.metrics.agreement import AnnotationTask
from scipy import stats
from sklearn.metrics import cohen_kappa_score

import analysis as fa
from analysis.errors import StatisticsWarning, TableError
from analysis.statistics.intervals import ratio_interval
from analysis.tables.checks import check_table, empty_table
from tests.reference_cases import Case, agreement_cases
from tests.validation.invented_codes import codes_of, random_matrix, slow_alpha

ALPHA = "Krippendorff's alpha"
ONE_DISAGREEMENT = [
    [3, 3, 3, 3, 3],
    [3, 3, 3, 3, 3],
    [3, 3, None, None, 3],
    [3, 3, 3, 3, 1],
    [3, None, 3, 3, 3],
]
MEASURES_OF_CASES = {
    "krippendorff_alpha": [ALPHA],
    "observed_agreement": ["percent agreement"],
    "S": ["Bennett's S"],
    "scott_pi": ["Scott's pi"],
    "cohen_kappa": ["Cohen's kappa"],
    "cohen_kappa_none": ["Cohen's kappa"],
    "cohen_kappa_linear": ["Cohen's kappa, linear weights"],
    "fleiss_kappa": ["Fleiss' kappa"],
    "fleiss_and_randolph_kappa": ["Fleiss' kappa", "Randolph's kappa"],
}


def rows_of(codes: pd.DataFrame, measure: str | list[str] = ALPHA, **options: Any) -> pd.DataFrame:
    measures = [measure] if isinstance(measure, str) else measure
    return fa.agreement(codes, measures=measures, **{"n_resamples": 99, **options})


def row_of(codes: pd.DataFrame, measure: str = ALPHA, **options: Any) -> pd.Series:
    return rows_of(codes, measure, **options).iloc[0]


def value_of(matrix: list[list[Any]], measure: str = ALPHA, **options: Any) -> float:
    return float(row_of(codes_of(matrix), measure, **options)["value"])


def matrix_of_case(given: dict[str, Any]) -> list[list[Any]]:
    """Return a row for each coder, whichever way a case tells its codes."""
    if "coders_by_units" in given:
        return given["coders_by_units"]
    if "rater1" in given:
        return [given["rater1"], given["rater2"]]
    if "table" in given:
        cells = [
            (one, two)
            for one, row in enumerate(given["table"])
            for two, n in enumerate(row)
            for _ in range(n)
        ]
        return [list(column) for column in zip(*cells, strict=True)]
    if "subjects_by_raters" in given:
        return [list(column) for column in zip(*given["subjects_by_raters"], strict=True)]
    units = [
        np.repeat(range(len(row)), row).tolist() for row in given["subjects_by_category_counts"]
    ]
    return [list(column) for column in zip(*units, strict=True)]


def level_of_case(given: dict[str, Any]) -> str:
    return given.get("level", "ordinal" if given.get("weights") == "linear" else "nominal")


@pytest.mark.parametrize("case", agreement_cases())
def test_every_case_of_agreement_has_its_value(case: Case) -> None:
    codes = codes_of(matrix_of_case(case["input"]))
    measures = MEASURES_OF_CASES[case["statistic"]]
    table = rows_of(codes, measures, level=level_of_case(case["input"]))
    values = table["value"].tolist()[: len(measures)]
    if case["expected"] is None:
        assert np.isnan(values[0])
        assert table["explanation"][0].startswith("undefined: ")
    else:
        expected = case["expected"] if isinstance(case["expected"], list) else [case["expected"]]
        assert values == pytest.approx(expected, rel=0, abs=case["abs_tol"])


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_is_that_of_the_formula_written_out(level: str) -> None:
    for seed in range(12):
        matrix = random_matrix(seed, n_coders=2 + seed % 3, n_units=10 + 3 * seed)
        assert value_of(matrix, level=level) == pytest.approx(
            float(slow_alpha(matrix, level)), rel=0, abs=1e-12
        )


def test_three_coders_without_an_empty_cell_have_their_alpha() -> None:
    """T17."""
    matrix = [[2] * 10, [1] + [2] * 9, [1] * 4 + [2] * 6]
    assert value_of(matrix) == pytest.approx(0.072, abs=1e-12)


def test_empty_cells_are_no_category() -> None:
    """T18."""
    row = row_of(codes_of([[1, 1, 2], [1, 1, None], [None, 1, 2]]))
    assert row["value"] == pytest.approx(1.0)
    assert (row["n_units"], row["n_pairable"], row["n_coders"], row["n_missing"]) == (3, 3, 3, 2)


def test_rows_that_are_not_there_are_empty_cells() -> None:
    codes = codes_of([[1, 1, 2, 2], [1, None, 2, 1], [None, 1, None, 2]])
    pd.testing.assert_series_equal(row_of(codes), row_of(codes.dropna()))


def test_one_disagreement_among_equal_codes_gives_alpha_zero_and_says_why() -> None:
    """T20."""
    row = row_of(codes_of(ONE_DISAGREEMENT))
    assert row["value"] == pytest.approx(0.0, abs=1e-12)
    assert row["explanation"].startswith("the coders agree in 92% of comparisons, but 21 of 22")
    assert "chance alone makes coders agree nearly as often" in row["explanation"]
    # Where codes vary as much as here, a low alpha explains itself.
    balanced = codes_of([["0", "1"] * 10, ["0", "1"] * 8 + ["1", "0"] * 2])
    assert row_of(balanced)["value"] < 0.667
    assert pd.isna(row_of(balanced)["explanation"])


def test_labels_that_look_empty_are_labels_until_declared_missing() -> None:
    """T21."""
    for label in ("nan", "None", ""):
        codes = codes_of([["1", "1", label, label, "1"], ["1", "1", label, "1", "1"]])
        as_letter = codes.assign(code=codes["code"].replace(label, "x"))
        row = row_of(codes)
        assert row["value"] == pytest.approx(row_of(as_letter)["value"])
        assert row["n_pairable"] == 5
        assert f"{label!r} counts as a code" in row["explanation"]
        declared = row_of(codes, missing=[label])
        assert (declared["n_pairable"], declared["n_missing"]) == (3, 3)
        assert np.isnan(declared["value"])
        pd.testing.assert_series_equal(declared, row_of(codes, missing=label))


def test_ordinal_codes_in_words_need_their_order() -> None:
    """T22."""
    words = {1: "low", 2: "middle", 3: "high", None: None}
    matrix = random_matrix(5, n_labels=3)
    codes = codes_of([[words[code] for code in row] for row in matrix])
    with pytest.raises(TableError, match=r"'\w+' in row 0 .* give order=\[…\]"):
        fa.agreement(codes, level="ordinal")
    order = ["low", "middle", "high"]
    told = row_of(codes, level="ordinal", order=order)["value"]
    assert told == pytest.approx(float(slow_alpha(matrix, "ordinal")))
    by_alphabet = row_of(codes, level="ordinal", order=sorted(order))["value"]
    assert abs(told - by_alphabet) > 0.01


def test_numbers_in_text_are_ordered_by_value() -> None:
    matrix = [[9, 10, 11, 9, 100], [9, 11, 11, 10, 100]]
    value = value_of(matrix, level="ordinal")
    assert value == pytest.approx(float(slow_alpha(matrix, "ordinal")))
    written = codes_of([["9.0", "1e1", "11", "09", "100"], matrix[1]])
    assert row_of(written, level="ordinal")["value"] == pytest.approx(value)


@pytest.mark.parametrize(
    ("matrix", "options", "error", "match"),
    [
        ([[1, "2,5"], [1, 1]], {"level": "interval"}, TableError, r"'2,5' in row 1 .* no number"),
        ([[1, 1], ["nan", 1]], {"level": "ratio"}, TableError, r"'nan' in row 2 .* no number"),
        ([[1, 1], ["inf", 1]], {"level": "interval"}, TableError, "'inf' in row 2"),
        ([[1, -1], [1, 1]], {"level": "ratio"}, TableError, r"'-1' in row 1 .* 0 or more"),
        ([["a", "b"]] * 2, {"order": ["a"]}, TableError, r"'b' in row 1 .* not in order \['a'\]"),
        ([["a", "b"]] * 2, {"order": "ab"}, TypeError, "order must be a list of names"),
        ([["a", "b"]] * 2, {"order": ["a", "a", "b"]}, ValueError, "each label once"),
        ([[1, 2]] * 2, {"level": "ratio", "order": ["1"]}, ValueError, "order has no meaning"),
        ([[1, 2]] * 2, {"level": "scale"}, ValueError, "level is 'scale'"),
        ([[1, 2]] * 2, {"measures": ["gamma"]}, ValueError, "no measure 'gamma'"),
        ([[1, 2]] * 2, {"measures": []}, ValueError, "name one or more"),
        ([[1, 2]] * 2, {"confidence": 95}, ValueError, "confidence is 95"),
        ([[1, 2]] * 2, {"n_resamples": 0}, ValueError, "n_resamples is 0"),
        (
            [[1, 2]] * 2,
            {"measures": ["Cohen's kappa, linear weights"]},
            ValueError,
            "needs codes with an order",
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(
    matrix: list[list[Any]], options: dict[str, Any], error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        fa.agreement(codes_of(matrix), **options)


def test_a_table_that_is_none_of_codes_is_refused() -> None:
    codes = codes_of([[1, 2], [1, 2]])
    with pytest.raises(TableError, match="repeats the key"):
        fa.agreement(pd.concat([codes, codes]))
    with pytest.raises(TableError, match="'code' of the codes table has dtype int64"):
        fa.agreement(codes.assign(code=1))
    with pytest.raises(TableError, match=r"called '\(all\)'"):
        fa.agreement(codes.assign(category="(all)"))


@pytest.mark.parametrize(
    ("matrix", "measure", "match"),
    [
        ([[1, 2, 1]], ALPHA, "only one coder, 'coder 0'"),
        ([[1, 2, 1], [None] * 3], ALPHA, "only one coder, 'coder 0'"),
        ([[1, None], [None, 2]], "percent agreement", "no unit has the codes of two coders"),
        ([[None, None], [None, None]], ALPHA, "there is no code"),
        ([[1, 1], [1, 1]], ALPHA, "every code is '1'"),
        ([[1, 1], [1, 1]], "Cohen's kappa", "every code is '1'"),
        ([[1, 1], [1, 1]], "Scott's pi", "every code is '1'"),
        ([[1, 1], [1, 1]], "Bennett's S", "'1' is the only label known"),
        ([[1, 1]] * 3, "Fleiss' kappa", "every code is '1'"),
        ([[1, 2]] * 3, "Cohen's kappa", "for two coders, and there are 3; take Kripp"),
        ([[1, 2]] * 3, "Scott's pi", "take Fleiss' kappa"),
        ([[1, 2, 1], [1, 2, 1], [1, 2, None]], "Fleiss' kappa", "units have 2 to 3"),
    ],
)
def test_what_is_undefined_has_words_and_no_number(
    matrix: list[list[Any]], measure: str, match: str
) -> None:
    table = rows_of(codes_of(matrix), measure)
    check_table(table, "agreement")
    for row in table.itertuples():
        assert np.isnan([row.value, row.low, row.high]).all()
        assert row.explanation.startswith("undefined: ")
        assert match in row.explanation
        assert row.interval_method == "none: no value"


def test_codes_that_do_not_vary_still_agree_in_percent() -> None:
    row = row_of(codes_of([[1, 1], [1, 1]]), "percent agreement")
    assert row["value"] == 1
    assert pd.isna(row["explanation"])


def test_coders_who_never_use_the_same_label_have_a_kappa_of_zero() -> None:
    assert value_of([["a"] * 4, ["b"] * 4], "Cohen's kappa") == 0


def test_without_codes_there_is_one_row_for_each_measure_and_it_says_so() -> None:
    table = fa.agreement(empty_table("codes"))
    assert table["category"].tolist() == ["(all)", "(all)"]
    assert set(table["explanation"]) == {"undefined: there is no code"}


def test_measures_of_two_coders_are_those_of_nltk_and_scikit_learn() -> None:
    for seed in range(6):
        one, two = random_matrix(seed, n_coders=2, empty=0)
        codes = codes_of([one, two])
        triples = [
            (coder, unit, code)
            for coder, row in enumerate([one, two])
            for unit, code in enumerate(row)
        ]
        task = AnnotationTask(triples)
        of_nltk = {
            ALPHA: task.alpha(),
            "percent agreement": task.avg_Ao(),
            "Cohen's kappa": task.kappa(),
            "Scott's pi": task.pi(),
            "Bennett's S": task.S(),
        }
        table = fa.agreement(codes, n_resamples=9).head(5).set_index("measure")["value"]
        assert table.to_dict() == pytest.approx(of_nltk)
        weighted = fa.agreement(codes, level="interval", n_resamples=9).head(4)
        values = weighted.set_index("measure")["value"]
        for weights in ("linear", "quadratic"):
            assert values[f"Cohen's kappa, {weights} weights"] == pytest.approx(
                cohen_kappa_score(one, two, weights=weights)
            )


def test_weights_follow_ranks_at_level_ordinal_and_numbers_at_interval() -> None:
    one, two = [1, 2, 10, 10, 2, 1, 1], [1, 10, 10, 2, 2, 1, 2]
    measure = "Cohen's kappa, quadratic weights"
    ranks = {1: 0, 2: 1, 10: 2}
    by_rank = cohen_kappa_score(
        [ranks[code] for code in one], [ranks[code] for code in two], weights="quadratic"
    )
    by_number = cohen_kappa_score(one, two, weights="quadratic", labels=range(1, 11))
    assert value_of([one, two], measure, level="ordinal") == pytest.approx(by_rank)
    assert value_of([one, two], measure, level="interval") == pytest.approx(by_number)
    # Labels that nobody used still keep others apart.
    order = [str(n) for n in range(1, 11)]
    wide = value_of([one, two], measure, level="ordinal", order=order)
    assert wide == pytest.approx(by_number)


def test_labels_that_nobody_used_count_for_agreement_by_even_chance() -> None:
    matrix = [[1, 2, 1, 2], [1, 2, 1, 1]]
    assert value_of(matrix, "Bennett's S") == pytest.approx((0.75 - 1 / 2) / (1 / 2))
    order = ["3", "2", "1"]
    assert value_of(matrix, "Bennett's S", order=order) == pytest.approx((0.75 - 1 / 3) / (2 / 3))


def test_coders_may_be_swapped_rows_shuffled_and_nominal_codes_renamed() -> None:
    matrix = random_matrix(3, n_coders=2, n_units=60)
    codes = codes_of(matrix, per_document=3)
    expected = fa.agreement(codes, n_resamples=199)
    swapped = codes.assign(coder=codes["coder"].map({"coder 0": "z", "coder 1": "a"}))
    shuffled = codes.sample(frac=1, random_state=1)
    renamed = codes.assign(code=codes["code"].map({"1": "d", "2": "b", "3": "a", "4": "c"}))
    for other in (swapped, shuffled, renamed):
        table = fa.agreement(other, n_resamples=199)
        pd.testing.assert_frame_equal(table, expected, check_exact=False, rtol=1e-9)


def test_inputs_are_not_changed() -> None:
    codes = codes_of(random_matrix(1))
    before = codes.copy(deep=True)
    fa.agreement(codes, missing=["4"])
    fa.disagreements(codes, missing=["4"])
    pd.testing.assert_frame_equal(codes, before)


def test_each_category_stands_alone_and_all_pools_their_units() -> None:
    one, two = random_matrix(1, empty=0), random_matrix(2, n_units=20, empty=0)
    both = [codes_of(one), codes_of(two).assign(category="aid")]
    table = rows_of(pd.concat(both, ignore_index=True))
    assert table["category"].tolist() == ["security", "aid", "(all)"]
    pooled = [[*a, *b] for a, b in zip(one, two, strict=True)]
    expected = [float(slow_alpha(matrix, "nominal")) for matrix in (one, two, pooled)]
    assert table["value"].tolist() == pytest.approx(expected)
    assert table["n_units"].tolist() == [30, 20, 50]


def test_the_measures_fit_the_coders_and_the_level() -> None:
    def measures(n_coders: int, level: str) -> list[str]:
        codes = codes_of(random_matrix(1, n_coders=n_coders, empty=0))
        table = fa.agreement(codes, level=level, n_resamples=9)
        assert table["value"].notna().all()
        return table["measure"].drop_duplicates().tolist()[2:]

    assert measures(2, "nominal") == ["Cohen's kappa", "Scott's pi", "Bennett's S"]
    assert measures(3, "nominal") == ["Fleiss' kappa", "Randolph's kappa"]
    assert [name.split(", ")[1] for name in measures(2, "ratio")] == [
        "linear weights",
        "quadratic weights",
    ]
    assert measures(3, "ordinal") == []


def test_the_level_is_that_at_which_a_measure_takes_the_codes() -> None:
    table = fa.agreement(codes_of([[1, 2, 3], [1, 3, 3]]), level="ordinal").head(3)
    assert table["level"].tolist() == ["ordinal", "nominal", "ordinal"]


@pytest.mark.filterwarnings("ignore:some intervals rest on 8 documents")
@pytest.mark.parametrize("per_document", [5, 25])
def test_an_interval_is_that_of_a_ratio_of_sums_over_documents(per_document: int) -> None:
    codes = codes_of(random_matrix(7, n_coders=2, n_units=200, empty=0), per_document=per_document)
    row = row_of(codes, "percent agreement", n_resamples=9_999, seed=2)
    wide = codes.pivot(index=["document_id", "paragraph"], columns="coder", values="code")
    same = (wide["coder 0"] == wide["coder 1"]).groupby("document_id").agg(["sum", "size"])
    low, high, _ = ratio_interval(same["sum"], same["size"], n_resamples=9_999, seed=3)
    # Other draws may move a bound by one of 200 units.
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=0.0051)
    assert row["interval_method"] == "BCa 95 %, documents resampled"


def test_documents_are_resampled_and_not_their_paragraphs() -> None:
    # Thirty documents of ten paragraphs, in each of which all agree or all disagree.
    agreeing = np.repeat(np.random.default_rng(0).random(30) < 0.5, 10)
    matrix = [["0"] * 300, ["0" if same else "1" for same in agreeing]]
    row = row_of(codes_of(matrix, per_document=10), "percent agreement", n_resamples=1_999)
    share = agreeing.mean()
    expected = stats.norm.ppf(0.975) * np.sqrt(share * (1 - share) / 30)
    assert (row["high"] - row["low"]) / 2 == pytest.approx(expected, rel=0.15)


def test_a_higher_confidence_gives_a_wider_interval_and_is_told() -> None:
    codes = codes_of(random_matrix(4, n_units=60), per_document=2)
    narrow, wide = (row_of(codes, confidence=c, n_resamples=999) for c in (0.8, 0.999))
    assert wide["low"] < narrow["low"] < narrow["value"] < narrow["high"] < wide["high"]
    assert wide["interval_method"] == "BCa 99.9 %, documents resampled"


def test_few_documents_are_warned_about_and_very_few_have_no_interval() -> None:
    codes = codes_of(random_matrix(4, n_units=60), per_document=5)
    with pytest.warns(StatisticsWarning, match="rest on 12 documents; from fewer than 20"):
        assert row_of(codes)["low"] < row_of(codes)["high"]
    row = row_of(codes[codes["document_id"] < "d004"])
    assert row["interval_method"] == "none: 4 documents, fewer than 5"
    assert np.isnan([row["low"], row["high"]]).all()


def test_perfect_agreement_has_no_interval_of_no_width() -> None:
    row = row_of(codes_of([["1", "0"] * 30] * 2, per_document=2))
    assert (row["value"], row["interval_method"]) == (1, "none: every resample has the same value")
    assert np.isnan(row["low"])


def test_resamples_without_variation_are_told_or_make_an_interval_impossible() -> None:
    def with_ones_in(n_documents: int) -> pd.Series:
        one = [["1" if d < n_documents and p == 0 else "0" for p in range(5)] for d in range(40)]
        two = [["1" if d < n_documents and p < 2 else "0" for p in range(5)] for d in range(40)]
        matrix = [[code for document in own for code in document] for own in (one, two)]
        return row_of(codes_of(matrix, per_document=5), n_resamples=999)

    told = with_ones_in(4)
    assert "resamples in which it is undefined left out" in told["interval_method"]
    assert told["low"] < told["value"] < told["high"]
    none = with_ones_in(1)
    assert none["interval_method"].startswith("none: in ")
    assert none["interval_method"].endswith("of 999 resamples it is undefined")
    assert none["value"] > 0
    assert np.isnan(none["low"])


def test_seeds_decide_the_bounds() -> None:
    codes = codes_of(random_matrix(1, n_units=80), per_document=4)
    five, again, six = (fa.agreement(codes, n_resamples=199, seed=s) for s in (5, 5, 6))
    pd.testing.assert_frame_equal(five, again)
    assert not five["low"].equals(six["low"])
