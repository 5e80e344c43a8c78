"""Explore documents, hits and scores in JupyterLab, by category, voice and certainty."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

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
from analysis.widgets.page import Page, page_source, page_styles

_HERE = Path(__file__).parent


class Explorer(Page):
    """Documents to explore: what `explore` returns."""

    _esm, _css = page_source(_HERE), page_styles(_HERE)

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

    def _static_html(self) -> str:
        return render_document(**self._tables, document_id=self._chosen)

    def _answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        if message["kind"] == "open":
            told = describe_corpus(**self._tables, lexica=self._lexica, document_id=self._chosen)
            if self._corrections is None:
                return {**told, "file": None}
            voices = [*VOICES, *(name for name in told["voices"] if name not in VOICES)]
            return {**told, "voices": voices, "file": str(self._corrections.path)}
        name = self._documents[int(message["document"])]
        if message["kind"] == "correct":
            self._correct(name, message)
        return describe_document(
            self._of_document("paragraphs", name),
            self._of_document("hits", name),
            self._of_document("scores", name),
            self._lexica,
            categories=self._categories,
        )

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
