"""``convert-lexicon``: a dictionary of one program into the form of another."""

import argparse
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.cli.options import add_command, shown, tell
from analysis.errors import LexiconError, LexiconWarning

if TYPE_CHECKING:
    import pandas as pd

_EPILOG = """\
examples:
  %(prog)s policy.dic policy.yml
  %(prog)s framing framing.csv
  %(prog)s mine.yml mine_quanteda.yml --format quanteda

The form of INPUT (LIWC, quanteda, Lexicoder, Yoshikoder, VBPro, WordStat or ours) is told by its
content, that of OUTPUT by its ending: .yml is ours, .dic is LIWC's, .csv is a table of entries.

exit codes: 0 nothing was lost, 1 written, but what is listed was lost, 2 wrong input or
arguments, 130 interrupted
"""


def add(commands: Any) -> None:
    """Add the command to the command line."""
    parser = add_command(
        commands,
        "convert-lexicon",
        summary="write a lexicon in another form, and list what is lost",
        description="Write a lexicon in another form, and list what the form of either file "
        "cannot hold.",
        epilog=_EPILOG,
    )
    parser.add_argument("input", metavar="INPUT", help="a built-in lexicon or a file")
    parser.add_argument("output", metavar="OUTPUT", type=Path, help="the file to write")
    parser.add_argument(
        "--format",
        choices=["media-framing", "quanteda", "liwc", "csv"],
        help="form of OUTPUT (by its ending)",
    )
    parser.add_argument("--force", action="store_true", help="replace OUTPUT where it exists")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from analysis.lexicons.loading import load_lexicon
    from analysis.output.lexicon_files import save_lexicon

    output = options.output.expanduser()
    if output.exists() and not options.force:
        raise LexiconError(f"{shown(output)!r} exists; give another name, or --force to replace it")
    with warnings.catch_warnings():
        # All losses are listed below, not only the first; problems are for lint-lexicon.
        warnings.simplefilter("ignore", LexiconWarning)
        lexicon = load_lexicon(options.input)
    lost_out = save_lexicon(lexicon, output, format=options.format)
    lost_in = lexicon.losses
    tell(f"{lexicon.id} is written to {shown(output)}")
    for losses, when in ((lost_in, "in reading"), (lost_out, "in writing")):
        if len(losses):
            tell("", f"Lost {when}: {len(losses):,}", *_in_lines(losses))
    return int(bool(len(lost_in) or len(lost_out)))


def _in_lines(losses: "pd.DataFrame") -> list[str]:
    from analysis.tables.checks import records_of

    lines = []
    for loss in records_of(losses):
        where = "" if loss["line"] is None else f"line {loss['line']}: "
        about = ", ".join(loss[name] for name in ("category", "term") if loss[name] is not None)
        lines.append(f"  {where}{loss['what']}{f' ({about})' if about else ''}: {loss['reason']}")
    return lines
