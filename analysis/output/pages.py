"""The highlighted text of every document as a file of its own."""

import os
from contextlib import suppress
from pathlib import Path

import pandas as pd

from analysis.errors import MediaFramingError
from analysis.output.filling import fill_template
from analysis.output.highlighted import highlight
from analysis.saving.atomic import write_text_whole
from analysis.saving.ownership import not_ours
from analysis.saving.spreadsheets import file_name_for, save_table
from analysis.tables.checks import check_hits, check_table, make_table

_INDEX = "index.csv"


def save_texts(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    folder: str | os.PathLike[str],
    *,
    attributions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Write the highlighted text of each document to a web page, and an index of them.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.
    hits : pandas.DataFrame
        Table ``hits`` found in these paragraphs.
    folder : str or path
        Where the pages go; made if it is missing. Pages of the same documents are replaced.
    attributions : pandas.DataFrame, optional
        Table ``attributions``, to show who says what.

    Returns
    -------
    pandas.DataFrame
        Table ``pages``: the file of each document. It is also written to ``index.csv``.
        Names are made of the ids and cannot lead out of the folder.

    Raises
    ------
    TableError
        If a table breaks its schema, or the folder cannot be written to.

    Examples
    --------
    >>> import tempfile
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat."], ["Talks"]))
    >>> hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"k": ["threat*"]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     fa.save_texts(paragraphs, hits, folder)["file"].tolist()
    ['talks-b50d48e81a9e.html']
    """
    paragraphs, hits, _ = check_hits(paragraphs, hits)
    if attributions is not None:
        attributions = check_table(attributions, "attributions")
    target = Path(folder)
    ids = paragraphs["document_id"].drop_duplicates().tolist()
    index = make_table(
        "pages", {"document_id": ids, "file": [file_name_for(i, ".html") for i in ids]}
    )
    _refuse_another(target / _INDEX)
    save_table(index, target / _INDEX)
    for document_id, file in zip(index["document_id"], index["file"], strict=True):
        shown = highlight(paragraphs, hits, attributions, document_id=document_id)
        page = fill_template("text.html.j2", title=document_id, body=shown.html)
        write_text_whole(target / file, page, errors="replace")
    return index


def _refuse_another(path: Path) -> None:
    """Refuse to replace a file of the user's that bears the name of our index."""
    with suppress(FileNotFoundError):
        head = path.read_bytes()[:80].decode("utf-8-sig", errors="replace")
        if not head.startswith("document_id,file"):
            raise MediaFramingError(not_ours(path))
