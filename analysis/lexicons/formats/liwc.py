"""LIWC's .dic: numbered categories between two % lines, then terms with their numbers."""

import re

from analysis.lexicons.checking import PlacedError
from analysis.lexicons.formats.decoding import lines_of
from analysis.lexicons.formats.draft import Draft

_HEADER_LINE = re.compile(r"([0-9]{1,9})\s+(\S.*)")
_NUMBER = re.compile(r"[0-9]{1,9}")
# What follows a term: numbers, or conditions in ( ) and < > with what hangs on them.
_CODE = re.compile(r"[(<][^()<>]*[)>]\S*|\S+")
_ONE_CODE_BEHIND_A_CONDITION = re.compile(r"(?:\([^()<>]*\)|<[^()<>]*>)([0-9]{1,9})")
_BLANKS = re.compile(r" {2,}")


def read_liwc(text: str) -> Draft:
    """Read a LIWC dictionary."""
    draft = Draft(plain_question_marks=True)
    lines = lines_of(text)
    marks = [number for number, line in enumerate(lines, 1) if line.strip() == "%"]
    if len(marks) < 2:
        reason = "the list of categories is not closed; write a line with % alone behind it"
        raise PlacedError(reason, marks[0] if marks else 1)
    names = _header(lines[: marks[1] - 1], draft)
    seen: dict[str, tuple[int, set[str]]] = {}
    for line, written in enumerate(lines[marks[1] :], marks[1] + 1):
        if written.strip() == "%":
            draft.lose(line, (), "%", "unsupported", "a third % has no meaning; it is left out")
        elif written.strip():
            _body_line(line, written.strip(), names, draft, seen)
    return draft


def _header(lines: list[str], draft: Draft) -> dict[int, str]:
    names: dict[int, str] = {}
    given: dict[int, int] = {}
    indented = None
    for line, written in enumerate(lines, 1):
        stripped = written.strip()
        if stripped in ("", "%"):
            continue
        match = _HEADER_LINE.fullmatch(stripped)
        if match is None:
            reason = "a category is a number and a name; the line is left out"
            draft.lose(line, (), stripped, "unsupported", reason)
            continue
        if written[0] == "\t":
            indented = indented or line
        number, name = int(match[1]), match[2]
        if number in names and names[number] != name:
            other = f"{names[number]!r} (line {given[number]})"
            reason = f"{number} is the number of {name!r} and of {other}; give each its own"
            raise PlacedError(reason, line)
        names[number] = name
        given[number] = line
        draft.open((name,), line)
    if not names:
        reason = "there is no category between the two % lines; write a number and a name there"
        raise PlacedError(reason, len(lines))
    if indented:
        reason = "categories are indented; each is taken as a category of its own"
        draft.lose(indented, (), None, "nesting", reason)
    return names


def _body_line(
    line: int,
    written: str,
    names: dict[int, str],
    draft: Draft,
    seen: dict[str, tuple[int, set[str]]],
) -> None:
    term, codes = _cut(written)
    last = term.rsplit(None, 1)
    if len(last) == 2 and _NUMBER.fullmatch(last[1]) and int(last[1]) in names:
        reason = f"{last[1]} is taken as part of the term; write a tab before it if it is a number"
        draft.lose(line, (), written, "ambiguous", f"{reason} of a category")
    categories: dict[str, None] = {}
    for code in codes:
        if not _NUMBER.fullmatch(code):
            behind = _ONE_CODE_BEHIND_A_CONDITION.fullmatch(code)
            fate = "its code counts everywhere" if behind else "none of its codes counts"
            reason = f"the condition {code!r} in {written!r} cannot be applied; {fate}"
            draft.lose(line, (), term, "unsupported", reason)
            if behind is None:
                continue
            code = behind[1]
        if int(code) in names:
            categories[names[int(code)]] = None
        else:
            reason = f"the header has no category {code}; that number is left out"
            draft.lose(line, (code,), term, "undefined category", reason)
    if not codes:
        draft.lose(line, (), term, "no category", "no number follows it; it is left out")
    first_line, known = seen.setdefault(term, (line, set()))
    if categories and first_line != line:
        reason = f"it stands in line {first_line} already; its categories are joined"
        draft.lose(line, tuple(categories)[:1], term, "repeated term", reason)
    for name in categories:
        if name not in known:
            draft.add((name,), term, line)
    known.update(categories)


def _cut(written: str) -> tuple[str, list[str]]:
    """Cut a line into term and codes at its first tab, else at a run of blanks."""
    term, tab, rest = written.partition("\t")
    if tab and rest.strip():
        return term.rstrip(), _CODE.findall(rest)
    if len(parts := _BLANKS.split(written, maxsplit=1)) == 2:
        return parts[0], _CODE.findall(parts[1])
    words = _CODE.findall(written)
    at = len(words)
    while at > 1 and (words[at - 1][0] in "(<" or _NUMBER.fullmatch(words[at - 1])):
        at -= 1
    return " ".join(words[:at]), words[at:]
