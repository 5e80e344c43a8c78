from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.text import Text

import analysis as fa
from analysis.errors import TableError
from analysis.figures.style import FIXED
from analysis.tables.checks import empty_table, make_table

FRAMING = "framing@1.0.0+aaaa"
HEDGING = "hedging@1.0.0+bbbb"

mpl.use("Agg")


def score_row(category: str, n_hits: int, n_tokens: int, **more: Any) -> dict[str, Any]:
    return {
        "lexicon": HEDGING if category == "hedging" else FRAMING,
        "category": category,
        "n_hits": n_hits,
        "n_tokens": n_tokens,
        "n_sentences": 1,
        "n_hit_sentences": min(n_hits, 1),
        "n_lexicon_hits": n_hits,
        "weighted_hits": float(n_hits),
        "rate": 1000 * n_hits / n_tokens if n_tokens else None,
        "weighted_rate": None,
        "sentence_share": None,
        "share": None,
        **more,
    }


def scores_with(
    counts: dict[str, list[int]], tokens: Sequence[int], document_id: str = "a"
) -> pd.DataFrame:
    rows = [
        score_row(category, hits[paragraph], n, document_id=document_id, paragraph=paragraph)
        for paragraph, n in enumerate(tokens)
        for category, hits in counts.items()
    ]
    return make_table("scores", pd.DataFrame(rows))


def totals_of(
    rates: dict[str, dict[str, int]], group: str = "document_id", **more: Any
) -> pd.DataFrame:
    rolled = {
        "n_paragraphs": 4,
        "share_paragraphs": None,
        "low": None,
        "high": None,
        "interval_method": None,
        "n_units": 4,
    }
    rows = [
        score_row(category, hits, 1000, **{group: name}, **(rolled | more))
        for name, counts in rates.items()
        for category, hits in counts.items()
    ]
    name = "document_scores" if group == "document_id" else "group_scores"
    table = make_table(name, pd.DataFrame(rows))
    return table[[group, *(c for c in table.columns if c != group)]]


def entries_of(rows: Sequence[tuple[str, str, int]]) -> pd.DataFrame:
    return make_table(
        "entries",
        {
            "lexicon": [FRAMING for _ in rows],
            "category": [category for category, _, _ in rows],
            "subcategory": [None for _ in rows],
            "entry": [entry for _, entry, _ in rows],
            "n_hits": [n for _, _, n in rows],
            "n_blocked": [0 for _ in rows],
            "n_documents": [1 for _ in rows],
            "share": [None for _ in rows],
            "surfaces": ["" for _ in rows],
        },
    )


def rows_of(ax: plt.Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def title_of(ax: plt.Axes) -> Text:
    written = ax.get_title(loc="left")
    return next(text for text in ax.findobj(Text) if text.get_text() == written)


def legend_of(ax: plt.Axes) -> list[str]:
    legend = ax.get_legend()
    return [text.get_text() for text in legend.get_texts()] if legend else []


TWO = {"security": [1, 0, 2], "hedging": [0, 3, 0]}


def test_entries_of_an_unknown_category_are_refused() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat."]))
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"k": ["threat*"]}))
    with pytest.raises(TableError, match="no category 'zzz' to draw; the table has 'k'"):
        fa.plot_entries(fa.count_entries(hits), category="zzz")


def test_a_strip_has_a_row_per_category_and_a_cell_per_paragraph() -> None:
    ax = fa.plot_paragraphs(scores_with(TWO, [100, 50, 80]), document_id="a")
    meshes = [artist for artist in ax.collections if isinstance(artist, QuadMesh)]
    assert rows_of(ax) == ["security", "hedging"]
    assert [mesh.get_array().ravel().tolist() for mesh in meshes] == [[10, 0, 25], [0, 60, 0]]
    assert [mpl.colors.to_hex(mesh.cmap(1.0)).upper() for mesh in meshes] == [
        FIXED["security"].color,
        FIXED["hedging"].color,
    ]


def test_every_cell_with_hits_shows_their_number() -> None:
    ax = fa.plot_paragraphs(scores_with(TWO, [100, 50, 80]), document_id="a")
    written = {(*text.get_position(), text.get_text()) for text in ax.texts}
    assert written == {(0, 0, "1"), (2, 0, "2"), (1, 1, "3")}


