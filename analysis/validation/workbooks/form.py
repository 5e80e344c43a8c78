"""The form of a coder's file: its columns, and how a paragraph is told from another."""

import hashlib
import re

import pandas as pd

UNIT, TEXT, CODER, NOTE, NUMBER = "unit", "text", "coder", "note", "number"
OWN_COLUMNS = (NUMBER, UNIT, TEXT, NOTE, CODER)
# The note of codes that follow from judged hits.
BY_HITS = "by judged hits"
# What a workbook cannot hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def unit_of(document_id: str, paragraph: int) -> str:
    """Return what stands for a paragraph in a coder's file, without telling its source."""
    whole = f"{paragraph} {document_id}".encode("utf-8", "surrogatepass")
    return f"u-{hashlib.sha256(whole).hexdigest()[:12]}"


def units_of(sheet: pd.DataFrame) -> list[str]:
    """Return the unit of each row."""
    places = zip(sheet["document_id"], sheet["paragraph"], strict=True)
    return [unit_of(document, int(paragraph)) for document, paragraph in places]


def as_in_a_cell(text: str) -> str:
    r"""Return a text as a cell of any spreadsheet program can hold it."""
    return _CONTROLS.sub("�", text.replace("\r\n", "\n").replace("\r", "\n"))
