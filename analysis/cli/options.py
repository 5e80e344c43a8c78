"""What the subcommands share: help, options, names of paths, and what was not read."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import MediaFramingError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.lexicons.model import Lexicon


def add_command(
    commands: Any, name: str, *, summary: str, description: str, epilog: str
) -> argparse.ArgumentParser:
    """Add a subcommand whose help keeps its lines as they are written.

    Parameters
    ----------
    commands : argparse subparsers
        Where it goes.
    name : str
        Its name.
    summary : str
        A few words for the list of commands.
    description : str
        What it does.
    epilog : str
        Examples and exit codes; ``%(prog)s`` stands for the command.

    Returns
    -------
    argparse.ArgumentParser
        The parser of its arguments.

    Examples
    --------
    >>> import argparse
    >>> from analysis.cli.options import add_command
    >>> commands = argparse.ArgumentParser(prog="demo").add_subparsers()
    >>> count = add_command(commands, "count", summary="", description="", epilog="%(prog)s x")
    >>> count.format_help().splitlines()[-1]
    'demo count x'
    """
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def positive(text: str) -> int:
    """Read a whole number of 1 or more.

    Parameters
    ----------
    text : str
        An argument of the command line.

    Returns
    -------
    int
        The number.

    Raises
    ------
    argparse.ArgumentTypeError
        If it is something else.

    Examples
    --------
    >>> from analysis.cli.options import positive
    >>> positive("12")
    12
    """
    number = int(text) if text.strip().isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return number


def add_lexica(parser: argparse.ArgumentParser, default: Sequence[str]) -> None:
    """Add the option ``--lexicon``, which may be given several times.

    Parameters
    ----------
    parser : argparse.ArgumentParser
        Where it goes.
    default : sequence of str
        Lexica that are taken where none is given.

    Examples
    --------
    >>> import argparse
    >>> from analysis.cli.options import add_lexica
    >>> parser = argparse.ArgumentParser()
    >>> add_lexica(parser, ["framing"])
    >>> parser.parse_args(["--lexicon", "mine.yml"]).lexicon
    ['mine.yml']
    """
    named = " and ".join([", ".join(default[:-1]), default[-1]] if len(default) > 1 else default)
    parser.add_argument(
        "--lexicon",
        action="append",
        metavar="NAME_OR_PATH",
        help=f"a built-in lexicon or a file; may be given several times ({named})",
    )


def load_lexica(names: Sequence[str]) -> "list[Lexicon]":
    """Load lexica by names or paths.

    Parameters
    ----------
    names : sequence of str
        Names of built-in lexica, or paths.

    Returns
    -------
    list of Lexicon
        In the order given.

    Raises
    ------
    LexiconError
        If one cannot be read.

    Examples
    --------
    >>> from analysis.cli.options import load_lexica
    >>> [lexicon.name for lexicon in load_lexica(["framing", "hedging"])]
    ['framing', 'hedging']
    """
    from analysis.lexicons.loading import load_lexicon

    return [load_lexicon(name) for name in names]


def refuse_output_within(source: str | Path, output: str | Path) -> None:
    """Refuse an output that the next run would read as input.

    Parameters
    ----------
    source : str or path
        What is read.
    output : str or path
        Where the results go.

    Raises
    ------
    MediaFramingError
        If `output` is `source`, or lies in it.

    Examples
    --------
    >>> from analysis.cli.options import refuse_output_within
    >>> refuse_output_within("articles", "scores")
    """
    inner, outer = (Path(path).expanduser().resolve() for path in (output, source))
    if inner == outer or outer in inner.parents:
        raise MediaFramingError(
            f"the output {str(output)!r} lies in the input {str(source)!r}, and would be read with "
            "it the next time; give a folder beside it"
        )


def shown(path: str | Path) -> str:
    """Name a path as seen from the current folder, where it lies in it.

    Parameters
    ----------
    path : str or path
        Any path.

    Returns
    -------
    str
        The relative or the whole path.

    Examples
    --------
    >>> from pathlib import Path
    >>> from analysis.cli.options import shown
    >>> shown(Path.cwd() / "scores")
    'scores'
    """
    whole, here = Path(os.path.expanduser(path)).resolve(), Path.cwd()
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)


def tell_skipped(skipped: "pd.DataFrame") -> int:
    """Print what was not read, guessed or changed, with the reasons.

    Parameters
    ----------
    skipped : pandas.DataFrame
        Table ``skipped``.

    Returns
    -------
    int
        How many files could not be read.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> from analysis.cli.options import tell_skipped
    >>> articles = pd.DataFrame({"text": ["Talks resume.", None]})
    >>> tell_skipped(fa.read_documents(articles, return_skipped=True)[1])
    1 note on what was skipped, guessed or changed:
      DataFrame, row 2: there is no text in column 'text'; fill it in or remove the row
    0
    """
    from analysis.reading.listing import list_skipped, unread_files

    for listing in list_skipped(skipped):
        print(f"{listing.heading}:")
        for line in listing.lines:
            print(f"  {line}")
        if listing.more:
            print(f"  and {listing.more:,} more")
    sys.stdout.flush()
    return len(unread_files(skipped))
