"""``score``: a corpus in, a folder of scores out."""

import argparse
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from analysis.cli.options import (
    add_command,
    add_furniture,
    add_language,
    add_lexica,
    load_lexica,
    positive,
    shown,
    tell,
)
from analysis.errors import MediaFramingError, first_line, needed_for

if TYPE_CHECKING:
    from distributed import Client

_LEXICA = ("framing", "hedging")
# Seconds that a scheduler may take to answer.
_PATIENCE = 30
_EPILOG = """\
examples:
  %(prog)s news.parquet scores
  %(prog)s corpus/ scores --lexicon framing --lexicon mine.yml --split voice certainty
  %(prog)s "corpus/2024-*.jsonl" scores --hits --workers 4
  %(prog)s /shared/corpus /shared/scores --scheduler tls://host:8786

An interrupted run goes on where it stopped when the same command is given again. On a
cluster all workers must see input and output under the same names. speakers.csv beside the
input unites the names of speakers and puts them into groups.

exit codes: 0 done, also where rows were skipped (they are counted and listed), 1 done, but a
file could not be read or no row could be scored, 2 wrong input or arguments, 130 interrupted
"""


def add(commands: Any) -> None:
    """Add the command to the command line."""
    parser = add_command(
        commands,
        "score",
        summary="score a corpus of any size on all cores or a cluster",
        description="Score a corpus of any size, part by part. Every row ends once: scored, or "
        "listed with the\nreason why it was skipped.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "input", metavar="INPUT", help=".parquet, .jsonl, .csv or .tsv, a folder, or a pattern"
    )
    parser.add_argument("output", metavar="OUTPUT", help="folder of the scores")
    add_lexica(parser, _LEXICA)
    parser.add_argument("--hits", action="store_true", help="write every hit, too")
    parser.add_argument(
        "--split",
        nargs="+",
        default=[],
        choices=["voice", "certainty", "speaker_group"],
        help="split the scores by who speaks, how surely, or the speakers' groups",
    )
    add_language(parser)
    parser.add_argument("--text-column", metavar="NAME", help="column with the texts (text)")
    add_furniture(parser)
    parser.add_argument(
        "--longest",
        type=positive,
        metavar="CHARACTERS",
        help="longer texts are listed and left out (10,000,000)",
    )
    parser.add_argument(
        "--part-bytes",
        type=positive,
        metavar="BYTES",
        help="text that makes one part of the output (4,000,000)",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", type=positive, metavar="N", help="processes (processors)")
    where.add_argument("--scheduler", metavar="ADDRESS", help="use this Dask cluster")
    parser.add_argument(
        "--restart", action="store_true", help="remove what an earlier run left in OUTPUT"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from analysis.scores.corpus.run import score_corpus

    lexica = load_lexica(options.lexicon or _LEXICA)
    named = ", ".join(lexicon.id for lexicon in lexica)
    tell(f"Scoring {shown(options.input)} with {named}")
    given = {name: getattr(options, name) for name in ("text_column", "longest", "part_bytes")}
    try:
        with _connected(options.scheduler) as client:
            summary = score_corpus(
                options.input,
                options.output,
                lexica,
                client=client,
                resume=not options.restart,
                hits=options.hits,
                split=options.split,
                language=options.language,
                keep_furniture=options.keep_furniture,
                workers=options.workers,
                **{name: value for name, value in given.items() if value is not None},
            )
    except KeyboardInterrupt:
        tell("The same command, given again, goes on where this run stopped.")
        raise
    (row,) = summary.to_dict("records")
    tell(*_account(row, shown(options.output)))
    return int(row["n_files_unread"] > 0 or row["n_scored"] == 0)


def _connected(address: str | None) -> "AbstractContextManager[Client | None]":
    """Return a client of the scheduler, to part from in the end; None without an address."""
    if address is None:
        return nullcontext()
    with needed_for("--scheduler", "corpus"):
        from distributed import Client
    try:
        return Client(address, timeout=_PATIENCE)
    # The last two say that there is no certificate, or that one is asked for.
    except (OSError, ValueError, TypeError, RuntimeError) as fault:
        raise MediaFramingError(
            f"no Dask scheduler answers at {address!r} ({first_line(fault)}); give the address "
            "that `dask scheduler` prints, such as tls://host:8786, and where it has a certificate "
            "the settings of Dask that name it"
        ) from None


def _account(row: dict[Any, Any], output: str) -> list[str]:
    """Say in lines what came in, what became of it, and how to open it."""
    speed = row["n_characters"] / 1e6 / max(row["seconds"], 0.001)
    # What was there before took none of the time.
    paced = "" if row["n_parts_before"] else f" ({speed:,.1f} million characters a second)"
    skipped = f'fa.open_scores("{output}", "skipped").to_table().to_pandas()'
    lines = [
        f"Rows in:       {row['n_rows']:,}",
        f"Scored:        {row['n_scored']:,}",
        f"Skipped:       {row['n_skipped']:,}",
        f"Files unread:  {row['n_files_unread']:,}",
        f"Parts:         {row['n_parts']:,}, of which {row['n_parts_before']:,} done before",
        f"Time:          {row['seconds']:,.1f} s{paced}",
    ]
    if row["n_quarantined"]:
        lines.insert(3, f"  of these ended their workers: {row['n_quarantined']:,}")
    lines += [
        "",
        "To open the scores in Python:",
        "  import analysis as fa",
        f'  fa.open_scores("{output}").to_table().to_pandas()',
    ]
    if row["n_skipped"] or row["n_files_unread"]:
        lines += [f"What was skipped, and why, is in {output}/skipped:", f"  {skipped}"]
    return lines
