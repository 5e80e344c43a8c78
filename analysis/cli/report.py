"""``report``: a folder of articles in, a page with tables, texts and figures out."""

import argparse
import warnings
from typing import Any

from analysis.cli.options import (
    add_command,
    add_furniture,
    add_language,
    add_lexica,
    load_lexica,
    shown,
    tell,
    tell_skipped,
)
from analysis.errors import LanguageWarning, ReadingError, ReadingWarning
from analysis.saving.ownership import refuse_nested
from analysis.saving.swapping import check_replaceable

_LEXICA = ("framing", "hedging", "boosters")
_EPILOG = """\
examples:
  %(prog)s my_articles my_report
  %(prog)s my_articles my_report --lexicon framing --lexicon mine.yml
  %(prog)s my_articles my_report --lexicon framing-conflict
  %(prog)s my_articles my_report --by outlet --pair Gazette Herald --split-date 2024-05-14

OUTPUT/index.html is where to start; the folder needs nothing else and can be sent as it is.

exit codes: 0 done, 1 done, but a file could not be read (it is listed with the reason), 2 wrong
input or arguments, 130 interrupted
"""


def add(commands: Any) -> None:
    """Add the command to the command line."""
    parser = add_command(
        commands,
        "report",
        summary="analyse a folder of articles into a page, tables, texts and figures",
        description="Analyse a folder of articles, without notebooks: every table as CSV, the "
        "highlighted text\nof each article, figures, and a page that links them.",
        epilog=_EPILOG,
    )
    parser.add_argument("input", metavar="INPUT", help="folder, file or pattern of articles")
    parser.add_argument(
        "output", metavar="OUTPUT", help="folder of the report: new, empty, or a report's"
    )
    add_lexica(parser, _LEXICA)
    add_language(parser)
    parser.add_argument(
        "--text-column",
        default="text",
        metavar="NAME",
        help="column of tables with the texts (text)",
    )
    add_furniture(parser)
    parser.add_argument(
        "--by",
        default="outlet",
        metavar="COLUMN",
        help="column of the metadata whose values are compared (outlet); to compare several "
        "outlets as one group, give them one value in a column of your own",
    )
    parser.add_argument(
        "--pair",
        nargs=2,
        metavar=("A", "B"),
        help="the two groups to compare (by default the two with most articles)",
    )
    parser.add_argument(
        "--split-date",
        metavar="DATE",
        help="first day of what comes after, as 2024-05-14: compare before and after",
    )
    parser.add_argument(
        "--keep-copies",
        action="store_true",
        help="compare articles that repeat another of their group as well",
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from analysis.output.article_report import KIND, write_article_report
    from analysis.reading.documents import read_documents
    from analysis.reading.speakers import read_speakers

    refuse_nested(options.input, options.output)
    check_replaceable(options.output, KIND)
    lexica = load_lexica(options.lexicon or _LEXICA)
    tell(f"Reading the articles in {shown(options.input)}")
    documents, skipped = read_documents(
        options.input,
        text_column=options.text_column,
        keep_furniture=options.keep_furniture,
        return_skipped=True,
    )
    tell(f"Articles: {len(documents):,}")
    n_unread = tell_skipped(skipped)
    with warnings.catch_warnings():
        # The list has told of languages that are not known.
        warnings.simplefilter("ignore", LanguageWarning)
        # So has it of a table of speakers that cannot be read, or not whole.
        warnings.simplefilter("ignore", ReadingWarning)
        try:
            speakers = read_speakers(options.input)
        except ReadingError:
            speakers = None
        page = write_article_report(
            *(documents, skipped, options.output, lexica),
            speakers=speakers,
            language=options.language,
            by=options.by,
            pair=options.pair,
            split_date=options.split_date,
            keep_copies=options.keep_copies,
        )
    tell(f"Report: {shown(page)}")
    return int(n_unread > 0)
