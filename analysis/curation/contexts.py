"""Hits in context, drawn by chance and the same whatever the order of rows."""

import hashlib

import pandas as pd

from analysis.hits.kwic import keywords_in_context
from analysis.tables.schema import PLACE

_PLACE = [*PLACE, "start", "end"]
_WIDTH = 90


def draw_order(hits: pd.DataFrame, seed: int) -> pd.Series:
    """Return for each hit what it is drawn by: the same number for the same place and seed."""
    places = zip(*(hits[name].tolist() for name in _PLACE), strict=True)
    numbers = (
        int.from_bytes(hashlib.sha256(repr((seed, *place)).encode()).digest()[:7])
        for place in places
    )
    return pd.Series(numbers, index=hits.index, dtype="int64")


def draw_contexts(
    paragraphs: pd.DataFrame, hits: pd.DataFrame, *, n: int, seed: int, skip: int = 0
) -> pd.DataFrame:
    """Return a drawn part of the hits as table ``contexts``: `n` after the first `skip`."""
    drawn = hits.take(draw_order(hits, seed).to_numpy().argsort(kind="stable"))
    return keywords_in_context(paragraphs, drawn.iloc[skip : skip + n], width=_WIDTH)
