"""Warnings of what the units of groups let nobody conclude."""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis.comparison.units import Units
from analysis.errors import StatisticsWarning
from analysis.statistics.intervals import FEWEST_UNITS, MANY_UNITS

_NAMED = 5
# Of so many documents and hits, none should carry more than this share by itself.
FEWEST_HITS, MUCH = 5, 1 / 3


def warn_of_few(names: Sequence[str], unit: str) -> None:
    """Name the groups of so few units that their intervals are too narrow."""
    if names:
        _warn(
            f"few {unit}s in {_some_of([*map(repr, names)])}: intervals from fewer than "
            f"{MANY_UNITS} are too narrow, and from fewer than {FEWEST_UNITS} there are none"
        )


def warn_of_months(units: Mapping[str, Units], pairs: Sequence[tuple[str, ...]]) -> None:
    """Name the pairs whose dated documents share no month."""
    months = {
        name: set(own.dates[~np.isnat(own.dates)].astype("datetime64[M]").tolist())
        for name, own in units.items()
    }
    apart = [
        f"{one!r} and {two!r}"
        for one, two in pairs
        if months[one] and months[two] and not months[one] & months[two]
    ]
    if apart:
        _warn(
            f"no month has documents of both {_some_of(apart)}: what differs may be the time "
            "and not the group"
        )


def warn_of_single_documents(
    units: Mapping[str, Units], measures: Sequence[tuple[Any, ...]]
) -> None:
    """Name the documents that carry much of a group's hits of a category."""
    categories = list(dict.fromkeys(measure[:2] for measure in measures))
    place = np.array([categories.index(measure[:2]) for measure in measures], dtype=int)
    told = []
    for name, own in units.items():
        hits = np.column_stack(
            [own.hits[:, place == n].sum(axis=1) for n in range(len(categories))]
        )
        for (_, category), counts in zip(categories, hits.T, strict=True):
            if len(counts) >= FEWEST_UNITS and counts.sum() >= FEWEST_HITS:
                most = int(counts.argmax())
                share = counts[most] / counts.sum()
                if share > MUCH:
                    of = f"{own.documents[most]!r} ({100 * share:.0f} % of {category} in {name!r}"
                    told.append(f"{of})")
    if told:
        _warn(
            f"one document carries more than a third of a group's hits: {_some_of(told)}; "
            "compare without it, too"
        )


def warn_of_undated(n_documents: int) -> None:
    """Say how many documents are in no week."""
    if n_documents:
        told = "1 document has" if n_documents == 1 else f"{n_documents:,} documents have"
        _warn(f"{told} no date, and no place in the weeks that are compared")


def _some_of(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    more = f" and {len(distinct) - _NAMED:,} more" if len(distinct) > _NAMED else ""
    return f"{', '.join(distinct[:_NAMED])}{more}"


def _warn(message: str) -> None:
    # Where the user called the verb that called a function of its module, and this one.
    warnings.warn(message, StatisticsWarning, stacklevel=5)
