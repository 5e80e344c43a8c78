"""The share of positive paragraphs in a corpus, corrected for what a lexicon gets wrong."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.scores.scoring import groups_of
from analysis.statistics.intervals import NO_VALUE
from analysis.statistics.sums import divide, sums_of
from analysis.tables.checks import make_table
from analysis.tables.core import TABLES
from analysis.validation.coefficients import Coefficient
from analysis.validation.resampling import document_interval

_NO_BETTER = (
    "the lexicon flags positive paragraphs no more often than others, so nothing can be corrected"
)
_NO_POSITIVE = "no coded paragraph is positive, so what the lexicon misses is not known"
_NO_NEGATIVE = "every coded paragraph is positive, so what the lexicon flags wrongly is not known"
_CUT_OFF = "the correction went beyond 0 or 1 and is cut off: sample and corpus differ"


def corrected_prevalence(
    sample: pd.DataFrame,
    scores: pd.DataFrame,
    limits: dict[str, float],
    score: str,
    by: str | None,
    options: dict[str, Any],
) -> pd.DataFrame:
    """Correct the share that a lexicon flags by its sensitivity and specificity."""
    if by in TABLES["prevalence"].columns:
        raise TableError(f"the table of prevalence has a column {by!r} of its own; rename yours")
    rows: list[dict[str, Any]] = []
    for category, limit in limits.items():
        coded = sample[sample["category"] == category]
        of_category = scores[scores["category"] == category]
        groups = [("(all)", of_category)]
        if by is not None:
            groups += of_category.groupby(groups_of(of_category, "scores", by))
        for name, own in groups:
            group = {} if by is None else {by: name}
            figures = _row(coded, own, limit, score, options)
            rows.append({"category": category, **group, **figures})
    table = pd.DataFrame(rows)
    return make_table("prevalence", table)[list(table.columns)]


def _row(
    coded: pd.DataFrame, own: pd.DataFrame, limit: float, score: str, options: dict[str, Any]
) -> dict[str, Any]:
    number, documents = pd.factorize(pd.concat([coded["document_id"], own["document_id"]]))
    positive, flagged = coded["positive"].to_numpy(bool), coded["flagged"].to_numpy(bool)
    weight = coded["sampling_weight"].to_numpy(float)
    in_sample = (positive & flagged, positive, ~positive & ~flagged, ~positive)
    in_corpus = (own[score].fillna(0) >= limit, np.ones(len(own)))
    of_sample, of_corpus = np.split(number, [len(coded)])
    of_sample = sums_of(of_sample, *(weight * part for part in in_sample), n_units=len(documents))
    of_corpus = sums_of(of_corpus, *in_corpus, n_units=len(documents))
    sums = np.hstack([of_sample, of_corpus])
    apparent, sensitivity, specificity, raw = _corrected(sums.sum(axis=0))
    bounded = Coefficient(sums, lambda drawn: np.clip(_corrected(drawn)[3], 0, 1))
    why = None
    if np.isnan(raw):
        why = _NO_POSITIVE if np.isnan(sensitivity) else _NO_BETTER
        why = _NO_NEGATIVE if np.isnan(specificity) and len(coded) else why
    elif not 0 <= raw <= 1:
        why = _CUT_OFF
    interval = NO_VALUE if np.isnan(raw) else document_interval(bounded, **options)
    return {
        "n_paragraphs": len(own),
        "apparent": apparent,
        "sensitivity": sensitivity,
        "specificity": specificity,
        "corrected": np.clip(raw, 0, 1),
        **interval.as_columns(),
        "explanation": why,
    }


def _corrected(sums: np.ndarray) -> tuple[Any, Any, Any, Any]:
    """Return apparent share, sensitivity, specificity and corrected share of sums."""
    right, positive, refused, negative, flagged, all_of = np.moveaxis(sums, -1, 0)
    sensitivity, specificity = divide(right, positive), divide(refused, negative)
    apparent = divide(flagged, all_of)
    corrected = divide(apparent + specificity - 1, sensitivity + specificity - 1)
    return apparent, sensitivity, specificity, corrected
