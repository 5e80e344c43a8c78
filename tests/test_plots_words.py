"""What the plots of words show."""

import matplotlib.pyplot as plt
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.tables import empty_table

LEXICON = fa.lexicon_from_dict("test", {"security": ["a1", "b1", "c1", "d1"], "aid": ["e1", "f1"]})


def coverage_of(text: str) -> object:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    return fa.lexicon_coverage(fa.find_hits(paragraphs, LEXICON), LEXICON)


def test_a_line_rises_to_the_whole_by_the_entries_that_fire() -> None:
    ax = fa.plot_coverage(coverage_of("a1 a1 a1 b1 e1"))
    security, aid = ax.get_lines()[:2]
    assert list(security.get_ydata()) == pytest.approx([0, 0.75, 1])
    assert list(aid.get_ydata()) == pytest.approx([0, 1])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "security: 2 of 4 entries fire",
        "aid: 1 of 2 entries fire",
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
