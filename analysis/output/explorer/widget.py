"""Explore documents, hits and scores in JupyterLab, by category, voice and certainty."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
from IPython.display import display

from analysis.errors import ArgumentTypeError, TableError
from analysis.output.explorer.messages import (
    LexiconLike,
    categories_of,
    describe_corpus,
    describe_document,
)
from analysis.output.explorer.static import render_document
from analysis.tables.checks import check_table, check_texts, unknown_document
from analysis.tables.schema import SPLIT

_VIEW = "application/vnd.jupyter.widget-view+json"
_KEY = ["document_id", "paragraph", "lexicon", "category"]


class Explorer(anywidget.AnyWidget):
    """Documents to explore: what `explore` returns."""

    _esm = Path(__file__).with_name("widget.js")
    _css = Path(__file__).with_name("widget.css")

    def __init__(
        self,
        paragraphs: pd.DataFrame,
        hits: pd.DataFrame,
        scores: pd.DataFrame,
        lexica: Sequence[LexiconLike],
        *,
        document_id: str,
    ) -> None:
        self._tables = {"paragraphs": paragraphs, "hits": hits, "scores": scores}
        self._rows = {
            name: table.groupby("document_id").indices for name, table in self._tables.items()
        }
        self._lexica = lexica
        self._documents = paragraphs["document_id"].drop_duplicates().tolist()
        self._categories = categories_of(scores)
        self._chosen = document_id
        super().__init__()
        self.on_msg(self._reply)

    def __repr__(self) -> str:
        """Say what there is to explore."""
        counted = int(self._tables["hits"]["blocked_by"].isna().sum())
        return (
            f"{len(self._documents):,} documents with {counted:,} hits. "
            "To explore them, run this cell in JupyterLab."
        )

    def _ipython_display_(self) -> None:
        # The widget comes first, so that the page is built while the chart is drawn.
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        display({_VIEW: view, "text/plain": ""}, raw=True)
        # The document stands apart since reports would show the widget, which is blank there;
        # a living widget hides it.
        html = render_document(**self._tables, document_id=self._chosen)
        display({"text/html": html, "text/plain": repr(self)}, raw=True)

    def _reply(self, _: Any, message: Any, __: Any) -> None:
        self.send({**self._answer(message), "view": message.get("view")})

    def _answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Return what to say to a message from the page."""
        if message["kind"] == "open":
            return describe_corpus(**self._tables, lexica=self._lexica, document_id=self._chosen)
        place = int(message["document"])
        try:
            name = self._documents[place]
            said = describe_document(
                self._of_document("paragraphs", name),
                self._of_document("hits", name),
                self._of_document("scores", name),
                self._lexica,
                categories=self._categories,
            )
        except TableError as fault:
            said = {"kind": "failed", "error": str(fault)}
        return {**said, "document": place}

    def _of_document(self, table: str, name: str) -> pd.DataFrame:
        return self._tables[table].iloc[self._rows[table].get(name, [])]


def explore(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    scores: pd.DataFrame,
    lexica: LexiconLike | Sequence[LexiconLike],
    *,
    document_id: str | None = None,
) -> Explorer:
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
        missing, or the scores are not those of the hits.

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
    for name, table in (("paragraphs", paragraphs), ("hits", hits)):
        check_table(table, name)
    # No message could hold half a surrogate pair.
    check_texts(paragraphs, "paragraphs")
    _check_scores(scores)
    known = list(lexica) if isinstance(lexica, Sequence) else [lexica]
    if isinstance(lexica, str) or not all(hasattr(lexicon, "categories") for lexicon in known):
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
    _check_documents(paragraphs, "paragraphs", [chosen, *hits["document_id"].unique()])
    _check_documents(scores, "scores", paragraphs["document_id"].unique())
    _check_counts(hits, scores)
    return Explorer(paragraphs, hits, scores, known, document_id=chosen)


def _check_scores(scores: pd.DataFrame) -> None:
    split = [name for name in SPLIT if name in getattr(scores, "columns", ())]
    if split:
        raise TableError(
            f"scores are split by {', '.join(split)}; give those made without by "
            "and level, since the page splits them itself"
        )
    check_table(scores, "scores")


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
