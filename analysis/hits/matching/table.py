"""Matches as the table of hits."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.hits.matching.compiled import CompiledLexica
from analysis.tables.checks import make_table


def hit_table(
    matches: np.ndarray,
    texts: Sequence[str],
    sentences: Sequence[int] | np.ndarray,
    places: pd.DataFrame,
    compiled: CompiledLexica,
) -> pd.DataFrame:
    """Make the table ``hits`` of matches; voice, speaker and certainty are null: not determined."""
    start, end, text = matches["start"], matches["end"], matches["text"]
    of_match = places.take(text)
    offset = of_match["start"].to_numpy()
    spans = zip(text.tolist(), start.tolist(), end.tolist(), strict=True)
    nulls = pd.Series(None, index=pd.RangeIndex(len(matches)), dtype="str")
    return make_table(
        "hits",
        {
            "document_id": of_match["document_id"],
            "paragraph": of_match["paragraph"],
            "sentence": sentences,
            "start": offset + start,
            "end": offset + end,
            "surface": [texts[n][begin:stop] for n, begin, stop in spans],
            "near_surface": _near_surfaces(matches, texts, nulls),
            **_entry_columns(compiled, matches["entry"]),
            **{name: nulls.copy() for name in _UNDETERMINED},
            "scare_quote": pd.Series(pd.NA, index=pd.RangeIndex(len(matches)), dtype="boolean"),
            "blocked_by": _blocking(compiled, matches["phrase"], matches["longer"], nulls),
        },
    )


# Columns that are null until the text around a hit was read.
_UNDETERMINED = (
    *("voice", "speaker", "speaker_kind", "speaker_mention", "speaker_group", "voice_cue"),
    *("certainty", "certainty_cue"),
)


def _near_surfaces(matches: np.ndarray, texts: Sequence[str], nulls: pd.Series) -> pd.Series:
    """Write the terms that matches ask for near them."""
    if not (matches["near_start"] >= 0).any():
        return nulls.copy()
    spans = zip(
        *(matches[name].tolist() for name in ("text", "near_start", "near_end")), strict=True
    )
    surfaces = [texts[n][begin:stop] if begin >= 0 else None for n, begin, stop in spans]
    return pd.Series(surfaces, dtype="str")


def sentence_numbers(
    matches: np.ndarray, sentences: dict[int, list[tuple[int, int]]], texts: Sequence[str]
) -> np.ndarray:
    """Return the number of the sentence that each match begins in, from 0."""
    with_hits, place = np.unique(matches["text"], return_inverse=True)
    if not len(with_hits):
        return place
    # All texts in a row, each after the last, so that one search finds all sentences.
    numbers = with_hits.tolist()
    begins = [[start for start, _ in sentences[number]] for number in numbers]
    offset = np.cumsum([0, *(len(texts[number]) for number in numbers[:-1])])
    n_before = np.cumsum([0, *map(len, begins[:-1])])
    starts = np.concatenate([np.add(b, o) for b, o in zip(begins, offset, strict=True)])
    at = np.searchsorted(starts, matches["start"] + offset[place], side="right") - 1
    return at - n_before[place]


def _entry_columns(compiled: CompiledLexica, numbers: np.ndarray) -> dict[str, pd.Series]:
    distinct, place = np.unique(numbers, return_inverse=True)
    entries = [compiled.entries[n] for n in distinct.tolist()]
    columns = {
        "lexicon": [compiled.lexica[compiled.lexicon_of[n]].id for n in distinct.tolist()],
        "category": [entry.category for entry in entries],
        "subcategory": [entry.subcategory for entry in entries],
        "entry": [entry.term for entry in entries],
    }
    table = pd.DataFrame(columns, dtype="str").assign(weight=[entry.weight for entry in entries])
    return {name: table[name].take(place) for name in (*columns, "weight")}


def _blocking(
    compiled: CompiledLexica, phrase: np.ndarray, longer: np.ndarray, nulls: pd.Series
) -> pd.Series:
    """Name what blocks each match: an exclusion phrase, or a longer entry around it."""
    blocking = nulls.copy()
    blocked = np.flatnonzero((phrase >= 0) | (longer >= 0))
    names = [
        compiled.phrases[p] if p >= 0 else compiled.entries[e].term
        for p, e in zip(phrase[blocked].tolist(), longer[blocked].tolist(), strict=True)
    ]
    if names:
        blocking.iloc[blocked] = names
    return blocking
