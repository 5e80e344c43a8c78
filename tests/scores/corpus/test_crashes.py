"""A run that is killed, or whose disk fails, at any step of its output leaves nothing wrong.

strace tells each step of an undisturbed run that touches the folder, and then breaks other runs
off at each. `make test` tries a few steps, `make test-deep` all.
"""

import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import analysis as fa
from analysis.errors import CorpusError, MediaFramingError, PartialOutputWarning
from tests.scores.corpus.conftest import LEXICON, SMALL, bytes_of, table_of

OPTIONS = {"part_bytes": 900, "progress": False}
# The steps that change a folder, by the names that Linux has for them on any processor.
CHANGING = "openat write fsync ?rename ?renameat ?renameat2 ?mkdir ?mkdirat ?unlink ?unlinkat"
SHARES = 4

# Names of temporary files are random; here they are those of the run that was traced.
SCRIPT = f"""
import itertools, secrets, sys
numbers = itertools.count()
secrets.token_hex = lambda n: format(next(numbers), f"0{{2 * n}}x")
import analysis as fa
from analysis.errors import CorpusError
from distributed import Client
from tests.builders import IN_PROCESS
from tests.scores.corpus.conftest import LEXICON
if __name__ == "__main__":
    with Client(**IN_PROCESS, silence_logs=50) as client:
        try:
            fa.score_corpus(*sys.argv[1:], LEXICON, client=client, **{OPTIONS})
        except CorpusError as fault:
            sys.exit(f"error: {{fault}}")
"""


@dataclass(frozen=True)
class Step:
    """The nth time that a thread makes this call on this path."""

    call: str
    path: str
    nth: int


@dataclass(frozen=True)
class Undisturbed:
    """A run that nothing disturbed: its input, its files, and its steps in their order."""

    source: Path
    files: dict[str, bytes]
    steps: list[Step]


