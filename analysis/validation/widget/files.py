"""The file that keeps one coder's answers: written whole, and refused where it is another's."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.saving.atomic import written_whole
from analysis.saving.spreadsheets import quoting_of, read_cells
from analysis.tables.cells import guarded
from analysis.validation.checks import codes_by_category, first_row, hash_of, name_paragraph
from analysis.validation.gold import UNIT
from analysis.validation.widget.answers import COLUMNS, no_answers, rows_in_sheet

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def read_answers(
    path: Path, sheet: pd.DataFrame, codebook: pd.DataFrame, *, coder: str
) -> pd.DataFrame:
    """Read what a coder has answered, refusing a file that belongs to something else."""
    if not path.exists():
        return no_answers()
    try:
        table = read_cells(path)
    except OSError as fault:
        raise TableError(f"{path.name!r} cannot be read: {fault.strerror}") from None
    except ValueError:  # not UTF-8, or no table
        table = pd.DataFrame()
    missing = [column for column in COLUMNS if column not in table.columns]
    numbers = table.get("paragraph", pd.Series(dtype="str")).str.fullmatch("-?[0-9]{1,18}")
    if missing or not numbers.all():
        fault_found = f"it lacks {missing[0]!r}" if missing else "a paragraph is no number"
        raise TableError(
            f"{path.name!r} is no file of codes ({fault_found}); give code_paragraphs the name "
            "of a new file"
        )
    answers = table[list(COLUMNS)].astype({"paragraph": "int64"})
    for column in ("code", "note", "time"):
        answers[column] = answers[column].mask(answers[column].eq(""))
    if (row := first_row(answers["coder"].ne(coder))) is not None:
        raise TableError(
            f"line {row + 2} of {path.name!r} belongs to coder {answers['coder'].iloc[row]!r}, not "
            f"to {coder!r}; give each coder a file of their own"
        )
    _check_places(answers, path.name, sheet)
    _check_codes(answers, path.name, codes_by_category(codebook))
    return answers


def write_answers(answers: pd.DataFrame, path: Path) -> None:
    """Write the answers so that the file holds all of them, or what it held before."""
    with written_whole(path, durable=True) as file:
        # The mark at the beginning tells spreadsheet programs that it is UTF-8.
        safe = answers.map(_written)
        safe.to_csv(
            file,
            index=False,
            lineterminator="\n",
            encoding="utf-8-sig",
            errors="backslashreplace",
            quoting=quoting_of(safe),
        )


def _written(value: Any) -> Any:
    # A code such as -1 is a number to every spreadsheet, and stays one.
    safe = not isinstance(value, str) or _NUMBER.fullmatch(value)
    return value if safe else guarded(value)


def _check_places(answers: pd.DataFrame, name: str, sheet: pd.DataFrame) -> None:
    rows = rows_in_sheet(answers, sheet)
    if (row := first_row(rows < 0)) is not None:
        raise TableError(
            f"line {row + 2} of {name!r} codes {name_paragraph(answers, row)}, which the sheet "
            "does not have; give the sheet that the file was begun with, or the name of a new file"
        )
    hashes = np.array([hash_of(text) for text in sheet["text"]], dtype=object)
    if (row := first_row(answers["text_hash"].to_numpy(object) != hashes[rows])) is not None:
        raise TableError(
            f"the text of {name_paragraph(answers, row)} is not the one that line {row + 2} of "
            f"{name!r} codes; give the sheet that the file was begun with, or the name of a new "
            "file"
        )
    if (row := first_row(answers.duplicated(UNIT))) is not None:
        raise TableError(
            f"line {row + 2} of {name!r} codes {name_paragraph(answers, row)} again in category "
            f"{answers['category'].iloc[row]!r}; remove one of the two lines"
        )


def _check_codes(answers: pd.DataFrame, name: str, known: Mapping[str, list[str]]) -> None:
    for row, (category, code) in enumerate(zip(answers["category"], answers["code"], strict=True)):
        if category not in known or not (pd.isna(code) or code in known[category]):
            fault = f"code {code!r} of category {category!r}"
            raise TableError(
                f"line {row + 2} of {name!r} has {fault if category in known else repr(category)}, "
                "which the codebook does not; give the codebook that the file was begun with, or "
                "the name of a new file"
            )
