"""Scores in, intervals and contrasts of documents and groups out."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from analysis.comparison.contrasts import compare_units, rates_of, with_adjusted
from analysis.comparison.notices import (
    warn_of_few,
    warn_of_months,
    warn_of_single_documents,
    warn_of_undated,
)
from analysis.comparison.shares import share_contrasts
from analysis.comparison.units import (
    Draws,
    Method,
    check_bootstrap,
    class_columns,
    count_undated,
    name_measures,
    pairs_of,
    rows_of,
    unit_of,
    units_of,
)
from analysis.errors import ArgumentError, TableError, check_choice, names_of
from analysis.scores.scoring import score_documents
from analysis.statistics.intervals import MANY_UNITS, N_RESAMPLES, ratio_interval
from analysis.statistics.significance import Adjustment
from analysis.tables.checks import check_table, make_table
from analysis.tables.schema import PER_TOKENS, SPLITS
from analysis.tables.subcategories import COLUMN, sum_counts


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
    classes = class_columns(scores)
    unit = unit_of(groups)
    bounds = []
    few: list[str] = []
    units, measures = units_of(scores, groups, classes)
    for row in rows_of(rolled[[*groups, *classes]]):
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
    warn_of_few(few, unit)
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
    measure: Literal["rate", "share"] = "rate",
    match: Literal["week"] | None = None,
    pairs: Sequence[tuple[str, str]] | None = None,
    confidence: float = 0.95,
    method: Method = "BCa",
    adjustment: Adjustment = "Benjamini-Hochberg",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the rates of groups, or whose voice their hits have: intervals and tests.

    Documents are the units: they are resampled for the intervals, and exchanged between
    the two groups for the p-values, so that a group of many paragraphs from few
    articles does not look surer than it is. A group with a single document has no interval,
    and hardly any p; ``by="document_id"`` compares documents, as `compare_documents` does.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores``; for shares, made with ``split=["voice", "certainty"]`` or one of them.
    by : str or sequence of str
        Metadata columns whose values are the groups, for instance ``"outlet"``. Missing
        values are a group of their own, ``"(missing)"``.
    measure : {"rate", "share"}, default "rate"
        Hits per 1,000 tokens, or the share of a category's hits that has a voice, certainty or
        group of speakers, of those whose voice (certainty, group) is known.
    match : {"week"}, optional
        Compare within the weeks, from Monday, in which both groups have documents: these are
        exchanged within their week, the differences of the weeks are weighed as Mantel and
        Haenszel do, and intervals leave out each week in turn (jackknife), whatever `method`
        is. What differs is then not the time.
    pairs : sequence of (str, str), optional
        Which groups to compare, and in which direction; by default every two. Groups of
        several columns are named by their values with `` × `` between.
    confidence : float, default 0.95
        Coverage of the intervals.
    method : {"BCa", "percentile"}, default "BCa"
        The bootstrap.
    adjustment : str, default "Benjamini-Hochberg"
        How p-values are adjusted for their number, over all rows returned: also
        ``"Benjamini-Yekutieli"``, ``"Holm"``, ``"Hochberg"`` or ``"none"``. The column
        ``family`` says what these rows are.
    n_resamples : int, default 9999
        Draws for each interval and each test. Where all exchanges can be enumerated with
        as many, p is exact.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        Table ``contrasts``: one row for each pair and category; or ``share_contrasts``: one for
        each pair, category and value of each split column. A difference without bounds or p
        says why in ``interval_method`` and ``p_method``.

    Raises
    ------
    TableError
        If `scores` breaks its schema, is not split for shares, has no dates to match, there are
        fewer than two groups, or `pairs` names an unknown one.
    ValueError
        If `measure`, `match`, `confidence` or `adjustment` is none.

    Warns
    -----
    StatisticsWarning
        If groups have fewer than 20 documents or share no month, or one document carries more
        than a third of a group's hits of a category.

    References
    ----------
    Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero.
    Statistical Applications in Genetics and Molecular Biology 9(1). Benjamini, Y., &
    Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal
    Statistical Society B 57, 289-300. Greenland, S., & Robins, J. M. (1985). Estimation of a
    common effect parameter from sparse follow-up data. Biometrics 41(1), 55-68.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat looms."] * 20 + ["Ana Rell said that the threat grew."] * 20
    >>> documents = fa.documents_from_texts(texts).assign(desk=["a"] * 20 + ["b"] * 20)
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    >>> row = fa.compare_groups(scores, by="desk", n_resamples=999, seed=1).iloc[0]
    >>> round(float(row["difference"]), 1), float(row["p"]), row["family"]
    (190.5, 0.001, '1 pair × 1 category')
    >>> voices = fa.score_paragraphs(paragraphs, hits, lexicon, split=["voice"])
    >>> shares = fa.compare_groups(voices, by="desk", measure="share", n_resamples=999)
    >>> shares[["value", "share_a", "share_b"]].values.tolist()
    [['narrator', 1.0, 0.0], ['quote', 0.0, 0.0], ['paraphrase', 0.0, 1.0]]
    """
    names = names_of("by", by)
    draws = Draws(confidence, method, n_resamples, seed)
    return _contrasts(scores, names, pairs, adjustment, draws, measure, match)


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
    draws = Draws(confidence, method, n_resamples, seed)
    return _contrasts(scores, ["document_id"], pairs, adjustment, draws)


