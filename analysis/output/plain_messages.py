"""Errors, notes and figures of this package in plain words, where notebooks show them."""

import sys
from contextlib import suppress

from analysis.errors import show_plainly


def plain_messages(on: bool = True) -> None:
    """Show this package's errors, warnings and figures in plain words, or as Python does.

    Errors about your files, tables and arguments are one sentence in notebooks; you need no call
    for that. With it, warnings of this package are a line that begins with ``Note:``, and each
    figure in a notebook carries its `alt_text` as plain text, which reports take over. What is no
    fault of the input keeps its traceback, and other packages keep their warnings. The choice
    holds for the Python session.

    Parameters
    ----------
    on : bool, default True
        ``False`` shows the full traceback of every error, and warnings with their place in the
        code: for those who work on the package, or on functions that call it. The environment
        variable ``MEDIA_FRAMING_TRACEBACKS=1``, set before Python starts, does the same whatever
        the first cell of a notebook says.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.plain_messages(on=False)
    >>> fa.plain_messages()
    """
    show_plainly(on)
    # Outside of notebooks IPython need not be there, and would cost its import.
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or shell.display_formatter is None:
        return
    from matplotlib.figure import Figure

    with suppress(ValueError):
        shell.events.unregister("post_execute", _tell_figures)
    shell.display_formatter.formatters["text/plain"].pop(Figure, None)
    if on:
        # With its first figure a notebook's backend forgets this, and shows figures after the cell.
        shell.events.register("post_execute", _tell_figures)
        _tell_figures()


def _tell_figures() -> None:
    """Let a notebook keep the alternative text of each figure beside its picture."""
    from IPython import get_ipython
    from matplotlib.figure import Figure

    from analysis.figures.alt_text import alt_text

    plain = get_ipython().display_formatter.formatters["text/plain"]
    plain.for_type(Figure, lambda figure, printer, _: printer.text(alt_text(figure)))
