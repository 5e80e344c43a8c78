"""How long a researcher waits who makes a lexicon: a preview, a decision, new suggestions.

Run ``python benchmarks/curation.py [--corpus FILE.parquet] [--articles 5000] [--json]``. The
articles of the file (columns text and outlet; by default those of the project) are shuffled
and repeated until there are so many. Seconds are of processor time, so that other work on the
machine does not count; the steps are medians over the decisions, which accept the first
suggestions. Limits are the project's own.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd

import analysis as fa
from analysis.curation.decisions import decide, figures_of
from analysis.curation.effects import Workbench
from analysis.curation.files import CurationFiles
from analysis.exploration.suggestions import suggestions_from
from analysis.exploration.terms import TermIndex
from analysis.lexicons.changes import entry_from_fields, put_entry

NAME = "diplomacy"
SEEDS = ("dialogue", "talks", "ceasefire", "negotiat*", "settlement")
DECISIONS = 10
LIMITS = {"preview_s": 1.0, "decision_s": 1.0, "suggestions_s": 1.0}


def main() -> None:
    """Measure, and print the figures with their limits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, help="Parquet file with one article a row")
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--seeds", nargs="+", default=SEEDS, metavar="TERM")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    paragraphs = fa.split_paragraphs(_articles(options.corpus, options.articles))
    with tempfile.TemporaryDirectory() as folder:
        figures = _measure(paragraphs, list(options.seeds), Path(folder))
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        limit = LIMITS.get(name)
        verdict = "within" if limit and value <= limit else "OVER"
        print(f"{name:16} {value:10.3f}" + (f"   {verdict} the limit of {limit}" if limit else ""))


def _articles(corpus: Path | None, n: int) -> pd.DataFrame:
    """Return the articles of a file, shuffled and repeated, each under an id of its own."""
    if corpus is None:
        source = fa.read_documents(fa.data_folder())
    else:
        source = pd.read_parquet(corpus, columns=["text", "outlet"])
    rounds = -(-n // len(source))
    shuffled = [source.sample(frac=1, random_state=number) for number in range(rounds)]
    articles = pd.concat(shuffled, ignore_index=True).head(n)[["text", "outlet"]]
    return articles.assign(document_id=[f"article_{number:06}" for number in range(n)])


def _measure(paragraphs: pd.DataFrame, seeds: list[str], folder: Path) -> dict[str, float]:
    lexicon = fa.lexicon_from_dict(NAME, {NAME: seeds})
    others = [fa.load_lexicon("framing")]
    bench, bench_s = _timed(partial(Workbench, paragraphs, others=others, by="outlet"))
    index, index_s = _timed(partial(TermIndex, paragraphs))
    files = CurationFiles(folder / f"{NAME}.yml", lexicon)

    def suggest() -> pd.DataFrame:
        own = files.load()[0]
        return suggestions_from(index, own, NAME, bench.hits_of(own, NAME), n=60)

    def effects(before: fa.Lexicon, after: fa.Lexicon) -> dict[str, pd.DataFrame]:
        hits = (bench.hits_of(own, NAME) for own in (before, after))
        return bench.effects(*hits, NAME, after)

    def told(before: fa.Lexicon, after: fa.Lexicon, _: str) -> Mapping[str, Any]:
        return figures_of(effects(before, after)["effects"])

    steps: dict[str, list[float]] = {name: [] for name in LIMITS}
    # The first of each also makes what the next ones find made.
    table = suggest()
    effects(lexicon, put_entry(lexicon, NAME, None, entry_from_fields(NAME, {"term": "envoy*"})))
    for _ in range(DECISIONS):
        new = entry_from_fields(NAME, {"term": table["term"].iloc[0]})
        own = files.load()[0]
        _, preview_s = _timed(partial(effects, own, put_entry(own, NAME, None, new)))
        accept = partial(
            decide,
            category=NAME,
            decision="accept",
            new=new,
            figures=told,
            time="2026-01-01T00:00:00Z",
        )
        _, decision_s = _timed(partial(files.decide, accept))
        table, suggestions_s = _timed(suggest)
        for name, value in zip(LIMITS, (preview_s, decision_s, suggestions_s), strict=True):
            steps[name].append(value)
    return {
        "megabytes": paragraphs["text"].str.len().sum() / 1e6,
        "bench_s": bench_s,
        "index_s": index_s,
        **{name: median(values) for name, values in steps.items()},
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
    }


def _timed(make: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    made = make()
    return made, time.process_time() - start


if __name__ == "__main__":
    main()
