"""Paragraphs and lexica in, the table of hits out."""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.lexicons.model import Lexicon
from analysis.matching.compiled import CompiledLexica
from analysis.matching.engine import Nested, Scan, scan
from analysis.matching.inputs import compiled_for, texts_of
from analysis.matching.search import MATCHES
from analysis.tables import make_table
from analysis.text.sentences import sentence_spans

_PLACE = ("document_id", "paragraph", "start")


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
    parts = [np.empty(0, dtype=MATCHES)]
    surfaces: list[str] = []
    sentences: list[int] = []
    n_texts = 0
    for found in scan(compiled, texts_of(paragraphs), nested=nested):
        places = found.matches[["text", "start", "end"]].tolist()
        surfaces += [found.texts[text][start:end] for text, start, end in places]
        sentences += _sentence_numbers(found)
        found.matches["text"] += n_texts
        n_texts += len(found.texts)
        parts.append(found.matches)
    matches = np.concatenate(parts)
    row = matches["text"]
    document_id, paragraph, offset = (paragraphs[column].take(row) for column in _PLACE)
    return make_table(
        "hits",
        {
            "document_id": document_id,
            "paragraph": paragraph,
            "sentence": sentences,
            "start": offset.to_numpy() + matches["start"],
            "end": offset.to_numpy() + matches["end"],
            "surface": surfaces,
            **_entry_columns(compiled, matches["entry"]),
            **dict.fromkeys(("voice", "speaker", "certainty"), [None] * len(matches)),
            "blocked_by": _blocking(compiled, matches),
        },
    )


def _sentence_numbers(found: Scan) -> list[int]:
    """Return the number of the sentence that each match begins in."""
    numbers: list[int] = []
    last_text, starts = -1, [0]
    for text, start in found.matches[["text", "start"]].tolist():
        if text != last_text:
            last_text, starts = text, [begin for begin, _ in sentence_spans(found.texts[text])]
        numbers.append(bisect_right(starts, start) - 1)
    return numbers


def _entry_columns(compiled: CompiledLexica, numbers: np.ndarray) -> dict[str, pd.Series]:
    distinct, place = np.unique(numbers, return_inverse=True)
    entries = [compiled.entries[n] for n in distinct.tolist()]
    columns = {
        "lexicon": [compiled.lexica[compiled.lexicon_of[n]].id for n in distinct.tolist()],
        "category": [entry.category for entry in entries],
        "subcategory": [entry.subcategory for entry in entries],
        "entry": [entry.term for entry in entries],
    }
    taken = {name: pd.Series(values, dtype="str").take(place) for name, values in columns.items()}
    return taken | {"weight": pd.Series([e.weight for e in entries], dtype=float).take(place)}


def _blocking(compiled: CompiledLexica, matches: np.ndarray) -> list[str | None]:
    """Name what blocks each match: an exclusion phrase, or a longer entry around it."""
    blocking: list[str | None] = [None] * len(matches)
    for place in np.flatnonzero((matches["phrase"] >= 0) | (matches["longer"] >= 0)).tolist():
        phrase, longer = matches[["phrase", "longer"]][place].tolist()
        blocking[place] = compiled.phrases[phrase] if phrase >= 0 else compiled.entries[longer].term
    return blocking
