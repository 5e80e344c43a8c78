"""Waiting for tasks: as long as workers are there, and for a while when none is."""

import time
from collections.abc import Collection
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from analysis.errors import CorpusError, MediaFramingError

if TYPE_CHECKING:
    from distributed import Client

# Seconds that a run waits for a worker to come where none is left.
PATIENCE = 60.0
_LOOK = 2.0


def wait_for_any(client: "Client", tasks: Collection[Any]) -> list[Any]:
    """Return the tasks that have ended, when there are any."""
    from distributed import wait

    alone_since = None
    while True:
        with suppress(TimeoutError):
            look = min(_LOOK, PATIENCE)
            return list(wait(list(tasks), timeout=look, return_when="FIRST_COMPLETED").done)
        if client.nthreads():
            alone_since = None
            continue
        alone_since = alone_since or time.monotonic()
        if time.monotonic() - alone_since > PATIENCE:
            raise CorpusError(
                f"no worker has been left for {PATIENCE:g} seconds; start workers and run this "
                "again: it goes on where it stopped"
            )


def fault_of(task: Any) -> BaseException | None:
    """Return why a task failed, if its documents may be the cause."""
    fault: BaseException | None = task.exception()
    if isinstance(fault, MediaFramingError):
        raise fault from None
    return fault
