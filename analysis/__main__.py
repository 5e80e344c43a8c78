"""The command line: ``python -m analysis``, or ``media-framing`` where it is installed."""

import argparse
import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import analysis
from analysis import errors
from analysis.cli import convert_lexicon, lab, lint_lexicon, notebooks, report, score, start
from analysis.cli.options import tell
from analysis.errors import MediaFramingError, visible

_EPILOG = """\
examples:
  %(prog)s start my_project
  %(prog)s report my_articles my_report
  %(prog)s score news.parquet scores --lexicon framing --split voice certainty
  %(prog)s lint-lexicon mine.yml
  %(prog)s convert-lexicon policy.dic policy.yml
  %(prog)s <command> --help

exit codes:
  0    all is well
  1    done, but something needs a look: a notebook stopped, a file could not be read, no row
       could be scored, a lexicon has findings, a conversion lost something
  2    wrong input or arguments: one sentence says what, and what to do
  3    an error of this program, not of your files: please report it
  130  interrupted
"""
_OUR_ERROR = "This is an error of media-framing, not of your files; please report the lines above."
# Options have other names here than in Python, where the messages come from.
_NAMES = {
    "resume=False": "--restart",
    "text_column=": "--text-column",
    "write format=": "give --format",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand."""
    options = _parser().parse_args(arguments)
    with warnings.catch_warnings():
        _warn_in_plain_lines()
        try:
            code = int(options.run(options))
            sys.stdout.flush()
            return code
        except MediaFramingError as error:
            code, told = 2, f"{type(error).__name__}: {_as_option(str(error))}"
        except BrokenPipeError:
            # Whoever reads has seen enough (`| head`); Python would complain when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except OSError as error:
            place = "" if error.filename is None else f"{str(error.filename)!r}: "
            code = 2
            told = f"{place}{error.strerror or error}; check the path and its permissions"
        except KeyboardInterrupt:
            code, told = 130, "Stopped."
        except Exception:  # noqa: BLE001 - told as what it is, and no control character is obeyed
            code, told = 3, _OUR_ERROR
            tell(*traceback.format_exc().splitlines(), error=True)
    tell(told, error=True)
    return code


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(visible(message))


def _parser() -> argparse.ArgumentParser:
    called = Path(sys.argv[0]).stem
    parser = _Parser(
        prog=called if called == "media-framing" else "python -m analysis",
        description="Measures of framing and hedging in news texts.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=analysis.__version__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in (start, notebooks, lab, report, score, lint_lexicon, convert_lexicon):
        command.add(commands)
    return parser


def _warn_in_plain_lines() -> None:
    """Show our own warnings as a line each, without the place in the code."""

    def show(message: Warning | str, category: type[Warning], *rest: Any, **_: Any) -> None:
        if category.__module__ == errors.__name__:
            tell(f"Warning: {_as_option(str(message))}", error=True)
        else:
            told = warnings.formatwarning(message, category, *rest[:2])
            tell(*told.splitlines(), error=True)

    warnings.showwarning = show
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, Warning):
            warnings.simplefilter("always", kind)


def _as_option(message: str) -> str:
    for python, option in _NAMES.items():
        message = message.replace(python, option)
    return message


if __name__ == "__main__":
    sys.exit(main())
