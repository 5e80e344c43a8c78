"""Scores of two groups, article by article on the same events."""

import warnings
from typing import Any, get_args

import numpy as np
import pandas as pd

from analysis.comparison.contrasts import with_adjusted
from analysis.comparison.notices import warn_of_few
from analysis.comparison.units import Method, check_bootstrap, class_columns, name_measures
from analysis.errors import StatisticsWarning, TableError, check_choice
from analysis.scores.scoring import score_documents
from analysis.statistics.intervals import (
    FEWEST_UNITS,
    MANY_UNITS,
    N_RESAMPLES,
    Interval,
    ratio_interval,
)
from analysis.statistics.significance import Adjustment, Permutation, sign_flip_test
from analysis.tables.checks import check_table, make_table, positions


def compare_pairs(
    scores: pd.DataFrame,
    document_pairs: pd.DataFrame,
    *,
    keep_copies: bool = False,
    confidence: float = 0.95,
    method: Method = "percentile",
    adjustment: Adjustment = "Benjamini-Hochberg",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the rates of two groups within pairs of articles on the same event.

    Groups may differ since they write of other events. Within a pair both write of one. Each
    pair counts once, however long its articles are: the difference is the mean of the
    differences within pairs, so rates are means of the articles' rates and no ratios of sums.
    The test turns the signs of the differences; intervals resample pairs.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores``.
    document_pairs : pandas.DataFrame
        Table ``document_pairs``, as made by `pair_documents`; tables of several pairs of groups
        may stand under each other.
    keep_copies : bool, default False
        Whether pairs of near-copies count too. They are left out, since what both took from
        an agency does not show how either writes; a warning counts them.
    method : {"percentile", "BCa"}, default "percentile"
        The bootstrap. Of a dozen pairs, percentiles hold what they promise better than BCa.
    confidence, adjustment, n_resamples, seed
        As in `compare_groups`; pairs are drawn, or turned.

    Returns
    -------
    pandas.DataFrame
        Table ``pair_contrasts``: a row for each pair of groups and category. From fewer than
        5 pairs there is no interval; ``interval_method`` says so.

    Raises
    ------
    TableError
        If a table breaks its schema, there are no pairs, `scores` lacks a document of one, or a
        document is in two pairs of the same groups.
    ValueError
        If `confidence` or `adjustment` is none.

    Warns
    -----
    StatisticsWarning
        If there are fewer than 20 pairs, or pairs are left out: near-copies, and those of an
        article without tokens.

    References
    ----------
    Fisher, R. A. (1935). The design of experiments. Oliver & Boyd, chapter 3.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> events = ["ferry", "harvest", "election", "drought", "strike", "museum"]
    >>> texts = [f"The {own} is a threat." for own in events] + [f"The {own}." for own in events]
    >>> documents = fa.documents_from_texts(texts).assign(desk=["a"] * 6 + ["b"] * 6)
    >>> documents["date"] = pd.to_datetime("2025-01-01")
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> pairs = fa.pair_documents(documents, by="desk", group_a="a", group_b="b")
    >>> import warnings
    >>> with warnings.catch_warnings(action="ignore"):
    ...     row = fa.compare_pairs(scores, pairs).iloc[0]
    >>> int(row["n_pairs"]), float(row["difference"]), float(row["p"])
    (6, 200.0, 0.03125)
    """
    check_bootstrap(confidence, method, n_resamples, seed)
    check_choice("adjustment", adjustment, get_args(Adjustment))
    scores = check_table(scores, "scores")
    pairs = check_table(document_pairs, "document_pairs")
    pairs = pairs.sort_values("document_id_a", ignore_index=True)
    measures = scores[class_columns(scores)].drop_duplicates(ignore_index=True)
    rates = np.stack([_rates(scores, pairs, own, measures) for own in ("a", "b")])
    copies = pairs["near_copy"].to_numpy(bool) & (not keep_copies)
    empty = np.isnan(rates).any(axis=(0, 2)) & ~copies
    _warn_of(copies.sum(), "near-copies", "keep_copies=True keeps them")
    _warn_of(empty.sum(), "an article without tokens", "read that article")
    rows = []
    for (group_a, group_b), pair in pairs.groupby(["group_a", "group_b"]):
        one, two = rates[:, pair.index[~(copies | empty)[pair.index]]]
        row = _contrast(one, two, confidence, method, n_resamples, seed)
        rows.append(measures.assign(group_a=str(group_a), group_b=str(group_b), **row))
    if not rows:
        raise TableError("document_pairs has no pairs; allow more days or less similarity")
    made = _finish(rows, adjustment)
    made.attrs["confidence"] = confidence
    return made


def _finish(rows: list[pd.DataFrame], adjustment: Adjustment) -> pd.DataFrame:
    """Adjust the p-values of all rows, say what they are adjusted over, and warn of few pairs."""
    table = pd.concat(rows, ignore_index=True)
    few = table[table["n_pairs"] < MANY_UNITS]
    warn_of_few(
        [f"{a} and {b}" for a, b in few[["group_a", "group_b"]].itertuples(index=False)], "pair"
    )
    groups = f"{len(rows)} pair{'s' * (len(rows) > 1)} of groups"
    told = name_measures(len(rows[0]), class_columns(rows[0]))
    return make_table("pair_contrasts", with_adjusted(table, f"{groups} × {told}", adjustment))


def _rates(
    scores: pd.DataFrame, pairs: pd.DataFrame, side: str, measures: pd.DataFrame
) -> np.ndarray:
    """Return the rates of one article of each pair; pairs by measures."""
    ids = pairs[f"document_id_{side}"]
    twice = pairs.duplicated(["group_a", "group_b", ids.name])
    if twice.any():
        raise TableError(
            f"document {ids[twice].iloc[0]!r} is in two pairs; leave it in one of them"
        )
    rolled = score_documents(scores)
    numbers, documents = pd.factorize(rolled["document_id"])
    rates = np.full((len(documents), len(measures)), np.nan)
    places = positions(measures, rolled[measures.columns])
    rates[numbers, places] = rolled["rate"]
    chosen = pd.Index(documents).get_indexer(ids)
    if (chosen < 0).any():
        stray = ids[chosen < 0].iloc[0]
        raise TableError(f"scores have no document {stray!r}; score the articles that you pair")
    return rates[chosen]


def _contrast(
    one: np.ndarray,
    two: np.ndarray,
    confidence: float,
    method: Method,
    n_resamples: int,
    seed: int,
) -> dict[str, Any]:
    """Return the columns about the differences of rates (pairs by measures)."""
    n_pairs, n_measures = one.shape
    rates = [own.mean(axis=0) if n_pairs else np.full(n_measures, np.nan) for own in (one, two)]
    test = Permutation(np.full(n_measures, np.nan), np.nan, "none: fewer than 2 pairs")
    if n_pairs > 1:
        test = sign_flip_test(one - two, n_resamples=n_resamples, seed=seed)
    bounds = []
    for differences in (one - two).T:
        interval = Interval(np.nan, np.nan, f"none: fewer than {FEWEST_UNITS} pairs")
        if n_pairs >= FEWEST_UNITS and np.ptp(differences) == 0:
            interval = interval._replace(method="none: every pair has the same difference")
        elif n_pairs >= FEWEST_UNITS:
            interval = ratio_interval(
                differences,
                np.ones(n_pairs),
                confidence=confidence,
                method=method,
                n_resamples=n_resamples,
                seed=seed,
            )
        bounds.append(interval.as_columns("pairs"))
    return {
        "rate_a": rates[0],
        "rate_b": rates[1],
        "difference": rates[0] - rates[1],
        **pd.DataFrame(bounds),
        "p": test.p,
        "smallest_p": test.smallest,
        "p_method": test.method,
        "n_pairs": n_pairs,
    }


def _warn_of(n_pairs: int, what: str, advice: str) -> None:
    if n_pairs:
        many, are = ("s", "are") if n_pairs > 1 else ("", "is")
        _warn(f"{n_pairs:,} pair{many} of {what} {are} left out; {advice}", stacklevel=4)


def _warn(message: str, stacklevel: int = 3) -> None:
    warnings.warn(message, StatisticsWarning, stacklevel=stacklevel)
