"""What the plots of a validation show."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

import analysis as fa
from analysis.errors import TableError
from analysis.figures.style import category_styles
from analysis.tables.checks import empty_table
from tests.validation.coded_corpora import Case, case_of, random_case


@pytest.fixture(scope="module")
def case() -> Case:
    return random_case(1)


@pytest.fixture(scope="module")
def made(case: Case) -> dict[str, pd.DataFrame]:
    return fa.validate_lexicon(case.hits, case.scores, case.codes, n_resamples=99)


def marks(ax: Axes) -> list[tuple[float, float]]:
    lines = [line for line in ax.get_lines() if line.get_linestyle() == "None"]
    points = [point for line in lines for point in line.get_xydata().tolist()]
    return sorted((round(y, 6), x) for x, y in points if not np.isnan(x))


def names_in_legend(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_each_measure_has_a_row_and_each_category_a_point_in_it(
    made: dict[str, pd.DataFrame],
) -> None:
    ax = fa.plot_validity(made["measures"])
    rows = ["precision", "recall", "F1", "specificity", "AUC"]
    assert [label.get_text() for label in ax.get_yticklabels()] == rows
    values = made["measures"].set_index(["measure", "category"])["value"]
    expected = [
        (place + offset, values[measure, category])
        for place, measure in enumerate(rows)
        for category, offset in (("security", -0.32), ("aid", 0.32))
    ]
    assert [place for place, _ in marks(ax)] == pytest.approx([place for place, _ in expected])
    assert [value for _, value in marks(ax)] == pytest.approx([value for _, value in expected])
    assert names_in_legend(ax) == ["security", "aid"]
    assert "n = 150 coded paragraphs" in fa.alt_text(ax)
    spans = [segment[:, 0] for drawn in ax.collections for segment in drawn.get_segments()]
    for row in made["measures"].itertuples():
        assert any(span == pytest.approx([row.low, row.high]) for span in spans)


def test_a_bar_marks_the_area_of_the_trained_model(
    case: Case, made: dict[str, pd.DataFrame]
) -> None:
    ceiling = fa.supervised_ceiling(case.paragraphs, case.codes, n_resamples=9)
    ax = fa.plot_validity(made["measures"], ceiling=ceiling)
    upright = [s for drawn in ax.collections for s in drawn.get_segments() if s[0, 0] == s[1, 0]]
    assert set(ceiling["auc"]) <= {float(segment[0, 0]) for segment in upright}
    assert "Upright bar: a trained model." in fa.alt_text(ax)


def test_what_is_undefined_has_no_mark() -> None:
    case = case_of(["Rain."] * 4, ["1", "0"] * 2)
    table = fa.validate_lexicon(case.hits, case.scores, case.codes)["measures"]
    assert [round(place) for place, _ in marks(fa.plot_validity(table))] == [1, 2, 3, 4]


def test_precision_and_recall_are_drawn_by_threshold_with_the_best_marked(
    made: dict[str, pd.DataFrame],
) -> None:
    table = made["thresholds"]
    ax = fa.plot_thresholds(table, categories=["aid"])
    own = table[table["category"] == "aid"]
    precision, best_precision, recall, best_recall = ax.get_lines()
    assert precision.get_xydata() == pytest.approx(own[["threshold", "precision"]].to_numpy())
    assert recall.get_xydata() == pytest.approx(own[["threshold", "recall"]].to_numpy())
    best = own[own["best"]]
    assert best_precision.get_xydata() == pytest.approx(best[["threshold", "precision"]].to_numpy())
    assert best_recall.get_xydata() == pytest.approx(best[["threshold", "recall"]].to_numpy())
    assert best_recall.get_markersize() > 2 * recall.get_markersize()
    assert names_in_legend(ax) == ["aid", "precision", "recall"]
    assert "large marker: where F1 is highest" in fa.alt_text(ax)
    # A category keeps its colour whichever are drawn.
    assert precision.get_color() == category_styles(["security", "aid"])["aid"].color
    assert len(fa.plot_thresholds(table).get_lines()) == 8


def test_thresholds_without_scores_say_so() -> None:
    ax = fa.plot_thresholds(empty_table("validity_thresholds"))
    assert [text.get_text() for text in ax.texts] == ["no scores"]


def test_entries_stand_by_their_false_positives(made: dict[str, pd.DataFrame]) -> None:
    ax = fa.plot_entry_errors(made["entries"], category="security")
    own = made["entries"].query("category == 'security'").set_index("entry")
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert own.loc[names, "n_false"].tolist() == sorted(own["n_false"], reverse=True)
    right, wrong = ax.containers
    assert [bar.get_width() for bar in right] == own.loc[names, "n_true"].tolist()
    assert [-bar.get_width() for bar in wrong] == own.loc[names, "n_false"].tolist()
    assert {bar.get_hatch() for bar in wrong} == {"////"}
    assert [text.get_text() for text in ax.texts[:2]] == [
        f"{own.loc[names[0], column]}" for column in ("n_true", "n_false")
    ]
    few = fa.plot_entry_errors(made["entries"], category="security", n=2)
    assert few.get_title(loc="left") == "Security words: which entries err, the first 2 of 3"
    assert len(few.get_yticklabels()) == 2


def test_entries_without_hits_say_so() -> None:
    ax = fa.plot_entry_errors(empty_table("validity_entries"), category="aid")
    assert [text.get_text() for text in ax.texts] == ["no hits"]


def test_a_coded_category_without_hits_is_drawn_without_bars_and_no_unknown_one() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat.", "Rain fell."]))
    lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*"], "aid": ["aid"]})
    hits = fa.find_hits(paragraphs, lexicon)
    scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    units = paragraphs[["document_id", "paragraph"]].assign(coder="Ana", code=["1", "0"])
    codes = pd.concat(units.assign(category=name) for name in ("security", "aid"))
    entries = fa.validate_lexicon(hits, scores, codes)["entries"]
    ax = fa.plot_entry_errors(entries, category="aid")
    assert [text.get_text() for text in ax.texts] == ["no hits"]
    with pytest.raises(TableError, match="no category 'war'"):
        fa.plot_entry_errors(entries, category="war")


def test_long_entries_and_dollar_signs_are_drawn_within_the_figure(
    made: dict[str, pd.DataFrame],
) -> None:
    table = made["entries"].assign(
        entry=[f"$x_{n}$ a very long entry of many, many words {n}" for n in range(5)]
    )
    ax = fa.plot_entry_errors(table, category="security")
    ax.figure.draw_without_rendering()
    whole = ax.figure.bbox
    for text in [*ax.get_yticklabels(), ax.get_legend(), ax.xaxis.label]:
        box = text.get_window_extent()
        assert whole.x0 <= box.x0
        assert box.x1 <= whole.x1
    assert all(label.get_text().startswith("$x_") for label in ax.get_yticklabels())


def test_the_axes_given_are_drawn_on_and_what_does_not_fit_is_refused(
    made: dict[str, pd.DataFrame],
) -> None:
    _, axes = plt.subplots(3)
    assert fa.plot_validity(made["measures"], ax=axes[0]) is axes[0]
    assert fa.plot_thresholds(made["thresholds"], ax=axes[1]) is axes[1]
    assert fa.plot_entry_errors(made["entries"], category="aid", ax=axes[2]) is axes[2]
    with pytest.raises(TypeError, match="categories must be a list of names"):
        fa.plot_thresholds(made["thresholds"], categories="aid")
    with pytest.raises(TableError, match="war"):
        fa.plot_thresholds(made["thresholds"], categories=["war"])
    with pytest.raises(TableError, match="war"):
        fa.plot_entry_errors(made["entries"], category="war")
    with pytest.raises(ValueError, match="n is 0; draw at least 1 entry"):
        fa.plot_entry_errors(made["entries"], category="aid", n=0)
    with pytest.raises(TableError, match="no column"):
        fa.plot_validity(made["entries"])
