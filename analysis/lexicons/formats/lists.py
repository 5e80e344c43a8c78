"""Lists of words, one a line: alone, with a number, or with a category and 0 or 1."""

import re

from analysis.lexicons.formats.decoding import lines_of
from analysis.lexicons.formats.draft import Draft

# The category of lists that name none.
_WORDS = "words"
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_COMMENTS = (";", "#")
# What begins a line of YAML, or ends a key of it, is no word of a list.
_YAML = re.compile(r"^\s*[-?&*!|>%@\[\]{}\"'`]|:(?:\s|$)")
_MOST_WORDS = 6


def is_list(lines: list[str]) -> bool:
    """Tell whether lines are a list of words."""
    rows = [line.split("\t") for _, line in _written(lines)]
    widths = {len(row) for row in rows}
    # A list that begins with the number of its lines is a spelling dictionary, with codes.
    if len(rows) < 2 or widths not in ({1}, {2}, {3}) or rows[0][0].strip().isdecimal():
        return False
    if widths == {1}:
        return not any(
            _YAML.search(row[0]) or len(row[0].split()) > _MOST_WORDS or row[0][0].isspace()
            for row in rows
        )
    return all(_NUMBER.fullmatch(row[-1].strip()) for row in rows)


def read_list(text: str) -> Draft:
    """Read a list of words; a number is a weight, or tells whether a word is of a category."""
    draft = Draft()
    for number, line in _written(lines_of(text)):
        cells = [cell.strip() for cell in line.split("\t")]
        path = (cells[1] if len(cells) == 3 else _WORDS,)
        if path not in draft.categories:
            draft.open(path, number)
        if len(cells) < 3 or float(cells[2]):
            draft.add(path, cells[0], number, float(cells[-1]) if len(cells) > 1 else 1.0)
    return draft


def _written(lines: list[str]) -> list[tuple[int, str]]:
    return [
        (number, line.rstrip())
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.lstrip().startswith(_COMMENTS)
    ]
