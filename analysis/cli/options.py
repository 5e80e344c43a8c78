"""What the subcommands share: help, options, names of paths, and what was not read."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import visible
from analysis.saving.ownership import place_of

if TYPE_CHECKING:
    import pandas as pd

    from analysis.lexicons.model import Lexicon


def add_command(
    commands: Any, name: str, *, summary: str, description: str, epilog: str
) -> argparse.ArgumentParser:
    """Add a subcommand whose help keeps its lines as they are written."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def positive(text: str) -> int:
    """Read a whole number of 1 or more."""
    number = int(text) if text.strip().isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return number


def add_lexica(parser: argparse.ArgumentParser, default: Sequence[str]) -> None:
    """Add the option ``--lexicon``, which may be given several times."""
    named = " and ".join([", ".join(default[:-1]), default[-1]] if len(default) > 1 else default)
    parser.add_argument(
        "--lexicon",
        action="append",
        metavar="NAME_OR_PATH",
        help=f"a built-in lexicon or a file; may be given several times ({named})",
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add the option ``--language``."""
    parser.add_argument(
        "--language",
        metavar="CODE_OR_FOLDER",
        help="language of all texts (what the column language says, else en)",
    )


def add_furniture(parser: argparse.ArgumentParser) -> None:
    """Add the option ``--keep-furniture``."""
    parser.add_argument(
        "--keep-furniture",
        action="store_true",
        help="leave copyright lines, captions, sign-ups and the like in the texts",
    )


def load_lexica(names: Sequence[str]) -> "list[Lexicon]":
    """Load lexica by names or paths."""
    from analysis.lexicons.loading import load_lexicon

    return [load_lexicon(name) for name in names]


def shown(path: str | Path) -> str:
    """Name a path as seen from the current folder, where it lies in it."""
    whole, here = place_of(path), Path.cwd()
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)


def tell(*lines: str, error: bool = False) -> None:
    """Print lines, of which no name or cell can steer the terminal or pass for another line."""
    stream = sys.stderr if error else sys.stdout
    for line in lines:
        encoding = stream.encoding or "utf-8"
        text = visible(line).encode(encoding, "backslashreplace").decode(encoding)
        print(text, file=stream, flush=True)


def tell_skipped(skipped: "pd.DataFrame") -> int:
    """Print what was not read, guessed or changed, with the reasons."""
    from analysis.reading.listing import list_skipped, unread_files

    for listing in list_skipped(skipped):
        tell(f"{listing.heading}:", *(f"  {line}" for line in listing.lines))
        if listing.more:
            tell(f"  and {listing.more:,} more")
    return len(unread_files(skipped))
