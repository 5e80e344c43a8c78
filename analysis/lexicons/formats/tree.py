"""What every format is read into: categories within categories, terms, and what was lost."""

from dataclasses import dataclass, field

from analysis.errors import LexiconError
from analysis.lexicons.model import Loss
from analysis.lexicons.strict_yaml import Fields, Items, Node, Scalar
from analysis.lexicons.terms import term_patterns

# Between the names of categories within categories.
PATH = "/"


@dataclass
class Tree:
    """Terms by the path of their category, in the order of the file; lines are from 1."""

    origin: str
    name: str = ""
    terms: dict[tuple[str, ...], dict[str, Node]] = field(default_factory=dict)
    definitions: dict[tuple[str, ...], str] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def open(self, path: tuple[str, ...], definition: str = "") -> None:
        """Take note of a category, which may turn out to be empty."""
        self.terms.setdefault(path, {})
        if definition.strip():
            self.definitions[path] = definition.strip()

    def add(self, path: tuple[str, ...], term: str, line: int | None, weight: float = 1.0) -> None:
        """Add a term, unless no lexicon can hold it; one that stands twice is noted."""
        own = self.terms.setdefault(path, {})
        term = term.strip()
        try:
            term_patterns(term)
        except LexiconError as fault:
            self.lose(line, path, term, "unsupported", str(fault))
            return
        if term in own:
            self.lose(line, path, term, "repeated term", "it stands in this category already")
            return
        written = Scalar(term, line)
        weighted = Fields({"term": written, "weight": Scalar(repr(weight), line)}, line)
        own[term] = written if weight == 1.0 else weighted

    def lose(
        self,
        line: int | None,
        path: tuple[str, ...],
        term: str | None,
        what: str,
        reason: str,
    ) -> None:
        """Take note of what the file says and the lexicon does not."""
        self.losses.append(Loss(what, reason, line, PATH.join(path) or None, term))

    def root(self) -> Fields:
        """Return the tree in the form of our own files.

        The first level are categories, all deeper ones subcategories. Where a single
        category holds nothing but categories, it is the name of the lexicon instead.
        """
        paths = list(self.terms)
        tops = {path[0] for path in paths}
        if len(tops) == 1 and not self.terms.get((top := next(iter(tops)),)):
            below = {path[1:]: terms for path, terms in self.terms.items() if len(path) > 1}
            if any(below.values()):
                self.name = self.name or top
                self.terms = below
                self.definitions = {p[1:]: d for p, d in self.definitions.items() if len(p) > 1}
        categories: dict[str, Node] = {}
        for name in dict.fromkeys(path[0] for path in self.terms):
            if (node := self._category(name)) is not None:
                categories[name] = node
        if not categories:
            raise LexiconError(
                f"{self.origin}: no category of it has terms that can be read; see whether it is a "
                "dictionary, and whole"
            )
        fields: dict[str, Node] = {"categories": Fields(categories)}
        if self.name.strip():
            fields["name"] = Scalar(self.name.strip())
        return Fields(fields)

    def _category(self, name: str) -> Fields | None:
        own = tuple(self.terms.get((name,), {}).values())
        inner: dict[str, Node] = {}
        for path, terms in self.terms.items():
            if path[0] != name or len(path) == 1:
                continue
            if terms:
                parts = {"terms": Items(tuple(terms.values()))}
                inner[PATH.join(path[1:])] = Fields(parts | self._defined(path))
        if not own and not inner:
            self.lose(None, (name,), None, "empty category", "it has no terms that can be read")
            return None
        fields: dict[str, Node] = dict(self._defined((name,)))
        if own:
            fields["terms"] = Items(own)
        if inner:
            fields["subcategories"] = Fields(inner)
        return Fields(fields)

    def _defined(self, path: tuple[str, ...]) -> dict[str, Node]:
        definition = self.definitions.get(path)
        return {"definition": Scalar(definition)} if definition else {}
