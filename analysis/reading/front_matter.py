"""What stands between two lines `---` above a text → metadata, as writers of Markdown use it."""

import re
from typing import Any

from analysis.lexicons.checking import PlacedError
from analysis.lexicons.strict_yaml import Fields, Items, Node, Scalar, parse_yaml
from analysis.reading.names import number_known

_BLOCK = re.compile(
    r"---[ \t]*\r?\n(?P<yaml>(?:(?!---[ \t]*\r?$|\.\.\.[ \t]*\r?$)[^\n]*\n){1,200}?)"
    r"(?:---|\.\.\.)[ \t]*\r?(?:\n(?:[ \t]*\r?\n)*|\Z)",
    re.MULTILINE,
)
_KEY = re.compile(r"[^\W\d][\w -]{0,40}:(?:\s|$)")
_NAME = re.compile(r"[a-z][\w-]*")
_EMPTY = ("", "~", "null")


def part_front_matter(text: str) -> tuple[dict[str, Any], str, str | None]:
    """Part a text into its metadata and the rest; say where they cannot be read."""
    found = _BLOCK.match(text)
    if found is None or not _KEY.match(found["yaml"]):
        return {}, text, None
    try:
        fields = parse_yaml(found["yaml"])
    except PlacedError:
        told = (
            "its first lines look like metadata (YAML) and are not valid, so they are read as "
            "text; put values that hold a colon between quotation marks, or remove the lines"
        )
        return {}, text, told
    # Two rules of dashes may also frame a remark.
    names = list(fields.value) if isinstance(fields, Fields) else []
    if not isinstance(fields, Fields) or not (
        number_known(names) or all(map(_NAME.fullmatch, names))
    ):
        return {}, text, None
    return {name: _plain(node) for name, node in fields.value.items()}, text[found.end() :], None


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return None if node.value in _EMPTY else node.value
    if isinstance(node, Fields):
        return {name: _plain(inner) for name, inner in node.value.items()}
    items = [_plain(inner) for inner in node.value if isinstance(node, Items)]
    return ", ".join(items) if all(isinstance(one, str) for one in items) else items
