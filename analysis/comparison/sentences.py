"""What a comparison of two groups found, in sentences that can stand in a paper."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.comparison.wording import (
    check_pair,
    joined,
    name_of,
    number,
    of_pair,
    p_value,
    percent,
    reason,
    usual_pair,
)
from analysis.errors import TableError
from analysis.figures.captions import counted
from analysis.tables.checks import category_labels, check_table
from analysis.tables.schema import SPLIT

# What is told of voice and certainty, and how.
_TOLD = {"narrator": "the narrator's own", "asserted": "asserted", "hedged": "hedged"}
_MOST_WORDS = 3
# Beyond this sum of the shares of one direction, those of single words mislead.
_BOTH_WAYS = 1.5
# The group of a change where there are no groups.
_EVERYBODY = "(all)"
# From this many times as many units on, the smaller group decides how sure anything is.
_UNEVEN = 3


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

    Every category is told, in the order of the lexicon, whatever its p. A difference is *shown*
    where the adjusted p is below 1 less the confidence of the table (.05); otherwise it is
    "not shown", never "none". `compare_pair` makes all tables at once.

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
        A sentence in each line; below "Warnings:" a line for each of them.

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
    >>> print(fa.describe_comparison(contrasts, rates=rates)[:56])
    a uses 333.3 threat words per 1,000, b 0.0: 333.3 more (
    """
    contrasts, rates = check_table(contrasts, "contrasts"), check_table(rates, "group_scores")
    confidence = contrasts.attrs.get("confidence", rates.attrs.get("confidence", 0.95))
    if split := [column for column in SPLIT if column in contrasts]:
        raise TableError(f"contrasts are split by {split[0]!r}; give those of scores without split")
    if periods is not None:
        periods = check_table(periods, "period_contrasts")
    if contrasts.empty:
        changed = "" if periods is None else _changes(periods, (), {}, confidence)
        return _text(filter(None, [*_alone(rates), changed]), [], cautions)
    pair = _pair_of(contrasts, pair)
    own = of_pair(contrasts.assign(label=category_labels(contrasts)), pair)
    # Of two lexica with a category of one name, the other tables hold the first.
    first = own.drop_duplicates("category")
    labels = dict(zip(first["category"], first["label"], strict=True))
    sentences = _differences(own, confidence)
    if shifts is not None:
        sentences.append(_words(_own(shifts, "word_shift", pair), labels))
    if voices is not None:
        sentences.append(_voices(_own(voices, "share_contrasts", pair), pair, labels, confidence))
    fares = []
    if multiverse is not None:
        fares.append(_multiverse(_own(multiverse, "multiverse", pair), pair, labels))
    if with_copies is not None and dropped is not None and len(dropped):
        kept = _own(with_copies, "contrasts", pair)
        fares.append(_copies(kept, own, dropped, labels, confidence))
    sentences.append(_one_sentence(fares))
    if periods is not None:
        sentences.append(_changes(periods, pair, labels, confidence))
    return _text(filter(None, sentences), _notes(own.to_dict("records")[0]), cautions)


def _text(sentences: Iterable[str], notes: Iterable[str], cautions: pd.DataFrame | None) -> str:
    warnings = [*notes]
    if cautions is not None:
        warnings += check_table(cautions, "cautions")["message"].tolist()
    below = ["", "Warnings:", *(f"- {warning}" for warning in warnings)] if warnings else []
    return "\n".join([*sentences, *below])


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


def _own(table: pd.DataFrame, name: str, pair: tuple[str, str]) -> pd.DataFrame:
    """Return the rows of the pair; refuse a table of other groups."""
    checked = check_table(table, name, unique=False)
    own = of_pair(checked, pair)
    if own.empty and len(checked):
        raise TableError(f"the {name} table has no row of {pair[0]!r} and {pair[1]!r}; make it so")
    return own


