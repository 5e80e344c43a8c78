"""Codes of invented coders, and Krippendorff's formula written out pair by pair."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd


def codes_of(matrix: Sequence[Sequence[Any]], per_document: int | None = None) -> pd.DataFrame:
    """Return codes from a row for each coder and a column for each unit."""
    n_units = len(matrix[0])
    size = per_document or n_units
    return pd.DataFrame(
        {
            "document_id": [f"d{unit // size:03}" for _ in matrix for unit in range(n_units)],
            "paragraph": [unit % size for _ in matrix for unit in range(n_units)],
            "category": "security",
            "coder": [f"coder {n}" for n in range(len(matrix)) for _ in range(n_units)],
            "code": pd.Series(
                [None if code is None else str(code) for row in matrix for code in row], dtype="str"
            ),
        }
    )


def random_matrix(
    seed: int, *, n_coders: int = 3, n_units: int = 30, n_labels: int = 4, empty: float = 0.2
) -> list[list[int | None]]:
    """Return codes that agree by halves, some cells empty."""
    generator = np.random.default_rng(seed)
    truth = generator.integers(1, n_labels + 1, n_units)
    rows = []
    for _ in range(n_coders):
        guess = generator.integers(1, n_labels + 1, n_units)
        own = np.where(generator.random(n_units) < 0.5, truth, guess)
        left_out = generator.random(n_units) < empty
        rows.append([None if out else int(code) for code, out in zip(own, left_out, strict=True)])
    return rows


def slow_alpha(matrix: Sequence[Sequence[Any]], level: str) -> Fraction | None:
    """Compute alpha from every pair of codes, in exact fractions."""
    units = [[code for code in unit if code is not None] for unit in zip(*matrix, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    codes = [code for unit in units for code in unit]
    n_of = Counter(codes)

    def square(one: int, two: int) -> Fraction:
        if level == "nominal":
            return Fraction(one != two)
        if level == "interval":
            return Fraction(one - two) ** 2
        if level == "ratio":
            return Fraction(one - two, one + two) ** 2
        between = sum(n for code, n in n_of.items() if min(one, two) <= code <= max(one, two))
        return (between - Fraction(n_of[one] + n_of[two], 2)) ** 2

    within = [
        sum(square(one, two) for one, two in permutations(unit, 2)) / (len(unit) - 1)
        for unit in units
    ]
    among = sum(square(one, two) for one, two in permutations(codes, 2))
    if not among:
        return None
    return 1 - (len(codes) - 1) * sum(within) / among
