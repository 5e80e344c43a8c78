"""What texts in the cells of a table show of how they came there: cuts, marks, wrong letters."""

import re
from collections.abc import Callable, Sequence

from analysis.reading.garbled import leftovers
from analysis.reading.records import Draft

# Excel holds no more in one cell, and drops the rest when it saves.
_LONGEST_CELL = 32_767
_CUT_BY_SERVICE = re.compile(r"\[\+\d+ chars\]\s*$")
_TAGS = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|img|blockquote|figure)(?:\s[^<>]*)?/?>"
    r"|&(?:amp;)*(?:quot|nbsp|lt|gt|apos|amp|#\d{2,5});",
    re.IGNORECASE,
)


def cut(text: str) -> str | None:
    """Say where a text ends because a program had no room for more."""
    if _LONGEST_CELL in (len(text), len(text.encode("utf-16-le", "replace")) // 2):
        return (
            f"its text has {_LONGEST_CELL:,} characters, the most that a cell of Excel holds: it "
            "is probably cut; take it from where it was before it was saved in Excel"
        )
    if _CUT_BY_SERVICE.search(text):
        return "its text is cut, as its end says; fetch the whole article"
    return None


def doubts(drafts: Sequence[Draft]) -> list[str]:
    """Say how many texts of a table hold what their authors never wrote."""
    reasons = []
    for find, what in _FINDERS:
        found = [first for draft in drafts if (first := find(draft.text))]
        if found:
            texts = "1 text holds" if len(found) == 1 else f"{len(found):,} texts hold"
            reasons.append(f"{texts} {what.format(found[0])}")
    return reasons


def _tag(text: str) -> str | None:
    found = _TAGS.search(text) if "<" in text or "&" in text else None
    return found[0] if found else None


def _garbled(text: str) -> str | None:
    # What no decoder could read is listed where the file is decoded.
    return next((one for one in leftovers(text) if one[0] not in "&\ufffd"), None)


_FINDERS: tuple[tuple[Callable[[str], str | None], str], ...] = (
    (_tag, "marks of web pages, such as {}, which are read as words; take them out"),
    (
        _garbled,
        "wrongly decoded characters, such as {}: words with them are not found; save the file as "
        "UTF-8 from the program that made it, or pass encoding=…",
    ),
)
