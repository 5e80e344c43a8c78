"""The table of what was skipped, guessed or changed → lines that people read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.reading.sources import SYSTEM_FOLDER, is_of_system
from analysis.tables.checks import check_frame, check_table

_MOST = 10


@dataclass(frozen=True)
class Listing:
    """A heading, at most ten lines below it, and how many more there are."""

    heading: str
    lines: Sequence[str]
    more: int


def places(skipped: pd.DataFrame) -> pd.Series:
    """Say which line or row of its file each note is about."""
    rows = ("row " + skipped["row"].astype("str")).where(skipped["row"].notna(), "")
    lines = "line " + skipped["line"].astype("str")
    return lines.where(skipped["line"].notna(), rows).astype("str")


def unread_files(skipped: pd.DataFrame) -> pd.DataFrame:
    """Choose the files that could not be read."""
    hidden = skipped["path"].map(_is_of_system).astype("bool")
    return skipped[(skipped["what"] == "file") & ~hidden]


def list_skipped(skipped: pd.DataFrame) -> list[Listing]:
    """Put what was skipped, guessed or changed into lines: first the files that were not read."""
    unread = unread_files(skipped)
    others = skipped.drop(index=unread.index)
    listings = (
        _listing(unread, "1 file", "files", "could not be read"),
        _listing(others, "1 note on what was", "notes on what was", "skipped, guessed or changed"),
    )
    return [listing for listing in listings if listing.lines]


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
    check_frame(documents, "documents")
    skipped = check_table(skipped, "skipped")
    read = f"{len(documents):,} {'article' if len(documents) == 1 else 'articles'} read"
    notes = [listing.heading for listing in list_skipped(skipped)]
    return "; ".join([read, *(notes or ["nothing was skipped, guessed or changed"])])


def _is_of_system(path: str) -> bool:
    return is_of_system(Path(path).name) or SYSTEM_FOLDER in Path(path).parts


def _listing(rows: pd.DataFrame, one: str, several: str, fate: str) -> Listing:
    heading = f"{one if len(rows) == 1 else f'{len(rows):,} {several}'} {fate}"
    shown = rows.head(_MOST)
    lines = [
        f"{path}{f', {place}' if place else ''}: {reason}"
        for path, place, reason in zip(shown["path"], places(shown), shown["reason"], strict=True)
    ]
    return Listing(heading, lines, len(rows) - len(shown))
