"""YAML for lexica: every scalar is text, every node knows its line, and no surprises.

PyYAML's loaders turn ``no`` into False, keep the last of two equal keys and
follow aliases without end. Here only its events are used, and all but plain
mappings, lists and scalars is refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from analysis.errors import ArgumentTypeError
from analysis.lexicons.checking import PlacedError

DEEPEST_NESTING = 20
# What begins a comment, outside of texts.
_HASH = re.compile(r"(?<!\S)#")
TOO_DEEP = f"nested more than {DEEPEST_NESTING} levels deep; join some of its categories"
_ALIAS = 'quote terms that begin with * (as in "*ism"); aliases are not allowed in a lexicon'


@dataclass(frozen=True)
class Scalar:
    """Text as written, and its line from 1 (None if it comes from Python)."""

    value: str
    line: int | None = None


@dataclass(frozen=True)
class Items:
    """A list."""

    value: "tuple[Node, ...]"
    line: int | None = None


@dataclass(frozen=True)
class Fields:
    """A mapping; no key stands twice."""

    value: "dict[str, Node]"
    line: int | None = None
    key_lines: "dict[str, int | None] | None" = None


Node = Scalar | Items | Fields


def parse_yaml(text: str) -> Node:
    """Parse one YAML document into nodes that keep text as text and know their lines."""
    events = yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    try:
        return _document(events)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        written = "".join(text.splitlines()[line - 1 : line])
        if written.lstrip("- ").startswith("*"):
            raise PlacedError(_ALIAS, line) from None
        # Newer parsers stop by themselves, long after our own limit.
        if "nesting depth" in str(error.problem):
            raise PlacedError(TOO_DEEP, line) from None
        raise PlacedError(
            f"not valid YAML ({error.problem or error.context}); check the indentation, and quote "
            "terms that hold any of : # [ ] { } , & * ! | > ' \" % @ `",
            line,
        ) from None
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        raise PlacedError(f"not valid YAML ({reason}); save it as UTF-8 text") from None


def comment_line(text: str) -> int | None:
    """Return the line of the first comment."""
    # Marks of the parser in C count as those in Python do, but from behind a byte order mark.
    text = text.removeprefix("\ufeff")
    try:
        events = yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
        scalars = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    except yaml.YAMLError:
        return None
    marks = ((one.start_mark, one.end_mark) for one in scalars)
    spans = iter([(start.index, end.index) for start, end in marks if start and end])
    start, end = next(spans, (len(text), len(text)))
    for found in _HASH.finditer(text):
        while end <= found.start():
            start, end = next(spans, (len(text), len(text) + 1))
        if found.start() < start:
            return text.count("\n", 0, found.start()) + 1
    return None


def node_of(value: Any, origin: str) -> Node:
    """Make nodes of mappings, lists and texts of Python, which have no lines."""
    if isinstance(value, Mapping):
        return Fields({str(key): node_of(item, origin) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return Items(tuple(node_of(item, origin) for item in value))
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return Scalar(str(value))
    raise ArgumentTypeError(
        f"{origin}: {value!r} is a {type(value).__name__}; terms are strings in lists"
    )


def _document(events: Iterator[yaml.Event]) -> Node:
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if root is not None:
                reason = "a second document begins; keep one lexicon in a file"
                raise PlacedError(reason, _line(event))
            root = _node(next(events), events, 1)
    if root is None:
        raise PlacedError("the file is empty; write categories with terms in it")
    return root


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent):
        raise PlacedError(_ALIAS, line)
    if getattr(event, "anchor", None) is not None:
        reason = "anchors (&) are not allowed in a lexicon; quote a term that begins with &"
        raise PlacedError(reason, line)
    if getattr(event, "tag", None) not in (None, "!"):
        reason = "tags (!) are not allowed in a lexicon; quote a term that begins with !"
        raise PlacedError(reason, line)
    if depth > DEEPEST_NESTING:
        raise PlacedError(TOO_DEEP, line)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, line)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_node(event, events, depth + 1))
        return Items(tuple(items), line)
    return _fields(events, depth, line)


def _fields(events: Iterator[yaml.Event], depth: int, line: int) -> Fields:
    fields: dict[str, Node] = {}
    lines: dict[str, int | None] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _node(event, events, depth + 1)
        if not isinstance(key, Scalar):
            raise PlacedError("a key must be a single word or phrase", key.line)
        if key.value in fields:
            both = f"lines {lines[key.value]} and {key.line}"
            raise PlacedError(f"{key.value!r} stands twice, in {both}; join the two or rename one")
        fields[key.value] = _node(next(events), events, depth + 1)
        lines[key.value] = key.line
    return Fields(fields, line, lines)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
