"""Whether scores follow the length of what is scored."""

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from analysis.errors import check_resampling
from analysis.statistics.intervals import (
    FEWEST_UNITS,
    N_RECOMPUTED,
    expanded_confidence,
    ratio_interval,
)
from analysis.tables.checks import check_table, empty_table, make_table
from analysis.tables.schema import PER_TOKENS, PLACE, SPLIT
from analysis.tables.subcategories import sum_counts

_THIRDS = ("shortest", "middle", "longest")
_SUMS = ["n_hits", "n_tokens"]


def length_effect(
    scores: pd.DataFrame,
    *,
    confidence: float = 0.95,
    n_resamples: int = N_RECOMPUTED,
    seed: int = 0,
) -> pd.DataFrame:
    """Tell whether long documents and paragraphs have other rates than short ones.

    If they have, a difference between groups may be one of length: agency reports are
    short, and comment is long.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table ``scores``.
    confidence : float, default 0.95
        Coverage of the intervals, which resample documents.
    n_resamples : int, default 1999
        How many resamples of documents to draw.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        Table ``length_effect``: for each category, and for documents and paragraphs, the
        rates of the shortest, middle and longest third, and Spearman's correlation of tokens
        and rate over all. Units without tokens are left out. Short units hold no hit or a
        high rate, and nothing between: read the thirds beside the correlation. Fewer than
        three units have no rows.

    Raises
    ------
    TableError
        If `scores` breaks its schema.

    References
    ----------
    Spearman, C. (1904). The proof and measurement of association between two things. American
    Journal of Psychology 15, 72-101.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat.", "A threat looms.", "Rain fell on the hills of the north."]
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> own = fa.length_effect(scores)
    >>> own.loc[own["unit"] == "document", ["third", "rate", "rho"]].values.tolist()
    [['shortest', 500.0, -1.0], ['middle', 333.3333333333333, -1.0], ['longest', 0.0, -1.0]]
    """
    check_resampling(confidence, n_resamples, seed)
    scores = check_table(scores, "scores")
    options: dict[str, Any] = {"confidence": confidence, "n_resamples": n_resamples, "seed": seed}
    classes = ["lexicon", "category", *(c for c in SPLIT if c in scores)]
    rows = []
    for key, own in scores.groupby(classes, sort=False, dropna=False):
        grouped = own.groupby("document_id")
        documents = grouped[_SUMS].sum().reset_index()
        documents = documents.assign(**sum_counts(own, grouped.ngroup().to_numpy(), len(documents)))
        for unit, table in (("document", documents), ("paragraph", own.sort_values(PLACE))):
            units = table[table["n_tokens"] > 0]
            if len(units) < len(_THIRDS):
                continue
            of = dict(zip(classes, key, strict=True))
            rho = _correlation(units, **options)
            rows += [{**of, "unit": unit, **third, **rho} for third in _thirds(units, options)]
    if not rows:
        return empty_table("length_effect")
    made = make_table("length_effect", pd.DataFrame(rows))
    made.attrs["confidence"] = confidence
    return made


def _thirds(units: pd.DataFrame, options: dict[str, Any]) -> list[dict[str, object]]:
    order = units.sort_values("n_tokens", kind="stable")
    rows = []
    for name, places in zip(_THIRDS, np.array_split(np.arange(len(order)), 3), strict=True):
        own = order.iloc[places]
        sums = own.groupby("document_id", sort=False)[_SUMS].sum()
        interval = ratio_interval(sums["n_hits"], sums["n_tokens"], **options)
        rows.append(
            {
                "third": name,
                "tokens_from": own["n_tokens"].min(),
                "tokens_to": own["n_tokens"].max(),
                "n_units": len(own),
                "n_hits": own["n_hits"].sum(),
                "n_tokens": own["n_tokens"].sum(),
                "rate": PER_TOKENS * own["n_hits"].sum() / own["n_tokens"].sum(),
                **interval.as_columns("documents", times=PER_TOKENS),
                **{
                    name: counts.iloc[0]
                    for name, counts in sum_counts(own, np.zeros(len(own), int), 1).items()
                },
            }
        )
    return rows


def _correlation(
    units: pd.DataFrame, *, confidence: float, n_resamples: int, seed: int
) -> dict[str, float]:
    """Return Spearman's rho with the bounds of a percentile bootstrap of whole documents."""
    tokens = units["n_tokens"].to_numpy(float)
    rates = units["n_hits"].to_numpy(float) / tokens
    number = units["document_id"].factorize()[0]
    rows = [np.flatnonzero(number == document) for document in range(number.max() + 1)]
    rho = _spearman(tokens, rates)
    bounds = [np.nan, np.nan]
    if len(rows) >= FEWEST_UNITS and not np.isnan(rho):
        generator = np.random.default_rng(seed)
        drawn = []
        for _ in range(n_resamples):
            taken = np.concatenate([rows[n] for n in generator.integers(len(rows), size=len(rows))])
            drawn.append(_spearman(tokens[taken], rates[taken]))
        beyond = (1 - expanded_confidence(confidence, len(rows))) / 2
        lowest, *ends, highest = np.nanquantile(drawn, [0, beyond, 1 - beyond, 1]).tolist()
        # Where no resample differs, nothing is known of how far rho varies.
        bounds = ends if highest - lowest > 1e-12 else bounds
    return {"rho": rho, "rho_low": bounds[0], "rho_high": bounds[1]}


def _spearman(one: np.ndarray, two: np.ndarray) -> float:
    ranks = [stats.rankdata(values) for values in (one, two)]
    if any(np.ptp(own) == 0 for own in ranks):
        return float("nan")
    return float(np.corrcoef(*ranks)[0, 1])
