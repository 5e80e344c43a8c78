"""Lexica from files and from Python: read strictly, checked entry by entry."""

import math
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.errors import LexiconError, LexiconWarning
from analysis.lexicons.model import Category, Entry, Lexicon, Problem
from analysis.lexicons.strict_yaml import Fields, Items, Node, Scalar, parse_yaml
from analysis.lexicons.terms import constraint_pattern, term_patterns

BUILTIN = Path(__file__).parent / "builtin"
LARGEST_FILE = 50_000_000

_LEXICON_FIELDS = ("name", "version", "language", "description", "sources", "categories")
_CATEGORY_FIELDS = ("definition", "exclude", "subcategories", "terms")
_SUBCATEGORY_FIELDS = ("definition", "terms")
_TERM_FIELDS = ("term", "weight", "case", "unless", "before", "after")


def load_lexicon(source: str | Path) -> Lexicon:
    """Load a lexicon that comes with the package, or one of your own.

    Parameters
    ----------
    source : str or pathlib.Path
        Name of a built-in lexicon (``framing``, ``hedging``, ``boosters``) or the
        path of a YAML file. Its form is told in ``data/lexicons/README.md``.

    Returns
    -------
    Lexicon
        The lexicon. Entries that can never match, or stand twice in a category,
        are listed in its ``problems``.

    Raises
    ------
    TypeError
        If `source` is neither name nor path.
    LexiconError
        If the file is missing or breaks a rule; the message names the line.

    Warns
    -----
    LexiconWarning
        If the lexicon has ``problems``.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.load_lexicon("framing").category_names
    ('security', 'sovereignty', 'welfare')
    """
    if not isinstance(source, str | Path):
        raise TypeError(
            f"a lexicon is loaded by name or path, not from {type(source).__name__}; for a "
            "dictionary use lexicon_from_dict(name, {category: [terms]})"
        )
    path = _locate(source)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise LexiconError(
                f"{path.name} has {size:,} bytes; a lexicon may have {LARGEST_FILE:,}: split it"
            )
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(
            f"{path.name} is not UTF-8 (byte {error.start}); save it as UTF-8"
        ) from None
    except OSError as error:
        raise LexiconError(
            f"{path.name} cannot be read ({error.strerror}); check the path and its permissions"
        ) from None
    return _build(parse_yaml(text, path.name), path.name, default_name=path.stem)


def lexicon_from_dict(name: str, categories: Mapping[str, Any], *, version: str = "0") -> Lexicon:
    """Make a lexicon in a notebook.

    Parameters
    ----------
    name : str
        Name of the lexicon; it stands in the column ``lexicon`` of every result.
    categories : mapping of str to list
        Terms by category. A term is a str, or a mapping with ``term`` and any of
        ``weight``, ``case``, ``unless``, ``before`` and ``after``. In place of the
        list a category may be a mapping with ``terms``, ``exclude``,
        ``definition`` and ``subcategories``, as in a lexicon file.
    version : str, default "0"
        Version of the lexicon.

    Returns
    -------
    Lexicon
        The lexicon.

    Raises
    ------
    TypeError
        If a category is a str in place of a list of terms.
    LexiconError
        If a category or term breaks a rule.

    Warns
    -----
    LexiconWarning
        If some terms can never match or stand twice.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.lexicon_from_dict("borders", {"border": ["border*", "frontier*"]})
    Lexicon(borders@0+...: border (2))
    """
    if not isinstance(categories, Mapping):
        raise TypeError(
            f"categories must be a dictionary of lists of terms, not {type(categories).__name__}"
        )
    for category, terms in categories.items():
        if isinstance(terms, str):
            raise TypeError(
                f"category {category!r} is a str; give a list of terms: {{{category!r}: "
                f"[{terms!r}]}}"
            )
    fields = {
        "name": Scalar(str(name)),
        "version": Scalar(str(version)),
        "categories": _from_python(categories, f"lexicon {name!r}"),
    }
    return _build(Fields(fields), f"lexicon {name!r}", default_name=str(name))


