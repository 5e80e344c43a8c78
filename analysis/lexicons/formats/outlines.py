"""Plain lists of terms under headings: Lexicoder's .lc3, VBPro, WordStat's .cat."""

import math
import re

from analysis.lexicons.formats.tree import Tree

_VBPRO = re.compile(r">>\s*(.*?)\s*<<")
_WEIGHTED = re.compile(r"(?P<term>.*?)\s*\((?P<weight>[-+]?\d+(?:[.,]\d+)?)\)")
_BEFORE_ANY = "it stands before the first category"


def read_lexicoder(text: str, tree: Tree) -> None:
    """Read a .lc3 file: ``+category`` lines, each followed by its terms.

    Parameters
    ----------
    text : str
        The file.
    tree : Tree
        Takes categories, terms and losses. Terms that begin with ``~``, which need
        Lexicoder's own preparation of the text, are listed as unsupported.

    Examples
    --------
    >>> from analysis.lexicons.formats.outlines import read_lexicoder
    >>> from analysis.lexicons.formats.tree import Tree
    >>> tree = Tree("demo.lc3")
    >>> read_lexicoder("+threat\\nmenac*\\n", tree)
    >>> {path: list(terms) for path, terms in tree.terms.items()}
    {('threat',): ['menac*']}
    """
    path: tuple[str, ...] = ()
    for number, line in _lines(text):
        if line.startswith("+"):
            path = (line.lstrip("+").strip() or "unnamed",)
            _open(path, number, tree)
        elif line.startswith("~"):
            reason = "it needs a text that Lexicoder has prepared"
            tree.lose(number, path, line, "unsupported", reason)
        else:
            _add(path, line, number, tree)


def read_vbpro(text: str, tree: Tree) -> None:
    """Read a VBPro file: ``>>category<<`` lines, each followed by its terms.

    Parameters
    ----------
    text : str
        The file.
    tree : Tree
        Takes categories, terms and losses.

    Examples
    --------
    >>> from analysis.lexicons.formats.outlines import read_vbpro
    >>> from analysis.lexicons.formats.tree import Tree
    >>> tree = Tree("demo.vbpro")
    >>> read_vbpro(">>threat<<\\nmenac*\\n", tree)
    >>> {path: list(terms) for path, terms in tree.terms.items()}
    {('threat',): ['menac*']}
    """
    path: tuple[str, ...] = ()
    for number, line in _lines(text):
        if heading := _VBPRO.fullmatch(line):
            path = (heading[1] or "unnamed",)
            _open(path, number, tree)
        else:
            _add(path, line, number, tree)


def read_wordstat(text: str, tree: Tree) -> None:
    """Read a .cat file: indented by tabs, categories without and terms with a weight.

    Parameters
    ----------
    text : str
        The file.
    tree : Tree
        Takes categories, terms and losses. ``_`` between the words of a term is a
        blank. Rules, which begin with ``@``, are listed as unsupported.

    Examples
    --------
    >>> from analysis.lexicons.formats.outlines import read_wordstat
    >>> from analysis.lexicons.formats.tree import Tree
    >>> tree = Tree("demo.cat")
    >>> read_wordstat("threat\\n\\tMENAC* (1)\\n\\tfront\\n\\t\\tfront_line (2)\\n", tree)
    >>> {path: list(terms) for path, terms in tree.terms.items()}
    {('threat',): ['MENAC*'], ('threat', 'front'): ['front line']}
    """
    path: tuple[str, ...] = ()
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        depth = len(raw) - len(raw.lstrip("\t"))
        weighted = _WEIGHTED.fullmatch(line)
        if line.startswith("@"):
            tree.lose(number, path[:depth], line, "unsupported", "it is a rule, not a term")
        elif weighted and depth and path:
            weight = float(weighted["weight"].replace(",", "."))
            term = weighted["term"].replace("_", " ")
            if math.isfinite(weight):
                tree.add(path[:depth], term, number, weight)
        elif weighted and not depth:
            tree.lose(number, (), line, "undefined category", _BEFORE_ANY)
        else:
            path = (*path[:depth], line)
            tree.open(path)


def _lines(text: str) -> list[tuple[int, str]]:
    stripped = ((n, line.strip()) for n, line in enumerate(text.splitlines(), start=1))
    return [(number, line) for number, line in stripped if line]


def _open(path: tuple[str, ...], number: int, tree: Tree) -> None:
    if path in tree.terms:
        reason = "it stands twice; its terms are put together"
        tree.lose(number, path, None, "repeated category", reason)
    tree.open(path)


def _add(path: tuple[str, ...], line: str, number: int, tree: Tree) -> None:
    if path:
        tree.add(path, line, number)
    else:
        tree.lose(number, (), line, "undefined category", _BEFORE_ANY)
