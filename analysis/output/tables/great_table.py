"""A printed table as great_tables lays it out, and back where its methods have changed it."""

import hashlib
import json
import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import needed_for
from analysis.output.tables.printed import PrintedColumn, PrintedTable

if TYPE_CHECKING:
    from great_tables import GT

# Background and letters are set together, by JupyterLab's own colours where there are any: one
# alone would leave dark letters on a dark page.
_STYLE = """
#{id} .gt_table, #{id} .gt_heading, #{id} .gt_title, #{id} .gt_subtitle, #{id} .gt_col_heading,
#{id} .gt_row, #{id} .gt_sourcenotes, #{id} .gt_sourcenote {{
  background-color: var(--jp-layout-color0, #ffffff);
  color: var(--jp-content-font-color1, #212121);
}}
#{id} td.gt_right {{ white-space: nowrap; }}
@media print {{
  #{id} {{ overflow: visible !important; padding: 0 !important; }}
  #{id} .gt_table {{ font-size: 7pt; }}
  #{id} .gt_row, #{id} .gt_col_heading {{ padding: 0.2em 0.35em; }}
  #{id} .gt_table:has(th:nth-child(15)) :is(th, td) {{
    overflow-wrap: anywhere;
    white-space: normal;
  }}
  #{id} tr {{ break-inside: avoid; }}
  #{id} tfoot {{ display: table-row-group; }}
}}
"""
_TAG = re.compile(r"<[^>]*>")
# What great_tables can do to a table beyond its description.
_BEYOND = (
    *("_spanners", "_formats", "_substitutions", "_col_merge", "_transforms"),
    *("_summary_rows", "_summary_rows_grand", "_footnotes"),
)


def as_great_table(printed: PrintedTable) -> "GT":
    """Lay out a table as a page that shows itself in a notebook."""
    with needed_for("a table laid out as a web page", "tables"):
        from great_tables import GT
    names = [f"column_{n}" for n in range(len(printed.columns))]
    cells = list(zip(*printed.rows, strict=True)) or [()] * len(names)
    key = json.dumps([next(iter(printed.title), None), printed.headings, cells, printed.notes])
    # The same table gives the same page: great_tables would draw an id at random.
    own_id = f"mf-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
    # A style of great_tables' own would make it warn that LaTeX has none.
    bold = "".join(
        f'#{own_id} td[headers~="{own_id}-{name}"] {{ font-weight: bold; }}\n'
        for name, column in zip(names, printed.columns, strict=True)
        if column.bold
    )
    headings: dict[str, Any] = dict(zip(names, printed.headings, strict=True))
    left = [n for n, c in zip(names, printed.columns, strict=True) if c.side == "left"]
    laid_out = (
        GT(pd.DataFrame(dict(zip(names, cells, strict=True)), dtype=object), id=own_id)
        .cols_label(headings)
        .cols_align("right")
        .cols_align("left", columns=left)
        .tab_options(
            table_additional_css=_STYLE.format(id=own_id) + bold,
            heading_align="left",
            table_font_size="14px",
        )
    )
    for line in printed.title:
        laid_out = laid_out.tab_header(line)
    for line in printed.notes:
        laid_out = laid_out.tab_source_note(line)
    return laid_out


def described(laid_out: "GT") -> PrintedTable:
    """Describe a table that great_tables' own methods may have changed."""
    built = laid_out._build_data("html")
    heading, body = built._heading, built._body.body
    columns = built._boxhead.final_columns(built._options)
    cells = ([_shown(cell, escaped=True) for cell in body[column.var]] for column in columns)
    return PrintedTable(
        tuple(_shown(line) for line in (heading.title, heading.subtitle) if line),
        tuple(PrintedColumn(_shown(c.column_label), c.defaulted_align) for c in columns),
        tuple(zip(*cells, strict=True)),
        tuple(map(_shown, built._source_notes)),
    )


def is_plain(laid_out: "GT") -> bool:
    """Tell whether a description holds all of a table: no spanner, group or markup is in it."""
    texts = [laid_out._heading.title, laid_out._heading.subtitle, *laid_out._source_notes]
    texts += [column.column_label for column in laid_out._boxhead]
    return not (
        any(getattr(laid_out, part) for part in _BEYOND)
        or any(column.is_stub for column in laid_out._boxhead)
        or any(hasattr(text, "to_html") for text in texts)
    )


def _shown(text: Any, *, escaped: bool = False) -> str:
    """Return what a reader sees of a text that may hold markup."""
    html = text.to_html() if hasattr(text, "to_html") else text if escaped else escape(text)
    return unescape(_TAG.sub("", html))
