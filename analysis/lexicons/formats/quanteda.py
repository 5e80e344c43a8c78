"""quanteda's YAML: mappings nested at will, with lists of terms at their ends."""

from analysis.lexicons.checking import PlacedError
from analysis.lexicons.formats.draft import Draft, Path
from analysis.lexicons.strict_yaml import Fields, Items, Node, Scalar

OUR_FIELDS = frozenset(("definition", "exclude", "subcategories", "terms"))
# What stands in a file of ours by mistake, and is no category.
SLIPS = frozenset(
    ("definitions", "excluded", "excludes", "exclusion", "exclusions", "subcategory", "term")
)
# The key that quanteda gives to the terms of a category that has subcategories too.
OWN_TERMS = "__"


def is_quanteda(root: Node) -> bool:
    """Tell whether YAML is nested in a way that a lexicon of ours never is."""
    if not isinstance(root, Fields) or "categories" in root.value:
        return False
    return any(_is_nested(node) for node in root.value.values())


def read_quanteda(root: Node) -> Draft:
    """Read a quanteda dictionary from its parsed YAML."""
    draft = Draft()
    _walk(root, (), draft)
    return draft


def _is_nested(node: Node) -> bool:
    if isinstance(node, Fields):
        return bool(node.value) and not (OUR_FIELDS | SLIPS) & set(node.value)
    if isinstance(node, Items):
        return any(isinstance(item, Fields) and _holds_lists(item) for item in node.value)
    return False


def _holds_lists(node: Fields) -> bool:
    return "term" not in node.value and all(
        isinstance(inner, Items | Fields) for inner in node.value.values()
    )


def _walk(node: Node, path: Path, draft: Draft) -> None:
    if isinstance(node, Fields):
        for key, inner in node.value.items():
            line = (node.key_lines or {}).get(key)
            if not key.strip():
                raise PlacedError("a category has no name; write one", line)
            deeper = path if key == OWN_TERMS and path else (*path, key)
            if deeper != path:
                draft.open(deeper, line)
            _walk(inner, deeper, draft)
    elif isinstance(node, Items):
        for item in node.value:
            if isinstance(item, Scalar):
                draft.add(path, item.value, item.line)
            else:
                _walk(item, path, draft)
    elif node.value.strip():
        draft.add(path, node.value, node.line)
