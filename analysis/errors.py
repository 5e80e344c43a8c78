"""Errors and warnings that speak to the researcher, in one sentence each."""

import warnings


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


class TableError(MediaFramingError):
    """A table lacks a column, or holds values that its schema forbids."""


class ReadingWarning(UserWarning):
    """Something was skipped or guessed while reading; the `skipped` table lists it."""


class LexiconWarning(UserWarning):
    """A lexicon was loaded, but some of its entries need attention."""


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


_OURS = (ReadingWarning, LexiconWarning, ExportWarning, StatisticsWarning, PartialOutputWarning)


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
