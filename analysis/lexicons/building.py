"""Nodes of a lexicon's file made into the lexicon: every field checked, every fault placed."""

import math
from collections.abc import Mapping

from analysis.lexicons.checking import PlacedError, check_entries
from analysis.lexicons.model import (
    CONDITIONS,
    KINDS,
    NEARNESS,
    Category,
    Entry,
    Lexicon,
    Loss,
    Nearness,
    Problem,
)
from analysis.lexicons.strict_yaml import Fields, Items, Node, Scalar

_LEXICON_FIELDS = ("name", "version", "language", "description", "sources", "categories")
_CATEGORY_FIELDS = ("definition", "exclude", "subcategories", "terms")
_SUBCATEGORY_FIELDS = ("definition", "kind", "terms")
_TERM_FIELDS = ("term", "weight", "case", "kind", *CONDITIONS, *NEARNESS, "note")
_NEAR_FIELDS = ("terms", "within", "side")
_SIDES = ("", "before", "after")
_FURTHEST = 100


def build_lexicon(root: Fields, default_name: str, losses: tuple[Loss, ...] = ()) -> Lexicon:
    """Make a lexicon of what was parsed."""
    # A file without `categories` is the plain form: nothing but categories and terms.
    plain = "categories" not in root.value
    fields = {"categories": root} if plain else root.value
    _only(fields, _LEXICON_FIELDS, root, "a lexicon")
    if "name" in fields and not text_of(fields["name"]):
        raise PlacedError("the lexicon has an empty name; give it one")
    categories = fields["categories"]
    if not isinstance(categories, Fields) or not categories.value:
        raise PlacedError("there is no category; write one with terms", categories.line)
    problems: list[Problem] = []
    return Lexicon(
        name=text_of(fields.get("name")) or default_name,
        version=text_of(fields.get("version")) or "0",
        language=text_of(fields.get("language")),
        description=text_of(fields.get("description")),
        sources=_texts(fields.get("sources"), "sources"),
        categories=tuple(_category(*item, problems) for item in categories.value.items()),
        problem_list=tuple(problems),
        loss_list=losses,
    )


def _category(name: str, node: Node, problems: list[Problem]) -> Category:
    if not name.strip():
        raise PlacedError("a category has no name; write one before the :", node.line)
    fields = _fields(node, _CATEGORY_FIELDS, f"category {name!r}")
    exclude = _texts(fields.get("exclude"), f"exclude of category {name!r}")
    entries = _entries(fields.get("terms"), name, None)
    subcategories = fields.get("subcategories", Fields({}))
    if not isinstance(subcategories, Fields):
        reason = f"subcategories of {name!r} must be a mapping of names"
        raise PlacedError(reason, subcategories.line)
    described: list[tuple[str, str]] = []
    for subname, subnode in subcategories.value.items():
        inner = _fields(subnode, _SUBCATEGORY_FIELDS, f"subcategory {subname!r}")
        described.append((subname, text_of(inner.get("definition"))))
        kind = _kind(inner.get("kind"), f"subcategory {subname!r}")
        entries += _entries(inner.get("terms"), name, subname, kind)
    if not entries:
        raise PlacedError(f"category {name!r} has no terms; add some or remove it", node.line)
    problems += check_entries(entries, exclude, name)
    definition = text_of(fields.get("definition"))
    return Category(name, tuple(entries), exclude, definition, tuple(described))


def _kind(node: Node | None, what: str) -> str | None:
    kind = text_of(node)
    if kind and kind not in KINDS:
        line = node.line if node else None
        raise PlacedError(f"kind of {what} is {kind!r}; write {', '.join(KINDS)}", line)
    return kind or None


def _entries(
    node: Node | None, category: str, subcategory: str | None, kind: str | None = None
) -> list[Entry]:
    if node is None:
        return []
    if not isinstance(node, Items):
        raise PlacedError(
            f"the terms of {subcategory or category!r} must be a list; write each after a dash, "
            "or all within [ ]",
            node.line,
        )
    return [e for item in node.value for e in entries_of(item, category, subcategory, kind)]


