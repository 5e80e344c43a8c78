"""Corrections of who speaks, place by place, in a file that holds a table of attributions."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import TableError
from analysis.hits.voice.attributions import find_attributions
from analysis.hits.voice.told import voices_from
from analysis.saving.spreadsheets import save_table
from analysis.tables.cells import unguarded
from analysis.tables.checks import check_table, make_table
from analysis.tables.core import TABLES


class Corrections:
    """Attributions as they stand in a file, which every correction writes whole."""

    def __init__(self, path: Path, paragraphs: pd.DataFrame) -> None:
        self._path, self._paragraphs = path, paragraphs
        self._table: pd.DataFrame | None = None
        self._lock = threading.Lock()

    @property
    def table(self) -> pd.DataFrame:
        """Table ``attributions``: what the file holds, or what is found where there is none."""
        if self._path.exists():
            # Another notebook, or a spreadsheet, may have written to it since.
            self._table = _read(self._path)
        elif self._table is None:
            self._table = find_attributions(self._paragraphs)
        return self._table

    def apply(self, hits: pd.DataFrame) -> pd.DataFrame:
        """Return hits with the voices that the file tells; as they are while there is none."""
        if not self._path.exists():
            return hits
        told = voices_from(self.table, self._paragraphs, hits)
        return make_table("hits", {**hits, **told})

    def correct(self, hit: Mapping[Any, Any], *, voice: str, speaker: str | None) -> None:
        """Say in whose voice the words of a hit are, and write the file."""
        # JupyterLab may hand messages to a thread of their own while a cell runs.
        with self._lock:
            corrected = _corrected(self.table, hit, voice=voice, speaker=speaker)
            save_table(corrected, self._path)
            self._table = corrected


def _corrected(
    table: pd.DataFrame, hit: Mapping[Any, Any], *, voice: str, speaker: str | None
) -> pd.DataFrame:
    """Return attributions that leave out the words of a hit, with a row of their own for them."""
    start, end = hit["start"], hit["end"]
    rows: list[dict[Any, Any]] = []
    for row in table.astype(object).where(table.notna(), None).to_dict("records"):
        same = (row["document_id"], row["paragraph"]) == (hit["document_id"], hit["paragraph"])
        first, last = row["content_start"], row["content_end"]
        if not same or row["kind"] == "act" or first >= end or last <= start:
            rows.append(row)
            continue
        parts = [(first, min(start, last)), (max(end, first), last)]
        kept = [(begin, stop) for begin, stop in parts if begin < stop]
        rows += [{**row, "content_start": begin, "content_end": stop} for begin, stop in kept]
        if not kept and row["cue"] is not None:
            rows.append({**row, "kind": "act", "content_end": first})
    place = {name: hit[name] for name in ("document_id", "paragraph")}
    empty: dict[Any, Any] = {**dict.fromkeys(TABLES["attributions"].columns), **place}
    if all(row["document_id"] != hit["document_id"] for row in rows):
        # The table goes on naming the document.
        rows.append({**empty, "content_start": start, "content_end": start, "kind": "act"})
    if voice != "narrator":
        unchanged = hit["voice"] == voice and _text(hit["speaker"]) == speaker
        told = ("speaker_kind", "speaker_mention") if unchanged else ()
        rows.append(
            {
                **empty,
                **{name: _text(hit[name]) for name in told},
                **{"content_start": start, "content_end": end, "kind": voice, "speaker": speaker},
            }
        )
    names = TABLES["attributions"].columns
    return make_table("attributions", {name: [row[name] for row in rows] for name in names})


def _text(value: Any) -> Any:
    return None if pd.isna(value) else value


def _read(path: Path) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
        table = table.map(unguarded)
        columns: dict[str, Any] = {}
        for name, column in TABLES["attributions"].columns.items():
            own = table[name].mask(table[name] == "")
            columns[name] = own if column.dtype == "str" else pd.to_numeric(own).astype("Int64")
        return check_table(pd.DataFrame(columns), "attributions")
    except OSError as fault:
        raise TableError(f"{path.name!r} cannot be read: {fault.strerror}") from None
    except KeyError as fault:
        what = f"it has no column {fault}"
    except (ValueError, TypeError) as fault:  # not UTF-8, no table, or no numbers
        what = " ".join(str(fault).split())
    raise TableError(
        f"{path.name!r} is no table of attributions ({what}); give the name of a new file"
    )
