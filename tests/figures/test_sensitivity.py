"""What the plots of sensitivity show."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.text import Text

import analysis as fa
from analysis.tables.checks import empty_table, make_table


def heading_fits(ax: Axes) -> bool:
    for _ in range(3):
        ax.figure.draw_without_rendering()
    written = ax.get_title(loc="left")
    [heading] = ax.findobj(lambda own: isinstance(own, Text) and own.get_text() == written)
    box, whole = heading.get_window_extent(), ax.figure.bbox
    return box.x0 >= whole.x0 and box.x1 <= whole.x1 + 1 and box.y1 <= whole.y1 + 1


def left() -> pd.DataFrame:
    return make_table(
        "leave_one_out",
        pd.DataFrame(
            {
                "category": "security",
                "term": ["threat*", "war", "army"],
                "group_a": "sun",
                "group_b": "ft",
                "n_a": [9, 4, 1],
                "n_b": [1, 2, 1],
                "difference": 3.0,
                "difference_without": [-0.5, 2.0, 3.0],
                "change": [-3.5, -1.0, 0.0],
                "low": [-1.0, 1.0, np.nan],
                "high": [0.5, 3.0, np.nan],
                "interval_method": "BCa, documents resampled",
                "sign_kept": [False, True, True],
            }
        ),
    )


def test_a_word_that_a_finding_hangs_on_is_an_open_mark() -> None:
    ax = fa.plot_leave_one_out(left(), n=2)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "without threat*",
        "without war",
    ]
    marks = {
        float(x): to_hex(line.get_markerfacecolor())
        for line in ax.get_lines()
        if line.get_linestyle() == "None"
        for x in line.get_xdata()
    }
    assert marks == {-0.5: "#ffffff", 2.0: "#d55e00"}
    dashed = [line.get_xdata()[0] for line in ax.get_lines() if line.get_linestyle() == "--"]
    assert dashed == [3.0]


def test_no_entries_and_a_wrong_number_are_named() -> None:
    ax = fa.plot_leave_one_out(empty_table("leave_one_out"))
    assert "no entries" in [text.get_text() for text in ax.texts]
    with pytest.raises(ValueError, match="n is 0"):
        fa.plot_leave_one_out(left(), n=0)


def multiverse() -> pd.DataFrame:
    return make_table(
        "multiverse",
        pd.DataFrame(
            {
                "category": "fear",
                "specification": [1, 2, 3, 4],
                "normalisation": ["hits per 1,000 tokens", "share of sentences"] * 2,
                "aggregation": "ratio of sums",
                "entries": "all",
                "voice": ["all", "all", "narrator", "narrator"],
                "certainty": "all",
                "group_a": "sun",
                "group_b": "ft",
                "value_a": 2.0,
                "value_b": 1.0,
                "difference": 1.0,
                "relative_difference": [0.4, -0.1, 0.2, np.nan],
                "low": [0.1, -0.3, -0.1, np.nan],
                "high": [0.6, 0.1, 0.4, np.nan],
                "interval_method": "percentile, documents resampled",
                "same_sign": pd.array([True, False, True, None], dtype="boolean"),
                "n_units_a": 20,
                "n_units_b": 20,
            }
        ),
    )


def test_specifications_rise_from_the_smallest_and_are_counted() -> None:
    figure = fa.plot_multiverse(multiverse())
    above, below = figure.axes
    full, opened = above.collections[1:3]
    assert full.get_offsets().tolist() == [[2.0, 0.4]]
    assert opened.get_offsets().tolist() == [[0.0, -0.1], [1.0, 0.2]]
    assert (
        above.get_title(loc="left")
        == "Fear words, sun against ft: same sign in 2 of 3; interval without 0 in 1"
    )
    # What was never varied is no row.
    assert [label.get_text() for label in below.get_yticklabels()] == [
        "hits per 1,000 tokens",
        "share of sentences",
        "all voices",
        "narrator",
    ]
    chosen = [marks.get_offsets()[:, 0].tolist() for marks in below.collections]
    assert chosen == [[1.0, 2.0], [0.0], [0.0, 2.0], [1.0]]


def test_the_heading_of_a_specification_curve_names_the_category_and_fits_the_figure() -> None:
    table = multiverse().assign(group_a="the-sun_" * 9, group_b="the-financial-times_" * 5)
    table["category"] = "security"
    above = fa.plot_multiverse(table).axes[0]
    heading = above.get_title(loc="left")
    assert heading.startswith("Security words, the-sun_")
    assert heading.endswith("same sign in 2 of 3; interval without 0 in 1")
    assert heading_fits(above)


def test_the_table_of_a_multiverse_keeps_its_category_for_the_figure() -> None:
    documents = fa.documents_from_texts(["A threat.", "Rain, a threat."] * 2)
    paragraphs = fa.split_paragraphs(documents.assign(desk=["a", "b"] * 2))
    lexicon = fa.lexicon_from_dict("demo", {"fear": ["threat"]})
    hits = fa.find_hits(paragraphs, lexicon)
    groups = {"by": "desk", "group_a": "a", "group_b": "b"}
    figure = fa.plot_multiverse(fa.multiverse(paragraphs, hits, lexicon, "fear", **groups))
    assert figure.axes[0].get_title(loc="left").startswith("Fear words, a against b: ")


def test_what_a_specification_leaves_out_is_quoted() -> None:
    left_out = ["all", "without entry", "without “aid*”", "all"]
    below = fa.plot_multiverse(multiverse().assign(entries=left_out)).axes[1]
    assert [label.get_text() for label in below.get_yticklabels()][2:5] == [
        "all entries",
        "without “entry”",
        "without the entry “aid*”",
    ]


def test_the_heading_of_what_one_entry_carries_fits_the_figure() -> None:
    assert heading_fits(fa.plot_leave_one_out(left().assign(group_a="s-" * 50, group_b="f-" * 50)))


def test_no_specification_with_hits_says_so() -> None:
    none = multiverse().assign(relative_difference=np.nan)
    above = fa.plot_multiverse(none).axes[0]
    assert "no hits" in [text.get_text() for text in above.texts]


def test_thirds_of_length_are_rows_with_their_tokens() -> None:
    texts = ["A threat.", "A threat looms.", "Rain fell on the hills of the north."]
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*"]})
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    ax = fa.plot_length_effect(fa.length_effect(scores))
    assert [label.get_text() for label in ax.get_yticklabels()][:3] == [
        "articles of 2 to 2 tokens",
        "articles of 3 to 3 tokens",
        "articles of 8 to 8 tokens",
    ]
    assert ax.get_lines()[0].get_xdata()[0] == 500
    # A mark at 0 is whole.
    assert ax.get_xlim()[0] < 0
    empty = fa.plot_length_effect(empty_table("length_effect"))
    assert "too few units" in [text.get_text() for text in empty.texts]
