"""Lists of words, one a line: alone, with a number, or with a category and 0 or 1."""

import math
import re

from analysis.lexicons.checking import PlacedError
from analysis.lexicons.formats.decoding import lines_of
from analysis.lexicons.formats.draft import Draft

# The category of lists that name none.
_WORDS = "words"
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_ENDS_OF_NUMBERS = '0123456789.,"'
# Hashtags and emoticons are words.
_COMMENT = re.compile(r"\s*(?:;+(?:\s|$)|#+(?:\s|$))")
# What begins a collection or an item of YAML, or ends a key, is no word of a list.
_YAML = re.compile(r"^(?:[\[{%]|---|-\s)|:(?:\s|$)")
_SPELLING_CODES = re.compile(r"/[A-Za-z]+$")
_MOST_WORDS = 6
_LEAST_FITTING = 0.9

_Row = tuple[int, list[str]]


def is_list(lines: list[str]) -> bool:
    """Tell whether lines are a list of words."""
    return bool(_rows(lines))


def read_list(text: str) -> Draft:
    """Read a list of words; a number is a weight, or tells whether a word is of a category."""
    draft = Draft()
    rows = _rows(lines_of(text))
    width = max(len(cells) for _, cells in rows)
    if width == 1 and all(_NUMBER.fullmatch(cells[0].split()[-1]) for _, cells in rows):
        reason = "each line ends in a number behind a blank; put a tab before numbers that weigh"
        raise PlacedError(reason, rows[0][0])
    for line, cells in rows:
        if width > 1 and not _fits(cells, width):
            draft.lose(line, (), " ".join(cells), "unsupported", "no number ends the line")
            continue
        term, category = cells[0], cells[1] if width == 3 else _WORDS
        weight = float(cells[-1].replace(",", ".")) if width > 1 else 1.0
        if not category or not math.isfinite(weight):
            what, reason = (
                ("no category", "the line names no category")
                if not category
                else ("weight", f"the number {cells[-1]} is too large")
            )
            draft.lose(line, (), term, what, f"{reason}; it is left out")
            continue
        if (category,) not in draft.categories:
            draft.open((category,), line)
        if width < 3 or weight:
            draft.add((category,), term, line, weight)
    return draft


def _rows(lines: list[str]) -> list[_Row]:
    """Cut the lines of a list into cells; nothing where they are none."""
    written = [
        (number, line.rstrip().replace("\u2212", "-"))
        for number, line in enumerate(lines, 1)
        if line.strip() and not _COMMENT.match(line)
    ]
    # A long dictionary of another form is told from a list with numbers without cutting it.
    n_ending = sum(line[-1] in _ENDS_OF_NUMBERS for _, line in written)
    may_be_numbered = n_ending >= _LEAST_FITTING * (len(written) - 1)
    for delimiter in "\t,;" if may_be_numbered else "":
        rows = [
            (number, [_unquoted(cell) for cell in line.split(delimiter)])
            for number, line in written
        ]
        if found := _with_numbers(rows):
            return found
    plain = [line for _, line in written]
    if len(plain) < 2 or any("\t" in line or _is_no_word(line) for line in plain):
        return []
    # A list that begins with the number of its lines is a spelling dictionary, with codes.
    coded = any(map(_SPELLING_CODES.search, plain[1:])) or plain[0] == str(len(plain) - 1)
    if (coded and plain[0].isdecimal()) or all("," in line for line in plain):
        return []
    return [(number, [_unquoted(line)]) for number, line in written]


def _with_numbers(rows: list[_Row]) -> list[_Row]:
    """Return rows that end in numbers, without their header; nothing where too few do."""
    widths = [len(cells) for _, cells in rows]
    width = max(set(widths), key=widths.count, default=0)
    if width not in (2, 3):
        return []
    has_header = widths[0] == width and not _fits(rows[0][1], width)
    rows = rows[has_header:]
    n_fitting = sum(_fits(cells, width) for _, cells in rows)
    return rows if n_fitting and n_fitting >= _LEAST_FITTING * len(rows) else []


def _fits(cells: list[str], width: int) -> bool:
    return len(cells) == width and _NUMBER.fullmatch(cells[-1]) is not None


def _is_no_word(line: str) -> bool:
    return line[0].isspace() or bool(_YAML.search(line)) or len(line.split()) > _MOST_WORDS


def _unquoted(cell: str) -> str:
    cell = cell.strip()
    return cell[1:-1].strip() if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
