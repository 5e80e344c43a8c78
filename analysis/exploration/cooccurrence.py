"""Which categories stand together more often than chance would have it."""

from itertools import combinations
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from scipy import stats

from analysis.errors import ArgumentError, check_choice, check_resampling
from analysis.hits.summaries import find_overlaps
from analysis.statistics.intervals import N_RESAMPLES, ratio_interval
from analysis.statistics.significance import Adjustment, adjust_p
from analysis.tables.checks import empty_table, make_table, place_hits
from analysis.tables.schema import PLACE

_CLASS = ["lexicon", "category"]
# Probabilities that are equal up to rounding are ties.
_TIE = 1e-7


def cooccurrence(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    within: Literal["sentence", "paragraph"] = "sentence",
    confidence: float = 0.95,
    adjustment: Adjustment = "Benjamini-Hochberg",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Count sentences or paragraphs that hold two categories, against chance.

    Chance means: the same sentences, exchanged within each document. So a lift above 1 says
    that an article which speaks of both does so in the same breath, and not merely that some
    articles speak much of everything.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.
    hits : pandas.DataFrame
        Table ``hits`` found in them; every two of its categories are compared.
    within : {"sentence", "paragraph"}, default "sentence"
        What counts as together.
    confidence : float, default 0.95
        Coverage of the interval of the lift, which resamples documents.
    adjustment : str, default "Benjamini-Hochberg"
        How p-values are adjusted for their number, as in `compare_groups`.
    n_resamples : int, default 9999
        Draws for each interval.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        Table ``cooccurrences``, the highest lift first. ``p`` is exact, given how often each
        category stands in each document (the sum of their hypergeometric distributions).
        ``n_same_words`` tells how much is two lexica counting the same words.

    Raises
    ------
    TableError
        If a table breaks its schema, or hits are of other paragraphs.
    ValueError
        If `within` or `adjustment` is something else.

    References
    ----------
    Mehta, C. R., Patel, N. R., & Gray, R. (1985). Computing an exact confidence interval for
    the common odds ratio in several 2 x 2 contingency tables. Journal of the American
    Statistical Association 80, 969-973.

    Examples
    --------
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["Aid is a threat. Aid, a threat. Rain. Rain fell."])
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"], "aid": ["aid"]})
    >>> together = fa.cooccurrence(paragraphs, fa.find_hits(paragraphs, lexicon))
    >>> together[["n_both", "expected", "lift"]].values.tolist()
    [[2.0, 1.0, 2.0]]
    """
    check_choice("within", within, ("sentence", "paragraph"))
    check_resampling(confidence, n_resamples, seed)
    place_hits(paragraphs, hits)
    if adjustment not in get_args(Adjustment):
        raise ArgumentError(
            f"adjustment {adjustment!r} is unknown; give 'Benjamini-Hochberg' or 'Holm'"
        )
    counted = hits[hits["blocked_by"].isna()]
    unit = [*PLACE, "sentence"] if within == "sentence" else PLACE
    units = pd.MultiIndex.from_frame(counted[unit])
    numbers = paragraphs["n_sentences"] if within == "sentence" else paragraphs["n_tokens"] > 0
    sizes = numbers.astype("int64").groupby(paragraphs["document_id"]).sum()
    key = list(zip(counted["lexicon"], counted["category"], strict=True))
    classes = pd.Index(key, tupleize_cols=False)
    held = {own: units[classes == own].unique() for own in dict.fromkeys(key)}
    same = _same_words(counted, unit)
    rows = []
    for one, two in combinations(held, 2):
        both = held[one].intersection(held[two])
        n_one, n_two, n_both = (_by_document(own, sizes) for own in (held[one], held[two], both))
        expected = n_one * n_two / np.maximum(sizes.to_numpy(), 1)
        lift = ratio_interval(
            n_both, expected, confidence=confidence, n_resamples=n_resamples, seed=seed
        )
        if not n_both.any():
            lift = lift._replace(method="none: never together")
        rows.append(
            {
                **dict(zip(["lexicon_a", "category_a"], one, strict=True)),
                **dict(zip(["lexicon_b", "category_b"], two, strict=True)),
                "n_a": len(held[one]),
                "n_b": len(held[two]),
                "n_both": len(both),
                "n_same_words": len(both.intersection(same.get(frozenset((one, two)), both[:0]))),
                "expected": expected.sum(),
                "lift": len(both) / expected.sum() if expected.any() else np.nan,
                **lift.as_columns("documents"),
                "p": _exact_p(n_one, n_two, sizes.to_numpy(), len(both)),
            }
        )
    if not rows:
        return empty_table("cooccurrences")
    table = pd.DataFrame(rows).sort_values("lift", ascending=False, kind="stable")
    table["within"], table["n_units"] = within, int(sizes.sum())
    table["p_adjusted"] = adjust_p(table["p"].to_numpy(float), adjustment)
    table["adjustment"], table["family_size"] = adjustment, len(table)
    return make_table("cooccurrences", table)


def _by_document(units: pd.MultiIndex, sizes: pd.Series) -> np.ndarray:
    """Count units in each document."""
    own = units.get_level_values(0).value_counts()
    return own.reindex(sizes.index, fill_value=0).to_numpy("int64")


def _same_words(hits: pd.DataFrame, unit: list[str]) -> dict[frozenset[Any], pd.MultiIndex]:
    """Return for each two categories the units in which their hits overlap."""
    # An overlap begins where one of its two hits does.
    begins = hits[list(dict.fromkeys([*unit, *PLACE, "start"]))].drop_duplicates()
    overlaps = find_overlaps(hits).merge(begins, on=[*PLACE, "start"])
    pairs = overlaps.groupby(["lexicon_a", "category_a", "lexicon_b", "category_b"])
    return {
        frozenset((key[:2], key[2:])): pd.MultiIndex.from_frame(own[unit]).unique()
        for key, own in pairs
    }


def _exact_p(n_one: np.ndarray, n_two: np.ndarray, sizes: np.ndarray, observed: int) -> float:
    """Return the chance of a count as unlikely as this, given each document's counts."""
    distribution, least = np.ones(1), 0
    known: dict[tuple[int, int, int], np.ndarray] = {}
    for one, two, size in zip(n_one.tolist(), n_two.tolist(), sizes.tolist(), strict=True):
        low, high = max(0, one + two - size), min(one, two)
        least += low
        if low == high:
            continue
        if (one, two, size) not in known:
            counts = np.arange(low, high + 1)
            known[one, two, size] = stats.hypergeom.pmf(counts, size, one, two)
        distribution = np.convolve(distribution, known[one, two, size])
    chance = distribution[observed - least]
    p = distribution[distribution <= chance * (1 + _TIE)].sum()
    # A chance too small for a number is still a chance.
    return float(np.clip(p, np.finfo(float).tiny, 1))
