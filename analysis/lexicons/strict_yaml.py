"""YAML for lexica: every scalar is text, every node knows its line, and no surprises.

PyYAML's loaders turn ``no`` into False, keep the last of two equal keys and
follow aliases without end. Here only its events are used, and all but plain
mappings, lists and scalars is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from analysis.errors import LexiconError

DEEPEST_NESTING = 20


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


def parse_yaml(text: str, origin: str) -> Node:
    """Parse one YAML document into nodes that keep text as text and know their lines."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    events = yaml.parse(text, Loader=loader)
    try:
        return _document(events, origin)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        written = "".join(text.splitlines()[line - 1 : line])
        if written.lstrip("- ").startswith("*"):
            raise LexiconError(_alias_message(origin, line)) from None
        # Newer parsers stop by themselves, long after our own limit.
        if "nesting depth" in str(error.problem):
            raise LexiconError(_depth_message(origin, line)) from None
        raise LexiconError(
            f"{origin}, line {line}: not valid YAML ({error.problem or error.context}); check the "
            "indentation, and quote terms that hold any of : # [ ] { } , & * ! | > ' \" % @ `"
        ) from None
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        raise LexiconError(f"{origin}: not valid YAML ({reason}); save it as UTF-8 text") from None


def _document(events: Iterator[yaml.Event], origin: str) -> Node:
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if root is not None:
                raise LexiconError(
                    f"{origin}, line {_line(event)}: a second document begins; keep one lexicon "
                    "in a file"
                )
            root = _node(next(events), events, origin, 1)
    if root is None:
        raise LexiconError(f"{origin}: the file is empty; write categories with terms in it")
    return root


def _node(event: yaml.Event, events: Iterator[yaml.Event], origin: str, depth: int) -> Node:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent):
        raise LexiconError(_alias_message(origin, line))
    if getattr(event, "anchor", None) is not None:
        raise LexiconError(
            f"{origin}, line {line}: anchors (&) are not allowed in a lexicon; quote a term that "
            "begins with &"
        )
    if getattr(event, "tag", None) not in (None, "!"):
        raise LexiconError(
            f"{origin}, line {line}: tags (!) are not allowed in a lexicon; quote a term that "
            "begins with !"
        )
    if depth > DEEPEST_NESTING:
        raise LexiconError(_depth_message(origin, line))
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, line)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_node(event, events, origin, depth + 1))
        return Items(tuple(items), line)
    return _fields(events, origin, depth, line)


def _fields(events: Iterator[yaml.Event], origin: str, depth: int, line: int) -> Fields:
    fields: dict[str, Node] = {}
    lines: dict[str, int | None] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _node(event, events, origin, depth + 1)
        if not isinstance(key, Scalar):
            raise LexiconError(f"{origin}, line {key.line}: a key must be a single word or phrase")
        if key.value in fields:
            raise LexiconError(
                f"{origin}: {key.value!r} stands twice, in lines {lines[key.value]} and "
                f"{key.line}; join the two or rename one"
            )
        fields[key.value] = _node(next(events), events, origin, depth + 1)
        lines[key.value] = key.line
    return Fields(fields, line, lines)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _depth_message(origin: str, line: int) -> str:
    return (
        f"{origin}, line {line}: nested more than {DEEPEST_NESTING} levels deep; a lexicon "
        "has categories, subcategories and terms"
    )


def _alias_message(origin: str, line: int) -> str:
    return (
        f'{origin}, line {line}: quote terms that begin with * (as in "*ism"); aliases are not '
        "allowed in a lexicon"
    )
