"""What the plot of agreement shows."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes

import analysis as fa
from analysis.errors import TableError
from analysis.figures.style import FIXED
from tests.validation.invented_codes import codes_of, random_matrix


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    codes = [
        codes_of(random_matrix(1, n_coders=2, n_units=100, empty=0), per_document=4),
        codes_of([["0"] * 100] * 2, per_document=4).assign(category="welfare"),
    ]
    return fa.agreement(pd.concat(codes), n_resamples=199)


def written(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def points(ax: Axes) -> dict[float, float]:
    lines = [line for line in ax.get_lines() if line.get_marker() not in ("None", None)]
    return {float(line.get_ydata()[0]): float(line.get_xdata()[0]) for line in lines}


def test_a_point_and_its_interval_stand_for_each_category(table: pd.DataFrame) -> None:
    ax = fa.plot_agreement(table)
    rows = table[table["measure"] == "Krippendorff's alpha"].set_index("category")
    assert points(ax) == pytest.approx(
        {0: rows.loc["security", "value"], 2: rows.loc["(all)", "value"]}
    )
    spans = [segment for drawn in ax.collections for segment in drawn.get_segments()]
    assert spans[0][:, 0].tolist() == pytest.approx(rows.loc["security", ["low", "high"]].tolist())
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["security  (100 units)", "welfare  (100 units)", "(all)  (200 units)"]
    assert ax.get_lines()[0].get_color() == FIXED["security"].color


def test_what_is_undefined_is_written_as_such(table: pd.DataFrame) -> None:
    ax = fa.plot_agreement(table)
    assert written(ax) == ["undefined"]
    assert ax.texts[0].get_position()[1] == 1
    alone = fa.plot_agreement(table[table["category"] == "welfare"])
    assert written(alone) == ["undefined"]


def test_the_conventions_are_drawn_and_named_beside_alpha_only(table: pd.DataFrame) -> None:
    ax = fa.plot_agreement(table)
    upright = {line.get_xdata()[0] for line in ax.get_lines() if len(set(line.get_xdata())) == 1}
    assert {0.667, 0.8} <= upright
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "reliable from .8",
        "tentative from .667",
    ]
    other = fa.plot_agreement(table, measure="percent agreement")
    assert other.get_legend() is None
    assert other.get_xlabel() == "percent agreement"
    assert "Lines: 95 % intervals (BCa, articles resampled)." in fa.alt_text(other)


def test_agreement_below_chance_is_within_the_axes() -> None:
    codes = codes_of([["0", "1"] * 10, ["1", "0"] * 10])
    ax = fa.plot_agreement(fa.agreement(codes))
    value = points(ax)[0]
    assert value < 0
    assert ax.get_xlim()[0] < value


def test_the_axes_given_are_drawn_on_and_an_unknown_measure_is_named(table: pd.DataFrame) -> None:
    _, ax = plt.subplots()
    assert fa.plot_agreement(table, ax=ax) is ax
    with pytest.raises(TableError, match="no measure 'gamma' to draw; it has \"Krippendorff's"):
        fa.plot_agreement(table, measure="gamma")
