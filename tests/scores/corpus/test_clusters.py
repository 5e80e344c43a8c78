"""Workers that die, documents that kill them, and clusters of several processes."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
import pytest

import analysis as fa
from analysis.errors import CorpusError
from analysis.scores.corpus.run import LOCAL_SETTINGS
from tests.builders import IN_PROCESS
from tests.scores.corpus.conftest import LEXICON, bytes_of, table_of

SMALL = {"part_bytes": 1_500, "progress": False}
# Dask closes sockets and loops of workers that were killed when it gets to it.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def whole(client: Any, corpus: Path, tmp_path: Path) -> dict[str, bytes]:
    """What a run makes that nothing disturbs."""
    fa.score_corpus(corpus, tmp_path / "whole", LEXICON, client=client, **SMALL)
    return bytes_of(tmp_path / "whole")


@contextmanager
def meanwhile(work: Callable[[], None]) -> Iterator[None]:
    """Do something while a run is at work; its failure is the test's."""
    failures: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as failure:  # noqa: BLE001
            failures.append(failure)

    thread = threading.Thread(target=guarded)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    assert not failures, failures


def wait_for(happened: Callable[[], Any], seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while not (found := happened()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)
    return found


def n_parts(output: Path) -> int:
    return len(list(output.glob("records/part-*.json")))


def workers_of(process: psutil.Process) -> list[psutil.Process]:
    found = []
    for child in process.children(recursive=True):
        with suppress(psutil.Error):
            if "spawn_main" in " ".join(child.cmdline()):
                found.append(child)
    return found


def big(corpus: Path) -> Path:
    """Make the corpus so large that something can happen while it is scored."""
    table_of(300).to_csv(corpus / "d.csv", index=False)
    return corpus


@pytest.mark.deep
def test_a_worker_that_is_killed_loses_nothing_and_leaves_no_pickle(
    client: Any, corpus: Path, tmp_path: Path
) -> None:
    """R05, R12."""
    import dask

    output, scratch = tmp_path / "out", tmp_path / "scratch"
    written: set[str] = set()
    killed: list[int] = []

    def work() -> None:
        wait_for(lambda: n_parts(output) >= 2)
        victim = workers_of(psutil.Process())[0]
        victim.kill()
        killed.append(n_parts(output))
        while not (output / "_SUCCESS").exists():
            for path in scratch.rglob("*"):
                with suppress(OSError):
                    if path.is_file() and path.stat().st_size:
                        written.add(path.name)
            time.sleep(0.01)

    big(corpus)
    with dask.config.set(temporary_directory=str(scratch)), meanwhile(work):
        summary = fa.score_corpus(corpus, output, LEXICON, workers=2, **SMALL).iloc[0]
    assert 2 <= killed[0] < summary["n_parts"]
    assert summary[["n_rows", "n_scored", "n_quarantined"]].tolist() == [420, 420, 0]
    fa.score_corpus(corpus, tmp_path / "whole", LEXICON, client=client, **SMALL)
    assert bytes_of(output) == bytes_of(tmp_path / "whole")
    assert {name.rpartition(".")[2] for name in bytes_of(output)} == {
        *("parquet", "json", "_SUCCESS")
    }
    assert not {name for name in written if not name.endswith(("lock", ".json"))}


POISON = "plutonium"


def poisoned(corpus: Path, rows: list[int]) -> Path:
    table = table_of(40)
    table.loc[[row - 1 for row in rows], "text"] = f"A threat of {POISON}."
    table.to_csv(corpus / "b.csv", index=False)
    return corpus


def without(client: Any, corpus: Path, output: Path, rows: list[int]) -> pd.DataFrame:
    """Return the scores of the corpus but for some rows of one file."""
    fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL)
    scores = fa.open_scores(output).to_table().to_pandas()
    return scores[~(scores["file"].eq("b.csv") & scores["row"].isin(rows))].reset_index(drop=True)


