"""How much a difference hangs on single words, and on the choices of the researcher."""

import warnings
from collections.abc import Collection, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.comparison.units import Method, check_bootstrap
from analysis.errors import ArgumentError, TableError, check_resampling, check_text
from analysis.hits.find import require_context
from analysis.lexicons.model import Lexicon, check_lexicon
from analysis.scores.scoring import groups_of
from analysis.statistics.intervals import (
    FEWEST_UNITS,
    N_RECOMPUTED,
    NO_VALUE,
    difference_intervals,
    expanded_confidence,
    explain_missing,
    resample_rates,
)
from analysis.statistics.sums import divide
from analysis.tables.checks import check_hits, make_table
from analysis.tables.schema import CERTAINTIES, PER_TOKENS, PLACE, VOICES
from analysis.tables.subcategories import COLUMN, told_of_hits

NORMALISATIONS = (
    "hits per 1,000 tokens",
    "share of sentences",
    "share of paragraphs",
    "share of the lexicon's hits",
)
_AGGREGATIONS = ("ratio of sums", "mean of documents")
# Rows are chosen again for every specification, faster from fewer columns.
_LOOKED_AT = ["lexicon", "category", "subcategory", "entry", "voice", "certainty", "sentence"]

_ALL = "all"


class _Group(NamedTuple):
    """The paragraphs of one group, and the unit each belongs to."""

    paragraphs: pd.DataFrame
    number: np.ndarray
    n_units: int


def leave_one_out(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    category: str,
    *,
    by: str,
    group_a: str,
    group_b: str,
    confidence: float = 0.95,
    method: Method = "BCa",
    n_resamples: int = N_RECOMPUTED,
    seed: int = 0,
) -> pd.DataFrame:
    """Leave out one entry of a category at a time, and see whether a difference stands.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.
    hits : pandas.DataFrame
        Table ``hits`` found in them.
    category : str
        The category to look at.
    by : str
        Metadata column of `paragraphs`, or ``"document_id"``.
    group_a, group_b : str
        Two of its values; ``"(missing)"`` for nulls.
    confidence : float, default 0.95
        Coverage of the intervals.
    method : {"BCa", "percentile"}, default "BCa"
        The bootstrap. Documents are resampled; paragraphs where a group is one document.
    n_resamples : int, default 1999
        How many resamples of the units to draw; all entries share the draws.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        Table ``leave_one_out``: a row for each entry with a counted hit in one of the two
        groups, the one whose loss changes most first. The hits of the entry are taken away
        as they stand; a shorter entry that would then find the same words does not step in.

    Raises
    ------
    TableError
        If a table breaks its schema, the category has no hits there, or a column or group is
        unknown.

    Examples
    --------
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["A threat, a threat.", "A peril and no more."])
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"k": ["threat", "peril"]}))
    >>> groups = {"by": "document_id", "group_a": "text_0001", "group_b": "text_0002"}
    >>> left = fa.leave_one_out(paragraphs, hits, "k", **groups)
    >>> left[["term", "difference", "difference_without", "sign_kept"]].values.tolist()
    [['threat', 300.0, -200.0, False], ['peril', 300.0, 500.0, True]]
    """
    check_bootstrap(confidence, method, n_resamples, seed)
    check_text("category", category)
    paragraphs, hits, _ = check_hits(paragraphs, hits)
    groups, unit = _two_groups(paragraphs, by, group_a, group_b)
    counted = hits[(hits["category"] == category) & hits["blocked_by"].isna()]
    placed = [_placed(group, counted) for group in groups]
    names = sorted({name for table in placed for name in table["entry"]})
    if not names:
        raise TableError(f"there is no hit of {category!r} in the two groups to leave out")
    counts = [
        pd.crosstab(table["unit"], table["entry"])
        .reindex(index=range(group.n_units), columns=names, fill_value=0)
        .to_numpy(float)
        for group, table in zip(groups, placed, strict=True)
    ]
    tokens = [_sums(group, group.paragraphs["n_tokens"]) for group in groups]
    # The first measure is the whole category, the others lack an entry each.
    without = [np.column_stack([own.sum(axis=1), own.sum(axis=1)[:, None] - own]) for own in counts]
    one, two = zip(without, tokens, strict=True)
    rates = [PER_TOKENS * own.sum(axis=0) / of.sum() for own, of in (one, two)]
    differences = rates[0] - rates[1]
    low = high = np.full(len(differences), np.nan)
    if min(group.n_units for group in groups) < FEWEST_UNITS:
        made: str | np.ndarray = f"none: a group of fewer than {FEWEST_UNITS} {unit}s"
    else:
        drawn = (
            resample_rates(*one, n_resamples=n_resamples, seed=seed),
            resample_rates(*two, n_resamples=n_resamples, seed=seed + 1),
        )
        bounds = difference_intervals(one, two, drawn, confidence=confidence, method=method)
        low, high = PER_TOKENS * bounds.low, PER_TOKENS * bounds.high
        n_hits = one[0].sum(axis=0) + two[0].sum(axis=0)
        made = explain_missing(f"{method}, {unit}s resampled", low, n_hits)[1:]
    table = pd.DataFrame(
        {
            "category": category,
            "term": names,
            "group_a": group_a,
            "group_b": group_b,
            "n_a": counts[0].sum(axis=0).astype("int64"),
            "n_b": counts[1].sum(axis=0).astype("int64"),
            "difference": differences[0],
            "difference_without": differences[1:],
            "change": differences[1:] - differences[0],
            "low": low[1:],
            "high": high[1:],
            "interval_method": made,
            "sign_kept": np.sign(differences[1:]) == np.sign(differences[0]),
        }
    )
    order = np.lexsort([table["term"], -table["change"].abs()])
    result = make_table("leave_one_out", table.iloc[order])
    result.attrs[COLUMN] = told_of_hits(pd.concat(placed))
    return result


