"""How fast a corpus is scored, by how many workers, in how much memory, and what Dask costs.

    python benchmarks/scale.py --data DIR [--json] [--documents 1000000] [--workers 1 2 4]

DIR holds un_general_debate_1978_2024.parquet, or any one .parquet file with a column `text`. The
throughput is measured on the corpus as it is, the memory on a tenth, the whole and ten times
the corpus; `--documents` repeats it until there are so many, and scores that with all workers.
Everything is measured in one run on one machine, work of others included; each figure is the
best of `--rounds`.
"""

import argparse
import json
import math
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dask
import pyarrow as pa
import pyarrow.parquet as pq
from distributed import Client, LocalCluster

import analysis as fa
from analysis.saving.provenance import making
from analysis.scores.corpus.measures import Measures
from analysis.scores.corpus.output import prepare
from analysis.scores.corpus.planning import plan_input
from analysis.scores.corpus.run import CHUNK, LOCAL_SETTINGS, PART_BYTES
from analysis.scores.corpus.work import Run, score_part, settle

ROWS_IN_GROUP = 2_000
LEXICA = ("framing", "hedging")
CORES = os.cpu_count() or 1


def main() -> None:
    options = arguments()
    source = corpus_file(options.data)
    lexica = [fa.load_lexicon(name) for name in LEXICA]
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        scratch = Path(folder)
        whole = repeated(source, scratch / "whole.parquet", 1.0)
        size = characters(whole) / 1e6
        say(options, f"{size:,.0f} million characters, lexica {', '.join(LEXICA)}")
        result: dict[str, Any] = {"mb_per_s": {}, "cores": CORES}
        bare = math.inf
        seconds = dict.fromkeys(options.workers, math.inf)
        # By turns: a machine shared with others is faster in one minute than in the next.
        for _ in range(options.rounds):
            bare = min(bare, bare_loop(whole, scratch, lexica))
            for workers in options.workers:
                spent = timed(whole, scratch, lexica, workers)[0]
                seconds[workers] = min(seconds[workers], spent)
        say(options, f"bare loop, one process: {size / bare:.1f} MB/s")
        result["bare_mb_per_s"] = round(size / bare, 2)
        for workers in options.workers:
            result["mb_per_s"][str(workers)] = round(size / seconds[workers], 2)
            say(options, f"{workers} workers: {size / seconds[workers]:.1f} MB/s")
        cores = max(workers for workers in options.workers if workers <= CORES)
        result["efficiency"] = round(seconds[1] / seconds[cores] / cores, 3)
        result["dask_overhead"] = round(seconds[1] / bare - 1, 3)
        say(options, f"efficiency at {cores} cores: {result['efficiency']:.0%}")
        say(options, f"Dask costs {result['dask_overhead']:.1%} of the bare loop")
        result["peak_mb_per_worker"] = {}
        for times in options.sizes:
            path = repeated(source, scratch / "sized.parquet", times)
            told = f"{characters(path) / 1e6:.0f}"
            peak = timed(path, scratch, lexica, cores)[1]
            result["peak_mb_per_worker"][told] = round(peak)
            say(options, f"{told} million characters: {peak:.0f} MB in the largest worker")
        if options.documents:
            times = options.documents / pq.read_metadata(source).num_rows
            path = repeated(source, scratch / "sized.parquet", times)
            spent, peak = timed(path, scratch, lexica, cores)
            result["large"] = {
                "documents": pq.read_metadata(path).num_rows,
                "mb": round(size * times),
                "seconds": round(spent),
                "mb_per_s": round(size * times / spent, 2),
                "peak_mb_per_worker": round(peak),
            }
            say(options, f"large: {result['large']}")
    if options.json:
        print(json.dumps(result))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    parser.add_argument("--workers", type=int, nargs="+", default=sorted({1, 2, 4, CORES}))
    parser.add_argument("--sizes", type=float, nargs="+", default=[0.75, 3.0, 8.0])
    parser.add_argument("--documents", type=int, help="repeat the corpus to so many documents")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scratch", type=Path, help="where the copies and outputs go for a while")
    options = parser.parse_args()
    # One worker is what all others are compared with.
    options.workers = sorted({1, *options.workers})
    return options


def say(options: argparse.Namespace, line: str) -> None:
    if not options.json:
        print(line, flush=True)


def corpus_file(data: Path) -> Path:
    if data.is_file():
        return data
    known = data / "un_general_debate_1978_2024.parquet"
    return known if known.exists() else min(data.glob("*.parquet"))


def repeated(source: Path, path: Path, times: float) -> Path:
    """Write the corpus so often, with ids of its own each time, in row groups."""
    table = pq.read_table(source, columns=["id", "text"])
    rows = round(table.num_rows * times)
    with pq.ParquetWriter(path, table.schema, compression="zstd") as writer:
        written = 0
        while written < rows:
            some = table.slice(0, rows - written)
            ids = pa.array([f"{written + n}" for n in range(some.num_rows)], table.schema[0].type)
            writer.write_table(some.set_column(0, "id", ids), row_group_size=ROWS_IN_GROUP)
            written += some.num_rows
    return path


def characters(path: Path) -> float:
    """Return the bytes of text, near enough: the corpus is plain ASCII for the most part."""
    footer = pq.read_metadata(path)
    place = next(n for n in range(footer.num_columns) if footer.schema.column(n).name == "text")
    groups = [footer.row_group(n) for n in range(footer.num_row_groups)]
    return float(sum(group.column(place).total_uncompressed_size for group in groups))


def bare_loop(path: Path, scratch: Path, lexica: list[fa.Lexicon]) -> float:
    """Score part after part in this process, and write what `score_corpus` writes."""
    with emptied(scratch / "bare") as output:
        plan = plan_input(str(path), text_column="text", part_bytes=PART_BYTES)
        measures = Measures(tuple(lexica), False, (), None, "text", {}, {}, CHUNK, 10_000_000)
        prepare(output, measures.tables)
        run = Run(str(output), "bare", "bare", making(), measures)
        # Words are learned once, as workers do before the clock starts.
        score_part(run, plan.parts[0], {})
        return clocked(lambda: [score_part(run, part, {}) for part in plan.parts])


def timed(path: Path, scratch: Path, lexica: list[fa.Lexicon], workers: int) -> tuple[float, float]:
    """Return seconds, and the peak of the largest worker in MB."""
    with emptied(scratch / "scores") as output, cluster(workers) as client:
        client.run(warm, lexica)
        # As a task, since only there a worker knows itself.
        for future in [client.submit(settle, workers=[w], pure=False) for w in client.nthreads()]:
            future.result()
        seconds = clocked(
            lambda: fa.score_corpus(path, output, lexica, client=client, progress=False)
        )
        return seconds, max(client.run(peak).values())


@contextmanager
def cluster(workers: int) -> Iterator[Client]:
    with (
        dask.config.set(LOCAL_SETTINGS),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            security=True,
            dashboard_address="127.0.0.1:0",
        ) as own,
        Client(own) as client,
    ):
        yield client


def warm(lexica: list[fa.Lexicon]) -> None:
    """Do what a worker does once: wait for its nanny, import, compile."""
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Talks may resume."]))
    fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexica, in_context=False), lexica)


def peak() -> float:
    """Return the most memory that this process has held, in MB."""
    # What getrusage tells begins with the size of the process that started this one.
    held = Path("/proc/self/status").read_text()
    return int(held.partition("VmHWM:")[2].split()[0]) / 1_000


@contextmanager
def emptied(folder: Path) -> Iterator[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def clocked(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
