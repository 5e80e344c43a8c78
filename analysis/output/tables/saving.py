"""A table laid out for print → a web page, LaTeX, a Word file or a spreadsheet."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import ArgumentError, ArgumentTypeError
from analysis.output.filling import fill_template
from analysis.output.tables.formatting import describe_table, format_table
from analysis.output.tables.great_table import described, is_plain
from analysis.output.tables.latex import MOST_ROWS, PREAMBLE, as_latex
from analysis.output.tables.word import as_word
from analysis.saving.atomic import write_text_whole, written_whole
from analysis.saving.spreadsheets import save_table

if TYPE_CHECKING:
    from great_tables import GT

_KINDS = (".html", ".tex", ".docx", ".csv")


def save_formatted(table: "pd.DataFrame | GT", path: str | os.PathLike[str]) -> Path:
    """Write a table for a paper: as a web page, LaTeX, a Word file or a spreadsheet.

    Parameters
    ----------
    table : pandas.DataFrame or great_tables.GT
        Any table of this package, or what `format_table` made of one.
    path : str or path
        Its ending decides. ``.html``: a page that needs nothing but itself. ``.tex``: a table
        to be read in with ``\\input``; its first lines name the packages it needs. ``.docx``:
        a Word file with a real table, whose heading row is repeated on every page. ``.csv``:
        through `save_table`; a DataFrame with all its columns and digits, what was laid out as
        it is printed. Folders are made where they are missing.

    Returns
    -------
    pathlib.Path
        Where the table was written.

    Raises
    ------
    TypeError
        If `table` is something else.
    ValueError
        If the ending is another one.
    TableError
        If the file cannot be written.
    MissingPackageError
        If great-tables or, for a Word file, python-docx is not installed.

    Examples
    --------
    >>> import tempfile
    >>> import analysis as fa
    >>> import pandas as pd
    >>> table = pd.DataFrame({"term": ["aid & relief"], "n_target": [1200], "z": [2.5]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = fa.save_formatted(fa.format_table(table), f"{folder}/table.tex")
    ...     "relief & 1,200 & 2.50" in written.read_text(encoding="utf-8")
    True
    """
    target = Path(path)
    kind = target.suffix.lower()
    if kind not in _KINDS:
        raise ArgumentError(
            f"{target.name!r} ends in none of {', '.join(_KINDS)}; name it by the form you want"
        )
    if not (isinstance(table, pd.DataFrame) or hasattr(table, "as_raw_html")):
        raise ArgumentTypeError(
            f"table must be a DataFrame or what format_table returned, not {type(table).__name__}"
        )
    if kind == ".html":
        laid_out = format_table(table) if isinstance(table, pd.DataFrame) else table
        body = laid_out.as_raw_html()
        write_text_whole(target, fill_template("table.html.j2", title=target.stem, body=body))
    elif kind == ".csv" and isinstance(table, pd.DataFrame):
        save_table(table, target)
    else:
        _write_printed(table, target, kind)
    return target


def _write_printed(table: "pd.DataFrame | GT", target: Path, kind: str) -> None:
    printed = describe_table(table) if isinstance(table, pd.DataFrame) else described(table)
    if kind == ".csv":
        headings, *rows = [
            [" ".join(text.split()) for text in row] for row in (printed.headings, *printed.rows)
        ]
        save_table(pd.DataFrame(rows, columns=headings, dtype=object), target)
    elif kind == ".docx":
        content = as_word(printed)
        with written_whole(target) as file:
            file.write(content)
    elif isinstance(table, pd.DataFrame) or is_plain(table):
        write_text_whole(target, as_latex(printed))
    else:
        # What it alone knows of, such as spanners, great_tables writes itself.
        long = len(printed.rows) > MOST_ROWS
        text = table.as_latex(use_longtable=long, tbl_pos=None if long else "htbp")
        preamble = PREAMBLE.format(others=",longtable" if long else "")
        write_text_whole(target, f"{preamble}\n{text}")
