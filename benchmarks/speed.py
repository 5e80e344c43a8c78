"""How fast a lexicon is counted, beside other programs on the same text in the same run.

Run ``make benchmark`` or ``python benchmarks/speed.py [--corpus FILE.parquet --column text]
[--json]``; without a corpus, the project's articles are repeated. Lexica of 500 and of
3,000 entries (30 % of several words, 30 % with wildcards, 6 % exclusions) are made from
the corpus's own words. Contestants run in turn, several rounds; the figures are medians,
on one core unless said.

``cold`` counts from nothing: lexicon compiled, no word seen before (for a peer: its
tables built). ``warm`` counts again. Ours goes from a table of paragraphs to a table of
counts (``count_hits``) or of hits (``find_hits``, with sentences; in context: with voice and
certainty as well). A slow peer gets less of the text, about two seconds' worth; its
speed is per megabyte all the same.
"""

import argparse
import gc
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
import peers
import psutil
import pyarrow.parquet as pq

import analysis as fa
from analysis.hits.matching import compiled, engine
from analysis.lexicons.terms import matches_pattern
from analysis.text.sentences import sentence_spans

SIZES = (500, 3000)
CATEGORIES = ("one", "two", "three", "four", "five")
VOCABULARY = 10_000
PATIENCE_S = 2.0
MEGABYTE = 1_000_000


def main() -> None:
    """Measure, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, help="Parquet file with one text a row")
    parser.add_argument("--column", default="text", help="its column of texts")
    parser.add_argument("--megabytes", type=float, default=8.0, help="how much of it to use")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if options.rounds < 1 or options.megabytes <= 0:
        parser.error("--rounds and --megabytes must be positive")
    texts = _paragraphs(options.corpus, options.column, options.megabytes)
    results = {}
    for size in SIZES:
        lexicon = _lexicon(texts, size)
        results[size] = _race(texts, lexicon, options.rounds)
        results[size]["peak_memory_mb"] = _peak_memory(texts, lexicon)
    results[SIZES[0]]["all_cores"] = _all_cores(
        options.corpus, options.column, texts, min(options.rounds, 3)
    )
    first, second = (results[size] for size in SIZES)
    if options.json:
        print(json.dumps(first | {"lexicon_3000": second}))
    else:
        for size in SIZES:
            _print(size, results[size])


# -- what is counted ----------------------------------------------------------------------


def _paragraphs(corpus: Path | None, column: str, megabytes: float) -> list[str]:
    """Read paragraphs, about as many megabytes as asked for."""
    if corpus is None:
        own = fa.split_paragraphs(fa.read_documents(fa.data_folder()))["text"].tolist()
        size = sum(len(text.encode()) for text in own)
        return own * max(1, round(megabytes * MEGABYTE / size))
    paragraphs: list[str] = []
    left = megabytes * MEGABYTE
    for batch in pq.ParquetFile(corpus).iter_batches(batch_size=256, columns=[column]):
        for text in batch.column(0).to_pylist():
            for paragraph in re.split(r"\n+", text or ""):
                if left <= 0:
                    return paragraphs
                if paragraph.strip():
                    paragraphs.append(paragraph)
                    left -= len(paragraph.encode())
    return paragraphs


def _lexicon(texts: list[str], size: int) -> dict[str, Any]:
    """Make a lexicon of the text's own words: the same for the same text and size."""
    draw = random.Random(1)  # noqa: S311 - nothing here is secret
    words: Counter[str] = Counter()
    phrases: dict[int, Counter[str]] = {length: Counter() for length in (2, 3, 4)}
    for text in texts:
        tokens = re.findall(r"\w+", text.lower()[:2000])
        words.update(tokens)
        for length, counter in phrases.items():
            runs = zip(*(tokens[n:] for n in range(length)), strict=False)
            counter.update(" ".join(run) for run in runs)
    single = [w for w, _ in words.most_common(VOCABULARY) if w.isascii() and len(w) > 3]
    several = {
        length: [p for p, _ in counter.most_common(VOCABULARY) if p.isascii()]
        for length, counter in phrases.items()
    }
    terms: dict[str, None] = {}
    for _ in range(200 * size):
        if len(terms) == size or not (single and all(several.values())):
            break
        length = draw.choices((2, 3, 4), weights=(6, 3, 1))[0]
        term = draw.choice(several[length] if draw.random() < 0.3 else single)
        if draw.random() < 0.3:
            term = term[: max(4, len(term) - draw.randint(1, 3))].strip() + "*"
        terms[term] = None
    if len(terms) < size:
        sys.exit(f"the text has too few different words for a lexicon of {size:,} entries")
    categories: dict[str, Any] = {}
    for n, name in enumerate(CATEGORIES):
        own = list(terms)[n :: len(CATEGORIES)]
        exclude = [f"{draw.choice(single)} {t}" for t in own[:: round(1 / 0.06)] if "*" not in t]
        categories[name] = {"terms": own, "exclude": exclude}
    return categories


