"""Corrections of who speaks, place by place, in a file that holds a table of attributions."""

import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import TableError
from analysis.hits.voice.attributions import find_attributions
from analysis.hits.voice.speakers import united
from analysis.hits.voice.told import voices_from
from analysis.saving.spreadsheets import read_cells, save_table
from analysis.tables.checks import check_table, make_table, records_of
from analysis.tables.core import TABLES


class Corrections:
    """Attributions as they stand in a file, which every correction writes whole."""

    def __init__(
        self, path: Path, paragraphs: pd.DataFrame, speakers: pd.DataFrame | None = None
    ) -> None:
        self.path = Path(os.path.abspath(path))
        self._paragraphs, self._speakers = paragraphs, speakers
        self._table: pd.DataFrame | None = None
        self._lock = threading.Lock()

    @property
    def table(self) -> pd.DataFrame:
        """Table ``attributions``: what the file holds, or what is found where there is none."""
        if self.path.exists():
            # Another notebook, or a spreadsheet, may have written to it since.
            self._table = _read(self.path)
        elif self._table is None:
            self._table = find_attributions(self._paragraphs)
        return self._table

    def apply(self, hits: pd.DataFrame) -> pd.DataFrame:
        """Return hits with the voices that the file tells; as they are while there is none."""
        return self._told(self.table, hits) if self.path.exists() else hits

    def correct(
        self, hits: pd.DataFrame, hit: Mapping[Any, Any], *, voice: str, speaker: str | None
    ) -> pd.DataFrame:
        """Say in whose voice the words of a hit are, write the file, and return all hits so."""
        # JupyterLab may hand messages to a thread of their own while a cell runs.
        with self._lock:
            corrected = _corrected(self.table, hit, voice=voice, speaker=speaker)
            # What does not fit the paragraphs is refused before it is written.
            told = self._told(corrected, hits)
            save_table(corrected, self.path)
            self._table = corrected
        return told

    def _told(self, table: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
        hits = make_table("hits", {**hits, **voices_from(table, self._paragraphs, hits)})
        if self._speakers is None:
            return hits
        return make_table("hits", {**hits, **united(self._speakers, hits, self._paragraphs, None)})


def _corrected(
    table: pd.DataFrame, hit: Mapping[Any, Any], *, voice: str, speaker: str | None
) -> pd.DataFrame:
    """Return attributions that leave out the words of a hit, with a row of their own for them."""
    start, end = hit["start"], hit["end"]
    rows: list[dict[Any, Any]] = []
    for row in records_of(table):
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
    empty: dict[Any, Any] = {**dict.fromkeys(table.columns), **place}
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
    columns = {name: [row[name] for row in rows] for name in table.columns}
    return make_table("attributions", columns)


def _text(value: Any) -> Any:
    return None if pd.isna(value) else value


def _read(path: Path) -> pd.DataFrame:
    try:
        table = read_cells(path)
        # Columns of the user's own are kept; those of the versions are written again.
        table = table.drop(columns=["package_version", "tokenizer_version"], errors="ignore")
        table = table.mask(table == "")
        for name, column in TABLES["attributions"].columns.items():
            if column.dtype != "str":
                table[name] = pd.to_numeric(table[name]).astype("Int64")
        return check_table(table, "attributions")
    except OSError as fault:
        raise TableError(f"{path.name!r} cannot be read: {fault.strerror}") from None
    except KeyError as fault:
        what = f"it has no column {fault}"
    except (ValueError, TypeError) as fault:  # not UTF-8, no table, or no numbers
        what = " ".join(str(fault).split())
    raise TableError(
        f"{path.name!r} is no table of attributions ({what}); give the name of a new file"
    )
