"""What stands below a printed table: marks for single cells, and where the numbers come from."""

from collections import Counter
from collections.abc import Iterable
from string import ascii_lowercase
from typing import Any

import pandas as pd

from analysis.output.tables.columns import (
    ShownColumn,
    groups_fit_note,
    noted_columns,
    units_of_groups,
)
from analysis.saving.provenance import source_line
from analysis.tables.schema import PLACE
from analysis.tables.subcategories import told_subcategories

_LEXICA = ("lexicon", "lexicon_a", "lexicon_b")
# Columns that tell how many of what a row rests on.
_SIZES = {
    "n_documents": "documents",
    "n_paragraphs": "paragraphs",
    "n_coders": "coders",
    "n_undecided": "undecided paragraphs",
}
_LABELS = {
    "measure": "Measure",
    "correction": "Correction",
    "variance": "Form of the variance",
    "level": "Level of measurement",
    "score": "Threshold on",
    "weighted": "Weighted by inclusion probability",
    "within": "Within",
    "n_folds": "Folds",
}


def marked(text: str, reason: str | None, letters: dict[str, str]) -> str:
    """Return a cell's text with the letter of its reason; `letters` stand in order of first use."""
    return f"{text} ({letters.setdefault(reason, _letter(len(letters)))})" if reason else text


def cell_reasons(column: ShownColumn, table: pd.DataFrame) -> list[str | None]:
    """Return for each row why the cell of a column is empty or odd, if the table knows."""
    empty = table[column.name].isna()
    if column.upper:
        empty |= table[column.upper].isna()
        # Other bounds of the row may stand where those of its estimate do not.
        own = _interval_reasons(table, empty)
        return own if column.name == "low" else _where(empty, own)
    if column.name in ("p", "p_adjusted") and "p_method" in table:
        return _where(empty, map(_bare, table["p_method"]))
    reasons = _where(empty, [column.null_when] * len(table))
    estimate = next((name for name in ("value", "corrected", "auc") if name in table), None)
    if column.name == estimate and "explanation" in table:
        said = table["explanation"]
        reasons = [str(a) if pd.notna(a) else b for a, b in zip(said, reasons, strict=True)]
    return reasons


def source_notes(table: pd.DataFrame, columns: list[ShownColumn]) -> list[str]:
    """Return the lines below a table: sizes, methods, adjustment, lexica and versions."""
    shown = {column.name for column in columns}
    lines = [_sizes(table)]
    if any(column.upper for column in columns) and (usual := _usual_method(table)):
        lines.append(f"Intervals from low to high: {usual}.")
    if shown & {"p", "p_adjusted"} and "p_method" in table and len(table):
        methods = ", ".join(sorted({str(_bare(one)) for one in table["p_method"].dropna()}))
        lines.append(f"p, two-sided: {methods}.")
    if "p_adjusted" in shown and {"adjustment", "family_size"} <= set(table.columns):
        named = [name for name in ("adjustment", "family_size", "family") if name in table]
        families = table[named].drop_duplicates()
        lines += [
            f"p adjusted by {adjustment} for {_several(size, 'tests')}"
            f"{f' ({family[0]})' if family else ''}."
            if adjustment != "none"
            else "p not adjusted for the number of tests."
            for adjustment, size, *family in families.itertuples(index=False)
        ]
    constant = noted_columns(table)
    told = [
        f"{label}: {_plain(constant[name])}."
        for name, label in _LABELS.items()
        if name in constant and name not in shown and pd.notna(constant[name])
    ]
    if told:
        lines.append(" ".join(told))
    lexica = {one for name in _LEXICA if name in table for one in table[name].dropna()}
    if parts := told_subcategories(table):
        lines.append(parts)
    return [*lines, f"{source_line(sorted(map(str, lexica)))}."]


def _sizes(table: pd.DataFrame) -> str:
    if not len(table):
        return "No rows."
    sizes = []
    if "document_id" in table and "n_documents" not in table:
        sizes.append(_several(table["document_id"].nunique(), "documents"))
        if "paragraph" in table:
            places = table[PLACE].drop_duplicates()
            sizes.append(_several(len(places), "paragraphs"))
    for name, what in {**_SIZES, "n_units": _units_of(table)}.items():
        if name in table and len(values := table[name].dropna()):
            least, most = int(values.min()), int(values.max())
            sizes.append(
                _several(most, what) if least == most else f"{least:,} to {most:,} {what} a row"
            )
    if groups_fit_note(table):
        what = f"{table['unit'].iloc[0]}s" if "unit" in table else "units"
        (first, number), *others = units_of_groups(table)
        listed = [f"{n:,} ({name})" for name, n in others]
        sizes.append(", ".join([f"{_several(number, what)} ({first})", *listed]))
    rows = _several(len(table), "rows")
    return f"n = {'; '.join(dict.fromkeys(sizes)) or rows}."


def _units_of(table: pd.DataFrame) -> str:
    if "unit" in table:
        return f"{table['unit'].iloc[0]}s"
    if "document_id" in table:
        return "paragraphs"
    if "measure" in table or "n_folds" in table:
        return "coded paragraphs"
    return str(table["within"].iloc[0]) + "s" if "within" in table else "documents"


def _several(number: int, what: str) -> str:
    return f"{number:,} {what[:-1] if number == 1 and what.endswith('s') else what}"


def _interval_reasons(table: pd.DataFrame, empty: pd.Series) -> list[str | None]:
    if "interval_method" not in table:
        return [None] * len(table)
    usual = _usual_method(table)
    reasons: list[str | None] = []
    for missing, method in zip(empty.tolist(), table["interval_method"].tolist(), strict=True):
        if pd.isna(method):
            reasons.append("no interval was asked for" if missing else None)
        elif str(method).startswith("none"):
            reasons.append(_bare(method))
        elif missing:
            reasons.append("the bounds are undefined")
        else:
            reasons.append(str(method) if method != usual else None)
    return reasons


def _where(chosen: pd.Series, reasons: Iterable[str | None]) -> list[str | None]:
    return [own if one else None for one, own in zip(chosen, reasons, strict=True)]


def _usual_method(table: pd.DataFrame) -> str | None:
    """Return how most intervals were made; the others are marked."""
    if "interval_method" not in table:
        return None
    made = [m for m in table["interval_method"].dropna() if not str(m).startswith("none")]
    return str(Counter(made).most_common(1)[0][0]) if made else None


def _bare(reason: Any) -> str | None:
    return None if pd.isna(reason) else str(reason).removeprefix("none: ")


def _plain(value: Any) -> str:
    return {"True": "yes", "False": "no"}.get(str(value), str(value))


def _letter(number: int) -> str:
    """Return a, b, …, z, aa, ab, …."""
    first, last = divmod(number, len(ascii_lowercase))
    return (_letter(first - 1) if first else "") + ascii_lowercase[last]
