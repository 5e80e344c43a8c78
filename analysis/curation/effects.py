"""What a change of a lexicon does to its hits, its shares, its overlaps and its rankings."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from analysis.errors import LexiconError, TableError, check_text
from analysis.hits.find import find_hits
from analysis.hits.matching.inputs import lexicon_list
from analysis.lexicons.changes import category_of
from analysis.lexicons.model import Category, Lexicon, check_lexicon
from analysis.lexicons.terms import matchable_patterns
from analysis.scores.scoring import groups_of
from analysis.statistics.intervals import wilson_interval
from analysis.statistics.sums import divide
from analysis.tables.checks import check_table, empty_table, make_table
from analysis.tables.schema import PER_TOKENS, PLACE
from analysis.text.folding import fold
from analysis.text.tokens import SIGNS
from analysis.validation.gold import as_positive, gold_codes

_FEWEST_GROUPS = 3
# Versions of a category whose hits are kept: before, after, and those that were tried between.
_MOST_KEPT = 4
# With more terms than this that are changed, it is as quick to look at every paragraph.
_FEW_TERMS = 12
_WILDCARDS = re.compile(r"[*?]+")


def compare_lexica(
    paragraphs: pd.DataFrame,
    lexicon: Lexicon,
    changed: Lexicon,
    *,
    category: str | None = None,
    others: Lexicon | Sequence[Lexicon] = (),
    by: str | None = None,
    codes: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """Tell what a change of a lexicon does to your results: hits, shares, ranks, agreement.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.
    lexicon, changed : Lexicon
        The lexicon before and after the change.
    category : str, optional
        The category to compare; by default all that both have.
    others : Lexicon or sequence of Lexicon, optional
        Lexica whose categories the hits may overlap. The other categories of `changed`
        always belong to them.
    by : str, optional
        Metadata column of `paragraphs`, such as ``"outlet"``, whose groups are ranked by
        their rates.
    codes : pandas.DataFrame, optional
        Table ``codes`` of some of the paragraphs, where ``"1"`` means that the category is
        there. Of several coders the code of most counts.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``"effects"`` (table ``lexicon_effects``): hits gained and lost, share of paragraphs,
        rank correlation of the groups (Kendall's tau-b), precision and recall with Wilson
        intervals. ``"overlaps"`` (``lexicon_overlaps``), ``"ranks"`` (``lexicon_ranks``);
        ``"gained"`` and ``"lost"``: the hits themselves, without voice and certainty.

    Raises
    ------
    TypeError
        If `lexicon` or `changed` is no Lexicon.
    LexiconError
        If one of them lacks the category.
    TableError
        If a table breaks its schema, or there is no column `by`.

    References
    ----------
    Kendall, M. G. (1945). The treatment of ties in ranking problems. Biometrika 33(3),
    239-251. Wilson, E. B. (1927). Probable inference. Journal of the American Statistical
    Association 22(158), 209-212.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Talks, then an envoy."]))
    >>> lexicon = fa.lexicon_from_dict("diplomacy", {"diplomacy": ["talks"]})
    >>> changed = fa.lexicon_from_dict("diplomacy", {"diplomacy": ["talks", "envoy*"]})
    >>> compared = fa.compare_lexica(paragraphs, lexicon, changed)
    >>> compared["effects"][["n_hits_before", "n_hits_after", "hits_gained"]].values.tolist()
    [[1, 2, 1]]
    """
    check_lexicon(lexicon)
    check_lexicon(changed)
    check_text("category", category)
    bench = Workbench(paragraphs, others=lexicon_list(others) if others else (), by=by, codes=codes)
    both = [name for name in lexicon.category_names if name in changed.category_names]
    wanted = both if category is None else [category]
    if not wanted:
        raise LexiconError(f"{lexicon.name} and {changed.name} have no category in common")
    found = [
        bench.effects(bench.hits_of(lexicon, name), bench.hits_of(changed, name), name, changed)
        for name in wanted
    ]
    return {name: pd.concat([one[name] for one in found], ignore_index=True) for name in found[0]}


class Workbench:
    """What stays the same while a lexicon changes: paragraphs, groups, codes, other frames."""

    def __init__(
        self,
        paragraphs: pd.DataFrame,
        *,
        others: Sequence[Lexicon] = (),
        by: str | None = None,
        codes: pd.DataFrame | None = None,
    ) -> None:
        paragraphs = check_table(paragraphs, "paragraphs")
        if by is not None:
            paragraphs = paragraphs.assign(_group=groups_of(paragraphs, "paragraphs", by))
        self.paragraphs = paragraphs.sort_values(PLACE, ignore_index=True)
        self._group = self.paragraphs.pop("_group") if by is not None else None
        self._places = pd.MultiIndex.from_frame(self.paragraphs[PLACE])
        self._known: dict[str, dict[tuple[str, Category], pd.DataFrame]] = defaultdict(dict)
        self._positive = {} if codes is None else self._decided(codes)
        self._others = [
            (other, name, self._spans(self._find(other, category_of(other, name))))
            for other in others
            for name in other.category_names
        ]

    def _decided(self, codes: pd.DataFrame) -> dict[str, pd.Series]:
        """Return for each coded category whether its paragraphs are positive, by their rows."""
        gold = as_positive(gold_codes(codes), "1")
        rows = self._rows(gold)
        if (rows < 0).any():
            row = gold[rows < 0].iloc[0]
            raise TableError(
                f"paragraph {row['paragraph']} of {row['document_id']!r} was coded but is not in "
                "the paragraphs; give the paragraphs that were coded"
            )
        decided = pd.Series(gold["positive"].to_numpy(bool), index=rows)
        return {str(name): own for name, own in decided.groupby(gold["category"].to_numpy())}

    @property
    def n_documents(self) -> int:
        """How many documents there are."""
        return int(self.paragraphs["document_id"].nunique())

    def coded_with(self, hits: pd.DataFrame, category: str) -> tuple[int, int] | None:
        """Count positive and all coded paragraphs with a counted hit; None without codes."""
        decided = self._positive.get(category)
        if decided is None:
            return None
        found = decided[decided.index.isin(self._placed(hits)["row"])]
        return int(found.sum()), len(found)

    def hits_of(self, lexicon: Lexicon, category: str) -> pd.DataFrame:
        """Return the hits of a category, without voice and certainty.

        Only paragraphs that may hold a term by which it differs from a version that was asked
        for before are looked at again.
        """
        own = category_of(lexicon, category)
        known = self._known[category]
        key = (lexicon.language, own)
        if key not in known:
            found = self._changed(lexicon, own, known)
            known[key] = self._find(lexicon, own) if found is None else found
            if len(known) > _MOST_KEPT:
                del known[next(iter(known))]
        # What was asked for last is kept longest.
        known[key] = known.pop(key)
        return known[key].assign(lexicon=lexicon.id)

    def _find(
        self, lexicon: Lexicon, category: Category, rows: np.ndarray | None = None
    ) -> pd.DataFrame:
        alone = replace(lexicon, categories=(category,), problem_list=(), loss_list=())
        paragraphs = self.paragraphs if rows is None else self.paragraphs.take(rows)
        return find_hits(paragraphs, alone, in_context=False)

    def _changed(
        self,
        lexicon: Lexicon,
        category: Category,
        known: Mapping[tuple[str, Category], pd.DataFrame],
    ) -> pd.DataFrame | None:
        """Return the hits of a category from those of the version most like it, if one is."""
        versions = [
            (_differing(version, category), hits)
            for (language, version), hits in known.items()
            if language == lexicon.language
        ]
        terms, hits = min(versions, key=lambda own: len(own[0]), default=(None, None))
        if terms is None or hits is None or len(terms) > _FEW_TERMS:
            return None
        may_hold = self._may_hold(terms)
        found = self._find(lexicon, category, np.flatnonzero(may_hold))
        joined = pd.concat([hits[~may_hold[self._rows(hits)]], found], ignore_index=True)
        return joined.take(np.argsort(self._rows(joined), kind="stable")).reset_index(drop=True)

    def _may_hold(self, terms: Collection[str]) -> np.ndarray:
        """Tell which paragraphs hold the letters of one of some terms."""
        held = np.zeros(len(self.paragraphs), bool)
        for term in terms:
            patterns = matchable_patterns(term) or ()
            longest = [max(_WILDCARDS.split(one.lstrip(SIGNS)), key=len) for one in patterns]
            if longest:
                own = [all(part in text for part in longest) for text in self._folded]
                held |= np.array(own, bool)
        return held

    @cached_property
    def _folded(self) -> list[str]:
        """The texts as terms are compared with them."""
        return [fold(text).text for text in self.paragraphs["text"].tolist()]

    def _rows(self, hits: pd.DataFrame) -> np.ndarray:
        return self._places.get_indexer(pd.MultiIndex.from_frame(hits[PLACE]))

    def _placed(self, hits: pd.DataFrame) -> pd.DataFrame:
        """Return counted hits with the row of their paragraph in ``row``."""
        counted = hits[hits["blocked_by"].isna()]
        return counted.assign(row=self._rows(counted))

    def effects(
        self,
        before: pd.DataFrame,
        after: pd.DataFrame,
        category: str,
        lexicon: Lexicon,
    ) -> dict[str, pd.DataFrame]:
        """Return what changes between two tables of hits of a category, as `compare_lexica`.

        The other categories of `lexicon` are other frames as well.
        """
        before, after = self._placed(before), self._placed(after)
        n_before, n_after = (
            np.bincount(hits["row"], minlength=len(self.paragraphs)) for hits in (before, after)
        )
        old, new = (
            pd.MultiIndex.from_frame(hits[["row", "start", "end"]]) for hits in (before, after)
        )
        gained, lost = ~new.isin(old), ~old.isin(new)
        ranks = self._ranks(n_before, n_after, category)
        names = ("before", "after")
        facts: dict[str, Any] = {
            "category": category,
            "n_paragraphs": len(self.paragraphs),
            "hits_gained": int(gained.sum()),
            "hits_lost": int(lost.sum()),
            "share_paragraphs_changed": _mean(n_before != n_after),
            "n_groups": int(ranks["rate_before"].notna().sum()),
            "rank_correlation": _rank_correlation(ranks),
        }
        for name, hits, n in zip(names, (before, after), (n_before, n_after), strict=True):
            facts[f"n_hits_{name}"] = len(hits)
            facts[f"n_documents_{name}"] = hits["document_id"].nunique()
            facts[f"share_paragraphs_{name}"] = _mean(n > 0)
        facts |= self._quality(n_before, n_after, category)
        return {
            "effects": make_table("lexicon_effects", pd.DataFrame([facts])),
            "overlaps": self._overlaps(before, after, category, lexicon),
            "ranks": ranks,
            "gained": after[gained].drop(columns="row").reset_index(drop=True),
            "lost": before[lost].drop(columns="row").reset_index(drop=True),
        }

    def _quality(self, before: np.ndarray, after: np.ndarray, category: str) -> dict[str, Any]:
        decided = self._positive.get(category)
        if decided is None:
            names = ("precision", "recall")
            ends = ("before", "after", "low", "high")
            return {"n_coded": 0, **{f"{name}_{end}": np.nan for name in names for end in ends}}
        rows, positive = decided.index.to_numpy(), decided.to_numpy()
        told: dict[str, Any] = {"n_coded": len(rows)}
        for name, n_in in (("before", before), ("after", after)):
            flagged = n_in[rows] > 0
            both = int((flagged & positive).sum())
            for measure, whole in (("precision", flagged), ("recall", positive)):
                told[f"{measure}_{name}"] = both / whole.sum() if whole.any() else np.nan
                # Those of after are written last, and stay.
                interval = wilson_interval(both, int(whole.sum()))
                told |= {f"{measure}_low": interval.low, f"{measure}_high": interval.high}
        return told

    def _ranks(self, before: np.ndarray, after: np.ndarray, category: str) -> pd.DataFrame:
        if self._group is None:
            return empty_table("lexicon_ranks")
        counts = {"n_tokens": self.paragraphs["n_tokens"], "before": before, "after": after}
        sums = pd.DataFrame(counts).groupby(self._group.to_numpy()).sum()
        table = pd.DataFrame({"category": category, "group": sums.index.astype(str)})
        table["n_tokens"] = sums["n_tokens"].to_numpy()
        for name in ("before", "after"):
            rate = PER_TOKENS * divide(sums[name].to_numpy(), sums["n_tokens"].to_numpy())
            table[f"rate_{name}"] = rate
            ranked = pd.Series(rate).rank(ascending=False, method="min")
            table[f"rank_{name}"] = ranked.astype("Int64")
        return make_table("lexicon_ranks", table)

    def _overlaps(
        self, before: pd.DataFrame, after: pd.DataFrame, category: str, lexicon: Lexicon
    ) -> pd.DataFrame:
        own = [
            (lexicon, name, self._spans(self.hits_of(lexicon, name)))
            for name in lexicon.category_names
            if name != category
        ]
        rows = []
        for other, name, spans in [*own, *self._others]:
            row: dict[str, Any] = {"category": category, "other_category": name}
            row["other_lexicon"] = other.id
            for when, hits in (("before", before), ("after", after)):
                met = meets(hits, spans)
                with_own = hits["row"].unique()
                row[f"n_overlapping_{when}"] = int(met.sum())
                row[f"share_hits_{when}"] = _mean(met)
                row[f"share_paragraphs_{when}"] = _mean(np.isin(with_own, spans[0]))
            rows.append(row)
        return (
            make_table("lexicon_overlaps", pd.DataFrame(rows))
            if rows
            else empty_table("lexicon_overlaps")
        )

    def _spans(self, hits: pd.DataFrame) -> tuple[np.ndarray, ...]:
        return spans_of(self._placed(hits))


def _differing(one: Category, other: Category) -> set[str]:
    """Return the terms and exclusions of which two versions of a category have but one."""
    entries = {*one.entries} ^ {*other.entries}
    return {entry.term for entry in entries} | ({*one.exclude} ^ {*other.exclude})


def spans_of(hits: pd.DataFrame) -> tuple[np.ndarray, ...]:
    """Return row, start and end of hits of one category, in order."""
    ordered = hits.sort_values(["row", "start"])
    return tuple(ordered[name].to_numpy("int64") for name in ("row", "start", "end"))


def meets(hits: pd.DataFrame, spans: tuple[np.ndarray, ...]) -> np.ndarray:
    """Tell which hits share characters with `spans_of` others, none of which meets another."""
    rows, starts, ends = spans
    if not len(rows):
        return np.zeros(len(hits), bool)
    scale = int(max(ends.max(), hits["end"].max() if len(hits) else 0)) + 1
    wanted = hits["row"].to_numpy("int64")
    # The last span that begins before the hit ends reaches furthest into it.
    last = (
        np.searchsorted(rows * scale + starts, wanted * scale + hits["end"].to_numpy("int64")) - 1
    )
    met = (last >= 0) & (rows[last] == wanted) & (ends[last] > hits["start"].to_numpy("int64"))
    return np.asarray(met)


def _rank_correlation(ranks: pd.DataFrame) -> float:
    known = ranks[ranks["rate_before"].notna()]
    if len(known) < _FEWEST_GROUPS:
        return np.nan
    return float(stats.kendalltau(known["rate_before"], known["rate_after"]).statistic)


def _mean(of: np.ndarray) -> float:
    return float(np.mean(of)) if len(of) else np.nan
