"""Web pages of ProQuest → articles, each behind an anchor with its number."""

import re
from typing import Any

from analysis.reading.exports.articles import Export
from analysis.reading.exports.proquest import is_article, notes_on, read_article
from analysis.reading.parsing.blocks import BLOCK_END, marked_text
from analysis.reading.parsing.limits import ParsingError

_ANCHOR = "DocID_"
_ARTICLE = "\x02"
_MAIL = re.compile(r"\bEmail (\d+) of (\d+)\b")
# A tag that ProQuest writes without its first bracket.
_TORN = re.compile(r"(?:^|\s)(?:html|body)>$")


def recognises(source: Any) -> bool:
    """Know a page by the anchors before its articles, or by labels that only ProQuest writes."""
    if any((one.get("name") or "").startswith(_ANCHOR) for one in source.iter("a")):
        return True
    return any(
        "".join(one.itertext()).startswith("ProQuest document ID") for one in source.iter("strong")
    )


def split(source: Any) -> Export:
    """Part a page into its articles."""
    before, *parts = marked_text(source, _mark).split(_ARTICLE)
    lines_of_parts = [_lines(part) for part in parts or [before]]
    readings = [read_article(lines) for lines in lines_of_parts if is_article(lines)]
    if not any(one.article.text for one in readings):
        raise ParsingError(
            "it was written by ProQuest, and holds links to articles, not their texts; open them, "
            "and download them with full text"
        )
    notes = notes_on(readings)
    if found := _MAIL.search(before):
        notes.append(f"this is mail {found[1]} of {found[2]}; the others hold other articles")
    return Export([one.article for one in readings], len(parts) or None, notes)


def _mark(element: Any) -> str:
    begins = element.tag == "a" and (element.get("name") or "").startswith(_ANCHOR)
    return _ARTICLE if begins else ""


def _lines(part: str) -> list[str]:
    """Return the blocks of a part, each followed by a blank line."""
    blocks = (_TORN.sub("", " ".join(block.split())) for block in part.split(BLOCK_END))
    return [line for block in blocks if block for line in (block, "")]