def _terms(texts: list[str], categories: dict[str, Any]) -> peers.Terms:
    pairs = [(t, n) for n, c in enumerate(CATEGORIES) for t in categories[c]["terms"]]
    forms = {form for text in texts for form in re.findall(r"\w+", text.lower())}
    by_head: dict[str, list[str]] = {}
    for form in sorted(forms):
        by_head.setdefault(form[:4], []).append(form)
    expanded: dict[tuple[str, int], None] = {}
    for term, category in pairs:
        head, _, last = term.rpartition(" ")
        fitting = [last]
        if "*" in last:
            candidates = by_head.get(last[:4], []) if "*" not in last[:4] else sorted(forms)
            fitting = [form for form in candidates if matches_pattern(last, form)]
        for form in fitting:
            expanded[f"{head} {form}".strip(), category] = None
    return peers.Terms(pairs, list(expanded), len(CATEGORIES))


# -- the race -----------------------------------------------------------------------------


def _race(texts: list[str], categories: dict[str, Any], rounds: int) -> dict[str, Any]:
    table = _table(texts)
    n_bytes = sum(len(text.encode()) for text in texts)
    lexicon = fa.lexicon_from_dict("benchmark", categories)
    terms = _terms(texts, categories)
    others = _Peers(texts, terms)

    ours: dict[str, Callable[[], object]] = {
        "counts": lambda: fa.count_hits(table, lexicon),
        "hits": lambda: fa.find_hits(table, lexicon, in_context=False),
        "hits_in_context": lambda: fa.find_hits(table, lexicon),
        "counts_and_sentences": lambda: (
            fa.count_hits(table, lexicon),
            [len(sentence_spans(text)) for text in texts],
        ),
    }
    raw = "\n".join(texts).encode()
    seconds: dict[str, list[float]] = {}
    cold: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, run in ours.items():
            _forget()
            cold.setdefault(name, []).append(_seconds(run) / n_bytes)
            seconds.setdefault(name, []).append(_seconds(run) / n_bytes)
        # The quickest pass there is over the same bytes: the search for one that is not there.
        seconds.setdefault("raw_scan", []).append(_seconds(lambda: raw.find(0)) / n_bytes)
        for name in others.names:
            built, counted = others.run(name)
            cold.setdefault(name, []).append(built + counted)
            seconds.setdefault(name, []).append(counted)
    warm_speed = {name: 1 / median(values) / MEGABYTE for name, values in seconds.items()}
    cold_speed = {name: 1 / median(values) / MEGABYTE for name, values in cold.items()}
    counted = fa.count_hits(table, lexicon)
    return {
        "mb_per_s": {
            **warm_speed,
            **{f"{name}_cold": speed for name, speed in cold_speed.items()},
        },
        "ratio_to": {
            "cold": {name: cold_speed["counts"] / cold_speed[name] for name in others.names},
            "warm": {name: warm_speed["counts"] / warm_speed[name] for name in others.names},
        },
        "raw_scan_fraction": warm_speed["counts"] / warm_speed["raw_scan"],
        # What voice and certainty cost, as a multiple of what matching alone costs.
        "context_cost": warm_speed["hits"] / warm_speed["hits_in_context"] - 1,
        "compile_s": median(_compile_seconds(lexicon) for _ in range(rounds)),
        "hits_per_kb": 1000 * int(counted["n_hits"].sum()) / n_bytes,
        "agreement": _agreement(texts, categories, others.names),
        "megabytes": n_bytes / MEGABYTE,
        "lacks": {name: peers.LACKS[name] for name in others.names},
    }


