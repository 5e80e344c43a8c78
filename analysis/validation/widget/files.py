"""The file that keeps one coder's answers: written whole, and refused where it is another's."""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.validation.checks import codes_by_category, hash_of, name_paragraph
from analysis.validation.gold import UNIT
from analysis.validation.widget.answers import COLUMNS, no_answers, rows_in_sheet

_NULLABLE = ("code", "note", "time")
# Notes that a spreadsheet would run as formulas stand behind an apostrophe in the file.
_FORMULA = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20]")
_HIDDEN_FORMULA = re.compile(f"'{_FORMULA.pattern}")


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
    hidden = answers["note"].str.match(_HIDDEN_FORMULA).fillna(False).astype(bool)
    answers["note"] = answers["note"].mask(hidden, answers["note"].str[1:])
    _check_owner(answers, path.name, coder)
    _check_places(answers, path.name, sheet)
    _check_codes(answers, path.name, codes_by_category(codebook))
    return answers


def write_answers(answers: pd.DataFrame, path: Path) -> None:
    """Write the answers so that the file holds all of them, or what it held before."""
    note = answers["note"]
    formula = note.str.match(_FORMULA).fillna(False).astype(bool)
    written = answers.assign(note=note.mask(formula, "'" + note))
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The mark at the beginning tells spreadsheet programs that it is UTF-8.
        with part.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
            written.to_csv(file, index=False, lineterminator="\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as fault:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise TableError(f"{str(path)!r} cannot be written: {fault.strerror}") from None


def _sync_folder(folder: Path) -> None:
    """Make the new name of the file survive a power cut, where the system can."""
    # Windows opens no folders, and some network drives refuse this.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
