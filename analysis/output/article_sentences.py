"""One article in sentences: which frames stand where, who says so, and how surely."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from analysis.errors import TableError, check_text
from analysis.figures.style import category_styles, plain_label
from analysis.languages.language import LanguageName
from analysis.languages.measured import drawn_certainties
from analysis.output.highlighted import UNDERLINES
from analysis.scores.speakers import NARRATOR, UNKNOWN, count_speakers
from analysis.tables.checks import (
    category_labels,
    check_hits,
    check_table,
    empty_table,
    positions,
    unknown_document,
)
from analysis.tables.naming import listed
from analysis.text.marks import marks_of

# Paragraphs next to each other that are told as one place.
_PASSAGE = 3
_MOST_CATEGORIES, _MOST_SPEAKERS = 6, 3
_SAID_BY = {
    "narrator": "the narrator says",
    "quote": "quotations hold",
    "paraphrase": "paraphrases hold",
}


def describe_document(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    scores: pd.DataFrame,
    *,
    document_id: str,
    language: LanguageName | None = None,
) -> str:
    """Say in a few sentences which frames an article has, where, in whose voice, how surely.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.
    hits : pandas.DataFrame
        Table ``hits`` found in these paragraphs.
    scores : pandas.DataFrame
        Table ``scores`` of these hits: its categories are told, also those without a hit.
    document_id : str
        The article to describe.
    language : str or os.PathLike, optional
        Language of the texts; by default the column of `paragraphs`, else English.

    Returns
    -------
    str
        Two to four lines of short sentences. Frames come by their number of hits. A place is
        the first run of three paragraphs with most hits; where it has fewer than three, or a run
        that shares no paragraph with it has as many, the hits are spread over the text. Voice,
        speakers and certainty are those of the hits of frames, without hedging and boosters.
        Vetoed hits do not count.

    Raises
    ------
    TableError
        If a table breaks its schema, the document is not in `paragraphs`, a hit does not lie
        where its paragraph's text says, or `scores` lack a category of the hits.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["Talks resume\\n\\nThe threat is real. The threat grows, Ana Rell said."]
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts, ["a"]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    >>> print(fa.describe_document(paragraphs, hits, scores, document_id="a"))
    Security has 2 hits in paragraph 1. The headline has no hit.
    Of the 2 hits of frames, the narrator says 1 (50 %) and paraphrases hold 1 (50 %). The \
speaker is Ana Rell (1 hit).
    No hedge and no negation reaches any of them.
    """
    check_text("document_id", document_id)
    paragraphs, hits, _ = check_hits(paragraphs, hits)
    categories = label_categories(hits, check_table(scores, "scores", unique=False))
    article = paragraphs[paragraphs["document_id"] == document_id]
    if article.empty:
        raise TableError(unknown_document(paragraphs, "paragraphs", document_id))
    counted = counted_hits(hits[hits["document_id"] == document_id], categories)
    told = tell_document(article, counted, categories, speakers_of(counted), language)
    return "\n".join(told)


def label_categories(hits: pd.DataFrame, scores: pd.DataFrame | None = None) -> pd.DataFrame:
    """List the categories of scores, else of hits, as figures order them, with their labels."""
    found = hits[["lexicon", "category"]].drop_duplicates()
    known = found if scores is None else scores[["lexicon", "category"]].drop_duplicates()
    stray = found[positions(known, found) < 0]
    if len(stray):
        lexicon, category = stray.iloc[0]
        raise TableError(
            f"the scores lack the category {category!r} of {lexicon}, which has hits; give the "
            "scores of these hits"
        )
    known = known.assign(label=category_labels(known))
    known["is_frame"] = ~known["lexicon"].str.partition("@")[0].isin(UNDERLINES)
    if not known["is_frame"].any():
        known["is_frame"] = True
    order = list(category_styles(known["label"]))
    return known.sort_values("label", key=lambda own: own.map(order.index), ignore_index=True)


def counted_hits(hits: pd.DataFrame, categories: pd.DataFrame) -> pd.DataFrame:
    """Return the hits that count, in the order of the text, each with its category's label."""
    counted = hits[hits["blocked_by"].isna()]
    counted = counted.merge(categories, on=["lexicon", "category"], how="left")
    order = ["paragraph", "start", "end", "lexicon", "category", "entry"]
    return counted.sort_values(order, ignore_index=True)


def speakers_of(counted: pd.DataFrame) -> pd.DataFrame:
    """Count the hits of frames by speaker and label, as the table ``speakers``."""
    known = counted[counted["is_frame"].astype(bool) & counted["voice"].notna()]
    if known.empty:
        return empty_table("speakers")
    return count_speakers(known.assign(category=known["label"], lexicon=""))


def tell_document(
    article: pd.DataFrame,
    counted: pd.DataFrame,
    categories: pd.DataFrame,
    speakers: pd.DataFrame,
    language: LanguageName | None,
) -> list[str]:
    """Tell of an article by its paragraphs and the hits that count."""
    frames = counted[counted["is_frame"].astype(bool)]
    told = [_tell_frames(article, frames, categories.loc[categories["is_frame"], "label"])]
    if len(frames):
        told += _tell_voices(article, frames, speakers, language)
    cues = categories.loc[~categories["is_frame"], "label"]
    if len(cues):
        numbers = [f"{_hits((counted['label'] == label).sum())} of {label}" for label in cues]
        told.append(f"The whole text has {listed(numbers)}.")
    return told


