"""What explains a difference of two groups, and what could overturn it, in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.comparison.periods import CHANGE, EVERYONE
from analysis.comparison.wording import (
    adjusted,
    adjusted_p,
    more,
    name_of,
    number,
    of_pair,
    p_value,
    packed,
    percent,
    reason,
)
from analysis.tables.checks import category_labels
from analysis.tables.naming import listed

_MOST_TERMS = 3
# Beyond this sum of the shares of one direction, those of single words mislead.
_BOTH_WAYS = 1.5
# Of voice and certainty these two are told: the others make them up to the whole.
_NARRATOR, _HEDGED = "narrator", "hedged"


def tell_words(shifts: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Name the words with the largest shares of each difference, where shares mean something."""
    clauses, both_ways = [], []
    for category, own in shifts.groupby("category", sort=False):
        ahead = own[own["share"] > 0]
        label = name_of(labels.get(str(category), category))
        # One word alone may then make more than the whole difference.
        if ahead["share"].sum() > _BOTH_WAYS:
            both_ways.append(label)
        elif len(ahead):
            largest = ahead.nlargest(_MOST_TERMS, "share")
            terms = [
                f"“{name_of(term)}” ({percent(share)})"
                for term, share in zip(largest["term"], largest["share"], strict=True)
            ]
            clauses.append(f"in {label} from {listed(terms)}")
    told = [packed(clauses, "The largest shares of the difference come", glue="; ")]
    if both_ways:
        several = "words" if len(both_ways) == 1 else "the words of each"
        told.append(f"In {listed(both_ways)}, {several} pull both ways, so that no few carry it.")
    return " ".join(filter(None, told))


def tell_voices(
    rows: pd.DataFrame, pair: tuple[str, str], labels: Mapping[Any, str], alpha: float
) -> str:
    """Tell in whose voice each category stands, and how hedged; or that nobody knows."""
    rows = rows[rows["value"].isin([_NARRATOR, _HEDGED])]
    names = [*map(name_of, pair)]
    unknown = [
        name for name, end in zip(names, "ab", strict=True) if not rows[f"n_hits_{end}"].gt(0).any()
    ]
    if unknown and not rows["interval_method"].str.contains(" is unknown in ").any():
        # Without hits there is no voice to know.
        return ""
    if len(unknown) == len(names):
        return f"Whose words they are, and how sure, is not known in {listed(names)}."
    clauses = []
    for key, own in rows.groupby(["lexicon", "category"], sort=False):
        label = name_of(labels.get(key, key[-1]))
        clauses += _shares(own, names, f"{label} words", alone=bool(unknown))
    if unknown:
        told = packed(clauses, f"Of {names[names.index(unknown[0]) - 1]}'s", glue="; of ")
        start = f"Whose words they are, and how sure, is not known in {unknown[0]}"
        return f"{start}, so that nothing can be compared. {told}".strip()
    return f"{_voices_shown(rows, labels, alpha)} {packed(clauses, 'Of', glue='; of ')}".strip()


def _shares(rows: pd.DataFrame, names: Sequence[str], words: str, *, alone: bool) -> list[str]:
    """Tell the shares of a category: of both groups where both have it, else of the one."""
    n_hits = {end: int(rows[f"n_hits_{end}"].max()) for end in "ab"}
    ends = [end for end in "ab" if n_hits[end]]
    parts = []
    for value, called in ((_NARRATOR, "the narrator's"), (_HEDGED, "hedged")):
        for row in rows[rows["value"] == value].to_dict("records"):
            shares = [row[f"share_{end}"] for end in ends]
            if shares and not any(map(pd.isna, shares)):
                p = _p(row) if len(ends) > 1 else ""
                parts.append(f"{' against '.join(map(percent, shares))} are {called}{p}")
    if not parts:
        return []
    sizes = [f"{n_hits[end]:,} of {names['ab'.index(end)]}" for end in ends]
    if alone:
        return [f"{n_hits[ends[0]]:,} {words} {listed(parts)}"]
    return [f"the {words} ({', '.join(sizes)}) {listed(parts)}"]


def _voices_shown(rows: pd.DataFrame, labels: Mapping[Any, str], alpha: float) -> str:
    """Say which of these shares are shown to differ."""
    tested = rows[rows["p_adjusted"].notna()]
    if tested.empty:
        return ""
    lead = f"after adjustment for {of}, " if (of := adjusted(tested)) else ""
    shown = []
    for row in tested[tested["p_adjusted"] < alpha].to_dict("records"):
        label = name_of(labels.get((row["lexicon"], row["category"]), row["category"]))
        said = row["value"] == _NARRATOR
        shown.append(f"how much of {label} {'the narrator says' if said else 'is hedged'}")
    told = f"{lead}no difference is shown in what the narrator says or what is hedged."
    if shown:
        told = f"{lead}the groups differ in {listed(shown)}."
    return f"{told[0].upper()}{told[1:]}"


def _p(row: Mapping[Any, Any]) -> str:
    return f" ({p})" if (p := adjusted_p(row)) else ""


