"""Which entries cause which errors, and in which voice and certainty hits are right."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.tables import check_table, empty_table, make_table
from analysis.validation.gold import UNIT
from analysis.validation.rates import share
from analysis.validation.resampling import document_interval
from analysis.wording import keywords_in_context

_PLACE = ["document_id", "paragraph"]
_ENTRY = ["category", "entry"]
_ALL = "(all)"
_MOST_CONTEXTS = 3


def entry_table(hits: pd.DataFrame, paragraphs: pd.DataFrame | None) -> pd.DataFrame:
    """Count for each entry the coded paragraphs in which it is right and wrong.

    Parameters
    ----------
    hits : pandas.DataFrame
        Counted hits in coded paragraphs, with ``positive``, ``flagged`` and
        ``sampling_weight`` of the paragraph.
    paragraphs : pandas.DataFrame or None
        Table ``paragraphs``, for the words around false positives.

    Returns
    -------
    pandas.DataFrame
        Table ``validity_entries``; in each category the entry first that causes most false
        positives by itself, then that with most of all.

    Examples
    --------
    >>> from analysis.tables import empty_table
    >>> from analysis.validation.entries import entry_table
    >>> hits = empty_table("hits").assign(positive=True, sampling_weight=1.0)
    >>> entry_table(hits, None).shape
    (0, 10)
    """
    if hits.empty:
        return empty_table("validity_entries")
    units = hits.drop_duplicates([*UNIT, "entry"])
    alone = units.groupby(UNIT)["entry"].transform("size") == 1
    units = units.assign(
        n_paragraphs=1,
        n_true=units["positive"].astype(int),
        n_false=(~units["positive"]).astype(int),
        n_false_alone=(~units["positive"] & alone).astype(int),
        n_true_alone=(units["positive"] & alone).astype(int),
        right=units["sampling_weight"] * units["positive"],
    )
    names = ["n_paragraphs", "n_true", "n_false", "n_false_alone", "n_true_alone"]
    table = units.groupby(_ENTRY, sort=False)[[*names, "right", "sampling_weight"]].sum()
    table["precision"] = table["right"] / table["sampling_weight"]
    table["surfaces"] = hits.groupby(_ENTRY)["surface"].agg(_by_frequency)
    table["contexts"] = _contexts(hits[~hits["positive"]], paragraphs)
    table = table.fillna({"contexts": ""}).reset_index()
    order = {category: n for n, category in enumerate(dict.fromkeys(hits["category"]))}
    table["place"] = table["category"].map(order)
    table = table.sort_values(
        ["place", "n_false_alone", "n_false", "entry"], ascending=[True, False, False, True]
    )
    return make_table("validity_entries", table.drop(columns=["place", "right", "sampling_weight"]))


def error_table(
    sample: pd.DataFrame, hits: pd.DataFrame, paragraphs: pd.DataFrame | None
) -> pd.DataFrame:
    """List the paragraphs in which lexicon and coders disagree.

    Parameters
    ----------
    sample : pandas.DataFrame
        Coded paragraphs with ``positive`` and ``flagged``.
    hits : pandas.DataFrame
        Counted hits in them.
    paragraphs : pandas.DataFrame or None
        Table ``paragraphs``, for their texts.

    Returns
    -------
    pandas.DataFrame
        Table ``validity_errors``: ``missed`` is positive and not flagged.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.tables import empty_table
    >>> from analysis.validation.entries import error_table
    >>> sample = pd.DataFrame({"document_id": ["a"], "paragraph": [0], "category": ["aid"],
    ...                        "positive": [True], "flagged": [False]})
    >>> error_table(sample, empty_table("hits"), None)["kind"].tolist()
    ['missed']
    """
    wrong = sample[sample["positive"] != sample["flagged"]]
    entries: Mapping[Any, str] = dict(hits.groupby(UNIT)["entry"].agg(_by_frequency).items())
    texts = None
    if paragraphs is not None:
        check_table(paragraphs, "paragraphs")
        texts = paragraphs.set_index(_PLACE)["text"]
    places = list(wrong[_PLACE].itertuples(index=False, name=None))
    table = pd.DataFrame(
        {
            **wrong[["category", *_PLACE]],
            "kind": np.where(wrong["positive"], "missed", "false positive"),
            "entries": [
                entries.get(unit, "") for unit in wrong[UNIT].itertuples(index=False, name=None)
            ],
            "text": None if texts is None else [texts.get(place) for place in places],
        }
    )
    return make_table("validity_errors", table)


def context_table(hits: pd.DataFrame, options: dict[str, Any]) -> pd.DataFrame:
    """Tell how often hits of each voice and certainty stand in positive paragraphs.

    Parameters
    ----------
    hits : pandas.DataFrame
        Counted hits in coded paragraphs, with ``positive``, ``flagged`` and
        ``sampling_weight`` of the paragraph.
    options : dict
        ``confidence``, ``n_resamples`` and ``seed`` of the intervals.

    Returns
    -------
    pandas.DataFrame
        Table ``validity_contexts``, with rows for all voices and for all certainties.

    Examples
    --------
    >>> from analysis.tables import empty_table
    >>> from analysis.validation.entries import context_table
    >>> context_table(empty_table("hits").assign(positive=True, sampling_weight=1.0), {}).shape
    (0, 9)
    """
    rows = []
    for category, own in hits.groupby("category", sort=False):
        voices = [_ALL, *sorted(own["voice"].dropna().unique())]
        certainties = [_ALL, *sorted(own["certainty"].dropna().unique())]
        for voice in voices:
            for certainty in certainties:
                part = own if voice == _ALL else own[own["voice"] == voice]
                part = part if certainty == _ALL else part[part["certainty"] == certainty]
                if part.empty:
                    continue
                right = share(
                    part["sampling_weight"] * part["positive"],
                    part["sampling_weight"],
                    part["document_id"].factorize()[0],
                )
                interval = document_interval(right, **options)
                rows.append(
                    {
                        "category": category,
                        "voice": voice,
                        "certainty": certainty,
                        "n_hits": len(part),
                        "n_true": int(part["positive"].sum()),
                        "precision": right.formula(right.sums.sum(axis=0, keepdims=True))[0],
                        "low": interval.low,
                        "high": interval.high,
                        "interval_method": interval.method,
                    }
                )
    if not rows:
        return empty_table("validity_contexts")
    return make_table("validity_contexts", pd.DataFrame(rows))


def _contexts(hits: pd.DataFrame, paragraphs: pd.DataFrame | None) -> pd.Series:
    if paragraphs is None or hits.empty:
        return pd.Series(dtype="str", index=pd.MultiIndex.from_tuples([], names=_ENTRY))
    first = hits.drop_duplicates([*UNIT, "entry"]).groupby(_ENTRY, sort=False).head(_MOST_CONTEXTS)
    own = ["positive", "flagged", "sampling_weight"]
    lines = keywords_in_context(paragraphs, first.drop(columns=own))
    written = lines["left"] + " [" + lines["keyword"] + "] " + lines["right"]
    return written.groupby([lines["category"], lines["entry"]]).agg(" ⸱ ".join)


def _by_frequency(words: pd.Series) -> str:
    counts = words.str.lower().value_counts().sort_index()
    return ", ".join(counts.sort_values(ascending=False, kind="stable").index)