def _alone(rates: pd.DataFrame) -> list[str]:
    """Say what is missing for a comparison, and what there is of the only group."""
    groups = [*rates.columns[: [*rates.columns].index("lexicon")]]
    column = name_of(" and ".join(groups) or "group")
    if rates.empty:
        return ["There is nothing to compare: no article was read."]
    names = rates[groups].astype(str).agg(" × ".join, axis="columns")
    first = rates[names == names.iloc[0]]
    group, n_units = name_of(names.iloc[0]), int(first["n_units"].iloc[0])
    if group.strip("()") == "missing":
        missing = f"no article has a value of {column!r}"
        remedy = "give one to each in metadata.csv, or name another column"
    else:
        missing = f"all {counted(n_units, 'article')} have the {column} {group}"
        remedy = "add articles of another, or name another column"
    if n_units == 1:
        missing, remedy = "there is a single article", "add others"
    told = [
        f"{category} {number(rate)}"
        + ("" if pd.isna(low) else f" ({number(low)} to {number(high)})")
        for category, rate, low, high in first[["category", "rate", "low", "high"]].to_numpy()
        if not pd.isna(rate)
    ]
    found = f"Per 1,000 words there are: {'; '.join(told)}."
    if not told:
        found = "No rate can be given, since there are no words."
    return [f"There is nothing to compare: {missing}; {remedy}.", found]


def _differences(rows: pd.DataFrame, confidence: float) -> list[str]:
    """Tell the rates and their difference: one category in full, the others after it."""
    first, *others = rows.to_dict("records")
    units = "article" if first["unit"] == "document" else "paragraph"
    sizes = f"{first['n_units_a']:,} against {counted(first['n_units_b'], units)}"
    one, two = name_of(first["group_a"]), name_of(first["group_b"])
    if pd.isna(first["difference"]):
        lacking = joined(
            name for name, end in ((one, "a"), (two, "b")) if pd.isna(first[f"rate_{end}"])
        )
        return [f"Nothing can be compared ({sizes}), since there are no words of {lacking}."]
    bounds = f"no interval: {reason(first['interval_method'])}"
    if not pd.isna(first["low"]):
        bounds = f"{100 * confidence:g} % interval {_interval(first)}"
    evidence = [bounds, sizes, _test(first, confidence, _family(first))]
    told = (
        f"{one} uses {number(first['rate_a'])} {name_of(first['label'])} words per 1,000, {two} "
        f"{number(first['rate_b'])}: {_more(first['difference'])} ({'; '.join(evidence)})."
    )
    clauses = [
        f"{name_of(row['label'])} {number(row['rate_a'])} against {number(row['rate_b'])}, "
        f"{_more(row['difference'])} {_evidence(row, confidence)}"
        for row in others
    ]
    return [told, f"In the same way: {'; '.join(clauses)}."] if clauses else [told]


def _more(difference: float) -> str:
    if pd.isna(difference):
        return "unknown"
    if not number(difference).strip("0.−"):
        return "as many"
    return f"{number(abs(difference))} {'more' if difference > 0 else 'fewer'}"


def _interval(row: Mapping[Any, Any], *, shares: bool = False) -> str:
    if shares:
        return f"{percent(row['low'], sign=False)} to {percent(row['high'])}"
    return f"{number(row['low'])} to {number(row['high'])}"


def _evidence(row: Mapping[Any, Any], confidence: float, *, shares: bool = False) -> str:
    """Write the interval, if there is one, and the test, as all after the first has them."""
    bounds = "" if pd.isna(row["low"]) else f"{_interval(row, shares=shares)}; "
    return f"({bounds}{_test(row, confidence)})"


def _family(row: Mapping[Any, Any]) -> str:
    if row["adjustment"] == "none":
        return ", not adjusted"
    return f", adjusted for {counted(row['family_size'], 'comparison')}"


def _test(row: Mapping[Any, Any], confidence: float, family: str = "") -> str:
    """Write the adjusted p, and whether it shows a difference."""
    p = row["p_adjusted"]
    if pd.isna(p):
        return f"no test: {reason(row['p_method'])}" if family else "not tested"
    if p < 1 - confidence:
        return f"{p_value(p)}{family}"
    few = ", nor could it be with so few" * bool(family and row["smallest_p"] >= 1 - confidence)
    return f"{p_value(p)}{family}: not shown{few}"


