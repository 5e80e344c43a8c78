"""The explorer's view of one document without a kernel: text, chart and hits as HTML."""

from base64 import b64encode
from html import escape
from io import BytesIO
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.scores import plot_paragraphs
from analysis.figures.style import category_labels, plain_label, style_context
from analysis.output.highlighted import show_text

_COLUMNS = {
    "paragraph": "paragraph",
    "surface": "words",
    "label": "category",
    "subcategory": "subcategory",
    "entry": "entry",
    "voice": "voice",
    "speaker": "speaker",
    "certainty": "certainty",
    "blocked_by": "not counted, excluded by",
}
_STYLE = """
.mf-explorer-static img { display: block; height: auto; max-width: 100%; }
.mf-explorer-static-hits {
  margin-top: 1em; border: 1px solid var(--jp-border-color1, #bdbdbd);
  max-height: 30em; overflow: auto;
}
@media print { .mf-explorer-static-hits { max-height: none; } }
.mf-explorer-static table { border-collapse: collapse; font-size: 13px; margin: 0; }
.mf-explorer-static .mf-explorer-static-hits :is(th, td) {
  padding: 0.2em 0.6em; text-align: left; vertical-align: top;
}
"""


def render_document(
    paragraphs: pd.DataFrame, hits: pd.DataFrame, scores: pd.DataFrame, *, document_id: str
) -> str:
    """Show one document as HTML that needs no kernel: text, frame strip and table of hits."""
    text = show_text(paragraphs, hits, document_id=document_id, show_blocked=True)
    own = scores[scores["document_id"] == document_id]
    found = hits.assign(label=category_labels(hits))
    found = found[found["document_id"] == document_id].sort_values(["paragraph", "start", "end"])
    # The style comes last and as a comment, as in show_text, for viewers that strip it.
    return (
        '<div class="mf-explorer-static tex2jax_ignore mathjax_ignore">'
        "<p>One document as it stands without Python; in JupyterLab, run this cell to choose "
        "documents, categories, voices and certainty.</p>"
        f"{text.html}"
        f'<img src="data:image/png;base64,{_draw(own, document_id)}" '
        f'alt="{escape(_describe_chart(own, document_id))}">'
        f"{_table(found)}<style><!--{_STYLE}--></style></div>"
    )


def _draw(scored: pd.DataFrame, document_id: str) -> str:
    n_categories = len(scored[["lexicon", "category"]].drop_duplicates())
    width = min(3.5 + max(0.32 * scored["paragraph"].nunique(), 4.4), 16.0)
    # A figure of our own, so that no backend shows it a second time.
    with style_context():
        figure = Figure(figsize=(width, 1.2 + 0.4 * max(n_categories, 2)), layout="constrained")
        plot_paragraphs(scored, document_id=document_id, ax=figure.subplots())
        picture = BytesIO()
        figure.savefig(picture, format="png", dpi=100, metadata={"Software": None})
    return b64encode(picture.getvalue()).decode("ascii")


def _describe_chart(scored: pd.DataFrame, document_id: str) -> str:
    parts = []
    for name, rows in scored.groupby(category_labels(scored), sort=False):
        total = int(rows["n_hits"].sum())
        most = rows["paragraph"].iloc[int(rows["n_hits"].to_numpy().argmax())]
        parts.append(f"{name}: {total:,}" + (f", most in paragraph {most}" if total else ""))
    return plain_label(f"Hits by paragraph of {document_id}. {'; '.join(parts)}")


def _table(found: pd.DataFrame) -> str:
    if found.empty:
        return "<p>No hits.</p>"
    head = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS.values())
    rows = found[list(_COLUMNS)].itertuples(index=False)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return (
        '<div class="mf-explorer-static-hits" tabindex="0" role="region" aria-label="Hits">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(value: Any) -> str:
    return f"<td>{'' if pd.isna(value) else escape(plain_label(value))}</td>"
