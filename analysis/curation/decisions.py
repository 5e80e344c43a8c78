"""Decisions on the entries of a lexicon, one after the other, and how they are taken back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.errors import ArgumentError, LexiconError, check_choice
from analysis.lexicons.changes import (
    category_of,
    define_category,
    entry_as_line,
    entry_from_line,
    put_entry,
)
from analysis.lexicons.model import Entry, Lexicon
from analysis.tables.checks import make_table, records_of
from analysis.tables.core import TABLES

# The figures in the row of a decision, each with its column in `lexicon_effects`.
FIGURES = {
    "n_hits": "n_hits_after",
    "hits_gained": "hits_gained",
    "hits_lost": "hits_lost",
    "n_documents": "n_documents_after",
    "share_paragraphs": "share_paragraphs_after",
    "share_paragraphs_changed": "share_paragraphs_changed",
    "rank_correlation": "rank_correlation",
    "precision": "precision_after",
    "recall": "recall_after",
}
# Whether a decision has an entry as it was, and one as it becomes.
_ENTRIES = {
    "accept": (False, True),
    "reject": (False, True),
    "drop": (True, False),
    "exclude": (True, True),
    "change": (True, True),
    "define": (False, False),
}
_STATES = ("before", "after")
KINDS = (*_ENTRIES, "undo")

# The lexicon before, the lexicon after, and the category → the columns of `FIGURES`.
Figures = Callable[[Lexicon, Lexicon, str], Mapping[str, Any]]
Curated = tuple[Lexicon, pd.DataFrame]


def decide(
    lexicon: Lexicon,
    decisions: pd.DataFrame,
    *,
    category: str,
    decision: str,
    old: Entry | None = None,
    new: Entry | None = None,
    definition: str | None = None,
    reason: str = "",
    figures: Figures,
    time: str,
) -> Curated:
    """Return the lexicon with a decision, and the decisions with its row.

    A candidate that is rejected is given as `new`: the lexicon stays as it is.
    """
    check_choice("decision", decision, tuple(_ENTRIES))
    if _ENTRIES[decision] != (old is not None, new is not None):
        raise ArgumentError(f"to {decision} takes other entries; give old, new or both as it says")
    own = category_of(lexicon, category)
    entry = new or old
    if decision == "define":
        before, after = own.definition, (definition or "").strip()
        changed = define_category(lexicon, category, after)
        same = before == after
    elif decision == "reject":
        _refuse_rejecting(lexicon, decisions, category, entry.term if entry else "")
        before = after = ""
        changed, same = lexicon, False
    else:
        before, after = ("" if one is None else entry_as_line(one) for one in (old, new))
        changed = put_entry(lexicon, category, entry_at(lexicon, category, before), new)
        same = before == after
    if same:
        raise LexiconError(f"nothing changes in category {category!r}; change something first")
    row = {
        "category": category,
        "term": entry.term if entry else None,
        "decision": decision,
        "before": before or None,
        "after": after or None,
        "reason": " ".join(reason.split()) or None,
    }
    return _written(lexicon, changed, decisions, row, figures, time)


def undo(
    lexicon: Lexicon,
    decisions: pd.DataFrame,
    number: int | None = None,
    *,
    reason: str = "",
    figures: Figures,
    time: str,
) -> Curated:
    """Take a decision back, by default the last that stands; a decision of kind undo as well."""
    number = last_standing(decisions) if number is None else number
    if number is None:
        raise LexiconError("there is no decision left to take back")
    if number not in set(decisions["number"]):
        raise LexiconError(f"there is no decision {number}; the last is {len(decisions)}")
    if (by := taken_back(decisions).get(number)) is not None:
        raise LexiconError(f"decision {number} was taken back by decision {by} already")
    row = records_of(decisions)[number - 1]
    differs = (
        f"{_subject(row)} of category {row['category']!r} is no longer as decision {number} left it"
    )
    if later := _later(decisions, row):
        raise LexiconError(f"{differs}; take back decision {later} first")
    try:
        changed = _moved(lexicon, row, "after", "before")
    except _NotAsItWasError:
        raise LexiconError(f"{differs}, by hand; change it by a decision") from None
    undone = {
        **{name: row[name] for name in ("category", "term")},
        "decision": "undo",
        "before": row["after"],
        "after": row["before"],
        "reason": " ".join(reason.split()) or None,
        "undoes": number,
    }
    return _written(lexicon, changed, decisions, undone, figures, time)


def replay(lexicon: Lexicon, decisions: pd.DataFrame) -> Lexicon:
    """Return the lexicon with decisions that it may lack; those that it has are passed over."""
    for row in records_of(decisions):
        if not _is_done(lexicon, row):
            try:
                lexicon = _moved(lexicon, row, "before", "after")
            except _NotAsItWasError:
                raise LexiconError(
                    f"decision {row['number']} does not fit {lexicon.name} {lexicon.version}: "
                    f"{_subject(row)} of category {row['category']!r} is not as it was before it"
                ) from None
        lexicon = replace(lexicon, version=version_in(row["lexicon"], lexicon.name))
    return lexicon


def began_as(lexicon: Lexicon, decisions: pd.DataFrame) -> Lexicon | None:
    """Return the lexicon as it was before all decisions; None if it was changed besides them."""
    for row in reversed(records_of(decisions)):
        if row["lexicon"].rpartition("+")[2] != lexicon.id.rpartition("+")[2]:
            return None
        try:
            lexicon = _moved(lexicon, row, "after", "before")
        except LexiconError:
            return None
    return lexicon


def taken_back(decisions: pd.DataFrame) -> dict[int, int]:
    """Return which decisions do not stand, each with the number of the undo that took it back."""
    gone: dict[int, int] = {}
    for row in reversed(records_of(decisions)):
        # An undo that was taken back itself takes nothing back.
        if row["decision"] == "undo" and row["number"] not in gone:
            gone[row["undoes"]] = row["number"]
    return gone


def last_standing(decisions: pd.DataFrame) -> int | None:
    """Return the number of the last decision that stands and takes none back."""
    gone = taken_back(decisions)
    standing = decisions.loc[decisions["decision"].ne("undo"), "number"]
    return max((int(number) for number in standing if number not in gone), default=None)


def rejected_terms(decisions: pd.DataFrame, category: str) -> set[str]:
    """Return the terms of a category whose last decision that stands rejects them."""
    gone = taken_back(decisions)
    last = {
        row["term"]: row["decision"]
        for row in records_of(decisions)
        if row["category"] == category and row["number"] not in gone and row["decision"] != "undo"
    }
    return {term for term, decision in last.items() if decision == "reject"}


def figures_of(effects: pd.DataFrame) -> dict[str, Any]:
    """Return what a decision's row tells, of a row of the table ``lexicon_effects``."""
    [row] = effects.to_dict("records")
    return {name: row[column] for name, column in FIGURES.items()}