def tell_multiverse(rows: pd.DataFrame, pair: tuple[str, str], found: pd.DataFrame) -> str:
    """Say in how many analyses the group that is ahead stays ahead."""
    stays, turns = [], []
    for category, own in rows.groupby("category", sort=False):
        sign = _sign(found["difference"].get(category, 0))
        signs = own["relative_difference"].map(_sign)
        same, other = int(signs.eq(sign).sum()), int(signs.eq(-sign).sum())
        if not sign or not same + other:
            continue
        label = name_of(found["label"][category])
        if other:
            turns.append(f"{other:,} of {len(own):,} in {label}")
            continue
        sure = int((own["low"].gt(0) if sign > 0 else own["high"].lt(0)).sum())
        n_known = int(own["relative_difference"].notna().sum())
        n = f"all {same:,}" if same == n_known else f"{same:,} of {n_known:,}"
        n += f" that are possible, of {len(own):,}" * (n_known < len(own))
        leads = name_of(pair[sign < 0])
        stays.append(f"{leads} stays ahead in {label} in {n} (interval without 0: {sure:,})")
    told = [packed(stays, "In analyses with other measures and words,")]
    others = "some analyses" if stays else "some analyses with other measures and words"
    told.append(packed(turns, f"The sign of the difference turns in {others}:"))
    return " ".join(filter(None, told))


def _sign(value: float) -> int:
    return int(value > 0) - int(value < 0)


def tell_copies(rows: pd.DataFrame, own: pd.DataFrame, n: int, alpha: float) -> str:
    """Tell what the same comparison finds with the copies that were left out."""
    key = ["lexicon", "category"]
    both = rows.merge(own[[*key, "label", "p_adjusted"]], on=key, suffixes=("", "_without"))
    both = both[both["p_adjusted"].notna()]
    clauses, turned = [], False
    for row in both.to_dict("records"):
        shown, before = (row[p] < alpha for p in ("p_adjusted", "p_adjusted_without"))
        then = "" if shown == before else " (then shown)" if shown else " (then not shown)"
        turned |= shown != before
        clauses.append(f"{p_value(row['p_adjusted'])} for {name_of(row['label'])}{then}")
    left = "near-copy that was" if n == 1 else f"{n:,} near-copies that were"
    verdict = "the verdict" if turned else "no verdict"
    return packed(clauses, f"Counting the {left} left out changes {verdict}:")


def tell_changes(periods: pd.DataFrame, pair: Sequence[str], alpha: float) -> str:
    """Tell how each group changed at the date, and whether the two changed differently."""
    if periods.empty:
        return ""
    periods = periods.assign(label=category_labels(periods).map(name_of))
    changes = periods[periods["comparison"] == CHANGE]
    apart = of_pair(periods[periods["comparison"] != CHANGE], pair) if pair else periods[:0]
    groups = [group for group in (*pair, EVERYONE) if (changes["group_a"] == group).any()]
    changes = changes[changes["group_a"].isin(groups)]
    at = f"{pd.Timestamp(str(periods['at'].iloc[0])):%Y-%m-%d}"
    told = [_changes_shown(changes, apart, f"From {at} on", alpha)]
    for group in groups:
        own = changes[changes["group_a"] == group]
        name, use = name_of(group), "uses"
        if group == EVERYONE:
            name, use = "the articles", "use"
        rows = own[own["change_a"].notna()].to_dict("records")
        if not rows:
            side = f"before {at}" if own["rate_before_a"].isna().all() else f"from {at} on"
            told.append(f"How {name} changed is unknown, since there are no words {side}.")
            continue
        clauses = []
        for place, row in enumerate(rows):
            unit, before, after = ("", "", "") if place else (" per 1,000", " before", " after")
            rates = f"{number(row['rate_before_a'])}{before}, {number(row['rate_after_a'])}{after}"
            evidence = "; ".join(filter(None, [rates, adjusted_p(row)]))
            clauses.append(f"{more(row['change_a'])} {row['label']} words{unit} ({evidence})")
        told.append(packed(clauses, f"Since then {name} {use}"))
    clauses = [
        f"{number(abs(row['difference']))} in {row['label']}{_p(row)}"
        for row in apart[apart["difference"].notna()].to_dict("records")
    ]
    told.append(packed(clauses, "The two changes differ by"))
    return " ".join(filter(None, told))


def _changes_shown(changes: pd.DataFrame, apart: pd.DataFrame, start: str, alpha: float) -> str:
    """Say which changes are shown, and between which."""
    known = changes[changes["change_a"].notna()]
    if known.empty:
        return ""
    tested = pd.concat([known, apart])
    tested = tested[tested["p_adjusted"].notna()]
    if tested.empty:
        why = listed(known["p_method"].map(reason).unique())
        return f"{start}, changes cannot be tested ({why})."
    start = f"{start}, after adjustment for {of}," if (of := adjusted(tested)) else f"{start},"
    shown = tested[tested["p_adjusted"] < alpha]
    named = [
        f"in {row['label']} "
        + (
            f"a change of {name_of(row['group_a']) if row['group_a'] != EVERYONE else 'all'}"
            if row["comparison"] == CHANGE
            else "a difference of the two changes"
        )
        for row in shown.to_dict("records")
    ]
    if named:
        return f"{start} there is {listed(named)}."
    untested = apart[apart["difference"].notna() & apart["p_adjusted"].isna()]
    nor = ", nor a difference of the two changes" * bool(apart["p_adjusted"].notna().any())
    if len(untested):
        why = listed(untested["p_method"].map(reason).unique())
        nor += f"; whether the two changes differ cannot be tested ({why})"
    return f"{start} no change is shown{nor}."
