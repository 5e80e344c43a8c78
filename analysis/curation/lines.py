"""Hits in context as the page shows them, and the phrases that could exclude each."""

from typing import Any

import pandas as pd

from analysis.hits.kwic import keywords_in_context
from analysis.lexicons.terms import term_patterns
from analysis.tables.checks import rows_of
from analysis.tables.schema import PLACE
from analysis.text.tokens import tokenize

_WIDTH = 70
# Characters on either side of a hit in which the words of a phrase are looked for.
_AROUND = 80
# How many words of a phrase stand before the hit, and how many behind it.
_SHAPES = ((1, 0), (0, 1), (1, 1), (2, 0), (0, 2))


def lines_of(paragraphs: pd.DataFrame, hits: pd.DataFrame) -> list[dict[str, Any]]:
    """Return hits with the words beside them, and phrases made of these."""
    around = keywords_in_context(paragraphs, hits, width=_WIDTH)
    texts = hits[PLACE].merge(paragraphs[[*PLACE, "start", "text"]], on=PLACE, how="left")
    rows = []
    for line, text, base, start, end in zip(
        rows_of(around),
        *(texts["text"], texts["start"], hits["start"], hits["end"]),
        strict=True,
    ):
        first, last = start - base, end - base
        rows.append(
            {
                "document_id": line.document_id,
                # A blank only where the text has one: no "talks ."
                "left": line.left + (" " if text[first - 1 : first].isspace() else ""),
                "keyword": line.keyword,
                "right": (" " if text[last : last + 1].isspace() else "") + line.right,
                "phrases": phrases_around(text, first, last),
            }
        )
    return rows


def phrases_around(text: str, start: int, end: int) -> list[str]:
    """Return phrases of a hit's words with one or two more on either side."""
    first_read = max(start - _AROUND, 0)
    read = text[first_read : end + _AROUND]
    tokens = tokenize(read)
    spans = [tokens.original_span(place, place) for place in range(len(tokens.forms))]
    own = [
        place
        for place, (begin, stop) in enumerate(spans)
        if begin < end - first_read and stop > start - first_read
    ]
    if not own:
        return []
    phrases: list[str] = []
    for before, after in _SHAPES:
        first, last = own[0] - before, own[-1] + after
        # Words at the edge of what is read may be cut.
        whole = (first > 0 or first_read == 0) and (
            last < len(spans) - 1 or len(read) == len(text) - first_read
        )
        if first < 0 or last >= len(spans) or not whole:
            continue
        if all(tokens.joined(place) for place in range(first, last)):
            phrase = " ".join(read[spans[first][0] : spans[last][1]].lower().split())
            if term_patterns(phrase) is not None:
                phrases.append(phrase)
    return list(dict.fromkeys(phrases))
