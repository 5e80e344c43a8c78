"""One coder's answers as a table: a row for each category of every paragraph touched."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.tables.core import TABLES
from analysis.tables.schema import PLACE
from analysis.validation.checks import codes_by_category, hash_of
from analysis.validation.gold import UNIT

CODES = tuple(TABLES["codes"].columns)
COLUMNS = (*CODES, "note", "time", "text_hash")


def now() -> str:
    """Return the time of an answer: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def no_answers() -> pd.DataFrame:
    """Return a table of answers without rows."""
    dtypes = {column: "int64" if column == "paragraph" else "str" for column in COLUMNS}
    return pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in dtypes.items()})


def set_code(
    answers: pd.DataFrame,
    sheet: pd.DataFrame,
    codebook: pd.DataFrame,
    *,
    coder: str,
    row: int,
    category: str,
    code: str | None,
    time: str,
) -> pd.DataFrame:
    """Return the answers with one code set, changed or taken back."""
    known = codes_by_category(codebook)
    if category not in known or (code is not None and code not in known[category]):
        raise TableError(
            f"the codebook has no code {code!r} of category {category!r}; run the cell again"
        )
    changed, own = _with_rows(answers, sheet, known, coder, row)
    own &= changed["category"].eq(category)
    changed.loc[own, "code"] = code
    changed.loc[own, "time"] = None if code is None else time
    return changed


def set_note(
    answers: pd.DataFrame,
    sheet: pd.DataFrame,
    codebook: pd.DataFrame,
    *,
    coder: str,
    row: int,
    note: str,
) -> pd.DataFrame:
    """Return the answers with the note on one paragraph, which all rows of it carry."""
    changed, own = _with_rows(answers, sheet, codes_by_category(codebook), coder, row)
    changed.loc[own, "note"] = " ".join(note.split()) or None
    return changed


def count_coded(answers: pd.DataFrame, codebook: pd.DataFrame) -> int:
    """Count the paragraphs that have a code in every category."""
    given = answers[answers["code"].notna()].groupby(PLACE).size()
    return int(given.eq(codebook["category"].nunique()).sum())


def rows_in_sheet(answers: pd.DataFrame, sheet: pd.DataFrame) -> np.ndarray:
    """Find the row of the sheet that each answer belongs to."""
    places = pd.MultiIndex.from_frame(sheet[PLACE])
    return np.asarray(places.get_indexer(pd.MultiIndex.from_frame(answers[PLACE])))


def _with_rows(
    answers: pd.DataFrame, sheet: pd.DataFrame, known: dict[str, list[str]], coder: str, row: int
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the answers with a row for each category of the paragraph, and which these are."""
    if not 0 <= row < len(sheet):
        raise TableError(f"the coding_sheet table has no row {row}; run the cell again")
    document, number = sheet["document_id"].iloc[row], int(sheet["paragraph"].iloc[row])
    before = answers["document_id"].eq(document) & answers["paragraph"].eq(number)
    # The categories come first: they make the rows.
    own = no_answers().assign(
        category=list(known),
        document_id=document,
        paragraph=number,
        coder=coder,
        note=next(iter(answers.loc[before, "note"]), None),
        text_hash=hash_of(sheet["text"].iloc[row]),
    )
    table = pd.concat([answers, own], ignore_index=True).drop_duplicates(UNIT)
    table = table.astype(no_answers().dtypes.to_dict())
    category = pd.Index(list(known)).get_indexer(pd.Index(table["category"]))
    table = table.iloc[np.lexsort([category, rows_in_sheet(table, sheet)])].reset_index(drop=True)
    return table, table["document_id"].eq(document) & table["paragraph"].eq(number)
