"""How well a lexicon finds what human coders found."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.errors import TableError, check_choice, check_number, check_resampling, check_text
from analysis.statistics.intervals import N_RECOMPUTED, NO_VALUE
from analysis.statistics.sums import divide
from analysis.tables.checks import check_table, in_order_of, make_table, place_hits
from analysis.tables.schema import PLACE
from analysis.validation.coefficients import Coefficient
from analysis.validation.entries import context_table, entry_table, error_table
from analysis.validation.gold import UNIT, as_positive, gold_codes
from analysis.validation.prevalence import corrected_prevalence
from analysis.validation.rates import (
    area_under_curve,
    exact_area,
    share,
    share_interval,
    value_of,
)
from analysis.validation.resampling import document_interval
from analysis.validation.weighting import sampling_weights

_Score = Literal["n_hits", "rate"]

_NOTHING_DECIDED = "on no paragraph the coders decided"
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
    score: _Score = "n_hits",
    threshold: float | None = None,
    by: str | None = None,
    confidence: float = 0.95,
    n_resamples: int = N_RECOMPUTED,
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
        Score from which a paragraph counts as positive, above 0; by default any hit.
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
        often in paragraphs that count as positive, the one with most false positives of its
        own first. ``"errors"``: every false positive, and every positive paragraph that is
        missed, with the entries that hit it, if any. ``"contexts"``: precision of hits by
        voice and certainty. ``"prevalence"``: the share of positive paragraphs in the corpus,
        corrected for misclassification.

    Raises
    ------
    TableError
        If a table breaks its schema, a coded paragraph has no score or is not in `sheet` or
        `paragraphs`, the scores were made of other hits, or no code is `positive`.
    TypeError
        If `positive` is no text.
    ValueError
        If `score`, `threshold`, `confidence` or `n_resamples` is none.

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
    hits = check_table(hits, "hits")
    scores = check_table(scores, "scores")
    codes = check_table(codes, "codes")
    if paragraphs is not None:
        paragraphs = check_table(paragraphs, "paragraphs")
    check_choice("score", score, ("n_hits", "rate"))
    check_resampling(confidence, n_resamples, seed)
    check_text("by", by)
    if threshold is not None:
        advice = "give a number above 0, or every paragraph would count"
        check_number("threshold", threshold, advice, above=0)
    gold = gold_codes(codes, coder=coder)
    coded = (codes if coder is None else codes[codes["coder"] == coder]).drop_duplicates(UNIT)
    _refuse_unknown(coded, scores)
    scores = scores[scores["category"].isin(coded["category"])].sort_values(PLACE)
    _refuse_split(scores)
    gold = as_positive(gold, positive).sort_values(PLACE, ignore_index=True)
    sample = _sample(gold, scores, score)
    limits = dict.fromkeys(coded["category"], 1.0 if threshold is None else float(threshold))
    if threshold is None and score == "rate":
        # The rate from which a paragraph of the corpus has any hit.
        limits |= scores[scores["n_hits"] > 0].groupby("category")["rate"].min().to_dict()
    sample = sample.assign(
        flagged=sample["score"] >= sample["category"].map(limits),
        sampling_weight=sampling_weights(sample, sheet),
    )
    counted = _counted(hits.sort_values([*PLACE, "start"]), scores, sample, [*limits])
    if paragraphs is not None:
        place_hits(paragraphs, counted)
    options = {"confidence": confidence, "n_resamples": n_resamples, "seed": seed}
    measures, thresholds = [], []
    for category, limit in limits.items():
        own = sample[sample["category"] == category]
        facts = {
            "category": category,
            "score": score,
            "threshold": limit,
            "weighted": sheet is not None,
            "n_units": len(own),
            "n_positive": int(own["positive"].sum()),
            "n_flagged": int(own["flagged"].sum()),
            "n_documents": own["document_id"].nunique(),
            "n_undecided": int((coded["category"] == category).sum()) - len(own),
        }
        measures += [{**facts, **row} for row in _measures(own, options)]
        thresholds.append(_thresholds(own).assign(category=category))
    entries = entry_table(counted, paragraphs)
    # A category without a hit has no row, and is none that nobody coded all the same.
    entries.attrs["categories"] = list(limits)
    return {
        "measures": make_table("validity", pd.DataFrame(measures)),
        "thresholds": make_table("validity_thresholds", pd.concat(thresholds)),
        "entries": entries,
        "errors": in_order_of(coded, error_table(sample, counted, paragraphs), UNIT),
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


def _refuse_unknown(coded: pd.DataFrame, scores: pd.DataFrame) -> None:
    strange = coded.loc[~coded["category"].isin(scores["category"]), "category"]
    if len(strange):
        known = ", ".join(map(repr, dict.fromkeys(scores["category"]))) or "none"
        raise TableError(
            f"the category {strange.iloc[0]!r} was coded but has no scores; the scores have "
            f"{known}: leave out its codes or rename them"
        )


def _sample(gold: pd.DataFrame, scores: pd.DataFrame, score: _Score) -> pd.DataFrame:
    """Put scores beside the codes."""
    sample = gold.merge(scores[[*UNIT, "n_hits", "rate"]], on=UNIT, how="left")
    if sample["n_hits"].isna().any():
        row = sample[sample["n_hits"].isna()].iloc[0]
        raise TableError(
            f"paragraph {row['paragraph']} of {row['document_id']!r} was coded but has no score; "
            "give the scores of the paragraphs that were coded"
        )
    # A paragraph without tokens has no rate, and no hit either.
    return sample.assign(score=sample[score].fillna(0).astype(float))


def _counted(
    hits: pd.DataFrame, scores: pd.DataFrame, sample: pd.DataFrame, categories: list[str]
) -> pd.DataFrame:
    """Return the hits that made the scores of coded paragraphs."""
    lexica = scores[["lexicon", "category"]].drop_duplicates()
    counted = hits[hits["blocked_by"].isna()].merge(lexica, on=["lexicon", "category"])
    counted = counted.merge(sample[[*UNIT, "positive", "flagged", "sampling_weight"]], on=UNIT)
    found = counted.groupby(UNIT).size().rename("found").reset_index()
    compared = sample.merge(found, on=UNIT, how="left").fillna({"found": 0})
    differing = compared[compared["found"] != compared["n_hits"]]
    if len(differing):
        row = differing.iloc[0]
        raise TableError(
            f"paragraph {row['paragraph']} of {row['document_id']!r} has {row['found']:.0f} hits "
            f"of {row['category']!r} but a score of {row['n_hits']:.0f}; give the hits that the "
            "scores were made of"
        )
    order = {category: n for n, category in enumerate(categories)}
    return counted.sort_values("category", key=lambda own: own.map(order), kind="stable")


def _measures(own: pd.DataFrame, options: dict[str, Any]) -> list[dict[str, Any]]:
    positive, flagged = own["positive"].to_numpy(bool), own["flagged"].to_numpy(bool)
    weight = own["sampling_weight"].to_numpy(float)
    document = own["document_id"].factorize()[0]
    both = positive & flagged
    why = _WHY if len(own) else dict.fromkeys(_WHY, _NOTHING_DECIDED)

    def part_of(part: np.ndarray, whole: np.ndarray) -> Coefficient:
        return share(weight * part, weight * whole, document)

    coefficients = {
        "precision": part_of(both, flagged),
        "recall": part_of(both, positive),
        "specificity": part_of(~positive & ~flagged, ~positive),
        "F1": share(2 * weight * both, weight * (1 * positive + flagged), document),
        "AUC": area_under_curve(positive, own["score"], weight, document),
    }
    exact = {"AUC": exact_area(positive, own["score"], weight)}
    rows = []
    for measure, coefficient in coefficients.items():
        value = exact.get(measure, value_of(coefficient))
        row = {"measure": measure, "value": value, "explanation": why[measure]}
        interval = NO_VALUE
        if not np.isnan(value):
            row["explanation"] = None
            interval_of = document_interval if measure in ("F1", "AUC") else share_interval
            interval = interval_of(coefficient, **options)
        rows.append(row | interval.as_columns())
    return rows


def _thresholds(own: pd.DataFrame) -> pd.DataFrame:
    """Return precision, recall and F1 at every score that occurs."""
    weight = own["sampling_weight"].to_numpy(float)
    hit = weight * own["positive"].to_numpy(bool)
    limits, place = np.unique(own["score"].to_numpy(float), return_inverse=True)
    # Sums from the highest score down; at a score of 0 every paragraph would count.
    true, flagged = (
        np.bincount(place, part, len(limits))[::-1].cumsum()[::-1][limits > 0]
        for part in (hit, weight)
    )
    limits = limits[limits > 0]
    f1 = divide(2 * true, flagged + hit.sum())
    best = np.zeros(len(limits), bool)
    if true.any():
        best[np.nanargmax(f1)] = True
    return pd.DataFrame(
        {
            "threshold": limits,
            "share_flagged": flagged / weight.sum(),
            "precision": divide(true, flagged),
            "recall": divide(true, hit.sum()),
            "f1": f1,
            "best": best,
        }
    )
