"""WordStat's .cat: categories by their indentation, terms with weights in parentheses."""

import math
import re

from analysis.lexicons.checking import PlacedError
from analysis.lexicons.formats.decoding import lines_of
from analysis.lexicons.formats.draft import Draft, Path
from analysis.lexicons.strict_yaml import DEEPEST_NESTING, TOO_DEEP

_WEIGHTED = re.compile(r"(.*\S)\s*\(([-+]?[0-9]+(?:[.,][0-9]+)?)\)")


def is_wordstat(lines: list[str]) -> bool:
    """Tell whether lines are a WordStat dictionary."""
    written = [line for line in lines if line.strip()]
    if not written or written[0][0].isspace():
        return False
    indented = [line.strip() for line in written if line[0].isspace()]
    outer = [line.rstrip() for line in written if not line[0].isspace()]
    if any(line.endswith(":") or ": " in line or line[0] in "-#{[" for line in outer):
        return False
    fitting = sum(
        line.startswith("@") or (line.endswith(")") and bool(_WEIGHTED.fullmatch(line)))
        for line in indented
    )
    return fitting * 2 > len(indented)


def read_wordstat(text: str) -> Draft:
    """Read a WordStat dictionary; underscores within a term join the words of a phrase."""
    draft = Draft()
    written = [(n, line) for n, line in enumerate(lines_of(text), 1) if line.strip()]
    depths = [_depth(line) for _, line in written] + [0]
    open_: list[tuple[int, str]] = []
    for at, (number, line) in enumerate(written):
        while open_ and open_[-1][0] >= depths[at]:
            open_.pop()
        path = tuple(name for _, name in open_)
        stripped = line.strip()
        match = _WEIGHTED.fullmatch(stripped) if stripped.endswith(")") else None
        deeper = depths[at + 1] > depths[at]
        if stripped.startswith("@"):
            draft.lose(number, path, stripped, "unsupported", "rules are not applied")
        elif match is not None and not deeper:
            _term(match[1], match[2], path, number, draft)
        elif deeper or not path:
            if len(open_) >= DEEPEST_NESTING:
                raise PlacedError(TOO_DEEP, number)
            open_.append((depths[at], stripped))
            draft.open((*path, stripped), number)
        else:
            _term(stripped, "1", path, number, draft)
    return draft


def _term(written: str, weight: str, path: Path, line: int, draft: Draft) -> None:
    value = float(weight.replace(",", "."))
    if not math.isfinite(value):
        draft.lose(line, path, written, "weight", f"the weight {weight} is too large; it is 1 here")
        value = 1.0
    # Underscores join the words of a phrase there, and are letters here.
    term = " ".join(written.replace("_", " ").split()) or written
    draft.add(path, term, line, value)


def _depth(line: str) -> int:
    wide = line[:1_000].expandtabs(8)
    return len(wide) - len(wide.lstrip())