def test_a_paragraph_without_tokens_is_hatched_and_has_no_rate() -> None:
    """R6"""
    ax = fa.plot_paragraphs(scores_with({"security": [1, 0]}, [9, 0]), document_id="a")
    mesh = next(artist for artist in ax.collections if isinstance(artist, QuadMesh))
    assert mesh.get_array().mask.ravel().tolist() == [False, True]
    assert [patch.get_x() for patch in ax.patches if patch.get_hatch()] == [0.5]
    assert "Hatched: without tokens." in fa.alt_text(ax)


def test_equal_rates_look_equal_in_different_articles() -> None:
    one = fa.plot_paragraphs(scores_with({"security": [1]}, [100]), document_id="a")
    two = fa.plot_paragraphs(scores_with({"security": [1, 9]}, [100, 10]), document_id="a")
    shades = [ax.collections[0].norm(10.0) for ax in (one, two)]
    assert shades[0] == shades[1]


def test_the_color_bar_says_the_unit() -> None:
    ax = fa.plot_paragraphs(scores_with(TWO, [100, 50, 80]), document_id="a")
    bar = next(other for other in ax.figure.axes if other is not ax)
    assert " ".join(bar.get_ylabel().split()) == "hits per 1,000 tokens"


def test_categories_are_drawn_in_the_order_asked_for() -> None:
    ax = fa.plot_paragraphs(
        scores_with(TWO, [100, 50, 80]), document_id="a", categories=["hedging", "security"]
    )
    assert rows_of(ax) == ["hedging", "security"]


def test_subcategories_have_rows_of_their_own() -> None:
    rows = [
        score_row(category, 1, 50, document_id="a", paragraph=0, subcategory=subcategory)
        for category, subcategory in [
            ("security", "military"),
            ("security", None),
            ("welfare", None),
        ]
    ]
    ax = fa.plot_paragraphs(make_table("scores", pd.DataFrame(rows)), document_id="a")
    assert rows_of(ax) == ["security › military", "security › (none)", "welfare"]


def test_paragraph_numbers_are_those_of_the_table() -> None:
    scores = scores_with({"security": [0, 1, 0, 1]}, [9, 9, 9, 9])
    ax = fa.plot_paragraphs(scores[scores["n_hits"] > 0], document_id="a")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "3"]


@pytest.mark.parametrize("n", [1, 2, 60, 150])
def test_nothing_is_cut_off_for_articles_of_any_length(n: int) -> None:
    counts = {"security": [12] * n, "a category with a rather long name": [9] * n}
    scores = scores_with(counts, [99] * n, document_id="a" * 200)
    ax = fa.plot_paragraphs(scores, document_id="a" * 200)
    ax.figure.draw_without_rendering()
    box = ax.figure.bbox
    cell = ax.get_window_extent().width / n
    for text in [title_of(ax), ax.xaxis.label, *ax.get_yticklabels(), *ax.texts]:
        extent = text.get_window_extent()
        assert extent.x0 >= box.x0 - 1
        assert extent.x1 <= box.x1 + 1
    widths = [text.get_window_extent().width for text in ax.texts]
    # What would be too small to read is left out, and the caption says so.
    assert max(widths, default=0) <= cell
    assert bool(widths) != ("too narrow for its number" in fa.alt_text(ax))


def test_an_unknown_document_is_refused_with_some_that_exist() -> None:
    with pytest.raises(TableError, match=r"scores has no document 'b'; it has 'a'"):
        fa.plot_paragraphs(scores_with(TWO, [9, 9, 9]), document_id="b")
    with pytest.raises(TableError, match="it has none"):
        fa.plot_paragraphs(empty_table("scores"), document_id="b")


def test_an_unknown_category_is_refused_with_those_that_exist() -> None:
    with pytest.raises(TableError, match="no category 'migration' to draw; the table has 'secur"):
        fa.plot_paragraphs(scores_with(TWO, [9] * 3), document_id="a", categories=["migration"])


def test_a_string_is_no_list_of_categories() -> None:
    """S13"""
    with pytest.raises(TypeError, match="not one str"):
        fa.plot_paragraphs(scores_with(TWO, [9] * 3), document_id="a", categories="security")


