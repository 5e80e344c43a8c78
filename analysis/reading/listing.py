"""The table of what was skipped, guessed or changed → lines that people read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

_MOST = 10


@dataclass(frozen=True)
class Listing:
    """A heading, at most ten lines below it, and how many more there are."""

    heading: str
    lines: Sequence[str]
    more: int


def places(skipped: pd.DataFrame) -> pd.Series:
    """Say in which line or row of its file each note is at home.

    Parameters
    ----------
    skipped : pandas.DataFrame
        Table ``skipped``.

    Returns
    -------
    pandas.Series
        dtype str: ``line 3`` where the line is known, else ``row 2``, else nothing.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> from analysis.reading.listing import places
    >>> articles = pd.DataFrame({"text": ["Talks resume.", None]})
    >>> places(fa.read_documents(articles, return_skipped=True)[1]).tolist()
    ['row 2']
    """
    rows = ("row " + skipped["row"].astype("str")).where(skipped["row"].notna(), "")
    lines = "line " + skipped["line"].astype("str")
    return lines.where(skipped["line"].notna(), rows).astype("str")


def unread_files(skipped: pd.DataFrame) -> pd.DataFrame:
    """Choose the files that could not be read.

    Parameters
    ----------
    skipped : pandas.DataFrame
        Table ``skipped``.

    Returns
    -------
    pandas.DataFrame
        Its rows about whole files. Hidden files are not among them: they are in the table, but
        nobody means them to be read.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import analysis as fa
    >>> from analysis.reading.listing import unread_files
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("talks.txt", "photo.jpg", ".hidden"):
    ...         _ = Path(folder, name).write_text("Talks resume.")
    ...     _, skipped = fa.read_documents(folder, return_skipped=True)
    >>> [Path(path).name for path in unread_files(skipped)["path"]]
    ['photo.jpg']
    """
    hidden = skipped["path"].map(lambda path: Path(path).name.startswith(".")).astype("bool")
    return skipped[(skipped["what"] == "file") & ~hidden]


def list_skipped(skipped: pd.DataFrame) -> list[Listing]:
    """Put what was skipped, guessed or changed into lines: first the files that were not read.

    Parameters
    ----------
    skipped : pandas.DataFrame
        Table ``skipped``.

    Returns
    -------
    list of Listing
        One for the files that could not be read, one for everything else; none where there is
        nothing to say.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> from analysis.reading.listing import list_skipped
    >>> articles = pd.DataFrame({"text": ["Talks resume.", None]})
    >>> (listing,) = list_skipped(fa.read_documents(articles, return_skipped=True)[1])
    >>> listing.heading
    '1 note on what was skipped, guessed or changed'
    >>> listing.lines
    ["DataFrame, row 2: there is no text in column 'text'; fill it in or remove the row"]
    """
    unread = unread_files(skipped)
    others = skipped.drop(index=unread.index)
    return [
        _listing(rows, what)
        for rows, what in (
            (unread, ("1 file", "files", "could not be read")),
            (others, ("1 note on what was", "notes on what was", "skipped, guessed or changed")),
        )
        if len(rows)
    ]


def describe_reading(documents: pd.DataFrame, skipped: pd.DataFrame) -> str:
    """Say in one line how many articles were read, and whether anything was skipped.

    Parameters
    ----------
    documents : pandas.DataFrame
        Table ``documents``.
    skipped : pandas.DataFrame
        Table ``skipped`` of the same reading.

    Returns
    -------
    str
        Numbers of articles, of files that could not be read, and of notes on anything else.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> articles = pd.DataFrame({"text": ["Talks resume."]})
    >>> print(fa.describe_reading(*fa.read_documents(articles, return_skipped=True)))
    1 article read; nothing was skipped, guessed or changed
    """
    read = f"{len(documents):,} {'article' if len(documents) == 1 else 'articles'} read"
    notes = [listing.heading for listing in list_skipped(skipped)]
    return "; ".join([read, *(notes or ["nothing was skipped, guessed or changed"])])


def _listing(rows: pd.DataFrame, what: tuple[str, str, str]) -> Listing:
    one, several, fate = what
    heading = f"{one if len(rows) == 1 else f'{len(rows):,} {several}'} {fate}"
    shown = rows.head(_MOST)
    lines = [
        f"{path}{f', {place}' if place else ''}: {reason}"
        for path, place, reason in zip(shown["path"], places(shown), shown["reason"], strict=True)
    ]
    return Listing(heading, lines, len(rows) - len(shown))
