"""Simulate whether intervals and tests keep what they promise.

Run ``python benchmarks/coverage.py [--replicates 1000]``. Articles of one group resemble each
other: paragraphs of one article share a rate (intra-class correlation .2), so that resampling
paragraphs would promise too much.
"""

import argparse
import time

import numpy as np

from analysis.statistics.intervals import ratio_interval
from analysis.statistics.significance import permutation_test

DOCUMENTS, PARAGRAPHS, CORRELATION = 20, 10, 0.2
TOKENS, HITS = 60, 3.0


def simulate(generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return hits and tokens of paragraphs (documents by paragraphs)."""
    tokens = generator.integers(TOKENS // 2, TOKENS * 3 // 2, (DOCUMENTS, PARAGRAPHS))
    # Poisson counts with this spread of documents' rates have the correlation asked for.
    spread = CORRELATION / (1 - CORRELATION) / HITS
    own = generator.gamma(1 / spread, spread, (DOCUMENTS, 1))
    return generator.poisson(HITS * own * tokens / TOKENS), tokens


def main() -> None:
    """Print coverage and false positives beside what is promised."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replicates", type=int, default=1_000)
    parser.add_argument("--resamples", type=int, default=1_999)
    options = parser.parse_args()
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
    for name, count in held.items():
        print(f"coverage of the 95 % interval, {name}: {count / options.replicates:.3f}")
    for name, count in false.items():
        print(f"false positives at .05, {name}: {count / options.replicates:.3f}")


if __name__ == "__main__":
    main()