def test_rows_given_twice_are_refused() -> None:
    scores = scores_with(TWO, [9, 9, 9])
    with pytest.raises(TableError, match="more than once"):
        fa.plot_paragraphs(pd.concat([scores, scores]), document_id="a")


def test_a_table_of_another_kind_is_refused() -> None:
    with pytest.raises(TableError, match="scores table has no column"):
        fa.plot_paragraphs(entries_of([]), document_id="a")
    with pytest.raises(TypeError, match="DataFrame, not list"):
        fa.plot_documents([])


def test_documents_are_rows_with_a_marker_per_category() -> None:
    totals = totals_of({"a": {"security": 3, "hedging": 9}, "b": {"security": 5, "hedging": 0}})
    ax = fa.plot_documents(totals)
    points = {line.get_marker(): line.get_xdata().tolist() for line in ax.lines}
    assert points == {FIXED["security"].marker: [5, 3], FIXED["hedging"].marker: [0, 9]}
    assert rows_of(ax) == ["b  (5 hits)", "a  (12 hits)"]
    assert legend_of(ax) == ["security", "hedging"]
    assert ax.get_xlabel() == "hits per 1,000 tokens"
    assert ax.get_title(loc="left") == "Security and hedging words in 2 articles"
    assert "in brackets, its hits." in fa.alt_text(ax)
    assert "n = 2 articles, 17 hits." in fa.alt_text(ax)


def test_documents_stand_by_the_rate_of_the_first_category_whatever_their_order() -> None:
    rates = {"a": 3, "b": 7, "none": 0, "c": 3}
    totals = totals_of({name: {"security": hits, "aid": 9 - hits} for name, hits in rates.items()})
    totals.loc[totals["document_id"] == "none", ["n_tokens", "rate"]] = [0, np.nan]
    names = ["b", "a", "c", "none"]
    for table in (totals, totals[::-1]):
        ax = fa.plot_documents(table, categories=["security", "aid"])
        assert [row.split()[0] for row in rows_of(ax)] == names
        assert "Sorted by the rate of security." in fa.alt_text(ax)
    aid = fa.plot_documents(totals, categories=["aid"], n=2)
    assert [row.split()[0] for row in rows_of(aid)] == ["a", "c"]
    assert aid.get_title(loc="left").endswith("Aid words in 2 articles, the highest 2 of 4")


def test_forty_documents_have_rows_that_can_be_read_without_scrolling_far() -> None:
    some = {f"article {n}": {"security": n, "sovereignty": 1, "welfare": 2} for n in range(40)}
    ax = fa.plot_documents(totals_of(some))
    assert len(rows_of(ax)) == 40
    assert ax.figure.get_size_inches()[1] < 11


def faces_of(ax: plt.Axes) -> dict[str, str]:
    """Return the fill of the marks in each row."""
    return {
        rows_of(ax)[round(y)]: mpl.colors.to_hex(line.get_markerfacecolor()).upper()
        for line in ax.lines
        for y in line.get_ydata()
    }


def test_groups_of_fewer_than_five_articles_are_open_and_one_article_is_named_as_such() -> None:
    totals = totals_of({"many": {"security": 3}, "few": {"security": 5}, "one": {"security": 9}})
    totals = totals.rename(columns={"document_id": "outlet"})
    totals["n_units"] = [5, 4, 1]
    ax = fa.plot_documents(totals)
    orange, white = FIXED["security"].color, "#FFFFFF"
    assert faces_of(ax) == {
        "many  (5 articles)": orange,
        "few  (4 articles)": white,
        "one  (1 article)": white,
    }
    colors = [label.get_color() for label in ax.get_yticklabels()]
    assert colors[0] == colors[1] != colors[2]
    assert "Open: fewer than 5 articles, no interval." in fa.alt_text(ax)
    assert ax.get_title(loc="left") == "Security words in few, many and one"


def test_intervals_are_drawn_where_they_are_known() -> None:
    totals = totals_of({"a": {"security": 3}, "b": {"security": 5}})
    totals.loc[0, ["low", "high"]] = [1.0, 6.0]
    ax = fa.plot_documents(totals)
    lines = [c for c in ax.collections if isinstance(c, LineCollection)]
    assert [segment[:, 0].tolist() for c in lines for segment in c.get_segments()] == [[1.0, 6.0]]
    assert ax.get_xlim()[1] > 6


