"""A folder of articles → a page with their scores, and tables, texts and figures beside it."""

import os
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from analysis.comparison.pair import compare_pair
from analysis.comparison.sentences import describe_comparison
from analysis.figures.saving import draw_files
from analysis.figures.scores import plot_documents, plot_entries, plot_paragraphs
from analysis.figures.voices import plot_voices
from analysis.hits.matching.inputs import lexicon_list
from analysis.hits.voice.attributions import find_attributions
from analysis.languages.language import LanguageName
from analysis.languages.measured import told_validity
from analysis.lexicons.model import Lexicon
from analysis.output.answer import FigureFiles, read_answer
from analysis.output.article_page import article_parts
from analysis.output.article_sentences import label_categories
from analysis.output.filling import fill_template
from analysis.output.pages import metadata_of, write_pages
from analysis.reading.listing import places
from analysis.saving.atomic import write_text_whole, written_whole
from analysis.saving.provenance import method_note, package_version
from analysis.saving.spreadsheets import save_table
from analysis.saving.swapping import replaced_whole
from analysis.scores.analyze import analyze
from analysis.scores.scoring import score_paragraphs
from analysis.tables.checks import category_labels
from analysis.tables.subcategories import told_subcategories

PAGE = "index.html"
KIND = "report"
_MOST_SKIPPED = 100
# Measured, but no part of the family of tests.
_NOT_COMPARED = "boosters"
_NONE = "–"
_ABOUT = {
    "documents": "the articles, without their texts",
    "paragraphs": "their paragraphs, with the texts",
    "sentences": "where each sentence begins and ends",
    "hits": "every hit: place, words, voice and certainty",
    "scores": "scores of each paragraph and category",
    "document_scores": "scores of each article and category",
    "voice_scores": "scores of each paragraph by voice and certainty",
    "entries": "entries of the lexica by frequency",
    "overlaps": "hits of different categories on the same words",
    "attributions": "who is said to say what",
    "skipped": "what was skipped, guessed or changed in reading",
}
# The tables of the comparison by their keys: their files, and what is in them.
_COMPARED = {
    "contrasts": (
        "contrasts",
        "every two of the ten largest groups: differences, intervals, tests",
    ),
    "rates": ("group_scores", "rates of the two groups of the answer"),
    "shifts": ("word_shift", "the words behind the difference of the two"),
    "voices": ("share_contrasts", "in whose voice, and how surely, the two compared"),
    "multiverse": ("multiverse", "the difference of the two under other choices"),
    "periods": ("period_contrasts", "the two before and after the date"),
    "with_copies": ("contrasts_with_copies", "the contrasts with the copies that were left out"),
    "dropped": ("dropped", "the copies that were left out of the comparison"),
    "cautions": ("cautions", "what could overturn the comparison"),
}


def write_article_report(
    documents: pd.DataFrame,
    skipped: pd.DataFrame,
    folder: str | os.PathLike[str],
    lexica: Lexicon | Sequence[Lexicon],
    *,
    speakers: pd.DataFrame | None = None,
    language: LanguageName | None = None,
    **question: Any,
) -> Path:
    """Analyse articles and write a folder of results; `question` is what `compare_pair` takes."""
    with replaced_whole(folder, KIND) as new:
        _fill(new, documents, skipped, lexica, speakers, language, question)
    return Path(folder) / PAGE


def _fill(
    folder: Path,
    documents: pd.DataFrame,
    skipped: pd.DataFrame,
    lexica: Lexicon | Sequence[Lexicon],
    speakers: pd.DataFrame | None,
    language: LanguageName | None,
    question: dict[str, Any],
) -> None:
    tables = analyze(documents, lexica, speakers=speakers, language=language)
    paragraphs, hits = tables["paragraphs"], tables["hits"]
    split = ["voice", "certainty"]
    tables["voice_scores"] = score_paragraphs(paragraphs, hits, lexica, split=split)
    tables["attributions"] = find_attributions(paragraphs, language=language)
    tables["skipped"] = skipped
    compared = _compare(tables, lexica, question)
    tables |= {
        file: compared[key] for key, (file, _) in _COMPARED.items() if compared.get(key) is not None
    }
    about_tables = _ABOUT | {file: about for file, about in _COMPARED.values() if file in tables}
    pages = write_pages(
        *(paragraphs, hits, folder / "texts"),
        attributions=tables["attributions"],
        documents=documents,
        scores=tables["scores"],
        language=language,
        start=f"../{PAGE}",
    )
    # Paragraphs hold the texts already.
    saved = {**tables, "documents": documents.drop(columns="text")}
    for name in about_tables:
        save_table(saved[name], folder / "tables" / f"{name}.csv")
    n_vetoed = int(hits["blocked_by"].notna().sum())
    labels = category_labels(tables["document_scores"])
    html = fill_template(
        "articles.html.j2",
        amounts=[
            (len(paragraphs), "paragraphs"),
            (int(paragraphs["n_tokens"].sum()), "tokens"),
            (len(hits) - n_vetoed, "hits"),
        ],
        categories=list(dict.fromkeys(labels)),
        subcategories=told_subcategories(tables["document_scores"]),
        article=_only_article(tables, documents, language) if len(pages) == 1 else None,
        documents=_document_rows(documents, tables["document_scores"], labels, pages),
        answer=read_answer(describe_comparison(**compared), _draw_answer(compared, folder)),
        figures=_draw(tables, folder, language),
        validity=_validity(tables["voice_scores"], language),
        tables=[
            {"name": name, "file": f"tables/{name}.csv", "rows": len(saved[name]), "about": about}
            for name, about in {**about_tables, "hits": _ABOUT["hits"] + _vetoed(n_vetoed)}.items()
        ],
        skipped=skipped.assign(place=places(skipped)).head(_MOST_SKIPPED).to_dict("records"),
        more_skipped=max(len(skipped) - _MOST_SKIPPED, 0),
        method=_unfolded(method_note(tables["document_scores"])),
        version=package_version(),
    )
    # Ids and titles may hold half of a surrogate pair, which no file can.
    write_text_whole(folder / PAGE, html, errors="replace")


