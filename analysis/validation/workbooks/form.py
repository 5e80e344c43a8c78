"""The form of a coder's file: its columns, and how a paragraph is told from another."""

import hashlib
import re

import pandas as pd

UNIT, TEXT, CODER, NOTE, NUMBER = "unit", "text", "coder", "note", "number"
OWN_COLUMNS = (NUMBER, UNIT, TEXT, NOTE, CODER)
# What a workbook cannot hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def unit_of(document_id: str, paragraph: int) -> str:
    """Return what stands for a paragraph in a coder's file, without telling its source.

    Parameters
    ----------
    document_id : str
        Document, whose id may name its outlet.
    paragraph : int
        Paragraph.

    Returns
    -------
    str
        ``u-`` and 12 hexadecimal digits, of which some alone would be taken for numbers.

    Examples
    --------
    >>> from analysis.validation.workbooks.form import unit_of
    >>> unit_of("daily_01", 4)
    'u-701c3858f16c'
    """
    whole = f"{paragraph} {document_id}".encode("utf-8", "surrogatepass")
    return f"u-{hashlib.sha256(whole).hexdigest()[:12]}"


def units_of(sheet: pd.DataFrame) -> list[str]:
    """Return the unit of each row.

    Parameters
    ----------
    sheet : pandas.DataFrame
        With ``document_id`` and ``paragraph``.

    Returns
    -------
    list of str

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.validation.workbooks.form import units_of
    >>> units_of(pd.DataFrame({"document_id": ["daily_01"], "paragraph": [4]}))
    ['u-701c3858f16c']
    """
    places = zip(sheet["document_id"], sheet["paragraph"], strict=True)
    return [unit_of(document, int(paragraph)) for document, paragraph in places]


def as_in_a_cell(text: str) -> str:
    r"""Return a text as a cell of any spreadsheet program can hold it.

    Parameters
    ----------
    text : str
        A paragraph.

    Returns
    -------
    str
        Control characters are replaced by U+FFFD, line ends are ``\n``.

    Examples
    --------
    >>> from analysis.validation.workbooks.form import as_in_a_cell
    >>> as_in_a_cell("one\r\ntwo\x07")
    'one\ntwo�'
    """
    return _CONTROLS.sub("�", text.replace("\r\n", "\n").replace("\r", "\n"))
