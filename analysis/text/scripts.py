"""Words that mix scripts: look-alike letters that no lexicon can match."""

import unicodedata

import pandas as pd

from analysis.tables.checks import check_table, make_table
from analysis.tables.core import TABLES
from analysis.tables.schema import PLACE
from analysis.text.tokens import tokenize

# The scripts whose letters pass for each other's.
_CONFUSABLE = frozenset({"ARMENIAN", "CHEROKEE", "COPTIC", "CYRILLIC", "GREEK", "LATIN"})


def find_mixed_script(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """List the words whose letters come from more than one look-alike script.

    A Cyrillic letter in an English word (a scraping fault, or a trick against
    filters) hides the word from every lexicon; matching does not guess, so such
    words are listed.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.

    Returns
    -------
    pandas.DataFrame
        Table ``mixed_script``, in order of place; no rows where all is well.

    References
    ----------
    Unicode Technical Standard 39, Unicode Security Mechanisms.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["\\u0455ecurity first"]))
    >>> fa.find_mixed_script(paragraphs)[["start", "end", "scripts"]].values.tolist()
    [[0, 8, 'CYRILLIC, LATIN']]
    """
    needed = (*PLACE, "start", "text")
    paragraphs = check_table(paragraphs, "paragraphs", needed=needed)
    rows: list[tuple[object, ...]] = []
    columns = (paragraphs[name].tolist() for name in needed)
    for document_id, number, offset, text in zip(*columns, strict=True):
        if text.isascii():
            continue
        tokens = tokenize(text)
        for place, form in enumerate(tokens.forms):
            scripts = set() if form.isascii() else {_script(c) for c in form} & _CONFUSABLE
            if len(scripts) > 1:
                start, end = tokens.original_span(place, place)
                where = (document_id, number, offset + start, offset + end)
                rows.append((*where, text[start:end], ", ".join(sorted(scripts))))
    names = list(TABLES["mixed_script"].columns)
    return make_table("mixed_script", pd.DataFrame(rows, columns=names))


def _script(character: str) -> str:
    return unicodedata.name(character, "").split(" ")[0]
