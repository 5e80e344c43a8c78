"""A sheet and a codebook, checked → a page to code paragraphs by hand in JupyterLab."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import ArgumentError, needed_for
from analysis.validation.checks import check_codebook, check_coder, check_sheet

if TYPE_CHECKING:
    from analysis.validation.widget.widget import CodingWidget


def code_paragraphs(
    sheet: pd.DataFrame, codebook: pd.DataFrame, *, coder: str, path: str | os.PathLike[str]
) -> "CodingWidget":
    """Show paragraphs one at a time in JupyterLab, to be coded by hand.

    Coders see the text alone: no score, no highlighting, no source. Buttons or keys choose
    codes; the page tells which keys. Every answer is written to `path` at once, and the page
    says "Saved" only when it is. Run again, it goes on where the coding stopped.

    Parameters
    ----------
    sheet : pandas.DataFrame
        Paragraphs in the order of coding: columns ``document_id`` (str), ``paragraph``
        (int64) and ``text`` (str). Others are ignored.
    codebook : pandas.DataFrame
        One row for each code of each category: columns ``category``, ``definition``,
        ``code`` and ``meaning`` (all str), in the order of the buttons.
    coder : str
        Who codes.
    path : str or path
        A .csv file of this coder's own; it is made with the first answer.

    Returns
    -------
    CodingWidget
        Shows itself in a notebook; where nothing can show it, one line says how far the
        coding has come. Its ``codes`` is the table ``codes``.

    Raises
    ------
    TypeError
        If `sheet` or `codebook` is no DataFrame.
    ValueError
        If `coder` is empty, or `path` does not end in .csv.
    TableError
        If a table lacks a column or repeats a row, or the file belongs to another coder,
        sheet or codebook.

    Notes
    -----
    The file has the columns of table ``codes`` and ``note``, ``time`` (UTC) and ``text_hash``,
    which tells whether a text has changed. It has a row for each category of every paragraph
    that was touched; the code of a category without an answer is empty. Read it with
    ``pd.read_csv(path, dtype="str")``, so that codes stay as they are written.

    Examples
    --------
    >>> import tempfile
    >>> import analysis as fa
    >>> import pandas as pd
    >>> sheet = fa.split_paragraphs(fa.documents_from_texts(["Talks resume.\\n\\nAid stops."]))
    >>> codebook = pd.DataFrame({"category": ["aid", "aid"], "definition": ["Help."] * 2,
    ...                          "code": ["1", "0"], "meaning": ["present", "absent"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     fa.code_paragraphs(sheet, codebook, coder="anna", path=f"{folder}/anna.csv")
    anna has coded 0 of 2 paragraphs. To code, run this cell in JupyterLab.
    """
    sheet, codebook = check_sheet(sheet), check_codebook(codebook)
    check_coder(coder)
    # Resolved, so that a later change of folder moves no file, and a link stays one.
    file = Path(path).expanduser().resolve()
    if file.suffix.lower() != ".csv":
        raise ArgumentError(f"{file.name!r} does not end in .csv; name it so")
    with needed_for("coding in JupyterLab", "notebook"):
        from analysis.validation.widget.widget import CodingWidget
    columns = ["document_id", "paragraph", "text"]
    return CodingWidget(sheet[columns], codebook.copy(), coder=coder, path=file)
