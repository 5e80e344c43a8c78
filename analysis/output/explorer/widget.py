"""Explore documents, hits and scores in JupyterLab, by category, voice and certainty."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
from IPython.display import display

from analysis.errors import TableError
from analysis.lexicons.model import Lexicon
from analysis.output.explorer.corrections import Corrections
from analysis.output.explorer.messages import (
    ORDER,
    categories_of,
    describe_corpus,
    describe_document,
)
from analysis.output.explorer.static import render_document
from analysis.tables.schema import VOICES

_VIEW = "application/vnd.jupyter.widget-view+json"


class Explorer(anywidget.AnyWidget):
    """Documents to explore: what `explore` returns."""

    _esm = Path(__file__).with_name("widget.js")
    _css = Path(__file__).with_name("widget.css")

    def __init__(
        self,
        paragraphs: pd.DataFrame,
        hits: pd.DataFrame,
        scores: pd.DataFrame,
        lexica: Sequence[Lexicon],
        *,
        document_id: str,
        corrections: Corrections | None = None,
    ) -> None:
        self._corrections = corrections
        self._tables = {"paragraphs": paragraphs, "hits": hits, "scores": scores}
        self._rows = {
            name: table.groupby("document_id").indices for name, table in self._tables.items()
        }
        self._lexica = lexica
        self._documents = paragraphs["document_id"].drop_duplicates().tolist()
        self._categories = categories_of(scores, lexica)
        self._chosen = document_id
        super().__init__()
        self.on_msg(self._reply)

    @property
    def attributions(self) -> pd.DataFrame | None:
        """Table ``attributions`` with the corrections; None where no file keeps them."""
        return self._corrections.table.copy() if self._corrections else None

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
            told = describe_corpus(**self._tables, lexica=self._lexica, document_id=self._chosen)
            if self._corrections is None:
                return {**told, "file": None}
            voices = [*VOICES, *(name for name in told["voices"] if name not in VOICES)]
            return {**told, "voices": voices, "file": str(self._corrections.path)}
        place = int(message["document"])
        try:
            name = self._documents[place]
            if message["kind"] == "correct":
                self._correct(name, message)
            said = describe_document(
                self._of_document("paragraphs", name),
                self._of_document("hits", name),
                self._of_document("scores", name),
                self._lexica,
                categories=self._categories,
            )
        except TableError as fault:
            said = {"kind": "failed", "error": str(fault)}
        if message["kind"] == "correct":
            said["corrected"] = int(message["hit"])
        return {**said, "document": place}

    def _correct(self, name: str, message: Mapping[str, Any]) -> None:
        """Correct a hit, by its place in the list of the page, and show what the file tells."""
        if self._corrections is None or message["voice"] not in VOICES:
            raise TableError("corrections need a file; give explore a path to attributions.csv")
        hits = self._of_document("hits", name).sort_values(ORDER)
        speaker = " ".join(str(message.get("speaker") or "").split()) or None
        hit = hits.iloc[int(message["hit"])].to_dict()
        self._tables["hits"] = self._corrections.correct(
            self._tables["hits"], hit, voice=message["voice"], speaker=speaker
        )

    def _of_document(self, table: str, name: str) -> pd.DataFrame:
        return self._tables[table].iloc[self._rows[table].get(name, [])]
