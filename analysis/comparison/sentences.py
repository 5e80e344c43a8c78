"""What a comparison of two groups found, in sentences that can stand in a paper."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.comparison.findings import (
    tell_changes,
    tell_copies,
    tell_multiverse,
    tell_voices,
    tell_words,
)
from analysis.comparison.wording import (
    adjusted,
    adjusted_p,
    check_pair,
    more,
    name_of,
    number,
    of_pair,
    p_value,
    packed,
    reason,
    uneven,
    usual_pair,
)
from analysis.errors import TableError
from analysis.figures.captions import counted
from analysis.tables.checks import category_labels, check_table
from analysis.tables.naming import listed
from analysis.tables.schema import SPLIT

# The line above the warnings.
WARNINGS = "Warnings:"
_MOST_WARNINGS = 8
# Of more categories than these, the first are told in full, and the others in the verdict.
_MOST_NAMED = 6


def describe_comparison(
    contrasts: pd.DataFrame,
    *,
    rates: pd.DataFrame,
    shifts: pd.DataFrame | None = None,
    voices: pd.DataFrame | None = None,
    multiverse: pd.DataFrame | None = None,
    with_copies: pd.DataFrame | None = None,
    dropped: pd.DataFrame | None = None,
    periods: pd.DataFrame | None = None,
    cautions: pd.DataFrame | None = None,
    pair: Sequence[str] | None = None,
) -> str:
    """Say what a comparison of two groups found: a few plain sentences, then the warnings.

    First stands which differences are shown: those whose adjusted p is below 1 less the
    confidence of the table (.05). Of all others no difference *is shown*, which is not to say
    that there is none. Then every category is told, in the order of the lexicon, whatever its p.
    Words are named where their shares mean something: not where they pull both ways.
    `compare_pair` makes all tables at once.

    Parameters
    ----------
    contrasts : pandas.DataFrame
        Table ``contrasts`` of `compare_groups`, with any number of pairs; or without rows, where
        there is nothing to compare.
    rates : pandas.DataFrame
        Table ``group_scores`` of `score_intervals`: what is told of one group alone.
    shifts : pandas.DataFrame, optional
        Tables ``word_shift``, one below the other: which words carry the differences.
    voices : pandas.DataFrame, optional
        Table ``share_contrasts``: in whose voice, and how sure.
    multiverse : pandas.DataFrame, optional
        Tables ``multiverse``, one below the other: how the differences fare.
    with_copies : pandas.DataFrame, optional
        Table ``contrasts`` with the copies that were left out.
    dropped : pandas.DataFrame, optional
        Table ``dropped`` of `drop_duplicates`: the copies that were left out.
    periods : pandas.DataFrame, optional
        Table ``period_contrasts``: before and after a date.
    cautions : pandas.DataFrame, optional
        Table ``cautions`` of `check_comparison`.
    pair : sequence of str, optional
        The two groups to tell of, the one to begin with first. Without it, the two with most
        units; of those as large, the first by name.

    Returns
    -------
    str
        A line for each of these matters, with one or more short sentences; below "Warnings:" a
        line for each of them, eight at most.

    Raises
    ------
    TableError
        If a table breaks its schema, or lacks the pair.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat looms."] * 20 + ["No word of it."] * 20
    >>> documents = fa.documents_from_texts(texts).assign(desk=["a"] * 20 + ["b"] * 20)
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> contrasts = fa.compare_groups(scores, by="desk", n_resamples=999)
    >>> rates = fa.score_intervals(scores, by="desk", n_resamples=999)
    >>> print(fa.describe_comparison(contrasts, rates=rates)[:92])
    a uses more threat words than b.
    a uses 333.3 threat words per 1,000 and b 0.0: 333.3 more (
    """
    contrasts, rates = check_table(contrasts, "contrasts"), check_table(rates, "group_scores")
    confidence = contrasts.attrs.get("confidence", rates.attrs.get("confidence", 0.95))
    alpha = 1 - confidence
    if split := [column for column in SPLIT if column in contrasts]:
        raise TableError(f"contrasts are split by {split[0]!r}; give those of scores without split")
    if periods is not None:
        periods = check_table(periods, "period_contrasts")
    if contrasts.empty:
        told = _alone(rates, confidence)
        if periods is not None:
            told.append(tell_changes(periods, (), alpha))
        return _text(told, [], cautions)
    pair = _pair_of(contrasts, pair)
    own = of_pair(contrasts.assign(label=category_labels(contrasts)), pair)
    # Of two lexica with a category of one name, tables without a lexicon hold the first.
    first = own.drop_duplicates("category").set_index("category")
    by_category = {str(category): label for category, label in first["label"].items()}
    labels = dict(zip(zip(own["lexicon"], own["category"], strict=True), own["label"], strict=True))
    told = [_verdict(own, alpha), _differences(own, confidence)]
    few = first.index[:_MOST_NAMED]
    explained = (shifts, voices, multiverse, periods)
    if len(first) > len(few) and any(table is not None for table in explained):
        told.append(
            f"Words, voices, other analyses and changes are told of the first {len(few):,} of "
            f"{len(first):,} categories; the tables have them of all."
        )
    if shifts is not None:
        told.append(tell_words(_own(shifts, "word_shift", pair, few), by_category))
    if voices is not None:
        told.append(tell_voices(_own(voices, "share_contrasts", pair, few), pair, labels, alpha))
    fares = []
    if multiverse is not None:
        fares.append(tell_multiverse(_own(multiverse, "multiverse", pair, few), pair, first))
    if with_copies is not None and dropped is not None and len(dropped):
        kept, n = _own(with_copies, "contrasts", pair), len(check_table(dropped, "dropped"))
        fares.append(tell_copies(kept, own, n, alpha))
    told.append(" ".join(filter(None, fares)))
    if periods is not None:
        told.append(tell_changes(periods[periods["category"].isin(few)], pair, alpha))
    return _text(told, _notes(own.to_dict("records")[0], cautions), cautions)


def _text(told: Iterable[str], notes: Iterable[str], cautions: pd.DataFrame | None) -> str:
    warnings = [*notes]
    if cautions is not None:
        warnings += check_table(cautions, "cautions")["message"].tolist()
    if len(warnings) > _MOST_WARNINGS:
        rest = warnings[_MOST_WARNINGS - 1 :]
        named = listed(f"“{name_of(warning).partition(':')[0]}”" for warning in rest)
        warnings[_MOST_WARNINGS - 1 :] = [f"More: see {named} in the table cautions."]
    below = ["", WARNINGS, *(f"- {warning}" for warning in warnings)] if warnings else []
    return "\n".join([*filter(None, told), *below])


def _pair_of(contrasts: pd.DataFrame, pair: Sequence[str] | None) -> tuple[str, str]:
    """Return the pair to tell of; refuse one that the table has not."""
    ends = [
        contrasts[[f"group_{end}", f"n_units_{end}"]].set_axis(["group", "n"], axis="columns")
        for end in "ab"
    ]
    sizes = pd.concat(ends).drop_duplicates("group").set_index("group")["n"]
    one, two = check_pair(usual_pair(sizes) if pair is None else pair)
    if of_pair(contrasts, (one, two)).empty:
        known = ", ".join(map(repr, [*sizes.index][:10]))
        raise TableError(f"contrasts do not compare {one!r} with {two!r}; the groups are {known}")
    return one, two


def _own(
    table: pd.DataFrame, name: str, pair: tuple[str, str], categories: pd.Index | None = None
) -> pd.DataFrame:
    """Return the rows of the pair and the categories; refuse a table of other groups."""
    checked = check_table(table, name, unique=False)
    own = of_pair(checked, pair)
    if own.empty and len(checked):
        raise TableError(f"the {name} table has no row of {pair[0]!r} and {pair[1]!r}; make it so")
    return own if categories is None else own[own["category"].isin(categories)]


def _alone(rates: pd.DataFrame, confidence: float) -> list[str]:
    """Say what is missing for a comparison, and what there is of the only group."""
    groups = [*rates.columns[: [*rates.columns].index("lexicon")]]
    column = name_of(" and ".join(groups) or "group")
    if rates.empty:
        return ["There is nothing to compare: no article was read."]
    names = rates[groups].astype(str).agg(" × ".join, axis="columns")
    rows = rates[names == names.iloc[0]]
    rows = rows.assign(label=category_labels(rows))
    group, n_units = name_of(names.iloc[0]), int(rows["n_units"].iloc[0])
    if group.strip("()") == "missing":
        missing = f"no article has a value of {column!r}"
        remedy = "give one to each in metadata.csv, or name another column"
    else:
        missing = f"all {counted(n_units, 'article')} have the {column} {group}"
        remedy = "add articles of another, or name another column"
    if n_units == 1:
        missing, remedy = "there is a single article", "add others"
    known = rows[rows["rate"].notna()].to_dict("records")
    clauses = [
        f"{number(row['rate'])} {name_of(row['label'])} words"
        + ("" if pd.isna(row["low"]) else f" ({number(row['low'])} to {number(row['high'])})")
        for row in known
    ]
    found = packed(clauses, "Per 1,000 words there are") or (
        "No rate can be given, since there are no words."
    )
    if any(not pd.isna(row["low"]) for row in known):
        found += f" In brackets stand {100 * confidence:g} % intervals."
    return [f"There is nothing to compare: {missing}; {remedy}.", found]


def _verdict(rows: pd.DataFrame, alpha: float) -> str:
    """Say in which categories a difference is shown, and in which not."""
    one, two = name_of(rows["group_a"].iloc[0]), name_of(rows["group_b"].iloc[0])
    if rows["difference"].isna().all():
        return ""
    tested = rows[rows["p_adjusted"].notna()]
    if tested.empty:
        why = listed(rows["p_method"].map(reason).unique())
        return f"Whether {one} and {two} differ cannot be tested ({why})."
    lead = f"After adjustment for {of}, " if (of := adjusted(tested)) else ""
    shown = tested[tested["p_adjusted"] < alpha]
    if shown.empty:
        smallest = p_value(tested["p_adjusted"].min())
        least = f"{'smallest ' * (len(tested) > 1)}{smallest}"
        few = ", nor could it be with so few" * bool(tested["smallest_p"].min() >= alpha)
        # A table of one category may be a part of a larger comparison.
        named = f" in {name_of(tested['label'].iloc[0])}" * (len(tested) == 1)
        found = f"no difference{named} between {one} and {two} is shown ({least}){few}"
    else:
        ways = [
            f"{word} {listed(map(name_of, own['label']))} words"
            for word, own in (
                ("more", shown[shown["difference"] > 0]),
                ("fewer", shown[shown["difference"] < 0]),
            )
            if len(own)
        ]
        found = f"{one} uses {listed(ways)} than {two}"
    open_ones = tested[tested["p_adjusted"] >= alpha]
    if len(shown) and len(open_ones):
        named = listed(map(name_of, open_ones["label"]))
        if len(open_ones) > _MOST_NAMED:
            named = f"the other {len(open_ones):,}"
        found += f"; in {named} no difference is shown"
    untested = rows[rows["p_adjusted"].isna()]
    for why, own in untested.groupby(untested["p_method"].map(reason), sort=False):
        found += f"; {listed(map(name_of, own['label']))} cannot be tested ({why})"
    told = f"{lead}{found}."
    lost = open_ones[open_ones["p"] < alpha]
    if len(lost):
        named = listed(
            f"{p_value(row['p'])} for {name_of(row['label'])}" for row in lost.to_dict("records")
        )
        told += f" Before adjustment, {named}."
    return told if lead or len(shown) else f"{told[:1].upper()}{told[1:]}"


def _differences(rows: pd.DataFrame, confidence: float) -> str:
    """Tell the rates and their differences: the first in full, the others after it."""
    first, *others = rows.to_dict("records")
    units = "article" if first["unit"] == "document" else "paragraph"
    sizes = f"{first['n_units_a']:,} against {counted(first['n_units_b'], units)}"
    one, two = name_of(first["group_a"]), name_of(first["group_b"])
    if pd.isna(first["difference"]):
        lacking = listed(
            name for name, end in ((one, "a"), (two, "b")) if pd.isna(first[f"rate_{end}"])
        )
        return f"Nothing can be compared ({sizes}), since there are no words of {lacking}."
    bounds = f"no interval: {reason(first['interval_method'])}"
    if not pd.isna(first["low"]):
        bounds = f"{100 * confidence:g} % interval {_interval(first)}"
    evidence = "; ".join(filter(None, [bounds, adjusted_p(first), sizes]))
    told = (
        f"{one} uses {number(first['rate_a'])} {name_of(first['label'])} words per 1,000 and {two} "
        f"{number(first['rate_b'])}: {more(first['difference'])} ({evidence})."
    )
    clauses = [
        f"{more(row['difference'])} {name_of(row['label'])} words ({number(row['rate_a'])} against "
        f"{'; '.join(filter(None, [number(row['rate_b']), _interval(row), adjusted_p(row)]))})"
        for row in others
    ]
    return " ".join(filter(None, [told, packed(clauses, "It uses")]))


def _interval(row: Mapping[Any, Any]) -> str:
    return "" if pd.isna(row["low"]) else f"{number(row['low'])} to {number(row['high'])}"


def _notes(row: Mapping[Any, Any], cautions: pd.DataFrame | None) -> list[str]:
    """Warn of what the contrasts themselves show."""
    notes = []
    if row["unit"] == "paragraph":
        notes.append(
            "Paragraphs: they are of single articles, so that what is found describes these "
            "articles, and no outlet."
        )
    sizes = {name_of(row[f"group_{end}"]): int(row[f"n_units_{end}"]) for end in "ab"}
    # Cautions have it where groups are small.
    if cautions is None and (told := uneven(sizes)):
        notes.append(f"Uneven groups: {told}; add more.")
    return notes
