"""Figures of voice, certainty and speakers, through what their artists hold."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes

import analysis as fa
from analysis.errors import TableError
from analysis.tables import empty_table

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
    return fa.score_paragraphs(paragraphs, hits, LEXICON, by=["voice", "certainty"]), hits


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
    assert lengths(ax) == {0: [1], 1: [1], 2: [1], 3: [1], 4: [1]}
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
    assert lengths(ax) == {0: [1], 2: [1]}
    assert "a" in ax.get_title(loc="left")


def test_documents_can_be_compared_for_one_category() -> None:
    scores, _ = tables()
    ax = fa.plot_voices(scores, rows="document_id", categories=["security"])
    assert lengths(ax) == {0: [1], 2: [1], 4: [1]}
    assert {"a", "b"} <= set(written(ax))
    with pytest.raises(TableError, match="2 categories would share a bar"):
        fa.plot_voices(scores, rows="document_id")


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
