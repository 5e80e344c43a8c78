"""What is to be said of the part of a page that was read: how much of it, and where it ends."""

import re
from collections.abc import Sequence
from pathlib import Path

import yaml

from analysis.reading.parsing.article import Article
from analysis.reading.parsing.page_blocks import Block

_PAYWALL = re.compile(
    "|".join(
        form.replace("…", r"\b.{0,60}?\b")
        for forms in yaml.safe_load((Path(__file__).parents[1] / "paywalls.yml").read_text("utf-8"))
        for form in forms
    ),
    re.IGNORECASE,
)
_LEAST_SHARE = 0.6
_FEW_UNREAD = 60
_FEW_HIDDEN = 10
# A call to subscribe is short, and little stands behind it.
_LONGEST_CALL = 80
_MOST_WORDS_BEHIND = 40
_SHOWN = 60


def notes_on(article: Article, blocks: Sequence[Block]) -> list[str]:
    """Say what of a page was not read, in one sentence for each reason."""
    notes = []
    read = _words(blocks, article.taken)
    unread = _words(blocks, article.unread)
    if unread >= _FEW_UNREAD and read < _LEAST_SHARE * (read + unread):
        notes.append(
            f"{read / (read + unread):.0%} of the text that this page shows outside menus, teasers "
            f"and comments was read ({read:,} of {read + unread:,} words); what was left out "
            f"begins {_shown(blocks[article.unread[0]].text)}: compare it with the page"
        )
    if article.hidden >= _FEW_HIDDEN:
        notes.append(
            f"{article.hidden:,} words of the article were left out, since the page hides them; "
            "open what is folded up and save it again"
        )
    if call := _call(article, blocks):
        notes.append(
            f"the page ends with {_shown(call)}, so the article is probably cut; save it again "
            "where you are logged in"
        )
    return notes


def _call(article: Article, blocks: Sequence[Block]) -> str | None:
    """Find a call to subscribe with hardly any text behind it."""
    taken = frozenset(article.taken)
    behind = 0
    last = None
    for n in reversed(article.behind):
        block = blocks[n]
        if block.n_words <= _LONGEST_CALL and _PAYWALL.search(block.text):
            last = block.text
        elif n in taken:
            behind += block.n_words
            if behind > _MOST_WORDS_BEHIND:
                break
    return last


def _words(blocks: Sequence[Block], numbers: Sequence[int]) -> int:
    return sum(blocks[n].n_words for n in numbers)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} …")
