"""All steps from documents to scores in one call."""

from collections.abc import Sequence

import pandas as pd

from analysis.hits.find import find_hits
from analysis.hits.summaries import count_entries, find_overlaps
from analysis.languages.language import LanguageName
from analysis.lexicons.loading import load_lexicon
from analysis.lexicons.model import Lexicon
from analysis.scores.scoring import score_documents, score_paragraphs
from analysis.tables.checks import check_table
from analysis.text.segmentation import split_paragraphs, split_sentences

_BUILTIN_LEXICA = ("framing", "hedging", "boosters")


def analyze(
    documents: pd.DataFrame,
    lexica: Lexicon | Sequence[Lexicon] | None = None,
    *,
    attributions: pd.DataFrame | None = None,
    speakers: pd.DataFrame | None = None,
    language: LanguageName | None = None,
) -> dict[str, pd.DataFrame]:
    """Make every table of the analysis in one call.

    Parameters
    ----------
    documents : pandas.DataFrame
        Table ``documents``.
    lexica : Lexicon or sequence of Lexicon, optional
        What to look for; by default the built-in framing, hedging and boosters.
    attributions, speakers : pandas.DataFrame, optional
        As in `find_hits`.
    language : str or path, optional
        As in `split_paragraphs`.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``documents``, ``paragraphs``, ``sentences``, ``hits``, ``scores``,
        ``document_scores``, ``entries`` and ``overlaps``.

    Raises
    ------
    TableError
        If `documents` lacks a column.
    LanguageError
        If there is no such `language`.

    Examples
    --------
    >>> import analysis as fa
    >>> tables = fa.analyze(fa.documents_from_texts(["Troops may cross the border."]))
    >>> len(tables["scores"])
    5
    """
    if lexica is None:
        lexica = [load_lexicon(name) for name in _BUILTIN_LEXICA]
    documents = check_table(documents, "documents", needed=("document_id", "text"))
    paragraphs = split_paragraphs(documents, language=language)
    hits = find_hits(
        paragraphs, lexica, attributions=attributions, speakers=speakers, language=language
    )
    scores = score_paragraphs(paragraphs, hits, lexica)
    return {
        "documents": documents,
        "paragraphs": paragraphs,
        "sentences": split_sentences(paragraphs, language=language),
        "hits": hits,
        "scores": scores,
        "document_scores": score_documents(scores),
        "entries": count_entries(hits),
        "overlaps": find_overlaps(hits),
    }
