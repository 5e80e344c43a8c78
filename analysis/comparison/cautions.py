"""What a reader must know of the articles before believing a comparison."""

import re
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatch
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.comparison.notices import FEWEST_HITS, MUCH
from analysis.comparison.wording import check_pair, name_of, number, percent, uneven
from analysis.errors import check_names
from analysis.exploration.similarity import compare_words
from analysis.figures.captions import counted
from analysis.lexicons.card import measured_precision
from analysis.reading.duplicates import check_similar, drop_duplicates
from analysis.scores.scoring import groups_of
from analysis.statistics.intervals import FEWEST_UNITS, MANY_UNITS
from analysis.tables.checks import check_hits, check_table, make_table
from analysis.tables.naming import listed
from analysis.tables.schema import PER_TOKENS
from analysis.text.marks import marks_of
from analysis.text.tokens import tokenize

# Of few parts, one is always much.
_FEWEST_PARTS = 4
# Of outlets that cover the same events, half to two thirds of the articles are most like one of
# their own; from here on, hardly any is like one of the other.
_APART = 0.85
# So many articles of each group tell it as well as all, and need less memory.
_MOST_COMPARED = 1_000
_NAMED = 3
# Letters of a title that tell which article it is.
_TITLE = 40

# The category that a message is about, or none, and the message.
_Found = Iterator[tuple[str | None, str]]


