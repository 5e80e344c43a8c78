"""Which program a dictionary was made for, told by its content."""

import csv
import re
from collections.abc import Callable
from functools import partial

from analysis.lexicons.formats.decoding import lines_of
from analysis.lexicons.formats.dicx import is_dicx, read_dicx
from analysis.lexicons.formats.draft import Draft
from analysis.lexicons.formats.headed import LEXICODER, VBPRO, read_headed
from analysis.lexicons.formats.lists import is_list, read_list
from analysis.lexicons.formats.liwc import read_liwc
from analysis.lexicons.formats.wordstat import is_wordstat, read_wordstat
from analysis.lexicons.formats.yoshikoder import read_yoshikoder

READERS: dict[str, Callable[[str], Draft]] = {
    "liwc": read_liwc,
    "dicx": read_dicx,
    "yoshikoder": read_yoshikoder,
    "lexicoder": partial(read_headed, heading=LEXICODER),
    "vbpro": partial(read_headed, heading=VBPRO),
    "wordstat": read_wordstat,
    "list": read_list,
}

# A key of YAML may begin with any of the marks that the other forms begin with.
_XML = ("<?xml", "<!--", "<!doctype", "<dictionary", "<cnode", "<html")
_YAML_KEY = re.compile(r":(\s|$)")


def sniff(text: str) -> str:
    """Tell the form of a dictionary."""
    first = lines_of(text.lstrip())[0].strip()
    if first == "%":
        return "liwc"
    if first.lower().startswith(_XML):
        return "yoshikoder"
    if VBPRO.fullmatch(first):
        return "vbpro"
    if first.startswith("+") and not _YAML_KEY.search(first):
        return "lexicoder"
    if is_dicx(text):
        return "dicx"
    if _is_spreadsheet(first):
        return "csv"
    lines = lines_of(text)
    if is_wordstat(lines):
        return "wordstat"
    return "list" if is_list(lines) else "yaml"


def _is_spreadsheet(first_line: str) -> bool:
    """Tell whether a first line names the columns of our own table of entries."""
    for delimiter in ",;\t":
        try:
            cells = next(csv.reader([first_line], delimiter=delimiter), [])
        except csv.Error:
            continue
        if {"category", "term"} <= {cell.strip().lower() for cell in cells}:
            return True
    return False