def entries_of(
    node: Node, category: str, subcategory: str | None, kind: str | None = None
) -> list[Entry]:
    """Make the entry of a term, or those of several terms that share their fields."""
    if isinstance(node, Scalar):
        return [Entry(node.value.strip(), category, subcategory, kind=kind, line=node.line)]
    if isinstance(node, Items):
        reason = "a list stands where a term was expected; remove its brackets"
        raise PlacedError(reason, node.line)
    if "term" not in node.value:
        key = next(iter(node.value), "")
        raise PlacedError(
            f"a mapping ({key!r}: …) stands where a term was expected; quote a term that holds a "
            "colon, or write {term: …}",
            node.line,
        )
    fields = _fields(node, _TERM_FIELDS, "a term")
    own = fields["term"]
    nodes = own.value if isinstance(own, Items) else (own,)
    if not nodes:
        raise PlacedError("the list of terms is empty; write one", node.line)
    term, *_ = terms = [text_of(one) for one in nodes]
    case = text_of(fields.get("case")) or "insensitive"
    if case not in ("sensitive", "insensitive"):
        reason = f"case of {term!r} is {case!r}; write sensitive or insensitive"
        raise PlacedError(reason, node.line)
    weight = text_of(fields.get("weight")) or "1"
    try:
        number = float(weight)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise PlacedError(f"weight of {term!r} is {weight!r}; write a number", node.line)
    unless, before, after = (_texts(fields.get(name), f"{name} of {term!r}") for name in CONDITIONS)
    sensitive = case == "sensitive"
    kind = _kind(fields.get("kind"), repr(term)) or kind
    near, not_near = (_nearness(fields.get(name), f"{name} of {term!r}") for name in NEARNESS)
    return [
        Entry(
            *(each, category, subcategory, number, sensitive, unless, before, after),
            *(near, not_near, kind),
            note=text_of(fields.get("note")),
            line=one.line,
        )
        for each, one in zip(terms, nodes, strict=True)
    ]


def _nearness(node: Node | None, what: str) -> Nearness | None:
    if node is None:
        return None
    if not isinstance(node, Fields):
        reason = f"{what} must be a mapping, as in {{terms: [law*, power*], within: 5}}"
        raise PlacedError(reason, node.line)
    fields = _fields(node, _NEAR_FIELDS, what)
    terms = _texts(fields.get("terms"), f"terms of {what}")
    within, side = fields.get("within"), text_of(fields.get("side"))
    if not terms:
        raise PlacedError(f"{what} has no terms; write terms: [one, two]", node.line)
    bounds = _texts(within, "within") if isinstance(within, Items) else (text_of(within),)
    numbers = [one for one in bounds if one not in ("sentence", "")]
    in_range = (one.isdecimal() and 1 <= int(one) <= _FURTHEST for one in numbers)
    if not all(in_range) or len(numbers) > 1:
        reason = (
            f"within of {what} is {', '.join(bounds)!r}; write sentence, tokens from 1 to "
            f"{_FURTHEST}, or both as in [5, sentence]"
        )
        raise PlacedError(reason, node.line)
    if side not in _SIDES:
        reason = f"side of {what} is {side!r}; write before or after, or leave it out for both"
        raise PlacedError(reason, node.line)
    # Without a number of tokens it is the sentence anyway.
    within_tokens = int(numbers[0]) if numbers else 0
    return Nearness(terms, within_tokens, side, within_tokens > 0 and "sentence" in bounds)


def _fields(node: Node, allowed: tuple[str, ...], what: str) -> Mapping[str, Node]:
    """Return the fields of a category or term; a list alone holds its terms."""
    fields = node.value if isinstance(node, Fields) else {"terms": node}
    _only(fields, allowed, node, what)
    return fields


def _only(fields: Mapping[str, Node], allowed: tuple[str, ...], node: Node, what: str) -> None:
    if unknown := [key for key in fields if key not in allowed]:
        line = (node.key_lines or {}).get(unknown[0]) if isinstance(node, Fields) else None
        known = ", ".join(allowed)
        raise PlacedError(f"{what} has no field {unknown[0]!r}; it may have {known}", line)


def text_of(node: Node | None) -> str:
    """Return a single text, or none where nothing stands."""
    if node is None:
        return ""
    if not isinstance(node, Scalar):
        raise PlacedError("a single text was expected here, quote it", node.line)
    return node.value.strip()


def _texts(node: Node | None, what: str) -> tuple[str, ...]:
    if node is None:
        return ()
    if not isinstance(node, Items):
        raise PlacedError(f"{what} must be a list, as in [one, two]", node.line)
    return tuple(map(text_of, node.value))
