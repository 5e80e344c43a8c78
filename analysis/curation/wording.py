"""What the page says of figures: one short sentence for each thing that a change does."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.curation.effects import meets, spans_of
from analysis.statistics.intervals import wilson_interval
from analysis.tables.naming import listed
from analysis.tables.schema import PLACE

_MOST_SURFACES = 6
_MOST_MOVED = 4


def effect_sentences(
    tables: Mapping[str, pd.DataFrame],
    *,
    category: str,
    by: str | None = None,
    coded: tuple[int, int] | None = None,
) -> list[str]:
    """Say what a change does to the hits of a category, the most important first.

    `coded` counts positive and all coded paragraphs with a hit of the changed entry.
    """
    [row] = tables["effects"].to_dict("records")
    gained, lost = tables["gained"], tables["lost"]
    # A longer term takes words over from a shorter one: nothing is new, and nothing is gone.
    new, gone = gained[~_meets(gained, lost)], lost[~_meets(lost, gained)]
    return [
        _changed(row, new, gone, category),
        *_taken_over(gained, new),
        *_words(gained),
        *_overlapping(tables["overlaps"], new),
        *_ranking(tables["ranks"], row, by),
        *_validity(row),
        *_of_coded(coded, category),
    ]


def entry_sentences(
    hits: pd.DataFrame, *, category: str, coded: tuple[int, int] | None = None
) -> list[str]:
    """Say what an entry of a category finds, of its counted hits."""
    if hits.empty:
        return ["It finds nothing in these texts."]
    return [f"It finds {_places(hits)}.", *_words(hits), *_of_coded(coded, category)]


def nothing_sentence(alone: pd.DataFrame) -> str:
    """Say why an entry changes no hit, of the hits that it would have alone."""
    if alone.empty:
        return "It does not occur in these texts."
    counted = alone[alone["blocked_by"].isna()]
    if counted.empty:
        return f"It changes nothing: {plural(len(alone), 'place')} and all excluded."
    return f"It changes nothing: what it finds ({_places(counted)}) is found already."


def counters(*, n_entries: int, hits: pd.DataFrame, n_documents: int, version: str) -> str:
    """Say how large a category is by now."""
    counted = hits[hits["blocked_by"].isna()]
    return (
        f"{plural(n_entries, 'entry', 'entries')} · {plural(len(counted), 'hit')} in "
        f"{counted['document_id'].nunique():,} of {plural(n_documents, 'document')} · "
        f"version {version}"
    )


def judged(n_true: int, n_judged: int, low: float, high: float) -> str:
    """Say how many judged hits are right, with their interval."""
    return f"{n_true} of {n_judged} right, {share(low)}–{share(high)}" if n_judged else ""


def share(value: float) -> str:
    """Write a share as the field does: .85, 1.00; a dash where there is none."""
    return "–" if pd.isna(value) else f"{value:.2f}".removeprefix("0")


def percent(value: float, digits: int = 1) -> str:
    """Write a share in per cent."""
    return "–" if pd.isna(value) else f"{100 * value:.{digits}f} %"


def plural(n: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _meets(hits: pd.DataFrame, others: pd.DataFrame) -> np.ndarray:
    """Tell which hits share characters with one of the others."""
    both = pd.concat([hits, others], ignore_index=True)
    placed = both.assign(row=both.groupby(PLACE).ngroup())
    return meets(placed.iloc[: len(hits)], spans_of(placed.iloc[len(hits) :]))


def _changed(row: Mapping[Any, Any], gained: pd.DataFrame, lost: pd.DataFrame, name: str) -> str:
    if gained.empty and lost.empty:
        return "It adds nothing and takes nothing away."
    if lost.empty:
        what = f"Adds {_places(gained)}"
    elif gained.empty:
        what = f"Takes away {_places(lost)}"
    else:
        what = f"Adds {_places(gained)} and takes away {len(lost):,}"
    shares = [row[f"share_paragraphs_{when}"] for when in ("before", "after")]
    before, after = map(percent, shares)
    if before == after and shares[0] != shares[1]:
        before, after = (percent(one, digits=2) for one in shares)
    moves = f"goes from {before} to {after}" if before != after else f"stays at {after}"
    return f"{what}; the share of paragraphs with {name} {moves}."


def _places(hits: pd.DataFrame) -> str:
    return (
        f"{plural(len(hits), 'hit')} in {plural(len(hits.drop_duplicates(PLACE)), 'paragraph')} "
        f"of {plural(hits['document_id'].nunique(), 'document')}"
    )


def _taken_over(gained: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    n = len(gained) - len(new)
    return [f"It takes over {plural(n, 'hit')} from other entries."] if n else []


def _words(gained: pd.DataFrame) -> list[str]:
    counts = gained["surface"].str.lower().str.split().str.join(" ").value_counts()
    if len(counts) < 2:
        return []
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{surface} {n:,}" for surface, n in ordered[:_MOST_SURFACES])
    rest = len(ordered) - _MOST_SURFACES
    return [f"Words found: {shown}{f' and {rest} more' if rest > 0 else ''}."]


def _overlapping(overlaps: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    if overlaps.empty or new.empty:
        return []
    more = overlaps["n_overlapping_after"] - overlaps["n_overlapping_before"]
    shared = [
        f"{n:,} of {other}"
        for n, other in zip(more, overlaps["other_category"], strict=True)
        if n > 0
    ]
    if shared:
        return [f"Hits of other frames as well: {', '.join(shared)}."]
    others = listed(overlaps["other_category"].tolist(), "or")
    return [f"None of them is a hit of {others} as well."]


def _ranking(ranks: pd.DataFrame, row: Mapping[Any, Any], by: str | None) -> list[str]:
    if len(ranks) < 2:
        return []
    moved = ranks[ranks["rank_before"].ne(ranks["rank_after"]).fillna(False)]
    tau = row["rank_correlation"]
    told = "" if pd.isna(tau) else f" (tau {tau:.2f})"
    groups = f"{by}s" if by == "outlet" else f"groups of {by}"
    if moved.empty:
        return [f"The order of the {len(ranks)} {groups} stays as it is{told}."]
    first = moved.sort_values(["rank_after", "group"]).head(_MOST_MOVED)
    shown = ", ".join(
        f"{group} from place {before} to {after}"
        for group, before, after in zip(
            first["group"], first["rank_before"], first["rank_after"], strict=True
        )
    )
    rest = f" and {len(moved) - len(first)} more" if len(moved) > len(first) else ""
    return [f"The order of the {len(ranks)} {groups} changes: {shown}{rest}{told}."]


def _validity(row: Mapping[Any, Any]) -> list[str]:
    if not row["n_coded"]:
        return []
    told = [
        f"{name} {share(row[f'{name}_before'])} → {share(row[f'{name}_after'])} "
        f"({share(row[f'{name}_low'])}–{share(row[f'{name}_high'])})"
        for name in ("precision", "recall")
    ]
    n_coded = plural(int(row["n_coded"]), "coded paragraph")
    return [f"On {n_coded}: {told[0]}, {told[1]}."]


def _of_coded(coded: tuple[int, int] | None, category: str) -> list[str]:
    if coded is None or not coded[1]:
        return []
    n_positive, n_coded = coded
    bounds = wilson_interval(n_positive, n_coded)
    return [
        f"Of the {plural(n_coded, 'coded paragraph')} with this entry, {n_positive:,} "
        f"{'is' if n_positive == 1 else 'are'} coded {category} "
        f"({share(n_positive / n_coded)}, {share(bounds.low)}–{share(bounds.high)})."
    ]
