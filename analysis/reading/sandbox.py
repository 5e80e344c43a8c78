"""Untrusted files parsed in a process of their own, with limits on memory and time."""

import json
import os
import queue
import subprocess
import sys
import threading
from contextlib import AbstractContextManager, suppress
from typing import IO, Any, cast

from analysis.errors import missing_package
from analysis.reading.parsing import PARSERS
from analysis.reading.parsing.limits import MEMORY, MOST_SECONDS
from analysis.reading.parsing.worker import MARK
from analysis.reading.records import UnreadableError
from analysis.saving.paths import PACKAGE

# Numerical libraries set memory aside for every thread that they might start.
_ENVIRONMENT = {"PYTHONUTF8": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_KILLED = (
    f"reading it needs more than {MEMORY // 1_000_000} MB of memory or breaks the parser; save it "
    "again in a simpler form, or as plain text"
)
# A signal ends a process with another code than an error of Python does.
_ENDED = (
    "this is an error of media-framing, not of the file; please report it (the process that "
    "parses files has ended)"
)
_SECONDS_TO_END = 5


class Sandbox(AbstractContextManager["Sandbox"]):
    """A process that parses one file after another, and is replaced where a file breaks it."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self.seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()

    def __exit__(self, *fault: object) -> None:
        self._stop()

    def parse(self, suffix: str, location: str) -> dict[str, Any]:
        """Parse one file, step by step where its parser asks for it."""
        parsed = self._step(suffix, location, {})
        while before := parsed.pop("next", None):
            try:
                more = self._step(suffix, location, before)
            except UnreadableError as fault:
                parsed["notes"].append(f"behind the last article, it could not be read: {fault}")
                break
            parsed["articles"] += more["articles"]
            parsed["notes"] += more["notes"]
            parsed["next"] = more.get("next")
        return parsed

    def _step(self, suffix: str, location: str, before: dict[str, Any]) -> dict[str, Any]:
        try:
            requests = self._started()
            requests.write(json.dumps([suffix, os.path.abspath(location), before]) + "\n")
            requests.flush()
            line = self._answers.get(timeout=self.seconds)
        except queue.Empty:
            self._stop()
            raise UnreadableError(
                f"reading it takes more than {self.seconds:g} seconds; split it, or save it in a "
                "simpler form"
            ) from None
        except OSError:
            line = None
        if line is None:
            raise UnreadableError(_KILLED if self._stop(_SECONDS_TO_END) <= 0 else _ENDED)
        parsed: dict[str, Any] = json.loads(line)
        if "missing" in parsed:
            what = f"reading {suffix} files"
            raise UnreadableError(missing_package(what, parsed["missing"], PARSERS[suffix].extra))
        if "fault" in parsed:
            raise UnreadableError(parsed["fault"])
        return parsed

    def _started(self) -> IO[str]:
        if self._process is None or self._process.poll() is not None:
            paths = [str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "analysis.reading.parsing.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(paths)},
            )
            self._answers = queue.Queue()
            arguments = (cast("IO[str]", self._process.stdout), self._answers)
            threading.Thread(target=_listen, args=arguments, daemon=True).start()
        return cast("IO[str]", self._process.stdin)

    def _stop(self, patience: float = 0) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
        process.kill()
        # What could not be written to a process that is dead.
        with suppress(OSError):
            cast("IO[str]", process.stdin).close()
        return process.wait()


def _listen(stream: IO[str], answers: "queue.Queue[str | None]") -> None:
    with stream:
        for line in stream:
            if line.startswith(MARK):
                answers.put(line.removeprefix(MARK))
    answers.put(None)
