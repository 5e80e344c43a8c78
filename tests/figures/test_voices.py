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


def lengths(ax: Axes) -> dict[float, list[float]]:
    """Return the lengths of the bars by their place from above."""
    bars: dict[float, list[float]] = {}
    for patch in ax.patches:
        if patch.get_height() == pytest.approx(0.72):
            bars.setdefault(round(patch.get_y() + 0.36), []).append(patch.get_width())
    return bars


def written(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_each_category_has_a_bar_for_each_voice_in_parts_by_certainty() -> None:
    scores, _ = tables()
    ax = fa.plot_voices(scores)
    voices = ["narrator", "quote", "paraphrase"]
    assert [label.get_text() for label in ax.get_yticklabels()] == voices * 2
    # A row of each four is for the name.
    assert lengths(ax) == {1: [1], 2: [1], 3: [1], 5: [1], 6: [1]}
    assert {"security", "welfare"} <= set(written(ax))
    assert ax.get_xlabel() == "hits (number)"


def test_certainty_is_told_without_colour() -> None:
    scores, _ = tables()
    legend = fa.plot_voices(scores).get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["asserted", "hedged", "negated"]
    looks = {(patch.get_facecolor(), patch.get_hatch()) for patch in legend.get_patches()}
    assert len(looks) == 3


def test_one_document_can_be_drawn() -> None:
    scores, _ = tables()
    ax = fa.plot_voices(scores, document_id="a", categories=["security"])
    assert lengths(ax) == {1: [1], 3: [1]}
    assert "a" in ax.get_title(loc="left")


def test_documents_can_be_compared_for_one_category() -> None:
    scores, _ = tables()
    ax = fa.plot_voices(scores, rows="document_id", categories=["security"])
    assert lengths(ax) == {1: [1], 3: [1], 6: [1]}
    assert ax.get_title(loc="left") == "hits of “security” by article and voice"
    assert {"a", "b"} <= set(written(ax))
    with pytest.raises(TableError, match="2 categories would share a bar"):
        fa.plot_voices(scores, rows="document_id")


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
        bold = [text.get_text() for text in ax.texts if text.get_fontweight() == "bold"]
        assert bold == names


def test_documents_are_named_by_outlet_and_date_where_the_table_has_them() -> None:
    scores, _ = tables()
    dated = scores.assign(outlet="Sun", date=scores["document_id"].map({"a": "1999", "b": "2001"}))
    ax = fa.plot_voices(dated, rows="document_id", categories=["security"])
    assert {"Sun, 1999", "Sun, 2001"} <= set(written(ax))
    alone = fa.plot_voices(dated, document_id="b")
    assert alone.get_title(loc="left") == "hits by category and voice in Sun, 2001"


@pytest.mark.parametrize("width", ["page", "column"])
def test_the_name_of_a_group_covers_neither_bars_nor_numbers(width: str) -> None:
    names = [f"sun_2026_{'a-long-name-of-an-article-' * 3}{n}" for n in range(3)]
    documents = fa.documents_from_texts(["The threat and threat. " * 99, "Threat.", "Rain."], names)
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON, split=["voice", "certainty"])
    with mpl.rc_context():
        fa.use_style(width=width)
        ax = fa.plot_voices(scores, rows="document_id", categories=["security"])
        fa.use_style()
    for _ in range(3):
        ax.figure.draw_without_rendering()
    headings = [text for text in ax.texts if text.get_text().startswith("sun")]
    assert len(headings) == 3
    bars = [patch for patch in ax.patches if patch.get_height() == pytest.approx(0.72)]
    numbers = [text for text in ax.texts if text not in headings]
    for heading in headings:
        box = heading.get_window_extent()
        assert box.x1 <= ax.figure.bbox.x1
        assert not any(box.overlaps(other.get_window_extent()) for other in [*bars, *numbers])
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
