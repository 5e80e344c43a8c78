"""Voices as a table of attributions tells them, whoever made the table."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.hits.voice.members import Speaker
from analysis.tables.checks import check_table, positions
from analysis.tables.schema import PLACE

KINDS = ("quote", "paraphrase", "act")
_SPANS = ("cue", "source", "content")


class Credit(NamedTuple):
    """A row that credits somebody: what it covers, and its words that are the narrator's."""

    start: int
    end: int
    voice: str
    speaker: Speaker
    cue: str | None = None
    apart: tuple[tuple[int, int], ...] = ()


class Heard(NamedTuple):
    """In whose voice a place is."""

    voice: str
    speaker: Speaker
    cue: str | None


_NARRATED = Heard("narrator", Speaker(None, None), None)


def heard_at(places: Sequence[int], credits: Sequence[Credit]) -> list[Heard]:
    """Tell for places of a paragraph in whose voice they are: that of the innermost row."""
    rows = sorted(credits, key=_from_outside)
    known: dict[int, Heard] = {}
    around: list[Credit] = []
    opened = 0
    for place in sorted(set(places)):
        while opened < len(rows) and rows[opened].start <= place:
            around.append(rows[opened])
            opened += 1
        _leave(around, place)
        told = [around.pop()] if around and _is_apart(around[-1], place) else []
        _leave(around, place)
        known[place] = _heard(around, place) if around else _NARRATED
        around += told
    return [known[place] for place in places]


def _leave(around: list[Credit], place: int) -> None:
    """Drop from the top what ends before a place; what lies below is looked at when it is there."""
    while around and around[-1].end <= place:
        around.pop()


def _is_apart(row: Credit, place: int) -> bool:
    return any(start <= place < end for start, end in row.apart)


def _heard(around: Sequence[Credit], place: int) -> Heard:
    """Credit the last of the rows around a place; one without a cue has that around it."""
    own = around[-1]
    same = (row for row in reversed(around) if row.speaker == own.speaker and row.end > place)
    return Heard(own.voice, own.speaker, next((row.cue for row in same if row.cue), None))


def _from_outside(row: Credit) -> tuple[Any, ...]:
    # All fields, so that the order of a table's rows changes nothing.
    who = row.speaker
    texts = (row.voice, row.cue, who.name, who.kind, who.mention)
    return (row.start, -row.end, row.cue is None, row.apart, *((t or "") for t in texts))


def voices_from(
    attributions: pd.DataFrame, paragraphs: pd.DataFrame, hits: pd.DataFrame
) -> dict[str, pd.Series]:
    """Return the columns of hits that tell who speaks; null in documents without a row."""
    table = check_table(attributions, "attributions")
    credits = _credits(table, _places_of(table, paragraphs))
    named = set(table["document_id"])
    told: list[Heard | None] = [None] * len(hits)
    of_paragraph: dict[int, list[int]] = defaultdict(list)
    for hit, paragraph in enumerate(positions(paragraphs[PLACE], hits[PLACE]).tolist()):
        of_paragraph[paragraph].append(hit)
    ids, starts = paragraphs["document_id"].tolist(), hits["start"].tolist()
    for paragraph, own in of_paragraph.items():
        if ids[paragraph] in named:
            heard = heard_at([starts[hit] for hit in own], credits.get(paragraph, ()))
            for hit, one in zip(own, heard, strict=True):
                told[hit] = one
    columns = {
        "voice": [one and one.voice for one in told],
        "speaker": [one and one.speaker.name for one in told],
        "speaker_kind": [one and one.speaker.kind for one in told],
        "speaker_mention": [one and one.speaker.mention for one in told],
        "voice_cue": [one and one.cue for one in told],
    }
    return {name: pd.Series(values, dtype="str") for name, values in columns.items()}


def _places_of(table: pd.DataFrame, paragraphs: pd.DataFrame) -> np.ndarray:
    """Return the row of the paragraph that each attribution is about; refuse what fits none."""
    rows = positions(paragraphs[PLACE], table[PLACE])
    _refuse(rows < 0, table, "is about a paragraph that paragraphs lack", "leave that row out")
    _refuse(
        ~table["kind"].isin(KINDS).to_numpy(), table, "has another kind", f"give {', '.join(KINDS)}"
    )
    begins = paragraphs["start"].to_numpy("int64")[rows]
    stops = begins + paragraphs["text"].str.len().to_numpy("int64")[rows]
    for name in _SPANS:
        start, end = (table[f"{name}_{side}"] for side in ("start", "end"))
        half = (start.isna() != end.isna()).to_numpy()
        _refuse(half, table, f"has one end of its {name} only", "give both or none")
        known = start.notna().to_numpy()
        first, last = (side.fillna(0).to_numpy("int64") for side in (start, end))
        outside = known & ((first < begins) | (last > stops) | (first > last))
        where = f"has a {name} that does not lie within its paragraph"
        advice = "count code points of documents.text"
        _refuse(outside, table, where, advice)
    return rows


def _refuse(wrong: np.ndarray, table: pd.DataFrame, fault: str, advice: str) -> None:
    if wrong.any():
        number = int(wrong.argmax())
        row = table.iloc[number]
        raise TableError(
            f"row {number} of the attributions table (paragraph {row['paragraph']} of document "
            f"{row['document_id']!r}) {fault}; {advice}"
        )


def _credits(table: pd.DataFrame, rows: np.ndarray) -> dict[int, list[Credit]]:
    """Sort the rows that credit somebody by the paragraph that they are about."""
    found: dict[int, list[Credit]] = defaultdict(list)
    values = table.astype(object).where(table.notna(), None)
    for paragraph, row in zip(rows.tolist(), values.to_dict("records"), strict=True):
        if row["kind"] == "act":
            continue
        ends = ((row[f"{name}_start"], row[f"{name}_end"]) for name in ("cue", "source"))
        found[paragraph].append(
            Credit(
                row["content_start"],
                row["content_end"],
                row["kind"],
                Speaker(row["speaker"], row["speaker_kind"], row["speaker_mention"]),
                row["cue"],
                tuple((start, end) for start, end in ends if start is not None),
            )
        )
    return found
