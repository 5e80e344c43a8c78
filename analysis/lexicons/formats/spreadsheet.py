"""Our own table of entries, as CSV, read into the nodes that a YAML file would give."""

import csv
import io

from analysis.errors import LexiconError
from analysis.lexicons.checking import place
from analysis.lexicons.formats.cells import split, unguarded
from analysis.lexicons.strict_yaml import Fields, Items, Node, Scalar

COLUMNS = (
    *("row", "category", "subcategory", "term", "weight", "case_sensitive"),
    *("unless", "before", "after", "text"),
)
LISTS = ("unless", "before", "after")
ABOUT = ("name", "version", "language", "description", "source")
_CASES = {
    **dict.fromkeys(("", "false", "no", "0"), "insensitive"),
    **dict.fromkeys(("true", "yes", "1"), "sensitive"),
}


def read_spreadsheet(text: str, origin: str) -> Fields:
    """Read a table of entries.

    Only the columns ``category`` and ``term`` are needed. The column ``row`` says
    what a row is: ``entry`` (also where it is empty), ``exclusion``,
    ``definition``, or a field of the lexicon such as ``name``, in column ``text``.

    Parameters
    ----------
    text : str
        The file.
    origin : str
        File name for messages.

    Returns
    -------
    Fields
        The lexicon as a YAML file would give it.

    Raises
    ------
    LexiconError
        If a column, row or cell is not as it should be.

    Examples
    --------
    >>> from analysis.lexicons.formats.spreadsheet import read_spreadsheet
    >>> root = read_spreadsheet("category,term\\nborder,frontier*\\n", "mine.csv")
    >>> list(root.value["categories"].value)
    ['border']
    """
    root: dict[str, Node] = {}
    categories: dict[str, Node] = {}
    lines: dict[str, int | None] = {}
    for line, row in _rows(text, origin):
        kind = row["row"].strip().lower() or "entry"
        if kind in ABOUT:
            value = Scalar(row["text"], line)
            if kind == "source":
                root["sources"] = _appended(root.get("sources"), value)
            elif kind in root:
                raise LexiconError(f"{place(origin, line)}: a second {kind}; keep one of them")
            else:
                root[kind] = value
            continue
        name = row["category"]
        if not name.strip():
            raise LexiconError(f"{place(origin, line)}: the row has no category; write one")
        lines.setdefault(name, line)
        _take(kind, row, _inner(categories, name, line), line, origin)
    root["categories"] = Fields(categories, 1, lines)
    return Fields(root, 1)


def _rows(text: str, origin: str) -> list[tuple[int, dict[str, str]]]:
    begin = len(text) - len(text.lstrip())
    skipped = text[:begin].count("\n")
    first = text[begin:].partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text[begin:], newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    found = []
    line = skipped + 1
    try:
        for cells in reader:
            if not header:
                header = [cell.strip().lower() for cell in cells]
                _check_header(header, origin, line)
            elif any(cell.strip() for cell in cells):
                if any(cell.strip() for cell in cells[len(header) :]):
                    raise LexiconError(
                        f"{place(origin, line)}: the row has more cells than there are columns; "
                        f"put cells that hold {delimiter!r} in quotation marks"
                    )
                row = dict.fromkeys(COLUMNS, "")
                row |= dict(zip(header, map(unguarded, cells), strict=False))
                found.append((line, row))
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        raise LexiconError(
            f"{place(origin, line)}: the table cannot be read ({error}); check its quotation marks"
        ) from None
    return found


def _check_header(header: list[str], origin: str, line: int) -> None:
    unknown = [name for name in header if name and name not in COLUMNS]
    if unknown:
        raise LexiconError(
            f"{place(origin, line)}: there is no column {unknown[0]!r} in a lexicon; it may have "
            f"{', '.join(COLUMNS)}"
        )
    repeated = [name for name in header if name and header.count(name) > 1]
    if repeated:
        raise LexiconError(
            f"{place(origin, line)}: the column {repeated[0]!r} stands twice; remove one"
        )


def _take(kind: str, row: dict[str, str], fields: dict[str, Node], line: int, origin: str) -> None:
    part = fields
    if row["subcategory"]:
        part = _inner(_inner(fields, "subcategories", line), row["subcategory"], line)
    if kind == "entry":
        part["terms"] = _appended(part.get("terms"), _entry(row, line, origin))
    elif kind == "exclusion":
        fields["exclude"] = _appended(fields.get("exclude"), Scalar(row["term"], line))
    elif kind == "definition":
        part.setdefault("terms", Items((), line))
        part["definition"] = Scalar(row["text"], line)
    else:
        raise LexiconError(
            f"{place(origin, line)}: there is no row of kind {kind!r}; write entry, exclusion, "
            f"definition, {', '.join(ABOUT)}"
        )


def _inner(fields: dict[str, Node], name: str, line: int) -> dict[str, Node]:
    """Return the mapping of that name, making it where there is none."""
    node = fields.get(name)
    if not isinstance(node, Fields):
        node = fields[name] = Fields({}, line)
    return node.value


def _entry(row: dict[str, str], line: int, origin: str) -> Node:
    case = _CASES.get(row["case_sensitive"].strip().lower())
    if case is None:
        raise LexiconError(
            f"{place(origin, line)}: case_sensitive is {row['case_sensitive']!r}; write true or "
            "false"
        )
    fields: dict[str, Node] = {"term": Scalar(row["term"], line), "case": Scalar(case, line)}
    if row["weight"].strip():
        fields["weight"] = Scalar(row["weight"].strip(), line)
    for name in LISTS:
        texts = split(row[name])
        if texts:
            fields[name] = Items(tuple(Scalar(text, line) for text in texts), line)
    return Fields(fields, line)


def _appended(items: Node | None, node: Node) -> Items:
    before = items.value if isinstance(items, Items) else ()
    return Items((*before, node), items.line if items else node.line)