def run_traced(source: Path, output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    script = source.parent / "run.py"
    if not script.exists():
        script.write_text(SCRIPT)
    return subprocess.run(
        ["strace", "-f", *options, sys.executable, script, source, output],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=120,
    )


def steps_of(trace: str, output: Path) -> list[Step]:
    seen: Counter[tuple[str, str, str]] = Counter()
    steps = []
    for line in trace.splitlines():
        # strace pads short process numbers.
        found = re.match(r"(\d+) +(\w+)\(", line)
        place = re.search(rf'[<"]{re.escape(str(output))}(?:/([^">]*))?[">]', line)
        if found and place:
            thread, call = found.groups()
            key = (thread, call, place[1] or "")
            seen[key] += 1
            steps.append(Step(call, place[1] or "", seen[key]))
    return steps


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    if shutil.which("strace") is None:
        pytest.skip("there is no strace, which breaks runs off at each step")
    folder = tmp_path_factory.mktemp("undisturbed")
    source = folder / "news"
    source.mkdir()
    table = table_of(16)
    table.iloc[:8].to_csv(source / "a.csv", index=False)
    table.iloc[8:].to_parquet(source / "b.parquet")
    trace, output = folder / "trace", folder / "out"
    calls = ",".join(CHANGING.split())
    done = run_traced(source, output, "-y", "-o", str(trace), "-e", f"trace={calls}")
    if "ptrace" in done.stderr:
        pytest.skip(f"strace may not be used here: {done.stderr.splitlines()[0]}")
    assert done.returncode == 0, done.stderr
    return Undisturbed(source, bytes_of(output), steps_of(trace.read_text(), output))


def disturb(run: Undisturbed, output: Path, step: Step, what: str) -> tuple[int, str]:
    done = run_traced(
        run.source,
        output,
        *("-o", os.devnull, "-P", str(output / step.path), "-e", f"trace={step.call}"),
        *("-e", f"inject={step.call}:{what}:when={step.nth}"),
    )
    return done.returncode, done.stderr


def wrong_now(output: Path, whole: dict[str, bytes]) -> Iterator[str]:
    """Say what is wrong with an output that was broken off: half files, or none that says so."""
    files = bytes_of(output)
    for name, data in files.items():
        if whole.get(name) != data:
            yield f"{name} is not what it is to be"
    if "_SUCCESS" in files:
        if files != whole:
            yield "_SUCCESS is there, but not all files are"
        if fa.open_scores(output, verify=True).count_rows() < 1:
            yield "_SUCCESS is there, but no rows are"
        return
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            fa.open_scores(output, verify=True)
        except PartialOutputWarning:
            # A thread of the client has set back what warnings do meanwhile.
            return
        except CorpusError as fault:
            if "no finished part yet" not in str(fault) and "holds no scores" not in str(fault):
                yield str(fault)
            return
    if not any(one.category is PartialOutputWarning for one in told):
        yield "it is partial and does not say so"


def wrong_after_all(client: Any, run: Undisturbed, output: Path) -> Iterator[str]:
    """Say what is wrong when the run has been started again."""
    summary = fa.score_corpus(run.source, output, LEXICON, client=client, **OPTIONS).iloc[0]
    if (summary["n_rows"], summary["n_scored"]) != (16, 16):
        yield "rows are lost"
    if bytes_of(output) != run.files:
        yield "its bytes are others than those of an undisturbed run"
    if any(output.rglob("*.tmp")):
        yield "half-written files are left"


def try_steps(
    client: Any, run: Undisturbed, steps: list[Step], folder: Path, what: Callable[[Step], str]
) -> tuple[list[str], int]:
    """Disturb a run at each step; return what went wrong, and how many runs were disturbed."""
    wrong = []
    n_disturbed = 0
    for number, step in enumerate(steps):
        output = folder / f"out{number}"
        disturbance = what(step)
        status, told = disturb(run, output, step, disturbance)
        n_disturbed += status != 0
        faults = [*wrong_now(output, run.files)]
        if disturbance == "signal=KILL":
            faults += [f"it was not killed but ended with {status}"] * (status not in (-9, 137))
        elif status == 0:
            # Only what is told to other runs at the very end may fail unnoticed.
            faults += ["it ended well without its output"] * (bytes_of(output) != run.files)
        else:
            faults += ["_SUCCESS is there"] * (output / "_SUCCESS").exists()
            sentence = rf"error: '{re.escape(str(output))}' cannot be written: .*; fix that and "
            faults += [told] * ("Traceback" in told or not re.search(sentence, told))
        faults += wrong_after_all(client, run, output)
        wrong += [f"{disturbance} at {step}: {fault}" for fault in faults]
        shutil.rmtree(output)
    return wrong, n_disturbed


def once_each(steps: list[Step]) -> list[Step]:
    return list(dict.fromkeys(steps))


def disk_fault(step: Step) -> str:
    return "error=ENOSPC" if step.call == "write" else "error=EIO"


FAILING = ("write", "fsync", "rename", "renameat", "renameat2")


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("fsync", "paragraphs"),
        ("rename", "._SUCCESS"),
    ],
)
def test_a_run_that_is_killed_leaves_nothing_wrong(
    client: Any, undisturbed: Undisturbed, tmp_path: Path, call: str, name: str
) -> None:
    """R01."""
    step = next(
        one
        for one in reversed(undisturbed.steps)
        if one.call.startswith(call) and one.path.startswith(name)
    )
    assert try_steps(client, undisturbed, [step], tmp_path, lambda _: "signal=KILL") == ([], 1)


