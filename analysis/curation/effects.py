"""What a change of a lexicon does to its hits, its shares, its overlaps and its rankings."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from analysis.errors import LexiconError, TableError, check_text
from analysis.hits.find import find_hits
from analysis.hits.matching.inputs import lexicon_list
from analysis.lexicons.changes import category_of
from analysis.lexicons.model import Category, Lexicon, check_lexicon
from analysis.scores.scoring import groups_of
from analysis.statistics.intervals import wilson_interval
from analysis.statistics.sums import divide
from analysis.tables.checks import check_table, empty_table, make_table, positions
from analysis.tables.schema import PER_TOKENS, PLACE
from analysis.validation.gold import as_positive, gold_codes

_FEWEST_GROUPS = 3
_KEPT = 8


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
    """Compare two versions of a lexicon on your paragraphs: what does the change do?

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
        self._hits: dict[tuple[str, str, Category], pd.DataFrame] = {}
        self._positive = {} if codes is None else self._decided(codes)
        self._others = [
            (other, name, self._spans(self.hits_of(other, name)))
            for other in others
            for name in other.category_names
        ]

    def _decided(self, codes: pd.DataFrame) -> dict[str, pd.Series]:
        """Return for each coded category whether its paragraphs are positive, by their rows."""
        gold = as_positive(gold_codes(codes), "1")
        rows = positions(self.paragraphs[PLACE], gold[PLACE])
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
        """Return the hits of a category, without voice and certainty."""
        key = (lexicon.name, lexicon.language, category_of(lexicon, category))
        if key not in self._hits:
            alone = replace(lexicon, categories=key[2:], problem_list=(), loss_list=())
            hits = find_hits(self.paragraphs, alone, in_context=False)
            # Before, after, and the one that was tried between: older ones are found again.
            while len(self._hits) >= _KEPT:
                del self._hits[next(iter(self._hits))]
            self._hits[key] = hits
        return self._hits[key].assign(lexicon=lexicon.id)

    def _placed(self, hits: pd.DataFrame) -> pd.DataFrame:
        """Return counted hits with the row of their paragraph in ``row``."""
        counted = hits[hits["blocked_by"].isna()]
        return counted.assign(row=positions(self.paragraphs[PLACE], counted[PLACE]))

    def effects(
        self,
        before: pd.DataFrame,
        after: pd.DataFrame,
        category: str,
        lexicon: Lexicon | None = None,
    ) -> dict[str, pd.DataFrame]:
        """Return what changes between two tables of hits of a category, as `compare_lexica`.

        The other categories of `lexicon` are other frames as well.
        """
        counted = [self._placed(hits) for hits in (before, after)]
        n_in = [np.bincount(hits["row"], minlength=len(self.paragraphs)) for hits in counted]
        spans = [pd.MultiIndex.from_frame(hits[["row", "start", "end"]]) for hits in counted]
        gained, lost = ~spans[1].isin(spans[0]), ~spans[0].isin(spans[1])
        ranks = self._ranks(*n_in, category)
        names = ("before", "after")
        facts: dict[str, Any] = {
            "category": category,
            "n_paragraphs": len(self.paragraphs),
            "hits_gained": int(gained.sum()),
            "hits_lost": int(lost.sum()),
            "share_paragraphs_changed": _mean(n_in[0] != n_in[1]),
            "n_groups": len(ranks),
            "rank_correlation": _rank_correlation(ranks),
        }
        for name, hits, n in zip(names, counted, n_in, strict=True):
            facts[f"n_hits_{name}"] = len(hits)
            facts[f"n_documents_{name}"] = hits["document_id"].nunique()
            facts[f"share_paragraphs_{name}"] = _mean(n > 0)
        facts |= self._quality(*n_in, category)
        return {
            "effects": make_table("lexicon_effects", pd.DataFrame([facts])),
            "overlaps": self._overlaps(*counted, category, lexicon),
            "ranks": ranks,
            "gained": counted[1][gained].drop(columns="row").reset_index(drop=True),
            "lost": counted[0][lost].drop(columns="row").reset_index(drop=True),
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
        self, before: pd.DataFrame, after: pd.DataFrame, category: str, lexicon: Lexicon | None
    ) -> pd.DataFrame:
        own = [
            (lexicon, name, self._spans(self.hits_of(lexicon, name)))
            for name in (lexicon.category_names if lexicon else ())
            if lexicon and name != category
        ]
        rows = []
        for other, name, spans in [*own, *self._others]:
            row: dict[str, Any] = {"category": category, "other_category": name}
            row["other_lexicon"] = other.id
            for when, hits in (("before", before), ("after", after)):
                met = _meets(hits, spans)
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
        counted = self._placed(hits).sort_values(["row", "start"])
        return tuple(counted[name].to_numpy("int64") for name in ("row", "start", "end"))


def _meets(hits: pd.DataFrame, spans: tuple[np.ndarray, ...]) -> np.ndarray:
    """Tell which hits share characters with spans, in order, none of which meets another."""
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
