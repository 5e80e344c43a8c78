"""Nodes of a lexicon's file made into the lexicon: every field checked, every fault placed."""

import math
from collections.abc import Mapping

from analysis.errors import LexiconError
from analysis.lexicons.checking import check_entries, place, warn_of
from analysis.lexicons.model import Category, Entry, Lexicon, Loss, Problem
from analysis.lexicons.strict_yaml import Fields, Items, Node, Scalar

_LEXICON_FIELDS = ("name", "version", "language", "description", "sources", "categories")
_CATEGORY_FIELDS = ("definition", "exclude", "subcategories", "terms")
_SUBCATEGORY_FIELDS = ("definition", "terms")
_TERM_FIELDS = ("term", "weight", "case", "unless", "before", "after")


def build_lexicon(
    root: Node, origin: str, default_name: str, losses: tuple[Loss, ...] = ()
) -> Lexicon:
    """Make a lexicon of what was parsed."""
    if not isinstance(root, Fields):
        raise LexiconError(
            f"{_at(origin, root)}: a lexicon is a mapping of categories to lists of terms"
        )
    # A file without `categories` is the plain form: nothing but categories and terms.
    plain = "categories" not in root.value
    fields = {"categories": root} if plain else root.value
    _only(fields, _LEXICON_FIELDS, root, origin, "a lexicon")
    if "name" in fields and not _text(fields["name"], origin):
        raise LexiconError(f"{origin}: the lexicon has an empty name; give it one")
    categories = fields["categories"]
    if not isinstance(categories, Fields) or not categories.value:
        raise LexiconError(f"{_at(origin, categories)}: there is no category; write one with terms")
    problems: list[Problem] = []
    lexicon = Lexicon(
        name=_text(fields.get("name"), origin) or default_name,
        version=_text(fields.get("version"), origin) or "0",
        language=_text(fields.get("language"), origin),
        description=_text(fields.get("description"), origin),
        sources=_texts(fields.get("sources"), origin, "sources"),
        categories=tuple(
            _category(name, node, origin, problems) for name, node in categories.value.items()
        ),
        problem_list=tuple(problems),
        loss_list=losses,
    )
    warn_of(problems, losses, origin)
    return lexicon


def _category(name: str, node: Node, origin: str, problems: list[Problem]) -> Category:
    if not name.strip():
        raise LexiconError(f"{_at(origin, node)}: a category has no name; write one before the :")
    fields = {"terms": node} if not isinstance(node, Fields) else node.value
    _only(fields, _CATEGORY_FIELDS, node, origin, f"category {name!r}")
    exclude = _texts(fields.get("exclude"), origin, f"exclude of category {name!r}")
    entries = _entries(fields.get("terms"), name, None, origin)
    subcategories = fields.get("subcategories", Fields({}))
    if not isinstance(subcategories, Fields):
        raise LexiconError(
            f"{_at(origin, subcategories)}: subcategories of {name!r} must be a mapping of names"
        )
    described: list[tuple[str, str]] = []
    for subname, subnode in subcategories.value.items():
        inner = {"terms": subnode} if not isinstance(subnode, Fields) else subnode.value
        _only(inner, _SUBCATEGORY_FIELDS, subnode, origin, f"subcategory {subname!r}")
        described.append((subname, _text(inner.get("definition"), origin)))
        entries += _entries(inner.get("terms"), name, subname, origin)
    if not entries:
        raise LexiconError(
            f"{_at(origin, node)}: category {name!r} has no terms; add some or remove it"
        )
    problems += check_entries(entries, exclude, name, origin)
    return Category(
        name, tuple(entries), exclude, _text(fields.get("definition"), origin), tuple(described)
    )


def _entries(node: Node | None, category: str, subcategory: str | None, origin: str) -> list[Entry]:
    if node is None:
        return []
    if not isinstance(node, Items):
        raise LexiconError(
            f"{_at(origin, node)}: the terms of {subcategory or category!r} must be a list; write "
            "each after a dash, or all within [ ]"
        )
    return [_entry(item, category, subcategory, origin) for item in node.value]


def _entry(node: Node, category: str, subcategory: str | None, origin: str) -> Entry:
    where = _at(origin, node)
    if isinstance(node, Scalar):
        return Entry(node.value.strip(), category, subcategory, line=node.line)
    if isinstance(node, Items):
        raise LexiconError(f"{where}: a list stands where a term was expected; remove its brackets")
    if "term" not in node.value:
        key = next(iter(node.value), "")
        raise LexiconError(
            f"{where}: a mapping ({key!r}: …) stands where a term was expected; quote a term that "
            "holds a colon, or write {term: …}"
        )
    _only(node.value, _TERM_FIELDS, node, origin, "a term")
    term = _text(node.value["term"], origin)
    case = _text(node.value.get("case"), origin) or "insensitive"
    if case not in ("sensitive", "insensitive"):
        raise LexiconError(f"{where}: case of {term!r} is {case!r}; write sensitive or insensitive")
    return Entry(
        term,
        category,
        subcategory,
        weight=_weight(node.value.get("weight"), term, where, origin),
        case_sensitive=case == "sensitive",
        unless=_texts(node.value.get("unless"), origin, f"unless of {term!r}"),
        before=_texts(node.value.get("before"), origin, f"before of {term!r}"),
        after=_texts(node.value.get("after"), origin, f"after of {term!r}"),
        line=node.line,
    )


def _weight(node: Node | None, term: str, where: str, origin: str) -> float:
    written = _text(node, origin) or "1"
    try:
        weight = float(written)
    except ValueError:
        weight = math.nan
    if not math.isfinite(weight):
        raise LexiconError(f"{where}: weight of {term!r} is {written!r}; write a number")
    return weight


def _only(
    fields: Mapping[str, Node], allowed: tuple[str, ...], node: Node, origin: str, what: str
) -> None:
    unknown = [key for key in fields if key not in allowed]
    if unknown:
        line = (node.key_lines or {}).get(unknown[0]) if isinstance(node, Fields) else None
        raise LexiconError(
            f"{place(origin, line)}: {what} has no field {unknown[0]!r}; it may have "
            f"{', '.join(allowed)}"
        )


def _text(node: Node | None, origin: str) -> str:
    if node is None:
        return ""
    if not isinstance(node, Scalar):
        raise LexiconError(f"{_at(origin, node)}: a single text was expected here, quote it")
    return node.value.strip()


def _texts(node: Node | None, origin: str, what: str) -> tuple[str, ...]:
    if node is None:
        return ()
    if not isinstance(node, Items):
        raise LexiconError(f"{_at(origin, node)}: {what} must be a list, as in [one, two]")
    return tuple(_text(item, origin) for item in node.value)


def _at(origin: str, node: Node) -> str:
    return place(origin, node.line)
