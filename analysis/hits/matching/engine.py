"""Texts in, counts and matches out, by the quick path where it was built."""

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal, NamedTuple

import numpy as np

from analysis.hits.matching.automaton import Automaton
from analysis.hits.matching.compiled import CompiledLexica
from analysis.hits.matching.search import ExactScanner

Nested = Literal["category", "lexicon"]

# Without a C compiler at set-up there is only the exact path: the same results, later.
QUICK_PATH = find_spec("analysis.hits.matching.quick") is not None

# Some megabytes of text at a time: enough that the making of tables weighs little.
_BATCH_CHARACTERS = 4_000_000
_MOST_SCANNERS = 16


class Scan(NamedTuple):
    """What was found in one batch of texts.

    ``counts`` holds the hits of each category in each text, ``n_tokens`` the tokens of
    each text. ``matches`` has one row per match (`search.MATCHES`), in order of text,
    lexicon and place; it is empty where matches were not asked for.
    """

    texts: list[str]
    counts: np.ndarray
    n_tokens: np.ndarray
    matches: np.ndarray


def scan(
    compiled: CompiledLexica,
    texts: Iterable[str],
    *,
    nested: Nested = "category",
    listing: bool = True,
    quick: bool = QUICK_PATH,
) -> Iterator[Scan]:
    """Find compiled lexica in texts, in one pass, some megabytes at a time.

    Parameters
    ----------
    compiled : CompiledLexica
        The lexica.
    texts : iterable of str
        The texts; no more than a batch of them is held at a time.
    nested : {"category", "lexicon"}, default "category"
        With ``"lexicon"``, a match inside a longer one of another category of the
        same lexicon is blocked.
    listing : bool, default True
        List the matches, besides counting them.
    quick : bool, optional
        Use the quick path; by default, wherever it was built.

    Yields
    ------
    Scan
        The next texts with their counts, numbers of tokens, and matches.

    Examples
    --------
    >>> import analysis as fa
    >>> from analysis.hits.matching.compiled import compile_lexica
    >>> from analysis.hits.matching.engine import scan
    >>> compiled = compile_lexica([fa.lexicon_from_dict("k", {"a": ["aid"]})])
    >>> for found in scan(compiled, ["Aid, aid"]):
    ...     print(found.counts.tolist(), found.n_tokens.tolist(), found.matches["start"].tolist())
    [[2]] [2] [0, 5]
    """
    scanner = _scanner(compiled, quick)
    for batch in _batches(texts):
        yield Scan(batch, *scanner.scan(batch, nested == "lexicon", listing))


# What a scanner learns of words is worth keeping for the next call.
@lru_cache(maxsize=_MOST_SCANNERS)
def _scanner(compiled: CompiledLexica, quick: bool) -> Any:
    if not quick:
        return ExactScanner(compiled)
    return import_module("analysis.hits.matching.quick").Scanner(compiled, Automaton(compiled))


# A process that forks while a thread scans would inherit a lock that nobody gives back.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_scanner.cache_clear)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        # The quick path reads plain strings as they lie in memory, and no kin of theirs.
        batch.append(text if type(text) is str else str(text))
        size += len(text)
        if size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
