"""What a reader found in a dictionary of another program, before it becomes a lexicon."""

from dataclasses import dataclass, field

from analysis.lexicons.model import Loss, Nearness
from analysis.lexicons.terms import LONGEST_TERM, matchable_patterns

Path = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A term, the categories it stands in from the outermost on, its line and conditions."""

    path: Path
    term: str
    line: int | None
    weight: float = 1.0
    near: Nearness | None = None
    not_near: Nearness | None = None


@dataclass
class Draft:
    """Terms, categories and losses, in the order of the file."""

    name: str = ""
    description: str = ""
    terms: list[Found] = field(default_factory=list)
    categories: dict[Path, int | None] = field(default_factory=dict)
    definitions: dict[Path, str] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    plain_question_marks: bool = False

    def lose(self, line: int | None, path: Path, term: str | None, what: str, reason: str) -> None:
        """Note what is not taken over as it stands."""
        self.losses.append(Loss(line, "/".join(path) or None, term, what, reason))

    def open(self, path: Path, line: int | None) -> None:
        """Note a category where it begins, and that it began before."""
        if path in self.categories:
            first = self.categories[path]
            where = f" in line {first}" if first else ""
            reason = f"it began{where} already; the terms of both are joined"
            self.lose(line, path, None, "repeated category", reason)
        else:
            self.categories[path] = line

    def add(
        self, path: Path, term: str, line: int | None, weight: float = 1.0, **near: Nearness
    ) -> None:
        """Take a term over, or say why not."""
        term = term.strip()
        if not term:
            self.lose(line, path, None, "empty term", "there is nothing to find")
        elif not path:
            self.lose(line, path, term, "no category", "it stands before the first category")
        elif len(term) > LONGEST_TERM:
            reason = f"it has {len(term):,} characters; at most {LONGEST_TERM:,} are allowed"
            self.lose(line, path, term, "unsupported", reason)
        elif (
            self.plain_question_marks
            and "?" in term
            and (any(map(str.isalnum, term)) or matchable_patterns(term))
        ):
            reason = "its question mark is a plain character there and a wildcard here"
            self.lose(line, path, term, "unsupported", reason)
        else:
            self.terms.append(Found(path, term, line, weight, **near))
