"""Draw every plot function on the bundled articles, and write the page that shows them.

Usage: python docs/make_gallery.py [--overview] [--output FOLDER]
"""

import argparse
import base64
import io
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from PIL import Image

import analysis as fa

DOCS = Path(__file__).resolve().parent
WIDTH = 600
COLORS = 192
HEAD = """# Gallery

Every plot function once, drawn on the twelve bundled articles, which are **invented**: no outlet, place or person of theirs exists, and the codes of `plot_agreement` to `plot_entry_errors` are for demonstration. Above each picture is the line that drew it; the tables it takes are made as at the end of this page. `make gallery` draws all of them again.

Every figure says in grey below it what a mark is, how many there are, and how its intervals were made. `fa.alt_text(ax)` puts it into words, and `fa.save_figure(ax, "name", data=table)` writes it for print with its numbers; how to use these files is told in [figures/README.md](../figures/README.md).
"""  # noqa: E501
TABLES = """\
documents = fa.read_documents(fa.data_folder())
paragraphs = fa.split_paragraphs(documents)
lexica = [fa.load_lexicon("framing"), fa.load_lexicon("hedging")]
framing = lexica[0]
hits = fa.find_hits(paragraphs, lexica)
frames = hits[hits["lexicon"] == framing.id]
scores = fa.score_paragraphs(paragraphs, hits, lexica)
article = documents["document_id"].iloc[0]
one, two = "Lenna Courier", "Meridian Wire"
courier, wire = (documents[documents["outlet"] == name] for name in (one, two))
sides = {"by": "outlet", "group_a": one, "group_b": two}
framed = fa.score_paragraphs(paragraphs, frames, framing)
by_voice = fa.score_paragraphs(paragraphs, hits, lexica, split=["voice", "certainty"])
alike = fa.similarity(documents)
coders = fa.demonstration_codes(fa.data_folder())
codes = fa.read_codes(coders, paragraphs, fa.read_codebook(coders / "codebook.csv"))
validation = fa.validate_lexicon(frames, framed, codes)
"""
# Name of the function, the line that draws, and how to read it.
FIGURES = [
    (
        "fa.plot_paragraphs(scores, document_id=article)",
        "Read along a row where in the article a frame stands; the darker a cell, the denser.",
    ),
    (
        'fa.plot_documents(fa.score_intervals(scores, by="outlet", seed=1))',
        "The farther to the right a mark, the more hits per 1,000 tokens; where lines overlap "
        "much, the groups may not differ.",
    ),
    (
        "fa.plot_entries(fa.count_entries(hits))",
        "The longest bars are the words that make the scores: read them in context first.",
    ),
    (
        'fa.plot_contrasts(fa.compare_groups(scores, by="outlet", seed=1))',
        "To the right of the line the first group has more, to the left the second; full marks "
        "are differences that chance rarely makes.",
    ),
    (
        'fa.plot_periods(fa.compare_periods(framed, at="2025-05-06", seed=1))',
        "To the right of the line there is more after the date, to the left less.",
    ),
    (
        "fa.plot_trend(fa.trend(scores, seed=1))",
        "Follow a line through time; a grey stripe is a period without articles, or several.",
    ),
    (
        'fa.plot_word_shift(fa.word_shift(paragraphs, frames, "security", **sides))',
        "The words with the longest bars make the difference of the two groups.",
    ),
    (
        "fa.plot_log_odds(fa.log_odds(courier, wire), names=[one, two])",
        "High up stand words typical of the one group, far down those of the other; to the right "
        "the frequent ones.",
    ),
    (
        'fa.plot_leave_one_out(fa.leave_one_out(paragraphs, frames, "security", **sides, seed=1))',
        "A mark far from the dashed line, or beyond zero, is a word on which the finding depends.",
    ),
    (
        'fa.plot_multiverse(fa.multiverse(paragraphs, frames, framing, "security", **sides, '
        "seed=1))",
        "Marks that all stand on one side of zero: the finding survives other choices.",
    ),
    (
        "fa.plot_length_effect(fa.length_effect(framed, n_resamples=199, seed=1))",
        "Marks that move with the rows: the scores follow the length of the texts.",
    ),
    (
        "fa.plot_voices(by_voice)",
        "The darkest part is the narrator's own language, the palest what is paraphrased; hatched "
        "parts are hedged, crossed ones negated.",
    ),
    (
        "fa.plot_speakers(fa.count_speakers(hits))",
        "A row is who speaks, a column what is said: the number is the hits.",
    ),
    (
        "fa.plot_coverage(fa.lexicon_coverage(hits, lexica[0]))",
        "A line that leaps up depends on few words; a line that rises slowly is broad.",
    ),
    (
        "fa.plot_similarity(alike, **fa.cluster_documents(alike), documents=documents)",
        "Dark cells are pairs that share their words; brackets at the left join the most alike.",
    ),
    (
        "fa.plot_cooccurrence(fa.cooccurrence(paragraphs, hits, seed=1))",
        "To the right of 1 two categories stand together more often than chance would have it.",
    ),
    (
        'fa.plot_topics(fa.topic_frames(fa.find_topics(paragraphs, n_topics=4, seed=1)["weights"], '
        "framed, seed=1))",
        "A row is a topic by its strongest terms; the farther to the right, the more of the frame.",
    ),
    (
        "fa.plot_agreement(fa.agreement(codes, seed=1))",
        "Left of the dotted line coders agree too little for conclusions, right of the dashed one "
        "well.",
    ),
    (
        'fa.plot_validity(validation["measures"])',
        "The nearer to 1, the better the lexicon finds what the coders found.",
    ),
    (
        'fa.plot_thresholds(validation["thresholds"])',
        "The more hits are asked for, the more precise and the less complete the finds.",
    ),
    (
        'fa.plot_entry_errors(validation["entries"], category="security")',
        "Long hatched bars are entries that mislead: drop them, or tell when not to count.",
    ),
]