def _tell_frames(article: pd.DataFrame, frames: pd.DataFrame, labels: pd.Series) -> str:
    numbers = sorted(article["paragraph"])
    found = Counter(frames["label"])
    # Labels come in the order of figures, which ties keep.
    present = sorted((label for label in labels if found[label]), key=lambda own: -found[own])
    absent = [plain_label(label) for label in labels if not found[label]]
    told = []
    for label in present[:_MOST_CATEGORIES]:
        where = _where(Counter(frames.loc[frames["label"] == label, "paragraph"]), numbers)
        told.append(f"{_begun(plain_label(label))} has {_hits(found[label])} {where}.")
    if rest := present[_MOST_CATEGORIES:]:
        n_hits = _hits(sum(found[label] for label in rest))
        others = "Another category has" if len(rest) == 1 else f"{len(rest):,} others have"
        told.append(f"{others} {n_hits}{' together' * (len(rest) > 1)}.")
    if not present:
        several = "paragraph" if len(numbers) == 1 else "paragraphs"
        return f"No hits of {listed(absent, 'or')} in {len(numbers):,} {several}."
    if absent:
        told.append(f"There are no hits of {listed(absent, 'or')}.")
    if (article["role"] == "headline").any():
        told.append(_tell_headline(article, frames))
    return " ".join(told)


def _begun(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _tell_headline(article: pd.DataFrame, frames: pd.DataFrame) -> str:
    headline = article.loc[article["role"] == "headline", "paragraph"]
    own = Counter(frames.loc[frames["paragraph"].isin(headline), "label"])
    parts = [f"{number:,} of {plain_label(label)}" for label, number in own.most_common()]
    return f"The headline has {listed(parts) if parts else 'no hit'}."


def _where(counts: Counter[int], numbers: Sequence[int]) -> str:
    """Say in which paragraphs the hits of a category stand, and where they stand thickest."""
    places = sorted(counts)
    if len(places) <= _PASSAGE:
        return f"in {_paragraphs(places)}"
    told = f"in {len(places):,} of {len(numbers):,} paragraphs"
    runs = [numbers[first : first + _PASSAGE] for first in range(len(numbers) - _PASSAGE + 1)]
    sums = [sum(counts[number] for number in run) for run in runs]
    most = max(sums)
    first = sums.index(most)
    if most < _PASSAGE or most in sums[first + _PASSAGE :]:
        return f"{told}, spread over the text"
    run = runs[first]
    held = [place for place, number in enumerate(run) if counts[number]]
    return f"{told}, densest in {_paragraphs(run[held[0] : held[-1] + 1])} ({most:,})"


def _paragraphs(places: Sequence[int]) -> str:
    """Name paragraphs, those that follow each other by the first and the last."""
    if len(places) == 1:
        return f"paragraph {places[0]}"
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return f"paragraphs {places[0]} to {places[-1]}"
    return f"paragraphs {listed([str(place) for place in places])}"


def _tell_voices(
    article: pd.DataFrame,
    frames: pd.DataFrame,
    speakers: pd.DataFrame,
    language: LanguageName | None,
) -> list[str]:
    known = frames[frames["voice"].notna()]
    if known.empty:
        unmarked = marks_of(" ".join(article.sort_values("paragraph")["text"])).are_missing
        why = "the text has no capitals or no full stops" if unmarked else "it was not determined"
        return [f"Who says it, and how surely, is unknown: {why}."]
    n, n_all = len(known), len(frames)
    which = "" if n == n_all else f" with a known voice ({n_all:,} in all)"
    voices = Counter(known["voice"])
    parts = [f"{who} {_share(voices[own], n)}" for own, who in _SAID_BY.items() if voices[own]]
    said = f"Of the {_hits(n)} of frames{which}, {listed(parts)}."
    return [
        " ".join([said, *_tell_speakers(speakers)]),
        *_tell_certainty(article, known, language),
    ]


def _tell_speakers(speakers: pd.DataFrame) -> list[str]:
    counts: Counter[str] = Counter()
    for name, number in zip(speakers["speaker"], speakers["n_hits"], strict=True):
        counts[name] += number
    nobody = counts.pop(UNKNOWN, 0)
    counts.pop(NARRATOR, None)
    ordered = sorted(counts.items(), key=lambda own: (-own[1], own[0]))
    parts = [
        f"{plain_label(name)} ({number:,}{'' if place else f' {_noun(number)}'})"
        for place, (name, number) in enumerate(ordered[:_MOST_SPEAKERS])
    ]
    if rest := ordered[_MOST_SPEAKERS:]:
        others = "1 other" if len(rest) == 1 else f"{len(rest):,} others"
        parts.append(f"{others} ({sum(number for _, number in rest):,})")
    told = f"The {'speaker is' if len(parts) == 1 else 'speakers are'} {listed(parts)}."
    unnamed = f"Of {_hits(nobody)} no speaker is named."
    return [told] * bool(parts) + [unnamed] * bool(nobody)


def _tell_certainty(
    article: pd.DataFrame, known: pd.DataFrame, language: LanguageName | None
) -> list[str]:
    sure = known[known["certainty"].notna()]
    if sure.empty:
        return []
    counts = Counter(sure["certainty"])
    if "negated" in drawn_certainties(article, language):
        hedged, negated = (_share(counts[own], len(sure)) for own in ("hedged", "negated"))
        told = f"Hedges reach {hedged} of them, negations {negated}."
    else:
        both = _share(counts["hedged"] + counts["negated"], len(sure))
        told = f"Hedges or negations reach {both} of them."
    if not counts["hedged"] + counts["negated"]:
        told = "No hedge and no negation reaches any of them."
    return [told]


def _share(number: int, whole: int) -> str:
    return f"{number:,} ({100 * number / whole:.0f} %)"


def _hits(number: int) -> str:
    return f"{number:,} {_noun(number)}"


def _noun(number: int) -> str:
    return "hit" if number == 1 else "hits"