def _contrasts(
    scores: pd.DataFrame,
    names: list[str],
    pairs: Sequence[tuple[str, str]] | None,
    adjustment: Adjustment,
    draws: Draws,
    measure: str = "rate",
    match: str | None = None,
) -> pd.DataFrame:
    check_bootstrap(*draws)
    check_choice("measure", measure, ("rate", "share"))
    check_choice("match", match, ("week", None))
    if adjustment not in get_args(Adjustment):
        raise ArgumentError(
            f"adjustment {adjustment!r} is unknown; give 'Benjamini-Hochberg' or 'Holm'"
        )
    scores = check_table(scores, "scores")
    what = "document" if names == ["document_id"] else "group"
    rolled = score_documents(scores, by=None if what == "document" else names)
    classes, unit = class_columns(scores), unit_of(names)
    if match:
        if unit != "document":
            raise ArgumentError("match is 'week', but by names single documents; group them")
        warn_of_undated(count_undated(scores))
    groups, measures = units_of(scores, names, classes)
    units = {" × ".join(map(str, key)): own for key, own in groups.items()}
    chosen = pairs_of(units, pairs, what)
    if not chosen:
        raise TableError(f"there are fewer than two {what}s to compare")
    units = {name: units[name] for name in dict.fromkeys(chain.from_iterable(chosen))}
    if measure == "share":
        table, values = share_contrasts(units, measures, classes, chosen, unit, draws, match=match)
    else:
        of_measures, values = pd.DataFrame(measures, columns=classes), ""
        contrasts = compare_units(units, chosen, unit, draws, match=match)
        rows = [
            of_measures.join(rates_of(contrast)).assign(group_a=a, group_b=b, unit=unit)
            for (a, b), contrast in zip(chosen, contrasts, strict=True)
        ]
        table = pd.concat(rows, ignore_index=True)
        # Which hits are in the weeks of a pair, groups do not tell.
        if COLUMN in rolled and not match:
            table = table.assign(**_subcategories(rolled, names, classes, chosen, measures))
    table = with_adjusted(table, _family(len(chosen), measures, classes, values), adjustment)
    warn_of_few([name for name, own in units.items() if len(own.tokens) < MANY_UNITS], unit)
    if unit == "document":
        warn_of_single_documents(units, measures)
        if not match:
            warn_of_months(units, chosen)
    made = make_table("share_contrasts" if measure == "share" else "contrasts", table)
    made.attrs["confidence"] = draws.confidence
    return made


def _subcategories(
    rolled: pd.DataFrame,
    names: list[str],
    classes: list[str],
    pairs: Sequence[tuple[str, ...]],
    measures: Sequence[tuple[Any, ...]],
) -> dict[str, pd.Series]:
    """Count the hits of both groups of each row by subcategory."""
    told = {
        (" × ".join(map(str, key)), *measure): counts
        for key, measure, counts in zip(
            rows_of(rolled[names]), rows_of(rolled[classes]), rolled[COLUMN], strict=True
        )
    }
    sides = [told[pair[n], *of] for n in (0, 1) for pair in pairs for of in measures]
    size = len(sides) // 2
    both = pd.DataFrame({COLUMN: pd.Series(sides, dtype="str")})
    return sum_counts(both, np.tile(np.arange(size), 2), size)


def _family(
    n_pairs: int, measures: Sequence[tuple[Any, ...]], classes: list[str], values: str
) -> str:
    """Name the tests that are adjusted together: "3 pairs × 4 categories"."""
    if values:
        classes = [name for name in classes if name not in SPLITS]
        measures = list(dict.fromkeys(own[: len(classes)] for own in measures))
    of = f" × {values}" if values else ""
    pairs = "pair" if n_pairs == 1 else "pairs"
    return f"{n_pairs:,} {pairs} × {name_measures(len(measures), classes)}{of}"