@pytest.mark.deep
@pytest.mark.parametrize("share", range(SHARES))
def test_a_run_may_be_killed_at_every_step(
    client: Any,
    undisturbed: Undisturbed,
    tmp_path: Path,
    share: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """R01."""
    steps = once_each(undisturbed.steps)[share::SHARES]
    wrong, n_killed = try_steps(client, undisturbed, steps, tmp_path, lambda _: "signal=KILL")
    with capsys.disabled():
        print(f"\ncrash points tried: {n_killed}, wrong results: {len(wrong)}")  # noqa: T201
    assert not wrong
    assert n_killed == len(steps) > 20


@pytest.mark.parametrize(("call", "name"), [("write", "documents"), ("rename", "")])
def test_a_disk_that_fails_is_named_in_a_sentence(
    client: Any, undisturbed: Undisturbed, tmp_path: Path, call: str, name: str
) -> None:
    """R02: nothing but a sentence, and the run goes on once there is space again."""
    steps = [
        one
        for one in undisturbed.steps
        if one.call.startswith(call) and one.path.startswith(name) and ".holder" not in one.path
    ]
    middle = steps[len(steps) // 2]
    assert try_steps(client, undisturbed, [middle], tmp_path, disk_fault) == ([], 1)


@pytest.mark.deep
@pytest.mark.parametrize("share", range(SHARES))
def test_the_disk_may_fail_at_every_step(
    client: Any,
    undisturbed: Undisturbed,
    tmp_path: Path,
    share: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """R02."""
    steps = [step for step in once_each(undisturbed.steps) if step.call in FAILING][share::SHARES]
    wrong, n_failed = try_steps(client, undisturbed, steps, tmp_path, disk_fault)
    with capsys.disabled():
        print(f"\nfaults of the disk tried: {len(steps)}, wrong results: {len(wrong)}")  # noqa: T201
    assert not wrong
    assert n_failed > len(steps) / 2


def test_a_full_disk_is_named_and_the_run_goes_on_when_there_is_space(
    client: Any, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    """R02, on a real one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", disk]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only an administrator can mount a small disk")
    try:
        output = disk / "out"
        with pytest.raises(CorpusError, match=r"disk/out' cannot be written: No space left .* fix"):
            fa.score_corpus(undisturbed.source, output, LEXICON, client=client, **OPTIONS)
        assert not [*wrong_now(output, undisturbed.files)]
        subprocess.run(["mount", "-o", "remount,size=8m", disk], check=True)
        assert not [*wrong_after_all(client, undisturbed, output)]
    finally:
        subprocess.run(["umount", disk], check=True)


def test_every_file_is_on_the_disk_before_what_tells_of_it(undisturbed: Undisturbed) -> None:
    """A power cut may take what was not forced to the disk, and in any order."""
    calls = [(step.call[:6], step.path) for step in undisturbed.steps]
    certain: dict[str, int] = {}
    named: dict[str, int] = {}
    for place, (call, path) in enumerate(calls):
        if call != "rename":
            continue
        folder, _, temporary = path.rpartition("/")
        own = [name for name, other in calls[:place] if other == path]
        assert own[0] == "openat"
        assert set(own[1:-1]) == {"write"}
        assert own[-1] == "fsync"
        name = "/".join(filter(None, [folder, temporary[1:].rsplit(".", 2)[0]]))
        named[name] = place
        certain[name] = calls.index(("fsync", folder), place)
        assert not any(one == "rename" for one, _ in calls[place + 1 : certain[name]])
    parts = [name for name in named if name.startswith("records/")]
    assert len(parts) > 2
    assert {*undisturbed.files} == {*named} - {".holder.json", ".media-framing.json"}
    assert certain[".media-framing.json"] < min(named[name] for name in undisturbed.files)
    for record in parts:
        stem = Path(record).stem
        tables = [f"{table}/{stem}.parquet" for table in ("paragraphs", "documents", "skipped")]
        assert max(certain[table] for table in tables) < named[record]
        assert certain[record] < named["manifest.json"]
        assert certain["plan.json"] < named[record]
    assert certain["skipped/files.parquet"] < named["manifest.json"]
    assert certain["manifest.json"] < named["_SUCCESS"]
    for folder in ("paragraphs", "documents", "skipped", "records"):
        made = next(n for n, one in enumerate(calls) if one[0] == "mkdir" and one[1] == folder)
        assert calls.index(("fsync", ""), made) < min(named[name] for name in parts)


def start_run(source: Path, output: Path, script: str = SCRIPT) -> subprocess.Popen[str]:
    path = output.with_suffix(".py")
    path.write_text(script)
    return subprocess.Popen(
        [sys.executable, path, source, output],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def wait_for(happened: Callable[[], object], seconds: float = 60) -> None:
    import time

    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


def test_a_second_run_is_refused_until_the_first_is_killed(
    client: Any, corpus: Path, tmp_path: Path
) -> None:
    """R08: the system lets go of the lock, whatever a file or a clock says."""
    output = tmp_path / "out"
    first = start_run(corpus, output)
    wait_for(lambda: any(output.glob("records/part-*.json")))
    first.send_signal(signal.SIGSTOP)
    try:
        assert not (output / "_SUCCESS").exists()
        with pytest.raises(CorpusError, match=rf"another run is .* \(process {first.pid} on"):
            fa.score_corpus(corpus, output, LEXICON, client=client, **OPTIONS)
    finally:
        first.kill()
        first.communicate()
    summary = fa.score_corpus(corpus, output, LEXICON, client=client, **OPTIONS).iloc[0]
    assert summary["n_parts_before"] > 0
    assert summary["n_scored"] == 120
    fa.score_corpus(corpus, tmp_path / "whole", LEXICON, client=client, **OPTIONS)
    assert bytes_of(output) == bytes_of(tmp_path / "whole")


def test_no_decision_depends_on_the_clock(
    client: Any, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R08: a clock that runs backwards, and files that are from tomorrow, change nothing."""
    import time

    fa.score_corpus(corpus, tmp_path / "whole", LEXICON, client=client, **SMALL)
    backwards = itertools.count(2_000_000_000, -3_600)
    monkeypatch.setattr(time, "time", lambda: float(next(backwards)))
    output = tmp_path / "out"
    fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL)
    for name in ("_SUCCESS", "records/part-000001.json"):
        (output / name).unlink()
    for path in output.rglob("*"):
        os.utime(path, (4_000_000_000, 4_000_000_000))
    summary = fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL).iloc[0]
    assert summary["n_parts_before"] == summary["n_parts"] - 1
    assert bytes_of(output) == bytes_of(tmp_path / "whole")


def test_what_a_killed_run_left_at_work_cannot_write_into_the_next(
    client: Any, corpus: Path, tmp_path: Path
) -> None:
    """Workers of a cluster outlive a run that is killed."""
    from analysis.saving.ownership import claim_folder
    from analysis.scores.corpus.measures import skipped_as_arrow
    from analysis.scores.corpus.output import locked, write_part
    from analysis.scores.corpus.parts import Part

    output = tmp_path / "out"
    claim_folder(output, "score")
    with locked(output) as token:
        pass
    fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL)
    whole = bytes_of(output)
    part = Part(0, "a.csv", "/a.csv", ".csv", 1, None, 0, 9, None, 9)
    with pytest.raises(CorpusError, match="is no longer this run's"):
        write_part(output, part, {"skipped": skipped_as_arrow([])}, {}, "of the first", token)
    assert bytes_of(output) == whole
    assert not list(output.rglob("*.tmp"))


def test_a_part_that_was_changed_is_scored_again(client: Any, corpus: Path, tmp_path: Path) -> None:
    """R09: of the same size, too; a mark that all is there does not outlive it."""
    output = tmp_path / "out"
    fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL)
    whole = bytes_of(output)
    for name in ("paragraphs/part-000001.parquet", "skipped/files.parquet", "_SUCCESS"):
        data = bytearray(whole[name])
        data[len(data) // 2] ^= 1
        (output / name).write_bytes(data)
        with pytest.raises(CorpusError, match="is damaged"):
            fa.open_scores(output, "skipped", verify=True)
        fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL)
        assert bytes_of(output) == whole


