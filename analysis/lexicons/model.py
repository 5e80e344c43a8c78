"""What a lexicon is: categories of entries, frozen, with a name that tells its content."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from analysis.errors import ArgumentTypeError
from analysis.lexicons.card import LexiconCard, make_card
from analysis.tables.checks import table_of

# Fields of an entry that hold phrases or tokens which decide whether it counts.
CONDITIONS = ("unless", "before", "after")
# Fields that hold terms which must, or must not, stand near it.
NEARNESS = ("near", "not_near")
# What kinds of word an entry may be.
KINDS = ("thing", "event", "state")


@dataclass(frozen=True)
class Nearness:
    """Other terms around an entry: in so many tokens (0: any), in its sentence, or in both."""

    terms: tuple[str, ...]
    within: int = 0
    side: str = ""
    sentence: bool = False

    @property
    def bounds(self) -> tuple[str, ...]:
        """How far the terms may stand, as a file says it."""
        bounded = self.sentence or not self.within
        return (*([str(self.within)] if self.within else []), *(["sentence"] if bounded else []))

    @property
    def where(self) -> str:
        """Where the terms may stand, in words."""
        return " ".join(filter(None, ("within", *self.bounds, self.side)))

    def __str__(self) -> str:
        return f"{self.where}: {'; '.join(self.terms)}"


@dataclass(frozen=True)
class Entry:
    """One term of a category, with what makes it count or not."""

    term: str
    category: str
    subcategory: str | None = None
    weight: float = 1.0
    case_sensitive: bool = False
    unless: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    near: Nearness | None = None
    not_near: Nearness | None = None
    kind: str | None = None
    note: str = field(default="", compare=False)
    line: int | None = field(default=None, compare=False)

    @property
    def conditions(self) -> tuple[object, ...]:
        """All that decides, beside its words, whether the entry counts."""
        return tuple(getattr(self, name) for name in (*CONDITIONS, *NEARNESS))


@dataclass(frozen=True)
class Category:
    """A category: its codebook definition, its entries, and the phrases that veto them."""

    name: str
    entries: tuple[Entry, ...]
    exclude: tuple[str, ...] = ()
    definition: str = ""
    subcategories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Problem:
    """An entry that was loaded but cannot do what its author meant."""

    category: str
    term: str
    problem: str
    line: int | None = None


@dataclass(frozen=True)
class Loss:
    """Something that one form of dictionary holds and another cannot say."""

    line: int | None
    category: str | None
    term: str | None
    what: str
    reason: str


@dataclass(frozen=True)
class Lexicon:
    """A dictionary of categories, made by `load_lexicon` or `lexicon_from_dict`.

    Attributes
    ----------
    name, version, language, description : str
        As the file says.
    sources : tuple of str
        Works that the entries were chosen from.
    categories : tuple of Category
        The categories, in the file's order.

    Examples
    --------
    >>> import analysis as fa
    >>> lexicon = fa.lexicon_from_dict("colours", {"warm": ["red", "orange*"]})
    >>> lexicon.category_names
    ('warm',)
    """

    name: str
    version: str
    categories: tuple[Category, ...]
    language: str = ""
    description: str = field(default="", compare=False)
    sources: tuple[str, ...] = field(default=(), compare=False)
    problem_list: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    loss_list: tuple[Loss, ...] = field(default=(), compare=False, repr=False)

    @property
    def id(self) -> str:
        """Name, version, and the start of `content_hash`: ``name@version+hash``."""
        return f"{self.name}@{self.version}+{self.content_hash[:8]}"

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of all that decides what matches, in any order of entries."""
        content = sorted(
            (
                category.name,
                sorted(category.exclude),
                sorted(
                    [
                        *(e.term, e.subcategory or "", e.weight, e.case_sensitive),
                        *(sorted(e.unless), sorted(e.before), sorted(e.after)),
                        *([e.kind] if e.kind else []),
                        *(f"{name} {near}" for name in NEARNESS if (near := getattr(e, name))),
                    ]
                    for e in category.entries
                ),
            )
            for category in self.categories
        )
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    @property
    def category_names(self) -> tuple[str, ...]:
        """Names of the categories, in the file's order."""
        return tuple(category.name for category in self.categories)

    @property
    def entries(self) -> pd.DataFrame:
        """All entries, one a row: category, term, weight, kind, conditions, note and the like."""
        rows = [vars(entry) for category in self.categories for entry in category.entries]
        columns = [
            *("category", "subcategory", "term", "weight", "case_sensitive", "kind"),
            *CONDITIONS,
            *NEARNESS,
            "note",
        ]
        table = pd.DataFrame(rows, columns=columns).astype(
            dict.fromkeys(("subcategory", "kind", "note"), "str")
        )
        written = {name: table[name].map("; ".join) for name in CONDITIONS}
        near = {name: [str(one or "") for one in table[name]] for name in NEARNESS}
        return table.assign(**written, **near)

    @property
    def problems(self) -> pd.DataFrame:
        """Entries that need attention, as the table ``problems``."""
        return table_of("problems", self.problem_list)

    @property
    def losses(self) -> pd.DataFrame:
        """What a dictionary of another form held and this lexicon cannot, as ``losses``."""
        return table_of("losses", self.loss_list)

    def definitions(self) -> pd.DataFrame:
        """Return the codebook: every category and subcategory with its definition and size.

        Returns
        -------
        pandas.DataFrame
            Columns category, subcategory (null for the category itself),
            definition and n_entries.

        Examples
        --------
        >>> import analysis as fa
        >>> fa.load_lexicon("framing").definitions()["category"].unique().tolist()
        ['security', 'sovereignty', 'welfare']
        """
        rows: list[tuple[str, str | None, str, int]] = []
        for category in self.categories:
            rows.append((category.name, None, category.definition, len(category.entries)))
            for name, definition in category.subcategories:
                size = sum(e.subcategory == name for e in category.entries)
                rows.append((category.name, name, definition, size))
        return pd.DataFrame(rows, columns=["category", "subcategory", "definition", "n_entries"])

    def card(self) -> LexiconCard:
        """Return the card: definition, agreement with human codes, known failures.

        Returns
        -------
        LexiconCard
            Shows itself in a notebook; ``text`` is Markdown.

        Examples
        --------
        >>> import analysis as fa
        >>> "Agreement with human codes" in fa.load_lexicon("framing").card().text
        True
        """
        return make_card(
            name=self.name,
            lexicon_id=self.id,
            language=self.language,
            description=self.description,
            definitions=self.definitions(),
            n_exclusions={category.name: len(category.exclude) for category in self.categories},
            sources=self.sources,
        )

    def __repr__(self) -> str:
        sizes = ", ".join(f"{c.name} ({len(c.entries)})" for c in self.categories)
        return f"Lexicon({self.id}: {sizes})"


def check_lexicon(lexicon: object) -> None:
    """Refuse what is no lexicon."""
    if not isinstance(lexicon, Lexicon):
        raise ArgumentTypeError(
            f"a Lexicon was expected, not {type(lexicon).__name__}; make one with load_lexicon or "
            "lexicon_from_dict"
        )
