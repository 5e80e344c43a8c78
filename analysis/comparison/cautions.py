"""What a reader must know of the articles before believing a comparison."""

import re
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatch
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.comparison.wording import check_pair, joined, name_of, percent
from analysis.errors import check_names
from analysis.figures.captions import counted
from analysis.lexicons.card import measured_precision
from analysis.reading.duplicates import check_similar, drop_duplicates
from analysis.scores.scoring import groups_of
from analysis.statistics.intervals import FEWEST_UNITS, MANY_UNITS
from analysis.tables.checks import check_hits, check_table, make_table
from analysis.tables.schema import PER_TOKENS
from analysis.text.marks import marks_of
from analysis.text.tokens import tokenize

# What carries more than this is named.
_MUCH = 1 / 3
# Of few hits, or few parts, one is always much.
_FEWEST_HITS = 5
_FEWEST_PARTS = 4
_NAMED = 3

# The category that a message is about, or none, and the message.
_Found = Iterator[tuple[str | None, str]]


class _Compared(NamedTuple):
    """Documents, paragraphs and counted hits of the groups compared, each with its group."""

    documents: pd.DataFrame
    paragraphs: pd.DataFrame
    hits: pd.DataFrame
    groups: list[str]
    search_words: list[str]
    similar: float

    def sizes(self) -> dict[str, int]:
        """Return the number of documents of each group."""
        counts = self.documents["group"].value_counts()
        return {name: int(counts[name]) for name in self.groups}


def check_comparison(
    documents: pd.DataFrame,
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    by: str,
    pair: Sequence[str] | None = None,
    search_words: Sequence[str] = (),
    similar: float = 0.6,
) -> pd.DataFrame:
    """List what could overturn a comparison of groups, in the order of its weight.

    Parameters
    ----------
    documents : pandas.DataFrame
        Table ``documents``: those that are compared.
    paragraphs : pandas.DataFrame
        Table ``paragraphs``; those of other documents are left aside.
    hits : pandas.DataFrame
        Table ``hits`` found in them.
    by : str
        Metadata column that makes the groups.
    pair : sequence of str, optional
        The two groups compared; without it, all.
    search_words : sequence of str, optional
        The words by which the articles were collected; ``*`` and ``?`` as in a search.
    similar : float, default 0.6
        As in `reading_report`.

    Returns
    -------
    pandas.DataFrame
        Table ``cautions``: a sentence with what to do for each ``check`` that found something.
        ``copies``: texts that repeat another of their group. ``shared texts``: texts that stand
        in both groups. ``months``: groups without a month in common, or without dates.
        ``marks``: texts without capitals or full stops. ``search words``: words of the search
        that are hits of a category. ``few``: groups of fewer than 20 documents. ``one document``
        and ``one subcategory``: more than a third of a group's hits, from 5 hits and 5 documents
        on, or of the difference, from 4 subcategories on. ``precision``: how many hits of each
        category were right where they were coded.

    Raises
    ------
    TableError
        If a table breaks its schema, or a group is unknown.
    ValueError
        If `similar` is not above 0 and at most 1.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["A threat looms."] * 2 + ["No word of it."]
    >>> documents = fa.documents_from_texts(texts).assign(desk=["a", "a", "b"])
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"threat": ["threat*"]}))
    >>> fa.check_comparison(documents, paragraphs, hits, by="desk")["check"].tolist()
    ['copies', 'months', 'few', 'precision']
    """
    documents = check_table(documents, "documents")
    paragraphs, hits, row = check_hits(paragraphs, hits)
    check_similar(similar)
    check_names("search_words", search_words)
    two = [] if pair is None else [*check_pair(pair)]
    groups = groups_of(documents, "documents", by, two)
    chosen = two or sorted(set(groups))
    documents = documents.assign(group=groups)[groups.isin(chosen)].reset_index(drop=True)
    group_of = dict(zip(documents["document_id"], documents["group"], strict=True))
    group = paragraphs["document_id"].map(group_of)
    counted_hits = hits.assign(group=group.to_numpy()[row])[hits["blocked_by"].isna()]
    compared = _Compared(
        documents,
        paragraphs.assign(group=group)[group.notna()],
        counted_hits[counted_hits["group"].notna()],
        chosen,
        [*(search_words or ())],
        similar,
    )
    found = [
        (check, category, message)
        for check, look in _CHECKS.items()
        for category, message in look(compared)
    ]
    return make_table(
        "cautions", pd.DataFrame(found, columns=["check", "category", "message"], dtype="str")
    )


