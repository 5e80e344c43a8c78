"""Simulate whether intervals and tests keep what they promise.

Run ``python benchmarks/coverage.py [--replicates 1000]``. Articles of one group resemble each
other: paragraphs of one article share a rate (intra-class correlation .2), so that resampling
paragraphs would promise too much. Changes and pairs are simulated with few articles, and with
copies among them.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from analysis.comparison.contrasts import compare_units
from analysis.comparison.units import Draws, Units
from analysis.statistics.intervals import change_intervals, ratio_interval
from analysis.statistics.significance import change_test, permutation_test, sign_flip_test

DOCUMENTS, PARAGRAPHS, CORRELATION = 20, 10, 0.2
TOKENS, HITS = 60, 3.0
# Documents before and after, of one group or of two, by how much they have of the usual rate, and
# how many in each of these cells are copies of others in it.
CHANGES = {
    "change, 12 before and 12 after": ((12, 12), (1, 1), 0),
    "change by half, 12 and 12": ((12, 12), (1, 1.5), 0),
    "difference of changes, none, 4 × 6": ((6, 6, 6, 6), (1, 1, 1, 1), 0),
    "difference of changes, both double, 4 × 6": ((6, 6, 6, 6), (1, 2, 1, 2), 0),
    "difference of changes, none, 4 × 12": ((12, 12, 12, 12), (1, 1, 1, 1), 0),
    "difference of changes, both double, 4 × 12": ((12, 12, 12, 12), (1, 2, 1, 2), 0),
    "difference of changes, both double, unequal": ((6, 18, 14, 10), (1, 2, 1, 2), 0),
    "difference of changes, one doubles, 4 × 12": ((12, 12, 12, 12), (1, 2, 1, 1), 0),
    "change, 12 and 12, 4 of each copies": ((12, 12), (1, 1), 4),
    "change, the copies dropped": ((8, 8), (1, 1), 0),
    "difference of changes, both double, 4 × 12, 4 of each copies": (
        (12, 12, 12, 12),
        (1, 2, 1, 2),
        4,
    ),
    "difference of changes, both double, the copies dropped": ((8, 8, 8, 8), (1, 2, 1, 2), 0),
}
# How much more the first of two has, and how many of the pairs are one text in both.
PAIRS = {
    "12 pairs on one event each": (1, 0),
    "12 pairs, the first has half as much again": (1.5, 0),
    "12 pairs, the first has half as much again, 4 of them copies": (1.5, 4),
    "8 pairs, the first has half as much again, the copies dropped": (1.5, -4),
}
N_PAIRS = 12


def simulate(generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return hits and tokens of paragraphs (documents by paragraphs)."""
    tokens = generator.integers(TOKENS // 2, TOKENS * 3 // 2, (DOCUMENTS, PARAGRAPHS))
    # Poisson counts with this spread of documents' rates have the correlation asked for.
    spread = CORRELATION / (1 - CORRELATION) / HITS
    own = generator.gamma(1 / spread, spread, (DOCUMENTS, 1))
    return generator.poisson(HITS * own * tokens / TOKENS), tokens


def rates(generator: np.random.Generator, documents: int) -> np.ndarray:
    """Return the rates of documents by the usual one."""
    # As spread as those of documents whose paragraphs have the correlation asked for.
    spread = CORRELATION / (1 - CORRELATION) / HITS
    return generator.gamma(1 / spread, spread, documents)


def count(generator: np.random.Generator, own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return hits and tokens of documents that have these rates by the usual one."""
    tokens = generator.integers(TOKENS // 2, TOKENS * 3 // 2, (len(own), PARAGRAPHS)).sum(axis=1)
    return generator.poisson(HITS / TOKENS * own * tokens), tokens


def simulate_changes(replicates: int, resamples: int) -> None:
    """Print what changes at a date, and differences of two changes, keep of their promise."""
    for name, (sizes, factors, n_copies) in CHANGES.items():
        sides = [after - before for before, after in zip(factors[::2], factors[1::2], strict=True)]
        truth = HITS / TOKENS * (sides[0] - sum(sides[1:]))
        held = false = 0
        for seed in range(replicates):
            generator = np.random.default_rng([11, seed])
            cells = []
            for size, factor in zip(sizes, factors, strict=True):
                n = size - n_copies
                hits, tokens = count(generator, factor * rates(generator, n))
                rows = np.arange(size) % n
                cells.append((hits[rows, None], tokens[rows]))
            low, high = change_intervals(cells, n_resamples=resamples, seed=seed)
            held += low[0] <= truth <= high[0]
            options = {"n_resamples": resamples, "seed": seed}
            if len(cells) == 4:
                test = change_test(cells, **options)
            else:
                hits, tokens = (np.concatenate(own) for own in zip(*cells, strict=True))
                test = permutation_test(hits, tokens, np.repeat([1, 0], sizes), **options)
            false += test.p[0] <= 0.05
        tell(name, held, false, replicates, truth)


def simulate_pairs(replicates: int, resamples: int) -> None:
    """Print what comparisons within pairs of documents on one event keep of their promise."""
    for name, (factor, n_copies) in PAIRS.items():
        truth = HITS / TOKENS * (factor - 1)
        held = false = 0
        for seed in range(replicates):
            generator = np.random.default_rng([13, seed])
            event = rates(generator, N_PAIRS + min(n_copies, 0))
            one, two = (
                np.divide(*count(generator, of * event * rates(generator, len(event))))
                for of in (factor, 1)
            )
            differences = (one - two)[max(n_copies, 0) :]
            differences = np.r_[differences, np.zeros(max(n_copies, 0))]
            options = {"n_resamples": resamples, "seed": seed}
            ones = np.ones(len(differences))
            own = ratio_interval(differences, ones, method="percentile", **options)
            held += own.low <= truth <= own.high
            false += sign_flip_test(differences, **options).p[0] <= 0.05
        tell(name, held, false, replicates, truth)


def tell(name: str, held: int, positive: int, replicates: int, truth: float) -> None:
    """Print a line on one kind of comparison."""
    found = "found" if truth else "false positives"
    print(
        f"{name}: coverage {held / replicates:.3f}, {found} at .05 {positive / replicates:.3f}",
        flush=True,
    )


def simulate_shares(generator: np.random.Generator, n: int, hits: float, share: float) -> Units:
    """Return documents' hits of one voice and of any; documents without a hit do not count."""
    known = generator.poisson(generator.gamma(2, hits / 2, n))
    spread = (1 - CORRELATION) / CORRELATION
    own = generator.beta(share * spread, (1 - share) * spread, n)
    quoted = generator.binomial(known, own)[:, None]
    return _units(quoted, known, np.zeros(n, int)).only(known > 0)


def simulate_weeks(
    generator: np.random.Generator, sizes: tuple[int, int], n_weeks: int, share: float | None
) -> list[Units]:
    """Return two groups, one with more documents early, in weeks whose rates (or shares) rise."""
    level = np.linspace(0.5, 1.5, n_weeks) * generator.gamma(16, 1 / 16, n_weeks)
    groups = []
    for n, early in zip(sizes, (True, False), strict=True):
        often = np.linspace(2, 1, n_weeks) if early else np.linspace(1, 2, n_weeks)
        weeks = generator.choice(n_weeks, n, p=often / often.sum())
        if share is None:
            tokens = generator.integers(5 * TOKENS, 15 * TOKENS, n)
            own = generator.gamma(4, 1 / 4, n) * level[weeks]
            groups.append(_units(generator.poisson(own * tokens / 20)[:, None], tokens, weeks))
        else:
            known = 1 + generator.poisson(generator.gamma(2, 4, n))
            mean, spread = np.minimum(share * level[weeks], 0.9), (1 - CORRELATION) / CORRELATION
            own = generator.beta(mean * spread, (1 - mean) * spread)
            groups.append(_units(generator.binomial(known, own)[:, None], known, weeks))
    return groups


def _units(hits: np.ndarray, tokens: np.ndarray, weeks: np.ndarray) -> Units:
    dates = np.datetime64("2025-01-06", "us") + weeks * np.timedelta64(7, "D")
    return Units(hits.astype(float), tokens.astype(float), np.arange(len(tokens)), dates)


def check_groups(replicates: int, n_resamples: int) -> None:
    """Print how often two groups alike are found to differ, and their intervals hold 0."""
    cases: dict[str, tuple[Callable[[np.random.Generator], list[Units]], str, str | None]] = {}
    for sizes, hits, share in (
        ((12, 12), (5, 5), 0.6),
        ((12, 12), (10, 3), 0.6),
        ((12, 12), (5, 5), 0.85),
        ((12, 6), (10, 5), 0.6),
    ):
        name = f"share of {share}, {sizes} documents of {hits} hits each"
        both = partial(_both_shares, sizes=sizes, hits=hits, share=share)
        cases[name] = (both, " with hits of known voice", None)
    for sizes, n_weeks in (((12, 12), 8), ((12, 12), 12), ((30, 30), 12)):
        for share in (None, 0.5):
            what = "rate" if share is None else "share"
            both = partial(simulate_weeks, sizes=sizes, n_weeks=n_weeks, share=share)
            of = "" if share is None else " with hits of known voice"
            cases[f"{what}, {sizes} documents in {n_weeks} weeks"] = (both, of, "week")
            cases[f"{what}, {sizes} documents in {n_weeks} weeks, not matched"] = (both, of, None)
    for name, (both, of, match) in cases.items():
        tested, false, bounded, held = 0, 0, 0, 0
        for seed in range(replicates):
            units = dict(zip("ab", both(np.random.default_rng([8, seed])), strict=True))
            draws = Draws(0.95, "BCa", n_resamples, seed)
            (own,) = compare_units(
                units, [("a", "b")], "document", draws, match=match, shares_of=of
            )
            if np.isfinite(own.test.p[0]):
                tested, false = tested + 1, false + (own.test.p[0] <= 0.05)
            if np.isfinite(own.bounds.low[0]):
                bounded += 1
                held += own.bounds.low[0] <= 0 <= own.bounds.high[0]
        print(
            f"{name}: coverage {held / max(bounded, 1):.3f} of {bounded:,} intervals, "
            f"false positives {false / max(tested, 1):.3f} of {tested:,} tests",
            flush=True,
        )


def _both_shares(
    generator: np.random.Generator, sizes: tuple[int, int], hits: tuple[int, int], share: float
) -> list[Units]:
    return [simulate_shares(generator, n, mean, share) for n, mean in zip(sizes, hits, strict=True)]


def main() -> None:
    """Print coverage and false positives beside what is promised."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replicates", type=int, default=1_000)
    parser.add_argument("--resamples", type=int, default=1_999)
    options = parser.parse_args()
    check_groups(options.replicates, options.resamples)
    truth = HITS / TOKENS
    held = {
        "BCa of documents": 0,
        "percentiles of documents": 0,
        "percentiles of documents, not widened": 0,
        "percentiles of paragraphs": 0,
    }
    false = {"documents exchanged": 0, "paragraphs exchanged": 0}
    begun = time.perf_counter()
    for seed in range(options.replicates):
        generator = np.random.default_rng([7, seed])
        hits, tokens = simulate(generator)
        of_documents = (hits.sum(axis=1), tokens.sum(axis=1))
        of_paragraphs = (hits.ravel(), tokens.ravel())
        for name, units in (
            ("BCa of documents", of_documents),
            ("percentiles of documents", of_documents),
            ("percentiles of documents, not widened", of_documents),
            ("percentiles of paragraphs", of_paragraphs),
        ):
            method = "BCa" if name.startswith("BCa") else "percentile"
            own = ratio_interval(
                *units,
                method=method,
                n_resamples=options.resamples,
                seed=seed,
                expand="not widened" not in name,
            )
            held[name] += own.low <= truth <= own.high
        other_hits, other_tokens = simulate(generator)
        for name, axis in (("documents exchanged", 1), ("paragraphs exchanged", None)):
            if axis == 1:
                parts = np.r_[hits.sum(axis=1), other_hits.sum(axis=1)]
                wholes = np.r_[tokens.sum(axis=1), other_tokens.sum(axis=1)]
            else:
                parts = np.r_[hits.ravel(), other_hits.ravel()]
                wholes = np.r_[tokens.ravel(), other_tokens.ravel()]
            first = np.arange(len(parts)) < len(parts) // 2
            test = permutation_test(
                parts[:, None], wholes, first, n_resamples=options.resamples, seed=seed
            )
            false[name] += test.p[0] <= 0.05
    print(
        f"{options.replicates:,} simulated groups of {DOCUMENTS} documents of {PARAGRAPHS} "
        f"paragraphs, intra-class correlation {CORRELATION}, {time.perf_counter() - begun:.0f} s"
    )
    for name, n in held.items():
        print(f"coverage of the 95 % interval, {name}: {n / options.replicates:.3f}")
    for name, n in false.items():
        print(f"false positives at .05, {name}: {n / options.replicates:.3f}")
    simulate_changes(options.replicates, options.resamples)
    simulate_pairs(options.replicates, options.resamples)


if __name__ == "__main__":
    main()
