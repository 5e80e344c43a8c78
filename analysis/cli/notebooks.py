"""``notebooks``: run the notebooks and write their reports."""

import argparse
import os
from pathlib import Path
from typing import Any

from analysis.cli.options import add_command, positive, shown, tell, tell_skipped
from analysis.errors import needed_for
from analysis.saving.paths import coding_home, data_folder, figures_of, figures_top, home_folder

_EPILOG = """\
examples:
  %(prog)s
  %(prog)s --data my_articles --output my_reports
  %(prog)s 01_one_article --figures my_figures

exit codes: 0 all ran to their ends, 1 done, but one stopped (its report says where) or a file
could not be read (it is listed with the reason), 2 wrong input or arguments, 130 interrupted
"""


def add(commands: Any) -> None:
    """Add the command to the command line."""
    parser = add_command(
        commands,
        "notebooks",
        summary="run the notebooks and write their reports",
        description="Run the notebooks on a folder of articles, and write a report of each, an "
        "index of\nthem, and all figures.",
        epilog=_EPILOG,
    )
    parser.add_argument("names", nargs="*", metavar="name", help="notebooks to run (all)")
    parser.add_argument("--data", type=Path, help="folder of articles (data/articles)")
    parser.add_argument("--output", type=Path, help="folder of reports (reports)")
    parser.add_argument("--figures", type=Path, help="folder of figures (figures)")
    parser.add_argument("--jobs", type=positive, help="notebooks at a time (processors)")
    parser.add_argument(
        "--timeout", type=positive, default=1800, help="seconds that one cell may take (1800)"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    # nbconvert takes half a second to import, which --version and --help need not wait for.
    with needed_for("running notebooks", "notebook"):
        from analysis.output.notebooks import read_skipped, run_notebooks

    data, top = options.data or data_folder(), options.figures or figures_top()
    output, figures = options.output or home_folder() / "reports", figures_of(data, top)
    tell(f"Running the notebooks on the articles in {shown(data)}")
    skipped = read_skipped(data)
    n_unread = 0 if skipped is None else tell_skipped(skipped)
    reports = run_notebooks(
        names=options.names,
        data=data,
        output=output,
        figures=top,
        skipped=skipped,
        jobs=options.jobs,
        timeout=options.timeout,
        tell=tell,
    )
    tell(f"Reports: {shown(output / 'index.html')}")
    tell(f"Figures: {shown(figures)}{os.sep}")
    coding = coding_home(top)
    if coding.is_dir():
        tell(f"Coding sheets: {shown(coding)}{os.sep} (with paragraphs of the articles, in full)")
    if n_unread:
        tell(f"Files that could not be read: {n_unread:,}, listed above and in the reports")
    return int(n_unread > 0 or any(report.error for report in reports))
