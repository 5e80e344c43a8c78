"""Which documents of a part cannot be scored: they end their worker, or fail by themselves."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.errors import first_line
from analysis.scores.corpus.measures import QUARANTINED
from analysis.scores.corpus.parts import Part
from analysis.scores.corpus.waiting import fault_of, wait_for_any
from analysis.scores.corpus.work import Run, probe_rows, rows_of_part

if TYPE_CHECKING:
    from distributed import Client


def find_culprits(client: "Client", run: Run, part: Part) -> dict[int, str]:
    """Halve a part until the rows are found that cannot be scored by themselves."""
    task = client.submit(rows_of_part, run, part, pure=False)
    if _reason(client, task) is not None:
        return {}
    rows: list[int] = task.result()
    culprits: dict[int, str] = {}
    suspects = [half for half in _halves(rows) if half]
    while suspects:
        some = suspects.pop()
        reason = _reason(client, client.submit(probe_rows, run, part, tuple(some), pure=False))
        if reason is None:
            continue
        if len(some) == 1:
            culprits[some[0]] = reason
        else:
            suspects += _halves(some)
    return dict(sorted(culprits.items()))


def _halves(rows: Sequence[int]) -> list[Sequence[int]]:
    middle = len(rows) // 2
    return [rows[middle:], rows[:middle]]


def _reason(client: "Client", task: Any) -> str | None:
    """Return why a task failed, or None if it did not."""
    from distributed import KilledWorker

    wait_for_any(client, [task])
    fault = fault_of(task)
    if fault is None:
        return None
    if isinstance(fault, KilledWorker):
        return QUARANTINED
    told = f"{type(fault).__name__}: {first_line(fault)}"
    return f"scoring it failed ({told}), so it was set aside; check its text"
