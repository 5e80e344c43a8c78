"""Tables → files that a spreadsheet or another program opens safely."""

import csv
import hashlib
import os
import re
import unicodedata
import warnings
from numbers import Number
from pathlib import Path
from typing import Any, BinaryIO, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import ArgumentError, ExportWarning, TableError
from analysis.saving.atomic import written_whole
from analysis.saving.provenance import stamp
from analysis.tables.cells import guarded, unguarded
from analysis.tables.checks import check_frame

LONGEST_CELL = 32_767
_KINDS = (".csv", ".parquet")
_SLUG = 40
_NO_TEXTS = "biufcmM"  # kinds of dtypes: numbers, truth, moments and durations


def save_table(table: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a table to a .csv file for spreadsheets, or to a .parquet file.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table. It is not changed.
    path : str or path
        Its ending decides: ``.csv`` or ``.parquet``. Folders are made where they are missing.

    Returns
    -------
    pathlib.Path
        Where the table was written.

    Raises
    ------
    ValueError
        If the ending is another one.
    TableError
        If the file cannot be written.

    Warns
    -----
    ExportWarning
        If a .csv cell is longer than spreadsheet programs can hold (32,767 characters).

    Notes
    -----
    In a .csv file, what a spreadsheet program would run as a formula (``=``, ``+``, ``-`` or
    ``@`` at the beginning or behind ``;``, a tab or a line end) has ``'`` before it; numbers are
    written so that they are read back exactly, nulls as empty cells, and a byte order
    mark tells the program that it is UTF-8. The versions of package and tokenizer are added
    as columns. A .parquet file holds the table as it is,
    with checksums on its pages.

    Examples
    --------
    >>> import tempfile
    >>> import analysis as fa
    >>> import pandas as pd
    >>> table = pd.DataFrame({"text": ["=1+1", "aid"], "rate": [-1.5, 0.1]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = fa.save_table(table, f"{folder}/a.csv")
    ...     pd.read_csv(written)[["text", "rate"]].values.tolist()
    [["'=1+1", -1.5], ['aid', 0.1]]
    """
    target = Path(path)
    if target.suffix.lower() not in _KINDS:
        raise ArgumentError(f"{target.name!r} ends in neither .csv nor .parquet; name it so")
    check_frame(table, "table")
    with written_whole(target) as file:
        if target.suffix.lower() == ".csv":
            _warn_of_long_cells(table, target)
            write_for_spreadsheets(stamp(table), file)
        else:
            arrow = _as_arrow(stamp(table))
            pq.write_table(arrow, file, write_page_checksum=True)
    return target


def read_cells(path: Path, **options: Any) -> pd.DataFrame:
    """Read the cells of a .csv file as the texts that were written; of no table, a ValueError."""
    table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig", **options)
    return table.map(unguarded)


def _as_arrow(table: pd.DataFrame) -> pa.Table:
    try:
        return pa.Table.from_pandas(table, preserve_index=False)
    except (pa.ArrowException, ValueError, TypeError):
        name = next((name for name, column in table.items() if not _fits(column)), None)
        if name is None:
            raise
        raise TableError(
            f"column {name!r} holds what no Parquet file can; write one kind of value into it, or "
            "save a .csv file"
        ) from None


def _fits(column: pd.Series) -> bool:
    try:
        pa.Array.from_pandas(column)
    except (pa.ArrowException, ValueError, TypeError):
        return False
    return True


def write_for_spreadsheets(
    table: pd.DataFrame, file: BinaryIO, *, encoding: str = "utf-8-sig"
) -> None:
    """Write a .csv file that a spreadsheet program opens as UTF-8 and runs nothing of."""
    safe = _without_formulas(table)
    # A lone surrogate cannot be written as UTF-8; its escape can be read and searched.
    safe.to_csv(
        file,
        index=False,
        lineterminator="\n",
        encoding=encoding,
        errors="backslashreplace",
        quoting=quoting_of(safe),
    )


def quoting_of(table: pd.DataFrame) -> Literal[0, 2]:
    r"""Quote all texts of a table with a \r, which Python before 3.13 takes for no line end."""
    cells = (column for _, column in table.items() if column.dtype.kind not in _NO_TEXTS)
    held = any("\r" in str(cell) for column in (table.columns, *cells) for cell in column)
    return csv.QUOTE_NONNUMERIC if held else csv.QUOTE_MINIMAL


def _without_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """Put ``'`` before texts that a spreadsheet program would run as formulas."""
    written = table.set_axis(range(table.shape[1]), axis="columns")
    for n, column in written.items():
        if column.dtype.kind not in _NO_TEXTS:
            # Kept as objects, since a column of strings cannot hold half of a surrogate pair.
            written[n] = pd.Series(map(_guarded, column), column.index, dtype=object)
    return written.set_axis(list(map(_guarded, table.columns)), axis="columns")


def _guarded(value: Any) -> Any:
    # Lists and the like are written as Python shows them.
    text = guarded(shown := str(value))
    return value if text == shown or isinstance(value, Number) else text


def file_name_for(document_id: str, ending: str) -> str:
    r"""Return a name for a file about one document that is safe on every system."""
    plain = unicodedata.normalize("NFKD", document_id).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_SLUG].strip("-")
    digest = hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{words or 'document'}-{digest}{ending}"


def _warn_of_long_cells(table: pd.DataFrame, target: Path) -> None:
    long = table.map(lambda value: isinstance(value, str) and len(value) > LONGEST_CELL)
    counts = long.astype(bool).sum()
    if counts.any():
        named = ", ".join(f"{n} in {str(name)!r}" for name, n in counts[counts > 0].items())
        warnings.warn(
            f"cells of {target.name} have more than {LONGEST_CELL:,} characters ({named}), which "
            "spreadsheet programs cut off; open it in another program, or write .parquet",
            ExportWarning,
            stacklevel=3,
        )