def _copies(compared: _Compared) -> _Found:
    _, dropped = drop_duplicates(compared.documents, by="group", similar=compared.similar)
    if len(dropped):
        of = [
            f"{name_of(row.document_id)} of {name_of(row.kept_document_id)}"
            for row in dropped.sort_values("document_id").head(_NAMED).itertuples()
        ]
        more = f" and {len(dropped) - _NAMED:,} more" if len(dropped) > _NAMED else ""
        yield (
            None,
            f"{len(dropped):,} of {counted(len(compared.documents), 'article')} "
            f"{'repeats' if len(dropped) == 1 else 'repeat'} another of the same group "
            f"({', '.join(of)}{more}), so that p is too small and intervals are too narrow; leave "
            "copies out with fa.drop_duplicates.",
        )


def _shared_texts(compared: _Compared) -> _Found:
    within, _ = drop_duplicates(compared.documents, by="group", similar=compared.similar)
    _, dropped = drop_duplicates(within, similar=compared.similar)
    if len(dropped):
        yield (
            None,
            f"{counted(len(dropped), 'text')} of one group stand{'s' * (len(dropped) == 1)} in "
            "another as well, perhaps from an agency, and draw the groups together; compare "
            "without them too.",
        )


def _months(compared: _Compared) -> _Found:
    months = compared.documents["date"].dt.to_period("M")
    undated = int(months.isna().sum())
    if undated:
        yield (
            None,
            f"{counted(undated, 'article')} of {len(months):,} {'has' if undated == 1 else 'have'} "
            "no date, so that nobody can tell whether the groups are of the same time; give dates "
            "in metadata.csv.",
        )
    if len(compared.groups) != 2:
        return
    sets = [set(months[compared.documents["group"] == name].dropna()) for name in compared.groups]
    if all(sets) and not sets[0] & sets[1]:
        spans = [
            f"{name_of(name)} {min(own)} to {max(own)}"
            if len(own) > 1
            else f"{name_of(name)} {min(own)}"
            for name, own in zip(compared.groups, sets, strict=True)
        ]
        yield (
            None,
            f"The groups share no month ({joined(spans)}), so that a difference may be one of "
            'time; collect articles of the same weeks and compare with match="week".',
        )


def _marks(compared: _Compared) -> _Found:
    documents = compared.documents
    missing = documents["text"].map(lambda text: marks_of(text).are_missing).astype(bool)
    if missing.any():
        by_group = documents.loc[missing, "group"].value_counts()
        sizes = compared.sizes()
        of = [
            f"{by_group[name]:,} of {sizes[name]:,} in {name_of(name)}"
            for name in compared.groups
            if name in by_group
        ]
        n = int(missing.sum())
        yield (
            None,
            f"{counted(n, 'article')} {'has' if n == 1 else 'have'} no capitals or no full stops "
            f"({joined(of)}): voice and certainty are unknown there; get the texts as they were "
            "printed, or compare rates alone.",
        )


def _search_words(compared: _Compared) -> _Found:
    surfaces = compared.hits[["category", "entry", "surface"]].drop_duplicates()
    surfaces = surfaces.sort_values([*surfaces.columns])
    surfaces["forms"] = [[*tokenize(text.lower()).forms] for text in surfaces["surface"]]
    for category, own in surfaces.groupby("category"):
        words = [
            f"“{name_of(word)}” (entry {name_of(entry)})"
            for word in compared.search_words
            if (entry := _entry_of(word, own))
        ]
        if words:
            yield (
                str(category),
                f"The articles were collected by {joined(words)}, which the category {category} "
                "counts: they have it by their selection; compare without these entries.",
            )


def _entry_of(word: str, surfaces: pd.DataFrame) -> str | None:
    """Return the first entry that has found the words of a search."""
    patterns = word.lower().split()
    for entry, forms in zip(surfaces["entry"], surfaces["forms"], strict=True):
        runs = (forms[n : n + len(patterns)] for n in range(len(forms) - len(patterns) + 1))
        if patterns and any(all(map(fnmatch, run, patterns)) for run in runs):
            return str(entry)
    return None


