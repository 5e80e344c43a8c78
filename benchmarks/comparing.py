"""Time intervals and contrasts of a corpus, beside SciPy's own bootstrap.

Run ``python benchmarks/comparing.py --corpus FILE [--resamples 10000] [--json]``: FILE is a
table of articles with a column ``outlet``.
"""

import argparse
import json
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import stats

import analysis as fa
from analysis.errors import StatisticsWarning
from analysis.statistics.intervals import difference_intervals, resample_rates


def main() -> None:
    """Print seconds, and the ratio to SciPy's bootstrap of the same intervals."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", required=True, help="Parquet, CSV or folder of articles")
    parser.add_argument("--resamples", type=int, default=10_000)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    warnings.simplefilter("ignore", StatisticsWarning)
    documents = fa.read_documents(options.corpus)
    lexica = [fa.load_lexicon(name) for name in ("framing", "hedging", "boosters")]
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, lexica, in_context=False)
    scores = fa.score_paragraphs(paragraphs, hits, lexica)
    common = {"n_resamples": options.resamples, "seed": 1}
    halves = scores.assign(half=_halves(scores))
    figures: dict[str, Any] = {"documents": len(documents), "resamples": options.resamples}
    figures["whole_corpus_s"] = _seconds(
        lambda: fa.score_intervals(scores.assign(all="all"), by="all", **common)
    )
    figures["intervals_by_outlet_s"] = _seconds(
        lambda: fa.score_intervals(scores, by="outlet", **common)
    )
    figures["two_halves_s"] = _seconds(lambda: fa.compare_groups(halves, by="half", **common))
    figures["all_pairs_of_outlets_s"] = _seconds(
        lambda: fa.compare_groups(scores, by="outlet", **common)
    )
    groups = _sums(halves)
    figures["resampling_s"] = _seconds(lambda: _ours(groups, options.resamples))
    figures["scipy_s"] = _seconds(lambda: _scipy(groups, options.resamples))
    figures["scipy_by_ours"] = figures["scipy_s"] / figures["resampling_s"]
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:24} {value:,.2f}" if isinstance(value, float) else f"{name:24} {value:,}")


def _halves(scores: Any) -> Any:
    """Part documents into two groups of equal size."""
    number = scores["document_id"].factorize()[0]
    return np.where(number % 2 == 0, "even", "odd")


def _sums(scores: Any) -> list[tuple[np.ndarray, np.ndarray]]:
    groups = []
    for _, own in scores.groupby("half"):
        hits = own.pivot_table("n_hits", "document_id", "category", aggfunc="sum", sort=False)
        tokens = own.groupby("document_id", sort=False)["n_tokens"].sum() / hits.shape[1]
        groups.append((hits.to_numpy(float), tokens.to_numpy(float)))
    return groups


def _ours(groups: list[tuple[np.ndarray, np.ndarray]], n_resamples: int) -> None:
    one, two = groups
    drawn = (
        resample_rates(*one, n_resamples=n_resamples, seed=1),
        resample_rates(*two, n_resamples=n_resamples, seed=2),
    )
    difference_intervals(one, two, drawn)


def _scipy(groups: list[tuple[np.ndarray, np.ndarray]], n_resamples: int) -> None:
    for category in range(groups[0][0].shape[1]):
        samples = [hits[:, category] + 1j * tokens for hits, tokens in groups]
        stats.bootstrap(
            samples, _difference, vectorized=True, n_resamples=n_resamples, batch=1_000, rng=1
        )


def _difference(one: np.ndarray, two: np.ndarray, axis: int = -1) -> np.ndarray:
    first, second = one.sum(axis=axis), two.sum(axis=axis)
    return np.asarray(first.real / first.imag - second.real / second.imag)


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
