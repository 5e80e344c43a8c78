"""What the plots of comparisons show."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import empty_table, make_table

SECURITY = "#D55E00"


def contrasts() -> pd.DataFrame:
    rows = [
        ("security", "a", "b", 3.0, 1.0, 5.0, 2.0, 1.2, 4.0, 0.01),
        ("welfare", "a", "b", -1.0, -3.0, 1.0, 0.5, 0.2, 1.4, 0.4),
        ("security", "a", "$c$", 2.0, np.nan, np.nan, np.nan, np.nan, np.nan, np.nan),
    ]
    names = ["category", "group_a", "group_b", "difference", "low", "high"]
    names += ["ratio", "ratio_low", "ratio_high", "p_adjusted"]
    table = pd.DataFrame(rows, columns=names).assign(
        lexicon="demo@1+x",
        rate_a=4.0,
        rate_b=2.0,
        interval_method="BCa, documents resampled",
        cliffs_delta=0.1,
        p=0.01,
        adjustment="Benjamini-Hochberg",
        family="2 pairs × 2 categories, 2 of 3 tested",
        family_size=2,
        smallest_p=0.001,
        p_method="exact",
        unit="document",
        n_units_a=30,
        n_units_b=1200,
    )
    return make_table("contrasts", table)


def marks(ax: plt.Axes) -> list[tuple[float, str]]:
    """Places across and faces of all marks."""
    return [
        (float(x), to_hex(line.get_markerfacecolor()).upper())
        for line in ax.get_lines()
        if line.get_linestyle() == "None"
        for x in line.get_xdata()
    ]


def test_a_row_for_each_pair_tells_its_sizes_as_written() -> None:
    ax = fa.plot_contrasts(contrasts())
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "a (30) − b (1,200)",
        "a (30) − $c$ (1,200)",
    ]
    assert not any(label.get_parse_math() for label in ax.get_yticklabels())


def test_marks_are_full_where_the_adjusted_p_is_small_and_open_elsewhere() -> None:
    security = fa.plot_contrasts(contrasts(), categories=["security"])
    assert sorted(marks(security)) == [(2.0, "#FFFFFF"), (3.0, SECURITY)]
    strict = fa.plot_contrasts(contrasts(), categories=["security"], alpha=0.001)
    assert {face for _, face in marks(strict)} == {"#FFFFFF"}
    assert "full where p < 0.001 (Benjamini-Hochberg), else open" in fa.alt_text(strict)


def test_pairs_with_a_group_of_one_article_are_left_out_and_named() -> None:
    table = contrasts()
    rows = pd.concat([table, table.assign(group_a="blog", n_units_a=1)], ignore_index=True)
    ax = fa.plot_contrasts(rows)
    drawn = [label.get_text() for label in ax.get_yticklabels()]
    assert drawn == [label.get_text() for label in fa.plot_contrasts(table).get_yticklabels()]
    assert "Left out: blog (1 article)." in fa.alt_text(ax)
    alone = fa.plot_contrasts(rows[rows["group_a"] == "blog"])
    assert "no groups of two articles" in [text.get_text() for text in alone.texts]
    shares = share_contrasts().assign(n_units_a=1)
    shares.loc[0, ["group_a", "n_units_a"]] = ["home", 9]
    assert "Left out: a (1 article with such hits)." in fa.alt_text(fa.plot_contrasts(shares))
    # Articles compared by their paragraphs are no groups of articles.
    paragraphs = fa.plot_contrasts(rows.assign(unit="paragraph"))
    assert "Left out" not in fa.alt_text(paragraphs)


def test_full_and_open_marks_have_the_same_size() -> None:
    drawn = [
        line
        for line in fa.plot_contrasts(contrasts(), categories=["security"]).get_lines()
        if line.get_linestyle() == "None"
    ]
    assert {to_hex(line.get_markerfacecolor()).upper() for line in drawn} == {SECURITY, "#FFFFFF"}
    edges = {
        (line.get_markersize(), line.get_markeredgewidth(), to_hex(line.get_markeredgecolor()))
        for line in drawn
    }
    assert len(edges) == 1


@pytest.mark.parametrize("width", ["page", "column"])
def test_long_names_of_pairs_stand_in_two_lines_and_leave_the_marks_room(width: str) -> None:
    names = [f"sun_2026-01-0{n}_{'a-long-name-of-an-article-' * 2}{n}" for n in range(2)]
    table = contrasts().head(2).assign(group_a=names[0], group_b=names[1])
    with mpl.rc_context():
        fa.use_style(width=width)
        ax = fa.plot_contrasts(table)
        fa.use_style()
    for _ in range(3):
        ax.figure.draw_without_rendering()
    [label] = ax.get_yticklabels()
    first, second = label.get_text().split("\n")
    assert first.startswith("sun_2026")
    assert second.startswith("− sun_2026")
    assert second.endswith("(1,200)")
    assert label.get_window_extent().x0 >= 0
    assert ax.bbox.width >= (0.4 if width == "page" else 1 / 3) * ax.figure.bbox.width
    plt.close(ax.figure)


def test_intervals_are_drawn_where_there_are_any() -> None:
    ax = fa.plot_contrasts(contrasts())
    spans = [
        (segment[0][0], segment[1][0])
        for lines in ax.collections
        if isinstance(lines, LineCollection)
        for segment in lines.get_segments()
    ]
    assert sorted(spans) == [(-3.0, 1.0), (1.0, 5.0)]


def test_ratios_stand_on_a_logarithmic_axis_about_one() -> None:
    ax = fa.plot_contrasts(contrasts(), measure="ratio")
    assert ax.get_xscale() == "log"
    assert sorted(x for x, _ in marks(ax) if not np.isnan(x)) == [0.5, 2.0]
    assert ax.get_yticklabels()[0].get_text() == "a (30) / b (1,200)"


def test_no_contrasts_and_wrong_arguments_are_named() -> None:
    ax = fa.plot_contrasts(empty_table("contrasts"))
    assert "no contrasts" in [text.get_text() for text in ax.texts]
    with pytest.raises(ValueError, match="measure is 'p'"):
        fa.plot_contrasts(contrasts(), measure="p")
    with pytest.raises(TableError, match="no category 'x'"):
        fa.plot_contrasts(contrasts(), categories=["x"])
    _, own = plt.subplots()
    assert fa.plot_contrasts(contrasts(), ax=own) is own


def trends(groups: list[str] | None = None) -> pd.DataFrame:
    rows = [
        ("2025-01", "2025-01-01", 30, 5.0, 4.0, 6.0),
        ("2025-02", "2025-02-01", 0, np.nan, np.nan, np.nan),
        ("2025-03", "2025-03-01", 3, 2.0, np.nan, np.nan),
        ("(missing)", None, 2, 9.0, np.nan, np.nan),
    ]
    table = pd.DataFrame(rows, columns=["period", "begin", "n_documents", "rate", "low", "high"])
    table = table.assign(
        lexicon="demo@1+x", category="security", n_hits=1, n_tokens=100, interval_method="BCa"
    )
    made = make_table("trends", table)
    if groups is None:
        return made
    return pd.concat([made.assign(desk=name) for name in groups], ignore_index=True)[
        ["desk", *made.columns]
    ]


def test_a_gap_breaks_the_line_and_is_shaded() -> None:
    ax = fa.plot_trend(trends())
    line = ax.get_lines()[0]
    assert np.isnan(line.get_ydata()).tolist() == [False, True, False]
    spans = [patch for patch in ax.patches if to_hex(patch.get_facecolor()) == "#ededed"]
    assert [patch.get_x() for patch in spans] == [0.5]
    assert "Shaded: no articles." in fa.alt_text(ax)


def test_a_period_without_an_interval_has_an_open_mark() -> None:
    own = marks(fa.plot_trend(trends()))
    assert own == [(0.0, SECURITY), (1.0, "#FFFFFF"), (2.0, "#FFFFFF")]
    assert np.isnan(fa.plot_trend(trends()).get_lines()[0].get_ydata()[1])


def test_a_mark_of_fewer_than_five_articles_is_never_full() -> None:
    table = trends()
    table.loc[2, ["low", "high"]] = [1.0, 3.0]
    ax = fa.plot_trend(table)
    assert marks(ax) == [(0.0, SECURITY), (1.0, "#FFFFFF"), (2.0, "#FFFFFF")]
    assert "Open: fewer than 5 articles, no interval." in fa.alt_text(ax)


def years(counts: list[int], **more: str) -> pd.DataFrame:
    """Make trends of some years with this many articles in each."""
    periods = [str(2001 + n) for n in range(len(counts))]
    table = pd.DataFrame({"period": periods, "n_documents": counts}).assign(
        begin=pd.to_datetime(periods).astype("datetime64[us]"),
        rate=[5.0 if n else np.nan for n in counts],
        low=[4.0 if n >= 5 else np.nan for n in counts],
        high=[6.0 if n >= 5 else np.nan for n in counts],
        **{"lexicon": "demo@1+x", "category": "security", "interval_method": "BCa"},
        **{"n_hits": 1, "n_tokens": 100},
    )
    made = make_table("trends", table)
    return made.assign(**more)[[*more, *made.columns]]


def test_a_long_gap_takes_the_room_of_one_period_and_tells_its_length() -> None:
    ax = fa.plot_trend(years([9, 0, 9, 0, 0, 0, 0, 0, 9, 9]))
    line = ax.get_lines()[0]
    assert line.get_xdata().tolist() == [0, 1, 2, 3, 4, 5]
    assert np.isnan(line.get_ydata()).tolist() == [False, True, False, True, False, False]
    assert ax.get_xticks().tolist() == [0, 1, 2, 4, 5]
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert labels == ["2001", "2002", "2003", "2009", "2010"]
    [told] = [text for text in ax.texts if text.get_text()]
    assert (told.get_text(), told.get_position()[0]) == ("5 years without articles", 3)
    assert "Shaded: no articles; a longer gap is as wide as one year." in fa.alt_text(ax)
    assert "A mark is the rate of a year." in fa.alt_text(ax)


def test_groups_of_one_article_are_no_lines_and_are_named() -> None:
    table = pd.concat(
        [years([9, 9, 0, 0, 0], desk="home"), years([0, 0, 0, 0, 1], desk="blog")],
        ignore_index=True,
    )
    ax = fa.plot_trend(table)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["home"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2001", "2002"]
    assert "Left out: blog (1 article)." in fa.alt_text(ax)
    assert "n = 18 articles." in fa.alt_text(ax)


def test_marks_of_one_period_stand_beside_each_other() -> None:
    table = pd.concat([years([9], desk=desk) for desk in ("home", "world")], ignore_index=True)
    places = {x for line in fa.plot_trend(table).get_lines() for x in line.get_xdata()}
    assert len(places) == 2
    assert max(map(abs, places)) < 0.2


def test_documents_without_a_date_are_told() -> None:
    assert "2 more without a date left out" in fa.alt_text(fa.plot_trend(trends()))
    both = fa.plot_trend(trends(["home", "world"]), categories=["security"])
    assert "4 more without a date left out" in fa.alt_text(both)
    assert [text.get_text() for text in both.get_legend().get_texts()] == ["home", "world"]


def test_more_lines_than_colours_are_told_apart_by_dashes_too() -> None:
    names = [f"desk {n}" for n in range(12)]
    ax = fa.plot_trend(trends(names), categories=["security"])
    lines = [line for line in ax.get_lines() if line.get_linestyle() != "None"]
    looks = [(to_hex(line.get_color()), line.get_linestyle()) for line in lines]
    assert len(set(looks)) == 12
    legend = ax.get_legend()
    assert legend is not None
    shown = [(to_hex(line.get_color()), line.get_linestyle()) for line in legend.get_lines()]
    assert shown == looks
    assert len({(line.get_color(), line.get_marker()) for line in legend.get_lines()}) == 12


def test_groups_and_categories_are_not_mixed() -> None:
    table = trends(["home"])
    two = pd.concat([table, table.assign(category="welfare")], ignore_index=True)
    with pytest.raises(TableError, match="name one category"):
        fa.plot_trend(two)
    ax = fa.plot_trend(two, categories=["welfare"])
    assert ax.get_title(loc="left") == "Welfare words through time in home"


def share_contrasts() -> pd.DataFrame:
    own = contrasts().iloc[[0, 0, 1]].drop(columns=["rate_a", "rate_b", "ratio", "cliffs_delta"])
    own = own.assign(part="voice", value=["narrator", "quote", "narrator"], n_units_a=[9, 9, 12])
    shares = {"difference": [0.25, -0.5, 0.1], "low": [0.1, -0.75, 0.0], "high": 0.4}
    own = own.assign(share_a=0.5, share_b=0.25, n_hits_a=20, n_hits_b=30, **shares)
    return make_table("share_contrasts", own.reset_index(drop=True))


def test_shares_have_a_row_for_each_value_and_percentage_points() -> None:
    ax = fa.plot_contrasts(share_contrasts())
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "narrator: a (12) − b (1,200)",
        "quote: a (9) − b (1,200)",
    ]
    assert sorted(x for x, _ in marks(ax)) == pytest.approx([-50, 10, 25])
    assert ax.get_xlabel() == "difference of the shares (percentage points)"
    assert "n = 1,212 articles." in fa.alt_text(ax).replace("\xa0", " ")
    with pytest.raises(ValueError, match="shares have none; give 'difference'"):
        fa.plot_contrasts(share_contrasts(), measure="ratio")


def test_groups_of_unknown_voice_have_no_rows_and_are_named() -> None:
    nothing = {"difference": np.nan, "low": np.nan, "high": np.nan, "share_b": np.nan}
    unknown = share_contrasts().assign(group_b="UK", n_units_b=0, n_hits_b=0, **nothing)
    ax = fa.plot_contrasts(pd.concat([share_contrasts(), unknown], ignore_index=True))
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert len(labels) == 2
    assert not any("UK" in label for label in labels)
    assert "Without hits of known voice or certainty: UK." in fa.alt_text(ax)
    empty = fa.plot_contrasts(unknown, categories=["security"])
    assert "no shares to compare" in [text.get_text() for text in empty.texts]
    assert "Without hits of known voice or certainty: UK." in fa.alt_text(empty)
