"""The logs of a curation, read from their .csv files and checked line by line."""

import os
import re
from pathlib import Path

import pandas as pd

from analysis.curation.decisions import KINDS
from analysis.curation.judgements import CODES
from analysis.errors import ArgumentTypeError, TableError
from analysis.saving.spreadsheets import read_cells
from analysis.tables.checks import empty_table, make_table
from analysis.tables.core import TABLES

FILES = {name: f"{name}.csv" for name in ("decisions", "judgements", "codes")}
_WHOLE = re.compile(r"[0-9]{1,15}(\.0+)?")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")


def read_decisions(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read the log of a curated lexicon: what was decided, when and why, and what it changed.

    Parameters
    ----------
    path : str or path
        The lexicon that was curated (.yml), beside which the log stands, or ``decisions.csv``
        itself.

    Returns
    -------
    pandas.DataFrame
        Table ``decisions``, one row for each in the order of their numbers. Columns of your
        own are kept.

    Raises
    ------
    TypeError
        If `path` is no path.
    TableError
        If there is no such file, or it was damaged; the message names the line.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import analysis as fa
    >>> header = ("number,time,category,term,decision,before,after,reason,undoes,lexicon,n_hits,"
    ...     "hits_gained,hits_lost,n_documents,share_paragraphs,share_paragraphs_changed,"
    ...     "rank_correlation,precision,recall")
    >>> row = ("1,2026-03-01T09:30:00Z,diplomacy,truce,accept,,{term: truce},a pause by "
    ...     "agreement,,diplomacy@0.1+1f2e3d4c,12,3,0,9,0.2,0.05,,,")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "decisions.csv").write_text(f"{header}\\n{row}\\n")
    ...     decisions = fa.read_decisions(f"{folder}/diplomacy.yml")
    >>> decisions[["term", "decision", "n_hits"]].values.tolist()
    [['truce', 'accept', 12]]
    """
    return read_log(_file_of(path, "decisions"), "decisions", missing=False)


def read_judgements(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read which hits of a curated lexicon were judged right and wrong, and by whom.

    Parameters
    ----------
    path : str or path
        The lexicon that was curated (.yml), beside which the judgements stand, or
        ``judgements.csv`` itself.

    Returns
    -------
    pandas.DataFrame
        Table ``judgements``: one row for each hit that a coder judged.

    Raises
    ------
    TypeError
        If `path` is no path.
    TableError
        If there is no such file, or it was damaged; the message names the line.

    See Also
    --------
    read_codes : the codes of paragraphs that follow, in ``codes.csv`` beside it. They tell
        precision and not recall, since no paragraph without a hit was read.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import analysis as fa
    >>> header = ("document_id,paragraph,start,end,category,entry,surface,coder,code,time,"
    ...     "text_hash")
    >>> row = "a,0,4,9,diplomacy,talks,talks,Ana,1,2026-03-01T09:30:00Z,0011223344556677"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "judgements.csv").write_text(f"{header}\\n{row}\\n")
    ...     fa.read_judgements(f"{folder}/diplomacy.yml")["code"].tolist()
    ['1']
    """
    return read_log(_file_of(path, "judgements"), "judgements", missing=False)


def read_log(path: Path, name: str, *, missing: bool = True) -> pd.DataFrame:
    """Read a table of the log; where there is no file, none was written yet if that may be."""
    if missing and not path.exists():
        return empty_table(name)
    cells = cells_of(path)
    schema = TABLES[name]
    for column in schema.columns:
        if column not in cells:
            raise TableError(
                f"{path.name!r} is no table of {name} (it lacks {column!r}); restore it from a "
                "copy, or move it away"
            )
    columns: dict[str, pd.Series] = {
        str(column): _values(path, cells[column], schema.columns[column].dtype)
        if column in schema.columns
        else cells[column].mask(cells[column].eq(""))
        for column in cells
    }
    for column, definition in schema.columns.items():
        empty = columns[column].isna()
        # A text that may not be null may be empty in no file either.
        if not definition.nullable and empty.any():
            _refuse(path, empty, f"has no {column}")
    table = make_table(name, columns)
    (_check_decisions if name == "decisions" else _check_judgements)(path, table)
    return table


def cells_of(path: Path) -> pd.DataFrame:
    """Read the cells of a .csv file as the texts that were written."""
    try:
        return read_cells(path, index_col=False)
    except OSError as fault:
        raise TableError(f"{path.name!r} cannot be read: {fault.strerror}") from None
    except ValueError:  # not UTF-8, or no table
        raise TableError(
            f"{path.name!r} is no table in UTF-8; restore it from a copy, or move it away"
        ) from None


def _file_of(path: str | os.PathLike[str], name: str) -> Path:
    if not isinstance(path, str | os.PathLike):
        raise ArgumentTypeError(f"path must be a path, not {type(path).__name__}")
    given = Path(path).expanduser()
    file = given if given.suffix.lower() == ".csv" else given.parent / FILES[name]
    if not file.is_file():
        raise TableError(f"there is no file {str(file)!r}; give the path of the curated lexicon")
    return file


def _values(path: Path, cells: pd.Series, dtype: str) -> pd.Series:
    """Return the values of a column; what is no number is refused."""
    held = cells.mask(cells.eq(""))
    if dtype == "str":
        return held
    form = _NUMBER if dtype == "float64" else _WHOLE
    odd = held.notna() & ~cells.map(lambda cell: form.fullmatch(cell) is not None).astype(bool)
    if odd.any():
        cell = cells[odd].iloc[0]
        _refuse(path, odd, f"has {cell!r} as {cells.name}, which is not a number as it was written")
    numbers = [None if pd.isna(value) else float(value) for value in held]
    return pd.Series(numbers, dtype="float64" if dtype == "float64" else "Int64")


def _check_decisions(path: Path, table: pd.DataFrame) -> None:
    expected = pd.Series(range(1, len(table) + 1))
    odd = table["number"].ne(expected)
    _refuse(path, odd, "is not the next decision by its number")
    _refuse(path, ~table["decision"].isin(KINDS), f"has none of the decisions {', '.join(KINDS)}")
    undoes = table["decision"].eq("undo")
    _refuse(path, undoes & ~table["undoes"].lt(expected).fillna(False), "takes no decision back")


def _check_judgements(path: Path, table: pd.DataFrame) -> None:
    _refuse(path, ~table["code"].isin(CODES), "has a code other than 1 and 0")
    key = list(TABLES["judgements"].key)
    _refuse(path, table.duplicated(key), "judges a hit again that its coder judged before")


def _refuse(path: Path, odd: pd.Series, what: str) -> None:
    if odd.any():
        row = int(odd.to_numpy(bool).argmax())
        raise TableError(
            f"row {row + 1} below the header of {path.name!r} {what}; restore the file from a "
            "copy, or correct the row"
        )
