"""Any table of the package → a table fit to print."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import ArgumentError, TableError, check_names, check_text
from analysis.output.tables.cells import cell_text, interval_text
from analysis.output.tables.columns import ShownColumn, shown_columns
from analysis.output.tables.great_table import as_great_table
from analysis.output.tables.notes import cell_reasons, marked, source_notes
from analysis.output.tables.printed import PrintedColumn, PrintedTable
from analysis.tables.checks import check_frame, plain_table

if TYPE_CHECKING:
    from great_tables import GT

_MOST_DECIMALS = 10


def format_table(
    table: pd.DataFrame,
    *,
    title: str | None = None,
    decimals: int | Mapping[str, int] | None = None,
    columns: Sequence[str] | None = None,
    note: str | None = None,
) -> "GT":
    """Lay out a table for a paper: plain headings, rounded numbers, intervals, and a note.

    Headings and units come from the table's schema. Rates have one decimal, shares and other
    measures two, counts a comma between thousands; p-values are as ``.034`` and ``< .001``;
    two bounds are one column. A null is an en dash, with a letter that the note below explains.
    The note tells how many documents or the like a row rests on, how intervals and p-values
    were made, and the versions of the lexica and of this package.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table of this package, or part of one. It is not changed. Columns of your own keep
        their names.
    title : str, optional
        What stands above the table.
    decimals : int or mapping of str to int, optional
        Digits after the point: of all rates, shares and measures, or by column. An interval
        has those of what it is an interval of.
    columns : sequence of str, optional
        Columns to print, in this order; ``low`` or ``high`` stands for both. Without it all but
        those that the note tells, and the sums behind the ratios of scores.
    note : str, optional
        A line of your own above the note.

    Returns
    -------
    great_tables.GT
        Shows itself in a notebook, in a light or dark theme. `save_formatted` writes it to a
        file; the methods of great_tables change it.

    Raises
    ------
    TypeError
        If `table` is no DataFrame, or `columns` is a str.
    TableError
        If `columns` or `decimals` names a column that the table does not have.
    ValueError
        If `decimals` is no whole number from 0 to 10.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat looms."], ["a"]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> scores = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexicon), lexicon)
    >>> page = fa.format_table(fa.score_documents(scores), title="Threats").as_raw_html()
    >>> "Rate (per 1,000 tokens)" in page, "333.3" in page
    (True, True)
    """
    return as_great_table(
        describe_table(table, title=title, decimals=decimals, columns=columns, note=note)
    )


def describe_table(
    table: pd.DataFrame,
    *,
    title: str | None = None,
    decimals: int | Mapping[str, int] | None = None,
    columns: Sequence[str] | None = None,
    note: str | None = None,
) -> PrintedTable:
    """Return the texts of a table as it is printed."""
    check_names("columns", columns)
    check_text("title", title)
    check_text("note", note)
    table = plain_table(check_frame(table, "table").rename(columns=str), "table")
    # Objects of several kinds are printed as Python writes them.
    for column in table.columns[[str(dtype) == "object" for dtype in table.dtypes]]:
        cells = zip(table[column], table[column].isna(), strict=True)
        table[column] = pd.Series([None if no else str(v) for v, no in cells], dtype=object)
    _require([*(columns or ()), *(decimals if isinstance(decimals, Mapping) else ())], table)
    shown = shown_columns(table, None if columns is None else list(columns))
    letters: dict[str, str] = {}
    # Row by row, so that the letters follow each other as one reads.
    rows = tuple(
        tuple(_literal(marked(text, reason, letters)) for text, reason in row)
        for row in zip(*(_cells(column, table, decimals) for column in shown), strict=True)
    )
    notes = [f"({letter}) {reason}" for reason, letter in letters.items()]
    notes = [*([note] if note else []), *notes, *source_notes(table, shown)]
    return PrintedTable(
        (_literal(title),) if title else (),
        tuple(PrintedColumn(_literal(c.heading), c.side) for c in shown),
        rows,
        tuple(map(_literal, notes)),
    )


def _cells(
    column: ShownColumn, table: pd.DataFrame, decimals: int | Mapping[str, int] | None
) -> list[tuple[str, str | None]]:
    """Return the text of each cell, and what is to be said of it."""
    digits = _digits(column, decimals)
    values = table[column.name].tolist()
    if column.upper:
        bounds = zip(values, table[column.upper].tolist(), strict=True)
        texts = [interval_text(low, high, column.kind, digits) for low, high in bounds]
    else:
        texts = [cell_text(value, column.kind, digits) for value in values]
    return list(zip(texts, cell_reasons(column, table), strict=True))


def _digits(column: ShownColumn, decimals: int | Mapping[str, int] | None) -> int | None:
    chosen: Any = decimals
    if isinstance(decimals, Mapping):
        chosen = decimals.get(column.name, decimals.get(column.bounded or ""))
    if chosen is None:
        return None
    if isinstance(chosen, bool) or not isinstance(chosen, int) or not 0 <= chosen <= _MOST_DECIMALS:
        raise ArgumentError(
            f"decimals is {chosen!r}; give a whole number from 0 to {_MOST_DECIMALS}, or one for "
            "each column"
        )
    return chosen


def _require(names: Sequence[str], table: pd.DataFrame) -> None:
    if missing := [name for name in names if name not in table]:
        raise TableError(
            f"the table has no column {missing[0]!r} to print; it has "
            f"{', '.join(map(repr, table.columns)) or 'none'}"
        )


def _literal(text: str) -> str:
    """Keep braces from being read as units, and what no file can hold from breaking it."""
    text = text.encode("utf-8", "replace").decode()
    return text.replace("{{", "{ {").replace("\r", " ").replace("\n", " ")
