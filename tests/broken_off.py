"""Runs that are killed, or whose disk fails, at each step that changes their output.

Python tells a hook of every step before it is taken; what the hook raises is what the step
raises. The runs are forks of one process that has done the job once, and so imported everything.
"""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.link", "os.symlink"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
NEIGHBOURS = {"mine.txt": "mine", ".out.txt": "mine", ".out": "mine", "out2/index.html": "mine"}
BROKEN = '{{"cells": "{word}"'


def plain(root: Path, word: str) -> None:
    """The least that there is to replace whole."""
    from analysis.saving.atomic import write_text_whole
    from analysis.saving.swapping import replaced_whole

    with replaced_whole(root / "out", "report") as folder:
        for name in ("index.html", f"texts/{word}.html"):
            write_text_whole(folder / name, word)


def report(root: Path, word: str) -> None:
    import analysis.output.article_report as module
    from analysis.cli.options import load_lexica
    from analysis.reading.documents import read_documents

    # What the files of figures hold takes most of the time, and changes no step.
    module.draw_files = lambda *_: dict.fromkeys(("png", "svg", "txt", "csv"), b"drawn")
    (root / "articles").mkdir(exist_ok=True)
    (root / "articles" / "one.txt").write_text(f"Talks\n\nThe {word} is a threat.\n")
    documents, skipped = read_documents(root / "articles", return_skipped=True)
    module.write_article_report(documents, skipped, root / "out", load_lexica(["framing"]))


def notebooks(root: Path, word: str) -> None:
    """Broken ones, which need no kernel, and have a report like all others."""
    from analysis.output.notebooks import run_notebooks

    for name in ("articles", "notebooks"):
        (root / name).mkdir(exist_ok=True)
    for path in (root / "notebooks").iterdir():
        path.unlink()
    for name in ("01_first", f"02_{word}"):
        (root / "notebooks" / f"{name}.ipynb").write_text(BROKEN.format(word=word))
    run_notebooks(
        root / "notebooks",
        output=root / "out",
        data=root / "articles",
        figures=root / "figures",
        jobs=1,
    )


JOBS: dict[str, Callable[[Path, str], None]] = {
    job.__name__: job for job in (plain, report, notebooks)
}


def break_off_at(job: str, faults: str, share: str, count: str) -> list[str]:
    """Break runs off at some of their steps, in another process; return what went wrong."""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", __file__, job, faults, share, count],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MPLBACKEND": "agg"},
    )
    assert run.returncode == 0, run.stderr
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    assert told["tried"] > 2
    return list(told["wrong"])


def _hook(root: Path, step: int, fault: str, seen: Path) -> None:
    """Break this process off at a step; without a fault, list the steps."""
    taken = 0

    def see(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal taken
        opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if not (opened or event in CHANGES) or not isinstance(arguments[0], str | Path):
            return
        # Within a folder that is removed names are relative to it.
        path = os.path.abspath(arguments[0])
        within = path.startswith((f"{root}/out", f"{root}/.out")) or event in (
            "os.remove",
            "os.rmdir",
        )
        if not within or path == str(seen):
            return
        taken += 1
        if fault == "none":
            with seen.open("a") as file:
                file.write(f"{event} {path}\n")
        elif taken == step and fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif taken == step and fault == "interrupt":
            raise KeyboardInterrupt
        elif taken == step:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    sys.addaudithook(see)


def _run(job: str, root: Path, word: str, step: int = 0, fault: str = "") -> tuple[int, str]:
    """Run a job in a fork; return how it ended and what it said."""
    seen, said = root / "seen", root / "said"
    process = os.fork()
    if process == 0:
        status = 1
        try:
            if fault:
                _hook(root, step, fault, seen)
            JOBS[job](root, word)
            status = 0
        except ValueError as error:
            said.write_text(str(error))
            status = 2
        except BaseException as error:  # noqa: BLE001 - told, whatever it is
            said.write_text(repr(error))
        finally:
            os._exit(status)
    status = os.waitpid(process, 0)[1]
    return status, said.read_text() if said.exists() else ""


def _state(folder: Path, kind: str) -> str:
    """Say which run's output is there whole: a word, nothing, or what is wrong with it."""
    from analysis.saving.ownership import MARKER, check_output

    if not folder.exists():
        return "nothing"
    try:
        check_output(folder, kind)
        listed = json.loads((folder / MARKER).read_text())["files"]
    except (OSError, ValueError) as fault:
        return f"not whole: {fault}"
    if missing := [name for name in listed if not (folder / name).is_file()]:
        return f"not whole: {missing[0]} is missing"
    texts = " ".join(path.read_text("utf-8", "replace") for path in folder.rglob("*.*"))
    words = [word for word in ("oldest", "newest") if word in texts + " ".join(listed)]
    return words[0] if len(words) == 1 else f"mixed: {words}"


def _wrong(job: str, prepared: Path, step: int, fault: str, *, first: bool) -> Iterator[str]:
    kind = "notebooks" if job == "notebooks" else "report"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        if not first:
            shutil.copytree(prepared / "out", root / "out")
        for name, text in NEIGHBOURS.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text)
        status, said = _run(job, root, "newest", step, fault)
        state = _state(root / "out", kind)
        if state not in ({"nothing", "newest"} if first else {"nothing", "oldest", "newest"}):
            yield f"the output is {state}"
        if fault == "kill":
            if status != signal.SIGKILL:
                yield f"it was not killed but ended with {status}: {said}"
        elif fault == "interrupt":
            if "KeyboardInterrupt" not in said:
                yield f"it ended with {status} and said: {said}"
            if state == "nothing" and not first:
                yield "the old output is gone"
        elif status and (status != 2 << 8 or "No space left" not in said or str(root) not in said):
            yield f"it ended with {status} and said: {said}"
        elif status == 0 and state != "newest":
            yield f"it ended well, but the output is {state}"
        elif state == "nothing" and not first:
            yield "the old output is gone"
        status, said = _run(job, root, "newest")
        if status or _state(root / "out", kind) != "newest":
            yield f"the next run ended with {status}: {said}"
        left = {path.name for path in root.glob("*out*")} - {"out", "out2", ".out", ".out.txt"}
        if left or any((root / name).read_text() != text for name, text in NEIGHBOURS.items()):
            yield f"it left {left}, or changed what is beside it"


def _steps(job: str, prepared: Path, *, first: bool) -> list[str]:
    """List the steps of a run that nothing breaks off."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        if not first:
            shutil.copytree(prepared / "out", root / "out")
        assert _run(job, root, "newest", fault="none") == (0, "")
        return (root / "seen").read_text().splitlines()


def _main(job: str, fault: str, share: str, count: str) -> None:
    tried, wrong = 0, []
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder).resolve()
        JOBS[job](prepared, "oldest")
        for first in (False, True):
            names = _steps(job, prepared, first=first)
            steps = range(1, len(names) + 1)
            # The last ones are those of the swap.
            chosen = steps[int(share) :: int(count)] if share.isdigit() else steps[-int(count) :]
            tried += len(chosen)
            wrong += [
                f"{fault} at step {step}, {names[step - 1]}{', the first run' * first}: {what}"
                for step in chosen
                for what in _wrong(job, prepared, step, fault, first=first)
            ]
    sys.stdout.write(json.dumps({"tried": tried, "wrong": wrong}))


if __name__ == "__main__":
    _main(*sys.argv[1:])
