"""Where the project keeps its data and puts its figures.

Notebooks run in their own folder under nbconvert and in the caller's under
papermill, so every path starts from here and never from the current folder.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """Return the folder of articles to analyse.

    Returns
    -------
    pathlib.Path
        The folder named by the environment variable ``MEDIA_FRAMING_DATA``,
        else the demonstration articles in ``data/articles``.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.data_folder().name
    'articles'
    """
    chosen = os.environ.get("MEDIA_FRAMING_DATA")
    return Path(chosen).expanduser() if chosen else ROOT / "data" / "articles"


def figures_folder() -> Path:
    """Return the folder that figures are written to.

    Returns
    -------
    pathlib.Path
        The folder named by the environment variable ``MEDIA_FRAMING_FIGURES``
        (for a checkout that may not be written to), else ``figures``.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.figures_folder().name
    'figures'
    """
    chosen = os.environ.get("MEDIA_FRAMING_FIGURES")
    return Path(chosen).expanduser() if chosen else ROOT / "figures"


def coding_sheets_folder(figures: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder in which coding sheets and the files of coders are kept."""
    beside = figures_folder() if figures is None else Path(figures).expanduser()
    return beside.parent / "coding"


def demonstration_codes(articles: str | os.PathLike[str]) -> Path | None:
    """Return the folder of demonstration codes, if the articles are those they belong to.

    Parameters
    ----------
    articles : str or path
        The folder of articles.

    Returns
    -------
    pathlib.Path or None
        ``data/coding`` for the demonstration articles in ``data/articles``, else None.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.demonstration_codes("articles of my own") is None
    True
    """
    articles_of_codes = ROOT / "data" / "articles"
    belongs = Path(articles).expanduser().resolve() == articles_of_codes
    return ROOT / "data" / "coding" if belongs else None
