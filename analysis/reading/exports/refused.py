"""Texts of databases that are not read: known by their marks, and refused instead of guessed.

Two different marks of one database make it sure. Whoever has files of one of these can write a
kind that reads them, and take it out of here.
"""

import re
from collections.abc import Mapping, Sequence

from analysis.reading.exports.articles import Export, Paragraph
from analysis.reading.exports.lines import text_of_source
from analysis.reading.parsing.limits import ParsingError

# Each mark, and what stands before it on its line, if that matters.
_BEGINS = r"^[ \t]*"
_MARKS: Mapping[str, Mapping[str, str]] = {
    "BBC Monitoring": {
        "BBC Monitoring ": _BEGINS,
        "Supplied by BBC ": _BEGINS,
        "BBC Mon ": _BEGINS,
    },
    "NewsBank": {
        "Record Number:": _BEGINS,
        "OpenURL Link": _BEGINS,
        "Readability:": _BEGINS,
        "infoweb.newsbank.com": "",
    },
    "Gale": {"Document Number:": r"^[ \t]*(?:Gale )?", "GALE|": ""},
    "wiso": {
        "Dauerhafte Adresse des Dokuments": _BEGINS,
        "www.wiso-net.de/document/": "",
        "www.genios.de/document/": "",
        "GBI-Genios": "",
    },
    "EBSCO": {"Persistent link to this record": _BEGINS, "search.ebscohost.com/": ""},
}
# One of two marks stands at the beginning of a line, which is found much faster, or both within.
_WITHIN = [[mark for mark, before in marks.items() if not before] for marks in _MARKS.values()]
_LIKELY_WITHIN = [mark for marks in _WITHIN if len(marks) > 1 for mark in marks]
_BEGINNINGS = "|".join(
    re.escape(mark) for marks in _MARKS.values() for mark, before in marks.items() if before
)
_LIKELY = re.compile(rf"\n[ \t]*(?:Gale )?(?:{_BEGINNINGS})")


def recognises(source: str | Sequence[Paragraph]) -> bool:
    """Look for two marks of one of the databases."""
    return _database(source) is not None


def split(source: str | Sequence[Paragraph]) -> Export:
    """Refuse the file."""
    raise ParsingError(
        f"it was written by {_database(source)}, whose files are not read; put its articles into a "
        "table with the columns text, title, date and outlet, or download them from Nexis Uni, "
        "Factiva, ProQuest or Europresse"
    )


def _database(source: str | Sequence[Paragraph]) -> str | None:
    text = text_of_source(source)
    if not any(mark in text for mark in _LIKELY_WITHIN) and not _LIKELY.search(f"\n{text}"):
        return None
    for name, marks in _MARKS.items():
        found = [mark for mark in marks if mark in text]
        if len(found) > 1 and sum(_stands(text, mark, marks[mark]) for mark in found) > 1:
            return name
    return None


def _stands(text: str, mark: str, before: str) -> bool:
    return re.search(before + re.escape(mark), text, re.MULTILINE) is not None