def _compare(
    tables: dict[str, pd.DataFrame], lexica: Lexicon | Sequence[Lexicon], question: dict[str, Any]
) -> dict[str, Any]:
    """Compare what the notebooks compare, so that the adjusted p-values are the same."""
    every = lexicon_list(lexica)
    own = [lexicon for lexicon in every if lexicon.name != _NOT_COMPARED] or every
    hits = tables["hits"][tables["hits"]["lexicon"].isin([lexicon.id for lexicon in own])]
    return compare_pair(tables["documents"], tables["paragraphs"], hits, own, **question)


def _only_article(
    tables: dict[str, pd.DataFrame], documents: pd.DataFrame, language: LanguageName | None
) -> dict[str, Any]:
    paragraphs, hits = tables["paragraphs"], tables["hits"]
    document_id = paragraphs["document_id"].iloc[0]
    return article_parts(
        *(paragraphs, hits, label_categories(hits, tables["scores"])),
        document_id=document_id,
        attributions=tables["attributions"],
        document=metadata_of(documents)[document_id],
        language=language,
    )


def _document_rows(
    documents: pd.DataFrame, totals: pd.DataFrame, labels: pd.Series, pages: pd.DataFrame
) -> list[dict[str, Any]]:
    files = dict(zip(pages["document_id"], pages["file"], strict=True))
    scores: dict[str, dict[str, tuple[str, str]]] = {}
    numbers = totals[["document_id", "rate", "n_hits"]].itertuples(index=False)
    for label, (document_id, rate, hits) in zip(labels, numbers, strict=True):
        shown = _NONE if pd.isna(rate) else f"{rate:,.1f}"
        scores.setdefault(document_id, {})[label] = (shown, f"{hits:,}")
    none = dict.fromkeys(labels, (_NONE, "0"))
    return [
        {
            "title": _or(row["title"], row["document_id"]),
            "outlet": _or(row["outlet"], _NONE),
            "date": _NONE if pd.isna(row["date"]) else f"{row['date']:%Y-%m-%d}",
            "file": f"texts/{files[row['document_id']]}" if row["document_id"] in files else None,
            "scores": list({**none, **scores.get(row["document_id"], {})}.values()),
        }
        for row in documents.to_dict("records")
    ]


def _vetoed(n_vetoed: int) -> str:
    if not n_vetoed:
        return ""
    return f"; {n_vetoed:,} of them vetoed by an exclusion phrase (blocked_by), which count nowhere"


def _unfolded(note: str) -> list[str]:
    """Undo the folding of lines, which the width of a page decides."""
    return re.sub(r"\n {3}", " ", re.sub(r"(?<=\w-)\n {3}", "", note)).splitlines()


def _or(value: Any, other: str) -> Any:
    return other if pd.isna(value) else value


def _validity(scores: pd.DataFrame, language: LanguageName | None) -> str:
    counted = scores[scores["voice"].notna() & scores["n_hits"].gt(0)]
    return told_validity(counted, "certainty", "voice", "speaker", language=language)


def _draw_answer(compared: dict[str, Any], folder: Path) -> FigureFiles | None:
    """Draw the two groups with their intervals; without two there is nothing to see."""
    if compared["pair"] is None:
        return None
    label = f"Rates of {compared['pair'][0]} and {compared['pair'][1]}"
    return _figure(plot_documents, compared["rates"], folder, "groups_compared", label)


def _draw(
    tables: dict[str, pd.DataFrame], folder: Path, language: LanguageName | None
) -> list[FigureFiles]:
    voices = partial(plot_voices, language=language)
    drawn: dict[str, tuple[Callable[[pd.DataFrame], Axes], str, str]] = {
        "voice_and_certainty": (voices, "voice_scores", "who says it, and how surely"),
        "words_behind_the_scores": (plot_entries, "entries", "the entries with most hits"),
        # As long as there are articles.
        "articles_and_categories": (plot_documents, "document_scores", "rates of the articles"),
    }
    if len(ids := tables["scores"]["document_id"].unique()) == 1:
        # The rates of one article compare nothing.
        del drawn["articles_and_categories"]
        strip = partial(plot_paragraphs, document_id=ids[0])
        drawn = {"paragraphs_and_categories": (strip, "scores", "hits by paragraph"), **drawn}
    return [
        _figure(plot, tables[table], folder, name, label)
        for name, (plot, table, label) in drawn.items()
    ]


def _figure(
    plot: Callable[[pd.DataFrame], Axes], table: pd.DataFrame, folder: Path, name: str, label: str
) -> FigureFiles:
    ax = plot(table)
    files = draw_files(ax, table)
    plt.close(ax.get_figure(root=True))
    for kind, content in files.items():
        with written_whole(folder / "figures" / f"{name}.{kind}") as file:
            file.write(content)
    alt = files.pop("txt").decode().strip()
    return FigureFiles(label, {kind: f"figures/{name}.{kind}" for kind in files}, alt)
