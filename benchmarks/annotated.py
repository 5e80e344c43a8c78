"""Files of annotated texts; what cannot be measured is left out with a line."""

import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd


def read_table(path: Path, needed: Sequence[str]) -> pd.DataFrame | None:
    """Read a file of annotated texts, or say why it is left out."""
    try:
        table = pd.read_csv(path, na_values=[""], keep_default_na=False)
    except (OSError, EOFError, ValueError, zlib.error) as fault:
        leave_out(path.name, f"cannot be read ({' '.join(str(fault).split())[:80]})")
        return None
    if missing := [name for name in needed if name not in table]:
        leave_out(path.name, f"no column {missing[0]!r}")
        return None
    return table


def leave_out(what: str, why: str) -> None:
    """Print one line on what is not measured."""
    print(f"{what} left out: {why}", file=sys.stderr)