def name_of(line: str) -> str:
    """Return the name of the plot function that a line calls."""
    return line.removeprefix("fa.").split("(")[0]


def make_tables() -> dict[str, Any]:
    """Make the tables of all figures by the lines that the page shows."""
    names: dict[str, Any] = {"fa": fa}
    exec(TABLES, names)  # noqa: S102 - our own lines
    return names


def small(figure: plt.Figure, path: Path) -> None:
    """Write a picture of 600 pixels' width in few colours, the same bytes every time."""
    drawn = io.BytesIO()
    figure.draw_without_rendering()
    figure.savefig(drawn, dpi=2 * WIDTH / figure.get_size_inches()[0], metadata={"Software": None})
    picture = Image.open(drawn).convert("RGB")
    height = round(WIDTH * picture.height / picture.width)
    picture = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
    picture.quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)


def make_gallery(folder: Path) -> None:
    """Write the page and its pictures."""
    (folder / "gallery").mkdir(parents=True, exist_ok=True)
    names = make_tables()
    parts = [HEAD]
    for line, sentence in FIGURES:
        name = name_of(line)
        drawn = eval(line, names)  # noqa: S307 - our own lines
        figure = drawn.figure if isinstance(drawn, Axes) else drawn
        small(figure, folder / "gallery" / f"{name}.png")
        parts.append(
            f"## {name}\n\n```python\n{line}\n```\n\n![{fa.alt_text(figure)}](gallery/{name}.png)\n"
            f"\n{sentence}\n"
        )
        plt.close(figure)
    parts.append(f"## The tables\n\n```python\nimport analysis as fa\n\n{TABLES}```\n")
    (folder / "gallery.md").write_text("\n".join(parts), encoding="utf-8")


def make_overview(folder: Path) -> None:
    """Set the strip of an article above its highlighted text, as a browser draws both."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        raise SystemExit("the picture of README needs Chromium; the others are drawn")
    names = make_tables()
    ax = eval(FIGURES[0][0], names)  # noqa: S307 - our own lines
    shown = fa.show_text(names["paragraphs"], names["hits"], document_id=names["article"])
    strip = io.BytesIO()
    ax.figure.savefig(strip, dpi=200, metadata={"Software": None})
    plt.close(ax.figure)
    picture = base64.b64encode(strip.getvalue()).decode()
    page = (
        "<!DOCTYPE html><meta charset='utf-8'><body style='margin:12px;background:white'>"
        f"<img style='width:760px' src='data:image/png;base64,{picture}'>{shown.html}"
    )
    with tempfile.TemporaryDirectory() as place:
        source, target = Path(place) / "page.html", Path(place) / "page.png"
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=800,900"]
        subprocess.run(  # noqa: S603 - our own page
            [browser, *options, f"--screenshot={target}", source.as_uri()],
            check=True,
            capture_output=True,
        )
        whole = Image.open(target).convert("RGB")
    whole.quantize(128, dither=Image.Dither.NONE).save(folder / "overview.png", optimize=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--overview", action="store_true", help="the picture of README only")
    parser.add_argument("--output", type=Path, default=DOCS, help="folder for page and pictures")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        chosen = parser.parse_args()
        if not chosen.overview:
            make_gallery(chosen.output)
        make_overview(chosen.output / "gallery")
