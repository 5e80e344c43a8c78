"""Figures of voice, certainty and speakers, through what their artists hold."""

from itertools import pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import empty_table

mpl.use("Agg")

LEXICON = fa.lexicon_from_dict("demo", {"security": ["threat*"], "welfare": ["aid"]})
TEXTS = [
    "The threat is real. The threat may grow, Ana Rell said.",
    "\u201cNo threat comes from aid,\u201d said Bo Tarn. Aid is late.",
]


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    documents = fa.documents_from_texts(TEXTS, ["a", "b"])
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    return fa.score_paragraphs(paragraphs, hits, LEXICON, split=["voice", "certainty"]), hits


def shares(ax: Axes) -> dict[str, dict[str, float]]:
    """Return the parts of the bar of each row, by voice and certainty."""
    names = [label.get_text() for label in ax.get_yticklabels()]
    bars: dict[str, dict[str, float]] = {}
    for bar in ax.containers:
        for patch in bar.patches:
            row = names[round(patch.get_y() + patch.get_height() / 2)]
            bars.setdefault(row, {})[bar.get_label()] = round(patch.get_width(), 6)
    return bars


def written(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_each_category_has_a_bar_of_shares_by_voice_and_certainty_with_its_hits() -> None:
    scores, _ = tables()
    ax = fa.plot_voices(scores)
    third, half = 0.333333, 0.5
    assert shares(ax) == {
        "security": {
            "narrator, asserted": third,
            "quote, negated": third,
            "paraphrase, hedged": third,
        },
        "welfare": {"narrator, asserted": half, "quote, asserted": half},
    }
    assert written(ax) == ["3 hits", "2 hits"]
    assert ax.get_xlabel() == "share of the hits (%)"
    assert ax.get_title(loc="left") == "Security and welfare words by voice and certainty"


def test_voice_and_certainty_are_told_without_colour() -> None:
    scores, _ = tables()
    legend = fa.plot_voices(scores).get_legend()
    assert legend is not None
    voices, kinds = ["narrator", "quote", "paraphrase"], ["asserted", "hedged", "negated"]
    assert [text.get_text() for text in legend.get_texts()] == voices + kinds
    patches = legend.get_patches()
    grounds = [sum(patch.get_facecolor()[:3]) for patch in patches[:3]]
    assert all(later - earlier > 0.4 for earlier, later in pairwise(grounds))
    assert len({patch.get_hatch() for patch in patches[3:]}) == 3


def test_one_document_can_be_drawn() -> None:
    scores, _ = tables()
    ax = fa.plot_voices(scores, document_id="a", categories=["security"])
    assert shares(ax) == {"security": {"narrator, asserted": 0.5, "paraphrase, hedged": 0.5}}
    assert ax.get_title(loc="left").endswith(" in a")


def test_documents_can_be_compared_for_one_category() -> None:
    scores, _ = tables()
    ax = fa.plot_voices(scores, rows="document_id", categories=["security"])
    assert [sum(bar.values()) for bar in shares(ax).values()] == [1, 1]
    assert list(shares(ax)) == ["a", "b"]
    assert ax.get_title(loc="left") == "Security words by voice and certainty in 2 articles"
    with pytest.raises(TableError, match="2 categories would share a bar"):
        fa.plot_voices(scores, rows="document_id")


def test_outlets_or_any_other_column_can_be_compared_and_tell_their_articles() -> None:
    scores, _ = tables()
    scores = scores.assign(outlet=scores["document_id"].map({"a": "Sun", "b": "Post"}))
    ax = fa.plot_voices(scores, rows="outlet", categories=["security"])
    assert shares(ax)["Sun (1 article)"] == {"narrator, asserted": 0.5, "paraphrase, hedged": 0.5}
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Post (1 article)",
        "Sun (1 article)",
    ]
    assert written(ax) == ["1 hit", "2 hits"]
    assert ax.get_title(loc="left") == "Security words by voice and certainty in Post and Sun"


def test_hits_of_unknown_voice_make_no_share_and_are_counted() -> None:
    scores, _ = tables()
    mute = scores["document_id"] == "a"
    scores.loc[mute, ["voice", "certainty"]] = None
    ax = fa.plot_voices(scores, rows="document_id", categories=["security"])
    assert written(ax) == ["voice unknown (2 hits)", "1 hit"]
    assert list(shares(ax)) == ["b"]
    assert "n = 1 hit in 2 articles; 2 hits of unknown voice left out." in fa.alt_text(ax)
    both = fa.plot_voices(scores, categories=["security"])
    assert written(both) == ["1 hit, 2 unknown"]


