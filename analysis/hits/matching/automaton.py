"""The tree of a lexicon as a table of states, worked out step by step as texts ask for them."""

from collections.abc import Iterable

from analysis.hits.matching.compiled import (
    CompiledLexica,
    Node,
    fits_constraint,
    sentence_starts,
)

DEAD = 0
ROOT = 1


class Automaton:
    """States and classes by number, so that the quick path has to compare only numbers.

    Tokens that fit the same patterns are one class (0 fits none); the places of
    the tree that a run of tokens reaches together are one state. Both, and the
    steps between them, are made when a text first needs them: of all that a large
    lexicon could reach, texts reach little.
    """

    def __init__(self, compiled: CompiledLexica) -> None:
        self._compiled = compiled
        self._class_of: dict[tuple[int, ...], int] = {(): 0}
        self._patterns: list[tuple[int, ...]] = [()]
        self._heeding: dict[tuple[str, str], tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._written: dict[tuple[str, str, str], int] = {}
        self._state_of: dict[tuple[int, ...], int] = {(): DEAD, (id(compiled.root),): ROOT}
        self._nodes: list[list[Node]] = [[], [compiled.root]]
        self.forms, self.heads, self.tails, self.pieces = compiled.patterns.fixed_parts()
        self.signs = compiled.patterns.signs
        # The class of all words that hold none of these parts.
        self.common_class = self._class(compiled.patterns.universal())
        self._constraints = [*filter(None, dict.fromkeys([*compiled.before, *compiled.after]))]
        numbers = {constraint: n for n, constraint in enumerate(self._constraints)}
        self.before = [numbers.get(c, -1) for c in compiled.before]
        self.after = [numbers.get(c, -1) for c in compiled.after]

    def class_of(self, form: str, sign: str = "") -> tuple[int, bool]:
        """Return the class of a folded token, and whether its capitals could change it.

        With a sign, the class of the token where that sign joins it to the one before.
        """
        plain, cased = self._compiled.patterns.resolve(form, sign)
        if cased:
            self._heeding[form, sign] = plain, cased
        return self._class(plain), bool(cased)

    def class_as_written(self, form: str, surface: str, sign: str = "") -> int:
        """Return the class of a token whose capitals matter."""
        key = form, surface, sign
        if key not in self._written:
            plain, cased = self._heeding[form, sign]
            agreeing = self._compiled.patterns.agreeing(cased, surface)
            self._written[key] = self._class(tuple(sorted(plain + agreeing)))
        return self._written[key]

    def forget_words(self) -> None:
        """Begin again with words whose capitals matter; classes and states stay."""
        self._heeding.clear()
        self._written.clear()

    def step(self, state: int, token_class: int) -> int:
        """Return the state that a token of a class leads to."""
        patterns = self._patterns[token_class]
        nodes = [n.children[p] for p in patterns for n in self._nodes[state] if p in n.children]
        key = tuple(map(id, nodes))
        if key not in self._state_of:
            self._state_of[key] = len(self._nodes)
            self._nodes.append(nodes)
        return self._state_of[key]

    def wanted(self, state: int) -> int:
        """Return the signature of the patterns that lead on from a state (see `_signature`)."""
        return _signature(pattern for node in self._nodes[state] for pattern in node.children)

    def offered(self, token_class: int) -> int:
        """Return the signature of a class: without a bit in common it leads nowhere."""
        return _signature(self._patterns[token_class])

    def entries(self, state: int) -> list[int]:
        """List the entries that end in a state, the most specific of a lexicon first."""
        return sorted(entry for node in self._nodes[state] for entry in node.entries)

    def vetoes(self, state: int) -> list[tuple[int, int, int]]:
        """List the exclusions that end in a state: category, entry (-1 for all), phrase."""
        nodes, category_of = self._nodes[state], self._compiled.category_of
        return [(c, -1, phrase) for node in nodes for c, phrase in node.vetoed_categories] + [
            (category_of[e], e, phrase) for node in nodes for e, phrase in node.vetoed_entries
        ]

    def markers(self, state: int) -> list[int]:
        """List the markers of terms that end in a state."""
        return sorted({marker for node in self._nodes[state] for marker in node.markers})

    def sentence_starts(self, lexicon: int, text: str) -> list[int]:
        """Return where the sentences of a text begin, by the language of a lexicon."""
        return sentence_starts(self._compiled.lexica[lexicon], text)

    def fits(self, constraint: int, form: str) -> bool:
        """Tell whether a token is a neighbour that a constraint asks for."""
        return fits_constraint(self._constraints[constraint], form)

    def _class(self, patterns: tuple[int, ...]) -> int:
        if patterns not in self._class_of:
            self._class_of[patterns] = len(self._patterns)
            self._patterns.append(patterns)
        return self._class_of[patterns]


def _signature(patterns: Iterable[int]) -> int:
    """Return 64 bits with one set for each pattern; different patterns may share a bit."""
    return sum(1 << bit for bit in {pattern % 64 for pattern in patterns})
