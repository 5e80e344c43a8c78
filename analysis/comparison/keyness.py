"""Which words one set of documents uses more than another."""

from collections import Counter
from itertools import chain
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from analysis.errors import ArgumentError, TableError, check_choice, check_count, check_number
from analysis.statistics.association import Variance, weighted_log_odds
from analysis.tables.checks import check_table, make_table
from analysis.tables.schema import PER_TOKENS
from analysis.text.tokens import words

_Measure = Literal["G2", "G2 two-term", "chi2", "Fisher"]
_Correction = Literal["none", "Yates", "Williams"]


def keyness(
    target: pd.DataFrame,
    reference: pd.DataFrame,
    *,
    measure: _Measure = "G2",
    correction: _Correction = "none",
    min_occurrences: int = 5,
) -> pd.DataFrame:
    """Compare how often two sets of documents use each word, by a test of association.

    Parameters
    ----------
    target, reference : pandas.DataFrame
        Tables ``documents``.
    measure : {"G2", "G2 two-term", "chi2", "Fisher"}, default "G2"
        The likelihood ratio over all four cells (Dunning 1993); the same over the two cells of
        the word only, as corpus tools often print it (Rayson and Garside 2000);
        Pearson's chi-squared; or the logarithm of the conditional odds ratio with the p of
        Fisher's exact test, which is infinite where only one set uses the word, and takes
        some milliseconds for each word.
    correction : {"none", "Yates", "Williams"}, default "none"
        Correction of ``"G2"`` and ``"chi2"`` for small counts.
    min_occurrences : int, default 5
        Leave out words that are rarer in both together.

    Returns
    -------
    pandas.DataFrame
        Table ``keyness``, from the words most typical of `target` to those of `reference`,
        whose values are negative. P-values treat every word as drawn by itself, which words
        of one article are not: read them as a ranking.

    Raises
    ------
    TableError
        If a table is none of documents, or has no words.
    ValueError
        If `measure` or `correction` is something else.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
    Computational Linguistics 19(1), 61-74. Rayson, P., & Garside, R. (2000). Comparing corpora
    using frequency profiling.

    Examples
    --------
    >>> import analysis as fa
    >>> target = fa.documents_from_texts(["Aid aid aid aid aid came."])
    >>> reference = fa.documents_from_texts(["Rain fell. Rain fell. Rain fell. Rain. Rain."])
    >>> fa.keyness(target, reference)["term"].tolist()
    ['aid', 'rain']
    """
    counts = _word_counts(target, reference, min_occurrences)
    n_target, n_reference = counts["n_target"].sum(), counts["n_reference"].sum()
    counts = counts[counts["n_target"] + counts["n_reference"] >= min_occurrences]
    own = (counts["n_target"], counts["n_reference"], n_target, n_reference)
    if measure == "Fisher" and correction == "none":
        values, p = _exact(*own)
    else:
        values = keyness_scores(*own, measure=measure, correction=correction)
        # The upper tail itself: one less the lower would be 0 beyond sixteen digits.
        p = stats.chi2.sf(np.abs(values), 1)
    table = counts.assign(
        rate_target=PER_TOKENS * counts["n_target"] / n_target,
        rate_reference=PER_TOKENS * counts["n_reference"] / n_reference,
        keyness=values,
        p=p,
        measure=measure,
        correction=correction,
    )
    return make_table("keyness", table.sort_values(["keyness", "term"], ascending=[False, True]))


