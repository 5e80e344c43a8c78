"""Errors and warnings that speak to the researcher, in one sentence each."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


class MediaFramingError(ValueError):
    """Bad input: the message names the place, what was wrong and what to do."""

    def _render_traceback_(self) -> list[str]:
        # IPython calls this in place of its own traceback: a researcher whose
        # file is at fault needs the sentence, not our call stack.
        return [f"{type(self).__name__}: {self}"]


class ReadingError(MediaFramingError):
    """Articles could not be read."""


class LexiconError(MediaFramingError):
    """A lexicon was refused."""


class LanguageError(MediaFramingError):
    """A language was refused: there is none of that name, or its folder breaks a rule."""


class TableError(MediaFramingError):
    """A table lacks a column, or holds values that its schema forbids."""


class MissingPackageError(MediaFramingError, ImportError):
    """A package that only one feature needs is not installed."""


@contextmanager
def needed_for(what: str, extra: str) -> Iterator[None]:
    """Name the extra that brings a package, where importing it fails."""
    try:
        yield
    except ModuleNotFoundError as fault:
        raise MissingPackageError(missing_package(what, str(fault.name), extra)) from None


def missing_package(what: str, package: str, extra: str) -> str:
    """Say which package is not installed, and which extra brings it."""
    return (
        f"{what} needs the package {package.partition('.')[0]!r}; install it with "
        f'pip install "media-framing[{extra}]"'
    )


class ReadingWarning(UserWarning):
    """Something was skipped or guessed while reading; the `skipped` table lists it."""


class LexiconWarning(UserWarning):
    """A lexicon was loaded, but some of its entries need attention."""


class LanguageWarning(UserWarning):
    """Documents are in a language that is not known: voice and certainty stay null."""


class ExportWarning(UserWarning):
    """A table was written, but the program that opens it may not show all of it."""


class StatisticsWarning(UserWarning):
    """A statistic was computed from so little that it is to be read with care."""


class CorpusError(MediaFramingError):
    """A corpus cannot be scored, or its output cannot be used."""


class PartialOutputWarning(UserWarning):
    """The output of a corpus is read before all of it is there."""


def first_line(fault: BaseException) -> str:
    """Return the first line of what an error of another package says, or its kind.

    Parameters
    ----------
    fault : BaseException
        The error.

    Returns
    -------
    str

    Examples
    --------
    >>> from analysis.errors import first_line
    >>> first_line(ValueError("no footer\\nat byte 9")), first_line(KeyError())
    ('no footer', 'KeyError')
    """
    return str(fault).splitlines()[0] if str(fault) else type(fault).__name__


_OURS = (
    *(ReadingWarning, LexiconWarning, LanguageWarning),
    *(ExportWarning, StatisticsWarning, PartialOutputWarning),
)


def show_warnings_plainly() -> None:
    """Show warnings of this package as a line of their own words, without place and code.

    Others are shown as before. The setting holds for the Python session.

    Examples
    --------
    >>> from analysis.errors import show_warnings_plainly
    >>> show_warnings_plainly()
    """
    before = warnings.formatwarning

    def plain(
        message: Warning | str, category: type[Warning], *rest: object, **more: object
    ) -> str:
        if issubclass(category, _OURS):
            return f"Note: {message}\n"
        return before(message, category, *rest, **more)  # type: ignore[arg-type]

    if getattr(before, "__name__", "") != "plain":
        warnings.formatwarning = plain
