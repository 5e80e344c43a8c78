"""Entries checked one by one: what is wrong is refused, what cannot match is listed."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from analysis.errors import LexiconError, LexiconWarning
from analysis.lexicons.model import Entry, Loss, Problem
from analysis.lexicons.terms import constraint_pattern, matchable_patterns, term_patterns

_UNMATCHABLE = "no text can match it: it holds punctuation that is part of no token or phrase"


class PlacedError(Exception):
    """A fault of a lexicon, and its line; who reads the file names the file."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


@contextmanager
def faults_named(origin: str) -> Iterator[None]:
    """Refuse a lexicon in one sentence that names its file and the line."""
    try:
        yield
    except PlacedError as fault:
        where = f"{origin}, line {fault.line}" if fault.line else origin
        raise LexiconError(f"{where}: {fault}") from None


def check_entries(
    entries: Sequence[Entry], exclude: tuple[str, ...], category: str, *, foreign: bool = False
) -> list[Problem]:
    """Refuse what is wrong in a category, and list what can never match or stands twice."""
    problems: list[Problem] = []
    seen: dict[tuple[tuple[str, ...], bool], Entry] = {}

    def note(term: str, problem: str, line: int | None) -> None:
        problems.append(Problem(category, term, problem, line))

    cut = matchable_patterns if foreign else term_patterns
    with _faults_placed(None):
        for phrase in exclude:
            if term_patterns(phrase) is None:
                note(phrase, f"as exclusion, {_UNMATCHABLE}", None)
    for entry in entries:
        with _faults_placed(entry.line):
            patterns = cut(entry.term, keep_case=entry.case_sensitive)
            for phrase in entry.unless:
                if term_patterns(phrase) is None:
                    note(phrase, f"as exclusion of {entry.term!r}, {_UNMATCHABLE}", entry.line)
            for neighbour in (*entry.before, *entry.after):
                constraint_pattern(neighbour)
            for near in filter(None, (entry.near, entry.not_near)):
                for term in near.terms:
                    if cut(term) is None:
                        note(term, f"as a term near {entry.term!r}, {_UNMATCHABLE}", entry.line)
        if patterns is None:
            note(entry.term, f"{_UNMATCHABLE}; take it out or rewrite it", entry.line)
        elif (first := seen.get((patterns, entry.case_sensitive))) is not None:
            # Two entries that differ in their conditions are two readings of one word.
            if entry.conditions == first.conditions:
                where = f" in line {first.line}" if first.line else ""
                note(entry.term, f"the same as {first.term!r}{where}; counted once", entry.line)
        else:
            seen[patterns, entry.case_sensitive] = entry
    return problems


def warn_of(problems: Sequence[Problem], losses: Sequence[Loss], origin: str) -> None:
    """Warn of problems and of losses, naming the first three of each."""
    for told, what, table in (
        ([f"{p.term!r} ({p.problem})" for p in problems], "entries need attention", "problems"),
        ([_in_words(loss) for loss in losses], "losses", "losses"),
    ):
        if told:
            more = f"; and {len(told) - 3} more" if len(told) > 3 else ""
            message = f"{len(told)} {what}: {'; '.join(told[:3])}{more}; see its {table}"
            # From here the caller's caller is the researcher's own line.
            warnings.warn(f"{origin}: {message}", LexiconWarning, stacklevel=3)


@contextmanager
def _faults_placed(line: int | None) -> Iterator[None]:
    try:
        yield
    except LexiconError as error:
        raise PlacedError(str(error), line) from None


def _in_words(loss: Loss) -> str:
    where = f"line {loss.line}, " if loss.line else ""
    about = f" {loss.term[:80]!r}" if loss.term else ""
    return f"{where}{loss.what}{about} ({loss.reason})"
