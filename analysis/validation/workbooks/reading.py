"""What coders filled in → codes, with everything that is wrong named by file and line."""

import os
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import ReadingError, ReadingWarning
from analysis.reading.records import UnreadableError
from analysis.reading.sandbox import Sandbox
from analysis.tables.checks import make_table
from analysis.validation.checks import check_codebook, check_sheet
from analysis.validation.workbooks.cells import (
    CODEBOOK,
    SUFFIXES,
    Cell,
    as_label,
    cells_of_rows,
    rows_of_file,
)
from analysis.validation.workbooks.decisions import decide_codes
from analysis.validation.workbooks.problems import Problems


def read_codes(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    sheet: pd.DataFrame,
    codebook: pd.DataFrame,
    *,
    return_problems: bool = False,
) -> pd.DataFrame | tuple[pd.DataFrame, pd.DataFrame]:
    """Read the files that coders filled in, and name everything that is wrong with them.

    Parameters
    ----------
    paths : str, path, or iterable of them
        Files of `save_coding_sheet` (.xlsx or .csv) or of `code_paragraphs` (.csv), the
        ``codes.csv`` beside a curated lexicon, or folders of such files, in which a file called
        ``codebook`` is passed over. Files may be saved by any spreadsheet program, sorted, and
        have columns added.
    sheet : pandas.DataFrame
        Table ``coding_sheet`` that the files were made from, or any with its columns
        ``document_id``, ``paragraph`` and ``text``.
    codebook : pandas.DataFrame
        Table ``codebook``.
    return_problems : bool, default False
        Whether to return the problems as a second table.

    Returns
    -------
    pandas.DataFrame
        Table ``codes``: a row for every paragraph of the sheet, category and coder. ``code`` is
        null where none was given, or none that can be used.
    pandas.DataFrame
        With `return_problems`: table ``coding_problems``. Of a row that stands twice with
        the same codes one counts, with different codes none; codes of a text that was changed
        do not count, nor do codes that the codebook lacks.

    Raises
    ------
    ReadingError
        If no file can be read.
    TableError
        If `sheet` or `codebook` cannot be coded.

    Warns
    -----
    ReadingWarning
        If there are problems and `return_problems` is False.

    Notes
    -----
    The codes beside a curated lexicon follow from hits that were judged. They tell precision
    and not recall, since no paragraph without a hit was read.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import analysis as fa
    >>> sheet = fa.split_paragraphs(fa.documents_from_texts(["A threat.", "Rain."]))
    >>> codebook = fa.make_codebook(fa.load_lexicon("boosters"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = fa.save_coding_sheet(sheet, codebook, f"{folder}/ana.csv", coder="Ana")
    ...     _ = path.write_text(path.read_text().replace("threat.,,", "threat.,2,"))
    ...     codes, problems = fa.read_codes(path, sheet, codebook, return_problems=True)
    >>> problems[["line", "problem"]].values.tolist()
    [[2, 'unknown code'], [3, 'missing code']]
    """
    sheet, codebook = check_sheet(sheet), check_codebook(codebook)
    problems = Problems()
    cells: list[Cell] = []
    files = _files(paths)
    n_read = 0
    with Sandbox() as sandbox:
        for path in files:
            try:
                rows = rows_of_file(path, sandbox)
                cells += cells_of_rows(path.name, rows, sheet, codebook, problems)
                n_read += 1
            except UnreadableError as fault:
                problems.add("unreadable file", str(fault), path.name)
    if not n_read:
        where = f": {problems.first()}" if files else " at that place"
        raise ReadingError(f"there is no coding file that can be read{where}")
    codes = decide_codes(cells, sheet, codebook, problems)
    if return_problems:
        return codes, problems.table()
    if problems.rows:
        warnings.warn(
            f"{len(problems.rows):,} problems in the coding files, the first in "
            f"{problems.first()}; return_problems=True lists them",
            ReadingWarning,
            stacklevel=2,
        )
    return codes


def read_codebook(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read a codebook from a table.

    Parameters
    ----------
    path : str or path
        A .csv or .xlsx file with columns ``category``, ``definition``, ``code`` and ``meaning``:
        a row for each code of each category. A definition needs to stand in the first row
        of its category only.

    Returns
    -------
    pandas.DataFrame
        Table ``codebook``.

    Raises
    ------
    ReadingError
        If the file cannot be read or lacks a column.
    TableError
        If a code could mean two things, or a category has two definitions.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import analysis as fa
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "codebook.csv")
    ...     _ = path.write_text("category,definition,code,meaning\\naid,Help.,1,yes\\naid,,0,no\\n")
    ...     fa.read_codebook(path)["definition"].tolist()
    ['Help.', 'Help.']
    """
    path = Path(path)
    try:
        with Sandbox() as sandbox:
            rows = rows_of_file(path, sandbox)
    except UnreadableError as fault:
        raise ReadingError(f"{path.name!r} cannot be read: {fault}") from None
    missing = [name for name in CODEBOOK if name not in rows.columns]
    if missing:
        raise ReadingError(
            f"the codebook {path.name!r} has no column {missing[0]!r}; it needs "
            f"{', '.join(CODEBOOK)}"
        )
    if rows.malformed:
        line, why = rows.malformed[0]
        raise ReadingError(f"row {line} of the codebook {path.name!r} cannot be read: {why}")
    table = pd.DataFrame(
        {name: [as_label(row[name]) for _, row in rows.rows] for name in CODEBOOK}, dtype=object
    )
    # Cells may be merged, or left empty where they would repeat the one above.
    table = table.mask(table == "").dropna(how="all")
    table["category"] = table["category"].ffill()
    table["definition"] = table.groupby("category")["definition"].ffill()
    return check_codebook(make_table("codebook", table.fillna("")))


def _files(paths: Any) -> list[Path]:
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    files: list[Path] = []
    for one in map(Path, given):
        files += sorted(filter(_may_hold_codes, one.iterdir())) if one.is_dir() else [one]
    return files


def _may_hold_codes(path: Path) -> bool:
    """Tell whether a file of a folder is a coder's; a codebook may lie beside the codes."""
    own = path.suffix.lower() in SUFFIXES and path.stem.lower() != "codebook"
    return own and not path.name.startswith((".", "~"))