class Meddling:
    """A client that does something before it hands out the fourth task."""

    def __init__(self, client: Any, meddle: Callable[[], object]) -> None:
        self._client, self._meddle, self._n_tasks = client, meddle, 0

    def submit(self, *arguments: Any, **options: Any) -> Any:
        self._n_tasks += 1
        if self._n_tasks == 4:
            self._meddle()
        return self._client.submit(*arguments, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


def test_an_input_that_is_changed_meanwhile_is_refused(
    client: Any, corpus: Path, tmp_path: Path
) -> None:
    """Of the file's parts none counts, and once it is put back all is as if nothing had been."""
    path = corpus / "b.csv"
    original = path.read_bytes()
    output = tmp_path / "changed"
    meddling = Meddling(client, lambda: path.write_bytes(original.replace(b"threat", b"thread")))
    with pytest.raises(CorpusError, match=r"'b\.csv' changed while the corpus was scored"):
        fa.score_corpus(corpus, output, LEXICON, client=meddling, **SMALL)
    assert not (output / "_SUCCESS").exists()
    with pytest.raises(CorpusError, match="differs in input"):
        fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL)
    path.write_bytes(original)
    summary = fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL)
    assert 0 < summary["n_parts_before"].iloc[0] < summary["n_parts"].iloc[0]
    fresh = fa.score_corpus(corpus, tmp_path / "fresh", LEXICON, client=client, **SMALL)
    assert fresh["n_parts_before"].iloc[0] == 0
    assert bytes_of(output) == bytes_of(tmp_path / "fresh")