def test_any_metadata_column_may_have_the_bars() -> None:
    texts = ["The threat is real.", "“The threat grows,” Ana Rell said.", "A threat."]
    lexicon = fa.lexicon_from_dict("test", {"security": ["threat"]})
    dates = pd.to_datetime(["2025-01-06", "2025-01-06", None])
    columns = {"outlet": ["b", "a", "b"], "year": [2024, None, 2025], "date": dates}
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts).assign(**columns))
    hits = fa.find_hits(paragraphs, lexicon)
    scores = fa.score_paragraphs(paragraphs, hits, lexicon, split=["voice", "certainty"])
    for rows, names in {
        "outlet": ["a", "b"],
        "year": ["(missing)", "2024.0", "2025.0"],
        "date": ["(missing)", "2025-01-06"],
    }.items():
        ax = fa.plot_voices(scores, rows=rows)
        shown = [label.get_text().rpartition(" (")[0] for label in ax.get_yticklabels()]
        assert shown == names


def test_documents_are_named_by_outlet_and_date_where_the_table_has_them() -> None:
    scores, _ = tables()
    dated = scores.assign(outlet="Sun", date=scores["document_id"].map({"a": "1999", "b": "2001"}))
    ax = fa.plot_voices(dated, rows="document_id", categories=["security"])
    assert list(shares(ax)) == ["Sun, 1999", "Sun, 2001"]
    alone = fa.plot_voices(dated, document_id="b")
    assert alone.get_title(loc="left").endswith(" in Sun, 2001")


@pytest.mark.parametrize("width", ["page", "column"])
def test_the_number_at_the_end_of_a_bar_stays_within_the_axes(width: str) -> None:
    scores, _ = tables()
    scores["n_hits"] *= 1234
    scores.loc[scores["document_id"] == "b", ["voice", "certainty"]] = None
    with mpl.rc_context():
        fa.use_style(width=width)
        ax = fa.plot_voices(scores)
        fa.use_style()
    for _ in range(3):
        ax.figure.draw_without_rendering()
    inside = ax.get_window_extent()
    assert all(text.get_window_extent().x1 <= inside.x1 for text in ax.texts)
    plt.close(ax.figure)


@pytest.mark.parametrize("width", ["page", "column"])
@pytest.mark.parametrize("n", [1, 4, 9])
def test_names_of_columns_are_never_shortened_and_do_not_touch(width: str, n: int) -> None:
    names = ["sovereignty", "security and borders of the old continent", "welfare"] * 3
    words = {f"{name} {number}": ["threat*"] for number, name in enumerate(names[:n])}
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(TEXTS))
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", words))
    with mpl.rc_context():
        fa.use_style(width=width)
        ax = fa.plot_speakers(fa.count_speakers(hits))
        fa.use_style()
    for _ in range(3):
        ax.figure.draw_without_rendering()
    labels = ax.get_xticklabels()
    assert {" ".join(label.get_text().split()) for label in labels} == set(words)
    assert min(label.get_window_extent().x0 for label in labels) >= 0
    assert max(label.get_window_extent().x1 for label in labels) <= ax.figure.bbox.x1 + 1
    boxes = [label.get_window_extent() for label in labels if label.get_rotation() in (0, 90)]
    assert all(left.x1 <= right.x0 + 1 for left, right in pairwise(boxes))
    plt.close(ax.figure)


def test_speakers_are_rows_and_categories_columns() -> None:
    _, hits = tables()
    ax = fa.plot_speakers(fa.count_speakers(hits))
    assert [label.get_text() for label in ax.get_xticklabels()] == ["security", "welfare"]
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "(narrator)",
        "Bo Tarn",
        "Ana Rell",
    ]
    assert written(ax) == ["1", "1", "1", "1", "1"]


def test_speakers_that_are_not_shown_are_counted() -> None:
    _, hits = tables()
    ax = fa.plot_speakers(fa.count_speakers(hits), n=1, categories=["security"])
    assert "; 1 not shown." in fa.alt_text(ax)


def test_no_hits_are_written_as_such() -> None:
    assert "no hits" in written(fa.plot_speakers(empty_table("speakers")))


def test_wrong_input_says_what_was_expected() -> None:
    scores, hits = tables()
    whole = scores.drop(columns=["voice", "certainty"])
    with pytest.raises(TableError, match="no column 'voice'; make it with score_paragraphs"):
        fa.plot_voices(whole)
    with pytest.raises(TableError, match="no document 'z'"):
        fa.plot_voices(scores, document_id="z")
    with pytest.raises(TableError, match="no category 'x'"):
        fa.plot_speakers(fa.count_speakers(hits), categories=["x"])
    with pytest.raises(ValueError, match="n is 0"):
        fa.plot_speakers(fa.count_speakers(hits), n=0)
    with pytest.raises(TableError, match="no column 'colour'"):
        fa.plot_voices(scores, rows="colour")


def test_the_axes_given_are_drawn_on() -> None:
    scores, hits = tables()
    _, axes = plt.subplots(1, 2)
    assert fa.plot_voices(scores, ax=axes[0]) is axes[0]
    assert fa.plot_speakers(fa.count_speakers(hits), ax=axes[1]) is axes[1]
