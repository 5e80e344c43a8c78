"""What the plots of words show."""

from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Text

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import empty_table

LEXICON = fa.lexicon_from_dict("test", {"security": ["a1", "b1", "c1", "d1"], "aid": ["e1", "f1"]})


def coverage_of(text: str) -> object:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    return fa.lexicon_coverage(fa.find_hits(paragraphs, LEXICON), LEXICON)


def test_a_line_rises_to_the_whole_by_the_entries_that_occur() -> None:
    ax = fa.plot_coverage(coverage_of("a1 a1 a1 b1 e1"))
    security, aid = ax.get_lines()[:2]
    assert list(security.get_ydata()) == pytest.approx([0, 0.75, 1])
    assert list(aid.get_ydata()) == pytest.approx([0, 1])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "security: 2 of 4 entries occur",
        "aid: 1 of 2 entries occur",
    ]


def test_the_marker_stands_where_half_of_the_hits_are_reached() -> None:
    ax = fa.plot_coverage(coverage_of("a1 a1 b1 c1 d1"), categories=["security"])
    assert ax.get_lines()[0].get_markevery() == [2]


def test_no_hits_are_written_as_such() -> None:
    ax = fa.plot_coverage(coverage_of("Rain fell."))
    assert "no hits" in [text.get_text() for text in ax.texts]
    assert "no hits" in [
        text.get_text() for text in fa.plot_coverage(empty_table("coverage")).texts
    ]


def test_the_axes_given_are_drawn_on_and_wrong_input_is_named() -> None:
    _, ax = plt.subplots()
    assert fa.plot_coverage(coverage_of("a1"), ax=ax) is ax
    with pytest.raises(TableError, match="no category 'x'"):
        fa.plot_coverage(coverage_of("a1"), categories=["x"])


def shift_of(*texts: str) -> pd.DataFrame:
    documents = fa.documents_from_texts(list(texts)).assign(desk=["home", "world"])
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    return fa.word_shift(paragraphs, hits, "security", by="desk", group_a="home", group_b="world")


def test_all_other_words_of_a_word_shift_are_two_bars_by_their_side() -> None:
    shift = shift_of("a1 a1 a1 b1 c1", "d1 rain rain rain rain")
    ax = fa.plot_word_shift(shift, n=1)
    labels = ["a1", "2 other words", "1 other word"]
    assert [label.get_text() for label in ax.get_yticklabels()] == labels
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == pytest.approx([600, 400, -200])
    assert sum(widths) == pytest.approx(shift["contribution"].sum())
    assert [bar.get_hatch() for bar in ax.patches] == ["", "", "///"]
    assert ax.get_title(loc="left") == "Security words: ← more in world | more in home →"


def test_all_other_words_of_one_side_are_one_bar() -> None:
    ax = fa.plot_word_shift(shift_of("a1 a1 a1 b1 c1", "rain rain"), n=1)
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([600, 400])


def test_the_heading_of_a_word_shift_shortens_long_names() -> None:
    long = shift_of("a1 a1 rain", "b1 rain rain").assign(
        group_a="home-" * 20, group_b="world-" * 20
    )
    ax = fa.plot_word_shift(long)
    for _ in range(3):
        ax.figure.draw_without_rendering()
    written = ax.get_title(loc="left")
    assert "…" in written
    [heading] = ax.findobj(lambda own: isinstance(own, Text) and own.get_text() == written)
    assert heading.get_window_extent().x1 <= ax.figure.bbox.x1 + 1


def test_a_word_shift_tells_the_sides_apart_without_colour() -> None:
    ax = fa.plot_word_shift(shift_of("a1 a1 rain", "b1 rain rain"))
    assert [bar.get_hatch() for bar in ax.patches] == ["", "///"]


def test_a_word_shift_without_hits_says_so_and_a_wrong_number_is_named() -> None:
    ax = fa.plot_word_shift(empty_table("word_shift"))
    assert "no hits" in [text.get_text() for text in ax.texts]
    with pytest.raises(ValueError, match="n is 0"):
        fa.plot_word_shift(empty_table("word_shift"), n=0)


def test_the_scatter_of_log_odds_names_the_strongest_words_and_opens_the_one_sided() -> None:
    one = fa.documents_from_texts(["aid " * 9 + "rain " * 20])
    two = fa.documents_from_texts(["peril " * 9 + "rain " * 20])
    table = fa.log_odds(one, two)
    ax = fa.plot_log_odds(table, n=1, names=["home", "world"])
    assert sorted(text.get_text() for text in ax.texts) == ["aid", "peril"]
    filled, opened = ax.collections[:2]
    assert len(filled.get_offsets()) == 1
    assert len(opened.get_offsets()) == 2
    assert opened.get_facecolors().shape[0] == 0
    assert ax.get_title(loc="left") == "Words typical of home (above 0) or of world (below)"


def test_function_words_are_points_without_a_name(tmp_path: Path) -> None:
    one = fa.documents_from_texts(["the " * 30 + "aid " * 9 + "rain " * 20])
    two = fa.documents_from_texts(["it " * 30 + "peril " * 9 + "rain " * 20])
    ax = fa.plot_log_odds(fa.log_odds(one, two))
    assert sorted(text.get_text() for text in ax.texts) == ["aid", "peril"]
    assert sum(len(points.get_offsets()) for points in ax.collections[:2]) == 5
    assert "Function words are not named." in fa.alt_text(ax)
    (tmp_path / "words").mkdir()
    (tmp_path / "language.yml").write_text("code: xx\nnames: mine\n")
    (tmp_path / "words" / "stop_words.yml").write_text("stop_words: aid peril rain\n")
    ax = fa.plot_log_odds(fa.log_odds(one, two), language=tmp_path)
    assert sorted(text.get_text() for text in ax.texts) == ["it", "the"]


def test_log_odds_of_no_words_say_so() -> None:
    ax = fa.plot_log_odds(empty_table("log_odds"))
    assert "no words" in [text.get_text() for text in ax.texts]
