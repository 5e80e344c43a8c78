"""Ctrl-C ends a run by its main process; its workers leave quietly when they are told to."""

import signal
from typing import Any


def dask_setup(worker: Any) -> None:  # noqa: ARG001 - Dask calls it so
    """Let a worker process that begins pay no heed to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
