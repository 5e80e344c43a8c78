"""Quanteda's YAML: mappings of categories within categories, and lists of terms."""

from difflib import get_close_matches

from analysis.errors import LexiconError
from analysis.lexicons.formats.tree import Tree
from analysis.lexicons.strict_yaml import Fields, Items, Node, Scalar

# What a mapping below a category holds in our own form; a near miss is a slip, not a category.
OUR_FIELDS = ("terms", "exclude", "subcategories", "definition")
_ALIKE = 0.75


def is_quanteda(root: Node) -> bool:
    """Tell whether YAML is nested as quanteda's dictionaries are, and not as our own lexica.

    Parameters
    ----------
    root : Node
        The parsed file.

    Returns
    -------
    bool
        True where a category holds categories of its own choice of names, or lists hold
        mappings of lists.

    Examples
    --------
    >>> from analysis.lexicons.formats.quanteda import is_quanteda
    >>> from analysis.lexicons.strict_yaml import parse_yaml
    >>> is_quanteda(parse_yaml("a: {b: [c], d: {e: [f]}}", "demo"))
    True
    >>> is_quanteda(parse_yaml("a: {term: [c]}", "demo"))
    False
    """
    if not isinstance(root, Fields) or "categories" in root.value:
        return False
    inner = [node for node in root.value.values() if isinstance(node, Fields)]
    names = {name for node in inner for name in node.value}
    if any(get_close_matches(name.lower(), OUR_FIELDS, 1, _ALIKE) for name in names):
        return False
    return bool(names) and all(
        isinstance(below, Items | Fields) for node in inner for below in node.value.values()
    )


def read_quanteda(root: Node, tree: Tree) -> None:
    """Read the nested lists of a quanteda dictionary.

    Parameters
    ----------
    root : Node
        The parsed file.
    tree : Tree
        Takes categories, terms and losses.

    Raises
    ------
    LexiconError
        If there is no mapping at its top.

    Examples
    --------
    >>> from analysis.lexicons.formats.quanteda import read_quanteda
    >>> from analysis.lexicons.formats.tree import Tree
    >>> from analysis.lexicons.strict_yaml import parse_yaml
    >>> tree = Tree("demo.yml")
    >>> read_quanteda(parse_yaml("a: {b: [c, d]}", "demo.yml"), tree)
    >>> {path: list(terms) for path, terms in tree.terms.items() if terms}
    {('a', 'b'): ['c', 'd']}
    """
    if not isinstance(root, Fields):
        raise LexiconError(f"{tree.origin}: a dictionary is a mapping of categories to terms")
    _read(root, (), tree)


def _read(node: Node, path: tuple[str, ...], tree: Tree) -> None:
    if isinstance(node, Fields):
        for name, below in node.value.items():
            inner = (*path, name.strip() or "unnamed")
            tree.open(inner)
            _read(below, inner, tree)
    elif isinstance(node, Items):
        for item in node.value:
            _read(item, path, tree)
    elif isinstance(node, Scalar) and node.value.strip():
        tree.add(path, node.value, node.line)
