"""Lexica written to files, whole or not at all."""

import os
import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.errors import ArgumentTypeError, LexiconError
from analysis.lexicons.formats.write_liwc import write_liwc
from analysis.lexicons.formats.write_quanteda import write_quanteda
from analysis.lexicons.formats.write_spreadsheet import write_spreadsheet
from analysis.lexicons.formats.write_yaml import write_yaml
from analysis.lexicons.model import Lexicon, Loss, loss_table
from analysis.lexicons.terms import term_patterns

_WRITERS: dict[str, Callable[[Lexicon, str], tuple[str, list[Loss]]]] = {
    "media-framing": write_yaml,
    "quanteda": write_quanteda,
    "liwc": write_liwc,
    "csv": write_spreadsheet,
}
_ENDINGS = {".yml": "media-framing", ".yaml": "media-framing", ".dic": "liwc", ".csv": "csv"}


def save_lexicon(lexicon: Lexicon, path: str | Path, *, format: str | None = None) -> pd.DataFrame:
    """Write a lexicon to a file, in our own form or for another program.

    Parameters
    ----------
    lexicon : Lexicon
        The lexicon.
    path : str or pathlib.Path
        The file. It is replaced only once the new one is whole.
    format : {"media-framing", "quanteda", "liwc", "csv"}, optional
        The form; by default the ending of `path` decides: ``.yml`` is our own,
        ``.dic`` is LIWC's, ``.csv`` is a table of entries. The first and the last
        hold all that a lexicon has.

    Returns
    -------
    pandas.DataFrame
        What the file does not hold, as the table ``losses``; empty if nothing.

    Raises
    ------
    TypeError
        If `lexicon` is no Lexicon.
    LexiconError
        If the form is unknown, nothing is left to write, or the file cannot be
        written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import analysis as fa
    >>> lexicon = fa.lexicon_from_dict("mine", {"border": [{"term": "edge", "weight": 2}]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     fa.save_lexicon(lexicon, Path(folder) / "mine.dic")["what"].tolist()
    ['weight']
    """
    if not isinstance(lexicon, Lexicon):
        raise ArgumentTypeError(f"only a Lexicon can be saved, not {type(lexicon).__name__}")
    path = Path(path).expanduser()
    form = _form(path, format)
    losses: list[Loss] = []
    if form != "liwc":
        lexicon, losses = _without_refused(lexicon)
    text, more = _WRITERS[form](lexicon, path.stem)
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise LexiconError(
            f"{path.name}: {text[max(error.start - 20, 0) : error.start]!r} is followed by half a "
            "surrogate pair, which no file can hold; take it out of the lexicon"
        ) from None
    _write_whole(path, content)
    return loss_table([*losses, *more])


def _form(path: Path, form: str | None) -> str:
    if form is not None and form not in _WRITERS:
        raise LexiconError(f"there is no form {form!r}; choose one of {', '.join(_WRITERS)}")
    found = form or _ENDINGS.get(path.suffix.lower())
    if found is None:
        raise LexiconError(
            f"{path.name}: the ending does not tell the form; write format= one of "
            f"{', '.join(_WRITERS)}, or an ending of {', '.join(_ENDINGS)}"
        )
    return found


def _without_refused(lexicon: Lexicon) -> tuple[Lexicon, list[Loss]]:
    """Leave out terms that no file of ours may hold; only other programs' files brought them."""
    losses: list[Loss] = []
    categories = []
    for category in lexicon.categories:
        kept = []
        for entry in category.entries:
            try:
                term_patterns(entry.term)
            except LexiconError:
                reason = "it has no letter or digit and matches nothing; it is left out"
                losses.append(Loss(None, category.name, entry.term, "unsupported", reason))
            else:
                kept.append(entry)
        if kept:
            categories.append(replace(category, entries=tuple(kept)))
        else:
            reason = "it has no terms and is left out"
            losses.append(Loss(None, category.name, None, "empty category", reason))
    if not categories:
        raise LexiconError(f"lexicon {lexicon.name!r} has no term that could be written; add some")
    return replace(lexicon, categories=tuple(categories)), losses


def _write_whole(path: Path, content: bytes) -> None:
    # A link to a lexicon stays a link.
    target = Path(os.path.realpath(path))
    unfinished = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        try:
            with unfinished.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise LexiconError(
            f"{path.name} cannot be written ({error.strerror}); check the folder and its "
            "permissions"
        ) from None
