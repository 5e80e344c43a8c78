"""A table laid out for print → a web page, LaTeX, a Word file or a spreadsheet."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.errors import ArgumentError, ArgumentTypeError, check_text
from analysis.figures.saving import save_figure
from analysis.output.filling import fill_template
from analysis.output.tables import latex, markdown
from analysis.output.tables.formatting import describe_table, format_table
from analysis.output.tables.great_table import described, is_plain
from analysis.output.tables.printed import PrintedTable
from analysis.output.tables.word import as_word
from analysis.saving.atomic import write_text_whole, written_whole
from analysis.saving.spreadsheets import save_table

if TYPE_CHECKING:
    from great_tables import GT

_KINDS = (".html", ".tex", ".md", ".docx", ".csv")
# Those that hold sentences and a figure too.
_TEXTS = {".tex": latex, ".md": markdown}


def save_formatted(
    table: "pd.DataFrame | GT",
    path: str | os.PathLike[str],
    *,
    text: str | None = None,
    figure: Figure | Axes | None = None,
) -> Path:
    """Write a table for a paper: as a web page, LaTeX, Markdown, a Word file or a spreadsheet.

    LaTeX and Markdown also hold what is said of the table, and the figure that shows it.

    Parameters
    ----------
    table : pandas.DataFrame or great_tables.GT
        Any table of this package, or what `format_table` made of one.
    path : str or path
        Its ending decides. ``.html``: a page that needs nothing but itself. ``.tex``: a table
        to be read in with ``\\input``; its first lines name the packages it needs. ``.md``: as
        GitHub, Quarto and Pandoc read it. ``.docx``: a Word file with a real table, whose
        heading row is repeated on every page. ``.csv``: through `save_table`; a DataFrame with
        all its columns and digits, what was laid out as it is printed. Folders are made where
        they are missing.
    text : str, optional
        Sentences above the table, such as those of `describe_comparison`; blank lines part
        paragraphs, and signs of markup stay signs. For ``.tex`` and ``.md``.
    figure : matplotlib.figure.Figure or matplotlib.axes.Axes, optional
        A figure below the table, with its alternative text. `save_figure` writes its files
        beside `path`: those of ``answer.md`` are ``answer_figure.png`` and so on.

    Returns
    -------
    pathlib.Path
        Where the table was written.

    Raises
    ------
    TypeError
        If `table`, `text` or `figure` is something else.
    ValueError
        If the ending is another one, or holds no `text` and `figure`.
    TableError
        If the file cannot be written.
    MediaFramingError
        If the files of the figure cannot be written, or are yours.
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
    check_text("text", text)
    if kind not in _TEXTS and not (text is None and figure is None):
        raise ArgumentError(
            f"{target.name!r} holds a table alone; name a file that ends in "
            f"{' or '.join(_TEXTS)} to write text and figure with it"
        )
    if kind == ".html":
        laid_out = format_table(table) if isinstance(table, pd.DataFrame) else table
        body = laid_out.as_raw_html()
        write_text_whole(target, fill_template("table.html.j2", title=target.stem, body=body))
    elif kind == ".csv" and isinstance(table, pd.DataFrame):
        save_table(table, target)
    elif kind in _TEXTS:
        write_text_whole(target, _with_text(table, target, text, figure))
    else:
        _write_printed(_printed(table), target, kind)
    return target


def _printed(table: "pd.DataFrame | GT") -> PrintedTable:
    return describe_table(table) if isinstance(table, pd.DataFrame) else described(table)


def _write_printed(printed: PrintedTable, target: Path, kind: str) -> None:
    if kind == ".csv":
        headings, *rows = [
            [" ".join(text.split()) for text in row] for row in (printed.headings, *printed.rows)
        ]
        save_table(pd.DataFrame(rows, columns=headings, dtype=object), target)
    else:
        content = as_word(printed)
        with written_whole(target) as file:
            file.write(content)


def _with_text(
    table: "pd.DataFrame | GT", target: Path, text: str | None, figure: Figure | Axes | None
) -> str:
    """Return the sentences, the table and the figure, whose files are written beside them."""
    form = _TEXTS[target.suffix.lower()]
    parts = [form.escaped(text.strip())] if text else []
    if form is markdown:
        parts.append(markdown.as_markdown(_printed(table)))
    elif isinstance(table, pd.DataFrame) or is_plain(table):
        parts.append(latex.as_latex(_printed(table)))
    else:
        # What it alone knows of, such as spanners, great_tables writes itself.
        long = len(_printed(table).rows) > latex.MOST_ROWS
        parts.append(table.as_latex(use_longtable=long, tbl_pos=None if long else "htbp"))
    if figure is not None:
        files = save_figure(figure, f"{target.stem}_figure", folder=target.parent)
        words = files["txt"].read_text(encoding="utf-8").strip()
        parts.append(form.picture(files["png"].name, words))
    return form.whole_file(parts)
