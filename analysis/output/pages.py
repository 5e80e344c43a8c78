"""A page for every article: sentences, a strip by paragraph, the text with its hits, tables."""

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import MediaFramingError
from analysis.languages.language import LanguageName
from analysis.languages.measured import told_validity
from analysis.output.article_page import TOLD, article_parts, article_title
from analysis.output.article_sentences import label_categories
from analysis.output.filling import fill_template
from analysis.output.highlighted import looks_of
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
    documents: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Write a page for each article, and an index of them.

    A page says in sentences which frames the article has (`describe_document`), shows a strip
    of its paragraphs and categories, the text with its hits, and tables of hits and speakers. It
    leads to the articles before and behind it, in the order of their ids.

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
    documents : pandas.DataFrame, optional
        Table ``documents``, for titles and authors. Without it, a title is the headline in the
        text, or the id.
    scores : pandas.DataFrame, optional
        Table ``scores`` of these hits, to show its categories. Without it, those of the hits.

    Returns
    -------
    pandas.DataFrame
        Table ``pages``: the file of each document. It is also written to ``index.csv``.
        Names are made of the ids and cannot lead out of the folder.

    Raises
    ------
    TableError
        If a table breaks its schema, `scores` lack a category of the hits, or the folder cannot
        be written to.

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
    if documents is not None:
        documents = check_table(documents, "documents", needed=("document_id",))
    if scores is not None:
        scores = check_table(scores, "scores", unique=False)
    return write_pages(
        *(paragraphs, hits, Path(folder)),
        attributions=attributions,
        documents=documents,
        scores=scores,
    )


def write_pages(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    folder: Path,
    *,
    attributions: pd.DataFrame | None = None,
    documents: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    language: LanguageName | None = None,
    start: str | None = None,
) -> pd.DataFrame:
    """Write the pages of tables that are checked already; `start` is where all pages begin."""
    categories = label_categories(hits, scores)
    known = metadata_of(documents)
    articles = _by_document(paragraphs)
    found, said, looks = _by_document(hits), _by_document(attributions), looks_of(hits)
    titles = {name: article_title(own, known.get(name)) for name, own in articles.items()}
    ids = list(titles)
    files = [file_name_for(name, ".html") for name in ids]
    index = make_table("pages", {"document_id": ids, "file": files})
    _refuse_another(folder / _INDEX)
    save_table(index, folder / _INDEX)
    validity = told_validity(paragraphs, "certainty", "voice", "speaker", language=language)
    titled = dict(zip(ids, zip(files, titles.values(), strict=True), strict=True))
    ordered = sorted(ids, key=_by_number)
    links = [titled[name] for name in ordered]
    for place, name in enumerate(ordered):
        article = article_parts(
            *(articles[name], found.get(name, hits[:0]), categories),
            document_id=name,
            looks=looks,
            attributions=None if attributions is None else said.get(name, attributions[:0]),
            document=known.get(name),
            language=language,
        )
        page = fill_template(
            "article.html.j2",
            article=article,
            validity=validity,
            start=start,
            previous=links[place - 1] if place else None,
            next=links[place + 1] if place + 1 < len(links) else None,
        )
        write_text_whole(folder / links[place][0], page, errors="replace")
    return index


def _by_document(table: pd.DataFrame | None) -> dict[str, pd.DataFrame]:
    """Part a table once for all pages."""
    if table is None:
        return {}
    return {str(name): own for name, own in table.groupby("document_id", sort=False)}


def _by_number(document_id: str) -> list[str | int]:
    """Sort "news#2" before "news#10"."""
    parts = re.split("([0-9]+)", document_id)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def metadata_of(documents: pd.DataFrame | None) -> dict[str, dict[str, Any]]:
    """Return what pages tell of each document besides its text."""
    if documents is None:
        return {}
    told = [name for name in ("title", *TOLD) if name in documents]
    return dict(zip(documents["document_id"], documents[told].to_dict("records"), strict=True))


def _refuse_another(path: Path) -> None:
    """Refuse to replace a file of the user's that bears the name of our index."""
    with suppress(FileNotFoundError):
        head = path.read_bytes()[:80].decode("utf-8-sig", errors="replace")
        if not head.startswith("document_id,file"):
            raise MediaFramingError(not_ours(path))