def _few(compared: _Compared) -> _Found:
    sizes = compared.sizes()
    few = {name: n for name, n in sizes.items() if n < MANY_UNITS}
    if few:
        told = joined(f"{name_of(name)} has {counted(n, 'article')}" for name, n in few.items())
        none = f", and below {FEWEST_UNITS} there are none" * (min(few.values()) < FEWEST_UNITS)
        yield (
            None,
            f"{told}: intervals from fewer than {MANY_UNITS} are too narrow{none}; add articles, "
            "or call the result a first look.",
        )


def _one_document(compared: _Compared) -> _Found:
    sizes = compared.sizes()
    parts = []
    for (group, category), own in compared.hits.groupby(["group", "category"]):
        if sizes[str(group)] < FEWEST_UNITS or len(own) < _FEWEST_HITS:
            continue
        counts = own["document_id"].value_counts().sort_index().sort_values(kind="stable")
        share = counts.iloc[-1] / len(own)
        if share > _MUCH:
            parts.append(
                f"{name_of(counts.index[-1])} {percent(share)} of the {category} hits of "
                f"{name_of(group)}"
            )
    if parts:
        yield (
            None,
            f"One article holds more than a third of the hits of its group: {'; '.join(parts)}. "
            "Read it, and compare without it.",
        )


def _one_subcategory(compared: _Compared) -> _Found:
    if len(compared.groups) != 2:
        return
    tokens = compared.paragraphs.groupby("group")["n_tokens"].sum()
    parts = []
    for category, own in compared.hits.groupby("category"):
        counts = own.groupby(["subcategory", "group"]).size().unstack(fill_value=0)
        if len(counts) < _FEWEST_PARTS or not all(tokens.get(name, 0) for name in compared.groups):
            continue
        rates = PER_TOKENS * counts.reindex(columns=compared.groups, fill_value=0)
        rates = rates / tokens[compared.groups]
        parted = rates[compared.groups[0]] - rates[compared.groups[1]]
        whole = parted.sum()
        shares = parted / whole if abs(whole) > 1e-9 else parted * np.nan
        if shares.max() > _MUCH:
            parts.append(f"{name_of(shares.idxmax())} {percent(shares.max())} in {category}")
    if parts:
        yield (
            None,
            "One subcategory carries more than a third of the difference: "
            f"{'; '.join(parts)}. Name it beside the frame.",
        )


def _precision(compared: _Compared) -> _Found:
    known, unknown = [], []
    sources: set[str] = set()
    found = (
        compared.hits[["lexicon", "category"]]
        .drop_duplicates()
        .sort_values(["lexicon", "category"])
    )
    for lexicon, category in found.itertuples(index=False, name=None):
        measured = measured_precision(lexicon, category)
        if measured is None:
            unknown.append(category)
            continue
        sources |= set(measured.sources)
        known.append(f"{category} {percent(measured.share)} ({measured.n:,} coded)")
        texts = measured.texts
    if known:
        like = [name for name in compared.groups if _plain(name) in {*map(_plain, sources)}]
        unlike = [name_of(name) for name in compared.groups if name not in like]
        strange = (
            f"; {joined(unlike)} {'was' if len(unlike) == 1 else 'were'} not among the sources"
            * bool(unlike)
        )
        yield (
            None,
            f"In {texts} these shares of hits were right, as language models coded them: "
            f"{', '.join(known)}{strange}. Code a sample of your own (fa.make_coding_sheet).",
        )
    if unknown:
        yield (
            None,
            f"How many hits of {joined(unknown)} are right in news was not measured; code a sample "
            "of your own (fa.make_coding_sheet).",
        )


def _plain(name: str) -> str:
    return re.sub(r"\W", "", name.casefold())


_CHECKS: dict[str, Callable[[_Compared], _Found]] = {
    "copies": _copies,
    "shared texts": _shared_texts,
    "months": _months,
    "marks": _marks,
    "search words": _search_words,
    "few": _few,
    "one document": _one_document,
    "one subcategory": _one_subcategory,
    "precision": _precision,
}