def version_in(lexicon_id: str, name: str) -> str:
    """Return the version in the id of a lexicon of that name."""
    return lexicon_id.removeprefix(f"{name}@").rpartition("+")[0]


def entry_at(lexicon: Lexicon, category: str, line: str | None) -> Entry | None:
    """Return the entry that a line tells, as it stands in the lexicon, its note included."""
    if not line:
        return None
    wanted = _as_written_now(category, line)
    for entry in category_of(lexicon, category).entries:
        if entry_as_line(entry) == wanted:
            return entry
    raise _NotAsItWasError(
        f"category {category!r} of {lexicon.name} has no entry {line}; it may have changed since, "
        "so choose it again"
    )


class _NotAsItWasError(LexiconError):
    """What a decision begins from is not what the lexicon holds."""


def _written(
    before: Lexicon,
    after: Lexicon,
    decisions: pd.DataFrame,
    row: Mapping[str, Any],
    figures: Figures,
    time: str,
) -> Curated:
    number = len(decisions) + 1
    base = before.version
    if len(decisions) and version_in(decisions["lexicon"].iloc[-1], before.name) == base:
        base = base.removesuffix(f".{len(decisions)}")
    after = replace(after, version=f"{base}.{number}")
    told = figures(before, after, row["category"])
    full = {**row, **{name: told[name] for name in FIGURES}, "number": number, "time": time}
    full["lexicon"] = after.id
    names = [*TABLES["decisions"].columns, *decisions.columns]
    columns = {name: [*decisions[name], full.get(name)] for name in dict.fromkeys(names)}
    return after, make_table("decisions", columns)


def _moved(lexicon: Lexicon, row: Mapping[str, Any], start: str, goal: str) -> Lexicon:
    """Return a lexicon in which what a decision is about goes from one state to another."""
    category = row["category"]
    if row["term"] is None:
        if category_of(lexicon, category).definition != (row[start] or ""):
            raise _NotAsItWasError("")
        return define_category(lexicon, category, row[goal] or "")
    if row[start] is None and row[goal] is None:
        return lexicon
    new = entry_from_line(category, row[goal]) if row[goal] else None
    return put_entry(lexicon, category, entry_at(lexicon, category, row[start]), new)


def _as_written_now(category: str, line: str) -> str:
    """Return a line as this version writes it; a log may be older, or edited by hand."""
    return entry_as_line(entry_from_line(category, line))


def _is_done(lexicon: Lexicon, row: Mapping[str, Any]) -> bool:
    own = category_of(lexicon, row["category"])
    if row["term"] is None:
        return own.definition == (row["after"] or "")
    lines = {entry_as_line(entry) for entry in own.entries}
    before, after = (row[name] and _as_written_now(own.name, row[name]) for name in _STATES)
    return (after is None or after in lines) and before not in lines


def _later(decisions: pd.DataFrame, row: Mapping[str, Any]) -> int | None:
    """Return the last decision that stands on what an earlier one left."""
    number, touched = row["number"], _touched(row)
    gone = taken_back(decisions)
    standing = (
        one["number"]
        for one in records_of(decisions)[number:]
        # What was decided since and taken back again is as if it had never been.
        if one["number"] not in gone
        and not (one["decision"] == "undo" and one["undoes"] > number)
        and touched & _touched(one)
    )
    return max(standing, default=None)


def _touched(row: Mapping[str, Any]) -> set[object]:
    """Return what a decision is about: entries, whatever their notes, or a definition."""
    category = row["category"]
    if row["term"] is None:
        return {category}
    return {entry_from_line(category, row[name]) for name in _STATES if row[name]}


def _refuse_rejecting(lexicon: Lexicon, decisions: pd.DataFrame, category: str, term: str) -> None:
    if any(entry.term == term for entry in category_of(lexicon, category).entries):
        raise LexiconError(f"{term!r} is an entry of category {category!r}; drop it")
    if term in rejected_terms(decisions, category):
        raise LexiconError(f"{term!r} was rejected for category {category!r} already")


def _subject(row: Mapping[str, Any]) -> str:
    return "the definition" if row["term"] is None else f"the entry {row['term']!r}"