def test_a_document_that_fails_is_set_aside_and_all_others_are_scored(
    client: Any, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R06, by an error."""
    import analysis.scores.corpus.measures

    expected = without(client, poisoned(corpus, [4, 5, 33]), tmp_path / "whole", [4, 5, 33])
    inner = analysis.scores.corpus.measures.split_paragraphs

    def split(documents: pd.DataFrame, **options: object) -> pd.DataFrame:
        if documents["text"].str.contains(POISON).any():
            raise ZeroDivisionError("of an invented kind")
        return inner(documents, **options)

    monkeypatch.setattr(analysis.scores.corpus.measures, "split_paragraphs", split)
    output = tmp_path / "out"
    summary = fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL).iloc[0]
    assert summary[["n_rows", "n_scored", "n_skipped", "n_quarantined"]].tolist() == [
        120,
        117,
        3,
        3,
    ]
    skipped = fa.open_scores(output, "skipped", verify=True).to_table().to_pandas()
    # A note on a whole file has no row.
    skipped = skipped.dropna(subset="row")
    assert skipped[["path", "row"]].values.tolist() == [["b.csv", n] for n in (4, 5, 33)]
    assert skipped["reason"].str.contains("ZeroDivisionError: of an invented kind").all()
    found = fa.open_scores(output).to_table().to_pandas()
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.deep
@pytest.mark.parametrize("rows", [[17], [1, 2, 40]])
def test_a_document_that_kills_its_worker_is_set_aside_after_two_tries(
    client: Any, corpus: Path, tmp_path: Path, rows: list[int]
) -> None:
    """R06."""
    import dask
    from distributed import Client, LocalCluster, WorkerPlugin

    marker, log = POISON, str(tmp_path / "deaths")

    class Poison(WorkerPlugin):
        def setup(self, worker: Any) -> None:  # noqa: ARG002
            import analysis.scores.corpus.measures as scoring

            inner = scoring.split_paragraphs

            def split(documents: pd.DataFrame, **options: object) -> pd.DataFrame:
                if documents["text"].str.contains(marker).any():
                    with open(log, "a") as file:
                        file.write(f"{len(documents)}\n")
                    os.kill(os.getpid(), signal.SIGKILL)
                return inner(documents, **options)

            scoring.split_paragraphs = split

    expected = without(client, poisoned(corpus, rows), tmp_path / "whole", rows)
    with (
        dask.config.set(LOCAL_SETTINGS),
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
        Client(cluster) as own,
    ):
        own.register_plugin(Poison())
        output = tmp_path / "out"
        summary = fa.score_corpus(corpus, output, LEXICON, client=own, **SMALL).iloc[0]
        assert summary["n_quarantined"] == len(rows)
        assert summary["n_scored"] == 120 - len(rows)
        again = fa.score_corpus(corpus, output, LEXICON, client=own, **SMALL).iloc[0]
        assert again["n_parts_before"] == again["n_parts"]
    skipped = fa.open_scores(output, "skipped", verify=True).to_table().to_pandas()
    assert skipped[["path", "row"]].values.tolist() == [["b.csv", n] for n in rows]
    assert skipped["reason"].str.contains("ended its worker twice").all()
    found = fa.open_scores(output).to_table().to_pandas()
    pd.testing.assert_frame_equal(found, expected)
    alone = Path(log).read_text().split().count("1")
    assert alone == 2 * len(rows)


def test_a_run_that_no_worker_is_left_for_says_so(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import Client

    monkeypatch.setattr("analysis.scores.corpus.waiting.PATIENCE", 0.2)
    with (
        Client(**{**IN_PROCESS, "n_workers": 0}) as own,
        pytest.raises(
            CorpusError, match=r"no worker has been left for 0\.2 seconds; start workers"
        ),
    ):
        fa.score_corpus(corpus, tmp_path / "out", LEXICON, client=own, **SMALL)


def environment(hash_seed: int | str = "random") -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONHASHSEED": str(hash_seed),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DASK_LOGGING__DISTRIBUTED": "critical",
    }


def start(*command: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *command],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def cluster(folder: Path, *options: str) -> Iterator[tuple[Any, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own: the scheduler comes first."""
    from distributed import Client

    address = folder / "scheduler.json"
    plain = ("--no-dashboard", "--scheduler-file", str(address))
    processes = [start("-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", *plain)]
    try:
        wait_for(lambda: address.exists() and address.read_bytes().endswith(b"}"))
        processes += [
            start("-m", "dask", "worker", *plain, "--nthreads", "1", *options) for _ in range(2)
        ]
        with Client(scheduler_file=str(address)) as own:
            own.wait_for_workers(2, timeout=60)
            yield own, processes
    finally:
        for process in processes:
            children = psutil.Process(process.pid).children(recursive=True)
            for one in [*children, process]:
                with suppress(psutil.Error):
                    one.kill()
            process.wait()


@pytest.mark.deep
def test_a_cluster_of_processes_gives_the_same_bytes(
    corpus: Path, tmp_path: Path, whole: dict[str, bytes]
) -> None:
    """S03, and the same when one of its workers is killed."""
    with cluster(tmp_path, "--no-nanny") as (own, processes):
        fa.score_corpus(corpus, tmp_path / "out", LEXICON, client=own, **SMALL)
        assert bytes_of(tmp_path / "out") == whole
        output = tmp_path / "again"
        killed: list[int] = []

        def work() -> None:
            wait_for(lambda: n_parts(output) >= 2)
            processes[1].kill()
            killed.append(n_parts(output))

        with meanwhile(work):
            fa.score_corpus(corpus, output, LEXICON, client=own, **SMALL)
        assert killed[0] >= 2
        assert bytes_of(output) == whole


@pytest.mark.deep
@pytest.mark.parametrize("victims", ["workers", "scheduler"])
def test_a_cluster_that_goes_for_good_is_told_in_a_sentence(
    client: Any, corpus: Path, tmp_path: Path, victims: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dask

    monkeypatch.setattr("analysis.scores.corpus.waiting.PATIENCE", 1.0)
    output = tmp_path / "out"
    big(corpus)

    def work() -> None:
        wait_for(lambda: n_parts(output) >= 2)
        for process in processes[1:] if victims == "workers" else processes[:1]:
            process.kill()

    begun = time.monotonic()
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "3s"}),
        cluster(tmp_path, "--no-nanny") as (own, processes),
        meanwhile(work),
        pytest.raises(CorpusError, match=r"run this again: it goes on where it stopped"),
    ):
        fa.score_corpus(corpus, output, LEXICON, client=own, **SMALL)
    assert time.monotonic() - begun < 60
    assert not (output / "_SUCCESS").exists()
    summary = fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL).iloc[0]
    assert summary["n_parts_before"] >= 2
    assert summary["n_scored"] == 420
    assert fa.open_scores(output, verify=True).count_rows() > 0


