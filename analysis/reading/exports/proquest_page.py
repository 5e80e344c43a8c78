"""Web pages of ProQuest → articles, each behind an anchor with its number."""

import re
from collections import Counter
from typing import Any

from analysis.reading.exports.articles import Export
from analysis.reading.exports.proquest import is_article, notes_on, read_article
from analysis.reading.exports.trees import BLOCK_END, marked_text
from analysis.reading.parsing.limits import ParsingError

_ANCHOR = "DocID_"
_ARTICLE = "\x02"
_NUMBER = re.compile(r"\s*ProQuest ?document ?ID\b")
_MAIL = re.compile(r"\bEmail (\d{1,6}) of (\d{1,6})\b")
# A tag that ProQuest writes without its first bracket.
_TORN = re.compile(r"(?:^|\s)(?:html|body)>$")


def recognises(source: Any) -> bool:
    """Know a page by the anchors before its articles, or by labels that only ProQuest writes."""
    return bool(_anchors(source) or _numbers(source))


def split(source: Any) -> Export:
    """Part a page into its articles."""
    anchors, numbers = _anchors(source), _numbers(source)
    begins = frozenset(anchors if len(anchors) >= len(numbers) else _elements(numbers))
    marked = marked_text(source, lambda element: _ARTICLE if element in begins else "")
    before, *parts = marked.split(_ARTICLE)
    lines_of_parts = [_lines(part) for part in parts or [before]]
    readings = [read_article(lines) for lines in lines_of_parts if is_article(lines)]
    if not any(one.article.text for one in readings):
        raise ParsingError(
            "it was written by ProQuest, and holds links to articles, not their texts; open them, "
            "and download them with full text"
        )
    notes = notes_on(readings)
    if (found := _MAIL.search(before)) and int(found[2]) > 1:
        notes.append(f"this is mail {found[1]} of {found[2]}; the others hold other articles")
    return Export([one.article for one in readings], len(parts) or None, notes)


def _anchors(source: Any) -> list[Any]:
    return [one for one in source.iter("a") if (one.get("name") or "").startswith(_ANCHOR)]


def _numbers(source: Any) -> list[Any]:
    return [one for one in source.iter("strong", "b") if _NUMBER.match("".join(one.itertext()))]


def _elements(numbers: list[Any]) -> list[Any]:
    """Find the largest element around each number of an article that holds no other one."""
    if len(numbers) < 2:
        return []
    held = Counter(around for one in numbers for around in one.iterancestors())
    around = [[one for one in number.iterancestors() if held[one] == 1][-1:] for number in numbers]
    if any(not own or own[0].tag == "p" for own in around):
        raise ParsingError(
            "it was written by ProQuest, but where its articles begin and end cannot be told; save "
            "it again from there"
        )
    return [one for own in around for one in own]


def _lines(part: str) -> list[str]:
    """Return the blocks of a part, each followed by a blank line."""
    blocks = (_TORN.sub("", " ".join(block.split())) for block in part.split(BLOCK_END))
    return [line for block in blocks if block for line in (block, "")]
