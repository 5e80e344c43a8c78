"""The units that groups are compared by: documents, or the paragraphs of single ones."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, combinations
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import pandas as pd

from analysis.errors import ArgumentError, TableError, check_choice, check_resampling, names_of
from analysis.tables.checks import label_groups
from analysis.tables.schema import PLACE, SPLIT

Method = Literal["BCa", "percentile"]

# A name that no column of the researcher has.
_COLUMN = "column of the measure"


class Draws(NamedTuple):
    """How intervals and tests are drawn."""

    confidence: float
    method: Method
    n_resamples: int
    seed: int


class Units(NamedTuple):
    """Hits (units by measures) and tokens of the units of one group, their documents and days."""

    hits: np.ndarray
    tokens: np.ndarray
    documents: np.ndarray
    dates: np.ndarray

    def only(self, chosen: np.ndarray) -> "Units":
        """Return some of the units."""
        return Units(*(own[chosen] for own in self))


def units_of(
    scores: pd.DataFrame, names: list[str], classes: list[str]
) -> tuple[dict[tuple[Any, ...], Units], list[tuple[Any, ...]]]:
    """Return each group's units' sums, and the measures that these are of."""
    work = scores.assign(**{name: label_groups(scores[name]) for name in names})
    measured = rows_of(work[classes])
    places = {measure: place for place, measure in enumerate(dict.fromkeys(measured))}
    work[_COLUMN] = [places[measure] for measure in measured]
    # Never both in one table: a group's only article would lend it dozens of units.
    unit = PLACE[:1] if unit_of(names) == "document" else PLACE
    units = {}
    for key, own in work.groupby(names, dropna=False):
        numbers = own.groupby(unit).ngroup().to_numpy()
        hits = np.zeros((numbers.max() + 1, len(places)))
        np.add.at(hits, (numbers, own[_COLUMN].to_numpy()), own["n_hits"].to_numpy(float))
        # Every category repeats the tokens of its paragraph.
        tokens = np.bincount(numbers, weights=own["n_tokens"].to_numpy(float)) / len(places)
        first = np.unique(numbers, return_index=True)[1]
        documents = own["document_id"].to_numpy(object)[first]
        units[key] = Units(hits, tokens, documents, dates_of(own).to_numpy()[first])
    return units, list(places)


def pairs_of(
    names: Iterable[str], pairs: Sequence[tuple[str, str]] | None, what: str = "group"
) -> list[tuple[str, str]]:
    """Return the pairs to compare: those given, of names that there are, or every two."""
    known = list(names)
    if pairs is None:
        return list(combinations(known, 2))
    is_list = isinstance(pairs, Collection) and not isinstance(pairs, str | bytes)
    chosen = [names_of("each of pairs", pair) for pair in pairs] if is_list else [[]]
    if any(len(pair) != 2 for pair in chosen):
        raise ArgumentError(f"pairs is {pairs!r:.60}; give a list of pairs of two names each")
    if unknown := [name for name in chain.from_iterable(chosen) if name not in known]:
        raise TableError(
            f"there is no {what} {unknown[0]!r} to compare; there are "
            f"{', '.join(map(repr, known[:10]))}"
        )
    return [(one, two) for one, two in chosen]


def count_undated(scores: pd.DataFrame) -> int:
    """Return how many documents have no date; refuse scores of which all or parts have none."""
    dates = scores.assign(date=dates_of(scores)).groupby("document_id")["date"].agg(["min", "max"])
    if (several := dates["min"] < dates["max"]).any():
        raise TableError(
            f"document {several.idxmax()!r} has paragraphs of several dates; give it one"
        )
    undated = dates["min"].isna()
    if undated.all():
        raise TableError("no document has a date; give the articles a date each")
    return int(undated.sum())


def dates_of(scores: pd.DataFrame) -> pd.Series:
    """Return the day of each row, null where none is known."""
    if "date" in scores and scores["date"].dtype.kind == "M":
        return scores["date"]
    return pd.Series(np.datetime64("NaT", "us"), index=scores.index)


def unit_of(names: Sequence[str]) -> str:
    """Name what is resampled: documents, or the paragraphs of single ones."""
    return "paragraph" if "document_id" in names else "document"


def rows_of(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    """List the rows of a table, with nulls that are equal to each other."""
    nulled = table.astype(object).where(table.notna(), None)
    return list(nulled.itertuples(index=False, name=None))


def class_columns(scores: pd.DataFrame) -> list[str]:
    """List the columns that say what a score is of."""
    return ["lexicon", "category", *(c for c in SPLIT if c in scores)]


def name_measures(n: int, classes: Sequence[str]) -> str:
    """Say of how many measures there are tests: "4 categories", "6 categories by voice"."""
    split = [name.replace("_", " ") for name in classes[2:]]
    by = f" by {' and '.join(split)}" if split else ""
    return f"{n:,} {'category' if n == 1 else 'categories'}{by}"


def seed_of(seed: int, name: str) -> int:
    """Return a seed for one group that does not hang on which others there are."""
    return int(np.random.SeedSequence([seed, *name.encode()]).generate_state(1)[0])


def check_bootstrap(confidence: float, method: Method, n_resamples: int, seed: int) -> None:
    """Refuse what no interval can be drawn with."""
    check_resampling(confidence, n_resamples, seed)
    check_choice("method", method, get_args(Method))
