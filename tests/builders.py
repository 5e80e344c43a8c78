"""Tables that many tests begin with, made from texts as a researcher makes them."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import pytest

import analysis as fa

# A Dask cluster within this process. Whatever its address, its scheduler opens a page: at the
# usual port, the second of two runs on one machine would fail.
IN_PROCESS: dict[str, Any] = {
    "processes": False,
    "n_workers": 1,
    "threads_per_worker": 1,
    "dashboard_address": "127.0.0.1:0",
    "scheduler_kwargs": {"dashboard": False},
}


def leave_undrawn(patch: pytest.MonkeyPatch) -> None:
    """Leave figures of a report empty and draw intervals from few draws: they take longest."""
    module = "analysis.output.article_report"
    formats = ("png", "svg", "txt", "csv")
    patch.setattr(f"{module}.draw_files", lambda *_: dict.fromkeys(formats, b"drawn"))
    patch.setattr(f"{module}.compare_pair", partial(fa.compare_pair, n_resamples=99))


def paragraphs_of(*texts: str, **columns: object) -> pd.DataFrame:
    """Return the paragraphs of texts, each a document; `columns` hold metadata."""
    return fa.split_paragraphs(fa.documents_from_texts(texts).assign(**columns))


def hits_of(text: str, categories: Mapping[str, Any], **options: Any) -> pd.DataFrame:
    """Return the hits of a text for categories with their terms."""
    return fa.find_hits(paragraphs_of(text), fa.lexicon_from_dict("test", categories), **options)


def scores_of(
    texts: Sequence[str],
    lexicon: fa.Lexicon,
    columns: Mapping[str, object] | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Return the scores of the paragraphs of texts; `options` are those of scoring."""
    paragraphs = paragraphs_of(*texts, **columns or {})
    hits = fa.find_hits(paragraphs, lexicon, in_context=False)
    return fa.score_paragraphs(paragraphs, hits, lexicon, **options)
