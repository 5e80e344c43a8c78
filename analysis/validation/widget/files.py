"""The file that keeps one coder's answers: written whole, and refused where it is another's."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.saving.atomic import written_whole
from analysis.tables.cells import guarded, unguarded
from analysis.validation.checks import codes_by_category, hash_of, name_paragraph
from analysis.validation.gold import UNIT
from analysis.validation.widget.answers import COLUMNS, no_answers, rows_in_sheet

_NULLABLE = ("code", "note", "time")


def read_answers(
    path: Path, sheet: pd.DataFrame, codebook: pd.DataFrame, *, coder: str
) -> pd.DataFrame:
    """Read what a coder has answered, refusing a file that belongs to something else."""
    if not path.exists():
        return no_answers()
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
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
    for column in _NULLABLE:
        answers[column] = answers[column].mask(answers[column].eq(""))
    answers["note"] = answers["note"].map(unguarded, na_action="ignore")
    _check_owner(answers, path.name, coder)
    _check_places(answers, path.name, sheet)
    _check_codes(answers, path.name, codes_by_category(codebook))
    return answers


def write_answers(answers: pd.DataFrame, path: Path) -> None:
    """Write the answers so that the file holds all of them, or what it held before."""
    # Notes that a spreadsheet would run as formulas stand behind an apostrophe in the file.
    written = answers.assign(note=answers["note"].map(guarded, na_action="ignore"))
    with written_whole(path, durable=True) as file:
        # The mark at the beginning tells spreadsheet programs that it is UTF-8.
        written.to_csv(
            file, index=False, lineterminator="\n", encoding="utf-8-sig", errors="backslashreplace"
        )


def _check_owner(answers: pd.DataFrame, name: str, coder: str) -> None:
    other = answers["coder"].ne(coder).to_numpy()
    if other.any():
        row = int(other.argmax())
        raise TableError(
            f"line {row + 2} of {name!r} belongs to coder {answers['coder'].iloc[row]!r}, not to "
            f"{coder!r}; give each coder a file of their own"
        )


def _check_places(answers: pd.DataFrame, name: str, sheet: pd.DataFrame) -> None:
    rows = rows_in_sheet(answers, sheet)
    if (rows < 0).any():
        row = int((rows < 0).argmax())
        raise TableError(
            f"line {row + 2} of {name!r} codes {name_paragraph(answers, row)}, which the sheet "
            "does not have; give the sheet that the file was begun with, or the name of a new file"
        )
    hashes = np.array([hash_of(text) for text in sheet["text"]], dtype=object)
    changed = answers["text_hash"].to_numpy(dtype=object) != hashes[rows]
    if changed.any():
        row = int(changed.argmax())
        raise TableError(
            f"the text of {name_paragraph(answers, row)} is not the one that line {row + 2} of "
            f"{name!r} codes; give the sheet that the file was begun with, or the name of a new "
            "file"
        )
    repeated = answers.duplicated(UNIT).to_numpy()
    if repeated.any():
        row = int(repeated.argmax())
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
