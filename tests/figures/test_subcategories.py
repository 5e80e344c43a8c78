"""Wherever one subcategory makes more than a third of a frame's hits, readers are told."""

import io
import re
import warnings
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from great_tables import GT

import analysis as fa
from analysis.__main__ import main
from analysis.errors import TableError

mpl.use("Agg")

LEXICON = fa.lexicon_from_dict(
    "demo",
    {
        "security": {
            "terms": ["danger"],
            "subcategories": {"war": ["shells"], "crime": ["theft"], "police": ["officers"]},
        },
        "welfare": {"subcategories": {"health": ["clinic"], "care": ["nursing"]}},
        "plain": ["rain"],
    },
)
# Of security: war 4, crime 1, none 1, in the first article; war 0, crime 3 in the second.
TEXTS = [
    "Shells fell. Shells hit it. Rain.\n\nShells, shells and theft in danger. A clinic.",
    "Theft, theft, rain.\n\nTheft near the clinic, nursing.",
]
GROUPS = {"by": "desk", "group_a": "home", "group_b": "world"}
SECURITY = ["crime 44 %", "war 44 %"]


def documents_of(texts: list[str]) -> pd.DataFrame:
    documents = fa.documents_from_texts(texts).assign(desk=["home", "world"] * (len(texts) // 2))
    documents["date"] = [f"2025-0{1 + n}-01" for n in range(len(texts))]
    return documents.astype({"date": "datetime64[us]"})


DOCUMENTS = documents_of(TEXTS)
PARAGRAPHS = fa.split_paragraphs(DOCUMENTS)
HITS = fa.find_hits(PARAGRAPHS, LEXICON)
SCORES = fa.score_paragraphs(PARAGRAPHS, HITS, LEXICON)
FEW: dict[str, Any] = {"n_resamples": 99}
ONE, TWO = DOCUMENTS["document_id"]


def told(shown: Any, category: str = "security") -> list[str]:
    """Return which subcategories of a category a figure or text names, with their shares."""
    text = shown if isinstance(shown, str) else fa.alt_text(shown)
    found = re.findall(r"“(\w+)” (?:makes )?(\d+ %) of (?:the hits|those) of (\w+)", text)
    return [f"{name} {share}" for name, share, of in found if of == category]


def quiet(call: Callable[[], Any]) -> Any:
    with warnings.catch_warnings(action="ignore"):
        return call()


FIGURES: dict[str, Callable[[], Any]] = {
    "documents": lambda: fa.plot_documents(fa.score_documents(SCORES)),
    "groups": lambda: fa.plot_documents(fa.score_intervals(SCORES, by="desk", **FEW)),
    "contrasts": lambda: fa.plot_contrasts(fa.compare_documents(SCORES, pairs=[(ONE, TWO)], **FEW)),
    "trend": lambda: fa.plot_trend(fa.trend(SCORES, **FEW)),
    "topics": lambda: fa.plot_topics(
        fa.topic_frames(
            fa.find_topics(PARAGRAPHS, n_topics=2, min_documents=1, max_share=1)["weights"],
            SCORES,
            **FEW,
        )
    ),
    "voices": lambda: fa.plot_voices(
        fa.score_paragraphs(PARAGRAPHS, HITS, LEXICON, split=["voice", "certainty"])
    ),
    "entries": lambda: fa.plot_entries(fa.count_entries(HITS), n=1),
    "coverage": lambda: fa.plot_coverage(fa.lexicon_coverage(HITS, LEXICON)),
    "word_shift": lambda: fa.plot_word_shift(fa.word_shift(PARAGRAPHS, HITS, "security", **GROUPS)),
    "leave_one_out": lambda: fa.plot_leave_one_out(
        fa.leave_one_out(PARAGRAPHS, HITS, "security", **GROUPS)
    ),
    "multiverse": lambda: fa.plot_multiverse(
        fa.multiverse(PARAGRAPHS, HITS, LEXICON, "security", **GROUPS)
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_of_a_rate_tells_which_subcategory_makes_more_than_a_third(name: str) -> None:
    ax = quiet(FIGURES[name])
    assert told(ax) == SECURITY
    assert told(ax, "plain") == []
    plt.close("all")


def test_a_figure_of_lengths_tells_it_too() -> None:
    # Thirds need three documents.
    scores = quiet(lambda: scored(documents_of([*TEXTS, *TEXTS])))
    assert told(quiet(lambda: fa.plot_length_effect(fa.length_effect(scores, **FEW)))) == SECURITY
    plt.close("all")


def scored(documents: pd.DataFrame, lexicon: fa.Lexicon = LEXICON, **options: Any) -> pd.DataFrame:
    paragraphs = fa.split_paragraphs(documents)
    return fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon, **options)


def test_the_shares_are_those_of_what_is_drawn() -> None:
    assert told(fa.plot_paragraphs(SCORES, document_id=ONE)) == ["war 67 %"]
    assert told(fa.plot_paragraphs(SCORES, document_id=TWO)) == ["crime 100 %"]
    totals = fa.score_documents(SCORES)
    assert told(fa.plot_documents(totals, n=1)) == ["war 67 %"]
    assert told(fa.plot_documents(totals, categories=["welfare"])) == []
    assert told(fa.plot_documents(totals, categories=["welfare"]), "welfare") == ["health 67 %"]
    assert told(fa.plot_documents(totals[totals["document_id"] == TWO])) == ["crime 100 %"]
    plt.close("all")


@pytest.mark.parametrize("form", ["csv", "parquet", "categories"])
def test_a_table_that_was_saved_and_read_tells_the_same(form: str, tmp_path: Any) -> None:
    totals = fa.score_documents(SCORES)
    if form == "categories":
        again = totals.astype({"subcategory_hits": "category"})
    else:
        path = fa.save_table(totals, tmp_path / f"totals.{form}")
        again = pd.read_csv(path) if form == "csv" else pd.read_parquet(path)
    assert told(fa.plot_documents(again)) == SECURITY
    plt.close("all")


def test_sums_of_sums_are_those_of_all() -> None:
    parts = [fa.score_documents(SCORES[SCORES["document_id"] == name]) for name in (ONE, TWO)]
    assert told(fa.plot_documents(pd.concat(parts))) == SECURITY
    by_part = scored(DOCUMENTS, detail="subcategory").groupby("subcategory")["n_hits"].sum()
    assert by_part.to_dict() == {"war": 4, "crime": 4, "police": 0, "health": 2, "care": 1}
    assert "subcategory_hits" not in scored(DOCUMENTS, detail="subcategory")
    plt.close("all")


def test_a_third_is_not_more_than_a_third() -> None:
    even = fa.documents_from_texts(["Shells, theft, officers."])
    assert told(fa.plot_documents(fa.score_documents(scored(even)))) == []
    plt.close("all")


def test_a_category_without_parts_or_with_a_single_one_is_never_told_of() -> None:
    single = fa.lexicon_from_dict("demo", {"k": {"subcategories": {"war": ["shells"]}}})
    scores = scored(DOCUMENTS, single)
    assert "subcategory_hits" not in scores
    both = [single, LEXICON]
    hits = fa.find_hits(PARAGRAPHS, both)
    scores = fa.score_paragraphs(PARAGRAPHS, hits, both)
    assert scores.loc[scores["category"].isin(["k", "plain"]), "subcategory_hits"].isna().all()
    assert told(fa.plot_documents(fa.score_documents(scores))) == SECURITY
    plt.close("all")


def test_categories_of_one_name_are_told_apart_by_their_lexicon() -> None:
    narrower = fa.lexicon_from_dict(
        "narrower", {"security": {"terms": ["danger"], "subcategories": {"war": ["shells"]}}}
    )
    both = [LEXICON, narrower]
    scores = fa.score_paragraphs(PARAGRAPHS, fa.find_hits(PARAGRAPHS, both), both)
    text = fa.alt_text(fa.plot_documents(fa.score_documents(scores)))
    assert "“war” makes 80 % of the hits of security (narrower)" in text
    assert "“war” 44 % of those of security (demo)" in text
    plt.close("all")


def test_of_many_the_largest_are_told_and_the_others_counted() -> None:
    parts = {f"c{n}": {"terms": ["none"], "subcategories": {"a": [f"w{n}"]}} for n in range(9)}
    lexicon = fa.lexicon_from_dict("many", parts)
    document = fa.documents_from_texts([" ".join(f"w{n}" for n in range(9))])
    text = fa.alt_text(fa.plot_documents(fa.score_documents(scored(document, lexicon))))
    assert text.count("100 %") == 6
    assert "and 3 more over a third of theirs." in text
    plt.close("all")


def test_printed_tables_tell_it_below_and_print_no_column_of_counts() -> None:
    for table in (fa.score_documents(SCORES), quiet(lambda: fa.trend(SCORES, **FEW)), SCORES):
        printed = fa.format_table(table)
        assert isinstance(printed, GT)
        page = printed.as_raw_html()
        assert told(page) == SECURITY
        assert "{&quot;" not in page
        assert "ubcategory hits" not in page
    part = fa.score_documents(SCORES).drop(columns="lexicon")
    assert told(fa.format_table(part).as_raw_html()) == []


def test_the_report_of_a_folder_tells_it_on_its_page_and_in_its_figures(tmp_path: Any) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for n, text in enumerate(TEXTS):
        (articles / f"{n}.txt").write_text(text, encoding="utf-8")
    fa.save_lexicon(LEXICON, tmp_path / "demo.yml")
    arguments = ["report", str(articles), str(tmp_path / "out"), "--lexicon"]
    assert main([*arguments, str(tmp_path / "demo.yml")]) == 0
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    above = page.split("<table>")[0]
    assert told(above) == SECURITY
    figures = [path.read_text("utf-8") for path in (tmp_path / "out" / "figures").glob("*.txt")]
    assert [told(figure) for figure in figures] == 3 * [SECURITY]


@pytest.mark.parametrize("cell", ["war 3", "[3]", '{"war": "3"}', "3", '{"war": null}'])
def test_counts_that_cannot_be_read_are_refused_in_one_sentence(cell: str) -> None:
    broken = fa.score_documents(SCORES)
    broken.loc[0, "subcategory_hits"] = cell
    with pytest.raises(TableError, match=r"'subcategory_hits' is .* in row 0, .*; make the"):
        fa.plot_documents(broken)
    plt.close("all")


def test_subcategories_of_a_category_have_its_colour_and_markers_of_their_own() -> None:
    framing = fa.load_lexicon("framing")
    totals = fa.score_documents(scored(DOCUMENTS, framing, detail="subcategory"))
    for category in framing.category_names:
        ax = fa.plot_documents(totals, categories=[category])
        lines = [line for line in ax.lines if "›" in str(line.get_label())]
        assert len({line.get_color() for line in lines}) == 1
        assert len({line.get_marker() for line in lines}) == len(lines) > 5
        plt.close(ax.figure)


def test_a_figure_keeps_its_bytes_with_the_sentence() -> None:
    pictures = []
    for _ in range(2):
        file = io.BytesIO()
        ax = fa.plot_documents(fa.score_documents(SCORES))
        ax.figure.savefig(file, metadata={"Software": None})
        pictures.append(file.getvalue())
        plt.close(ax.figure)
    assert pictures[0] == pictures[1]


def test_in_a_column_the_legend_of_many_subcategories_takes_no_room_from_the_rows() -> None:
    totals = fa.score_documents(
        scored(DOCUMENTS, fa.load_lexicon("framing"), detail="subcategory"), by="desk"
    )
    with mpl.rc_context():
        fa.use_style(width="column")
        ax = fa.plot_documents(totals, categories=["welfare"])
        for _ in range(3):
            ax.figure.draw_without_rendering()
        fa.use_style()
    n_marks = len(ax.get_legend().get_texts()) * len(ax.get_yticks())
    # A mark is 5 points high.
    assert ax.get_window_extent().height * 72 / ax.figure.dpi / n_marks > 5
    plt.close(ax.figure)
