"""What the page of one article shows: sentences, a strip by paragraph, text, hits, speakers."""

from collections import Counter
from typing import Any, NamedTuple

import pandas as pd

from analysis.figures.style import category_styles, on_dark, plain_label
from analysis.languages.language import LanguageName
from analysis.output.article_sentences import counted_hits, speakers_of, tell_document
from analysis.output.highlighted import Looks, highlight
from analysis.scores.speakers import NARRATOR, UNKNOWN
from analysis.tables.schema import VOICES

# So many cells fit a narrow screen, and half of a wide one.
_CELLS = 17
# Of a cell's ground, in percent: the palest is seen, on the darkest its number can be read.
_PALEST, _DARKEST = 14, 45
_VOICE_COLOR = "#595959"
# What is told of an article below its title.
TOLD = ("outlet", "author", "date")
_COUNTS = ("n_hits", "n_quote", "n_paraphrase", "n_hedged")
_HITS = ("paragraph", "label", "subcategory", "voice", "speaker", "certainty")


class _Row(NamedTuple):
    """A row of the strip: its name and colours, and each paragraph's hits with their depth."""

    name: str
    color: str
    color_on_dark: str
    cells: list[tuple[int, int, int]]


def article_parts(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    categories: pd.DataFrame,
    *,
    document_id: str,
    looks: Looks | None = None,
    attributions: pd.DataFrame | None = None,
    document: dict[str, Any] | None = None,
    language: LanguageName | None = None,
) -> dict[str, Any]:
    """Return what `article.html.j2` shows of a document, of tables that are checked already."""
    article = paragraphs[paragraphs["document_id"] == document_id]
    article = article.sort_values("paragraph", ignore_index=True)
    counted = counted_hits(hits[hits["document_id"] == document_id], categories)
    text = highlight(
        article, hits, attributions, document_id=document_id, anchored=True, looks=looks
    )
    frames = counted[counted["is_frame"].astype(bool)]
    known = frames[frames["voice"].notna()]
    speakers = speakers_of(counted)
    credited = set(speakers["category"])
    named = [label for label in categories["label"] if label in credited]
    return {
        "title": article_title(article, document),
        "facts": [*_metadata(article, document or {}), *_amounts(article)],
        "n_hits": len(counted),
        "sentences": tell_document(article, counted, categories, speakers, language),
        "strip": _strip(article, counted, known, categories),
        "text": text.html,
        "hits": _hit_rows(counted),
        "frames": [plain_label(label) for label in named],
        "speakers": _speaker_rows(speakers, named),
    }


def article_title(article: pd.DataFrame, document: dict[str, Any] | None = None) -> str:
    """Return the title of the metadata, else the headline in the text, else the id."""
    titles = [(document or {}).get("title"), *article.loc[article["role"] == "headline", "text"]]
    told = [plain_label(title) for title in titles if not pd.isna(title)]
    return next(filter(None, told), plain_label(article["document_id"].iloc[0]))


def _metadata(article: pd.DataFrame, document: dict[str, Any]) -> list[str]:
    carried = {name: article[name].iloc[0] for name in TOLD if name in article}
    told = [(carried | document).get(name) for name in TOLD]
    return [
        f"{own:%Y-%m-%d}" if isinstance(own, pd.Timestamp) else plain_label(own)
        for own in told
        if not pd.isna(own)
    ]


def _amounts(article: pd.DataFrame) -> list[str]:
    amounts = ((len(article), "paragraph"), (int(article["n_tokens"].sum()), "token"))
    return [f"{number:,} {what}{'' if number == 1 else 's'}" for number, what in amounts]


def _strip(
    article: pd.DataFrame, counted: pd.DataFrame, known: pd.DataFrame, categories: pd.DataFrame
) -> list[tuple[list[int], list[list[_Row]]]]:
    """Count hits by paragraph, in blocks that fit the page: of each category, by each voice."""
    styles = category_styles(categories["label"])
    voices = VOICES if len(known) else ()
    groups = [
        (counted["label"], counted, [(label, styles[label].color) for label in styles]),
        (known["voice"], known, [(voice, _VOICE_COLOR) for voice in voices]),
    ]
    counts = [Counter(zip(names, own["paragraph"], strict=True)) for names, own, _ in groups]
    return [
        (
            numbers,
            [
                [_row(name, color, numbers, count) for name, color in rows]
                for count, (_, _, rows) in zip(counts, groups, strict=True)
            ],
        )
        for numbers in _blocks(article["paragraph"].tolist())
    ]


def _blocks(numbers: list[int]) -> list[list[int]]:
    """Part paragraphs into blocks of nearly the same length."""
    n_blocks = -(-len(numbers) // _CELLS)
    size = -(-len(numbers) // n_blocks)
    return [numbers[first : first + size] for first in range(0, len(numbers), size)]


def _row(name: str, color: str, numbers: list[int], counts: Counter[tuple[str, int]]) -> _Row:
    # A text whose paragraphs have a hit or two has no dark cells.
    most = max([4, *counts.values()])
    own = [(number, counts[name, number]) for number in numbers]
    depths = [round(_PALEST + (_DARKEST - _PALEST) * count / most) for _, count in own]
    cells = [(*cell, depth) for cell, depth in zip(own, depths, strict=True)]
    return _Row(plain_label(name), color, on_dark(color), cells)


def _hit_rows(counted: pd.DataFrame) -> list[tuple[str, list[str]]]:
    rows = counted[list(_HITS)].astype(object)
    cells = rows.where(rows.notna(), "").itertuples(index=False)
    surfaces = counted["surface"].map(plain_label)
    return [
        (words, [plain_label(value) for value in row])
        for words, row in zip(surfaces, cells, strict=True)
    ]


def _speaker_rows(speakers: pd.DataFrame, named: list[str]) -> list[tuple[str, list[int]]]:
    """List each speaker's hits: all, in quotations, in paraphrase, hedged, of each frame."""
    rows: dict[str, list[int]] = {}
    for speaker, label, *counts in speakers[["speaker", "category", *_COUNTS]].to_numpy().tolist():
        own = rows.setdefault(speaker, [0] * (len(_COUNTS) + len(named)))
        for place, count in enumerate(counts):
            own[place] += count
        own[len(_COUNTS) + named.index(label)] = counts[0]
    ordered = sorted(rows, key=lambda own: (own != NARRATOR, own == UNKNOWN, -rows[own][0], own))
    return [(plain_label(name), rows[name]) for name in ordered]
