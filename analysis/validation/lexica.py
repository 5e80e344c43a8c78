"""How well a lexicon finds what human coders found."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import stats

from analysis.errors import TableError
from analysis.inference import Interval
from analysis.tables import check_table, make_table
from analysis.validation.coefficients import Coefficient
from analysis.validation.entries import context_table, entry_table, error_table
from analysis.validation.gold import UNIT, as_positive, gold_codes
from analysis.validation.prevalence import corrected_prevalence
from analysis.validation.rates import area_under_curve, divide, share
from analysis.validation.resampling import document_interval

Score = Literal["n_hits", "rate"]

_PLACE = ["document_id", "paragraph"]
_WHY = {
    "precision": "no coded paragraph is at or above the threshold",
    "recall": "no paragraph was coded positive",
    "specificity": "every paragraph was coded positive",
    "F1": "no paragraph was coded positive or flagged",
    "AUC": "all paragraphs were coded alike",
}


def validate_lexicon(
    hits: pd.DataFrame,
    scores: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    paragraphs: pd.DataFrame | None = None,
    sheet: pd.DataFrame | None = None,
    positive: str | Sequence[str] = "1",
    coder: str | None = None,
    score: Score = "n_hits",
    threshold: float | None = None,
    by: str | None = None,
    confidence: float = 0.95,
    n_resamples: int = 1_999,
    seed: int = 0,
) -> dict[str, pd.DataFrame]:
    """Hold a lexicon to human codes: how good, where wrong, and by which entry.

    Parameters
    ----------
    hits : pandas.DataFrame
        Table ``hits``.
    scores : pandas.DataFrame
        Table ``scores`` made of them, of the whole corpus; at level category, not split by
        voice or certainty.
    codes : pandas.DataFrame
        Table ``codes`` of some of the paragraphs. Of several coders the code of most counts;
        paragraphs where they are tied are left out and counted.
    paragraphs : pandas.DataFrame, optional
        Table ``paragraphs``: errors then come with their texts.
    sheet : pandas.DataFrame, optional
        Table ``coding_sheet`` that the codes were made from: paragraphs then weigh by the
        inverse of their inclusion probability, so that the figures hold for the corpus
        and not for the sample. Without it, all weigh alike.
    positive : str or sequence of str, default "1"
        Codes that mean that the category is there.
    coder : str, optional
        Take the codes of this coder alone.
    score : {"n_hits", "rate"}, default "n_hits"
        What is held against the codes.
    threshold : float, optional
        Score from which a paragraph counts as positive; by default any hit.
    by : str, optional
        Metadata column of `scores`: corrected prevalence for each of its values too.
    confidence : float, default 0.95
        Coverage of the intervals, which resample documents.
    n_resamples : int, default 1999
        How often.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``"measures"`` (table ``validity``): precision, recall, specificity, F1 and AUC of each
        category. ``"thresholds"``: the same at other thresholds; one chosen here looks better
        than it will be on fresh paragraphs. ``"entries"``: which entry is right and wrong how
        often, the one with most false positives of its own first. ``"errors"``: every false
        positive and every positive paragraph that nothing hits. ``"contexts"``: precision by
        voice and certainty. ``"prevalence"``: the share of positive paragraphs in the corpus,
        corrected for misclassification.

    Raises
    ------
    TableError
        If a table breaks its schema, a coded paragraph has no score or is not in `sheet`, or no
        code is `positive`.
    ValueError
        If `score` or `confidence` is something else.

    References
    ----------
    Grimmer, J., & Stewart, B. M. (2013). Text as data. Political Analysis 21(3), 267-297.
    Song, H., et al. (2020). In validations we trust? Political Communication 37(4), 550-572.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> texts = ["A threat.", "A threat of rain.", "Rain.", "Danger."]
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    >>> lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    >>> codes = paragraphs[["document_id", "paragraph"]].assign(
    ...     category="security", coder="Ana", code=["1", "0", "0", "1"])
    >>> measures = fa.validate_lexicon(hits, scores, codes)["measures"]
    >>> measures.set_index("measure")["value"][["precision", "recall"]].tolist()
    [0.5, 0.5]
    """
    check_table(hits, "hits")
    check_table(scores, "scores")
    if score not in ("n_hits", "rate"):
        raise ValueError(f"score is {score!r}; give 'n_hits' or 'rate'")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence}; give a share between 0 and 1, such as 0.95")
    _refuse_split(scores)
    gold = gold_codes(codes, coder=coder)
    sample = _sample(as_positive(gold, positive), scores, sheet, score)
    coded = codes.drop_duplicates(UNIT).groupby("category").size()
    options = {"confidence": confidence, "n_resamples": n_resamples, "seed": seed}
    measures, thresholds = [], []
    limits: dict[str, float] = {}
    for category, own in sample.groupby("category", sort=False):
        hit = own.loc[own["n_hits"] > 0, "score"]
        limit = float(threshold if threshold is not None else hit.min() if len(hit) else 1)
        limits[str(category)] = limit
        facts = {
            "category": category,
            "threshold": limit,
            "n_units": len(own),
            "n_positive": int(own["positive"].sum()),
            "n_flagged": int((own["score"] >= limit).sum()),
            "n_documents": own["document_id"].nunique(),
            "n_undecided": int(coded[category] - len(own)),
        }
        measures += [{**facts, **row} for row in _measures(own, limit, options)]
        thresholds.append(_thresholds(own).assign(category=category))
    flagged = sample["score"] >= sample["category"].map(limits)
    sample = sample.assign(flagged=flagged)
    counted = hits[hits["blocked_by"].isna()].merge(
        sample[[*UNIT, "positive", "flagged", "sampling_weight"]], on=UNIT
    )
    return {
        "measures": make_table("validity", pd.DataFrame(measures)),
        "thresholds": make_table("validity_thresholds", pd.concat(thresholds)),
        "entries": entry_table(counted, paragraphs),
        "errors": error_table(sample, counted, paragraphs),
        "contexts": context_table(counted, options),
        "prevalence": corrected_prevalence(sample, scores, limits, score, by, options),
    }


def _refuse_split(scores: pd.DataFrame) -> None:
    for name in ("subcategory", "voice", "certainty"):
        if name in scores:
            raise TableError(
                f"the scores are split by {name}; make them with score_paragraphs without it"
            )
    if scores.duplicated(UNIT).any():
        raise TableError(
            "two lexica of the scores have a category of one name; keep the rows of one lexicon"
        )


def _sample(
    gold: pd.DataFrame, scores: pd.DataFrame, sheet: pd.DataFrame | None, score: Score
) -> pd.DataFrame:
    """Put scores and weights beside the codes."""
    known = set(scores["category"])
    unknown = [name for name in dict.fromkeys(gold["category"]) if name not in known]
    if unknown:
        raise TableError(
            f"the category {unknown[0]!r} was coded but has no scores; the scores have "
            f"{', '.join(map(repr, sorted(known)))}: leave out its codes or rename them"
        )
    sample = gold.merge(scores[[*UNIT, "n_hits", "rate"]], on=UNIT, how="left")
    if sample["n_hits"].isna().any():
        row = sample[sample["n_hits"].isna()].iloc[0]
        raise TableError(
            f"paragraph {row['paragraph']} of {row['document_id']!r} was coded but has no score; "
            "give the scores of the paragraphs that were coded"
        )
    # A paragraph without tokens has no rate, and no hit either.
    sample["score"] = sample[score].fillna(0).astype(float)
    sample["sampling_weight"] = 1.0
    if sheet is not None:
        probability = sheet.set_index(_PLACE)["probability"]
        drawn = pd.MultiIndex.from_frame(sample[_PLACE])
        outside = ~drawn.isin(probability.index)
        if outside.any():
            document, paragraph = drawn[outside][0]
            raise TableError(
                f"paragraph {paragraph} of {document!r} was coded but is not in the coding sheet; "
                "give the sheet that was coded"
            )
        sample["sampling_weight"] = 1 / probability.reindex(drawn).to_numpy(float)
    return sample


def _measures(own: pd.DataFrame, limit: float, options: dict[str, Any]) -> list[dict[str, Any]]:
    positive = own["positive"].to_numpy(bool)
    flagged = own["score"].to_numpy(float) >= limit
    weight = own["sampling_weight"].to_numpy(float)
    document = own["document_id"].factorize()[0]
    both = positive & flagged

    def part_of(part: np.ndarray, whole: np.ndarray) -> Coefficient:
        return share(weight * part, weight * whole, document)

    coefficients = {
        "precision": part_of(both, flagged),
        "recall": part_of(both, positive),
        "specificity": part_of(~positive & ~flagged, ~positive),
        "F1": share(2 * weight * both, weight * (1 * positive + flagged), document),
        "AUC": area_under_curve(positive, own["score"], weight, document),
    }
    counts = {
        "precision": (both.sum(), flagged.sum()),
        "recall": (both.sum(), positive.sum()),
        "specificity": ((~positive & ~flagged).sum(), (~positive).sum()),
    }
    rows = []
    for measure, coefficient in coefficients.items():
        value = float(coefficient.formula(coefficient.sums.sum(axis=0, keepdims=True))[0])
        undefined = np.isnan(value)
        interval = (
            Interval(np.nan, np.nan, "none: no value")
            if undefined
            else document_interval(coefficient, **options)
        )
        if measure in counts and value in (0.0, 1.0):
            interval = _exact(*counts[measure], confidence=options["confidence"])
        rows.append(
            {
                "measure": measure,
                "value": value,
                "low": interval.low,
                "high": interval.high,
                "interval_method": interval.method,
                "explanation": _WHY[measure] if undefined else None,
            }
        )
    return rows


def _exact(n_right: int, n_all: int, *, confidence: float) -> Interval:
    """Return the exact interval of a share, where every resample would be 0 or 1."""
    bounds = stats.binomtest(int(n_right), int(n_all)).proportion_ci(confidence, method="exact")
    return Interval(bounds.low, bounds.high, "exact binomial, paragraphs as units")


def _thresholds(own: pd.DataFrame) -> pd.DataFrame:
    """Return precision, recall and F1 at every score that occurs."""
    weight = own["sampling_weight"].to_numpy(float)
    hit = weight * own["positive"].to_numpy(bool)
    scores = own["score"].to_numpy(float)
    limits = np.unique(scores[scores > 0])
    at = scores >= limits[:, None]
    true, flagged = at @ hit, at @ weight
    precision, recall = divide(true, flagged), divide(true, np.full(len(limits), hit.sum()))
    f1 = divide(2 * true, flagged + hit.sum())
    best = np.zeros(len(limits), bool)
    if len(limits) and not np.isnan(f1).all():
        best[np.nanargmax(f1)] = True
    return pd.DataFrame(
        {
            "threshold": limits,
            "share_flagged": flagged / weight.sum(),
            "precision": precision,
            "recall": recall,
            "f1": f1,
            "best": best,
        }
    )
