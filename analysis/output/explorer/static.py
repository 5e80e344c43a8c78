"""The explorer's view of one document without a kernel: text, chart and hits as HTML."""

from base64 import b64encode
from io import BytesIO

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.scores import plot_paragraphs
from analysis.figures.style import plain_label, style_context
from analysis.output.explorer.messages import ORDER
from analysis.output.filling import fill_template
from analysis.output.highlighted import highlight
from analysis.tables.checks import category_labels

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


def render_document(
    paragraphs: pd.DataFrame, hits: pd.DataFrame, scores: pd.DataFrame, *, document_id: str
) -> str:
    """Show one document as HTML that needs no kernel: text, frame strip and table of hits."""
    text = highlight(paragraphs, hits, document_id=document_id, blocked=True)
    own = scores[scores["document_id"] == document_id]
    found = hits.assign(label=category_labels(hits))
    found = found[found["document_id"] == document_id].sort_values(ORDER)
    rows = found[list(_COLUMNS)].astype(object).itertuples(index=False)
    return fill_template(
        "explorer_static.html.j2",
        text=text.html,
        picture=_draw(own, document_id),
        alt=_describe_chart(own, document_id),
        columns=list(_COLUMNS.values()),
        hits=[["" if pd.isna(value) else plain_label(value) for value in row] for row in rows],
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
