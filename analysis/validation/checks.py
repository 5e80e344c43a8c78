"""What is coded and by which codebook: the checks of both."""

import hashlib

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.errors import ArgumentError, TableError
from analysis.tables.checks import check_table
from analysis.tables.schema import PLACE


def check_sheet(sheet: pd.DataFrame) -> pd.DataFrame:
    """Return a coding sheet whose paragraphs can be told apart and shown."""
    sheet = check_table(sheet, "coding_sheet", needed=(*PLACE, "text"))
    if sheet.empty:
        raise TableError("the coding_sheet table has no rows; draw paragraphs to code first")
    return sheet


def check_codebook(codebook: pd.DataFrame) -> pd.DataFrame:
    """Return a codebook by which no answer could mean two things."""
    codebook = check_table(codebook, "codebook", unique=False)
    if codebook.empty:
        raise TableError("the codebook table has no rows; give one for each code of each category")
    for column in ("category", "code"):
        # Cells of a file lose the spaces around them in many programs.
        odd = codebook[column].ne(codebook[column].str.strip()) | codebook[column].eq("")
        if (row := first_row(odd)) is not None:
            raise TableError(
                f"column {column!r} of the codebook table is empty or has spaces around it in "
                f"row {row}; correct it"
            )
    definitions = codebook.groupby("category", sort=False)["definition"].nunique()
    if definitions.gt(1).any():
        raise TableError(
            f"category {definitions.index[definitions.gt(1)][0]!r} of the codebook table has two "
            "definitions; write the same one in all its rows"
        )
    return check_table(codebook, "codebook")


def check_coder(coder: object) -> None:
    """Refuse what names nobody, or reads as another name."""
    if not isinstance(coder, str) or not coder or coder != coder.strip():
        raise ArgumentError(f"coder must be a name without spaces around it, not {coder!r}")


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
