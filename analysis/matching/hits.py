"""Paragraphs and lexica in, the table of hits out."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

import pandas as pd

from analysis.errors import LexiconError, TableError
from analysis.lexicons.model import Lexicon
from analysis.matching.compiled import compile_lexicon
from analysis.matching.search import search
from analysis.tables import TABLES, check_texts, make_table
from analysis.text.sentences import sentence_spans
from analysis.text.tokens import tokenize

_NEEDED = ("document_id", "paragraph", "start", "text")


def find_hits(
    paragraphs: pd.DataFrame,
    lexica: Lexicon | Sequence[Lexicon],
    *,
    nested: Literal["category", "lexicon"] = "category",
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
    chosen = lexicon_list(lexica)
    if nested not in ("category", "lexicon"):
        raise ValueError(f"nested is {nested!r}; give 'category' or 'lexicon'")
    _check_paragraphs(paragraphs)
    rows: list[tuple[object, ...]] = []
    compiled = [compile_lexicon(lexicon) for lexicon in chosen]
    for document_id, paragraph, offset, text in zip(
        *(paragraphs[column].tolist() for column in _NEEDED), strict=True
    ):
        tokens = tokenize(text)
        sentences: list[int] | None = None
        for lexicon in compiled:
            for match in search(lexicon, tokens, text, nested):
                if sentences is None:
                    sentences = [start for start, _ in sentence_spans(text)]
                start, end = tokens.original_span(match.first, match.last)
                entry = lexicon.entries[match.entry]
                rows.append(
                    (
                        document_id,
                        paragraph,
                        bisect_right(sentences, start) - 1,
                        offset + start,
                        offset + end,
                        text[start:end],
                        lexicon.lexicon.id,
                        entry.category,
                        entry.subcategory,
                        entry.term,
                        entry.weight,
                        None,
                        None,
                        None,
                        match.blocked_by,
                    )
                )
    names = list(TABLES["hits"].columns)
    values = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return make_table("hits", dict(zip(names, values, strict=True)))


def lexicon_list(lexica: Lexicon | Sequence[Lexicon]) -> list[Lexicon]:
    """Return one or more lexica as a list, each once.

    Parameters
    ----------
    lexica : Lexicon or sequence of Lexicon
        What the user gave.

    Returns
    -------
    list of Lexicon
        At least one.

    Raises
    ------
    TypeError
        If something else is among them.
    LexiconError
        If there is none, or one stands twice.

    Examples
    --------
    >>> import analysis as fa
    >>> from analysis.matching.hits import lexicon_list
    >>> len(lexicon_list(fa.load_lexicon("framing")))
    1
    """
    chosen = [lexica] if isinstance(lexica, Lexicon) else lexica
    if isinstance(chosen, str) or not isinstance(chosen, Sequence):
        raise TypeError(
            f"a Lexicon or a list of them was expected, not {type(lexica).__name__}; make one with "
            "load_lexicon or lexicon_from_dict"
        )
    for lexicon in chosen:
        if not isinstance(lexicon, Lexicon):
            raise TypeError(
                f"a Lexicon was expected, not {type(lexicon).__name__}; make one with load_lexicon "
                "or lexicon_from_dict"
            )
    if not chosen:
        raise LexiconError("no lexicon was given; load one with load_lexicon")
    repeated = [x.id for n, x in enumerate(chosen) if x.id in {y.id for y in chosen[:n]}]
    if repeated:
        raise LexiconError(f"lexicon {repeated[0]} was given twice; give it once")
    return list(chosen)


def _check_paragraphs(paragraphs: pd.DataFrame) -> None:
    if not isinstance(paragraphs, pd.DataFrame):
        raise TypeError(
            f"paragraphs must be a DataFrame, not {type(paragraphs).__name__}; make it with "
            "split_paragraphs(documents_from_texts([…]))"
        )
    missing = [column for column in _NEEDED if column not in paragraphs.columns]
    if missing:
        raise TableError(
            f"the paragraphs table has no column {missing[0]!r}; make it with split_paragraphs"
        )
    check_texts(paragraphs, "paragraphs")