def test_groups_are_named_by_the_columns_before_the_lexicon() -> None:
    totals = totals_of({"Post": {"security": 3}, "(missing)": {"security": 5}}, "outlet")
    totals.insert(1, "date", pd.to_datetime(["2026-01-02", "2026-01-03"]))
    ax = fa.plot_documents(totals)
    assert rows_of(ax) == [
        "Post · 2026-01-02  (4 articles)",
        "(missing) · 2026-01-03  (4 articles)",
    ]
    assert ax.get_title(loc="left") == "Security words by outlet and date"
    assert "in brackets, their number. n = 8 articles." in fa.alt_text(ax)


def test_rows_and_headings_name_articles_as_tables_do() -> None:
    totals = totals_of({"a": {"k": 3}, "b": {"k": 3}, "c": {"k": 3}})
    totals = totals.assign(outlet="Sun", date=["2026-01-02", "2026-01-02", "2026-01-05"])
    names = [row.removesuffix("  (3 hits)") for row in rows_of(fa.plot_documents(totals))]
    assert names == list(fa.name_documents(totals).values())


def test_the_heading_of_a_strip_names_the_article_by_outlet_and_date() -> None:
    both = pd.concat(
        scores_with(TWO, [9, 9, 9], document_id=name).assign(outlet="Sun", date=date)
        for name, date in (("a", "2026-01-02"), ("b", "2026-01-03"))
    )
    ax = fa.plot_paragraphs(both, document_id="b")
    assert ax.get_title(loc="left") == "Sun, 2026-01-03"
    alike = both.assign(date="2026-01-02")
    heading = fa.plot_paragraphs(alike, document_id="b").get_title(loc="left")
    assert heading == "Sun, 2026-01-02, b"


def test_a_document_without_tokens_keeps_its_row() -> None:
    totals = totals_of({"a": {"security": 3}, "empty": {"security": 0}})
    totals.loc[1, ["n_tokens", "rate"]] = [0, np.nan]
    assert rows_of(fa.plot_documents(totals))[1] == "empty  (0 hits, no tokens)"


def test_a_category_that_begins_with_an_underscore_is_in_the_legend() -> None:
    """X09"""
    ax = fa.plot_documents(totals_of({"a": {"_hidden outlet": 3, "security": 1}}))
    assert legend_of(ax) == ["_hidden outlet", "security"]
    ax = fa.plot_entries(entries_of([("_hidden", "_entry", 3)]))
    assert (legend_of(ax), rows_of(ax)) == (["_hidden"], ["_entry"])


@pytest.mark.parametrize("n", [1, 3, 40])
def test_labels_and_legend_stay_within_the_figure_and_off_the_data(n: int) -> None:
    names = [f"a-newspaper_2026-01-01_with-a-long-name-of-an-article-{i}.txt" for i in range(n)]
    ax = fa.plot_documents(totals_of({name: {"security": 3, "hedging": 9} for name in names}))
    ax.figure.draw_without_rendering()
    box, legend = ax.figure.bbox, ax.get_legend().get_window_extent()
    assert legend.x0 >= ax.get_window_extent().x1
    for extent in [
        legend,
        title_of(ax).get_window_extent(),
        *(label.get_window_extent() for label in ax.get_yticklabels()),
    ]:
        assert box.x0 - 1 <= extent.x0
        assert extent.x1 <= box.x1 + 1
        assert extent.y1 <= box.y1 + 1
    assert len(set(rows_of(ax))) == n
    labels = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert all(above.y0 >= below.y1 for above, below in pairwise(labels))


def test_a_table_without_groups_is_refused() -> None:
    with pytest.raises(TableError, match="no column before 'lexicon'"):
        fa.plot_documents(empty_table("group_scores"))


def test_the_most_frequent_entries_are_bars_with_their_counts() -> None:
    entries = entries_of(
        [("security", "army", 3), ("welfare", "aid*", 7), ("security", "a*", 3), ("x", "y", 0)]
    )
    ax = fa.plot_entries(entries, n=3)
    assert rows_of(ax) == ["aid*", "a*", "army"]
    assert [bar.get_width() for bar in ax.patches] == [7, 3, 3]
    assert [text.get_text() for text in ax.texts] == ["7", "3", "3"]
    assert legend_of(ax) == ["security", "welfare"]
    assert [bar.get_hatch() for bar in ax.patches] == [
        FIXED[category].hatch for category in ("welfare", "security", "security")
    ]
    assert ax.get_xlabel() == "hits (number)"


