"""The project that you work in: where its articles are, and where figures and codes go.

The project is the nearest folder, from the working folder upwards, that holds ``notebooks``
and ``data/articles``: notebooks run in their own folder under JupyterLab and nbconvert, and
papermill runs them in the caller's. Where there is none, it is the working folder. Nothing is
written beside the package.
"""

import hashlib
import os
from pathlib import Path

from analysis.saving.ownership import place_of, write_owned

PACKAGE = Path(__file__).resolve().parents[1]
_MARKS = ("notebooks", "data/articles")
# Names the articles that the figures of a folder were made from.
_ORIGIN = "made_from.txt"
_latest: Path | None = None


def find_project() -> Path | None:
    """Return the project that the working folder lies in, if there is one."""
    here = Path.cwd()
    return next(filter(_is_project, (here, *here.parents)), None)


def home_folder() -> Path:
    """Return the project, or the working folder where there is none."""
    return find_project() or Path.cwd()


def bundled_folder() -> Path:
    """Return the folder of the notebooks and data that come with the package."""
    packed = PACKAGE / "project"
    # In a checkout they stand beside the package.
    return packed if packed.is_dir() else PACKAGE.parent


def data_folder() -> Path:
    """Return the folder of articles to analyse.

    Returns
    -------
    pathlib.Path
        The folder named by the environment variable ``MEDIA_FRAMING_DATA``, else
        ``data/articles`` of the project. The project is the nearest folder, from the working
        folder upwards, that holds ``notebooks`` and ``data/articles``; outside of any, the
        demonstration articles that come with the package are returned.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.data_folder().name
    'articles'
    """
    chosen = os.environ.get("MEDIA_FRAMING_DATA")
    if chosen:
        return Path(os.path.expanduser(chosen))
    return (find_project() or bundled_folder()) / "data" / "articles"


def figures_folder() -> Path:
    """Return the folder that figures are written to.

    Returns
    -------
    pathlib.Path
        The folder named by the environment variable ``MEDIA_FRAMING_FIGURES``, else
        ``figures`` of the project or, outside of any, of the working folder. If that folder
        has figures of other articles than those that `read_documents` read last, its
        subfolder named after the articles, so that no figure replaces one of other articles.
        The ``figures`` of a project are those of its own ``data/articles``.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.figures_folder().name
    'figures'
    """
    return figures_of(_latest or data_folder())


def figures_top() -> Path:
    """Return the folder of figures that was chosen, or that of the project."""
    chosen = os.environ.get("MEDIA_FRAMING_FIGURES")
    return Path(os.path.expanduser(chosen)) if chosen else home_folder() / "figures"


def figures_of(articles: Path, top: Path | None = None) -> Path:
    """Return the folder within `top` that holds figures of these articles, or of none yet."""
    articles, folder = place_of(articles), place_of(top or figures_top())
    origin = _origin_of(articles, folder)
    name = articles.stem if articles.is_file() else articles.name
    own = folder.name == "figures" and _is_project(folder.parent)
    if ("data/articles" if own else _noted_origin(folder)) in ("", origin):
        return folder
    if _noted_origin(folder / name) in ("", origin):
        return folder / name
    digits = hashlib.sha256(origin.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return folder / f"{name}-{digits}"


def mark_figures(folder: Path, articles: Path | None = None, top: Path | None = None) -> None:
    """Note in a folder which articles its figures are made from."""
    # Whatever has this name and says nothing is left as it is.
    if not os.path.lexists(folder / _ORIGIN):
        origin = _origin_of(articles or _latest or data_folder(), place_of(top or figures_top()))
        noted = f"{origin}\n".encode("utf-8", "surrogateescape")
        write_owned(folder, Path(_ORIGIN).stem, {_ORIGIN: noted})


def note_articles(source: str | os.PathLike[str]) -> None:
    """Remember the articles that were read last: figures saved from now on are theirs."""
    global _latest
    _latest = place_of(source)


def coding_home(figures: Path | None = None) -> Path:
    """Return the folder that holds all coding sheets, beside that of the figures."""
    return place_of(figures or figures_top()).parent / "coding"


def demonstration_codes(articles: str | os.PathLike[str]) -> Path | None:
    """Return the folder of demonstration codes, if the articles are those they belong to.

    Parameters
    ----------
    articles : str or path
        The folder of articles.

    Returns
    -------
    pathlib.Path or None
        The demonstration codes that come with the package if the folder holds the files of
        the demonstration articles and no others, else None.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.demonstration_codes("articles of my own") is None
    True
    """
    data = bundled_folder() / "data"
    belong = _names_in(Path(os.path.expanduser(articles))) == _names_in(data / "articles")
    return data / "coding" if belong else None


def _is_project(folder: Path) -> bool:
    return all(os.path.isdir(folder / mark) for mark in _MARKS) and PACKAGE not in folder.parents


def _origin_of(articles: Path, figures: Path) -> str:
    """Name articles as seen from the project, so that it can be moved with its figures."""
    whole, home = place_of(articles), figures.parent
    return whole.relative_to(home).as_posix() if whole.is_relative_to(home) else str(whole)


def _noted_origin(folder: Path) -> str:
    try:
        return (folder / _ORIGIN).read_text(encoding="utf-8", errors="surrogateescape").strip()
    except OSError:
        return ""


def _names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*") if not path.name.startswith(".")}