class _Compared(NamedTuple):
    """Documents, paragraphs and counted hits of the groups compared, each with its group."""

    documents: pd.DataFrame
    paragraphs: pd.DataFrame
    hits: pd.DataFrame
    groups: list[str]
    others: dict[str, int]
    distinct: pd.DataFrame
    dropped: pd.DataFrame
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
        ``subjects``: at least 85 % of the articles are most like one of their own group, so that
        the groups may be on different matters. ``marks``: texts without capitals or full
        stops. ``other groups``: those that `pair` leaves out. ``search words``: words of the search
        that are hits of a category. ``few``: groups of fewer than 20 documents, or of
        very different sizes. ``one document``
        and ``one subcategory``: more than a third of a group's hits, from 5 hits and 5 documents
        on, or of the difference, from 4 subcategories on. ``precision``: how many hits of each
        category were right where they were coded.

    Raises
    ------
    TableError
        If a table breaks its schema, or a group is unknown.
    ValueError
        If `similar` is not above 0 and at most 1.

    References
    ----------
    Schilling, M. F. (1986). Multivariate two-sample tests based on nearest neighbors. Journal of
    the American Statistical Association 81(395), 799-806: the share of nearest neighbours
    that are of the same group.

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
    others = groups[~groups.isin(chosen)].value_counts().sort_index().sort_values(kind="stable")
    documents = documents.assign(group=groups)[groups.isin(chosen)].reset_index(drop=True)
    distinct, dropped = drop_duplicates(documents, by="group", similar=similar)
    group_of = dict(zip(documents["document_id"], documents["group"], strict=True))
    group = paragraphs["document_id"].map(group_of)
    counted_hits = hits.assign(group=group.to_numpy()[row])[hits["blocked_by"].isna()]
    compared = _Compared(
        documents,
        paragraphs.assign(group=group)[group.notna()],
        counted_hits[counted_hits["group"].notna()],
        chosen,
        {str(name): int(n) for name, n in others[::-1].items()},
        distinct,
        dropped,
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
    dropped = compared.dropped
    if len(dropped):
        of = [
            f"{name_of(row.document_id)} of {name_of(row.kept_document_id)}"
            for row in dropped.sort_values("document_id").itertuples()
        ]
        yield (
            None,
            f"Copies: {len(dropped):,} of {counted(len(compared.documents), 'article')} "
            f"{'repeats' if len(dropped) == 1 else 'repeat'} another of the same group "
            f"({_some(of)}), which makes p too small; leave them out.",
        )


def _shared_texts(compared: _Compared) -> _Found:
    _, dropped = drop_duplicates(compared.distinct, similar=compared.similar)
    if len(dropped):
        yield (
            None,
            f"Shared texts: {len(dropped):,} of one group stand{'s' * (len(dropped) == 1)} in "
            "another as well, perhaps from an agency, which draws the groups together; compare "
            "without them too.",
        )


def _months(compared: _Compared) -> _Found:
    months = compared.documents["date"].dt.to_period("M")
    undated = int(months.isna().sum())
    if undated:
        yield (
            None,
            f"Dates: {counted(undated, 'article')} of {len(months):,} "
            f"{'has' if undated == 1 else 'have'} none, so that nobody can tell whether the groups "
            "are of the same time; give dates in metadata.csv.",
        )
    if len(compared.groups) != 2:
        return
    sets = [set(months[compared.documents["group"] == name].dropna()) for name in compared.groups]
    if all(sets) and not sets[0] & sets[1]:
        spans = [
            f"{name_of(name)} {min(own)}{f' to {max(own)}' * (len(own) > 1)}"
            for name, own in zip(compared.groups, sets, strict=True)
        ]
        yield (
            None,
            f"Months: the groups share none ({', '.join(spans)}), so that a difference may be one "
            "of time; collect articles of the same weeks (notebook 06 compares these).",
        )


def _subjects(compared: _Compared) -> _Found:
    """Ask of how many articles the one most alike in words is of the same group."""
    own = compared.distinct.sort_values("document_id")
    sizes = own["group"].value_counts()
    if len(sizes) != 2 or sizes.min() < FEWEST_UNITS:
        return
    parts = [part.iloc[:: -(-len(part) // _MOST_COMPARED)] for _, part in own.groupby("group")]
    taken = pd.concat(parts, ignore_index=True)
    alike = compare_words(taken, None, None)[2]
    np.fill_diagonal(alike, -1)
    group = taken["group"].to_numpy()
    same = int((group == group[alike.argmax(axis=1)]).sum())
    if same >= _APART * len(taken):
        by_chance = sum(len(part) * (len(part) - 1) for part in parts) / (len(taken) - 1)
        yield (
            None,
            f"Subjects: {same:,} of {len(taken):,} articles are most like one of their own group "
            f"(by chance {by_chance:.0f}), so that the groups may be on different matters; compare "
            "articles on one event (notebook 06).",
        )


def _other_groups(compared: _Compared) -> _Found:
    if compared.others:
        told = _some([f"{name_of(name)} ({n:,})" for name, n in compared.others.items()])
        yield (
            None,
            f"Other groups: the answer leaves out {told}; name another pair, or unite groups by "
            "one value in a column of metadata.csv.",
        )


def _marks(compared: _Compared) -> _Found:
    documents = compared.documents
    missing = documents["text"].map(lambda text: marks_of(text).are_missing).astype(bool)
    if missing.any():
        by_group = documents.loc[missing, "group"].value_counts()
        sizes = compared.sizes()
        of = [
            f"{by_group[name]:,} of {counted(sizes[name], 'article')} of {name_of(name)}"
            for name in compared.groups
            if name in by_group
        ]
        yield (
            None,
            f"Capitals: there are none, or no full stops, in {_some(of)}: voice and certainty are "
            "unknown there; get the texts as printed, or compare rates alone.",
        )


def _search_words(compared: _Compared) -> _Found:
    surfaces = compared.hits[["category", "entry", "surface"]].drop_duplicates()
    surfaces = surfaces.sort_values([*surfaces.columns])
    surfaces["forms"] = [[*tokenize(text.lower()).forms] for text in surfaces["surface"]]
    found = {}
    for category, own in surfaces.groupby("category"):
        words = [
            f"“{name_of(word)}” (entry {name_of(entry)})"
            for word in compared.search_words
            if (entry := _entry_of(word, own))
        ]
        if words:
            found[str(category)] = f"{listed(words)} in {name_of(category)}"
    if found:
        yield (
            next(iter(found)) if len(found) == 1 else None,
            f"Search words: the lexicon counts {'; '.join(found.values())}, which the articles "
            "have because they were collected by them; compare without these entries.",
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
    small = {name: n for name, n in sizes.items() if n < MANY_UNITS}
    decides = uneven({name_of(name): n for name, n in sizes.items()}) if len(sizes) == 2 else ""
    if small:
        told = _some([f"{n:,} of {name_of(name)}" for name, n in small.items()])
        none = f" (none below {FEWEST_UNITS})" * (min(small.values()) < FEWEST_UNITS)
        yield (
            None,
            f"Few articles: {told}{f'; {decides}' * bool(decides)}. Intervals from fewer than "
            f"{MANY_UNITS} are too narrow{none}; add some, or call it a first look.",
        )
    elif decides:
        yield None, f"Uneven groups: {decides}; add more."


def _one_document(compared: _Compared) -> _Found:
    sizes = compared.sizes()
    found: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for (group, category), own in compared.hits.groupby(["group", "category"]):
        if sizes[str(group)] < FEWEST_UNITS or len(own) < FEWEST_HITS:
            continue
        counts = own["document_id"].value_counts().sort_index().sort_values(kind="stable")
        share = counts.iloc[-1] / len(own)
        if share > MUCH:
            without = _difference_without(compared, str(category), str(counts.index[-1]))
            told = f"{percent(share)} of the {name_of(category)} hits{without}"
            found.setdefault((str(counts.index[-1]), str(group)), []).append((share, told))
    if found:
        most = sorted(found, key=lambda own: (-max(found[own])[0], own))
        titles = compared.documents.set_index("document_id")["title"]
        parts = [
            f"{_titled(document, titles[document])} of {name_of(group)} holds "
            f"{listed(told for _, told in found[document, group])}"
            for document, group in most
        ]
        yield None, f"Single articles: {_some(parts)}; read {'it' if len(parts) == 1 else 'them'}."


def _difference_without(compared: _Compared, category: str, document_id: str) -> str:
    """Tell the difference of the two groups without one article, if two are compared."""
    if len(compared.groups) != 2:
        return ""
    hits, paragraphs = (
        table[table["document_id"] != document_id] for table in (compared.hits, compared.paragraphs)
    )
    n_hits = hits.loc[hits["category"] == category, "group"].value_counts()
    n_tokens = paragraphs.groupby("group")["n_tokens"].sum()
    one, two = (PER_TOKENS * n_hits.get(name, 0) / n_tokens[name] for name in compared.groups)
    return f" (difference {number(one - two)} without it)"


def _titled(document_id: str, title: str | float) -> str:
    if pd.isna(title):
        return name_of(document_id)
    shown = name_of(title)
    shown = shown if len(shown) <= _TITLE else f"{shown[:_TITLE].rsplit(' ', 1)[0]} …"
    return f"“{shown}” ({name_of(document_id)})"


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
        if shares.max() > MUCH:
            told = f"{percent(shares.max())} in {name_of(category)} from {name_of(shares.idxmax())}"
            parts.append((shares.max(), told))
    if parts:
        told = _some([told for _, told in sorted(parts, reverse=True)])
        yield (
            None,
            f"Subcategories: one alone makes more than a third of the difference ({told}); name it "
            "beside the frame.",
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
            unknown.append(name_of(category))
            continue
        sources |= set(measured.sources)
        known.append(f"{percent(measured.share)} of {name_of(category)}")
        texts = measured.texts
    told = []
    if known:
        like = {*map(_plain, sources)}
        unlike = [
            name_of(name)
            for name in compared.groups
            if _plain(name) not in like and name.strip("()") != "missing"
        ]
        strange = f" (not of {_some(unlike)})" * bool(unlike)
        told.append(f"in {texts}{strange}, language models found right {_some(known)} hits")
    if unknown := [*dict.fromkeys(unknown)]:
        told.append(f"{_some(unknown)} {'was' if len(unknown) == 1 else 'were'} not measured")
    if told:
        yield None, f"Precision: {'; '.join(told)}. Code a sample (notebook 08)."


def _some(parts: Sequence[str]) -> str:
    """Name the first of them, and how many more there are."""
    more = [f"{len(parts) - _NAMED:,} more"] if len(parts) > _NAMED else []
    return listed([*parts[:_NAMED], *more])


def _plain(name: str) -> str:
    return re.sub(r"\W", "", name.casefold())


_CHECKS: dict[str, Callable[[_Compared], _Found]] = {
    "copies": _copies,
    "shared texts": _shared_texts,
    "months": _months,
    "subjects": _subjects,
    "marks": _marks,
    "search words": _search_words,
    "other groups": _other_groups,
    "few": _few,
    "one document": _one_document,
    "one subcategory": _one_subcategory,
    "precision": _precision,
}
