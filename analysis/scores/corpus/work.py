"""What a worker does: one part of the input, from its rows to its files."""

import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.errors import CorpusError
from analysis.reading.records import Rows
from analysis.reading.tabular import ID_COLUMNS
from analysis.saving.provenance import making, told_changes
from analysis.scores.corpus.loading import load_part
from analysis.scores.corpus.measures import Measures, score_rows
from analysis.scores.corpus.output import write_part
from analysis.scores.corpus.parts import Part

# Seconds; a nanny looks twenty times in one.
_SETTLING = 1.0


@dataclass(frozen=True)
class Run:
    """What all tasks of a run share."""

    folder: str
    fingerprint: str
    token: str
    making: Mapping[str, str]
    measures: Measures


def score_part(run: Run, part: Part, quarantined: Mapping[int, str]) -> dict[str, Any]:
    """Score one part and write it."""
    if differing := told_changes(run.making, making()):
        raise CorpusError(
            f"a worker on {socket.gethostname()} differs from this run in {differing}; install "
            "the same on all workers, start them again, and run this again"
        )
    rows = _rows(run, part)
    tables, counts = score_rows(rows, run.measures, part.file, quarantined)
    try:
        return write_part(Path(run.folder), part, tables, counts, run.fingerprint, run.token)
    except OSError as fault:
        # An OSError may not survive the way back from another machine.
        return {"fault": fault.strerror or str(fault), "file": fault.filename}


def probe_rows(run: Run, part: Part, wanted: Sequence[int]) -> int:
    """Score some rows of a part without writing anything, to see whether a worker survives it."""
    rows = _rows(run, part)
    chosen = set(wanted)
    some = Rows(rows.columns, [row for row in rows.rows if row[0] in chosen])
    return score_rows(some, run.measures, part.file)[1]["n_scored"]


def rows_of_part(run: Run, part: Part) -> list[int]:
    """List the rows of a part that can be read."""
    return [number for number, _ in _rows(run, part).rows]


@cache
def settle() -> None:
    """Wait before the first task of a worker, until its nanny has seen that it started."""
    from distributed import get_worker

    try:
        own = get_worker()
    except ValueError:
        return
    if own.nanny:
        time.sleep(_SETTLING)


def _rows(run: Run, part: Part) -> Rows:
    settle()
    measures = run.measures
    columns = list(dict.fromkeys([measures.text_column, *ID_COLUMNS, *measures.columns]))
    try:
        return load_part(part, columns)
    except OSError as fault:
        raise CorpusError(
            f"{part.location!r} cannot be read by a worker: {fault.strerror or fault}; let all "
            "workers see it under this name, and run this again: it goes on where it stopped"
        ) from None