class _Peers:
    """The peers with their share of the text, by what they do in a first short run."""

    def __init__(self, texts: list[str], terms: peers.Terms) -> None:
        self._terms = terms
        self._n_bytes = sum(len(text.encode()) for text in texts)
        self._builders = peers.available()
        self._texts: dict[str, list[str]] = {}
        for name, build in self._builders.items():
            trial = texts[: max(1, len(texts) // 200)]
            count = build(terms)
            spent = getattr(count, "seconds", None) or _seconds(lambda c=count, t=trial: c(t))
            share = min(1.0, PATIENCE_S / max(spent, 1e-6) / 200)
            self._texts[name] = texts[: max(len(trial), round(share * len(texts)))]
        self.names = list(self._builders)

    def run(self, name: str) -> tuple[float, float]:
        """Return seconds per byte for building the tables (of the whole text), and counting."""
        texts = self._texts[name]
        n_bytes = sum(len(text.encode()) for text in texts)
        start = time.perf_counter()
        count = self._builders[name](self._terms)
        built = time.perf_counter() - start
        counted = _seconds(lambda: count(texts))
        return built / self._n_bytes, getattr(count, "seconds", counted) / n_bytes


def _forget() -> None:
    """Forget every lexicon compiled and every word seen."""
    compiled._COMPILED.clear()
    engine._scanner.cache_clear()


def _compile_seconds(lexicon: fa.Lexicon) -> float:
    _forget()
    return _seconds(lambda: compiled.compile_lexica([lexicon]))


def _seconds(action: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


# -- do they count the same? --------------------------------------------------------------


def _agreement(
    texts: list[str], categories: dict[str, Any], names: list[str]
) -> dict[str, dict[str, int]]:
    """Compare counts where every program means the same by a word.

    These are single words without wildcards and exclusions, in paragraphs of plain
    letters with no apostrophe, hyphen, figure or inner stop.
    """
    plain = [t for t in texts if re.fullmatch(r"(?:[A-Za-z]+(?:[,;:]? |[.?!]?$|[.?!] ))+", t)][:500]
    single = {
        name: [t for t in categories[name]["terms"] if re.fullmatch(r"[a-z]+", t)]
        for name in CATEGORIES
    }
    own_terms = peers.Terms(
        *2 * ([(t, n) for n, c in enumerate(CATEGORIES) for t in single[c]],), 5
    )
    lexicon = fa.lexicon_from_dict("single", single)
    ours = fa.count_hits(_table(plain), lexicon)["n_hits"].to_numpy().reshape(len(plain), 5)
    builders = peers.available()
    return {
        name: {
            "paragraphs": len(plain),
            "differing": int((builders[name](own_terms)(plain) != ours).any(axis=1).sum()),
        }
        for name in names
        if plain
    }


# -- memory and cores ---------------------------------------------------------------------


def _peak_memory(texts: list[str], categories: dict[str, Any]) -> dict[str, float]:
    """Measure, each in a process of its own, how far memory grows while it counts."""
    spawn = multiprocessing.get_context("spawn")
    growth = {}
    for name in ("counts", "hits", *peers.available()):
        here, there = spawn.Pipe()
        process = spawn.Process(target=_count_once, args=(name, texts, categories, there))
        process.start()
        here.recv()
        resident = psutil.Process(process.pid).memory_info
        most = before = resident().rss
        here.send("go")
        while not here.poll(0.002):
            most = max(most, resident().rss)
        process.join()
        growth[name] = (most - before) / MEGABYTE
    return growth


def _count_once(
    name: str, texts: list[str], categories: dict[str, Any], parent: Connection
) -> None:
    terms = _terms(texts, categories)
    lexicon = fa.lexicon_from_dict("benchmark", categories)
    table = _table(texts)
    # What a first small run loads is no cost of the text.
    ours = {"counts": fa.count_hits, "hits": fa.find_hits}
    build = peers.available().get(name)
    if build:
        build(peers.Terms(terms.terms[:5], terms.expanded[:5], terms.n_categories))(texts[:1])
    else:
        ours[name](table.head(1), lexicon)
        _forget()
    share = texts[: max(1, len(texts) // 20)] if name in ("re", "nltk", "spacy") else texts
    parent.send("ready")
    parent.recv()
    kept = build(terms)(share) if build else ours[name](table, lexicon)
    parent.send(len(kept))


def _table(texts: list[str]) -> pd.DataFrame:
    table = pd.DataFrame({"document_id": "a", "paragraph": range(len(texts)), "start": 0})
    return table.assign(text=pd.Series(texts, dtype="str"))


def _all_cores(corpus: Path | None, column: str, texts: list[str], rounds: int) -> dict[str, float]:
    """Time Parquet to Parquet with one process and with one per core.

    Processes are up and have their packages; words they have not seen.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "corpus.parquet")
        if corpus is None:
            whole = pd.DataFrame({"text": texts * 8})
        else:
            whole = pq.read_table(corpus, columns=[column]).to_pandas().set_axis(["text"], axis=1)
        n_bytes = sum(len(text.encode()) for text in whole["text"].dropna())
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        cores = cores or 1
        n_parts = 8 * cores
        whole.to_parquet(source, row_group_size=max(1, len(whole) // n_parts))
        lexicon = fa.lexicon_from_dict("benchmark", _lexicon(texts, SIZES[0]))
        parts = [
            (source, n, Path(folder, f"counts-{n}.parquet"), lexicon)
            for n in range(pq.ParquetFile(source).num_row_groups)
        ]
        rates: dict[int, list[float]] = {1: [], cores: []}
        for workers in (1, cores) * rounds:
            with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
                list(pool.map(_wake, [source] * 4 * workers))
                start = time.perf_counter()
                list(pool.map(_count_part, parts))
                rates[workers].append(n_bytes / (time.perf_counter() - start) / MEGABYTE)
    one, many = median(rates[1]), median(rates[cores])
    return {
        "cores": float(cores),
        "mb_per_s_one": one,
        "mb_per_s_all": many,
        "efficiency": many / one / cores,
    }


def _wake(source: Path) -> None:
    """Load what counting needs, long enough for every process to get its turn."""
    pq.ParquetFile(source).read_row_group(0, use_threads=False)
    fa.count_hits(_table(["Talks resume."]), fa.lexicon_from_dict("wake", {"k": ["talks"]}))
    time.sleep(0.3)


def _count_part(part: tuple[Path, int, Path, fa.Lexicon]) -> None:
    source, number, target, lexicon = part
    # One process is to use one core: Arrow would read with several.
    rows = pq.ParquetFile(source).read_row_group(number, use_threads=False)
    texts = rows.to_pandas(use_threads=False)["text"].fillna("")
    table = pd.DataFrame({"document_id": "a", "paragraph": range(len(texts)), "text": texts})
    fa.count_hits(table, lexicon).to_parquet(target)


def _print(size: int, result: dict[str, Any]) -> None:
    print(
        f"\n{size:,} entries, {result['hits_per_kb']:.1f} hits per 1,000 bytes, "
        f"{result['megabytes']:.1f} MB of text; compiled in {1000 * result['compile_s']:.0f} ms"
    )
    speed, ratio = result["mb_per_s"], result["ratio_to"]
    memory = result["peak_memory_mb"]
    print(f"{'':22}{'cold':>9}{'warm':>9}  MB/s   {'peak memory above the text':>28}")
    for name in ("counts", "hits", "hits_in_context", "counts_and_sentences"):
        grown = f"{memory[name]:24.0f} MB" if name in memory else ""
        print(f"{name:22}{speed[name + '_cold']:9.1f}{speed[name]:9.1f}         {grown}")
    print(f"{'raw scan':22}{'':9}{speed['raw_scan']:9.0f}")
    print(f"voice and certainty cost {result['context_cost']:.1f} times what matching alone costs")
    print(f"of the raw scan, our counts reach {100 * result['raw_scan_fraction']:.1f} %")
    print(f"\n{'our counts against':22}{'cold':>9}{'warm':>9}  times   memory  differing")
    for name in ratio["warm"]:
        same = result["agreement"].get(name, {"differing": 0, "paragraphs": 0})
        print(
            f"{name:22}{ratio['cold'][name]:9.1f}{ratio['warm'][name]:9.1f}"
            f"{memory[name]:11.0f} MB  {same['differing']} of {same['paragraphs']}"
            f"   ({result['lacks'][name]})"
        )
    if cores := result.get("all_cores"):
        print(
            f"\nParquet to Parquet, cold: {cores['mb_per_s_one']:.0f} MB/s with one process, "
            f"{cores['mb_per_s_all']:.0f} MB/s with {cores['cores']:.0f}: "
            f"{100 * cores['efficiency']:.0f} % of that many times as fast"
        )


if __name__ == "__main__":
    main()
