"""A lexicon as our own table of entries."""

import csv
import io

from analysis.lexicons.formats.cells import joined
from analysis.lexicons.formats.spreadsheet import COLUMNS
from analysis.lexicons.model import CONDITIONS, NEARNESS, Lexicon, Loss, Nearness
from analysis.tables.cells import guarded


def write_spreadsheet(lexicon: Lexicon, name: str) -> tuple[str, list[Loss]]:  # noqa: ARG001 - as every writer
    """Write a lexicon as CSV, one entry a row."""
    written = io.StringIO(newline="")
    # With both characters in the line's end, the writer quotes cells that hold either.
    table = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()

    def add(row: str, weight: str = "", **cells: str) -> None:
        # A weight such as -1.5 is a number to every spreadsheet, and stays one.
        texts = {name: guarded(text) for name, text in cells.items()}
        table.writerow({"row": row, "weight": weight, **texts})

    add("name", text=lexicon.name)
    add("version", text=lexicon.version)
    for field in ("language", "description"):
        if getattr(lexicon, field):
            add(field, text=getattr(lexicon, field))
    for source in lexicon.sources:
        add("source", text=source)
    losses: list[Loss] = []
    for category in lexicon.categories:
        add("definition", category=category.name, text=category.definition)
        for subname, definition in category.subcategories:
            if subname:
                add("definition", category=category.name, subcategory=subname, text=definition)
            else:
                reason = "a table has no subcategory without a name; its terms are the category's"
                losses.append(Loss(None, category.name, None, "subcategory", reason))
        for phrase in category.exclude:
            add("exclusion", category=category.name, term=phrase)
        for entry in category.entries:
            add(
                "entry",
                repr(entry.weight),
                category=entry.category,
                subcategory=entry.subcategory or "",
                term=entry.term,
                case_sensitive=str(entry.case_sensitive).lower(),
                kind=entry.kind or "",
                **{name: joined(getattr(entry, name)) for name in CONDITIONS},
                **{name: _nearness(getattr(entry, name)) for name in NEARNESS},
                note=entry.note,
            )
    return written.getvalue(), losses


def _nearness(near: Nearness | None) -> str:
    return f"{near.where}: {joined(near.terms)}" if near else ""
