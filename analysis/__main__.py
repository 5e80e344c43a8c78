"""The command line: ``python -m analysis``."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import analysis
from analysis.errors import MediaFramingError
from analysis.paths import ROOT, data_folder, figures_folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand.

    Parameters
    ----------
    arguments : sequence of str, optional
        Without it, those of the command line.

    Returns
    -------
    int
        0 if all went well, 1 if a notebook failed, 2 if an argument was wrong, 130 if it
        was interrupted.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except MediaFramingError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis", description="Measures of framing and hedging in news texts."
    )
    parser.add_argument("--version", action="version", version=analysis.__version__)
    commands = parser.add_subparsers(required=True, metavar="command")
    notebooks = commands.add_parser("notebooks", help="run the notebooks and write their reports")
    notebooks.add_argument("names", nargs="*", metavar="name", help="notebooks to run (all)")
    notebooks.add_argument("--data", type=Path, help="folder of articles (data/articles)")
    notebooks.add_argument(
        "--output", type=Path, default=ROOT / "reports", help="folder of reports (reports)"
    )
    notebooks.add_argument("--figures", type=Path, help="folder of figures (figures)")
    notebooks.add_argument("--jobs", type=_positive, help="notebooks at a time (processors)")
    notebooks.add_argument(
        "--timeout", type=_positive, default=1800, help="seconds that one cell may take (1800)"
    )
    notebooks.set_defaults(run=_notebooks)
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _notebooks(options: argparse.Namespace) -> int:
    # nbconvert takes half a second to import, which --version and --help need not wait for.
    from analysis.notebooks import run_notebooks

    data, figures = options.data or data_folder(), options.figures or figures_folder()
    print(f"Running the notebooks on the articles in {_shown(data)}", flush=True)
    reports = run_notebooks(
        names=options.names,
        data=data,
        output=options.output,
        figures=figures,
        jobs=options.jobs,
        timeout=options.timeout,
        tell=lambda line: print(line, flush=True),
    )
    print(f"Reports: {_shown(options.output / 'index.html')}")
    print(f"Figures: {_shown(figures)}{os.sep}")
    return int(any(report.error for report in reports))


def _shown(path: Path) -> str:
    whole = path.resolve()
    return str(whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else whole)


if __name__ == "__main__":
    sys.exit(main())