def _locate(source: str | Path) -> Path:
    builtin = BUILTIN / f"{source}.yml"
    if isinstance(source, str) and builtin.parent == BUILTIN and builtin.is_file():
        return builtin
    path = Path(source).expanduser()
    if path.is_file():
        return path
    known = ", ".join(sorted(p.stem for p in BUILTIN.glob("*.yml")))
    raise LexiconError(f"there is no lexicon file {str(source)!r}; the built-in lexica are {known}")


def _from_python(value: Any, origin: str) -> Node:
    if isinstance(value, Mapping):
        return Fields({str(key): _from_python(item, origin) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return Items(tuple(_from_python(item, origin) for item in value))
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return Scalar(str(value))
    raise TypeError(f"{origin}: {value!r} is a {type(value).__name__}; terms are strings in lists")


def _build(root: Node, origin: str, *, default_name: str) -> Lexicon:
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
    )
    if problems:
        shown = "; ".join(f"{p.term!r} ({p.problem})" for p in problems[:3])
        more = f"; and {len(problems) - 3} more" if len(problems) > 3 else ""
        warnings.warn(
            f"{origin}: {len(problems)} entries need attention: {shown}{more}; see its problems",
            LexiconWarning,
            stacklevel=3,
        )
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
    kept = _checked(entries, exclude, name, origin, problems)
    return Category(name, kept, exclude, _text(fields.get("definition"), origin), tuple(described))


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


def _checked(
    entries: list[Entry],
    exclude: tuple[str, ...],
    category: str,
    origin: str,
    problems: list[Problem],
) -> tuple[Entry, ...]:
    """Refuse what is wrong, and list what can never match or stands twice."""
    kept: list[Entry] = []
    seen: dict[tuple[tuple[str, ...], bool], Entry] = {}

    def note(term: str, problem: str, line: int | None) -> None:
        problems.append(Problem(category, term, problem, line))

    unmatchable = "no text can match it: it holds punctuation that is part of no token or phrase"
    for phrase in exclude:
        if _patterns(phrase, origin, None) is None:
            note(phrase, f"as exclusion, {unmatchable}", None)
    for entry in entries:
        patterns = _patterns(entry.term, origin, entry.line, keep_case=entry.case_sensitive)
        for phrase in entry.unless:
            if _patterns(phrase, origin, entry.line) is None:
                note(phrase, f"as exclusion of {entry.term!r}, {unmatchable}", entry.line)
        for neighbour in (*entry.before, *entry.after):
            try:
                constraint_pattern(neighbour)
            except LexiconError as error:
                raise LexiconError(f"{_place(origin, entry.line)}: {error}") from None
        if patterns is None:
            note(entry.term, f"{unmatchable}; take it out or rewrite it", entry.line)
        elif (first := seen.get((patterns, entry.case_sensitive))) is not None:
            # Two entries that differ in their conditions are two readings of one word.
            conditions = (entry.before, entry.after, entry.unless)
            if conditions == (first.before, first.after, first.unless):
                where = f" in line {first.line}" if first.line else ""
                note(entry.term, f"the same as {first.term!r}{where}; counted once", entry.line)
        else:
            seen[patterns, entry.case_sensitive] = entry
        kept.append(entry)
    return tuple(kept)


def _patterns(
    term: str, origin: str, line: int | None, *, keep_case: bool = False
) -> tuple[str, ...] | None:
    try:
        return term_patterns(term, keep_case=keep_case)
    except LexiconError as error:
        raise LexiconError(f"{_place(origin, line)}: {error}") from None


def _only(
    fields: Mapping[str, Node], allowed: tuple[str, ...], node: Node, origin: str, what: str
) -> None:
    unknown = [key for key in fields if key not in allowed]
    if unknown:
        line = (node.key_lines or {}).get(unknown[0]) if isinstance(node, Fields) else None
        raise LexiconError(
            f"{_place(origin, line)}: {what} has no field {unknown[0]!r}; it may have "
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
    return _place(origin, node.line)


def _place(origin: str, line: int | None) -> str:
    return f"{origin}, line {line}" if line else origin
