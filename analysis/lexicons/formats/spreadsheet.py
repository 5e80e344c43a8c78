"""Our own table of entries as CSV: a row for each entry or exclusion."""

import csv
import io

from analysis.errors import LexiconError
from analysis.lexicons.model import Lexicon
from analysis.lexicons.strict_yaml import Fields, Items, Node, Scalar

HEADER = (
    *("category", "subcategory", "term", "kind", "weight", "case"),
    *("unless", "before", "after"),
)
_LISTS = ("unless", "before", "after")
_SEPARATOR = "; "


def write_csv(lexicon: Lexicon) -> str:
    """Write a lexicon as a table.

    Parameters
    ----------
    lexicon : Lexicon
        Any lexicon.

    Returns
    -------
    str
        CSV with a row for each entry and each exclusion; definitions are not in it.

    Examples
    --------
    >>> import analysis as fa
    >>> from analysis.lexicons.formats.spreadsheet import write_csv
    >>> write_csv(fa.lexicon_from_dict("demo", {"k": ["menac*"]})).splitlines()[1]
    'k,,menac*,entry,1.0,insensitive,,,'
    """
    written = io.StringIO(newline="")
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(HEADER)
    for category in lexicon.categories:
        for e in category.entries:
            case = "sensitive" if e.case_sensitive else "insensitive"
            lists = (_SEPARATOR.join(own) for own in (e.unless, e.before, e.after))
            rows.writerow(
                [category.name, e.subcategory or "", e.term, "entry", e.weight, case, *lists]
            )
        for phrase in category.exclude:
            rows.writerow([category.name, "", phrase, "exclude", "", "", "", "", ""])
    return written.getvalue()


def read_csv(text: str, origin: str) -> Fields:
    """Read such a table.

    Parameters
    ----------
    text : str
        The file; columns may stand in any order, and all but category and term be missing.
    origin : str
        File name for messages.

    Returns
    -------
    Fields
        The lexicon in the form of our own files.

    Raises
    ------
    LexiconError
        If a row is broken, or of a kind other than ``entry`` and ``exclude``.

    Examples
    --------
    >>> from analysis.lexicons.formats.spreadsheet import read_csv
    >>> list(read_csv("category,term\\nk,menac*\\n", "demo.csv").value["categories"].value)
    ['k']
    """
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    parts: dict[str, dict[str, list[Node]]] = {}
    try:
        header = [name.strip().lower() for name in next(rows)]
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            kind = row.get("kind") or "entry"
            if kind not in ("entry", "exclude"):
                raise LexiconError(
                    f"{origin}, line {rows.line_num}: kind is {kind!r}; write entry or exclude"
                )
            own = parts.setdefault(row.get("category", ""), {})
            if kind == "exclude":
                own.setdefault("exclude", []).append(Scalar(row.get("term", ""), rows.line_num))
            else:
                place = f"/{row['subcategory']}" if row.get("subcategory") else "terms"
                own.setdefault(place, []).append(_entry(row, rows.line_num))
    except csv.Error as fault:
        raise LexiconError(f"{origin}, line {rows.line_num}: {fault}; mend the row") from None
    return Fields({"categories": Fields({name: _category(own) for name, own in parts.items()})})


def _entry(row: dict[str, str], line: int) -> Node:
    fields: dict[str, Node] = {"term": Scalar(row.get("term", ""), line)}
    for name in ("weight", "case"):
        if row.get(name):
            fields[name] = Scalar(row[name], line)
    for name in _LISTS:
        if row.get(name):
            parts = (part.strip() for part in row[name].split(_SEPARATOR.strip()))
            fields[name] = Items(tuple(Scalar(part, line) for part in parts if part), line)
    return Fields(fields, line)


def _category(own: dict[str, list[Node]]) -> Fields:
    fields: dict[str, Node] = {
        name: Items(tuple(nodes)) for name, nodes in own.items() if not name.startswith("/")
    }
    inner: dict[str, Node] = {
        name[1:]: Items(tuple(nodes)) for name, nodes in own.items() if name.startswith("/")
    }
    return Fields(fields | ({"subcategories": Fields(inner)} if inner else {}))
