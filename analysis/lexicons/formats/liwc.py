"""LIWC's .dic and .dicx files."""

import csv
import io
import re

from analysis.errors import LexiconError
from analysis.lexicons.formats.tree import Tree

_NUMBER = re.compile(r"\d{1,9}")
# A code may have a condition before it, with blanks inside its brackets.
_CODE = re.compile(r"(?:\([^()]*\)|<[^<>]*>)*\S+")
_CONDITION = re.compile(r"(?P<condition>\([^()]*\))(?P<number>\d{1,9})")
LONGEST_FIELD = 100_000


def read_dic(text: str, tree: Tree) -> None:
    """Read a .dic file: numbered categories between two lines of ``%``, then terms with numbers.

    Parameters
    ----------
    text : str
        The file.
    tree : Tree
        Takes categories, terms and losses.

    Raises
    ------
    LexiconError
        If there is no header between two lines of ``%``.

    Notes
    -----
    Conditions are not supported: ``(02 134)126`` counts as 126 without its condition, and
    codes that depend on a neighbouring word (``<of>131/125``) or have alternatives are left
    out. Each is listed with its line.

    Examples
    --------
    >>> from analysis.lexicons.formats.liwc import read_dic
    >>> from analysis.lexicons.formats.tree import Tree
    >>> tree = Tree("demo.dic")
    >>> read_dic("%\\n01\\tthreat\\n%\\nmenac*\\t1\\n", tree)
    >>> {path: list(terms) for path, terms in tree.terms.items()}
    {('threat',): ['menac*']}
    """
    lines = text.splitlines()
    marks = [n for n, line in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2:
        raise LexiconError(
            f"{tree.origin}: the list of categories is not closed; put a line with % after it"
        )
    names: dict[int, str] = {}
    for number, line in enumerate(lines[marks[0] + 1 : marks[1]], start=marks[0] + 2):
        _read_header(line.strip(), number, names, tree)
    places: dict[str, int] = {}
    for number, line in enumerate(lines[marks[1] + 1 :], start=marks[1] + 2):
        if line.strip() and line.strip() != "%":
            _read_term(line, number, names, places, tree)


def _read_header(line: str, number: int, names: dict[int, str], tree: Tree) -> None:
    if not line:
        return
    code, _, name = line.replace("\t", " ").partition(" ")
    name = " ".join(name.split())
    if not _NUMBER.fullmatch(code) or not name:
        tree.lose(number, (), line, "unsupported", "a category is a number and a name")
    elif int(code) in names:
        reason = f"the number {int(code)} is {names[int(code)]!r} already"
        tree.lose(number, (name,), None, "repeated category", reason)
    else:
        if name in names.values():
            reason = "two numbers have this name; their terms are one category"
            tree.lose(number, (name,), None, "repeated category", reason)
        names[int(code)] = name
        tree.open((name,))


def _read_term(
    line: str, number: int, names: dict[int, str], places: dict[str, int], tree: Tree
) -> None:
    term, codes = _split(line)
    if not codes:
        tree.lose(number, (), term, "unsupported", "it has no category")
        return
    if term in places:
        reason = f"it stands in line {places[term]} as well; its categories are put together"
        tree.lose(number, (), term, "repeated term", reason)
    places.setdefault(term, number)
    for written in dict.fromkeys(codes):
        conditional = _CONDITION.fullmatch(written)
        code = conditional["number"] if conditional else written
        if not _NUMBER.fullmatch(code):
            reason = f"the condition {written!r} is not supported, so the term is left out there"
            tree.lose(number, (), term, "unsupported", reason)
        elif int(code) not in names:
            reason = f"no category has the number {int(code)}"
            tree.lose(number, (), term, "undefined category", reason)
        else:
            path = (names[int(code)],)
            if conditional:
                reason = f"the condition {conditional['condition']!r} is left out"
                tree.lose(number, path, term, "unsupported", reason)
            if term not in tree.terms[path]:
                tree.add(path, term, number)


def _split(line: str) -> tuple[str, list[str]]:
    """Return the term and its codes; with tabs between them, a term may hold blanks."""
    if "\t" in line.strip():
        term, _, rest = line.strip().partition("\t")
        return term.strip(), _CODE.findall(rest)
    words = line.split()
    n_codes = 0
    while n_codes < len(words) - 1 and _NUMBER.fullmatch(words[-1 - n_codes]):
        n_codes += 1
    if n_codes:
        return " ".join(words[:-n_codes]), words[-n_codes:]
    return words[0], _CODE.findall(line.strip()[len(words[0]) :])


def read_dicx(text: str, tree: Tree) -> None:
    """Read a .dicx file: a table with a row for each term and a column for each category.

    Parameters
    ----------
    text : str
        The file.
    tree : Tree
        Takes categories, terms and losses. An ``X`` puts a term into a category, a
        number does with that weight.

    Raises
    ------
    LexiconError
        If the table cannot be cut into rows.

    Examples
    --------
    >>> from analysis.lexicons.formats.liwc import read_dicx
    >>> from analysis.lexicons.formats.tree import Tree
    >>> tree = Tree("demo.dicx")
    >>> read_dicx("DicTerm,threat,aid\\nmenac*,X,\\nrelief,,X\\n", tree)
    >>> {path: list(terms) for path, terms in tree.terms.items()}
    {('threat',): ['menac*'], ('aid',): ['relief']}
    """
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(rows)]
        for name in header[1:]:
            if name:
                tree.open((name,))
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            for name, cell in zip(header[1:], row[1:], strict=False):
                _read_cell(row[0], name, cell.strip(), rows.line_num, tree)
            if not any(cell.strip() for cell in row[1:]):
                tree.lose(rows.line_num, (), row[0], "unsupported", "it has no category")
    except csv.Error as fault:
        raise LexiconError(f"{tree.origin}, line {rows.line_num}: {fault}; mend the row") from None


def _read_cell(term: str, name: str, cell: str, line: int, tree: Tree) -> None:
    if not cell or cell == "0":
        return
    if not name:
        tree.lose(line, (), term, "undefined category", "its column has no name")
    elif cell.casefold() == "x":
        tree.add((name,), term, line)
    else:
        try:
            weight = float(cell)
        except ValueError:
            weight = float("nan")
        if abs(weight) < float("inf"):
            tree.add((name,), term, line, weight)
        else:
            reason = f"{cell!r} is neither X nor a number"
            tree.lose(line, (name,), term, "unsupported", reason)
