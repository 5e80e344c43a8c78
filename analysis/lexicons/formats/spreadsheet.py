"""Our own table of entries, as CSV, read into the nodes that a YAML file would give."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.lexicons.checking import PlacedError
from analysis.lexicons.formats.cells import split
from analysis.lexicons.formats.decoding import rows_of
from analysis.lexicons.model import CONDITIONS, NEARNESS
from analysis.lexicons.strict_yaml import Fields, Items, Node, Scalar
from analysis.tables.cells import unguarded

_ENTRY = (
    *("category", "subcategory", "term", "weight", "case_sensitive", "kind"),
    *CONDITIONS,
    *NEARNESS,
    "note",
)
COLUMNS = ("row", *_ENTRY, "text")
_ABOUT = ("name", "version", "language", "description", "source")
_CASES = {
    **dict.fromkeys(("", "false", "no", "0"), "insensitive"),
    **dict.fromkeys(("true", "yes", "1"), "sensitive"),
}


def read_spreadsheet(text: str) -> Fields:
    """Read a table of entries."""
    about: dict[str, Node] = {}
    sources: list[Scalar] = []
    parts: dict[str, dict[str, _Part]] = {}
    for line, row in _rows(text):
        kind = row["row"].strip().lower() or "entry"
        value = Scalar(row["text"], line)
        if kind == "source":
            sources.append(value)
        elif kind in _ABOUT:
            if about.setdefault(kind, value) is not value:
                raise PlacedError(f"a second {kind}; keep one of them", line)
        elif not row["category"].strip():
            raise PlacedError("the row has no category; write one", line)
        else:
            _take(kind, row, parts.setdefault(row["category"], {"": _Part(line)}), line)
    about["sources"] = Items(tuple(sources))
    about["categories"] = Fields({name: _category(inner) for name, inner in parts.items()}, 1)
    return Fields(about, 1)


@dataclass
class _Part:
    """What the rows of one category or subcategory hold."""

    line: int
    definition: str = ""
    exclude: list[Node] = field(default_factory=list)
    terms: list[Node] = field(default_factory=list)


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    delimiter = max(",;\t", key=text.lstrip().partition("\n")[0].count)
    header: list[str] = []
    for line, cells in rows_of(text, delimiter):
        if not header:
            header = [cell.strip().lower() for cell in cells]
            _check_header(header, line)
        elif any(cell.strip() for cell in cells[len(header) :]):
            mark = f"put cells that hold {delimiter!r} in quotation marks"
            raise PlacedError(f"the row has more cells than there are columns; {mark}", line)
        else:
            given = dict(zip(header, map(unguarded, cells), strict=False))
            yield line, {**dict.fromkeys(COLUMNS, ""), **given}


def _check_header(header: list[str], line: int) -> None:
    for name in filter(None, header):
        if name not in COLUMNS:
            allowed = ", ".join(COLUMNS)
            reason = f"there is no column {name!r} in a lexicon; it may have {allowed}"
            raise PlacedError(reason, line)
        if header.count(name) > 1:
            raise PlacedError(f"the column {name!r} stands twice; remove one", line)


def _take(kind: str, row: dict[str, str], category: dict[str, _Part], line: int) -> None:
    if kind == "exclusion":
        category[""].exclude.append(Scalar(row["term"], line))
        return
    part = category.setdefault(row["subcategory"], _Part(line))
    if kind == "entry":
        part.terms.append(_entry(row, line))
    elif kind == "definition":
        part.definition = row["text"]
    else:
        known = ", ".join(("entry", "exclusion", "definition", *_ABOUT))
        raise PlacedError(f"there is no row of kind {kind!r}; write {known}", line)


def _category(parts: dict[str, _Part]) -> Fields:
    fields = _fields(parts[""])
    fields.value["exclude"] = Items(tuple(parts[""].exclude))
    inner: dict[str, Node] = {name: _fields(part) for name, part in parts.items() if name}
    fields.value["subcategories"] = Fields(inner)
    return fields


def _fields(part: _Part) -> Fields:
    definition, terms = Scalar(part.definition, part.line), Items(tuple(part.terms), part.line)
    return Fields({"definition": definition, "terms": terms}, part.line)


def _entry(row: dict[str, str], line: int) -> Node:
    case = _CASES.get(row["case_sensitive"].strip().lower())
    if case is None:
        written = row["case_sensitive"]
        raise PlacedError(f"case_sensitive is {written!r}; write true or false", line)
    given = {"case": case} | {name: row[name] for name in ("term", "weight", "kind", "note")}
    fields: dict[str, Node] = {name: Scalar(text, line) for name, text in given.items()}
    for name in CONDITIONS:
        fields[name] = _texts(row[name], line)
    for name in filter(row.get, NEARNESS):
        fields[name] = _nearness(name, row[name], line)
    return Fields(fields, line)


def _texts(cell: str, line: int) -> Items:
    return Items(tuple(Scalar(text, line) for text in split(cell)), line)


def _nearness(name: str, cell: str, line: int) -> Fields:
    """Read a cell such as "within 5 before: law*; power*"."""
    where, colon, terms = cell.partition(":")
    begin, *bounds = where.lower().split() or [""]
    side = bounds.pop() if bounds and bounds[-1] in ("before", "after") else ""
    if not colon or begin != "within" or not bounds:
        reason = f"{name} is {cell!r}; write it as in within 5: law*; power*, or within sentence: …"
        raise PlacedError(reason, line)
    within = Items(tuple(Scalar(bound, line) for bound in bounds), line)
    near: dict[str, Node] = {"within": within, "side": Scalar(side, line)}
    return Fields({**near, "terms": _texts(terms, line)}, line)
