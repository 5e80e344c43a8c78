"""The lexicon in the making without a kernel: definitions, entries and the last decisions."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Template

from analysis.curation.decisions import taken_back
from analysis.curation.messages import describe_entries
from analysis.curation.wording import plural
from analysis.lexicons.model import Lexicon
from analysis.tables.checks import rows_of

_N_DECISIONS = 10


def render_curation(
    lexicon: Lexicon,
    decisions: pd.DataFrame,
    judgements: pd.DataFrame,
    hits: Mapping[str, pd.DataFrame],
    *,
    progress: str,
) -> str:
    """Show a lexicon in the making as HTML that needs no kernel."""
    return _template().render(
        progress=progress,
        categories=[
            {
                "name": own.name,
                "definition": own.definition,
                "entries": sorted(
                    describe_entries(own.entries, hits[own.name], judgements),
                    key=lambda row: (-row["n_hits"], row["term"]),
                ),
            }
            for own in lexicon.categories
        ],
        n_decisions=plural(len(decisions), "decision"),
        decisions=_last(decisions),
    )


def _last(decisions: pd.DataFrame) -> list[dict[str, Any]]:
    gone = taken_back(decisions)
    return [
        {
            "number": row.number,
            "time": row.time.replace("T", " ").removesuffix("Z"),
            "what": f"undo {row.undoes}" if row.decision == "undo" else row.decision,
            "term": "definition" if pd.isna(row.term) else row.term,
            "reason": "" if pd.isna(row.reason) else row.reason,
            "taken_back": gone.get(row.number),
        }
        for row in rows_of(decisions.iloc[::-1].head(_N_DECISIONS))
    ]


@cache
def _template() -> Template:
    path = Path(__file__).with_name("static.html.j2")
    return Template(path.read_text("utf-8"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
