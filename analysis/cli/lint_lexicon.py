"""``lint-lexicon``: what in a lexicon cannot do what its author meant."""

import argparse
import warnings
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.cli.options import add_command
from analysis.errors import LexiconError, LexiconWarning

if TYPE_CHECKING:
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
    mend: str


def add(commands: Any) -> None:
    """Add the command to the command line."""
    parser = add_command(
        commands,
        "lint-lexicon",
        summary="list the terms of a lexicon that need attention",
        description="List terms that can never match, stand twice, are always excluded or catch "
        "other words,\nand what of another program's dictionary could not be loaded.",
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
    findings = _findings(lexicon, lint_lexicon(lexicon, words=words).to_dict("records"))
    n_entries = sum(len(category.entries) for category in lexicon.categories)
    print(f"{lexicon.id}: {n_entries:,} entries, {len(findings):,} findings")
    grouped: dict[str, list[_Finding]] = defaultdict(list)
    for finding in findings:
        grouped[finding.category].append(finding)
    for category, own in grouped.items():
        print(f"\n{category}")
        for finding in own:
            where = "" if finding.line is None else f"line {finding.line}: "
            print(f"  {where}{finding.term}\n    {finding.what}\n    {finding.mend}")
    return int(bool(findings))


def _findings(lexicon: "Lexicon", linted: list[dict[Any, Any]]) -> list[_Finding]:
    """Put together what the checks found and what loading told, each once."""
    import pandas as pd

    lines = {
        (category.name, entry.term): entry.line
        for category in lexicon.categories
        for entry in category.entries
    }
    findings, told = [], set()
    for row in linted:
        other = None if pd.isna(row["other"]) else row["other"]
        what = row["check"] if other is None else f"{row['check']}: {other}"
        line = lines.get((row["category"], row["term"]))
        findings.append(_Finding(row["category"], row["term"], line, what, row["problem"]))
        if row["check"] in ("unmatchable", "duplicate"):
            # Of an exclusion, loading names the phrase, and the check the entry as well.
            told |= {(row["category"], row["term"]), (row["category"], other)}
    findings += [
        _Finding(problem.category, problem.term, problem.line, "problem", problem.problem)
        for problem in lexicon.problem_list
        if (problem.category, problem.term) not in told
    ]
    findings += [
        _Finding(
            loss.category or "(the whole file)",
            loss.term or "",
            loss.line,
            f"lost in loading: {loss.what}",
            loss.reason,
        )
        for loss in lexicon.loss_list
    ]
    order = [category.name for category in lexicon.categories]
    return sorted(
        findings,
        key=lambda found: (
            order.index(found.category) if found.category in order else len(order),
            found.line or 0,
        ),
    )


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
