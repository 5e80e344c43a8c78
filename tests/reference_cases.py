"""Reference cases: those in tests/data, and those of a folder outside the project.

The folder is the one that MEDIA_FRAMING_CASES names, else ../shared/cases. It may hold any
number of cases of the same form; those that are in tests/data as well are tried only once.
"""

import json
import os
from collections.abc import Callable, Set
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis as fa

ROOT = Path(__file__).resolve().parent.parent
OUTSIDE = Path(os.environ.get("MEDIA_FRAMING_CASES") or ROOT.parent / "shared" / "cases")

Case = dict[str, Any]


def matching_cases() -> list[Any]:
    """Return texts with lexica and the hits that the rules of matching give."""
    return _parameters(
        "matching_cases.json", lambda case: (case["lexicon"], case["text"], case["hits"])
    )


def statistics_cases(*statistics: str) -> list[Any]:
    """Return the cases of statistics whose names fit one of these patterns."""
    return _parameters(
        "statistics_cases.json",
        lambda case: (case["input"], case["expected"]),
        lambda case: any(fnmatchcase(case["statistic"], pattern) for pattern in statistics),
    )


def agreement_cases() -> list[Any]:
    """Return the cases of agreement between coders."""
    return _parameters(
        "statistics_cases.json",
        lambda case: (case["input"], case["expected"]),
        lambda case: case["family"] == "agreement",
    )


def reading_cases(kinds: tuple[str, ...]) -> list[Any]:
    """Return the files of some kinds, and what is to be read from them."""
    path = OUTSIDE / "reading" / "cases.json"
    return [
        pytest.param(case, id=case["id"])
        for case in (_read(path) if path.is_file() else [])
        if case["kind"].lower().startswith(kinds) and isinstance(case["expected"], dict)
    ]


def as_expected(
    documents: pd.DataFrame, case: Case, *, absent: Set[str] = frozenset(), above: int = 0
) -> tuple[Case, Case]:
    """Return what was read of a file and what a case expects, in the same words.

    What the file does not hold is `absent`; so many paragraphs stand `above` the text, elsewhere.
    """
    each = set(fa.split_paragraphs(documents).groupby("document_id").size())
    n_paragraphs = each.pop() + above if len(each) == 1 else None
    found = {
        "n_documents": len(documents),
        "titles": documents["title"].tolist(),
        "dates": documents["date"].dt.strftime("%Y-%m-%d").tolist(),
        "outlets": documents["outlet"].tolist(),
        "authors": documents["author"].tolist(),
        "n_paragraphs": n_paragraphs,
        "n_paragraphs_each": n_paragraphs,
    }
    names = found.keys() & case["expected"].keys() - absent
    return {name: found[name] for name in names}, {name: case["expected"][name] for name in names}


def _parameters(
    name: str,
    content: Callable[[Case], Any],
    wanted: Callable[[Case], bool] = lambda _: True,
) -> list[Any]:
    own = list(filter(wanted, _read(ROOT / "tests" / "data" / name)))
    assert own, f"tests/data/{name} has no such case"
    known = [content(case) for case in own]
    more = []
    if (OUTSIDE / name).is_file():
        others = filter(wanted, _read(OUTSIDE / name))
        more = [case for case in others if content(case) not in known]
    return [
        *(pytest.param(case, id=case["id"]) for case in own),
        *(pytest.param(case, id=f"outside-{case['id']}", marks=pytest.mark.cases) for case in more),
    ]


def _read(path: Path) -> list[Case]:
    content = json.loads(path.read_text(encoding="utf-8"))
    return content["cases"] if isinstance(content, dict) else content
