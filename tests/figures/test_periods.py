"""Changes at a date are drawn with their sizes, and nothing is drawn where there is none."""

import pandas as pd
import pytest
from matplotlib.axes import Axes

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import empty_table
from tests.calls import table


@pytest.fixture(scope="module")
def drawn() -> Axes:
    return fa.plot_periods(table("period_contrasts"))


def caption_of(ax: Axes) -> str:
    [caption] = ax.figure.findobj(lambda artist: artist.get_gid() == "caption")
    return " ".join(caption.get_text().split())


def labels_of(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def marks_of(ax: Axes) -> list[float]:
    return sorted(x for line in ax.lines for x in line.get_xdata() if line.get_marker() != "None")


def test_a_row_is_a_group_or_a_pair_with_its_articles(drawn: Axes) -> None:
    own = table("period_contrasts").drop_duplicates("group_a")
    sizes = own[["group_a", "n_before_a", "n_after_a"]].values.tolist()
    a, b = (f"{name} ({before} → {after})" for name, before, after in sizes)
    assert labels_of(drawn) == [a, b, f"{a}\n− {b}"]
    assert drawn.get_title("left") == "change at 2025-05-01"
    assert "n = 24 articles" in caption_of(drawn).replace("\xa0", " ")
    assert "of two groups, the first one's change less the other's" in caption_of(drawn)


def test_every_difference_is_a_mark(drawn: Axes) -> None:
    assert marks_of(drawn) == pytest.approx(sorted(table("period_contrasts")["difference"]))


def test_a_mark_is_full_where_the_adjusted_p_is_below_alpha() -> None:
    own = table("period_contrasts").head(2).assign(p_adjusted=[0.01, 0.2])
    faces = {
        line.get_markerfacecolor()
        for line in fa.plot_periods(own).lines
        if len(line.get_xdata()) == 1
    }
    assert "white" in faces
    assert len(faces) == 2


def test_a_change_of_one_group_says_nothing_of_others() -> None:
    own = table("period_contrasts").head(2)
    ax = fa.plot_periods(own, categories=["welfare"])
    assert len(labels_of(ax)) == 1
    assert len(marks_of(ax)) == 1
    assert "of two groups" not in caption_of(ax)
    with pytest.raises(TableError, match="no category 'sport'"):
        fa.plot_periods(own, categories=["sport"])


def test_rows_of_several_dates_name_them() -> None:
    placebos = fa.placebo_periods(table("scores"), at="2025-05-01", n_resamples=9)
    own = pd.concat([placebos, placebos.assign(at=placebos["at"] + pd.Timedelta(days=1))])
    ax = fa.plot_periods(own)
    dates = own["at"].dt.strftime("%Y-%m-%d").drop_duplicates().tolist()
    assert [label.partition(":")[0] for label in labels_of(ax)] == dates
    assert ax.get_title("left") == f"change at {len(dates)} dates"


def test_an_empty_table_says_so() -> None:
    ax = fa.plot_periods(empty_table("period_contrasts"))
    assert [text.get_text() for text in ax.texts] == ["no changes"]
