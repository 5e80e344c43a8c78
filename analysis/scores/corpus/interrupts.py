"""Ctrl-C ends the main process of a run; its workers stop quietly when it tells them."""

import signal
from typing import Any


def dask_setup(worker: Any) -> None:  # noqa: ARG001 - Dask calls it so
    """Let a worker process ignore Ctrl-C from its start."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
