"""Hits drawn to be read, by a seed and in whichever order the table has them."""

import hashlib

import pandas as pd

from analysis.tables.schema import PLACE

_PLACE = [*PLACE, "start", "end"]


def in_drawn_order(table: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return rows that have a place in a text in an order that the places and the seed decide."""
    places = zip(*(table[name].tolist() for name in _PLACE), strict=True)
    keys = [
        hashlib.sha256(f"{seed} {place}".encode("utf-8", "backslashreplace")).digest()
        for place in places
    ]
    return table.iloc[sorted(range(len(keys)), key=keys.__getitem__)]
