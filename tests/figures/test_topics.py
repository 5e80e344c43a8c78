"""What the plots of likeness, co-occurrence and topics show."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import empty_table, make_table

TEXTS = ["troops march", "rain fell", "troops march on", "rain fell today", "of the"]


def alike() -> pd.DataFrame:
    return fa.similarity(fa.documents_from_texts(TEXTS))


def test_the_heat_map_stands_in_the_order_of_the_tree() -> None:
    found = fa.cluster_documents(alike())
    figure = fa.plot_similarity(alike(), **found)
    tree, heat, _ = figure.axes
    assert [label.get_text() for label in heat.get_yticklabels()] == found["clusters"][
        "group"
    ].tolist()
    shown = heat.collections[0].get_array().reshape(5, 5)
    assert shown[0, 1] > 0.5
    assert shown[0, 2] == 0
    assert np.ma.getmaskarray(shown)[4, :4].all()
    # A bracket for each merge, and no leaf outside of the rows.
    assert len(tree.get_lines()) == 3
    assert tree.get_ylim() == heat.get_ylim()


def test_clusters_are_parted_and_numbers_written_in_the_cells() -> None:
    heat = fa.plot_similarity(alike(), **fa.cluster_documents(alike())).axes[1]
    lines = sorted({line.get_ydata()[0] for line in heat.get_lines() if len(line.get_ydata()) == 2})
    assert {1.5, 3.5} <= set(lines)
    assert "0.00" in [text.get_text() for text in heat.texts]


def test_without_clusters_the_order_is_that_of_the_table() -> None:
    figure = fa.plot_similarity(alike())
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == [
        f"text_000{n}" for n in range(1, 6)
    ]
    with pytest.raises(TableError, match="not of the items compared"):
        fa.plot_similarity(alike(), clusters=fa.cluster_documents(alike())["clusters"].head(3))


def test_articles_are_named_by_outlet_and_date() -> None:
    documents = fa.documents_from_texts(TEXTS[:4]).assign(outlet=["Sun", "Post", "Sun", "Mail"])
    dates = ["2025-01-01", "2025-01-01", "2025-01-02", "2025-01-02"]
    documents["date"] = pd.to_datetime(dates).astype("datetime64[us]")
    found = fa.similarity(documents)
    figure = fa.plot_similarity(found, documents=documents)
    heat = figure.axes[0]
    names = list(fa.name_documents(documents).values())
    assert [label.get_text() for label in heat.get_yticklabels()] == names
    assert heat.get_title(loc="left") == "Likeness of 4 articles by their words"
    assert "Most alike: Sun, 2025-01-01 and Sun, 2025-01-02" in fa.alt_text(figure)


def test_the_colours_are_those_of_the_pairs_and_neither_the_diagonal_nor_copies_bleach_them() -> (
    None
):
    """Thirty articles, hardly alike but for one pair of copies."""
    names = [f"a{n:02}" for n in range(30)]
    pairs = list(combinations(names, 2))
    values = [1.0, *np.linspace(0.02, 0.3, len(pairs) - 1)]
    table = pd.DataFrame(pairs, columns=["group_a", "group_b"]).assign(similarity=values)
    table = table.assign(measure="words", n_a=9, n_b=9)
    figure = fa.plot_similarity(make_table("similarities", table))
    heat = figure.axes[0]
    cells = heat.collections[0]
    assert np.ma.getmaskarray(cells.get_array()).reshape(30, 30).diagonal().all()
    assert cells.norm.vmin == pytest.approx(np.percentile(values, 2))
    assert cells.norm.vmax == pytest.approx(np.percentile(values, 98))
    assert cells.norm.vmax < 0.31
    shades = np.asarray(cells.norm(values[1:]))
    assert np.quantile(shades, 0.75) - np.quantile(shades, 0.25) > 0.4
    assert "2nd to the 98th percentile" in fa.alt_text(figure)
    assert len([patch for patch in heat.patches if patch.get_width() == 1]) == 30


def test_pairs_that_are_all_alike_are_drawn() -> None:
    same = fa.similarity(fa.documents_from_texts(["troops march"] * 3))
    norm = fa.plot_similarity(same).axes[0].collections[0].norm
    assert norm.vmin < 1 < norm.vmax


def test_many_items_have_no_names() -> None:
    many = fa.similarity(fa.documents_from_texts([f"troops w{n}" for n in range(61)]))
    heat = fa.plot_similarity(many).axes[0]
    assert list(heat.get_xticks()) == []
    assert heat.get_xlabel() == "61 items"
    assert not heat.texts


def cooccurrences(lift: float, low: float) -> pd.DataFrame:
    return make_table(
        "cooccurrences",
        pd.DataFrame(
            {
                "lexicon_a": ["demo@1+x"],
                "category_a": ["threat"],
                "lexicon_b": ["demo@1+x"],
                "category_b": ["aid"],
                "within": ["sentence"],
                "n_units": [100],
                "n_a": [20],
                "n_b": [30],
                "n_both": [0 if lift == 0 else 12],
                "n_same_words": [0],
                "expected": [6.0],
                "lift": [lift],
                "low": [low],
                "high": [3.0],
                "interval_method": ["BCa, documents resampled"],
                "p": [0.01],
                "p_adjusted": [0.01],
                "adjustment": ["none"],
                "family_size": [1],
            }
        ),
    )


def test_lifts_stand_about_chance_with_their_intervals() -> None:
    ax = fa.plot_cooccurrence(cooccurrences(2.0, 1.5))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["threat + aid (12 sentences)"]
    assert [float(line.get_xdata()[0]) for line in ax.get_lines()] == [1.0, 2.0]
    low, high = ax.get_xlim()
    assert low < 1.5 < 3 < high


def test_an_interval_down_to_nothing_has_an_arrow_at_the_edge() -> None:
    ax = fa.plot_cooccurrence(cooccurrences(0.5, 0.0))
    assert [line.get_xdata()[0] for line in ax.get_lines() if line.get_marker() == "<"] == [
        ax.get_xlim()[0]
    ]
    assert not ax.texts
    beyond = fa.plot_cooccurrence(cooccurrences(0.5, 0.1))
    assert "<" not in [line.get_marker() for line in beyond.get_lines()]


def test_what_never_stands_together_has_no_place_on_the_axis_but_a_row_that_says_so() -> None:
    ax = fa.plot_cooccurrence(cooccurrences(0.0, 0.0))
    assert [text.get_text() for text in ax.texts] == ["never together"]
    assert [line.get_marker() for line in ax.get_lines()][-1] == "<"
    assert [label.get_text() for label in ax.get_yticklabels()] == ["threat + aid (0 sentences)"]
    assert np.isnan(ax.get_lines()[1].get_xdata()[0])
    assert np.isfinite(ax.get_xlim()).all()
    assert "no pairs" in [
        text.get_text() for text in fa.plot_cooccurrence(empty_table("cooccurrences")).texts
    ]


def test_topics_are_rows_named_by_their_terms() -> None:
    table = make_table(
        "topic_frames",
        pd.DataFrame(
            {
                "topic": [1, 1, 0],
                "label": ["troops, border", "troops, border", "(no topic)"],
                "lexicon": "demo@1+x",
                "category": ["security", "welfare", "security"],
                "n_hits": [3.0, 1.0, 0.0],
                "n_tokens": [1200.0, 1200.0, 10.0],
                "n_documents": [9, 9, 1],
                "rate": [2.5, 0.8, 0.0],
                "low": [1.0, 0.2, np.nan],
                "high": [4.0, 1.2, np.nan],
                "interval_method": "BCa, documents resampled",
                "share": [1.0, 1.0, 0.0],
            }
        ),
    )
    ax = fa.plot_topics(table)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "troops, border (1,200 tokens)",
        "(no topic) (10 tokens)",
    ]
    values = [x for line in ax.get_lines() for x in line.get_xdata()]
    assert sorted(values) == [0.0, 0.8, 2.5]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["security", "welfare"]


def test_what_has_no_topic_does_not_press_the_topics_into_a_corner() -> None:
    table = make_table(
        "topic_frames",
        pd.DataFrame(
            {
                "topic": [1, 0],
                "label": ["troops", "(no topic)"],
                "lexicon": "demo@1+x",
                "category": "security",
                "n_hits": [3.0, 0.0],
                "n_tokens": [1200.0, 6.0],
                "n_documents": [9, 1],
                "rate": [2.5, 0.0],
                "low": [1.0, 0.0],
                "high": [4.0, 614.8],
                "interval_method": ["BCa, documents resampled", "BCa, documents resampled"],
                "share": [1.0, 0.0],
            }
        ),
    )
    ax = fa.plot_topics(table)
    assert 4 < ax.get_xlim()[1] < 5
    assert "Lines that end at the edge go on." in fa.alt_text(ax)
