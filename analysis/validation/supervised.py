"""How far the words alone could go: a trained model as a yardstick for a lexicon."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline

from analysis.errors import check_count, check_resampling
from analysis.statistics.intervals import N_RECOMPUTED, NO_VALUE
from analysis.statistics.sums import divide
from analysis.tables.checks import make_table
from analysis.tables.schema import PLACE
from analysis.text.tokens import words
from analysis.validation.gold import as_positive, gold_codes, texts_of
from analysis.validation.rates import area_under_curve, exact_area
from analysis.validation.resampling import document_interval
from analysis.validation.weighting import sampling_weights

_UNDEFINED = dict.fromkeys(("auc", "precision", "recall", "f1"), np.nan) | NO_VALUE.as_columns()
_NO_WORDS = (
    "without one of the folds, no word stands in two of the paragraphs, or all are coded alike"
)


def supervised_ceiling(
    paragraphs: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    sheet: pd.DataFrame | None = None,
    positive: str | Sequence[str] = "1",
    coder: str | None = None,
    n_folds: int = 5,
    confidence: float = 0.95,
    n_resamples: int = N_RECOMPUTED,
    seed: int = 0,
) -> pd.DataFrame:
    """Train a model on the codes and tell how well it finds them in documents it has not seen.

    The model is a logistic regression on TF-IDF weights of words and pairs of words. Documents
    are kept together in the folds: a model that has seen one paragraph of an article knows
    the others too well. A lexicon far below this yardstick misses words that would tell; one
    above it knows what so few codes cannot teach.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``, with those that were coded.
    codes : pandas.DataFrame
        Table ``codes``.
    sheet : pandas.DataFrame, optional
        Table ``coding_sheet`` that the codes were made from: in the test, not in the training,
        paragraphs then weigh by the inverse of their inclusion probability, as in
        `validate_lexicon`.
    positive : str or sequence of str, default "1"
        Codes that mean that the category is there.
    coder : str, optional
        Take the codes of this coder alone.
    n_folds : int, default 5
        Folds of the cross-validation.
    confidence : float, default 0.95
        Coverage of the intervals, which resample documents.
    n_resamples : int, default 1999
        How often.
    seed : int, default 0
        Seed of the folds and the draws.

    Returns
    -------
    pandas.DataFrame
        Table ``supervised``: for each category the area under the curve, and precision, recall
        and F1 where the model holds a paragraph for positive more likely than not. Null with
        an explanation where fewer than `n_folds` documents are of one kind, or where they
        share no words to learn from.

    Raises
    ------
    TableError
        If a table breaks its schema, a coded paragraph is missing from `paragraphs` or `sheet`,
        or no code is `positive`.
    TypeError
        If `positive` is no text.
    ValueError
        If `n_folds` is below 2, or `confidence` or `n_resamples` is none.

    References
    ----------
    Roberts, D. R., et al. (2017). Cross-validation strategies for data with temporal, spatial,
    hierarchical, or phylogenetic structure. Ecography 40(8), 913-929.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["Troops fire.", "Rain fell."] * 10
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    >>> codes = paragraphs[["document_id", "paragraph"]].assign(
    ...     category="security", coder="Ana", code=["1", "0"] * 10)
    >>> float(fa.supervised_ceiling(paragraphs, codes)["auc"].iloc[0])
    1.0
    """
    check_count("n_folds", n_folds, "give at least 2", least=2)
    check_resampling(confidence, n_resamples, seed)
    gold = as_positive(gold_codes(codes, coder=coder), positive)
    gold = gold.assign(text=texts_of(gold, paragraphs, were="coded"))
    gold = gold.assign(sampling_weight=sampling_weights(gold, sheet))
    rows = []
    for category, coded in gold.groupby("category", sort=False):
        own = coded.sort_values(PLACE)
        chosen = own["positive"].to_numpy(bool)
        document = own["document_id"].factorize()[0]
        kinds = [own.loc[chosen == kind, "document_id"].nunique() for kind in (True, False)]
        facts = {
            "category": category,
            "n_units": len(own),
            "n_positive": int(chosen.sum()),
            "n_documents": int(document.max()) + 1,
            "n_folds": n_folds,
        }
        likely: np.ndarray | None = None
        why = _NO_WORDS
        if min(kinds) < n_folds:
            why = (
                f"{kinds[0]} documents with a positive and {kinds[1]} with a negative paragraph "
                f"are too few for {n_folds} folds"
            )
        else:
            likely = _held_out(own["text"].to_numpy(), chosen, document, n_folds, seed)
        if likely is None:
            rows.append(facts | _UNDEFINED | {"explanation": why})
            continue
        weight = own["sampling_weight"].to_numpy(float)
        area = area_under_curve(chosen, likely, weight, document)
        interval = document_interval(
            area, confidence=confidence, n_resamples=n_resamples, seed=seed
        )
        taken = likely > 0.5
        true, flagged, wanted = (weight[part].sum() for part in (taken & chosen, taken, chosen))
        quotients = divide([true, true, 2 * true], [flagged, wanted, flagged + wanted])
        rows.append(
            facts
            | {
                "auc": exact_area(chosen, likely, weight),
                **interval.as_columns(),
                **dict(zip(("precision", "recall", "f1"), quotients, strict=True)),
                "explanation": None,
            }
        )
    return make_table("supervised", pd.DataFrame(rows))


def _held_out(
    texts: np.ndarray, chosen: np.ndarray, document: np.ndarray, n_folds: int, seed: int
) -> np.ndarray | None:
    """Return for each text its probability by a model that has not seen its document."""
    likely = np.full(len(texts), np.nan)
    folds = StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed)
    for train, test in folds.split(texts, chosen, document):
        model = make_pipeline(
            TfidfVectorizer(analyzer=_terms, sublinear_tf=True, min_df=2),
            LogisticRegression(class_weight="balanced", max_iter=1_000),
        )
        try:
            model.fit(texts[train], chosen[train])
        except ValueError:
            # No word stands in two of the texts, or all that are left are of one kind.
            return None
        likely[test] = model.predict_proba(texts[test])[:, list(model.classes_).index(True)]
    # The last digits differ between machines, and would order what is tied.
    return likely.round(6)


def _terms(text: str) -> list[str]:
    own = words(text)
    return own + [f"{one} {two}" for one, two in pairwise(own)]
