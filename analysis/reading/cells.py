"""What texts in the cells of a table show of how they came there: cuts, marks, wrong letters."""

import re
from collections.abc import Callable, Sequence

from analysis.reading.garbled import leftovers
from analysis.reading.records import Draft

# What a program holds in one cell; the rest is dropped when it saves. Some count bytes, others
# the halves of rare characters twice, and some take away blanks at the end.
_LONGEST = {32_767: "a cell of Excel", 65_535: "a field of MySQL"}
_ROOM = 20
# Of a character, and a little more.
_MOST_BYTES = 5
_ENDS = re.compile(r"[.!?\u2026:;)\]\"'\u2019\u201d\u00bb*]\s*$")
_CUT_BY_SERVICE = re.compile(r"\[\+?\d+ chars\]\s*$")
# What services write where there is no text, or where they give none.
_NOTICES = frozenset({"[deleted]", "[removed]", "only available in paid plans"})
_TAGS = re.compile(
    r"</?(?:p|br|hr|div|span|a|b|i|u|em|strong|small|su[bp]|h[1-6]|ul|ol|li|img|blockquote|figure|"
    r"figcaption|picture|iframe|script|style|section|article|header|footer|table|tbody|thead|tr|td|"
    r"th|html|body|font|center)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def cut(text: str) -> str | None:
    """Say where a text ends because a program had no room for more."""
    long = len(text) > min(_LONGEST) // _MOST_BYTES
    sizes = {len(text), len(text.encode()), len(text.encode("utf-16-le")) // 2} if long else set()
    for most, where in _LONGEST.items():
        near = any(most - _ROOM < size < most for size in sizes) and not _ENDS.search(text)
        if most in sizes or near:
            return (
                f"its text has {len(text):,} characters, and {most:,} is the most that {where} "
                "holds: it is probably cut; take it from where it was before it was saved there"
            )
    if _CUT_BY_SERVICE.search(text):
        return "its text is cut, as its end says; fetch the whole article"
    return None


def is_notice(text: str) -> bool:
    """Tell whether a text is only what a service writes in its place."""
    return text.strip().casefold() in _NOTICES


def doubts(drafts: Sequence[Draft], *, letters_only: bool = False) -> list[str]:
    """Say how many texts hold what their authors never wrote: wrong letters, or marks, too."""
    reasons = []
    for find, what in _FINDERS[letters_only:]:
        found = [first for draft in drafts if (first := find(draft.text))]
        if found:
            texts = "1 text holds" if len(found) == 1 else f"{len(found):,} texts hold"
            reasons.append(f"{texts} {what.format(found[0])}")
    return reasons


def _tag(text: str) -> str | None:
    if found := _TAGS.search(text) if "<" in text else None:
        return found[0]
    return next((one for one in leftovers(text) if one[0] == "&"), None) if "&" in text else None


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
