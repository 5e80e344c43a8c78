"""Documents, hits and scores, checked → a page to explore them in JupyterLab."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import ArgumentError, ArgumentTypeError, TableError, check_text, needed_for
from analysis.lexicons.model import Lexicon
from analysis.output.explorer.corrections import Corrections
from analysis.tables.checks import check_hits, check_table, unknown_document
from analysis.tables.schema import SPLIT

if TYPE_CHECKING:
    from analysis.output.explorer.widget import Explorer

_KEY = ["document_id", "paragraph", "lexicon", "category"]


def explore(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    scores: pd.DataFrame,
    lexica: Lexicon | Sequence[Lexicon],
    *,
    document_id: str | None = None,
    path: str | os.PathLike[str] | None = None,
    speakers: pd.DataFrame | None = None,
) -> "Explorer":
    """Explore documents in JupyterLab: the text, its hits and rates, and the entries behind.

    One chooses the document, the categories, voices (narrator, quote, paraphrase) and
    certainty that count; the highlighted text, the bars of each paragraph and the table of
    hits follow at once. A bar leads to its paragraph. A hit shows its entry in the lexicon,
    the definition of its category, what excludes it, and the words that decided about voice
    and certainty. All of it works by mouse and by keys. In a report, and where no Python
    runs, one document stays: its text, the frame strip and the hits.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.
    hits : pandas.DataFrame
        Table ``hits`` found in these paragraphs, of one lexicon or of several. Without voice
        and certainty (``in_context=False``) these are shown as not determined.
    scores : pandas.DataFrame
        Table ``scores`` of these hits, one row for each paragraph, lexicon and category.
    lexica : Lexicon or sequence of Lexicon
        The lexica that the hits were found with.
    document_id : str, optional
        The document to begin with, and the one that stays in a report. Without it, the first.
    path : str or path, optional
        File that keeps corrections, for instance ``attributions.csv``. With it, voice and
        speaker of a hit can be corrected in the page. Each correction is saved at once: the
        file holds a whole table ``attributions``, which `find_hits` takes by ``attributions=``.
        It begins with what `find_attributions` finds; a table that is there already goes on,
        and the page shows the voices that it tells.
    speakers : pandas.DataFrame, optional
        Table ``speaker_names`` that the hits were found with: the names of the file at `path`
        are united by it, too.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Raises
    ------
    TypeError
        If a table is no DataFrame, or `lexica` are no lexica.
    TableError
        If a table breaks its schema or lacks a document, scores are split, a lexicon is
        missing, the scores are not those of the hits, or the file at `path` is another one.

    Notes
    -----
    Bars show hits per 1,000 tokens, and the number of hits in brackets: hits with the chosen
    voices and certainty, over all tokens of the paragraph. Hits that an exclusion vetoed can
    be shown; they count nowhere.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat."], ["a"]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> fa.explore(paragraphs, hits, fa.score_paragraphs(paragraphs, hits, lexicon), lexicon)
    1 documents with 1 hits. To explore them, run this cell in JupyterLab.
    """
    check_text("document_id", document_id)
    paragraphs, hits, _ = check_hits(paragraphs, hits)
    scores = _unsplit(scores)
    known = list(lexica) if isinstance(lexica, Sequence) else [lexica]
    if not all(isinstance(lexicon, Lexicon) for lexicon in known):
        raise ArgumentTypeError(
            "lexica must be a Lexicon or a list of them; load each with load_lexicon"
        )
    missing = {*hits["lexicon"], *scores["lexicon"]} - {lexicon.id for lexicon in known}
    if missing:
        raise TableError(
            f"the tables have the lexicon {min(missing)}, which lexica lack; "
            "give the lexica that the hits were found with"
        )
    if paragraphs.empty:
        raise TableError("paragraphs has no rows to explore; give at least one document")
    chosen = paragraphs["document_id"].iloc[0] if document_id is None else document_id
    _check_documents(paragraphs, "paragraphs", [chosen])
    _check_documents(scores, "scores", paragraphs["document_id"].unique())
    _check_counts(hits, scores)
    with needed_for("exploring in JupyterLab", "notebook"):
        from analysis.output.explorer.widget import Explorer
    corrections = None
    if path is not None:
        if Path(path).suffix != ".csv":
            raise ArgumentError(f"path is {str(path)!r}; give the name of a .csv file")
        corrections = Corrections(Path(path).expanduser(), paragraphs, speakers)
        hits = corrections.apply(hits)
    return Explorer(paragraphs, hits, scores, known, document_id=chosen, corrections=corrections)


def _unsplit(scores: pd.DataFrame) -> pd.DataFrame:
    """Return scores that are not split already."""
    scores = check_table(scores, "scores", unique=False)
    if split := [name for name in SPLIT if name in scores]:
        raise TableError(
            f"scores are split by {', '.join(split)}; give those made without "
            "split and detail, since the page splits them itself"
        )
    return check_table(scores, "scores")


def _check_documents(table: pd.DataFrame, name: str, wanted: Iterable[str]) -> None:
    known = set(table["document_id"])
    lacking = [document_id for document_id in wanted if document_id not in known]
    if lacking:
        raise TableError(unknown_document(table, name, lacking[0]))


def _check_counts(hits: pd.DataFrame, scores: pd.DataFrame) -> None:
    """Refuse scores of other hits: their bars would tell of words that the page does not show."""
    found = hits[hits["blocked_by"].isna()].groupby(_KEY).size().rename("found")
    both = scores[[*_KEY, "n_hits"]].merge(found.reset_index(), on=_KEY, how="outer")
    differing = both[both["found"].fillna(0) != both["n_hits"].fillna(0)]
    if len(differing):
        first = differing.fillna({"found": 0, "n_hits": 0}).iloc[0]
        raise TableError(
            f"paragraph {first['paragraph']} of document {first['document_id']!r} has "
            f"{first['found']:.0f} hits of {first['category']!r} in hits and "
            f"{first['n_hits']:.0f} in scores; score these hits again"
        )