def _words(shifts: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Name the words with the largest shares of each difference."""
    clauses, both_ways = [], []
    for category, own in shifts.groupby("category", sort=False):
        ahead = own[own["share"] > 0]
        if ahead.empty:
            continue
        largest = ahead.nlargest(_MOST_WORDS, "share")
        label = name_of(labels.get(str(category), category))
        words = [
            f"“{name_of(term)}” ({percent(share)})"
            for term, share in zip(largest["term"], largest["share"], strict=True)
        ]
        clauses.append(f"in {label} from {joined(words)}")
        # One word alone may then make more than the whole difference.
        if ahead["share"].sum() > _BOTH_WAYS:
            both_ways.append(label)
    if not clauses:
        return ""
    against = f"; in {joined(both_ways)} many words pull the other way" if both_ways else ""
    return f"The largest shares of the difference come {'; '.join(clauses)}{against}."


def _voices(
    rows: pd.DataFrame, pair: tuple[str, str], labels: Mapping[str, str], confidence: float
) -> str:
    """Tell in whose voice each category stands, and how sure; or that nobody knows."""
    rows = rows[rows["value"].isin(_TOLD)]
    names = [*map(name_of, pair)]
    unknown = [
        name
        for name, column in zip(names, ("n_hits_a", "n_hits_b"), strict=True)
        if not rows[column].gt(0).any()
    ]
    if unknown and not rows["interval_method"].str.contains(" is unknown in ").any():
        # Without hits there is no voice to know.
        return ""
    if len(unknown) == len(names):
        return f"Whose words they are, and how sure, is not known in {joined(names)}."
    clauses = []
    for category, own in rows.groupby("category", sort=False):
        parts = [_share(row, pair, confidence) for row in own.to_dict("records")]
        label = name_of(labels.get(str(category), category))
        if any(parts):
            n_hits = [f"{own[column].max():,}" for column in ("n_hits_a", "n_hits_b")]
            sizes = " against ".join(n for n in n_hits if not unknown or n != "0")
            clauses.append(f"{label} (of {sizes}) {', '.join(filter(None, parts))}")
    if unknown:
        known_of = names[1 - names.index(unknown[0])]
        return (
            f"Whose words they are, and how sure, is not known in {unknown[0]}, so that nothing "
            f"can be compared; of {known_of}'s words, {'; '.join(clauses)}."
        )
    return f"Of the words of {names[0]} against those of {names[1]}, {'; '.join(clauses)}."


def _share(row: Mapping[Any, Any], pair: tuple[str, str], confidence: float) -> str:
    shares = [row["share_a"], row["share_b"]]
    there = [percent(share) for share in shares if not pd.isna(share)]
    if len(there) < len(shares):
        missing = [name_of(n) for n, share in zip(pair, shares, strict=True) if pd.isna(share)]
        lone = f" (unknown in {joined(missing)})" if row["n_hits_a"] and row["n_hits_b"] else ""
        return f"{there[0]} {_TOLD[row['value']]}{lone}" if there else ""
    return (
        f"{' against '.join(there)} {_TOLD[row['value']]} {_evidence(row, confidence, shares=True)}"
    )


def _multiverse(rows: pd.DataFrame, pair: tuple[str, str], labels: Mapping[str, str]) -> str:
    """Count the analyses in which the same group is ahead, and how surely."""
    clauses: list[str] = []
    for category, own in rows.groupby("category", sort=False):
        told = own[own["relative_difference"].notna()]
        ahead = int((told["relative_difference"] > 0).sum())
        behind = int((told["relative_difference"] < 0).sum())
        if told.empty or ahead == behind == 0:
            continue
        leads = ahead >= behind
        sure = int((told["low"].gt(0) if leads else told["high"].lt(0)).sum())
        first = not clauses
        clauses.append(
            f"{name_of(pair[0 if leads else 1])}{' is ahead' * first} in "
            f"{name_of(labels.get(str(category), category))} in {max(ahead, behind):,} of "
            f"{len(own):,} ({sure:,}{' with an interval without 0' * first})"
        )
    if not clauses:
        return ""
    return f"Of the analyses with other measures and words, {', '.join(clauses)}"


def _one_sentence(parts: Iterable[str]) -> str:
    first, *others = [part for part in parts if part] or [""]
    return "; ".join([first, *(part[0].lower() + part[1:] for part in others)]) + "." * bool(first)


def _copies(
    rows: pd.DataFrame,
    own: pd.DataFrame,
    dropped: pd.DataFrame,
    labels: Mapping[str, str],
    confidence: float,
) -> str:
    """Tell what the same comparison finds with the copies that were left out."""
    n = len(check_table(dropped, "dropped"))
    key = ["lexicon", "category"]
    both = rows.merge(own[[*key, "p_adjusted"]], on=key, suffixes=("", "_without"))
    clauses = []
    for row in both.to_dict("records"):
        shown, before = (row[p] < 1 - confidence for p in ("p_adjusted", "p_adjusted_without"))
        turned = "" if shown == before else ", then shown" if shown else ", then not shown"
        p = "not tested" if pd.isna(row["p_adjusted"]) else p_value(row["p_adjusted"])
        label = _label(row, labels)
        clauses.append(f"{label} {_more(row['difference'])} ({p}{turned})")
    left = "the copy that is left out" if n == 1 else f"the {n:,} copies that are left out"
    return f"With {left}, {', '.join(clauses)}"


def _changes(
    periods: pd.DataFrame, pair: Sequence[str], labels: Mapping[str, str], confidence: float
) -> str:
    """Tell how each group changed at the date, and whether the two changed differently."""
    changes = periods[periods["comparison"] == "change"]
    apart = of_pair(periods[periods["comparison"] != "change"], pair) if pair else periods[:0]
    groups = [group for group in (*pair, _EVERYBODY) if (changes["group_a"] == group).any()]
    known = changes[changes["change_a"].notna()]
    clauses = []
    for group in groups:
        told = [
            f"{_label(row, labels)} {number(row['rate_before_a'])} and "
            f"{number(row['rate_after_a'])}, {_more(row['change_a'])} "
            f"{_evidence(row, confidence)}"
            for row in known[known["group_a"] == group].to_dict("records")
        ]
        if told:
            clauses.append(f"{_group(group)} {', '.join(told)}")
    told = [
        f"{_label(row, labels)} by {number(abs(row['difference']))} {_evidence(row, confidence)}"
        for row in apart[apart["difference"].notna()].to_dict("records")
    ]
    if told:
        clauses.append(f"the changes differ in {', '.join(told)}")
    for group in groups:
        if not (known["group_a"] == group).any():
            row = changes[changes["group_a"] == group].iloc[0]
            side = "before" if pd.isna(row["rate_before_a"]) else "from then on"
            clauses.append(f"how {_group(group)} changed is unknown, since it has no words {side}")
    if not clauses:
        return ""
    return f"Before {_day(periods['at'].iloc[0])} and from then on: {'; '.join(clauses)}."


def _label(row: Mapping[Any, Any], labels: Mapping[str, str]) -> str:
    return name_of(labels.get(row["category"], row["category"]))


def _group(name: str) -> str:
    return "all articles" if name == _EVERYBODY else name_of(name)


def _day(at: object) -> str:
    return f"{pd.Timestamp(str(at)):%Y-%m-%d}"


def _notes(row: Mapping[Any, Any]) -> list[str]:
    """Warn of what the contrasts themselves show."""
    notes = []
    if row["unit"] == "paragraph":
        notes.append(
            "Paragraphs of single articles are compared: what is found describes these articles, "
            "and no outlet."
        )
    sizes = {name_of(row["group_a"]): row["n_units_a"], name_of(row["group_b"]): row["n_units_b"]}
    small, large = sorted(sizes, key=lambda name: sizes[name])
    if sizes[large] >= _UNEVEN * sizes[small]:
        notes.append(
            f"The groups differ much in size: {sizes[large]:,} of {large} against "
            f"{sizes[small]:,} of {small}, which decide how sure anything is; add some of {small}."
        )
    return notes
