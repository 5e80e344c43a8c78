"""Which documents of a part end the worker that scores them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.corpus.parts import Part
from analysis.corpus.work import Run, probe_rows, rows_of_part

if TYPE_CHECKING:
    from distributed import Client


def find_culprits(client: "Client", run: Run, part: Part) -> list[int]:
    """Halve a part until the rows are found that end a worker by themselves.

    Nothing else should be at work meanwhile: of the tasks of a worker that dies, none can be
    told from another.

    Parameters
    ----------
    client : distributed.Client
        The cluster.
    run : Run
        What all parts share.
    part : Part
        The part that has ended workers.

    Returns
    -------
    list of int
        Their numbers in the file; empty if all rows together are scored now.
    """
    try:
        rows = client.submit(rows_of_part, run, part, pure=False).result()
    except _killed():
        return []
    culprits: list[int] = []
    suspects: list[Sequence[int]] = [rows]
    while suspects:
        some = suspects.pop()
        if not some or _survives(client, run, part, some):
            continue
        if len(some) == 1:
            culprits += some
            continue
        middle = len(some) // 2
        suspects += [some[middle:], some[:middle]]
    return sorted(culprits)


def _survives(client: "Client", run: Run, part: Part, rows: Sequence[int]) -> bool:
    future = client.submit(probe_rows, run, part, tuple(rows), pure=False)
    try:
        future.result()
    except _killed():
        return False
    return True


def _killed() -> type[Exception]:
    from distributed import KilledWorker

    return KilledWorker