def keyness_scores(
    n_target: ArrayLike,
    n_reference: ArrayLike,
    total_target: float,
    total_reference: float,
    *,
    measure: _Measure = "G2",
    correction: _Correction = "none",
) -> np.ndarray:
    """Return signed measures of association of words with one of two texts."""
    if measure not in ("G2", "G2 two-term", "chi2"):
        raise ArgumentError(
            f"measure {measure!r} with correction {correction!r} is unknown; give 'G2', "
            "'G2 two-term', 'chi2', or 'Fisher' without a correction"
        )
    if correction not in ("none", "Yates", "Williams"):
        raise ArgumentError(
            f"correction {correction!r} is unknown; give 'none', 'Yates' or 'Williams'"
        )
    if measure == "G2 two-term" and correction != "none":
        raise ArgumentError("'G2 two-term' has no correction; take 'G2' for one")
    a, b = np.asarray(n_target, float), np.asarray(n_reference, float)
    total = total_target + total_reference
    observed = np.stack([a, b, total_target - a, total_reference - b])
    columns = np.array([total_target, total_reference, total_target, total_reference])
    rows = np.stack([a + b, a + b, total - a - b, total - a - b])
    expected = rows * columns[:, None] / total
    sign = np.where(a >= expected[0], 1.0, -1.0)
    if correction == "Yates":
        difference = observed - expected
        observed = expected + np.sign(difference) * np.maximum(np.abs(difference) - 0.5, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        if measure == "chi2":
            cells = np.where(expected > 0, (observed - expected) ** 2 / expected, 0)
        else:
            # 0 log 0 is 0.
            cells = 2 * np.where(observed > 0, observed * np.log(observed / expected), 0)
        if correction == "Williams":
            inverse = (total / (a + b) + total / (total - a - b) - 1) * (
                total / total_target + total / total_reference - 1
            )
            cells = cells / (1 + inverse / (6 * total))
    values = cells[:2].sum(axis=0) if measure == "G2 two-term" else cells.sum(axis=0)
    return np.asarray(sign * np.maximum(values, 0))


def log_odds(
    target: pd.DataFrame,
    reference: pd.DataFrame,
    *,
    prior_strength: float = 0.1,
    variance: Variance = "four-term",
    min_occurrences: int = 5,
) -> pd.DataFrame:
    """Compare how often two sets of documents use each word, with a Dirichlet prior.

    Parameters
    ----------
    target, reference : pandas.DataFrame
        Tables ``documents``.
    prior_strength : float, default 0.1
        Pseudo-counts of a word as a share of its count in both sets together: the more, the
        nearer rare words are pulled to no difference.
    variance : {"two-term", "four-term"}, default "four-term"
        Form of the variance; they differ for very frequent words.
    min_occurrences : int, default 5
        Leave out words that are rarer in both together.

    Returns
    -------
    pandas.DataFrame
        Table ``log_odds``, from the words most typical of `target` to those of
        `reference`. ``one_sided`` marks words that only one of them uses.

    Raises
    ------
    TableError
        If a table is none of documents, or has no words.
    ValueError
        If `prior_strength` is not above 0.

    References
    ----------
    Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin' words. Political
    Analysis 16(4), 372-403.

    Examples
    --------
    >>> import analysis as fa
    >>> target = fa.documents_from_texts(["Aid aid aid aid aid came, rain."])
    >>> reference = fa.documents_from_texts(["Rain fell. Rain fell. Rain fell. Rain. Aid."])
    >>> fa.log_odds(target, reference)[["term", "one_sided"]].values.tolist()
    [['aid', False], ['rain', False]]
    """
    check_number("prior_strength", prior_strength, "give a number above 0", above=0)
    check_choice("variance", variance, get_args(Variance))
    counts = _word_counts(target, reference, min_occurrences)
    both = counts["n_target"] + counts["n_reference"]
    values, z = weighted_log_odds(
        counts["n_target"], counts["n_reference"], prior_strength * both, variance=variance
    )
    table = counts.assign(
        log_odds=values,
        z=z,
        one_sided=(counts["n_target"] == 0) | (counts["n_reference"] == 0),
        variance=variance,
    )
    table = table[both >= min_occurrences]
    return make_table("log_odds", table.sort_values(["z", "term"], ascending=[False, True]))


def _exact(
    n_target: pd.Series, n_reference: pd.Series, total_target: float, total_reference: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return logarithms of conditional odds ratios, and Fisher's p-values."""
    values, p = [], []
    for one, two in zip(n_target.tolist(), n_reference.tolist(), strict=True):
        cells = np.array([[one, two], [total_target - one, total_reference - two]])
        with np.errstate(divide="ignore"):
            values.append(np.log(stats.contingency.odds_ratio(cells).statistic))
        p.append(stats.fisher_exact(cells).pvalue)
    return np.array(values, float), np.array(p, float)


def _word_counts(
    target: pd.DataFrame, reference: pd.DataFrame, min_occurrences: int
) -> pd.DataFrame:
    """Count folded words, possessives by their base form, in two tables of documents."""
    check_count("min_occurrences", min_occurrences, "give 0 or more", least=0)
    target, reference = (check_table(table, "documents") for table in (target, reference))
    counted = {
        name: pd.Series(Counter(chain.from_iterable(map(words, table["text"]))))
        for name, table in (("n_target", target), ("n_reference", reference))
    }
    if any(own.empty for own in counted.values()):
        raise TableError("one of the two sets of documents has no words; give texts to compare")
    counts = pd.DataFrame(counted).fillna(0).astype("int64").sort_index()
    return counts.rename_axis("term").reset_index()
