"""WordStat's .cat: categories by their indentation, terms with weights in parentheses."""

import math
import re

from analysis.lexicons.checking import PlacedError
from analysis.lexicons.formats.decoding import lines_of
from analysis.lexicons.formats.draft import Draft, Path
from analysis.lexicons.model import Nearness
from analysis.lexicons.strict_yaml import DEEPEST_NESTING, TOO_DEEP

# "@NAME [TERM NOT NEAR #CATEGORY /S 5]": a term, and what must stand near it.
_RULE = re.compile(
    r"@[^\[]*\[\s*(\S+)\s+(NOT\s+)?(NEAR|BEFORE|AFTER|AND)\s+(\S+)"
    r"((?:\s+/?[A-Z]?\s*[0-9]*)*)\s*\]",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\s*(/S)?\s*(?:/?[WC]?\s*([0-9]{1,2}))?\s*(/S)?\s*", re.IGNORECASE)
# On which side of the term the other stands.
_SIDES = {"NEAR": "", "AND": "", "BEFORE": "after", "AFTER": "before"}
_WEIGHTED = re.compile(r"(.*\S)\s*\(([-+]?[0-9]+(?:[.,][0-9]+)?)\)")


def is_wordstat(lines: list[str]) -> bool:
    """Tell whether lines are a WordStat dictionary."""
    written = [line for line in lines if line.strip()]
    if not written or written[0][0].isspace():
        return False
    depths = [*map(_depth, written), 0]
    # A line above deeper ones is a category, whatever it says.
    indented = [
        line.strip()
        for line, depth, below in zip(written, depths, depths[1:], strict=False)
        if depth and below <= depth
    ]
    outer = [line.rstrip() for line in written if not line[0].isspace()]
    if any(line.endswith(":") or ": " in line or line[0] in "-#{[" for line in outer):
        return False
    fitting = sum(
        line.startswith("@") or (line.endswith(")") and bool(_WEIGHTED.fullmatch(line)))
        for line in indented
    )
    # Terms may stand without their weight, and categories without a term.
    return fitting > 0 and fitting * 4 >= len(indented)


def read_wordstat(text: str) -> Draft:
    """Read a WordStat dictionary; underscores within a term join the words of a phrase."""
    draft = Draft()
    written = [(n, line) for n, line in enumerate(lines_of(text), 1) if line.strip()]
    depths = [_depth(line) for _, line in written] + [0]
    open_: list[tuple[int, str]] = []
    rules: list[tuple[int, Path, str, str]] = []
    for at, (number, line) in enumerate(written):
        while open_ and open_[-1][0] >= depths[at]:
            open_.pop()
        path = tuple(name for _, name in open_)
        stripped = line.strip()
        match = _WEIGHTED.fullmatch(stripped) if stripped.endswith(")") else None
        deeper = depths[at + 1] > depths[at]
        if stripped.startswith("@"):
            rule, weight = (match[1], match[2]) if match else (stripped, "1")
            rules.append((number, path, rule, weight))
        elif match is not None and not deeper:
            _term(match[1], match[2], path, number, draft)
        elif deeper or not path:
            if len(open_) >= DEEPEST_NESTING:
                raise PlacedError(TOO_DEEP, number)
            open_.append((depths[at], stripped))
            draft.open((*path, stripped), number)
        else:
            _term(stripped, "1", path, number, draft)
    # Last, since they may name categories that stand further down.
    for number, path, rule, weight in rules:
        _rule(rule, weight, path, number, draft)
    return draft


def _rule(written: str, weight: str, path: Path, line: int, draft: Draft) -> None:
    """Take over a rule of one term and what stands near it; list all others."""
    parts = _RULE.fullmatch(written)
    within = _WITHIN.fullmatch(parts[5]) if parts else None
    in_sentence = within is not None and bool(within[1] or within[3])
    if parts is None or within is None or (parts[3].upper() == "AND" and not in_sentence):
        reason = "only NEAR, BEFORE, AFTER and AND between two items within a sentence are applied"
        draft.lose(line, path, written, "unsupported", reason)
        return
    around = _items(parts[4], draft)
    terms = _items(parts[1], draft)
    if not around or not terms:
        missing = parts[1] if not terms else parts[4]
        draft.lose(line, path, written, "unsupported", f"there is no category {missing}")
        return
    tokens = int(within[2] or 0)
    if not tokens and not in_sentence:
        reason = "it does not say how near; here it must stand in the same sentence"
        draft.lose(line, path, written, "condition", reason)
    near = Nearness(around, tokens, _SIDES[parts[3].upper()], in_sentence and tokens > 0)
    for term in terms:
        _term(term, weight, path, line, draft, **{"not_near" if parts[2] else "near": near})


def _items(written: str, draft: Draft) -> tuple[str, ...]:
    """Return a word or phrase of a rule, or the terms of a category that it names."""
    if not written.startswith("#"):
        return (_spelled(written),)
    name = written[1:].casefold()
    inside = (found for found in draft.terms if name in map(str.casefold, found.path))
    return tuple(dict.fromkeys(found.term for found in inside))


def _spelled(written: str) -> str:
    # Underscores join the words of a phrase there, and are letters here.
    return " ".join(written.replace("_", " ").split()) or written


def _term(written: str, weight: str, path: Path, line: int, draft: Draft, **near: Nearness) -> None:
    value = float(weight.replace(",", "."))
    if not math.isfinite(value):
        draft.lose(line, path, written, "weight", f"the weight {weight} is too large; it is 1 here")
        value = 1.0
    draft.add(path, _spelled(written), line, value, **near)


def _depth(line: str) -> int:
    wide = line[:1_000].expandtabs(8)
    return len(wide) - len(wide.lstrip())
