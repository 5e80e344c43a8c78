"""Scores in, intervals and contrasts of documents and groups out."""

import warnings
from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import pandas as pd

from analysis.errors import (
    ArgumentError,
    StatisticsWarning,
    TableError,
    check_choice,
    check_resampling,
    names_of,
)
from analysis.scores.scoring import score_documents
from analysis.statistics.intervals import (
    FEWEST_UNITS,
    MANY_UNITS,
    N_RESAMPLES,
    Intervals,
    difference_intervals,
    explain_missing,
    ratio_interval,
    resample_rates,
)
from analysis.statistics.significance import (
    Adjustment,
    Permutation,
    adjust_p,
    cliffs_delta,
    permutation_test,
)
from analysis.statistics.sums import divide
from analysis.tables.checks import check_table, label_groups, make_table
from analysis.tables.schema import PER_TOKENS, PLACE, SPLIT
from analysis.tables.subcategories import COLUMN, sum_counts

Method = Literal["BCa", "percentile"]

_NAMED = 5
# A name that no column of the researcher has.
_COLUMN = "column of the measure"


class _Draws(NamedTuple):
    """How intervals and tests are drawn."""

    confidence: float
    method: Method
    n_resamples: int
    seed: int


class _Units(NamedTuple):
    """Hits (units by measures) and tokens of the units of one group."""

    hits: np.ndarray
    tokens: np.ndarray


