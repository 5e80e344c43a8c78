"""``lint-lexicon``: what in a lexicon cannot do what its author meant."""

import argparse
import warnings
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.cli.options import add_command, tell
from analysis.errors import LexiconError, LexiconWarning

if TYPE_CHECKING:
    import pandas as pd

    from analysis.lexicons.model import Lexicon

_EPILOG = """\
examples:
  %(prog)s mine.yml
  %(prog)s mine.yml --words vocabulary.txt
  %(prog)s framing

FILE has one word a line, in UTF-8, and may have its frequency after a tab.

exit codes: 0 sound, 1 there are findings, 2 wrong input or arguments, 130 interrupted
"""


class _Finding(NamedTuple):
    category: str
    term: str
    line: int | None
    what: str
    remedy: str


def add(commands: Any) -> None:
    """Add the command to the command line."""
    parser = add_command(
        commands,
        "lint-lexicon",
        summary="list the terms of a lexicon that need attention",
        description="List terms that can never match, stand twice, are always excluded or catch "
        "other words,\nand what of another program's dictionary could not be loaded. Then follows "
        "what kind of word\n(thing, event or state) each term is taken for that does not say so: "
        "it decides what a\nnegation denies.",
        epilog=_EPILOG,
    )
    parser.add_argument("lexicon", metavar="LEXICON", help="a built-in lexicon or a file")
    parser.add_argument(
        "--words",
        type=Path,
        metavar="FILE",
        help="words to try wildcards on, best those of your corpus (English words)",
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from analysis.lexicons.lint import lint_lexicon
    from analysis.lexicons.loading import load_lexicon

    words = None if options.words is None else _read_words(options.words)
    with warnings.catch_warnings():
        # All of them are listed below, not only the first.
        warnings.simplefilter("ignore", LexiconWarning)
        lexicon = load_lexicon(options.lexicon)
    findings = _findings(lexicon, lint_lexicon(lexicon, words=words))
    n_entries = sum(len(category.entries) for category in lexicon.categories)
    tell(f"{lexicon.id}: {n_entries:,} entries, {len(findings):,} findings")
    for category, own in groupby(findings, key=lambda finding: finding.category):
        tell("", category)
        for finding in own:
            where = "" if finding.line is None else f"line {finding.line}: "
            tell(f"  {where}{finding.term}", f"    {finding.what}", f"    {finding.remedy}")
    _tell_kinds(lexicon)
    return int(bool(findings))


def _tell_kinds(lexicon: "Lexicon") -> None:
    """Print what kind of word each entry is taken for that does not say so."""
    from analysis.lexicons.kinds import kinds_of
    from analysis.lexicons.model import KINDS

    # A term of two categories is guessed alike in both.
    guessed = {entry.term: kind for entry, kind in kinds_of(lexicon).items() if not entry.kind}
    if guessed:
        tell("", "kinds of words, on which certainty depends, guessed (write kind: in the lexicon)")
        for kind in KINDS:
            if terms := [term for term, own in guessed.items() if own == kind]:
                tell(f"  {kind}: {', '.join(terms)}")


def _findings(lexicon: "Lexicon", linted: "pd.DataFrame") -> list[_Finding]:
    """Put together what the checks found and what loading told, each once, by category."""
    from analysis.tables.checks import records_of

    lines = {
        (category.name, entry.term): entry.line
        for category in lexicon.categories
        for entry in category.entries
    }
    findings, told = [], set()
    for row in records_of(linted):
        place, other = (row["category"], row["term"]), row["other"]
        what = row["check"] if other is None else f"{row['check']}: {other}"
        findings.append(_Finding(*place, lines.get(place), what, row["problem"]))
        if row["check"] in ("unmatchable", "duplicate"):
            # Of an exclusion, loading names the phrase, and the check the entry as well.
            told |= {place, (row["category"], other)}
    findings += [
        _Finding(problem.category, problem.term, problem.line, "problem", problem.problem)
        for problem in lexicon.problem_list
        if (problem.category, problem.term) not in told
    ]
    for loss in lexicon.loss_list:
        category, what = loss.category or "(the whole file)", f"lost in loading: {loss.what}"
        findings.append(_Finding(category, loss.term or "", loss.line, what, loss.reason))
    findings.sort(key=lambda one: one.line or 0)
    order = list(dict.fromkeys((*lexicon.category_names, *(one.category for one in findings))))
    return sorted(findings, key=lambda one: order.index(one.category))


def _read_words(path: Path) -> dict[str, int]:
    try:
        text = path.expanduser().read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise LexiconError(f"{path.name} is not UTF-8; save it as UTF-8 text") from None
    except OSError as fault:
        raise LexiconError(f"{str(path)!r} cannot be read: {fault.strerror}") from None
    words: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        word, tab, count = line.partition("\t")
        if tab and not count.strip().isdecimal():
            raise LexiconError(
                f"{path.name}, line {number}: {count!r} is no frequency; write a whole number "
                "after the tab, or the word alone"
            )
        if word.strip():
            words[word.strip()] = int(count) if tab else 1
    if not words:
        raise LexiconError(f"{path.name} holds no words; write one a line")
    return words
