"""The texts of a table → Markdown, as GitHub, Quarto and Pandoc read it."""

import re
from collections.abc import Sequence

from analysis.output.tables.printed import PrintedTable

_SIGN = re.compile(r"[\\`*_\[\]<>|~$]|^#", re.MULTILINE)
_RULES = {"left": ":---", "right": "---:", "center": ":---:"}


def as_markdown(printed: PrintedTable) -> str:
    """Return a table with its title above and its notes below."""
    stars = ["**" if column.bold else "" for column in printed.columns]
    rows = [
        [f"{star}{_cell(text)}{star}" for text, star in zip(row, stars, strict=True)]
        for row in printed.rows
    ]
    rules = [_RULES[column.side] for column in printed.columns]
    lines = [list(map(_cell, printed.headings)), rules, *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    title = [f"**{escaped(line)}**" for line in printed.title]
    return "\n\n".join([*title, table, *map(escaped, printed.notes)])


def whole_file(parts: Sequence[str]) -> str:
    """Return a file of these parts."""
    return "\n\n".join(parts) + "\n"


def picture(file: str, words: str) -> str:
    """Return a line that shows a picture, with its words for those who cannot see it."""
    return f"![{escaped(words)}]({file})"


def _cell(text: str) -> str:
    return " ".join(escaped(text).split())


def escaped(text: str) -> str:
    """Keep signs from being read as markup; lists and paragraphs stay what they are."""
    return _SIGN.sub(r"\\\g<0>", text.replace("&", "&amp;"))
