"""A table laid out for print → a web page, LaTeX, a Word file or a spreadsheet."""

import os
from pathlib import Path

import pandas as pd
from great_tables import GT

from analysis.errors import ArgumentError, ArgumentTypeError
from analysis.output.tables.formatting import format_table
from analysis.output.tables.printed import printed_texts
from analysis.output.tables.word import write_word
from analysis.saving.spreadsheets import save_table, written_whole

_KINDS = (".html", ".tex", ".docx", ".csv")
# More characters in a row than fit on a page, which is then made smaller; and more rows, which
# then run over several pages.
_WIDEST = 95
_MOST_ROWS = 35
_PREAMBLE = (
    "% \\input this file; the preamble needs \\usepackage{{booktabs,caption{others}}}.\n"
    "% Letters beyond the Latin alphabet need XeLaTeX or LuaLaTeX.\n"
)
_LATEX = {"∞": "$\\infty$", "−": "$-$", "–": "--", "\xa0": "~"}


def save_formatted(table: pd.DataFrame | GT, path: str | os.PathLike[str]) -> Path:
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
        If the file cannot be written, or a Word file is asked for and python-docx is missing.

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
    if not isinstance(table, (pd.DataFrame, GT)):
        raise ArgumentTypeError(
            f"table must be a DataFrame or what format_table returned, not {type(table).__name__}"
        )
    if kind == ".csv":
        return save_table(table if isinstance(table, pd.DataFrame) else _as_table(table), target)
    laid_out = format_table(table) if isinstance(table, pd.DataFrame) else table
    with written_whole(target) as part:
        if kind == ".docx":
            write_word(printed_texts(laid_out), part)
        else:
            text = laid_out.as_raw_html(make_page=True) if kind == ".html" else _latex(laid_out)
            part.write_text(text, encoding="utf-8", newline="\n")
    return target


def _latex(laid_out: GT) -> str:
    printed = printed_texts(laid_out)
    long = len(printed.rows) > _MOST_ROWS
    text = laid_out.as_latex(use_longtable=long, tbl_pos=None if long else "htbp")
    widths = [max(map(len, cells)) for cells in zip(printed.headings, *printed.rows, strict=True)]
    wide = not long and sum(widths) + len(widths) > _WIDEST
    if wide:
        begin = "\\begin{tabular*}{\\linewidth}{@{\\extracolsep{\\fill}}"
        text = text.replace(begin, "\\resizebox{\\linewidth}{!}{\\begin{tabular}{")
        text = text.replace("\\end{tabular*}", "\\end{tabular}}\\par")
    for character, command in _LATEX.items():
        text = text.replace(character, command)
    return _PREAMBLE.format(others=",longtable" if long else ",graphicx" if wide else "") + text


def _as_table(laid_out: GT) -> pd.DataFrame:
    printed = printed_texts(laid_out)
    return pd.DataFrame(printed.rows, columns=printed.headings, dtype=object)
