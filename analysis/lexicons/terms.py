"""A lexicon's term, cut into token patterns by the rule that cuts the text (R3, R4)."""

import re

from analysis.errors import LexiconError
from analysis.text.folding import fold
from analysis.text.tokens import SIGNS, Tokens, abbreviations, token_pattern

LONGEST_TERM = 1_000
NUMBER = "<number>"

# Most terms are one word of plain letters, and need none of the rules below.
_ONE_WORD = re.compile(r"[\w*?]*[A-Za-z0-9][\w*?]*", re.ASCII)


def term_patterns(term: str, *, keep_case: bool = False) -> tuple[str, ...] | None:
    """Cut a term into one pattern per token, with the sign before it that joins it, if any."""
    if len(term) > LONGEST_TERM:
        raise LexiconError(
            f"the term {term[:30]!r}… has {len(term):,} characters; at most {LONGEST_TERM:,} are "
            "allowed"
        )
    if _ONE_WORD.fullmatch(term):
        return (term if keep_case else term.lower(),)
    folded = fold(term.strip(), keep_case=keep_case)
    matches = list(token_pattern(wildcards=True).finditer(folded.text))
    patterns = tuple(m.group() for m in matches)
    letters = "".join(patterns)
    if not letters or ("*" in letters and not letters.strip("*?'.")):
        raise LexiconError(
            f"the term {term!r} has no letter or digit, so it would match nothing or everything; "
            "remove it"
        )
    tokens = Tokens(folded, list(patterns), [m.span() for m in matches])
    joints = [tokens.joint(place) for place in range(len(matches) - 1)]
    before, after = folded.text[: matches[0].start()], folded.text[matches[-1].end() :]
    if before or after not in ("", ".") or "" in joints:
        return None
    # The stop of a lone "Mass." would go, and what is left match every "mass".
    if after and len(patterns) == 1 and "." not in letters:
        return None
    followed = zip(patterns, [*joints, after], [*patterns[1:], ""], strict=True)
    if not all(abbreviations().may_hold(p.lower(), n) for p, joint, n in followed if joint == "."):
        return None
    signs = ["", *(joint if joint in SIGNS else "" for joint in joints)]
    return tuple(sign + pattern for sign, pattern in zip(signs, patterns, strict=True))


def matchable_patterns(term: str, *, keep_case: bool = False) -> tuple[str, ...] | None:
    """Cut a term into patterns, with None also for what a lexicon of ours may not hold."""
    try:
        return term_patterns(term, keep_case=keep_case)
    except LexiconError:
        return None


def constraint_pattern(term: str) -> str:
    """Return the pattern of one neighbouring token, or ``<number>`` as it is."""
    if term == NUMBER:
        return term
    patterns = term_patterns(term)
    if patterns is None or len(patterns) != 1:
        raise LexiconError(
            f"{term!r} is not one token; before: and after: take single tokens or {NUMBER}, and "
            "unless: takes phrases"
        )
    return patterns[0]


def matches_pattern(pattern: str, token: str) -> bool:
    """Tell whether a token fits a pattern, without backtracking."""
    first, *middle = pattern.split("*")
    if not middle:
        return len(token) == len(first) and _fits(first, token, 0)
    *middle, last = middle
    end = len(token) - len(last)
    position = len(first)
    if end < position or not _fits(first, token, 0) or not _fits(last, token, end):
        return False
    for piece in middle:
        position = _find(piece, token, position, end)
        if position < 0:
            return False
        position += len(piece)
    return True


def _fits(piece: str, token: str, at: int) -> bool:
    if "?" not in piece:
        return token.startswith(piece, at)
    return all(a in ("?", b) for a, b in zip(piece, token[at : at + len(piece)], strict=True))


def _find(piece: str, token: str, start: int, end: int) -> int:
    if "?" not in piece:
        return token.find(piece, start, end)
    places = range(start, end - len(piece) + 1)
    return next((at for at in places if _fits(piece, token, at)), -1)
