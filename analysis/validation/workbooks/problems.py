"""What is wrong in coding files, in the order in which it was found."""

from typing import Any

import pandas as pd

from analysis.tables.checks import make_table


class Problems:
    """Problems as they are found, in order."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def add(
        self, problem: str, explanation: str, file: str, line: int | None, **place: Any
    ) -> None:
        """Note a problem."""
        row = {"file": file, "line": line, "problem": problem, "explanation": explanation}
        empty = dict.fromkeys(("coder", "document_id", "paragraph", "category"))
        self.rows.append({**empty, **row, **place})

    def table(self) -> pd.DataFrame:
        """Return table ``coding_problems``."""
        names = ("file", "line", "coder", "document_id", "paragraph", "category", "problem")
        columns = {name: [row[name] for row in self.rows] for name in (*names, "explanation")}
        return make_table("coding_problems", columns)
