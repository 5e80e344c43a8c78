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
    """Make the table of hits of some matches.

    Parameters
    ----------
    matches : numpy.ndarray
        Matches (`search.MATCHES`), whose ``text`` counts within `texts`.
    texts : sequence of str
        The texts.
    sentences : sequence of int
        For each match the sentence it begins in.
    places : pandas.DataFrame
        Columns document_id, paragraph and start, a row for each text.
    compiled : CompiledLexica
        The lexica that were found.

    Returns
    -------
    pandas.DataFrame
        Table ``hits``. Voice, speaker and certainty are null: not determined.

    Examples
    --------
    >>> import analysis as fa
    >>> from analysis.hits.matching.compiled import compile_lexica
    >>> from analysis.hits.matching.engine import scan
    >>> from analysis.hits.matching.table import hit_table
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Aid is late."]))
    >>> compiled = compile_lexica([fa.lexicon_from_dict("k", {"a": ["aid"]})])
    >>> (found,) = scan(compiled, ["Aid is late."])
    >>> hit_table(found.matches, found.texts, [0], paragraphs, compiled)["surface"].tolist()
    ['Aid']
    """
    start, end, text = matches["start"], matches["end"], matches["text"]
    of_match = places.take(text)
    offset = of_match["start"].to_numpy()
    spans = zip(text.tolist(), start.tolist(), end.tolist(), strict=True)
    return make_table(
        "hits",
        {
            "document_id": of_match["document_id"],
            "paragraph": of_match["paragraph"],
            "sentence": sentences,
            "start": offset + start,
            "end": offset + end,
            "surface": [texts[n][begin:stop] for n, begin, stop in spans],
            **_entry_columns(compiled, matches["entry"]),
            **{name: _nulls(len(matches)) for name in _UNDETERMINED},
            "scare_quote": pd.Series(pd.NA, index=pd.RangeIndex(len(matches)), dtype="boolean"),
            "blocked_by": _blocking(compiled, matches["phrase"], matches["longer"]),
        },
    )


# Columns that are null until the text around a hit was read.
_UNDETERMINED = (
    *("voice", "speaker", "speaker_kind", "speaker_mention", "speaker_group", "voice_cue"),
    *("certainty", "certainty_cue"),
)


def _nulls(length: int) -> pd.Series:
    return pd.Series(None, index=pd.RangeIndex(length), dtype="str")


def sentence_numbers(
    matches: np.ndarray, sentences: dict[int, list[tuple[int, int]]], texts: Sequence[str]
) -> np.ndarray:
    """Return the number of the sentence that each match begins in.

    Parameters
    ----------
    matches : numpy.ndarray
        Matches, whose ``text`` counts within `texts`.
    sentences : dict of int to list of tuple of int
        Of each text with matches, the sentences.
    texts : sequence of str
        The texts.

    Returns
    -------
    numpy.ndarray
        One number for each match, from 0.

    Examples
    --------
    >>> import numpy as np
    >>> from analysis.hits.matching.table import sentence_numbers
    >>> from analysis.hits.matching.search import MATCHES
    >>> matches = np.zeros(1, dtype=MATCHES)
    >>> matches["start"] = 4
    >>> sentence_numbers(matches, {0: [(0, 3), (4, 8)]}, ["One. Two"]).tolist()
    [1]
    """
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


def _blocking(compiled: CompiledLexica, phrase: np.ndarray, longer: np.ndarray) -> pd.Series:
    """Name what blocks each match: an exclusion phrase, or a longer entry around it."""
    blocking = _nulls(len(phrase))
    blocked = np.flatnonzero((phrase >= 0) | (longer >= 0))
    names = [
        compiled.phrases[p] if p >= 0 else compiled.entries[e].term
        for p, e in zip(phrase[blocked].tolist(), longer[blocked].tolist(), strict=True)
    ]
    if names:
        blocking.iloc[blocked] = names
    return blocking
