"""A lexicon with one entry added, changed or dropped, and entries as forms and logs write them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis.errors import ArgumentError, LexiconError
from analysis.lexicons.building import entries_of, text_of
from analysis.lexicons.checking import PlacedError, check_entries, faults_named, warn_of
from analysis.lexicons.formats.write_yaml import dump_line, fields_of
from analysis.lexicons.model import Category, Entry, Lexicon
from analysis.lexicons.strict_yaml import Fields, Node, node_of, parse_yaml


def change_entry(
    lexicon: Lexicon,
    category: str,
    term: str,
    *,
    unless: str | Sequence[str] = (),
    drop: bool = False,
) -> Lexicon:
    """Return a copy of a lexicon in which one entry is dropped or vetoed by more phrases.

    Parameters
    ----------
    lexicon : Lexicon
        The lexicon. It is not changed.
    category : str
        The entry's category.
    term : str
        The entry, as written in the lexicon and in the column ``entry`` of hits. Where it
        stands several times, with other conditions, all of them change.
    unless : str or sequence of str, optional
        Phrases that veto the entry, besides those that do already.
    drop : bool, default False
        Leave the entry out.

    Returns
    -------
    Lexicon
        Of the same name and version; its ``id`` ends in another hash. Write it to a file with
        `save_lexicon`.

    Raises
    ------
    LexiconError
        If the lexicon has no such category or entry, the category would be empty, or a phrase
        breaks a rule.
    ValueError
        If neither or both of `unless` and `drop` are given.

    Warns
    -----
    LexiconWarning
        If a phrase can never match.

    Examples
    --------
    >>> import analysis as fa
    >>> lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*", "danger*"]})
    >>> changed = fa.change_entry(lexicon, "security", "threat*", unless="threat of rain")
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat of rain."]))
    >>> fa.find_hits(paragraphs, changed)["blocked_by"].tolist()
    ['threat of rain']
    """
    phrases = (unless,) if isinstance(unless, str) else tuple(unless)
    if drop == bool(phrases):
        raise ArgumentError("give either phrases as unless or drop=True")
    own = [entry for entry in category_of(lexicon, category).entries if entry.term == term]
    if not own:
        raise LexiconError(_no_entry(lexicon, category, term))
    changed = lexicon
    for entry in own:
        more = tuple(dict.fromkeys((*entry.unless, *phrases)))
        changed = put_entry(changed, category, entry, None if drop else replace(entry, unless=more))
    known = set(lexicon.problem_list)
    warn_of([p for p in changed.problem_list if p not in known], (), lexicon.name)
    return changed


def put_entry(lexicon: Lexicon, category: str, old: Entry | None, new: Entry | None) -> Lexicon:
    """Return a lexicon with an entry added (no `old`), put in the place of `old`, or dropped."""
    own = category_of(lexicon, category)
    entries = list(own.entries)
    place = len(entries)
    if old is not None:
        if old not in entries:
            raise LexiconError(_no_entry(lexicon, category, old.term))
        place = entries.index(old)
        entries.pop(place)
    if new is not None:
        if new in entries:
            raise LexiconError(
                f"category {category!r} of {lexicon.name} has {new.term!r} already; change that "
                "entry"
            )
        entries.insert(place, replace(new, category=category))
    if not entries and old is not None:
        raise LexiconError(
            f"{old.term!r} is the only entry of category {category!r} of {lexicon.name}; add "
            "another before you drop it"
        )
    with faults_named(lexicon.name):
        problems = check_entries(entries, own.exclude, category, foreign=True)
    others = [problem for problem in lexicon.problem_list if problem.category != category]
    changed = replace(
        own, entries=tuple(entries), subcategories=_subcategories(own, old, new, entries)
    )
    return replace(
        lexicon,
        categories=tuple(changed if each is own else each for each in lexicon.categories),
        problem_list=(*others, *problems),
    )


def define_category(lexicon: Lexicon, category: str, definition: str) -> Lexicon:
    """Return a lexicon in which a category has another definition."""
    own = category_of(lexicon, category)
    changed = replace(own, definition=definition.strip())
    categories = tuple(changed if each is own else each for each in lexicon.categories)
    return replace(lexicon, categories=categories)


def category_of(lexicon: Lexicon, category: str) -> Category:
    """Return a category by its name."""
    names = lexicon.category_names
    if category not in names:
        raise LexiconError(
            f"{lexicon.name} has no category {category!r}; there are {', '.join(map(repr, names))}"
        )
    return lexicon.categories[names.index(category)]


def entry_from_fields(category: str, fields: Mapping[str, Any]) -> Entry:
    """Make an entry of the fields that a term has in a file, and its subcategory.

    Fields that are empty or None count as left out.
    """
    filled = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
    return _entry_of(category, node_of(filled, f"an entry of {category!r}"))


def entry_as_line(entry: Entry) -> str:
    """Write an entry, but for its category, as one line of YAML."""
    fields = {**fields_of(entry), "subcategory": entry.subcategory or None}
    term = fields.pop("term")
    written = {"term": term, **{name: value for name, value in fields.items() if value}}
    return dump_line(written)


def entry_from_line(category: str, line: str) -> Entry:
    """Undo `entry_as_line`."""
    with faults_named(f"an entry of {category!r}"):
        node = parse_yaml(line)
    return _entry_of(category, node)


def _entry_of(category: str, node: Node) -> Entry:
    with faults_named(f"an entry of {category!r}"):
        fields: dict[str, Node] = dict(node.value) if isinstance(node, Fields) else {"term": node}
        if "term" not in fields:
            raise PlacedError("it has no term; write one")
        subcategory = fields.pop("subcategory", None)
        name = text_of(subcategory) or None
        made = entries_of(Fields(fields), category, name)
        if len(made) != 1:
            raise PlacedError("it has several terms; write one")
        check_entries(made, (), category)
    return replace(made[0], line=None)


def _subcategories(
    category: Category, old: Entry | None, new: Entry | None, entries: Sequence[Entry]
) -> tuple[tuple[str, str], ...]:
    """Return the subcategories with that of a new entry, and without one that it left empty."""
    described = dict(category.subcategories)
    if new is not None and new.subcategory is not None:
        described.setdefault(new.subcategory, "")
    left = old.subcategory if old is not None else None
    if (
        left is not None
        and not described.get(left)
        and left not in {e.subcategory for e in entries}
    ):
        described.pop(left, None)
    return tuple(described.items())


def _no_entry(lexicon: Lexicon, category: str, term: str) -> str:
    return (
        f"category {category!r} of {lexicon.name} has no entry {term!r}; write it as in "
        "lexicon.entries, with its asterisk"
    )
