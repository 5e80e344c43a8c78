"""What tests of a curation begin with: a lexicon, decisions in short, and figures."""

from typing import Any

import pandas as pd

import analysis as fa
from analysis.curation.decisions import FIGURES, Curated, decide, undo
from analysis.lexicons.changes import entry_from_fields
from analysis.lexicons.model import Entry

TIME = "2026-03-01T09:30:00Z"
NAME = "diplomacy"


def lexicon(*terms: Any, name: str = NAME, **options: Any) -> fa.Lexicon:
    own = terms or ("dialogue", "talks")
    return fa.lexicon_from_dict(name, {NAME: {"terms": list(own), **options}})


def entry(term: str, **fields: Any) -> Entry:
    return entry_from_fields(NAME, {"term": term, **fields})


def figures(before: fa.Lexicon, after: fa.Lexicon, _: str) -> dict[str, float]:
    """Tell the number of entries, so that a row shows which lexica it was made from."""
    n_before, n_after = (len(one.entries) for one in (before, after))
    told = dict.fromkeys(FIGURES, 0.25)
    return {**told, "n_hits": n_after, "hits_gained": n_before, "hits_lost": 0, "n_documents": 1}


def decided(
    own: fa.Lexicon, decisions: pd.DataFrame, decision: str, *entries: Entry | None, **options: Any
) -> Curated:
    """Decide on one entry: accept and reject take a new one, drop the old one, others both."""
    old, new = {
        "accept": (None, *entries),
        "reject": (None, *entries),
        "drop": (*entries, None),
        "define": (None, None),
    }.get(decision, entries)
    options = {"figures": figures, "time": TIME, **options}
    return decide(own, decisions, category=NAME, decision=decision, old=old, new=new, **options)


def undone(own: fa.Lexicon, decisions: pd.DataFrame, number: int | None = None) -> Curated:
    return undo(own, decisions, number, figures=figures, time=TIME)


def terms(own: fa.Lexicon) -> list[str]:
    return own.entries["term"].tolist()
