"""Errors and warnings that speak to the researcher in one sentence, and checks of arguments."""

import math
import os
import re
import traceback
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from numbers import Integral, Real
from pathlib import Path

_SHOWN = {"plainly": True}
# Set by developers, it outdoes what a notebook asks for in its first cell.
_TRACEBACKS = "MEDIA_FRAMING_TRACEBACKS"
# What a terminal obeys in place of showing it: controls, line ends, changes of direction, and
# halves of surrogate pairs, which cannot be printed at all.
_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Write control characters as escapes, so that a terminal shows them and obeys none."""
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class MediaFramingError(ValueError):
    """Bad input: the message names the place, what was wrong and what to do."""

    def __str__(self) -> str:
        return visible(super().__str__())

    @property
    def _render_traceback_(self) -> Callable[[], list[str]]:
        # IPython asks for this in place of its own traceback: a researcher whose
        # file is at fault needs the sentence, not our call stack.
        if not _SHOWN["plainly"] or os.environ.get(_TRACEBACKS):
            raise AttributeError("IPython shows its own traceback")
        return lambda: [f"{type(self).__name__}: {self}"]


class ArgumentError(MediaFramingError):
    """A function was called with a value that it does not take."""


class ArgumentTypeError(ArgumentError, TypeError):
    """A function was called with a kind of value that it does not take."""


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


class OutdatedError(MediaFramingError, ImportError):
    """A compiled module is no longer that of its source."""


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
    """Voice and certainty stay null: the language is unknown, or capitals or stops are missing."""


class TableWarning(UserWarning):
    """A value of a result is null, since the tables it is made of contradict each other."""


class ExportWarning(UserWarning):
    """A table was written, but the program that opens it may not show all of it."""


class StatisticsWarning(UserWarning):
    """A statistic was computed from so little that it is to be read with care."""


class CorpusError(MediaFramingError):
    """A corpus cannot be scored, or its output cannot be used."""


class PartialOutputWarning(UserWarning):
    """The output of a corpus is read before all of it is there."""


def check_choice(name: str, value: object, choices: Collection[object]) -> None:
    """Refuse an argument that is none of the choices."""
    if value not in list(choices):
        *first, last = map(repr, choices)
        raise ArgumentError(f"{name} is {value!r}; give {', '.join(first)} or {last}")


def check_number(
    name: str, value: object, advice: str, *, above: float = -math.inf, most: float = math.inf
) -> None:
    """Refuse an argument that is no number, or is outside its range."""
    if isinstance(value, bool) or not (isinstance(value, Real) and above < float(value) <= most):
        raise ArgumentError(f"{name} is {value!r}; {advice}")


def check_count(
    name: str, value: object, advice: str, *, least: int = 1, most: float = math.inf
) -> None:
    """Refuse an argument that is no whole number, or is outside its range."""
    if isinstance(value, bool) or not (isinstance(value, Integral) and least <= int(value) <= most):
        raise ArgumentError(f"{name} is {value!r}; {advice}")


def check_resampling(confidence: object, n_resamples: object, seed: object) -> None:
    """Refuse what no interval can be drawn with."""
    advice = "give a share between 0 and 1, such as 0.95"
    check_number("confidence", confidence, advice, above=0, most=math.nextafter(1, 0))
    check_count("n_resamples", n_resamples, "draw at least once")
    check_seed(seed)


def check_seed(seed: object) -> None:
    """Refuse what is no seed of random numbers."""
    check_count("seed", seed, "give a whole number of 0 or more", least=0, most=2**32 - 1)


def check_names(name: str, value: object) -> None:
    """Refuse what is no list of names, such as a single one."""
    if value is not None and (isinstance(value, str) or not _holds_names(value)):
        advice = "write [...] around it" if isinstance(value, str) else "write each as a text"
        raise ArgumentTypeError(f"{name} must be a list of names, not {_kind_of(value)}; {advice}")


def names_of(name: str, value: str | Iterable[str]) -> list[str]:
    """Return one name, or several, as a list; refuse what is none."""
    value = list(value) if isinstance(value, Iterator) else value
    if not (isinstance(value, str) or _holds_names(value)):
        raise ArgumentTypeError(f"{name} must be a name or a list of names, not {_kind_of(value)}")
    return [value] if isinstance(value, str) else list(value)


def check_text(name: str, value: object) -> None:
    """Refuse what is no text, and not left out either."""
    if not isinstance(value, str | None):
        raise ArgumentTypeError(f"{name} must be a text, not {_kind_of(value)}")


def _holds_names(value: object) -> bool:
    return isinstance(value, Collection) and all(isinstance(one, str) for one in value)


def _kind_of(value: object) -> str:
    kind = type(value).__name__
    if isinstance(value, str):
        return f"one {kind}"
    return f"{kind} of something else" if isinstance(value, Collection) else kind


def first_line(fault: BaseException) -> str:
    """Return the first line of what an error of another package says, or its kind."""
    return str(fault).splitlines()[0] if str(fault) else type(fault).__name__


def own_fault(fault: BaseException, blamed: str = "the file") -> str:
    """Say that an error is one of this package, and where, so that nothing else is blamed."""
    place = traceback.extract_tb(fault.__traceback__)[-1]
    told = (
        f"{type(fault).__name__}: {first_line(fault)}, {Path(place.filename).name} {place.lineno}"
    )
    return f"this is an error of media-framing, not of {blamed}; please report it ({told})"


_OURS = (
    *(ReadingWarning, LexiconWarning, LanguageWarning),
    *(TableWarning, ExportWarning, StatisticsWarning, PartialOutputWarning),
)
_PYTHONS_OWN = warnings.formatwarning


def _format_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    line: str | None = None,
) -> str:
    if issubclass(category, _OURS):
        return f"Note: {message}\n"
    return _PYTHONS_OWN(message, category, filename, lineno, line)


def show_plainly(on: bool) -> None:
    """Show errors and warnings of this package as sentences, or as Python shows its own."""
    _SHOWN["plainly"] = on
    if on and not os.environ.get(_TRACEBACKS):
        warnings.formatwarning = _format_warning
    elif warnings.formatwarning is _format_warning:
        warnings.formatwarning = _PYTHONS_OWN
