"""Lexica written to files, whole or not at all."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.errors import LexiconError
from analysis.lexicons.formats.write_liwc import write_liwc
from analysis.lexicons.formats.write_quanteda import write_quanteda
from analysis.lexicons.formats.write_spreadsheet import write_spreadsheet
from analysis.lexicons.formats.write_yaml import write_yaml
from analysis.lexicons.model import Lexicon, Loss
from analysis.lexicons.terms import term_patterns
from analysis.tables.checks import table_of

_WRITERS: dict[str, Callable[[Lexicon, str], tuple[str, list[Loss]]]] = {
    "media-framing": write_yaml,
    "quanteda": write_quanteda,
    "liwc": write_liwc,
    "csv": write_spreadsheet,
}
_ENDINGS = {".yml": "media-framing", ".yaml": "media-framing", ".dic": "liwc", ".csv": "csv"}


def content_of(lexicon: Lexicon, path: Path, form: str | None) -> tuple[bytes, pd.DataFrame]:
    """Return what a file of a lexicon holds, and what it cannot hold as the table ``losses``."""
    form = _form(path, form)
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
    return content, table_of("losses", [*losses, *more])


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
