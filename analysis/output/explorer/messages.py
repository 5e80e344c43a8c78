"""What the page of the explorer is told: the corpus in brief, and one document at a time."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.errors import TableError
from analysis.figures.style import category_styles, on_dark, shortest_labels
from analysis.lexicons.model import NEARNESS, Lexicon
from analysis.output.highlighted import by_paragraph
from analysis.tables.checks import category_labels
from analysis.tables.schema import CERTAINTIES, VOICES
from analysis.text.segmentation import split_sentences

# The page draws matplotlib's markers as letters.
_MARKERS = {
    **{"o": "●", "s": "■", "^": "▲", "D": "◆", "v": "▼", "P": "✚", "X": "✖"},
    **{"<": "◀", ">": "▶", "p": "⬟", "h": "⬢", "d": "♦"},
}
# The order in which hits are listed.
ORDER = ["paragraph", "start", "end", "lexicon", "category", "entry"]
_FACTS = (
    "near_surface",
    "voice",
    "speaker",
    "voice_cue",
    "certainty",
    "certainty_cue",
    "blocked_by",
)


def describe_corpus(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    scores: pd.DataFrame,
    lexica: Sequence[Lexicon],
    *,
    document_id: str,
) -> dict[str, Any]:
    """Return what the page needs before it shows a document, as values that can be sent to it."""
    names = paragraphs["document_id"].drop_duplicates().tolist()
    headlines = paragraphs[paragraphs["role"] == "headline"].drop_duplicates("document_id")
    titles = dict(zip(headlines["document_id"], headlines["text"], strict=True))
    counts = hits.loc[hits["blocked_by"].isna(), "document_id"].value_counts().to_dict()
    return {
        "kind": "corpus",
        "documents": [
            {"id": name, "headline": " ".join(titles.get(name, "").split()), "n_hits": n}
            for name, n in ((name, counts.get(name, 0)) for name in names)
        ],
        "categories": _describe_categories(scores, lexica),
        "voices": _values(hits["voice"], VOICES),
        "certainties": _values(hits["certainty"], CERTAINTIES),
        "chosen": names.index(document_id),
    }


def describe_document(
    article: pd.DataFrame,
    found: pd.DataFrame,
    scored: pd.DataFrame,
    lexica: Sequence[Lexicon],
    *,
    categories: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """Return one document with its hits and the entries behind them."""
    article = article.sort_values("paragraph", ignore_index=True)
    n_tokens = scored.drop_duplicates("paragraph").set_index("paragraph")["n_tokens"].to_dict()
    place_of = {number: place for place, number in enumerate(article["paragraph"])}
    texts = by_paragraph(article, "start", "text")
    sentences = split_sentences(article)
    columns = sentences[["paragraph", "sentence", "start", "end"]].itertuples(index=False)
    bounds = {(number, n): (start, end) for number, n, start, end in columns}
    order = {pair: place for place, pair in enumerate(categories)}
    known: dict[tuple[str, str, str, str | None], int] = {}
    rows = []
    for hit in found.sort_values(ORDER).to_dict("records"):
        number = hit["paragraph"]
        offset, text = texts[number]
        start, end = hit["start"] - offset, hit["end"] - offset
        first, last = bounds.get((number, hit["sentence"]), (offset, offset + len(text)))
        entry = (hit["lexicon"], hit["category"], hit["entry"], _or_none(hit["subcategory"]))
        rows.append(
            {
                "paragraph": place_of[number],
                "start": start,
                "end": end,
                "sentence": [max(first - offset, 0), max(last - offset, end)],
                "category": order[hit["lexicon"], hit["category"]],
                "entry": known.setdefault(entry, len(known)),
                "weight": float(hit["weight"]),
                "scare_quote": bool(_or_none(hit["scare_quote"])),
                **{name: _or_none(hit.get(name)) for name in _FACTS},
            }
        )
    return {
        "kind": "document",
        "paragraphs": [
            {"number": number, "role": role, "text": text, "n_tokens": n_tokens.get(number, 0)}
            for number, (role, text) in by_paragraph(article, "role", "text").items()
        ],
        "hits": rows,
        "entries": _describe_entries(list(known), lexica),
    }


def categories_of(scores: pd.DataFrame, lexica: Sequence[Lexicon]) -> list[tuple[str, str]]:
    """List lexicon and category of a table of scores, in the order of the lexica."""
    scored = {*zip(scores["lexicon"], scores["category"], strict=True)}
    known = [(own.id, category) for own in lexica for category in own.category_names]
    return [pair for pair in dict.fromkeys(known) if pair in scored]


def _describe_categories(scores: pd.DataFrame, lexica: Sequence[Lexicon]) -> list[dict[str, Any]]:
    pairs = categories_of(scores, lexica)
    labels = category_labels(pd.DataFrame(pairs, columns=["lexicon", "category"])).tolist()
    styles, short = category_styles(labels), shortest_labels(labels)
    described = {(lexicon.id, c.name): c for lexicon in lexica for c in lexicon.categories}
    return [
        {
            "name": label,
            "short": short[label],
            "marker": _MARKERS.get(styles[label].marker, "●"),
            "color": styles[label].color,
            "color_on_dark": on_dark(styles[label].color),
            "lexicon": pair[0],
            "definition": described[pair].definition,
            "exclusions": list(described[pair].exclude),
        }
        for pair, label in zip(pairs, labels, strict=True)
    ]


def _describe_entries(
    known: Sequence[tuple[str, str, str, str | None]], lexica: Sequence[Lexicon]
) -> list[dict[str, Any]]:
    categories = {(lexicon.id, c.name): c for lexicon in lexica for c in lexicon.categories}
    wanted = {(lexicon, category) for lexicon, category, _, _ in known}
    entries = {
        (*pair, e.term, e.subcategory): e for pair in wanted for e in categories[pair].entries
    }
    rows = []
    for lexicon, category, term, subcategory in known:
        entry = entries.get((lexicon, category, term, subcategory))
        if entry is None:
            raise TableError(
                f"the lexicon {lexicon} has no entry {term!r} of {category!r}; "
                "give the lexica that the hits were found with"
            )
        meanings = dict(categories[lexicon, category].subcategories)
        rows.append(
            {
                "term": term,
                "subcategory": subcategory,
                "subcategory_definition": meanings.get(subcategory or "", ""),
                "case_sensitive": entry.case_sensitive,
                "unless": list(entry.unless),
                "before": list(entry.before),
                "after": list(entry.after),
                **{name: str(getattr(entry, name) or "") for name in NEARNESS},
            }
        )
    return rows


def _values(column: pd.Series, order: Sequence[str]) -> list[str]:
    """List the usual values and, where there are others or nulls, those as well."""
    present = column.dropna().unique().tolist()
    others = sorted(set(present) - set(order))
    usual = list(order) if present else []
    return [*usual, *others, *([""] if column.isna().any() or not present else [])]


def _or_none(value: Any) -> Any:
    return None if pd.isna(value) else value
