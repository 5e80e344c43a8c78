"""What is coded and by which codebook: the checks of both."""

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.errors import TableError
from analysis.tables.checks import check_frame, check_texts
from analysis.tables.schema import PLACE


def check_sheet(sheet: pd.DataFrame) -> None:
    """Refuse a coding sheet whose paragraphs could not be told apart or shown."""
    _check_columns(sheet, (*PLACE, "text"), "coding_sheet")
    if sheet.empty:
        raise TableError("the coding_sheet table has no rows; draw paragraphs to code first")
    if sheet["paragraph"].dtype != "int64":
        raise TableError(
            f"column 'paragraph' of the coding_sheet table has dtype {sheet['paragraph'].dtype}, "
            "expected int64; convert it with astype"
        )
    check_texts(sheet, "coding_sheet")
    _check_strings(sheet, ("document_id",), "coding_sheet")
    if (row := first_row(sheet.duplicated(PLACE))) is not None:
        raise TableError(
            f"row {row} of the coding_sheet table repeats {name_paragraph(sheet, row)}; remove "
            "one of the two rows"
        )


def check_codebook(codebook: pd.DataFrame) -> None:
    """Refuse a codebook by which an answer could mean two things."""
    columns = ("category", "definition", "code", "meaning")
    _check_columns(codebook, columns, "codebook")
    if codebook.empty:
        raise TableError("the codebook table has no rows; give one for each code of each category")
    _check_strings(codebook, columns, "codebook")
    for column in ("category", "code"):
        # Cells of a file lose the spaces around them in many programs.
        odd = codebook[column].ne(codebook[column].str.strip()) | codebook[column].eq("")
        if (row := first_row(odd)) is not None:
            raise TableError(
                f"column {column!r} of the codebook table is empty or has spaces around it in "
                f"row {row}; correct it"
            )
    if (row := first_row(codebook.duplicated(["category", "code"]))) is not None:
        raise TableError(
            f"row {row} of the codebook table repeats code {codebook['code'].iloc[row]!r} of "
            f"category {codebook['category'].iloc[row]!r}; remove one of the two rows"
        )
    definitions = codebook.groupby("category", sort=False)["definition"].nunique()
    if definitions.gt(1).any():
        raise TableError(
            f"category {definitions.index[definitions.gt(1)][0]!r} of the codebook table has two "
            "definitions; write the same one in all its rows"
        )


def codes_by_category(codebook: pd.DataFrame) -> dict[str, list[str]]:
    """List the codes of each category, in the codebook's order."""
    codes = codebook.groupby("category", sort=False)["code"]
    return {str(category): own.tolist() for category, own in codes}


def first_row(wrong: ArrayLike) -> int | None:
    """Return the number of the first row that is wrong."""
    rows = np.flatnonzero(wrong)
    return int(rows[0]) if len(rows) else None


def name_paragraph(table: pd.DataFrame, row: int) -> str:
    """Name the paragraph of one row, for an error."""
    document, number = table["document_id"].iloc[row], table["paragraph"].iloc[row]
    return f"paragraph {number} of document {document!r}"


def hash_of(text: str) -> str:
    """Return what tells whether a text has changed: 16 digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _check_columns(table: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    check_frame(table, name)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise TableError(
            f"the {name} table has no column {', '.join(map(repr, missing))}; "
            f"it has {', '.join(map(repr, table.columns)) or 'no columns'}"
        )


def _check_strings(table: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    for column in columns:
        wrong = [not isinstance(value, str) for value in table[column]]
        if (row := first_row(wrong)) is not None:
            raise TableError(
                f"column {column!r} of the {name} table holds no string in row {row}; convert it "
                "with astype('str'), or fill it"
            )
