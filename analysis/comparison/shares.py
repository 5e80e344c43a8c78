"""Scores by voice and certainty in; which part of a category's hits each has in two groups out."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison.contrasts import Contrast, compare_units
from analysis.comparison.units import Draws, Units
from analysis.errors import TableError
from analysis.statistics.intervals import SAME_RATE
from analysis.tables.schema import SPLITS


def share_contrasts(
    units: Mapping[str, Units],
    measures: Sequence[tuple[Any, ...]],
    classes: Sequence[str],
    pairs: Sequence[tuple[str, ...]],
    unit: str,
    draws: Draws,
    *,
    match: str | None,
) -> tuple[pd.DataFrame, str]:
    """Return a row for each pair, category and value of each split column; and what they are."""
    parts = [name for name in SPLITS if name in classes]
    if not parts:
        raise TableError(
            "scores are not split, so that there are no shares to compare; make them with "
            "score_paragraphs(…, split=['voice', 'certainty'])"
        )
    table = pd.DataFrame(measures, columns=list(classes))
    keys = [name for name in classes if name not in parts]
    rows = []
    for _, own in table.groupby(keys, sort=False, dropna=False):
        for part in parts:
            values = list(dict.fromkeys(own[part].dropna()))
            columns = [own.index[own[part] == value] for value in values]
            known = {name: _known(group, columns) for name, group in units.items()}
            n_all = {name: group.hits[:, own.index].sum() for name, group in units.items()}
            of = f" with hits of known {part.replace('_', ' ')}"
            contrasts = compare_units(known, pairs, unit, draws, match=match, shares_of=of)
            for number, (pair, contrast) in enumerate(zip(pairs, contrasts, strict=True)):
                made = _shares(contrast, _why_unknown(pair, known, n_all, part))
                for name in keys:
                    made[name] = own[name].iloc[0]
                rows.append(
                    made.assign(
                        part=part, value=values, group_a=pair[0], group_b=pair[1], number=number
                    )
                )
    made = pd.concat(rows, ignore_index=True).sort_values("number", kind="stable")
    made["unit"] = unit
    n_values = sum(table[part].nunique() for part in parts)
    names = " and ".join(part.replace("_", " ") for part in parts)
    return made.drop(columns="number").reset_index(drop=True), f"{n_values} values of {names}"


def _known(units: Units, columns: Sequence[pd.Index]) -> Units:
    """Return the units that have hits of known values, with these in the place of tokens."""
    hits = np.zeros((len(units.tokens), len(columns)))
    for place, own in enumerate(columns):
        hits[:, place] = units.hits[:, own].sum(axis=1)
    known = hits.sum(axis=1)
    return units._replace(hits=hits, tokens=known).only(known > 0)


def _why_unknown(
    pair: Sequence[str], known: Mapping[str, Units], n_all: Mapping[str, float], part: str
) -> str:
    without = [name for name in pair if not len(known[name].tokens)]
    no_hits = [name for name in without if not n_all[name]]
    unknown = [name for name in without if n_all[name]]
    told = [f"no hits in {' and '.join(no_hits)}"] if no_hits else []
    if unknown:
        told.append(f"{part.replace('_', ' ')} is unknown in all hits of {' and '.join(unknown)}")
    return f"none: {', and '.join(told)}" if told else ""


def _shares(contrast: Contrast, why: str) -> pd.DataFrame:
    share_a, share_b = contrast.rates
    same = "none: every unit has the same share"
    made = np.where(contrast.made == SAME_RATE, same, contrast.made)
    return pd.DataFrame(
        {
            "share_a": share_a,
            "share_b": share_b,
            "difference": share_a - share_b,
            # Student's t does not know where shares end.
            "low": np.maximum(contrast.bounds.low, -1),
            "high": np.minimum(contrast.bounds.high, 1),
            "interval_method": why or made,
            "p": contrast.test.p,
            "smallest_p": contrast.test.smallest,
            "p_method": why or contrast.test.method,
            "n_units_a": len(contrast.one.tokens),
            "n_units_b": len(contrast.two.tokens),
            "n_hits_a": int(contrast.one.tokens.sum()),
            "n_hits_b": int(contrast.two.tokens.sum()),
        }
    )