def test_entries_of_one_category_can_be_drawn_alone() -> None:
    entries = entries_of([("security", "army", 3), ("welfare", "aid*", 7)])
    assert rows_of(fa.plot_entries(entries, category="security")) == ["army"]


def test_no_hits_at_all_is_said_and_no_error() -> None:
    for entries in (empty_table("entries"), entries_of([("security", "army", 0)])):
        ax = fa.plot_entries(entries)
        assert [text.get_text() for text in ax.texts] == ["no hits"]


def test_fewer_than_one_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="n is 0"):
        fa.plot_entries(entries_of([]), n=0)


@pytest.mark.parametrize("name", ["$x^$", "costs $5 to $10", "_a_b", "a\nb\x00c"])
def test_any_name_is_drawn_literally_also_under_other_settings(name: str) -> None:
    """X08"""
    figure = Figure(layout="constrained")
    axes = figure.subplots(3)
    fa.plot_paragraphs(
        scores_with({name: [1]}, [9], document_id=name), document_id=name, ax=axes[0]
    )
    fa.plot_documents(totals_of({name: {name: 3}}), ax=axes[1])
    fa.plot_entries(entries_of([(name, name, 3)]), ax=axes[2])
    with mpl.rc_context({"text.parse_math": True}):
        figure.draw_without_rendering()
    if "\n" not in name:
        assert axes[0].get_title(loc="left") == name
        assert rows_of(axes[1]) == [f"{name}  (3 hits)"]


def test_letters_that_the_font_lacks_are_reported_and_do_not_stop_the_drawing() -> None:
    """X10"""
    ax = fa.plot_documents(totals_of({"新聞": {"security": 3}}))
    with pytest.warns(UserWarning, match="Glyph"):
        ax.figure.draw_without_rendering()


def test_plots_draw_on_the_axes_given_and_leave_tables_and_settings_alone() -> None:
    scores, totals = scores_with(TWO, [9, 9, 9]), totals_of({"a": {"security": 3}})
    entries = entries_of([("security", "army", 3)])
    before = [table.copy(deep=True) for table in (scores, totals, entries)]
    settings = dict(mpl.rcParams)
    axes = Figure().subplots(3)
    assert fa.plot_paragraphs(scores, document_id="a", ax=axes[0]) is axes[0]
    assert fa.plot_documents(totals, ax=axes[1]) is axes[1]
    assert fa.plot_entries(entries, ax=axes[2]) is axes[2]
    for table, copy in zip((scores, totals, entries), before, strict=True):
        pd.testing.assert_frame_equal(table, copy)
    assert dict(mpl.rcParams) == settings
    assert plt.get_fignums() == []


def test_the_order_of_rows_changes_nothing_in_a_strip() -> None:
    """S04"""
    scores = scores_with(TWO, [100, 50, 80])
    shuffled = scores.sample(frac=1, random_state=1)
    ax = fa.plot_paragraphs(shuffled, document_id="a", categories=["security", "hedging"])
    meshes = [artist for artist in ax.collections if isinstance(artist, QuadMesh)]
    assert [mesh.get_array().ravel().tolist() for mesh in meshes] == [[10, 0, 25], [0, 60, 0]]


def test_of_many_documents_the_first_are_drawn_and_the_heading_says_so() -> None:
    texts = [f"A threat and w{n}." for n in range(70)]
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat"]})
    hits = fa.find_hits(paragraphs, lexicon)
    scores = fa.score_paragraphs(paragraphs, hits, lexicon, split=["voice", "certainty"])
    totals = fa.score_documents(fa.score_paragraphs(paragraphs, hits, lexicon))
    ax = fa.plot_documents(totals)
    assert len(ax.get_yticks()) == 40
    assert ax.get_title(loc="left").endswith("the highest 40 of 70")
    assert len(fa.plot_documents(totals, n=70).get_yticks()) == 70
    bars = fa.plot_voices(scores, rows="document_id", categories=["threat"], n=5)
    assert len(bars.get_yticks()) == 5
    assert bars.get_title(loc="left").endswith("the first 5 of 70")
