"""How articles are called wherever a reader meets them, and how lists stand in sentences."""

import textwrap
from collections.abc import Iterable

import pandas as pd

from analysis.errors import TableError
from analysis.tables.checks import check_frame, dates_as_text

# Letters of a title that stand for it where outlet and date are those of several articles.
_TITLE = 24


def name_documents(documents: pd.DataFrame) -> dict[str, str]:
    """Name each article for its readers: by outlet and date.

    Figures name articles so, and tables can. Where two articles share outlet and date, the
    beginning of the title stands behind them, or the id where the titles do not tell them apart
    either. An article without an outlet is named by its date and title, or by its id.

    Parameters
    ----------
    documents : pandas.DataFrame
        Table ``documents``, or another one with ``document_id`` and these columns.

    Returns
    -------
    dict of str to str
        The name of each id, in the order of the table. No two are equal.

    Raises
    ------
    TableError
        If the table has no column ``document_id``.

    Examples
    --------
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["A threat.", "Rain.", "Aid."], ["a", "b", "c"])
    >>> documents["outlet"], documents["date"] = "Sun", ["2025-01-02", "2025-01-02", "2025-01-05"]
    >>> fa.name_documents(documents)
    {'a': 'Sun, 2025-01-02, a', 'b': 'Sun, 2025-01-02, b', 'c': 'Sun, 2025-01-05'}
    """
    documents = check_frame(documents, "documents")
    if "document_id" not in documents:
        raise TableError("documents have no column 'document_id'; give a table of articles")
    first = documents.drop_duplicates("document_id")
    ids = [str(own) for own in first["document_id"]]
    outlets, dates, titles = (_told(first, name) for name in ("outlet", "date", "title"))
    titles = [textwrap.shorten(title, _TITLE, placeholder="…") for title in titles]
    told = list(zip(outlets, dates, titles, ids, strict=True))
    # A date alone names no article.
    short = [_joined(own[:2]) if own[0] else "" for own in told]
    titled = [_joined(own[:3]) if own[2] else "" for own in told]
    numbered = [_joined([own[0], own[1], own[3]]) if own[0] else own[3] for own in told]
    labels = pd.Series(numbered, dtype=object)
    for names in (pd.Series(titled, dtype=object), pd.Series(short, dtype=object)):
        labels = labels.mask((names != "") & ~names.duplicated(keep=False), names)
    return dict(zip(ids, labels if labels.is_unique else ids, strict=True))


def listed(items: Iterable[str], last: str = "and") -> str:
    """Write items as a list in a sentence, with a word before the last."""
    *first, end = [*items] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end


def _joined(parts: tuple[str, ...] | list[str]) -> str:
    return ", ".join(filter(None, parts))


def _told(table: pd.DataFrame, name: str) -> list[str]:
    """Return a column of metadata as text, what is missing as an empty one."""
    if name not in table.columns:
        return [""] * len(table)
    known = dates_as_text(table[name]).astype(object).where(table[name].notna(), "")
    return [" ".join(str(own).split()) for own in known]
