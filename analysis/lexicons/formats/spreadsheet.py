"""Our own table of entries, as CSV, read into the nodes that a YAML file would give."""

import csv
import io
from dataclasses import dataclass, field

from analysis.errors import LexiconError
from analysis.lexicons.checking import place
from analysis.lexicons.formats.cells import split
from analysis.lexicons.strict_yaml import Fields, Items, Node, Scalar
from analysis.tables.cells import unguarded

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
    """Read a table of entries."""
    about: dict[str, Node] = {}
    sources: list[Node] = []
    parts: dict[str, dict[str, _Part]] = {}
    for line, row in _rows(text, origin):
        kind = row["row"].strip().lower() or "entry"
        value = Scalar(row["text"], line)
        if kind == "source":
            sources.append(value)
        elif kind in ABOUT:
            if kind in about:
                raise LexiconError(f"{place(origin, line)}: a second {kind}; keep one of them")
            about[kind] = value
        elif not row["category"].strip():
            raise LexiconError(f"{place(origin, line)}: the row has no category; write one")
        else:
            category = parts.setdefault(row["category"], {"": _Part(line)})
            _take(kind, row, category, line, origin)
    if sources:
        about["sources"] = Items(tuple(sources), sources[0].line)
    categories: dict[str, Node] = {name: _category(inner) for name, inner in parts.items()}
    return Fields({**about, "categories": Fields(categories, 1)}, 1)


@dataclass
class _Part:
    """What the rows of one category or subcategory hold."""

    line: int
    definition: Scalar | None = None
    exclude: list[Node] = field(default_factory=list)
    terms: list[Node] = field(default_factory=list)


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


def _take(
    kind: str, row: dict[str, str], category: dict[str, _Part], line: int, origin: str
) -> None:
    if kind == "exclusion":
        category[""].exclude.append(Scalar(row["term"], line))
        return
    part = category.setdefault(row["subcategory"], _Part(line))
    if kind == "entry":
        part.terms.append(_entry(row, line, origin))
    elif kind == "definition":
        part.definition = Scalar(row["text"], line)
    else:
        raise LexiconError(
            f"{place(origin, line)}: there is no row of kind {kind!r}; write entry, exclusion, "
            f"definition, {', '.join(ABOUT)}"
        )


def _category(parts: dict[str, _Part]) -> Fields:
    own = parts[""]
    fields = _fields(own)
    if own.exclude:
        fields.value["exclude"] = Items(tuple(own.exclude), own.line)
    inner: dict[str, Node] = {name: _fields(part) for name, part in parts.items() if name}
    if inner:
        fields.value["subcategories"] = Fields(inner, own.line)
    return fields


def _fields(part: _Part) -> Fields:
    fields: dict[str, Node] = {"terms": Items(tuple(part.terms), part.line)}
    if part.definition is not None:
        fields["definition"] = part.definition
    return Fields(fields, part.line)


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
