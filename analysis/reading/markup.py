"""Markup in the values of a table → its text."""

import re
from html import unescape
from itertools import pairwise

_BLOCKS = frozenset(
    "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 "
    "h6 header hr li main nav ol p pre section summary table td th tr ul".split()
)
# Of each mark, no more is looked at than up to the next one: parsers that look further for its
# end take hours where hostile markup ends none.
_MARK = re.compile(
    r"<(?:!--.*?(?:-->|\Z)|(?:script|style)(?=[\s/>]).*?(?:</(?:script|style)\s*>|\Z)"
    r"|[!?/]?(?P<name>[a-z][a-z0-9]*)(?:(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*|[^<>]*)>)",
    re.IGNORECASE | re.DOTALL,
)
# Marks of a few words alone, and blank lines between words, are no page's.
_PAGE = re.compile(r"</(?:p|div)>|<br\b", re.IGNORECASE)


def is_markup(text: str) -> bool:
    """Tell whether marks of a page set the paragraphs of a text apart."""
    if not _PAGE.search(text):
        return False
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.strip())]
    return all(one.endswith(">") or other.startswith("<") for one, other in pairwise(parts))


def text_of_markup(markup: str) -> str:
    """Return the paragraphs of markup, set apart by blank lines."""
    marked = _MARK.sub(_edge, markup.replace("\f", " ").replace("\v", " "))
    paragraphs = (
        "\n".join(
            filter(None, (" ".join(unescape(line).split()) for line in paragraph.split("\v")))
        )
        for paragraph in marked.split("\f")
    )
    return "\n\n".join(filter(None, paragraphs))


def _edge(mark: re.Match[str]) -> str:
    name = (mark["name"] or "").lower()
    return "\v" if name == "br" else "\f" if name in _BLOCKS else ""
