"""Where the files of coders are kept."""

import hashlib
from pathlib import Path

import pandas as pd

from analysis.saving.paths import coding_home
from analysis.tables.checks import check_table
from analysis.tables.schema import PLACE

_SEEN = [*PLACE, "text"]


def coding_folder(sheet: pd.DataFrame | None = None) -> Path:
    """Return the folder for a coding sheet and for the files of its coders.

    It lies in the folder ``coding`` of the project, beside ``figures``, whatever the working
    folder. Its name tells sheets apart: another draw, or a text that was changed, gives another
    folder, so that no sheet meets the codes of another and no file is written over. It holds
    paragraphs of your articles, in full: whoever has rights in the articles has them in these
    files.

    Parameters
    ----------
    sheet : pandas.DataFrame, optional
        Table ``coding_sheet``. Without it, the folder of all sheets is returned.

    Returns
    -------
    pathlib.Path
        ``coding``, or ``coding/sheet-`` and 8 hexadecimal digits; it is not made.

    Raises
    ------
    TableError
        If `sheet` lacks a column.

    Examples
    --------
    >>> import analysis as fa
    >>> sheet = fa.split_paragraphs(fa.documents_from_texts(["A threat."]))
    >>> fa.coding_folder(sheet).name
    'sheet-f5b140dc'
    """
    if sheet is None:
        return coding_home()
    sheet = check_table(sheet, "coding_sheet", needed=_SEEN, unique=False)
    rows = sheet[_SEEN].itertuples(index=False, name=None)
    content = repr([(document, int(paragraph), text) for document, paragraph, text in rows])
    digits = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return coding_home() / f"sheet-{digits}"
