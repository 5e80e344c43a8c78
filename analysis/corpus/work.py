"""What a worker does: one part of the input, from its rows to its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.corpus.loading import load_part
from analysis.corpus.output import write_part
from analysis.corpus.parts import Part
from analysis.corpus.planning import ID_COLUMNS
from analysis.corpus.scoring import Measures, score_rows
from analysis.reading.records import Rows


@dataclass(frozen=True)
class Run:
    """What all tasks of a run share."""

    folder: str
    fingerprint: str
    measures: Measures


def score_part(run: Run, part: Part, quarantined: Sequence[int] = ()) -> dict[str, Any]:
    """Score one part and write it.

    Parameters
    ----------
    run : Run
        What all parts share.
    part : Part
        Which part.
    quarantined : sequence of int
        Rows that are not to be touched.

    Returns
    -------
    dict
        The record of the part, or ``{"fault": …}`` where the output cannot be written.
    """
    rows = load_part(part, _columns(run.measures))
    scored = score_rows(rows, run.measures, file=part.file, path=part.file, quarantined=quarantined)
    counts = {
        "n_rows": scored.n_rows,
        "n_scored": scored.n_scored,
        "n_failed": scored.n_failed,
        "n_characters": scored.n_characters,
        "n_quarantined": len(quarantined),
    }
    try:
        record = write_part(Path(run.folder), part, scored.tables, counts, run.fingerprint)
    except OSError as fault:
        # An OSError may not survive the way back from another machine.
        return {"fault": fault.strerror or str(fault), "file": fault.filename}
    return record


def probe_rows(run: Run, part: Part, wanted: Sequence[int]) -> int:
    """Score some rows of a part without writing anything, to see whether a worker survives it.

    Parameters
    ----------
    run : Run
        What all parts share.
    part : Part
        Which part.
    wanted : sequence of int
        Numbers of the rows.

    Returns
    -------
    int
        How many rows were scored.
    """
    rows = load_part(part, _columns(run.measures))
    chosen = set(wanted)
    some = Rows(rows.columns, [row for row in rows.rows if row[0] in chosen])
    return score_rows(some, run.measures, file=part.file, path=part.file).n_scored


def rows_of_part(run: Run, part: Part) -> list[int]:
    """List the rows of a part that can be read.

    Parameters
    ----------
    run : Run
        What all parts share.
    part : Part
        Which part.

    Returns
    -------
    list of int
    """
    return [number for number, _ in load_part(part, _columns(run.measures)).rows]


def _columns(measures: Measures) -> list[str]:
    return list(dict.fromkeys([measures.text_column, *ID_COLUMNS, *measures.columns]))
