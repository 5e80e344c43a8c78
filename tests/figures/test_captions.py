"""Every figure says what it shows: below it, and in words for those who cannot see it."""

import io
import re
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import analysis as fa

mpl.use("Agg")

DOCS = Path(__file__).resolve().parents[2] / "docs"
PLOTS = sorted(name for name in dir(fa) if name.startswith("plot_"))
# These draw figures of several panels of their own.
WHOLE = {"plot_multiverse", "plot_similarity"}
WORDS = ("rain", "snow", "harvest", "market", "school")
DESKS = {"by": "desk", "group_a": "home", "group_b": "world"}


@pytest.fixture(scope="module")
def calls() -> dict[str, Callable[..., Any]]:
    """Each plot function on tables of one small corpus."""
    texts = [
        f"A threat looms, Ana Rell said. {'Aid may come. ' * (n % 3)}"
        f"\n\nThe threat {'of war ' * n} in {WORDS[n % 5]} and {WORDS[n % 4]}."
        for n in range(1, 13)
    ]
    documents = fa.documents_from_texts(texts).assign(desk=["home"] * 6 + ["world"] * 6)
    documents["date"] = [f"2025-0{1 + n // 4}-01" for n in range(12)]
    documents = documents.astype({"date": "datetime64[us]"})
    paragraphs = fa.split_paragraphs(documents)
    lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*", "war"], "aid": ["aid"]})
    hits = fa.find_hits(paragraphs, lexicon)
    scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    split = fa.score_paragraphs(paragraphs, hits, lexicon, split=["voice", "certainty"])
    units = paragraphs[["document_id", "paragraph"]].assign(category="security")
    given = {"Ana": "110100", "Ben": "110110"}
    codes = pd.concat(
        units.assign(coder=coder, code=[own[n % 6] for n in range(len(units))])
        for coder, own in given.items()
    )
    home, world = (documents[documents["desk"] == name] for name in ("home", "world"))
    one = documents["document_id"][0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        alike = fa.similarity(documents)
        validation = fa.validate_lexicon(hits, scores, codes[codes["coder"] == "Ana"])
        topics = fa.find_topics(paragraphs, n_topics=2, min_documents=2)["weights"]
        tables: dict[str, tuple[Any, dict[str, Any]]] = {
            "plot_paragraphs": (scores, {"document_id": one}),
            "plot_documents": (fa.score_intervals(scores, by="desk", n_resamples=99), {}),
            "plot_entries": (fa.count_entries(hits), {}),
            "plot_contrasts": (fa.compare_groups(scores, by="desk", n_resamples=99), {}),
            "plot_periods": (
                fa.compare_periods(scores, at="2025-02-01", by="desk", n_resamples=99),
                {},
            ),
            "plot_trend": (fa.trend(scores, n_resamples=99), {}),
            "plot_word_shift": (fa.word_shift(paragraphs, hits, "security", **DESKS), {}),
            "plot_log_odds": (fa.log_odds(home, world), {}),
            "plot_leave_one_out": (fa.leave_one_out(paragraphs, hits, "security", **DESKS), {}),
            "plot_multiverse": (fa.multiverse(paragraphs, hits, lexicon, "security", **DESKS), {}),
            "plot_length_effect": (fa.length_effect(scores, n_resamples=99), {}),
            "plot_voices": (split, {}),
            "plot_speakers": (fa.count_speakers(hits), {}),
            "plot_coverage": (fa.lexicon_coverage(hits, lexicon), {}),
            "plot_similarity": (alike, fa.cluster_documents(alike)),
            "plot_cooccurrence": (fa.cooccurrence(paragraphs, hits, n_resamples=99), {}),
            "plot_topics": (fa.topic_frames(topics, scores), {}),
            "plot_agreement": (fa.agreement(codes, n_resamples=99), {}),
            "plot_validity": (validation["measures"], {}),
            "plot_thresholds": (validation["thresholds"], {}),
            "plot_entry_errors": (validation["entries"], {"category": "security"}),
        }
    return {
        name: lambda name=name, table=table, options=options, **more: getattr(fa, name)(
            table, **options, **more
        )
        for name, (table, options) in tables.items()
    }


@pytest.fixture(scope="module")
def drawn(calls: dict[str, Callable[..., Any]]) -> Callable[[str], Axes | Figure]:
    """Each plot drawn once, for tests that look at it and change nothing."""
    return cache(lambda name: calls[name]())


def captions_of(figure: Figure) -> list[Artist]:
    return figure.findobj(lambda artist: artist.get_gid() == "caption")


def figure_of(drawn: Axes | Figure) -> Figure:
    return drawn if isinstance(drawn, Figure) else drawn.figure


@pytest.mark.parametrize("name", PLOTS)
def test_every_figure_has_a_caption_with_its_numbers(
    name: str, drawn: Callable[[str], Axes | Figure]
) -> None:
    figure = figure_of(drawn(name))
    [caption] = captions_of(figure)
    text = " ".join(caption.get_text().split())
    assert text.startswith(("A mark", "A cell", "A bar", "A line", "A point"))
    assert re.search(r"\bn = \d", text) or "n = units with the codes" in text
    bounds = [
        line for line in figure.findobj(mpl.collections.LineCollection) if len(line.get_paths())
    ]
    assert ("intervals (" in text) or not bounds or name in {"plot_validity", "plot_similarity"}


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.parametrize("width", [3.35])
def test_a_caption_lies_within_the_figure_below_all_else(
    name: str, width: float, calls: dict[str, Callable[..., Any]]
) -> None:
    figure = figure_of(calls[name]())
    figure.set_size_inches(max(width, 5.0 if name in WHOLE else width), 6)
    for _ in range(3):
        figure.draw_without_rendering()
    [caption] = captions_of(figure)
    box = caption.get_window_extent(figure.canvas.get_renderer())
    assert box.x0 >= 0
    assert box.x1 <= figure.bbox.x1 + 1
    assert box.y0 >= -1
    for ax in figure.axes:
        others = [ax.xaxis.label, *ax.get_xticklabels(), *ax.get_yticklabels()]
        others += [legend] if (legend := ax.get_legend()) else []
        for other in others:
            assert not box.overlaps(other.get_window_extent()), other
    plt.close(figure)


@pytest.mark.parametrize("name", PLOTS)
def test_no_text_is_below_six_points_on_a_page_of_17_5_cm(
    name: str, drawn: Callable[[str], Axes | Figure]
) -> None:
    figure = figure_of(drawn(name))
    shrunk = min(17.5 / 2.54 / figure.get_size_inches()[0], 1)
    sizes = [text.get_fontsize() for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(sizes) * shrunk >= 6


@pytest.fixture
def column() -> Iterator[None]:
    with mpl.rc_context():
        fa.use_style(width="column")
        yield
        fa.use_style()


@pytest.mark.usefixtures("column")
@pytest.mark.parametrize("name", PLOTS)
def test_a_figure_for_a_column_is_legible_at_8_5_cm_and_nothing_of_it_is_cut(
    name: str, calls: dict[str, Callable[..., Any]]
) -> None:
    figure = figure_of(calls[name]())
    for _ in range(3):
        figure.draw_without_rendering()
    sizes = [text.get_fontsize() for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(sizes) * 8.5 / 2.54 / figure.get_size_inches()[0] >= 6
    drawn, whole = figure.get_tightbbox(), figure.bbox_inches
    # A hundredth of an inch is less than the strokes of a letter.
    assert drawn.x0 >= whole.x0 - 0.01
    assert drawn.x1 <= whole.x1 + 0.01
    assert drawn.y1 <= whole.y1 + 0.01
    # What is measured keeps at least a third of the width.
    assert max(ax.bbox.width for ax in figure.axes) >= figure.bbox.width / 3
    for ax in figure.axes:
        legend, heading = ax.get_legend(), ax.get_title("left")
        if legend and heading:
            above = ax._left_title.get_window_extent()
            assert not above.overlaps(legend.get_window_extent())
    plt.close(figure)


@pytest.mark.usefixtures("column")
def test_a_column_has_the_legend_above_and_a_page_beside(
    calls: dict[str, Callable[..., Any]],
) -> None:
    def place() -> tuple[bool, bool]:
        ax = calls["plot_documents"]()
        ax.figure.draw_without_rendering()
        legend, inside = ax.get_legend().get_window_extent(), ax.get_window_extent()
        plt.close(ax.figure)
        return legend.y0 >= inside.y1, legend.x0 >= inside.x1

    assert place() == (True, False)
    fa.use_style()
    assert place() == (False, True)
    with pytest.raises(ValueError, match="width is 'wide'; give 'page' or 'column'"):
        fa.use_style(width="wide")


@pytest.mark.parametrize("name", PLOTS)
def test_the_words_for_a_figure_name_what_it_shows(
    name: str, drawn: Callable[[str], Axes | Figure]
) -> None:
    told = fa.alt_text(drawn(name))
    assert told.startswith("Figure: ")
    assert "\n" not in told
    for ax in figure_of(drawn(name)).axes:
        legend = ax.get_legend()
        for text in (
            legend.get_texts() if legend and name not in {"plot_agreement", "plot_voices"} else []
        ):
            assert text.get_text().split(":")[0] in told


def test_lowest_and_highest_values_are_told_with_their_places() -> None:
    figure, ax = plt.subplots()
    ax.barh([0, 1, 2], [3, 1.5, np.nan], label="rate")
    ax.set_yticks([0, 1, 2], ["north", "south", "east"])
    ax.set_xlabel("hits")
    assert fa.alt_text(ax) == "Figure: hits, 3 rows. rate: from 1.5 at “south” to 3 at “north”."
    plt.close(figure)


def test_panels_drawn_into_have_captions_of_their_own_that_stay_apart(
    calls: dict[str, Callable[..., Any]],
) -> None:
    figure, axes = plt.subplots(2, 2, figsize=(11, 8), layout="constrained")
    for ax, name in zip(axes.flat, ["plot_entries", "plot_documents"] * 2, strict=True):
        calls[name](ax=ax)
    for _ in range(3):
        figure.draw_without_rendering()
    boxes = [
        caption.get_window_extent(figure.canvas.get_renderer()) for caption in captions_of(figure)
    ]
    assert len(boxes) == 4
    for number, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[number + 1 :])
        assert not any(box.overlaps(ax.get_window_extent()) for ax in axes.flat)
    plt.close(figure)


# Those of all whose layout depends most on the one before it.
@pytest.mark.parametrize("name", ["plot_coverage", "plot_similarity", "plot_speakers"])
def test_a_figure_with_its_caption_is_the_same_bytes_every_time(
    name: str, calls: dict[str, Callable[..., Any]], tmp_path: Any
) -> None:
    figure = figure_of(calls[name]())
    first = fa.save_figure(figure, "first", folder=tmp_path)
    figure.savefig(io.BytesIO(), dpi=77, bbox_inches="tight")  # as a notebook shows it
    again = fa.save_figure(figure, "again", folder=tmp_path)
    fresh = fa.save_figure(calls[name](), "fresh", folder=tmp_path)
    for kind in ("png", "svg", "txt"):
        assert first[kind].read_bytes() == again[kind].read_bytes() == fresh[kind].read_bytes()
    plt.close("all")


def test_a_level_of_ones_own_is_in_the_caption() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat.", "Rain, a threat."] * 6))
    lexicon = fa.lexicon_from_dict("demo", {"k": ["threat"]})
    scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    whole = scores.assign(desk="home")
    with warnings.catch_warnings(action="ignore"):
        table = fa.score_intervals(whole, by="desk", confidence=0.9, n_resamples=99)
    assert "90 % intervals (BCa, articles resampled)" in fa.alt_text(fa.plot_documents(table))


def test_anything_but_a_figure_has_no_words() -> None:
    with pytest.raises(TypeError, match="Figure or Axes, not str"):
        fa.alt_text("bars")  # type: ignore[arg-type]
    assert fa.alt_text(Figure()) == "Figure without labels."


@pytest.mark.parametrize("name", PLOTS)
def test_the_gallery_shows_every_plot_function(name: str) -> None:
    page = (DOCS / "gallery.md").read_text(encoding="utf-8")
    picture = DOCS / "gallery" / f"{name}.png"
    assert f"## {name}\n\n```python\nfa.{name}(" in page
    assert "![Figure: " in page.split(f"## {name}\n")[1].split("\n## ")[0]
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 60_000


def test_the_picture_of_the_readme_is_there_and_small() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert "](docs/gallery/overview.png)" in readme
    assert (DOCS / "gallery" / "overview.png").stat().st_size < 200_000
