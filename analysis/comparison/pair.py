"""Everything that is told of two groups, made in one call."""

import warnings
from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

from analysis.comparison.cautions import check_comparison
from analysis.comparison.groups import compare_groups, score_intervals
from analysis.comparison.periods import compare_periods, date_of
from analysis.comparison.sensitivity import NORMALISATIONS, multiverse
from analysis.comparison.word_shift import word_shift
from analysis.comparison.wording import check_pair, usual_pair
from analysis.errors import TableError
from analysis.hits.matching.inputs import lexicon_list
from analysis.lexicons.model import Lexicon
from analysis.reading.duplicates import drop_duplicates
from analysis.scores.scoring import groups_of, score_paragraphs
from analysis.statistics.intervals import N_RECOMPUTED, N_RESAMPLES
from analysis.tables.checks import check_hits, check_table, empty_table, missing_group

_CONTEXT = ("voice", "certainty")
# Whose hedges these are, and whether they are hedged, nobody asks.
_MANNER = ("hedging", "boosters")
# The pairs of more groups would take minutes, and leave no comparison a chance.
_MOST_GROUPS = 10


def compare_pair(
    documents: pd.DataFrame,
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    lexica: Lexicon | Sequence[Lexicon],
    *,
    by: str = "outlet",
    pair: Sequence[str] | None = None,
    split_date: str | date | None = None,
    keep_copies: bool = False,
    search_words: Sequence[str] = (),
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> dict[str, Any]:
    """Compare two groups in every way that their comparison is told by `describe_comparison`.

    Rates are compared between every two groups, of the ten with most documents and the pair, so
    that one adjustment holds for whatever pair you look at; all else is of the pair alone. Which
    pair that is, no p-value decides.

    Parameters
    ----------
    documents : pandas.DataFrame
        Table ``documents``.
    paragraphs : pandas.DataFrame
        Table ``paragraphs`` of these documents.
    hits : pandas.DataFrame
        Table ``hits`` found in them.
    lexica : Lexicon or sequence of Lexicon
        What was looked for.
    by : str, default "outlet"
        Metadata column whose values are the groups.
    pair : sequence of str, optional
        Two of its values, the one to begin with first. Without it, the two named groups with
        most documents; of those as large, the first by name.
    split_date : str or date, optional
        The first day of what comes after: the pair is compared before and after it.
    keep_copies : bool, default False
        Whether documents that repeat another of their group (`drop_duplicates`) count as well.
        Without it the rates are compared a second time, with them, to see what they change.
    search_words : sequence of str, optional
        As in `check_comparison`.
    n_resamples : int, default 9999
        Draws for each interval and each test; of the multiverse 1999 at most.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``contrasts``, ``rates`` (of the pair), ``shifts``, ``voices``, ``multiverse``,
        ``with_copies``, ``dropped``, ``periods`` and ``cautions``, and ``pair``: what
        `describe_comparison` takes. None where there is nothing to make a table of. With a
        single group there are ``contrasts`` without rows, ``rates``, ``dropped`` and ``cautions``.

    Raises
    ------
    TableError
        If a table breaks its schema, or a column or group is unknown.
    ValueError
        If `pair` does not name two groups, or `split_date` is no date.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = [f"A threat looms over town {n}." for n in range(9)] + ["No word of it."] * 9
    >>> documents = fa.documents_from_texts(texts).assign(outlet=["Post"] * 9 + ["Sun"] * 9)
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> compared = fa.compare_pair(
    ...     documents, paragraphs, hits, lexicon, keep_copies=True, n_resamples=199)
    >>> print(fa.describe_comparison(**compared)[:38])
    Post uses more threat words than Sun.
    """
    documents = check_table(documents, "documents")
    paragraphs, hits, row = check_hits(paragraphs, hits)
    lexica = lexicon_list(lexica)
    groups_of(documents, "documents", by)
    # What is no date is refused before anything is drawn.
    at = None if split_date is None else date_of(split_date)
    if strange := {*paragraphs["document_id"]} - {*documents["document_id"]}:
        raise TableError(
            f"paragraphs have the document {min(strange)!r}, which documents has not; give the "
            "documents that the paragraphs were made of"
        )
    in_all = score_paragraphs(paragraphs, hits, lexica)
    kept, dropped = documents, None
    if not keep_copies:
        kept, dropped = drop_duplicates(documents, by=by)
    stays = paragraphs["document_id"].isin(kept["document_id"])
    hits_kept = hits[stays.to_numpy()[row]].reset_index(drop=True)
    paragraphs_kept = paragraphs[stays].reset_index(drop=True)
    scores = in_all[in_all["document_id"].isin(kept["document_id"])].reset_index(drop=True)
    groups = groups_of(paragraphs_kept, "paragraphs", by)
    sizes = paragraphs_kept["document_id"].groupby(groups).nunique()
    pair = _chosen(pair, sizes, missing_group(documents[by]), by)
    draws: dict[str, Any] = {"n_resamples": n_resamples, "seed": seed}
    made: dict[str, Any] = {"pair": pair, "dropped": dropped}
    with warnings.catch_warnings():
        # The cautions name groups that are small.
        warnings.simplefilter("ignore")
        rates = score_intervals(scores, by=by, **draws)
        named = rates[by].astype(str)
        made["cautions"] = check_comparison(
            kept, paragraphs_kept, hits_kept, by=by, pair=pair, search_words=search_words
        )
        if at is not None:
            ours = scores if pair is None else scores[groups_of(scores, "scores", by).isin(pair)]
            of = None if pair is None else by
            made["periods"] = compare_periods(ours, at=at, by=of, **draws)
        if pair is None:
            return made | {"contrasts": empty_table("contrasts"), "rates": rates}
        made["rates"] = rates[named.isin(pair)].reset_index(drop=True)
        largest = sizes.sort_values(ascending=False, kind="stable").index[:_MOST_GROUPS]
        others = combinations(sorted({*largest, *pair}), 2)
        pairs = [pair, *(two for two in others if {*two} != {*pair})]
        made["contrasts"] = compare_groups(scores, by=by, pairs=pairs, **draws)
        made["with_copies"] = None
        if dropped is not None and len(dropped):
            made["with_copies"] = compare_groups(in_all, by=by, pairs=pairs, **draws)
        frames = [lexicon for lexicon in lexica if lexicon.name not in _MANNER]
        of_frames = hits_kept[hits_kept["lexicon"].isin([lexicon.id for lexicon in frames])]
        # Without context, there is nothing to tell.
        if frames and of_frames["scare_quote"].notna().all():
            split = score_paragraphs(paragraphs_kept, of_frames, frames, split=_CONTEXT)
            made["voices"] = compare_groups(split, by=by, measure="share", pairs=[pair], **draws)
    sides: dict[str, Any] = {"by": by, "group_a": pair[0], "group_b": pair[1]}
    few = {"n_resamples": min(n_resamples, N_RECOMPUTED), "seed": seed}
    made |= _explained(paragraphs_kept, hits_kept, lexica, sides, few)
    return made


def _explained(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    lexica: list[Lexicon],
    sides: dict[str, Any],
    draws: dict[str, Any],
) -> dict[str, pd.DataFrame | None]:
    """Split the difference of each category into words, and see how it fares."""
    group = groups_of(paragraphs, "paragraphs", sides["by"])
    ours = paragraphs["document_id"][group.isin([sides["group_a"], sides["group_b"]])]
    hits = hits[hits["document_id"].isin(ours)]
    # What is unknown in some articles would count there as something else.
    known = hits[[*_CONTEXT]].notna().all(axis=None)
    options: dict[str, Any] = {} if known else {"voices": ["all"], "certainties": ["all"]}
    shifts: dict[str, pd.DataFrame] = {}
    curves: dict[str, pd.DataFrame] = {}
    for lexicon in lexica:
        own = hits[hits["lexicon"] == lexicon.id]
        # Of the only category of a lexicon the share of its hits is 1.
        options["normalisations"] = NORMALISATIONS[: None if len(lexicon.categories) > 1 else -1]
        for category in lexicon.category_names:
            # Of two lexica with a category of one name, the first explains it.
            if category in shifts or category not in set(own["category"]):
                continue
            shifts[category] = word_shift(paragraphs, own, category, **sides)
            curves[category] = multiverse(
                paragraphs, own, lexicon, category, **sides, **options, **draws
            )
    return {"shifts": _stacked(shifts), "multiverse": _stacked(curves)}


def _chosen(
    pair: Sequence[str] | None, sizes: pd.Series, missing: str, by: str
) -> tuple[str, str] | None:
    """Return the user's pair, or the usual one; None where there are no two groups."""
    if pair is None:
        return usual_pair(sizes.drop(missing, errors="ignore")) or usual_pair(sizes)
    names = check_pair(pair)
    if unknown := [name for name in names if name not in sizes.index]:
        known = ", ".join(map(repr, [*sizes.index][:10]))
        raise TableError(
            f"there is no group {unknown[0]!r} in {by!r} to compare; there are {known}"
        )
    return names


def _stacked(tables: dict[str, pd.DataFrame]) -> pd.DataFrame | None:
    return pd.concat(tables.values(), ignore_index=True) if tables else None
