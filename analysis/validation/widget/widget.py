"""Show paragraphs to code in JupyterLab, one at a time, and save every answer at once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Template

from analysis.validation.widget.answers import (
    CODES,
    count_coded,
    now,
    rows_in_sheet,
    set_code,
    set_note,
)
from analysis.validation.widget.files import read_answers, write_answers
from analysis.validation.widget.keys import keys_for
from analysis.widgets.page import Page, page_source, page_styles

_HERE = Path(__file__).parent


class CodingWidget(Page):
    """Paragraphs to code: what `code_paragraphs` returns."""

    _esm, _css = page_source(_HERE), page_styles(_HERE)

    def __init__(
        self, sheet: pd.DataFrame, codebook: pd.DataFrame, *, coder: str, path: Path
    ) -> None:
        self._sheet, self._codebook, self._coder, self._path = sheet, codebook, coder, path
        self._answers = read_answers(path, sheet, codebook, coder=coder)
        self._latest: dict[tuple[str, int, str], int] = {}
        super().__init__()

    @property
    def codes(self) -> pd.DataFrame:
        """Table ``codes`` as it stands now; a code is null where none is given yet."""
        return self._answers[list(CODES)].copy()

    def __repr__(self) -> str:
        """Say how far the coding has come."""
        n_coded = count_coded(self._answers, self._codebook)
        return (
            f"{self._coder} has coded {n_coded:,} of {len(self._sheet):,} paragraphs. "
            "To code, run this cell in JupyterLab."
        )

    def _static_html(self) -> str:
        return _static_view().render(progress=repr(self))

    def _answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        # Another notebook may have written to the file since; a file that is gone is written
        # again from what is known here.
        if self._path.exists():
            self._answers = read_answers(self._path, self._sheet, self._codebook, coder=self._coder)
        if message["kind"] == "open":
            return self._describe_sheet()
        if not self._is_overtaken(message):
            changed = self._apply(message)
            write_answers(changed, self._path)
            self._answers = changed
        row = int(message["row"])
        given = self._answers_by_row().get(row, {"codes": {}, "note": ""})
        return {"kind": "saved", "row": row, **given}

    def _is_overtaken(self, message: Mapping[str, Any]) -> bool:
        """Tell whether a later answer to the same question came first, by another thread."""
        view, number = message["id"]
        question = (view, int(message["row"]), message.get("category", ""))
        latest = self._latest.get(question, 0)
        self._latest[question] = max(number, latest)
        return bool(number < latest)

    def _apply(self, message: Mapping[str, Any]) -> pd.DataFrame:
        """Return the answers with what a message from the page says."""
        tables = (self._answers, self._sheet, self._codebook)
        row = int(message["row"])
        if message["kind"] == "note":
            return set_note(*tables, coder=self._coder, row=row, note=message["note"])
        return set_code(
            *tables,
            coder=self._coder,
            row=row,
            category=message["category"],
            code=message["code"],
            time=now(),
        )

    def _describe_sheet(self) -> dict[str, Any]:
        """Return all that the page shows, as values that can be sent to it."""
        categories = []
        for name, own in self._codebook.groupby("category", sort=False):
            codes = own[["code", "meaning"]].assign(key=keys_for(own["code"].tolist()))
            definition = own["definition"].iloc[0]
            categories.append(
                {"name": name, "definition": definition, "codes": codes.to_dict("records")}
            )
        return {
            "kind": "sheet",
            "coder": self._coder,
            "file": str(self._path),
            "texts": self._sheet["text"].tolist(),
            "categories": categories,
            "answers": {str(row): given for row, given in self._answers_by_row().items()},
        }

    def _answers_by_row(self) -> dict[int, dict[str, Any]]:
        """Sort answers by the row of the sheet."""
        by_row: dict[int, dict[str, Any]] = {}
        rows = rows_in_sheet(self._answers, self._sheet).tolist()
        columns = (self._answers[column] for column in ("category", "code", "note"))
        for row, category, code, note in zip(rows, *columns, strict=True):
            given = by_row.setdefault(row, {"codes": {}, "note": "" if pd.isna(note) else note})
            if not pd.isna(code):
                given["codes"][category] = code
        return by_row


@cache
def _static_view() -> Template:
    return Template((_HERE / "static.html.j2").read_text("utf-8"), autoescape=True)
