"""What matching takes: lexica and paragraphs, checked, and texts one after the other."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from analysis.errors import ArgumentTypeError, LexiconError, check_choice
from analysis.languages.language import Language, LanguageName
from analysis.lexicons.model import Lexicon, check_lexicon
from analysis.tables.checks import check_table
from analysis.tables.schema import PLACE
from analysis.text.lines import on_one_line
from analysis.text.marks import told_languages
from analysis.text.turns import labels_of

_ROWS_AT_A_TIME = 128


def checked_lexica(lexica: Lexicon | Sequence[Lexicon], nested: str) -> list[Lexicon]:
    """Check what a user gave to a verb of matching beside texts; return the lexica as a list."""
    chosen = lexicon_list(lexica)
    check_choice("nested", nested, ("category", "lexicon"))
    return chosen


def documents_in(
    paragraphs: pd.DataFrame, language: LanguageName | None
) -> Iterator[tuple[list[tuple[str, int, int]], list[str], list[str | None] | None, Language]]:
    """Yield places, texts, turns and language of documents that tell voice and certainty.

    A place is the document's id, the paragraph's number and where it starts. Paragraphs come in
    reading order, since who speaks hangs on those before.
    """
    place = [*PLACE, "start"]
    paragraphs = check_table(paragraphs, "paragraphs", needed=[*place, "text"])
    languages = told_languages(paragraphs, language)
    first = np.flatnonzero(~paragraphs["document_id"].duplicated())
    documents = paragraphs.groupby("document_id", sort=False)
    for row, (_, rows) in zip(first.tolist(), documents, strict=True):
        if languages[row].tells_context:
            document = rows.sort_values("paragraph", kind="stable")
            places = list(zip(*(document[name].tolist() for name in place), strict=True))
            texts = [on_one_line(text) for text in document["text"]]
            yield places, texts, labels_of(document), languages[row]


def texts_of(paragraphs: pd.DataFrame) -> Iterator[str]:
    """Yield the texts of a table, turning few of them at a time into Python's strings."""
    texts = paragraphs["text"]
    for first in range(0, len(texts), _ROWS_AT_A_TIME):
        yield from texts.iloc[first : first + _ROWS_AT_A_TIME].tolist()


def lexicon_list(lexica: Lexicon | Sequence[Lexicon]) -> list[Lexicon]:
    """Return one or more lexica as a list, each once."""
    chosen = [lexica] if isinstance(lexica, Lexicon) else lexica
    if isinstance(chosen, str) or not isinstance(chosen, Sequence):
        raise ArgumentTypeError(
            f"a Lexicon or a list of them was expected, not {type(lexica).__name__}; make one with "
            "load_lexicon or lexicon_from_dict"
        )
    for lexicon in chosen:
        check_lexicon(lexicon)
    if not chosen:
        raise LexiconError("no lexicon was given; load one with load_lexicon")
    if repeated := [x.id for n, x in enumerate(chosen) if x.id in {y.id for y in chosen[:n]}]:
        raise LexiconError(f"lexicon {repeated[0]} was given twice; give it once")
    return list(chosen)