def test_an_input_that_is_only_touched_counts_as_the_same(
    client: Any, corpus: Path, tmp_path: Path
) -> None:
    meddling = Meddling(client, lambda: os.utime(corpus / "b.csv", (1, 1)))
    fa.score_corpus(corpus, tmp_path / "out", LEXICON, client=meddling, **SMALL)
    assert (tmp_path / "out" / "_SUCCESS").exists()


@pytest.mark.parametrize("resume", [True, False])
def test_what_is_not_ours_is_left_alone(
    client: Any, corpus: Path, tmp_path: Path, resume: bool
) -> None:
    """Whatever names it has: only a folder that we marked is ours."""
    other = tmp_path / "other"
    (other / "documents").mkdir(parents=True)
    for name in ("_SUCCESS", "plan.json", "manifest.json", "documents/part-000000.parquet"):
        (other / name).write_text('{"fingerprint": "mine", "tables": []}')
        before = bytes_of(other)
        with pytest.raises(MediaFramingError, match=r"and no \.media-framing\.json"):
            fa.score_corpus(corpus, other, LEXICON, client=client, resume=resume, **SMALL)
        assert bytes_of(other) == before
    with pytest.raises(MediaFramingError, match="lies in the input"):
        fa.score_corpus(corpus, corpus / "out", LEXICON, client=client, resume=resume)
    assert not (corpus / "out").exists()


def test_starting_over_removes_parts_and_nothing_that_was_put_beside_them(
    client: Any, corpus: Path, scored: Path
) -> None:
    mine = ["documents/part-0000.parquet", "documents/part-mine.parquet", "records/notes.json"]
    for name in (*mine, "paper.tex"):
        (scored / name).write_text("mine")
    whole = bytes_of(scored)
    options = {**SMALL, "part_bytes": 9_000}
    fa.score_corpus(corpus, scored, LEXICON, client=client, resume=False, **options)
    after = bytes_of(scored)
    assert all(after[name] == b"mine" for name in (*mine, "paper.tex"))
    assert len(after) < len(whole)
    assert fa.open_scores(scored, verify=True).count_rows() > 0


@pytest.mark.parametrize("name", ["documents", "plan.json", "records/part-000000.json"])
def test_nothing_is_written_through_a_link(
    client: Any, corpus: Path, scored: Path, tmp_path: Path, name: str
) -> None:
    elsewhere = (scored / name).rename(tmp_path / "elsewhere")
    (scored / name).symlink_to(elsewhere)
    before = bytes_of(tmp_path)
    for resume in (True, False):
        with pytest.raises(MediaFramingError, match="is a link"):
            fa.score_corpus(corpus, scored, LEXICON, client=client, resume=resume, **SMALL)
    assert bytes_of(tmp_path) == before
