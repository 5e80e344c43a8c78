"""Shapes of news that name a source without a verb: headlines, block quotations, own lines."""

import re
from collections.abc import Callable, Sequence

from analysis.hits.voice.names import is_title_case
from analysis.hits.voice.quotes import Quote
from analysis.hits.voice.words import DOCUMENT, FUNCTION, PERSON, VoiceWords

_LONGEST_HEADLINE = 160
_APART = re.compile("[:\u2013\u2014-]")
_TAIL = re.compile(r"(\s[-\u2013\u2014]|:)\s((?:[\w.'\u2019-]+\s?){1,4})$")
_HEAD = re.compile(r"((?:[^\W\d_a-z][\w.'\u2019-]*\s?){1,3}):\s+(?=\S)")
_SIGNED = re.compile(
    r"[-\u2013\u2014\u2015~]+\s?((?:[^\W\d_a-z][\w.'\u2019-]*\s?){1,5}?)\s*(?:[,(.]|$)"
)
_ITEM = re.compile(r"\s*(?:[-\u2013\u2022*\u00b7]|\d+[.)])\s")
_CITED = ">"
# "wrote:", "wrote in a post on Monday:", "said the following:", "said this:".
_INTRODUCES = re.compile(
    r"(?:\s(?:(?:in|on|via|at|to|as)\s[^,:;.]{1,60}|the following|this|that))?:\s*$"
)


def headline_source(
    text: str, is_person: Callable[[str], bool], words: VoiceWords, *, is_first: bool
) -> tuple[int, int, int, int, int, int] | None:
    """Return where a headline has its mark, the source that it names and what that says."""
    if len(text) > _LONGEST_HEADLINE or _APART.search(text) is None:
        return None
    plain = text.rstrip()
    if plain[-1:] in "!?" or "\n" in text.strip():
        return None
    if plain[-1:] == "." and not (is_first or is_title_case(plain[:-1])):
        return None
    tail = _TAIL.search(text)
    if tail is not None:
        name = tail.group(2)
        last = name.split()[-1].lower()
        kinds = words.kinds.get(last, 0) if name[:1].isupper() and tail.group(1) != ":" else 0
        function = any(words.kinds.get(word, 0) & FUNCTION for word in name.split())
        listed = last in words.lists["heading_sources"] and not function
        if listed or kinds & (PERSON | DOCUMENT) or is_person(name):
            return (tail.end(1) - 1, tail.end(1), *tail.span(2), 0, tail.start())
    head = _HEAD.match(text)
    if head is not None:
        name = head.group(1)
        listed = name.split()[-1].lower() in words.lists["heading_sources"]
        if is_person(name) or (listed and name.lower() not in words.lists["no_labels"]):
            return (head.end(1), head.end(1) + 1, *head.span(1), head.end(), len(plain))
    return None


def signature(text: str) -> tuple[int, int] | None:
    """Return the name in a paragraph that signs the quotation before it: "- Ada Brook, farmer"."""
    found = _SIGNED.match(text)
    return None if found is None else found.span(1)


def block_quotation(
    text: str, before: str, cues: Sequence[tuple[int, int, str]], words: VoiceWords
) -> list[Quote]:
    """Return a paragraph without marks as a quotation where the one before introduces it."""
    introduced = before.rstrip().endswith(":") and any(
        subcategory in words.lists["introducing"] and _INTRODUCES.match(before, end)
        for _, end, subcategory in cues
    )
    cited = text.startswith(_CITED) and (introduced or before.startswith(_CITED))
    if not cited and (not introduced or _ITEM.match(text)):
        return []
    return [Quote(0, len(text.rstrip()), True, False)]