def multiverse(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    lexicon: Lexicon,
    category: str,
    *,
    by: str,
    group_a: str,
    group_b: str,
    normalisations: Sequence[str] = NORMALISATIONS,
    aggregations: Sequence[str] = _AGGREGATIONS,
    subsets: bool = True,
    voices: Sequence[str] = (_ALL, "narrator"),
    certainties: Sequence[str] = (_ALL, "asserted"),
    confidence: float = 0.95,
    n_resamples: int = N_RECOMPUTED,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare two groups under every combination of reasonable choices.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.
    hits : pandas.DataFrame
        Table ``hits`` found in them.
    lexicon : Lexicon
        The lexicon of the category.
    category : str
        The category to compare.
    by : str
        Metadata column of `paragraphs`, or ``"document_id"``.
    group_a, group_b : str
        Two of its values; ``"(missing)"`` for nulls.
    normalisations : sequence of str
        Of ``"hits per 1,000 tokens"``, ``"share of sentences"`` or ``"share of paragraphs"``
        with a hit, and ``"share of the lexicon's hits"``; by default all.
    aggregations : sequence of str
        ``"ratio of sums"``: long documents weigh more; ``"mean of documents"``: all alike.
        By default both.
    subsets : bool, default True
        Also without each subcategory, and without the entry with most hits.
    voices : sequence of str
        ``"all"``, or one voice alone; by default all, and the narrator.
    certainties : sequence of str
        ``"all"``, or one certainty alone; by default all, and what is asserted.
    confidence : float, default 0.95
        Coverage of the intervals.
    n_resamples : int, default 1999
        How many resamples of documents to draw; all specifications share the draws.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        Table ``multiverse``: a row for each specification, the first of each choice first.
        ``relative_difference`` is (a - b) / (a + b), from -1 to 1: it compares across
        normalisations; its interval is a percentile bootstrap of documents. Without any hit, or
        where every resample has the same value, both bounds are null and ``interval_method``
        gives the reason.

    Raises
    ------
    TableError
        If a table breaks its schema, the hits lack a voice or certainty that is asked for, or a
        column, group or category is unknown.
    ValueError
        If a choice is unknown.

    References
    ----------
    Steegen, S., Tuerlinckx, F., Gelman, A., & Vanpaemel, W. (2016). Increasing transparency
    through a multiverse analysis. Perspectives on Psychological Science 11(5), 702-712.
    Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve analysis. Nature
    Human Behaviour 4, 1208-1214.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat."] * 10 + ["Rain, a threat."] * 10
    >>> documents = fa.documents_from_texts(texts).assign(desk=["a"] * 10 + ["b"] * 10)
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"k": ["threat"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> groups = {"by": "desk", "group_a": "a", "group_b": "b", "voices": ["all"]}
    >>> own = fa.multiverse(paragraphs, hits, lexicon, "k", certainties=["all"], **groups)
    >>> own[["normalisation", "aggregation", "relative_difference"]].round(2).values.tolist()[0]
    ['hits per 1,000 tokens', 'ratio of sums', 0.2]
    """
    check_resampling(confidence, n_resamples, seed)
    check_lexicon(lexicon)
    check_text("category", category)
    _check_choices(normalisations, NORMALISATIONS, "normalisations")
    _check_choices(aggregations, _AGGREGATIONS, "aggregations")
    _check_choices(voices, (_ALL, *VOICES), "voices")
    _check_choices(certainties, (_ALL, *CERTAINTIES), "certainties")
    choices_of = {"voice": voices, "certainty": certainties}
    asked = [name for name, chosen in choices_of.items() if set(chosen) != {_ALL}]
    paragraphs, hits, _ = check_hits(paragraphs, hits)
    groups, unit = _two_groups(paragraphs, by, group_a, group_b)
    if category not in lexicon.category_names:
        known = ", ".join(map(repr, lexicon.category_names))
        raise TableError(f"the lexicon has no category {category!r}; it has {known}")
    counted = hits[(hits["lexicon"] == lexicon.id) & hits["blocked_by"].isna()]
    require_context(counted, asked)
    placed = [_placed(group, counted) for group in groups]
    choices = []
    sums: tuple[list[Any], list[Any]] = ([], [])
    left_out = _left_out(pd.concat(placed), category) if subsets else [(_ALL, "", "")]
    for (entries, column, value), voice, certainty in product(left_out, voices, certainties):
        measured = []
        for group, table in zip(groups, placed, strict=True):
            own = table
            if column:
                own = own[~((own["category"] == category) & (own[column] == value))]
            own = own if voice == _ALL else own[own["voice"] == voice]
            own = own if certainty == _ALL else own[own["certainty"] == certainty]
            measured.append(_measures(group, own, category))
        for normalisation, aggregation in product(normalisations, aggregations):
            choices.append((normalisation, aggregation, entries, voice, certainty))
            for own_sums, measures in zip(sums, measured, strict=True):
                part, whole = measures[normalisation]
                if aggregation == _AGGREGATIONS[1]:
                    part, whole = divide(part, whole, 0.0), (whole > 0).astype(float)
                own_sums.append((part, whole))
    columns = ["normalisation", "aggregation", "entries", "voice", "certainty"]
    table = pd.DataFrame(choices, columns=columns)
    table.insert(0, "specification", range(1, len(table) + 1))
    samples = [[*map(np.column_stack, zip(*own, strict=True))] for own in sums]
    values = [divide(part.sum(0), whole.sum(0)) for part, whole in samples]
    table["category"], table["group_a"], table["group_b"] = category, group_a, group_b
    scale = np.where(table["normalisation"] == NORMALISATIONS[0], PER_TOKENS, 1)
    table["value_a"], table["value_b"] = values[0] * scale, values[1] * scale
    table["difference"] = table["value_a"] - table["value_b"]
    table["relative_difference"] = divide(values[0] - values[1], values[0] + values[1])
    sizes = [group.n_units for group in groups]
    if min(sizes) < FEWEST_UNITS:
        table["low"] = table["high"] = np.nan
        table["interval_method"] = f"none: a group of fewer than {FEWEST_UNITS} {unit}s"
    else:
        drawn = [
            _resampled(part, whole, n_resamples, np.random.default_rng([seed, number]))
            for number, (part, whole) in enumerate(samples)
        ]
        relative = divide(drawn[0] - drawn[1], drawn[0] + drawn[1])
        beyond = (1 - expanded_confidence(confidence, *sizes)) / 2
        with warnings.catch_warnings():
            # Of what is 0 in both groups every time there is no interval.
            warnings.simplefilter("ignore", RuntimeWarning)
            ends = np.nanquantile(relative, [0, beyond, 1 - beyond, 1], axis=0)
        # Ratios of different sums may differ in their last digit.
        constant = np.isclose(ends[0], ends[3], rtol=0, atol=1e-12)
        table["low"], table["high"] = np.where(constant, np.nan, ends[1:3])
        n_hits = samples[0][0].sum(axis=0) + samples[1][0].sum(axis=0)
        table["interval_method"] = np.select(
            [n_hits == 0, table["relative_difference"].isna(), constant],
            ["none: no hits", NO_VALUE.method, "none: every resample has the same value"],
            f"percentile, {unit}s resampled",
        )
    first = np.sign(table["relative_difference"].iloc[0])
    same = np.sign(table["relative_difference"]) == first
    table["same_sign"] = same.astype("boolean").mask(table["relative_difference"].isna())
    table["n_units_a"], table["n_units_b"] = sizes
    made = make_table("multiverse", table)
    in_groups = pd.concat(placed)
    made.attrs[COLUMN] = told_of_hits(in_groups[in_groups["category"] == category])
    return made


def _two_groups(
    paragraphs: pd.DataFrame, by: str, group_a: str, group_b: str
) -> tuple[list[_Group], str]:
    """Return the two groups, and what a unit of them is."""
    label = groups_of(paragraphs, "paragraphs", by, [group_a, group_b])
    # Paragraphs of one article can only tell of that article, not of its outlet.
    alone = by == "document_id"
    groups = []
    for name in (group_a, group_b):
        own = paragraphs[label == name]
        number = own.groupby(PLACE if alone else PLACE[:1]).ngroup().to_numpy()
        groups.append(_Group(own, number, int(number.max()) + 1))
    return groups, "paragraph" if alone else "document"


def _placed(group: _Group, hits: pd.DataFrame) -> pd.DataFrame:
    """Return the hits in a group, with the numbers of the paragraph and the unit of each."""
    places = pd.MultiIndex.from_frame(group.paragraphs[PLACE])
    row = places.get_indexer(pd.MultiIndex.from_frame(hits[PLACE]))
    inside, row = hits.loc[row >= 0, _LOOKED_AT], row[row >= 0]
    return inside.assign(row=row, unit=group.number[row])


def _sums(group: _Group, values: pd.Series) -> np.ndarray:
    return np.bincount(group.number, weights=values.to_numpy(float), minlength=group.n_units)


def _counts(group: _Group, units: pd.Series) -> np.ndarray:
    return np.bincount(units.to_numpy("int64"), minlength=group.n_units).astype(float)


def _measures(
    group: _Group, hits: pd.DataFrame, category: str
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return for each normalisation what is divided by what, for each unit."""
    own = hits[hits["category"] == category]
    paragraphs = group.paragraphs
    sentences = own.drop_duplicates(["row", "sentence"])
    with_hits = own.drop_duplicates("row")
    n_hits = _counts(group, own["unit"])
    numbers = (
        (n_hits, _sums(group, paragraphs["n_tokens"])),
        (_counts(group, sentences["unit"]), _sums(group, paragraphs["n_sentences"])),
        (_counts(group, with_hits["unit"]), _sums(group, paragraphs["n_tokens"] > 0)),
        (n_hits, _counts(group, hits["unit"])),
    )
    return dict(zip(NORMALISATIONS, numbers, strict=True))


def _left_out(hits: pd.DataFrame, category: str) -> list[tuple[str, str, str]]:
    """List what to leave out of a category: nothing, each subcategory, the entry with most hits."""
    own = hits[hits["category"] == category]
    names = sorted(own["subcategory"].dropna().unique())
    left_out = [(_ALL, "", "")]
    # Without its only subcategory nothing of a category is left.
    if len(names) > 1:
        left_out += [(f"without {name}", "subcategory", name) for name in names]
    entries = own["entry"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    if len(entries) > 1:
        left_out.append((f"without “{entries.index[0]}”", "entry", entries.index[0]))
    return left_out


def _resampled(
    parts: np.ndarray, wholes: np.ndarray, n_resamples: int, generator: np.random.Generator
) -> np.ndarray:
    """Draw units again and return the ratios of their sums (draws by measures)."""
    n_units = len(parts)
    weights = generator.multinomial(n_units, np.full(n_units, 1 / n_units), size=n_resamples)
    return divide(weights @ parts, weights @ wholes)


def _check_choices(chosen: Sequence[str], known: Sequence[str], name: str) -> None:
    if isinstance(chosen, str) or not isinstance(chosen, Collection) or not len(chosen):
        raise ArgumentError(f"{name} is {chosen!r}; give a list with at least one choice")
    for one in chosen:
        if one not in known:
            raise ArgumentError(f"{name} names {one!r}; choose among {', '.join(map(repr, known))}")