SCRIPT = """
import json, sys
import analysis as fa
from tests.scores.corpus.conftest import LEXICON
if __name__ == "__main__":
    source, output, options = sys.argv[1:]
    fa.score_corpus(source, output, LEXICON, **json.loads(options))
"""


def run_alone(corpus: Path, output: Path, hash_seed: int, **options: Any) -> subprocess.Popen[str]:
    script = output.with_suffix(".py")
    script.write_text(SCRIPT)
    return subprocess.Popen(
        [sys.executable, script, corpus, output, json.dumps({**SMALL, **options})],
        env=environment(hash_seed),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.deep
@pytest.mark.parametrize("workers", [1, 4])
@pytest.mark.parametrize("chunk_size", [3, 200])
def test_bytes_depend_on_nothing_but_the_input(
    corpus: Path, tmp_path: Path, whole: dict[str, bytes], workers: int, chunk_size: int
) -> None:
    """S03."""
    for hash_seed in range(4):
        output = tmp_path / f"out{hash_seed}"
        run = run_alone(corpus, output, hash_seed, workers=workers, chunk_size=chunk_size)
        assert run.wait(timeout=120) == 0
        run.communicate()
        assert bytes_of(output) == whole


@pytest.mark.deep
def test_a_run_ends_soon_when_it_is_interrupted(client: Any, corpus: Path, tmp_path: Path) -> None:
    """Ctrl-C reaches the run and all of its workers."""
    output = tmp_path / "out"
    run = run_alone(big(corpus), output, 0, workers=2)
    wait_for(lambda: n_parts(output) >= 2)
    begun = time.monotonic()
    os.killpg(run.pid, signal.SIGINT)
    _, told = run.communicate(timeout=30)
    assert time.monotonic() - begun < 8
    # 130 for a shell.
    assert run.returncode == -signal.SIGINT, told
    assert told.rstrip().endswith("KeyboardInterrupt")
    assert told.count("Traceback") == 1
    assert not (output / "_SUCCESS").exists()
    summary = fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL).iloc[0]
    assert 2 <= summary["n_parts_before"] < summary["n_parts"]
    assert summary["n_scored"] == 420


@pytest.mark.deep
def test_a_run_that_is_killed_takes_its_workers_with_it(corpus: Path, tmp_path: Path) -> None:
    """R08: nobody is left who writes into the folder."""
    output = tmp_path / "out"
    run = run_alone(big(corpus), output, 0, workers=2)
    wait_for(lambda: n_parts(output) >= 2)
    workers = workers_of(psutil.Process(run.pid))
    run.kill()
    run.communicate(timeout=30)
    assert len(workers) == 2
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert not alive
