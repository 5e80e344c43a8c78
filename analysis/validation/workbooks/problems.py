"""What is wrong in coding files, in the order in which it was found."""

from typing import Any

import pandas as pd

from analysis.tables.checks import make_table
from analysis.tables.core import TABLES

_COLUMNS = tuple(TABLES["coding_problems"].columns)


class Problems:
    """Problems as they are found, in order."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def add(
        self, problem: str, explanation: str, file: str, line: int | None = None, **place: Any
    ) -> None:
        """Note a problem."""
        row = {"file": file, "line": line, "problem": problem, "explanation": explanation}
        self.rows.append({**dict.fromkeys(_COLUMNS), **row, **place})

    def first(self) -> str:
        """Say what the first problem is."""
        return "{file}: {explanation}".format_map(self.rows[0])

    def table(self) -> pd.DataFrame:
        """Return table ``coding_problems``."""
        return make_table("coding_problems", {c: [row[c] for row in self.rows] for c in _COLUMNS})