def score_intervals(
    scores: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    confidence: float = 0.95,
    method: Method = "BCa",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Roll scores up to documents or groups, with an interval for each rate.

    Whole documents are resampled, since paragraphs of one article resemble each other. Without
    groups, the interval for a document resamples its paragraphs, and describes that document
    only; its ``interval_method`` says so. Without any hit, from fewer than 5 units, or where all
    units have the same rate, both bounds are null and ``interval_method`` gives the reason. From
    fewer than 20 units an interval is narrower than it says, and a warning names the groups.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores``.
    by : str or sequence of str, optional
        Metadata columns to group by; without it, one row for each document.
    confidence : float, default 0.95
        Coverage asked for.
    method : {"BCa", "percentile"}, default "BCa"
        Bias-corrected and accelerated bootstrap, or plain percentiles.
    n_resamples : int, default 9999
        How many resamples of the units to draw.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        Table ``document_scores`` or ``group_scores`` with ``low``, ``high`` (hits per
        1,000 tokens) and ``interval_method``.

    Raises
    ------
    TableError
        If `scores` breaks its schema, or `by` names something else.
    ValueError
        If `confidence` is not between 0 and 1.

    Warns
    -----
    StatisticsWarning
        If some intervals rest on few units, or were not made.

    References
    ----------
    Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American
    Statistical Association 82(397), 171-185.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat."] * 10 + ["No word of it today."] * 15
    >>> documents = fa.documents_from_texts(texts).assign(desk="home")
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> row = fa.score_intervals(scores, by="desk").iloc[0]
    >>> bool(row["low"] < row["rate"] < row["high"]), row["interval_method"]
    (True, 'BCa, documents resampled')
    """
    check_bootstrap(confidence, method, n_resamples, seed)
    scores = check_table(scores, "scores")
    rolled = score_documents(scores, by=by)
    groups = ["document_id"] if by is None else names_of("by", by)
    classes = _class_columns(scores)
    unit = _unit_of(groups)
    bounds = []
    few: list[str] = []
    units, measures = _units(scores, groups, classes)
    for row in _rows(rolled[[*groups, *classes]]):
        name, measure = row[: len(groups)], row[len(groups) :]
        table, place = units[name], measures.index(measure)
        own = ratio_interval(
            table.hits[:, place],
            table.tokens,
            confidence=confidence,
            method=method,
            n_resamples=n_resamples,
            seed=seed,
        )
        bounds.append(own.as_columns(f"{unit}s", times=PER_TOKENS))
        if len(table.tokens) < MANY_UNITS and table.hits[:, place].any():
            few.append(" × ".join(map(str, name)))
    _warn_of_few(few, unit)
    made = pd.DataFrame(bounds, columns=["low", "high", "interval_method"])
    if unit == "paragraph":
        # Paragraphs of one article say nothing of others.
        told = made["interval_method"].str.endswith("resampled")
        made.loc[told, "interval_method"] += ": describes this document only"
    rolled = rolled.assign(**made.astype({"low": float, "high": float, "interval_method": "str"}))
    # For the captions of figures.
    rolled.attrs["confidence"] = confidence
    return rolled


def compare_groups(
    scores: pd.DataFrame,
    *,
    by: str | Sequence[str],
    pairs: Sequence[tuple[str, str]] | None = None,
    confidence: float = 0.95,
    method: Method = "BCa",
    adjustment: Adjustment = "Benjamini-Hochberg",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the rates of groups: differences and ratios with intervals, and tests.

    Documents are the units: they are resampled for the intervals, and exchanged between
    the two groups for the p-values, so that a group of many paragraphs from few
    articles does not look surer than it is. A group with a single document has no interval,
    and hardly any p; ``by="document_id"`` compares documents, as `compare_documents` does.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores``.
    by : str or sequence of str
        Metadata columns whose values are the groups, for instance ``"outlet"``. Missing
        values are a group of their own, ``"(missing)"``.
    pairs : sequence of (str, str), optional
        Which groups to compare, and in which direction; by default every two. Groups of
        several columns are named by their values with `` × `` between.
    confidence : float, default 0.95
        Coverage of the intervals.
    method : {"BCa", "percentile"}, default "BCa"
        The bootstrap.
    adjustment : str, default "Benjamini-Hochberg"
        How p-values are adjusted for their number, over all rows returned: also
        ``"Benjamini-Yekutieli"``, ``"Holm"``, ``"Hochberg"`` or ``"none"``.
    n_resamples : int, default 9999
        Draws for each interval and each test. Where all exchanges can be enumerated with
        as many, p is exact.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        Table ``contrasts``: one row for each pair and category. A difference without
        bounds or p says why in ``interval_method`` and ``p_method``.

    Raises
    ------
    TableError
        If `scores` breaks its schema, there are fewer than two groups, or `pairs` names an
        unknown one.
    ValueError
        If `confidence` or `adjustment` is none.

    Warns
    -----
    StatisticsWarning
        If groups have fewer than 20 documents.

    References
    ----------
    Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero.
    Statistical Applications in Genetics and Molecular Biology 9(1). Benjamini, Y., &
    Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal
    Statistical Society B 57, 289-300.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat looms."] * 20 + ["No word of it."] * 20
    >>> documents = fa.documents_from_texts(texts).assign(desk=["a"] * 20 + ["b"] * 20)
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> row = fa.compare_groups(scores, by="desk", n_resamples=999, seed=1).iloc[0]
    >>> round(float(row["difference"]), 1), float(row["p"])
    (333.3, 0.001)
    """
    names = names_of("by", by)
    draws = _Draws(confidence, method, n_resamples, seed)
    return _contrasts(scores, names, pairs, adjustment, draws)


def compare_documents(
    scores: pd.DataFrame,
    *,
    pairs: Sequence[tuple[str, str]] | None = None,
    confidence: float = 0.95,
    method: Method = "BCa",
    adjustment: Adjustment = "Benjamini-Hochberg",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the rates of single documents, with their paragraphs as units.

    What is found describes these documents, and no outlet or date: for that, compare
    groups of documents.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores``.
    pairs : sequence of (str, str), optional
        Ids of the documents to compare; by default every two.
    confidence, method, adjustment, n_resamples, seed
        As for `compare_groups`.

    Returns
    -------
    pandas.DataFrame
        Table ``contrasts``, with ``unit`` ``paragraph``.

    Raises
    ------
    TableError
        If `scores` breaks its schema, there are fewer than two documents, or `pairs` names
        an unknown one.
    ValueError
        If `confidence` or `adjustment` is none.

    Warns
    -----
    StatisticsWarning
        If documents have fewer than 20 paragraphs.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat.\\n\\n" * 20, "No word.\\n\\n" * 20]
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> fa.compare_documents(scores, n_resamples=999)[["difference", "unit"]].values.tolist()
    [[500.0, 'paragraph']]
    """
    draws = _Draws(confidence, method, n_resamples, seed)
    return _contrasts(scores, ["document_id"], pairs, adjustment, draws)


def _contrasts(
    scores: pd.DataFrame,
    names: list[str],
    pairs: Sequence[tuple[str, str]] | None,
    adjustment: Adjustment,
    draws: _Draws,
) -> pd.DataFrame:
    check_bootstrap(*draws)
    if adjustment not in get_args(Adjustment):
        raise ArgumentError(
            f"adjustment {adjustment!r} is unknown; give 'Benjamini-Hochberg' or 'Holm'"
        )
    scores = check_table(scores, "scores")
    what = "document" if names == ["document_id"] else "group"
    rolled = score_documents(scores, by=None if what == "document" else names)
    classes = _class_columns(scores)
    groups, measures = _units(scores, names, classes)
    units = {" × ".join(map(str, key)): own for key, own in groups.items()}
    chosen = list(combinations(units, 2)) if pairs is None else _given_pairs(pairs)
    unknown = [name for pair in chosen for name in pair if name not in units]
    if unknown:
        raise TableError(
            f"there is no {what} {unknown[0]!r} to compare; there are "
            f"{', '.join(map(repr, list(units)[:10]))}"
        )
    if not chosen:
        raise TableError(f"there are fewer than two {what}s to compare")
    used = list(dict.fromkeys(name for pair in chosen for name in pair))
    # Every group has draws of its own, whichever others it is compared with.
    resampled = {
        name: resample_rates(
            *units[name], n_resamples=draws.n_resamples, seed=_seed_of(draws.seed, name)
        )
        for name in used
    }
    unit = _unit_of(names)
    rows = [_contrast(pair, units, resampled, unit, draws) for pair in chosen]
    of_measures = pd.DataFrame(measures, columns=classes)
    table = pd.concat([of_measures.join(row) for row in rows], ignore_index=True)
    table["p_adjusted"] = adjust_p(table["p"].to_numpy(float), adjustment)
    table["adjustment"] = adjustment
    table["family_size"] = int(table["p"].notna().sum())
    if COLUMN in rolled:
        told = {
            (" × ".join(map(str, key)), *measure): counts
            for key, measure, counts in zip(
                _rows(rolled[names]), _rows(rolled[classes]), rolled[COLUMN], strict=True
            )
        }
        sides = [told[pair[n], *of] for n in (0, 1) for pair in chosen for of in measures]
        both = pd.DataFrame({COLUMN: pd.Series(sides, dtype="str")})
        place = np.tile(np.arange(len(table)), 2)
        table = table.assign(**sum_counts(both, place, len(table)))
    _warn_of_few([name for name in used if len(units[name].tokens) < MANY_UNITS], unit)
    made = make_table("contrasts", table)
    made.attrs["confidence"] = draws.confidence
    return made


def _given_pairs(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    is_list = isinstance(pairs, Collection) and not isinstance(pairs, str | bytes)
    chosen = [names_of("each of pairs", pair) for pair in pairs] if is_list else [[]]
    if any(len(pair) != 2 for pair in chosen):
        raise ArgumentError(f"pairs is {pairs!r:.60}; give a list of pairs of two names each")
    return [(one, two) for one, two in chosen]


def _contrast(
    pair: tuple[str, ...],
    units: dict[str, _Units],
    resampled: dict[str, np.ndarray],
    unit: str,
    draws: _Draws,
) -> pd.DataFrame:
    """Return a row for each category: rates, their difference and ratio, and the test."""
    one, two = (units[name] for name in pair)
    sizes = (len(one.tokens), len(two.tokens))
    empty = np.full(one.hits.shape[1], np.nan)
    bounds = Intervals(*(empty,) * 4)
    test = Permutation(empty, np.nan, f"none: a group of a single {unit}")
    made: str | np.ndarray
    if min(sizes) < FEWEST_UNITS:
        made = f"none: a group of fewer than {FEWEST_UNITS} {unit}s"
    elif not (one.tokens.sum() > 0 and two.tokens.sum() > 0):
        made = "none: a group without tokens"
    else:
        bounds = difference_intervals(
            one,
            two,
            (resampled[pair[0]], resampled[pair[1]]),
            confidence=draws.confidence,
            method=draws.method,
        )
        drawn, n_hits = f"{draws.method}, {unit}s resampled", one.hits.sum(0) + two.hits.sum(0)
        made = explain_missing(drawn, bounds.low, n_hits)
    if min(sizes) > 1:
        test = permutation_test(
            np.vstack([one.hits, two.hits]),
            np.concatenate([one.tokens, two.tokens]),
            np.repeat([True, False], sizes),
            n_resamples=draws.n_resamples,
            seed=_seed_of(draws.seed, " | ".join(pair)),
        )
    rates = [divide(PER_TOKENS * own.hits.sum(axis=0), own.tokens.sum()) for own in (one, two)]
    of_units = [divide(own.hits, own.tokens[:, None]).T for own in (one, two)]
    return pd.DataFrame(
        {
            "group_a": pair[0],
            "group_b": pair[1],
            "rate_a": rates[0],
            "rate_b": rates[1],
            "difference": rates[0] - rates[1],
            "low": PER_TOKENS * bounds.low,
            "high": PER_TOKENS * bounds.high,
            "ratio": divide(rates[0], rates[1]),
            "ratio_low": bounds.ratio_low,
            "ratio_high": bounds.ratio_high,
            "interval_method": made,
            "cliffs_delta": [cliffs_delta(*own) for own in zip(*of_units, strict=True)],
            "p": test.p,
            "smallest_p": test.smallest,
            "p_method": test.method,
            "unit": unit,
            "n_units_a": sizes[0],
            "n_units_b": sizes[1],
        }
    )


def _units(
    scores: pd.DataFrame, names: list[str], classes: list[str]
) -> tuple[dict[tuple[Any, ...], _Units], list[tuple[Any, ...]]]:
    """Return each group's units' sums, and the measures that these are of."""
    work = scores.assign(**{name: label_groups(scores[name]) for name in names})
    measured = _rows(work[classes])
    places = {measure: place for place, measure in enumerate(dict.fromkeys(measured))}
    work[_COLUMN] = [places[measure] for measure in measured]
    # Never both in one table: a group's only article would lend it dozens of units.
    unit = PLACE[:1] if _unit_of(names) == "document" else PLACE
    units = {}
    for key, own in work.groupby(names, dropna=False):
        numbers = own.groupby(unit).ngroup().to_numpy()
        hits = np.zeros((numbers.max() + 1, len(places)))
        np.add.at(hits, (numbers, own[_COLUMN].to_numpy()), own["n_hits"].to_numpy(float))
        # Every category repeats the tokens of its paragraph.
        tokens = np.bincount(numbers, weights=own["n_tokens"].to_numpy(float)) / len(places)
        units[key] = _Units(hits, tokens)
    return units, list(places)


def _unit_of(names: Sequence[str]) -> str:
    """Name what is resampled: documents, or the paragraphs of single ones."""
    return "paragraph" if "document_id" in names else "document"


def _rows(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    """List the rows of a table, with nulls that are equal to each other."""
    nulled = table.astype(object).where(table.notna(), None)
    return list(nulled.itertuples(index=False, name=None))


def _class_columns(scores: pd.DataFrame) -> list[str]:
    return ["lexicon", "category", *(c for c in SPLIT if c in scores)]


def _seed_of(seed: int, name: str) -> int:
    """Return a seed for one group that does not hang on which others there are."""
    return int(np.random.SeedSequence([seed, *name.encode()]).generate_state(1)[0])


def check_bootstrap(confidence: float, method: Method, n_resamples: int, seed: int) -> None:
    """Refuse what no interval can be drawn with."""
    check_resampling(confidence, n_resamples, seed)
    check_choice("method", method, get_args(Method))


def _warn_of_few(names: list[str], unit: str) -> None:
    if names:
        distinct = list(dict.fromkeys(names))
        shown = ", ".join(map(repr, distinct[:_NAMED]))
        more = f" and {len(distinct) - _NAMED} more" if len(distinct) > _NAMED else ""
        warnings.warn(
            f"few {unit}s in {shown}{more}: intervals from fewer than {MANY_UNITS} are too narrow, "
            f"and from fewer than {FEWEST_UNITS} there are none",
            StatisticsWarning,
            stacklevel=4,
        )
