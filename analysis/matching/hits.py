"""Paragraphs and lexica in, the table of hits out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.lexicons.model import Lexicon
from analysis.matching.compiled import CompiledLexica
from analysis.matching.engine import Nested, Scan, scan
from analysis.matching.inputs import compiled_for, texts_of
from analysis.tables import make_table, stack_tables
from analysis.text.sentences import sentence_spans

_PLACE = ["document_id", "paragraph", "start"]


def find_hits(
    paragraphs: pd.DataFrame,
    lexica: Lexicon | Sequence[Lexicon],
    *,
    nested: Nested = "category",
) -> pd.DataFrame:
    """Find every hit of one or more lexica in paragraphs.

    Matching runs on a folded view (R1, R2) over tokens (R3) with ``*`` and ``?``
    as wildcards (R4). Within a category the leftmost and there the longest entry
    wins and no character counts twice; categories are independent (R5). A hit
    that an exclusion phrase covers stays in the table with the phrase in
    ``blocked_by``, and counts nowhere (R7).

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``, or any with the columns document_id, paragraph,
        start (code points) and text.
    lexica : Lexicon or sequence of Lexicon
        What to look for, in one pass over the text.
    nested : {"category", "lexicon"}, default "category"
        With ``"lexicon"``, a hit inside a longer hit of another category of the
        same lexicon is blocked by that longer one.

    Returns
    -------
    pandas.DataFrame
        Table ``hits``, in order of the paragraphs and of place. The columns
        voice, speaker and certainty are null: not determined.

    Raises
    ------
    TypeError
        If `paragraphs` is no table or `lexica` holds something else.
    TableError
        If a column is missing, or a text is null.
    LexiconError
        If the same lexicon is given twice.
    ValueError
        If `nested` is something else.

    Examples
    --------
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["Social security is no border security."])
    >>> lexicon = fa.lexicon_from_dict(
    ...     "demo", {"security": {"terms": ["security"], "exclude": ["social security"]}})
    >>> hits = fa.find_hits(fa.split_paragraphs(documents), lexicon)
    >>> hits[["surface", "start", "end", "blocked_by"]].to_dict("records")
    [{'surface': 'security', 'start': 7, 'end': 15, 'blocked_by': 'social security'},
     {'surface': 'security', 'start': 29, 'end': 37, 'blocked_by': nan}]
    """
    compiled = compiled_for(paragraphs, lexica, nested, [*_PLACE, "text"])
    # A table for each batch: so much less is in memory than with lists of all rows.
    tables: list[pd.DataFrame] = []
    n_texts = 0
    for found in scan(compiled, texts_of(paragraphs), nested=nested):
        places = paragraphs[_PLACE].iloc[n_texts : n_texts + len(found.texts)]
        tables.append(_table(found, places, compiled))
        n_texts += len(found.texts)
    return stack_tables("hits", tables)


def _table(found: Scan, places: pd.DataFrame, compiled: CompiledLexica) -> pd.DataFrame:
    matches = found.matches
    start, end, text = matches["start"], matches["end"], matches["text"]
    of_match = places.take(text)
    offset = of_match["start"].to_numpy()
    spans = zip(text.tolist(), start.tolist(), end.tolist(), strict=True)
    unknown = {name: _nulls(len(matches)) for name in ("voice", "speaker", "certainty")}
    return make_table(
        "hits",
        {
            "document_id": of_match["document_id"],
            "paragraph": of_match["paragraph"],
            "sentence": _sentence_numbers(found),
            "start": offset + start,
            "end": offset + end,
            "surface": [found.texts[n][begin:stop] for n, begin, stop in spans],
            **_entry_columns(compiled, matches["entry"]),
            **unknown,
            "blocked_by": _blocking(compiled, matches["phrase"], matches["longer"]),
        },
    )


def _nulls(length: int) -> pd.Series:
    return pd.Series(None, index=pd.RangeIndex(length), dtype="str")


def _sentence_numbers(found: Scan) -> np.ndarray:
    """Return the number of the sentence that each match begins in."""
    with_hits, place = np.unique(found.matches["text"], return_inverse=True)
    if not len(with_hits):
        return place
    # All texts in a row, each after the last, so that one search finds all sentences.
    texts = [found.texts[text] for text in with_hits.tolist()]
    begins = [[start for start, _ in sentence_spans(text)] for text in texts]
    offset = np.cumsum([0, *map(len, texts[:-1])])
    n_before = np.cumsum([0, *map(len, begins[:-1])])
    starts = np.concatenate([np.add(b, o) for b, o in zip(begins, offset, strict=True)])
    at = np.searchsorted(starts, found.matches["start"] + offset[place], side="right") - 1
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
    series = {name: pd.Series(values, dtype="str") for name, values in columns.items()}
    series["weight"] = pd.Series([entry.weight for entry in entries], dtype=float)
    return {name: s.take(place).reset_index(drop=True) for name, s in series.items()}


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
