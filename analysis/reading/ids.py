"""Ids of documents: exact as their author wrote them, and distinct with a note where two clash."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import numpy as np

from analysis.errors import visible
from analysis.reading.records import (
    Draft,
    Note,
    UnreadableValue,
    as_text,
    plain,
    stripped,
    without_surrogates,
)

# How a spreadsheet writes a long number whose last digits it has dropped.
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_NUMBERED = 3


def exact_id(value: Any) -> tuple[str | None, str | None]:
    """Return an id as text, or None and what is wrong where digits of it may be lost."""
    if isinstance(value, float | np.floating):
        kind = np.finfo(type(value))
        # From here on, floats of this size no longer hold every whole number.
        if abs(value) >= 2 ** (kind.nmant + 1):
            lost = f"a float of {kind.bits} bits, whose last digits are lost"
            return None, f"id {value:.0f} is {lost}; keep ids as text"
    value = plain(value)
    if isinstance(value, UnreadableValue):
        return None, f"the id {value.reason}"
    text = stripped(visible(without_surrogates(as_text(value) or "")))
    if _ROUNDED.fullmatch(text):
        return None, f"id {text!r} is a number rounded by a spreadsheet; keep ids as text"
    return text or None, None


def distinct_ids(drafts: Sequence[Draft]) -> list[Draft]:
    """Put the file before ids that clash, then the row behind them, and a number if need be."""
    result, levels = list(drafts), [0] * len(drafts)
    while clashes := _shared(draft.document_id for draft in result):
        taken = {draft.document_id for draft in result}
        for shared in clashes:
            for n, index in enumerate(shared):
                draft, other = drafts[index], result[shared[0 if n else 1]]
                levels[index] += 1
                new = _qualified(draft, levels[index])
                if levels[index] >= _NUMBERED:
                    numbered = (f"{new}#{k}" for k in count(1))
                    new = next(one for one in numbered if one not in taken)
                    taken.add(new)
                clash = result[index].clash or (draft.document_id, other.place)
                result[index] = replace(draft, document_id=new, clash=clash)
    return result


def notes_on_ids(drafts: Sequence[Draft], origin: str) -> list[Note]:
    """Say, once for each file, which ids were made distinct and which are hard to tell apart."""
    notes = []
    changed: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.clash:
            changed.setdefault(draft.path or origin, []).append(draft)
    for path, own in changed.items():
        old, other = own[0].clash or ("", "")
        reason = (
            f"the id {old!r} is also that of {other}, so it was made {own[0].document_id!r}"
            f"{_and_more(own)}; rename one of the two to choose their ids yourself"
        )
        notes.append(Note(path, own[0].row, "value", reason))
    alike: dict[str, list[tuple[Draft, Draft]]] = {}
    for shared in _shared(_seen_as(draft.document_id) for draft in drafts):
        first, *others = (drafts[index] for index in shared)
        for draft in others:
            alike.setdefault(draft.path or origin, []).append((draft, first))
    for path, pairs in alike.items():
        draft, first = pairs[0]
        reason = (
            f"the id {draft.document_id!a} differs from {first.document_id!a} of "
            f"{first.place} only in capitals or in how letters are stored{_and_more(pairs)}; they "
            "stay two documents, but other programs may take them for one"
        )
        notes.append(Note(path, draft.row, "value", reason))
    return notes


def _and_more(several: Sequence[object]) -> str:
    return f" (and {len(several) - 1:,} more of this file alike)" if len(several) > 1 else ""


def _shared(names: Iterable[str]) -> list[list[int]]:
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name, []).append(place)
    return [own for own in places.values() if len(own) > 1]


def _qualified(draft: Draft, level: int) -> str:
    if draft.row is None:
        return stripped(draft.file or draft.document_id)
    # An id that was made of the row says it already.
    says_row = draft.document_id.endswith(f"#{draft.row}")
    within = str(draft.row) if says_row and draft.file else draft.document_id
    behind = "" if level == 1 or says_row else f"#{draft.row}"
    return stripped("#".join(filter(None, [draft.file, within]))) + behind


def _seen_as(document_id: str) -> str:
    if document_id.isascii():
        return document_id.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", document_id).casefold())
